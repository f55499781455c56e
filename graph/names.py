"""The form in which two names are compared: ``name_key``. Keys are for looking up, never for showing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .reading.script import simplify

_DIGITS = (
    {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○o", "0") | {"两": "2"}
)
_NUMERAL = "[零〇○o一二三四五六七八九十百0-9]+"
_PUNCTUATION = re.compile(r"[\s《》〈〉“”\"'‘’「」『』()\[\]【】〔〕·•・,、。\-‐‑–—]")
_UNIT_NUMBER = re.compile(rf"第?({_NUMERAL})(?=[师团连营])")
_ORDINAL = re.compile(rf"第({_NUMERAL})")
_CORPS = re.compile("^(?:(?:新疆)?(?:军区)?生产建设|新疆(?:建设)?)兵团")
_CORPS_OF_DIVISION = re.compile(r"^(?:兵团)?(?:农业建设|农业|农|建)?(?=\d+师)")
_CORPS_OF_REGIMENT = re.compile(r"^兵团(?=\d+团|.+(?:农场|牧场))")
_DIVISION_OF_REGIMENT = re.compile(r"^\d+师(?=\d+团$)")


def parse_numeral(numeral: str) -> str:
    """Arabic digits of 一二, 十二, 一百零四, 一○四 or 104; what is no numeral comes back as it is."""
    if "百" not in numeral and "十" not in numeral:
        return "".join(_DIGITS.get(char, char) for char in numeral)
    total = current = 0
    for char in numeral:
        if char in "百十":
            total, current = total + (current or 1) * (100 if char == "百" else 10), 0
        else:
            current = current * 10 + int(_DIGITS.get(char, char))
    return str(total + current)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The key under which a name is kept and looked up; empty where nothing but punctuation stands.

    Compatibility forms, script, letter case, white space, quotes and brackets are made alike, numerals of
    units turned into digits (第十二师 = 12师, 一○四团 = 104团), and the corps dropped before a division, a
    regiment or a farm, as is 农 or 建 before a division and the division before a numbered regiment.
    """
    key = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", simplify(name)).casefold())
    key = _UNIT_NUMBER.sub(lambda match: parse_numeral(match[1]), _CORPS.sub("兵团", key))
    key = _ORDINAL.sub(lambda match: "第" + parse_numeral(match[1]), key)
    key = _CORPS_OF_REGIMENT.sub("", _CORPS_OF_DIVISION.sub("", key))
    return _DIVISION_OF_REGIMENT.sub("", key)
