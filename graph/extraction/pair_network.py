"""The network that looks at link candidates: it reads the text in which two names stand.

Each outer name of a text is one token that tells its type, side and level; every other character is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from ..model import Relation
from .candidates import LinkCandidate, iter_meant
from .names import TYPES
from .network import (
    BIGRAMS,
    UNKNOWN,
    Floats,
    Ints,
    Layout,
    Network,
    fold_digits,
    hash_pair,
    mix_scores,
    read_characters,
)
from .pair_features import read_ancestry, read_shared_level
from .scene import Scene

KINDS = {kind: number for number, kind in enumerate(("pair", "back", "both", "nest"))}
SIDES = {side: number for number, side in enumerate(("corps", "xinjiang", "inland", "none"))}
_WORDS = ("", "兵团", "师", "团", "省", "自治区", "地区", "州", "盟", "市", "县", "区", "旗", "乡", "镇", "道", "场")
LEVELS = {level: number for number, level in enumerate(_WORDS)}
_SHARED = {mark: number for number, mark in enumerate("-x1lo")}
_KIN = {mark: number for number, mark in enumerate(("-", "0", "<0", "<1", "<2", ">0", ">1", ">2"))}
_CUES = {kind: number for number, kind in enumerate((*Relation, "both", "negation", "wish"), 1)}
_SORTS = len(TYPES) * len(SIDES)
LIKELY = 0.5
"""From this probability on a name counts as one that is sure to be an entity."""
_FIRST_NAME = UNKNOWN + 1
FIRST_CHARACTER = _FIRST_NAME + 2 * _SORTS
"""Tokens below are padding, unknown characters and names."""
LAYOUT = Layout(
    first=FIRST_CHARACTER,
    channels={"bigrams": BIGRAMS, "cues": len(_CUES) + 2},
    stretches=4,
    lookups={
        "kind": (len(KINDS), 16),
        "back": (6, 16),
        "distance": (10, 16),
        "first": (_SORTS, 24),
        "second": (_SORTS, 24),
        "first_level": (len(LEVELS), 16),
        "second_level": (len(LEVELS), 16),
        "inner": (4, 8),
        "kin": (len(_KIN), 12),
        "named_by": (len(_SHARED) ** 2, 12),
        "place": (16, 8),
        "about": (3, 8),
        "meant": (7, 8),
        "rank": (25, 8),
        "clauses": (6, 8),
        "titled": (4, 8),
    },
)
"""Tokens are names and characters; a case is a candidate: its two names and what stands around them."""


def read_tokens(scene: Scene, accepted: Sequence[float] | Floats, characters: Ints) -> tuple[Ints, Ints]:
    """The tokens of a scene, shape (channels, tokens), and for each character the place of its token."""
    points = np.frombuffer(scene.text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    names = list(_iter_outer(scene))
    begins = np.ones(len(points) + 1, np.int64)
    for start, end, _ in names:
        begins[start + 1 : end] = 0
    places = np.cumsum(begins) - 1
    kept = np.flatnonzero(begins[:-1])
    folded = fold_digits(points)
    ids = read_characters(folded, characters, LAYOUT)[kept]
    bigrams = hash_pair(folded, np.append(folded[1:], 0))[kept]
    cues = np.zeros(len(points), np.int64)
    for cue in scene.cues.between(0, len(points)):
        cues[cue.start : cue.end] = _CUES.get(cue.kinds[0], len(_CUES) + 1)
    cues = cues[kept]
    for start, end, unit in names:
        place = places[start]
        ids[place] = _FIRST_NAME + 2 * _sort(scene, unit) + (accepted[unit] >= LIKELY)
        level = scene.level(unit)
        last = hash_pair(folded[max(end - 2, start)] + 1, folded[end - 1])
        bigrams[place], cues[place] = LEVELS.get(level, 0) if level else last, 0
    return np.stack((ids, bigrams, cues)), places


def _iter_outer(scene: Scene) -> Iterator[tuple[int, int, int]]:
    """Start, end and unit of names that lie in no other and overlap with none before."""
    last = 0
    outer = (placed for listed in scene.outer.values() for placed in listed)
    for start, end, unit in sorted((placed.name.start, placed.name.end, placed.unit) for placed in outer):
        if start >= last:
            yield start, end, unit
            last = end


def _sort(scene: Scene, unit: int) -> int:
    return TYPES[scene.units[unit].type] * len(SIDES) + SIDES[scene.side(unit)]


def read_cases(scene: Scene, candidates: Sequence[LinkCandidate], places: Ints) -> Ints:
    """Candidates as rows of whole numbers, see ``LAYOUT``."""
    at = places.tolist()
    rows = [_read_case(scene, candidate, at) for candidate in candidates]
    return np.array(rows, np.int64).reshape(-1, LAYOUT.columns)


def _read_case(scene: Scene, candidate: LinkCandidate, at: Sequence[int]) -> tuple[int, ...]:
    """Stretches before, between and behind the two names, the last one to the end of its clause and of its sentence.

    Where one stands in another sentence: its sentence before and behind it, and so for the other.
    """
    first, second, number = candidate.first, candidate.second, candidate.sentence
    sentence, home = scene.sentences[number], scene.sentences[first.sentence]
    left, right = at[first.name.start], at[second.name.start]
    start, end, begin, close = at[sentence.start], at[sentence.end], at[home.start], at[home.end]
    stop = max(min(at[scene.clause_end(second.name.start)], end), right + 1)
    stretches: tuple[int, ...]
    if first.sentence == second.sentence == number:
        stretches = (start, left, left + 1, right, right + 1, stop, stop, end)
    elif second.sentence == number:
        stretches = (begin, left, left + 1, close, start, right, right + 1, end)
    else:
        other = scene.sentences[second.sentence]
        stretches = (begin, close, at[other.start], at[other.end], start, end, start, start)
    return (
        left,
        right,
        *stretches,
        KINDS[candidate.kind],
        min(number - first.sentence, 5),
        min(abs(right - left).bit_length(), 9),
        _sort(scene, first.unit),
        _sort(scene, second.unit),
        LEVELS.get(scene.level(first.unit), 0),
        LEVELS.get(scene.level(second.unit), 0),
        *_read_known(scene, candidate),
    )


def _read_known(scene: Scene, candidate: LinkCandidate) -> tuple[int, ...]:
    """What the text or the gazetteer tells of two names: the lookups from ``inner`` on."""
    first, second, number = candidate.first, candidate.second, candidate.sentence
    topic = scene.topics[number]
    meant, way = scene.recall(iter_meant, number)[0]
    shared = _SHARED[read_shared_level(scene, first, second)], _SHARED[read_shared_level(scene, second, first)]
    ranks = min(scene.rank(first), 4), min(scene.rank(second), 4)
    ancestry = read_ancestry(scene, first.unit, second.unit)
    return (
        2 * (first.name.outer is not None) + (second.name.outer is not None),
        _KIN.get(ancestry, _KIN[ancestry[0] + "2"] if ancestry[0] in "<>" else 0),
        len(_SHARED) * shared[0] + shared[1],
        8 * scene.leads(first) + 4 * scene.leads(second) + 2 * scene.witnesses(first) + scene.witnesses(second),
        1 if first.unit == topic else 2 if second.unit == topic else 0,
        1 + 3 * (way == "all") + (first.unit in meant) + (second.unit in meant) if meant else 0,
        5 * ranks[0] + ranks[1],
        min(abs(second.clause - first.clause), 5),
        2 * (first.unit in scene.titled) + (second.unit in scene.titled),
    )


def ask_networks(
    networks: tuple[Network, ...],
    scene: Scene,
    accepted: Sequence[float] | Floats,
    candidates: Sequence[LinkCandidate],
) -> Floats:
    """What networks that know the same characters say together of candidates, shape (candidates, classes + 1).

    The last column is the probability of any cooperation.
    """
    tokens, places = read_tokens(scene, accepted, networks[0].characters)
    cases = read_cases(scene, candidates, places)
    with _threads().limit(limits=1, user_api="blas"):
        return mix_scores(*(network.predict(tokens, cases) for network in networks))


@cache
def _threads() -> ThreadpoolController:
    """Threads of the library behind NumPy's products: matrices are so small here that more than one cost time."""
    return ThreadpoolController()
