"""Closed-class names: the gazetteer's automaton and the grammar of numbered units (一○四团, 第12师)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from ..gazetteer import Gazetteer, GazetteerRow, load_gazetteer
from ..reading.script import simplify

NUMERAL = "零〇○Ｏ一二三四五六七八九十百0-9"
# A number before 师 or 团 is a unit only where no longer number stands before it and no word begins with 师 or 团.
# Pages that mask words write the number as stars.
_UNIT = re.compile(
    rf"(?:新疆生产建设兵团|兵团)?(?:农业?|第){{0,2}}(?<![{NUMERAL}])([{NUMERAL}]{{1,5}}|(?<=第)[*×＊]{{1,4}})(师|团)"
    r"(?![的员长队资支体结购圆聚])"
)
_NUMBERED = re.compile(rf"[{NUMERAL}][师团]$")
# 一师范, 三师徒, 五团队, 一团和气, 1200师生 (but 三师生态, 八团生产).
_NO_UNIT = re.compile(r"[范徒傅兄友队员长体购圆聚]|生(?!态|产|活)|(?<=团)和气")
_BEFORE_UNIT = re.compile(rf"[{NUMERAL}]")
_LEVELS = {"province": 4, "prefecture": 5, "county": 6, "town": 7, "street": 7}
_KINDS = {"corps": 1, "division": 2, "regiment": 3}
CONTEXT_KIND = 8
NUMBERED_KIND = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerHit:
    """A place in the text where gazetteer rows (or a numbered unit, then without rows) may be named."""

    start: int
    end: int
    rows: tuple[GazetteerRow, ...]
    context: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerMatch:
    """Hits in text order, and the channel (kind times 4 plus place: 1 begin, 2 inside, 3 end)."""

    hits: tuple[GazetteerHit, ...]
    channel: NDArray[np.int64]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], Gazetteer]:
    gazetteer = load_gazetteer()
    keys = tuple(sorted({simplify(key): key for key in gazetteer.by_key if len(key) > 1}.values()))
    keys += tuple(sorted(gazetteer.covers))
    automaton = ahocorasick_rs.AhoCorasick(
        [simplify(key) for key in keys], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return automaton, keys, gazetteer


def iter_gazetteer_hits(text: str) -> Iterator[GazetteerHit]:
    """Longest gazetteer names of a simplified text, left to right, without overlap.

    A longer word that merely holds a name (示范县 holds 范县) covers it: nothing is found there.
    """
    automaton, keys, gazetteer = _automaton()
    for number, start, end in automaton.find_matches_as_indexes(text):
        key = keys[number]
        if key in gazetteer.covers or (_NUMBERED.search(key) and _is_counted(text, start, end)):
            continue
        yield GazetteerHit(start=start, end=end, rows=gazetteer.by_key[key], context=gazetteer.needs_context(key))


def _is_counted(text: str, start: int, end: int) -> bool:
    """Whether what looks like a numbered unit is part of a longer number or word: 1200师生, 第三师范学校."""
    longer = bool(_BEFORE_UNIT.match(text[start])) and start > 0 and bool(_BEFORE_UNIT.match(text[start - 1]))
    return longer or bool(_NO_UNIT.match(text, end))


def iter_numbered_hits(text: str) -> Iterator[GazetteerHit]:
    """Numbered divisions and regiments that stand in the text."""
    for match in _UNIT.finditer(text):
        yield GazetteerHit(start=match.start(), end=match.end(), rows=(), context=False)


def _kind(hit: GazetteerHit) -> int:
    if hit.context:
        return CONTEXT_KIND
    row = hit.rows[0]
    return _KINDS.get(row.type) or _LEVELS.get(row.level, 7)


@lru_cache(maxsize=65536)
def list_hits(name: str) -> tuple[GazetteerHit, ...]:
    """Hits of a simplified name in order; names come again and again."""
    return tuple(sorted((*iter_gazetteer_hits(name), *iter_numbered_hits(name)), key=lambda hit: hit.start))


def match_gazetteer(text: str) -> GazetteerMatch:
    """Hits and channel of a simplified text."""
    channel = np.zeros(len(text), np.int64)
    named = tuple(iter_gazetteer_hits(text))
    numbered = tuple(iter_numbered_hits(text))
    for hit, kind in [(hit, NUMBERED_KIND) for hit in numbered] + [(hit, _kind(hit)) for hit in named]:
        channel[hit.start : hit.end] = kind * 4 + 2
        channel[hit.start] = kind * 4 + 1
        channel[hit.end - 1] = kind * 4 + 3
    return GazetteerMatch(hits=tuple(sorted((*named, *numbered), key=lambda hit: hit.start)), channel=channel)
