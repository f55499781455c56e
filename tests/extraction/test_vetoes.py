"""Vetoes: what the words around two names forbid."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.extraction.vetoes import is_forbidden
from bingdi.graph.model import EntityType, Relation
from scenes import stage, unit_of

NAMES = (
    ("温宿县", EntityType.LOCALITY),
    ("乌什县", EntityType.LOCALITY),
    ("江苏省", EntityType.LOCALITY),
    ("第三师", EntityType.DIVISION),
    ("滨江医院", EntityType.INSTITUTION),
)


def forbids(text: str, relation: Relation, one: str, other: str) -> bool:
    """Whether every case of the two is forbidden to state the relation; there is one at least."""
    scene: Scene = stage(text, *NAMES)
    ends = {unit_of(scene, one), unit_of(scene, other)}
    cases = [case for case in iter_candidates(scene) if {case.first.unit, case.second.unit} == ends]
    assert cases
    return all(is_forbidden(scene, relation, case) for case in cases)


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("江苏省援建了温宿县，滨江医院则为乌什县送药。", True),
        ("江苏省援建了温宿县，滨江医院还为乌什县送药。", True),
        ("江苏省与滨江医院则为乌什县送药。", False),
        ("江苏省为温宿县送药，还为乌什县送药。", False),
        ("江苏省通过滨江医院为乌什县送药。", False),
    ],
)
def test_a_clause_with_a_subject_of_its_own_says_nothing_of_another(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.AIDS, "江苏省", "乌什县") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("第三师、江苏省在温宿县联合举办展会。", True),
        ("第三师、温宿县在江苏省举办展会。", False),
        ("第三师与温宿县联合举办展会。", False),
    ],
)
def test_where_something_is_held_is_no_host(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.CO_HOSTS, "第三师", "温宿县") is forbidden


@pytest.mark.parametrize(
    ("body", "place", "forbidden"),
    [
        ("苏北援温宿县工作组", "温宿县", True),
        ("苏北援兵团第三师工作组", "兵团第三师", True),
        ("苏北驻温宿县办事处", "温宿县", True),
        ("江苏路小学", "江苏", True),
        ("江苏省路桥公司", "江苏省", False),
        ("温宿县援疆工作队", "温宿县", False),
    ],
)
def test_whom_a_body_aids_and_what_a_street_is_called_after_does_not_hold_it(
    body: str, place: str, forbidden: bool
) -> None:
    kind = EntityType.DIVISION if place.endswith("师") else EntityType.LOCALITY
    scene = stage(f"昨日，{body}来了。", (body, EntityType.INSTITUTION), (place, kind))
    ends = {unit_of(scene, body), unit_of(scene, place)}
    cases = [case for case in iter_candidates(scene) if {case.first.unit, case.second.unit} == ends]
    assert [is_forbidden(scene, Relation.PART_OF, case) for case in cases] == [forbidden]


@pytest.mark.parametrize(
    "text",
    [
        "在江苏省的牵线搭桥下，第三师与温宿县签订协议。",
        "经江苏省（简称苏）牵线，第三师与温宿县签订协议。",
        "由江苏省居中撮合，第三师与温宿县签订协议。",
    ],
)
def test_who_brings_others_together_is_no_party(text: str) -> None:
    assert forbids(text, Relation.SIGNS_AGREEMENT_WITH, "江苏省", "第三师")
    assert not forbids(text, Relation.SIGNS_AGREEMENT_WITH, "第三师", "温宿县")


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("江苏省、第三师依次对着温宿县、乌什县。", True),
        ("江苏省、第三师依次对着阿克苏地区的温宿县、乌什县。", True),
        ("江苏省、第三师依次对着乌什县、温宿县。", False),
        ("江苏省、第三师支援温宿县、乌什县。", False),
        ("江苏省、第三师、滨江医院依次对着温宿县、乌什县。", False),
    ],
)
def test_lists_are_tied_member_by_member_where_the_sentence_says_so(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.AIDS, "江苏省", "乌什县") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("温宿县、乌什县都已同第三师签订协议。", True),
        ("温宿县、乌什县又与第三师签订协议。", True),
        ("温宿县、乌什县，两个近邻逐一和第三师签订协议。", True),
        ("温宿县、乌什县两个县，都已与第三师签订协议。", True),
        ("温宿县、乌什县依次签字，同第三师订立协议。", True),
        ("温宿县、乌什县又与第三师共同举办展会。", False),
        ("温宿县、乌什县签订协议，第三师见证。", False),
        ("温宿县、乌什县都同意签订协议。", False),
    ],
)
def test_each_of_a_list_has_the_partner_behind_it(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.SIGNS_AGREEMENT_WITH, "温宿县", "乌什县") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("标签：温宿县 乌什县 签约", True),
        ("相关新闻：温宿县与乌什县签订协议", True),
        ("[关键词] : 温宿县 乌什县 签约", True),
        ("相关链接：温宿县与乌什县签订了协议。", False),
        ("相关部门说，温宿县与乌什县签订协议", False),
    ],
)
def test_a_line_that_leads_to_other_pages_states_nothing(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.SIGNS_AGREEMENT_WITH, "温宿县", "乌什县") is forbidden


@pytest.mark.parametrize(
    ("site", "place", "forbidden"),
    [
        ("江苏温宿县工业园", "江苏", True),
        ("温宿县江苏新村", "江苏", True),
        ("江苏援疆产业基地", "江苏", True),
        ("江苏温宿县工业园", "温宿县", False),
        ("江苏生态公园", "江苏", False),
    ],
)
def test_a_site_does_not_lie_where_its_giver_does(site: str, place: str, forbidden: bool) -> None:
    names = [name for name in ("江苏", "温宿县") if name in site]
    scene = stage(f"昨日，{site}开园。", (site, EntityType.SITE), *((name, EntityType.LOCALITY) for name in names))
    ends = {unit_of(scene, site), unit_of(scene, place)}
    cases = [case for case in iter_candidates(scene) if {case.first.unit, case.second.unit} == ends]
    assert [is_forbidden(scene, Relation.PART_OF, case) for case in cases] == [forbidden]


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("展会由温宿县主办，第三师、江苏省指导，滨江医院承办。", True),
        ("展会由温宿县主办，第三师协办。", True),
        ("展会由温宿县主办，第三师等单位协办。", True),
        ("展会由温宿县主办，第三师给予了大力支持。", True),
        ("展会由温宿县、第三师共同举办，滨江医院协办。", False),
        ("展会由温宿县主办，第三师承办。", False),
    ],
)
def test_who_only_guides_or_helps_at_an_event_does_not_hold_it(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.CO_HOSTS, "温宿县", "第三师") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("又有两家与第三师签了协议，它们是温宿县、乌什县。", True),
        ("第三师的签约伙伴是温宿县、乌什县。", True),
        ("桌子一边是第三师，另一边坐着温宿县、乌什县。", True),
        ("与第三师签约的单位有两家：温宿县、乌什县。", True),
        ("签约双方为温宿县、乌什县。", False),
        ("一份由第三师同江苏省签下，另一份的签约方是温宿县、乌什县。", False),
        ("温宿县、乌什县签订协议。", False),
    ],
)
def test_those_on_one_side_of_a_table_sign_with_the_other(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.SIGNS_AGREEMENT_WITH, "温宿县", "乌什县") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("江苏省的列车途经温宿县、乌什县，带来了药品。", True),
        ("江苏省的列车穿过温宿县，终到第三师，带来了药品。", True),
        ("江苏省的列车开到温宿县，带来了药品。", False),
        ("江苏省经过温宿县的同意送来了药品。", False),
    ],
)
def test_places_on_the_way_are_not_aided(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.AIDS, "江苏省", "温宿县") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("温宿县副县长陪同。\n客人随后来到滨江医院座谈。", True),
        ("温宿县副县长来访。\n客人随后来到滨江医院座谈。", False),
    ],
)
def test_who_only_goes_along_visits_nobody(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.EXCHANGES_WITH, "温宿县", "滨江医院") is forbidden


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("与温宿县签订协议，又同乌什县共建苗圃。", True),
        ("第三师与温宿县签订协议；还与乌什县共建苗圃。", True),
        ("第三师与江苏省、温宿县签订协议，又同乌什县共建苗圃。", True),
        ("温宿县签订协议，又同乌什县共建苗圃。", False),
        ("第三师来人，温宿县又同乌什县共建苗圃。", False),
        ("第三师与温宿县共建苗圃，乌什县来人观看。", False),
    ],
)
def test_one_partner_after_the_other_is_none_of_the_first(text: str, forbidden: bool) -> None:
    assert forbids(text, Relation.CO_BUILDS, "温宿县", "乌什县") is forbidden
