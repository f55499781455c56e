"""The whole way from a document to what it says: pure functions, so that they can run anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..extraction.analysis import Analysis
from ..extraction.consistency import ScoredLink
from ..extraction.models import load_models
from ..extraction.names import ORGANISED
from ..extraction.pipeline import read_analysis
from ..extraction.spacy_names import get_spacy_version
from ..model import (
    DIRECTED,
    STRUCTURE,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Link,
    Mention,
    Relation,
    Span,
    link_id,
)
from .naming import Naming
from .statements import Statements


def _iter_mentions(naming: Naming) -> Iterator[Mention]:
    """A mention for every place that names an accepted unit."""
    document, analysis = naming.document, naming.analysis
    for placed in analysis.scene.placed:
        if (entity := naming.entities.get(placed.unit)) is not None:
            name = placed.name
            yield Mention(
                document=document.id,
                start=name.start,
                end=name.end,
                surface=document.text[name.start : name.end],
                type=entity.type,
                entity=entity.id,
                rule=name.rule,
                score=round(float(analysis.accepted[placed.unit]), 4),
            )


def _iter_stated(naming: Naming) -> Iterator[Link]:
    """Believed links between different entities, those that their sentence denies left out."""
    for scored in _settle_directions(naming.analysis.links):
        head, tail = naming.entities.get(scored.head), naming.entities.get(scored.tail)
        if head is None or tail is None or head.id == tail.id:
            continue
        evidence = tuple(naming.statements.iter_evidence(scored))
        if evidence:
            relation = _tell_place(scored.relation, head.type, tail.type)
            first, second = (head.id, tail.id)
            if relation not in DIRECTED and first > second:
                first, second = second, first
                evidence = tuple(replace(item, head=item.tail, tail=item.head) for item in evidence)
            key = link_id(first, relation, second)
            yield Link(id=key, head=first, relation=relation, tail=second, evidence=evidence)


def _iter_homes(naming: Naming) -> Iterator[Link]:
    """What bodies belong to by name: the area of their level or of their list."""
    for number, body in naming.entities.items():
        home = None if body.code or body.type not in ORGANISED else naming.read_home(number)
        if home is not None:
            area, placed, told = home
            relation = _tell_place(Relation.PART_OF, body.type, area.type)
            key = link_id(body.id, relation, area.id)
            evidence = (naming.statements.read_name(placed, told),)
            yield Link(id=key, head=body.id, relation=relation, tail=area.id, evidence=evidence)


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


def _join(*evidence: Evidence) -> tuple[Evidence, ...]:
    """Evidence of one link by several names of its ends (甲市, 甲市代表团), each sentence once, the surest first."""
    found: dict[Span, Evidence] = {}
    for item in sorted(evidence, key=lambda item: -item.confidence):
        found.setdefault((item.start, item.end), item)
    return tuple(found.values())


def link_document(document: Document, analysis: Analysis) -> Extraction:
    """Entities, mentions and links of a document from what the scorers made of its text."""
    naming = Naming(Statements(document, analysis))
    links: dict[str, Link] = {}
    for link in _iter_stated(naming):
        before = links.get(link.id)
        links[link.id] = replace(link, evidence=_join(*before.evidence, *link.evidence)) if before else link
    lying = {(link.head, link.tail) for link in links.values() if link.relation in STRUCTURE}
    links |= {link.id: link for link in _iter_homes(naming) if (link.head, link.tail) not in lying}
    return Extraction(
        document=document.id,
        mentions=tuple(dict.fromkeys(_iter_mentions(naming))),
        entities=_unite(naming.entities.values()),
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
