"""JSON graphs: node-link as networkx reads it, and Cytoscape's cyjs with the layout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

from ..graph.network.rows import Projection
from .attributes import Attributes, clean_text, link_attributes, node_attributes
from .files import writing_text
from .palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS
from .scene import Scene, build_scene


def render_json(value: object) -> str:
    """A value as compact JSON in one line, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_node_link(projection: Projection, path: str | Path) -> None:
    """Write what ``networkx.node_link_graph(data, edges="links")`` turns into a MultiDiGraph."""
    with writing_text(path) as out:
        out.write('{"directed":true,"multigraph":true,"graph":{"name":"bingdi"},\n"nodes":[')
        _write_items(out, map(node_attributes, projection.nodes()))
        out.write('],\n"links":[')
        _write_items(out, _iter_edges(projection))
        out.write("]}\n")


def _write_items(out: TextIO, items: Iterable[object]) -> None:
    """The items of a list, one a line."""
    separator = "\n"
    for item in items:
        out.write(separator + render_json(item))
        separator = ",\n"


def _iter_edges(projection: Projection) -> Iterator[Attributes]:
    for link in projection.links():
        attributes = link_attributes(link)
        ends = {"source": attributes.pop("head"), "target": attributes.pop("tail")}
        yield {**ends, "key": attributes["relation"], **attributes}


_CYTOSCAPE_HEAD: Final = (
    '{"format_version":"1.0","generated_by":"bingdi","target_cytoscapejs_version":"~3.0",'
    '"directed":true,"multigraph":true,"data":[["name","bingdi"]],\n"elements":{"nodes":['
)


def write_cytoscape(projection: Projection, path: str | Path, *, lang: str = "zh") -> None:
    """Write a .cyjs file for Cytoscape desktop and cytoscape.js: positions, colours and sizes as data."""
    scene = build_scene(projection)
    captions = RELATION_CAPTIONS[lang]
    with writing_text(path) as out:
        out.write(_CYTOSCAPE_HEAD)
        _write_items(out, _iter_cytoscape_nodes(projection, scene))
        out.write('],\n"edges":[')
        _write_items(
            out,
            (
                {
                    "data": {
                        **edge,
                        "interaction": edge["relation"],
                        "label": captions[link.relation],
                        "color": RELATION_COLORS[link.relation],
                    }
                }
                for edge, link in zip(_iter_edges(projection), projection.links(), strict=True)
            ),
        )
        out.write("]}}\n")


def _iter_cytoscape_nodes(projection: Projection, scene: Scene) -> Iterator[object]:
    for row in projection.nodes():
        x, y, size = scene.get_place(row.id)
        more = {"label": clean_text(row.name), "value": row.id, "color": TYPE_COLORS[row.type], "size": size}
        # Cytoscape's y grows downwards.
        yield {"data": {**node_attributes(row), **more}, "position": {"x": x, "y": 0.0 - y}}
