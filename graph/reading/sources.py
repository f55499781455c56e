"""Paths as a user gives them → what there is to read, one file or one part of a table at a time."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadingError
from .reasons import explain

STDIN = "-"
FILES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".pdf", ".docx")
TABLES = (".jsonl", ".ndjson", ".csv", ".tsv")
PART = 8 << 20
HINTS = {
    ".doc": "save it as .docx",
    ".json": "one object a line (.jsonl) is read",
    ".xlsx": "save it as .csv",
}

OnSkip = Callable[[ReadingError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read, or the bytes ``[start, end)`` of a table; small and picklable, to be sent to a worker.

    ``end`` 0 means the whole file; ``row`` is the line number at ``start``. ``path`` ``-`` is standard input,
    which only the process that owns it can read.
    """

    path: str
    start: int = 0
    end: int = 0
    row: int = 1


def iter_sources(paths: Iterable[str | Path], *, on_skip: OnSkip | None = None) -> Iterator[Source]:
    """What would be read, in a fixed order, without reading it; large .jsonl files in parts.

    Takes files, folders (recursively), globs and ``-``. What cannot be read (missing, unknown suffix) goes to
    ``on_skip``, or is raised where there is none.
    """
    for path in paths:
        for found in _iter_paths(str(path)):
            if isinstance(found, Source):
                yield found
            elif on_skip is None:
                raise found
            else:
                on_skip(found)


def _iter_paths(path: str) -> Iterator[Source | ReadingError]:
    try:
        if path == STDIN:
            yield Source(path=STDIN)
        elif os.path.isdir(path):
            yield from _iter_folder(path)
        elif os.path.lexists(path):
            yield from _iter_file(path, named=True)
        elif not glob.has_magic(path):
            yield ReadingError(path, "no such file or folder; check the path")
        elif matches := sorted(glob.glob(path, recursive=True)):
            for match in matches:
                yield from _iter_paths(match)
        else:
            yield ReadingError(path, "matches no file; check the pattern")
    except (OSError, ValueError) as error:
        yield ReadingError(path, f"cannot be read ({explain(error)})")


def _iter_folder(folder: str) -> Iterator[Source | ReadingError]:
    """The files below a folder, by name; hidden and linked folders are named and left out."""
    problems: list[ReadingError] = []

    def note(error: OSError) -> None:
        problems.append(ReadingError(error.filename, f"cannot be read ({explain(error)})"))

    for root, folders, files in os.walk(folder, onerror=note):
        for name in sorted(folders):
            if name.startswith(".") or os.path.islink(os.path.join(root, name)):
                yield ReadingError(
                    os.path.join(root, name), "a hidden or linked folder; give it by name to have it read"
                )
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            yield from _iter_file(os.path.join(root, name))
        yield from problems
        problems.clear()


def _iter_file(path: str, *, named: bool = False) -> Iterator[Source | ReadingError]:
    """One file; ``named`` by the user it may be a pipe, which has no suffix and is told by its content."""
    suffix = Path(path).suffix.lower()
    if not os.path.isfile(path):
        if named and os.path.exists(path):
            yield Source(path=path)
        else:
            yield ReadingError(path, "a broken link or no regular file")
    elif suffix in (".jsonl", ".ndjson"):
        yield from _iter_parts(path)
    elif suffix in FILES or suffix in TABLES:
        yield Source(path=path)
    elif Path(path).name.startswith("."):
        yield ReadingError(path, "a hidden file")
    else:
        known = f"read are {' '.join((*FILES, *TABLES))}"
        yield ReadingError(path, f"unsupported suffix {suffix or '(none)'}; {HINTS.get(suffix, known)}")


def _iter_parts(path: str) -> Iterator[Source]:
    """A table of one row a line, cut at line ends into parts for several workers."""
    size = os.path.getsize(path)
    if size <= PART:
        yield Source(path=path)
        return
    with open(path, "rb") as stream:
        start, row = 0, 1
        while start < size:
            block = stream.read(PART)
            tail = stream.readline()
            end = start + len(block) + len(tail)
            if end <= start:
                return
            yield Source(path=path, start=start, end=end, row=row)
            row += block.count(b"\n") + tail.count(b"\n")
            start = end
