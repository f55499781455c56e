"""Scenes for tests: a text in which the names are given."""

from __future__ import annotations

from bingdi.graph.extraction.analysis import make_scene, read_sentences
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.names import Name
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.model import EntityType


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
