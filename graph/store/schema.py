"""The tables of a store, the steps that lead to them, and the opening of a file that may not be ours."""

from __future__ import annotations

import os
import sqlite3
from itertools import chain
from pathlib import Path

from ..errors import StoreError

APPLICATION_ID = 0x62676469
"""``bgdi``: marks the file as ours (PRAGMA application_id)."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL,
            publisher TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL, origin TEXT NOT NULL,
            builder TEXT NOT NULL, text TEXT NOT NULL)""",
        "CREATE INDEX documents_name ON documents (name)",
        "CREATE INDEX documents_publisher ON documents (publisher)",
        """CREATE TABLE entities (id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,
            code TEXT NOT NULL)""",
        # What documents say of an entity, and which do: so one can go and leave no names behind. The
        # saying comes first: that finds the documents of an entity, so that mentions need no index.
        """CREATE TABLE sayings (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities
            ON DELETE CASCADE, name TEXT NOT NULL, aliases TEXT NOT NULL)""",
        "CREATE INDEX sayings_entity ON sayings (entity)",
        """CREATE TABLE namings (saying INTEGER NOT NULL REFERENCES sayings, document INTEGER NOT NULL
            REFERENCES documents ON DELETE CASCADE, mentions INTEGER NOT NULL,
            PRIMARY KEY (saying, document)) WITHOUT ROWID""",
        "CREATE INDEX namings_document ON namings (document)",
        """CREATE TABLE names (entity INTEGER NOT NULL REFERENCES entities ON DELETE CASCADE,
            name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (entity, name)) WITHOUT ROWID""",
        "CREATE INDEX names_key ON names (key)",
        """CREATE TABLE mentions (document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL, entity INTEGER NOT NULL,
            surface TEXT NOT NULL, type TEXT NOT NULL, rule TEXT NOT NULL, score REAL NOT NULL,
            PRIMARY KEY (document, start, end, entity)) WITHOUT ROWID""",
        """CREATE TABLE links (id INTEGER PRIMARY KEY, head INTEGER NOT NULL REFERENCES entities,
            relation TEXT NOT NULL, tail INTEGER NOT NULL REFERENCES entities)""",
        "CREATE INDEX links_head ON links (head)",
        "CREATE INDEX links_tail ON links (tail)",
        """CREATE TABLE evidence (link INTEGER NOT NULL REFERENCES links, id INTEGER NOT NULL,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            head_start INTEGER NOT NULL, head_end INTEGER NOT NULL,
            tail_start INTEGER NOT NULL, tail_end INTEGER NOT NULL,
            trigger_start INTEGER, trigger_end INTEGER, rule TEXT NOT NULL, confidence REAL NOT NULL,
            date TEXT NOT NULL, date_end TEXT NOT NULL, status TEXT NOT NULL, fields TEXT NOT NULL,
            PRIMARY KEY (link, id)) WITHOUT ROWID""",
        "CREATE INDEX evidence_document ON evidence (document)",
        "CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID",
        # Decisions outlive a rebuild, so they hold ids, not references.
        """CREATE TABLE merges (source INTEGER PRIMARY KEY, target INTEGER NOT NULL,
            reason TEXT NOT NULL)""",
        # The roll-up, worked out anew when the state has moved on (graph/network/rollup.py).
        "CREATE TABLE rollups (valid TEXT NOT NULL)",
        """CREATE TABLE units (id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,
            code TEXT NOT NULL, aliases TEXT NOT NULL)""",
        """CREATE TABLE memberships (entity INTEGER PRIMARY KEY, node INTEGER, reason TEXT NOT NULL)""",
        "CREATE INDEX memberships_node ON memberships (node)",
        "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO state VALUES ('generation', '0')",
    ),
)
"""Version n is reached by the first n steps; a released step is never edited, a new one is appended."""


def open_connection(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at ``path``, migrated to this version; raises StoreError."""
    _check_place(path, create=create)
    connection = None
    try:
        connection = sqlite3.connect(_uri(path), uri=True, isolation_level=None, timeout=30)
        _check_owner(connection, path, create=create)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        if _is_writable(path):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 25000")
        migrate(connection, path)
    except sqlite3.Error as error:
        _close(connection)
        raise StoreError(f"{path}: cannot be opened as a store ({error}); give another file") from error
    except StoreError:
        _close(connection)
        raise
    return connection


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older store to this version, all steps in one transaction or none."""
    if _get_version(connection) == len(MIGRATIONS):
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been faster.
        for statement in chain.from_iterable(MIGRATIONS[_get_version(connection) :]):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise StoreError(f"{path}: cannot be brought to version {len(MIGRATIONS)} ({error})") from error


def _get_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; give the store's file")
    if not path.exists() and not create:
        raise StoreError(f"{path}: no store here; build one first: bingdi build PATH… --store {path}")
    if not path.exists() and not path.absolute().parent.is_dir():
        raise StoreError(f"{path}: its folder does not exist; make it first")


def _check_owner(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    """Refuse another program's file, a file that is no database, and a store of a newer version."""
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = _get_version(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: is no bingdi store ({error}); give another file") from error
    if not tables and not owner and not version:
        if create:
            return
        raise StoreError(f"{path}: is empty; build a store first: bingdi build PATH… --store {path}")
    if owner != APPLICATION_ID:
        raise StoreError(f"{path}: is the database of another program; give another file")
    if version > len(MIGRATIONS):
        raise StoreError(f"{path}: is of version {version}, newer than {len(MIGRATIONS)}; upgrade bingdi")


def _is_writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.absolute().parent, os.W_OK) and os.access(
        path.absolute().parent, os.W_OK
    )


def _uri(path: Path) -> str:
    """Without the right to write, WAL needs ``immutable``: SQLite cannot make its side files."""
    return path.absolute().as_uri() + ("?mode=rwc" if _is_writable(path) else "?mode=ro&immutable=1")


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()
