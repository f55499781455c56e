"""Numbers of units: each is described among the others of its document."""

from __future__ import annotations

import numpy as np
import pytest
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.extraction.unit_numbers import UnitNumbers
from bingdi.graph.model import EntityType, Relation
from numpy.typing import NDArray
from scenes import Told, stage, tell, unit_of

NAMES = (
    ("温宿县", EntityType.LOCALITY),
    ("滨江医院", EntityType.INSTITUTION),
    ("江畔中学", EntityType.INSTITUTION),
    ("温宿县滨江医院", EntityType.INSTITUTION),
    ("江苏省", EntityType.LOCALITY),
)


def read(scene: Scene, *told: Told, **accepted: float) -> NDArray[np.float64]:
    """The rows of a scene in which every unit is as likely as its name says, or half likely."""
    scores = np.full(len(scene.units), 0.5)
    for name, score in accepted.items():
        scores[unit_of(scene, name)] = score
    return UnitNumbers(read_channels(scene.text), scene, scores, tell(scene, *told)).read_rows()


@pytest.mark.parametrize(
    ("text", "other", "near"),
    [
        ("滨江医院、江畔中学开门。江苏省来信。", "江畔中学", True),
        ("滨江医院开门。江畔中学来信。", "江畔中学", False),
        ("滨江医院开门。温宿县滨江医院来信。", "温宿县滨江医院", True),
        ("滨江医院江苏省来信。", "江苏省", True),
    ],
)
def test_what_is_thought_of_others_counts_where_they_stand_beside_it_or_are_called_alike(
    text: str, other: str, near: bool
) -> None:
    scene = stage(text, *NAMES)
    place = unit_of(scene, "滨江医院")
    likely, unlikely = (read(scene, **{other: score})[place] for score in (0.9, 0.1))
    assert bool((likely != unlikely).any()) is near


def test_its_links_speak_for_a_unit() -> None:
    scene = stage("滨江医院为温宿县送药。", *NAMES)
    alone, tied = read(scene), read(scene, ("滨江医院", Relation.AIDS, "温宿县", 0.8))
    assert alone.shape == tied.shape
    for name in ("滨江医院", "温宿县"):
        changed = tied[unit_of(scene, name)][tied[unit_of(scene, name)] != alone[unit_of(scene, name)]]
        assert changed == pytest.approx([0.8] * len(changed), abs=0.01)
        assert len(changed)


def test_a_part_and_its_whole_play_other_parts() -> None:
    scene = stage("滨江医院在温宿县。", *NAMES)
    rows = read(scene, ("滨江医院", Relation.PART_OF, "温宿县", 0.8)) - read(scene)
    part, whole = (set(np.flatnonzero(rows[unit_of(scene, name)])) for name in ("滨江医院", "温宿县"))
    assert part
    assert whole
    assert part.isdisjoint(whole)
