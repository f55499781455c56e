"""Re-reading of everything stored: what does not follow from the documents is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import (
    DIRECTED,
    Document,
    EntityType,
    Evidence,
    Relation,
    Status,
    document_id,
    entity_id,
    evidence_id,
    link_id,
)
from .access import Access
from .ids import to_id
from .loading import DOCUMENT, Row, parse_document

_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_MENTIONS = """SELECT start, end, surface, type, entity, score, (SELECT type FROM entities WHERE id = entity)
    FROM mentions WHERE document = ? ORDER BY start, end, entity"""
_EVIDENCE = """SELECT link, id, start, end, head_start, head_end, tail_start, tail_end, trigger_start,
    trigger_end, confidence, date, date_end, status FROM evidence WHERE document = ? ORDER BY link, id"""
_LINKS = """SELECT id, head, relation, tail, EXISTS (SELECT 1 FROM evidence WHERE link = l.id),
    EXISTS (SELECT 1 FROM main.entities WHERE id = l.head),
    EXISTS (SELECT 1 FROM main.entities WHERE id = l.tail)
    FROM main.links l ORDER BY id"""
_ENTITIES = """SELECT id, type, name, code, EXISTS (SELECT 1 FROM sayings s JOIN namings x ON x.saying = s.id
        WHERE s.entity = v.id AND x.mentions > 0)
    OR EXISTS (SELECT 1 FROM links WHERE head = v.id) OR EXISTS (SELECT 1 FROM links WHERE tail = v.id),
    EXISTS (SELECT 1 FROM names WHERE entity = v.id AND name = v.name) FROM main.entities v ORDER BY id"""
_LOST = {
    "mention": "SELECT document, entity, start, end FROM mentions WHERE document NOT IN {documents}",
    "evidence": "SELECT document, id, start, end FROM evidence WHERE document NOT IN {documents}",
}
_LINKLESS = "SELECT document, id FROM evidence WHERE link NOT IN (SELECT id FROM main.links) ORDER BY link, id"
_MISSAID = """SELECT entity, 'its name ' || name || ' is said by no document' FROM names n WHERE NOT EXISTS (
        SELECT 1 FROM sayings s WHERE s.entity = n.entity
        AND (s.name = n.name OR instr(char(31) || s.aliases || char(31), char(31) || n.name || char(31))))
    UNION ALL SELECT entity, 'its name ' || name || ' was said by a document that is gone' FROM sayings
        WHERE id NOT IN (SELECT saying FROM namings)
    UNION ALL SELECT entity, 'has names, but is not stored' FROM (
        SELECT entity FROM names UNION SELECT entity FROM sayings)
    WHERE entity NOT IN (SELECT id FROM main.entities)
    UNION ALL SELECT entity, 'has ' || found || ' mentions in ' || name || ', ' || noted || ' are noted'
    FROM (
        SELECT s.entity, d.name, x.mentions AS noted, (SELECT count(*) FROM mentions m
            WHERE m.document = x.document AND m.entity = s.entity) AS found
        FROM namings x JOIN sayings s ON s.id = x.saying JOIN documents d ON d.id = x.document)
    WHERE found <> noted ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is broken.

    ``kind`` is document, mention, evidence, link or entity, ``id`` the id of that thing (a mention has none:
    its document's id and place, ``ID:START-END``), ``document`` the id of the document to build again.
    """

    kind: str
    id: str
    problem: str
    document: str = ""


def iter_problems(access: Access) -> Iterator[Problem]:
    """All problems: by document, then of links, of entities, and of what hangs in the air."""
    for row in access.iter_rows(f"SELECT {DOCUMENT} FROM documents d ORDER BY d.id"):
        document = parse_document(row)
        yield from _check_document(document)
        key = (row[0],)
        for mention in access.iter_rows(_MENTIONS, key):
            yield from _check_mention(document, mention)
        for evidence in access.iter_rows(_EVIDENCE, key):
            yield from _check_evidence(document, evidence)
    for row in access.iter_rows(_LINKS):
        yield from _check_link(row)
    for row in access.iter_rows(_ENTITIES):
        yield from _check_entity(row)
    yield from _iter_lost(access)


def _check_document(document: Document) -> Iterator[Problem]:
    right = document_id(document.text, document.url, document.name)
    if right != document.id:
        problem = f"{document.name}: text, address and name give the id {right}"
        yield Problem(kind="document", id=document.id, problem=problem, document=document.id)


def _check_mention(document: Document, row: Row) -> Iterator[Problem]:
    start, end, surface, kind, entity, score, entity_type = row
    found = _Finder(kind="mention", id=f"{document.id}:{start}-{end}", document=document.id)
    if not 0 <= start < end <= len(document.text):
        yield found.problem(f"lies outside the text of {len(document.text)} characters")
    elif document.text[start:end] != surface:
        yield found.problem(f"the text says {document.text[start:end]!r}, not {surface!r}")
    if entity_type is None:
        yield found.problem(f"its entity {to_id(entity)} is not stored")
    elif kind != entity_type:
        yield found.problem(f"is of type {kind}, its entity {to_id(entity)} of type {entity_type}")
    if not 0 <= score <= 1:
        yield found.problem(f"has the score {score}, not between 0 and 1")


def _check_evidence(document: Document, row: Row) -> Iterator[Problem]:
    link, key, start, end, *places, confidence, date, date_end, status = row
    found = _Finder(kind="evidence", id=to_id(key), document=document.id)
    spans = {"head": places[0:2], "tail": places[2:4], "trigger": places[4:6]}
    if not 0 <= start < end <= len(document.text):
        yield found.problem(f"[{start}, {end}) lies outside the text of {len(document.text)} characters")
    for name, (first, last) in spans.items():
        if (name, first, last) == ("trigger", None, None):
            continue
        if first is None or last is None or not start <= first < last <= end:
            yield found.problem(f"its {name} [{first}, {last}) lies outside [{start}, {end})")
    bare = Evidence(document=document.id, start=start, end=end, head=(0, 0), tail=(0, 0), trigger=None, rule="")
    if (right := evidence_id(to_id(link), bare)) != to_id(key):
        yield found.problem(f"its link and place give the id {right}")
    yield from _check_attributes(found, confidence=confidence, dates=(date, date_end), status=status)


def _check_attributes(found: _Finder, *, confidence: float, dates: tuple[str, str], status: str) -> Iterator[Problem]:
    if not 0 <= confidence <= 1:
        yield found.problem(f"has the confidence {confidence}, not between 0 and 1")
    for date in dates:
        if not _DATE.fullmatch(date):
            yield found.problem(f"has the date {date!r}, which is no YYYY, YYYY-MM or YYYY-MM-DD")
    if status and status not in Status.__members__.values():
        yield found.problem(f"has the unknown status {status!r}")


def _check_link(row: Row) -> Iterator[Problem]:
    key, head, relation, tail, evidenced, has_head, has_tail = row
    found = _Finder(kind="link", id=to_id(key))
    if not evidenced:
        yield found.problem("has no evidence")
    for end, there in ((head, has_head), (tail, has_tail)):
        if not there:
            yield found.problem(f"its end {to_id(end)} is not stored")
    if head == tail:
        yield found.problem(f"leads from {to_id(head)} to itself")
    if relation not in Relation.__members__.values():
        yield found.problem(f"has the unknown relation {relation!r}")
        return
    if Relation(relation) not in DIRECTED and head > tail:
        yield found.problem(f"{relation} is symmetric; its smaller end must be the head")
    if (right := link_id(to_id(head), Relation(relation), to_id(tail))) != to_id(key):
        yield found.problem(f"its ends and relation give the id {right}")


def _check_entity(row: Row) -> Iterator[Problem]:
    key, kind, name, code, used, named = row
    found = _Finder(kind="entity", id=to_id(key))
    if not used:
        yield found.problem(f"{name}: no text names it and no link has it as an end")
    if not named:
        yield found.problem(f"{name}: cannot be looked up by its name")
    if kind not in EntityType.__members__.values():
        yield found.problem(f"{name}: has the unknown type {kind!r}")
    elif (right := entity_id(EntityType(kind), name, code)) != to_id(key):
        yield found.problem(f"{name}: type, name and code give the id {right}")


def _iter_lost(access: Access) -> Iterator[Problem]:
    for kind, statement in _LOST.items():
        for document, key, start, end in access.iter_rows(
            statement.format(documents="(SELECT id FROM documents)") + " ORDER BY document, start, end"
        ):
            own = f"{to_id(document)}:{start}-{end}" if kind == "mention" else to_id(key)
            yield Problem(kind=kind, id=own, problem=f"its document {to_id(document)} is not stored")
    for document, key in access.iter_rows(_LINKLESS):
        yield Problem(kind="evidence", id=to_id(key), problem="its link is not stored", document=to_id(document))
    for entity, problem in access.iter_rows(_MISSAID):
        yield Problem(kind="entity", id=to_id(entity), problem=problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finder:
    """What problems are found in."""

    kind: str
    id: str
    document: str = ""

    def problem(self, problem: str) -> Problem:
        return Problem(kind=self.kind, id=self.id, problem=problem, document=self.document)
