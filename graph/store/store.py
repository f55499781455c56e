"""The store: one SQLite file that holds what was read and found, and answers in the model's values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import StoreError
from ..model import Document, Entity, Extraction
from .access import Access
from .ids import to_key
from .memberships import Membership, RolledUp, lay_memberships, write_memberships
from .merging import check_merge
from .reader import Reader
from .schema import open_connection
from .writing import add_document, add_extraction, check_extraction, remove_document


class Store(Reader):
    """One open store. Everything comes back in the order of ids, which is the same on any machine.

    A connection belongs to the thread that opened it; several processes may read while one writes.
    Streams read straight from the file: take them to their end, or close them, before the store.
    """

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Self:
        """Open the store at ``path``, or make it; raises StoreError where it is missing or not ours."""
        return cls(Access(open_connection(Path(path), create=create), Path(path)))

    def close(self) -> None:
        """Close the file; the write-ahead log goes into it."""
        self._access.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing: each call is one transaction, or a part of that of ``batch`` which succeeds or fails alone.

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit what is written inside at once, at the end: one write of the pages that documents share."""
        with self._access.transaction():
            yield

    def add(self, document: Document, extraction: Extraction, *, builder: str) -> None:
        """Store a document with all that it says, in place of an older reading of it; raises StoreError."""
        check_extraction(document, extraction)
        with self._write() as connection:
            remove_document(connection, document.id)
            add_document(connection, document, builder=builder)
            add_extraction(connection, extraction)

    def remove(self, document: str) -> bool:
        """Take a document out with all that only it says; whether it was there."""
        with self._write() as connection:
            return remove_document(connection, document)

    def add_skipped(self, path: str, *, reason: str) -> None:
        """Note a document that could not be read."""
        with self._access.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO skipped VALUES (?, ?)", (path, reason))

    def remove_skipped(self, *paths: str) -> None:
        """Take back the notes of documents that could be read after all."""
        with self._access.transaction() as connection:
            connection.executemany("DELETE FROM skipped WHERE path = ?", ((path,) for path in paths))

    def merge(self, source: str, target: str, *, reason: str) -> None:
        """Let ``target`` stand for ``source`` wherever the store is read; raises StoreError for a circle."""
        with self._write() as connection:
            check_merge(connection, source=to_key(source), target=to_key(target))
            row = (to_key(source), to_key(target), reason)
            connection.execute("INSERT OR REPLACE INTO merges VALUES (?, ?, ?)", row)

    def unmerge(self, source: str) -> bool:
        """Take a merge back; whether there was one."""
        with self._write() as connection:
            return bool(connection.execute("DELETE FROM merges WHERE source = ?", (to_key(source),)).rowcount)

    def write_memberships(self, units: Iterable[Entity], memberships: Iterable[Membership], *, stamp: str) -> None:
        """Keep the roll-up of this state; for this opening only, if the file is locked or not ours to write.

        ``stamp`` names the rules that made it.
        """
        valid = f"{self._get_state('generation')}/{stamp}"
        rolled = RolledUp(units=tuple(units), memberships=tuple(memberships), valid=valid)
        try:
            with self._access.transaction(wait=0) as connection:
                write_memberships(connection, rolled)
        except StoreError:
            with self._access.readable():
                lay_memberships(self._access.connection, rolled)

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._access.transaction() as connection:
            yield connection
            connection.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")
