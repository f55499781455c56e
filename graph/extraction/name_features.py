"""Features of a proposed name, each a short string: how sure the labeller is, its form, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .channels import Channels
from .name_spans import Spans, read_spans
from .names import TYPE_LETTERS, TYPES, Name


class NameContext:
    """What the features of a proposed name are read from."""

    def __init__(self, channels: Channels, names: Sequence[Name], marginals: NDArray[np.float32]) -> None:
        self.channels = channels
        self.marginals = marginals
        self.text = channels.text
        self.words = [channels.text[start:end] for start, end, _ in channels.words]
        self.tags = [tag[:1] or "-" for _, _, tag in channels.words]
        self.starts = {hit.start: hit for hit in channels.hits}
        self.ends = {hit.end: hit for hit in channels.hits}
        surfaces = Counter(self.text[name.start : name.end] for name in names)
        self.counts = {surface: self.text.count(surface) for surface in surfaces}
        self.best: dict[str, float] = {}
        for name in names:
            surface = self.text[name.start : name.end]
            self.best[surface] = max(self.best.get(surface, 0.0), name.score)
        self.place = {(name.start, name.end, name.type): place for place, name in enumerate(names)}
        numbers = np.array([(name.start, name.end, TYPES[name.type]) for name in names]).reshape(-1, 3)
        self.numbers: tuple[NDArray[np.int64], ...] = (numbers[:, 0], numbers[:, 1], numbers[:, 2])

    @cached_property
    def spans(self) -> Spans:
        """Numbers of all names, in their order."""
        start, end, kind = self.numbers
        return read_spans(self.channels, self.marginals, (start, end, kind), tags=self.tags)

    @cached_property
    def steps(self) -> list[tuple[int, ...]]:
        """The numbers that features are made of, one tuple a name: five in steps, six counts, words that bound it."""
        spans = self.spans
        start, end, _ = self.numbers
        channels = self.channels
        columns = (
            _steps(spans.inside, 12), _steps(spans.begin, 6), _steps(spans.outside[0], 8), _steps(spans.edge, 6),
            np.minimum(spans.endings, 4), spans.opening, spans.closing, spans.low, spans.high,
            channels.ending[end - 1], channels.quote[start], channels.quote[end - 1],
            channels.word[start] % 4, channels.word[end - 1] % 4, channels.title[start], channels.name[start],
        )  # fmt: skip
        return list(zip(*(column.tolist() for column in columns), strict=True))


def _steps(value: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    return np.minimum((value * count).astype(np.int64), count - 1)


def read_name_features(context: NameContext, name: Name) -> list[str]:
    """Features of one proposed span, each a short string."""
    kind = TYPE_LETTERS[name.type]
    features = list_name_features(context, name)
    return ["bias", kind, *features, *(f"{kind}{feature}" for feature in features)]


def list_name_features(context: NameContext, name: Name) -> list[str]:
    """Features of one proposed span that do not say its type."""
    text, start, end = context.text, name.start, name.end
    (inside, begin, outside, edge, endings, opening, closing, low, high, ending, quote, last_quote,
     word, last_word, title, known) = context.steps[context.place[start, end, name.type]]  # fmt: skip
    surface = text[start:end]
    hit = context.starts.get(start)
    tags, bag = context.tags[low:high], context.words[low:high]
    letters = "".join(tags)
    found = [
        *_iter_around(context, start, end, low, high),
        f"l{name.level}{name.rule[0]}",
        f"m{min(int(name.score * 12), 11)}",
        f"a{inside}",
        f"b{begin}",
        f"o{outside}",
        f"e{edge}",
        f"L{min(end - start, 24) // 2}",
        f"x{surface[-1]}",
        f"X{surface[-2:]}",
        f"F{surface[:2]}",
        f"k{ending}",
        f"g{'n' if hit is None else 'x' if hit.end == end else 'p' if hit.end < end else 'c'}",
        f"n{min(context.counts[surface], 4)}",
        f"B{min(int(context.best[surface] * 8), 7)}",
        f"q{opening}{closing}",
        f"p{letters[:4]}",
        f"P{letters[-3:]}",
        f"N{min(len(tags), 8)}",
        f"E{endings}",
        f"Q{quote}{last_quote}",
        f"w{word}{last_word}",
        f"t{title}",
        f"s{known}",
        *dict.fromkeys([f"i{tag}" for tag in tags]),
        *dict.fromkeys([f"j{part}" for part in bag]),
    ]
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if hit is not None and hit.end == end:
        found += (
            f"G{hit.context:d}{hit.rows[0].level if hit.rows else '-'}",
            f"c{hit.context:d}{before}",
            f"d{hit.context:d}{after}",
        )
    if bag:
        found += (f"z{bag[-1]}", f"y{'~' if hit is not None and hit.end < end else bag[0]}{bag[-1]}")
    return found


def _iter_around(context: NameContext, start: int, end: int, low: int, high: int) -> Iterator[str]:
    """Characters, words and names right before and behind; ``low`` and ``high`` bound the words of the name."""
    before, after = context.text[max(start - 2, 0) : start], context.text[end : end + 2]
    yield f"<{before[-1:]}"
    yield f">{after[:1]}"
    yield f"({before}"
    yield f"){after}"
    yield f"W{context.tags[low - 1] if low else '^'}"
    yield f"-{context.words[low - 1] if low else '^'}"
    yield f"+{context.words[high] if high < len(context.words) else '$'}"
    yield f"V{context.tags[high] if high < len(context.tags) else '$'}"
    yield f"H{end in context.starts:d}{start in context.ends:d}"
