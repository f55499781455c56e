from __future__ import annotations

import pytest
from bingdi.graph.reading import simplify
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("第十二師與昌吉市簽訂協議", "第十二师与昌吉市签订协议"),
        ("以後在後面裡頭", "以后在后面里头"),
        ("關於幹部與乾旱", "关于干部与干旱"),
        ("臺灣、台湾、裏、裡、衆、眾、羣", "台湾、台湾、里、里、众、众、群"),
        ("第１２師（頭屯河區）ＡＢ", "第12师(头屯河区)AB"),
        ("⼀⼆⾯", "一二面"),
        ("\uf9dc", "隆"),
    ],
)
def test_traditional_and_wide_forms(written: str, expected: str) -> None:
    assert simplify(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第十二师与昌吉市签订协议。",
        "乾隆、乾县、乾坤",
        "，！？；：。、",
        "一○四团、一〇四团",
        "かな abc 12",
        "",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert simplify(text) == text


def test_ellipsis_keeps_its_length() -> None:
    assert simplify("……㎡½") == "……㎡½"


@settings(deadline=None)
@given(st.text())
def test_length_is_kept_and_a_second_pass_changes_nothing(text: str) -> None:
    once = simplify(text)
    assert len(once) == len(text)
    assert simplify(once) == once
