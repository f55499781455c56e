"""What a store holds, as the model's values, in the order of ids and with merges applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ..errors import NameNotFoundError, StoreError
from ..model import Document, Entity, Link, Mention, Relation, Selection
from ..names import name_key
from .access import Access
from .ids import to_id, to_key
from .loading import (
    DOCUMENT,
    ENTITY,
    EVIDENCE,
    MENTION,
    Row,
    parse_document,
    parse_entity,
    parse_evidence,
    parse_mention,
)
from .merging import prepare_merges, register_functions
from .selecting import Selected
from .verifying import Problem, iter_problems

_COUNTS = """SELECT (SELECT count(*) FROM documents), (SELECT count(DISTINCT node) FROM members),
    (SELECT count(*) FROM mentions), (SELECT count(DISTINCT link) FROM current_links),
    (SELECT count(*) FROM evidence) - (SELECT count(*) FROM shadowed), (SELECT count(*) FROM skipped)"""
_STANDS = "v.id IN (SELECT node FROM members)"
_LINKS = f"""SELECT c.link, c.head, c.relation, c.tail, c.flipped, {EVIDENCE} FROM current_links c
    CROSS JOIN evidence e ON e.link = c.part
    WHERE NOT EXISTS (SELECT 1 FROM shadowed s WHERE s.link = e.link AND s.id = e.id)"""
_TIES = """SELECT c.head, c.relation, c.tail, count(*)
    FROM current_links c CROSS JOIN evidence e ON e.link = c.part
    {where} GROUP BY c.link ORDER BY c.link"""
_OF_ENTITY = """ AND m.entity IN (SELECT entity FROM members WHERE node = ?) AND m.document IN (
    SELECT x.document FROM members y JOIN sayings s ON s.entity = y.entity JOIN namings x ON x.saying = s.id
    WHERE y.node = ?)"""
_AT_END = """ AND c.part IN (
    SELECT id FROM links WHERE head IN (SELECT entity FROM members WHERE node = ?{place})
    UNION SELECT id FROM links WHERE tail IN (SELECT entity FROM members WHERE node = ?{place}))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds, with merges applied to entities and links."""

    documents: int
    entities: int
    mentions: int
    links: int
    evidence: int
    skipped: int


class Reader:
    """The reading half of a store."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._merged: tuple[str, bool] | None = None
        self.path = access.path
        register_functions(access.connection)

    def has(self, document: str, *, builder: str) -> bool:
        """Whether this document is stored as this builder read it."""
        values = to_key(document), builder
        return self._access.find_row("SELECT 1 FROM documents WHERE id = ? AND builder = ?", values) is not None

    def holds(self, document: Document, *, builder: str) -> bool:
        """As ``has``, and with the same title, publisher and date; where it was read from may differ."""
        where = "id = ? AND builder = ? AND title = ? AND publisher = ? AND date = ?"
        values = to_key(document.id), builder, document.title, document.publisher, document.date
        return self._access.find_row(f"SELECT 1 FROM documents WHERE {where}", values) is not None

    def count(self) -> Counts:
        """Numbers of all that the store holds."""
        self._ready()
        figures = self._access.get_row(_COUNTS)
        names = ("documents", "entities", "mentions", "links", "evidence", "skipped")
        return Counts(**dict(zip(names, figures, strict=True)))

    def iter_documents(self) -> Iterator[Document]:
        """All documents with their text."""
        return map(parse_document, self._rows(f"SELECT {DOCUMENT} FROM documents d ORDER BY d.id"))

    def get_document(self, document: str) -> Document:
        """The document of this id; raises StoreError."""
        found = self._access.find_row(f"SELECT {DOCUMENT} FROM documents d WHERE d.id = ?", (to_key(document),))
        if found is None:
            raise StoreError(f"{self.path}: holds no document {document}")
        return parse_document(found)

    def iter_documents_with(self, text: str) -> Iterator[Document]:
        """Documents whose text or title holds ``text`` as it stands."""
        where = "instr(d.text, ?1) OR instr(d.title, ?1)"
        return map(
            parse_document,
            self._rows(f"SELECT {DOCUMENT} FROM documents d WHERE {where} ORDER BY d.id", text),
        )

    def iter_mentions(self, document: str | None = None, *, entity: str | None = None) -> Iterator[Mention]:
        """Mentions by document and place: all, those of one document, of one entity, or of both."""
        self._ready()
        where, values = "", []
        if document is not None:
            where += " AND m.document = ?"
            values.append(to_key(document))
        if entity is not None:
            where += _OF_ENTITY
            values += [to_key(entity)] * 2
        return map(
            parse_mention,
            self._rows(
                f"SELECT {MENTION} FROM mentions m JOIN members b ON b.entity = m.entity WHERE 1{where} "
                "ORDER BY m.document, m.start, m.end, b.node",
                *values,
            ),
        )

    def iter_entities(self) -> Iterator[Entity]:
        """All entities, each with the names that all documents give it."""
        self._ready()
        return map(parse_entity, self._rows(f"SELECT {ENTITY} FROM entities v WHERE {_STANDS} ORDER BY v.id"))

    def get_entity(self, entity: str) -> Entity:
        """The entity of this id, or the one that stands for it; raises NameNotFoundError."""
        self._ready()
        where = "v.id = (SELECT node FROM members WHERE entity = ?)"
        found = self._access.find_row(f"SELECT {ENTITY} FROM entities v WHERE {where}", (to_key(entity),))
        if found is None:
            raise NameNotFoundError(entity)
        return parse_entity(found)

    def find_entities(self, name: str) -> tuple[Entity, ...]:
        """Entities that carry this name, however it is written (12师, 第十二师); see ``names.name_key``."""
        self._ready()
        where = "v.id IN (SELECT b.node FROM names a JOIN members b ON b.entity = a.entity WHERE a.key = ?)"
        rows = self._rows(f"SELECT {ENTITY} FROM entities v WHERE {where} ORDER BY v.id", name_key(name))
        return tuple(map(parse_entity, rows))

    def iter_entities_with(self, text: str) -> Iterator[Entity]:
        """Entities that have ``text`` in one of their names, compared as keys."""
        self._ready()
        where = """v.id IN (SELECT b.node FROM names a JOIN members b ON b.entity = a.entity
            WHERE instr(a.key, ?1) OR instr(a.name, ?2))"""
        rows = self._rows(f"SELECT {ENTITY} FROM entities v WHERE {where} ORDER BY v.id", name_key(text) or text, text)
        return map(parse_entity, rows)

    def iter_links(self, *ends: str) -> Iterator[Link]:
        """Links with all their evidence: all, those at one entity, or those between two."""
        self._ready()
        if len(ends) > 2:
            raise StoreError(f"a link has two ends, {len(ends)} were given")
        conditions = [_AT_END.format(place=place) for place in range(1, len(ends) + 1)]
        order = " ORDER BY c.link, e.link, e.id"
        rows = self._rows(_LINKS + "".join(conditions) + order, *map(to_key, ends))
        return (_fold_link(list(group)) for _, group in groupby(rows, key=lambda row: row[0]))

    def iter_skipped(self) -> Iterator[tuple[str, str]]:
        """Path and reason of each document that could not be read."""
        return ((path, reason) for path, reason in self._rows("SELECT path, reason FROM skipped ORDER BY path"))

    def iter_merges(self) -> Iterator[tuple[str, str, str]]:
        """Source, target and reason of each merge, in force or waiting for its entities."""
        rows = self._rows("SELECT source, target, reason FROM merges ORDER BY source")
        return ((to_id(source), to_id(target), reason) for source, target, reason in rows)

    def has_memberships(self, stamp: str) -> bool:
        """Whether the roll-up was made by the rules of ``stamp`` from the present state of the store."""
        valid = f"{self._get_state('generation')}/{stamp}"
        return self._access.find_row("SELECT 1 FROM rollups WHERE valid = ?", (valid,)) is not None

    def find_units(self, name: str) -> tuple[Entity, ...]:
        """Units of the roll-up that carry this name, those among them that no document names included."""
        rows = self._rows("SELECT id, type, name, code, aliases FROM units ORDER BY id")
        key = name_key(name)
        units = map(parse_entity, rows)
        return tuple(unit for unit in units if key in map(name_key, (unit.name, *unit.aliases)))

    def iter_ties(self, *relations: Relation) -> Iterator[tuple[str, Relation, str, int]]:
        """Head, relation, tail and number of evidence of each link of these relations, of all by default."""
        self._ready()
        marks = ",".join("?" * len(relations))
        where = f"WHERE c.relation IN ({marks})" if relations else ""
        rows = self._rows(_TIES.format(where=where), *map(str, relations))
        return ((to_id(head), Relation(relation), to_id(tail), weight) for head, relation, tail, weight in rows)

    def select(self, selection: Selection) -> Selected:
        """Lay out a selection for streaming; see ``network.project``, which makes rows of it."""
        self._ready()
        return Selected(self._access, selection)

    def verify(self) -> Iterator[Problem]:
        """Everything that is broken: texts that do not match, wrong ids, ends that lead nowhere."""
        return iter_problems(self._access)

    def _get_state(self, name: str) -> str:
        return str(self._access.get_row("SELECT value FROM state WHERE name = ?", (name,))[0])

    def _ready(self) -> None:
        """See that the merges in force are laid out as they are stored now."""
        generation = self._get_state("generation")
        any_merge = self._access.find_row("SELECT 1 FROM merges LIMIT 1") is not None
        if self._merged == (generation, True) or (self._merged and not self._merged[1] and not any_merge):
            return
        with self._access.readable():
            prepare_merges(self._access.connection)
        self._merged = (generation, any_merge)

    def _rows(self, statement: str, *values: object) -> Iterator[Row]:
        return self._access.iter_rows(statement, values)


def _fold_link(rows: list[Row]) -> Link:
    """A link of all its rows (columns of ``_LINKS``)."""
    key, head, relation, tail = rows[0][:4]
    return Link(
        id=to_id(key),
        head=to_id(head),
        relation=Relation(relation),
        tail=to_id(tail),
        evidence=tuple(parse_evidence(row[5:], flipped=bool(row[4])) for row in rows),
    )
