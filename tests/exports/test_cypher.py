"""Cypher text: every literal says what it should, and nothing leaves its quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.cypher import render_cypher, write_cypher
from bingdi.graph.model import Relation
from hypothesis import given
from hypothesis import strategies as st
from made_projection import NASTY, ListProjection, empty_projection, nasty_projection, small_projection

# Strings of Cypher: quotes, and a backslash with the character it escapes.
_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "'": "'", "\\": "\\"}


def read_string(literal: str) -> str:
    """What Neo4j reads: ``\\uXXXX`` first, wherever it stands, then strings and what joins them."""
    literal = re.sub(r"\\u+([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), literal)
    parts = re.fullmatch(rf"{_STRING.pattern}(?: \+ {_STRING.pattern})*", literal, re.DOTALL)
    assert parts is not None, literal
    return "".join(
        re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], part, flags=re.DOTALL) for part in _STRING.findall(literal)
    )


def statements(projection: ListProjection, folder: Path) -> list[str]:
    write_cypher(projection, folder / "out.cypher")
    text = (folder / "out.cypher").read_text("utf-8")
    bare = _STRING.sub(lambda found: "'" + "." * len(found[1]) + "'", text)
    ends = [found.end() for found in re.finditer(";\n", bare)]
    assert ends[-1] == len(text)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    "text", ["\\u0027", "\\\\u0027", "\\uuu0027 x", "'; MATCH (n) DETACH DELETE n; //", "\\", "\\'"]
)
def test_text_stays_in_its_quotes(text: str) -> None:
    assert read_string(render_cypher(text)) == text


@given(st.text(alphabet=st.sampled_from("\\u'0027\n\t甲 +\"")))
def test_any_text_is_read_back(text: str) -> None:
    assert read_string(render_cypher(text)) == text


def test_values() -> None:
    assert render_cypher(None) == "null"
    assert render_cypher(True) == "true"
    assert render_cypher(False) == "false"
    assert render_cypher(12) == "12"
    assert render_cypher(0.5) == "0.5"
    assert render_cypher(["甲", "乙'"]) == "['甲', '乙\\'']"


@pytest.mark.parametrize("key", NASTY)
def test_nasty_names_are_there(key: str, tmp_path: Path) -> None:
    written = statements(nasty_projection(), tmp_path)
    want = f", name: {render_cypher(clean_text(NASTY[key]))},"
    assert sum(statement.count(want) for statement in written if "MERGE (n:Entity" in statement) == sum(
        clean_text(text) == clean_text(NASTY[key]) for text in NASTY.values()
    )


def test_every_statement_merges(tmp_path: Path) -> None:
    """CREATE would double the graph on a second run."""
    for statement in statements(small_projection(), tmp_path):
        if statement.startswith("CREATE"):
            assert re.fullmatch(r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR .* IS UNIQUE;\n", statement)
        else:
            assert statement.startswith(("UNWIND [\n", "MATCH (n:Entity) WHERE n.id IN ["))
            assert ("MERGE " in statement) or (" SET n:" in statement)


def test_links_stand_under_their_relation(tmp_path: Path) -> None:
    projection = small_projection()
    written = statements(projection, tmp_path)
    for relation in Relation:
        ids = {row.id for row in projection.link_rows if row.relation is relation}
        merges = [statement for statement in written if f"[r:{relation.upper()} " in statement]
        assert len(merges) == (1 if ids else 0)
        assert {key for statement in merges for key in re.findall(r"values: \{id: '(\w+)'", statement)} == ids


def test_evidence_has_its_document_and_both_ends(tmp_path: Path) -> None:
    projection = small_projection()
    (statement,) = [found for found in statements(projection, tmp_path) if "MERGE (e:Evidence" in found]
    assert statement.count("head: '") == statement.count("tail: '") == len(projection.evidence_rows)
    assert "fields: ['干部', '教育']" in statement


def test_empty_graph_gives_the_constraints_only(tmp_path: Path) -> None:
    assert len(statements(empty_projection(), tmp_path)) == 3
