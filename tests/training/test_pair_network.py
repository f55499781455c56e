"""The network that looks at candidates: what it reads, that it learns, and that training and use agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bingdi.graph.extraction.analysis import analyse
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.link_rows import CLASSES
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.pair_network import (
    COLUMNS,
    FIRST_CHARACTER,
    UNKNOWN,
    PairNetwork,
    list_windows,
    pool,
    read_cases,
    read_tokens,
)
from bingdi.training.pair_network import Sample, Settings, _iter_batches, _Network, _pack, fit_network, read_sample

pytest.importorskip("sklearn")
TEXT = "昌吉市与第六师签订了2023年合作协议。5月，双方在五家渠市举办了招商会，阜康市也派人参加。"
SMALL = Settings(epochs=2, size=6, hidden=5, dropout=0.0, forgotten=0.0, seed=3)


def _sample() -> tuple[Sample, np.ndarray]:
    scene = analyse(TEXT, load_models()).scene
    candidates = list(iter_candidates(scene))
    characters = np.array(sorted({*map(ord, TEXT)} - {ord("也")}), np.int64)
    labels = [frozenset({number % len(CLASSES)}) if number % 3 else frozenset() for number in range(len(candidates))]
    accepted = [0.9] * len(scene.units)
    return read_sample(scene, accepted, candidates, labels, characters=characters), characters


def test_a_name_is_one_token_and_digits_are_alike() -> None:
    scene = analyse(TEXT, load_models()).scene
    characters = np.array(sorted({*map(ord, TEXT)} - {ord("也")}), np.int64)
    tokens = read_tokens(scene, [0.9] * len(scene.units), characters)
    start, end = TEXT.index("第六师"), TEXT.index("第六师") + 3
    assert len({int(place) for place in tokens.places[start:end]}) == 1
    assert tokens.ids[tokens.places[start]] < FIRST_CHARACTER
    assert len({int(tokens.ids[tokens.places[TEXT.index("2023") + number]]) for number in range(4)}) == 1
    assert tokens.ids[tokens.places[TEXT.index("也")]] == UNKNOWN
    assert tokens.places[-1] == len(tokens.ids)


def test_a_doubtful_name_is_another_token() -> None:
    scene = analyse(TEXT, load_models()).scene
    characters = np.array([ord("与")], np.int64)
    sure, doubtful = (read_tokens(scene, [p] * len(scene.units), characters) for p in (0.9, 0.1))
    changed = np.flatnonzero(sure.ids != doubtful.ids)
    assert set(changed.tolist()) == {int(sure.places[p.name.start]) for listed in scene.outer.values() for p in listed}


def test_cases_tell_the_stretches_around_two_names() -> None:
    scene = analyse(TEXT, load_models()).scene
    tokens = read_tokens(scene, [0.9] * len(scene.units), np.array([ord("与")], np.int64))
    candidates = [c for c in iter_candidates(scene) if c.kind == "pair"]
    rows = read_cases(scene, candidates, tokens)
    assert rows.shape == (len(candidates), COLUMNS)
    first = rows[0]
    between = "".join(TEXT[place] for place in range(len(TEXT)) if first[4] <= tokens.places[place] < first[5])
    assert between == TEXT[candidates[0].first.name.end : candidates[0].second.name.start]


@pytest.mark.parametrize("count", [1, 2, 5, 40, 300])
def test_pooled_windows_hold_the_maximum_of_a_stretch(count: int) -> None:
    values = np.random.default_rng(count).normal(size=(count, 3)).astype(np.float32)
    starts, ends = np.triu_indices(count + 1, 1)
    near = ends - starts <= 2**8
    left, right, some = list_windows(starts[near], ends[near], count)
    found = np.maximum(pool(values)[left], pool(values)[right])
    wanted = [values[a:b].max(axis=0) for a, b in zip(starts[near], ends[near], strict=True)]
    assert some.all()
    np.testing.assert_array_equal(found, wanted)


def test_an_empty_stretch_counts_for_nothing() -> None:
    *_, some = list_windows(np.array([3, 5]), np.array([3, 4]), 9)
    assert not some.any()


def test_training_and_use_say_the_same() -> None:
    sample, characters = _sample()
    network = _Network(characters, SMALL, np.random.default_rng(1))
    network.weights()["output_weights"][:] = np.random.default_rng(2).normal(size=(len(CLASSES) + 1, SMALL.hidden))
    used = PairNetwork(characters=characters, weights=network.weights())
    logits, _ = network.forward(_pack([(sample, np.arange(len(sample.cases)))]))
    np.testing.assert_allclose(used.predict(sample.tokens, sample.cases), 1 / (1 + np.exp(-logits)), atol=1e-5)


def test_gradients_are_those_of_the_loss() -> None:
    sample, characters = _sample()
    network = _Network(characters, SMALL, np.random.default_rng(1))
    batch = _pack([(sample, np.arange(len(sample.cases))), (sample, np.arange(3))])
    random = np.random.default_rng(5)
    for weights in network.weights().values():
        weights[:] = random.normal(size=weights.shape) * 0.4

    def loss() -> float:
        logits, _ = network.forward(batch)
        return float((np.logaddexp(0, logits.astype(float)) - logits * batch.targets).sum())

    logits, backward = network.forward(batch)
    backward((1 / (1 + np.exp(-logits)) - batch.targets).astype(np.float32))
    gradients = network.gradients()
    for name, weights in network.weights().items():
        place = np.unravel_index(np.abs(gradients[name]).argmax(), weights.shape)
        kept, step = weights[place], np.float32(3e-3)
        weights[place] = kept + step
        above = loss()
        weights[place] = kept - step
        slope = (above - loss()) / (2 * step)
        weights[place] = kept
        assert gradients[name][place] == pytest.approx(slope, rel=0.05, abs=2e-3), name


def test_a_fit_learns_and_can_be_repeated() -> None:
    sample, characters = _sample()
    settings = replace(SMALL, epochs=120, size=16, hidden=32, rate=0.01)
    fitted = [fit_network([sample, sample], characters, settings=settings) for _ in range(2)]
    for name, weights in fitted[0].weights.items():
        np.testing.assert_array_equal(weights, fitted[1].weights[name])
    scores = fitted[0].predict(sample.tokens, sample.cases)
    assert (scores > 0.5).tolist() == sample.targets.tolist()


def test_a_network_survives_its_arrays() -> None:
    sample, characters = _sample()
    fitted = fit_network([sample], characters, settings=SMALL)
    again = PairNetwork.from_arrays(fitted.arrays())
    np.testing.assert_array_equal(
        again.predict(sample.tokens, sample.cases), fitted.predict(sample.tokens, sample.cases)
    )
    assert fitted.predict(sample.tokens, sample.cases[:0]).shape == (0, len(CLASSES) + 1)


def test_batches_hold_every_sample_once() -> None:
    sample, _ = _sample()
    settings = replace(SMALL, tokens=2 * len(sample.tokens.ids) + 8, of_one=4)
    batches = list(_iter_batches([sample] * 7, settings, np.random.default_rng(0)))
    assert [len(batch) for batch in batches] == [2, 2, 2, 1]
    assert all(len(chosen) == 4 for batch in batches for _, chosen in batch)
