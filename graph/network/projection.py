"""Store to rows: the one flat projection that the network and every export read."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from ..model import DIRECTED, Document, EntityType, Relation, Selection
from ..store import Selected, Store
from ..store.ids import split_values, to_id
from ..store.loading import parse_aliases, parse_document
from .rollup import prepare_units
from .rows import EvidenceRow, LinkRow, NodeRow

_TYPES = {str(kind): kind for kind in EntityType}
_RELATIONS = {str(relation): relation for relation in Relation}


def project(store: Store, selection: Selection | None = None) -> StoredProjection:
    """The part of the graph that ``selection`` asks for, all of it by default.

    A link is kept with the evidence that passes (status, field, publisher, period, confidence), while it
    has ``least_evidence`` of it, both its ends are of ``types`` (at level ``unit`` the types of units are
    meant, and the entities to start from are always of the right type), and, where ``around`` is given, while
    it is met on a walk of ``depth`` steps from there. Entities without any such link are nodes only where
    no more than ``types`` and ``level`` is asked for. Raises UsageError, NameNotFoundError, StoreError.
    """
    prepare_units(store)
    return StoredProjection(store.select(selection or Selection()), store=store)


class StoredProjection:
    """A ``Projection`` that streams from the store with flat memory; each method starts anew.

    ``left_out`` counts entities that have no place at this level (those without a unit).
    """

    def __init__(self, selected: Selected, *, store: Store) -> None:
        self._selected = selected
        self._store = store
        self.left_out = selected.left_out
        self.node_count, self.link_count = selected.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the temporary tables now rather than with the store."""
        self._selected.close()

    def nodes(self) -> Iterator[NodeRow]:
        """Entities, or units, of the selection."""
        return map(_parse_node, self._selected.iter_nodes())

    def links(self) -> Iterator[LinkRow]:
        """Links of the selection."""
        return map(_parse_link, self._selected.iter_links())

    def evidence(self) -> Iterator[EvidenceRow]:
        """Evidence of those links that passes the selection, by link and part."""
        return map(_parse_evidence, self._selected.iter_evidence())

    def documents(self) -> Iterator[Document]:
        """Documents that this evidence stands in."""
        return map(parse_document, self._selected.iter_documents())

    def entities_by_document(self) -> Iterator[tuple[Document, tuple[NodeRow, ...]]]:
        """Each document of the store with the nodes that it names, linked or not; none at level ``unit``."""
        nodes = {node.id: node for node in self.nodes()}
        for document in self._store.iter_documents():
            named = {mention.entity for mention in self._store.iter_mentions(document.id)}
            yield document, tuple(nodes[key] for key in sorted(named & nodes.keys()))


def _parse_node(row: tuple[Any, ...]) -> NodeRow:
    key, name, kind, names, code, unit, unit_name, reason, weight, mentions, documents, first, last = row
    return NodeRow(
        id=to_id(key),
        name=name,
        type=_TYPES[kind],
        aliases=parse_aliases(names, name),
        code=code,
        unit="" if unit is None else to_id(unit),
        unit_name=unit_name or "",
        unit_reason=reason or "",
        weight=weight,
        mentions=mentions,
        documents=documents,
        first=first,
        last=last,
    )


def _parse_link(row: tuple[Any, ...]) -> LinkRow:
    key, head, relation, tail, weight, documents, parts, first, last, status, fields, confidence = row[:12]
    quote, title, publisher, published, url = row[12:]
    return LinkRow(
        id=to_id(key),
        head=to_id(head),
        relation=_RELATIONS[relation],
        tail=to_id(tail),
        directed=_RELATIONS[relation] in DIRECTED,
        weight=weight,
        documents=documents,
        parts=parts,
        first=first,
        last=last,
        status=status,
        fields=tuple(sorted(set(split_values(fields)))),
        confidence=confidence,
        quote=quote,
        title=title,
        publisher=publisher,
        published=published,
        url=url,
    )


def _parse_evidence(row: tuple[Any, ...]) -> EvidenceRow:
    key, link, part, head_name, tail_name, relation, document, title, publisher, published, url = row[:11]
    start, end, quote, flipped, *spans = row[11:21]
    date, date_end, status, fields, rule, confidence = row[21:]
    head, tail, trigger = (spans[0], spans[1]), (spans[2], spans[3]), (spans[4], spans[5])
    if flipped:
        head, tail = tail, head
    return EvidenceRow(
        id=to_id(key),
        link=to_id(link),
        part=to_id(part),
        head_name=head_name,
        tail_name=tail_name,
        relation=_RELATIONS[relation],
        document=to_id(document),
        title=title,
        publisher=publisher,
        published=published,
        url=url,
        start=start,
        end=end,
        quote=quote,
        head=head,
        tail=tail,
        trigger=None if trigger[0] is None else trigger,
        date=date,
        date_end=date_end,
        status=status,
        fields=split_values(fields),
        rule=rule,
        confidence=confidence,
    )
