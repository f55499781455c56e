"""Parts of names: selected names cut to their own part, their other places, and the names nested in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..gazetteer import load_gazetteer
from ..model import EntityType
from .channels import Channels
from .gazetteer_names import GazetteerHit, list_within
from .names import CLOSED_TYPES, ENDING_TYPES, ORGANISED, PARTNERS, Name, find_seat, is_closed, list_endings, row_type

_VILLAGE = re.compile(
    r"(?![的和与及在是])[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|苏木|管理区|社区|村)(?!镇|委|民|党|里|官|企)"
)
_NO_VILLAGE = re.compile(r"(?:农村|乡村|城乡|城镇|乡镇|村镇)$")
"""Words that only look like a village or a township: 农业农村厅, 城乡建设局."""
_SHORTEST_REPEAT = 3
_JOINED = frozenset("与和同及、")


def complete_names(channels: Channels, selected: Sequence[Name]) -> tuple[Name, ...]:
    """Selected names cut to their own part, their other places in the text, and the names nested in them.

    What nothing covers of the gazetteer's sure names is kept with a low score; a later scorer decides.
    """
    parts = [part for name in selected for part in _iter_parts(channels, name)]
    taken = np.zeros(len(channels.text), bool)
    for name in parts:
        taken[name.start : name.end] = True
    names = [*parts, *_iter_repeats(channels.text, parts, taken), *_iter_uncovered(channels, taken)]
    names.sort(key=lambda name: name.start)
    nested = {inner: None for name in names for inner in _iter_nested(channels, name)}
    return tuple(sorted([*names, *nested], key=lambda name: (name.start, -name.end, name.type)))


def _iter_uncovered(channels: Channels, taken: NDArray[np.bool_]) -> Iterator[Name]:
    for hit in channels.hits:
        if not hit.context and not taken[hit.start : hit.end].any():
            taken[hit.start : hit.end] = True
            kind = row_type(hit, channels.text)
            yield Name(start=hit.start, end=hit.end, type=kind, score=0.0, rule="gazetteer")


def _lead(channels: Channels, name: Name) -> list[tuple[int, int, EntityType]]:
    """Places and units that a name begins with, each ending where the next begins, the whole name left out."""
    found: list[tuple[int, int, EntityType]] = []
    above: GazetteerHit | None = None
    place = name.start
    while place < name.end:
        hit = next((hit for hit in list_within(channels.hits, place, name.end) if hit.start == place), None)
        if hit is not None:
            end, kind = hit.end, row_type(hit, channels.text)
        else:
            village_end = _find_village_end(channels.text, place, name.end)
            if village_end is None or (not found and name.type != EntityType.LOCALITY):
                break
            end, kind = village_end, EntityType.LOCALITY
        if (place, end) == name.span or not _lies_in(hit, above):
            break
        found.append((place, end, kind))
        place, above = end, hit
    return found


def _lies_in(hit: GazetteerHit | None, above: GazetteerHit | None) -> bool:
    """Whether the gazetteer knows one of the hit's rows below one of the other's; True where it knows neither."""
    if hit is None or above is None or not hit.rows or not above.rows:
        return True
    gazetteer = load_gazetteer()
    high = {row.code for row in above.rows}
    return any(high & {found.code for found in gazetteer.ancestors(row.code)} for row in hit.rows)


def _iter_parts(channels: Channels, name: Name) -> Iterator[Name]:
    """The places that lead up to a name, each as its own name, and the name from its last place on.

    浙江衢州江山市水利局 gives 浙江, 衢州 and 江山市水利局; 昌吉州阜康市 gives 昌吉州 and 阜康市.
    """
    lead = _lead(channels, name)
    whole = bool(lead) and lead[-1][1] == name.end
    closed = name.type in CLOSED_TYPES
    own = lead[-1][0] if lead and (whole or not closed) else lead[-1][1] if lead else name.start
    if name.end - own < 2 or channels.text[name.start] in "“「《":
        yield name
        return
    for start, end, kind in lead:
        if end <= own:
            yield replace(name, start=start, end=end, type=kind, rule="part")
    kind = lead[-1][2] if whole and closed and lead else name.type
    if closed and lead and not whole and channels.text[own] in _JOINED:
        own += 1
        kind = EntityType.LOCALITY
    if name.end - own > 1:
        yield replace(name, start=own, type=kind)


def _iter_repeats(text: str, names: Iterable[Name], taken: NDArray[np.bool_]) -> Iterator[Name]:
    best: dict[str, Name] = {}
    for name in names:
        surface = text[name.start : name.end]
        if len(surface) >= _SHORTEST_REPEAT and (surface not in best or best[surface].score < name.score):
            best[surface] = name
    for surface in sorted(best, key=lambda item: (-len(item), item)):
        found = best[surface]
        if found.score < 0.5 or text.count(surface) < 2:
            continue
        for match in re.finditer(re.escape(surface), text):
            if not taken[match.start() : match.end()].any():
                taken[match.start() : match.end()] = True
                yield replace(found, start=match.start(), end=match.end(), rule="repeat")


def _find_village(channels: Channels, name: Name) -> tuple[int, int] | None:
    """The township or village that a longer name begins with, behind the areas it lies in: 滨湖镇 of 滨湖镇中学."""
    start = name.start
    while (hit := next((hit for hit in channels.hits if hit.start == start and hit.end < name.end), None)) is not None:
        start = hit.end
    end = _find_village_end(channels.text, start, name.end - 1)
    if end is None or any(hit.end == end for hit in channels.hits):
        return None
    return start, end


def _find_village_end(text: str, start: int, limit: int) -> int | None:
    """Where the township or village that begins at ``start`` ends, at ``limit`` at the latest; None for 农村, 城乡."""
    match = _VILLAGE.match(text, start, limit)
    return None if match is None or _NO_VILLAGE.search(match[0]) else match.end()


def _iter_nested(channels: Channels, name: Name) -> Iterator[Name]:
    """Places, units and bodies inside a longer name: 天津市 and 天津市眼科医院 in 天津市眼科医院视光中心."""
    size = name.end - name.start
    outer = name.span
    inside = list_within(channels.hits, name.start, name.end)
    # A place within a place stands at its head or behind another: 北镇 is not in 锡北镇.
    starts = {name.start, *(hit.end if name.type == EntityType.LOCALITY else hit.start for hit in inside)}
    for hit in inside:
        if hit.end - hit.start < size and hit.start in starts:
            kind = row_type(hit, channels.text)
            yield Name(start=hit.start, end=hit.end, type=kind, score=name.score, rule="nested", outer=outer)
    if name.type not in CLOSED_TYPES and (place := _find_village(channels, name)) is not None:
        start, end = place
        yield Name(start=start, end=end, type=EntityType.LOCALITY, score=name.score, rule="nested", outer=outer)
    if name.type in ORGANISED or name.type == EntityType.INITIATIVE:
        for end in list_endings(channels, name.start, name.end - 1):
            kind = ENDING_TYPES[int(channels.ending[end - 1]) // 4]
            start = name.start + (channels.text[name.start] in PARTNERS)
            whole = name.type == EntityType.INITIATIVE and channels.text[end] == PARTNERS.get(channels.text[name.start])
            seated = find_seat(channels, end) is not None
            if end - start >= 4 and kind in ORGANISED and not (whole or seated) and is_closed(channels.text[start:end]):
                yield Name(start=start, end=end, type=kind, score=name.score, rule="nested", outer=outer)
