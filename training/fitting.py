"""Small fits: logistic regressions over named features and boosted trees over numbers, as our scorers hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..graph.errors import UsageError
from ..graph.extraction.linear import LinearScorer
from ..graph.extraction.trees import Trees

if TYPE_CHECKING:
    from scipy import sparse

LEAST_SEEN = 2
Floats = NDArray[np.float64]


def make_index(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    """Rows of weights (from 1) for the features that stand in at least two rows, in sorted order."""
    counts = Counter(feature for row in rows for feature in set(row))
    return {name: place for place, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_SEEN), 1)}


def make_matrix(rows: Sequence[Iterable[str]], index: dict[str, int]) -> sparse.csr_matrix:
    """Counts of the indexed features, shape (rows, features)."""
    # Here and not above: `bingdi evaluate` imports this file and must work without the extra `train`.
    from scipy import sparse

    places: list[int] = []
    ends = [0]
    for row in rows:
        places += [index[feature] - 1 for feature in row if feature in index]
        ends.append(len(places))
    ones = np.ones(len(places), np.float32)
    matrix = sparse.csr_matrix((ones, places, ends), shape=(len(rows), len(index)))
    matrix.sum_duplicates()
    return matrix


def fit_linear(rows: Sequence[Sequence[str]], targets: NDArray[np.bool_], *, strength: float) -> LinearScorer:
    """One logistic regression a column of ``targets`` (rows, outputs); ``strength`` is the inverse penalty."""
    from sklearn.linear_model import LogisticRegression

    index = make_index(rows)
    matrix = make_matrix(rows, index)
    weights = np.zeros((len(index) + 1, targets.shape[1]), np.float32)
    intercept = np.full(targets.shape[1], -12.0, np.float32)
    for column in range(targets.shape[1]):
        if targets[:, column].sum() >= 3:
            model = LogisticRegression(C=strength, solver="liblinear", random_state=0)
            model.fit(matrix, targets[:, column])
            weights[1:, column] = model.coef_[0]
            intercept[column] = model.intercept_[0]
    kept = [name for name, place in index.items() if np.abs(weights[place]).max() > 1e-3]
    chosen = [0, *(index[name] for name in kept)]
    return LinearScorer(
        index={name: place for place, name in enumerate(kept, 1)}, weights=weights[chosen], intercept=intercept
    )


def fit_trees(rows: Floats, targets: NDArray[np.bool_], *, rounds: int, leaves: int, at_random: bool = False) -> Trees:
    """Boosted trees for a yes-or-no target; seeded and single-threaded, so that a fit can be repeated.

    With ``at_random`` splits are the best of random ones (extremely randomised trees, Geurts and others 2006), which
    wants more rounds.
    """
    import lightgbm

    if not len(rows):
        raise UsageError("the annotated documents hold too little to learn from; annotate more of them")
    settings = {
        "objective": "binary",
        "learning_rate": 0.05,
        "num_leaves": leaves,
        "min_data_in_leaf": 20,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 3.0,
        "boost_from_average": False,
        "extra_trees": at_random,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": 1,
        "verbose": -1,
    }
    data = lightgbm.Dataset(rows, targets.astype(float))
    return Trees.from_dump(lightgbm.train(settings, data, num_boost_round=rounds).dump_model())
