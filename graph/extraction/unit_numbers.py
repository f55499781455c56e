"""Numbers that describe a unit among all of its document: what the trees decide units by.

The linear scorer looks at one unit at a time; here they compete, and what the scorers of candidates think of their
links speaks for them or against them. How long the text is, how much stands in it and where are left out on purpose:
out of fold they help a little, on texts of other lengths they do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from ..model import COOPERATION, GEOGRAPHY, Relation
from .channels import Channels
from .full_names import is_bare
from .link_rows import LinkCases
from .link_rows.cases import NO_RIVALS
from .name_numbers import number_tag
from .names import TYPES
from .pair_network import LEVELS, SIDES
from .references import is_pointing
from .scene import Placed, Scene

Floats = NDArray[np.float64]
_Key = TypeVar("_Key")
_NONE = -1.0
_JOINING = frozenset("与和同、及")


class UnitNumbers:
    """The rows of the units of one scene; ``accepted`` is what the linear scorer says of each."""

    def __init__(self, channels: Channels, scene: Scene, accepted: Floats, cases: LinkCases) -> None:
        self._words, self._starts = channels.words, [word[0] for word in channels.words]
        self._scene, self._accepted, self._cases = scene, accepted.tolist(), cases

    def read_rows(self) -> Floats:
        """A row of numbers for each unit, shape (units, features)."""
        rows = [self._read_row(unit.number) for unit in self._scene.units]
        return np.array(rows, float) if rows else np.zeros((0, 0))

    def _read_row(self, unit: int) -> tuple[float, ...]:
        first = self._scene.first_of(unit)
        return (
            *self._read_scores(unit, self._scene.of_unit[unit]),
            *self._read_form(unit),
            *self._read_words(first),
            *self._read_rivals(unit),
            *self._read_alike(unit),
            *self._read_nesting(unit, first),
            *self._read_links(unit),
        )

    def _read_scores(self, unit: int, placed: Sequence[Placed]) -> tuple[float, ...]:
        """What is thought of the unit and of the places that name it."""
        free = [item.name.score for item in placed if item.name.outer is None]
        best = max([item.name.score for item in placed])
        return (
            self._accepted[unit],
            max(free, default=_NONE),
            sum(free) / len(free) if free else _NONE,
            best,
            best - self._accepted[unit],
            min([item.name.level for item in placed]),
        )

    def _read_form(self, unit: int) -> tuple[float, ...]:
        known, scene = self._scene.units[unit], self._scene
        surface = known.surfaces[0]
        return (
            TYPES[known.type],
            known.row is not None,
            LEVELS.get(scene.level(unit), 0),
            SIDES[scene.side(unit)],
            len(surface),
            len(known.surfaces),
            all(map(is_bare, known.surfaces)),
            is_pointing(surface),
            any(mark in surface for mark in "“”「」『』《》"),
            unit in scene.titled,
            not _JOINING.isdisjoint(surface),
        )

    def _read_words(self, first: Placed) -> tuple[float, ...]:
        """Parts of speech in and around a name, whether it ends with a word, and its sentence as sentences do."""
        low = bisect_right(self._starts, first.name.start) - 1
        high = bisect_right(self._starts, first.name.end - 1) - 1
        return (
            self._tag(low),
            self._tag(high),
            self._tag(low - 1),
            self._tag(high + 1),
            high - low + 1,
            self._words[low][1] - self._words[low][0],
            self._words[high][1] - self._words[high][0],
            self._words[high][1] == first.name.end,
            self._scene.is_stopped(first.sentence),
        )

    def _tag(self, place: int) -> int:
        return number_tag(self._words[place][2]) if 0 <= place < len(self._words) else 0

    def _read_rivals(self, unit: int) -> tuple[float, ...]:
        """What is thought of those beside it in lists, and of what stands right behind and before it."""
        scene = self._scene
        beside = [self._accepted[other] for other in scene.siblings.get(unit, ())]
        places = [item.name for item in scene.of_unit[unit] if item.name.outer is None]
        return (
            sum(beside) / len(beside) if beside else _NONE,
            max(beside, default=_NONE),
            max([self._beginning.get(name.end, _NONE) for name in places], default=_NONE),
            max([self._ending.get(name.start, _NONE) for name in places], default=_NONE),
        )

    def _read_alike(self, unit: int) -> tuple[float, ...]:
        """What is thought of units of another type with its name, and of its own with longer and shorter ones."""
        known = self._scene.units[unit]
        same = {other for surface in known.surfaces for other in self._named[surface]} - {unit}
        longer, shorter = self._holding
        return (
            max([self._accepted[other] for other in same], default=_NONE),
            max([self._accepted[other] for other in longer.get(unit, ())], default=_NONE),
            max([self._accepted[other] for other in shorter.get(unit, ())], default=_NONE),
        )

    def _read_nesting(self, unit: int, first: Placed) -> tuple[float, ...]:
        """What is thought of names around it and within it, and how much of the longer name is left."""
        around, within = self._nesting
        outer = first.name.outer
        return (
            max([self._accepted[other] for other in around.get(unit, ())], default=0.0),
            max([self._accepted[other] for other in within.get(unit, ())], default=0.0),
            outer[1] - first.name.end if outer else _NONE,
            first.name.start - outer[0] if outer else _NONE,
        )

    def _read_links(self, unit: int) -> tuple[float, ...]:
        """What is thought of its links: of any cooperation, and as a party, a paper, a part, a whole, a neighbour."""
        return (self._cases.of_unit.get(unit, NO_RIVALS).best, *self._roles.get(unit, _NO_ROLES))

    @cached_property
    def _roles(self) -> dict[int, list[float]]:
        """Best scores by unit as party, paper, part and whole, and in geography."""
        found: dict[int, list[float]] = defaultdict(lambda: list(_NO_ROLES))
        for (head, tail), scores in self._cases.best.items():
            for relation, score in scores.items():
                if relation in COOPERATION:
                    continue
                apart = relation in GEOGRAPHY
                of_head, of_tail = (4, 4) if apart else (0, 1) if relation == Relation.PARTY_TO else (2, 3)
                found[head][of_head] = max(found[head][of_head], score)
                found[tail][of_tail] = max(found[tail][of_tail], score)
        return dict(found)

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        return _group((surface, unit.number) for unit in self._scene.units for surface in unit.surfaces)

    @cached_property
    def _holding(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """For each unit those of its type whose longest name holds its own, and those whose own it holds."""
        units = self._scene.units
        automaton = ahocorasick_rs.AhoCorasick([unit.surfaces[0] for unit in units])
        pairs = [
            (found, unit.number)
            for unit in units
            for found, _, _ in automaton.find_matches_as_indexes(unit.surfaces[0], overlapping=True)
            if unit.type == units[found].type and unit.surfaces[0] != units[found].surfaces[0]
        ]
        return _group(pairs), _group((longer, shorter) for shorter, longer in pairs)

    @cached_property
    def _beginning(self) -> dict[int, float]:
        """The best of the outer names that begin at a place."""
        return self._best_at((item.name.start, item.unit) for item in self._scene.placed if item.name.outer is None)

    @cached_property
    def _ending(self) -> dict[int, float]:
        """The best of the outer names that end at a place."""
        return self._best_at((item.name.end, item.unit) for item in self._scene.placed if item.name.outer is None)

    def _best_at(self, places: Iterable[tuple[int, int]]) -> dict[int, float]:
        return {place: max(self._accepted[unit] for unit in units) for place, units in _group(places).items()}

    @cached_property
    def _nesting(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """For each unit those whose names stand around its own, and those whose names stand within."""
        at = _group((item.name.span, item.unit) for item in self._scene.placed)
        pairs = [
            (item.unit, outer)
            for item in self._scene.placed
            if item.name.outer is not None
            for outer in at.get(item.name.outer, ())
        ]
        return _group(pairs), _group((outer, inner) for inner, outer in pairs)


_NO_ROLES = (0.0,) * 5


def _group(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, list[int]]:
    found: dict[_Key, list[int]] = defaultdict(list)
    for key, unit in pairs:
        found[key].append(unit)
    return dict(found)
