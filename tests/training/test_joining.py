"""Documents joined to longer texts: each stands in one of them, with its names in their places and its gold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("lightgbm", reason="the training library is not installed")

from bingdi.graph.extraction.analysis import read_sentences
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.name_features import NameContext
from bingdi.graph.extraction.names import TYPES, Name
from bingdi.graph.model import EntityType
from bingdi.graph.reading import document_from_text
from bingdi.training.corpus import Example, GoldEntity, GoldLink
from bingdi.training.items import Item, cross
from bingdi.training.joining import SIZES, iter_groups, join_examples, join_items

CITY = GoldEntity(name="昌吉市", type="locality", aliases=())
DIVISION = GoldEntity(name="第十二师", type="division", aliases=("十二师",))
AID = GoldLink(head="昌吉市", relation="aids", tail="第十二师", cue="", date="", status="", quote=(0, 3))
FIRST, SECOND = "昌吉市援助十二师。", "某旅行社走访昌吉市。\n兵团第十二师致谢。"


def make_example(text: str, *entities: GoldEntity, links: tuple[GoldLink, ...] = (), topic: str = "") -> Example:
    """A document with this gold; 某旅行社 is optional in each."""
    return Example(
        document=document_from_text(text, name=text[:4]),
        group=text,
        topic=topic,
        entities=entities,
        links=links,
        optional_entities=("某旅行社",),
        optional_links=(("昌吉市", "exchanges_with", "第十二师"),),
    )


def make_item(example: Example, fold: int = 0) -> Item:
    """A document whose names are its entities, wherever they stand, and sure."""
    text = example.document.text
    channels = read_channels(text)
    surfaces = [
        (surface, entity.type) for entity in example.entities for surface in (entity.name, *entity.aliases)[-1:]
    ]
    names = tuple(
        Name(start=at, end=at + len(surface), type=EntityType(kind), score=0.9, rule="labeller", level=0)
        for surface, kind in surfaces
        if (at := text.find(surface)) >= 0
    )
    context = NameContext(channels, names, np.zeros((len(text), 2 * len(TYPES) + 1), np.float32))
    return Item(example, fold, channels, read_sentences(text), names, context, [[] for _ in names])


def test_a_joined_text_has_the_gold_of_its_documents() -> None:
    other = replace(DIVISION, aliases=("兵团第十二师",))
    first, second = make_example(FIRST, CITY, DIVISION, links=(AID,)), make_example(SECOND, CITY, other, links=(AID,))
    agency = GoldEntity(name="某旅行社", type="institution", aliases=())
    both = join_examples([first, second])
    assert both.document.text == f"{first.document.text}\n\n{second.document.text}"
    assert both.document.id not in (first.document.id, second.document.id)
    assert [entity.name for entity in both.entities] == ["昌吉市", "第十二师"]
    assert both.keys()["12师"].name == "第十二师"
    assert both.entities[1].aliases == ("十二师", "兵团第十二师")
    assert both.links == (replace(AID, quote=None),)
    assert both.optional_entities == ("某旅行社",)
    assert both.optional_links == first.optional_links
    assert join_examples([first, make_example(SECOND, agency)]).optional_entities == ()


def test_names_stand_where_their_document_stands() -> None:
    items = [make_item(make_example(FIRST, CITY, DIVISION)), make_item(make_example(SECOND, CITY, DIVISION))]
    (joined,) = join_items(items, least=0.1)
    text = joined.example.document.text
    assert joined.joined
    assert sorted(text[name.start : name.end] for name in joined.names) == ["十二师", "十二师", "昌吉市", "昌吉市"]
    assert len(joined.scene.units) == 2
    assert [item.joined for item in items] == [False, False]


def test_a_fit_learns_from_joined_texts_only_where_it_is_meant_to() -> None:
    items = [make_item(make_example(f"{FIRST}{number}", CITY, DIVISION), fold=number % 2) for number in range(4)]
    items += join_items(items, least=0.1)
    seen: list[tuple[int, ...]] = []

    def fit(places: list[int]) -> tuple[int, ...]:
        seen.append(tuple(places))
        return tuple(places)

    last, found = cross(items, fit, lambda fitted, place: (fitted, place))
    assert last == (0, 1, 2, 3)
    assert [place for _, place in found] == list(range(len(items)))
    assert all(items[learnt].fold != items[place].fold for fitted, place in found for learnt in fitted)
    assert cross(items, fit, lambda fitted, place: (fitted, place), joined=True)[0] == tuple(range(len(items)))


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(["xinjiang", "elsewhere"])), max_size=60))
def test_each_document_stands_in_one_joined_text(kinds: list[tuple[int, bool, str]]) -> None:
    examples = [replace(make_example(FIRST, topic=topic), further=further) for _, further, topic in kinds]
    folds = [fold for fold, _, _ in kinds]
    groups = list(iter_groups(examples, folds))
    assert sorted(place for group in groups for place in group) == list(range(len(kinds)))
    assert all(1 <= len(group) <= max(SIZES) for group in groups)
    assert all(len({kinds[place] for place in group}) == 1 for group in groups)
    assert groups == list(iter_groups(examples, folds))
