"""SQL on an open store, with SQLite's errors turned into ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError
from .loading import Row

Values = Sequence[object] | Mapping[str, object]


class Access:
    """One connection and the path that messages name."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self._done_with: set[str] = set()

    def run(self, statement: str, values: Values = ()) -> sqlite3.Cursor:
        """The cursor of a statement that has been run; raises StoreError."""
        with self.readable():
            return self.connection.execute(statement, values)

    def iter_rows(self, statement: str, values: Values = (), *, keep: object = None) -> Iterator[Row]:
        """Rows of a query as they come, run with the first one; raises StoreError.

        ``keep`` lives as long as the stream: the owner of the tables that it reads.
        """
        with self.readable():
            # Not "yield from": that would close the cursor, which raises once the store is closed.
            for row in self.connection.execute(statement, values):  # noqa: UP028
                yield row

    def find_row(self, statement: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None; raises StoreError."""
        with self.readable():
            found: Row | None = self.connection.execute(statement, values).fetchone()
            return found

    def get_row(self, statement: str, values: Values = ()) -> Row:
        """The first row of a query that always has one; raises StoreError."""
        found = self.find_row(statement, values)
        if found is None:
            raise StoreError(f"{self.path}: is damaged; build it anew")
        return found

    def drop_tables(self, *names: str) -> None:
        """Drop temporary tables, now or, while any stream of this connection is open, at a later call."""
        self._done_with.update(names)
        for name in sorted(self._done_with):
            try:
                self.connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
            except sqlite3.OperationalError:
                return
            except sqlite3.ProgrammingError:  # the store is closed, and its temporary tables with it
                self._done_with.clear()
                return
            self._done_with.discard(name)

    @contextmanager
    def transaction(self, *, wait: int = 30_000) -> Iterator[sqlite3.Connection]:
        """All or nothing; inside another one, a part that can fail alone. ``wait`` is in milliseconds."""
        outer = not self.connection.in_transaction
        begin, end, undo = _OUTER if outer else _INNER
        try:
            if outer:
                self.connection.execute(f"PRAGMA busy_timeout = {wait}")
            self.connection.execute(begin)
        except sqlite3.Error as error:
            raise self._unwritable(error) from error
        try:
            yield self.connection
            self.connection.execute(end)
        except BaseException as error:
            for statement in undo if self.connection.in_transaction else ():
                self.connection.execute(statement)
            if isinstance(error, sqlite3.Error):
                raise self._unwritable(error) from error
            raise

    def _unwritable(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"{self.path}: cannot be written ({error}); see whether another build is at it")

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Turns SQLite's errors into ours while reading."""
        try:
            yield
        except sqlite3.Error as error:
            advice = "take open streams to their end first" if "locked" in str(error) else "build it anew"
            raise StoreError(f"{self.path}: cannot be read ({error}); {advice}") from error


_OUTER = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_INNER = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
