"""The spaCy pipeline: registered components on a blank Chinese pipeline, ``nlp = load_pipeline()``.

A document is analysed only as far as it can hold something: a text without any name, ending word or number
before 师 or 团 makes no Doc. The components keep their results where spaCy users look for them:

- ``doc.spans["sentences"]``, ``doc.spans["mentions"]`` (label: entity type; ``span.id_``: number of the unit),
- ``doc._.link_candidates``: LinkSpan values that hold head, tail and trigger spans, relation and probability,
- ``doc._.analysis``: the whole analysis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..model import Relation
from .analysis import Analysis, analyse, read_sentences
from .models import Models, load_models, read_models

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSpan:
    """A link as spans of a Doc; ``score`` is its calibrated probability, ``trigger`` may be missing."""

    head: Span
    tail: Span
    trigger: Span | None
    relation: Relation
    score: float


def read_analysis(text: str, *, models: Models | None = None, spacy_model: str = "") -> Analysis:
    """The analysis of a text by the given scorers or those that come with bingdi.

    ``spacy_model`` names a trained spaCy pipeline whose entities join as candidates.
    """
    return analyse(text, models or load_models(), spacy_model=spacy_model)


class _Offsets:
    """Character offsets to tokens; spaCy attaches white space to the token before it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = np.array([token.idx for token in doc], np.int64)

    def span(self, start: int, end: int, *, label: str = "", number: int | None = None) -> Span:
        """The span of the tokens that begin in ``[start, end)``."""
        from spacy.tokens import Span

        low, high = np.searchsorted(self.starts, [start, end])
        return Span(self.doc, int(low), int(high), label=label, span_id="" if number is None else str(number))


class SentenceComponent:
    """Sets sentence boundaries by the rules of ``graph.reading`` (spaCy's own split 3.5亿元)."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark sentence starts and keep the sentences as spans."""
        offsets = _Offsets(doc)
        spans = [offsets.span(sentence.start, sentence.end) for sentence in read_sentences(doc.text)]
        spans = [span for span in spans if len(span)]
        starts = {span.start for span in spans}
        for token in doc:
            token.is_sent_start = token.i in starts
        doc.spans["sentences"] = spans
        return doc


class MentionComponent:
    """Finds names, decides which are entities, and keeps their mentions as spans."""

    def __init__(self, models: Models) -> None:
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Analyse the text and set ``doc.spans["mentions"]``."""
        analysis = analyse(doc.text, self.models)
        doc._.analysis = analysis
        offsets = _Offsets(doc)
        doc.spans["mentions"] = [
            offsets.span(placed.name.start, placed.name.end, label=str(placed.name.type), number=placed.unit)
            for placed in analysis.scene.placed
            if analysis.accepted[placed.unit] >= analysis.limit
        ]
        return doc


class LinkComponent:
    """Keeps the believed links as values that hold spans."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.link_candidates`` from the analysis."""
        doc._.link_candidates = tuple(_iter_link_spans(doc))
        return doc


def _iter_link_spans(doc: Doc) -> Iterable[LinkSpan]:
    offsets, scene = _Offsets(doc), doc._.analysis.scene
    for link in doc._.analysis.links:
        candidate = link.cases[0].candidate
        spans = {
            placed.unit: offsets.span(placed.name.start, placed.name.end, label=str(placed.name.type))
            for placed in (candidate.second, candidate.first)
        }
        trigger = scene.find_trigger(candidate.sentence, link.relation, candidate.second.name.end)
        yield LinkSpan(
            head=spans[link.head],
            tail=spans[link.tail],
            trigger=offsets.span(*trigger) if trigger else None,
            relation=link.relation,
            score=link.score,
        )


@cache
def register_components() -> None:
    """Register the factories ``bingdi_sentences``, ``bingdi_mentions`` and ``bingdi_links`` with spaCy."""
    from spacy.language import Language
    from spacy.tokens import Doc

    for name in ("analysis", "link_candidates"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)

    def make_sentences(nlp: Language, name: str) -> SentenceComponent:
        return SentenceComponent()

    def make_mentions(nlp: Language, name: str, models: str | None) -> MentionComponent:
        from pathlib import Path

        return MentionComponent(read_models(Path(models)) if models else load_models())

    def make_links(nlp: Language, name: str) -> LinkComponent:
        return LinkComponent()

    Language.factory("bingdi_sentences", func=make_sentences)
    Language.factory("bingdi_mentions", default_config={"models": None}, func=make_mentions)
    Language.factory("bingdi_links", func=make_links)


def load_pipeline() -> Language:
    """A blank Chinese pipeline with bingdi's components; displaCy draws its ``mentions`` spans."""
    import spacy

    register_components()
    nlp = spacy.blank("zh")
    for name in ("bingdi_sentences", "bingdi_mentions", "bingdi_links"):
        nlp.add_pipe(name)
    return nlp
