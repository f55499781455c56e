"""References: names that point at a body named before (该院, 我校, 该校工学院, 指挥部) or at nobody (各县, 两校)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..gazetteer import GazetteerRow, load_gazetteer
from ..lexicon import read_words
from ..model import EntityType, Span
from .full_names import find_level, is_bare
from .gazetteer_names import find_leading_hit
from .names import CLOSED_TYPES, Name
from .scene import Scene
from .units import Unit

_POINTING = "(?:[该此]|这(?:[一]?[家所座支个])?)"
_OWN = "[我本]"
_CROWD = re.compile(
    r"各(?=[县市区乡镇村师团地省州级校院援])|[两双]个?(?=[县市区乡镇村师团地省州校院家所])|[三四五六七八九十多几]+[个所座]|"
    r"[一二三四五六七八九十多几]+批|(?!八一)[二三四五六七八九十]+[乡镇县市区州]$|[0-9]+[支个批]|小?山?村$|"
    r"[一二三四五六七八九十多几]+家(?=.{0,8}(?:公司|企业|医院|学校|单位|政府|机构|银行|法院|检察院)$)"
)
_BOTH_SIDES = ("兵地", "州师", "师州", "师地", "地师")
"""What a body of each side shares: 兵地妇联 are two, 州师统战部 too."""
_PHRASE = re.compile(r"[的|｜]")
"""Marks of what is no name: a phrase (武陟县的卫健委), headings of a page one behind the other."""
_SOME = re.compile("内各?(?:学校|企业|医院|单位|[中小]+学|团场|连队|高校|机构|公司)$|沿线|[大全格布结]局$")
"""Bodies told by where they are (师域内学校, 铁路沿线车站), and words that only end like an office (发展大局)."""
_AIM = re.compile("[以将把]")
"""With what a phrase begins that tells an aim and no programme: 以铸牢…意识."""
_COLLEGE = re.compile(r"大学.+学院$")
"""A part of a university, which 该校 does not mean."""
_NAMED_SO = frozenset({EntityType.AGREEMENT, EntityType.INITIATIVE})
"""Types whose names may well begin with a word for several (两地商务座谈会)."""
_KINDRED = frozenset({EntityType.INSTITUTION, EntityType.SITE, EntityType.INITIATIVE})
"""Types of which a word for their kind names nobody; an agreement without a name is known by its parties."""
_AREA = re.compile("自治[区州]")
"""Areas by their level alone: the one that the text speaks of."""
_VISITING = re.compile("(?:党政|政府|经贸|招商)?(?:代表|考察|访问|参观|学习|观摩|慰问)[团组]")
"""What a body sends out as itself, behind its name: what 甲市党政代表团 does is done by 甲市."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a unit stands for: another unit, with ``rest`` behind its name (工学院 in 该校工学院), or nobody.

    With ``owner`` it is a body of its own, whose area the list before it tells there: 公安局 in 甲县教育局、公安局.
    """

    unit: int | None = None
    rest: str = ""
    owner: Span | None = None


def is_pointing(surface: str) -> bool:
    """Whether a surface is a pronoun with a head word (该师), which names nobody outside of its text."""
    match = _match(surface)
    return match is not None and bool(match["own"] or match["pointing"])


@cache
def _heads() -> Mapping[str, tuple[str, ...]]:
    return read_words("names", "heads")


@cache
def _pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, _heads()), key=lambda head: (-len(head), head)))
    return re.compile(f"(?P<own>{_OWN})?(?P<pointing>{_POINTING})?(?P<head>{heads})(?P<rest>.*)")


def _match(surface: str) -> re.Match[str] | None:
    """A surface that begins with a pronoun and a head word, or is a head word of two characters or more alone."""
    match = _pattern().fullmatch(surface)
    if match is None:
        return None
    if match["own"] or match["pointing"]:
        return match
    return match if not match["rest"] and len(match["head"]) > 1 else None


def find_area(unit: Unit, named: Iterable[GazetteerRow]) -> tuple[bool, GazetteerRow | None]:
    """Whether a unit is an area by its level alone (自治区), and the only such area that holds one of those named."""
    if unit.row is not None or not all(map(_AREA.fullmatch, unit.surfaces)):
        return False, None
    gazetteer = load_gazetteer()
    above = {area.code: area for row in named for area in (row, *gazetteer.ancestors(row.code))}
    meant = [area for area in above.values() if area.name.endswith(unit.surfaces[0])]
    return True, meant[0] if len(meant) == 1 else None


def read_references(scene: Scene, believed: Collection[int]) -> dict[int, Reference]:
    """The units among ``believed`` that are references, with what they stand for.

    A pronoun or head word stands for the last body before it that is believed and ends as the head word asks, else,
    as 我 and 本 always do, for the only such body of the text, else for nobody.
    """
    unknown = [unit for unit in scene.units if unit.number in believed and unit.row is None]
    bare = {unit.number for unit in unknown if _is_bare(unit)}
    pointing = {unit.number: match for unit in unknown if (match := _match_all(unit.surfaces)) is not None}
    nobody = {unit.number for unit in unknown if unit.number not in pointing and _is_nobody(unit)}
    hidden = {*pointing, *nobody, *bare}
    bodies = [unit for unit in scene.units if unit.number in believed and unit.number not in hidden]
    found = {number: Reference() for number in nobody}
    for unit in bodies:
        if (sender := _find_sender(scene, unit, bodies)) is not None:
            found[unit.number] = Reference(unit=sender)
    for number in bare - pointing.keys():
        found[number] = _read_bare(scene, number, bodies)
    for number, match in pointing.items():
        bearers = _list_bearers(bodies, scene.units[number].type, _heads()[match["head"]])
        before = [bearer for bearer in bearers if _first_place(scene, bearer) < _first_place(scene, number)]
        if before and not match["own"]:
            found[number] = Reference(unit=_last_before(scene, number, before), rest=match["rest"])
        else:
            found[number] = Reference(unit=bearers[0], rest=match["rest"]) if len(bearers) == 1 else Reference()
    return found


def _find_sender(scene: Scene, unit: Unit, bodies: Sequence[Unit]) -> int | None:
    """The body of which a unit is only the delegation."""
    known = {body.number for body in bodies}
    for placed in scene.of_unit[unit.number]:
        name = placed.name
        for inner in scene.in_sentence[placed.sentence]:
            within = name.start <= inner.name.start and inner.name.end < name.end
            if within and inner.unit in known and _VISITING.fullmatch(scene.text, inner.name.end, name.end):
                return inner.unit
    return None


def _is_bare(unit: Unit) -> bool:
    """Whether only a word for a kind of body stands there (公安局)."""
    return unit.type in _KINDRED and all(map(is_bare, unit.surfaces))


def _read_bare(scene: Scene, number: int, bodies: Sequence[Unit]) -> Reference:
    """What a word for a kind of body stands for: what its list tells, else the only body that ends so, else nobody."""
    if (owner := _find_owner(scene, number)) is not None:
        return Reference(owner=owner)
    unit = scene.units[number]
    meant = [
        body.number
        for body in bodies
        if body.type == unit.type and any(surface.endswith(unit.surfaces) for surface in body.surfaces)
    ]
    return Reference(unit=meant[0]) if len(meant) == 1 else Reference()


def _find_owner(scene: Scene, number: int) -> Span | None:
    """The area that the last body before a name in its list begins with or stands behind, or its word of level."""
    for placed in scene.of_unit[number]:
        run = scene.find_run(placed.sentence, placed)
        for before in reversed(run[: run.index(placed)] if run else ()):
            same = before.name.type == placed.name.type
            if same and (owner := _read_owner(scene, before.name)) is not None:
                return owner
    return None


def _read_owner(scene: Scene, name: Name) -> Span | None:
    surface = scene.text[name.start : name.end]
    end = 0
    while (hit := find_leading_hit(surface[end:])) is not None:
        end += hit.end
    if end:
        return (name.start, name.start + end) if end < len(surface) else None
    if level := find_level(surface):
        return (name.start, name.start + len(level))
    before = (item.name for item in scene.placed if item.name.end == name.start and item.name.type in CLOSED_TYPES)
    return next((area.span for area in before), None)


def _match_all(surfaces: Sequence[str]) -> re.Match[str] | None:
    """What a unit points at by its longest surface, where each of them points at something."""
    matches = [_match(surface) for surface in surfaces]
    return matches[0] if all(matches) else None


def _is_nobody(unit: Unit) -> bool:
    """Whether words for several bodies, a phrase or a row of headings stand in place of a name."""
    if unit.type == EntityType.INITIATIVE:
        return all(map(_AIM.match, unit.surfaces))
    return unit.type not in _NAMED_SO and all(
        _is_crowd(surface, unit.type) or _PHRASE.search(surface) or _SOME.search(surface) for surface in unit.surfaces
    )


def _is_crowd(surface: str, kind: EntityType) -> bool:
    """Whether a surface counts bodies (五家医院, 兵地妇联); 五家渠市人民医院 begins with the name of a place."""
    if kind == EntityType.INSTITUTION and surface.startswith(_BOTH_SIDES):
        return True
    return bool(_CROWD.match(surface)) and find_leading_hit(surface) is None


def _list_bearers(bodies: Sequence[Unit], kind: EntityType, endings: tuple[str, ...]) -> list[int]:
    """Units that end as asked; agreements and initiatives stand for their own kind alone."""
    return [
        unit.number
        for unit in bodies
        if (unit.type not in _NAMED_SO or unit.type == kind)
        and any(surface.endswith(endings) for surface in unit.surfaces)
        and not ("大学" in endings and any(map(_COLLEGE.search, unit.surfaces)))
    ]


def _first_place(scene: Scene, number: int) -> int:
    return min(placed.name.start for placed in scene.of_unit[number])


def _last_before(scene: Scene, number: int, bearers: list[int]) -> int:
    """Of several units the one that is named last before the first place of a unit, in no other name if possible."""
    first = _first_place(scene, number)

    def rank(bearer: int) -> tuple[bool, int]:
        before = [placed for placed in scene.of_unit[bearer] if placed.name.start < first]
        outer = [placed for placed in before if placed.name.outer is None]
        return bool(outer), max((placed.name.start for placed in outer or before), default=-1)

    return max(bearers, key=rank)
