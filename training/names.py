"""Fits the labeller: gold names aligned to the text, a conditional random field over characters."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..graph.extraction.channels import read_channels
from ..graph.extraction.labeller import BITS, LABELS, Labeller, read_features
from ..graph.model import Sentence
from ..graph.reading import split_sentences
from .corpus import Example, find_all

FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedName:
    """A place where a gold name stands; ``type`` is empty for an optional name."""

    start: int
    end: int
    type: str
    name: str


def align_names(example: Example) -> tuple[AlignedName, ...]:
    """Gold and optional names in text order without overlap; the longest at each place wins."""
    wanted = [
        (name, entity.type, entity.name) for entity in example.entities for name in (entity.name, *entity.aliases)
    ]
    wanted += [(name, "", name) for name in example.optional_entities]
    found = [
        AlignedName(start=start, end=end, type=kind, name=name)
        for surface, kind, name in wanted
        for start, end in find_all(example.document.text, surface)
    ]
    found.sort(key=lambda item: (item.start - item.end, not item.type, item.start, item.type))
    taken = np.zeros(len(example.document.text), bool)
    kept = []
    for item in found:
        if not taken[item.start : item.end].any():
            taken[item.start : item.end] = True
            kept.append(item)
    return tuple(sorted(kept, key=lambda item: item.start))


def read_labels(example: Example) -> list[str]:
    """A label for each character; ``?`` where the gold leaves it open."""
    labels = ["O"] * len(example.document.text)
    for item in align_names(example):
        inside = f"I-{item.type}" if item.type else "?"
        labels[item.start : item.end] = [inside] * (item.end - item.start)
        if item.type:
            labels[item.start] = f"B-{item.type}"
    return labels


def iter_runs(labels: Sequence[str], sentences: Iterable[Sentence]) -> Iterator[tuple[int, int]]:
    """Runs of decided characters inside sentences: what a training sequence is made of."""
    for sentence in sentences:
        start = sentence.start
        for place in range(sentence.start, sentence.end):
            if labels[place] == "?":
                if place > start:
                    yield start, place
                start = place + 1
        if sentence.end > start:
            yield start, sentence.end


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSettings:
    """What the field is fitted with: L1 and L2 weights and the limit of iterations."""

    l1: float = 0.03
    l2: float = 0.05
    iterations: int = 80


def fit_labeller(examples: Sequence[Example], *, settings: NameSettings | None = None) -> Labeller:
    """A labeller trained on the examples; the same examples in the same order give the same weights."""
    import pycrfsuite

    settings = settings or NameSettings()
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": settings.l1, "c2": settings.l2, "max_iterations": settings.iterations, "feature.minfreq": 2}
    )
    for example in examples:
        text = example.document.text
        features = read_features(read_channels(text)).astype(str).tolist()
        labels = read_labels(example)
        for start, end in iter_runs(labels, split_sentences(text)):
            trainer.append(features[start:end], labels[start:end])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "names.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return _build(info.state_features, info.transitions)


def _build(states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]) -> Labeller:
    place = {label: number for number, label in enumerate(LABELS)}
    slots = sorted({int(attribute) for attribute, _ in states})
    number = {slot: row for row, slot in enumerate(slots, 1)}
    row = np.zeros(2**BITS, np.int32)
    row[slots] = np.arange(1, len(slots) + 1)
    weights = np.zeros((len(slots) + 1, len(LABELS)), np.float32)
    for (attribute, label), weight in states.items():
        weights[number[int(attribute)], place[label]] = weight
    matrix = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, after), weight in transitions.items():
        matrix[place[before], place[after]] = weight
    for after in LABELS:
        if after.startswith("I-"):
            for before in LABELS:
                if before[2:] != after[2:]:
                    matrix[place[before], place[after]] = FORBIDDEN
    return Labeller(row=row, weights=weights, transitions=matrix)
