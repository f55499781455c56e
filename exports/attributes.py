"""Rows of the projection as flat attributes, made once and the same way for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeVar

from ..graph.model import Document, Span
from ..graph.network.rows import EvidenceRow, LinkRow, NodeRow

Kind = Literal["string", "long", "double", "boolean"]
Value = str | int | float | bool | None
Attributes = dict[str, Value]
Row = TypeVar("Row")

SEPARATOR: Final = "|"
"""What joins the items of a list; an item's own ``|`` becomes the full-width ``｜``."""

# Control characters, lone surrogates and non-characters: no XML file may hold them, and no name needs them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Name and type of one attribute."""

    name: str
    kind: Kind = "string"


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from ``name`` or ``name:kind`` words."""
    kinds: dict[str, Kind] = {"": "string", "long": "long", "double": "double", "boolean": "boolean"}
    parts = (word.partition(":") for word in text.split())
    return tuple(Column(name=name, kind=kinds[kind]) for name, _, kind in parts)


NODE_COLUMNS: Final = _columns(
    "id name type aliases code unit unit_name unit_reason weight:long mentions:long documents:long first last"
)
LINK_COLUMNS: Final = _columns(
    "id head relation tail directed:boolean weight:long documents:long parts:long first last status fields"
    " confidence:double quote title publisher published url"
)
EVIDENCE_COLUMNS: Final = _columns(
    "id link part head_name relation tail_name document title publisher published url"
    " start:long end:long quote head_start:long head_end:long tail_start:long tail_end:long"
    " trigger_start:long trigger_end:long"
    " date date_end status fields rule confidence:double"
)
DOCUMENT_COLUMNS: Final = _columns("id name title publisher date url text")


def clean_text(text: str) -> str:
    """``text`` without control characters (tab and line feed stay) and with plain line ends."""
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", text)


def join_items(items: Iterable[str]) -> str:
    """Items in one cell, joined with ``|``."""
    return SEPARATOR.join(clean_text(item).replace(SEPARATOR, "｜") for item in items)


def round_number(number: float) -> float:
    """Six decimals, and 0 for what is no finite number (no reader takes ``nan`` or ``inf``)."""
    return round(number, 6) if abs(number) < float("inf") else 0.0


def node_attributes(row: NodeRow) -> Attributes:
    """One value for each of NODE_COLUMNS."""
    return {
        "id": clean_text(row.id),
        "name": clean_text(row.name),
        "type": str(row.type),
        "aliases": join_items(row.aliases),
        "code": clean_text(row.code),
        "unit": clean_text(row.unit),
        "unit_name": clean_text(row.unit_name),
        "unit_reason": clean_text(row.unit_reason),
        "weight": row.weight,
        "mentions": row.mentions,
        "documents": row.documents,
        "first": clean_text(row.first),
        "last": clean_text(row.last),
    }


def link_attributes(row: LinkRow) -> Attributes:
    """One value for each of LINK_COLUMNS."""
    return {
        "id": clean_text(row.id),
        "head": clean_text(row.head),
        "relation": str(row.relation),
        "tail": clean_text(row.tail),
        "directed": row.directed,
        "weight": row.weight,
        "documents": row.documents,
        "parts": row.parts,
        "first": clean_text(row.first),
        "last": clean_text(row.last),
        "status": clean_text(row.status),
        "fields": join_items(row.fields),
        "confidence": round_number(row.confidence),
        "quote": clean_text(row.quote),
        "title": clean_text(row.title),
        "publisher": clean_text(row.publisher),
        "published": clean_text(row.published),
        "url": clean_text(row.url),
    }


def evidence_attributes(row: EvidenceRow) -> Attributes:
    """One value for each of EVIDENCE_COLUMNS; spans as offsets, ``None`` where there is no trigger."""
    return {
        "id": clean_text(row.id),
        "link": clean_text(row.link),
        "part": clean_text(row.part),
        "head_name": clean_text(row.head_name),
        "relation": str(row.relation),
        "tail_name": clean_text(row.tail_name),
        "document": clean_text(row.document),
        "title": clean_text(row.title),
        "publisher": clean_text(row.publisher),
        "published": clean_text(row.published),
        "url": clean_text(row.url),
        "start": row.start,
        "end": row.end,
        "quote": clean_text(row.quote),
        **_span("head", row.head),
        **_span("tail", row.tail),
        **_span("trigger", row.trigger),
        "date": clean_text(row.date),
        "date_end": clean_text(row.date_end),
        "status": clean_text(row.status),
        "fields": join_items(row.fields),
        "rule": clean_text(row.rule),
        "confidence": round_number(row.confidence),
    }


def _span(name: str, span: Span | None) -> Attributes:
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def document_attributes(document: Document, *, text: bool = True) -> Attributes:
    """One value for each of DOCUMENT_COLUMNS; ``text=False`` leaves the text empty."""
    return {
        "id": clean_text(document.id),
        "name": clean_text(document.name),
        "title": clean_text(document.title),
        "publisher": clean_text(document.publisher),
        "date": clean_text(document.date),
        "url": clean_text(document.url),
        "text": clean_text(document.text) if text else "",
    }


def iter_values(attributes: Attributes, columns: Iterable[Column]) -> Iterator[Value]:
    """The values in the order of the columns."""
    return (attributes[column.name] for column in columns)


def iter_batches(rows: Iterable[Row], *, size: int) -> Iterator[list[Row]]:
    """The rows in lists of ``size``, the last one shorter."""
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        yield batch
