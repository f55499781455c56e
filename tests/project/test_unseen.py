"""The documents that nothing is to learn from, ``seeds/corpus/unseen``."""

from __future__ import annotations

from pathlib import Path

import pytest
from bingdi.graph.model import EntityType, Relation
from bingdi.training.corpus import Example, read_corpus

CORPUS = Path(__file__).resolve().parents[2] / "seeds" / "corpus"


@pytest.fixture(scope="module")
def unseen() -> tuple[Example, ...]:
    return read_corpus(CORPUS / "unseen")


def test_scorers_learn_from_none_of_them_and_from_none_of_their_pages(unseen: tuple[Example, ...]) -> None:
    learnt = read_corpus(CORPUS)
    assert not {example.group for example in unseen} & {example.group for example in learnt}
    assert not {example.document.name for example in unseen} & {example.document.name for example in learnt}


def test_every_annotation_can_be_scored(unseen: tuple[Example, ...]) -> None:
    assert len(unseen) == 128
    for example in unseen:
        names = {entity.name for entity in example.entities}
        assert {entity.type for entity in example.entities} <= set(EntityType), example.document.name
        for link in example.links:
            assert link.relation in set(Relation), example.document.name
            assert {link.head, link.tail} <= names, example.document.name
