"""The graph as networkx sees it."""

from __future__ import annotations

import graphs
import networkx
from bingdi.graph.model import Relation, Selection, link_id
from bingdi.graph.network import build_network, project
from bingdi.graph.store import Store
from bingdi.graph.version import get_builder
from graphs import CHANGJI, CORPS, DISTRICT, ELEVENTH, REGIMENT, TIANJIN, TWELFTH


def test_nodes_and_edges_are_those_of_the_store(tmp_path):
    with graphs.make_store(tmp_path) as store:
        network = build_network(store)
        assert isinstance(network, networkx.MultiDiGraph)
        assert set(network) == {entity.id for entity in store.iter_entities()}
        edges = {(link.head, link.tail, str(link.relation)): len(link.evidence) for link in store.iter_links()}
        found = {(head, tail, key): weight for head, tail, key, weight in network.edges(keys=True, data="weight")}
        assert found == edges


def test_attributes_are_flat(tmp_path):
    with graphs.make_store(tmp_path) as store:
        network = build_network(store)
    assert network.nodes[TWELFTH.id] == {
        "name": "第十二师",
        "type": "division",
        "aliases": "十二师",
        "code": "XPCC-12",
        "unit": TWELFTH.id,
        "unit_name": "第十二师",
        "unit_reason": "self",
        "weight": 6,
        "mentions": 3,
        "documents": 2,
        "first": "2022",
        "last": "2026",
    }
    head, tail = sorted((TWELFTH.id, CHANGJI.id))
    assert network.edges[head, tail, "co_builds"] == {
        "id": link_id(head, Relation.CO_BUILDS, tail),
        "relation": "co_builds",
        "directed": False,
        "weight": 2,
        "documents": 2,
        "parts": 1,
        "first": "2026",
        "last": "2026",
        "status": "planned",
        "fields": "教育|生态",
        "confidence": 1.0,
        "quote": "第十二师与昌吉市共建两河湿地公园。",
        "title": "共建",
        "publisher": "河畔日报",
        "published": "2025",
        "url": "",
    }
    values = [value for _, data in network.nodes(data=True) for value in data.values()]
    values += [value for *_, data in network.edges(data=True) for value in data.values()]
    values += network.graph.values()
    assert {type(value) for value in values} <= {str, int, float, bool}


def test_the_graph_knows_where_it_comes_from(tmp_path):
    with graphs.make_store(tmp_path) as store:
        assert build_network(store).graph == {
            "name": "bingdi",
            "builder": get_builder(),
            "level": "entity",
            "nodes": 14,
            "links": 12,
            "left_out": 0,
        }


def test_a_selection_is_built_alone(tmp_path):
    with graphs.make_store(tmp_path) as store:
        network = build_network(store, Selection(relations=frozenset({Relation.AIDS})))
        assert network.number_of_edges() == 2
        assert CORPS.id not in network


def test_units_make_a_graph_of_their_own(tmp_path):
    with graphs.make_store(tmp_path) as store:
        network = build_network(store, Selection(level="unit"))
    assert (network.graph["level"], network.graph["left_out"]) == ("unit", 3)
    head, tail = sorted((TWELFTH.id, DISTRICT.id))
    assert set(network[head][tail]) == {"signs_agreement_with", "co_hosts", "co_builds"}
    assert network[TIANJIN.id][ELEVENTH.id]["aids"]["parts"] == 2
    assert REGIMENT.id not in network


def test_graphml_of_networkx_reads_it_back(tmp_path):
    with graphs.make_store(tmp_path) as store:
        network = build_network(store)
    networkx.write_graphml(network, tmp_path / "network.graphml")
    again = networkx.read_graphml(tmp_path / "network.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert {(head, tail): {each["id"]: each for each in keys.values()} for head, tail, keys in by_pair(again)} == {
        (head, tail): {each["id"]: each for each in keys.values()} for head, tail, keys in by_pair(network)
    }


def by_pair(network):
    return [(head, tail, network[head][tail]) for head, tail in {(head, tail) for head, tail, _ in network.edges}]


def test_an_empty_store_is_an_empty_graph(tmp_path):
    with Store.open(tmp_path / "empty.db", create=True) as store:
        network = build_network(store)
        assert (len(network), network.number_of_edges()) == (0, 0)


def test_a_random_graph_is_whole(tmp_path):
    graphs.write_random_store(tmp_path / "random.db", entities=80, links=300, seed=2)
    with Store.open(tmp_path / "random.db") as store:
        network = build_network(store)
        assert (len(network), network.number_of_edges()) == (80, 300)
        weights = dict.fromkeys(network, 0)
        for head, tail, weight in network.edges(data="weight"):
            weights[head] += weight
            weights[tail] += weight
        assert {node.id: node.weight for node in project(store).nodes()} == weights
