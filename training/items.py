"""Documents on their way through the fits, and fits across folds, so that no scorer judges what it has seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..graph.extraction.analysis import read_sentences
from ..graph.extraction.candidates import LinkCandidate
from ..graph.extraction.channels import Channels, read_channels
from ..graph.extraction.link_rows import LinkKey
from ..graph.extraction.name_features import NameContext, read_name_features
from ..graph.extraction.names import Name, propose_names
from ..graph.extraction.trees import Trees
from ..graph.model import Sentence
from .corpus import Example
from .fitting import fit_trees
from .labellers import Labellers

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Item:
    """One document on its way through the fits.

    ``scene``, ``accepted`` (of units), ``cases``, ``keys`` and ``scores`` (of possible links) are filled in on the way,
    all by scorers that did not see the document. ``joined`` ones are several documents read as one.
    """

    example: Example
    fold: int
    channels: Channels
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    context: NameContext
    name_features: list[list[str]]
    scene: Any = None
    accepted: Any = None
    candidates: list[LinkCandidate] = field(default_factory=list)
    cases: Any = None
    keys: Sequence[LinkKey] = ()
    scores: Any = None
    joined: bool = False


def cross(
    items: Sequence[Item], fit: Callable[[list[int]], Any], apply: Callable[[Any, int], Any], *, joined: bool = False
) -> tuple[Any, list[Any]]:
    """The fit on all items, and for each item what the fit on the other folds makes of it.

    Items that join others are learnt from only where ``joined`` says so.
    """
    found: list[Any] = [None] * len(items)
    learnt = [place for place, item in enumerate(items) if joined or not item.joined]
    for fold in sorted({item.fold for item in items}):
        fitted = fit([place for place in learnt if items[place].fold != fold])
        for place, item in enumerate(items):
            if item.fold == fold:
                found[place] = apply(fitted, place)
    return fit(learnt), found


def read_item(example: Example, *, fold: int, labellers: Labellers, without: frozenset[int]) -> Item:
    """Proposals of one document by the labeller that saw neither it nor the folds ``without``."""
    channels = read_channels(example.document.text)
    sentences = read_sentences(example.document.text)
    names, marginals = propose_names(channels, labellers.get(without | {fold}), sentences)
    context = NameContext(channels, names, marginals)
    features = [read_name_features(context, name) for name in names]
    return Item(example.simplified(), fold, channels, sentences, names, context, features)


def list_decided(verdicts: Sequence[Any]) -> NDArray[np.bool_]:
    """Which verdicts the gold gives, shape (verdicts,)."""
    return np.array([verdict is not None for verdict in verdicts], np.bool_)


def cross_trees(
    items: Sequence[Item],
    rows: Sequence[Floats],
    verdicts: Sequence[Sequence[bool | None]],
    *,
    rounds: int,
    leaves: int = 15,
    at_random: bool = False,
) -> tuple[Trees, list[Floats]]:
    """Trees over the decided rows of all items, and what those that did not see an item say of its rows."""

    def fit(places: list[int]) -> Trees:
        known = [verdict for place in places for verdict in verdicts[place]]
        matrix = np.concatenate([rows[place] for place in places if len(rows[place])])[list_decided(known)]
        targets = np.array([verdict for verdict in known if verdict is not None], bool)
        return fit_trees(matrix, targets, rounds=rounds, leaves=leaves, at_random=at_random)

    return cross(items, fit, lambda fitted, place: fitted.predict(rows[place]))


def read_items(labellers: Labellers, *, without: frozenset[int] = frozenset()) -> list[Item]:
    """Every document outside the folds that are left out, with proposals by labellers that did not see it."""
    labellers.prepare((without, *(without | {fold} for fold in sorted(set(labellers.folds) - without))))
    return [
        read_item(example, fold=fold, labellers=labellers, without=without)
        for example, fold in zip(labellers.examples, labellers.folds, strict=True)
        if fold not in without
    ]
