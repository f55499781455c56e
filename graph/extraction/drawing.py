"""Drawing by displaCy: text with labelled spans as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def render_entities(text: str, marks: Sequence[Mapping[str, Any]], *, colours: Mapping[str, str]) -> str:
    """A fragment of HTML; ``marks`` are start, end and label in text order without overlap."""
    from spacy import displacy

    drawn = displacy.render(
        {"text": text, "ents": [dict(mark) for mark in marks], "title": None},
        style="ent",
        manual=True,
        options={"colors": dict(colours)},
        jupyter=False,
    )
    return str(drawn)
