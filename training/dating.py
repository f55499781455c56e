"""Fits the trees that date statements, and judges dates: ``python -m bingdi.training.dating`` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from ..graph.extraction.attributes import TIMELESS, find_status
from ..graph.extraction.dating import DATE_TREES, Choice, Told
from ..graph.extraction.models import write_trees
from ..graph.extraction.status import StatusScorer
from ..graph.extraction.trees import Trees
from .corpus import Example, read_corpus, split_folds
from .fitting import fit_trees
from .status import SEEDS, Case, fit_status, iter_cases

ROUNDS, LEAVES = 300, 15


def agrees(gold: str, date: str, date_end: str = "") -> bool:
    """Whether a date is what the gold says: the same, or an interval within the month or year that the gold gives.

    Of an interval the gold may give both ends (2021-07-12/2021-07-15), of which the first must be the date.
    """
    first = gold.partition("/")[0]
    if not first or date == first:
        return bool(first)
    return len(first) < len(date) and date.startswith(first) and date_end.startswith(first)


def is_right(case: Case, choice: Choice) -> bool:
    """Whether a date is that of a case."""
    return agrees(case.link.date, choice.date, choice.date_end)


def iter_told(cases: Iterable[Case], scorer: StatusScorer) -> Iterator[tuple[Case, Told]]:
    """The cases that can have a date, and what is known of them before it."""
    for case in cases:
        if case.relation not in TIMELESS:
            setting = case.setting()
            status = find_status(setting, scorer)
            yield case, Told(setting=setting, relation=case.relation, status=status)


def _iter_told_unseen(examples: Sequence[Example]) -> Iterator[tuple[Case, Told]]:
    """The same, each with the status that a scorer gives which has not seen its document."""
    folds = split_folds(examples)
    for fold in sorted(set(folds)):
        here, others = (
            [e for e, f in zip(examples, folds, strict=True) if (f == fold) is same] for same in (True, False)
        )
        yield from iter_told(iter_cases(here), fit_status(iter_cases(others)))


def fit_dates(examples: Sequence[Example]) -> Trees:
    """Boosted trees over every date that a statement could have; where the gold has no dates, none is believed."""
    rows, right = [], []
    for case, told in _iter_told_unseen(examples):
        if choices := case.dated.list_choices(told):
            rows.append(case.dated.read_rows(told, choices))
            right += [is_right(case, choice) for choice in choices]
    if not any(right):
        return Trees.of_nothing()
    return fit_trees(np.concatenate(rows), np.array(right, bool), rounds=ROUNDS, leaves=LEAVES)


def main() -> None:
    """Fits on the whole corpus and writes the model."""
    folder: Path = SEEDS / "models"
    folder.mkdir(exist_ok=True)
    path = write_trees(fit_dates(read_corpus(SEEDS / "corpus")), folder, DATE_TREES)
    sys.stderr.write(f"{path.name}: {ROUNDS} trees\n")


if __name__ == "__main__":
    main()
