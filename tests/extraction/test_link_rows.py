"""Cases and rows of possible links: what the candidates of a document say together."""

from __future__ import annotations

import numpy as np
import pytest
from bingdi.graph.extraction.link_rows import read_rows
from bingdi.graph.extraction.scene import AROUND
from bingdi.graph.model import EntityType, Relation
from scenes import stage, tell, unit_of

AIDS, SIGNS, PART = Relation.AIDS, Relation.SIGNS_AGREEMENT_WITH, Relation.PART_OF
TEXT = "江苏省与温宿县签订协议，滨江医院为温宿县送药。"
NAMES = (
    ("江苏省", EntityType.LOCALITY),
    ("温宿县", EntityType.LOCALITY),
    ("滨江医院", EntityType.INSTITUTION),
)


def test_a_score_is_asked_for_by_its_ends_in_the_direction_of_the_relation() -> None:
    scene = stage(TEXT, *NAMES)
    hospital, county, province = (unit_of(scene, name) for name in ("滨江医院", "温宿县", "江苏省"))
    cases = tell(scene, ("滨江医院", AIDS, "温宿县", 0.8), ("江苏省", SIGNS, "温宿县", 0.6))
    assert cases.get_score(hospital, AIDS, county) == pytest.approx(0.8, abs=0.01)
    assert cases.get_score(county, AIDS, hospital) == 0
    both = [cases.get_score(province, SIGNS, county), cases.get_score(county, SIGNS, province)]
    assert both == pytest.approx([0.6, 0.6], abs=0.01)
    assert cases.get_score(province, SIGNS, hospital) == 0
    assert cases.of_unit[county].best == pytest.approx(0.8, abs=0.01)
    assert cases.of_unit[county].best_but(hospital) == pytest.approx(0.6, abs=0.01)


def test_a_whole_is_the_likeliest_of_those_that_are_likely() -> None:
    scene = stage(TEXT, *NAMES)
    hospital, county, province = (unit_of(scene, name) for name in ("滨江医院", "温宿县", "江苏省"))
    cases = tell(
        scene, ("滨江医院", PART, "温宿县", 0.5), ("滨江医院", PART, "江苏省", 0.7), ("温宿县", PART, "江苏省", 0.2)
    )
    assert {unit: whole for unit, (_, whole) in cases.wholes.items()} == {hospital: province}
    assert cases.parts == {county: [hospital], province: [hospital]}


def test_what_is_thought_of_the_whole_is_told_of_the_part() -> None:
    scene = stage(TEXT, *NAMES)
    link, part = ("滨江医院", AIDS, "温宿县", 0.8), ("滨江医院", PART, "江苏省", 0.7)
    rows = {}
    for name, told in {
        "alone": (),
        "apart": (("江苏省", SIGNS, "温宿县", 0.6),),
        "same": (("江苏省", AIDS, "温宿县", 0.6),),
    }.items():
        keys, matrix = read_rows(tell(scene, link, part, *told), scene, accepted=np.ones(len(scene.units)))
        rows[name] = matrix[keys.index((unit_of(scene, "滨江医院"), AIDS, unit_of(scene, "温宿县")))].tolist()
    assert len({len(row) for row in rows.values()}) == 1
    assert [round(value, 2) for value in rows["same"]].count(0.6) > [round(value, 2) for value in rows["apart"]].count(
        0.6
    )
    assert rows["alone"] != rows["apart"]


def test_links_between_unlikely_units_have_no_rows() -> None:
    scene = stage(TEXT, *NAMES)
    accepted = np.ones(len(scene.units))
    accepted[unit_of(scene, "江苏省")] = 0.1
    cases = tell(scene, ("滨江医院", AIDS, "温宿县", 0.8), ("江苏省", SIGNS, "温宿县", 0.6))
    keys, matrix = read_rows(cases, scene, accepted=accepted, least=0.3)
    assert [relation for _, relation, _ in keys] == [AIDS]
    assert len(matrix) == 1
    assert read_rows(cases, scene, accepted=np.zeros(len(scene.units)), least=0.3)[0] == []


def test_what_else_a_long_text_tells_changes_no_row() -> None:
    link, other = ("滨江医院", AIDS, "温宿县", 0.8), ("沙雅县", SIGNS, "额敏县", 0.9)
    more = (("沙雅县", EntityType.LOCALITY), ("额敏县", EntityType.LOCALITY))
    long = TEXT + "这里的天气很好。" * 2 * AROUND + "沙雅县与额敏县签订协议。" * 9
    rows = []
    for text, names, told in ((TEXT, NAMES, (link,)), (long, (*NAMES, *more), (link, other))):
        scene = stage(text, *names)
        keys, matrix = read_rows(tell(scene, *told), scene, accepted=np.ones(len(scene.units)))
        rows.append(matrix[keys.index((unit_of(scene, "滨江医院"), AIDS, unit_of(scene, "温宿县")))].tolist())
    assert rows[0] == rows[1]
