"""The cases of each possible link of a document: the candidates that speak for it, and who else competes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...model import COOPERATION, DIRECTED, Relation
from ..candidates import LinkCandidate
from ..network import mix_scores

Floats = NDArray[np.float64]
LinkKey = tuple[int, Relation, int]
RELATIONS: tuple[Relation, ...] = tuple(relation for relation in Relation if relation != Relation.LOCATED_IN)
"""``located_in`` is decided together with ``part_of`` and told apart afterwards."""
CLASSES: tuple[tuple[Relation, str], ...] = tuple(
    (relation, mark) for relation in RELATIONS for mark in ("><" if relation in DIRECTED else "=")
)
"""Relation with its direction: ``>`` from the first name to the second, ``<`` back, ``=`` either way."""
TOGETHER = [place for place, (relation, _) in enumerate(CLASSES) if relation in COOPERATION]
APART = [place for place, (relation, _) in enumerate(CLASSES) if relation not in COOPERATION]
"""The places of the classes of cooperation, and of all others."""
FLOOR = 0.015
"""Cases that linear scorers and network together think less likely than this are not looked at again."""
WHOLE = 0.3
"""What a unit's part_of must be worth to be taken for its whole while links are weighed."""
HOPELESS = 0.005
"""Candidates of which the networks think every class less likely than this are not shown to the linear scorers."""


def find_hopeful(network: Floats) -> NDArray[np.int64]:
    """The rows of candidates that are worth a second opinion: about half."""
    return np.flatnonzero((network[:, :-1] >= HOPELESS).any(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate that speaks for a link: its probability, and that of any cooperation between the two.

    ``linear`` and ``network`` are what the two kinds of scorers say of it by themselves.
    """

    score: float
    cooperation: float
    candidate: LinkCandidate
    linear: float = 0.0
    network: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Scores with the unit at the other end, the best first."""

    listed: tuple[tuple[float, int], ...] = ()

    @classmethod
    def of(cls, listed: list[tuple[float, int]]) -> Rivals:
        """These scores in order."""
        return cls(listed=tuple(sorted(listed, reverse=True)))

    @property
    def best(self) -> float:
        """The best score, 0 where there is none."""
        return self.listed[0][0] if self.listed else 0.0

    def best_but(self, other: int) -> float:
        """The best score of another unit, 0 where there is none."""
        return next((score for score, unit in self.listed if unit != other), 0.0)


NO_RIVALS = Rivals()


def sort_pair(one: int, other: int) -> tuple[int, int]:
    """Two units in the order under which what concerns both is kept."""
    return (one, other) if one < other else (other, one)


class LinkCases:
    """The cases of each possible link of a document, the best first.

    ``linear`` holds a probability for each of ``CLASSES``; the last column of ``network`` is that of any cooperation.
    ``best`` has the best score of each relation from one unit to another, ``pairs`` that of any cooperation of two,
    ``ties`` what else is thought of them, ``parties`` the papers of each unit, ``members`` the units of each paper.
    """

    def __init__(self, candidates: Sequence[LinkCandidate], linear: Floats, network: Floats) -> None:
        self.cases = _list_cases(candidates, linear, network)
        self.ties = _list_ties(candidates, linear[:, TOGETHER].sum(axis=1), network[:, -1])
        self.best: dict[tuple[int, int], dict[Relation, float]] = defaultdict(dict)
        self.pairs: dict[tuple[int, int], float] = defaultdict(float)
        self.parties: dict[int, dict[int, float]] = defaultdict(dict)
        self.members: dict[int, dict[int, float]] = defaultdict(dict)
        for (head, relation, tail), cases in self.cases.items():
            self.best[head, tail][relation] = cases[0].score
            if relation in COOPERATION:
                pair = sort_pair(head, tail)
                self.pairs[pair] = max(self.pairs[pair], *(case.cooperation for case in cases))
            elif relation == Relation.PARTY_TO:
                self.parties[head][tail] = self.members[tail][head] = cases[0].score

    def get_score(self, head: int, relation: Relation, tail: int) -> float:
        """The best score of a possible link, 0 where nothing speaks for it."""
        if relation not in DIRECTED and head > tail:
            head, tail = tail, head
        return self.best.get((head, tail), _NOTHING).get(relation, 0.0)

    @cached_property
    def of_unit(self) -> dict[int, Rivals]:
        """For each unit its partners in cooperation."""
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (low, high), score in self.pairs.items():
            found[low].append((score, high))
            found[high].append((score, low))
        return {unit: Rivals.of(listed) for unit, listed in found.items()}

    @cached_property
    def of_relation(self) -> dict[tuple[int, Relation], Rivals]:
        """For each unit and relation the units at the other end."""
        found: dict[tuple[int, Relation], list[tuple[float, int]]] = defaultdict(list)
        for (head, tail), scores in self.best.items():
            for relation, score in scores.items():
                found[head, relation].append((score, tail))
                found[tail, relation].append((score, head))
        return {key: Rivals.of(listed) for key, listed in found.items()}

    @cached_property
    def wholes(self) -> dict[int, tuple[float, int]]:
        """For each unit that is likely a part of others the likeliest of these, with its score."""
        found: dict[int, tuple[float, int]] = {}
        for (head, tail), scores in self.best.items():
            score = scores.get(Relation.PART_OF, 0.0)
            if score > max(WHOLE, found.get(head, NO_WHOLE)[0]):
                found[head] = score, tail
        return found

    @cached_property
    def parts(self) -> dict[int, list[int]]:
        """For each unit those that are likely parts of it."""
        found: dict[int, list[int]] = defaultdict(list)
        for (head, tail), scores in self.best.items():
            if scores.get(Relation.PART_OF, 0.0) > WHOLE:
                found[tail].append(head)
        return found

    @cached_property
    def spoken(self) -> dict[int, list[tuple[float, tuple[int, int]]]]:
        """For each sentence the links of cooperation whose best case stands there: score and pair."""
        found: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for (head, relation, tail), cases in self.cases.items():
            if relation in COOPERATION:
                found[cases[0].candidate.sentence].append((cases[0].score, sort_pair(head, tail)))
        return found


_NOTHING: dict[Relation, float] = {}
NO_WHOLE = (0.0, -1)


def _list_cases(candidates: Sequence[LinkCandidate], linear: Floats, network: Floats) -> dict[LinkKey, list[Case]]:
    """The cases above ``FLOOR`` of each possible link."""
    found: dict[LinkKey, list[Case]] = defaultdict(list)
    scores = mix_scores(linear, network[:, :-1])
    together = scores[:, TOGETHER].sum(axis=1).tolist()
    for row, place in np.argwhere(scores >= FLOOR).tolist():
        candidate = candidates[row]
        first, second = candidate.first.unit, candidate.second.unit
        relation, mark = CLASSES[place]
        if mark == "=":
            head, tail = sort_pair(first, second)
        else:
            head, tail = (first, second) if mark == ">" else (second, first)
        case = Case(
            score=float(scores[row, place]),
            cooperation=together[row],
            candidate=candidate,
            linear=float(linear[row, place]),
            network=float(network[row, place]),
        )
        found[head, relation, tail].append(case)
    return {key: sorted(cases, key=lambda case: -case.score) for key, cases in found.items()}


def _list_ties(
    candidates: Sequence[LinkCandidate], linear: Floats, network: Floats
) -> dict[tuple[int, int], tuple[float, ...]]:
    """For two units what is thought of any cooperation: by the network at most and in sum, by both, by the linear."""
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for candidate, first, second in zip(candidates, linear.tolist(), network.tolist(), strict=True):
        found[sort_pair(candidate.first.unit, candidate.second.unit)].append((first, second))
    return {
        pair: (
            max(second for _, second in told),
            sum(second for _, second in told),
            max(first * second for first, second in told),
            max(first for first, _ in told),
        )
        for pair, told in found.items()
    }
