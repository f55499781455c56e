"""Colours that people with the common kinds of colour blindness tell apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from bingdi.exports.palette import (
    RELATION_CAPTIONS,
    RELATION_COLORS,
    TYPE_CAPTIONS,
    TYPE_COLORS,
    TYPE_SHAPES,
    parse_color,
)
from bingdi.graph.model import COOPERATION, EntityType, Relation

# What an eye without one kind of cone sees of linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN = {
    "all": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(color: str, seen: object) -> np.ndarray:
    part = np.array(parse_color(color)) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    ratio = XYZ @ np.clip(np.array(seen) @ linear, 0, 1) / WHITE
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("kind", SEEN)
def test_types_and_ways_of_cooperation_can_be_told_apart(kind: str) -> None:
    for colors in (list(TYPE_COLORS.values()), [RELATION_COLORS[relation] for relation in COOPERATION]):
        for one, other in combinations(colors, 2):
            assert np.linalg.norm(lab(one, SEEN[kind]) - lab(other, SEEN[kind])) > 10, (one, other)


def test_the_measure_knows_red_and_green() -> None:
    """A pair that a deutan eye confuses fails."""
    distance = np.linalg.norm(lab("#b36b00", SEEN["deutan"]) - lab("#8a7a00", SEEN["deutan"]))
    assert distance < 10 < np.linalg.norm(lab("#b36b00", SEEN["all"]) - lab("#8a7a00", SEEN["all"]))


def test_one_of_each_for_each() -> None:
    assert set(TYPE_COLORS) == set(TYPE_SHAPES) == set(EntityType)
    assert set(RELATION_COLORS) == set(Relation)
    for table in (TYPE_COLORS, TYPE_SHAPES, RELATION_COLORS):
        assert len(set(table.values())) == len(table)
    for captions, keys in ((TYPE_CAPTIONS, EntityType), (RELATION_CAPTIONS, Relation)):
        assert set(captions) == {"zh", "en"}
        for words in captions.values():
            assert set(words) == set(keys)
            assert len(set(words.values())) == len(words)


def test_parse_color() -> None:
    assert parse_color("#0a80ff") == (10, 128, 255)
