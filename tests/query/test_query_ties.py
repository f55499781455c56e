"""Neighbours, links and paths of small stores, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx
import pytest
from bingdi.graph.errors import NameNotFoundError
from bingdi.graph.model import COOPERATION, EntityType, Relation, Selection, Status
from bingdi.graph.network import build_network
from bingdi.graph.query import find_links, find_neighbours, find_paths
from bingdi.graph.store import Store
from graphs import (
    BUREAU,
    CHANGJI,
    CHANGJI_ZHOU,
    DISTRICT,
    ELEVENTH,
    FESTIVAL,
    HOSPITAL,
    OFFICE,
    PARK,
    PLAN,
    REGIMENT,
    TIANJIN,
    TWELFTH,
    make_entity,
    make_store,
    write_random_store,
)

STRANGER = make_entity("locality", "无人市")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_store(tmp_path_factory.mktemp("ties")) as opened:
        yield opened


def see(store: Store, entity: str, **options: object) -> list[tuple[str, str, str, int]]:
    found = find_neighbours(store, entity, **options)  # type: ignore[arg-type]
    return [(each.direction, str(each.relation), each.name, each.weight) for each in found]


def test_neighbours_stand_in_order_of_what_people_ask_for(store: Store) -> None:
    assert see(store, TWELFTH.id) == [
        ("both", "co_builds", "昌吉市", 2),
        ("both", "co_builds", "头屯河区", 1),
        ("both", "adjoins", "昌吉回族自治州", 1),
        ("in", "part_of", "一〇四团", 1),
        ("out", "party_to", "两河湿地公园", 1),
    ]


def test_direction_is_seen_from_the_entity_that_is_asked(store: Store) -> None:
    assert see(store, ELEVENTH.id) == [("in", "aids", "天津市", 1), ("in", "aids", "天津市河畔眼科医院", 1)]
    assert see(store, TIANJIN.id) == [
        ("out", "aids", "第十一师", 1),
        ("in", "located_in", "天津市河畔眼科医院", 1),
    ]


def test_a_neighbour_carries_the_figures_and_the_best_sentence_of_its_link(store: Store) -> None:
    found = find_neighbours(store, HOSPITAL.id)[0]
    assert (found.id, found.type, found.step, found.via_id, found.via) == (
        ELEVENTH.id,
        EntityType.DIVISION,
        1,
        HOSPITAL.id,
        HOSPITAL.name,
    )
    assert (found.first, found.last, found.status, found.fields) == (
        "2023-05",
        "2023-05",
        "done",
        ("产业", "医疗"),
    )
    assert (found.documents, found.parts, found.confidence) == (1, 1, 0.8)
    assert found.quote == "2023年5月，天津市河畔眼科医院向十一师捐赠设备。"


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"relations": frozenset({Relation.CO_BUILDS})}, ["昌吉市", "头屯河区"]),
        ({"relations": COOPERATION}, ["昌吉市", "头屯河区"]),
        ({"types": frozenset({EntityType.SITE})}, ["两河湿地公园"]),
        ({"types": frozenset({EntityType.LOCALITY})}, ["昌吉市", "头屯河区", "昌吉回族自治州"]),
        ({"fields": frozenset({"教育"})}, ["昌吉市"]),
        ({"statuses": frozenset({Status.DONE})}, ["头屯河区"]),
        ({"publishers": frozenset({"垦区报"})}, ["昌吉市", "一〇四团"]),
        ({"start": "2023", "undated": False}, ["昌吉市"]),
        ({"end": "2022-12", "undated": False}, ["头屯河区"]),
        ({"start": "2022", "end": "2022", "undated": False}, ["头屯河区"]),
        ({"least_evidence": 2}, ["昌吉市"]),
        ({"least_evidence": 3}, []),
        ({"min_confidence": 0.8}, ["昌吉市", "昌吉回族自治州", "一〇四团", "两河湿地公园"]),
        ({"relations": frozenset({Relation.AIDS})}, []),
        ({"types": frozenset({EntityType.CORPS})}, []),
    ],
)
def test_filters(store: Store, options: dict[str, object], names: list[str]) -> None:
    found = find_neighbours(store, TWELFTH.id, selection=Selection(**options))  # type: ignore[arg-type]
    assert [each.name for each in found] == names


def test_a_filter_counts_only_the_evidence_that_passes(store: Store) -> None:
    planned = Selection(statuses=frozenset({Status.PLANNED}))
    assert see(store, TWELFTH.id, selection=planned) == [("both", "co_builds", "昌吉市", 1)]


def test_depth_two_tells_over_whom(store: Store) -> None:
    found = find_neighbours(store, TWELFTH.id, depth=2)
    assert [each.step for each in found] == [1, 1, 1, 1, 1, 2]
    last = found[-1]
    assert (last.name, last.via, last.via_id, last.direction) == (OFFICE.name, "一〇四团", REGIMENT.id, "in")
    far = find_neighbours(store, TWELFTH.id, depth=3)
    assert {each.name for each in far if each.step == 3} == {BUREAU.name, PLAN.name}


def test_types_are_those_of_the_neighbours_not_of_the_way_to_them(store: Store) -> None:
    offices = Selection(types=frozenset({EntityType.INSTITUTION}))
    assert [each.name for each in find_neighbours(store, TWELFTH.id, selection=offices, depth=2)] == [OFFICE.name]


def test_an_entity_without_links_has_no_neighbours(store: Store) -> None:
    assert find_neighbours(store, FESTIVAL.id) == ()
    with pytest.raises(NameNotFoundError):
        find_neighbours(store, STRANGER.id)


def test_units_take_the_links_of_what_belongs_to_them(store: Store) -> None:
    found = see(store, TWELFTH.id, selection=Selection(level="unit", relations=COOPERATION))
    assert set(found) == {
        ("both", "co_builds", "昌吉市", 2),
        ("both", "co_builds", "头屯河区", 1),
        ("both", "co_hosts", "头屯河区", 1),
        ("both", "signs_agreement_with", "头屯河区", 1),
    }
    from_below = see(store, OFFICE.id, selection=Selection(level="unit", relations=COOPERATION))
    assert from_below == found


def test_links_give_every_statement_with_its_spans(store: Store) -> None:
    dated, undated = find_links(store, (TWELFTH.id, CHANGJI.id))
    assert (dated.date, dated.status, dated.publisher, undated.date) == ("2026", "planned", "垦区报", "")
    for each in (dated, undated):
        ends = {each.head: each.head_span, each.tail: each.tail_span}
        assert {name: each.quote[slice(*span)] for name, span in ends.items()} == {
            "第十二师": "第十二师",
            "昌吉市": "昌吉市",
        }
        assert each.trigger_span is not None
        assert each.quote[slice(*each.trigger_span)] == "共建"
        text = store.get_document(each.document).text
        assert text[each.start : each.end] == each.quote
        assert each.link == each.part
        assert not each.directed


def test_links_are_the_same_from_either_side(store: Store) -> None:
    for one, other in ((TWELFTH, CHANGJI), (HOSPITAL, ELEVENTH), (OFFICE, BUREAU)):
        assert find_links(store, (one.id, other.id)) == find_links(store, (other.id, one.id)) != ()


def test_links_of_strangers_and_filtered_links_are_empty(store: Store) -> None:
    assert find_links(store, (TWELFTH.id, TIANJIN.id)) == ()
    done = Selection(statuses=frozenset({Status.DONE}))
    assert find_links(store, (TWELFTH.id, CHANGJI.id), selection=done) == ()


def test_links_of_units_name_the_parts(store: Store) -> None:
    found = find_links(store, (TWELFTH.id, DISTRICT.id), selection=Selection(level="unit"))
    parts = {(str(each.relation), *sorted((each.head_name, each.tail_name))) for each in found}
    assert parts == {
        ("co_builds", "头屯河区", "第十二师"),
        ("co_hosts", OFFICE.name, BUREAU.name),
        ("signs_agreement_with", OFFICE.name, BUREAU.name),
    }
    for each in found:
        assert {each.head, each.tail} == {"第十二师", "头屯河区"}
        # The spans follow the ends of the part, whichever side its unit is on.
        assert each.quote[slice(*each.head_span)] in (
            each.head_name,
            "双方",
            "一○四团党委统战部",
            "开发区民宗局",
        )
    signed = next(each for each in found if each.relation is Relation.SIGNS_AGREEMENT_WITH)
    ends = {signed.head_name: signed.head_span, signed.tail_name: signed.tail_span}
    assert signed.quote[slice(*ends[OFFICE.name])] == "一○四团党委统战部"
    assert signed.quote[slice(*ends[BUREAU.name])] == "开发区民宗局"


def names_of(store: Store, one: str, other: str, **options: object) -> list[list[str]]:
    found = find_paths(store, (one, other), **options)  # type: ignore[arg-type]
    for way in found.paths:
        assert all(left.to_id == right.from_id for left, right in pairwise(way))
        for step in way:
            assert step.statements
            assert all({each.head_id, each.tail_id} == {step.from_id, step.to_id} for each in step.statements)
    return [[way[0].from_name, *(step.to_name for step in way)] for way in found.paths]


def test_paths(store: Store) -> None:
    assert names_of(store, TIANJIN.id, ELEVENTH.id) == [["天津市", "第十一师"]]
    assert names_of(store, CHANGJI.id, BUREAU.id) == [["昌吉市", "第十二师", "一〇四团", OFFICE.name, BUREAU.name]]
    assert names_of(store, BUREAU.id, CHANGJI.id) == [[BUREAU.name, OFFICE.name, "一〇四团", "第十二师", "昌吉市"]]
    assert names_of(store, CHANGJI.id, BUREAU.id, steps=3) == []
    assert names_of(store, CHANGJI.id, BUREAU.id, selection=Selection(relations=COOPERATION)) == []
    assert names_of(store, CHANGJI.id, TIANJIN.id) == []
    assert names_of(store, CHANGJI.id, CHANGJI.id) == []


def test_path_types_are_those_between_the_ends(store: Store) -> None:
    divisions = Selection(types=frozenset({EntityType.DIVISION}))
    assert names_of(store, CHANGJI.id, PARK.id, selection=divisions) == [["昌吉市", "第十二师", "两河湿地公园"]]
    assert names_of(store, REGIMENT.id, BUREAU.id, selection=divisions) == []


def test_paths_of_units(store: Store) -> None:
    assert names_of(store, CHANGJI.id, BUREAU.id, selection=Selection(level="unit")) == [
        ["昌吉市", "第十二师", "头屯河区"]
    ]
    assert names_of(store, CHANGJI_ZHOU.id, OFFICE.id, selection=Selection(level="unit")) == [
        ["昌吉回族自治州", "第十二师"]
    ]


def test_paths_agree_with_networkx_on_a_random_graph(tmp_path: Path) -> None:
    path = tmp_path / "random.db"
    write_random_store(path, entities=60, links=90, seed=3)
    with Store.open(path) as store:
        network = networkx.Graph(build_network(store))
        keys = sorted(network)
        pairs = [(keys[at], keys[-1 - at * 2]) for at in range(15)]
        seen = 0
        for one, other in pairs:
            found = find_paths(store, (one, other), steps=9, limit=1000)
            ways = {(way[0].from_id, *(step.to_id for step in way)) for way in found.paths}
            if one == other or not networkx.has_path(network, one, other):
                assert ways == set()
                continue
            assert ways == {tuple(way) for way in networkx.all_shortest_paths(network, one, other)}
            assert not found.more
            seen += len(ways)
            few = find_paths(store, (one, other), steps=9, limit=1)
            assert few.paths == found.paths[:1]
            assert few.more is (len(ways) > 1)
        assert seen > 20
