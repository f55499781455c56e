"""The files as Gephi itself opens them; needs java and the Gephi toolkit: ``make test-gephi``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bingdi.exports import write_export
from bingdi.exports.attributes import clean_text, link_attributes, node_attributes
from bingdi.exports.gexf import guard_infinity
from bingdi.exports.palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS
from bingdi.exports.scene import build_scene
from bingdi.exports.tables import disarm
from bingdi.exports.timeline import get_interval
from bingdi.graph.network.rows import LinkRow
from made_projection import (
    ListProjection,
    empty_projection,
    nasty_projection,
    random_projection,
    small_projection,
)

JAR = Path(os.environ.get("BINGDI_GEPHI_JAR", Path(__file__).parents[2] / "build" / "gephi" / "gephi-toolkit.jar"))
SOURCE = Path(__file__).parent / "gephi" / "ReadBack.java"

pytestmark = [
    pytest.mark.gephi,
    pytest.mark.skipif(
        not JAR.exists() or not shutil.which("javac"), reason="no java or no Gephi toolkit: make test-gephi"
    ),
]
Read = Callable[..., dict[str, Any]]
MADE = {
    "small": small_projection(),
    "nasty": nasty_projection(),
    "random": random_projection(11, nodes=80, links=200),
}


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("classes")
    command = [
        "javac",
        "-nowarn",
        "-proc:none",
        "-encoding",
        "UTF-8",
        "-cp",
        str(JAR),
        "-d",
        str(folder),
        str(SOURCE),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def read(classes: Path, tmp_path: Path) -> Read:
    """Write a projection, open the file in Gephi, give back what arrived."""

    def read(projection: ListProjection, file: str, *days: str, opened: str = "", **options: Any) -> dict[str, Any]:
        write_export(projection, tmp_path / file, **options)
        command = [
            "java",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            f"{JAR}{os.pathsep}{classes}",
        ]
        home = {**os.environ, "HOME": str(tmp_path)}
        run = subprocess.run(
            [*command, f"-Dnetbeans.user={tmp_path}", "ReadBack", str(tmp_path / (opened or file)), *days],
            check=True,
            capture_output=True,
            env=home,
        )
        return json.loads(run.stdout)

    return read


def keeps_parallel_edges(seen: dict[str, Any]) -> bool:
    """Whether this toolkit takes the kind of an edge from GraphML: 0.10 and later do."""
    return any(edge["kind"] for edge in seen["edges"].values())


def check_report(seen: dict[str, Any]) -> None:
    """Nothing but the version of the format, and that parallel edges may be merged."""
    assert [issue for issue in seen["issues"] if issue["level"] != "INFO"] == []
    for issue in seen["issues"]:
        assert issue["message"] in {
            "GEXF version 1.3",
            "Parallel edges detected, remember to choose a merge strategy",
        }


def check_nodes(projection: ListProjection, seen: dict[str, Any], *, titles: dict[str, str]) -> None:
    scene = build_scene(projection)
    assert set(seen["nodes"]) == {row.id for row in projection.node_rows}
    for row in projection.node_rows:
        got = seen["nodes"][row.id]
        assert got["label"] == clean_text(row.name)
        assert got["color"] == TYPE_COLORS[row.type]
        # Gephi centres and scales what it opens: ours is in the middle and of the right size already.
        assert (got["x"], got["y"], got["size"]) == pytest.approx(scene.get_place(row.id), abs=0.02)
        want = {titles.get(k, k): v for k, v in node_attributes(row).items() if k not in {"id", "name"} and v != ""}
        assert got["values"] == want


def check_edge(link: LinkRow, got: dict[str, Any]) -> None:
    assert (got["source"], got["target"]) == (link.head, link.tail)
    assert got["label"] == RELATION_CAPTIONS["zh"][link.relation]
    assert got["weight"] == link.weight
    assert got["color"] == RELATION_COLORS[link.relation]
    want = {k: v for k, v in link_attributes(link).items() if k not in {"id", "head", "tail", "weight"} and v != ""}
    assert got["values"] == want


def guarded(projection: ListProjection, seen: dict[str, Any]) -> dict[str, Any]:
    """What arrived, with the guard inside INF taken out again: it is there, and nothing became Infinity."""
    text = json.dumps(seen, ensure_ascii=False)
    assert "Infinity" not in text
    return json.loads(text.replace(guard_infinity("INF"), "INF"))


@pytest.mark.parametrize("name", MADE)
def test_gexf_arrives_whole(name: str, read: Read) -> None:
    projection = MADE[name]
    seen = guarded(projection, read(projection, "out.gexf"))
    check_report(seen)
    check_nodes(projection, seen, titles={"weight": "evidence"})
    assert set(seen["edges"]) == {row.id for row in projection.link_rows}
    for link in projection.link_rows:
        got = seen["edges"][link.id]
        check_edge(link, got)
        assert (got["kind"], got["directed"]) == (link.relation, link.directed)
        interval = get_interval(link.first, link.last)
        assert got["days"] == (list(interval) if interval else None)


@pytest.mark.parametrize("name", MADE)
def test_graphml_arrives_whole(name: str, read: Read) -> None:
    projection = MADE[name]
    seen = read(projection, "out.graphml")
    check_report(seen)
    check_nodes(projection, seen, titles={})
    links = {row.id: row for row in projection.link_rows}
    if keeps_parallel_edges(seen):
        assert set(seen["edges"]) == set(links)
        for key, got in seen["edges"].items():
            check_edge(links[key], got)
            assert got["kind"] == links[key].relation
    else:
        # Gephi 0.9 merges parallel edges of GraphML whatever is written: what is single arrives whole.
        pairs: dict[tuple[str, str], list[LinkRow]] = {}
        for row in links.values():
            pairs.setdefault((row.head, row.tail), []).append(row)
        assert {(got["source"], got["target"]) for got in seen["edges"].values()} == set(pairs)
        for rows in pairs.values():
            got = next(seen["edges"][row.id] for row in rows if row.id in seen["edges"])
            assert got["weight"] == sum(row.weight for row in rows)
            if len(rows) == 1:
                check_edge(rows[0], got)
    assert all(got["directed"] for got in seen["edges"].values())


def test_columns_are_typed(read: Read) -> None:
    for file in ("out.gexf", "out.graphml"):
        seen = read(small_projection(), file)
        types = seen["nodeColumns"] | seen["edgeColumns"]
        assert types["mentions"] == types["parts"] == "Long"
        assert types["confidence"] == "Double"
        assert types["directed"] == "Boolean"
        assert types["aliases"] == types["first"] == types["quote"] == "String"
        assert not {"label", "color", "size", "x", "y", "Label", "Weight", "kind"} & set(types)


def test_mixed_graphml_keeps_directions(read: Read) -> None:
    projection = small_projection()
    projection.link_rows = [row for row in projection.link_rows if row.relation != "exchanges_with"]
    seen = read(projection, "out.graphml", mixed=True)
    check_report(seen)
    directed = {row.id: row.directed for row in projection.link_rows}
    assert {key: got["directed"] for key, got in seen["edges"].items()}.items() <= directed.items()
    assert {got["directed"] for got in seen["edges"].values()} == {True, False}


def test_simple_graphml_has_one_edge_a_pair(read: Read) -> None:
    seen = read(small_projection(), "out.graphml", simple=True)
    check_report(seen)
    assert seen["issues"] == []
    assert sorted((got["weight"], got["directed"]) for got in seen["edges"].values()) == [
        (1.0, False),
        (1.0, False),
        (7.0, False),
    ]


@pytest.mark.parametrize(
    ("start", "end", "dated"),
    [
        ("2021-05-01", "2021-05-10", {"signs_agreement_with"}),
        ("2021-05-11", "2021-05-11", {"signs_agreement_with", "party_to"}),
        ("2022-01-01", "2022-12-31", set()),
        ("2023-12-31", "2023-12-31", {"co_hosts"}),
    ],
)
def test_timeline_shows_what_is_of_its_time_and_what_has_no_date(
    start: str, end: str, dated: set[str], read: Read
) -> None:
    projection = small_projection()
    seen = read(projection, "out.gexf", start, end)
    relations = {row.id: row.relation for row in projection.link_rows}
    undated = {row.id for row in projection.link_rows if not row.first}
    assert len(undated) == 3
    assert set(seen["shown"]) == undated | {key for key, relation in relations.items() if relation in dated}


@pytest.mark.parametrize("file", ["out.gexf", "out.graphml"])
def test_empty_graph_opens(file: str, read: Read) -> None:
    seen = read(empty_projection(), file)
    check_report(seen)
    assert (seen["nodes"], seen["edges"]) == ({}, {})


def test_edge_table_is_imported_with_kinds_and_weights(read: Read) -> None:
    projection = small_projection()
    seen = read(projection, "out.csv", opened="out.links.csv")
    assert [issue for issue in seen["issues"] if issue["level"] in {"SEVERE", "CRITICAL"}] == []
    assert set(seen["edges"]) == {row.id for row in projection.link_rows}
    for link in projection.link_rows:
        got = seen["edges"][link.id]
        assert (got["source"], got["target"], got["weight"]) == (link.head, link.tail, link.weight)
        assert (got["kind"], got["directed"]) == (link.relation, link.directed)
        assert got["label"] == RELATION_CAPTIONS["zh"][link.relation]


def test_node_table_is_imported_with_labels(read: Read) -> None:
    projection = nasty_projection()
    seen = read(projection, "out.csv", opened="out.nodes.csv")
    assert {key: got["label"] for key, got in seen["nodes"].items()} == {
        row.id: disarm(clean_text(row.name)).strip() for row in projection.node_rows
    }
