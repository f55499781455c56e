"""Cypher statements for Neo4j and its kin: run the file twice and the graph is there once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..graph.model import Relation
from ..graph.network.rows import LinkRow, Projection
from .attributes import (
    Attributes,
    Value,
    clean_text,
    document_attributes,
    evidence_attributes,
    iter_batches,
    link_attributes,
    node_attributes,
)
from .files import writing_text
from .pairing import iter_links_with_evidence

_BATCH: Final = 200
_CONSTRAINTS: Final = "".join(
    f"CREATE CONSTRAINT bingdi_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
    for label in ("Entity", "Document", "Evidence")
)


def write_cypher(projection: Projection, path: str | Path) -> None:
    """Write MERGE statements: entities, documents, links as relationships, evidence as nodes.

    A relationship cannot point at a document, so each evidence is a node ``(:Evidence {link: id of a link})``
    with ``-[:STANDS_IN]->(:Document)``, ``-[:HEAD]->`` and ``-[:TAIL]->`` to the ends.
    """
    with writing_text(path) as out:
        out.write(_CONSTRAINTS)
        out.writelines(_iter_nodes(projection))
        out.writelines(_iter_documents(projection))
        out.writelines(_iter_links(projection))
        out.writelines(_iter_evidence(projection))


def render_cypher(value: Value | list[str]) -> str:
    """A value as a Cypher literal."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(render_cypher, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quote(value)
    return str(value)


def _quote(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t")
    # Neo4j reads \uXXXX before it reads strings, behind a backslash too: no u may follow one.
    return f"'{text}'".replace("\\\\u", "\\\\' + 'u")


def _map(attributes: dict[str, Value | list[str]]) -> str:
    """A map literal; what is empty is left out, as ``null`` would be."""
    items = (f"{key}: {render_cypher(value)}" for key, value in attributes.items() if value not in ("", None, []))
    return f"{{{', '.join(items)}}}"


def _list(attributes: Attributes, **lists: tuple[str, ...]) -> dict[str, Value | list[str]]:
    """The attributes with true lists in place of joined ones."""
    return {**attributes, **{key: list(map(clean_text, items)) for key, items in lists.items()}}


def _row(link: LinkRow, attributes: dict[str, Value | list[str]]) -> str:
    ends = f"head: {render_cypher(clean_text(link.head))}, tail: {render_cypher(clean_text(link.tail))}"
    return f"{{{ends}, values: {_map(attributes)}}}"


def _unwind(rows: list[str], then: str) -> str:
    return "UNWIND [\n" + ",\n".join(rows) + f"\n] AS row\n{then};\n"


def _iter_nodes(projection: Projection) -> Iterator[str]:
    # One label a type, which Cypher takes from no parameter: MERGE on :Entity, then add it.
    for batch in iter_batches(projection.nodes(), size=_BATCH):
        yield _unwind(
            [_map(_list(node_attributes(row), aliases=row.aliases)) for row in batch],
            "MERGE (n:Entity {id: row.id})\nSET n = row",
        )
        for kind in sorted({row.type for row in batch}):
            ids = ", ".join(render_cypher(clean_text(row.id)) for row in batch if row.type == kind)
            yield f"MATCH (n:Entity) WHERE n.id IN [{ids}] SET n:{kind.capitalize()};\n"


def _iter_documents(projection: Projection) -> Iterator[str]:
    for batch in iter_batches(projection.documents(), size=_BATCH):
        rows = [_map({**document_attributes(document, text=False)}) for document in batch]
        yield _unwind(rows, "MERGE (d:Document {id: row.id})\nSET d = row")


def _iter_links(projection: Projection) -> Iterator[str]:
    """Links in batches of one relation: the type of a relationship stands in the statement itself."""
    waiting: dict[Relation, list[str]] = {relation: [] for relation in Relation}
    for row in projection.links():
        attributes = _list(link_attributes(row), fields=row.fields)
        del attributes["head"], attributes["tail"]
        waiting[row.relation].append(_row(row, attributes))
        if len(waiting[row.relation]) == _BATCH:
            yield _merge_links(row.relation, waiting[row.relation])
            waiting[row.relation].clear()
    for relation, rows in waiting.items():
        if rows:
            yield _merge_links(relation, rows)


def _merge_links(relation: Relation, rows: list[str]) -> str:
    return _unwind(
        rows,
        "MATCH (a:Entity {id: row.head}), (b:Entity {id: row.tail})\n"
        f"MERGE (a)-[r:{relation.upper()} {{id: row.values.id}}]->(b)\nSET r = row.values",
    )


def _iter_evidence(projection: Projection) -> Iterator[str]:
    pairs = ((link, row) for link, evidence in iter_links_with_evidence(projection) for row in evidence)
    for batch in iter_batches(pairs, size=_BATCH):
        yield _unwind(
            [_row(link, _list(evidence_attributes(row), fields=row.fields)) for link, row in batch],
            "MATCH (d:Document {id: row.values.document})\n"
            "MATCH (a:Entity {id: row.head}), (b:Entity {id: row.tail})\n"
            "MERGE (e:Evidence {id: row.values.id})\nSET e = row.values\n"
            "MERGE (e)-[:STANDS_IN]->(d)\nMERGE (e)-[:HEAD]->(a)\nMERGE (e)-[:TAIL]->(b)",
        )
