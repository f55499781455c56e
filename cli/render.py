"""Rows to text: aligned tables for people; JSON, JSON lines and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from .messages import Words
from .terminal import (
    cut_text,
    escape_json,
    escape_text,
    get_width,
    mark_spans,
    pad_text,
    paint,
    wrap_spans,
    wrap_text,
)

Row = Mapping[str, object]
Shown = TypeVar("Shown")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LEAST_LAST_COLUMN = 24
_LEAST_COLUMN = 8


class Format(StrEnum):
    """The forms of a result."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """How a result is written: its form, language, colours, and the columns of the terminal."""

    format: Format = Format.TABLE
    words: Words = field(default_factory=Words)
    colour: bool = False
    width: int = 100

    def paint(self, text: str, colour: str) -> str:
        """Trusted ``text`` in a colour of the terminal, where colours are wanted."""
        return paint(text, colour, on=self.colour)


def write_lines(lines: Iterable[str]) -> None:
    """Lines on stdout, for people: what the terminal's encoding lacks is replaced."""
    _prepare(encoding=None)
    for line in lines:
        sys.stdout.write(line + "\n")


def write_rows(output: Output, rows: Iterable[Row], *, columns: Sequence[str]) -> None:
    """Rows on stdout as UTF-8 JSON (a list), JSON lines or CSV, one after the other."""
    _prepare(encoding="utf-8")
    chosen = {Format.JSON: _iter_json, Format.JSONL: _iter_json_lines, Format.CSV: _iter_csv}[output.format]
    for line in chosen(rows, columns):
        sys.stdout.write(escape_csv_line(line) if output.format is Format.CSV else line)


def escape_csv_line(line: str) -> str:
    """A line of CSV as it may be shown: untouched in a file, escaped on a terminal."""
    return escape_text(line) + "\n" if sys.stdout.isatty() else line


def _prepare(*, encoding: str | None) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _iter_json(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    opened = False
    for row in rows:
        yield (",\n" if opened else "[\n") + _render_json(row, columns)
        opened = True
    yield "\n]\n" if opened else "[]\n"


def _iter_json_lines(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    return (_render_json(row, columns) + "\n" for row in rows)


def _render_json(row: Row, columns: Sequence[str]) -> str:
    return escape_json(json.dumps({name: row[name] for name in columns}, ensure_ascii=False))


def _iter_csv(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        yield _take(buffer)
        writer.writerow([_render_cell(row[name]) for name in columns])
    yield _take(buffer)


def _take(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _render_cell(value: object) -> str:
    """One cell of CSV: lists joined with ``|``, and ``'`` before a text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "|".join(str(item) for item in value)
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its heading, whether it holds numbers, the colour of its cells.

    Where a line does not fit, ``spare`` columns go, the highest first.
    """

    heading: str
    number: bool = False
    colour: str = ""
    spare: int = 0


def render_table(output: Output, rows: Sequence[Sequence[str]], *, columns: Sequence[Column]) -> Iterator[str]:
    """Lines of an aligned table; cells are escaped, and cut where the line would be too long.

    Columns without any content are left out.
    """
    cells = [[escape_text(cell) for cell in row] for row in rows]
    widths = {
        at: max(get_width(column.heading), *(get_width(row[at]) for row in cells))
        for at, column in enumerate(columns)
        if any(row[at] for row in cells)
    }
    _fit(widths, columns, width=output.width)
    headings = [column.heading for column in columns]
    yield output.paint(_render_line(headings, columns, widths=widths).rstrip(), "title")
    for row in cells:
        yield _render_line(row, columns, widths=widths, output=output).rstrip()


def _fit(widths: dict[int, int], columns: Sequence[Column], *, width: int) -> None:
    """Cut the last column to what is left, drop spare ones where that is little, then cut the widest."""
    if not widths:
        return
    last = max(widths)
    wanted = min(widths[last], _LEAST_LAST_COLUMN)
    while _measure(widths) - widths[last] + wanted > width:
        spare = max(widths, key=lambda at: columns[at].spare)
        if not columns[spare].spare:
            break
        del widths[spare]
    widths[last] = max(min(widths[last], width - _measure(widths) + widths[last]), wanted)
    while _measure(widths) > width and max(widths.values()) > _LEAST_COLUMN:
        widths[max(widths, key=lambda at: widths[at])] -= 1


def _measure(widths: Mapping[int, int]) -> int:
    """Columns of the terminal that a line takes, two between each pair."""
    return sum(widths.values()) + 2 * (len(widths) - 1)


def _render_line(
    row: Sequence[str],
    columns: Sequence[Column],
    *,
    widths: Mapping[int, int],
    output: Output | None = None,
) -> str:
    parts = []
    for at, width in widths.items():
        cell = pad_text(cut_text(row[at], width), width, right=columns[at].number)
        parts.append(output.paint(cell, columns[at].colour) if output and columns[at].colour else cell)
    return "  ".join(parts)


def render_confidence(confidence: float) -> str:
    """A probability with two digits."""
    return f"{confidence:.2f}"


def render_quote(
    output: Output, quote: str, *, spans: Iterable[tuple[str, int, int]], indent: int = 4
) -> Iterator[str]:
    """A sentence with its spans marked, wrapped and indented."""
    room = max(20, output.width - indent)
    if output.colour:
        kept = tuple(spans)
        for start, end in wrap_spans(quote, room):
            moved = [(kind, left - start, right - start) for kind, left, right in kept]
            yield " " * indent + mark_spans(quote[start:end], moved, colour=True)
    else:
        for line in wrap_text(mark_spans(quote, spans, colour=False), room):
            yield " " * indent + line


def cut_rows(rows: Iterable[Shown], limit: int) -> tuple[list[Shown], int]:
    """The first ``limit`` rows (all with 0) and how many were left out."""
    iterator = iter(rows)
    shown = list(islice(iterator, limit)) if limit else list(iterator)
    return shown, sum(1 for _ in iterator)
