from __future__ import annotations

import warnings

import pytest
from bingdi.graph.errors import ReadingError
from bingdi.graph.model import Document, document_id
from bingdi.graph.reading import document_from_text, split_sentences
from bingdi.graph.reading.characters import clean_characters
from bingdi.graph.reading.cleaning import clean_text
from bingdi.graph.reading.readers import parse_content
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Pieces of pages, so that generated texts meet the rules.
PIECES = [
    "西岭师与东川市签订合作协议,双方共建一座水厂。", "两地共建水厂", "让两地群众都喝上放心水",
    "来源:河谷日报 2023-05-06 10:00", "首页 > 新闻 > 正文", "打印 关闭", "推荐阅读", "相关新闻",
    "(责任编辑:某某)", "2025-07-04 09:55", "12", "第", "十", "二师", "、", ",", "“", "”", "《", "》", "。",
    "?", "一、", "• ", "——", "图为", "　　", "  ", "\n", "\n", "\n\n", "\u200b", "\r\n", "! h# v1 P\" y&",
    "http://a.example.org", "2023年 8月,", "1 项", "水厂、学校、医院与产业园区的建设都在加快", "\x00",
    "王一 摄", "Ab c", "...", "(下转第2版)",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(PAGES, st.text(max_size=120)))
def test_cleaning_a_cleaned_text_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@settings(deadline=None)
@given(st.one_of(PAGES, st.text(max_size=120)))
def test_cleaning_adds_nothing_and_keeps_the_order(text: str) -> None:
    rest = iter(clean_characters(text))
    assert all(char in rest for char in clean_text(text) if char not in " \n")


@settings(deadline=None)
@given(st.one_of(PAGES, st.text(max_size=120)))
def test_a_cleaned_text_is_fit_to_store(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert all(char == "\n" or ord(char) >= 0x20 for char in cleaned)


@settings(deadline=None)
@given(st.one_of(PAGES, st.text(max_size=120)), st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_a_document_or_a_reading_error(text: str, name: str, fact: str) -> None:
    try:
        found = document_from_text(text, name=name, title=fact, publisher=fact, date=fact, url=fact)
    except ReadingError:
        assert clean_text(text) == ""
        return
    assert found.id == document_id(found.text, found.url, found.name)
    assert "".join(found.text[part.start : part.end] for part in split_sentences(found.text)) == found.text
    f"{found.name}{found.title}{found.publisher}{found.url}".encode()


MAGIC = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body>", b"\xff\xfe", b"---\na: b\n---\n", b"\x1f\x8b"]
)


def parse_or_explain(content: bytes, suffix: str) -> Document | str:
    try:
        return parse_content(content, suffix=suffix, name="any", origin="any")
    except ReadingError as error:
        return str(error)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=MAGIC, rest=st.binary(max_size=120))
def test_any_bytes_are_a_document_or_a_reading_error(suffix: str, start: bytes, rest: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = parse_or_explain(start + rest, suffix)
    assert found
    assert isinstance(found, Document) or "\n" not in found
