"""Where cleaning left something out of a page."""

from __future__ import annotations

from bingdi.graph.reading import document_from_text
from bingdi.graph.reading.cuts import find_cuts
from hypothesis import given
from hypothesis import strategies as st

FIRST, SECOND, THIRD = "甲县的医生来到乙镇义诊。", "两地各族群众都来了。", "他们还要再来。"


def test_a_line_that_does_not_follow_the_one_before_is_cut_off() -> None:
    assert find_cuts(f"{FIRST}\n\n03\n\n{SECOND}\n{THIRD}", f"{FIRST}\n\n{SECOND}\n{THIRD}") == (len(FIRST) + 2,)


def test_white_space_and_what_stands_before_and_behind_cut_nothing_apart() -> None:
    page = f"首页\n　　{FIRST[:5]}\n{FIRST[5:]}\n\n\n {SECOND}\n版权所有"
    assert find_cuts(page, f"{FIRST}\n\n{SECOND}") == (0,)


def test_a_line_that_the_page_lacks_stands_alone() -> None:
    cleaned = f"{FIRST}\n{SECOND}\n{THIRD}"
    assert find_cuts(f"{FIRST}{SECOND[:3]}图{SECOND[3:]}{THIRD}", cleaned) == (len(FIRST) + 1, cleaned.index(THIRD))


@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD, ""]), max_size=12), st.integers(0, 3))
def test_nothing_is_cut_where_nothing_is_left_out(lines: list[str], blanks: int) -> None:
    assert find_cuts(("\n" + " " * blanks).join(lines), "\n".join(lines)) == ()


def test_a_document_knows_its_cuts() -> None:
    title, text = "春天的故事", FIRST * 3
    document = document_from_text(f"{title}\n\n{text}\n\n03\n\n{SECOND}{THIRD}", name="a")
    assert "03" not in document.text
    assert document.cuts == (document.text.index(SECOND),)
