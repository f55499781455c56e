"""Traditional → simplified, character by character: keys for matching, never the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# 乾 is dry (干) in traditional text and a name of its own in both scripts.
KEPT_QIAN = re.compile("乾(?=[县縣陵隆坤安元])")
FULLWIDTH_KEPT = frozenset("，！？；：。")


def simplify(text: str) -> str:
    """The text in simplified characters, of the same length: offsets into one hold in the other.

    Fullwidth letters, digits, brackets and signs become ASCII (sentence marks ，！？；： stay), and the
    radicals and compatibility ideographs that PDFs write become the characters they look like.
    """
    table, changing = _read_table()
    simplified = changing.sub(lambda run: run[0].translate(table), text)
    if "乾" not in text:
        return simplified
    characters = list(simplified)
    for match in KEPT_QIAN.finditer(text):
        characters[match.start()] = "乾"
    return "".join(characters)


@cache
def _read_table() -> tuple[dict[int, str], re.Pattern[str]]:
    """Code point → simplified character, from seeds and from Unicode's own tables; and runs of those.

    Looking for such runs first is four times as fast on simplified text as translating all of it.
    """
    table = dict(_iter_compatible())
    content = (files("bingdi.seeds") / "lexicon" / "simplified.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line and not line.startswith("#"):
            traditional, simplified = line.split("\t")
            table[ord(traditional)] = simplified
    changing = "".join(re.escape(chr(code)) for code in sorted(table))
    return table, re.compile(f"[{changing}]+")


def _iter_compatible() -> Iterator[tuple[int, str]]:
    """Fullwidth ASCII, Kangxi radicals and compatibility ideographs with their plain form, one to one."""
    for code in (*range(0xFF01, 0xFF5F), *range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code) and chr(code) not in FULLWIDTH_KEPT:
            yield code, plain
