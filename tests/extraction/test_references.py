"""References: names that only point at a body named elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from bingdi.graph.extraction.analysis import Analysis
from bingdi.graph.extraction.references import Reference, read_references
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.linking import extract, link_document
from bingdi.graph.model import Entity, EntityType, Link
from random_graphs import make_document
from scenes import stage, unit_of

BODY = EntityType.INSTITUTION


def read(text: str, *surfaces: str, kind: EntityType = BODY) -> tuple[Scene, dict[int, Reference]]:
    """The scene of a text with these names, all believed, and its references."""
    scene = stage(text, *((surface, kind) for surface in surfaces))
    return scene, read_references(scene, [unit.number for unit in scene.units])


@pytest.mark.parametrize(
    ("text", "body", "pointing"),
    [
        ("滨河医院接待了来客。该院随后捐出两台彩超。", "滨河医院", "该院"),
        ("青禾职业技术学院派出教师。这所学校还捐了书。", "青禾职业技术学院", "这所学校"),
        ("长丰建工集团中标。该集团将修三座桥。", "长丰建工集团", "该集团"),
        ("南山市援疆前方指挥部上月成立。指挥部设在县城。", "南山市援疆前方指挥部", "指挥部"),
        ("我校师生来到戈壁。\n云岭大学供稿", "云岭大学", "我校"),
        ("指挥部开会\n江口县援疆指挥部昨日开会。", "江口县援疆指挥部", "指挥部"),
        ("滨河农会参访团昨日到访。参访团看了果园。", "滨河农会参访团", "参访团"),
        ("滨河医院专家组来到团场。专家组坐诊三天。", "滨河医院专家组", "专家组"),
        ("滨河工业区青禾分区开园。这个分区去年才有。", "滨河工业区青禾分区", "这个分区"),
    ],
)
def test_a_pronoun_or_head_word_stands_for_the_body_that_it_means(text: str, body: str, pointing: str) -> None:
    scene, found = read(text, body, pointing)
    assert found == {unit_of(scene, pointing): Reference(unit=unit_of(scene, body))}


def test_the_last_body_that_ends_as_asked_is_meant() -> None:
    names = ("滨河医院", "青禾医院", "长丰小学", "该院")
    scene, found = read("滨河医院与青禾医院结对，长丰小学也来了。该院出了车。", *names)
    assert found[unit_of(scene, "该院")].unit == unit_of(scene, "青禾医院")


def test_a_university_is_meant_and_not_its_college() -> None:
    names = ("云岭大学", "云岭大学农学院", "该校")
    scene, found = read("云岭大学来访，云岭大学农学院作陪。该校捐书。", *names)
    assert found[unit_of(scene, "该校")].unit == unit_of(scene, "云岭大学")


def test_a_part_is_named_after_the_body_that_its_pronoun_means() -> None:
    scene, found = read("云岭大学来访。该校农学院派出专家。", "云岭大学", "该校农学院")
    assert found == {unit_of(scene, "该校农学院"): Reference(unit=unit_of(scene, "云岭大学"), rest="农学院")}


@pytest.mark.parametrize(
    ("text", "pointing"),
    [
        ("昨日下雪。该院照常开门。", "该院"),
        ("滨河医院与青禾医院结对，我院全力配合。", "我院"),
        ("各县文化馆都派了人。", "各县文化馆"),
        ("两校师生联欢。", "两校"),
        ("滨河县县域内学校都来了。", "滨河县县域内学校"),
        ("大家服务滨河发展大局。", "滨河发展大局"),
        ("先后派出八批工作队。", "八批工作队"),
        ("四家子公司投产，子公司设在园区。", "子公司"),
        ("四所职业学校来了人。", "四所职业学校"),
        ("一家种业公司看中了这里。", "一家种业公司"),
        ("江口县的卫健委发了通知。", "江口县的卫健委"),
    ],
)
def test_where_nobody_can_be_meant_there_is_no_entity(text: str, pointing: str) -> None:
    names = [name for name in ("滨河医院", "青禾医院") if name in text]
    scene, found = read(text, *names, pointing)
    assert found == {unit_of(scene, pointing): Reference()}


@pytest.mark.parametrize(
    ("sender", "kind", "delegation"),
    [
        ("温宿县", EntityType.LOCALITY, "温宿县党政代表团"),
        ("第三师", EntityType.DIVISION, "第三师考察团"),
        ("温宿县人民医院", BODY, "温宿县人民医院代表团"),
    ],
)
def test_a_delegation_stands_for_who_sends_it(sender: str, kind: EntityType, delegation: str) -> None:
    text = f"{sender}与一家企业结对。日前，{delegation}来访，看了果园。"
    scene = stage(text, (delegation, BODY), (sender, kind))
    found = read_references(scene, [unit.number for unit in scene.units])
    assert found[unit_of(scene, delegation)] == Reference(unit=unit_of(scene, sender))


def test_what_a_delegation_does_is_done_by_its_area() -> None:
    text = "镇江市党政代表团到第四师考察\n\n9月1日，镇江市党政代表团来到第四师座谈。代表团向第四师捐赠200万元。"
    found, links = extracted(text)
    assert "镇江市党政代表团" not in found
    between = [link for link in links if (link.head, link.tail) == (found["镇江市"].id, found["第四师"].id)]
    assert between
    for link in between:
        places = [(item.start, item.end) for item in link.evidence]
        assert len(places) == len(set(places))


def test_a_list_tells_whose_its_offices_are() -> None:
    names = ("滨江县教育局", "民政局", "公安局")
    scene, found = read("滨江县教育局、民政局、公安局与一家企业座谈。", *names)
    assert found == {unit_of(scene, name): Reference(owner=(0, 3)) for name in names[1:]}
    text = "呼图壁县教育局、民政局与一〇六团签订协议。"
    named = {entity.name for entity in extract(make_document(text, name="a")).entities}
    assert "呼图壁县民政局" in named
    assert "民政局" not in named


def test_an_office_without_its_area_is_nobody_or_the_only_one() -> None:
    scene, found = read("昨日，公安局来了人。", "公安局")
    assert found == {unit_of(scene, "公安局"): Reference()}
    scene, found = read("河谷乡公安局来了人，会后公安局办了讲座。", "河谷乡公安局", "公安局")
    assert found.get(unit_of(scene, "公安局"), Reference(unit=unit_of(scene, "河谷乡公安局"))).unit is not None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("五家渠市人民医院", BODY),
        ("两河口镇", EntityType.LOCALITY),
        ("九支镇", EntityType.LOCALITY),
        ("多浪幼儿园", BODY),
        ("两广九市报业联盟", BODY),
        ("两地商务座谈会", EntityType.INITIATIVE),
        ("关于两县的合作协议", EntityType.AGREEMENT),
        ("五家渠市第三中学", BODY),
        ("本溪医院", BODY),
    ],
)
def test_names_that_begin_like_a_reference_are_none(name: str, kind: EntityType) -> None:
    assert read(f"滨河医院的人到过{name}。", "滨河医院", name, kind=kind)[1] == {}


def extracted(text: str) -> tuple[dict[str, Entity], list[Link]]:
    """Entities of a text by name, and its links."""
    found = extract(make_document(text))
    return {entity.name: entity for entity in found.entities}, list(found.links)


def test_an_area_by_its_level_alone_is_the_one_that_holds_what_the_text_names() -> None:
    found, _ = extracted("自治区党委领导到喀什地区\n\n9月1日，自治区与喀什地区签订协议，自治区将为喀什地区提供资金。")
    assert "自治区" not in found
    assert found["新疆维吾尔自治区"].code == "650000"


def test_no_entity_is_looked_up_by_a_pronoun_or_one_character() -> None:
    text = (
        "第十二师与昌吉市签订协议\n\n9月1日，第十二师与昌吉市签订合作协议。该师将与昌吉市共建园区。"
        "新疆生产建设兵团第十二师与和田地区也有往来，和、师两地互访。該師與和田地區簽訂了協議。"
    )
    aliases = {alias for entity in extracted(text)[0].values() for alias in entity.aliases}
    assert not {alias for alias in aliases if len(alias) < 2 or alias.startswith(("该", "該"))}


def test_one_pair_of_mentions_is_one_evidence_and_what_is_so_by_name_has_no_date() -> None:
    text = (
        "第十二师与昌吉市签订协议\n\n2023年9月1日，第十二师与昌吉市签订合作协议。双方将共建园区。"
        "2023年10月，昌吉市人民医院到第十二师一○四团义诊。"
    )
    _, links = extracted(text)
    assert links
    for link in links:
        told = [(evidence.head, evidence.tail) for evidence in link.evidence]
        assert len(told) == len(set(told))
        assert link.relation not in ("part_of", "located_in") or not any(item.date for item in link.evidence)


def test_links_of_a_reference_are_those_of_the_body() -> None:
    text = (
        "浙江省人民医院专家到第一师医院坐诊\n\n9月1日，浙江省人民医院派出8名专家到第一师医院坐诊。"
        "该院还向第一师医院捐赠两台彩超。"
    )
    found = extract(make_document(text))
    names = {entity.id: entity.name for entity in found.entities}
    assert {"浙江省人民医院", "第一师医院"} <= set(names.values())
    assert "该院" not in names.values()
    assert ("浙江省人民医院", "aids", "第一师医院") in {
        (names[link.head], str(link.relation), names[link.tail]) for link in found.links
    }


def test_a_body_named_by_a_level_belongs_to_the_area_that_it_stands_for() -> None:
    text = "温宿县与江苏省结对\n\n9月1日，江苏省专家在温宿县的县人民医院坐诊，县人民医院随后与江苏省人民医院签订协议。"
    found, links = extracted(text)
    assert "温宿县人民医院" in found
    (home,) = (link for link in links if (link.head, link.tail) == (found["温宿县人民医院"].id, found["温宿县"].id))
    told = {text[slice(*item.tail)] for item in home.evidence}
    assert told <= {"县", "温宿县"}
    assert all(item.start <= item.head[0] < item.head[1] <= item.end for item in home.evidence)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("呼图壁县与精河县签订协议。\n精河县的客人到访，看了县博物馆。", "精河县博物馆"),
        ("呼图壁县与精河县签订协议。\n在呼图壁县，客人看了县博物馆。", "呼图壁县博物馆"),
    ],
)
def test_of_several_areas_that_of_the_sentence_is_meant(text: str, called: str) -> None:
    reading = stage(
        text, ("呼图壁县", EntityType.LOCALITY), ("精河县", EntityType.LOCALITY), ("县博物馆", EntityType.SITE)
    )
    analysis = Analysis(scene=reading, accepted=np.ones(len(reading.units)), limit=0.5, links=())
    named = {entity.name for entity in link_document(make_document(text), analysis).entities}
    assert called in named
