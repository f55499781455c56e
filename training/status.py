"""Fits the status scorer: ``python -m bingdi.training.status`` writes ``seeds/models/status.json``."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..graph.extraction.dating import DatedText
from ..graph.extraction.status import FORMAT, Setting, StatusScorer, read_status_features
from ..graph.model import Document, Relation, Sentence, Span, Status
from ..graph.reading import simplify, split_sentences
from .corpus import Example, GoldLink, read_corpus

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
STRENGTH = 0.1
LEAST_DOCUMENTS = 2
# Each case is learned a second time as if no trigger had been found, with less weight.
PLAIN_WEIGHT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A gold link at its quote: ``[start, end)`` are the sentences of the quote in the simplified text."""

    document: Document
    link: GoldLink
    dated: DatedText
    start: int
    end: int
    trigger: Span | None

    @property
    def relation(self) -> Relation:
        """The relation of the link."""
        return Relation(self.link.relation)

    def setting(self, *, plain: bool = False) -> Setting:
        """What the scorer sees; ``plain`` hides the trigger."""
        return self.dated.setting(start=self.start, end=self.end, trigger=None if plain else self.trigger)


def iter_cases(examples: Iterable[Example]) -> Iterator[Case]:
    """The gold links whose quote is found, in order; the trigger is the cue in the quote or its sentences."""
    for example in examples:
        document = example.document
        text, sentences = simplify(document.text), split_sentences(document.text)
        dated = DatedText.read(text, published=document.date)
        for link in example.links:
            if link.quote:
                start, end = _find_sentences(sentences, link.quote)
                trigger = _find_cue(text, simplify(link.cue), (link.quote, (start, end)))
                yield Case(
                    document=document,
                    link=link,
                    dated=dated,
                    start=start,
                    end=end,
                    trigger=trigger,
                )


def split_halves(examples: Iterable[Example]) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Two halves by the digest of the page, so that documents of one page stay together."""
    halves: tuple[list[Example], list[Example]] = ([], [])
    for example in examples:
        halves[hashlib.blake2b(example.group.encode(), digest_size=8).digest()[0] % 2].append(example)
    return tuple(halves[0]), tuple(halves[1])


def fit_status(cases: Iterable[Case]) -> StatusScorer:
    """A logistic regression over the features that two documents at least share."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [case for case in cases if case.link.status]
    classes = sorted({Status(case.link.status) for case in known}) or [Status.DONE]
    if len(classes) == 1:
        return StatusScorer(classes=tuple(classes), intercept=(0.0,), weights={})
    rows = [read_status_features(case.setting(plain=plain)) for plain in (False, True) for case in known]
    kept = _find_shared(zip(rows, known + known, strict=True))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(sorted(row & kept), 1) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    weights = [1.0] * len(known) + [PLAIN_WEIGHT] * len(known)
    model.fit(table, [case.link.status for case in known] * 2, sample_weight=weights)
    # Of two classes the model has one column, for the second.
    columns = np.vstack([-model.coef_, model.coef_]) if len(classes) == 2 else model.coef_
    intercept = [-model.intercept_[0], *model.intercept_] if len(classes) == 2 else model.intercept_
    return StatusScorer(
        classes=tuple(Status(name) for name in model.classes_),
        intercept=tuple(round(float(value), 2) for value in intercept),
        weights={
            str(name): tuple(round(float(value), 2) for value in column)
            for name, column in zip(vectorizer.get_feature_names_out(), columns.T, strict=True)
        },
    )


def render_scorer(scorer: StatusScorer) -> str:
    """The scorer as JSON, one feature a line, in a fixed order; features that weigh nothing are left out."""
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps([value + 0.0 for value in weight])}"
        for name, weight in sorted(scorer.weights.items())
        if any(weight)
    ]
    head = json.dumps({"format": FORMAT, "classes": scorer.classes, "intercept": scorer.intercept})
    return head[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Fits on the whole corpus and writes the model."""
    path = SEEDS / "models" / "status.json"
    scorer = fit_status(iter_cases(read_corpus(SEEDS / "corpus")))
    path.parent.mkdir(exist_ok=True)
    path.write_text(render_scorer(scorer), "utf-8")
    sys.stderr.write(f"{path.name}: {len(scorer.weights)} features\n")


def _find_shared(rows: Iterable[tuple[frozenset[str], Case]]) -> frozenset[str]:
    seen: dict[str, set[str]] = {}
    for features, case in rows:
        for feature in features:
            seen.setdefault(feature, set()).add(case.document.name)
    return frozenset(feature for feature, names in seen.items() if len(names) >= LEAST_DOCUMENTS)


def _find_sentences(sentences: Iterable[Sentence], quote: Span) -> Span:
    touched = [found for found in sentences if found.start < quote[1] and quote[0] < found.end]
    return touched[0].start, touched[-1].end


def _find_cue(text: str, cue: str, places: Iterable[Span]) -> Span | None:
    for start, end in places:
        if cue and (place := text.find(cue, start, end)) >= 0:
            return place, place + len(cue)
    return None


if __name__ == "__main__":
    main()
