"""Labeller: which characters begin and continue a name, and of what type.

A linear-chain conditional random field over characters (Lafferty, McCallum and Pereira 2001), trained
with CRFsuite; here only its decoding, vectorised over a whole document. Feature values are hashed into
``2 ** BITS`` slots; a slot that training gave no weight costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    values = np.stack(_templates(channels)).view(np.uint64)
    numbers = np.arange(1, len(values) + 1, dtype=np.uint64)[:, None]
    mixed = (values + numbers * np.uint64(0xC2B2AE3D27D4EB4F)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    return np.asarray(((mixed * _MIX) >> np.uint64(64 - BITS)).astype(np.uint32).T)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeller:
    """Weights of the field: ``row[slot]`` is a row of ``weights`` (row 0 is all zero)."""

    row: NDArray[np.int32]
    weights: Floats
    transitions: Floats

    def score(self, features: NDArray[np.uint32]) -> Floats:
        """State scores, shape (characters, labels)."""
        rows = self.row[features.T]
        scores = np.zeros((len(features), self.weights.shape[1]), np.float32)
        for template in rows:
            scores += self.weights.take(template, axis=0)
        return scores


class _Steps:
    """The characters of sentences in the order of decoding: the first of each sentence, the second, …

    The longest sentence comes first, so that those still running at a step are the first ones. ``places`` are
    the characters, ``bounds`` where each step begins in them, ``live`` how many sentences each step has.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        starts = np.array([sentence.start for sentence in sentences], np.int64)
        lengths = np.array([sentence.end for sentence in sentences], np.int64) - starts
        order = np.argsort(-lengths, kind="stable")
        longest = int(lengths.max())
        live = len(lengths) - np.bincount(lengths, minlength=longest + 1).cumsum()[:-1]
        bounds = np.append(0, live.cumsum())
        step = np.repeat(np.arange(longest), live)
        self.places = starts[order][np.arange(len(step)) - bounds[step]] + step
        self.live: list[int] = live.tolist()
        self.bounds: list[int] = bounds.tolist()

    def cut(self, values: Floats) -> list[Floats]:
        """For each step the values of its characters, shape (live, labels), from shape (characters, labels)."""
        ordered = values[self.places]
        return [ordered[low:high] for low, high in pairwise(self.bounds)]


def find_marginals(labeller: Labeller, scores: Floats, sentences: Sequence[Sentence]) -> Floats:
    """Probability of each label at each character, shape (characters, labels), by forward-backward."""
    steps = _Steps(sentences)
    onward = np.exp(labeller.transitions)
    emitted = steps.cut(np.exp(scores - scores.max(axis=1, keepdims=True)))
    forward = [emitted[0] / emitted[0].sum(axis=1, keepdims=True)]
    for emission, live in zip(emitted[1:], steps.live[1:], strict=True):
        step = (forward[-1][:live] @ onward) * emission
        forward.append(step / step.sum(axis=1, keepdims=True))
    joint = forward
    backward = np.ones_like(forward[-1])
    for place in range(len(emitted) - 2, -1, -1):
        step = (backward * emitted[place + 1]) @ onward.T
        backward = np.ones_like(forward[place])
        np.divide(step, step.sum(axis=1, keepdims=True), out=backward[: steps.live[place + 1]])
        joint[place] = forward[place] * backward
    found = np.concatenate(joint)
    marginals = np.zeros_like(scores)
    marginals[steps.places] = found / found.sum(axis=1, keepdims=True)
    return marginals


def find_labels(
    labeller: Labeller, scores: Floats, sentences: Sequence[Sentence], *, biases: Sequence[float] = (0.0,)
) -> NDArray[np.int64]:
    """Best label sequences (Viterbi), shape (biases, characters): one with each bias taken from "no name"."""
    steps = _Steps(sentences)
    emitted = [np.repeat(emission.T[:, None], len(biases), axis=1) for emission in steps.cut(scores)]
    for emission in emitted:
        emission[0] -= np.array(biases, np.float32)[:, None]
    transitions = labeller.transitions[:, :, None, None]
    best = [emitted[0]]
    for emission, live in zip(emitted[1:], steps.live[1:], strict=True):
        best.append((best[-1][:, None, :, :live] + transitions).max(axis=0) + emission)
    found = [best[-1].argmax(axis=0)]
    for place in range(len(best) - 2, -1, -1):
        ways = best[place].copy()
        ways[:, :, : steps.live[place + 1]] += labeller.transitions[:, found[-1]]
        found.append(ways.argmax(axis=0))
    labels = np.zeros((len(biases), len(scores)), np.int64)
    labels[:, steps.places] = np.concatenate(found[::-1], axis=1)
    return labels
