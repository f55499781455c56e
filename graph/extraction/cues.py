"""Cues: the words of the lexicon that say how bodies are tied, found in a text at automaton speed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from ..lexicon import read_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word: ``kinds`` are the relations or word classes (both, negation, …) that list it."""

    start: int
    end: int
    word: str
    kinds: tuple[str, ...]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    kinds: dict[str, list[str]] = {}
    for table in ("cues", "words"):
        for kind, words in read_words("relations", table).items():
            if kind not in ("roles", "coordination"):
                for word in words:
                    kinds.setdefault(word, []).append(kind)
    words = tuple(sorted(kinds))
    automaton = ahocorasick_rs.AhoCorasick(
        words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return automaton, words, tuple(tuple(kinds[word]) for word in words)


class CueIndex:
    """Cues of a simplified text in order, with those that stand inside names left out."""

    def __init__(self, text: str, *, covered: Sequence[tuple[int, int]] = ()) -> None:
        automaton, words, kinds = _automaton()
        inside = sorted(covered)
        starts = [start for start, _ in inside]
        found = []
        for number, start, end in automaton.find_matches_as_indexes(text):
            place = bisect_left(starts, end) - 1
            if place >= 0 and inside[place][1] > start:
                continue
            found.append(Cue(start=start, end=end, word=words[number], kinds=kinds[number]))
        self.cues = tuple(found)
        self._starts = [cue.start for cue in found]
        self._ends = [cue.end for cue in found]
        self._kinds: dict[tuple[int, int], tuple[str, ...]] = {}

    def between(self, start: int, end: int) -> tuple[Cue, ...]:
        """Cues that lie wholly in ``[start, end)``."""
        return self.cues[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    def kinds_between(self, start: int, end: int) -> tuple[str, ...]:
        """Kinds of the cues that lie wholly in ``[start, end)``, each once, sorted."""
        bounds = bisect_left(self._starts, start), bisect_right(self._ends, end)
        if (found := self._kinds.get(bounds)) is None:
            kinds = {kind for cue in self.cues[slice(*bounds)] for kind in cue.kinds}
            found = self._kinds[bounds] = tuple(sorted(kinds))
        return found
