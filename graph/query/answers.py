"""What the questions come back with. Field names are stable: every output format writes them as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Document, EntityType, Relation, Span
from ..network.rows import NodeRow

OUT, IN, BOTH = "out", "in", "both"
"""Direction of a link as seen from the entity that was asked about; ``both`` for a symmetric relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One link to one entity, seen from the entity that was asked about.

    ``step`` is the distance, ``via`` (id and name) the entity one step nearer that the link comes from:
    the one that was asked about at step 1. The other figures are those of the link.
    """

    id: str
    name: str
    type: EntityType
    relation: Relation
    direction: str
    step: int
    via_id: str
    via: str
    weight: int
    documents: int
    parts: int
    first: str
    last: str
    status: str
    fields: tuple[str, ...]
    confidence: float
    link: str
    quote: str
    title: str
    publisher: str
    published: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that states a link: who, how, whom, when, and where it stands.

    ``quote`` is ``text[start:end]`` of its document, and the spans count from the start of the quote.
    ``part`` is the link as the text names it (head_name, tail_name), ``link`` what it counts for: the same
    but for a question about units.
    """

    id: str
    link: str
    head_id: str
    head: str
    relation: Relation
    tail_id: str
    tail: str
    directed: bool
    part: str
    head_name: str
    tail_name: str
    date: str
    date_end: str
    status: str
    fields: tuple[str, ...]
    confidence: float
    rule: str
    quote: str
    head_span: Span
    tail_span: Span
    trigger_span: Span | None
    document: str
    start: int
    end: int
    title: str
    publisher: str
    published: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path with every statement that ties its two ends."""

    from_id: str
    from_name: str
    to_id: str
    to_name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Shortest ways between two entities; ``more`` tells whether the limit left some out."""

    paths: tuple[tuple[Step, ...], ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """An entity with its figures, and the number of its links by relation and direction."""

    node: NodeRow
    links: Mapping[tuple[Relation, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A name (kind ``entity``), title (``title``) or sentence (``text``) that holds what was looked for.

    ``id``, ``name`` and ``type`` are those of the entity or document, ``quote`` is the name, title or
    sentence, ``span`` the match in it, ``start`` the place of the quote in the document's text.
    """

    kind: str
    id: str
    name: str
    type: str
    quote: str
    span: Span
    start: int
    document: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure: of what (documents, entities, links, …), which kind of it (all where empty), how many."""

    what: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How many links a year or month has by one relation, and how many statements of them."""

    period: str
    relation: Relation
    links: int
    evidence: int
