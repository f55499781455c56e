"""Place names inside the names of other entities: 天津市眼科医院 is named after 天津市."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..gazetteer import Gazetteer, GazetteerRow
from ..model import Entity

LEVELS = frozenset({"province", "prefecture", "county"})
_COUNTY_OR_ABOVE = re.compile(
    "(?:省|自治区|特别行政区|市|州|地区|盟|县|旗|林区|(?<![小社园新片景街牧农发试验范技业理工])区)$"
)
_PLACES = frozenset({"corps", "division", "regiment", "locality"})
_SHORTEST, _LONGEST = 2, 24
_NUMERALS = frozenset("第零〇○一二三四五六七八九十百0123456789")
Place = GazetteerRow | Entity


def stands_alone(kind: str, *, name: str, level: str) -> bool:
    """Whether a unit of this type stands for itself: the corps, a division, a locality from county level up.

    Without a level from the gazetteer the ending of the name tells.
    """
    if kind != "locality":
        return kind in ("corps", "division")
    return level in LEVELS if level else _COUNTY_OR_ABOVE.search(name) is not None


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
            if str(entity.type) in _PLACES and entity.code not in gazetteer.by_code:
                self._by_name[entity.name].append(entity)

    def find(self, name: str) -> Place | None:
        """The most exact place that ``name`` begins with, or the longest that it holds; never all of it."""
        found = self._find_prefix(name)
        return found if found is not None else self._find_inside(name)

    def _find_prefix(self, name: str) -> Place | None:
        """天津市河西区教育局 begins with 天津市, and then with the one 河西区 that lies under it."""
        found, at = self._find_at(name, 0)
        while isinstance(found, GazetteerRow):
            lower, end = self._find_at(name, at, under=found)
            if lower is None:
                break
            found, at = lower, end
        return found

    def _find_inside(self, name: str) -> Place | None:
        """Two characters say too little (西区 in 河西区) but for 新疆 and its like; no 十二师 in 二十二师."""
        best, length = None, 0
        for start in range(1, len(name) - 1):
            if name[start] in _NUMERALS and name[start - 1] in _NUMERALS:
                continue
            found, end = self._find_at(name, start)
            if found is not None and end - start > length and (end - start > _SHORTEST or _is_province(found)):
                best, length = found, end - start
        return best

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

    def _is_under(self, place: Place, upper: GazetteerRow) -> bool:
        return isinstance(place, GazetteerRow) and any(
            row.code == upper.code for row in self._gazetteer.ancestors(place.code)
        )


def _is_province(place: Place) -> bool:
    return isinstance(place, GazetteerRow) and place.level == "province"
