"""Which unit each entity belongs to and why, and the graph of units."""

from __future__ import annotations

import graphs
import pytest
from bingdi.graph.model import EntityType, Relation, Selection, Status, link_id
from bingdi.graph.network import project
from bingdi.graph.network.places import stands_alone
from bingdi.graph.network.rollup import Rollup, find_units
from bingdi.graph.store import Store
from graphs import (
    BUREAU,
    CHANGJI,
    DISTRICT,
    ELEVENTH,
    HOSPITAL,
    OFFICE,
    PARK,
    PLAN,
    REGIMENT,
    TIANJIN,
    TWELFTH,
)


def units_of(store):
    """Name of each entity → name of its unit and the reason."""
    return {node.name: (node.unit_name, node.unit_reason) for node in project(store).nodes()}


def find_unit(entity, *ties, known=()):
    """Name of the unit and the reason for one entity, with structure ties ``(head, relation, tail)``."""
    ends = {end.id: end for head, _, tail in ties for end in (head, tail)}
    entities = {entity.id: entity, **ends, **{each.id: each for each in known}}
    rows = [(head.id, Relation(relation), tail.id, 1) for head, relation, tail in ties]
    rollup = Rollup(entities.values(), rows)
    unit, reason = rollup.find_unit(entity)
    return (rollup.units[unit].name if unit else "", reason)


def test_units_of_the_small_graph(tmp_path):
    with graphs.make_store(tmp_path) as store:
        assert units_of(store) == {
            "新疆生产建设兵团": ("新疆生产建设兵团", "self"),
            "天津市": ("天津市", "self"),
            "昌吉回族自治州": ("昌吉回族自治州", "self"),
            "昌吉市": ("昌吉市", "self"),
            "头屯河区": ("头屯河区", "self"),
            "第十一师": ("第十一师", "self"),
            "第十二师": ("第十二师", "self"),
            "一〇四团": ("第十二师", "structure"),
            "一〇四团党委统战部": ("第十二师", "structure"),
            "头屯河区民宗局": ("头屯河区", "name"),
            "天津市河畔眼科医院": ("天津市", "structure"),
            "《民族团结共建协议》": ("", ""),
            "两河湿地公园": ("", ""),
            "首届西瓜节": ("", ""),
        }


make = graphs.make_entity
TOWN = make("locality", "佃坝镇", code="")
COUNTY = make("locality", "且末县", code="652825")
SECOND = make("division", "第二师", code="XPCC-02")
ROOM = make("institution", "某办公室")
WARD = make("institution", "某病区")


@pytest.mark.parametrize(
    ("entity", "ties", "unit"),
    [
        (ROOM, [(ROOM, "part_of", TWELFTH)], ("第十二师", "structure")),
        (ROOM, [(ROOM, "located_in", COUNTY)], ("且末县", "structure")),
        (ROOM, [(ROOM, "part_of", TWELFTH), (ROOM, "located_in", COUNTY)], ("第十二师", "structure")),
        (ROOM, [(ROOM, "part_of", REGIMENT), (ROOM, "located_in", COUNTY)], ("第十二师", "structure")),
        (WARD, [(WARD, "part_of", ROOM), (ROOM, "part_of", REGIMENT)], ("第十二师", "structure")),
        (WARD, [(WARD, "part_of", ROOM), (ROOM, "located_in", COUNTY)], ("且末县", "structure")),
        (WARD, [(WARD, "part_of", HOSPITAL)], ("天津市", "structure")),
        (WARD, [(WARD, "part_of", ROOM), (ROOM, "part_of", WARD)], ("", "")),
        (WARD, [(WARD, "part_of", WARD)], ("", "")),
        (WARD, [(WARD, "party_to", TWELFTH)], ("", "")),
        (WARD, [(WARD, "aids", TWELFTH)], ("", "")),
        (TOWN, [(TOWN, "part_of", COUNTY)], ("且末县", "structure")),
        (PARK, [(PARK, "located_in", DISTRICT)], ("头屯河区", "structure")),
        (PLAN, [(PLAN, "part_of", TWELFTH)], ("第十二师", "structure")),
        (REGIMENT, [(REGIMENT, "located_in", COUNTY)], ("第十二师", "gazetteer")),
        (REGIMENT, [(REGIMENT, "part_of", SECOND)], ("第二师", "structure")),
        (TWELFTH, [(TWELFTH, "part_of", graphs.CORPS)], ("第十二师", "self")),
        (CHANGJI, [(CHANGJI, "part_of", graphs.CHANGJI_ZHOU)], ("昌吉市", "self")),
    ],
)
def test_structure_leads_to_the_unit(entity, ties, unit):
    relations = {"party_to", "aids"}
    kept = [tie for tie in ties if tie[1] not in relations]
    assert find_unit(entity, *kept, known=[end for tie in ties for end in (tie[0], tie[2])]) == unit


def test_only_structure_is_asked_of_the_store(tmp_path):
    text = "第十二师援助某办公室。"
    reading = graphs.Reading(graphs.make_document(text), TWELFTH, ROOM)
    reading.link("第十二师", "aids", "某办公室", text).link("某办公室", "party_to", "第十二师", text)
    with graphs.make_store(tmp_path, readings=[reading]) as store:
        assert units_of(store)["某办公室"] == ("", "")


def test_a_chain_longer_than_any_house_is_not_followed():
    rooms = [make("institution", f"第{number}层屋") for number in range(12)]
    chain = [(lower, "part_of", upper) for lower, upper in zip(rooms, [*rooms[1:], TWELFTH], strict=True)]
    assert find_unit(rooms[0], *chain) == ("", "")
    assert find_unit(rooms[8], *chain) == ("第十二师", "structure")


@pytest.mark.parametrize(
    ("kind", "name", "code", "unit"),
    [
        ("regiment", "一〇四团", "XPCC-12-104", ("第十二师", "gazetteer")),
        ("regiment", "头屯河农场", "XPCC-12-TOUTUNHE", ("第十二师", "gazetteer")),
        ("locality", "金银川镇", "659002100", ("阿拉尔市", "gazetteer")),
        ("locality", "石河子市", "659001", ("石河子市", "self")),
        ("locality", "新疆维吾尔自治区", "650000", ("新疆维吾尔自治区", "self")),
        ("locality", "和田地区", "653200", ("和田地区", "self")),
        ("corps", "新疆生产建设兵团", "XPCC", ("新疆生产建设兵团", "self")),
        ("regiment", "无名团", "XPCC-99-1", ("", "")),
        ("locality", "无名镇", "", ("", "")),
    ],
)
def test_the_gazetteer_tells_where_the_texts_do_not(kind, name, code, unit):
    assert find_unit(make(kind, name, code=code)) == unit


@pytest.mark.parametrize(
    ("kind", "name", "unit"),
    [
        ("institution", "天津市河畔眼科医院", "天津市"),
        ("institution", "天津市和平区教育局", "和平区"),
        ("institution", "十二师党委统战部", "第十二师"),
        ("institution", "一○四团党委统战部", "第十二师"),
        ("institution", "新疆生产建设兵团第二师医院", "第二师"),
        ("institution", "兵团广播电视台", "新疆生产建设兵团"),
        ("institution", "昌吉州民政局", "昌吉回族自治州"),
        ("institution", "国网阿勒泰地区供电公司", "阿勒泰地区"),
        ("institution", "中国农业银行石河子市支行", "石河子市"),
        ("site", "且末县团结广场", "且末县"),
        ("regiment", "六师红旗农场", "第六师"),
        ("locality", "且末县无名村", "且末县"),
        ("institution", "和平区教育局", ""),
        ("institution", "第二十二师医院", ""),
        ("institution", "中国石油新疆油田公司", "新疆维吾尔自治区"),
        ("institution", "长治久安研究会", ""),
        ("institution", "合作交流办公室", ""),
        ("institution", "同心书院", ""),
        ("institution", "援疆工作组", ""),
        ("agreement", "天津市与第十一师合作协议", ""),
        ("initiative", "天津市消费帮扶行动", ""),
        ("site", "两河湿地公园", ""),
    ],
)
def test_a_name_tells_where_nothing_else_does(kind, name, unit):
    assert find_unit(make(kind, name)) == (unit, "name" if unit else "")


def test_a_name_of_the_graph_tells_too():
    unlisted = make("locality", "河畔县")
    assert find_unit(make("institution", "河畔县医院"), known=[unlisted]) == ("河畔县", "name")


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("某省", True), ("某市", True), ("某州", True), ("某县", True), ("某区", True), ("某自治县", True),
        ("某旗", True), ("某地区", True), ("某镇", False), ("某乡", False), ("某村", False),
        ("某街道", False), ("某社区", False), ("某开发区", False), ("某园区", False), ("某新区", False),
        ("某小区", False),
    ],
)  # fmt: skip
def test_what_stands_alone_without_a_code(name, alone):
    assert stands_alone("locality", name=name, level="") is alone


@pytest.mark.parametrize("level", ["town", "street", "farm"])
def test_a_level_of_the_gazetteer_goes_before_the_name(level):
    assert not stands_alone("locality", name="某市", level=level)
    assert stands_alone("locality", name="某处", level="county")


def test_links_of_offices_become_links_of_units(tmp_path):
    with graphs.make_store(tmp_path) as store, project(store, Selection(level="unit")) as projection:
        names = {node.id: node.name for node in projection.nodes()}
        links = {(names[row.head], str(row.relation), names[row.tail]): row for row in projection.links()}
        assert set(names.values()) == {
            "新疆生产建设兵团", "天津市", "昌吉回族自治州", "昌吉市", "头屯河区", "第十一师", "第十二师",
        }  # fmt: skip
        assert {(frozenset((head, tail)), relation) for head, relation, tail in links} == {
            (frozenset(("天津市", "第十一师")), "aids"),
            (frozenset(("头屯河区", "第十二师")), "signs_agreement_with"),
            (frozenset(("头屯河区", "第十二师")), "co_hosts"),
            (frozenset(("头屯河区", "第十二师")), "co_builds"),
            (frozenset(("昌吉市", "第十二师")), "co_builds"),
            (frozenset(("昌吉回族自治州", "第十二师")), "adjoins"),
        }
        aid = links["天津市", "aids", "第十一师"]
        assert aid.id == link_id(TIANJIN.id, Relation.AIDS, ELEVENTH.id)
        assert (aid.weight, aid.parts, aid.documents, aid.status) == (2, 2, 1, "done")
        assert projection.left_out == 3
        for row in projection.links():
            assert row.id == link_id(row.head, row.relation, row.tail)
            assert row.directed or row.head < row.tail


def test_parts_stand_inside_their_links(tmp_path):
    with graphs.make_store(tmp_path) as store, project(store, Selection(level="unit")) as projection:
        rows = [row for row in projection.evidence() if row.relation is Relation.SIGNS_AGREEMENT_WITH]
        (row,) = rows
        assert row.link == link_id(TWELFTH.id, Relation.SIGNS_AGREEMENT_WITH, DISTRICT.id)
        assert row.part == link_id(OFFICE.id, Relation.SIGNS_AGREEMENT_WITH, BUREAU.id)
        link = next(link for link in projection.links() if link.id == row.link)
        side = {TWELFTH.id: (OFFICE.name, "一○四团党委统战部"), DISTRICT.id: (BUREAU.name, "开发区民宗局")}
        text = store.get_document(row.document).text
        assert (row.head_name, text[slice(*row.head)]) == side[link.head]
        assert (row.tail_name, text[slice(*row.tail)]) == side[link.tail]
        assert len(list(projection.evidence())) == sum(link.weight for link in projection.links())


def test_units_count_what_belongs_to_them(tmp_path):
    with graphs.make_store(tmp_path) as store:
        with project(store) as projection:
            own = {node.id: node for node in projection.nodes()}
        with project(store, Selection(level="unit")) as projection:
            units = {node.id: node for node in projection.nodes()}
        assert all(node.unit == key and node.unit_reason == "self" for key, node in units.items())
        twelfth = units[TWELFTH.id]
        assert twelfth.mentions == own[TWELFTH.id].mentions + own[REGIMENT.id].mentions + own[OFFICE.id].mentions
        assert (twelfth.documents, twelfth.aliases, twelfth.code) == (3, ("十二师",), "XPCC-12")


@pytest.mark.parametrize(
    ("selection", "relations"),
    [
        ({"around": (OFFICE.id,)}, {"signs_agreement_with", "co_hosts", "co_builds", "adjoins"}),
        ({"around": (TWELFTH.id,), "statuses": frozenset({Status.PLANNED})}, {"co_hosts", "co_builds"}),
        ({"around": (TIANJIN.id,), "depth": 4}, {"aids"}),
        ({"least_evidence": 2}, {"aids", "co_builds"}),
        ({"types": frozenset({EntityType.DIVISION})}, set()),
        ({"types": frozenset({EntityType.LOCALITY}), "around": (TWELFTH.id,)}, {
            "signs_agreement_with", "co_hosts", "co_builds", "adjoins"}),
        ({"fields": frozenset({"医疗"})}, {"aids"}),
    ],
)  # fmt: skip
def test_filters_at_level_unit(tmp_path, selection, relations):
    with (
        graphs.make_store(tmp_path) as store,
        project(store, Selection(level="unit", **selection)) as projection,
    ):
        assert {str(link.relation) for link in projection.links()} == relations


def test_a_unit_that_no_document_names_is_there_all_the_same(tmp_path):
    text = "一○四团党委统战部与开发区民宗局签订协议。"
    reading = graphs.Reading(graphs.make_document(text), OFFICE, BUREAU)
    reading.link(
        OFFICE.name,
        "signs_agreement_with",
        BUREAU.name,
        text,
        heads="一○四团党委统战部",
        tails="开发区民宗局",
    )
    with graphs.make_store(tmp_path, readings=[reading]) as store:
        with project(store, Selection(level="unit")) as projection:
            assert {node.name: node.code for node in projection.nodes()} == {
                "第十二师": "XPCC-12",
                "头屯河区": "650106",
            }
            assert [link.parts for link in projection.links()] == [1]
        assert [unit.id for unit in store.find_units("12师")] == [TWELFTH.id]
        assert store.find_units("第十一师") == ()
        with project(store, Selection(level="unit", around=(TWELFTH.id,))) as projection:
            assert projection.link_count == 1


def test_the_roll_up_is_kept_and_follows_every_change(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(
        "bingdi.graph.network.rollup.find_units", lambda store: calls.append(store) or find_units(store)
    )
    with graphs.make_store(tmp_path) as store:
        project(store).close()
        project(store).close()
        assert len(calls) == 1
    with Store.open(tmp_path / "small.db") as store:
        project(store).close()
        assert len(calls) == 1
        store.merge(BUREAU.id, HOSPITAL.id, reason="test")
        signed = link_id(TWELFTH.id, Relation.SIGNS_AGREEMENT_WITH, TIANJIN.id)
        with project(store, Selection(level="unit")) as projection:
            assert len(calls) == 2
            assert signed in {link.id for link in projection.links()}
        plan = next(document for document in store.iter_documents() if document.name == "计划")
        store.remove(plan.id)
        assert units_of(store)["一〇四团"] == ("第十二师", "gazetteer")
        assert len(calls) == 3


def test_a_reader_beside_a_writer_lays_its_own_roll_up(tmp_path):
    with graphs.make_store(tmp_path) as writer, Store.open(tmp_path / "small.db") as reader:
        with writer.batch():
            writer.add_skipped("x", reason="holds the lock")
            with project(reader, Selection(level="unit")) as projection:
                assert projection.link_count == 6
            assert reader._access.find_row("SELECT count(*) FROM main.units") == (0,)
        plan = next(document for document in reader.iter_documents() if document.name == "计划")
        writer.remove(plan.id)
        assert units_of(reader)["一〇四团"] == ("第十二师", "gazetteer")
        assert reader._access.find_row("SELECT count(*) > 0 FROM main.units") == (1,)
        assert reader._access.find_row("SELECT 1 FROM temp.sqlite_master WHERE name = 'units'") is None


CORPS = make("corps", "新疆生产建设兵团", code="XPCC")
CITY = make("locality", "天津市", code="120000")


@pytest.mark.parametrize(
    ("kind", "name", "unit"),
    [
        ("institution", "湖北省援兵团干部服务组", "湖北省"),
        ("institution", "第三批辽宁省援兵团第九师工作队", "辽宁省"),
        ("institution", "江苏省驻昭苏县帮扶工作组", "江苏省"),
        ("institution", "江苏援伊·扬州工作组", "扬州市"),
        ("institution", "前方指挥部", ""),
        ("institution", "新疆生产建设兵团香港事务办公室", "新疆生产建设兵团"),
        ("institution", "第二师四川商会", "第二师"),
        ("institution", "新疆军区生产建设第七师", "第七师"),
        ("institution", "自治州牧业局", ""),
        ("institution", "天津市河西区教育局", "河西区"),
        ("institution", "武汉市人民医院", "武汉市"),
        ("site", "广州路", ""),
        ("site", "山东巷", ""),
        ("site", "湖北援疆产业园", ""),
        ("site", "G218", ""),
        ("site", "和若高速公路", ""),
        ("site", "天津市文化广场", "天津市"),
        ("locality", "杭州路街道", ""),
    ],
)
def test_the_unit_that_a_name_gives_a_body_to(kind, name, unit):
    assert find_unit(make(kind, name))[0] == unit


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("湖北省援兵团干部服务组", CORPS, "湖北省"),
        ("某服务组", CORPS, "新疆生产建设兵团"),
        ("兵团香港事务办公室", make("locality", "香港特别行政区", code="810000"), "新疆生产建设兵团"),
    ],
)
def test_a_name_rules_structure_out_that_contradicts_it(name, place, found):
    body = make("institution", name)
    assert find_unit(body, (body, "part_of", place))[0] == found


def test_a_road_lies_in_no_single_place():
    road = make("site", "G312国道")
    assert find_unit(road, (road, "located_in", CITY)) == ("", "")
    park = make("site", "河畔公园")
    assert find_unit(park, (park, "located_in", CITY)) == ("天津市", "structure")
