"""The five real documents: counts and facts, without their sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bingdi.graph.model import Document
from bingdi.graph.reading import read_documents, split_sentences
from bingdi.graph.reading.cleaning import clean_text

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real documents (../shared/seeds) are not here")


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {found.name[:3]: found for found in read_documents([SEEDS])}


def test_all_five_are_read(documents: dict[str, Document]) -> None:
    assert sorted(documents) == ["000", "001", "002", "003", "004"]


def test_facts_of_publication(documents: dict[str, Document]) -> None:
    assert documents["002"].publisher == "石榴云/新疆日报"
    assert documents["002"].date == "2025-02-14"
    assert documents["001"].date == "2022-10-25"
    assert [documents[name].date for name in ("000", "003", "004")] == ["", "", ""]
    assert all(documents[name].title for name in ("001", "002", "003", "004"))


def test_nothing_comes_from_recommendations_and_advertisements(documents: dict[str, Document]) -> None:
    foreign = (
        "白癜风",
        "http",
        "水星",
        "温布尔登",
        "充电宝",
        "开心",
        "难过",
        "光明云投",
        "推荐阅读",
        "责编",
        "微信好友",
        "查看完整版本",
        "首页",
    )
    for name in ("001", "002"):
        assert [word for word in foreign if word in documents[name].text] == []


def test_the_bodies_are_whole(documents: dict[str, Document]) -> None:
    """All characters of the three documents without page furniture are there, in their order."""
    for name in ("000", "003", "004"):
        raw = next(SEEDS.glob(f"{name}*")).read_text(encoding="utf-8")
        assert squeeze(documents[name].text) == squeeze(raw)


def test_the_article_of_the_portal_page_is_whole(documents: dict[str, Document]) -> None:
    raw = next(SEEDS.glob("002*")).read_text(encoding="utf-8")
    body = [squeeze(line) for line in raw.split("\n") if line.startswith("  ") and "。" in line]
    text = squeeze(documents["002"].text)
    assert len(body) == 10
    assert all(paragraph in text for paragraph in body)


def test_the_lines_of_the_forum_page_are_whole(documents: dict[str, Document]) -> None:
    """What goes are head and foot, the numbers of the parts, and the length of a film."""
    raw = next(SEEDS.glob("001*")).read_text(encoding="utf-8")
    text = squeeze(documents["001"].text)
    gone = [line for line in raw.split("\n") if line.strip() and squeeze(line) not in text]
    assert len(gone) == 14
    assert all(len(line) <= 60 for line in gone)


def test_the_wrapped_column_is_joined(documents: dict[str, Document]) -> None:
    """Of 199 lines of a newspaper column 39 paragraphs and headings are left."""
    lines = [line for line in documents["000"].text.split("\n") if line]
    open_lines = [line for line in lines if not re.search(r"[。！？；…]”?$", line)]
    assert len(lines) == 39
    assert len(open_lines) == 9
    assert all(len(line) < 45 or line.endswith("摄") for line in open_lines)
    assert "十二师" in documents["000"].text
    assert not re.search(r"[\u4e00-\u9fff] \d", re.sub(r"[。”] ?\d", "", documents["000"].text))


def test_paragraphs_torn_by_a_page_end_are_joined(documents: dict[str, Document]) -> None:
    for name in ("003", "004"):
        long = [line for line in documents[name].text.split("\n") if len(line) > 60]
        assert all(re.search(r"[。！？…：][”）)]?$", line) for line in long)


def test_cleaning_again_changes_nothing(documents: dict[str, Document]) -> None:
    assert all(clean_text(found.text) == found.text for found in documents.values())


def test_sentences_have_the_length_of_sentences(documents: dict[str, Document]) -> None:
    for found in documents.values():
        lengths = [part.end - part.start for part in split_sentences(found.text)]
        assert sum(lengths) == len(found.text)
        assert max(lengths) < 420
