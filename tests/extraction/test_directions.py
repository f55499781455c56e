"""Directions: who gives and who receives where the words turn it round."""

from __future__ import annotations

import pytest
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.consistency import ScoredLink
from bingdi.graph.extraction.directions import turn_round
from bingdi.graph.extraction.link_rows import Case
from bingdi.graph.model import EntityType, Relation
from scenes import stage, unit_of


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("温宿县向江苏省表示感谢。", "江苏省"),
        ("温宿县对江苏省多年的支持表示感谢。", "江苏省"),
        ("温宿县的干部感谢江苏省一直以来的关心。", "江苏省"),
        ("温宿县感谢江苏省对县里的支持。", "温宿县"),
        ("温宿县把锦旗送到江苏省的医生手里。", "江苏省"),
        ("温宿县收到江苏省的冬衣。", "江苏省"),
        ("多年来，给温宿县送来药品的有江苏省。", "江苏省"),
        ("温宿县的校长到江苏省跟岗。", "江苏省"),
        ("江苏省筹集物资，已经分送温宿县。", "江苏省"),
        ("江苏省的捐款送进温宿县。", "江苏省"),
        ("温宿县支援江苏省。", "温宿县"),
        ("温宿县的教师到江苏省支教。", "温宿县"),
        ("温宿县对江苏省的支持没有断过。", "温宿县"),
    ],
)
def test_who_gives_where_the_scorers_think_that_the_county_does(text: str, giver: str) -> None:
    scene = stage(text, ("温宿县", EntityType.LOCALITY), ("江苏省", EntityType.LOCALITY))
    (candidate,) = iter_candidates(scene)
    county, province = unit_of(scene, "温宿县"), unit_of(scene, "江苏省")
    case = Case(score=0.8, cooperation=0.8, candidate=candidate)
    believed = ScoredLink(head=county, relation=Relation.AIDS, tail=province, score=0.8, cases=(case,))
    (found,) = turn_round(scene, [believed])
    assert {found.head, found.tail} == {county, province}
    assert found.head == unit_of(scene, giver)


def test_other_relations_stay_as_they_are() -> None:
    scene = stage("温宿县向江苏省表示感谢。", ("温宿县", EntityType.LOCALITY), ("江苏省", EntityType.LOCALITY))
    (candidate,) = iter_candidates(scene)
    case = Case(score=0.8, cooperation=0.8, candidate=candidate)
    link = ScoredLink(head=0, relation=Relation.EXCHANGES_WITH, tail=1, score=0.8, cases=(case,))
    assert list(turn_round(scene, [link])) == [link]
