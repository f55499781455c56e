"""Statements: whether a sentence states a link of its two names, and when, in what state and of what it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..extraction.analysis import Analysis
from ..extraction.attributes import Attributes, is_refuted, read_attributes
from ..extraction.candidates import LinkCandidate
from ..extraction.consistency import ScoredLink
from ..extraction.dating import DatedText
from ..extraction.names import CLOSED_TYPES
from ..extraction.scene import Placed
from ..extraction.status import Setting
from ..extraction.vetoes import is_forbidden
from ..model import COOPERATION, Document, Evidence, Relation, Sentence, Span

SECOND_EVIDENCE = 0.3
"""A further sentence counts as evidence of a believed link from this probability of its own on."""
REMAINING_EVIDENCE = 0.2
"""What a case must be worth where a better one is refused."""
BY_NAME = 0.84
"""The share of the links from a body to the area of its level (州人民医院) that were right, out of fold."""


@dataclass(frozen=True)
class Statements:
    """What the sentences of one document state of its scored links."""

    document: Document
    analysis: Analysis
    _told: dict[tuple[int, Span | None, Relation], Attributes] = field(default_factory=dict)
    _refuted: dict[tuple[int, Span], bool] = field(default_factory=dict)

    @cached_property
    def _dated(self) -> DatedText:
        return DatedText.read(self.analysis.scene.text, published=self.document.date)

    @cached_property
    def _places(self) -> list[Span]:
        """Where divisions, regiments and localities are named, in order."""
        return sorted(name.span for name in self.analysis.scene.names if name.type in CLOSED_TYPES)

    def _list_places(self, sentence: Sentence) -> list[Span]:
        """Those of a sentence."""
        low, high = (bisect_left(self._places, (edge,)) for edge in (sentence.start, sentence.end))
        return self._places[low:high]

    def iter_evidence(self, scored: ScoredLink) -> Iterator[Evidence]:
        """The sentences that state a link, the surest first, each pair of mentions once."""
        seen: set[tuple[object, object]] = set()
        least = 0.0
        for case in scored.cases:
            if case.score < (SECOND_EVIDENCE if seen else least):
                continue
            refused = self.is_refused(scored.relation, case.candidate)
            share = case.score / scored.cases[0].score
            found = None if refused else self._read_evidence(scored, case.candidate, share=share)
            if found is None:
                least = REMAINING_EVIDENCE
                continue
            told = {(found.start, found.end), (found.head, found.tail)}
            if seen.isdisjoint(told):
                seen |= told
                yield found

    def is_refused(self, relation: Relation, candidate: LinkCandidate) -> bool:
        """Whether the sentence of a case denies the link or cannot state it."""
        scene = self.analysis.scene
        if is_forbidden(scene, relation, candidate):
            return True
        trigger = scene.find_trigger(candidate.sentence, relation, candidate.second.name.end)
        if trigger is None:
            return self._is_denied(candidate, relation)
        return self._is_refuted(candidate, trigger)

    def read_name(self, placed: Placed, area: Span) -> Evidence:
        """The evidence that a name gives for what its body belongs to, by the word or name that tells the area."""
        sentence = self.analysis.scene.sentences[placed.sentence]
        start, end = self._trim(sentence.start, sentence.end)
        return Evidence(
            document=self.document.id,
            start=start,
            end=end,
            head=placed.name.span,
            tail=area,
            trigger=None,
            rule="level",
            confidence=BY_NAME,
        )

    def _read_evidence(self, scored: ScoredLink, candidate: LinkCandidate, *, share: float) -> Evidence | None:
        scene = self.analysis.scene
        if candidate.first.name.start < scene.title_end <= scene.sentences[candidate.sentence].start:
            return None  # what stood between the title and the text (byline, date) is not in the text any more
        start = scene.sentences[min(candidate.first.sentence, candidate.sentence)].start
        start, end = self._trim(start, scene.sentences[candidate.sentence].end)
        if any(start < cut < end for cut in self.document.cuts):
            return None  # the page has something between that was left out
        spans = {placed.unit: placed.name.span for placed in (candidate.second, candidate.first)}
        trigger = scene.find_trigger(candidate.sentence, scored.relation, candidate.second.name.end)
        found = self._attributes(candidate, trigger, scored.relation)
        return Evidence(
            document=self.document.id,
            start=start,
            end=end,
            head=spans[scored.head],
            tail=spans[scored.tail],
            trigger=trigger,
            rule=f"{scored.rule}:{candidate.kind}" if scored.rule == "scorer" else scored.rule,
            confidence=round(scored.score * min(share, 1.0), 4),
            date=found.date,
            date_end=found.date_end,
            status=found.status,
            fields=found.fields,
        )

    def _is_denied(self, candidate: LinkCandidate, relation: Relation) -> bool:
        """Whether a link without a cue of its own stands beside a denied cue of cooperation."""
        if relation not in COOPERATION:
            return False
        near = candidate.second.name.end
        found = [self.analysis.scene.find_trigger(candidate.sentence, other, near) for other in COOPERATION]
        cues = sorted((abs(cue[0] - near), cue) for cue in found if cue is not None)
        return bool(cues) and self._is_refuted(candidate, cues[0][1])

    def _is_refuted(self, candidate: LinkCandidate, trigger: Span) -> bool:
        """Whether what a sentence says by a trigger is denied or left open, the same for every link."""
        place = candidate.sentence, trigger
        if place not in self._refuted:
            self._refuted[place] = is_refuted(self._setting(candidate, trigger))
        return self._refuted[place]

    def _setting(self, candidate: LinkCandidate, trigger: Span | None) -> Setting:
        sentence = self.analysis.scene.sentences[candidate.sentence]
        return self._dated.setting(start=sentence.start, end=sentence.end, trigger=trigger)

    def _attributes(self, candidate: LinkCandidate, trigger: Span | None, relation: Relation) -> Attributes:
        """What the sentence says by a trigger, the same for every link of the relation that it states so."""
        place = candidate.sentence, trigger, relation
        if place not in self._told:
            self._told[place] = read_attributes(
                self._dated,
                self._setting(candidate, trigger),
                relation,
                named=self._list_places(self.analysis.scene.sentences[candidate.sentence]),
            )
        return self._told[place]

    def _trim(self, start: int, end: int) -> Span:
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end
