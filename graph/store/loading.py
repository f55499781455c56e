"""Rows to values: each constant lists the columns that its function takes, in order."""

from __future__ import annotations

from typing import Any

from ..model import Document, Entity, EntityType, Evidence, Mention, Status
from .ids import split_values, to_id

Row = tuple[Any, ...]

TYPES = {str(kind): kind for kind in EntityType}
STATUSES: dict[str, Status | None] = {"": None} | {str(status): status for status in Status}

DOCUMENT = "d.id, d.name, d.text, d.title, d.publisher, d.date, d.url, d.origin"
MENTION = "m.document, m.start, m.end, m.surface, m.type, b.node, m.rule, m.score"
ENTITY = """v.id, v.type, v.name, v.code, (SELECT group_concat(a.name, char(31)) FROM members b
    JOIN names a ON a.entity = b.entity WHERE b.node = v.id)"""
EVIDENCE = (
    "e.document, e.start, e.end, e.head_start, e.head_end, e.tail_start, e.tail_end, e.trigger_start, "
    "e.trigger_end, e.rule, e.confidence, e.date, e.date_end, e.status, e.fields"
)


def parse_document(row: Row) -> Document:
    """Columns of ``DOCUMENT``."""
    key, name, text, title, publisher, date, url, origin = row
    return Document(
        id=to_id(key),
        name=name,
        text=text,
        title=title,
        publisher=publisher,
        date=date,
        url=url,
        origin=origin,
    )


def parse_mention(row: Row) -> Mention:
    """Columns of ``MENTION``."""
    document, start, end, surface, kind, entity, rule, score = row
    return Mention(
        document=to_id(document),
        start=start,
        end=end,
        surface=surface,
        type=TYPES[kind],
        entity=to_id(entity),
        rule=rule,
        score=score,
    )


def parse_evidence(row: Row, *, flipped: bool = False) -> Evidence:
    """Columns of ``EVIDENCE``; ``flipped`` where head and tail of the link have changed places."""
    document, start, end, *spans, rule, confidence, date, date_end, status, fields = row
    head, tail, trigger = (spans[0], spans[1]), (spans[2], spans[3]), (spans[4], spans[5])
    if flipped:
        head, tail = tail, head
    return Evidence(
        document=to_id(document),
        start=start,
        end=end,
        head=head,
        tail=tail,
        trigger=None if trigger[0] is None else trigger,
        rule=rule,
        confidence=confidence,
        date=date,
        date_end=date_end,
        status=STATUSES[status],
        fields=split_values(fields),
    )


def parse_aliases(joined: str | None, name: str) -> tuple[str, ...]:
    """Names joined by ``group_concat``, each once, without the canonical one, in code-point order."""
    return tuple(sorted({alias for alias in split_values(joined) if alias != name}))


def parse_entity(row: Row) -> Entity:
    """Columns of ``ENTITY``."""
    key, kind, name, code, names = row
    return Entity(id=to_id(key), type=TYPES[kind], name=name, aliases=parse_aliases(names, name), code=code)
