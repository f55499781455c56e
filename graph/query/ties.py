"""Who is tied to an entity, and what ties two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from ..model import COOPERATION, GEOGRAPHY, Relation, Selection, Span
from ..network import EvidenceRow, LinkRow, NodeRow, StoredProjection, project
from ..store import Store
from .answers import BOTH, IN, OUT, Neighbour, Statement
from .nodes import get_node

_SAME = {each.name for each in fields(EvidenceRow)} & {each.name for each in fields(Statement)} - {
    "link",
    "head",
    "tail",
}
"""Fields that a statement takes from its evidence as they are."""


def find_neighbours(
    store: Store, entity: str, *, selection: Selection | None = None, depth: int = 1
) -> tuple[Neighbour, ...]:
    """The links that lead from ``entity`` (its id) outwards, up to ``depth`` steps.

    ``selection.types`` are those of the neighbours; the way to them may lead over any type. The nearest
    come first, then cooperation before geography before structure, then the best attested.
    """
    wanted = selection or Selection()
    start = get_node(store, entity, level=wanted.level).id
    with project(store, replace(wanted, types=frozenset(), around=(start,), depth=depth)) as projection:
        nodes = {node.id: node for node in projection.nodes()}
        links = tuple(projection.links())
    steps = _count_steps(start, links)
    found = (
        _see_neighbour(link, nodes, near=near, step=steps[far])
        for link in links
        for near, far in ((link.head, link.tail), (link.tail, link.head))
        if steps[far] == steps[near] + 1 and (not wanted.types or nodes[far].type in wanted.types)
    )
    return tuple(sorted(found, key=_rank_neighbour))


def _count_steps(start: str, links: Iterable[LinkRow]) -> dict[str, int]:
    """Distance from ``start`` of every node that the links reach."""
    near: dict[str, list[str]] = {}
    for link in links:
        near.setdefault(link.head, []).append(link.tail)
        near.setdefault(link.tail, []).append(link.head)
    steps, edge = {start: 0}, [start]
    while edge:
        reached = [far for place in edge for far in near.get(place, ()) if far not in steps]
        steps.update(dict.fromkeys(reached, steps[edge[0]] + 1))
        edge = list(dict.fromkeys(reached))
    return steps


def _see_neighbour(link: LinkRow, nodes: Mapping[str, NodeRow], *, near: str, step: int) -> Neighbour:
    far = nodes[link.tail if link.head == near else link.head]
    direction = BOTH if not link.directed else OUT if link.head == near else IN
    return Neighbour(
        id=far.id,
        name=far.name,
        type=far.type,
        relation=link.relation,
        direction=direction,
        step=step,
        via_id=near,
        via=nodes[near].name,
        weight=link.weight,
        documents=link.documents,
        parts=link.parts,
        first=link.first,
        last=link.last,
        status=link.status,
        fields=link.fields,
        confidence=link.confidence,
        link=link.id,
        quote=link.quote,
        title=link.title,
        publisher=link.publisher,
        published=link.published,
        url=link.url,
    )


def rank_relation(relation: Relation) -> int:
    """0 for cooperation, 1 for geography, 2 for structure: what people ask for first."""
    return 0 if relation in COOPERATION else 1 if relation in GEOGRAPHY else 2


def _rank_neighbour(found: Neighbour) -> tuple[object, ...]:
    return (
        found.step,
        rank_relation(found.relation),
        -found.weight,
        -found.documents,
        found.name,
        found.id,
        found.relation,
        found.via,
        found.link,
    )


def find_links(store: Store, ends: tuple[str, str], *, selection: Selection | None = None) -> tuple[Statement, ...]:
    """Every statement that ties two entities (their ids), the best attested link first, then by date.

    At level ``unit`` the statements of all that belongs to the two units count for them. ``selection.types`` are
    those that the second may have.
    """
    wanted = selection or Selection()
    one, other = (get_node(store, end, level=wanted.level).id for end in ends)
    with project(store, replace(wanted, around=(one,), depth=1)) as projection:
        links = {link.id: link for link in projection.links() if {link.head, link.tail} == {one, other}}
        found = collect_statements(projection, links)
    weights = {key: (rank_relation(link.relation), -link.weight, key) for key, link in links.items()}
    return tuple(sorted(found, key=lambda each: (*weights[each.link], *rank_statement(each))))


def rank_statement(found: Statement) -> tuple[object, ...]:
    """Dated statements by date, then the undated; within a date the surest first."""
    return (not found.date, found.date, -found.confidence, found.document, found.start, found.id)


def collect_statements(projection: StoredProjection, links: Mapping[str, LinkRow]) -> list[Statement]:
    """All evidence of ``links`` (link id → link) with the names of their ends."""
    if not links:
        return []
    ends = {end for link in links.values() for end in (link.head, link.tail)}
    names = {node.id: node.name for node in projection.nodes() if node.id in ends}
    return [build_statement(row, links[row.link], names=names) for row in projection.evidence() if row.link in links]


def build_statement(row: EvidenceRow, link: LinkRow, *, names: Mapping[str, str]) -> Statement:
    """One evidence as a statement; ``names`` leads from the ids of the link's ends to their names."""
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Statement(
        link=link.id,
        head_id=link.head,
        head=names[link.head],
        tail_id=link.tail,
        tail=names[link.tail],
        directed=link.directed,
        head_span=_shift(row.head, row.start),
        tail_span=_shift(row.tail, row.start),
        trigger_span=_shift(row.trigger, row.start) if row.trigger else None,
        **same,
    )


def _shift(span: Span, start: int) -> Span:
    return span[0] - start, span[1] - start
