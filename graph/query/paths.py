"""The shortest ways between two entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from ..model import Selection
from ..network import LinkRow, NodeRow, project
from ..store import Store
from .answers import Paths, Step
from .nodes import get_node
from .ties import collect_statements, rank_relation, rank_statement

Way = tuple[str, ...]


def find_paths(
    store: Store,
    ends: tuple[str, str],
    *,
    selection: Selection | None = None,
    steps: int = 6,
    limit: int = 5,
) -> Paths:
    """Up to ``limit`` of the shortest ways between two entities (their ids), the best attested first.

    Direction does not matter; no way is longer than ``steps``. None where there is no way, or where both
    are the same. ``selection.types`` are those of the entities between them.
    """
    wanted = selection or Selection()
    one, other = (get_node(store, end, level=wanted.level).id for end in ends)
    search = _Search(store, wanted, ends=(one, other))
    found = list(islice(search.iter_ways(steps), limit + 1)) if one != other else []
    shown = found[:limit]
    pairs = {pair for way in shown for pair in pairwise(way)}
    tied = {pair: _collect_step(store, pair, selection=wanted) for pair in pairs}
    paths = tuple(tuple(tied[pair] for pair in pairwise(way)) for way in shown)
    return Paths(paths=paths, more=len(found) > limit)


@dataclass(slots=True)
class _Side:
    """What is known from one end: the distance of each node, and the nodes to go on from."""

    steps: dict[str, int]
    edge: list[str]


@dataclass(slots=True)
class _Search:
    """A search from both ends at once, so that only the surroundings of the two are read."""

    store: Store
    selection: Selection
    ends: tuple[str, str]
    near: dict[str, dict[str, int]] = field(default_factory=dict)

    def iter_ways(self, longest: int) -> Iterator[Way]:
        """Ways of the least length, no longer than ``longest``."""
        sides = tuple(_Side(steps={end: 0}, edge=[end]) for end in self.ends)
        for _ in range(longest):
            side = min(sides, key=lambda each: len(each.edge))
            self._widen(side)
            if not side.edge:
                return
            if meeting := sides[0].steps.keys() & sides[1].steps.keys():
                yield from self._follow(sides, meeting)
                return

    def _widen(self, side: _Side) -> None:
        around = replace(self.selection, types=frozenset(), around=tuple(side.edge), depth=1)
        with project(self.store, around) as projection:
            allowed = self._allow(projection.nodes()) if self.selection.types else None
            for link in projection.links():
                self._join(link, allowed)
        step = side.steps[side.edge[0]] + 1
        reached = {far for place in side.edge for far in self.near.get(place, ()) if far not in side.steps}
        side.steps.update(dict.fromkeys(reached, step))
        side.edge = sorted(reached)

    def _allow(self, nodes: Iterable[NodeRow]) -> set[str]:
        return {node.id for node in nodes if node.type in self.selection.types} | {*self.ends}

    def _join(self, link: LinkRow, allowed: set[str] | None) -> None:
        if allowed is None or {link.head, link.tail} <= allowed:
            for here, there in ((link.head, link.tail), (link.tail, link.head)):
                ties = self.near.setdefault(here, {})
                ties[there] = max(ties.get(there, 0), link.weight)

    def _follow(self, sides: tuple[_Side, ...], meeting: Iterable[str]) -> Iterator[Way]:
        """Ways from the first end to the second over nodes that lie on a shortest one."""
        first, second = (side.steps for side in sides)
        length = min(first[place] + second[place] for place in meeting)
        levels = {place: length - step for place, step in second.items()} | first
        useful, layer = {self.ends[1]}, [self.ends[1]]
        while layer:
            layer = [
                here
                for there in layer
                for here in self.near[there]
                if here not in useful and levels.get(here) == levels[there] - 1
            ]
            layer = list(dict.fromkeys(layer))
            useful.update(layer)
        yield from self._walk((self.ends[0],), levels=levels, useful=useful)

    def _walk(self, way: Way, *, levels: Mapping[str, int], useful: Set[str]) -> Iterator[Way]:
        here = way[-1]
        if here == self.ends[1]:
            yield way
            return
        ties = self.near[here]
        for there in sorted(ties, key=lambda place: (-ties[place], place)):
            if there in useful and levels[there] == levels[here] + 1:
                yield from self._walk((*way, there), levels=levels, useful=useful)


def _collect_step(store: Store, pair: tuple[str, str], *, selection: Selection) -> Step:
    """The step from one entity to another with every statement that ties them."""
    here, there = pair
    with project(store, replace(selection, types=frozenset(), around=(here,), depth=1)) as projection:
        links = {link.id: link for link in projection.links() if {link.head, link.tail} == {here, there}}
        found = collect_statements(projection, links)
        names = {node.id: node.name for node in projection.nodes() if node.id in (here, there)}
    found.sort(key=lambda each: (rank_relation(each.relation), each.link, *rank_statement(each)))
    return Step(from_id=here, from_name=names[here], to_id=there, to_name=names[there], statements=tuple(found))
