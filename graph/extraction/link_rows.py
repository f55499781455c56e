"""Rows that describe a possible link among all of its document: what the trees decide links by.

The linear scorers and the network look at one candidate at a time; here the cases of a document compete: whether
another partner speaks louder, whether the pair is tied in several sentences, how much the document is about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..lexicon import read_words
from ..model import COOPERATION, DIRECTED, Relation
from .candidates import LinkCandidate
from .names import TYPES
from .network import mix_scores
from .pair_network import KINDS, SIDES
from .scene import Scene
from .trees import Trees

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
_RELATION: dict[Relation, int] = {relation: number for number, relation in enumerate(RELATIONS)}
_ROLES = {word: place for place, word in enumerate(read_words("relations", "words")["roles"])}
LEAST_END = 0.2
"""Units less likely than this are no end of a link, whatever the scorers of links say."""
FLOOR = 0.015
"""Cases that linear scorers and network together think less likely than this are not looked at again."""
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
class _Rivals:
    """Scores with the unit at the other end, the best first, and how many of them are above 0.2."""

    listed: tuple[tuple[float, int], ...] = ()
    loud: int = 0

    @classmethod
    def of(cls, listed: list[tuple[float, int]]) -> _Rivals:
        return cls(listed=tuple(sorted(listed, reverse=True)), loud=sum(score > 0.2 for score, _ in listed))

    def best_but(self, other: int) -> float:
        """The best score of another unit, 0 where there is none."""
        return next((score for score, unit in self.listed if unit != other), 0.0)


_NO_RIVALS = _Rivals()


class LinkCases:
    """The cases of each possible link of a document, the best first.

    ``linear`` holds a probability for each of ``CLASSES``; the last column of ``network`` is that of any cooperation.
    """

    def __init__(
        self, candidates: Sequence[LinkCandidate], linear: Floats, network: Floats, *, accepted: Floats
    ) -> None:
        found: dict[LinkKey, list[Case]] = defaultdict(list)
        scores = mix_scores(linear, network[:, :-1])
        together = scores[:, TOGETHER].sum(axis=1).tolist()
        for row, place in np.argwhere(scores >= FLOOR).tolist():
            candidate = candidates[row]
            first, second = candidate.first.unit, candidate.second.unit
            if accepted[first] < LEAST_END or accepted[second] < LEAST_END:
                continue
            relation, mark = CLASSES[place]
            head, tail = (second, first) if mark == "<" else (first, second)
            if mark == "=" and head > tail:
                head, tail = tail, head
            case = Case(
                score=float(scores[row, place]),
                cooperation=together[row],
                candidate=candidate,
                linear=float(linear[row, place]),
                network=float(network[row, place]),
            )
            found[head, relation, tail].append(case)
        self.cases = {key: sorted(cases, key=lambda case: -case.score) for key, cases in found.items()}
        self._best: dict[tuple[int, int], dict[Relation, float]] = defaultdict(dict)
        for (head, relation, tail), cases in self.cases.items():
            self._best[head, tail][relation] = cases[0].score
        self._pairs: dict[tuple[int, int], float] = defaultdict(float)
        for (head, relation, tail), cases in self.cases.items():
            if relation in COOPERATION:
                pair = (min(head, tail), max(head, tail))
                self._pairs[pair] = max(self._pairs[pair], *(case.cooperation for case in cases))
        self._ties = _list_ties(candidates, linear[:, TOGETHER].sum(axis=1), network[:, -1])
        self._parties: dict[int, dict[int, float]] = defaultdict(dict)
        self._members: dict[int, dict[int, float]] = defaultdict(dict)
        for (head, tail), scored in self._best.items():
            if (score := scored.get(Relation.PARTY_TO)) is not None:
                self._parties[head][tail] = self._members[tail][head] = score
        self._of_unit = self._list_partners()
        self._of_relation = self._list_rivals()

    def _list_partners(self) -> dict[int, _Rivals]:
        """For each unit its partners in cooperation."""
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (low, high), score in self._pairs.items():
            found[low].append((score, high))
            found[high].append((score, low))
        return {unit: _Rivals.of(listed) for unit, listed in found.items()}

    def _list_rivals(self) -> dict[tuple[int, Relation], _Rivals]:
        """For each unit and relation the units at the other end."""
        found: dict[tuple[int, Relation], list[tuple[float, int]]] = defaultdict(list)
        for (head, tail), scores in self._best.items():
            for relation, score in scores.items():
                found[head, relation].append((score, tail))
                found[tail, relation].append((score, head))
        return {key: _Rivals.of(listed) for key, listed in found.items()}

    def read_rows(self, scene: Scene, *, accepted: Floats, least: float = 0.0) -> tuple[list[LinkKey], Floats]:
        """The possible links between units of probability ``least`` and their rows, shape (links, features)."""
        keys = [key for key in self.cases if min(accepted[key[0]], accepted[key[2]]) >= least]
        if not keys:
            return [], np.zeros((0, 0))
        loudest = max(self._pairs.values(), default=0.0)
        ends = {unit: _read_end(scene, unit, accepted) for key in keys for unit in (key[0], key[2])}
        places = _Places(scene)
        rows = [
            (
                *self._read_scores(key, loudest),
                *self._read_opinions(key),
                *self._read_siblings(scene, key),
                *self._read_shared(key),
                *ends[key[0]],
                *ends[key[2]],
                *places.read_case(key, self.cases[key][0].candidate),
            )
            for key in keys
        ]
        return keys, np.array(rows, float)

    def _read_scores(self, key: LinkKey, loudest: float) -> tuple[float, ...]:
        head, relation, tail = key
        cases = self.cases[key]
        onward, back = self._best[head, tail], self._best.get((tail, head), {})
        of_head, of_tail = self._of_unit.get(head, _NO_RIVALS), self._of_unit.get(tail, _NO_RIVALS)
        same_head, same_tail = self._of_relation[head, relation], self._of_relation[tail, relation]
        part = Relation.PART_OF
        return (
            _RELATION[relation],
            cases[0].score,
            sum([case.score for case in cases]),
            cases[1].score if len(cases) > 1 else 0.0,
            len(cases),
            self._pairs.get((head, tail) if head < tail else (tail, head), 0.0),
            cases[0].cooperation,
            back.get(relation, 0.0) if relation in DIRECTED else 0.0,
            max(
                [score for found in (onward, back) for other, score in found.items() if other != relation], default=0.0
            ),
            of_head.best_but(tail),
            of_tail.best_but(head),
            same_head.best_but(tail),
            same_tail.best_but(head),
            of_head.loud,
            of_tail.loud,
            same_head.loud,
            same_tail.loud,
            loudest,
            max(onward.get(part, 0.0), back.get(part, 0.0)),
            next((case.score for case in cases if case.candidate.kind == "pair"), 0.0),
            next((case.score for case in cases if case.candidate.kind == "back"), 0.0),
        )

    def _read_opinions(self, key: LinkKey) -> tuple[float, ...]:
        """What linear scorers and network say each by itself: of this link, and of any cooperation of the two."""
        head, _, tail = key
        cases = self.cases[key]
        told = sorted((case.network for case in cases), reverse=True)
        return (
            told[0],
            told[1] if len(told) > 1 else 0.0,
            sum(told),
            max(case.linear for case in cases),
            *self._ties[(head, tail) if head < tail else (tail, head)],
        )

    def _read_siblings(self, scene: Scene, key: LinkKey) -> tuple[float, ...]:
        """What is thought of the same link with a unit that stands in a list with one of the two."""
        head, relation, tail = key
        near_head, near_tail = scene.siblings.get(head, _NOBODY), scene.siblings.get(tail, _NOBODY)
        if not near_head and not near_tail:
            return (-1.0, -1.0, -1.0, -1.0, 0, 0, 0)
        beside_head, beside_tail = near_head - {tail}, near_tail - {head}

        def score(a: int, b: int) -> float:
            if relation not in DIRECTED and a > b:
                a, b = b, a
            return self._best.get((a, b), _NOTHING).get(relation, 0.0)

        of_head = [score(unit, tail) for unit in beside_head]
        of_tail = [score(head, unit) for unit in beside_tail]
        return (
            max(of_head, default=-1.0),
            max(of_tail, default=-1.0),
            sum(of_head) / len(of_head) if of_head else -1.0,
            sum(of_tail) / len(of_tail) if of_tail else -1.0,
            tail in near_head,
            min(len(beside_head), 4),
            min(len(beside_tail), 4),
        )

    def _read_shared(self, key: LinkKey) -> tuple[float, ...]:
        """What the two are both party to, and whether partners of the first are party to the second."""
        head, _, tail = key
        of_head, of_tail = self._parties.get(head, _NO_PARTY), self._parties.get(tail, _NO_PARTY)
        others = [(unit, score) for unit, score in self._members.get(tail, _NO_PARTY).items() if unit != head]
        beside = [score * self._pairs.get((head, unit) if head < unit else (unit, head), 0.0) for unit, score in others]
        return (
            max(beside, default=0.0),
            max([min(score, of_tail.get(unit, 0.0)) for unit, score in of_head.items()], default=0.0),
            max(of_head.values(), default=0.0),
            max(of_tail.values(), default=0.0),
            max([score for _, score in others], default=0.0),
        )


def _list_ties(
    candidates: Sequence[LinkCandidate], linear: Floats, network: Floats
) -> dict[tuple[int, int], tuple[float, ...]]:
    """For two units what is thought of any cooperation: by the network at most and in sum, by both, by the linear."""
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for candidate, first, second in zip(candidates, linear.tolist(), network.tolist(), strict=True):
        low, high = sorted((candidate.first.unit, candidate.second.unit))
        found[low, high].append((first, second))
    return {
        pair: (
            max(second for _, second in told),
            sum(second for _, second in told),
            max(first * second for first, second in told),
            max(first for first, _ in told),
        )
        for pair, told in found.items()
    }


_NOBODY: frozenset[int] = frozenset()
_NO_PARTY: dict[int, float] = {}
_NOTHING: dict[Relation, float] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """Cues and words around a candidate: ``kinds`` of the cues before, between, in the clause behind and after."""

    kinds: tuple[list[str], ...]
    numbers: tuple[float, ...]


def predict_links(trees: tuple[Trees, Trees], keys: Sequence[LinkKey], rows: Floats) -> Floats:
    """Probability of each possible link; the first trees know cooperation, the second ones all other relations."""
    scores = np.zeros(len(keys))
    cooperation = np.array([relation in COOPERATION for _, relation, _ in keys], bool)
    for forest, chosen in zip(trees, (cooperation, ~cooperation), strict=True):
        scores[chosen] = forest.predict(rows[chosen])
    return scores


class _Places:
    """Where the cases of a document stand; what depends on the candidate alone is read once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._read: dict[tuple[int, int, int], _Surroundings] = {}

    def read_case(self, key: LinkKey, candidate: LinkCandidate) -> tuple[float, ...]:
        """Numbers of the best case of a possible link."""
        scene, first, second = self._scene, candidate.first, candidate.second
        count, topic = len(scene.sentences), scene.topics[candidate.sentence]
        place = (first.number, second.number, candidate.sentence)
        if (around := self._read.get(place)) is None:
            around = self._read[place] = _read_surroundings(scene, candidate)
        return (
            KINDS[candidate.kind],
            candidate.sentence,
            candidate.sentence / count,
            count,
            candidate.sentence - first.sentence,
            abs(second.name.start - first.name.end),
            first.unit == key[0],
            len(scene.outer[first.sentence]),
            len(scene.units),
            topic == key[0],
            topic == key[2],
            *[kinds.count(key[1]) for kinds in around.kinds],
            *around.numbers,
        )


def _read_surroundings(scene: Scene, candidate: LinkCandidate) -> _Surroundings:
    """Cues before, between and after the two, and how the two are joined."""
    first, second = candidate.first.name, candidate.second.name
    sentence = scene.sentences[candidate.sentence]
    far = candidate.first.sentence != candidate.sentence
    left = sentence.start if far else first.start
    low, high = (sentence.start, second.start) if far else (first.end, second.start)
    if candidate.second.sentence != candidate.sentence:
        low, high, point = sentence.start, sentence.start, sentence.start
    else:
        point = second.end
    runs = (
        (sentence.start, left),
        (low, max(low, high)),
        (point, min(max(scene.clause_end(point), point + 6), sentence.end)),
        (point, sentence.end),
    )
    kinds = tuple([kind for cue in scene.cues.between(*run) for kind in cue.kinds] for run in runs)
    apart = (kinds[0], kinds[1], kinds[3])
    words = scene.words_between(low, max(low, high))
    ahead = scene.words_between(max(sentence.start, left - 8), left)[-1:]
    near = words[-1:]
    numbers = (
        *[sum([kind in COOPERATION for kind in listed]) for listed in kinds],
        sum([listed.count("both") for listed in apart]),
        sum([listed.count("negation") + listed.count("wish") for listed in apart]),
        all(word[0] in "<、和与及同跟以暨，（）()/" for word in words),
        sum([word[0] == "<" for word in words]),
        candidate.second.clause - candidate.first.clause if not far else -1,
        scene.count_beside(candidate.first),
        scene.count_beside(candidate.second),
        _ROLES.get(ahead[0], -1) if ahead else -2,
        _ROLES.get(near[0], -1) if near else -2,
        max([_ROLES[word] for word in words if word in _ROLES], default=-1),
        sentence.start < scene.title_end,
        sentence.end - sentence.start,
    )
    return _Surroundings(kinds=kinds, numbers=numbers)


def _read_end(scene: Scene, unit: int, accepted: Floats) -> tuple[float, ...]:
    placed = scene.of_unit[unit]
    nested = sum(item.name.outer is not None for item in placed)
    return (
        TYPES[scene.units[unit].type],
        SIDES[scene.side(unit)],
        len(placed),
        scene.ranked[unit],
        unit in scene.titled,
        float(accepted[unit]),
        nested / len(placed),
    )
