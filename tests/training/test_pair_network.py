"""The networks that look at candidates: what they read, that they learn, and that training and use agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bingdi.graph.extraction.analysis import analyse
from bingdi.graph.extraction.candidates import LinkCandidate, iter_candidates
from bingdi.graph.extraction.link_rows import CLASSES
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.network import UNKNOWN, Network, list_windows, pool
from bingdi.graph.extraction.pair_network import FIRST_CHARACTER, LAYOUT, read_cases, read_tokens
from bingdi.graph.extraction.scene import Scene
from bingdi.training.network import Sample, Settings, _iter_batches, _Network, _pack, fit_network
from bingdi.training.samples import read_sample

pytest.importorskip("sklearn")
TEXT = "昌吉市与第六师签订了2023年合作协议。5月，双方在五家渠市举办了招商会，阜康市也派人参加。"
SMALL = Settings(epochs=2, size=6, hidden=5, dropout=0.0, forgotten=0.0, seed=3)
CHARACTERS = np.array(sorted({*map(ord, TEXT)} - {ord("也")}), np.int64)


def _scene() -> Scene:
    return analyse(TEXT, load_models()).scene


def _sample() -> Sample:
    scene = _scene()
    candidates = list(iter_candidates(scene))
    labels = [frozenset({number % len(CLASSES)}) if number % 3 else frozenset() for number in range(len(candidates))]
    return read_sample(scene, [0.9] * len(scene.units), candidates, labels, characters=CHARACTERS)


def _make() -> _Network:
    numbers = LAYOUT.first + len(CHARACTERS)
    return _Network(LAYOUT, SMALL, np.random.default_rng(1), numbers=numbers, outputs=len(CLASSES) + 1)


def test_a_name_is_one_token_and_digits_are_alike() -> None:
    scene = _scene()
    tokens, places = read_tokens(scene, [0.9] * len(scene.units), CHARACTERS)
    start, end = TEXT.index("第六师"), TEXT.index("第六师") + 3
    assert len({int(place) for place in places[start:end]}) == 1
    assert tokens[0, places[start]] < FIRST_CHARACTER
    assert len({int(tokens[0, places[TEXT.index("2023") + number]]) for number in range(4)}) == 1
    assert tokens[0, places[TEXT.index("也")]] == UNKNOWN
    assert places[-1] == tokens.shape[1]


def test_a_doubtful_name_is_another_token() -> None:
    scene = _scene()
    (sure, places), (doubtful, _) = (read_tokens(scene, [p] * len(scene.units), CHARACTERS) for p in (0.9, 0.1))
    changed = np.flatnonzero(sure[0] != doubtful[0])
    assert set(changed.tolist()) == {int(places[p.name.start]) for listed in scene.outer.values() for p in listed}


def test_cases_tell_the_stretches_around_two_names() -> None:
    scene = _scene()
    _, places = read_tokens(scene, [0.9] * len(scene.units), CHARACTERS)
    candidates = [c for c in iter_candidates(scene) if c.kind == "pair"]
    rows = read_cases(scene, candidates, places)
    assert rows.shape == (len(candidates), LAYOUT.columns)
    first = rows[0]
    between = "".join(TEXT[place] for place in range(len(TEXT)) if first[4] <= places[place] < first[5])
    assert between == TEXT[candidates[0].first.name.end : candidates[0].second.name.start]


def _lookup(name: str) -> int:
    return LAYOUT.places + list(LAYOUT.lookups).index(name)


def test_inner_and_outer_name_are_told_apart() -> None:
    scene = analyse("第十一师与天津师范大学签订协议。", load_models()).scene
    _, places = read_tokens(scene, [0.9] * len(scene.units), CHARACTERS)
    candidates = [c for c in iter_candidates(scene) if c.kind == "pair"]
    rows = read_cases(scene, candidates, places)
    told = {c.second.name.outer is not None: row for c, row in zip(candidates, rows.tolist(), strict=True)}
    assert set(told) == {False, True}
    inner = _lookup("inner")
    assert told[True][1] == told[False][1]
    assert (told[False][inner], told[True][inner]) == (0, 1)


def test_what_the_gazetteer_knows_of_two_names_is_told() -> None:
    scene = analyse("第六师一○二团到昌吉市交流。", load_models()).scene
    _, places = read_tokens(scene, [0.9] * len(scene.units), CHARACTERS)
    kin = _lookup("kin")

    def look(first: str, second: str) -> int:
        by_text = {scene.text[p.name.start : p.name.end]: p for p in scene.placed}
        candidate = LinkCandidate(first=by_text[first], second=by_text[second], sentence=0, kind="pair")
        return int(read_cases(scene, [candidate], places)[0, kin])

    known = {look("第六师", "一○二团"), look("一○二团", "第六师"), look("一○二团", "昌吉市")}
    assert len(known) == 3


def test_numbers_are_below_their_counts() -> None:
    sample = _sample()
    assert sample.cases.shape[1] == LAYOUT.columns
    counts = [count for count, _ in LAYOUT.lookups.values()]
    assert (sample.cases[:, LAYOUT.places :] < counts).all()
    assert (sample.cases[:, : LAYOUT.places] <= sample.tokens.shape[1]).all()
    assert (sample.tokens[1:].max(axis=1) < list(LAYOUT.channels.values())).all()
    assert min(sample.cases.min(), sample.tokens.min()) >= 0


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
    sample = _sample()
    network = _make()
    output = network.weights()["output_weights"]
    output[:] = np.random.default_rng(2).normal(size=output.shape)
    used = Network(layout=LAYOUT, characters=CHARACTERS, weights=network.weights())
    logits, _ = network.forward(_pack([(sample, np.arange(len(sample.cases)))], LAYOUT))
    np.testing.assert_allclose(used.predict(sample.tokens, sample.cases), 1 / (1 + np.exp(-logits)), atol=1e-5)


def test_gradients_are_those_of_the_loss() -> None:
    sample = _sample()
    network = _make()
    batch = _pack([(sample, np.arange(len(sample.cases))), (sample, np.arange(3))], LAYOUT)
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
    sample = _sample()
    settings = replace(SMALL, epochs=120, size=16, hidden=32, rate=0.01)
    fitted = [fit_network([sample, sample], CHARACTERS, LAYOUT, settings=settings) for _ in range(2)]
    for name, weights in fitted[0].weights.items():
        np.testing.assert_array_equal(weights, fitted[1].weights[name])
    scores = fitted[0].predict(sample.tokens, sample.cases)
    assert (scores > 0.5).tolist() == sample.targets.tolist()


def test_a_network_survives_its_arrays() -> None:
    sample = _sample()
    fitted = fit_network([sample], CHARACTERS, LAYOUT, settings=SMALL)
    again = Network.from_arrays(fitted.arrays(), LAYOUT)
    np.testing.assert_array_equal(
        again.predict(sample.tokens, sample.cases), fitted.predict(sample.tokens, sample.cases)
    )
    assert fitted.predict(sample.tokens, sample.cases[:0]).shape == (0, len(CLASSES) + 1)


def test_batches_hold_every_sample_once() -> None:
    sample = _sample()
    settings = replace(SMALL, tokens=2 * sample.tokens.shape[1] + 8, of_one=4)
    batches = list(_iter_batches([sample] * 7, settings, np.random.default_rng(0)))
    assert [len(batch) for batch in batches] == [2, 2, 2, 1]
    assert all(len(chosen) == 4 for batch in batches for _, chosen in batch)
