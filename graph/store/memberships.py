"""The roll-up as kept in the store: units, and which unit each entity belongs to; valid for one state."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ..model import Entity
from .ids import join_values, to_key

_TABLES = ("rollups", "units", "memberships")
_TEMPORARY = (
    "CREATE TEMP TABLE rollups (valid TEXT)",
    "CREATE TEMP TABLE units (id INTEGER PRIMARY KEY, type TEXT, name TEXT, code TEXT, aliases TEXT)",
    "CREATE TEMP TABLE memberships (entity INTEGER PRIMARY KEY, node INTEGER, reason TEXT)",
    "CREATE INDEX temp.memberships_node ON memberships (node)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The unit (its id) that an entity belongs to, empty when there is none, and why."""

    entity: str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """All units and memberships, and the name of the state and rules that they are of."""

    units: tuple[Entity, ...]
    memberships: tuple[Membership, ...]
    valid: str


def write_memberships(connection: sqlite3.Connection, rolled: RolledUp) -> None:
    """Replace the roll-up, in a transaction of the caller."""
    _drop_laid(connection)
    for name in _TABLES:
        connection.execute(f"DELETE FROM main.{name}")
    _fill(connection, rolled, place="main")


def lay_memberships(connection: sqlite3.Connection, rolled: RolledUp) -> None:
    """Lay the roll-up over the stored one for this connection only, where the file cannot be written."""
    _drop_laid(connection)
    for statement in _TEMPORARY:
        connection.execute(statement)
    _fill(connection, rolled, place="temp")


def _drop_laid(connection: sqlite3.Connection) -> None:
    for name in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _fill(connection: sqlite3.Connection, rolled: RolledUp, *, place: str) -> None:
    connection.executemany(
        f"INSERT INTO {place}.units VALUES (?,?,?,?,?)",
        ((to_key(u.id), str(u.type), u.name, u.code, join_values(u.aliases)) for u in rolled.units),
    )
    connection.executemany(
        f"INSERT INTO {place}.memberships VALUES (?,?,?)",
        ((to_key(m.entity), to_key(m.unit) if m.unit else None, m.reason) for m in rolled.memberships),
    )
    connection.execute(f"INSERT INTO {place}.rollups VALUES (?)", (rolled.valid,))
