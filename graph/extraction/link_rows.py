"""Rows that describe a possible link among all of its document: what the trees decide links by.

The linear scorers look at one sentence at a time; here the cases of a document compete: whether another
partner speaks louder, whether the pair is tied in several sentences, how much the document is about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..lexicon import read_words
from ..model import COOPERATION, DIRECTED, EntityType, Relation
from .candidates import LinkCandidate
from .cues import Cue
from .scene import Scene

Floats = NDArray[np.float64]
LinkKey = tuple[int, Relation, int]
RELATIONS: tuple[Relation, ...] = tuple(relation for relation in Relation if relation != Relation.LOCATED_IN)
"""``located_in`` is decided together with ``part_of`` and told apart afterwards."""
CLASSES: tuple[tuple[Relation, str], ...] = tuple(
    (relation, mark) for relation in RELATIONS for mark in ("><" if relation in DIRECTED else "=")
)
"""Relation with its direction: ``>`` from the first name to the second, ``<`` back, ``=`` either way."""
_COOPERATION = np.array([relation in COOPERATION for relation, _ in CLASSES])
_KINDS = {"pair": 0, "back": 1, "both": 2, "nest": 3}
_SIDES = {"corps": 0, "xinjiang": 1, "inland": 2, "none": 3}
_ORDER = {kind: number for number, kind in enumerate(EntityType)}
_RELATION: dict[Relation, int] = {relation: number for number, relation in enumerate(RELATIONS)}
_ROLES = {word: place for place, word in enumerate(read_words("relations", "words")["roles"])}
FLOOR = 0.015
"""Cases that the linear scorers think less likely than this are not looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate that speaks for a link: its probability, and that of any cooperation between the two."""

    score: float
    cooperation: float
    candidate: LinkCandidate


class LinkCases:
    """The cases of each possible link of a document, the best first."""

    def __init__(self, candidates: Sequence[LinkCandidate], scores: Floats, *, accepted: Floats) -> None:
        found: dict[LinkKey, list[Case]] = defaultdict(list)
        for candidate, row in zip(candidates, scores, strict=True):
            first, second = candidate.first.unit, candidate.second.unit
            if min(accepted[first], accepted[second]) < 0.2:
                continue
            together = float(row[_COOPERATION].sum())
            for place in np.flatnonzero(row >= FLOOR):
                relation, mark = CLASSES[place]
                head, tail = (second, first) if mark == "<" else (first, second)
                if mark == "=" and head > tail:
                    head, tail = tail, head
                case = Case(score=float(row[place]), cooperation=together, candidate=candidate)
                found[head, relation, tail].append(case)
        self.cases = {key: sorted(cases, key=lambda case: -case.score) for key, cases in found.items()}
        self.best = {key: cases[0].score for key, cases in self.cases.items()}
        self.pairs: dict[tuple[int, int], float] = defaultdict(float)
        for (head, relation, tail), cases in self.cases.items():
            if relation in COOPERATION:
                pair = (min(head, tail), max(head, tail))
                self.pairs[pair] = max(self.pairs[pair], *(case.cooperation for case in cases))
        self.of_unit: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (low, high), score in self.pairs.items():
            self.of_unit[low].append((score, high))
            self.of_unit[high].append((score, low))
        self.of_relation: dict[tuple[int, Relation], list[tuple[float, int]]] = defaultdict(list)
        for (head, relation, tail), score in self.best.items():
            self.of_relation[head, relation].append((score, tail))
            self.of_relation[tail, relation].append((score, head))

    def read_rows(self, scene: Scene, *, accepted: Floats) -> tuple[list[LinkKey], Floats]:
        """The possible links and their rows, shape (links, features)."""
        keys = list(self.cases)
        if not keys:
            return [], np.zeros((0, 0))
        loudest = max(self.pairs.values(), default=0.0)
        rows = [
            [
                *self._read_scores(key, loudest),
                *self._read_siblings(scene, key),
                *_read_ends(scene, key, accepted),
                *self._read_case(scene, key),
            ]
            for key in keys
        ]
        return keys, np.array(rows, float)

    def _read_scores(self, key: LinkKey, loudest: float) -> list[float]:
        head, relation, tail = key
        cases = self.cases[key]

        def rival(listed: list[tuple[float, int]], other: int) -> float:
            return max((score for score, unit in listed if unit != other), default=0.0)

        reverse = self.best.get((tail, relation, head), 0.0) if relation in DIRECTED else 0.0
        others = [
            self.best.get((a, other, b), 0.0)
            for other in RELATIONS
            if other != relation
            for a, b in ((head, tail), (tail, head))
        ]
        of_head, of_tail = self.of_relation[head, relation], self.of_relation[tail, relation]
        part = Relation.PART_OF
        return [
            _RELATION[relation],
            cases[0].score,
            sum(case.score for case in cases),
            cases[1].score if len(cases) > 1 else 0.0,
            len(cases),
            self.pairs.get((min(head, tail), max(head, tail)), 0.0),
            cases[0].cooperation,
            reverse,
            max(others),
            rival(self.of_unit[head], tail),
            rival(self.of_unit[tail], head),
            rival(of_head, tail),
            rival(of_tail, head),
            sum(score > 0.2 for score, _ in self.of_unit[head]),
            sum(score > 0.2 for score, _ in self.of_unit[tail]),
            sum(score > 0.2 for score, _ in of_head),
            sum(score > 0.2 for score, _ in of_tail),
            loudest,
            max(self.best.get((head, part, tail), 0.0), self.best.get((tail, part, head), 0.0)),
            max((case.score for case in cases if case.candidate.kind == "pair"), default=0.0),
            max((case.score for case in cases if case.candidate.kind == "back"), default=0.0),
        ]

    def _read_siblings(self, scene: Scene, key: LinkKey) -> list[float]:
        """What is thought of the same link with a unit that stands in a list with one of the two."""
        head, relation, tail = key
        beside_head = scene.siblings.get(head, set()) - {tail}
        beside_tail = scene.siblings.get(tail, set()) - {head}

        def score(a: int, b: int) -> float:
            if relation not in DIRECTED and a > b:
                a, b = b, a
            return self.best.get((a, relation, b), 0.0)

        of_head = [score(unit, tail) for unit in beside_head]
        of_tail = [score(head, unit) for unit in beside_tail]
        return [
            max(of_head, default=-1.0),
            max(of_tail, default=-1.0),
            sum(of_head) / len(of_head) if of_head else -1.0,
            sum(of_tail) / len(of_tail) if of_tail else -1.0,
            tail in scene.siblings.get(head, ()),
            min(len(beside_head), 4),
            min(len(beside_tail), 4),
        ]

    def _read_case(self, scene: Scene, key: LinkKey) -> list[float]:
        candidate = self.cases[key][0].candidate
        first, second = candidate.first, candidate.second
        count = len(scene.sentences)
        outer = [placed for placed in scene.in_sentence[first.sentence] if placed.name.outer is None]
        return [
            _KINDS[candidate.kind],
            candidate.sentence,
            candidate.sentence / count,
            count,
            candidate.sentence - first.sentence,
            abs(second.name.start - first.name.end),
            first.unit == key[0],
            len(outer),
            len(scene.units),
            scene.topics[candidate.sentence] == key[0],
            scene.topics[candidate.sentence] == key[2],
            *_read_words(scene, candidate, key[1]),
        ]


def _has(cues: Sequence[Cue], kind: str) -> int:
    return sum(kind in cue.kinds for cue in cues)


def _read_words(scene: Scene, candidate: LinkCandidate, relation: Relation) -> list[float]:
    """Cues of the relation and of others before, between and after the two, and how the two are joined."""
    first, second = candidate.first.name, candidate.second.name
    sentence = scene.sentences[candidate.sentence]
    far = candidate.first.sentence != candidate.sentence
    left = sentence.start if far else first.start
    low, high = (sentence.start, second.start) if far else (first.end, second.start)
    if candidate.second.sentence != candidate.sentence:
        low, high, point = sentence.start, sentence.start, sentence.start
    else:
        point = second.end
    between = scene.cues.between(low, max(low, high))
    after = scene.cues.between(point, sentence.end)
    clause = scene.cues.between(point, min(max(scene.clause_end(point), point + 6), sentence.end))
    before = scene.cues.between(sentence.start, left)
    words = scene.words_between(low, max(low, high))
    joined = all(word[0] in "<、和与及同跟以暨，（）()/" for word in words)
    ahead = scene.words_between(max(sentence.start, left - 8), left)[-1:]
    near = words[-1:]
    return [
        *(_has(cues, relation) for cues in (before, between, clause, after)),
        *(sum(_has(cues, kind) for kind in COOPERATION) for cues in (before, between, clause, after)),
        sum(_has(cues, "both") for cues in (before, between, after)),
        sum(_has(cues, kind) for kind in ("negation", "wish") for cues in (before, between, after)),
        joined,
        sum(word.startswith("<") for word in words),
        scene.clause_at(second.start) - scene.clause_at(first.start) if not far else -1,
        scene.count_beside(candidate.first),
        scene.count_beside(candidate.second),
        _ROLES.get(ahead[0], -1) if ahead else -2,
        _ROLES.get(near[0], -1) if near else -2,
        max((_ROLES[word] for word in words if word in _ROLES), default=-1),
        sentence.start < scene.title_end,
        sentence.end - sentence.start,
    ]


def _read_ends(scene: Scene, key: LinkKey, accepted: Floats) -> list[float]:
    found: list[float] = []
    for unit in (key[0], key[2]):
        placed = scene.of_unit[unit]
        nested = sum(item.name.outer is not None for item in placed)
        found += [
            _ORDER[scene.units[unit].type],
            _SIDES[scene.side(unit)],
            len(placed),
            scene.ranked[unit],
            unit in scene.titled,
            float(accepted[unit]),
            nested / len(placed),
        ]
    return found
