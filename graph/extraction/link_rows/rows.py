"""Rows that describe a possible link among all of its document: what the trees decide links by.

The linear scorers and the network look at one candidate at a time; here the cases of a document compete: whether
another partner speaks louder, whether the pair is tied in several sentences. How long the text is and how much else
stands in it are left out on purpose: they misled trees that had been fitted on short texts in long ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...model import COOPERATION, DIRECTED, Relation
from ..scene import Scene
from ..trees import Trees
from .cases import NO_RIVALS, NO_WHOLE, RELATIONS, Floats, LinkCases, LinkKey, sort_pair
from .places import Places, read_end

_RELATION: dict[Relation, int] = {relation: number for number, relation in enumerate(RELATIONS)}
_NOBODY: frozenset[int] = frozenset()
_NO_PARTY: dict[int, float] = {}
_LIKELY = 0.3
"""Cases above this are counted."""


def read_rows(cases: LinkCases, scene: Scene, *, accepted: Floats, least: float = 0.0) -> tuple[list[LinkKey], Floats]:
    """The possible links between units of probability ``least`` and their rows, shape (links, features)."""
    keys = [key for key in cases.cases if min(accepted[key[0]], accepted[key[2]]) >= least]
    if not keys:
        return [], np.zeros((0, 0))
    ends = {unit: read_end(scene, unit, accepted) for key in keys for unit in (key[0], key[2])}
    places = Places(scene)
    rows = [
        (
            *_read_scores(cases, key),
            *_read_opinions(cases, key),
            *_read_siblings(cases, scene, key),
            *_read_shared(cases, key),
            *_read_sentence(cases, key),
            *_read_wholes(cases, key),
            *ends[key[0]],
            *ends[key[2]],
            *places.read_case(key, cases.cases[key][0].candidate),
        )
        for key in keys
    ]
    return keys, np.array(rows, float)


def _read_scores(cases: LinkCases, key: LinkKey) -> tuple[float, ...]:
    head, relation, tail = key
    own = cases.cases[key]
    onward, back = cases.best[head, tail], cases.best.get((tail, head), {})
    of_head, of_tail = cases.of_unit.get(head, NO_RIVALS), cases.of_unit.get(tail, NO_RIVALS)
    same_head, same_tail = cases.of_relation[head, relation], cases.of_relation[tail, relation]
    part = Relation.PART_OF
    return (
        _RELATION[relation],
        own[0].score,
        sum([case.score for case in own]),
        own[1].score if len(own) > 1 else 0.0,
        len(own),
        sum([case.score > _LIKELY for case in own]),
        cases.pairs.get(sort_pair(head, tail), 0.0),
        own[0].cooperation,
        back.get(relation, 0.0) if relation in DIRECTED else 0.0,
        max([score for found in (onward, back) for other, score in found.items() if other != relation], default=0.0),
        of_head.best_but(tail),
        of_tail.best_but(head),
        same_head.best_but(tail),
        same_tail.best_but(head),
        max(onward.get(part, 0.0), back.get(part, 0.0)),
        next((case.score for case in own if case.candidate.kind == "pair"), 0.0),
        next((case.score for case in own if case.candidate.kind == "back"), 0.0),
    )


def _read_opinions(cases: LinkCases, key: LinkKey) -> tuple[float, ...]:
    """What linear scorers and network say each by itself: of this link, and of any cooperation of the two."""
    head, _, tail = key
    own = cases.cases[key]
    told = sorted((case.network for case in own), reverse=True)
    return (
        told[0],
        told[1] if len(told) > 1 else 0.0,
        sum(told),
        max(case.linear for case in own),
        *cases.ties[sort_pair(head, tail)],
    )


def _read_siblings(cases: LinkCases, scene: Scene, key: LinkKey) -> tuple[float, ...]:
    """What is thought of the same link with a unit that stands in a list with one of the two."""
    head, relation, tail = key
    near_head, near_tail = scene.siblings.get(head, _NOBODY), scene.siblings.get(tail, _NOBODY)
    if not near_head and not near_tail:
        return (-1.0, -1.0, -1.0, -1.0, 0, 0, 0)
    beside_head, beside_tail = near_head - {tail}, near_tail - {head}
    of_head = [cases.get_score(unit, relation, tail) for unit in beside_head]
    of_tail = [cases.get_score(head, relation, unit) for unit in beside_tail]
    return (
        max(of_head, default=-1.0),
        max(of_tail, default=-1.0),
        sum(of_head) / len(of_head) if of_head else -1.0,
        sum(of_tail) / len(of_tail) if of_tail else -1.0,
        tail in near_head,
        min(len(beside_head), 4),
        min(len(beside_tail), 4),
    )


def _read_shared(cases: LinkCases, key: LinkKey) -> tuple[float, ...]:
    """What the two are both party to, and whether partners of the first are party to the second."""
    head, _, tail = key
    of_head, of_tail = cases.parties.get(head, _NO_PARTY), cases.parties.get(tail, _NO_PARTY)
    others = [(unit, score) for unit, score in cases.members.get(tail, _NO_PARTY).items() if unit != head]
    beside = [score * cases.pairs.get(sort_pair(head, unit), 0.0) for unit, score in others]
    return (
        max(beside, default=0.0),
        max([min(score, of_tail.get(unit, 0.0)) for unit, score in of_head.items()], default=0.0),
        max(of_head.values(), default=0.0),
        max(of_tail.values(), default=0.0),
        max([score for _, score in others], default=0.0),
    )


def _read_sentence(cases: LinkCases, key: LinkKey) -> tuple[float, ...]:
    """How loudly the sentence speaks of other pairs."""
    pair = sort_pair(key[0], key[2])
    others = [score for score, other in cases.spoken.get(cases.cases[key][0].candidate.sentence, ()) if other != pair]
    return max(others, default=0.0), sum(others), len(others)


def _read_wholes(cases: LinkCases, key: LinkKey) -> tuple[float, ...]:
    """What is thought of the same link between what the two are parts of, and between their own parts.

    A hospital's deed is not its city's: where the part is tied, the whole is seldom, and the other way round.
    """
    head, relation, tail = key
    (of_head, above), (of_tail, beyond) = cases.wholes.get(head, NO_WHOLE), cases.wholes.get(tail, NO_WHOLE)
    below, within = cases.parts.get(head, ()), cases.parts.get(tail, ())
    score = cases.get_score
    return (
        score(above, relation, tail) if above not in (-1, tail) else -1.0,
        score(head, relation, beyond) if beyond not in (-1, head) else -1.0,
        score(above, relation, beyond) if -1 not in (above, beyond) and above != beyond else -1.0,
        max([score(unit, relation, tail) for unit in below if unit != tail], default=-1.0),
        max([score(head, relation, unit) for unit in within if unit != head], default=-1.0),
        of_head,
        of_tail,
        len(below),
        len(within),
    )


def predict_links(trees: tuple[Trees, Trees], keys: Sequence[LinkKey], rows: Floats) -> Floats:
    """Probability of each possible link; the first trees know cooperation, the second ones all other relations."""
    scores = np.zeros(len(keys))
    cooperation = np.array([relation in COOPERATION for _, relation, _ in keys], bool)
    for forest, chosen in zip(trees, (cooperation, ~cooperation), strict=True):
        scores[chosen] = forest.predict(rows[chosen])
    return scores
