"""The one flat projection of the graph that the network and every export read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..model import Document, EntityType, Relation, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """An entity with the figures that a graph shows.

    ``unit`` is the id of the division or locality it belongs to (itself, for a division or a locality that
    stands for itself; empty when unknown), ``unit_reason`` why. ``weight`` is the number of evidence on
    its links in this projection, ``mentions`` and ``documents`` count the whole store. ``first`` and
    ``last`` are the earliest and latest dates of its links, partial ISO or empty.
    """

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    code: str = ""
    unit: str = ""
    unit_name: str = ""
    unit_reason: str = ""
    weight: int = 0
    mentions: int = 0
    documents: int = 0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link with the figures that a graph shows, one per (head, relation, tail).

    ``weight`` counts distinct evidence, ``documents`` distinct documents, ``parts`` the entity-level links
    inside a rolled-up one (1 at entity level). ``status`` is that of the latest evidence which has one
    (``done``, ``ongoing``, ``planned`` or empty), ``confidence`` the highest of its evidence, ``quote``
    the sentence of its best evidence, ``title``, ``publisher``, ``published`` and ``url`` those of the document
    that this sentence stands in (the name of its file where it has no title).
    """

    id: str
    head: str
    relation: Relation
    tail: str
    directed: bool
    weight: int
    documents: int
    parts: int = 1
    first: str = ""
    last: str = ""
    status: str = ""
    fields: tuple[str, ...] = ()
    confidence: float = 1.0
    quote: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One evidence of a link row, with its document's title (or name), publisher, publication date and address.

    ``quote`` is ``text[start:end]`` of the document; ``head``, ``tail`` and ``trigger`` are spans in the
    document (subtract ``start`` for the place in the quote). ``part`` is the entity-level link it belongs
    to (equal to ``link`` at entity level), ``head_name`` and ``tail_name`` the ends of that part.
    """

    id: str
    link: str
    part: str
    head_name: str
    tail_name: str
    relation: Relation
    document: str
    title: str
    publisher: str
    published: str
    url: str
    start: int
    end: int
    quote: str
    head: Span
    tail: Span
    trigger: Span | None
    date: str = ""
    date_end: str = ""
    status: str = ""
    fields: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 1.0


class Projection(Protocol):
    """What a writer reads: each method starts a fresh stream in a fixed order (by id)."""

    def nodes(self) -> Iterator[NodeRow]:
        """Entities of the selection; every end of a link is among them."""
        ...

    def links(self) -> Iterator[LinkRow]:
        """Links of the selection."""
        ...

    def evidence(self) -> Iterator[EvidenceRow]:
        """Evidence of those links, in the order of the links."""
        ...

    def documents(self) -> Iterator[Document]:
        """Documents of the store that the evidence stands in."""
        ...
