"""What a person types, and the one entity that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bingdi.graph.errors import AmbiguousNameError, NameNotFoundError
from bingdi.graph.query import find_entity, find_nearest, find_others
from bingdi.graph.query.names import cut_ending, measure_likeness
from bingdi.graph.query.pinyin import is_spelled, list_readings
from bingdi.graph.store import Store
from graphs import (
    CHANGJI,
    CHANGJI_ZHOU,
    CORPS,
    DISTRICT,
    ELEVENTH,
    HOSPITAL,
    OFFICE,
    PLAN,
    REGIMENT,
    TIANJIN,
    TWELFTH,
    Reading,
    make_document,
    make_entity,
    make_readings,
    make_store,
)

FARMS = (
    make_entity("regiment", "红旗农场", code="TEST-06-1"),
    make_entity("institution", "红旗农场"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    farms = (Reading(make_document("红旗农场迎客。", name=str(farm.type)), farm) for farm in FARMS)
    folder = tmp_path_factory.mktemp("names")
    with make_store(folder, readings=(*make_readings(), *farms)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "entity"),
    [
        ("第十二师", TWELFTH),
        (" 第十二师 ", TWELFTH),
        ("12师", TWELFTH),
        ("１２师", TWELFTH),
        ("第12师", TWELFTH),
        ("兵团第十二师", TWELFTH),
        ("农十二师", TWELFTH),
        ("新疆生产建设兵团第十二师", TWELFTH),
        ("第十二師", TWELFTH),
        ("兵團", CORPS),
        ("一〇四团", REGIMENT),
        ("一○四团", REGIMENT),
        ("104团", REGIMENT),
        ("一百零四团", REGIMENT),
        ("天津", TIANJIN),
        ("昌吉州", CHANGJI_ZHOU),
        ("昌吉回族自治州", CHANGJI_ZHOU),
        ("昌吉市", CHANGJI),
        ("开发区（头屯河区）", DISTRICT),
        ("头屯河", DISTRICT),
        ("民族团结共建协议", PLAN),
        ("《共建协议》", PLAN),
        ("120000", TIANJIN),
        ("xpcc-12", TWELFTH),
        (TWELFTH.id, TWELFTH),
        (TWELFTH.id.upper(), TWELFTH),
        ("tianjin", TIANJIN),
        ("tianjinshi", TIANJIN),
        ("Tian Jin Shi", TIANJIN),
        ("tjs", TIANJIN),
        ("dishiershi", TWELFTH),
        ("12shi", TWELFTH),
        ("toutunhequ", DISTRICT),
        ("建工师", ELEVENTH),
    ],
)
def test_any_name_that_a_person_would_type(store: Store, typed: str, entity: object) -> None:
    assert find_entity(store, typed).id == entity.id  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "《》",
        "第十三师",
        "昌",
        "吉市",
        "12",
        "104",
        "tian",
        "0" * 16,
        "%",
        "_",
        "' OR 1=1 --",
        "合作",
    ],
)
def test_what_names_nothing(store: Store, typed: str) -> None:
    with pytest.raises(NameNotFoundError):
        find_entity(store, typed)


@pytest.mark.parametrize("typed", ["天津", "天 津"])
def test_a_canonical_name_wins_over_an_alias(tmp_path: Path, typed: str) -> None:
    street = make_entity("site", "天津")
    reading = Reading(make_document("天津在天津市。"), TIANJIN, street)
    assert "天津" in TIANJIN.aliases
    with make_store(tmp_path, readings=(reading,)) as store:
        assert find_entity(store, typed).id == street.id
        assert find_entity(store, "天津市").id == TIANJIN.id


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("红旗农场", {farm.id for farm in FARMS}),
        ("changji", {CHANGJI.id, CHANGJI_ZHOU.id}),
        ("hongqinongchang", {farm.id for farm in FARMS}),
    ],
)
def test_an_ambiguous_name_gives_the_choice(store: Store, typed: str, ids: set[str]) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_entity(store, typed)
    assert {key for key, _, _ in caught.value.candidates} == ids


def test_a_short_name_goes_to_the_gazetteers_choice_and_tells_the_others(store: Store) -> None:
    chosen = find_entity(store, "昌吉")
    assert chosen.id == CHANGJI_ZHOU.id
    assert [other.id for other in find_others(store, "昌吉", chosen=chosen.id)] == [CHANGJI.id]
    assert find_others(store, "昌吉回族自治州", chosen=chosen.id) == ()
    assert find_others(store, "天津", chosen=TIANJIN.id) == ()


def test_a_division_is_told_by_its_city(tmp_path: Path) -> None:
    division = make_entity("division", "第十师", "第十师北屯市", code="XPCC-10")
    town = make_entity("locality", "北屯镇", code="654301100")
    gate = make_entity("locality", "铁门关")
    city = make_entity("locality", "铁门关市", code="659006")
    text = "第十师北屯市的人去了北屯镇，又到过铁门关和铁门关市。第十师派车。"
    reading = Reading(make_document(text, name="路"), division, town, gate, city)
    with make_store(tmp_path, readings=[reading]) as store:
        assert find_entity(store, "北屯") == town
        assert [other.id for other in find_others(store, "北屯", chosen=town.id)] == [division.id]
        assert [other.id for other in find_others(store, "铁门关", chosen=gate.id)] == [city.id]
        assert find_others(store, "铁门关市", chosen=city.id) == ()


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("第十三师", "第十一师"),
        ("天金市", "天津市"),
        ("河畔眼科", HOSPITAL.name),
        ("一〇四团统战部", OFFICE.name),
    ],
)
def test_the_nearest_names(store: Store, typed: str, nearest: str) -> None:
    found = find_nearest(store, typed)
    assert nearest in found
    assert len(found) <= 5
    assert len(set(found)) == len(found)


def test_nothing_is_near_to_what_shares_no_character(store: Store) -> None:
    assert find_nearest(store, "zzzz") == ()
    with pytest.raises(NameNotFoundError) as caught:
        find_entity(store, "zzzz")
    assert caught.value.candidates == ()


def test_likeness_is_one_for_the_name_itself_and_zero_for_strangers() -> None:
    assert measure_likeness("昌吉市", CHANGJI) == 1.0
    assert measure_likeness("铁门关", CHANGJI) == 0.0
    assert measure_likeness("", CHANGJI) == 0.0


@pytest.mark.parametrize(
    ("formal", "short"),
    [
        ("天津市", "天津"),
        ("昌吉回族自治州", "昌吉"),
        ("新疆维吾尔自治区", "新疆"),
        ("察布查尔锡伯自治县", "察布查尔"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("石河子市", "石河子"),
        ("阿克苏地区", "阿克苏"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("沙县", "沙县"),
        ("天津", "天津"),
        ("", ""),
    ],
)
def test_the_ending_of_a_place(formal: str, short: str) -> None:
    assert cut_ending(formal) == short


@pytest.mark.parametrize(
    ("name", "typed", "initials", "expected"),
    [
        ("重庆市", "chongqingshi", False, True),
        ("重庆市", "zhongqingshi", False, True),
        ("重庆市", "cqs", True, True),
        ("重庆市", "chongqing", False, False),
        ("重庆市", "chongqingshiqu", False, False),
        ("绿洲", "lvzhou", False, True),
        ("西安", "xian", False, True),
        ("104团", "104tuan", False, True),
        ("", "", False, True),
        ("市", "", False, False),
    ],
)
def test_spelling(name: str, typed: str, initials: bool, expected: bool) -> None:
    assert is_spelled(name, typed, initials=initials) is expected


@pytest.mark.parametrize(
    ("char", "readings"),
    [("重", ("zhong", "chong")), ("绿", ("lv", "lu")), ("a", ()), ("１", ()), ("，", ()), ("", ()), ("𝄞", ())],
)
def test_readings_of_a_character_the_commonest_first(char: str, readings: tuple[str, ...]) -> None:
    assert list_readings(char)[:2] == readings


def test_an_empty_store_knows_no_name(tmp_path: Path) -> None:
    with make_store(tmp_path, readings=()) as empty, pytest.raises(NameNotFoundError) as caught:
        find_entity(empty, "第十二师")
    assert caught.value.candidates == ()
