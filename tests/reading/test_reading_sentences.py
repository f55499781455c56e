from __future__ import annotations

import pytest
from bingdi.graph.reading import split_clauses, split_sentences
from bingdi.graph.reading.sentences import LONGEST
from hypothesis import given, settings
from hypothesis import strategies as st

CHINESE = st.text(alphabet="甲乙师团一。！？；，、：:“”‘’「」《》（）()\"'[]12.!?… —\n的a/h", max_size=60)


def sentences(text: str) -> list[str]:
    return [text[found.start : found.end] for found in split_sentences(text)]


def clauses(text: str) -> list[str]:
    return [text[found.start : found.end] for found in split_clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲师来了。乙市也来了！丙县呢？都到。", ["甲师来了。", "乙市也来了！", "丙县呢？", "都到。"]),
        ("真的吗？！真的。", ["真的吗？！", "真的。"]),
        ("他来了!她也来了?是的。", ["他来了!", "她也来了?", "是的。"]),
        ("标题一行\n正文一句。\n\n又一段。", ["标题一行\n", "正文一句。\n\n", "又一段。"]),
        ("他说:“好。”大家笑了。", ["他说:“好。”", "大家笑了。"]),
        ("他说：“好！”“行！”众人答。", ["他说：“好！”", "“行！”", "众人答。"]),
        ("成了。“开工！”队长喊。", ["成了。", "“开工！”", "队长喊。"]),
        ('他说"好。"我们说"行。"', ['他说"好。"', '我们说"行。"']),
        ('完了。"开工"是口号。', ["完了。", '"开工"是口号。']),
        ('完了吗?"\n开工了。', ["完了吗?", '"\n', "开工了。"]),
        ("人口减少。[3]面积不变。", ["人口减少。[3]", "面积不变。"]),
        ("(见上文。)下文再说。", ["(见上文。)", "下文再说。"]),
        ("前一句。  后一句。", ["前一句。  ", "后一句。"]),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "投资3.5亿元，增长1.2%。",
        "签约后；双方会商；再开工。",
        "话没说完……后来才知道。",
        "地址是http://a.example.org/x?b=c!d，请收好。",
        "会议18:58开始。",
        "各方瞄准“谁来种？怎么种？”这道题。",
        "大家问的是「水从哪里来？」这一个问题。",
        "“怎么走？”的问题摆在面前。",
        "《我们去哪儿？》一书出版。",
        "他高喊“加油！”。",
        "他问“去吗？”，没人答。",
        "没有句号的一行",
        "",
    ],
)
def test_what_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == ([text] if text else [])


def test_question_inside_spoken_quotation_ends_a_sentence() -> None:
    assert sentences("他问：“去吗？我不去。”") == ["他问：“去吗？", "我不去。”"]


def test_leading_white_space_belongs_to_the_first_sentence() -> None:
    assert sentences(" \n 头一句。\n") == [" \n 头一句。\n"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲师来了，乙市也来；丙县：到。", ["甲师来了，", "乙市也来；", "丙县：", "到。"]),
        ("甲,乙;丙:丁。", ["甲,", "乙;", "丙:", "丁。"]),
        ("共1,200人，18:58到。", ["共1,200人，", "18:58到。"]),
        ("见http://a.cn，好。", ["见http://a.cn，", "好。"]),
        ("甲、乙和丙。", ["甲、乙和丙。"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), CHINESE))
def test_sentences_and_clauses_tile_any_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert "".join(clauses(text)) == text
    assert all(found.start < found.end for found in (*split_sentences(text), *split_clauses(text)))


@settings(deadline=None)
@given(CHINESE)
def test_clauses_refine_sentences(text: str) -> None:
    assert {found.end for found in split_sentences(text)} <= {found.end for found in split_clauses(text)}


@settings(deadline=None)
@given(CHINESE)
def test_no_sentence_crosses_a_line(text: str) -> None:
    assert all("\n" not in sentence.strip() for sentence in sentences(text))


def test_what_never_ends_is_cut_at_commas_and_else_anywhere() -> None:
    listed, endless = "甲县与乙团签约，" * 1000, "甲" * 5000
    assert all(text.endswith("，") and len(text) <= LONGEST for text in sentences(listed))
    assert [len(text) for text in sentences(endless)] == [2000, 2000, 1000]
    for text in (listed, endless):
        assert {found.end for found in split_sentences(text)} <= {found.end for found in split_clauses(text)}
        assert "".join(sentences(text)) == text
