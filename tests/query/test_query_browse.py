"""Search, figures, timeline and portrait of small stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bingdi.graph.model import COOPERATION, Relation, Selection
from bingdi.graph.query import count_periods, describe, search, stats, timeline
from bingdi.graph.query.searching import build_pattern
from bingdi.graph.reading.script import simplify
from bingdi.graph.store import Store
from graphs import (
    CHANGJI,
    CORPS,
    FESTIVAL,
    HOSPITAL,
    OFFICE,
    TIANJIN,
    TWELFTH,
    Reading,
    make_document,
    make_entity,
    make_store,
)
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_store(tmp_path_factory.mktemp("browse")) as opened:
        yield opened


def see(store: Store, text: str) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.name, hit.quote[slice(*hit.span)]) for hit in search(store, text)]


def test_search_finds_names_then_sentences(store: Store) -> None:
    assert see(store, "头屯河") == [
        ("entity", "头屯河区", "头屯河"),
        ("entity", "头屯河区民宗局", "头屯河"),
        ("text", "共建", "头屯河"),
    ]


def test_search_finds_aliases_and_titles(store: Store) -> None:
    assert see(store, "昌吉州") == [("entity", "昌吉回族自治州", "昌吉州"), ("text", "共建", "昌吉州")]
    assert see(store, "天津援建") == [("title", "援建", "天津援建")]


def test_each_sentence_is_given_once_and_whole(store: Store) -> None:
    found = [hit for hit in search(store, "师") if hit.kind == "text" and hit.name == "计划"]
    assert [hit.quote for hit in found] == ["一〇四团是第十二师的一个团。", "第十二师与昌吉市将共建学校。"]
    for hit in found:
        assert hit.document is not None
        assert hit.document.text[hit.start : hit.start + len(hit.quote)] == hit.quote


@pytest.mark.parametrize("text", ["绿洲不在", "第十二师与天津", ".", ".*", "[", "\\", "(?i)", "%"])
def test_search_finds_nothing_else(store: Store, text: str) -> None:
    assert see(store, text) == []


@pytest.mark.parametrize(
    ("text", "typed", "matched"),
    [
        ("第十二師與昌吉市簽訂協議。", "签订协议", "簽訂協議"),
        ("第十二師與昌吉市簽訂協議。", "簽訂協議", "簽訂協議"),
        ("第十二师与昌吉市签订协议。", "簽訂協議", "签订协议"),
        ("ＡＢＣ公司来了。", "abc公司", "ＡＢＣ公司"),
        ("（甲）来了。", "(甲)", "（甲）"),
    ],
)
def test_search_is_blind_to_script_and_case(tmp_path: Path, text: str, typed: str, matched: str) -> None:
    with make_store(tmp_path, readings=(Reading(make_document(text)),)) as one:
        (hit,) = search(one, typed)
    assert hit.quote[slice(*hit.span)] == matched


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=8), st.text(max_size=8))
def test_a_pattern_matches_its_own_text_at_its_own_length(text: str, around: str) -> None:
    for form in {text, simplify(text)}:
        match = build_pattern(text).search(around + form)
        assert match is not None
        assert len(match.group()) == len(text)


def test_stats_count_everything_once(store: Store) -> None:
    found = {(each.what, each.name): each.count for each in stats(store)}
    totals = store.count()
    assert found["documents", ""] == totals.documents == 4
    assert found["mentions", ""] == totals.mentions
    assert found["entities", ""] == totals.entities
    assert found["links", ""] == totals.links == 12
    assert found["evidence", ""] == totals.evidence == 13
    assert found["skipped", ""] == 0
    assert found["entities", "locality"] == 4
    assert found["evidence", "co_builds"] == 3
    assert ("links", "connects") not in found
    for what in ("entities", "links", "evidence"):
        parts = [count for (group, name), count in found.items() if group == what and name]
        assert sum(parts) == found[what, ""]


def test_pairs_are_of_cooperation_and_ranked(store: Store) -> None:
    pairs = [(each.name, each.count) for each in stats(store) if each.what == "pairs"]
    assert pairs[0] == ("", 5)
    assert pairs[1:3] == [(f"{OFFICE.name} — 头屯河区民宗局", 2), ("昌吉市 — 第十二师", 2)]
    assert [count for _, count in pairs[1:]] == [2, 2, 1, 1, 1]
    few = [each for each in stats(store, pairs=1) if each.what == "pairs"]
    assert [each.count for each in few] == [5, 2]


def test_stats_of_a_selection(store: Store) -> None:
    aids = stats(store, selection=Selection(relations=frozenset({Relation.AIDS})))
    found = {(each.what, each.name): each.count for each in aids}
    assert (found["links", ""], found["entities", ""], found["documents", ""]) == (2, 3, 4)


def test_stats_of_everything_and_of_a_selection_that_holds_everything_agree(store: Store, tmp_path: Path) -> None:
    everything = Selection(relations=frozenset(Relation), end="9999")
    lonely = {FESTIVAL.id, CORPS.id}  # a narrowed selection leaves out what has no link
    whole = {(each.what, each.name): each.count for each in stats(store)}
    part = {(each.what, each.name): each.count for each in stats(store, selection=everything)}
    assert {key for key in whole if whole[key] != part.get(key, 0)} == {
        ("entities", ""),
        ("entities", "initiative"),
        ("entities", "corps"),
    }
    assert whole["entities", ""] - part["entities", ""] == len(lonely)


def test_stats_of_an_empty_store(tmp_path: Path) -> None:
    with make_store(tmp_path, readings=()) as empty:
        assert {each.count for each in stats(empty)} == {0}


def test_timeline_goes_by_date_with_the_undated_last(store: Store) -> None:
    found = timeline(store)
    dates = [each.date for each in found]
    assert dates[:3] == ["2022", "2023-05", "2026"]
    assert set(dates[3:]) == {""}
    assert len(found) == 13


def test_timeline_of_one_entity(store: Store) -> None:
    assert [each.date for each in timeline(store, CHANGJI.id)] == ["2026", ""]
    assert timeline(store, FESTIVAL.id) == ()
    since = timeline(store, TWELFTH.id, selection=Selection(start="2023", undated=False))
    assert [(each.date, each.status) for each in since] == [("2026", "planned")]


def test_periods(store: Store) -> None:
    by_year = [
        (each.period, str(each.relation), each.links, each.evidence)
        for each in count_periods(timeline(store), by="year")
    ]
    assert by_year == [("2022", "co_builds", 1, 1), ("2023", "aids", 1, 1), ("2026", "co_builds", 1, 1)]
    by_month = [each.period for each in count_periods(timeline(store), by="month")]
    assert by_month == ["2023-05"]
    assert tuple(count_periods((), by="year")) == ()


def test_a_portrait_counts_links_by_relation_and_direction(store: Store) -> None:
    found = describe(store, TWELFTH.id)
    assert dict(found.links) == {
        (Relation.CO_BUILDS, "both"): 2,
        (Relation.ADJOINS, "both"): 1,
        (Relation.PART_OF, "in"): 1,
        (Relation.PARTY_TO, "out"): 1,
    }
    assert next(iter(found.links)) == (Relation.CO_BUILDS, "both")
    assert (found.node.name, found.node.weight, found.node.first, found.node.last) == (
        "第十二师",
        6,
        "2022",
        "2026",
    )
    assert describe(store, FESTIVAL.id).links == {}


def test_a_portrait_of_a_selection(store: Store) -> None:
    found = describe(store, HOSPITAL.id, selection=Selection(relations=COOPERATION))
    assert dict(found.links) == {(Relation.AIDS, "out"): 1}


def test_a_portrait_at_level_unit_is_that_of_the_unit(store: Store) -> None:
    assert describe(store, OFFICE.id, selection=Selection(level="unit")).node.name == "第十二师"


def test_nothing_is_found_of_an_entity_that_only_a_name_knows(tmp_path: Path) -> None:
    lonely = make_entity("locality", "无人市")
    with make_store(tmp_path, readings=(Reading(make_document("无人市。"), lonely),)) as store:
        assert describe(store, lonely.id).links == {}
        assert see(store, "无人") == [("entity", "无人市", "无人"), ("text", "样本", "无人")]
        assert TIANJIN.id != lonely.id
