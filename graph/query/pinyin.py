"""Chinese names as people type them on a Latin keyboard: syllables without tones, or their first letters.

The only home of pypinyin; the exported page takes its table of readings from here.
"""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin


@cache
def list_readings(char: str) -> tuple[str, ...]:
    """Readings of a Chinese character without tones, commonest first (重: zhong, chong); none of other signs."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(reading for readings in found for reading in readings if reading))


@cache
def read_character(char: str) -> frozenset[str]:
    """Every reading of a character without tones (重: chong, zhong; 绿: lu, lv); other signs in small letters."""
    return frozenset(list_readings(char) or (char.lower(),))


@cache
def read_initials(char: str) -> frozenset[str]:
    """The first letter of every reading of a character."""
    return frozenset(reading[:1] for reading in read_character(char))


def is_spelled(name: str, typed: str, *, initials: bool = False) -> bool:
    """Whether ``typed`` spells ``name`` in any of the readings of its characters, all of it."""
    read = read_initials if initials else read_character
    places = {0}
    for char in name:
        places = {
            place + len(reading) for place in places for reading in read(char) if typed.startswith(reading, place)
        }
        if not places:
            return False
    return len(typed) in places
