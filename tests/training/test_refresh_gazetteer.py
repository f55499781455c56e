"""The tables are what the facts make of them, and a refresh takes from the package what it should."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest
from bingdi.graph.gazetteer import COLUMNS
from bingdi.training.refresh_gazetteer import (
    Row,
    iter_areas,
    iter_short_names,
    make_divisions,
    make_localities,
    make_regiments,
    read_table,
    spell_number,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def tables() -> Path:
    with as_file(files("bingdi.seeds") / "gazetteer") as folder:
        return Path(folder)


def test_tables_agree_with_the_facts_that_they_are_made_of(tables: Path) -> None:
    cities = {row["division"]: row["city"] for row in read_table(tables / "division_cities.csv")}
    localities = [
        Row(code=row["code"], name=row["name"], parent=row["parent"]) for row in read_table(tables / "localities.csv")
    ]
    divisions = make_divisions(read_table(tables / "division_facts.csv"), cities=cities, localities=localities)
    facts = read_table(tables / "regiment_facts.csv")
    regiments, towns = make_regiments(facts, cities=cities, localities=localities)
    for name, rows in (("divisions.csv", divisions), ("regiments.csv", regiments)):
        written = [dict(zip(COLUMNS, row.cells(), strict=True)) for row in rows]
        assert written == read_table(tables / name)
    assert towns == [(row["regiment"], row["town"]) for row in read_table(tables / "regiment_towns.csv")]


def test_every_regiment_says_where_its_facts_come_from(tables: Path) -> None:
    for fact in read_table(tables / "regiment_facts.csv"):
        assert fact["sources"], fact["name"]
        assert set(fact["sources"]) <= set("NMTPSWG"), fact["name"]


def write_package(folder: Path) -> Path:
    """A package of a few made-up and real areas, in the files and columns of the real one."""
    dist = folder / "dist"
    dist.mkdir(parents=True)
    texts = {
        "provinces": "code,name\n65,新疆维吾尔自治区\n33,浙江省\n",
        "cities": "code,name,provinceCode\n6523,昌吉回族自治州,65\n6590,自治区直辖县级行政区划,65\n3302,宁波市,33\n",
        "areas": "code,name,cityCode,provinceCode\n652301,昌吉市,6523,65\n659001,石河子市,6590,65\n"
        "652325,奇台县,6523,65\n652371,某某经济技术开发区,6523,65\n330203,海曙区,3302,33\n",
        "streets": "code,name,areaCode,provinceCode,cityCode\n652301001,宁边路街道,652301,65,6523\n"
        "652301503,兵团共青团农场,652301,65,6523\n330203001,南门街道,330203,33,3302\n"
        "652301200,阿什里哈萨克族乡,652301,65,6523\n",
    }
    for name, text in texts.items():
        (dist / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_refresh_takes_areas_and_leaves_other_bodies_out(tmp_path: Path) -> None:
    rows = {row.code: row for row in iter_areas(write_package(tmp_path) / "dist")}
    assert rows["659001"].parent == "650000"
    assert rows["652301"].parent == "652300"
    assert rows["652301001"].level == "street"
    assert not set(rows) & {"659000", "652371", "652301503", "330203001"}


def test_refresh_gives_a_short_name_to_the_highest_row(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "locality_edits.csv").write_text(
        "code,name,level,parent,aliases,context\n652399,某某牧场,farm,652301,,\n", encoding="utf-8"
    )
    (folder / "common_words.csv").write_text("word,use\n宁波,context\n海曙,drop\n", encoding="utf-8")
    rows = {row.code: row for row in make_localities(write_package(tmp_path / "package"), folder=folder)}
    assert rows["652300"].aliases == ["昌吉州", "昌吉"]
    assert (rows["652301"].aliases, rows["652301"].context) == ([], [])
    assert (rows["652325"].aliases, rows["652325"].context) == ([], ["奇台"])
    assert (rows["330200"].aliases, rows["330200"].context) == ([], ["宁波"])
    assert (rows["330203"].aliases, rows["330203"].context) == ([], [])
    assert rows["652399"].parent == "652301"
    assert rows["652301200"].aliases == ["阿什里乡", "阿什里哈萨克民族乡"]


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("新疆维吾尔自治区", "province", {"新疆": True}),
        ("克孜勒苏柯尔克孜自治州", "prefecture", {"克孜勒苏州": True, "克孜勒苏": True}),
        ("塔城地区", "prefecture", {"塔城": True}),
        ("木垒哈萨克自治县", "county", {"木垒县": True, "木垒": False}),
        ("木里藏族自治县", "county", {"木里县": True, "木里": False}),
        ("海曙区", "county", {"海曙": False}),
        ("歙县", "county", {}),
        ("石河子镇", "town", {}),
    ],
)
def test_short_names_by_form(name: str, level: str, short: dict[str, bool]) -> None:
    assert dict(iter_short_names(Row(code="1", name=name, level=level))) == short


@pytest.mark.parametrize(
    ("digits", "spelt"),
    [
        ("8", "八"),
        ("10", "十"),
        ("16", "十六"),
        ("20", "二十"),
        ("48", "四十八"),
        ("104", "一〇四"),
        ("150", "一五〇"),
    ],
)
def test_number_is_spelt_as_regiments_write_it(digits: str, spelt: str) -> None:
    assert spell_number(digits) == spelt


@given(st.integers(1, 999), st.integers(1, 999))
def test_two_numbers_are_never_spelt_alike(one: int, other: int) -> None:
    assert (spell_number(str(one)) == spell_number(str(other))) == (one == other)
