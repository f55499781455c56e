"""The scorers as values: what they predict, and that files give them back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bingdi.graph.errors import ModelError
from bingdi.graph.extraction.linear import LinearScorer
from bingdi.graph.extraction.link_rows import predict_links
from bingdi.graph.extraction.models import load_models, read_models, write_models
from bingdi.graph.extraction.trees import Trees
from bingdi.graph.model import Relation


def test_a_linear_scorer_adds_what_it_knows() -> None:
    scorer = LinearScorer(
        index={"a": 1, "b\n": 2},
        weights=np.array([[0.0], [2.0], [-1.0]], np.float32),
        intercept=np.array([-1.0], np.float32),
    )
    scores = scorer.predict([["a"], ["a", "b\n"], ["unseen"]])[:, 0]
    assert scores == pytest.approx([1 / (1 + np.exp(-1)), 0.5, 1 / (1 + np.exp(1))])
    again = LinearScorer.from_arrays(scorer.arrays())
    assert again.index == scorer.index
    assert again.predict([["b\n"]]) == pytest.approx(scorer.predict([["b\n"]]))


def test_trees_predict_what_lightgbm_predicts() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="the training library is not installed")
    random = np.random.default_rng(3)
    rows = random.normal(size=(400, 6))
    target = (rows[:, 0] * rows[:, 1] > 0.1).astype(float)
    settings = {"objective": "binary", "verbose": -1, "num_threads": 1, "num_leaves": 7}
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, target), num_boost_round=20)
    trees = Trees.from_dump(booster.dump_model())
    assert trees.predict(rows) == pytest.approx(booster.predict(rows), abs=1e-9)
    assert Trees.from_arrays(trees.arrays()).predict(rows) == pytest.approx(booster.predict(rows), abs=1e-5)
    assert len(trees.predict(rows[:0])) == 0


def test_the_mean_of_ensembles_has_the_mean_of_their_log_odds() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="the training library is not installed")
    random = np.random.default_rng(4)
    rows = random.normal(size=(300, 4))
    target = (rows[:, 0] > rows[:, 1]).astype(float)
    small, large = (
        Trees.from_dump(
            lightgbm.train(
                {"objective": "binary", "verbose": -1, "num_threads": 1, "num_leaves": leaves},
                lightgbm.Dataset(rows, target),
                num_boost_round=rounds,
            ).dump_model()
        )
        for leaves, rounds in ((3, 9), (12, 5))
    )
    odds = [np.log(each.predict(rows) / (1 - each.predict(rows))) for each in (small, large)]
    both = Trees.mean_of(small, large)
    assert both.predict(rows) == pytest.approx(1 / (1 + np.exp(-np.mean(odds, axis=0))), abs=1e-9)
    assert Trees.from_arrays(both.arrays()).predict(rows) == pytest.approx(both.predict(rows), abs=1e-5)


def test_models_written_twice_are_the_same_bytes_and_read_back(tmp_path: Path) -> None:
    first = write_models(load_models(), tmp_path / "one")
    second = write_models(read_models(tmp_path / "one"), tmp_path / "two")
    assert [path.name for path in first] == [path.name for path in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def test_a_missing_or_wrong_model_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a trained scorer"):
        read_models(tmp_path)
    write_models(load_models(), tmp_path)
    (tmp_path / "names.npz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"names\.npz"):
        read_models(tmp_path)


def leaf(value: float) -> Trees:
    """Trees that say the same of every row."""
    return Trees.from_dump({"tree_info": [{"tree_structure": {"leaf_value": value}}]})


def test_cooperation_and_other_relations_have_trees_of_their_own() -> None:
    keys = [(0, Relation.AIDS, 1), (0, Relation.PART_OF, 1), (1, Relation.CO_HOSTS, 2), (0, Relation.ADJOINS, 2)]
    scores = predict_links((leaf(2.0), leaf(-2.0)), keys, np.zeros((4, 3)))
    assert scores == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2))] * 2)
    assert len(predict_links((leaf(2.0), leaf(-2.0)), [], np.zeros((0, 0)))) == 0
