"""A small convolutional network over the characters of a text, which judges cases in it.

Dilated convolutions read the tokens once a text. A case is then what they made of some of the tokens and, as a
maximum, of some stretches between them, and what else is told of it: piecewise pooling after Zeng, Liu, Chen and
Zhao, "Distant Supervision for Relation Extraction via Piecewise Convolutional Neural Networks", EMNLP 2015.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Reals = NDArray[np.float32]
Floats = NDArray[np.float64]

PADDING, UNKNOWN = 0, 1
"""Numbers of tokens that are none and of those that are not known."""
BIGRAMS = 2**13
"""Buckets for two characters that follow each other."""
DILATIONS = (1, 2, 4, 1)
_DEPTH = 8
"""Stretches are pooled by two runs of at most 2**7 tokens: what lies between in longer ones does not count."""
_SURE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a network is told.

    Of each token its own number, where characters count from ``first`` on, then one for each of the ``channels``,
    which say how many numbers there are.
    Of each case the places of two tokens, then start and end of each of the ``stretches``, then one number for each
    of the ``lookups``, which say how many there are and the size of their vectors.
    """

    first: int
    channels: Mapping[str, int]
    stretches: int
    lookups: Mapping[str, tuple[int, int]]

    @property
    def places(self) -> int:
        """How many of the columns of a case are places of tokens."""
        return 2 + 2 * self.stretches

    @property
    def columns(self) -> int:
        """How many numbers a case has."""
        return self.places + len(self.lookups)

    def width(self, size: int) -> int:
        """How many values describe a case where ``size`` describe a token."""
        return (3 + self.stretches) * size + sum(vector for _, vector in self.lookups.values())


def read_characters(points: Ints, characters: Ints, layout: Layout) -> Ints:
    """Numbers of code points with folded digits, by their place among known ones, else ``UNKNOWN``."""
    slots = np.minimum(np.searchsorted(characters, points), len(characters) - 1)
    return np.asarray(np.where(characters[slots] == points, slots + layout.first, UNKNOWN), np.int64)


def fold_digits(points: Ints) -> Ints:
    """Code points with all digits as 0."""
    return np.asarray(np.where((points >= ord("0")) & (points <= ord("9")), ord("0"), points), np.int64)


def hash_pair(first: Any, second: Any) -> Any:
    """Bucket of two code points, by multiplication (Knuth)."""
    return ((first * 65599 + second) * 2654435761 % 2**32) >> 19


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


def sigmoid(values: NDArray[Any]) -> NDArray[Any]:
    """The logistic function, for any size of a value, in the precision of the values."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -60.0, 60.0))))


def mix_scores(*scores: Floats) -> Floats:
    """The geometric mean of the odds that several scorers give."""
    odds = [np.log(sure / (1 - sure)) for sure in (np.clip(found, _SURE, 1 - _SURE) for found in scores)]
    return np.asarray(sigmoid(np.asarray(sum(odds) / len(odds))), float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network: ``characters`` it knows (code points, in order) and its weights by name."""

    layout: Layout
    characters: Ints
    weights: Mapping[str, Reals]

    def predict(self, tokens: Ints, cases: Ints) -> Floats:
        """Probability of each output for each case; shapes (channels, tokens), (cases, columns), (cases, outputs)."""
        weights, layout = self.weights, self.layout
        names = ("tokens", *layout.channels)
        values = sum(weights[name][ids] for name, ids in zip(names, tokens, strict=True))
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
        for column in range(2, layout.places, 2):
            left, right, some = list_windows(cases[:, column], cases[:, column + 1], len(values))
            parts.append(np.maximum(pooled[left], pooled[right]) * some[:, None])
        parts += [weights[name][cases[:, column]] for column, name in enumerate(layout.lookups, layout.places)]
        hidden = self._layer("hidden", np.hstack(parts))
        hidden = hidden + self._layer("deeper", hidden)
        logits = hidden @ weights["output_weights"].T + weights["output_bias"]
        return np.asarray(sigmoid(logits), float)

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
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], layout: Layout) -> Network:
        """The network that ``arrays`` tells of."""
        weights = {
            name: part.astype(np.float32) for name, part in arrays.items() if name not in ("characters", "format")
        }
        return cls(layout=layout, characters=arrays["characters"].astype(np.int64), weights=weights)
