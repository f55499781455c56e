"""Thresholds: what a default reading promises is kept on the scores that they are chosen by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("sklearn")
from bingdi.training.thresholds import find_threshold

RIGHT = [True] * 30 + [False] * 2 + [True] * 4 + [False] * 4 + [True] + [False] * 20
SCORES = [1 - place / 100 for place in range(len(RIGHT))]


def _share(scores: list[float], right: list[bool], limit: float) -> float:
    kept = [hit for score, hit in zip(scores, right, strict=True) if score >= limit]
    return sum(kept) / len(kept)


def test_of_the_scores_of_the_asked_precision_the_best_is_taken() -> None:
    assert find_threshold(SCORES, RIGHT, least=0.85, gold=40) == SCORES[35]
    assert find_threshold(SCORES, RIGHT, least=0.95, gold=40) == SCORES[29]


def test_the_more_there_is_to_find_the_lower_is_the_threshold() -> None:
    assert find_threshold(SCORES, RIGHT, least=0.85, gold=400) == SCORES[40]


def test_where_the_precision_cannot_be_had_little_is_believed() -> None:
    assert find_threshold([0.8] * 30, [False] * 30, least=0.5, gold=9) == 0.9
    assert find_threshold([], [], least=0.5, gold=9) == 0.5


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1, max_size=120, unique_by=lambda item: item[0]),
    st.sampled_from([0.3, 0.6, 0.9]),
    st.sampled_from([1, 5, 80]),
)
def test_a_threshold_keeps_its_promise(scored: list[tuple[int, bool]], least: float, gold: int) -> None:
    scores, right = [score / 1001 for score, _ in scored], [hit for _, hit in scored]
    limit = find_threshold(scores, right, least=least, gold=gold)
    assert limit == 0.9 or _share(scores, right, limit) >= least
