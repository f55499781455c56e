"""A projection as the columns that the page embeds: short, compressed, and in the order they are needed.

``graph`` holds what the first view needs; ``evidence`` the places of the sentences; ``texts-0``,
``texts-1``, … the documents, each chunk read when one of its documents is opened. A sentence is not
stored twice: it is the run of its document that its evidence names.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ...graph.model import DIRECTED, EntityType, Relation
from .evidence_columns import DocumentColumns, EvidenceColumns, Places, pack_date, read_evidence
from .opening import ROLL_UP_ABOVE, Opening, Tie, choose_opening
from .readings import find_readings

if TYPE_CHECKING:
    from ...graph.network.rows import LinkRow, NodeRow, Projection

PLAIN_BYTES: Final = 4_000
"""Data shorter than this stands in the page as it is: compressing it saves nothing."""

SURROGATES: Final = re.compile("[\ud800-\udfff]")
TYPES: Final = tuple(EntityType)
RELATIONS: Final = tuple(Relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of the data under its name; ``text`` is JSON, or gzip in base64 where ``encoding`` says so."""

    name: str
    encoding: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """All that a page embeds."""

    opening: Opening
    chunks: tuple[Chunk, ...]


def pack(projection: Projection) -> Packed:
    """The chunks of a projection and the view its page opens on."""
    nodes, links = list(projection.nodes()), list(projection.links())
    places = {node.id: place for place, node in enumerate(nodes)}
    ends = [(places[link.head], places[link.tail]) for link in links]
    evidence, counts = read_evidence(projection, links)
    reasons = Places()
    units, extra = _pack_units(nodes, places)
    graph = {
        "nodes": _pack_nodes(nodes, reasons) | {"unit": units},
        "extra": extra,
        "reasons": reasons.listed(),
        "links": _pack_links(links, ends) | {"count": counts},
        **_pack_evidence(evidence),
        "readings": find_readings(name for node in nodes for name in (node.name, *node.aliases)),
    }
    chunks = {"graph": graph, "evidence": _pack_spans(evidence)}
    chunks |= _pack_texts(evidence.documents, projection, places)
    return Packed(
        opening=_open(nodes, links, ends=ends, units=units, extra=extra),
        chunks=tuple(_render_chunk(name, value) for name, value in chunks.items()),
    )


def _pack_nodes(nodes: list[NodeRow], reasons: Places) -> dict[str, list[Any]]:
    return {
        "id": [node.id for node in nodes],
        "name": [node.name for node in nodes],
        "type": [TYPES.index(node.type) for node in nodes],
        "aliases": [list(node.aliases) or 0 for node in nodes],
        "code": [node.code for node in nodes],
        "reason": [reasons.place(node.unit_reason) for node in nodes],
        "mentions": [node.mentions for node in nodes],
        "documents": [node.documents for node in nodes],
    }


def _pack_units(nodes: list[NodeRow], places: dict[str, int]) -> tuple[list[int], list[list[Any]]]:
    """The place of each node's unit (-1 where none is known), and units that are no node themselves.

    Those follow the nodes in number, as (id, name, type); their type is told from their name.
    """
    extra: dict[str, tuple[int, list[Any]]] = {}
    units = []
    for node in nodes:
        if not node.unit:
            units.append(-1)
        elif node.unit in places:
            units.append(places[node.unit])
        else:
            row = [node.unit, node.unit_name, TYPES.index(_guess_type(node.unit_name))]
            units.append(extra.setdefault(node.unit, (len(nodes) + len(extra), row))[0])
    return units, [row for _, row in extra.values()]


def _guess_type(name: str) -> EntityType:
    if name.endswith("兵团"):
        return EntityType.CORPS
    return EntityType.DIVISION if re.match("(新疆生产建设)?(兵团)?第.+师", name) else EntityType.LOCALITY


def _pack_links(links: list[LinkRow], ends: list[tuple[int, int]]) -> dict[str, list[int]]:
    return {
        "head": [head for head, _ in ends],
        "tail": [tail for _, tail in ends],
        "relation": [RELATIONS.index(link.relation) for link in links],
    }


def _pack_evidence(evidence: EvidenceColumns) -> dict[str, Any]:
    documents = evidence.documents
    return {
        "types": TYPES,
        "relations": RELATIONS,
        "evidence": evidence.facets,
        "fields": evidence.fields.listed(),
        "fieldsets": evidence.fieldsets.listed(),
        "publishers": documents.publishers.listed(),
        "documents": documents.facts,
        "without_text": documents.without_text,
    }


def _pack_spans(evidence: EvidenceColumns) -> dict[str, Any]:
    quotes = {str(place): quote for place, quote in evidence.quotes.items()}
    lists = {"rules": evidence.rules.listed(), "parts": evidence.parts.listed(), "quotes": quotes}
    return {**evidence.spans, **lists}


def _pack_texts(documents: DocumentColumns, projection: Projection, places: dict[str, int]) -> dict[str, Any]:
    mentions = _place_mentions(documents, projection, places)
    return {
        f"texts-{number}": {
            "texts": [documents.texts[place] for place in chunk],
            "mentions": [mentions[place] for place in chunk],
        }
        for number, chunk in enumerate(documents.chunks)
    }


def _place_mentions(documents: DocumentColumns, projection: Projection, places: dict[str, int]) -> dict[int, list[int]]:
    """Start, length and entity of each mention, flat, by document; nothing where the projection keeps none."""
    mentions: dict[int, list[int]] = defaultdict(list)
    stream = getattr(projection, "mentions", None)
    for mention in stream() if stream else ():
        if mention.document in documents.places and mention.entity in places:
            place = documents.places[mention.document]
            start, end = (documents.units[place](offset) for offset in (mention.start, mention.end))
            mentions[place] += [start, end - start, places[mention.entity]]
    return mentions


def _open(
    nodes: list[NodeRow],
    links: list[LinkRow],
    *,
    ends: list[tuple[int, int]],
    units: list[int],
    extra: list[list[Any]],
) -> Opening:
    names = [(node.id, node.name, node.type) for node in nodes]
    if len(nodes) <= ROLL_UP_ABOVE:
        ties = [
            Tie(head=head, tail=tail, relation=link.relation, weight=link.weight)
            for link, (head, tail) in zip(links, ends, strict=True)
        ]
        return choose_opening(names, ties)
    names += [(key, name, TYPES[kind]) for key, name, kind in extra]
    return choose_opening(names, _roll_up(links, ends, units=units), level="unit")


def _roll_up(links: list[LinkRow], ends: list[tuple[int, int]], *, units: list[int]) -> Iterator[Tie]:
    weights: dict[tuple[int, int, Relation], int] = defaultdict(int)
    for link, (head, tail) in zip(links, ends, strict=True):
        one, other = units[head], units[tail]
        if one < 0 or other < 0:
            continue
        if link.relation not in DIRECTED:
            one, other = sorted((one, other))
        weights[one, other, link.relation] += link.weight
    for (one, other, relation), weight in weights.items():
        yield Tie(head=one, tail=other, relation=relation, weight=weight)


def render_json(value: object) -> str:
    """JSON that can stand in a script element: no ``<``, no line separators, no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = SURROGATES.sub("\ufffd", text)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _render_chunk(name: str, value: object) -> Chunk:
    text = render_json(value)
    if len(text) <= PLAIN_BYTES:
        return Chunk(name=name, encoding="json", text=text)
    packed = gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)
    return Chunk(name=name, encoding="gzip", text=base64.b64encode(packed).decode("ascii"))


__all__ = ["Chunk", "Packed", "pack", "pack_date", "render_json"]
