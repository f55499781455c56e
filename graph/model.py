"""The values that every room shares. Nothing here imports anything of ours.

Offsets are code points into ``Document.text``, half-open ``[start, end)``. Ids are digests of the
fields that make a value what it is, so the same input gives the same id on any machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]


class EntityType(StrEnum):
    """The eight kinds of named units that a graph holds."""

    CORPS = "corps"
    DIVISION = "division"
    REGIMENT = "regiment"
    LOCALITY = "locality"
    INSTITUTION = "institution"
    SITE = "site"
    AGREEMENT = "agreement"
    INITIATIVE = "initiative"


class Relation(StrEnum):
    """The eleven ways in which two entities are tied."""

    AIDS = "aids"
    SIGNS_AGREEMENT_WITH = "signs_agreement_with"
    CO_BUILDS = "co_builds"
    CO_HOSTS = "co_hosts"
    EXCHANGES_WITH = "exchanges_with"
    COOPERATES_WITH = "cooperates_with"
    ADJOINS = "adjoins"
    CONNECTS = "connects"
    PARTY_TO = "party_to"
    PART_OF = "part_of"
    LOCATED_IN = "located_in"


COOPERATION = frozenset(
    {
        Relation.AIDS,
        Relation.SIGNS_AGREEMENT_WITH,
        Relation.CO_BUILDS,
        Relation.CO_HOSTS,
        Relation.EXCHANGES_WITH,
        Relation.COOPERATES_WITH,
    }
)
GEOGRAPHY = frozenset({Relation.ADJOINS, Relation.CONNECTS})
STRUCTURE = frozenset({Relation.PARTY_TO, Relation.PART_OF, Relation.LOCATED_IN})
DIRECTED = frozenset({Relation.AIDS, Relation.CONNECTS, *STRUCTURE})


class Status(StrEnum):
    """Whether a link has happened, goes on, or is intended."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"


def digest_id(*fields: str) -> str:
    """16 hexadecimal digits (BLAKE2b, 64 bits) of the fields in order."""
    joined = "\x1f".join(fields).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as read: cleaned once, never changed afterwards.

    ``name`` is the file name without its extension (or a row's own name), ``origin`` the place it was
    read from, ``date`` the publication date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``cuts`` are the offsets in
    ``text`` where something of the page was left out; they are known while a text is read, and not kept.
    """

    id: str
    name: str
    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    origin: str = ""
    cuts: tuple[int, ...] = field(default=(), compare=False)


def document_id(text: str, url: str = "", name: str = "") -> str:
    """Id of a document: the digest of its text, its address and its name."""
    return digest_id("document", text, url, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A run of ``Document.text``; the sentences of a document tile its text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where the text names an entity, or stands for one (``rule`` tells: 双方, 该团).

    ``surface`` equals ``document.text[start:end]``; ``score`` is a probability in [0, 1].
    """

    document: str
    start: int
    end: int
    surface: str
    type: EntityType
    entity: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A body or place under its canonical name; ``code`` is its gazetteer code or empty."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    code: str = ""


def entity_id(kind: EntityType, name: str, code: str = "") -> str:
    """Id of an entity: its gazetteer code where it has one, else its type and canonical name."""
    return digest_id("entity", str(kind), code or name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The run of text that states a link: ``[start, end)`` holds head, tail and trigger spans.

    ``head`` and ``tail`` are the spans that stand for the two ends (a name, or 双方 and its like),
    ``trigger`` the words that say the relation, where there are such words. ``date`` and ``date_end``
    are ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or empty; ``confidence`` is a calibrated probability.
    """

    document: str
    start: int
    end: int
    head: Span
    tail: Span
    trigger: Span | None
    rule: str
    confidence: float = 1.0
    date: str = ""
    date_end: str = ""
    status: Status | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two entities tied by a relation; it exists only while it has evidence.

    Symmetric relations stand once, with the smaller entity id as ``head``; the spans of the evidence
    follow that order.
    """

    id: str
    head: str
    relation: Relation
    tail: str
    evidence: tuple[Evidence, ...]


def link_id(head: str, relation: Relation, tail: str) -> str:
    """Id of a link: the same for both orders of a symmetric relation."""
    if relation not in DIRECTED:
        head, tail = sorted((head, tail))
    return digest_id("link", head, str(relation), tail)


def evidence_id(link: str, evidence: Evidence) -> str:
    """Id of one evidence of a link: where it stands, not what was thought of it."""
    return digest_id("evidence", link, evidence.document, f"{evidence.start}:{evidence.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document says: mentions, the entities they name, and links with evidence."""

    document: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What part of the graph a question or an export wants; the default is all of it.

    Empty sets mean any. ``start`` and ``end`` bound the dates of evidence (partial ISO dates, inclusive);
    ``undated`` keeps undated evidence when a period is given. ``around`` are entity ids, ``depth`` the
    number of steps from them. ``level`` is ``entity`` or ``unit`` (rolled up to divisions and localities).
    """

    types: frozenset[EntityType] = frozenset()
    relations: frozenset[Relation] = frozenset()
    fields: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    publishers: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""
    undated: bool = True
    least_evidence: int = 1
    min_confidence: float = 0.0
    around: tuple[str, ...] = ()
    depth: int = 1
    level: str = "entity"
