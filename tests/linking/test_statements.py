"""Statements: frames of plain clauses, with signs for the names."""

from __future__ import annotations

from typing import Any

import pytest
from bingdi.graph.errors import LexiconError
from bingdi.graph.extraction import statements
from bingdi.graph.extraction.analysis import make_scene, read_sentences
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.names import Name
from bingdi.graph.extraction.scene import Scene
from bingdi.graph.extraction.statements import iter_statements, load_frames
from bingdi.graph.model import EntityType, Relation
from hypothesis import given, settings
from hypothesis import strategies as st

BODIES = {
    "第三师": EntityType.DIVISION,
    "第五师": EntityType.DIVISION,
    "温宿县": EntityType.LOCALITY,
    "江苏省": EntityType.LOCALITY,
}


def stage(text: str) -> Scene:
    """The scene of a text in which every place of the bodies is a sure name."""
    names = [
        Name(start=at, end=at + len(body), type=kind, score=0.9, rule="labeller", level=0)
        for body, kind in BODIES.items()
        for at in range(len(text))
        if text.startswith(body, at)
    ]
    return make_scene(read_channels(text), read_sentences(text), names, least=0.1)


def state(text: str) -> set[tuple[str, Relation, str]]:
    """Head, relation and tail, by surface, of what the frames find where every name is believed."""
    scene = stage(text)
    found = iter_statements(scene, [True] * len(scene.units))
    return {
        (scene.units[said.head.unit].surfaces[0], said.relation, scene.units[said.tail.unit].surfaces[0])
        for said in found
    }


def test_both_sides_of_a_plain_clause_are_tied() -> None:
    signed = Relation.SIGNS_AGREEMENT_WITH
    found = state("去年春天，温宿县与第三师、第五师签订了用水协议。")
    assert found == {("温宿县", signed, "第三师"), ("温宿县", signed, "第五师")}


@pytest.mark.parametrize(
    "text",
    [
        "江苏省、温宿县分别与第三师、第五师签订协议。",
        "温宿县没有与第三师签订协议。",
        "温宿县希望与第三师签订协议。",
        "温宿县与第三师都离得很远。",
    ],
)
def test_what_is_shared_out_denied_or_wished_states_nothing(text: str) -> None:
    assert state(text) == set()


def test_only_believed_names_take_part() -> None:
    scene = stage("温宿县与第三师签订协议。")
    assert list(iter_statements(scene, [True] * len(scene.units)))
    assert not list(iter_statements(scene, [unit.surfaces[0] != "第三师" for unit in scene.units]))


@given(st.text(alphabet="第三师五温宿县与、，。分别签订协议共同举办援\ue000\n ", max_size=60))
@settings(max_examples=60, deadline=None)
def test_frames_tie_only_different_bodies_of_the_text(text: str) -> None:
    scene = stage(f"看。{text}")
    for said in iter_statements(scene, [True] * len(scene.units)):
        assert said.head.unit != said.tail.unit
        assert said.candidate.first.name.start <= said.candidate.second.name.start


@pytest.mark.parametrize(
    "content",
    [
        {"pieces": {}, "frame": [{"name": "x", "relation": "aids", "needs": "a", "pattern": "("}]},
        {"pieces": {}, "frame": [{"name": "x", "relation": "likes", "needs": "a", "pattern": "a"}]},
        {"pieces": {}, "frame": [{"name": "x", "relation": "aids", "needs": "a", "pattern": "{missing}"}]},
        {"frame": [{"name": "x"}]},
    ],
)
def test_a_damaged_file_of_frames_is_named(content: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "load_lexicon", lambda _: content)
    load_frames.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"frames\.toml"):
            load_frames()
    finally:
        load_frames.cache_clear()
