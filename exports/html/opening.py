"""The view that a page opens on: the most connected divisions, localities and provinces, held by pyvis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ...graph.model import DIRECTED, STRUCTURE, EntityType, Relation
from ..palette import RELATION_COLORS, TYPE_COLORS, TYPE_SHAPES

if TYPE_CHECKING:
    from pyvis.network import Network

NODES: Final = 60
LINKS: Final = 400
FEW: Final = 12
MAIN_TYPES: Final = frozenset({EntityType.CORPS, EntityType.DIVISION, EntityType.LOCALITY})
ROLL_UP_ABOVE: Final = 20_000
"""From this many entities on, a page opens rolled up to divisions and localities."""

OPTIONS: Final[dict[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 150,
        "zoomSpeed": 0.6,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1, "arrowStrikethrough": False},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link between two places of the node list, as the opening view weighs it."""

    head: int
    tail: int
    relation: Relation
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the first view shows: nodes by strength as (key, name, type, strength), and their links."""

    level: str
    nodes: tuple[tuple[str, str, EntityType, int], ...] = ()
    links: tuple[tuple[str, str, Relation, int], ...] = ()


def choose_opening(names: list[tuple[str, str, EntityType]], ties: Iterable[Tie], *, level: str = "entity") -> Opening:
    """The best connected main bodies, strongest first, and the links among them.

    In a small graph, or where fewer than ``FEW`` of these types are tied to one another, every type may
    stand in the view.
    """
    ties = [tie for tie in ties if tie.head != tie.tail]
    chosen = _choose_nodes(names, ties, types=MAIN_TYPES) if len(names) > NODES else {}
    if len(chosen) < FEW:
        chosen = _choose_nodes(names, ties, types=frozenset(EntityType))
    inside = [tie for tie in ties if tie.head in chosen and tie.tail in chosen]
    inside.sort(key=lambda tie: (-tie.weight, names[tie.head][0], names[tie.tail][0], tie.relation))
    return Opening(
        level=level,
        nodes=tuple((*names[place], strength) for place, strength in chosen.items()),
        links=tuple((names[tie.head][0], names[tie.tail][0], tie.relation, tie.weight) for tie in inside[:LINKS]),
    )


def _choose_nodes(
    names: list[tuple[str, str, EntityType]], ties: list[Tie], *, types: frozenset[EntityType]
) -> dict[int, int]:
    """Places of the strongest nodes of these types, each tied to one chosen before or after it."""
    strength: dict[int, int] = defaultdict(int)
    partners: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        if names[tie.head][2] in types and names[tie.tail][2] in types:
            worth = 1 if tie.relation in STRUCTURE else 4 * tie.weight
            for one, other in ((tie.head, tie.tail), (tie.tail, tie.head)):
                strength[one] += worth
                partners[one].add(other)
    ranked = sorted(strength, key=lambda place: (-strength[place], names[place][0]))
    chosen = set(ranked[:NODES])
    tied = [place for place in ranked if partners[place] & chosen][:NODES]
    kept = set(tied)
    return {place: strength[place] for place in tied if partners[place] & kept}


def build_opening(opening: Opening) -> Network:
    """A pyvis network of the opening view, without physics: the page lays it out once, at rest.

    It is directed, each edge saying by its own arrows which way it points: pyvis looks through all
    earlier edges whenever one is added to an undirected network, which is quadratic.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.options = OPTIONS
    for key, name, kind, strength in opening.nodes:
        shape, color = TYPE_SHAPES[kind], TYPE_COLORS[kind]
        network.add_node(key, label=name or key, shape=shape, color=color, kind=str(kind), value=strength)
    for head, tail, relation, weight in opening.links:
        arrows = "to" if relation in DIRECTED else ""
        network.add_edge(
            head, tail, arrows=arrows, color=RELATION_COLORS[relation], relation=str(relation), value=weight
        )
    return network
