"""One document into the store, or out of it: what the statements are, inside a transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..errors import StoreError
from ..model import Document, Entity, Evidence, Extraction, Link, Mention, digest_id, evidence_id
from ..names import name_key
from .ids import join_values, split_values, to_key

_BEST_EVIDENCE = """INSERT INTO evidence VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
    ON CONFLICT (link, id) DO UPDATE SET head_start = excluded.head_start, head_end = excluded.head_end,
        tail_start = excluded.tail_start, tail_end = excluded.tail_end, rule = excluded.rule,
        trigger_start = excluded.trigger_start, trigger_end = excluded.trigger_end,
        confidence = excluded.confidence, date = excluded.date, date_end = excluded.date_end,
        status = excluded.status, fields = excluded.fields
    WHERE excluded.confidence > confidence"""
_KNOWN = "SELECT id FROM sayings WHERE id IN (SELECT value FROM json_each(?))"
_UNSAID = """SELECT entity FROM sayings WHERE id = ?1
    AND NOT EXISTS (SELECT 1 FROM namings WHERE saying = ?1)"""


def check_extraction(document: Document, extraction: Extraction) -> None:
    """Refuse an extraction that contradicts itself or its document; raises StoreError."""
    where = f"extraction of {document.name} ({document.id})"
    if extraction.document != document.id:
        raise StoreError(f"{where}: is of document {extraction.document}; give the two that belong together")
    if "\0" in document.text or any(map(_has_surrogate, _iter_texts(document))):
        raise StoreError(f"{where}: its text is no clean Unicode; read it again with graph/reading")
    known = {entity.id for entity in extraction.entities}
    if len(known) < len(extraction.entities):
        raise StoreError(f"{where}: holds an entity twice")
    for named in _iter_named(extraction):
        if named not in known:
            raise StoreError(f"{where}: names entity {named} but does not hold it")
    for link in extraction.links:
        if not link.evidence:
            raise StoreError(f"{where}: link {link.id} has no evidence")
    for held in _iter_holders(extraction):
        if held != document.id:
            raise StoreError(f"{where}: holds a mention or evidence of document {held}")


def add_document(connection: sqlite3.Connection, document: Document, *, builder: str) -> None:
    """The row of a document, which must not be there yet."""
    row = (
        to_key(document.id),
        document.name,
        document.title,
        document.publisher,
        document.date,
        document.url,
        document.origin,
        builder,
        document.text,
    )
    connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?)", row)


def add_extraction(connection: sqlite3.Connection, extraction: Extraction) -> None:
    """Entities, mentions, links and evidence of a document that is there.

    An entity that the document neither mentions nor links is none of its own and stays out.
    """
    _add_entities(connection, extraction)
    connection.executemany(
        "INSERT OR REPLACE INTO mentions VALUES (?,?,?,?,?,?,?,?)", map(_mention_row, extraction.mentions)
    )
    links = [(to_key(link.id), link) for link in extraction.links]
    connection.executemany(
        "INSERT INTO links VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING",
        ((key, to_key(link.head), str(link.relation), to_key(link.tail)) for key, link in links),
    )
    connection.executemany(
        _BEST_EVIDENCE, (_evidence_row(link, item) for link in extraction.links for item in link.evidence)
    )


def remove_document(connection: sqlite3.Connection, document: str) -> bool:
    """Take a document out, and with it all that no other document says; whether it was there."""
    key = to_key(document)
    links = connection.execute("SELECT DISTINCT link FROM evidence WHERE document = ?", (key,)).fetchall()
    sayings = connection.execute("SELECT saying FROM namings WHERE document = ?", (key,)).fetchall()
    if not connection.execute("DELETE FROM documents WHERE id = ?", (key,)).rowcount:
        return False
    connection.executemany(
        "DELETE FROM links WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM evidence WHERE link = ?1)", links
    )
    for saying in sayings:
        unsaid = connection.execute(_UNSAID, saying).fetchone()
        if unsaid is not None:
            connection.execute("DELETE FROM sayings WHERE id = ?", saying)
            _refresh_entity(connection, unsaid[0])
    return True


def _add_entities(connection: sqlite3.Connection, extraction: Extraction) -> None:
    """Note which names the document says; entities and names are new only where a saying is."""
    document = to_key(extraction.document)
    mentions = Counter(mention.entity for mention in extraction.mentions)
    named = {*mentions, *(end for link in extraction.links for end in (link.head, link.tail))}
    said = {_get_saying_key(entity): entity for entity in extraction.entities if entity.id in named}
    known = {key for (key,) in connection.execute(_KNOWN, (json.dumps(list(said)),))}
    _add_sayings(connection, {key: entity for key, entity in said.items() if key not in known})
    connection.executemany(
        "INSERT INTO namings VALUES (?,?,?)",
        ((key, document, mentions[entity.id]) for key, entity in said.items()),
    )


def _add_sayings(connection: sqlite3.Connection, said: Mapping[int, Entity]) -> None:
    entities = [(to_key(entity.id), entity) for entity in said.values()]
    connection.executemany(
        "INSERT INTO entities VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING",
        ((key, str(entity.type), entity.name, entity.code) for key, entity in entities),
    )
    connection.executemany(
        "INSERT INTO sayings VALUES (?,?,?,?)",
        ((key, to_key(entity.id), entity.name, _join_aliases(entity)) for key, entity in said.items()),
    )
    _add_names(connection, ((key, name) for key, entity in entities for name in (entity.name, *entity.aliases)))
    for key, entity in entities:
        if connection.execute("SELECT 1 FROM entities WHERE id = ? AND name <> ?", (key, entity.name)).fetchone():
            _refresh_entity(connection, key)


def _refresh_entity(connection: sqlite3.Connection, entity: int) -> None:
    """Make an entity what the documents say of it: the fullest name and all aliases; without any it goes.

    The longest name is the fullest, and of several the smallest in code-point order: the order in which
    documents came must not show.
    """
    said = connection.execute("SELECT name, aliases FROM sayings WHERE entity = ?", (entity,)).fetchall()
    connection.execute("DELETE FROM names WHERE entity = ?", (entity,))
    if not said:
        connection.execute("DELETE FROM entities WHERE id = ?", (entity,))
        return
    name = min((name for name, _ in said), key=lambda name: (-len(name), name))
    connection.execute("UPDATE entities SET name = ? WHERE id = ?", (name, entity))
    _add_names(connection, ((entity, each) for name, joined in said for each in (name, *split_values(joined))))


def _get_saying_key(entity: Entity) -> int:
    return to_key(digest_id("saying", entity.id, entity.name, _join_aliases(entity)))


def _join_aliases(entity: Entity) -> str:
    return join_values(sorted({*entity.aliases} - {entity.name}))


def _add_names(connection: sqlite3.Connection, named: Iterable[tuple[int, str]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO names VALUES (?,?,?)",
        ((entity, name, name_key(name)) for entity, name in named if name),
    )


def _iter_texts(document: Document) -> Iterator[str]:
    yield from (document.text, document.name, document.title, document.publisher)
    yield from (document.date, document.url, document.origin)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _iter_named(extraction: Extraction) -> Iterator[str]:
    for mention in extraction.mentions:
        yield mention.entity
    for link in extraction.links:
        yield link.head
        yield link.tail


def _iter_holders(extraction: Extraction) -> Iterator[str]:
    for mention in extraction.mentions:
        yield mention.document
    for link in extraction.links:
        for evidence in link.evidence:
            yield evidence.document


def _mention_row(mention: Mention) -> tuple[object, ...]:
    return (
        to_key(mention.document),
        mention.start,
        mention.end,
        to_key(mention.entity),
        mention.surface,
        str(mention.type),
        mention.rule,
        mention.score,
    )


def _evidence_row(link: Link, evidence: Evidence) -> tuple[object, ...]:
    return (
        to_key(link.id),
        to_key(evidence_id(link.id, evidence)),
        to_key(evidence.document),
        evidence.start,
        evidence.end,
        *evidence.head,
        *evidence.tail,
        *(evidence.trigger or (None, None)),
        evidence.rule,
        evidence.confidence,
        evidence.date,
        evidence.date_end,
        str(evidence.status or ""),
        join_values(evidence.fields),
    )
