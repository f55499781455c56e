"""The gazetteer: what the tables hold, what they must not hold, and what a wrong row says."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from bingdi.graph.errors import GazetteerError
from bingdi.graph.gazetteer import Gazetteer, load_gazetteer, read_gazetteer
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def tables() -> Path:
    with as_file(files("bingdi.seeds") / "gazetteer") as folder:
        return Path(folder)


@pytest.fixture
def copied(tables: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tables, tmp_path / "gazetteer"))


def named(gazetteer: Gazetteer, key: str) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in gazetteer.by_key.get(key, ())]


@pytest.mark.parametrize(
    ("key", "code", "name"),
    [
        ("兵团", "XPCC", "新疆生产建设兵团"),
        ("农十二师", "XPCC-12", "第十二师"),
        ("12师", "XPCC-12", "第十二师"),
        ("兵团第十二师", "XPCC-12", "第十二师"),
        ("新疆生产建设兵团第一师阿拉尔市", "XPCC-01", "第一师"),
        ("农八师石河子市", "XPCC-08", "第八师"),
        ("九师白杨市", "XPCC-09", "第九师"),
        ("建工师", "XPCC-11", "第十一师"),
        ("104团", "XPCC-12-104", "一〇四团"),
        ("一○四团", "XPCC-12-104", "一〇四团"),
        ("一零四团", "XPCC-12-104", "一〇四团"),
        ("五〇团夏河镇", "XPCC-03-50", "五十团"),
        ("48团河东镇", "XPCC-03-48", "四十八团"),
        ("西山农场", "XPCC-12-XISHAN", "西山农牧场"),
        ("六师红旗农场", "XPCC-06-HONGQI", "第六师红旗农场"),
        ("马桥农场", "XPCC-06-106", "一〇六团"),
        ("昌吉", "652300", "昌吉回族自治州"),
        ("昌吉州", "652300", "昌吉回族自治州"),
        ("巴州", "652800", "巴音郭楞蒙古自治州"),
        ("博州", "652700", "博尔塔拉蒙古自治州"),
        ("克州", "653000", "克孜勒苏柯尔克孜自治州"),
        ("阿勒泰", "654300", "阿勒泰地区"),
        ("和田", "653200", "和田地区"),
        ("伊宁", "654002", "伊宁市"),
        ("塔县", "653131", "塔什库尔干塔吉克自治县"),
        ("察布查尔县", "654022", "察布查尔锡伯自治县"),
        ("玛纳斯", "652324", "玛纳斯县"),
        ("天津", "120000", "天津市"),
        ("吉林", "220000", "吉林省"),
        ("广西", "450000", "广西壮族自治区"),
        ("内蒙古", "150000", "内蒙古自治区"),
        ("恩施州", "422800", "恩施土家族苗族自治州"),
        ("白杨市", "659012", "白杨市"),
        ("新星市", "659011", "新星市"),
        ("胡杨河市", "659010", "胡杨河市"),
        ("和安县", "653228", "和安县"),
        ("东莞", "441900", "东莞市"),
        ("沙湾县", "654203", "沙湾市"),
    ],
)
def test_name_is_one_row_without_context(gazetteer: Gazetteer, key: str, code: str, name: str) -> None:
    assert named(gazetteer, key) == [(code, name)]
    assert not gazetteer.needs_context(key)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("合作", "合作市"),
        ("合作市", "合作市"),
        ("同心", "同心县"),
        ("互助", "互助土族自治县"),
        ("全州", "全州县"),
        ("比如", "比如县"),
        ("长治", "长治市"),
        ("常州", "常州市"),
        ("大同", "大同市"),
        ("东方", "东方市"),
        ("日照", "日照市"),
        ("高密", "高密市"),
        ("固原", "固原市"),
        ("海口", "海口市"),
        ("山南", "山南市"),
        ("中山", "中山市"),
        ("白杨", "白杨市"),
        ("新星", "新星市"),
        ("双河", "双河市"),
        ("温泉", "温泉县"),
        ("奇台", "奇台县"),
        ("范县", "范县"),
        ("代县", "代县"),
        ("城区", "城区"),
        ("一团", "一团"),
        ("三团", "三团"),
        ("第一团", "一团"),
        ("一牧场", "一牧场"),
        ("团结农场", "团结农场"),
        ("建筑工程师", "第十一师"),
        ("自治区", "新疆维吾尔自治区"),
    ],
)
def test_word_or_part_of_a_word_needs_context(gazetteer: Gazetteer, key: str, name: str) -> None:
    assert {row.name for row in gazetteer.by_key[key]} == {name}
    assert gazetteer.needs_context(key)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "公安",
            "资源",
            "和平",
            "友谊",
            "富裕",
            "延长",
            "前进",
            "红旗",
            "天山",
            "河东",
            "城关",
            "新华",
            "大方",
        ),
        *("中方", "师", "团", "师市", "团场", "当地", "津市", "石河", "十五团"),
    ],
)
def test_common_word_is_no_name_at_all(gazetteer: Gazetteer, word: str) -> None:
    assert named(gazetteer, word) == []
    assert not gazetteer.needs_context(word)


def test_red_flag_farm_exists_in_two_divisions(gazetteer: Gazetteer) -> None:
    rows = gazetteer.by_key["红旗农场"]
    assert {row.parent for row in rows} == {"XPCC-03", "XPCC-06"}
    assert gazetteer.needs_context("红旗农场")
    assert all("红旗农场" not in row.aliases for row in rows)


def test_city_keeps_its_formal_name_where_the_prefecture_has_the_short_one(gazetteer: Gazetteer) -> None:
    assert named(gazetteer, "昌吉市") == [("652301", "昌吉市")]
    assert "昌吉" not in gazetteer.by_code["652301"].aliases + gazetteer.by_code["652301"].context


def test_same_formal_name_keeps_all_its_rows(gazetteer: Gazetteer) -> None:
    assert {row.parent[:2] for row in gazetteer.by_key["鼓楼区"]} == {"32", "35", "41"}
    assert len(gazetteer.by_key["鼓楼区"]) == 4


def test_counts(gazetteer: Gazetteer) -> None:
    types = Counter(row.type for row in gazetteer.rows)
    levels = Counter(row.level for row in gazetteer.rows)
    assert types["corps"] == 1
    assert types["division"] == 14
    assert 165 <= types["regiment"] <= 185
    assert types["regiment"] - levels["former"] >= 145
    assert levels["province"] == 34
    assert 2840 <= levels["county"] <= 2870
    assert levels["town"] + levels["street"] > 1100


def test_codes_are_unique_and_parents_exist(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.by_code) == len(gazetteer.rows)
    assert {row.parent for row in gazetteer.rows} - {""} <= set(gazetteer.by_code)
    assert {row.level for row in gazetteer.rows if not row.parent} == {"corps", "province"}


def test_every_regiment_has_a_division_and_every_division_the_corps(gazetteer: Gazetteer) -> None:
    for row in gazetteer.rows:
        if row.type == "regiment":
            assert gazetteer.by_code[row.parent].type == "division"
        if row.type == "division":
            assert row.parent == "XPCC"


def test_alias_names_one_row_or_needs_context(gazetteer: Gazetteer) -> None:
    for key, rows in gazetteer.by_key.items():
        if not gazetteer.needs_context(key):
            assert len({row.name for row in rows}) == 1, key


def test_xinjiang_goes_down_to_towns_and_the_rest_to_counties(gazetteer: Gazetteer) -> None:
    below = [row for row in gazetteer.rows if row.level in {"town", "street"}]
    assert all(row.code.startswith("65") for row in below)
    assert ("659002100", "金银川镇") in named(gazetteer, "金银川镇")


def test_development_zones_and_other_bodies_are_no_localities(gazetteer: Gazetteer) -> None:
    names = {row.name for row in gazetteer.rows if row.type == "locality"}
    assert not {name for name in names if name.endswith(("开发区", "监狱", "工业园区", "市辖区"))}
    assert not {name for name in names if "兵团" in name or name.endswith("团")}


def test_ancestors_nearest_first(gazetteer: Gazetteer) -> None:
    assert [row.name for row in gazetteer.ancestors("XPCC-12-104")] == ["第十二师", "新疆生产建设兵团"]
    assert [row.name for row in gazetteer.ancestors("652301")] == ["昌吉回族自治州", "新疆维吾尔自治区"]
    assert [row.name for row in gazetteer.ancestors("659002100")] == ["阿拉尔市", "新疆维吾尔自治区"]
    assert gazetteer.ancestors("120000") == ()
    with pytest.raises(KeyError):
        gazetteer.ancestors("000000")


def test_division_and_its_city(gazetteer: Gazetteer) -> None:
    found = {code: gazetteer.division_city(code) for code in gazetteer.by_code if code.startswith("XPCC-")}
    names = {code[5:]: city.name for code, city in found.items() if city}
    assert names == {
        "01": "阿拉尔市",
        "02": "铁门关市",
        "03": "图木舒克市",
        "04": "可克达拉市",
        "05": "双河市",
        "06": "五家渠市",
        "07": "胡杨河市",
        "08": "石河子市",
        "09": "白杨市",
        "10": "北屯市",
        "13": "新星市",
        "14": "昆玉市",
    }
    assert gazetteer.division_city("XPCC-12") is None


def test_regiment_and_its_town(gazetteer: Gazetteer) -> None:
    town = gazetteer.regiment_town("XPCC-03-48")
    assert town is not None
    assert (town.name, town.parent) == ("河东镇", "659003")
    assert gazetteer.regiment_town("XPCC-12-104") is None
    for regiment, code in gazetteer.towns.items():
        city = gazetteer.division_city(gazetteer.by_code[regiment].parent)
        assert city is not None
        assert gazetteer.by_code[code].parent == city.code


def test_abbreviations_combinations_and_pairs(gazetteer: Gazetteer) -> None:
    assert gazetteer.abbreviations["津"] == ("120000",)
    assert gazetteer.abbreviations["兵"] == ("XPCC",)
    assert gazetteer.abbreviations["台"] == ("710000", "331000")
    assert "的" not in gazetteer.abbreviations
    assert gazetteer.combinations["乌昌"] == ("650100", "652300")
    assert not set(gazetteer.combinations) & set(gazetteer.by_key)
    assert "XPCC-11" in gazetteer.aided["120000"]
    assert "XPCC-12" not in gazetteer.aided["120000"]


def test_covers_hold_a_name_and_are_none(gazetteer: Gazetteer) -> None:
    assert {"骑兵团", "示范县", "天山南北", "长治久安", "合作社", "哈密瓜"} <= gazetteer.covers
    assert not gazetteer.covers & set(gazetteer.by_key)
    for cover in gazetteer.covers:
        parts = {cover[i:j] for i in range(len(cover)) for j in range(i + 1, len(cover) + 1)}
        assert parts & set(gazetteer.by_key), cover


def append(path: Path, row: str) -> int:
    """Write ``row`` at the end of a table; the number of its line."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + row + "\n", encoding="utf-8")
    return text.count("\n") + 1


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("localities.csv", "652300,某某县,locality,county,650000,,", "code 652300 stands in localities.csv"),
        (
            "localities.csv",
            "999999,某某县,locality,county,650000,昌吉,",
            "昌吉 also names 昌吉回族自治州 (652300)",
        ),
        ("localities.csv", "999999,某某县,locality,county,650000,,昌吉", "昌吉 also names"),
        ("localities.csv", "999999,某某县,locality,county,990000,,", "parent 990000 is no code"),
        ("localities.csv", "999999,某某县,locality,county,999999,,", "leads back to 999999"),
        ("localities.csv", "999999,某某县,county,county,650000,,", "type county is none of"),
        ("localities.csv", "999999,某某县,locality,,650000,,", "must not be empty"),
        ("localities.csv", "999999,,locality,county,650000,,", "must not be empty"),
        ("localities.csv", "999999,某某县,locality,county,650000,某某|某某,", "stands twice"),
        ("localities.csv", "999999,某某县,locality,county,650000,某某县,", "stands twice"),
        ("localities.csv", "999999,某某县,locality,county,650000,某某,某某", "in aliases and in context"),
        ("localities.csv", "999999,某某县,locality,county,650000,某某|,", "is empty or has spaces"),
        ("localities.csv", "999999,某某县,locality,county,650000,某某 ,", "is empty or has spaces"),
        ("localities.csv", "999999, 某某县,locality,county,650000,,", "has spaces"),
        ("localities.csv", "999999,某某县,locality,county,650000", "5 cells where 7 are wanted"),
        ("regiments.csv", "XPCC-12-999,某某团,regiment,regiment,XPCC-15,,", "parent XPCC-15 is no code"),
        ("division_cities.csv", "XPCC-12,659099", "city 659099 is no code"),
        ("division_cities.csv", "XPCC-99,659001", "division XPCC-99 is no code"),
        ("division_cities.csv", "XPCC-01,659001", "XPCC-01 is empty or stands twice"),
        ("division_cities.csv", "XPCC-12,659001|659002", "leads to several codes"),
        ("abbreviations.csv", "某,999999", "codes 999999 is no code"),
        ("combinations.csv", ",650100", "is empty or stands twice"),
        ("paired_assistance.csv", "999999,650100", "aider 999999 is no code"),
        ("covers.csv", "天津市", "天津市 is a name itself"),
    ],
)
def test_wrong_row_says_file_line_and_problem(copied: Path, table: str, row: str, problem: str) -> None:
    line = append(copied / table, row)
    with pytest.raises(GazetteerError) as caught:
        read_gazetteer(copied)
    assert str(caught.value).startswith(f"{copied / table}:{line}: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ambiguity_on_purpose_is_allowed_in_context_of_both(copied: Path) -> None:
    append(copied / "localities.csv", "999998,某某县,locality,county,650000,,某某")
    append(copied / "localities.csv", "999999,某某市,locality,county,650000,,某某")
    gazetteer = read_gazetteer(copied)
    assert named(gazetteer, "某某") == [("999998", "某某县"), ("999999", "某某市")]
    assert gazetteer.needs_context("某某")


def test_right_row_is_read(copied: Path) -> None:
    append(copied / "localities.csv", "999999,某某县,locality,county,650000,某某,")
    assert named(read_gazetteer(copied), "某某") == [("999999", "某某县")]


def test_wrong_heading_missing_table_and_wrong_encoding(copied: Path) -> None:
    table = copied / "localities.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("code,name,type", "name,code,type", 1), encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"localities\.csv:1: columns are name,code,type"):
        read_gazetteer(copied)
    table.write_bytes(text.encode("gb18030"))
    with pytest.raises(GazetteerError, match=r"localities\.csv:1: cannot be read as UTF-8"):
        read_gazetteer(copied)
    table.unlink()
    with pytest.raises(GazetteerError, match=r"localities\.csv:1: cannot be read"):
        read_gazetteer(copied)


def test_tables_have_lf_and_one_final_newline(tables: Path) -> None:
    for path in sorted(tables.glob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert content.endswith(b"\n"), path.name
        assert not content.endswith(b"\n\n"), path.name


@given(st.data())
def test_key_leads_only_to_rows_that_bear_it(data: st.DataObject) -> None:
    gazetteer = load_gazetteer()
    row = data.draw(st.sampled_from(gazetteer.rows))
    key = data.draw(st.sampled_from((row.name, *row.aliases, *row.context)))
    found = gazetteer.by_key[key]
    assert row in found
    assert len({each.code for each in found}) == len(found)
    assert all(key in (each.name, *each.aliases, *each.context) for each in found)
