"""JSON lines: one row for each entity of each document and for each link that a document states."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ..graph.model import Document
from ..graph.network.rows import EvidenceRow, LinkRow, NodeRow, Projection
from .attributes import clean_text, round_number
from .files import writing_text
from .node_link import render_json
from .pairing import iter_links_with_evidence

Row = dict[str, Any]


def write_jsonl(projection: Projection, path: str | Path) -> None:
    """Write ``{"doc", "entity", "type", …}`` and ``{"doc", "head", "relation", "tail", "evidence", …}`` rows.

    ``doc`` is the document's name; evidence texts are runs of its text. Entities are those that each document
    names where the projection tells (``entities_by_document``), else those that its links tie.
    """
    with writing_text(path) as out:
        out.writelines(render_json(row) + "\n" for row in iter_rows(projection))


def iter_rows(projection: Projection) -> Iterator[Row]:
    """The rows: entities by document, then links by link and document."""
    nodes = {node.id: node for node in projection.nodes()}
    for document, entities in _iter_entities(projection, nodes):
        for node in entities:
            yield {
                "doc": clean_text(document.name),
                "entity": clean_text(node.name),
                "type": str(node.type),
                "aliases": list(map(clean_text, node.aliases)),
                "id": node.id,
            }
    names = {document.id: clean_text(document.name) for document in projection.documents()}
    for link, evidence in iter_links_with_evidence(projection):
        ordered = sorted(evidence, key=lambda row: (row.document, row.start, row.end, row.id))
        for document, rows in groupby(ordered, key=lambda row: row.document):
            yield _link_row(link, list(rows), doc=names[document], ends=(nodes[link.head], nodes[link.tail]))


def _iter_entities(projection: Projection, nodes: dict[str, NodeRow]) -> Iterator[tuple[Document, tuple[NodeRow, ...]]]:
    stream = getattr(projection, "entities_by_document", None)
    if stream is not None:
        yield from stream()
        return
    ends: dict[str, set[str]] = {}
    for link, evidence in iter_links_with_evidence(projection):
        for row in evidence:
            ends.setdefault(row.document, set()).update((link.head, link.tail))
    for document in projection.documents():
        yield document, tuple(nodes[key] for key in sorted(ends.get(document.id, ())))


def _link_row(link: LinkRow, rows: list[EvidenceRow], *, doc: str, ends: tuple[NodeRow, NodeRow]) -> Row:
    found: Row = {"doc": doc}
    for side, node in zip(("head", "tail"), ends, strict=True):
        found[side] = clean_text(node.name)
        found[f"{side}_type"] = str(node.type)
        found[f"{side}_aliases"] = list(map(clean_text, node.aliases))
        found[f"{side}_id"] = node.id
    found["relation"] = str(link.relation)
    found["link"] = link.id
    found["evidence"] = [_evidence_row(row) for row in rows]
    return found


def _evidence_row(row: EvidenceRow) -> Row:
    """One evidence; what is empty is left out."""
    values: Row = {
        "start": row.start,
        "end": row.end,
        "text": clean_text(row.quote),
        "head": list(row.head),
        "tail": list(row.tail),
        "trigger": list(row.trigger) if row.trigger else None,
        "date": clean_text(row.date),
        "date_end": clean_text(row.date_end),
        "status": clean_text(row.status),
        "fields": list(map(clean_text, row.fields)),
        "rule": clean_text(row.rule),
        "confidence": round_number(row.confidence),
        "url": clean_text(row.url),
    }
    return {key: value for key, value in values.items() if value not in (None, "", [])}
