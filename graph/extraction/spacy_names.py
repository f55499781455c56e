"""Names that a trained spaCy pipeline finds, as further candidates: the scorers decide on them as on all others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ..errors import ModelError
from ..model import EntityType

if TYPE_CHECKING:
    from spacy.language import Language

NameSpan = tuple[int, int, EntityType]
_TYPES = {
    "ORG": EntityType.INSTITUTION,
    "GPE": EntityType.LOCALITY,
    "FAC": EntityType.SITE,
    "EVENT": EntityType.INITIATIVE,
}
"""OntoNotes labels of spaCy's Chinese pipelines (https://spacy.io/models/zh) with the type that each comes nearest."""


@cache
def load_spacy_names(name: str) -> Language:
    """The trained pipeline of this package name or folder.

    Raises ModelError where it is not installed, is broken, or has nothing that finds named entities.
    """
    import spacy

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError, KeyError) as error:
        raise ModelError(f"{name}: no spaCy pipeline can be loaded from here; install one and give its name") from error
    assigned = {what for pipe in nlp.pipe_names for what in nlp.get_pipe_meta(pipe).assigns}
    if "doc.ents" not in assigned:
        raise ModelError(f"{name}: this spaCy pipeline finds no named entities; give one with a component such as ner")
    return nlp


def get_spacy_version(name: str) -> str:
    """Name, language and version of a pipeline, as its own meta data give them: ``zh_core_web_sm-3.8.0``."""
    meta = load_spacy_names(name).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def iter_spacy_names(text: str, *, model: str) -> Iterator[NameSpan]:
    """Spans of a simplified text that the pipeline calls ORG, GPE, FAC or EVENT, with our types."""
    for entity in load_spacy_names(model)(text).ents:
        if entity.label_ in _TYPES and not entity.text.isspace():
            yield entity.start_char, entity.end_char, _TYPES[entity.label_]
