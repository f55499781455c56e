"""Labeller: which characters begin and continue a name, and of what type.

A linear-chain conditional random field over characters (Lafferty, McCallum and Pereira 2001), trained
with CRFsuite; here only its decoding, vectorised over a whole document. Feature values are hashed into
``2 ** BITS`` slots; a slot that training gave no weight costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import EntityType, Sentence
from .channels import Channels

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BITS = 22
TYPES = tuple(EntityType)
LABELS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
_MIX = np.uint64(0x9E3779B97F4A7C15)


def _shift(channel: Ints, offset: int) -> Ints:
    """The channel as seen ``offset`` characters ahead; 0 beyond the ends."""
    moved = np.zeros_like(channel)
    if offset == 0:
        return channel
    if offset > 0:
        moved[:-offset] = channel[offset:]
    else:
        moved[-offset:] = channel[:offset]
    return moved


def _join(*channels: Ints) -> Ints:
    """One value for several: order matters, overflow wraps."""
    with np.errstate(over="ignore"):
        joined = channels[0].astype(np.uint64)
        for channel in channels[1:]:
            joined = joined * np.uint64(1_000_003) + channel.astype(np.uint64)
    return joined.astype(np.int64)


def _templates(channels: Channels) -> list[Ints]:
    code, word, name = channels.code, channels.word, channels.name
    ending, quote, ahead, behind = channels.ending, channels.quote, channels.ahead, channels.behind
    at = {offset: _shift(code, offset) for offset in range(-2, 3)}
    found = [at[offset] for offset in range(-2, 3)]
    found += [_join(at[left], at[left + 1]) for left in range(-2, 2)]
    found += [_join(at[left], at[left + 1], at[left + 2]) for left in range(-2, 1)]
    before, after = _shift(word, -1), _shift(word, 1)
    found += [before, word, after, _join(before, word), _join(word, after), channels.digest]
    found += [_join(channels.around[0], word), _join(channels.around[1], word)]
    found += [_shift(name, -1), name, _shift(name, 1), _join(_shift(name, -1), name, _shift(name, 1))]
    found += [_join(name, code), ending, _shift(ending, 1), _join(name, ending, word)]
    found += [_join(_shift(ending, -1), ending, _shift(ending, 1)), _join(_shift(quote, -1), quote)]
    found += [_join(quote, ahead), ahead, _join(ahead, name), _join(ahead, word), behind]
    found += [_join(behind, word), _join(behind, ahead), _join(channels.closing, quote), channels.title]
    return found


def read_features(channels: Channels) -> NDArray[np.uint32]:
    """Hashed features, shape (characters, templates)."""
    columns = []
    with np.errstate(over="ignore"):
        for number, values in enumerate(_templates(channels), 1):
            mixed = (values.astype(np.uint64) + np.uint64(number) * np.uint64(0xC2B2AE3D27D4EB4F)) * _MIX
            mixed ^= mixed >> np.uint64(29)
            columns.append(((mixed * _MIX) >> np.uint64(64 - BITS)).astype(np.uint32))
    return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeller:
    """Weights of the field: ``row[slot]`` is a row of ``weights`` (row 0 is all zero)."""

    row: NDArray[np.int32]
    weights: Floats
    transitions: Floats

    def score(self, features: NDArray[np.uint32]) -> Floats:
        """State scores, shape (characters, labels)."""
        return np.asarray(self.weights[self.row[features]].sum(axis=1), np.float32)


def _batch(scores: Floats, sentences: Sequence[Sentence]) -> tuple[Floats, NDArray[np.int64]]:
    """Scores padded to (sentences, longest, labels) and the lengths."""
    lengths = np.array([sentence.end - sentence.start for sentence in sentences])
    batch = np.zeros((len(sentences), int(lengths.max()), scores.shape[1]), np.float32)
    for place, sentence in enumerate(sentences):
        batch[place, : lengths[place]] = scores[sentence.start : sentence.end]
    return batch, lengths


def find_marginals(labeller: Labeller, scores: Floats, sentences: Sequence[Sentence]) -> Floats:
    """Probability of each label at each character, shape (characters, labels), by forward-backward."""
    batch, lengths = _batch(scores, sentences)
    _, longest, labels = batch.shape
    transition = np.exp(labeller.transitions)
    batch = np.exp(batch - batch.max(axis=2, keepdims=True))
    forward = np.empty_like(batch)
    backward = np.ones_like(batch)
    forward[:, 0] = batch[:, 0] / batch[:, 0].sum(axis=1, keepdims=True)
    for place in range(1, longest):
        step = (forward[:, place - 1] @ transition) * batch[:, place]
        forward[:, place] = step / step.sum(axis=1, keepdims=True)
    for place in range(longest - 2, -1, -1):
        step = (backward[:, place + 1] * batch[:, place + 1]) @ transition.T
        step /= step.sum(axis=1, keepdims=True)
        backward[:, place] = np.where((place + 1 < lengths)[:, None], step, 1.0)
    joint = forward * backward
    joint /= joint.sum(axis=2, keepdims=True)
    marginals = np.zeros((scores.shape[0], labels), np.float32)
    for row, sentence in enumerate(sentences):
        marginals[sentence.start : sentence.end] = joint[row, : lengths[row]]
    return marginals


def find_labels(labeller: Labeller, scores: Floats, sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    """Best label sequence of each sentence (Viterbi), as one array over the text."""
    batch, lengths = _batch(scores, sentences)
    count, longest, labels = batch.shape
    best = batch[:, 0]
    back = np.zeros((longest, count, labels), np.int64)
    for place in range(1, longest):
        paths = best[:, :, None] + labeller.transitions[None]
        back[place] = paths.argmax(axis=1)
        step = paths.max(axis=1) + batch[:, place]
        best = np.where((place < lengths)[:, None], step, best)
    found = np.zeros(scores.shape[0], np.int64)
    current = best.argmax(axis=1)
    for place in range(longest - 1, -1, -1):
        live = place < lengths
        for row in np.flatnonzero(live).tolist():
            found[sentences[row].start + place] = current[row]
        if place:
            moved = back[place, np.arange(count), current]
            current = np.where(live, moved, current)
    return found
