"""Names that are one, and names that are not."""

from __future__ import annotations

import pytest
from bingdi.graph.names import name_key, parse_numeral
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "names",
    [
        (
            "12师",
            "十二师",
            "第十二师",
            "农十二师",
            "兵团第十二师",
            "新疆生产建设兵团第十二师",
            "第１２师",
            "第 十二 师",
        ),
        (
            "第一师",
            "一师",
            "农业第一师",
            "农业建设第一师",
            "新疆生产建设兵团农一师",
            "新疆兵团第一师",
            "兵團第一師",
        ),
        ("104团", "一〇四团", "一○四团", "一零四团", "一百零四团", "第104团", "十二师一○四团", "一O四团"),
        ("222团", "二二二团", "兵团二二二团"),
        ("第十师", "十师", "10师"),
        ("二十团", "20团", "二〇团"),
        ("六师红旗农场", "第六师红旗农场", "兵团第六师红旗农场"),
        ("头屯河农场", "兵团头屯河农场"),
        ("兵团", "新疆生产建设兵团", "“兵团”"),
        ("兵团建工研究院", "新疆生产建设兵团建工研究院"),
        ("《河畔共建协议》", "河畔共建协议", "「河畔共建協議」"),
        ("开发区(头屯河区)", "开发区（头屯河区）"),
        ("第一中学", "第1中学"),
        ("ABC集团", "ａｂｃ集团"),
        ("昌吉市", "昌 吉\n市"),
    ],
)
def test_names_that_are_one(names):
    assert {name_key(name) for name in names} == {name_key(names[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一师", "第十一师"),
        ("第二师", "第十二师"),
        ("104团", "14团"),
        ("104团", "140团"),
        ("第十二师", "第十二团"),
        ("十二师一○四团", "第十二师"),
        ("六师红旗农场", "十师红旗农场"),
        ("红旗农场", "六师红旗农场"),
        ("昌吉市", "昌吉州"),
        ("昌吉市", "昌吉"),
        ("兵团", "兵团第十二师"),
        ("石河子市", "第八师"),
        ("第一中学", "一中"),
        ("河西区", "天津市河西区"),
        ("兵团医院", "医院"),
        ("农科院", "科院"),
        ("建设路", "设路"),
        ("一〇四团中学", "104团"),
        ("十团", "百团"),
    ],
)
def test_names_that_are_two(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("一", "1"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("二十三", "23"),
        ("一百零四", "104"), ("一百", "100"), ("一百一十", "110"),
        ("一○四", "104"), ("一〇四", "104"), ("104", "104"),
    ],
)  # fmt: skip
def test_numerals(numeral, digits):
    assert parse_numeral(numeral) == digits


def test_punctuation_alone_has_no_key():
    assert name_key("《》 “”（）") == ""


@given(st.text())
def test_any_text_has_a_key_without_spaces(text):
    assert not any(char.isspace() for char in name_key(text))


@given(st.text(st.sampled_from("一二十百第师团兵农建设昌吉市〇104天津协议"), max_size=12), st.data())
def test_spaces_and_quotes_do_not_count(text, data):
    place = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(" \u3000《》“”（）"))
    assert name_key(text[:place] + mark + text[place:]) == name_key(text)
