"""Files that the page saves, read back by other programs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import igraph
import pytest
from lxml import etree

pytestmark = pytest.mark.browser


def save(tab, key: str) -> tuple[str, bytes]:
    tab.click("#open-save")
    with tab.page.expect_download() as waiting:
        tab.click(f'[data-save="{key}"]')
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def read_graph(content: bytes, folder: Path) -> igraph.Graph:
    path = folder / "saved.graphml"
    path.write_bytes(content)
    return igraph.Graph.Read_GraphML(str(path))


def test_graphml_of_all_is_read_by_igraph(small, tmp_path):
    name, content = save(small, "graphml")
    assert name == "bingdi-all.graphml"
    graph = read_graph(content, tmp_path)
    assert (graph.vcount(), graph.ecount()) == (19, 20)
    assert set(graph.vs["label"]) == set(small.run("graph.name.slice(0, graph.nodes)"))
    node = graph.vs.find(label="第十二师")
    found = [node[key] for key in ("n_type", "n_code", "n_aliases", "n_weight")]
    assert found == ["division", "XPCC-12", "十二师|12师|农十二师", 7]
    assert node["x"] == node["x"]
    edge = graph.es.find(e_relation="aids", weight=2)
    ends = [graph.vs[edge.source]["label"], graph.vs[edge.target]["label"]]
    assert ends == ["浙江省", "第一师"]
    assert [edge[key] for key in ("e_first", "e_last", "e_status", "e_confidence")] == [
        "2018",
        "2019-05",
        "done",
        0.9,
    ]


def test_graphml_as_gephi_wants_it(small):
    _, content = save(small, "graphml")
    tree = etree.fromstring(content)
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    edges = tree.findall(".//g:edge", space)
    assert len({edge.get("id") for edge in edges}) == len(edges) == 20
    assert {edge.get("label") for edge in edges} >= {"aids", "co_builds", "part_of"}
    directed = {edge.get("label") for edge in edges if edge.get("directed") == "true"}
    assert directed == {"aids", "party_to", "part_of", "located_in"}
    assert tree.find("g:graph", space).get("edgedefault") == "undirected"
    assert not tree.findall(".//g:desc", space)


def test_graphml_of_what_is_drawn(small, tmp_path):
    small.run("state.set({ relations: ['aids'] })")
    name, content = save(small, "graphml-drawn")
    graph = read_graph(content, tmp_path)
    assert name == "bingdi-drawn.graphml"
    assert set(graph.vs["label"]) == small.drawn()
    assert graph.ecount() == 4


def test_csv_of_links_and_entities(small):
    small.run("state.set({ from: '2023', undated: false })")
    _, content = save(small, "links")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    assert {row["关系"] for row in rows} == {"签订协议", "参与", "交流"}
    _, content = save(small, "entities")
    names = {row["名称"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    assert names == {"一〇四团党委统战部", "头屯河区民宗局", "《河谷共建协议》", "石河子市", "第八师"}


def test_svg_holds_every_node_line_and_a_legend(small):
    name, content = save(small, "svg")
    assert name == "bingdi.svg"
    tree = etree.fromstring(content)
    space = {"s": "http://www.w3.org/2000/svg"}
    titles = [title.text for title in tree.findall(".//s:g/s:title", space)]
    assert set(titles) == small.drawn()
    drawing = tree.findall("s:g", space)[0]
    assert len(drawing.findall("s:path", space)) == 20
    words = [text.text for text in tree.findall(".//s:text", space)]
    assert {"兵团", "援助", "隶属"} <= set(words)
    assert not tree.xpath("//*[@href or @onload] | //s:script | //s:image", namespaces=space)


def test_png_is_a_picture_twice_as_fine(small):
    _, content = save(small, "png")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    drawn = small.run("writers.svg(networkView.drawn, picture.places())")
    assert (width, height) == (round(drawn["width"] * 2), round(drawn["height"] * 2))


def test_rolled_up_files(small, tmp_path):
    small.run("state.set({ level: 'unit' })")
    _, content = save(small, "graphml")
    graph = read_graph(content, tmp_path)
    assert graph.vcount() == 11
    assert "第十四师" in graph.vs["label"]
