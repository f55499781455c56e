"""Merges are decisions on top of what the texts said: a mapping that reading goes through, never a rewrite.

``prepare_merges`` lays out what reading needs: ``members`` leads from each entity as extracted to the one
that stands for it, ``current_links`` shows each extracted link with its ends as they stand now, and
``shadowed`` names evidence that two links of one text run brought into the same merged link twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from ..errors import StoreError
from ..model import DIRECTED, Relation, link_id
from .ids import to_id, to_key

_PLAIN = (
    "CREATE TEMP VIEW members AS SELECT id AS entity, id AS node FROM main.entities",
    """CREATE TEMP VIEW current_links AS SELECT id AS link, id AS part, head, relation, tail, 0 AS flipped,
        head AS first_head, tail AS first_tail FROM main.links""",
)
_MERGED = (
    "CREATE TEMP TABLE members (entity INTEGER PRIMARY KEY, node INTEGER NOT NULL)",
    """INSERT INTO members SELECT id, coalesce((SELECT target FROM resolved WHERE source = id), id)
        FROM main.entities ORDER BY id""",
    "CREATE INDEX temp.members_node ON members (node)",
    """INSERT INTO relinked SELECT id, iif(h.node = t.node, NULL, link_key(h.node, relation, t.node)),
        CASE WHEN swaps(h.node, relation, t.node) THEN t.node ELSE h.node END,
        CASE WHEN swaps(h.node, relation, t.node) THEN h.node ELSE t.node END, swaps(h.node, relation, t.node)
        FROM main.links JOIN members h ON h.entity = head JOIN members t ON t.entity = tail
        WHERE head IN (SELECT source FROM resolved) OR tail IN (SELECT source FROM resolved)""",
    """CREATE TEMP VIEW current_links AS SELECT coalesce(r.link, l.id) AS link, l.id AS part,
        coalesce(r.head, l.head) AS head, l.relation AS relation, coalesce(r.tail, l.tail) AS tail,
        coalesce(r.flipped, 0) AS flipped, l.head AS first_head, l.tail AS first_tail
        FROM main.links l LEFT JOIN relinked r ON r.part = l.id WHERE r.part IS NULL OR r.link IS NOT NULL""",
    """INSERT INTO shadowed SELECT link, id FROM (SELECT e.link, e.id, row_number() OVER (
            PARTITION BY c.link, e.document, e.start, e.end ORDER BY e.confidence DESC, e.link, e.id) AS place
        FROM relinked r JOIN current_links c ON c.link = r.link JOIN main.evidence e ON e.link = c.part)
        WHERE place > 1""",
)


def register_functions(connection: sqlite3.Connection) -> None:
    """The two functions that SQL needs of the model: the id of a link, and whether its ends change places."""
    connection.create_function("link_key", 3, _get_link_key, deterministic=True)
    connection.create_function("swaps", 3, _swaps, deterministic=True)


def prepare_merges(connection: sqlite3.Connection) -> bool:
    """Lay out ``members``, ``current_links`` and ``shadowed`` anew; whether any merge is in force."""
    for kind, name in connection.execute(
        "SELECT type, name FROM temp.sqlite_master WHERE name IN "
        "('members', 'current_links', 'resolved', 'relinked', 'shadowed')"
    ).fetchall():
        connection.execute(f"DROP {kind} temp.{name}")
    connection.execute("CREATE TEMP TABLE resolved (source INTEGER PRIMARY KEY, target INTEGER NOT NULL)")
    connection.execute(
        "CREATE TEMP TABLE relinked (part INTEGER PRIMARY KEY, link INTEGER, head INTEGER, tail INTEGER, "
        "flipped INTEGER)"
    )
    connection.execute("CREATE TEMP TABLE shadowed (link INTEGER, id INTEGER, PRIMARY KEY (link, id)) WITHOUT ROWID")
    resolved = _resolve(connection)
    connection.executemany("INSERT INTO resolved VALUES (?, ?)", resolved.items())
    for statement in _MERGED if resolved else _PLAIN:
        connection.execute(statement)
    return bool(resolved)


def check_merge(connection: sqlite3.Connection, *, source: int, target: int) -> None:
    """Refuse a merge that would lead an entity back to itself; raises StoreError."""
    merges = dict(connection.execute("SELECT source, target FROM merges WHERE source <> ?", (source,)))
    place: int | None = target
    while place is not None:
        if place == source:
            raise StoreError(f"{to_id(source)} and {to_id(target)} are merged already, the other way round")
        place = merges.get(place)


def _resolve(connection: sqlite3.Connection) -> Mapping[int, int]:
    """Each merged entity with the one that stands for it: the end of its chain that the store holds."""
    merges = dict(connection.execute("SELECT source, target FROM merges"))
    wanted = set(merges) | set(merges.values())
    known = {key for key in wanted if connection.execute("SELECT 1 FROM entities WHERE id = ?", (key,)).fetchone()}
    resolved = {}
    for source in sorted(known & set(merges)):
        chain = [source]
        while chain[-1] in merges:
            chain.append(merges[chain[-1]])
        last = next(key for key in reversed(chain) if key in known)
        if last != source:
            resolved[source] = last
    return resolved


def _get_link_key(head: int, relation: str, tail: int) -> int:
    return to_key(link_id(to_id(head), Relation(relation), to_id(tail)))


def _swaps(head: int, relation: str, tail: int) -> bool:
    return Relation(relation) not in DIRECTED and head > tail
