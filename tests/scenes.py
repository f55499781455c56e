"""Scenes for tests: a text in which the names are given, and what scorers say of its links."""

from __future__ import annotations

import numpy as np
from bingdi.graph.extraction.analysis import make_scene, read_sentences
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.link_rows import CLASSES, LinkCases
from bingdi.graph.extraction.names import Name
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.model import DIRECTED, EntityType, Relation

Told = tuple[str, Relation, str, float]


def stage(text: str, *surfaces: tuple[str, EntityType]) -> Scene:
    """The scene of a text in which every place of the surfaces is a sure name."""
    names = []
    for surface, kind in surfaces:
        at = text.find(surface)
        while at >= 0:
            names.append(Name(start=at, end=at + len(surface), type=kind, score=0.9, rule="labeller", level=0))
            at = text.find(surface, at + 1)
    return make_scene(read_channels(text), read_sentences(text), names, least=0.1)


def unit_of(scene: Scene, surface: str) -> int:
    """Number of the unit that has a surface."""
    return next(unit.number for unit in scene.units if surface in unit.surfaces)


def tell(scene: Scene, *told: Told) -> LinkCases:
    """The cases of a scene in which linear scorers and networks say the same of the links that are told."""
    candidates = list(iter_candidates(scene))
    scores = np.full((len(candidates), len(CLASSES) + 1), 0.001)
    for one, relation, other, score in told:
        head, tail = unit_of(scene, one), unit_of(scene, other)
        for row, candidate in enumerate(candidates):
            ends = (candidate.first.unit, candidate.second.unit)
            if set(ends) == {head, tail}:
                mark = "=" if relation not in DIRECTED else ">" if ends == (head, tail) else "<"
                scores[row, CLASSES.index((relation, mark))] = score
    return LinkCases(candidates, scores[:, :-1], scores)
