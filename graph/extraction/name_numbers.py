"""Numbers that describe a proposed name among its rivals: what the trees decide names by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import EntityType
from .names import Name, NameContext

Floats = NDArray[np.float64]
_ORDER = {kind: number for number, kind in enumerate(EntityType)}
_RULES = {"labeller": 0, "book": 1, "quote": 2, "ending": 3, "gazetteer": 4, "spacy": 3}
"""Training never sees spaCy's proposals: they count as what they are nearest to, a guess by form."""


def _tag(tag: str) -> int:
    return ord(tag[0]) - 96 if tag.isalpha() else 0


def _rivals(names: Sequence[Name], scores: Floats) -> Floats:
    """For each name the best score among spans that are equal, hold it, lie in it, cross it, share an end, …"""
    start = np.array([name.start for name in names])
    end = np.array([name.end for name in names])
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
    own = np.array([_read_own(context, name) for name in names], float)
    return np.concatenate([scores[:, None], own, _rivals(names, scores)], axis=1)


def _read_own(context: NameContext, name: Name) -> list[float]:
    channels, marginals, text = context.channels, context.marginals, context.text
    start, end, kind = name.start, name.end, _ORDER[name.type]
    surface = text[start:end]
    begin, inside = marginals[start:end, 2 * kind + 1], marginals[start:end, 2 * kind + 2]
    outside = marginals[start:end, 0]
    last = end >= len(text)
    hit = context.starts.get(start)
    low, high = bisect_left(context.word_starts, start), bisect_left(context.word_starts, end)
    tags = context.tags[low:high]
    return [
        name.level,
        _RULES[name.rule],
        kind,
        name.score,
        float((begin + inside).mean()),
        float(begin[0]),
        float(outside.mean()),
        float(outside.max()),
        float(outside[0]),
        float(outside[-1]),
        0.0 if last else float(marginals[end, 2 * kind + 2]),
        1.0 - float(marginals[start - 1, 0]) if start else 0.0,
        0.0 if last else 1.0 - float(marginals[end, 0]),
        len(surface),
        int((channels.ending[start:end] % 4 == 3).sum()),
        int(channels.ending[end - 1]),
        0 if hit is None else 1 if hit.end == end else 2 if hit.end < end else 3,
        2 if hit is None else int(hit.context),
        int(end in context.ends),
        context.counts[surface],
        context.best[surface],
        sum(char in "“「《(（" for char in surface) - sum(char in "”」》)）" for char in surface),
        sum(char in "“”「」《》" for char in surface),
        int(channels.quote[start]),
        int(channels.quote[end - 1]),
        _tag(context.tags[low - 1]) if low else 0,
        _tag(context.tags[high]) if high < len(context.tags) else 0,
        _tag(tags[0]) if tags else 0,
        _tag(tags[-1]) if tags else 0,
        len(tags),
        *(sum(tag in group for tag in tags) for group in ("v", "pc", "ud", "m", "n", "x")),
        int(low < len(context.word_starts) and context.word_starts[low] == start),
        int(high >= len(context.word_starts) or context.word_starts[high] == end),
        int(channels.title[start]),
    ]
