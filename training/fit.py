"""Fits every scorer from an annotated corpus; what one scorer reads of another is always out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ..graph.errors import UsageError
from ..graph.extraction.acceptance import read_unit_features
from ..graph.extraction.analysis import list_candidates, make_scene, score_candidates
from ..graph.extraction.dating import DATE_TREES
from ..graph.extraction.labeller import Labeller
from ..graph.extraction.linear import LinearScorer
from ..graph.extraction.link_rows import (
    APART,
    CLASSES,
    TOGETHER,
    LinkCases,
    find_hopeful,
    predict_links,
    read_rows,
)
from ..graph.extraction.models import NETWORKS, Models, write_models, write_trees
from ..graph.extraction.name_numbers import read_name_numbers
from ..graph.extraction.names import correct_names
from ..graph.extraction.network import Network
from ..graph.extraction.pair_features import read_pair_features
from ..graph.extraction.pair_network import LAYOUT, ask_networks
from ..graph.extraction.trees import Trees
from ..graph.extraction.unit_numbers import UnitNumbers
from ..graph.model import COOPERATION
from .corpus import read_corpus, split_folds
from .dating import fit_dates
from .fitting import fit_linear, fit_trees
from .items import Item, cross, cross_trees, list_decided, read_items
from .joining import join_items
from .labellers import Labellers
from .network import Settings, fit_networks, list_characters
from .samples import read_sample
from .status import fit_status, iter_cases, render_scorer
from .targets import judge_candidates, judge_links, judge_names, judge_units
from .thresholds import choose_thresholds

Floats = NDArray[np.float64]
Labels = list[list[frozenset[int] | None]]
Networks = tuple[Network, ...]
FOLDS = 5
LEAST_DOCUMENTS = 10
LEAST_NAME = 0.15


def fit_names(items: Sequence[Item]) -> tuple[LinearScorer, Trees, list[Floats]]:
    """Linear scorer and trees of names, and the out-of-fold probabilities of each item's names."""
    verdicts = [judge_names(item.example, item.names) for item in items]

    def fit_first(places: list[int]) -> LinearScorer:
        rows = [row for place in places for row in items[place].name_features]
        known = [verdict for place in places for verdict in verdicts[place]]
        rows = [row for row, verdict in zip(rows, known, strict=True) if verdict is not None]
        return fit_linear(rows, np.array([[v] for v in known if v is not None], bool), strength=0.3)

    linear, first = cross(items, fit_first, lambda scorer, place: scorer.predict(items[place].name_features)[:, 0])
    numbers = [read_name_numbers(item.context, item.names, score) for item, score in zip(items, first, strict=True)]

    return linear, *cross_trees(items, numbers, verdicts, rounds=600, leaves=31, at_random=True)


def fit_units(items: Sequence[Item]) -> LinearScorer:
    """Scorer of units one by one; leaves the out-of-fold probabilities in the items."""
    features = [[read_unit_features(item.scene, unit.number) for unit in item.scene.units] for item in items]
    verdicts = [judge_units(item.example, item.scene)[0] for item in items]

    def fit(places: list[int]) -> LinearScorer:
        pairs = [pair for place in places for pair in zip(features[place], verdicts[place], strict=True)]
        pairs = [pair for pair in pairs if pair[1] is not None]
        return fit_linear([row for row, _ in pairs], np.array([[v] for _, v in pairs], bool), strength=0.3)

    scorer, scores = cross(items, fit, lambda fitted, place: fitted.predict(features[place])[:, 0])
    for item, score in zip(items, scores, strict=True):
        item.accepted = score
    return cast(LinearScorer, scorer)


def _fit_candidates(rows: list[list[str]], labels: list[frozenset[int]]) -> dict[str, LinearScorer]:
    targets = np.zeros((len(rows), len(CLASSES)), bool)
    for place, label in enumerate(labels):
        targets[place, list(label)] = True
    tied = np.asarray(targets[:, TOGETHER].any(axis=1))
    positive = np.flatnonzero(tied)
    return {
        "together": fit_linear(rows, tied[:, None], strength=0.1),
        "relations": fit_linear([rows[place] for place in positive], targets[positive][:, TOGETHER], strength=0.5),
        "structure": fit_linear(rows, targets[:, APART], strength=0.3),
    }


def _fit_networks(items: Sequence[Item], labels: Labels) -> tuple[Networks, list[Floats]]:
    """The networks of candidates, and what networks that did not see an item say of its candidates."""
    learnt = [(item, known) for item, known in zip(items, labels, strict=True) if not item.joined]
    characters = list_characters(item.scene.text for item, _ in learnt)
    samples = [
        read_sample(item.scene, item.accepted, item.candidates, known, characters=characters) for item, known in learnt
    ]
    settings = [Settings(seed=seed) for seed in range(len(NETWORKS))]
    found = fit_networks(samples, [item.fold for item, _ in learnt], characters, LAYOUT, settings=settings)
    return found[None], [ask_networks(found[item.fold], item.scene, item.accepted, item.candidates) for item in items]


def _fit_linear(items: Sequence[Item], labels: Labels) -> tuple[dict[str, LinearScorer], list[Floats]]:
    """The linear scorers of candidates, and their out-of-fold probabilities of each item's candidates."""

    def read(item: Item) -> list[list[str]]:
        return [read_pair_features(item.scene, candidate) for candidate in item.candidates]

    features = {place: read(item) for place, item in enumerate(items) if not item.joined}

    def fit(places: list[int]) -> dict[str, LinearScorer]:
        pairs = [pair for place in places for pair in zip(features[place], labels[place], strict=True)]
        return _fit_candidates(
            [row for row, label in pairs if label is not None], [x for _, x in pairs if x is not None]
        )

    def apply(fitted: dict[str, LinearScorer], place: int) -> Floats:
        return score_candidates(fitted, features.get(place) or read(items[place]))

    return cast("tuple[dict[str, LinearScorer], list[Floats]]", cross(items, fit, apply))


def fit_candidates(items: Sequence[Item]) -> tuple[dict[str, LinearScorer], Networks]:
    """The scorers that look at one candidate; leaves the cases that they make, out of fold, in the items."""
    for item in items:
        item.candidates = list_candidates(item.scene, item.accepted)
    labels: Labels = [
        [] if item.joined else judge_candidates(item.example, item.scene, item.candidates) for item in items
    ]
    linear, scores = _fit_linear(items, labels)
    networks, opinions = _fit_networks(items, labels)
    for item, score, opinion in zip(items, scores, opinions, strict=True):
        hopeful = find_hopeful(opinion)
        candidates = [item.candidates[row] for row in hopeful.tolist()]
        item.cases = LinkCases(candidates, score[hopeful], opinion[hopeful])
    return linear, networks


def fit_unit_trees(items: Sequence[Item]) -> Trees:
    """What decides units once their cases are known; leaves its out-of-fold probabilities in the items."""
    rows = [UnitNumbers(item.channels, item.scene, item.accepted, item.cases).read_rows() for item in items]
    verdicts = [judge_units(item.example, item.scene)[0] for item in items]

    trees, scores = cross_trees(items, rows, verdicts, rounds=300)
    for item, score in zip(items, scores, strict=True):
        item.accepted = score
    return trees


def fit_links(items: Sequence[Item]) -> tuple[Trees, Trees]:
    """What decides links; leaves each item's possible links and their out-of-fold probabilities in the item."""
    rows = []
    for item in items:
        item.keys, matrix = read_rows(item.cases, item.scene, accepted=item.accepted)
        rows.append(matrix)
    verdicts = [judge_links(item.example, item.scene, item.keys) for item in items]

    def fit_second(places: list[int]) -> tuple[Trees, Trees]:
        known = [
            (verdict, key[1] in COOPERATION)
            for place in places
            for verdict, key in zip(verdicts[place], items[place].keys, strict=True)
        ]
        matrix = np.concatenate([rows[place] for place in places if items[place].keys])
        decided = list_decided([verdict for verdict, _ in known])
        cooperation = np.array([group for _, group in known], bool)
        targets = np.array([bool(verdict) for verdict, _ in known])
        first, second = (decided & group for group in (cooperation, ~cooperation))
        together, apart = (
            fit_trees(matrix[some], targets[some], rounds=600, leaves=31, at_random=True) for some in (first, second)
        )
        plain = fit_trees(matrix[first], targets[first], rounds=600, leaves=15)
        return Trees.mean_of(plain, together), apart

    def apply_second(fitted: tuple[Trees, Trees], place: int) -> Floats:
        return predict_links(fitted, items[place].keys, rows[place])

    trees, found = cross(items, fit_second, apply_second, joined=True)
    for item, score in zip(items, found, strict=True):
        item.scores = score
    return cast("tuple[Trees, Trees]", trees)


def fit_models(items: list[Item], *, labeller: Labeller) -> Models:
    """All scorers above a labeller, cross-fitted on the items; the longer texts made of them are left in the list."""
    names, name_trees, scores = fit_names(items)
    for item, score in zip(items, scores, strict=True):
        scored = [replace(name, score=float(value)) for name, value in zip(item.names, score, strict=True)]
        item.names = correct_names(item.channels, scored)
        item.scene = make_scene(item.channels, item.sentences, item.names, least=LEAST_NAME)
    items += join_items(items, least=LEAST_NAME)
    units = fit_units(items)
    linear, networks = fit_candidates(items)
    unit_trees = fit_unit_trees(items)
    cooperation_trees, structure_trees = fit_links(items)
    return Models(
        labeller=labeller,
        names=names,
        name_trees=name_trees,
        units=units,
        networks=networks,
        unit_trees=unit_trees,
        cooperation_trees=cooperation_trees,
        structure_trees=structure_trees,
        thresholds=choose_thresholds([item for item in items if not item.joined]),
        **linear,
    )


def train(corpus: Path, *, out: Path, cache: Path | None = None) -> tuple[Path, ...]:
    """Fit all scorers from an annotated corpus and write them to ``out``; returns what was written.

    Labellers for cross-fitting are kept in ``cache`` (default: ``build/labellers``), so that a second fit of the
    same texts is spared half of the work (half an hour of an hour and a half on two cores for the corpus in
    ``seeds``); the same corpus gives the same bytes.
    """
    examples = read_corpus(corpus)
    if len(examples) < LEAST_DOCUMENTS:
        raise UsageError(f"{corpus}: holds {len(examples)} annotated documents; at least {LEAST_DOCUMENTS} are needed")
    folds = split_folds(examples, count=FOLDS)
    labellers = Labellers(examples=examples, folds=folds, folder=cache or Path("build/labellers"))
    written = write_models(fit_models(read_items(labellers), labeller=labellers.get(())), out)
    dates = write_trees(fit_dates(examples), out, DATE_TREES)
    status = out / "status.json"
    status.write_text(render_scorer(fit_status(iter_cases(examples))), encoding="utf-8")
    return (*written, dates, status)
