"""Bytes → text: UTF-8 and UTF-16 with or without byte order mark, GB18030, Big5, and what else can be told.

GB18030 and Big5 share most of their byte pairs: read with the wrong one, Chinese becomes other Chinese.
What tells them apart is how common the characters are; 的, 是, 新 against 腔, 岆, 陔.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from .script import simplify

SAMPLE = 65_536
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The six hundred characters that make up most of any Chinese text, with numerals and the words of news.
PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕—…·～％　"
COMMON = frozenset(
    PUNCTUATION
    + "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    + "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    + "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    + "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    + "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    + "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    + "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运六七八九百"
    + "千零元亿省州县镇乡村团兵农疆协议签约流支援融项服企单党委府局办联举参负责医育培训旅游技园示范乌鲁木齐"
    + "昌吉塔城石河哈密阿苏喀田伊犁博浙江广湖辽宁津京沪陕源网站闻首页标编辑版讯近群众职族推深坚持落习"
)
# Hangul, kana, Cyrillic, Arabic, private use, half-width forms: what a wrong table makes of Chinese.
STRANGE = re.compile(
    "[\ue000-\uf8ff\uac00-\ud7a3\uff61-\uffdf\u0400-\u06ff\u3100-\u312f\u2500-\u259f\U000f0000-\U0010ffff]"
)
# What takes three bytes or more in UTF-8, as Chinese does.
THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Of equals the first wins: plain Big5 before its Hong Kong extension, which reads ② as a kana.
CANDIDATES = ("gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
LEAST = 0.35
# One damaged character in so many is borne.
DAMAGE = 100


def decode(content: bytes, *, declared: str = "") -> str:
    """The text of a file. Raises UnicodeError where no encoding makes sense of the bytes.

    ``declared`` is the encoding a page names; it is tried where the bytes do not speak for another.
    """
    encoding = find_encoding(content, declared=declared)
    if encoding is not None:
        return content.decode(encoding)
    text = _decode_damaged(content)
    if text is None:
        raise UnicodeError("no known encoding fits its bytes; save it as UTF-8")
    return text


def find_encoding(content: bytes, *, declared: str = "") -> str | None:
    """The name of the encoding that reads the bytes as text, or None."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding if _decodes(content, encoding) else None
    if _decodes(content, "utf-8"):
        return _check_utf8(content)
    scores = {encoding: _score(content, encoding) for encoding in CANDIDATES}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= LEAST:
        return best
    return _find_declared(content, declared) or _find_other(content)


def score_text(text: str) -> float:
    """How much the text looks like Chinese, at most 1.

    Common characters count, strange ones count against it. The 3755 characters of the first level of
    GB 2312, the everyday ones, count half where they are not among the commonest; the rest count nothing.
    """
    foreign = [char for char in simplify(text) if char > "\x7f"]
    if not foreign:
        return 0.0
    points = sum(1.0 if char in COMMON else 0.5 if char in _everyday() else 0.0 for char in foreign)
    strange = len(STRANGE.findall(text)) + len(CONTROL.findall(text))
    return (points - 2 * strange) / len(foreign)


@cache
def _everyday() -> frozenset[str]:
    """The first level of GB 2312: rows 16 to 55."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes) - {""}


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _score(content: bytes, encoding: str) -> float:
    """Score of a sample under an encoding; -1 where it does not decode.

    The whole must decode; the sample alone would let a broken file through.
    """
    try:
        return score_text(content.decode(encoding)[: SAMPLE // 2])
    except UnicodeError:
        return -1.0


def _check_utf8(content: bytes) -> str | None:
    """UTF-8, unless the bytes are UTF-16 without mark or a few words of GBK that happen to be valid.

    ASCII in UTF-16 holds zeros, as no text in UTF-8 does.
    """
    sample = content[:SAMPLE]
    if b"\x00" in sample:
        wide = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _score_wide(content, encoding))
        return wide if _score_wide(content, wide) > 0 else None
    text = content.decode("utf-8")
    if text.isascii() or THREE_BYTES.search(text):
        return "utf-8"
    return "gb18030" if _score(content, "gb18030") > 0.9 else "utf-8"


def _score_wide(content: bytes, encoding: str) -> float:
    """How much of the text is Chinese or ASCII that can be read."""
    try:
        text = content.decode(encoding)[:SAMPLE]
    except UnicodeError:
        return -1.0
    readable = sum("\x20" <= char <= "\x7e" or char in "\r\n\t" or "\u4e00" <= char <= "\u9fff" for char in text)
    return readable / max(len(text), 1) - 0.5


def _decode_damaged(content: bytes) -> str | None:
    """Chinese text with a cut or stray byte here and there, each shown as U+FFFD; None for anything else."""
    marked = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "utf-8")
    for encoding in (marked, "gb18030", "big5"):
        text = content.decode(encoding, "replace")
        damage = text.count("\ufffd")
        if damage * DAMAGE <= len(text) and score_text(text[: SAMPLE // 2]) >= LEAST:
            return text
    return None


def _find_declared(content: bytes, declared: str) -> str | None:
    """The encoding that the page names, where it decodes all without control characters."""
    try:
        text = content.decode(declared) if declared else ""
    except (UnicodeError, LookupError):
        return None
    return declared if text and not CONTROL.search(text) else None


def _find_other(content: bytes) -> str | None:
    """What charset-normalizer makes of text in another language; None for bytes that are no text."""
    from charset_normalizer import from_bytes

    if CONTROL.search(content[:SAMPLE].decode("latin-1")):
        return None
    match = from_bytes(content[:SAMPLE], threshold=0.15).best()
    if match is None or not _decodes(content, match.encoding):
        return None
    text = content.decode(match.encoding)
    letters = sum(char.isalnum() or char.isspace() for char in text)
    return match.encoding if letters >= 0.7 * len(text) else None
