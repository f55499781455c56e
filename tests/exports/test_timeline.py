"""Partial dates as whole days."""

from __future__ import annotations

from datetime import date

import pytest
from bingdi.exports.timeline import get_interval, parse_days
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        ("2023-08", "2023-08", ("2023-08-01", "2023-08-31")),
        ("2023", "2023", ("2023-01-01", "2023-12-31")),
        ("2023-08-11", "2023-08-11", ("2023-08-11", "2023-08-11")),
        ("2019", "2023-02", ("2019-01-01", "2023-02-28")),
        ("2024-02", "2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", "2023-05", ("2023-01-01", "2023-12-31")),
        ("2023-05", "", ("2023-05-01", "2023-05-31")),
        ("", "2023-05", ("2023-05-01", "2023-05-31")),
        ("2024", "2020", ("2020-01-01", "2024-12-31")),
        ("2023-13", "2023-05", ("2023-05-01", "2023-05-31")),
    ],
)
def test_interval(first: str, last: str, want: tuple[str, str]) -> None:
    assert get_interval(first, last) == want


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-8",
        "2023/08",
        "2023-00",
        "2023-01-00",
        "2023-13",
        "2023-02-30",
        "0000",
        "２０２３",
        "2023-08-11T00",
        " 2023",
    ],
)
def test_other_text_is_no_date(text: str) -> None:
    assert parse_days(text) is None
    assert get_interval(text, "") is None


@given(st.dates(), st.dates())
def test_interval_of_two_days_is_in_order(one: date, other: date) -> None:
    start, end = get_interval(one.isoformat(), other.isoformat())
    assert start == min(one, other).isoformat()
    assert end == max(one, other).isoformat()
