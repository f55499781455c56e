"""Candidates: what is proposed as a name and as a pair, before anything is scored."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.analysis import read_sentences
from bingdi.graph.extraction.candidates import iter_candidates, list_apart, list_meant
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.names import Name, correct_names, is_closed, propose_names
from bingdi.graph.extraction.pair_features import read_pair_features
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.extraction.units import list_variants
from bingdi.graph.model import EntityType
from scenes import stage, unit_of


def proposed(text: str, kind: EntityType) -> set[str]:
    """Surfaces proposed as names of a type."""
    names, _ = propose_names(read_channels(text), load_models().labeller, read_sentences(text))
    return {text[name.start : name.end] for name in names if name.type == kind}


def stays(lead: str, surface: str, kind: EntityType) -> bool:
    """Whether a span behind ``lead`` that somebody gives as a name is among the proposals."""
    text, span = f"{lead}{surface}来了。", (len(lead), len(lead) + len(surface), kind)
    names, _ = propose_names(read_channels(text), load_models().labeller, read_sentences(text), further=[span])
    return span in {(name.start, name.end, name.type) for name in names}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("工作队走进阿克塔木乡看望村民。", "阿克塔木乡"),
        ("医生来到温宿县吐木秀克镇尤喀克买里村义诊。", "尤喀克买里村"),
        ("团场与邻近的双河街道结对。", "双河街道"),
    ],
)
def test_small_places_that_no_table_lists_are_proposed(text: str, name: str) -> None:
    assert name in proposed(text, EntityType.LOCALITY)


@pytest.mark.parametrize("text", ["他们在路边等车。", "双方签订了协议。", "大家很高兴。"])
def test_where_nothing_ends_like_a_place_no_small_place_is_proposed(text: str) -> None:
    assert not {name for name in proposed(text, EntityType.LOCALITY) if name[-1] in "乡镇村"}


@pytest.mark.parametrize(
    ("surface", "kind"),
    [
        ("滨河医院“联姻”青禾卫健委", EntityType.INSTITUTION),
        ("东至青禾湿地公园", EntityType.SITE),
        ("命名青禾博物馆", EntityType.SITE),
        ("滨河渠首组织开展清淤中心", EntityType.INSTITUTION),
        ("目前滨河指挥部", EntityType.INSTITUTION),
        ("记录滨河学院", EntityType.INSTITUTION),
        ("青禾省组织滨河大学", EntityType.INSTITUTION),
        ("滨河总工会组织青禾医疗队", EntityType.INSTITUTION),
        ("宁远援建青禾镇中心幼儿园", EntityType.INSTITUTION),
        ("青禾县建设幼儿园", EntityType.INSTITUTION),
        ("位于青禾县的滨河水库", EntityType.SITE),
        ("滨河师原文联", EntityType.INSTITUTION),
        ("青禾中南部", EntityType.INSTITUTION),
        ("青禾县林果发展规划", EntityType.INSTITUTION),
        ("滨河高速与青禾高速", EntityType.SITE),
        ("滨河大学（东区）与青禾研究所", EntityType.INSTITUTION),
        ("滨河国际园区和青禾产业园", EntityType.SITE),
        ("成为青禾新村", EntityType.LOCALITY),
        ("驻青禾镇", EntityType.LOCALITY),
        ("首府乌鲁木齐市", EntityType.LOCALITY),
        ("举行安居富民工程", EntityType.INITIATIVE),
        ("“滨河一家亲”等系列活动", EntityType.INITIATIVE),
        ("“滨河一家亲”和联谊活动", EntityType.INITIATIVE),
        ("滨河妇联同青禾企业家协会", EntityType.INSTITUTION),
        ("滨河市会同青禾工作队", EntityType.INSTITUTION),
        ("滨河师里设分院", EntityType.INSTITUTION),
        ("高明时任滨河市委", EntityType.INSTITUTION),
        ("距滨河机场", EntityType.SITE),
        ("敲定战略合作框架协议", EntityType.AGREEMENT),
        ("滨河学院把战略合作协议", EntityType.AGREEMENT),
    ],
)
def test_what_tells_a_deed_or_several_things_is_no_name(surface: str, kind: EntityType) -> None:
    assert not stays("昨日", surface, kind)


@pytest.mark.parametrize(
    ("surface", "kind"),
    [
        ("滨河市委组织部", EntityType.INSTITUTION),
        ("滨河学院同济医院", EntityType.INSTITUTION),
        ("会同县人民医院", EntityType.INSTITUTION),
        ("滨河县经济合作办公室", EntityType.INSTITUTION),
        ("缔结友好商会协议", EntityType.AGREEMENT),
        ("滨河市社会组织总会", EntityType.INSTITUTION),
        ("青禾县援建办公室", EntityType.INSTITUTION),
        ("青禾县建设局", EntityType.INSTITUTION),
        ("“抵达”青年服务中心", EntityType.INSTITUTION),
        ("滨河县发展和改革委员会", EntityType.INSTITUTION),
        ("青禾县原种场", EntityType.SITE),
        ("滨河学校初中部", EntityType.INSTITUTION),
        ("驻马店市", EntityType.LOCALITY),
        ("滨企走进青禾洽谈会", EntityType.INITIATIVE),
        ("关于共同举办青禾班的协议", EntityType.AGREEMENT),
    ],
)
def test_words_that_names_hold_keep_them_whole(surface: str, kind: EntityType) -> None:
    assert stays("昨日，", surface, kind)


def test_the_seat_of_a_university_is_part_of_its_name() -> None:
    text = "中国石油大学（北京）与长丰大学（以下简称长大）签约。"
    found = proposed(text, EntityType.INSTITUTION)
    assert "中国石油大学（北京）" in found
    assert "中国石油大学" not in found
    assert "长丰大学" in found


def test_no_name_ends_within_a_word() -> None:
    text = "明水经开区线上签约，新华社区居民围观。"
    names, _ = propose_names(read_channels(text), load_models().labeller, read_sentences(text))
    assert not {text[name.start : name.end][-1] + text[name.end] for name in names} & {"线上", "社区"}


@pytest.mark.parametrize(
    ("surface", "closed"),
    [
        ("城东区法院", True),
        ("城东区法院（东院）", True),
        ("“石榴花开”研学活动", True),
        ("《合作（框架）协议》", True),
        ("城东区法院（下称", False),
        ("东院）", False),
        ("石榴花开”研学活动", False),
        ("“石榴（花开”）", False),
        ("", True),
    ],
)
def test_a_name_closes_its_brackets(surface: str, closed: bool) -> None:
    assert is_closed(surface) is closed


def test_no_name_is_proposed_that_ends_inside_a_bracket() -> None:
    text = "城东区人民法院（下称城东法院）与“石榴花开”研学活动组委会签约。"
    names, _ = propose_names(read_channels(text), load_models().labeller, read_sentences(text))
    surfaces = {text[name.start : name.end] for name in names}
    assert "“石榴花开”研学活动" in surfaces
    assert all(is_closed(surface) for surface in surfaces)


def scored(text: str, *names: tuple[str, EntityType, float]) -> dict[str, tuple[EntityType, float]]:
    """Type and score of names given by surface, after what is known for certain."""
    given = [
        Name(start=text.index(s), end=text.index(s) + len(s), type=kind, score=score, rule="ending")
        for s, kind, score in names
    ]
    return {text[n.start : n.end]: (n.type, n.score) for n in correct_names(read_channels(text), given)}


def test_a_road_is_believed_whose_ends_follow() -> None:
    text = "胜利公路（昌吉市—一○三团）通车，胜利大桥（长80米—90米）还在修。"
    found = scored(
        text, ("胜利公路", EntityType.SITE, 0.1), ("公路", EntityType.SITE, 0.05), ("胜利大桥", EntityType.SITE, 0.1)
    )
    assert found["胜利公路"] == (EntityType.SITE, 0.5)
    assert found["公路"] == (EntityType.SITE, 0.05)
    assert found["胜利大桥"] == (EntityType.SITE, 0.1)


def test_a_road_that_is_surer_stays_so() -> None:
    text = "胜利公路（昌吉市至一○三团）通车。"
    assert scored(text, ("胜利公路", EntityType.SITE, 0.8))["胜利公路"] == (EntityType.SITE, 0.8)


def test_a_community_is_a_locality() -> None:
    text = "团结社区和团结社区医院办了讲座。"
    found = scored(text, ("团结社区", EntityType.INSTITUTION, 0.7), ("团结社区医院", EntityType.INSTITUTION, 0.6))
    assert found["团结社区"] == (EntityType.LOCALITY, 0.7)
    assert found["团结社区医院"] == (EntityType.INSTITUTION, 0.6)


def test_small_places_stop_at_what_no_name_holds() -> None:
    text = "他和村里的老人，在镇上。"
    names, _ = propose_names(read_channels(text), load_models().labeller, read_sentences(text))
    assert not [name for name in names if name.rule == "ending" and name.type == EntityType.LOCALITY]


@pytest.mark.parametrize(
    ("kind", "surface", "variants"),
    [
        (EntityType.INITIATIVE, "“石榴花开”研学活动", ("石榴花开",)),
        (EntityType.INITIATIVE, "浙江「光明行」义诊", ("光明行",)),
        (EntityType.INITIATIVE, "第三届文化艺术节", ()),
        (EntityType.INITIATIVE, "“甲乙”工程", ()),
        (EntityType.INSTITUTION, "“石榴花开”工作室", ()),
        (EntityType.SITE, "“石榴花开”广场", ()),
    ],
)
def test_a_programme_goes_by_its_quoted_name_too(kind: EntityType, surface: str, variants: tuple[str, ...]) -> None:
    assert list_variants(kind, (surface,)) == variants


def levels(scene: Scene) -> dict[tuple[str, str], str]:
    """What the pair features say of bodies that name their area by its level."""
    found = {}
    for candidate in iter_candidates(scene):
        ends = [scene.text[placed.name.start : placed.name.end] for placed in (candidate.first, candidate.second)]
        marks = [feature for feature in read_pair_features(scene, candidate) if feature.split("|")[1][:3] == "lv="]
        found[ends[0], ends[1]] = marks[0].split("=")[1]
    return found


def test_a_body_of_the_only_county_is_told_from_one_among_several() -> None:
    body = ("县委宣传部", EntityType.INSTITUTION)
    counties = [("温宿县", EntityType.LOCALITY), ("乌什县", EntityType.LOCALITY)]
    one = stage("温宿县办了晚会，县委宣传部牵头。", body, counties[0])
    assert levels(one)["温宿县", "县委宣传部"] == "-1"
    two = stage("温宿县来了人，乌什县办了晚会，县委宣传部牵头。", body, *counties)
    assert levels(two)["乌什县", "县委宣传部"] == "-l"
    assert levels(two)["温宿县", "县委宣传部"] == "-o"
    other = stage("杭州市办了晚会，县委宣传部牵头。", body, ("杭州市", EntityType.LOCALITY))
    assert levels(other)["杭州市", "县委宣传部"] == "-x"


@pytest.mark.parametrize("body", ["区域合作办公室", "市场监督管理局", "团结小学"])
def test_words_that_only_begin_like_a_level_are_none(body: str) -> None:
    scene = stage(f"温宿县办了晚会，{body}牵头。", (body, EntityType.INSTITUTION), ("温宿县", EntityType.LOCALITY))
    assert levels(scene)["温宿县", body] == "--"


def test_a_parent_named_far_away_is_a_candidate_all_the_same() -> None:
    filler = "天气很好，大家都在地里忙着收棉花。" * 8
    scene = stage(
        f"第十二师办了晚会。{filler}一〇四团也去了。{filler}昌吉市没有去。",
        ("第十二师", EntityType.DIVISION),
        ("一〇四团", EntityType.REGIMENT),
        ("昌吉市", EntityType.LOCALITY),
    )
    pairs = {frozenset((candidate.first.unit, candidate.second.unit)) for candidate in iter_candidates(scene)}
    assert frozenset((unit_of(scene, "第十二师"), unit_of(scene, "一〇四团"))) in pairs
    assert frozenset((unit_of(scene, "昌吉市"), unit_of(scene, "一〇四团"))) not in pairs


DIVISIONS = [(f"第{number}师", EntityType.DIVISION) for number in "三五七八"]
PLACES = [(name, EntityType.LOCALITY) for name in ("江苏省", "河北省", "喀什地区")]


def apart(text: str) -> set[frozenset[str]]:
    """Pairs, by surface, that the first sentence of a text keeps apart."""
    scene = stage(text, *DIVISIONS, *PLACES)
    return {frozenset(scene.units[unit].surfaces[0] for unit in pair) for pair in list_apart(scene, 0)}


def test_respectively_keeps_lists_of_the_same_length_in_order() -> None:
    found = apart("江苏省、河北省分别与第七师、第八师签订协议。")
    assert frozenset(("江苏省", "第七师")) not in found
    assert frozenset(("河北省", "第八师")) not in found
    assert {frozenset(("江苏省", "第八师")), frozenset(("河北省", "第七师")), frozenset(("江苏省", "河北省"))} <= found


def test_lists_of_other_lengths_are_not_taken_in_order() -> None:
    found = apart("江苏省分别与第七师、第八师签订协议。")
    assert not [pair for pair in found if "江苏省" in pair]


@pytest.mark.parametrize("text", ["与第三师、第五师签订协议。", "喀什地区与第三师、第五师签订协议。"])
def test_partners_behind_with_are_not_partners_of_each_other(text: str) -> None:
    assert apart(text) == {frozenset(("第三师", "第五师"))}


@pytest.mark.parametrize(
    "text",
    ["由喀什地区、第三师、第五师联合举办。", "喀什地区与第三师、第五师联合举办运动会。", "第三师、第五师来了人。"],
)
def test_lists_that_act_together_keep_every_pair(text: str) -> None:
    assert apart(text) == set()


def test_other_partners_in_the_same_clause_are_counted_where_a_cue_ties_them() -> None:
    scene = stage("第三师与喀什地区签订协议，江苏省和河北省来了人，第五师没有来。", *DIVISIONS, *PLACES)
    counts = {scene.text[p.name.start : p.name.end]: scene.count_beside(p) for p in scene.placed}
    assert counts["第三师"] == counts["喀什地区"] == 1
    assert counts["江苏省"] == counts["河北省"] == counts["第五师"] == 0


def test_witnesses_and_address_prefixes_are_marked() -> None:
    scene = stage(
        "在第三师见证下，温宿县依希来木其乡与第五师签订协议。",
        *DIVISIONS,
        ("温宿县", EntityType.LOCALITY),
        ("依希来木其乡", EntityType.LOCALITY),
    )
    by_surface = {scene.text[p.name.start : p.name.end]: p for p in scene.placed}
    assert [scene.witnesses(by_surface[name]) for name in ("第三师", "第五师")] == [True, False]
    assert [scene.leads(by_surface[name]) for name in ("温宿县", "依希来木其乡")] == [True, False]


def meant(text: str) -> set[str]:
    """Surfaces of what the last sentence of a text means by 双方, 三家 and their like."""
    scene = stage(text, *DIVISIONS, *PLACES)
    return {scene.units[unit].surfaces[0] for unit in list_meant(scene, len(scene.sentences) - 1)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江苏省、河北省和喀什地区都来了人，第七师没有来。三家共同签署备忘录。", {"江苏省", "河北省", "喀什地区"}),
        ("江苏省的人来到第七师。双方签订协议。", {"江苏省", "第七师"}),
        ("第三师、第五师离得近。天气很好。两师共建学校。", {"第三师", "第五师"}),
        ("江苏省和河北省来到第七师。5家共同签署备忘录。", set()),
        ("江苏省和河北省来到第七师。2023年签订协议。", set()),
        ("江苏省和河北省来到第七师。他们签订协议。", set()),
    ],
)
def test_a_count_means_the_last_list_or_sentence_of_so_many(text: str, names: set[str]) -> None:
    assert meant(text) == names


def test_the_members_of_a_counted_group_are_candidates_together() -> None:
    scene = stage("江苏省、河北省和喀什地区都来了人。三家共同签署备忘录。", *PLACES)
    found = {(c.first.unit, c.second.unit, c.kind) for c in iter_candidates(scene) if c.sentence == 1}
    assert len(found) == 3
    assert {kind for _, _, kind in found} == {"both"}
