"""Numbers that describe a proposed name among its rivals: what the trees decide names by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .gazetteer_names import GazetteerHit
from .name_features import NameContext
from .names import Name

Floats = NDArray[np.float64]
_RULES = {"labeller": 0, "book": 1, "quote": 2, "ending": 3, "gazetteer": 4, "spacy": 3}
"""Training never sees spaCy's proposals: they count as what they are nearest to, a guess by form."""


def number_tag(tag: str) -> int:
    """A part of speech by its first letter: 1 for a, 0 for none."""
    return ord(tag[0]) - 96 if tag.isalpha() else 0


MOST_RIVALS = 512
"""Spans that are compared with each other at a time, unless more of them overlap in a row."""


def _rivals(names: Sequence[Name], scores: Floats) -> Floats:
    """For each name the best score among spans that are equal, hold it, lie in it, cross it, share an end, …"""
    start = np.array([name.start for name in names])
    end = np.array([name.end for name in names])
    rows = np.zeros((len(names), 8))
    for chosen in _iter_apart(start, end):
        rows[chosen] = _compare(start[chosen], end[chosen], scores[chosen])
    return rows


def _iter_apart(start: NDArray[np.int64], end: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """The places of spans in groups, such that no span overlaps with one of another group."""
    order = np.argsort(start, kind="stable")
    reached = np.maximum.accumulate(end[order])
    cuts = [0, *(np.flatnonzero(start[order][1:] >= reached[:-1]) + 1).tolist(), len(order)]
    first = 0
    for left, right in pairwise(cuts):
        if left > first and right - first > MOST_RIVALS:
            yield order[first:left]
            first = left
    yield order[first:]


def _compare(start: NDArray[np.int64], end: NDArray[np.int64], scores: Floats) -> Floats:
    """``_rivals`` of spans of which each is compared with each."""
    low, high = start[:, None], end[:, None]
    overlap = (start < high) & (end > low)
    np.fill_diagonal(overlap, False)
    same = overlap & (start == low) & (end == high)
    over = overlap & (start <= low) & (end >= high) & ~same
    under = overlap & (start >= low) & (end <= high) & ~same
    cross = overlap & ~same & ~over & ~under
    groups = (same, over, under, cross, under & (end == high), under & (start == low))
    best = [np.where(group, scores, 0.0).max(axis=1) for group in groups]
    return np.stack([*best, overlap.sum(axis=1), (under & (scores > 0.3)).sum(axis=1)], axis=1)


def read_name_numbers(context: NameContext, names: Sequence[Name], scores: Floats) -> Floats:
    """Rows of numbers, shape (names, features); ``scores`` are those of the linear scorer, shape (names,)."""
    if not names:
        return np.zeros((0, 48))
    return np.concatenate([np.stack([scores, *_list_own(context, names)], axis=1), _rivals(names, scores)], axis=1)


def _list_own(context: NameContext, names: Sequence[Name]) -> list[NDArray[Any]]:
    """Columns of what each name is by itself and in its place."""
    channels, spans = context.channels, context.spans
    start, end, kind = context.numbers
    low, high = spans.low, spans.high
    surfaces = [context.text[name.start : name.end] for name in names]
    hits = [context.starts.get(name.start) for name in names]
    words = np.array([*(word[0] for word in channels.words), -1])
    tags = np.array([*map(number_tag, context.tags), 0])
    some = high > low
    return [
        np.array([name.level for name in names]),
        np.array([_RULES[name.rule] for name in names]),
        kind,
        np.array([name.score for name in names]),
        spans.inside,
        spans.begin,
        *spans.outside,
        spans.edge,
        spans.before,
        spans.after,
        end - start,
        spans.endings,
        channels.ending[end - 1],
        np.array([_reach(hit, name.end) for hit, name in zip(hits, names, strict=True)]),
        np.array([2 if hit is None else int(hit.context) for hit in hits]),
        np.array([name.end in context.ends for name in names]),
        np.array([context.counts[surface] for surface in surfaces]),
        np.array([context.best[surface] for surface in surfaces]),
        spans.opening - spans.closing,
        spans.quotes,
        channels.quote[start],
        channels.quote[end - 1],
        np.where(low > 0, tags[low - 1], 0),
        tags[high],
        np.where(some, tags[low], 0),
        np.where(some, tags[high - 1], 0),
        high - low,
        *spans.tags,
        words[low] == start,
        (words[high] == end) | (high == len(words) - 1),
        channels.title[start],
    ]


def _reach(hit: GazetteerHit | None, end: int) -> int:
    """How a gazetteer name that begins with the span ends: there is none, with it, before or behind its end."""
    return 0 if hit is None else 1 if hit.end == end else 2 if hit.end < end else 3
