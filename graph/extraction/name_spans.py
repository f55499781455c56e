"""What is known of every proposed span, counted and averaged for all spans of a document at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .channels import Channels

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OPENING, CLOSING, QUOTES = "“「《(（", "”」》)）", "“”「」《》"
TAG_GROUPS = ("v", "pc", "ud", "m", "n", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Columns over the spans, each of shape (spans,); ``low`` and ``high`` bound the words that begin inside.

    ``inside`` is the mean probability that a character belongs to a name of the span's type, ``begin`` that its
    first one begins one, ``edge`` that the name goes on behind it; ``outside`` are mean, highest, first and last
    probability of no name, ``before`` and ``after`` how likely a name stands next to it.
    """

    inside: Floats
    begin: Floats
    edge: Floats
    outside: tuple[Floats, Floats, Floats, Floats]
    before: Floats
    after: Floats
    endings: Ints
    opening: Ints
    closing: Ints
    quotes: Ints
    low: Ints
    high: Ints
    tags: tuple[Ints, ...]


def _count(marked: NDArray[Any], start: Ints, end: Ints) -> Ints:
    """How many places are marked in each span."""
    total = np.append(0, np.cumsum(marked))
    return np.asarray(total[end] - total[start], np.int64)


def spread(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The places of all spans one after another, and where each span begins among them."""
    sizes = end - start
    first = np.cumsum(sizes) - sizes
    return np.repeat(start - first, sizes) + np.arange(int(sizes.sum())), first


class _Means:
    """Means of spans, each over its values alone and in the same way whatever else is asked: by length."""

    def __init__(self, sizes: Ints) -> None:
        self.order = np.argsort(sizes, kind="stable")
        ordered = sizes[self.order]
        edges = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        self.blocks = [
            (low, high, int(ordered[low]))
            for low, high in zip(edges.tolist(), [*edges[1:].tolist(), len(sizes)], strict=True)
        ]

    def of(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The means of the values of all spans, which come in ``order``."""
        found = np.empty(len(self.order), np.float32)
        place = 0
        for low, high, size in self.blocks:
            block = values[place : place + (high - low) * size].reshape(-1, size)
            found[self.order[low:high]] = block.mean(axis=1)
            place += (high - low) * size
        return found


def read_lowest(marginals: NDArray[np.float32], start: Ints, end: Ints, kind: Ints) -> Floats:
    """Lowest probability that a character of each span belongs to a name of the span's type (by number)."""
    places, first = spread(start, end)
    column = np.repeat(2 * kind + 2, end - start)
    column[first] -= 1
    return np.minimum.reduceat(marginals[places, column], first).astype(np.float64)


def read_spans(
    channels: Channels, marginals: NDArray[np.float32], spans: tuple[Ints, Ints, Ints], *, tags: Sequence[str]
) -> Spans:
    """The columns of spans given as starts, ends and types by number; ``tags`` has a letter for each word."""
    start, end, kind = spans
    means = _Means(end - start)
    places, _ = spread(start[means.order], end[means.order])
    column = 2 * np.repeat(kind[means.order], (end - start)[means.order])
    none = marginals[:, 0]
    _, first = spread(start, end)
    next_place = np.minimum(end, len(none) - 1)
    last = end >= len(none)
    code = channels.code
    words = np.array([word[0] for word in channels.words], np.int64)
    low, high = np.searchsorted(words, start), np.searchsorted(words, end)
    letters = np.array([ord(tag) for tag in tags], np.int64)
    return Spans(
        inside=means.of(marginals[places, column + 1] + marginals[places, column + 2]).astype(float),
        begin=marginals[start, 2 * kind + 1].astype(float),
        edge=np.where(last, 0.0, marginals[next_place, 2 * kind + 2]).astype(float),
        outside=(
            means.of(none[places]).astype(float),
            np.maximum.reduceat(none[spread(start, end)[0]], first).astype(float),
            none[start].astype(float),
            none[end - 1].astype(float),
        ),
        before=np.where(start > 0, 1.0 - none[start - 1].astype(float), 0.0),
        after=np.where(last, 0.0, 1.0 - none[next_place].astype(float)),
        endings=_count(channels.ending % 4 == 3, start, end),
        opening=_count(_among(code, OPENING), start, end),
        closing=_count(_among(code, CLOSING), start, end),
        quotes=_count(_among(code, QUOTES), start, end),
        low=low,
        high=high,
        tags=tuple(_count(_among(letters, group), low, high) for group in TAG_GROUPS),
    )


def _among(codes: Ints, characters: str) -> NDArray[np.bool_]:
    """Whether each code is that of one of a few characters."""
    return np.asarray(np.logical_or.reduce([codes == ord(character) for character in characters]), np.bool_)
