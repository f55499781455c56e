"""The tables of a cross-validation, from tallies and judgements made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("lightgbm", reason="the training library is not installed")

from bingdi.graph.reading import document_from_text
from bingdi.training.corpus import Example, GoldEntity, GoldLink
from bingdi.training.evaluate import Fold, render_classes, render_reliability
from bingdi.training.score import MEASURES, Prediction, Tally, judge_links


def example() -> Example:
    """Two partners and an optional third."""
    entities = (
        GoldEntity(name="天津市", type="locality", aliases=("天津",)),
        GoldEntity(name="第十一师", type="division", aliases=()),
    )
    link = GoldLink(head="天津市", relation="aids", tail="第十一师", cue="", date="", status="", quote=None)
    return Example(
        document=document_from_text("天津援助第十一师。", name="one"),
        group="one",
        topic="",
        entities=entities,
        links=(link,),
        optional_entities=("某公司",),
        optional_links=(("天津市", "exchanges_with", "第十一师"),),
    )


def test_links_are_right_wrong_or_open() -> None:
    rows = (
        (("天津",), "aids", ("第十一师",)),
        (("第十一师",), "aids", ("天津市",)),
        (("第十一师",), "exchanges_with", ("天津市",)),
        (("某公司",), "aids", ("第十一师",)),
        (("北京市",), "aids", ("第十一师",)),
    )
    assert judge_links(example(), Prediction(entities=(), links=rows)) == [True, False, None, None, False]


def test_names_of_a_traditional_text_are_also_learnt_in_simplified_characters() -> None:
    park = GoldEntity(name="昌吉国家农业科技园区", type="site", aliases=("昌吉農業園區",))
    written = replace(example(), entities=(park,), optional_entities=("農科院",))
    before, after = written.keys(), written.simplified().keys()
    assert "昌吉农业园区" not in before
    assert after["昌吉农业园区"].name == park.name
    assert set(written.simplified().optional_entities) == {"農科院", "农科院"}


def test_tables_by_class_and_by_probability() -> None:
    tally = Tally()
    tally.add({("甲", "site"), ("乙", "site"), ("丙", "division")}, {("甲", "site"), ("丁", "site")}, document="one")
    tallies = {measure: Tally() for measure in MEASURES} | {"entities": tally}
    pairs = ((0.95, True), (0.91, True), (0.97, False), (0.3, False), (1.0, True))
    fold = Fold(tallies=tallies, longer=tallies, further=tallies, reliability=pairs)
    assert render_classes([fold]).splitlines()[2:] == [
        "| division | 1 | 0.00 | 0.00 | 0.00 |",
        "| site | 2 | 0.50 | 0.50 | 0.50 |",
    ]
    assert render_reliability([fold]).splitlines()[2:] == [
        "| 0.3–0.4 | 1 | 0.30 | 0.00 |",
        "| 0.9–1.0 | 4 | 0.96 | 0.75 |",
    ]
