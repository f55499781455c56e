"""Each thing in a store broken in turn: verify names it, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import graphs
import pytest
from bingdi.graph.model import Relation, link_id
from bingdi.graph.store import Store

AID = link_id(graphs.TIANJIN.id, Relation.AIDS, graphs.ELEVENTH.id)
JOINT = link_id(graphs.TWELFTH.id, Relation.CO_BUILDS, graphs.CHANGJI.id)


def key(digest):
    return int(digest, 16) - (1 << 63)


def read_problems(tmp_path, *statements):
    """What verify says after the file has been tampered with."""
    graphs.make_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    with Store.open(tmp_path / "small.db") as store:
        return [(problem.kind, problem.id, problem.problem) for problem in store.verify()]


def test_a_sound_store_has_no_problems(tmp_path):
    assert read_problems(tmp_path) == []


DOCUMENTS = {reading.document.name: reading.document for reading in graphs.make_readings()}
AIDED = DOCUMENTS["援建"]


def test_a_changed_text_breaks_its_id_and_what_stands_in_it(tmp_path):
    found = read_problems(
        tmp_path,
        f"UPDATE documents SET text = replace(text, '十一师捐', '十二师捐') WHERE id = {key(AIDED.id)}",
    )
    assert [(kind, digest) for kind, digest, _ in found] == [
        ("document", AIDED.id),
        ("mention", f"{AIDED.id}:30-33"),
    ]
    assert found[1][2] == "the text says '十二师', not '十一师'"


def test_a_text_cut_short_loses_the_evidence_behind_its_end(tmp_path):
    found = read_problems(tmp_path, f"UPDATE documents SET text = substr(text, 1, 12) WHERE id = {key(AIDED.id)}")
    kinds = [kind for kind, _, _ in found]
    assert kinds == ["document", "mention", "mention", "mention", "mention", "evidence", "evidence"]
    assert "lies outside the text of 12 characters" in found[1][2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("surface = '天河市'", "the text says '天津市', not '天河市'"),
        ("start = 1", "the text says '津市', not '天津市'"),
        ("end = 999", "lies outside the text"),
        ("start = -3", "lies outside the text"),
        ("start = 3, end = 3", "lies outside the text"),
        ("type = 'site'", f"is of type site, its entity {graphs.TIANJIN.id} of type locality"),
        ("score = 1.5", "has the score 1.5"),
    ],
)
def test_a_broken_mention(tmp_path, change, said):
    where = f"document = {key(AIDED.id)} AND start = 0 AND end = 3"
    found = read_problems(tmp_path, f"UPDATE mentions SET {change} WHERE {where}")
    assert [kind for kind, _, _ in found] == ["mention"]
    assert found[0][1].startswith(f"{AIDED.id}:")
    assert said in found[0][2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("head_start = head_start - 1", "its head [-1, 3) lies outside [0, 12)"),
        ("tail_end = 13", "its tail [5, 13) lies outside [0, 12)"),
        ("tail_end = tail_start", "its tail [5, 5) lies outside [0, 12)"),
        ("trigger_end = 40", "its trigger [3, 40) lies outside [0, 12)"),
        ("trigger_end = NULL", "its trigger [3, None) lies outside [0, 12)"),
        ("end = 14", "its link and place give the id"),
        ("id = id + 1", "its link and place give the id"),
        ("confidence = -0.1", "has the confidence -0.1"),
        ("date = '2023-8'", "has the date '2023-8'"),
        ("date_end = '2023-08-32'", "has the date '2023-08-32'"),
        ("status = 'hoped'", "has the unknown status 'hoped'"),
    ],
)
def test_a_broken_evidence(tmp_path, change, said):
    found = read_problems(tmp_path, f"UPDATE evidence SET {change} WHERE link = {key(AID)}")
    assert [kind for kind, _, _ in found] == ["evidence"]
    assert said in found[0][2]


def test_evidence_out_of_its_text(tmp_path):
    found = read_problems(tmp_path, f"UPDATE evidence SET start = -1 WHERE link = {key(AID)}")
    assert [kind for kind, _, _ in found] == ["evidence", "evidence"]
    assert "lies outside the text" in found[0][2]


def test_a_link_without_evidence(tmp_path):
    found = read_problems(tmp_path, f"DELETE FROM evidence WHERE link = {key(JOINT)}")
    assert found == [("link", JOINT, "has no evidence")]


def test_evidence_without_its_link(tmp_path):
    found = read_problems(tmp_path, f"DELETE FROM links WHERE id = {key(JOINT)}")
    assert [(kind, problem) for kind, _, problem in found] == [("evidence", "its link is not stored")] * 2


def test_a_link_under_a_wrong_id(tmp_path):
    wrong = key(JOINT) + 1
    found = read_problems(
        tmp_path,
        f"UPDATE links SET id = {wrong} WHERE id = {key(JOINT)}",
        f"UPDATE evidence SET link = {wrong} WHERE link = {key(JOINT)}",
    )
    assert [kind for kind, _, _ in found] == ["evidence", "evidence", "link"]
    assert found[2][2] == f"its ends and relation give the id {JOINT}"


def test_a_symmetric_link_the_wrong_way_round(tmp_path):
    found = read_problems(tmp_path, f"UPDATE links SET head = tail, tail = head WHERE id = {key(JOINT)}")
    assert found == [("link", JOINT, "co_builds is symmetric; its smaller end must be the head")]


def test_a_directed_link_the_wrong_way_round(tmp_path):
    found = read_problems(tmp_path, f"UPDATE links SET head = tail, tail = head WHERE id = {key(AID)}")
    assert [(kind, digest) for kind, digest, _ in found] == [("link", AID)]
    assert "its ends and relation give the id" in found[0][2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("relation = 'loves'", "has the unknown relation 'loves'"),
        ("tail = head", "to itself"),
        ("tail = 5", "its end 8000000000000005 is not stored"),
    ],
)
def test_a_broken_link(tmp_path, change, said):
    found = read_problems(tmp_path, f"UPDATE links SET {change} WHERE id = {key(AID)}")
    assert {(kind, digest) for kind, digest, _ in found} == {("link", AID)}
    assert said in found[0][2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("name = '天河市'", "cannot be looked up by its name"),
        ("code = '130000'", "type, name and code give the id"),
        ("type = 'city'", "has the unknown type 'city'"),
    ],
)
def test_a_broken_entity(tmp_path, change, said):
    found = read_problems(tmp_path, f"UPDATE entities SET {change} WHERE id = {key(graphs.TIANJIN.id)}")
    entities = [(digest, problem) for kind, digest, problem in found if kind == "entity"]
    assert [digest for digest, _ in entities] == [graphs.TIANJIN.id]
    assert said in entities[0][1]
    assert {kind for kind, _, _ in found} <= {"entity", "mention"}


def test_mentions_that_are_gone(tmp_path):
    found = read_problems(tmp_path, f"DELETE FROM mentions WHERE entity = {key(graphs.CORPS.id)}")
    assert found == [("entity", graphs.CORPS.id, "has 0 mentions in 援建, 1 are noted")]


def test_an_entity_that_nothing_names(tmp_path):
    corps = key(graphs.CORPS.id)
    found = read_problems(
        tmp_path,
        f"DELETE FROM mentions WHERE entity = {corps}",
        f"UPDATE namings SET mentions = 0 WHERE saying IN (SELECT id FROM sayings WHERE entity = {corps})",
    )
    assert found == [("entity", graphs.CORPS.id, "新疆生产建设兵团: no text names it and no link has it as an end")]


def test_an_entity_that_is_gone(tmp_path):
    found = read_problems(tmp_path, f"DELETE FROM entities WHERE id = {key(graphs.CORPS.id)}")
    assert found == [
        ("mention", f"{AIDED.id}:38-40", f"its entity {graphs.CORPS.id} is not stored"),
        ("entity", graphs.CORPS.id, "has names, but is not stored"),
    ]


def test_a_document_that_is_gone(tmp_path):
    plan = DOCUMENTS["计划"]
    found = read_problems(tmp_path, f"DELETE FROM documents WHERE id = {key(plan.id)}")
    kinds = [kind for kind, _, _ in found]
    assert kinds == ["mention"] * 3 + ["evidence"] * 2
    assert {problem for _, _, problem in found} == {f"its document {plan.id} is not stored"}


def test_a_name_that_no_document_says(tmp_path):
    change = f"INSERT INTO names VALUES ({key(graphs.TIANJIN.id)}, '海河市', '海河市')"
    assert read_problems(tmp_path, change) == [("entity", graphs.TIANJIN.id, "its name 海河市 is said by no document")]


def test_a_name_whose_document_is_gone(tmp_path):
    saying = f"SELECT id FROM sayings WHERE entity = {key(graphs.TIANJIN.id)}"
    found = read_problems(tmp_path, f"DELETE FROM namings WHERE saying IN ({saying})")
    assert found == [("entity", graphs.TIANJIN.id, "its name 天津市 was said by a document that is gone")]


def test_problems_lead_to_the_document_to_build_again(tmp_path):
    with graphs.make_store(tmp_path) as store:
        store._access.run(f"UPDATE mentions SET surface = 'x' WHERE document = {key(AIDED.id)} AND start = 0")
        assert [problem.document for problem in store.verify()] == [AIDED.id]
