"""What a scene tells of its names."""

from __future__ import annotations

from bingdi.graph.extraction.scene import AROUND
from bingdi.graph.model import EntityType
from scenes import stage

PLAIN = "这里的天气很好。"


def test_a_rank_is_that_of_what_is_named_near() -> None:
    loud, quiet = "温宿县来了。", "沙雅县与温宿县，沙雅县来信。"
    text = quiet + PLAIN * 2 * AROUND + loud * 5
    scene = stage(text, ("沙雅县", EntityType.LOCALITY), ("温宿县", EntityType.LOCALITY))
    surfaces = [(text[item.name.start : item.name.end], scene.rank(item)) for item in scene.placed]
    assert surfaces[:3] == [("沙雅县", 0), ("温宿县", 1), ("沙雅县", 0)]
    assert surfaces[3:] == [("温宿县", 0)] * 5


def test_in_a_short_text_all_stand_near() -> None:
    text = "沙雅县来信。" + PLAIN * (AROUND - 3) + "温宿县来了。" * 3
    scene = stage(text, ("沙雅县", EntityType.LOCALITY), ("温宿县", EntityType.LOCALITY))
    assert [scene.rank(item) for item in scene.placed] == [1, 0, 0, 0]


def test_breaks_are_lines_and_paragraphs() -> None:
    text = "甲县来信。\n乙县来信。\n\n丙县来信。" + "\n\n丁县来信。" * 5
    scene = stage(text)
    assert scene.breaks_between(0, 4) == (0, 0)
    assert scene.breaks_between(0, text.index("丙")) == (3, 1)
    assert scene.breaks_between(0, len(text)) == (6, 3)
