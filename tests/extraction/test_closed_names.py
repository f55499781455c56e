"""Closed-class names, the cutting of composite names, and which names are one unit."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.gazetteer_names import SIDES_KIND, match_gazetteer
from bingdi.graph.extraction.name_parts import complete_names
from bingdi.graph.extraction.names import Name, select_names
from bingdi.graph.extraction.units import group_names
from bingdi.graph.model import EntityType


def found(text: str) -> set[tuple[str, str]]:
    """Surface and formal name of every sure gazetteer hit."""
    hits = match_gazetteer(text).hits
    return {(text[hit.start : hit.end], hit.rows[0].name) for hit in hits if hit.rows and not hit.context}


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("农六师的干部来了", "农六师", "第六师"),
        ("兵团第十二师派人", "兵团第十二师", "第十二师"),
        ("8师石河子市出台办法", "8师石河子市", "第八师"),
        ("一○四团的果园", "一○四团", "一〇四团"),
        ("104团的果园", "104团", "一〇四团"),
        ("昌吉州下了通知", "昌吉州", "昌吉回族自治州"),
        ("巴州下了通知", "巴州", "巴音郭楞蒙古自治州"),
        ("天津派来医生", "天津", "天津市"),
        ("第四师同江苏省签约", "江苏省", "江苏省"),
        ("团场和安徽的企业签约", "安徽", "安徽省"),
        ("学员从江西赶来", "江西", "江西省"),
        ("营区离石河子市不远", "石河子市", "石河子市"),
        ("同江市来的农机手", "同江市", "同江市"),
        ("书记、武威代表团团长到会", "武威", "武威市"),
        ("局长北京人", "北京", "北京市"),
    ],
)
def test_names_in_all_their_forms(text: str, surface: str, name: str) -> None:
    assert (surface, name) in found(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("双方加强合作，共谋发展", "合作市"),
        ("实现社会稳定和长治久安", "长治市"),
        ("大家同心协力", "同心县"),
        ("邻里互助成风", "互助土族自治县"),
        ("比如修路", "比如县"),
        ("建成一批示范县", "范县"),
        ("骑兵团的老故事", "新疆生产建设兵团"),
        ("产科医生王博乐到岗", "博乐市"),
        ("县委书记武威讲话", "武威市"),
        ("副县长赵伊宁走访", "伊宁市"),
    ],
)
def test_words_are_not_places(text: str, never: str) -> None:
    assert never not in {name for _, name in found(text)}


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("甘肃省甘南藏族自治州合作市派人", True),
        ("甘南藏族自治州合作市场规模", False),
        ("甘南合作开发牧场", False),
        ("昌吉州合作市派人", False),
    ],
)
def test_a_name_behind_the_area_it_lies_in_is_sure(text: str, sure: bool) -> None:
    assert ("合作市" in {name for _, name in found(text)}) is sure


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("望城县雨敞坪镇来客", [("望城县", "望城区")]),
        ("那曲地区的牧场", [("那曲地区", "那曲市")]),
        ("清水河乡的新房", []),
        ("且末市场热闹", [("且末", "且末县")]),
        ("昌吉乡村振兴", [("昌吉", "昌吉回族自治州")]),
    ],
)
def test_a_short_name_with_a_level_behind_it(text: str, hits: list[tuple[str, str]]) -> None:
    assert [(text[hit.start : hit.end], hit.rows[0].name) for hit in match_gazetteer(text).hits] == hits


def test_a_place_within_a_longer_place_name_is_none() -> None:
    text = "锡北镇"
    names = (Name(start=0, end=3, type=EntityType.LOCALITY, score=0.9, rule="labeller"),)
    channels = read_channels(text)
    assert [unit.row for unit in group_names(channels, complete_names(channels, names))] == [None]


@pytest.mark.parametrize(("text", "marked"), [("粤疆友谊路", True), ("天津兵团战士", False), ("辽宁和台州", False)])
def test_two_areas_by_a_character_each_are_marked(text: str, marked: bool) -> None:
    assert (SIDES_KIND in match_gazetteer(text).channel // 4) is marked


def parts(text: str, kind: EntityType) -> list[tuple[str, str, str]]:
    """Surface, type and rule of the names that a single selected span is cut into."""
    whole = Name(start=0, end=len(text), type=kind, score=0.9, rule="labeller")
    names = complete_names(read_channels(text), [whole])
    return [(text[name.start : name.end], str(name.type), name.rule) for name in names]


def test_places_that_lead_up_to_a_body_are_names_of_their_own() -> None:
    assert parts("浙江杭州萧山区水利局", EntityType.INSTITUTION) == [
        ("浙江", "locality", "part"),
        ("杭州", "locality", "part"),
        ("萧山区水利局", "institution", "labeller"),
        ("萧山区", "locality", "nested"),
    ]


def test_a_division_before_its_regiment_is_cut_off() -> None:
    assert parts("十二师一○四团党委统战部", EntityType.INSTITUTION) == [
        ("十二师", "division", "part"),
        ("一○四团党委统战部", "institution", "labeller"),
        ("一○四团党委", "institution", "nested"),
        ("一○四团", "regiment", "nested"),
    ]


def test_a_place_in_the_name_of_a_body_that_lies_elsewhere_is_not_cut_off() -> None:
    assert parts("浙江雨花慈善基金会", EntityType.INSTITUTION)[0] == ("浙江雨花慈善基金会", "institution", "labeller")


def test_a_regiment_and_its_town_stay_one() -> None:
    assert parts("四十八团河东镇", EntityType.REGIMENT)[0] == ("四十八团河东镇", "regiment", "labeller")


def test_the_best_of_overlapping_proposals_is_kept() -> None:
    names = [
        Name(start=0, end=9, type=EntityType.INSTITUTION, score=0.4, rule="labeller"),
        Name(start=0, end=4, type=EntityType.INSTITUTION, score=0.8, rule="ending"),
        Name(start=5, end=9, type=EntityType.INSTITUTION, score=0.7, rule="ending"),
        Name(start=10, end=12, type=EntityType.SITE, score=0.1, rule="ending"),
    ]
    assert [(name.start, name.end) for name in select_names(names, least=0.15)] == [(0, 4), (5, 9)]


def units(text: str, *surfaces: tuple[str, EntityType]) -> list[tuple[str, ...]]:
    names = []
    for surface, kind in surfaces:
        start = text.index(surface)
        names.append(Name(start=start, end=start + len(surface), type=kind, score=0.9, rule="labeller"))
    return [unit.surfaces for unit in group_names(read_channels(text), sorted(names, key=lambda name: name.start))]


def test_spellings_of_one_division_are_one_unit() -> None:
    division = EntityType.DIVISION
    text = "第十二师来了，农十二师走了，十三师没动"
    assert len(units(text, ("第十二师", division), ("农十二师", division), ("十三师", division))) == 2


def test_a_company_and_its_short_form_are_one_unit() -> None:
    body = EntityType.INSTITUTION
    text = "江苏省恒通机电集团有限公司送来设备，后来恒通机电集团的人教会了大家"
    full, short = "江苏省恒通机电集团有限公司", "恒通机电集团的"[:6]
    names = [
        Name(start=text.index(full), end=text.index(full) + len(full), type=body, score=0.9, rule="labeller"),
        Name(start=text.rindex(short), end=text.rindex(short) + len(short), type=body, score=0.9, rule="labeller"),
    ]
    assert [unit.surfaces for unit in group_names(read_channels(text), names)] == [(full, short)]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("第五师双河市应急管理局", "双河市应急管理局"),
        ("第八师石河子市人民医院", "石河子市人民医院"),
        ("昌吉市委统战部", "市委统战部"),
        ("第八师石河子市教育局", "师市教育局"),
        ("青禾医科大学附属滨江医院", "滨江医院"),
        ("第十批滨江市援疆工作组", "滨江市援疆工作组"),
        ("北岭经济发展(集团)有限公司", "北岭经济发展"),
    ],
)
def test_a_body_and_its_shorter_name_are_one_unit(full: str, short: str) -> None:
    text = f"{full}派人到场，{short}还送来了书"
    body = EntityType.INSTITUTION
    assert [
        unit.surfaces
        for unit in group_names(
            read_channels(text),
            [
                Name(start=0, end=len(full), type=body, score=0.9, rule="labeller"),
                Name(
                    start=text.rindex(short), end=text.rindex(short) + len(short), type=body, score=0.9, rule="labeller"
                ),
            ],
        )
    ] == [(full, short)]


@pytest.mark.parametrize(
    ("one", "other"), [("昌吉市委统战部", "县委统战部"), ("第十批滨江市援疆工作组", "第九批滨江市援疆工作组")]
)
def test_other_levels_and_batches_are_other_bodies(one: str, other: str) -> None:
    body = EntityType.INSTITUTION
    assert len(units(f"{one}和{other}一道来了", (one, body), (other, body))) == 2


def test_a_conjunction_is_no_part_of_a_place() -> None:
    text = "一三〇团与车排子镇签约"
    name = Name(start=0, end=9, type=EntityType.REGIMENT, score=0.9, rule="labeller")
    found = {(text[n.start : n.end], n.type) for n in complete_names(read_channels(text), [name])}
    assert {("一三〇团", EntityType.REGIMENT), ("车排子镇", EntityType.LOCALITY)} <= found
    assert all("与" not in surface for surface, _ in found)


def test_what_is_nested_in_quotes_leaves_them_open_nowhere() -> None:
    text = "“滨江市援疆教师工作室联盟”揭牌"
    name = Name(start=0, end=14, type=EntityType.SITE, score=0.9, rule="labeller")
    found = {text[n.start : n.end] for n in complete_names(read_channels(text), [name])}
    assert all(surface.count("“") == surface.count("”") for surface in found)


def test_two_bodies_of_one_kind_stay_two() -> None:
    body = EntityType.INSTITUTION
    text = "甘泉县教育局和清水县教育局一道来了"
    assert len(units(text, ("甘泉县教育局", body), ("清水县教育局", body))) == 2


def test_the_city_alone_is_not_its_division() -> None:
    text = "第八师石河子市开会，石河子市的路修好了"
    end = text.index("，")
    names = [
        Name(start=0, end=end - 2, type=EntityType.DIVISION, score=0.9, rule="labeller"),
        Name(start=end + 1, end=end + 5, type=EntityType.LOCALITY, score=0.9, rule="labeller"),
    ]
    assert len(group_names(read_channels(text), names)) == 2


def test_a_farm_of_two_divisions_follows_the_text_or_stays_open() -> None:
    def row(text: str) -> str | None:
        start = text.index("红旗农场")
        name = Name(start=start, end=start + 4, type=EntityType.REGIMENT, score=0.9, rule="labeller")
        (unit,) = group_names(read_channels(text), [name])
        return unit.row.name if unit.row else None

    assert row("第六师今年修渠。红旗农场种上了棉花") == "第六师红旗农场"
    assert row("红旗农场种上了棉花") is None


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("河北", "河北省"),
        ("浙", "浙江省"),
        ("鄂", "湖北省"),
        ("山东", "山东省"),
        ("朝阳", None),
        ("台", None),
        ("和平", None),
    ],
)
def test_a_short_name_is_the_province_where_nothing_else_could_be_meant(surface: str, name: str | None) -> None:
    text = f"干部人才从{surface}出发"
    start = text.index(surface)
    named = Name(start=start, end=start + len(surface), type=EntityType.LOCALITY, score=0.9, rule="labeller")
    (unit,) = group_names(read_channels(text), [named])
    assert (unit.row.name if unit.row else None) == name
