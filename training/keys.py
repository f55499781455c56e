"""The form in which the names of gold and prediction are compared (``seeds/corpus/README.md``)."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "O": "0"}
_NUMBERED = re.compile(r"第?([零〇○O一二三四五六七八九十百0-9]+)(?=[师團团连])")
_DROPPED = re.compile(r"[\s《》“”\"'‘’「」()（）·•\-—]")
_CORPS_DIVISION = re.compile(r"^(新疆生产建设兵团|兵团)?(农|建)?(?=\d+师)")
_CORPS_REGIMENT = re.compile(r"^(新疆生产建设兵团|兵团)(?=\d+团|.+(农场|牧场))")


def parse_numeral(numeral: str) -> str:
    """Arabic digits of a Chinese or mixed numeral: 一百零四, 一○四 and 104 give 104."""
    if not any(char in numeral for char in "百十"):
        return "".join(_DIGIT.get(char, char) for char in numeral)
    total = current = 0
    for char in numeral:
        scale = {"百": 100, "十": 10}.get(char)
        if scale is None:
            current = int(_DIGIT.get(char, char))
        else:
            total, current = total + (current or 1) * scale, 0
    return str(total + current)


def name_key(name: str) -> str:
    """The form in which two names are compared."""
    key = _DROPPED.sub("", unicodedata.normalize("NFKC", name))
    key = _NUMBERED.sub(lambda match: parse_numeral(match.group(1)), key)
    return _CORPS_REGIMENT.sub("", _CORPS_DIVISION.sub("", key))
