"""Parquet: a folder with nodes, links, evidence and documents, for pandas, polars, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from ..graph.network.rows import Projection
from .attributes import (
    DOCUMENT_COLUMNS,
    EVIDENCE_COLUMNS,
    LINK_COLUMNS,
    NODE_COLUMNS,
    Attributes,
    Column,
    document_attributes,
    evidence_attributes,
    iter_batches,
    link_attributes,
    node_attributes,
)
from .extras import require
from .files import writing_folder

_BATCH: Final = 20_000


def write_parquet(projection: Projection, path: str | Path, *, text: bool = True) -> None:
    """Write ``nodes``, ``links``, ``evidence`` and ``documents`` as .parquet files into the folder ``path``.

    ``text=False`` leaves out what the documents say.
    """
    arrow = require("pyarrow", form="parquet")
    require("pyarrow.parquet", form="parquet")
    tables: tuple[tuple[str, tuple[Column, ...], Iterator[Attributes]], ...] = (
        ("nodes", NODE_COLUMNS, map(node_attributes, projection.nodes())),
        ("links", LINK_COLUMNS, map(link_attributes, projection.links())),
        ("evidence", EVIDENCE_COLUMNS, map(evidence_attributes, projection.evidence())),
        (
            "documents",
            DOCUMENT_COLUMNS,
            (document_attributes(document, text=text) for document in projection.documents()),
        ),
    )
    with writing_folder(path) as folder:
        for name, columns, rows in tables:
            _write_table(arrow, folder / f"{name}.parquet", columns=columns, rows=rows)


def _write_table(arrow: Any, path: Path, *, columns: tuple[Column, ...], rows: Iterable[Attributes]) -> None:
    """One file, a batch of rows in memory at a time."""
    types = {
        "string": arrow.string(),
        "long": arrow.int64(),
        "double": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    schema = arrow.schema([(column.name, types[column.kind]) for column in columns])
    with arrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in iter_batches(rows, size=_BATCH):
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
