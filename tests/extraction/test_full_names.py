"""Bodies under their full names: 市妇联 with its city, 县文旅局 in full, and what stands before a name."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.full_names import (
    find_home,
    find_level,
    is_bare,
    list_formal,
    write_full,
    write_short,
    write_twins,
)
from bingdi.graph.extraction.name_parts import complete_names
from bingdi.graph.extraction.names import Name
from bingdi.graph.extraction.units import group_names
from bingdi.graph.gazetteer import GazetteerRow, load_gazetteer
from bingdi.graph.model import EntityType


def rows(*names: str) -> list[GazetteerRow]:
    found = {row.name: row for row in load_gazetteer().rows if row.name in names}
    return [found[name] for name in names]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("市妇联", "市"),
        ("省气象局", "省"),
        ("自治区教育厅", "自治区"),
        ("师市发改委", "师市"),
        ("市场监管局", ""),
        ("省立医院", ""),
        ("区块链协会", ""),
        ("师范学院", ""),
        ("昌吉市妇联", ""),
        ("县委", ""),
    ],
)
def test_a_word_of_level_stands_for_an_area(name: str, level: str) -> None:
    assert find_level(name) == level


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("公安局", True),
        ("生态环境局", True),
        ("统战部", True),
        ("人民医院", True),
        ("示范区", True),
        ("教育部", False),
        ("市妇联", False),
        ("呼图壁县公安局", False),
        ("交通银行", False),
        ("第一中学", False),
    ],
)
def test_a_word_for_a_kind_of_body_is_no_name(name: str, bare: bool) -> None:
    assert is_bare(name) is bare


@pytest.mark.parametrize(
    ("name", "areas", "full"),
    [
        ("市妇联", ("昌吉市", "天津市"), ""),
        ("县医院", ("呼图壁县", "昌吉市"), "呼图壁县医院"),
        ("自治区教育厅", ("呼图壁县",), "新疆维吾尔自治区教育厅"),
        ("州财政局", ("呼图壁县", "新疆维吾尔自治区"), "昌吉回族自治州财政局"),
        ("区司法局", ("新疆维吾尔自治区", "阿克苏地区"), ""),
        ("师市团委", ("第八师",), "第八师石河子市团委"),
        ("师市团委", ("第十二师",), "第十二师团委"),
        ("师市团委", ("第八师", "第七师"), ""),
        ("市妇联", ("第八师", "沙湾市"), ""),
        ("自治区妇联", ("第十三师",), "新疆维吾尔自治区妇联"),
        ("自治区妇联", ("天津市",), ""),
        ("省水利厅", (), ""),
    ],
)
def test_the_area_must_be_the_only_one(name: str, areas: tuple[str, ...], full: str) -> None:
    home = find_home(level := find_level(name), rows(*areas))
    assert (write_full(name, level, home) if home else "") == full


@pytest.mark.parametrize(
    ("name", "formal"),
    [
        ("呼图壁县妇联", ("呼图壁县妇女联合会",)),
        ("昌吉州文旅局", ("昌吉州文化和旅游局",)),
        ("湖北省发展改革委", ("湖北省发展和改革委员会",)),
        ("且末县法院", ("且末县人民法院",)),
        ("且末县人民法院", ()),
        ("且末县医院", ("且末县人民医院",)),
        ("且末县中医医院", ()),
        ("呼图壁县委", ("中共呼图壁县委员会",)),
        ("呼图壁县委组织部", ("中共呼图壁县委组织部",)),
        ("第十二师党委", ("中共第十二师委员会",)),
        ("新疆维吾尔自治区团委", ("共青团新疆维吾尔自治区委员会",)),
        ("一〇四团党委", ("中共一〇四团委员会",)),
        ("江西省政府办公厅", ("江西省人民政府办公厅",)),
        ("江西省政府台办", ("江西省人民政府台办",)),
        ("江西省高院赣北分院", ("江西省高级人民法院赣北分院",)),
        ("和静县二中", ("和静县第二中学",)),
        ("南开大学附中", ()),
        ("第六届江西省科协", ("第六届江西省科学技术协会", "江西省科协")),
        ("天津市国资委", ("天津市国有资产监督管理委员会", "天津市人民政府国有资产监督管理委员会")),
        ("天津市眼科医院", ()),
    ],
)
def test_short_words_in_full(name: str, formal: tuple[str, ...]) -> None:
    assert list_formal(name) == formal


@pytest.mark.parametrize(
    ("name", "area", "short"),
    [
        ("自治区农科院", "新疆维吾尔自治区", "新疆农科院"),
        ("县妇联", "巴里坤哈萨克自治县", "巴里坤县妇联"),
        ("地区妇联", "和田地区", ""),
        ("师市团委", "第八师", ""),
        ("师医院", "第八师", ""),
    ],
)
def test_a_body_goes_by_the_short_name_of_its_area(name: str, area: str, short: str) -> None:
    found = write_short(name, find_level(name), rows(area)[0])
    assert (short in found) if short else not found


@pytest.mark.parametrize(
    ("name", "twins"),
    [
        ("八师石河子市第三中学", ("第八师石河子市第三中学", "石河子市第三中学")),
        ("农八师石河子市第三中学", ("第八师石河子市第三中学", "石河子市第三中学")),
        ("第八师第三中学", ()),
        ("石河子市第三中学", ()),
        ("第十二师医院", ()),
        ("第八师石河子市", ()),
    ],
)
def test_a_body_of_a_division_and_its_city_goes_by_either(name: str, twins: tuple[str, ...]) -> None:
    assert write_twins(name) == twins


def whole(text: str, kind: EntityType = EntityType.INSTITUTION) -> tuple[Name, ...]:
    name = Name(start=0, end=len(text), type=kind, score=0.9, rule="labeller")
    return complete_names(read_channels(text), [name])


@pytest.mark.parametrize(
    "text", ["湖北省农业农村厅", "湖北省住房和城乡建设厅", "呼图壁县乡村振兴局", "沙湾市城镇建设公司"]
)
def test_words_with_village_in_them_are_no_villages(text: str) -> None:
    assert (0, len(text), EntityType.INSTITUTION) in {(name.start, name.end, name.type) for name in whole(text)}


def test_a_village_that_a_school_is_named_after_is_a_name_of_its_own() -> None:
    text = "铁列克村幼儿园"
    nested = {text[name.start : name.end] for name in whole(text) if name.rule == "nested"}
    assert "铁列克村" in nested
    assert "农村" not in {text[name.start : name.end] for name in whole("农村信用社") if name.rule == "nested"}


def test_a_body_is_also_called_with_the_areas_before_it() -> None:
    text = "新疆昌吉州呼图壁县水利局"
    (body,) = (unit for unit in group_names(read_channels(text), whole(text)) if unit.type == EntityType.INSTITUTION)
    assert body.surfaces == ("呼图壁县水利局",)
    assert text in body.variants
