"""One entity at a glance, figures of the whole store, links in time."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..model import COOPERATION, EntityType, Relation, Selection
from ..network import LinkRow, project
from ..store import Store
from .answers import BOTH, IN, OUT, Count, Period, Portrait, Statement
from .nodes import get_node
from .ties import build_statement, rank_relation, rank_statement

Pair = tuple[str, str]
Tie = tuple[str, Relation, str, int]


def describe(store: Store, entity: str, *, selection: Selection | None = None) -> Portrait:
    """An entity (its id), or its unit at level ``unit``, with its figures and the number of its links."""
    wanted = selection or Selection()
    start = get_node(store, entity, level=wanted.level).id
    with project(store, replace(wanted, around=(start,), depth=1)) as projection:
        node = next(node for node in projection.nodes() if node.id == start)
        counts = Counter((link.relation, _see_direction(link, start)) for link in projection.links())
    ranked = sorted(counts, key=lambda key: (rank_relation(key[0]), -counts[key], key))
    return Portrait(node=node, links={key: counts[key] for key in ranked})


def _see_direction(link: LinkRow, start: str) -> str:
    return BOTH if not link.directed else OUT if link.head == start else IN


def stats(store: Store, *, selection: Selection | None = None, pairs: int = 10) -> tuple[Count, ...]:
    """How much the store holds, entities by type, links and their evidence by relation, cooperating pairs.

    With a selection the figures below ``documents`` are those of the selected part of the graph.
    """
    totals = store.count()
    entities, ties = _read_graph(store, selection or Selection())
    types = Counter(kind for _, kind in entities.values())
    links = Counter(relation for _, relation, _, _ in ties)
    evidence: Counter[Relation] = Counter()
    for _, relation, _, weight in ties:
        evidence[relation] += weight
    return (
        Count(what="documents", name="", count=totals.documents),
        Count(what="skipped", name="", count=totals.skipped),
        Count(what="mentions", name="", count=totals.mentions),
        *_iter_counts("entities", {str(kind): types[kind] for kind in EntityType}),
        *_iter_counts("links", {str(relation): links[relation] for relation in Relation}),
        *_iter_counts("evidence", {str(relation): evidence[relation] for relation in Relation}),
        *_iter_pairs(_count_pairs(ties), {key: name for key, (name, _) in entities.items()}, limit=pairs),
    )


def _read_graph(store: Store, selection: Selection) -> tuple[dict[str, tuple[str, EntityType]], list[Tie]]:
    """Name and type of each entity, and each link with the number of its evidence."""
    if selection == Selection():
        # Without a selection nothing has to be laid out: a tenth of the time.
        entities = {entity.id: (entity.name, entity.type) for entity in store.iter_entities()}
        return entities, list(store.iter_ties())
    with project(store, selection) as projection:
        entities = {node.id: (node.name, node.type) for node in projection.nodes()}
        return entities, [(link.head, link.relation, link.tail, link.weight) for link in projection.links()]


def _count_pairs(ties: Iterable[Tie]) -> Counter[Pair]:
    """The evidence of cooperation by pair of ends."""
    tied: Counter[Pair] = Counter()
    for head, relation, tail, weight in ties:
        if relation in COOPERATION:
            tied[min(head, tail), max(head, tail)] += weight
    return tied


def _iter_counts(what: str, counts: Mapping[str, int]) -> Iterator[Count]:
    """The sum, then each part that is not empty."""
    yield Count(what=what, name="", count=sum(counts.values()))
    yield from (Count(what=what, name=name, count=count) for name, count in counts.items() if count)


def _iter_pairs(tied: Counter[Pair], names: Mapping[str, str], *, limit: int) -> Iterator[Count]:
    best = heapq.nsmallest(limit, tied.items(), key=lambda item: (-item[1], names[item[0][0]], names[item[0][1]], item))
    yield Count(what="pairs", name="", count=len(tied))
    for pair, count in best:
        yield Count(what="pairs", name=" — ".join(sorted(names[end] for end in pair)), count=count)


def timeline(store: Store, entity: str | None = None, *, selection: Selection | None = None) -> tuple[Statement, ...]:
    """Statements by date, the undated last: of all links, or of those at ``entity`` (its id).

    ``selection.types`` are those of the other end.
    """
    wanted = selection or Selection()
    if entity is not None:
        start = get_node(store, entity, level=wanted.level).id
        wanted = replace(wanted, around=(start,), depth=1)
    with project(store, wanted) as projection:
        names = {node.id: node.name for node in projection.nodes()}
        links = {link.id: link for link in projection.links()}
        found = [build_statement(row, links[row.link], names=names) for row in projection.evidence()]
    return tuple(sorted(found, key=rank_statement))


def count_periods(statements: Iterable[Statement], *, by: str) -> Iterator[Period]:
    """Links and evidence of each ``year`` or ``month`` and relation; what has no such date is left out."""
    length = {"year": 4, "month": 7}[by]
    found: dict[tuple[str, Relation], list[str]] = {}
    for statement in statements:
        if len(statement.date) >= length:
            found.setdefault((statement.date[:length], statement.relation), []).append(statement.link)
    for (period, relation), links in sorted(found.items()):
        yield Period(period=period, relation=relation, links=len(set(links)), evidence=len(links))
