"""Precision, recall and F1 of predictions against gold: entities, links, pairs, geography, structure.

The measure is the one that the annotation guide defines (``seeds/corpus/README.md``): two names match
when their comparison keys are equal for one of each side's names; optional names and links count neither
for nor against; ``located_in`` is scored as ``part_of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..graph.model import COOPERATION, DIRECTED, GEOGRAPHY, STRUCTURE, Relation
from .corpus import Example
from .keys import name_key

LinkKey = tuple[str, str, str]
MEASURES = ("entities", "links", "pairs", "geography", "structure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was predicted for one document: (name, aliases, type) and (head names, relation, tail names)."""

    entities: tuple[tuple[str, tuple[str, ...], str], ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Tally:
    """Counts of right, wrong and missed items; the items are kept for reading, with their document."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0
    hits: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    errors: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, gold: set[tuple[str, ...]], found: set[tuple[str, ...]], *, document: str = "") -> None:
        """Count one document's items."""
        self.hit += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)
        self.hits += [(document, "hit", item) for item in sorted(gold & found)]
        self.errors += [(document, "missed", item) for item in sorted(gold - found)]
        self.errors += [(document, "wrong", item) for item in sorted(found - gold)]

    def by_class(self) -> dict[str, Tally]:
        """A tally for each type of entity or relation of link (both stand second in an item)."""
        found: dict[str, Tally] = {}
        for document, outcome, item in (*self.hits, *self.errors):
            gold = {item} if outcome != "wrong" else set()
            seen = {item} if outcome != "missed" else set()
            found.setdefault(item[1], Tally()).add(gold, seen, document=document)
        return dict(sorted(found.items()))

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 in [0, 1] (0 where undefined) with the counts."""
        found, gold = self.hit + self.wrong, self.hit + self.missed
        precision = self.hit / found if found else 0.0
        recall = self.hit / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": precision, "recall": recall, "f1": f1, "gold": gold, "predicted": found}


def link_key(head: str, relation: str, tail: str) -> LinkKey:
    """One key for the same link: symmetric relations sorted, ``located_in`` read as ``part_of``."""
    if relation not in DIRECTED:
        head, tail = sorted((head, tail))
    return head, "part_of" if relation == Relation.LOCATED_IN else relation, tail


class GoldNames:
    """The gold entities of a document, found by any of their names."""

    def __init__(self, example: Example) -> None:
        self.canonical = {name_key(entity.name): entity.name for entity in example.entities}
        self.types = {entity.name: entity.type for entity in example.entities}
        self.known = {key: entity.name for key, entity in example.keys().items()}
        self.optional = {name_key(name) for name in example.optional_entities}

    def resolve(self, names: Sequence[str]) -> str:
        """Gold name of a predicted one, else the optional key or the predicted key."""
        keys = [name_key(name) for name in names]
        if keys[0] in self.known:
            return self.known[keys[0]]
        gold = next((self.canonical[key] for key in keys[1:] if key in self.canonical), None)
        return gold or next((key for key in keys if key in self.optional), keys[0])


def score_document(example: Example, predicted: Prediction, tallies: Mapping[str, Tally]) -> None:
    """Add one document to the tallies of ``MEASURES``."""
    names = GoldNames(example)
    document = example.document.name
    found = {(names.resolve((name, *aliases)), kind) for name, aliases, kind in predicted.entities}
    found = {(name, kind) for name, kind in found if name not in names.optional}
    tallies["entities"].add({*names.types.items()}, {*found}, document=document)
    gold = {link_key(link.head, link.relation, link.tail) for link in example.links}
    seen = {
        link_key(head, relation, tail)
        for head, relation, tail in (
            (names.resolve(heads), relation, names.resolve(tails)) for heads, relation, tails in predicted.links
        )
        if head != tail
    }
    optional = {
        link_key(names.resolve((a,)), relation, names.resolve((b,))) for a, relation, b in example.optional_links
    }
    touching = {link for link in seen if link[0] in names.optional or link[2] in names.optional}
    counted = (seen - optional - touching) | (seen & gold)
    for measure, kinds in (("links", COOPERATION), ("geography", GEOGRAPHY), ("structure", STRUCTURE)):
        tallies[measure].add(_of(gold, kinds), _of(counted, kinds), document=document)
    gold_pairs = _pairs(gold)
    optional_pairs = {tuple(sorted((head, tail))) for head, _, tail in optional}
    tallies["pairs"].add(gold_pairs, _pairs(counted) - (optional_pairs - gold_pairs), document=document)


def judge_links(example: Example, predicted: Prediction) -> list[bool | None]:
    """For each predicted link whether the gold has it; None where the gold leaves it open."""
    names = GoldNames(example)
    gold = {link_key(link.head, link.relation, link.tail) for link in example.links}
    optional = {
        link_key(names.resolve((a,)), relation, names.resolve((b,))) for a, relation, b in example.optional_links
    }
    found: list[bool | None] = []
    for heads, relation, tails in predicted.links:
        key = link_key(names.resolve(heads), relation, names.resolve(tails))
        touches = key[0] in names.optional or key[2] in names.optional
        found.append(True if key in gold else None if key in optional or touches else False)
    return found


def _of(links: Iterable[LinkKey], kinds: frozenset[Relation]) -> set[tuple[str, ...]]:
    return {link for link in links if link[1] in kinds}


def _pairs(links: Iterable[LinkKey]) -> set[tuple[str, ...]]:
    return {tuple(sorted((head, tail))) for head, relation, tail in links if relation in COOPERATION}


def score_documents(pairs: Iterable[tuple[Example, Prediction]]) -> dict[str, Tally]:
    """Tallies of ``MEASURES`` over documents."""
    tallies = {measure: Tally() for measure in MEASURES}
    for example, predicted in pairs:
        score_document(example, predicted, tallies)
    return tallies
