"""A source → its documents. Whatever is wrong with one becomes a ReadingError, and the next is read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ..errors import DateError, ReadingError
from ..model import Document
from .decoding import decode, find_encoding
from .documents import Skip, ignore
from .pages import parse_page
from .pdf import parse_pdf
from .plain import parse_markdown, parse_plain
from .reasons import explain
from .rows import iter_csv_documents, iter_json_documents
from .sources import STDIN, OnSkip, Source, iter_sources
from .word import parse_word

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
PAGES = (b"<!doctype html", b"<html", b"<?xml")
OnDate = Callable[[DateError], None]


def read_documents(paths: Iterable[str | Path], *, on_skip: OnSkip | None = None) -> Iterator[Document]:
    """The documents of files, folders, globs and ``-`` (standard input), one at a time and in a fixed order.

    Read are .txt .md .html .pdf .docx, and .jsonl and .csv with one document a row. A document that cannot
    be read goes to ``on_skip`` as ReadingError and the run goes on; without ``on_skip`` it is raised.
    """
    for source in iter_sources(paths, on_skip=on_skip):
        yield from read_source(source, on_skip=on_skip)


def read_source(source: Source, *, on_skip: OnSkip | None = None, on_date: OnDate | None = None) -> Iterator[Document]:
    """The documents of one source; problems as in ``read_documents``.

    A row whose date is not understood is read, and ``on_date`` is told of the date.
    """

    def skip(error: ReadingError) -> None:
        if not isinstance(error, DateError):
            (on_skip or _raise)(error)
        elif on_date:
            on_date(error)

    try:
        yield from _iter_documents(source, skip)
    except ReadingError as error:
        skip(error)
    except (OSError, ValueError) as error:
        skip(ReadingError(_name_origin(source), f"cannot be read ({explain(error)})"))


def _raise(error: ReadingError) -> None:
    raise error


def _iter_documents(source: Source, skip: Skip) -> Iterator[Document]:
    origin = _name_origin(source)
    if source.path == STDIN:
        yield from _iter_stdin(sys.stdin.buffer, origin=origin, skip=skip)
        return
    path = Path(source.path)
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson", ".csv", ".tsv"):
        with path.open("rb") as stream:
            lines = _iter_lines(stream, source)
            if suffix in (".csv", ".tsv"):
                yield from iter_csv_documents(lines, origin=origin, stem=spell(path.stem), skip=skip)
            else:
                yield from iter_json_documents(lines, origin=origin, stem=spell(path.stem), first=source.row, skip=skip)
        return
    yield parse_content(path.read_bytes(), suffix=suffix, name=spell(path.stem), origin=origin, skip=skip)


def parse_content(content: bytes, *, suffix: str, name: str, origin: str, skip: Skip = ignore) -> Document:
    """The document in the bytes of a file of a known suffix. Raises ReadingError.

    A date that is told and not understood goes to ``skip``.
    """
    if not content.strip():
        raise ReadingError(origin, "an empty file")
    if suffix == ".pdf" or content.startswith(b"%PDF-"):
        return parse_pdf(content, name=name, origin=origin)
    if suffix == ".docx" or content.startswith(b"PK\x03\x04"):
        return parse_word(content, name=name, origin=origin)
    try:
        if suffix in (".html", ".htm", ".xhtml", ".shtml") or content.lstrip()[:15].lower().startswith(PAGES):
            return parse_page(content, name=name, origin=origin)
        parse = parse_markdown if suffix in (".md", ".markdown") else parse_plain
        return parse(decode(content), name=name, origin=origin, skip=skip)
    except UnicodeError as error:
        raise ReadingError(origin, explain(error)) from error


def _iter_stdin(stream: BinaryIO, *, origin: str, skip: Skip) -> Iterator[Document]:
    """One document, or one a line where the first line is a JSON object."""
    first = stream.readline()
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        lines = (line for part in ((first,), stream) for line in part)
        yield from iter_json_documents(lines, origin=origin, stem="stdin", first=1, skip=skip)
    else:
        yield parse_content(first + stream.read(), suffix="", name="stdin", origin=origin, skip=skip)


def _iter_lines(stream: BinaryIO, source: Source) -> Iterator[bytes]:
    """The lines of a table, or of its part; UTF-16, whose line ends are two bytes, as UTF-8."""
    if stream.read(2) in WIDE_MARKS:
        stream.seek(0)
        yield from io.BytesIO(stream.read().decode("utf-16").encode("utf-8"))
        return
    stream.seek(source.start)
    left = source.end - source.start if source.end else None
    for line in iter(partial(stream.readline), b""):
        yield line
        if left is not None:
            left -= len(line)
            if left <= 0:
                return


def _name_origin(source: Source) -> str:
    return "stdin" if source.path == STDIN else spell(source.path)


def spell(path: str) -> str:
    """A path or name as text: bytes that are no UTF-8 (a name in GBK) are decoded like a file."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(path)
        return raw.decode(find_encoding(raw) or "utf-8", "replace")
    return path
