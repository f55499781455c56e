"""GraphML and GEXF as graphology reads them: the parsers of Gephi Lite.

Needs node, and graphology, graphology-graphml, graphology-gexf and @xmldom/xmldom in the folder that
``BINGDI_NODE_MODULES`` names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bingdi.exports import write_export
from bingdi.exports.attributes import clean_text, link_attributes, node_attributes
from bingdi.exports.gexf import guard_infinity
from bingdi.exports.palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS, parse_color
from bingdi.exports.scene import build_scene
from made_projection import (
    ListProjection,
    empty_projection,
    nasty_projection,
    random_projection,
    small_projection,
)

MODULES = os.environ.get("BINGDI_NODE_MODULES", "")
SCRIPT = Path(__file__).parent / "graphology" / "read_back.cjs"

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not Path(MODULES, "graphology-gexf").is_dir(),
    reason="no node, or BINGDI_NODE_MODULES names no folder with graphology-graphml and graphology-gexf",
)
MADE = {
    "small": small_projection(),
    "nasty": nasty_projection(),
    "random": random_projection(12, nodes=80, links=200),
    "empty": empty_projection(),
}


def read(projection: ListProjection, path: Path, **options: Any) -> dict[str, Any]:
    write_export(projection, path, **options)
    run = subprocess.run(["node", str(SCRIPT), MODULES, str(path)], check=True, capture_output=True)
    return json.loads(run.stdout)


def same_color(found: str, color: str) -> bool:
    return found in {color, f"rgb({','.join(map(str, parse_color(color)))})"}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(("suffix", "mixed"), [("graphml", False), ("graphml", True), ("gexf", True), ("gexf", False)])
def test_everything_arrives(name: str, suffix: str, mixed: bool, tmp_path: Path) -> None:
    projection = MADE[name]
    seen = read(projection, tmp_path / f"out.{suffix}", mixed=mixed)
    text = json.dumps(seen, ensure_ascii=False)
    seen = json.loads(text.replace(guard_infinity("INF"), "INF"))
    titles = {"weight": "evidence"} if suffix == "gexf" else {}
    scene = build_scene(projection)
    assert set(seen["nodes"]) == {row.id for row in projection.node_rows}
    for row in projection.node_rows:
        got = seen["nodes"][row.id]
        assert got["label"] == clean_text(row.name)
        assert same_color(got["color"], TYPE_COLORS[row.type])
        assert (got["x"], got["y"], got["size"]) == scene.get_place(row.id)
        want = {titles.get(k, k): v for k, v in node_attributes(row).items() if k not in {"id", "name"} and v != ""}
        assert {key: got.get(key) for key in want} == want
    assert set(seen["edges"]) == {row.id for row in projection.link_rows}
    for link in projection.link_rows:
        got, found = seen["edges"][link.id], seen["edges"][link.id]["attributes"]
        assert (got["source"], got["target"]) == (link.head, link.tail)
        assert got["undirected"] == (mixed and not link.directed)
        assert found["label"] == RELATION_CAPTIONS["zh"][link.relation]
        assert found["weight"] == link.weight
        assert same_color(found["color"], RELATION_COLORS[link.relation])
        want = {k: v for k, v in link_attributes(link).items() if k not in {"id", "head", "tail"} and v != ""}
        assert {key: found.get(key) for key in want} == want


def test_simple_form_is_simple(tmp_path: Path) -> None:
    seen = read(small_projection(), tmp_path / "out.graphml", simple=True)
    assert (seen["type"], seen["multi"]) == ("undirected", False)
    assert sorted(edge["attributes"]["weight"] for edge in seen["edges"].values()) == [1, 1, 7]
