"""Place names inside the names of other entities: 天津市眼科医院 is named after 天津市."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..gazetteer import Gazetteer, GazetteerRow
from ..model import Entity

LEVELS = frozenset({"province", "prefecture", "county"})
_COUNTY_OR_ABOVE = re.compile(
    "(?:省|自治区|特别行政区|市|州|地区|盟|县|旗|林区|(?<![小社园新片景街牧农发试验范技业理工])区)$"
)
_PLACES = frozenset({"corps", "division", "regiment", "locality"})
_BARE_LEVEL = re.compile("[本全我该各两]?(?:省|自治区|自治州|自治县|自治旗|州|市|师市|地区|县|市县|县市|区|盟|旗)")
"""A level without a name: whose it is only the text can tell."""
_SHORTEST, _LONGEST = 2, 24
_NUMERALS = frozenset("第零〇○一二三四五六七八九十百0123456789")
Place = GazetteerRow | Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Names of places that follow each other, and the last of these places.

    ``longest`` is the length of the longest of the names, ``formal`` whether the last is a full name (天津市,
    not 天津).
    """

    start: int
    end: int
    longest: int
    formal: bool
    place: Place


def stands_alone(kind: str, *, name: str, level: str) -> bool:
    """Whether a unit of this type stands for itself: the corps, a division, a locality from county level up.

    Without a level from the gazetteer the ending of the name tells; 自治州 alone is nobody.
    """
    if kind != "locality":
        return kind in ("corps", "division")
    if level:
        return level in LEVELS
    return _COUNTY_OR_ABOVE.search(name) is not None and _BARE_LEVEL.fullmatch(name) is None


class Places:
    """Names of places: of the gazetteer, but for those that are also words, and of the graph's entities."""

    def __init__(self, gazetteer: Gazetteer, entities: Iterable[Entity]) -> None:
        self._gazetteer = gazetteer
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for row in gazetteer.rows:
            for name in (row.name, *row.aliases):
                if name not in row.context:
                    self._by_name[name].append(row)
        for entity in entities:
            listed = entity.code in gazetteer.by_code or _BARE_LEVEL.fullmatch(entity.name)
            if str(entity.type) in _PLACES and not listed:
                self._by_name[entity.name].append(entity)

    def list_hits(self, name: str) -> list[Hit]:
        """Places that ``name`` holds, from left to right and never all of it; each as exact as its names tell.

        天津市河西区教育局 holds 天津市, and in it the one 河西区 that lies there. No 十二师 in 二十二师.
        """
        hits: list[Hit] = []
        start = 0
        while start < len(name) - 1:
            inside_number = start and name[start] in _NUMERALS and name[start - 1] in _NUMERALS
            hit = None if inside_number else self._read_hit(name, start)
            if hit is not None:
                hits.append(hit)
            start = start + 1 if hit is None else hit.end
        return hits

    def _read_hit(self, name: str, start: int) -> Hit | None:
        found, end = self._find_at(name, start)
        if found is None:
            return None
        at, longest = start, end - start
        while isinstance(found, GazetteerRow):
            lower, lower_end = self._find_at(name, end, under=found)
            if lower is None:
                break
            found, at, end = lower, end, lower_end
            longest = max(longest, end - at)
        return Hit(start=start, end=end, longest=longest, formal=name[at:end] == found.name, place=found)

    def is_within(self, place: Place, upper: Place) -> bool:
        """Whether ``place`` is ``upper`` or lies under it in the gazetteer."""
        if place.code != upper.code or not place.code:
            return place == upper or self._is_under(place, upper)
        return True

    def are_in_line(self, one: Place, other: Place) -> bool:
        """Whether one of the two is the other or lies under it."""
        return self.is_within(one, other) or self.is_within(other, one)

    def _find_at(self, name: str, start: int, *, under: GazetteerRow | None = None) -> tuple[Place | None, int]:
        for end in range(min(len(name) - (not start), start + _LONGEST), start + _SHORTEST - 1, -1):
            found = [
                place for place in self._iter_named(name[start:end]) if under is None or self._is_under(place, under)
            ]
            if found:
                return (found[0], end) if len(found) == 1 else (None, start)
        return None, start

    def _iter_named(self, name: str) -> Iterator[Place]:
        return iter(self._by_name.get(name, ()))

    def _is_under(self, place: Place, upper: Place) -> bool:
        known = place.code in self._gazetteer.by_code
        return known and any(row.code == upper.code for row in self._gazetteer.ancestors(place.code))
