"""The pinyin of every character that a name uses, so that the page finds names by their sound."""

from __future__ import annotations

from collections.abc import Iterable


def find_readings(names: Iterable[str]) -> dict[str, str]:
    """Readings without tones, parted by spaces, of each Chinese character in the names, commonest first.

    The page spells names from this table, with every reading a character has (重庆 as chongqing and as
    zhongqing): it is far smaller than the spelt names, and 100,000 names take no time.
    """
    # pypinyin takes 0.3 s to load: only who writes a page waits for it.
    from ...graph.query.pinyin import list_readings

    readings = {}
    for character in sorted({character for name in names for character in name}):
        # A keyboard has no ê, which a few characters (欸) are read as.
        if sounds := [sound for sound in list_readings(character) if sound.isascii()]:
            readings[character] = " ".join(sounds)
    return readings
