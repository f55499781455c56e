"""Default thresholds: the most that can be found at the precision that is asked for, on out-of-fold scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..graph.extraction.link_rows import LinkKey
from ..graph.extraction.models import Thresholds
from ..graph.extraction.pair_network import LIKELY
from ..graph.extraction.references import Reference, read_references
from ..graph.model import COOPERATION, GEOGRAPHY, Relation
from .items import Item
from .score import GoldNames, link_key
from .score import LinkKey as NamedKey
from .targets import judge_links, judge_units, list_names

Floats = NDArray[np.float64]
LEAST_PRECISION = {"unit": 0.92, "links": 0.66, "pairs": 0.82, "structure": 0.83, "geography": 0.67}
"""What a default reading promises of entities and links: a wrong link costs more than a missing one.

Here names count in either script (``Example.simplified``), in the figures as the gold writes them: some 0.02 less.
"""


def find_threshold(scores: Sequence[float], right: Sequence[bool], *, least: float, gold: int) -> float:
    """Of the scores from which on the share of right ones is at least ``least``, the one with the best F1.

    ``gold`` is how many there are to find. Where there is no such score it is 0.9.
    """
    if not len(scores):
        return 0.5
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.asarray(right, bool)[order].cumsum()
    good = np.flatnonzero(hits / np.arange(1, len(hits) + 1) >= least)
    good = good[good >= min(20, len(hits) - 1)]
    if not len(good):
        return 0.9
    best = good[(hits[good] / (good + 1 + gold)).argmax()]
    return float(np.asarray(scores)[order][best])


def _unit_scores(items: Sequence[Item]) -> tuple[list[float], list[bool]]:
    """Best score of each distinct scored name of a document, and whether it is right."""
    scores, right = [], []
    for item in items:
        scene = item.scene
        names = GoldNames(item.example)
        verdicts, _ = judge_units(item.example, scene)
        best: dict[tuple[str, str], tuple[float, bool]] = {}
        pointing = _read_references(item)
        for unit, score, verdict in zip(scene.units, item.accepted, verdicts, strict=True):
            if verdict is not None and unit.number not in pointing:
                key = (names.resolve(list_names(unit)), str(unit.type))
                best[key] = max(best.get(key, (0.0, False)), (float(score), key in names.types.items()))
        scores += [score for score, _ in best.values()]
        right += [hit for _, hit in best.values()]
    return scores, right


def choose_thresholds(items: Iterable[Item]) -> Thresholds:
    """Thresholds for units and for the three groups of relations, by all documents: the first alone are too few."""
    items = list(items)
    names = sum(len(item.example.entities) for item in items)
    unit = find_threshold(*_unit_scores(items), least=LEAST_PRECISION["unit"], gold=names)
    groups: dict[str, tuple[list[float], list[bool]]] = {key: ([], []) for key in LEAST_PRECISION}
    for item in items:
        _add_links(item, unit=unit, groups=groups)
    gold = _count_links(items)
    limits = {
        key: find_threshold(*groups[key], least=LEAST_PRECISION[key], gold=gold[key]) for key in groups if key != "unit"
    }
    return Thresholds(
        unit=unit,
        cooperation=max(limits["links"], limits["pairs"]),
        structure=limits["structure"],
        geography=limits["geography"],
    )


def _count_links(items: Iterable[Item]) -> Counter[str]:
    """How many links, pairs, … the gold of all items has."""
    return Counter(
        group
        for item in items
        for group, _ in {
            found
            for link in item.example.links
            for found in _list_groups(Relation(link.relation), link_key(link.head, link.relation, link.tail))
        }
    )


def _read_references(item: Item) -> dict[int, Reference]:
    """What the likely units of a document stand for that have no name of their own."""
    return read_references(
        item.scene, [unit.number for unit in item.scene.units if item.accepted[unit.number] >= LIKELY]
    )


def _stand_in(item: Item) -> Iterator[tuple[LinkKey, float]]:
    """The possible links of a document with their scores; ends that only point at another unit give way to it."""
    references = _read_references(item)
    bearers = {number: said.unit for number, said in references.items() if not said.rest}
    for (head, relation, tail), score in zip(item.keys, item.scores.tolist(), strict=True):
        first, second = bearers.get(head, head), bearers.get(tail, tail)
        if first is not None and second is not None and first != second:
            yield (first, relation, second), score


def _add_links(item: Item, *, unit: float, groups: dict[str, Any]) -> None:
    scene = item.scene
    scored = [
        (key, score) for key, score in _stand_in(item) if min(item.accepted[key[0]], item.accepted[key[2]]) >= unit
    ]
    verdicts = judge_links(item.example, scene, [key for key, _ in scored])
    names = GoldNames(item.example)
    resolved = [names.resolve(list_names(found)) for found in scene.units]
    paired = {frozenset((link.head, link.tail)) for link in item.example.links if link.relation in COOPERATION}
    spared = {frozenset((names.resolve((a,)), names.resolve((b,)))) for a, _, b in item.example.optional_links} - paired
    best: dict[tuple[str, Any], tuple[float, bool]] = {}
    for ((head, relation, tail), score), verdict in zip(scored, verdicts, strict=True):
        if verdict is None:
            continue
        for group, key in _list_groups(relation, link_key(resolved[head], relation, resolved[tail])):
            if group == "pairs" and key in spared:
                continue
            before = best.get((group, key), (0.0, False))
            right = verdict or (group == "pairs" and key in paired)
            best[group, key] = (max(before[0], score), before[1] or right)
    for (group, _), (score, right) in best.items():
        groups[group][0].append(score)
        groups[group][1].append(right)


def _list_groups(relation: Relation, key: NamedKey) -> list[tuple[str, Any]]:
    if relation in COOPERATION:
        return [("links", key), ("pairs", frozenset((key[0], key[2])))]
    return [("geography" if relation in GEOGRAPHY else "structure", key)]


__all__ = ["choose_thresholds", "find_threshold"]
