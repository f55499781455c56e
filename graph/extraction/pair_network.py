"""A small convolutional network that looks at candidates: it reads characters where the linear scorers read features.

Each outer name of a text is one token that tells its type, side and level; every other character is one.
Dilated convolutions read the tokens once a text. A candidate is then what they made of its two names and, as a
maximum, of the stretches before, between and behind them: piecewise pooling after Zeng, Liu, Chen and Zhao,
"Distant Supervision for Relation Extraction via Piecewise Convolutional Neural Networks", EMNLP 2015.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from ..model import EntityType
from .candidates import LinkCandidate
from .scene import Scene

Ints = NDArray[np.int64]
Reals = NDArray[np.float32]
Floats = NDArray[np.float64]

KINDS = {kind: number for number, kind in enumerate(("pair", "back", "both", "nest"))}
TYPES = {kind: number for number, kind in enumerate(EntityType)}
SIDES = {side: number for number, side in enumerate(("corps", "xinjiang", "inland", "none"))}
_LEVELS = ("", "兵团", "师", "团", "省", "自治区", "地区", "州", "盟", "市", "县", "区", "旗", "乡", "镇", "道", "场")
_LEVEL = {level: number for number, level in enumerate(_LEVELS)}
_SORTS = len(TYPES) * len(SIDES)
LIKELY = 0.5
"""From this probability on a name counts as one that is sure to be an entity."""
PADDING, UNKNOWN, _FIRST_NAME = 0, 1, 2
FIRST_CHARACTER = _FIRST_NAME + 2 * _SORTS
"""Tokens below are padding, unknown characters and names."""
BIGRAMS = 2**13
"""Buckets for two characters that follow each other, or for the last two of a name."""
DILATIONS = (1, 2, 4, 1)
_DEPTH = 8
"""Stretches are pooled by two runs of at most 2**7 tokens: what lies between in longer ones does not count."""
LOOKUPS = {
    "kind": (8, len(KINDS), 16),
    "back": (9, 6, 16),
    "distance": (10, 10, 16),
    "first": (11, _SORTS, 24),
    "second": (12, _SORTS, 24),
    "first_level": (13, len(_LEVELS), 16),
    "second_level": (14, len(_LEVELS), 16),
}
"""What else is told of a candidate: column of its row, number of values, size of their vectors."""
COLUMNS = 15
_SURE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text as tokens: ``ids`` and ``bigrams``, one a token; ``places`` leads from a character to its token."""

    ids: Ints
    bigrams: Ints
    places: Ints


def read_tokens(scene: Scene, accepted: Sequence[float] | Floats, characters: Ints) -> Tokens:
    """The tokens of a scene; ``characters`` are the known ones as code points, in order."""
    points = np.frombuffer(scene.text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    points = np.where((points >= ord("0")) & (points <= ord("9")), ord("0"), points)
    names = list(_iter_outer(scene))
    begins = np.ones(len(points) + 1, np.int64)
    for start, end, _ in names:
        begins[start + 1 : end] = 0
    places = np.cumsum(begins) - 1
    kept = np.flatnonzero(begins[:-1])
    slots = np.minimum(np.searchsorted(characters, points), len(characters) - 1)
    ids = np.where(characters[slots] == points, slots + FIRST_CHARACTER, UNKNOWN)[kept]
    bigrams = _hash(points, np.append(points[1:], 0))[kept]
    for start, end, unit in names:
        place = places[start]
        ids[place] = _FIRST_NAME + 2 * _sort(scene, unit) + (accepted[unit] >= LIKELY)
        level = scene.level(unit)
        bigrams[place] = _LEVEL.get(level, 0) if level else _hash(points[max(end - 2, start)] + 1, points[end - 1])
    return Tokens(ids=ids, bigrams=bigrams, places=places)


def _hash(first: Any, second: Any) -> Any:
    """Bucket of two code points, by multiplication (Knuth)."""
    return ((first * 65599 + second) * 2654435761 % 2**32) >> 19


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


def read_cases(scene: Scene, candidates: Sequence[LinkCandidate], tokens: Tokens) -> Ints:
    """Candidates as rows of ``COLUMNS`` whole numbers.

    The tokens of the two names; starts and ends of three stretches of tokens (before, between and behind the two,
    or where one stands in another sentence: that sentence and the two parts of the candidate's own); the kind, how
    many sentences back the first stands, how far apart the two are, their types with sides, and their levels.
    """
    at = tokens.places.tolist()
    bounds = [(at[sentence.start], at[sentence.end]) for sentence in scene.sentences]
    sorts: dict[int, tuple[int, int]] = {}
    rows = []
    for candidate in candidates:
        first, second, number = candidate.first, candidate.second, candidate.sentence
        start, end = bounds[number]
        left, right = at[first.name.start], at[second.name.start]
        if first.sentence == second.sentence == number:
            stretches = (start, left, left + 1, right, right + 1, end)
        elif second.sentence == number:
            stretches = (*bounds[first.sentence], start, right, right + 1, end)
        else:
            stretches = (*bounds[first.sentence], start, end, *bounds[second.sentence])
        for unit in (first.unit, second.unit):
            if unit not in sorts:
                sorts[unit] = _sort(scene, unit), _LEVEL.get(scene.level(unit), 0)
        told, named = sorts[first.unit], sorts[second.unit]
        back, distance = min(number - first.sentence, 5), min(abs(right - left).bit_length(), 9)
        rows.append(
            (left, right, *stretches, KINDS[candidate.kind], back, distance, told[0], named[0], told[1], named[1])
        )
    return np.array(rows, np.int64).reshape(-1, COLUMNS)


def list_windows(starts: Ints, ends: Ints, count: int) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Where the maxima of stretches stand in the rows of ``pool``, two rows a stretch, and which are not empty."""
    lengths = np.maximum(ends - starts, 1)
    depth = np.minimum(np.frexp(lengths.astype(float))[1] - 1, _DEPTH - 1).astype(np.int64)
    first = depth * count + np.minimum(starts, count - 1)
    second = depth * count + np.clip(ends - (1 << depth), 0, count - 1)
    return first, second, ends > starts


def pool(values: Reals) -> Reals:
    """Maxima over runs of 1, 2, 4, … tokens, the runs of a length below each other."""
    pooled = [values]
    for depth in range(1, _DEPTH):
        before, step = pooled[-1], 1 << (depth - 1)
        longer = before.copy()
        np.maximum(before[:-step], before[step:], out=longer[:-step])
        pooled.append(longer)
    return np.concatenate(pooled)


def _swish(values: Reals) -> Reals:
    return np.asarray(values / (1.0 + np.exp(-np.clip(values, -60.0, 60.0))), np.float32)


def mix_scores(*scores: Floats) -> Floats:
    """The geometric mean of the odds that several scorers give."""
    odds = [np.log(sure / (1 - sure)) for sure in (np.clip(found, _SURE, 1 - _SURE) for found in scores)]
    return np.asarray(1.0 / (1.0 + np.exp(-sum(odds) / len(odds))), float)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairNetwork:
    """The network: ``characters`` it knows (code points, in order) and its weights by name."""

    characters: Ints
    weights: Mapping[str, Reals]

    def predict(self, tokens: Tokens, cases: Ints) -> Floats:
        """Probability of each class of ``CLASSES`` for each case and, last, of any cooperation."""
        weights = self.weights
        values = weights["tokens"][tokens.ids] + weights["bigrams"][tokens.bigrams]
        size = values.shape[1]
        for number, step in enumerate(DILATIONS):
            window = np.zeros((len(values), 3 * size), np.float32)
            middle = window[:, size : 2 * size]
            middle[:] = self._normalise(values, number)
            window[step:, :size] = middle[:-step]
            window[:-step, 2 * size :] = middle[step:]
            values = values + self._layer(f"convolution{number}", window)
        pooled = pool(values)
        first, second = values[cases[:, 0]], values[cases[:, 1]]
        parts = [first, second, first * second]
        for column in (2, 4, 6):
            left, right, some = list_windows(cases[:, column], cases[:, column + 1], len(values))
            parts.append(np.maximum(pooled[left], pooled[right]) * some[:, None])
        parts += [weights[name][cases[:, column]] for name, (column, _, _) in LOOKUPS.items()]
        hidden = self._layer("hidden", np.hstack(parts))
        hidden = hidden + self._layer("deeper", hidden)
        logits = hidden @ weights["output_weights"].T + weights["output_bias"]
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -60.0, 60.0))), float)

    def _normalise(self, values: Reals, number: int) -> Reals:
        mean = values.mean(axis=1, keepdims=True)
        variance = values.var(axis=1, keepdims=True) + 1e-8
        scaled = (values - mean) * variance ** np.float32(-0.5)
        return np.asarray(scaled * self.weights[f"scale{number}"] + self.weights[f"shift{number}"])

    def _layer(self, name: str, values: Reals) -> Reals:
        return _swish(values @ self.weights[f"{name}_weights"].T + self.weights[f"{name}_bias"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The network as arrays for a file, weights in half precision."""
        return {"characters": self.characters, **{name: part.astype(np.float16) for name, part in self.weights.items()}}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PairNetwork:
        """The network that ``arrays`` tells of."""
        weights = {
            name: part.astype(np.float32) for name, part in arrays.items() if name not in ("characters", "format")
        }
        return cls(characters=arrays["characters"].astype(np.int64), weights=weights)


def judge_cases(
    networks: Sequence[PairNetwork],
    scene: Scene,
    accepted: Sequence[float] | Floats,
    candidates: Sequence[LinkCandidate],
) -> Floats:
    """What networks that know the same characters say together, shape (candidates, classes + 1)."""
    tokens = read_tokens(scene, accepted, networks[0].characters)
    cases = read_cases(scene, candidates, tokens)
    with _threads().limit(limits=1, user_api="blas"):
        return mix_scores(*(network.predict(tokens, cases) for network in networks))


@cache
def _threads() -> ThreadpoolController:
    """Threads of the library behind NumPy's products: matrices are so small here that more than one cost time."""
    return ThreadpoolController()
