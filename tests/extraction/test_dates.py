"""Dates in sentences made up for this test."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bingdi.graph.extraction.dates import read_dates
from hypothesis import given
from hypothesis import strategies as st

PARTIAL = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def found(text: str, published: str = "") -> list[tuple[str, str, str]]:
    return [(text[x.start : x.end], x.date, x.date_end) for x in read_dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("甲县2023年8月11日开工。", "", [("2023年8月11日", "2023-08-11", "")]),
        ("甲县2023年8月开工。", "", [("2023年8月", "2023-08", "")]),
        ("甲县2023年开工。", "", [("2023年", "2023", "")]),
        ("二〇二三年十一月二十五日,甲县开工。", "", [("二〇二三年十一月二十五日", "2023-11-25", "")]),
        ("2023 年 8 月 11 日开工", "", [("2023 年 8 月 11 日", "2023-08-11", "")]),
        ("２０２３年８月開工", "", [("２０２３年８月", "2023-08", "")]),
        ("時間:2023/08/11", "", [("2023/08/11", "2023-08-11", "")]),
        ("时间:2023-08-11 09:30", "", [("2023-08-11", "2023-08-11", "")]),
        ("时间 2023.8.1", "", [("2023.8.1", "2023-08-01", "")]),
        ("8月11日,甲县开工。", "2023-09-02", [("8月11日", "2023-08-11", "")]),
        ("12月28日,甲县开工。", "2023-01-04", [("12月28日", "2022-12-28", "")]),
        ("甲县9月办节。", "2023-08-20", [("9月", "2023-09", "")]),
        ("13日,客人来到甲县。", "2023-08-20", [("13日", "2023-08-13", "")]),
        ("本月21日,下个月开工", "2023-12-05", [("本月21日", "2023-12-21", ""), ("下个月", "2024-01", "")]),
        ("上月24日开工", "2023-01-05", [("上月24日", "2022-12-24", "")]),
        ("今年5月、去年8月", "2023-09-02", [("今年5月", "2023-05", ""), ("去年8月", "2022-08", "")]),
        ("前年和明年", "2023-09-02", [("前年", "2021", ""), ("明年", "2024", "")]),
        ("昨天,甲县开工;今天上午,乙县也开工。", "2023-03-01", [("昨天", "2023-02-28", ""), ("今天", "2023-03-01", "")]),
    ],
)  # fmt: skip
def test_one_date(text: str, published: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text, published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年5月两家商定。同年11月签字。", [("2021-05", ""), ("2021-11", "")]),
        ("2021年5月两家商定,11月签字。次年3月开工。", [("2021-05", ""), ("2021-11", ""), ("2022-03", "")]),
        (
            "2021年5月8日,客人到了。当天签字,次日回程。",
            [("2021-05-08", ""), ("2021-05-08", ""), ("2021-05-09", "")],
        ),
        ("2021年12月31日签字,次日开工。", [("2021-12-31", ""), ("2022-01-01", "")]),
        ("2021年7月12日至15日,客人走了三地。", [("2021-07-12", "2021-07-15")]),
        ("2021年12月28日至1月3日办节。", [("2021-12-28", "2022-01-03")]),
        ("2010年至2015年修路。", [("2010", "2015")]),
        ("2010—2015年修路。", [("2010", "2015")]),
        ("2021年3—5月修路。", [("2021-03", "2021-05")]),
        ("自2017年起,甲县帮乙县。", [("2017", "")]),
        ("2021年2月30日", [("2021-02", "")]),
    ],
)
def test_chain_and_intervals(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(x.date, x.date_end) for x in read_dates(text)] == expected


def test_chain_is_left_after_a_sentence_where_the_page_has_a_date() -> None:
    text = "2010年两地结缘。路修通了。8月11日,甲县与乙县签字。"
    assert [x.date for x in read_dates(text, published="2023-09-01")] == ["2010", "2023-08-11"]


@pytest.mark.parametrize(
    "text",
    [
        "捐款100元、3.5亿元,到场2023人,18:58散会。",
        "8月11日,甲县开工。",
        "去年,今年5月,昨天,当天,同年11月",
        "近日,甲县开工。日前,乙县也开工。",
        "5年来,3个月里,第5日,近3日,30天",
        "三月街上人多,过去年轻,如今年轻人多,相当年轻",
        "20世纪90年代,2010年代",
        "5号楼,3号线,12路车",
        "电话2023-0811,房号2023-19",
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert read_dates(text) == ()


def test_vague_days_stay_undated_with_a_page_date() -> None:
    assert read_dates("近日,甲县开工。日前,乙县也开工。", published="2023-08-11") == ()
    assert read_dates("如今年轻人多,过去年轻。", published="2023-08-11") == ()


def test_a_year_that_cannot_be_known_does_not_lend_its_place() -> None:
    """After 去年 without a page date, 9月 is not of the year before that."""
    assert [x.date for x in read_dates("2014年结缘。去年再聚,9月签字。")] == ["2014"]


def test_explicit_year() -> None:
    first, second = read_dates("2021年5月商定,11月签字。")
    assert (first.explicit_year, second.explicit_year) == (True, False)


@pytest.mark.parametrize("published", ["2023-13-40", "9999-12-31", "yesterday", "2023-02-30", "2023"])
def test_odd_page_dates_do_no_harm(published: str) -> None:
    assert all(
        PARTIAL.fullmatch(x.date) for x in read_dates("明天上午开工,昨天到,上月,8月1日,3日", published=published)
    )


PIECES = st.sampled_from(
    [
        *"0123456789年月日号至到—-/.。,十一二〇今去明昨当同次本上下第个天的讯",
        "2023",
        "8月",
        "11日",
        "去年",
        "当天",
        "同月",
        " ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["", "2023-08-11", "2023-01", "2024"]))
def test_any_text(text: str, published: str) -> None:
    dates = read_dates(text, published=published)
    assert all(0 <= x.start < x.end <= len(text) for x in dates)
    assert all(one.end <= two.start for one, two in pairwise(dates))
    assert all(PARTIAL.fullmatch(x.date) and (not x.date_end or PARTIAL.fullmatch(x.date_end)) for x in dates)
    assert read_dates(text, published=published) == dates
