"""The pinyin of every character that a name uses, so that the page finds names by their sound."""

from __future__ import annotations

from collections.abc import Iterable


def find_readings(names: Iterable[str]) -> dict[str, str]:
    """Readings without tones, parted by spaces, of each Chinese character in the names, commonest first.

    The page spells names from this table, with every reading a character has (重庆 as chongqing and as
    zhongqing): it is far smaller than the spelt names, and 100,000 names take no time.
    """
    from pypinyin import Style, pinyin

    readings = {}
    for character in sorted({character for name in names for character in name}):
        spelt = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        if spelt and any(spelt[0]):
            readings[character] = " ".join(dict.fromkeys(sound for sound in spelt[0] if sound.isascii()))
    return {character: sounds for character, sounds in readings.items() if sounds}
