"""A projection as a ``networkx.MultiDiGraph`` with flat attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Selection
from ..store import Store
from ..version import get_builder
from .projection import project
from .rows import LinkRow, NodeRow

if TYPE_CHECKING:
    import networkx


def build_network(store: Store, selection: Selection | None = None) -> networkx.MultiDiGraph:
    """The selected graph: node key is the entity's id, edge key the relation's value.

    Every attribute is str, int, float or bool; lists are joined with ``|``. A symmetric relation is one
    edge with ``directed`` false.
    """
    import networkx

    network = networkx.MultiDiGraph(name="bingdi", builder=get_builder())
    with project(store, selection) as projection:
        for node in projection.nodes():
            network.add_node(node.id, **_node_attributes(node))
        for link in projection.links():
            network.add_edge(link.head, link.tail, key=str(link.relation), **_edge_attributes(link))
        network.graph |= {
            "level": (selection or Selection()).level,
            "nodes": projection.node_count,
            "links": projection.link_count,
            "left_out": projection.left_out,
        }
    return network


def _node_attributes(node: NodeRow) -> dict[str, Any]:
    return {
        "name": node.name,
        "type": str(node.type),
        "aliases": "|".join(node.aliases),
        "code": node.code,
        "unit": node.unit,
        "unit_name": node.unit_name,
        "unit_reason": node.unit_reason,
        "weight": node.weight,
        "mentions": node.mentions,
        "documents": node.documents,
        "first": node.first,
        "last": node.last,
    }


def _edge_attributes(link: LinkRow) -> dict[str, Any]:
    return {
        "id": link.id,
        "relation": str(link.relation),
        "directed": link.directed,
        "weight": link.weight,
        "documents": link.documents,
        "parts": link.parts,
        "first": link.first,
        "last": link.last,
        "status": link.status,
        "fields": "|".join(link.fields),
        "confidence": link.confidence,
        "quote": link.quote,
        "title": link.title,
        "publisher": link.publisher,
        "published": link.published,
        "url": link.url,
    }
