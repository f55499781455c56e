"""Fits a network that judges cases in texts, with thinc's layers and its Adam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..graph.extraction.network import (
    DILATIONS,
    PADDING,
    UNKNOWN,
    Ints,
    Layout,
    Network,
    Reals,
    list_windows,
    pool,
    sigmoid,
)

LEAST_SEEN = 5
"""Characters seen less often in the texts to learn from are unknown ones."""
_GAP = max(DILATIONS)
_Back = Callable[[Reals], Reals]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Sizes and schedule of a fit; a batch holds as many texts as fit into ``tokens`` and ``cases``.

    ``forgotten`` is the share of the tokens that are taken for unknown ones while the network learns.
    """

    epochs: int = 12
    size: int = 64
    hidden: int = 128
    dropout: float = 0.25
    forgotten: float = 0.05
    rate: float = 0.004
    decay: float = 0.01
    tokens: int = 4096
    cases: int = 1024
    of_one: int = 160
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One text to learn from: its tokens, its decided cases and their ``targets``, shape (cases, outputs)."""

    tokens: Ints
    cases: Ints
    targets: NDArray[np.bool_]


def list_characters(texts: Iterable[str]) -> Ints:
    """The characters that the texts hold often enough, as code points in order."""
    counts = Counter(character for text in texts for character in text)
    known = (ord(character) for character, count in counts.items() if count >= LEAST_SEEN or character == "0")
    return np.array(sorted({ord("0"), *known}), np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Several texts as one row of tokens with gaps between them."""

    tokens: Ints
    cases: Ints
    targets: Reals


def _iter_batches(
    samples: Sequence[Sample], settings: Settings, random: np.random.Generator
) -> Iterator[list[tuple[Sample, Ints]]]:
    """The samples in chance order, each with the cases that count this time."""
    batch: list[tuple[Sample, Ints]] = []
    tokens = cases = 0
    for place in random.permutation(len(samples)).tolist():
        sample = samples[place]
        chosen = _choose_cases(sample, settings.of_one, random)
        size = sample.tokens.shape[1] + _GAP
        if batch and (tokens + size > settings.tokens or cases + len(chosen) > settings.cases):
            yield batch
            batch, tokens, cases = [], 0, 0
        batch.append((sample, chosen))
        tokens, cases = tokens + size, cases + len(chosen)
    if batch:
        yield batch


def _choose_cases(sample: Sample, most: int, random: np.random.Generator) -> Ints:
    """All cases of a text, or where there are many its links and some that are none."""
    if len(sample.cases) <= most:
        return np.arange(len(sample.cases))
    linked = sample.targets.any(axis=1)
    right = random.permutation(np.flatnonzero(linked))[: most // 2]
    return np.concatenate([right, random.permutation(np.flatnonzero(~linked))[: most - len(right)]])


def _pack(batch: Sequence[tuple[Sample, Ints]], layout: Layout) -> _Batch:
    count = sum(sample.tokens.shape[1] + _GAP for sample, _ in batch)
    tokens = np.full((1 + len(layout.channels), count), PADDING, np.int64)
    cases, at = [], 0
    for sample, chosen in batch:
        end = at + sample.tokens.shape[1]
        tokens[:, at:end] = sample.tokens
        moved = sample.cases[chosen].copy()
        moved[:, : layout.places] += at
        cases.append(moved)
        at = end + _GAP
    targets = np.concatenate([sample.targets[chosen] for sample, chosen in batch]).astype(np.float32)
    return _Batch(tokens=tokens, cases=np.concatenate(cases), targets=targets)


class _Network:
    """The layers, and how they follow each other: ``forward`` gives logits and what takes gradients back."""

    def __init__(
        self, layout: Layout, settings: Settings, random: np.random.Generator, *, numbers: int, outputs: int
    ) -> None:
        from thinc import api as layers

        size, drop = settings.size, settings.dropout
        self._layout, self._random, self._drop, self._forgotten = layout, random, drop, settings.forgotten
        counts = {"tokens": numbers, **layout.channels}
        self._channels: dict[str, Any] = {name: layers.Embed(size, count) for name, count in counts.items()}
        self._norms: list[Any] = [layers.LayerNorm(size) for _ in DILATIONS]
        self._convolutions: list[Any] = [layers.Swish(size, 3 * size, dropout=drop / 2) for _ in DILATIONS]
        self._lookups: dict[str, Any] = {
            name: layers.Embed(vector, count) for name, (count, vector) in layout.lookups.items()
        }
        self._hidden: Any = layers.Swish(settings.hidden, layout.width(size), dropout=drop)
        self._deeper: Any = layers.Swish(settings.hidden, settings.hidden)
        self._output: Any = layers.Linear(outputs, settings.hidden)
        for model in self.models():
            model.initialize()
        for model in (*self._channels.values(), *self._lookups.values()):
            _spread(model, "E", 0.3, random)
        for model in self._convolutions:
            _spread(model, "W", 0.5 * (2 / (3 * size)) ** 0.5, random)
        _spread(self._output, "W", 0.0, random)
        _owner(self._output, "b").set_param("b", np.full(outputs, -3.0, np.float32))

    def models(self) -> list[Any]:
        """All layers."""
        first = (*self._channels.values(), *self._norms, *self._convolutions, *self._lookups.values())
        return [*first, self._hidden, self._deeper, self._output]

    def weights(self) -> dict[str, Reals]:
        """The weights by the names that ``Network`` knows."""
        return self._collect(lambda owner, name: owner.get_param(name))

    def gradients(self) -> dict[str, Reals]:
        """What the ways back have summed up for each of the weights."""
        return self._collect(lambda owner, name: owner.get_grad(name))

    def _collect(self, read: Callable[[Any, str], Any]) -> dict[str, Reals]:
        def take(model: Any, name: str) -> Reals:
            return np.asarray(read(_owner(model, name), name), np.float32)

        named = {f"convolution{number}": model for number, model in enumerate(self._convolutions)}
        named |= {"hidden": self._hidden, "deeper": self._deeper, "output": self._output}
        found = {name: take(model, "E") for name, model in (*self._channels.items(), *self._lookups.items())}
        for number, model in enumerate(self._norms):
            found |= {f"scale{number}": take(model, "G"), f"shift{number}": take(model, "b")}
        for name, model in named.items():
            found |= {f"{name}_weights": take(model, "W"), f"{name}_bias": take(model, "b")}
        return found

    def forward(self, batch: _Batch) -> tuple[Reals, _Back]:
        """Logits of the cases, shape (cases, classes + 1), and the way back for their gradients."""
        values, back_values = self._read(batch)
        joined, back_joined = self._join(batch.cases, values)
        hidden, back_hidden = self._hidden(joined, is_train=True)
        deeper, back_deeper = self._deeper(hidden, is_train=True)
        logits, back_output = self._output(hidden + deeper, is_train=True)

        def backward(gradient: Reals) -> Reals:
            deep = back_output(gradient)
            return back_values(back_joined(back_hidden(deep + back_deeper(deep))))

        return logits, backward

    def _read(self, batch: _Batch) -> tuple[Reals, _Back]:
        """What the convolutions make of the tokens."""
        inside = (batch.tokens[0] != PADDING)[:, None].astype(np.float32)
        shares = (self._forgotten, 2 * self._forgotten)
        read = []
        for number, (channel, ids) in enumerate(zip(self._channels.values(), batch.tokens, strict=True)):
            if number < len(shares):
                forgotten = self._random.random(len(ids)) < shares[number]
                ids = np.where(forgotten, 0 if number else UNKNOWN, ids)
            read.append(channel(np.ascontiguousarray(ids), is_train=True))
        kept = self._keep(read[0][0].shape, 0.6 * self._drop) * inside
        values = sum(part for part, _ in read) * kept
        backs = []
        for norm, convolution, step in zip(self._norms, self._convolutions, DILATIONS, strict=True):
            change, back = _convolve(values, inside, step, norm, convolution)
            values = values + change
            backs.append(back)

        def backward(gradient: Reals) -> Reals:
            for back in reversed(backs):
                gradient = gradient + back(gradient)
            for _, back in read:
                back(gradient * kept)
            return gradient

        return values, backward

    def _join(self, cases: Ints, values: Reals) -> tuple[Reals, _Back]:
        """What is known of each case: its names, its stretches, what else is told of it."""
        size = values.shape[1]
        layout = self._layout
        first, second = values[cases[:, 0]], values[cases[:, 1]]
        parts, sources = [first, second, first * second], []
        pooled, places = pool(values), _pool_places(values)
        for column in range(2, layout.places, 2):
            left, right, some = list_windows(cases[:, column], cases[:, column + 1], len(values))
            larger = pooled[left] >= pooled[right]
            parts.append(np.where(larger, pooled[left], pooled[right]) * some[:, None])
            sources.append((np.where(larger, places[left], places[right]), some[:, None]))
        looked = [
            self._lookups[name](np.ascontiguousarray(cases[:, column]), is_train=True)
            for column, name in enumerate(layout.lookups, layout.places)
        ]
        joined = np.hstack([*parts, *(part for part, _ in looked)]).astype(np.float32)
        kept = self._keep(joined.shape, self._drop)

        def backward(gradient: Reals) -> Reals:
            edges = np.cumsum([part.shape[1] for part in (*parts, *(part for part, _ in looked))])[:-1]
            blocks = np.split(gradient * kept, edges, 1)
            change = np.zeros_like(values)
            np.add.at(change, cases[:, 0], blocks[0] + blocks[2] * second)
            np.add.at(change, cases[:, 1], blocks[1] + blocks[2] * first)
            blocks = blocks[3:]
            slots = [(found * size + np.arange(size)).ravel() for found, _ in sources]
            shares = [(block * some).ravel() for block, (_, some) in zip(blocks, sources, strict=False)]
            summed = np.bincount(np.concatenate(slots), np.concatenate(shares), minlength=values.size)
            for block, (_, back) in zip(blocks[len(sources) :], looked, strict=True):
                back(np.ascontiguousarray(block))
            return np.asarray(change + summed.reshape(values.shape), np.float32)

        return joined * kept, backward

    def _keep(self, shape: tuple[int, ...], share: float) -> Reals:
        """A mask that drops a share of the values and raises the others (dropout)."""
        kept = self._random.random(shape, dtype=np.float32) >= share
        return kept.astype(np.float32) / np.float32(1 - share)


def _convolve(values: Reals, inside: Reals, step: int, norm: Any, convolution: Any) -> tuple[Reals, _Back]:
    """One dilated convolution of normalised values; what lies outside of texts stays zero."""
    size = values.shape[1]
    middle, back_norm = norm(values, is_train=True)
    middle = middle * inside
    window = np.zeros((len(values), 3 * size), np.float32)
    window[:, size : 2 * size] = middle
    window[step:, :size], window[:-step, 2 * size :] = middle[:-step], middle[step:]
    change, back_convolution = convolution(window, is_train=True)

    def backward(gradient: Reals) -> Reals:
        wide = back_convolution(np.ascontiguousarray(gradient * inside))
        narrow = wide[:, size : 2 * size].copy()
        narrow[:-step] += wide[step:, :size]
        narrow[step:] += wide[:-step, 2 * size :]
        return np.asarray(back_norm(narrow * inside), np.float32)

    return change * inside, backward


def _pool_places(values: Reals) -> Ints:
    """For each maximum of ``pool`` the token that it comes from."""
    pooled, count, step = pool(values), len(values), 1
    found: list[Ints] = [np.broadcast_to(np.arange(count)[:, None], values.shape)]
    for start in range(0, len(pooled) - count, count):
        run, before = pooled[start : start + count], found[-1]
        longer = before.copy()
        longer[:-step] = np.where(run[:-step] >= run[step:], before[:-step], before[step:])
        found.append(longer)
        step *= 2
    return np.concatenate(found)


def _owner(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.has_param(name))


def _spread(model: Any, name: str, spread: float, random: np.random.Generator) -> None:
    owner = _owner(model, name)
    owner.set_param(name, (random.normal(size=owner.get_param(name).shape) * spread).astype(np.float32))


def fit_network(
    samples: Sequence[Sample], characters: Ints, layout: Layout, *, settings: Settings | None = None
) -> Network:
    """The network fitted on samples; seeded and on one thread, so that a fit can be repeated.

    Weights come rounded to the half precision in which they are kept.
    """
    from thinc.api import Adam, fix_random_seed, use_ops
    from threadpoolctl import threadpool_limits

    settings = settings or Settings()
    fix_random_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    samples = [sample for sample in samples if len(sample.cases)]
    outputs = samples[0].targets.shape[1] if samples else 1
    with threadpool_limits(1), use_ops("numpy", use_blis=False):
        network = _Network(layout, settings, random, numbers=layout.first + len(characters), outputs=outputs)
        adam = Adam(settings.rate, beta1=0.9, beta2=0.99, L2=settings.decay, L2_is_weight_decay=True, grad_clip=1.0)
        steps = settings.epochs * sum(1 for _ in _iter_batches(samples, settings, random))
        taken = 0
        for _ in range(settings.epochs):
            for chosen in _iter_batches(samples, settings, random):
                taken += 1
                batch = _pack(chosen, layout)
                logits, backward = network.forward(batch)
                backward(((sigmoid(logits) - batch.targets) / max(len(batch.targets), 1)).astype(np.float32))
                warm, done = min(1.0, taken / 200), min(1.0, taken / max(steps, 1))
                adam.learn_rate = settings.rate * warm * (0.5 + 0.5 * np.cos(np.pi * done)) + 1e-6
                for model in network.models():
                    model.finish_update(adam)
    fitted = Network(layout=layout, characters=characters, weights=network.weights())
    return Network.from_arrays(fitted.arrays(), layout)


def fit_networks(
    samples: Sequence[Sample], folds: Sequence[int], characters: Ints, layout: Layout, *, settings: Sequence[Settings]
) -> dict[int | None, tuple[Network, ...]]:
    """For each fold a network for each settings that did not see it, and under None those fitted on all.

    Several are fitted at a time.
    """
    from joblib import Parallel, delayed

    left_out: list[int | None] = [*sorted(set(folds)), None]
    chosen = [[sample for sample, fold in zip(samples, folds, strict=True) if fold != out] for out in left_out]
    fitted = Parallel(n_jobs=-1)(
        delayed(fit_network)(part, characters, layout, settings=each) for part in chosen for each in settings
    )
    count = len(settings)
    return {out: tuple(fitted[place * count : (place + 1) * count]) for place, out in enumerate(left_out)}
