"""Evidence: which cases of a believed link are shown."""

from __future__ import annotations

import numpy as np
import pytest
from bingdi.graph.extraction.analysis import Analysis
from bingdi.graph.extraction.candidates import LinkCandidate, iter_candidates
from bingdi.graph.extraction.consistency import ScoredLink
from bingdi.graph.extraction.link_rows import Case
from bingdi.graph.linking import link_document
from bingdi.graph.model import Document, EntityType, Evidence, Relation
from scenes import stage, unit_of

TEXT = "温宿县的春天\n第三师的客人到了。路上走了两个小时，温宿县的杏花开了，第三师的人说好看。"
SHOWN = "路上走了两个小时，温宿县的杏花开了，第三师的人说好看。"


def _case(score: float, candidate: LinkCandidate) -> Case:
    return Case(score=score, cooperation=score, candidate=candidate)


def show(*scores: float, cuts: tuple[int, ...] = ()) -> tuple[Evidence, ...]:
    """The evidence of a link of two bodies, its cases with these scores: out of the title, then in a sentence."""
    scene = stage(TEXT, ("温宿县", EntityType.LOCALITY), ("第三师", EntityType.DIVISION))
    candidates = list(iter_candidates(scene))
    titled = next(each for each in candidates if each.first.name.start < scene.title_end)
    inside = next(each for each in candidates if each.kind == "pair")
    cases = (_case(scores[0], titled), _case(scores[1], inside))
    head, tail = unit_of(scene, "温宿县"), unit_of(scene, "第三师")
    link = ScoredLink(
        head=head,
        relation=Relation.COOPERATES_WITH,
        tail=tail,
        score=0.8,
        cases=tuple(sorted(cases, key=lambda case: -case.score)),
    )
    analysis = Analysis(scene=scene, accepted=np.ones(len(scene.units)), limit=0.5, links=(link,))
    document = Document(id="0" * 16, name="春天", text=TEXT, title="温宿县的春天", cuts=cuts)
    found = link_document(document, analysis).links
    return found[0].evidence if found else ()


def test_a_case_out_of_the_title_is_no_evidence() -> None:
    (found,) = show(0.8, 0.4)
    assert TEXT[found.start : found.end] == SHOWN
    assert found.confidence == pytest.approx(0.4)


def test_what_is_left_must_be_worth_something_by_itself() -> None:
    assert show(0.8, 0.1) == ()


def test_the_best_case_is_shown_whatever_its_score() -> None:
    (found,) = show(0.1, 0.15)
    assert found.confidence == pytest.approx(0.8)


def test_no_evidence_runs_across_what_was_left_out_of_the_page() -> None:
    start = TEXT.index(SHOWN)
    assert show(0.1, 0.8, cuts=(start + 5,)) == ()
    assert [TEXT[each.start : each.end] for each in show(0.1, 0.8, cuts=(0, start, len(TEXT)))] == [SHOWN]
