from __future__ import annotations

import datetime

import pytest
from bingdi.graph.reading import document_from_text
from bingdi.graph.reading.bylines import Byline, is_media, parse_byline
from bingdi.graph.reading.dates import parse_date
from bingdi.graph.reading.lines import Line
from hypothesis import given, settings
from hypothesis import strategies as st

PROSE = "西岭师与东川市三月五日在河谷镇签订合作框架协议,双方将共建一座日供水三万吨的水厂,让两地群众都喝上放心水。"


def byline(text: str) -> Byline | None:
    return parse_byline(Line(number=0, text=text))


@pytest.mark.parametrize(
    ("text", "publisher", "date"),
    [
        ("来源:石榴云/河谷日报2025-02-14 18:58", "石榴云/河谷日报", "2025-02-14"),
        ("河谷日报  2023年08月10日  第02版", "河谷日报", "2023-08-10"),
        ("TUhjnbcbe - 2022/10/25 4:14:00", "", "2022-10-25"),
        ("时间:2016-12-14", "", "2016-12-14"),
        ("2023-06-26来源:河谷日报", "河谷日报", "2023-06-26"),
        ("2010年12月18日14:31", "", "2010-12-18"),
        ("稿源:地方合作处    2013-04-22", "地方合作处", "2013-04-22"),
        ("【字号 大 中 小】  作者:  来源:合作交流处  时间:2016-12-14", "合作交流处", "2016-12-14"),
        ("发布时间:2025-07-16  来源:融媒体中心  字号:[大]  [中]  [小][打印本页]", "融媒体中心", "2025-07-16"),
        ("作者:    摄影:   视频:   来源:校报发布时间:2025-11-09", "校报", "2025-11-09"),
        ("《 河谷日报 》( 2023年03月28日   04 版)", "河谷日报", "2023-03-28"),
        ("發佈時間：2015-04-06 03:58:27  來源：經濟日報", "經濟日報", "2015-04-06"),
        ("2020年04月27日   河谷在线-东川频道", "河谷在线-东川频道", "2020-04-27"),
        ("东川国资 2023-09-23", "东川国资", "2023-09-23"),
        ("2021 01/ 05 21:45:45", "", "2021-01-05"),
        ("发布时间:17年07月17日    信息来源:河谷日报", "河谷日报", "2017-07-17"),
        ("来源:网络", "", ""),
        ("2020-12-18 08:00:00 作者:东川市教育局 字号:T|T", "东川市教育局", "2020-12-18"),
        ("2020-12-18 作者:王一", "", "2020-12-18"),
        ("(来源:河谷日报)", "河谷日报", ""),
        ("日期:09-07    版次:02", "", ""),
        ("2016-12-14 10:00  来源:科研处  点击:1010次", "科研处", "2016-12-14"),
    ],
)
def test_bylines(text: str, publisher: str, date: str) -> None:
    assert byline(text) == Byline(publisher=publisher, date=date, whole=True)


@pytest.mark.parametrize(
    "text",
    [
        "2023年8月,西岭师与东川市签订协议",
        "资金来源:中央财政拨款",
        "水的来源:河谷水库",
        "双方于2023-08-10签约。",
        "农场概况(2008年)",
        "西岭师与东川市签约",
        "版次:很多",
        "",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert byline(text) is None


def test_a_line_with_more_to_say_is_not_whole() -> None:
    assert byline("2024年11月26日 13:03   文摘   新疆") == Byline(date="2024-11-26")


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("河谷日报", True),
        ("人民网", True),
        ("东川电视台", True),
        ("河谷融媒体中心", True),
        ("", True),
        ("西岭师第一医院", False),
        ("宣传部", False),
        ("科研处", False),
    ],
)
def test_media_houses_are_told_from_bodies(name: str, media: bool) -> None:
    assert is_media(name) is media


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-08-10", "2023-08-10"),
        ("2023/8/1", "2023-08-01"),
        ("2023.08.10", "2023-08-10"),
        ("20230810", "2023-08-10"),
        ("2023年8月", "2023-08"),
        ("2023年8月5号", "2023-08-05"),
        ("2023-08", "2023-08"),
        ("2023", "2023"),
        ("2023年", "2023"),
        ("27.05.2014  10:57", "2014-05-27"),
        ("23-07-11 09:12", "2023-07-11"),
        ("2026-02-12T10:00:00+08:00", "2026-02-12"),
        ("Tue, 10 Jan 2017 08:00:00 GMT", "2017-01-10"),
        ("1691625600", "2023-08-10"),
        ("1691625600000", "2023-08-10"),
        ("2021-01-0310:31", "2021-01-03"),
        ("2023-02-30", ""),
        ("2023-13-01", ""),
        ("2018年1期", "2018"),
        ("3.5亿元", ""),
        ("12345678901234", ""),
        ("1.2.3", ""),
        ("去年八月", ""),
        ("二〇二三年五月", "2023-05"),
        ("二零二三年十二月三十一日", "2023-12-31"),
        ("二○二三年十月二十日 10:00", "2023-10-20"),
        ("二〇二三年", "2023"),
        ("二〇二三年二月三十日", ""),
        ("二三年五月", ""),
        ("三十二日", ""),
        ("2024/13/45", ""),
        ("May 6 2023", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert parse_date(text) == date


@settings(deadline=None)
@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2069, 12, 31)))
def test_every_day_is_read_in_every_form(day: datetime.date) -> None:
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%d.%m.%Y")
    assert {parse_date(day.strftime(form)) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("head", "title", "publisher", "date"),
    [
        ("两地共建水厂\n来源:河谷日报 2023-05-06", "两地共建水厂", "河谷日报", "2023-05-06"),
        (
            "首页 > 新闻 > 正文\n\n两地共建水厂\n\n2023-05-06\n来源:河谷网",
            "两地共建水厂",
            "河谷网",
            "2023-05-06",
        ),
        (
            "河谷日报  2023年5月6日  第2版\n\n两地共建水厂\n——西岭东川见闻",
            "两地共建水厂",
            "河谷日报",
            "2023-05-06",
        ),
        ("要闻\n两地共建一座大水厂", "两地共建一座大水厂", "", ""),
        ("河谷新闻网\n首页 > 新闻\n两地共建一座大水厂", "两地共建一座大水厂", "河谷新闻网", ""),
        ("□ 本报记者 某某", "", "", ""),
        ("【河谷动态】两地共建水厂", "【河谷动态】两地共建水厂", "", ""),
        ("", "", "", ""),
    ],
)
def test_what_the_head_of_a_page_tells(head: str, title: str, publisher: str, date: str) -> None:
    found = document_from_text(f"{head}\n\n{PROSE}", name="page")
    assert (found.title, found.publisher, found.date) == (title, publisher, date)


def test_what_the_foot_of_a_page_tells() -> None:
    found = document_from_text(f"两地共建水厂\n\n{PROSE}\n\n来源:河谷日报\n2023年5月6日", name="page")
    assert (found.publisher, found.date) == ("河谷日报", "2023-05-06")


def test_a_date_in_the_text_is_not_the_date_of_the_page() -> None:
    assert document_from_text(f"两地共建水厂\n\n2019年8月10日,{PROSE}", name="page").date == ""


def test_dates_that_head_the_parts_of_a_text_stay() -> None:
    text = f"两地大事记\n\n{PROSE}\n\n2019年8月10日\n\n{PROSE}"
    assert document_from_text(text, name="page").text == text


def test_a_body_named_as_source_stays_in_the_text_and_a_newspaper_does_not() -> None:
    kept = document_from_text(f"两地共建水厂\n来源:西岭师医院 2023-05-06\n{PROSE}", name="page")
    gone = document_from_text(f"两地共建水厂\n来源:河谷日报 2023-05-06\n{PROSE}", name="page")
    assert "来源:西岭师医院" in kept.text
    assert gone.text == f"两地共建水厂\n{PROSE}"


def test_given_facts_win() -> None:
    found = document_from_text(
        f"两地共建水厂\n来源:河谷日报 2023-05-06\n{PROSE}",
        name="page",
        title="另一个\n标题",
        publisher="东川日报",
        date="2024年1月2日",
        url=" https://example.org/1 ",
        origin="x.txt",
    )
    assert (found.title, found.publisher, found.date) == ("另一个 标题", "东川日报", "2024-01-02")
    assert (found.url, found.origin, found.name) == ("https://example.org/1", "x.txt", "page")
