"""Attributes of links in sentences made up for this test."""

from __future__ import annotations

import pytest
from bingdi.graph.errors import ModelError
from bingdi.graph.extraction import status as status_module
from bingdi.graph.extraction.attributes import Attributes, read_attributes, read_fields
from bingdi.graph.extraction.dating import DatedText, load_date_trees
from bingdi.graph.model import Relation, Status
from hypothesis import given
from hypothesis import strategies as st

RELATIONS = {
    "签": Relation.SIGNS_AGREEMENT_WITH,
    "援": Relation.AIDS,
    "捐": Relation.AIDS,
    "帮": Relation.AIDS,
    "访": Relation.EXCHANGES_WITH,
    "连": Relation.CONNECTS,
}


def read(text: str, trigger: str, *, evidence: str = "", published: str = "") -> Attributes:
    """Attributes of ``trigger`` in ``evidence``, the whole text unless it is given."""
    start = text.index(evidence) if evidence else 0
    end = start + len(evidence or text)
    place = text.find(trigger, start) if trigger else -1
    dated = DatedText.read(text, published=published)
    setting = dated.setting(start=start, end=end, trigger=(place, place + len(trigger)) if place >= 0 else None)
    told = next((relation for sign, relation in RELATIONS.items() if sign in trigger), Relation.COOPERATES_WITH)
    return read_attributes(dated, setting, told)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("2021年5月8日,甲县与乙团签订了协议。", "签订", ("2021-05-08", "")),
        ("2019年建站,2021年5月8日,甲县与乙团签订了协议。", "签订", ("2021-05-08", "")),
        ("2021年7月12日至15日,甲县代表团到访乙团。", "到访", ("2021-07-12", "2021-07-15")),
        ("始建于1962年的甲县中学,2021年5月与乙团学校签订了协议。", "签订", ("2021-05", "")),
        ("始建于1962年的甲县中学与乙团学校签订了协议。", "签订", ("", "")),
        ("甲县对口支援乙团始于2011年。", "对口支援", ("2011", "")),
        ("甲县与乙团签订了《2021年共建计划》。", "签订", ("", "")),
        ("甲县援建的学校(2021年5月8日摄)。", "援建", ("", "")),
        ("甲县与乙团签订了协议(2021年至2025年)。", "签订", ("", "")),
        ("甲县与乙团签订了协议。", "签订", ("", "")),
    ],
)
def test_date_of_the_sentence(text: str, trigger: str, expected: tuple[str, str]) -> None:
    got = read(text, trigger)
    assert (got.date, got.date_end) == expected


LEAD = "2021年5月8日,客人来到乙团。\n\n"


@pytest.mark.parametrize(
    ("between", "evidence", "trigger", "expected"),
    [
        ("", "双方签订了协议。", "签订", "2021-05-08"),
        ("会场不大。\n\n", "双方签订了协议。", "签订", "2021-05-08"),
        ("会场不大。\n\n茶水备好。\n\n", "双方签订了协议。", "签订", ""),
        ("", "双方此前签订了协议。", "签订", ""),
        ("", "今后双方将继续合作。", "合作", ""),
    ],
)
def test_date_told_before(between: str, evidence: str, trigger: str, expected: str) -> None:
    assert read(LEAD + between + evidence, trigger, evidence=evidence).date == expected


def test_a_headline_takes_the_day_below() -> None:
    headline = "甲县与乙团签订了协议\n"
    assert read(headline + "\n" + LEAD, "签订", evidence=headline).date == "2021-05-08"


def test_page_lines_date_nothing() -> None:
    text = "发布:2021-05-09\n\n双方签订了协议。"
    assert read(text, "签订", evidence="双方签订了协议。").date == ""


def test_done_is_not_in_the_future() -> None:
    assert read("甲县与乙团签订了协议,9月开工。", "签订", published="2021-05-08").date == ""


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("2021年5月8日,甲县与乙团签订了合作协议。", "签订", Status.DONE),
        ("甲县向乙团捐赠了一批图书。", "捐赠", Status.DONE),
        ("甲县代表团到访乙团。", "到访", Status.DONE),
        ("下一步,甲县将同乙团共同开发景区。", "共同开发", Status.PLANNED),
        ("今后,两地将加强合作。", "合作", Status.PLANNED),
        ("甲县将与乙团共建一所学校。", "共建", Status.PLANNED),
        ("甲县将一批图书捐赠给乙团。", "捐赠", Status.DONE),
        ("大桥将甲县与乙团连接在一起。", "连接", Status.DONE),
        ("甲县对口支援乙团。", "对口支援", Status.ONGOING),
        ("多年来,甲县一直对口支援乙团。", "对口支援", Status.ONGOING),
    ],
)
def test_status(text: str, trigger: str, expected: Status) -> None:
    assert read(text, trigger).status is expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("甲县没有与乙团签订协议。", "签订"),
        ("甲县与乙团未签订协议。", "签订"),
        ("甲县与乙团未能达成协议。", "达成协议"),
        ("甲县拒绝与乙团合作。", "合作"),
        ("甲县宣布取消与乙团的合作。", "合作"),
        ("甲县与乙团的合作告吹。", "合作"),
        ("甲县与乙团的签约仪式被取消。", "签约"),
        ("两地的合作没有谈成。", "合作"),
        ("此行并非签约。", "签约"),
        ("传言称甲县与乙团签约。", "签约"),
        ("网传甲县将援建乙团医院,系谣言。", "援建"),
        ("专家建议甲县与乙团合作。", "合作"),
        ("如果甲县与乙团签约,路就通了。", "签约"),
        ("甲县与乙团是否合作,尚无定论。", "合作"),
        ("甲县与乙团的合作破裂。", "合作"),
    ],
)
def test_denied(text: str, trigger: str) -> None:
    got = read(text, trigger)
    assert (got.negated, got.status) == (True, None)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("甲县不仅与乙团签订协议,还捐了款。", "签订"),
        ("两地不断加强合作。", "合作"),
        ("没有甲县的支援就没有乙团的今天。", "支援"),
        ("两地的合作从未中断。", "合作"),
        ("这些年甲县没少帮扶乙团。", "帮扶"),
        ("甲县从没有停止对乙团的帮扶。", "帮扶"),
        ("着眼未来,甲县与乙团签约。", "签约"),
        ("这不是头一回,两家早就合作。", "合作"),
        ("合作的主要是甲县与乙团。", "合作"),
        ("如果说甲县出了钱,乙团就出了力,两家共建水厂。", "共建"),
        ("甲县没有等,却先签了约。", "签了约"),
        ("甲县没有机场,乙团帮扶甲县。", "帮扶"),
        ("甲县解除了援疆干部的后顾之忧。", "援疆"),
        ("甲县与乙团签订协议。", ""),
    ],
)
def test_not_denied(text: str, trigger: str) -> None:
    got = read(text, trigger)
    assert not got.negated
    assert got.status is not None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("甲县医院的医生到乙团医院义诊。", "义诊", "医疗"),
        ("甲县中学与乙团学校结对,教师互派。", "结对", "教育"),
        ("甲县与乙团共建公路桥。", "共建", "基础设施"),
        ("甲县与乙团共同治沙造林。", "共同", "生态"),
    ],
)
def test_first_field(text: str, trigger: str, expected: str) -> None:
    assert read(text, trigger).fields[0] == expected


def test_fields_are_few_and_offices_are_none() -> None:
    text = "甲县党委书记到乙团,看了医院、学校、景区、博物馆、公路和工厂。"
    fields = read(text, "到").fields
    assert len(fields) == 3
    assert "党建" not in fields
    assert read("甲县与乙团为邻。", "为邻").fields == ()


def test_the_name_of_a_place_says_nothing_of_a_field() -> None:
    text = "阜康市与五家渠市签订了协议。"
    start = text.index("五家渠市")
    setting = DatedText(text, ()).setting(start=0, end=len(text), trigger=None)
    assert read_fields(setting) == ("基础设施",)
    assert read_fields(setting, named=[(start, start + 4)]) == ()


@pytest.mark.parametrize("content", ["", "{}", '{"format": 0}', '{"format": 1, "classes": ["never"]}'])
def test_a_damaged_model_is_named(content: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "status.json").write_text(content, "utf-8")
    (tmp_path / "date_trees.npz").write_text(content, "utf-8")
    monkeypatch.setenv("BINGDI_MODELS", str(tmp_path))
    for load, name in ((status_module.load_status_scorer, "status"), (load_date_trees, "date_trees")):
        load.cache_clear()
        try:
            with pytest.raises(ModelError, match=name):
                load()
        finally:
            load.cache_clear()


PIECES = st.sampled_from(
    [*"甲乙签约了将没未不断，。\n《》2", "2021年5月8日", "8月", "取消", "合作", "医院", "没有", "就没有"]
)


@given(st.lists(PIECES, min_size=1, max_size=30).map("".join), st.data())
def test_any_place(text: str, data: st.DataObject) -> None:
    start, low, high, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    dated = DatedText.read(text, published="2022-01-01")
    got = read_attributes(
        dated,
        dated.setting(start=start, end=end, trigger=(low, high) if high > low else None),
        data.draw(st.sampled_from(Relation)),
    )
    known = {(found.date[:size], found.date_end) for found in dated.dates for size in (4, 7, 10)}
    assert got.date == "" or (got.date, got.date_end) in known or (got.date, "") in {(date, "") for date, _ in known}
    assert got.status is None or not got.negated
    assert len(set(got.fields)) == len(got.fields) <= 3
