"""JSON lines, and the public scorer that reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.jsonl import iter_rows, write_jsonl
from made_projection import ListProjection, empty_projection, nasty_projection, small_projection

SCORER = Path(__file__).parents[3] / "shared" / "gold" / "score.py"


class Plain:
    """A projection that does not tell which entities a document names."""

    def __init__(self, made: ListProjection) -> None:
        self.nodes, self.links, self.evidence, self.documents = (
            made.nodes,
            made.links,
            made.evidence,
            made.documents,
        )


def test_rows_are_entities_then_links(tmp_path: Path) -> None:
    projection = small_projection()
    write_jsonl(projection, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["entity"] for row in rows[:5]] == [row.name for row in projection.nodes()]
    assert {row["doc"] for row in rows} == {"水利"}
    names = {row.id: row for row in projection.node_rows}
    for row, link in zip(rows[5:], projection.links(), strict=True):
        assert (row["head"], row["relation"], row["tail"]) == (
            names[link.head].name,
            link.relation,
            names[link.tail].name,
        )
        assert row["head_aliases"] == list(names[link.head].aliases)
        assert (row["head_type"], row["tail_type"]) == (names[link.head].type, names[link.tail].type)
        for item in row["evidence"]:
            assert projection.document_rows[0].text[item["start"] : item["end"]] == item["text"]
            assert item["head"][0] >= item["start"]


def test_without_mentions_the_ends_of_links_are_the_entities() -> None:
    rows = list(iter_rows(Plain(small_projection())))
    assert {row["entity"] for row in rows if "entity" in row} == {
        "第七师",
        "乌苏市",
        "水利共建协议",
        "丰收节",
    }


def test_link_of_two_documents_has_a_row_in_each() -> None:
    projection = small_projection()
    first = projection.document_rows[0]
    second = type(first)(id="0" * 16, name="另一篇", text=first.text)
    evidence = projection.evidence_rows[0]
    more = {name: getattr(evidence, name) for name in evidence.__dataclass_fields__} | {
        "document": second.id,
        "id": "zz",
    }
    projection.document_rows.append(second)
    projection.evidence_rows.append(type(evidence)(**more))
    rows = [row for row in iter_rows(projection) if row.get("link") == evidence.link]
    assert {row["doc"]: len(row["evidence"]) for row in rows} == {"水利": 1, "另一篇": 1}


def test_nasty_texts_come_back(tmp_path: Path) -> None:
    projection = nasty_projection()
    write_jsonl(projection, tmp_path / "out.jsonl")
    # Not splitlines(): a JSON text may hold U+2028, which is no end of a line there.
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").split("\n") if line]
    assert {row["entity"] for row in rows if "entity" in row} == {clean_text(r.name) for r in projection.node_rows}
    assert {item["text"] for row in rows for item in row.get("evidence", ())} == {
        clean_text(row.quote) for row in projection.evidence_rows
    }


def test_empty_graph_gives_an_empty_file(tmp_path: Path) -> None:
    write_jsonl(empty_projection(), tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == b""


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer stands in the folder beside the checkout")
def test_scorer_reads_it(tmp_path: Path) -> None:
    projection = small_projection()
    write_jsonl(projection, tmp_path / "out.jsonl")
    names = {row.id: row.name for row in projection.node_rows}
    gold = {
        "doc": "水利",
        "entities": [{"name": row.name, "type": row.type, "aliases": row.aliases} for row in projection.node_rows],
        "links": [{"a": names[r.head], "relation": r.relation, "b": names[r.tail]} for r in projection.link_rows],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "水利.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    (tmp_path / "水利.txt").write_text(projection.document_rows[0].text, "utf-8")
    command = [
        sys.executable,
        SCORER,
        tmp_path / "gold",
        tmp_path / "out.jsonl",
        "--texts",
        tmp_path,
        "--json",
    ]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for part in ("entities", "links", "pairs", "structure"):
        assert figures[part]["f1"] == 1.0, part
    assert figures["evidence"] == {"rows": 6, "verbatim": 1.0}
