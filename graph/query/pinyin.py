"""Chinese names as people type them on a Latin keyboard: syllables without tones, or their first letters."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin


@cache
def read_character(char: str) -> frozenset[str]:
    """Every reading of a character without tones (重: chong, zhong; 绿: lu, lv); other signs as they are."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, strict=False)
    return frozenset(reading.lower() for readings in found for reading in readings)


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
