"""GEXF as lxml and networkx read it; Gephi's own importers are in test_gephi and test_graphology."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.gexf import guard_infinity, write_gexf
from bingdi.exports.palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS, parse_color
from bingdi.graph.model import Relation
from lxml import etree
from made_projection import (
    NASTY,
    empty_projection,
    make_link,
    nasty_projection,
    random_projection,
    small_projection,
)

SCHEMAS = Path(__file__).parent / "schemas"
MADE = {
    "small": small_projection(),
    "nasty": nasty_projection(),
    "random": random_projection(8, nodes=60, links=150),
    "empty": empty_projection(),
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("mixed", [True, False])
def test_schema_holds(name: str, mixed: bool, tmp_path: Path) -> None:
    write_gexf(MADE[name], tmp_path / "out.gexf", mixed=mixed)
    etree.XMLSchema(etree.parse(SCHEMAS / "gexf.xsd")).assertValid(etree.parse(tmp_path / "out.gexf"))


def test_schema_refuses_what_readers_lose(tmp_path: Path) -> None:
    write_gexf(small_projection(), tmp_path / "out.gexf")
    text = (tmp_path / "out.gexf").read_text("utf-8")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "gexf.xsd"))
    assert schema.validate(etree.fromstring(text.encode()))
    for good, bad in [
        ('start="2021-05-01"', 'start="2021-05"'),
        ('weight="1.0"', 'weight="0"'),
        ('title="evidence"', 'title="weight"'),
        ('title="relation"', 'title="label"'),
        ('title="relation"', 'title="kind"'),
        ('source="', 'source="x'),
        ('b="0"', 'b="0" a="1"'),
    ]:
        assert good in text
        assert not schema.validate(etree.fromstring(text.replace(good, bad, 1).encode())), bad


@pytest.mark.parametrize("name", MADE)
def test_everything_is_there(name: str, tmp_path: Path) -> None:
    projection = MADE[name]
    write_gexf(projection, tmp_path / "out.gexf")
    tree = etree.parse(tmp_path / "out.gexf")
    nodes = {node.get("id"): node for node in tree.findall(".//{*}node")}
    assert {key: node.get("label") for key, node in nodes.items()} == {
        row.id: clean_text(row.name) for row in projection.node_rows
    }
    for row in projection.node_rows:
        color = nodes[row.id].find("{*}color")
        assert tuple(int(color.get(part)) for part in "rgb") == parse_color(TYPE_COLORS[row.type])
    edges = {edge.get("id"): edge for edge in tree.findall(".//{*}edge")}
    assert set(edges) == {row.id for row in projection.link_rows}
    for link in projection.link_rows:
        edge = edges[link.id]
        assert (edge.get("source"), edge.get("target"), edge.get("kind")) == (
            link.head,
            link.tail,
            link.relation,
        )
        assert edge.get("type") == ("directed" if link.directed else "undirected")
        assert edge.get("label") == RELATION_CAPTIONS["zh"][link.relation]
        assert float(edge.get("weight")) == link.weight
        assert tuple(int(edge.find("{*}color").get(part)) for part in "rgb") == parse_color(
            RELATION_COLORS[link.relation]
        )


def test_intervals_are_whole_days_and_undated_links_have_none(tmp_path: Path) -> None:
    projection = small_projection()
    write_gexf(projection, tmp_path / "out.gexf")
    tree = etree.parse(tmp_path / "out.gexf")
    graph = tree.find("{*}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert graph.get("defaultedgetype") is None
    found = {edge.get("id"): (edge.get("start"), edge.get("end")) for edge in tree.findall(".//{*}edge")}
    by_relation = {(row.relation, row.weight): found[row.id] for row in projection.link_rows}
    assert by_relation == {
        (Relation.SIGNS_AGREEMENT_WITH, 1): ("2021-05-01", "2021-05-31"),
        (Relation.EXCHANGES_WITH, 2): (None, None),
        (Relation.AIDS, 1): (None, None),
        (Relation.AIDS, 3): (None, None),
        (Relation.PARTY_TO, 1): ("2021-05-11", "2021-05-11"),
        (Relation.CO_HOSTS, 1): ("2023-01-01", "2023-12-31"),
    }
    assert all(node.get("start") is None for node in tree.findall(".//{*}node"))


def test_graph_without_dates_is_static(tmp_path: Path) -> None:
    projection = small_projection()
    projection.link_rows = [row for row in projection.link_rows if not row.first]
    write_gexf(projection, tmp_path / "out.gexf")
    graph = etree.parse(tmp_path / "out.gexf").find("{*}graph")
    assert graph.get("mode") == "static"
    assert graph.get("timeformat") is None


@pytest.mark.parametrize("date", ["2023-13", "2023-02-30", "上世纪", "0000", "20230811"])
def test_date_that_is_none_gives_no_interval_and_stays_in_its_column(date: str, tmp_path: Path) -> None:
    projection = small_projection()
    one, other = projection.node_rows[:2]
    projection.link_rows = [make_link(one, Relation.ADJOINS, other, first=date, last=date)]
    write_gexf(projection, tmp_path / "out.gexf")
    tree = etree.parse(tmp_path / "out.gexf")
    edge = tree.find(".//{*}edge")
    assert edge.get("start") is None
    assert edge.get("end") is None
    assert date in {value.get("value") for value in edge.findall(".//{*}attvalue")}


def test_networkx_reads_the_directed_form(tmp_path: Path) -> None:
    projection = small_projection()
    write_gexf(projection, tmp_path / "out.gexf", mixed=False)
    graph = networkx.read_gexf(tmp_path / "out.gexf", version="1.3")
    assert {key: data["label"] for key, data in graph.nodes(data=True)} == {
        row.id: row.name for row in projection.node_rows
    }
    found = {data["id"]: (head, tail, data["relation"], data["weight"]) for head, tail, data in graph.edges(data=True)}
    assert found == {row.id: (row.head, row.tail, row.relation, row.weight) for row in projection.link_rows}
    division = next(row for row in projection.node_rows if row.code == "b07")
    assert graph.nodes[division.id]["aliases"] == "七师|胡杨河市"
    assert graph.nodes[division.id]["evidence"] == 5
    assert graph.nodes[division.id]["viz"]["color"] == {"r": 230, "g": 159, "b": 0, "a": 1.0}


def test_nasty_texts_come_back(tmp_path: Path) -> None:
    write_gexf(nasty_projection(), tmp_path / "out.gexf")
    values = {value.get("value") for value in etree.parse(tmp_path / "out.gexf").findall(".//{*}attvalue")}
    for key, text in NASTY.items():
        assert guard_infinity(clean_text(text)) in values, key


def test_guard_breaks_infinity_only() -> None:
    assert guard_infinity("INF") == "I\u2060NF"
    assert "INF" not in guard_infinity("-INF INFORMATION INF")
    assert guard_infinity("-INF INFORMATION").replace("\u2060", "") == "-INF INFORMATION"
    assert guard_infinity("inf In F 兵团") == "inf In F 兵团"
