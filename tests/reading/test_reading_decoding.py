from __future__ import annotations

import contextlib

import pytest
from bingdi.graph.reading.decoding import decode, find_encoding
from hypothesis import given, settings
from hypothesis import strategies as st

SIMPLIFIED = (
    "第十二师与东川市签订合作协议,双方将在产业、教育、医疗等方面共同推进项目建设。",
    "今年以来,两地干部群众常来常往,学校结对,医院互派医生。",
    "西岭团场的棉花丰收了,县里派来采收队。",
    "兵团人来了",
)
TRADITIONAL = (
    "第十二師與東川市簽訂合作協議,雙方將在產業、教育、醫療等方面共同推進項目建設。",
    "今年以來,兩地幹部群眾常來常往,學校結對,醫院互派醫生。",
    "西嶺團場的棉花豐收了,縣裡派來採收隊。",
    "兵團人來了",
)
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030", "gbk"])
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030", "big5", "cp950", "big5hkscs"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("length", [6, 8, 12, 16])
def test_big5_and_gb18030_are_told_apart_in_short_texts(text: str, length: int) -> None:
    part = text[:length]
    assert find_encoding(part.encode("big5")) == "big5"
    assert find_encoding(part.encode("gb18030")) == "gb18030"


def test_a_circled_digit_in_big5_is_no_kana() -> None:
    text = "圖②:東川市的學生在河邊植樹,老師在旁邊看著。"
    assert decode(text.encode("big5")) == text


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_any_chinese_in_utf8_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8")) == text
    assert decode(text.encode("utf-16")) == text


@pytest.mark.parametrize("text", ["plain ASCII text", "", "café à la crème — naïve", "Привет, мир"])
def test_other_utf8_stays_utf8(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


def test_ascii_in_utf16_without_mark() -> None:
    assert decode("plain text, nothing more".encode("utf-16-le")) == "plain text, nothing more"


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 4,
        b"\x00\x01\x02\x03" * 50,
        b"\xff\xfe\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)),
    ],
)
def test_bytes_that_are_no_text_raise(content: bytes) -> None:
    with pytest.raises(UnicodeError, match="no known encoding"):
        decode(content)


def test_the_declared_encoding_counts_where_the_bytes_are_silent() -> None:
    assert decode("Zürich und Köln".encode("latin-1"), declared="latin-1") == "Zürich und Köln"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_stray_byte_in_a_long_text_is_borne_and_shown(encoding: str) -> None:
    text = "".join(SIMPLIFIED) * 5
    content = text.encode(encoding)
    damaged = decode(content[:-1])
    assert damaged[:-1] == text[: len(damaged) - 1]
    assert damaged[-1] == "\ufffd"


def test_many_stray_bytes_are_not_borne() -> None:
    content = b"\xff".join(char.encode() for char in SIMPLIFIED[0])
    with pytest.raises(UnicodeError):
        decode(content)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_decode_or_raise_unicode_error(content: bytes) -> None:
    with contextlib.suppress(UnicodeError):
        assert isinstance(decode(content), str)
