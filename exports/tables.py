"""Node, link and evidence tables: three CSV files that Gephi imports, or one workbook with three sheets."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..graph.errors import ExportError
from ..graph.network.rows import Projection
from .attributes import (
    EVIDENCE_COLUMNS,
    LINK_COLUMNS,
    NODE_COLUMNS,
    Value,
    clean_text,
    evidence_attributes,
    iter_values,
    link_attributes,
    node_attributes,
)
from .extras import require
from .files import BOM, writing_file, writing_files
from .palette import RELATION_CAPTIONS

if TYPE_CHECKING:
    from openpyxl import Workbook

Row = list[Value]

_NODE_REST: Final = tuple(column for column in NODE_COLUMNS if column.name not in {"id", "name"})
_LINK_REST: Final = tuple(
    column for column in LINK_COLUMNS if column.name not in {"id", "head", "tail", "relation", "weight", "directed"}
)
# What a spreadsheet takes for the start of a formula, full-width forms too.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CELL_LIMIT: Final = 32_767
_ROW_LIMIT: Final = 1_048_576
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def iter_node_rows(projection: Projection) -> Iterator[Row]:
    """Gephi's node table, the header first."""
    yield ["Id", "Label", *(column.name for column in _NODE_REST)]
    for node in projection.nodes():
        attributes = node_attributes(node)
        yield [attributes["id"], attributes["name"], *iter_values(attributes, _NODE_REST)]


def iter_link_rows(projection: Projection, *, lang: str = "zh") -> Iterator[Row]:
    """Gephi's edge table with the names of both ends, the header first; keeps one name for each node."""
    rest = [column.name for column in _LINK_REST]
    yield ["Source", "Target", "Type", "Id", "Kind", "Label", "Weight", "head_name", "tail_name", *rest]
    names = {node.id: clean_text(node.name) for node in projection.nodes()}
    captions = RELATION_CAPTIONS[lang]
    for link in projection.links():
        attributes = link_attributes(link)
        yield [
            attributes["head"],
            attributes["tail"],
            "Directed" if link.directed else "Undirected",
            attributes["id"],
            attributes["relation"],
            captions[link.relation],
            link.weight,
            names[link.head],
            names[link.tail],
            *iter_values(attributes, _LINK_REST),
        ]


def iter_evidence_rows(projection: Projection) -> Iterator[Row]:
    """Every sentence behind every link, the header first."""
    yield [column.name for column in EVIDENCE_COLUMNS]
    for evidence in projection.evidence():
        yield list(iter_values(evidence_attributes(evidence), EVIDENCE_COLUMNS))


def write_csv(projection: Projection, path: str | Path, *, bom: bool = False, lang: str = "zh") -> None:
    """Write ``NAME.nodes.csv``, ``NAME.links.csv`` and ``NAME.evidence.csv`` for the path ``NAME.csv``.

    ``bom`` puts a byte-order mark first, so that Excel reads UTF-8. A cell that a spreadsheet would run as a
    formula gets an apostrophe before it.
    """
    tables = (
        iter_node_rows(projection),
        iter_link_rows(projection, lang=lang),
        iter_evidence_rows(projection),
    )
    with writing_files(get_table_paths(path)) as parts:
        for part, rows in zip(parts, tables, strict=True):
            with part.open("w", encoding="utf-8", newline="") as out:
                out.write(BOM if bom else "")
                csv.writer(out, lineterminator="\r\n").writerows(map(_disarm_row, rows))


def get_table_paths(path: str | Path) -> list[Path]:
    """The three files that ``write_csv`` writes for a path."""
    path = Path(path)
    stem = path.name.removesuffix(".csv")
    return [path.with_name(f"{stem}.{table}.csv") for table in ("nodes", "links", "evidence")]


def disarm(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _disarm_row(row: Row) -> Row:
    return [disarm(value) if isinstance(value, str) else _render(value) for value in row]


def _render(value: Value) -> Value:
    return str(value).lower() if isinstance(value, bool) else value


def write_xlsx(projection: Projection, path: str | Path, *, lang: str = "zh") -> None:
    """Write a workbook with the sheets nodes, links and evidence; every text is a text, never a formula.

    A text longer than a cell may be ends with ``…``; raises ExportError for more rows than a sheet holds.
    """
    openpyxl = require("openpyxl", form="xlsx")
    book = openpyxl.Workbook(write_only=True)
    try:
        _fill(book, title="nodes", rows=iter_node_rows(projection))
        _fill(book, title="links", rows=iter_link_rows(projection, lang=lang))
        _fill(book, title="evidence", rows=iter_evidence_rows(projection))
    finally:
        # A sheet left open prints a traceback of its own when it is collected.
        for sheet in book.worksheets:
            sheet.close()
    with writing_file(path) as part:
        draft = part.with_suffix(".draft")
        try:
            book.save(draft)
            _freeze(draft, part)
        finally:
            draft.unlink(missing_ok=True)


def _fill(book: Workbook, *, title: str, rows: Iterator[Row]) -> None:
    """Append the rows to a new sheet whose first row stays in sight."""
    from openpyxl.cell import WriteOnlyCell

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, start=1):
        if number > _ROW_LIMIT:
            raise ExportError(f"more than {_ROW_LIMIT} {title} do not fit a sheet; write csv or parquet")
        cells: list[Any] = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
            if isinstance(value, str) and value:
                cell.value = _fit(value)
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)


def _fit(text: str) -> str:
    # Excel counts UTF-16 units, and a character outside the first plane is two of them.
    wide = len(text) + sum(char > "\uffff" for char in text) if len(text) > _CELL_LIMIT // 2 else 0
    if wide <= _CELL_LIMIT:
        return text
    return text[: _CELL_LIMIT - 1 - (wide - len(text))] + "…"


def _freeze(draft: Path, part: Path) -> None:
    """Copy the workbook with the clock taken out, so that the same store gives the same bytes."""
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source.open(name) as reading, target.open(entry, "w", force_zip64=True) as writing:
                if name == "docProps/core.xml":
                    writing.write(re.sub(rb">[0-9-]+T[0-9:]+Z<", b">1980-01-01T00:00:00Z<", reading.read()))
                else:
                    shutil.copyfileobj(reading, writing)
