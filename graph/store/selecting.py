"""A selection of the graph laid out in temporary tables, then streamed in the order of ids.

Aggregates are made by SQLite, which keeps to its page cache and spills to a temporary file, so memory
stays flat however many links there are. At level ``unit`` the ends of links are the units of the roll-up.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Mapping

from ..errors import NameNotFoundError, UsageError
from ..model import Selection
from .access import Access
from .conditions import build_conditions, is_narrowed
from .ids import to_key
from .loading import DOCUMENT, Row

_TABLES = (
    """CREATE TEMP TABLE parts{k} (link INTEGER, part INTEGER, raw INTEGER, head INTEGER, relation TEXT,
        tail INTEGER, flipped INTEGER, PRIMARY KEY (link, part, raw)) WITHOUT ROWID""",
    """CREATE TEMP TABLE kept{k} (id INTEGER PRIMARY KEY, head INTEGER, relation TEXT, tail INTEGER,
        weight INTEGER, documents INTEGER, parts INTEGER, first TEXT, last TEXT, fields TEXT,
        confidence REAL)""",
    "CREATE TEMP TABLE reached{k} (id INTEGER PRIMARY KEY, step INTEGER)",
    "CREATE TEMP TABLE nodes{k} (id INTEGER PRIMARY KEY, weight INTEGER, first TEXT, last TEXT)",
    "CREATE TEMP TABLE allowed{k} (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE sources{k} (id INTEGER PRIMARY KEY)",
)
_ENTITY_PARTS = """INSERT OR IGNORE INTO parts{k} SELECT c.link, c.link, c.part, c.head, c.relation, c.tail,
    c.flipped FROM current_links c WHERE 1{links}{reach}{ends}"""
_UNIT_PARTS = """INSERT OR IGNORE INTO parts{k} SELECT link_key(hm.node, c.relation, tm.node), c.link, c.part,
    iif(swaps(hm.node, c.relation, tm.node), tm.node, hm.node), c.relation,
    iif(swaps(hm.node, c.relation, tm.node), hm.node, tm.node),
    c.flipped <> swaps(hm.node, c.relation, tm.node)
    FROM current_links c JOIN memberships hm ON hm.entity = c.head JOIN memberships tm ON tm.entity = c.tail
    WHERE hm.node <> tm.node{links}{reach}{ends}"""
_ALLOWED = " AND {place} IN (SELECT id FROM allowed{k})"
_KEPT = """INSERT OR IGNORE INTO kept{k} SELECT p.link, p.head, p.relation, p.tail, count(*),
    count(DISTINCT e.document), count(DISTINCT p.part), coalesce(min(nullif(e.date, '')), ''),
    max(coalesce(nullif(e.date_end, ''), e.date)), group_concat(nullif(e.fields, ''), char(31)),
    max(e.confidence)
    FROM parts{k} p CROSS JOIN evidence e ON e.link = p.raw
    WHERE {evidence} GROUP BY p.link HAVING count(*) >= :least"""
_NODES = """INSERT INTO nodes{k} SELECT place, sum(weight), coalesce(min(nullif(first, '')), ''), max(last)
    FROM (SELECT head AS place, weight, first, last FROM kept{k}
        UNION ALL SELECT tail, weight, first, last FROM kept{k}) GROUP BY place"""
_STREAM_LINKS = """SELECT k.id, k.head, k.relation, k.tail, k.weight, k.documents, k.parts, k.first, k.last,
    coalesce((SELECT e.status
        FROM parts{k} p CROSS JOIN evidence e ON e.link = p.raw JOIN documents d ON d.id = e.document
        WHERE p.link = k.id AND e.status <> '' AND {evidence}
        ORDER BY coalesce(nullif(e.date_end, ''), nullif(e.date, ''), d.date) DESC, e.id LIMIT 1), ''),
    k.fields, k.confidence, substr(q.text, b.start + 1, b.end - b.start), iif(q.title = '', q.name, q.title),
    q.publisher, q.date, q.url
    FROM kept{k} k CROSS JOIN evidence b ON (b.link, b.id) = (SELECT e.link, e.id
        FROM parts{k} p CROSS JOIN evidence e ON e.link = p.raw
        WHERE p.link = k.id AND {evidence}
        ORDER BY e.confidence DESC, e.trigger_start IS NULL, e.end - e.start, e.id LIMIT 1)
    JOIN documents q ON q.id = b.document ORDER BY k.id"""
_STREAM_EVIDENCE = """SELECT e.id, p.link, p.part, iif(p.flipped = c.flipped, h.name, t.name),
    iif(p.flipped = c.flipped, t.name, h.name), p.relation, e.document,
    iif(d.title = '', d.name, d.title), d.publisher, d.date, d.url,
    e.start, e.end, substr(d.text, e.start + 1, e.end - e.start), p.flipped, e.head_start, e.head_end,
    e.tail_start, e.tail_end, e.trigger_start, e.trigger_end, e.date, e.date_end, e.status, e.fields, e.rule,
    e.confidence
    FROM kept{k} k CROSS JOIN parts{k} p ON p.link = k.id CROSS JOIN evidence e ON e.link = p.raw
    JOIN documents d ON d.id = e.document JOIN current_links c ON c.part = p.raw
    JOIN entities h ON h.id = c.head JOIN entities t ON t.id = c.tail
    WHERE {evidence} ORDER BY p.link, p.part, p.raw, e.id"""
_STREAM_NODES = """SELECT n.id, v.name, v.type, {aliases}, v.code, u.node, w.name, u.reason, n.weight,
    {counts}, n.first, n.last
    FROM nodes{k} n JOIN {table} v ON v.id = n.id LEFT JOIN memberships u ON u.entity = n.id
    LEFT JOIN units w ON w.id = u.node ORDER BY n.id"""
_ENTITY_ALIASES = """(SELECT group_concat(a.name, char(31)) FROM members m JOIN names a ON a.entity = m.entity
    WHERE m.node = n.id)"""
_COUNT = """(SELECT {what} FROM {members} JOIN sayings y ON y.entity = m.entity
    JOIN namings x ON x.saying = y.id WHERE {place} = n.id AND x.mentions > 0)"""
_MENTIONS, _DOCUMENTS = "coalesce(sum(x.mentions), 0)", "count(DISTINCT x.document)"
_ENTITY_NODES = "JOIN members m ON m.node = f.id"
_UNIT_NODES = "JOIN memberships s ON s.node = f.id JOIN members m ON m.node = s.entity"
_UNIT_MEMBERS = "memberships s JOIN members m ON m.node = s.entity"


class Selected:
    """The temporary tables of one selection."""

    _last = 0

    def __init__(self, access: Access, selection: Selection) -> None:
        Selected._last += 1
        self._key = Selected._last
        self._access = access
        self._conditions = build_conditions(selection)
        self._evidence = (
            "NOT EXISTS (SELECT 1 FROM shadowed s WHERE s.link = e.link AND s.id = e.id)" + self._conditions.evidence
        )
        self._unit = selection.level == "unit"
        self._ends = ""
        names = (f"{name}{self._key}" for name in ("parts", "kept", "reached", "nodes", "allowed", "sources"))
        self._give_up = weakref.finalize(self, access.drop_tables, *names)
        for table in _TABLES:
            self._run(table)
        self._collect(selection)

    def close(self) -> None:
        """Give up the tables, as happens too once nothing refers to them; open streams may go on."""
        self._give_up()

    @property
    def left_out(self) -> int:
        """Entities that have no place at this level: those without a unit."""
        if not self._unit:
            return 0
        return int(self._run("SELECT count(*) FROM memberships WHERE node IS NULL").fetchone()[0])

    def count(self) -> tuple[int, int]:
        """Numbers of nodes and links."""
        nodes, links = (self._run(f"SELECT count(*) FROM {name}{{k}}").fetchone()[0] for name in ("nodes", "kept"))
        return int(nodes), int(links)

    def iter_links(self) -> Iterator[Row]:
        """Id, ends, relation and figures of each link, as the columns of ``_STREAM_LINKS``."""
        return self._stream(_STREAM_LINKS, evidence=self._evidence)

    def iter_evidence(self) -> Iterator[Row]:
        """Each evidence of those links, as the columns of ``_STREAM_EVIDENCE``."""
        return self._stream(_STREAM_EVIDENCE, evidence=self._evidence)

    def iter_nodes(self) -> Iterator[Row]:
        """Each node with its figures, as the columns of ``_STREAM_NODES``."""
        members, place = (_UNIT_MEMBERS, "s.node") if self._unit else ("members m", "m.node")
        counts = ", ".join(_COUNT.format(what=what, members=members, place=place) for what in (_MENTIONS, _DOCUMENTS))
        table, aliases = ("units", "v.aliases") if self._unit else ("entities", _ENTITY_ALIASES)
        return self._stream(_STREAM_NODES, table=table, aliases=aliases, counts=counts)

    def iter_documents(self) -> Iterator[Row]:
        """Documents that the evidence stands in, as the columns of ``loading.DOCUMENT``."""
        self._run(
            "INSERT OR IGNORE INTO sources{k} SELECT e.document FROM kept{k} k "
            "CROSS JOIN parts{k} p ON p.link = k.id CROSS JOIN evidence e ON e.link = p.raw WHERE {evidence}",
            evidence=self._evidence,
        )
        return self._stream(f"SELECT {DOCUMENT} FROM sources{{k}} s JOIN documents d ON d.id = s.id ORDER BY d.id")

    def _collect(self, selection: Selection) -> None:
        """Fill ``kept`` and ``nodes``: all links, or those walked in ``depth`` steps from ``around``."""
        self._allow(selection)
        if selection.around:
            self._reach(selection)
        else:
            self._take_parts("")
            self._keep(selection.least_evidence)
        self._run(_NODES)
        self._run("INSERT OR IGNORE INTO nodes{k} SELECT id, 0, '', '' FROM reached{k}")
        if not is_narrowed(selection):
            self._run(f"INSERT OR IGNORE INTO nodes{{k}} SELECT v.id, 0, '', '' {self._everything}")

    @property
    def _everything(self) -> str:
        """All nodes of the wanted types at this level, as ``v``."""
        table = "units v WHERE 1" if self._unit else "entities v WHERE v.id IN (SELECT node FROM members)"
        return f"FROM {table}{self._conditions.nodes}"

    def _allow(self, selection: Selection) -> None:
        """Note which nodes may be ends: those of the wanted types, and where the walk starts."""
        for digest in selection.around:
            self._start(digest)
        if selection.types:
            self._run(f"INSERT INTO allowed{{k}} SELECT v.id {self._everything}")
            self._run("INSERT OR IGNORE INTO allowed{k} SELECT id FROM reached{k}")
            heads, tails = ("hm.node", "tm.node") if self._unit else ("c.head", "c.tail")
            self._ends = "".join(_ALLOWED.format(place=place, k=self._key) for place in (heads, tails))

    def _reach(self, selection: Selection) -> None:
        for step in range(selection.depth):
            self._take_parts(f"f.step = {step}")
            self._keep(selection.least_evidence)
            for near, far in (("head", "tail"), ("tail", "head")):
                self._run(
                    "INSERT OR IGNORE INTO reached{k} SELECT k.{far}, {step} FROM kept{k} k "
                    "JOIN reached{k} f ON f.id = k.{near} AND f.step < {step}",
                    near=near,
                    far=far,
                    step=step + 1,
                )

    def _start(self, digest: str) -> None:
        """Begin at an entity or unit; raises NameNotFoundError or, where it has no unit, UsageError."""
        key = {"place": to_key(digest)}
        found = self._run("SELECT node FROM members WHERE entity = :place", parameters=key).fetchone()
        if self._unit:
            known = found
            found = self._run(
                "SELECT node FROM memberships WHERE entity = :node AND node NOT NULL "
                "UNION SELECT id FROM units WHERE id = :place",
                parameters={**key, "node": known[0] if known else None},
            ).fetchone()
            if known and not found:
                raise UsageError(f"{digest} belongs to no division or locality; ask at level entity")
        if not found:
            raise NameNotFoundError(digest)
        self._run("INSERT OR IGNORE INTO reached{k} VALUES (:node, 0)", parameters={"node": found[0]})

    def _take_parts(self, reached: str) -> None:
        """Add the links, or those that touch the reached nodes, under the ids they have at this level."""
        for reach in self._iter_reaches(reached):
            self._run(
                _UNIT_PARTS if self._unit else _ENTITY_PARTS,
                links=self._conditions.links,
                reach=reach,
                ends=self._ends,
            )

    def _iter_reaches(self, reached: str) -> Iterator[str]:
        """One condition for each side: SQLite then uses the index of that side."""
        if not reached:
            yield ""
            return
        nodes = _UNIT_NODES if self._unit else _ENTITY_NODES
        for side in ("first_head", "first_tail"):
            yield f" AND c.{side} IN (SELECT m.entity FROM reached{self._key} f {nodes} WHERE {reached})"

    def _keep(self, least: int) -> None:
        self._run(_KEPT, evidence=self._evidence, parameters={"least": least})

    def _run(
        self, statement: str, *, parameters: Mapping[str, object] | None = None, **parts: object
    ) -> sqlite3.Cursor:
        return self._access.run(
            statement.format(k=self._key, **parts), {**self._conditions.parameters, **(parameters or {})}
        )

    def _stream(self, statement: str, **parts: object) -> Iterator[Row]:
        text = statement.format(k=self._key, **parts)
        return self._access.iter_rows(text, self._conditions.parameters, keep=self)
