"""Which dates of a text a statement can have, and which it is given, in sentences made up for this test."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.dating import LEVELS, DatedText, Told
from bingdi.graph.extraction.trees import Trees
from bingdi.graph.model import Relation, Status

SAID = "甲县与乙团签订了协议。"
DAY, MONTH, INTERVAL = "2021年5月8日来了客人。", "2021年5月来了客人。", "2021年7月12日至15日,客人留了下来。"


def tell(text: str, said: str, *, published: str = "", status: Status = Status.DONE) -> tuple[DatedText, Told]:
    """A text, and what is known of a statement in it."""
    dated, start = DatedText.read(text, published=published), text.index(said)
    setting = dated.setting(start=start, end=start + len(said), trigger=(start + 5, start + 7))
    return dated, Told(setting=setting, relation=Relation.SIGNS_AGREEMENT_WITH, status=status)


def list_dates(text: str, said: str = SAID, *, published: str = "", status: Status = Status.DONE) -> list[str]:
    """The dates that a statement is offered, finest first."""
    dated, told = tell(text, said, published=published, status=status)
    return sorted({choice.date for choice in dated.list_choices(told)}, key=lambda date: (-len(date), date))


OFFERED = ["2021-05-08", "2021-05", "2021"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{DAY}{SAID}", OFFERED),
        (f"{MONTH}{SAID}", OFFERED[1:]),
        (f"{DAY}\n\n{SAID}", OFFERED),
        (f"{DAY}\n\n茶水备好。\n\n{SAID}", OFFERED),
        (f"{DAY}\n\n茶水备好。\n\n天色已晚。\n\n{SAID}", []),
        (f"{MONTH}\n\n{SAID}", []),
        (f"会场不大。{SAID}{DAY}", []),
        (f"{SAID}\n\n{DAY}", OFFERED),
        (f"{SAID}\n\n会场不大。\n\n{DAY}", OFFERED),
        (f"{SAID}\n\n{MONTH}", []),
    ],
)
def test_dates_near_a_statement_are_offered(text: str, expected: list[str]) -> None:
    assert list_dates(text) == expected


@pytest.mark.parametrize("word", ["此前", "早在春天,", "曾"])
def test_another_time_takes_only_its_own_dates(word: str) -> None:
    said = f"甲县与乙团{word}签订了协议。"
    assert list_dates(DAY + said, said) == []
    said = f"甲县与乙团2019年{word}签订了协议。"
    assert list_dates(DAY + said, said) == ["2019"]


def test_what_is_done_is_not_in_the_future() -> None:
    said = "甲县与乙团签订了协议,9月开工。"
    assert list_dates(said, said, published="2021-05-08") == []
    assert "2021-09" in list_dates(said, said, published="2021-05-08", status=Status.PLANNED)


@pytest.mark.parametrize(
    ("published", "expected"), [("2021-05", OFFERED), ("2021", OFFERED), ("2021-04", []), ("2020", [])]
)
def test_a_page_that_tells_its_month_alone_is_no_older_than_its_days(published: str, expected: list[str]) -> None:
    assert list_dates(DAY + SAID, published=published) == expected


def test_however_long_a_text_few_dates_are_looked_at() -> None:
    text = "".join(f"2021年5月{day}日来了客人。" for day in range(1, 29)) * 20 + SAID
    dated, told = tell(text, SAID)
    assert len({choice.number for choice in dated.list_choices(told)}) <= 10


def _say(probability: float, size: int) -> Trees:
    """Trees that believe in dates of one size, so much."""
    import numpy as np

    value = np.log(probability / (1 - probability))
    return Trees(
        feature=np.array([[0, -1, 0, -1, -1]], np.int32),
        threshold=np.array([[size - 0.5, 0, size + 0.5, 0, 0]]),
        left=np.array([[1, -1, 3, -1, -1]], np.int32),
        right=np.array([[2, -1, 4, -1, -1]], np.int32),
        value=np.array([[0, -9.0, 0, value, -9.0]]),
        depth=2,
    )


@pytest.mark.parametrize("size", LEVELS)
def test_the_likeliest_part_of_a_date_is_given(size: int) -> None:
    dated, told = tell(DAY + SAID, SAID)
    found = dated.choose(told, _say(0.6, size))
    assert found is not None
    assert found.date == "2021-05-08"[:size]
    assert dated.choose(told, _say(0.3, size)) is None


@pytest.mark.parametrize(("size", "end"), [(10, "2021-07-15"), (7, "")])
def test_an_interval_is_given_whole_or_as_its_month(size: int, end: str) -> None:
    dated, told = tell(INTERVAL + SAID, SAID)
    found = dated.choose(told, _say(0.9, size))
    assert found is not None
    assert (found.date, found.date_end) == ("2021-07-12"[:size], end)


def test_without_dates_there_is_none() -> None:
    dated, told = tell(SAID, SAID)
    assert dated.choose(told, _say(0.9, 10)) is None
