"""Consistency: which of several links of two bodies are kept."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.consistency import ScoredLink, drop_doubles
from bingdi.graph.extraction.link_rows import Case
from bingdi.graph.model import EntityType, Relation
from scenes import stage

SIGNS, HOSTS, BUILDS = Relation.SIGNS_AGREEMENT_WITH, Relation.CO_HOSTS, Relation.CO_BUILDS
EXCHANGES, AIDS = Relation.EXCHANGES_WITH, Relation.AIDS


def kept(text: str, *believed: tuple[Relation, float]) -> list[Relation]:
    """The relations of 温宿县 and 江苏省 in a sentence that are left of those believed."""
    scene = stage(text, ("温宿县", EntityType.LOCALITY), ("江苏省", EntityType.LOCALITY))
    (candidate,) = iter_candidates(scene)
    links = [
        ScoredLink(
            head=candidate.first.unit,
            relation=relation,
            tail=candidate.second.unit,
            score=score,
            cases=(Case(score=score, cooperation=score, candidate=candidate),),
        )
        for relation, score in believed
    ]
    return [link.relation for link in drop_doubles(scene, links)]


@pytest.mark.parametrize(
    ("text", "believed", "left"),
    [
        ("温宿县与江苏省签订协议。", [(SIGNS, 0.9), (HOSTS, 0.5)], [SIGNS]),
        ("温宿县与江苏省签订协议。", [(SIGNS, 0.9), (BUILDS, 0.5)], [SIGNS]),
        ("温宿县与江苏省签订协议。", [(SIGNS, 0.9), (HOSTS, 0.7)], [SIGNS, HOSTS]),
        ("温宿县与江苏省签订协议。", [(HOSTS, 0.5)], [HOSTS]),
        ("温宿县与江苏省签订协议，共同举办展会。", [(SIGNS, 0.9), (HOSTS, 0.5)], [SIGNS, HOSTS]),
        ("江苏省专家来到温宿县，为温宿县援建医院。", [(AIDS, 0.9), (EXCHANGES, 0.5)], [AIDS]),
        ("经江苏省牵线，温宿县办了展会。", [(SIGNS, 0.9), (HOSTS, 0.5)], [SIGNS, HOSTS]),
    ],
)
def test_of_two_relations_the_one_without_a_word_of_its_own_gives_way(
    text: str, believed: list[tuple[Relation, float]], left: list[Relation]
) -> None:
    assert kept(text, *believed) == left
