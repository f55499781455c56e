"""What reaches a terminal: escapes, widths, wrapping, marks."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from bingdi.cli.messages import Words
from bingdi.cli.render import Column, Output, render_quote, render_table
from bingdi.cli.terminal import (
    COLOURS,
    cut_text,
    escape_json,
    escape_text,
    get_width,
    mark_spans,
    pad_text,
    wrap_spans,
    wrap_text,
)
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("中文 \t\n\x1b[\u202e\u200b，。ab")), max_size=60)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("天津市", "天津市"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b1m", "\\x9b1m"),
        ("a\nb\r\nc\td", "a b c d"),
        ("\u202e甲", "\\u202e甲"),
        ("\u200b\ufeff", "\\u200b\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("🐎", "🐎"),
        ("\\x1b", "\\x1b"),
        ("", ""),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape_text(text) == shown


@given(TEXT)
def test_nothing_that_drives_a_terminal_is_left(text: str) -> None:
    for char in escape_text(text):
        assert unicodedata.category(char) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(char) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(TEXT)
def test_escaped_json_reads_back(text: str) -> None:
    escaped = escape_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(escaped) == text
    assert escape_text(escaped) == escaped


@given(TEXT, st.integers(1, 40))
def test_cut_text_fits(text: str, width: int) -> None:
    cut = cut_text(text, width)
    assert get_width(cut) <= width
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(TEXT, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, width: int) -> None:
    lines = wrap_text(text, width)
    assert all(get_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    places = [place for span in wrap_spans(text, width) for place in span]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("hello world", 11, ["hello world"]),
        ("hello world", 8, ["hello", "world"]),
        ("中文中文中文", 4, ["中文", "中文", "中文"]),
        ("中文 中文", 5, ["中文", "中文"]),
        ("", 5, [""]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap_text(text, width) == lines


def test_padding_counts_columns() -> None:
    assert pad_text("中", 4) == "中  "
    assert pad_text("中", 4, right=True) == "  中"
    assert pad_text("中文中", 4) == "中文中"
    assert get_width("中a\u0301") == 3


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([("head", 0, 2), ("tail", 3, 5), ("trigger", 5, 7)], "【甲市】与〖乙团〗‹签订›协议"),
        ([("head", 3, 5), ("tail", 0, 2)], "〖甲市〗与【乙团】签订协议"),
        ([("head", 0, 5), ("tail", 3, 5)], "【甲市与〖乙团〗】签订协议"),
        ([("head", 0, 2), ("tail", 0, 2)], "【〖甲市〗】与乙团签订协议"),
        ([("head", 0, 2), ("tail", 2, 3)], "【甲市】〖与〗乙团签订协议"),
        ([("head", -3, 2), ("tail", 7, 99)], "【甲市】与乙团签订〖协议〗"),
        ([("head", 4, 4), ("tail", 20, 30)], "甲市与乙团签订协议"),
        ([], "甲市与乙团签订协议"),
    ],
)
def test_marks(spans: list[tuple[str, int, int]], marked: str) -> None:
    assert mark_spans("甲市与乙团签订协议", spans, colour=False) == marked


SPANS = st.lists(
    st.tuples(st.sampled_from(["head", "tail", "trigger"]), st.integers(-2, 30), st.integers(-2, 30)),
    max_size=4,
)


@given(TEXT, SPANS)
def test_marks_change_nothing_but_add(text: str, spans: list[tuple[str, int, int]]) -> None:
    bare = re.sub("[【】〖〗‹›]", "", text)
    assert re.sub("[【】〖〗‹›]", "", mark_spans(bare, spans, colour=False)) == "".join(map(escape_text, bare)) or (
        "\t" in bare or "\n" in bare or bool(re.search(r"[\r\v\f]", bare))
    )
    coloured = mark_spans(text, spans, colour=True)
    codes = {f"\x1b[{code}m" for code in COLOURS.values()} | {"\x1b[0m"}
    assert set(ESCAPE.findall(coloured)) <= codes
    assert "\x1b" not in ESCAPE.sub("", coloured)


def test_an_overlap_has_the_colour_of_the_first_kind() -> None:
    assert mark_spans("甲乙丙", [("head", 0, 2), ("tail", 1, 3)], colour=True) == (
        "\x1b[1;36m甲乙\x1b[0m\x1b[1;33m丙\x1b[0m"
    )


def test_a_coloured_sentence_is_wrapped_by_what_is_seen() -> None:
    output = Output(colour=True, width=24)
    lines = list(render_quote(output, "甲市与乙团签订协议" * 3, spans=[("head", 8, 12)], indent=4))
    assert [ESCAPE.sub("", line) for line in lines] == [
        "    甲市与乙团签订协议甲",
        "    市与乙团签订协议甲市",
        "    与乙团签订协议",
    ]
    assert lines[0].endswith("\x1b[1;36m议甲\x1b[0m")
    assert lines[1].startswith("    \x1b[1;36m市与\x1b[0m")


def test_a_table_leaves_out_empty_columns_and_keeps_alignment() -> None:
    columns = (Column(heading="name"), Column(heading="void"), Column(heading="n", number=True))
    lines = list(render_table(Output(width=80), [("天津市", "", "7"), ("a", "", "12")], columns=columns))
    assert lines == ["name     n", "天津市   7", "a       12"]


def test_a_table_without_any_content_is_its_bare_heading() -> None:
    assert list(render_table(Output(), [], columns=(Column(heading="name"),))) == [""]


def test_spare_columns_go_first_when_a_line_is_too_long() -> None:
    columns = (
        Column(heading="name"),
        Column(heading="kept"),
        Column(heading="spare", spare=1),
        Column(heading="text"),
    )
    rows = [("x" * 20, "y" * 8, "z" * 8, "t" * 60)]
    wide = list(render_table(Output(width=120), rows, columns=columns))
    assert wide[1].split() == list(rows[0])
    narrow = list(render_table(Output(width=60), rows, columns=columns))
    assert narrow[0].split() == ["name", "kept", "text"]
    assert get_width(narrow[1]) == 60


def test_words_of_both_languages() -> None:
    assert Words(language="zh").relation("aids") == "援助"
    assert Words(language="en").relation("signs_agreement_with") == "signs agreement with"
    assert Words(language="zh").status("") == ""
    with pytest.raises(ValueError, match="helps"):
        Words().relation("helps")
