"""What annotated texts give a network to learn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..graph.extraction.candidates import LinkCandidate
from ..graph.extraction.link_rows import CLASSES, TOGETHER
from ..graph.extraction.network import Ints
from ..graph.extraction.pair_network import read_cases, read_tokens
from ..graph.extraction.scene import Scene
from .network import Sample


def read_sample(
    scene: Scene,
    accepted: Sequence[float],
    candidates: Sequence[LinkCandidate],
    labels: Sequence[frozenset[int] | None],
    *,
    characters: Ints,
) -> Sample:
    """The candidates of a text that the gold decides, with their classes and whether there is any cooperation."""
    tokens, places = read_tokens(scene, accepted, characters)
    decided = [(candidate, label) for candidate, label in zip(candidates, labels, strict=True) if label is not None]
    targets = np.zeros((len(decided), len(CLASSES) + 1), bool)
    for place, (_, label) in enumerate(decided):
        targets[place, list(label)] = True
    targets[:, -1] = targets[:, TOGETHER].any(axis=1)
    cases = read_cases(scene, [candidate for candidate, _ in decided], places)
    return Sample(tokens=tokens, cases=cases, targets=targets)
