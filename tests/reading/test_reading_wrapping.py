from __future__ import annotations

import pytest
from bingdi.graph.reading.cleaning import clean_text

COLUMN = """\
西岭师与东川市山水相连,多年来守望相
助、往来不断。今年三月,双方在河谷镇签
订协议,决定共建一座日供水三万吨的水
厂,让两地群众都喝上放心水。"""
JOINED = (
    "西岭师与东川市山水相连,多年来守望相助、往来不断。今年三月,双方在河谷镇签订协议,"
    "决定共建一座日供水三万吨的水厂,让两地群众都喝上放心水。"
)


def test_a_hard_wrapped_column_becomes_a_paragraph() -> None:
    assert clean_text(COLUMN) == JOINED


def test_empty_lines_inside_a_wrapped_column_go() -> None:
    lines = COLUMN.split("\n")
    torn = "\n".join([*lines[:3], "", "", lines[3], "", COLUMN])
    assert clean_text(torn) == f"{JOINED}\n\n{JOINED}"


def test_an_indented_line_opens_a_paragraph() -> None:
    indented = "\n".join(f"  {COLUMN}" for _ in range(2))
    assert clean_text(indented) == f"{JOINED}\n{JOINED}"


def test_headings_captions_and_list_items_in_a_column_stay_apart() -> None:
    page = f"{COLUMN}\n\n供水先行 两地同心\n\n{COLUMN}\n图为水厂工地。 王一 摄\n\n一、建管网\n二、修泵站\n\n{COLUMN}"
    assert clean_text(page).split("\n") == [
        JOINED, "", "供水先行 两地同心", "", JOINED, "图为水厂工地。 王一 摄", "",
        "一、建管网", "二、修泵站", "", JOINED,
    ]  # fmt: skip


def test_a_title_directly_above_a_column_stays_apart() -> None:
    assert clean_text(f"两地共建水厂\n{COLUMN}") == f"两地共建水厂\n{JOINED}"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("来自第十\n二师的客人到了东川市。", "来自第十二师的客人到了东川市。"),
        ("协议的签订是在2\n023年八月。", "协议的签订是在2023年八月。"),
        ("全师共有农牧团场12\n个。", "全师共有农牧团场12\n个。"),
        ("客人来自东川市、\n河谷县。", "客人来自东川市、河谷县。"),
        ("客人来自东川市、\n\n河谷县。", "客人来自东川市、河谷县。"),
        ("签订了《共建供水\n工程协议》。", "签订了《共建供水工程协议》。"),
        ("客人到了东川市\n,随后开会。", "客人到了东川市,随后开会。"),
        ("西岭师的客人到了东川市,看了水厂和\n学校。", "西岭师的客人到了东川市,看了水厂和学校。"),
        ("They signed the\nagreement,\nat last.", "They signed the\nagreement, at last."),
    ],
)
def test_one_torn_line(torn: str, whole: str) -> None:
    assert clean_text(torn) == whole


@pytest.mark.parametrize(
    "text",
    [
        "两地签约\n西岭师与东川市签订合作协议。",
        "两地签约\n——西岭师与东川市合作见闻\n西岭师与东川市签订合作协议。",
        "西岭师的客人来了。\n东川市的客人也来了。",
        "两地工作回眸2024\n2023年的情形与此不同。",
        "援疆日记一\n昨天到了东川市。",
        "12\n34",
        "到会的有:\n西岭师水务局\n东川市水务局\n河谷县水务局",
        "别名:西岭\n位置:东川市北\n人口:46603\n年降水:三百毫米",
        "1、西岭镇\n2、河谷镇\n3、东川镇",
        "水务局长王一\n教育局长李二\n卫生局长赵三\n民政局长钱四",
        "西岭师年内办成三件事;\n东川市年内办成两件事。",
    ],
)
def test_lines_that_stay_apart(text: str) -> None:
    assert clean_text(text) == text


def test_a_paragraph_broken_at_the_end_of_a_page_goes_on() -> None:
    first = (
        "西岭师与东川市多年来合作不断。去年,双方在供水、教育、医疗、文化等方面办成了二十多件实事,"
        "群众都看在眼里;今年,双方又推动东川市设计院与西岭师建工"
    )
    assert clean_text(f"{first}\n\n\n\n联合投标,拿下两个项目。") == f"{first}联合投标,拿下两个项目。"


def test_a_whole_paragraph_does_not_swallow_the_next() -> None:
    first = "西岭师与东川市多年来合作不断。" * 6
    assert clean_text(f"{first}\n\n东川市的客人,昨天到了。") == f"{first}\n\n东川市的客人,昨天到了。"


def test_verses_are_put_together_between_full_sentences() -> None:
    verse = "西岭师主动融入\n\n东川市发展大局\n\n同建一座水厂"
    caption = "西岭师与东川市的水厂全景。"
    page = "\n\n".join([f"{verse}\n\n{caption}"] * 8)
    line = "西岭师主动融入 东川市发展大局 同建一座水厂"
    assert clean_text(page) == "\n\n".join([f"{line}\n\n{caption}"] * 8)


def test_a_dash_inside_a_column_is_no_list_item() -> None:
    torn = COLUMN.replace("厂,让两地", "厂——让两地").replace("水\n厂——", "水厂\n——")
    assert clean_text(torn) == JOINED.replace("厂,让", "厂——让")


@pytest.mark.parametrize(
    "title",
    ["西岭师与东川市共建一座日供水的水厂", "两地同饮一渠水 群众齐夸水厂好", "西岭师:两地共建的水厂动工了吗"],
)
def test_a_title_as_wide_as_the_column_stays_apart(title: str) -> None:
    assert clean_text(f"{title}\n\n{COLUMN}") == f"{title}\n\n{JOINED}"


def test_a_dateline_opens_running_text() -> None:
    torn = COLUMN.replace("西岭师与东川市", "本报讯 西岭师与", 1)
    assert clean_text(f"{COLUMN}\n\n{torn}") == f"{JOINED}\n\n{JOINED.replace('西岭师与东川市', '本报讯 西岭师与', 1)}"


def test_a_colon_early_in_a_wrapped_line_is_no_label() -> None:
    torn = "西岭师与东川市合作,今年定下了四件大\n事:共建水厂,共办学校,共修公路,共开\n医院,全部列入计划。"
    assert clean_text(f"{COLUMN}\n\n{torn}") == f"{JOINED}\n\n{torn.replace(chr(10), '')}"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("协议于2023年 8月签订，惠及 12所学校。", "协议于2023年8月签订，惠及12所学校。"),
        ("本报讯 8月12日，两地签约。", "本报讯 8月12日，两地签约。"),
        ("丰收时节 144团做客河谷镇", "丰收时节 144团做客河谷镇"),
    ],
)
def test_blanks_before_numerals_go_only_inside_sentences(text: str, whole: str) -> None:
    assert clean_text(text) == whole
