"""Node-link JSON and cyjs as networkx reads them."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from bingdi.exports.attributes import clean_text, link_attributes, node_attributes
from bingdi.exports.node_link import write_cytoscape, write_node_link
from bingdi.exports.palette import RELATION_COLORS, TYPE_COLORS
from made_projection import (
    ListProjection,
    empty_projection,
    nasty_projection,
    random_projection,
    small_projection,
)

MADE = {
    "small": small_projection(),
    "nasty": nasty_projection(),
    "random": random_projection(9, nodes=40, links=90),
    "empty": empty_projection(),
}


@pytest.mark.parametrize("name", MADE)
def test_networkx_reads_node_link(name: str, tmp_path: Path) -> None:
    projection: ListProjection = MADE[name]
    write_node_link(projection, tmp_path / "out.json")
    graph = networkx.node_link_graph(json.loads((tmp_path / "out.json").read_text("utf-8")), edges="links")
    assert isinstance(graph, networkx.MultiDiGraph)
    assert len(graph) == len(projection.node_rows)
    for row in projection.node_rows:
        assert graph.nodes[row.id] == {k: v for k, v in node_attributes(row).items() if k != "id"}
    assert graph.number_of_edges() == len(projection.link_rows)
    for link in projection.link_rows:
        found = graph.edges[link.head, link.tail, str(link.relation)]
        assert found == {k: v for k, v in link_attributes(link).items() if k not in {"head", "tail"}}


@pytest.mark.parametrize("name", MADE)
def test_networkx_reads_cyjs(name: str, tmp_path: Path) -> None:
    projection: ListProjection = MADE[name]
    write_cytoscape(projection, tmp_path / "out.cyjs")
    data = json.loads((tmp_path / "out.cyjs").read_text("utf-8"))
    elements = data["elements"]
    assert {node["data"]["id"]: node["data"]["label"] for node in elements["nodes"]} == {
        row.id: clean_text(row.name) for row in projection.node_rows
    }
    assert {node["data"]["id"]: node["data"]["color"] for node in elements["nodes"]} == {
        row.id: TYPE_COLORS[row.type] for row in projection.node_rows
    }
    assert all(isinstance(node["position"]["x"], float) for node in elements["nodes"])
    found = {
        edge["data"]["id"]: (edge["data"]["source"], edge["data"]["target"], edge["data"]["interaction"])
        for edge in elements["edges"]
    }
    assert found == {row.id: (row.head, row.tail, row.relation) for row in projection.link_rows}
    assert {edge["data"]["color"] for edge in elements["edges"]} <= set(RELATION_COLORS.values())
    graph = networkx.cytoscape_graph(data)
    assert set(graph) == {row.id for row in projection.node_rows}
    assert graph.number_of_edges() == len(projection.link_rows)


def test_cytoscape_picture_is_not_upside_down(tmp_path: Path) -> None:
    from bingdi.exports.scene import build_scene

    projection = small_projection()
    scene = build_scene(projection)
    write_cytoscape(projection, tmp_path / "out.cyjs")
    for node in json.loads((tmp_path / "out.cyjs").read_text("utf-8"))["elements"]["nodes"]:
        x, y, size = scene.get_place(node["data"]["id"])
        assert (node["position"]["x"], node["position"]["y"], node["data"]["size"]) == (x, -y, size)
