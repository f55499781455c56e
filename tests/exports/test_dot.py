"""DOT as Graphviz itself reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.dot import quote, write_dot
from made_projection import ListProjection, empty_projection, nasty_projection, small_projection

pytestmark = pytest.mark.skipif(shutil.which("neato") is None, reason="Graphviz is not installed")


def read(projection: ListProjection, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The graph as Graphviz understood it: its own JSON."""
    write_dot(projection, folder / "out.dot")
    run = subprocess.run(
        ["neato", "-n2", "-Tdot_json", str(folder / "out.dot")], check=True, capture_output=True, text=True
    )
    assert "syntax" not in run.stderr
    return json.loads(run.stdout, strict=False)


def test_graphviz_reads_every_node_and_link(tmp_path: Path) -> None:
    projection = small_projection()
    found = read(projection, tmp_path)
    nodes = {node["_gvid"]: node for node in found["objects"]}
    assert {node["name"]: node["xlabel"] for node in nodes.values()} == {r.id: r.name for r in projection.node_rows}
    edges = {
        edge["id"]: (
            nodes[edge["tail"]]["name"],
            nodes[edge["head"]]["name"],
            edge["class"],
            edge.get("dir"),
        )
        for edge in found["edges"]
    }
    assert edges == {
        row.id: (row.head, row.tail, row.relation, None if row.directed else "none") for row in projection.link_rows
    }


def test_graphviz_draws_nasty_names(tmp_path: Path) -> None:
    projection = nasty_projection()
    write_dot(projection, tmp_path / "out.dot")
    run = subprocess.run(
        ["neato", "-n2", "-Tsvg", str(tmp_path / "out.dot")], check=True, capture_output=True, text=True
    )
    assert "syntax" not in run.stderr
    assert run.stdout.count('class="node') == len(projection.node_rows)
    assert "<script" not in run.stdout
    for text in ("&lt;b&gt;&amp;amp; &amp; &lt; &gt;", "=cmd()", "$x${y}", "甲|乙", "🤝"):
        assert text in run.stdout, text


def test_empty_graph_is_a_graph(tmp_path: Path) -> None:
    assert read(empty_projection(), tmp_path).get("objects", []) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('a"b', '"a\\"b"'),
        ("a\\N", '"a\\\\N"'),
        ("甲\n乙", '"甲\\n乙"'),
        ("&lt;", '"&amp;lt;"'),
        ("长" * 3000, '"' + "长" * 1999 + '…"'),
    ],
)
def test_quoting(text: str, want: str) -> None:
    assert quote(text) == want
    assert clean_text(text) == text
