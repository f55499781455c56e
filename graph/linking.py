"""Mention to entity: what the units of a document are called, and its links with their evidence.

``extract`` is the whole way from a document to what it says: a pure function, so that it can run anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .extraction.analysis import Analysis, ScoredLink
from .extraction.attributes import Attributes, read_attributes
from .extraction.candidates import LinkCandidate
from .extraction.dates import DateMention, read_dates
from .extraction.full_names import find_level, is_bare, write_formal, write_full
from .extraction.models import load_models
from .extraction.names import CLOSED_TYPES
from .extraction.pipeline import read_analysis
from .extraction.references import find_area, is_pointing, read_references
from .extraction.spacy_names import get_spacy_version
from .extraction.units import Unit
from .extraction.vetoes import is_forbidden
from .gazetteer import GazetteerRow
from .model import (
    COOPERATION,
    DIRECTED,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Link,
    Mention,
    Relation,
    Span,
    entity_id,
    link_id,
)
from .reading.script import simplify

SECOND_EVIDENCE = 0.3
"""A further sentence counts as evidence of a believed link from this probability of its own on."""
REMAINING_EVIDENCE = 0.2
"""What a case must be worth where a better one is refused."""
_GENERIC = re.compile(
    r"^(?:战略|全面|长期|友好|深度|对口|结对|框架|共建|合作|帮扶|支援|援助|交流|意向|合同|三方|双方|多方|投资|项目|产业|"
    r"教育|医疗|文化|旅游|科技|人才|校地|校企|兵地|联盟|的|与|和|、)*(?:协议|协议书|合同|备忘录|意向书|机制|方案|计划|制度|规划|意见|办法)$"
)
_DOCTRINE = re.compile(r"[“「『‘\"]?[一二三四五六七八九十两]个[\u4e00-\u9fff]{2,4}[”」』’\"]?")
"""Numbered precepts (三个离不开, 两个维护): words that are taught, no event or programme of their own."""
_SAYING = re.compile(r"[“「『‘\"][^”」』’\"]+就是[^”」』’\"]+[”」』’\"]")
"""A quoted sentence that says what something is (绿水青山就是金山银山)."""
_LISTED = frozenset({EntityType.CORPS, EntityType.DIVISION})
"""Types whose members are all in the gazetteer: what is not there (师市 in a text of several divisions) is nobody."""
_DIVISIONS = frozenset({EntityType.DIVISION, EntityType.REGIMENT})


def _is_said(surface: str) -> bool:
    """Whether a quoted name is a precept or a saying."""
    return bool(_DOCTRINE.fullmatch(surface) or _SAYING.fullmatch(surface))


@dataclass(frozen=True)
class _Reading:
    """One document with its analysis, on the way to an extraction."""

    document: Document
    analysis: Analysis
    dates: Sequence[DateMention]
    told: dict[tuple[int, Span | None], Attributes] = field(default_factory=dict)

    @cached_property
    def _believed(self) -> list[Unit]:
        analysis = self.analysis
        return [unit for unit in analysis.scene.units if analysis.accepted[unit.number] >= analysis.limit]

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """The entity of each accepted unit, that of another unit where it only points there (该院)."""
        accepted = [
            unit
            for unit in self._believed
            if (unit.row or unit.type not in _LISTED)
            and not (unit.type == EntityType.INITIATIVE and all(map(_is_said, unit.surfaces)))
        ]
        references = read_references(self.analysis.scene, {unit.number for unit in accepted})
        found: dict[int, Entity] = {}
        for unit in accepted:
            bare, area = find_area(unit, self._areas)
            if area is not None:
                found[unit.number] = self._read_entity(replace(unit, row=area))
            elif not bare and unit.number not in references:
                found[unit.number] = self._read_entity(unit)
        for number, reference in references.items():
            if reference.owner:
                unit = self.analysis.scene.units[number]
                named = tuple(reference.owner + surface for surface in unit.surfaces)
                found[number] = self._read_entity(replace(unit, surfaces=named))
            bearer = found.get(reference.unit) if reference.unit is not None else None
            if bearer is not None:
                kind = self.analysis.scene.units[number].type
                found[number] = _read_part(kind, bearer, reference.rest) if reference.rest else bearer
        return found

    @cached_property
    def _areas(self) -> list[GazetteerRow]:
        """Rows of the areas that the document names."""
        return [unit.row for unit in self._believed if unit.row]

    @cached_property
    def _places(self) -> list[Span]:
        """Where divisions, regiments and localities are named."""
        return [(name.start, name.end) for name in self.analysis.scene.names if name.type in CLOSED_TYPES]

    def _surfaces(self, unit: Unit) -> list[str]:
        names = self.analysis.scene.names
        written = {self.document.text[names[index].start : names[index].end] for index in unit.names}
        return sorted({*unit.surfaces, *written, *unit.variants}, key=lambda item: (-len(item), item))

    def _read_entity(self, unit: Unit) -> Entity:
        surfaces = self._surfaces(unit)
        if unit.row is not None:
            name, code = unit.row.name, unit.row.code
        else:
            name, code = write_canonical(unit.surfaces[0]), ""
            level = find_level(unit.surfaces[0]) if unit.type in EXTENSIBLE else ""
            if level or self._is_generic(unit, name):
                surfaces = [name, *surfaces]
                full = write_full(unit.surfaces[0], level, self._areas) if level else ""
                surfaces = [full, *surfaces] if full else surfaces
                name = write_canonical(full) if full else self._qualify(unit, name)
        formal = [write_formal(name)] if unit.type == EntityType.INSTITUTION else []
        written = dict.fromkeys(alias for alias in (*surfaces, *formal) if alias != name)
        aliases = tuple(alias for alias in written if len(alias) > 1 and not _is_anybody(simplify(alias)))
        return Entity(id=entity_id(unit.type, name, code), type=unit.type, name=name, aliases=aliases, code=code)

    def _is_generic(self, unit: Unit, name: str) -> bool:
        return unit.type == EntityType.AGREEMENT and not name.startswith("《") and bool(_GENERIC.match(name))

    def _qualify(self, unit: Unit, name: str) -> str:
        """A name that many papers could carry, with the parties of this one or the document behind it."""
        scene = self.analysis.scene
        parties = [
            link.head
            for link in self.analysis.links
            if link.relation == Relation.PARTY_TO
            and link.tail == unit.number
            and not self._is_refused(link.relation, link.cases[0].candidate)
        ]
        shown = [scene.units[party] for party in dict.fromkeys(parties)][:3]
        known = "—".join(party.row.name if party.row else party.surfaces[0] for party in shown)
        return f"{name}（{known or self.document.title or self.document.name}）"

    def iter_mentions(self) -> Iterator[Mention]:
        """A mention for every place that names an accepted unit."""
        scene = self.analysis.scene
        for placed in scene.placed:
            if (entity := self.entities.get(placed.unit)) is not None:
                name = placed.name
                yield Mention(
                    document=self.document.id,
                    start=name.start,
                    end=name.end,
                    surface=self.document.text[name.start : name.end],
                    type=entity.type,
                    entity=entity.id,
                    rule=name.rule,
                    score=round(float(self.analysis.accepted[placed.unit]), 4),
                )

    def iter_links(self) -> Iterator[Link]:
        """Believed links between different entities, those that their sentence denies left out."""
        for scored in _settle_directions(self.analysis.links):
            head, tail = self.entities.get(scored.head), self.entities.get(scored.tail)
            if head is None or tail is None or head.id == tail.id:
                continue
            evidence = tuple(self._iter_evidence(scored, head=head, tail=tail))
            if evidence:
                relation = _tell_place(scored.relation, head.type, tail.type)
                first, second = (head.id, tail.id)
                if relation not in DIRECTED and first > second:
                    first, second = second, first
                    evidence = tuple(replace(item, head=item.tail, tail=item.head) for item in evidence)
                yield Link(
                    id=link_id(first, relation, second), head=first, relation=relation, tail=second, evidence=evidence
                )

    def _iter_evidence(self, scored: ScoredLink, *, head: Entity, tail: Entity) -> Iterator[Evidence]:
        seen: set[tuple[object, object]] = set()
        least = 0.0
        for case in scored.cases:
            if case.score < (SECOND_EVIDENCE if seen else least):
                continue
            refused = self._is_refused(scored.relation, case.candidate)
            share = case.score / scored.cases[0].score
            found = None if refused else self._read_evidence(scored, case.candidate, share=share)
            if found is None:
                least = REMAINING_EVIDENCE
                continue
            told = {(found.start, found.end), (found.head, found.tail)}
            if seen.isdisjoint(told):
                seen |= told
                yield found

    def _read_evidence(self, scored: ScoredLink, candidate: LinkCandidate, *, share: float) -> Evidence | None:
        scene = self.analysis.scene
        if candidate.first.name.start < scene.title_end <= scene.sentences[candidate.sentence].start:
            return None  # what stood between the title and the text (byline, date) is not in the text any more
        start = scene.sentences[min(candidate.first.sentence, candidate.sentence)].start
        start, end = _trim(self.document.text, start, scene.sentences[candidate.sentence].end)
        spans = {placed.unit: (placed.name.start, placed.name.end) for placed in (candidate.second, candidate.first)}
        trigger = scene.find_trigger(candidate.sentence, scored.relation, candidate.second.name.end)
        found = self._attributes(candidate, trigger)
        dated = scored.relation not in _TIMELESS
        return Evidence(
            document=self.document.id,
            start=start,
            end=end,
            head=spans[scored.head],
            tail=spans[scored.tail],
            trigger=trigger,
            rule=f"{scored.rule}:{candidate.kind}" if scored.rule == "scorer" else scored.rule,
            confidence=round(scored.score * min(share, 1.0), 4),
            date=found.date if dated else "",
            date_end=found.date_end if dated else "",
            status=found.status if dated else None,
            fields=found.fields,
        )

    def _is_refused(self, relation: Relation, candidate: LinkCandidate) -> bool:
        """Whether the sentence of a case denies the link or cannot state it."""
        scene = self.analysis.scene
        if is_forbidden(scene, relation, candidate):
            return True
        trigger = scene.find_trigger(candidate.sentence, relation, candidate.second.name.end)
        if trigger is None:
            return self._denied(candidate, relation)
        return self._attributes(candidate, trigger).negated

    def _denied(self, candidate: LinkCandidate, relation: Relation) -> bool:
        """Whether a link without a cue of its own stands beside a denied cue of cooperation."""
        if relation not in COOPERATION:
            return False
        near = candidate.second.name.end
        found = [self.analysis.scene.find_trigger(candidate.sentence, other, near) for other in COOPERATION]
        cues = sorted((abs(cue[0] - near), cue) for cue in found if cue is not None)
        return bool(cues) and self._attributes(candidate, cues[0][1]).negated

    def _attributes(self, candidate: LinkCandidate, trigger: Span | None) -> Attributes:
        """What the sentence says by a trigger, the same for every link that it states so."""
        place = candidate.sentence, trigger
        if place not in self.told:
            sentence = self.analysis.scene.sentences[candidate.sentence]
            self.told[place] = read_attributes(
                self.analysis.scene.text,
                start=sentence.start,
                end=sentence.end,
                trigger=trigger,
                dates=self.dates,
                published=self.document.date,
                named=self._places,
            )
        return self.told[place]


EXTENSIBLE = frozenset({EntityType.AGREEMENT, EntityType.INSTITUTION, EntityType.SITE, EntityType.INITIATIVE})
_TIMELESS = frozenset({Relation.PART_OF, Relation.LOCATED_IN, Relation.ADJOINS})


def _is_anybody(alias: str) -> bool:
    """Whether many bodies are called so: 该院, 公安局."""
    return is_pointing(alias) or is_bare(alias)


def write_canonical(surface: str) -> str:
    """The standard form of an open-class name: its leading division or regiment under its own full name."""
    from .extraction.gazetteer_names import list_hits

    hit = next((hit for hit in list_hits(surface) if hit.start == 0), None)
    if hit is None or not hit.rows or EntityType(hit.rows[0].type) not in _DIVISIONS or hit.end >= len(surface):
        return surface
    return hit.rows[0].name + surface[hit.end :] if len(hit.rows) == 1 else surface


def _read_part(kind: EntityType, whole: Entity, rest: str) -> Entity:
    """The entity that a name points at by a pronoun for the whole: 该校工学院."""
    name = whole.name + rest
    return Entity(id=entity_id(kind, name, ""), type=kind, name=name)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _tell_place(relation: Relation, head: EntityType, tail: EntityType) -> Relation:
    """``part_of`` or ``located_in``: sites, and regiments in a locality, lie in it; the rest belongs to it."""
    if relation != Relation.PART_OF or tail != EntityType.LOCALITY:
        return relation
    return Relation.LOCATED_IN if head in (EntityType.SITE, EntityType.REGIMENT) else relation


def _settle_directions(links: Iterable[ScoredLink]) -> list[ScoredLink]:
    """One direction for each directed relation between two units: the likelier."""
    best: dict[tuple[int, int, Relation], ScoredLink] = {}
    for link in links:
        low, high = sorted((link.head, link.tail))
        key = (low, high, link.relation)
        if key not in best or best[key].score < link.score:
            best[key] = link
    return list(best.values())


def _unite(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """One entity an id, with the aliases of all."""
    found: dict[str, Entity] = {}
    for entity in entities:
        before = found.get(entity.id)
        aliases = (*before.aliases, *entity.aliases) if before else entity.aliases
        found[entity.id] = replace(entity, aliases=tuple(dict.fromkeys(aliases))) if before else entity
    return tuple(sorted(found.values(), key=lambda entity: entity.id))


def link_document(document: Document, analysis: Analysis) -> Extraction:
    """Entities, mentions and links of a document from what the scorers made of its text."""
    reading = _Reading(document, analysis, read_dates(analysis.scene.text, published=document.date))
    links: dict[str, Link] = {}
    for link in reading.iter_links():
        before = links.get(link.id)
        links[link.id] = replace(link, evidence=(*before.evidence, *link.evidence)) if before else link
    return Extraction(
        document=document.id,
        mentions=tuple(dict.fromkeys(reading.iter_mentions())),
        entities=_unite(reading.entities.values()),
        links=tuple(sorted(links.values(), key=lambda link: link.id)),
    )


def extract(document: Document) -> Extraction:
    """Everything that one document says, by the scorers that come with bingdi."""
    return link_document(document, read_analysis(document.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """``extract`` with options, as a value that can be sent to another process.

    With ``recall`` the thresholds are lower: more is found and more of it is wrong. ``spacy_model`` names a
    trained spaCy pipeline whose names join as candidates.
    """

    recall: bool = False
    spacy_model: str = ""

    def __call__(self, document: Document) -> Extraction:
        """Everything that one document says."""
        if not self.recall and not self.spacy_model:
            return extract(document)
        models = load_models().lenient() if self.recall else load_models()
        return link_document(document, read_analysis(document.text, models=models, spacy_model=self.spacy_model))

    @property
    def marks(self) -> str:
        """What tells stored documents of these options from others; raises ModelError without the pipeline."""
        found = "+recall" if self.recall else ""
        return f"{found}+{get_spacy_version(self.spacy_model)}" if self.spacy_model else found
