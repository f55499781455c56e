"""Units: which names of a document are one entity, and which gazetteer row it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..gazetteer import GazetteerRow, load_gazetteer
from ..model import EntityType
from ..names import name_key
from .channels import Channels
from .full_names import find_level
from .gazetteer_names import GazetteerHit, find_leading_hit, list_within
from .names import CLOSED_TYPES, Name

_UNITS = frozenset({EntityType.CORPS, EntityType.DIVISION, EntityType.REGIMENT})
_ABBREVIATED = re.compile(r"[(（](?:以下)?(?:统?简称|下称)[:：]?[“\"'「]?([^”\"'」()（），。]{2,12})[”\"'」]?[)）]")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{3,})[”」』\"]")
_NUMBER = re.compile(r"[零〇○一二三四五六七八九十百0-9*×]")
_BATCH = re.compile(r"^第[零一二三四五六七八九十0-9]{1,3}[批届]")
_STRETCH = re.compile(r"[(（][^()（）]{1,12}[—–－~～-]{1,2}[^()（）]{1,12}[)）]$")
"""The two ends of a road behind its name: 吉彩公路（吉木萨尔—五彩湾）."""
_WITH_CITY = re.compile("[^师]+师(?=.+市)")
_LEAST_HOSPITAL = 4
_FORMAL_TAIL = re.compile(r"(?:(?:集团|[(（]集团[)）])?(?:股份|控股)?有限(?:责任)?公司|集团公司|公司|集团)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One entity of a document: the places that name it (indices into the names), and its row if known.

    ``variants`` are further names: what a programme is called in quotes, and a body with the areas right before it.
    """

    number: int
    type: EntityType
    key: str
    row: GazetteerRow | None
    surfaces: tuple[str, ...]
    names: tuple[int, ...]
    variants: tuple[str, ...] = ()


def list_variants(kind: EntityType, surfaces: Iterable[str]) -> tuple[str, ...]:
    """The quoted core of an initiative's surfaces: 石榴籽 of “石榴籽”研学活动; nothing for other types."""
    if kind != EntityType.INITIATIVE:
        return ()
    quoted = [match[1] for surface in surfaces for match in [_QUOTED.search(surface)] if match]
    return tuple(dict.fromkeys(quoted))


def _choose_row(rows: Sequence[GazetteerRow], near: Iterable[str]) -> GazetteerRow | None:
    """The row that the codes named nearby speak for; None where the text leaves it open."""
    if len(rows) == 1:
        return rows[0]
    gazetteer = load_gazetteer()
    named = Counter(near)
    weight = {
        row.code: sum(named[ancestor.code] for ancestor in gazetteer.ancestors(row.code)) + 0.5 * named[row.code]
        for row in rows
    }
    best = max(weight.values())
    winners = [row for row in rows if weight[row.code] == best]
    if len(winners) > 1 and best > 0:
        return None
    if best > 0:
        return winners[0]
    home = [row for row in rows if row.code.startswith(("65", "XPCC"))]
    return home[0] if len(home) == 1 else None


@cache
def _numbered_rows() -> dict[tuple[str, str], GazetteerRow]:
    """Divisions and regiments by type and comparison key, where one row alone has the key."""
    found: dict[tuple[str, str], list[GazetteerRow]] = {}
    for row in load_gazetteer().rows:
        if row.type in (EntityType.CORPS, EntityType.DIVISION, EntityType.REGIMENT):
            for key in {name_key(name) for name in (row.name, *row.aliases)}:
                found.setdefault((row.type, key), []).append(row)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def _has_witness(row: GazetteerRow, near: Sequence[str]) -> bool:
    """Whether the text surely names the row, what lies above it or what lies in it."""
    gazetteer = load_gazetteer()
    above = {row.code, *(ancestor.code for ancestor in gazetteer.ancestors(row.code))}
    return any(code in above or gazetteer.by_code[code].parent == row.code for code in near)


def _last_hit(hits: Sequence[GazetteerHit], name: Name) -> GazetteerHit | None:
    """The gazetteer hit that ends where the name ends, inside it and with nothing else before it: 锡北镇 is no 北镇."""
    inside = list_within(hits, name.start, name.end)
    starts = {name.start, *(hit.end for hit in inside)}
    ending = [hit for hit in inside if hit.end == name.end and hit.start in starts]
    with_rows = [hit for hit in ending if hit.rows] or ending
    return min(with_rows, key=lambda hit: hit.start, default=None)


def _closed_key(surface: str, row: GazetteerRow | None) -> str:
    return row.code if row else name_key(surface)


def _find_sure_row(surface: str) -> GazetteerRow | None:
    """The one row that a surface names wherever it stands; a hit may be longer than the name (山东 of 山东省).

    浙 alone is 浙江省, and 河北 the province, though a district of 天津市 is called so too.
    """
    gazetteer = load_gazetteer()
    rows = gazetteer.by_key.get(surface) or gazetteer.by_key.get(f"{surface}省", ())
    if not rows and len(codes := gazetteer.abbreviations.get(surface, ())) == 1:
        return gazetteer.by_code[codes[0]]
    return rows[0] if len(rows) == 1 and not gazetteer.needs_context(surface) else None


def _find_paired_row(text: str, name: Name, named: Sequence[str]) -> GazetteerRow | None:
    """The area that one character means behind another's: 哈密市 in 豫哈, as 河南省 aids no other 哈; 宁夏 in 闽宁."""
    gazetteer = load_gazetteer()
    codes = gazetteer.abbreviations.get(text[name.start : name.end], ())
    giver = gazetteer.abbreviations.get(text[max(name.start - 1, 0) : name.start], ())
    if len(codes) < 2:
        return None
    aided = gazetteer.aided.get(giver[0], ()) if len(giver) == 1 else ()
    provinces = [code for code in codes if code.endswith("0000")] if giver and giver[0].endswith("0000") else []
    meant = (
        [code for code in codes if code in named],
        [code for code in codes if any(other.startswith(code.removesuffix("00")) for other in aided)],
        provinces,
    )
    return next((gazetteer.by_code[found[0]] for found in meant if len(found) == 1), None)


def _resolve_rows(text: str, hits: Sequence[GazetteerHit], names: Sequence[Name]) -> dict[int, GazetteerRow | None]:
    """Row of each closed-class name, by its index; names that several rows share follow what stands nearby."""
    sure = [hit.rows[0].code for hit in hits if len(hit.rows) == 1 and not hit.context]
    found: dict[int, GazetteerRow | None] = {}
    for index, name in enumerate(names):
        if name.type in CLOSED_TYPES and (hit := _last_hit(hits, name)) is not None and hit.rows:
            before = list_within(hits, name.start, hit.end)
            inside = [other.rows[0].code for other in before if other.rows and other.start < hit.start]
            rows = [row for row in hit.rows if row.type == name.type] or list(hit.rows)
            if hit.context and len(rows) == 1 and not _has_witness(rows[0], [*sure, *inside]):
                found[index] = None
                continue
            found[index] = _choose_row(rows, inside) if inside and len(rows) > 1 else _choose_row(rows, sure)
        elif name.type == EntityType.LOCALITY:
            found[index] = _find_sure_row(text[name.start : name.end]) or _find_paired_row(text, name, sure)
        if name.type in _UNITS and found.get(index) is None:
            found[index] = _numbered_rows().get((name.type, name_key(text[name.start : name.end])))
    return found | _resolve_own_division(text, names, found)


def _resolve_own_division(
    text: str, names: Sequence[Name], found: dict[int, GazetteerRow | None]
) -> dict[int, GazetteerRow | None]:
    """师市 and its like stand for the division of the text, where it names one alone."""
    own = {row.code: row for row in found.values() if row is not None and row.type == EntityType.DIVISION}
    if len(own) != 1:
        return {}
    (row,) = own.values()
    return {
        index: row
        for index, name in enumerate(names)
        if name.type == EntityType.DIVISION
        and found.get(index) is None
        and not _NUMBER.search(text, name.start, name.end)
    }


def _strip_places(surface: str) -> list[str]:
    """The surface, and what is left of it behind each of the gazetteer names that it begins with.

    第八师石河子市 is one name, behind whose 师 the city begins.
    """
    found = [surface]
    while (hit := find_leading_hit(surface)) is not None:
        if hit.end >= len(surface) - 1:
            break
        if (city := _WITH_CITY.match(surface, 0, hit.end)) is not None:
            found.append(surface[city.end() :])
        surface = surface[hit.end :]
        found.append(surface)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    """A name as it is compared with others: every one of a long text with every other.

    ``core`` is without its legal form, ``bare`` are what is left behind its places, ``cores`` both, ``area`` is the
    place that it begins with.
    """

    name: str
    core: str
    bare: frozenset[str]
    cores: frozenset[str]
    level: str
    area: str

    @classmethod
    def of(cls, name: str) -> _Forms:
        bare = _strip_places(_BATCH.sub("", name))
        area = find_leading_hit(name)
        return cls(
            name=name,
            core=_FORMAL_TAIL.sub("", name),
            bare=frozenset(bare[1:]),
            cores=frozenset(_FORMAL_TAIL.sub("", form) for form in (*bare, _STRETCH.sub("", name))),
            level=find_level(name),
            area=name[: area.end] if area is not None else "",
        )


def _same_body(longer: _Forms, shorter: _Forms) -> bool:
    """Whether the shorter name is the longer one without its places, batch, university, stretch or legal form.

    It may also have the level in place of the area: 市委统战部 of 昌吉市委统战部.
    """
    if len(shorter.core) < 2:
        return False
    if shorter.name in longer.bare or shorter.name in longer.cores:
        return True
    if len(shorter.core) >= 3 and shorter.core in longer.cores:
        return True
    if len(shorter.name) >= _LEAST_HOSPITAL and longer.name.endswith(f"附属{shorter.name}"):
        return True
    return bool(shorter.level and longer.area) and _has_level_of(longer, shorter)


def _has_level_of(longer: _Forms, shorter: _Forms) -> bool:
    """Whether the shorter name says 市 or 师市 where the longer one names the area."""
    rest = longer.name[len(longer.area) :]
    return longer.area.endswith(shorter.level[-1]) and rest == shorter.name[len(shorter.level) :]


def _iter_open_merges(text: str, surfaces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs (short, full) of open-class surfaces that name one body, where only one full name fits."""
    for match in _ABBREVIATED.finditer(text):
        before = [surface for surface in surfaces if text[: match.start()].endswith(surface)]
        if before:
            yield match.group(1), max(before, key=len)
    forms = [_Forms.of(surface) for surface in surfaces]
    for short in forms:
        full = [longer for longer in forms if len(longer.name) > len(short.name) and _same_body(longer, short)]
        fullest = max(full, key=lambda longer: len(longer.name), default=short)
        if full and all(longer is fullest or _same_body(fullest, longer) for longer in full):
            yield short.name, fullest.name


def _open_keys(text: str, names: Sequence[Name]) -> Mapping[str, str]:
    """Key of each open-class surface; the surfaces of one body share that of its fullest name."""
    surfaces = sorted({text[name.start : name.end] for name in names if name.type not in CLOSED_TYPES})
    key = {surface: name_key(surface) or surface for surface in surfaces}
    for short, full in sorted(_iter_open_merges(text, surfaces), key=lambda pair: -len(pair[1])):
        if short in key:
            key[short] = key[full]
    return key


def _list_led(text: str, names: Sequence[Name]) -> dict[int, list[str]]:
    """Open-class names with the areas that lead up to them, one by one: 重庆市永川区人民法院 of 永川区人民法院."""
    outer = [name for name in names if name.outer is None]
    starts = {name.end: name.start for name in outer if name.type in CLOSED_TYPES}
    found: dict[int, list[str]] = {}
    for index, name in enumerate(names):
        if name.outer is None and name.type not in CLOSED_TYPES:
            start = name.start
            while start in starts:
                start = starts[start]
                found.setdefault(index, []).append(text[start : name.end])
    return found


def group_names(channels: Channels, names: Sequence[Name]) -> tuple[Unit, ...]:
    """Units in the order of their first names."""
    text = channels.text
    rows = _resolve_rows(text, channels.hits, names)
    open_keys = _open_keys(text, names)
    led = _list_led(text, names)
    members: dict[tuple[str, str], list[int]] = {}
    for index, name in enumerate(names):
        surface = text[name.start : name.end]
        if name.type in CLOSED_TYPES:
            row = rows.get(index)
            group = (row.type if row else name.type.value, _closed_key(surface, row))
        else:
            group = (name.type.value, open_keys[surface])
        members.setdefault(group, []).append(index)
    units = []
    for number, ((kind, key), indices) in enumerate(members.items()):
        counts = Counter(text[names[index].start : names[index].end] for index in indices)
        surfaces = tuple(sorted(counts, key=lambda item: (-len(item), item)))
        whole = (longer for index in indices for longer in led.get(index, ()))
        units.append(
            Unit(
                number=number,
                type=EntityType(kind),
                key=key,
                row=rows.get(indices[0]),
                surfaces=surfaces,
                names=tuple(indices),
                variants=tuple(dict.fromkeys((*list_variants(EntityType(kind), surfaces), *whole))),
            )
        )
    return tuple(units)
