"""All formats from a real store: whole, the same again, filtered, rolled up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
from bingdi.exports import get_format, iter_formats, write_export
from bingdi.graph.model import EntityType, Relation, Selection
from bingdi.graph.network import build_network, project
from bingdi.graph.store import Store
from graphs import make_readings, make_store, write_random_store

OURS = [form.name for form in iter_formats() if form.name != "html"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_store(tmp_path_factory.mktemp("store")) as store:
        yield store


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same documents, read in the other order."""
    with make_store(tmp_path_factory.mktemp("turned"), readings=make_readings()[::-1]) as store:
        yield store


def export(store: Store, folder: Path, name: str, selection: Selection | None = None) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    with project(store, selection) as projection:
        write_export(projection, folder / f"out{get_format('x', name=name).suffixes[0]}")
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def read_edges(store: Store, folder: Path, selection: Selection) -> set[tuple[str, str, str]]:
    export(store, folder, "graphml", selection)
    graph = networkx.read_graphml(folder / "out.graphml", force_multigraph=True)
    return {(head, data["relation"], tail) for head, tail, data in graph.edges(data=True)}


@pytest.mark.parametrize("name", OURS)
def test_same_bytes_from_a_store_built_in_another_order(name: str, store: Store, turned: Store, tmp_path: Path) -> None:
    found = export(store, tmp_path / "one", name)
    assert found
    assert export(turned, tmp_path / "two", name) == found


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("level", ["entity", "unit"])
def test_every_format_takes_every_level(name: str, level: str, store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / level, name, Selection(level=level))


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(level="unit"),
        Selection(relations=frozenset({Relation.AIDS, Relation.CO_BUILDS})),
        Selection(types=frozenset({EntityType.DIVISION, EntityType.LOCALITY})),
        Selection(start="2021", end="2022-06", undated=False),
        Selection(least_evidence=2),
        Selection(min_confidence=0.8),
    ],
    ids=["all", "unit", "relations", "types", "period", "evidence", "confidence"],
)
def test_files_hold_what_the_network_holds(selection: Selection, store: Store, tmp_path: Path) -> None:
    network = build_network(store, selection)
    want = {(head, key, tail) for head, tail, key in network.edges(keys=True)}
    assert read_edges(store, tmp_path / "graphml", selection) == want
    export(store, tmp_path / "json", "json", selection)
    data = json.loads((tmp_path / "json" / "out.json").read_text("utf-8"))
    graph = networkx.node_link_graph(data, edges="links")
    assert dict(graph.nodes(data=True)) == dict(network.nodes(data=True))
    assert {(h, t, k): d for h, t, k, d in graph.edges(keys=True, data=True)} == {
        (h, t, k): d for h, t, k, d in network.edges(keys=True, data=True)
    }


def test_filters_leave_something_out(store: Store, tmp_path: Path) -> None:
    whole = read_edges(store, tmp_path / "a", Selection())
    aids = read_edges(store, tmp_path / "b", Selection(relations=frozenset({Relation.AIDS})))
    assert aids == {edge for edge in whole if edge[1] == "aids"}
    assert set() < aids < whole


def test_random_store_is_written_whole(tmp_path: Path) -> None:
    write_random_store(tmp_path / "random.db", entities=120, links=300, seed=4)
    with Store.open(tmp_path / "random.db") as store:
        network = build_network(store)
        assert read_edges(store, tmp_path / "graphml", Selection()) == {
            (head, key, tail) for head, tail, key in network.edges(keys=True)
        }
