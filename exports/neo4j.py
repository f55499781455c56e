"""CSV files with the headers of ``neo4j-admin database import``, and the command that reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..graph.network.rows import Projection
from .attributes import (
    DOCUMENT_COLUMNS,
    EVIDENCE_COLUMNS,
    LINK_COLUMNS,
    NODE_COLUMNS,
    Column,
    Value,
    clean_text,
    document_attributes,
    evidence_attributes,
    iter_values,
    link_attributes,
    node_attributes,
)
from .files import writing_folder
from .markup import render_value
from .pairing import iter_links_with_evidence

Row = list[Value]

_LISTS: Final = {"aliases", "fields"}
_LINK_PROPERTIES: Final = tuple(column for column in LINK_COLUMNS if column.name not in {"head", "tail"})
_DOCUMENT_PROPERTIES: Final = tuple(column for column in DOCUMENT_COLUMNS if column.name != "text")
_COMMAND: Final = """#!/bin/sh
# Reads this folder into a new database "bingdi" (an existing one of that name is replaced).
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full bingdi --overwrite-destination \\
  --nodes=entities.csv --nodes=documents.csv --nodes=evidence.csv \\
  --relationships=links.csv --relationships=stands_in.csv --relationships=ends.csv \\
  --array-delimiter='|' --multiline-fields=true
"""


def write_neo4j(projection: Projection, path: str | Path) -> None:
    """Write entities, documents, evidence and their relationships as CSV into the folder ``path``.

    ``import.sh`` there runs the import; ids are unique in their group, so a second run gives the same graph.
    """
    with writing_folder(path) as folder:
        _write(folder / "entities.csv", _iter_entities(projection))
        _write(folder / "documents.csv", _iter_documents(projection))
        _write(folder / "evidence.csv", _iter_evidence(projection))
        _write(folder / "links.csv", _iter_links(projection))
        _write(folder / "stands_in.csv", _iter_places(projection))
        _write(folder / "ends.csv", _iter_ends(projection))
        (folder / "import.sh").write_text(_COMMAND, encoding="utf-8", newline="\n")


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerows([render_value(value) for value in row] for row in rows)


def _headers(columns: Iterable[Column], *, group: str = "") -> Row:
    """Header cells: ``id:ID(Group)`` for the id of a node, ``name:type`` for the others."""
    kinds = {"string": "", "long": ":long", "double": ":double", "boolean": ":boolean"}
    cells: Row = []
    for column in columns:
        kind = ":string[]" if column.name in _LISTS else kinds[column.kind]
        cells.append(f"id:ID({group})" if group and column.name == "id" else f"{column.name}{kind}")
    return cells


def _iter_entities(projection: Projection) -> Iterator[Row]:
    yield [*_headers(NODE_COLUMNS, group="Entity"), ":LABEL"]
    for node in projection.nodes():
        yield [*iter_values(node_attributes(node), NODE_COLUMNS), f"Entity|{node.type.capitalize()}"]


def _iter_documents(projection: Projection) -> Iterator[Row]:
    yield [*_headers(_DOCUMENT_PROPERTIES, group="Document"), ":LABEL"]
    for document in projection.documents():
        yield [*iter_values(document_attributes(document, text=False), _DOCUMENT_PROPERTIES), "Document"]


def _iter_evidence(projection: Projection) -> Iterator[Row]:
    yield [*_headers(EVIDENCE_COLUMNS, group="Evidence"), ":LABEL"]
    for evidence in projection.evidence():
        yield [*iter_values(evidence_attributes(evidence), EVIDENCE_COLUMNS), "Evidence"]


def _iter_links(projection: Projection) -> Iterator[Row]:
    yield [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", *_headers(_LINK_PROPERTIES)]
    for link in projection.links():
        attributes = link_attributes(link)
        ends = [attributes["head"], attributes["tail"]]
        yield [*ends, link.relation.upper(), *iter_values(attributes, _LINK_PROPERTIES)]


def _iter_places(projection: Projection) -> Iterator[Row]:
    yield [":START_ID(Evidence)", ":END_ID(Document)", ":TYPE"]
    for evidence in projection.evidence():
        attributes = evidence_attributes(evidence)
        yield [attributes["id"], attributes["document"], "STANDS_IN"]


def _iter_ends(projection: Projection) -> Iterator[Row]:
    yield [":START_ID(Evidence)", ":END_ID(Entity)", ":TYPE"]
    for link, evidence in iter_links_with_evidence(projection):
        for row in evidence:
            yield [clean_text(row.id), clean_text(link.head), "HEAD"]
            yield [clean_text(row.id), clean_text(link.tail), "TAIL"]
