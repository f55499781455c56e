"""The whole of ``make train`` on a few documents: every scorer is fitted, kept and read back, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("lightgbm", reason="the training library is not installed")

from bingdi.graph.extraction.models import read_models, write_models
from bingdi.graph.extraction.pipeline import read_analysis
from bingdi.training.corpus import Example, read_corpus, split_folds
from bingdi.training.evaluate import iter_left_out
from bingdi.training.fit import fit_models
from bingdi.training.items import read_items
from bingdi.training.labellers import Labellers

CORPUS = Path(__file__).resolve().parents[2] / "seeds" / "corpus"
TEXT = "近日，昌吉市与第六师签订合作协议。"


def read_few(count: int) -> list[Example]:
    """The shortest documents with links, in the order of their names."""
    linked = [example for example in read_corpus(CORPUS) if example.links and not example.further]
    shortest = sorted(linked, key=lambda example: len(example.document.text))[:count]
    return sorted(shortest, key=lambda example: example.group)


def test_scorers_are_fitted_kept_and_the_same_each_time(tmp_path: Path) -> None:
    examples = read_few(16)
    labellers = Labellers(examples=examples, folds=split_folds(examples, count=2), folder=tmp_path / "labellers")
    written = []
    for name in ("first", "second"):
        items = read_items(labellers)
        models = fit_models(items, labeller=labellers.get(()))
        written.append(write_models(models, tmp_path / name))
    assert [path.name for path in written[0]] == [path.name for path in written[1]]
    for first, second in zip(*written, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
    kept = read_models(tmp_path / "first")
    analysis = read_analysis(TEXT, models=kept)
    assert analysis.scene.text == TEXT
    assert all(network.weights["tokens"].any() for network in kept.networks)
    folds = list(iter_left_out(labellers, items, models.thresholds))
    assert len(folds) == 2
    wanted = {entity.name for example in examples for entity in example.entities}
    assert sum(fold.tallies["entities"].figures()["gold"] for fold in folds) >= len(wanted)
    assert all(0 <= probability <= 1 for fold in folds for probability, _ in fold.reliability)


def test_labellers_that_the_folder_has_are_not_fitted_again(tmp_path: Path) -> None:
    examples = read_few(6)
    labellers = Labellers(examples=examples, folds=split_folds(examples, count=2), folder=tmp_path)
    labellers.prepare([(0,), (1,)])
    first, second = sorted(tmp_path.iterdir())
    first.write_bytes(second.read_bytes())
    labellers.prepare([(0,), (1,), ()])
    assert first.read_bytes() == second.read_bytes()
    assert len(list(tmp_path.iterdir())) == 3
    assert labellers.get((0,)).weights.shape == labellers.get((1,)).weights.shape
