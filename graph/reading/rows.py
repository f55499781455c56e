"""Tables of documents: one JSON object a line, or one CSV row a document."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Protocol

from ..errors import ReadingError
from ..model import Document
from .decoding import SAMPLE, find_encoding
from .documents import Skip, make_document
from .keys import NAME, TEXT, find_facts, find_field, normalise_keys
from .reasons import explain

NO_TEXT = "no text column; name it text, content, 正文 or 内容"
CELL_LIMIT = 1 << 30


class RowReader(Protocol):
    """What csv.reader returns; its type has no public name."""

    @property
    def line_num(self) -> int:
        """The lines read so far."""

    def __next__(self) -> list[str]:
        """The next row."""


def iter_json_documents(
    lines: Iterable[bytes], *, origin: str, stem: str, first: int, skip: Skip
) -> Iterator[Document]:
    """A document for each line that holds a JSON object with a text; other lines go to ``skip`` by number."""
    encoding = ""
    empty = first == 1
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        empty = False
        encoding = encoding or find_encoding(line) or "utf-8"
        try:
            row = json.loads(_decode_line(line, encoding))
            if not isinstance(row, dict):
                raise ReadingError(f"{origin}:{number}", "not a JSON object; one object a line is read")
            yield _make_row(row, origin=f"{origin}:{number}", name=f"{stem}#{number}", skip=skip)
        except ReadingError as error:
            skip(error)
        except (ValueError, RecursionError) as error:
            skip(
                ReadingError(f"{origin}:{number}", f"malformed row ({explain(error)}); one JSON object a line is read")
            )
    if empty:
        raise ReadingError(origin, "an empty file")


def _decode_line(line: bytes, encoding: str) -> str:
    """UTF-8 wherever it fits; the encoding of the first line is the fallback."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode(find_encoding(line) or encoding)


def iter_csv_documents(lines: Iterable[bytes], *, origin: str, stem: str, skip: Skip) -> Iterator[Document]:
    """A document for each row under a header that names a text column."""
    csv.field_size_limit(CELL_LIMIT)
    head, rest = _take_sample(lines)
    if not head:
        raise ReadingError(origin, "an empty file")
    encoding = find_encoding(b"".join(head)) or _vote_encoding(head)
    if encoding is None:
        raise ReadingError(origin, "no known encoding fits its bytes; save it as UTF-8")
    text = (line.decode(encoding.removesuffix("-sig"), "surrogateescape") for line in chain(head, rest))
    first = next(text, "").lstrip("\ufeff")
    reader = csv.reader(chain((first,), text), delimiter=_find_delimiter(first))
    header = next(reader, [])
    if not find_field(normalise_keys(dict.fromkeys(header, "column")), TEXT):
        raise ReadingError(f"{origin}:1", NO_TEXT)
    yield from _iter_rows(reader, header, origin=origin, stem=stem, skip=skip)


def _vote_encoding(lines: list[bytes]) -> str | None:
    """The encoding of most lines, where some are damaged."""
    votes = Counter(found for line in lines if not line.isascii() and (found := find_encoding(line)))
    return max(votes, key=lambda encoding: votes[encoding], default=None)


def _take_sample(lines: Iterable[bytes]) -> tuple[list[bytes], Iterator[bytes]]:
    """The first lines, enough to tell the encoding by, and the rest."""
    rest, head, size = iter(lines), list[bytes](), 0
    for line in rest:
        head.append(line)
        size += len(line)
        if size >= SAMPLE:
            break
    return head, rest


def _iter_rows(reader: RowReader, header: list[str], *, origin: str, stem: str, skip: Skip) -> Iterator[Document]:
    """Rows by the line they end on, as an editor counts."""
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            skip(ReadingError(f"{origin}:{reader.line_num}", f"malformed row ({explain(error)})"))
            continue
        number += 1
        if not any(row):
            continue
        place = f"{origin}:{reader.line_num}"
        try:
            yield _read_row(row, header, place=place, name=f"{stem}#{number}", skip=skip)
        except ReadingError as error:
            skip(error)


def _read_row(row: list[str], header: list[str], *, place: str, name: str, skip: Skip) -> Document:
    if len(row) > len(header) and any(row[len(header) :]):
        raise ReadingError(
            place, f"malformed row ({len(row)} cells under {len(header)} columns); quote cells with commas"
        )
    if any("\udc80" <= char <= "\udcff" for cell in row for char in cell):
        raise ReadingError(place, "malformed row (bytes of another encoding); save the table as UTF-8")
    return _make_row(dict(zip(header, row, strict=False)), origin=place, name=name, skip=skip)


def _make_row(row: Mapping[str, object], *, origin: str, name: str, skip: Skip) -> Document:
    """The document of a row; a date that is not understood goes to ``skip`` as DateError beside it."""
    known = normalise_keys(row)
    text = find_field(known, TEXT)
    if not text:
        raise ReadingError(origin, "empty text" if any(key in known for key in TEXT) else NO_TEXT)
    told = find_facts(row)
    return make_document(text, name=find_field(known, NAME) or name, origin=origin, told=told, skip=skip)


def _find_delimiter(header: str) -> str:
    """The mark that stands most often in the header: comma, tab or semicolon."""
    return max(",\t;", key=header.count)
