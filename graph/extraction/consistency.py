"""Consistency of what the scorers believe: one deed is one link, and what a frame states comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import COOPERATION, Relation
from .link_rows import Case
from .scene import Scene
from .vetoes import is_forbidden

OVERRULED = 0.7
"""What the scorers believe less of gives way to what a frame states of the same two bodies."""
DOUBTFUL = 0.6
"""What a link of cooperation needs where an end stands inside another name, or where hardly a word speaks of it.

天津师范大学与甲 ties 甲 to 天津 seldom, and neither do two sentences in a row without a cue of cooperation, or of aid
where aid is what they would state (out of fold 10 of 33 such links below were right).
"""
_WAYS = frozenset({"来到", "赴", "前往", "抵达", "走进"})
_TOLD = frozenset({Relation.CO_HOSTS, Relation.CO_BUILDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLink:
    """A link that the scorers believe: units by number, its probability, and its cases, the best first."""

    head: int
    relation: Relation
    tail: int
    score: float
    cases: tuple[Case, ...]
    rule: str = "scorer"


def drop_weaker(links: Iterable[ScoredLink]) -> Iterator[ScoredLink]:
    """The links without what the scorers half believed of two bodies that a frame ties in another way."""
    framed = {pair_of(link) for link in links if link.relation in COOPERATION and link.rule != "scorer"}
    for link in links:
        weak = link.rule == "scorer" and link.relation in COOPERATION and link.score < OVERRULED
        if not (weak and pair_of(link) in framed):
            yield link


def drop_doubles(scene: Scene, links: Sequence[ScoredLink]) -> Iterator[ScoredLink]:
    """The links without a second relation of two bodies that the same word tells, or none: one deed is one link.

    A doctor who came (来到) and treated people aided; that he came is no exchange beside it.
    """
    aided = {pair_of(link): link for link in links if link.relation == Relation.AIDS}
    best: dict[frozenset[int], ScoredLink] = {}
    for link in links:
        stands = link.relation in COOPERATION and not is_forbidden(scene, link.relation, link.cases[0].candidate)
        if stands and link.score > best.setdefault(pair_of(link), link).score:
            best[pair_of(link)] = link
    for link in links:
        pair = pair_of(link)
        better, aid = best.get(pair), aided.get(pair)
        told = link.relation in COOPERATION and better is not None and _is_same_deed(scene, link, better)
        untold = better not in (None, link) and _is_untold(scene, link)
        on_way = link.relation == Relation.EXCHANGES_WITH and aid is not None and _is_same_way(scene, link, aid)
        if not (told or untold or on_way):
            yield link


def _is_same_deed(scene: Scene, link: ScoredLink, other: ScoredLink) -> bool:
    """Whether one word of one sentence tells both, which are two links."""
    if other is link or not _share_sentence(link, other):
        return False
    told = _find_cue(scene, link)
    return told is not None and told == _find_cue(scene, other)


def _is_untold(scene: Scene, link: ScoredLink) -> bool:
    """Whether no word of its own tells a doubtful link of a kind that is seldom told without (of 269 of them 52)."""
    return link.relation in _TOLD and link.score < DOUBTFUL and _find_cue(scene, link) is None


def _is_same_way(scene: Scene, link: ScoredLink, aid: ScoredLink) -> bool:
    """Whether an exchange is only the way of those that aid in the same sentence."""
    if aid.score <= link.score or not _share_sentence(link, aid):
        return False
    cue = _find_cue(scene, link)
    return cue is not None and scene.text[slice(*cue)] in _WAYS


def _share_sentence(link: ScoredLink, other: ScoredLink) -> bool:
    return link.cases[0].candidate.sentence == other.cases[0].candidate.sentence


def _find_cue(scene: Scene, link: ScoredLink) -> tuple[int, int] | None:
    candidate = link.cases[0].candidate
    return scene.find_trigger(candidate.sentence, link.relation, candidate.second.name.end)


def pair_of(link: ScoredLink) -> frozenset[int]:
    """The two units of a link."""
    return frozenset((link.head, link.tail))
