"""Analysis: what the scorers make of one text. Nothing here decides what an entity is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import COOPERATION, DIRECTED, GEOGRAPHY, Relation, Sentence
from ..reading import split_sentences
from .acceptance import read_unit_features
from .candidates import iter_candidates, read_pair_features
from .channels import Channels, read_channels
from .frames import CONFIDENCE, iter_frame_links
from .linear import LinearScorer
from .link_rows import CLASSES, Case, LinkCases, LinkKey
from .models import Models, Thresholds
from .name_numbers import read_name_numbers
from .names import TYPE_LETTERS, Name, NameContext, complete_names, propose_names, read_name_features, select_names
from .scene import Scene
from .spacy_names import NameSpan, iter_spacy_names
from .units import group_names

Floats = NDArray[np.float64]
END_SHARE = 0.75
"""What is left of the threshold of entities for the two ends of a link: the link itself speaks for them."""
_TOGETHER = [place for place, (relation, _) in enumerate(CLASSES) if relation in COOPERATION]
_APART = [place for place, (relation, _) in enumerate(CLASSES) if relation not in COOPERATION]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLink:
    """A link that the scorers believe: units by number, its probability, and its cases, the best first."""

    head: int
    relation: Relation
    tail: int
    score: float
    cases: tuple[Case, ...]
    rule: str = "scorer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One text as the scorers see it: its scene, the probability of each unit, the believed links.

    Units from the probability ``limit`` on are entities; the ends of believed links are raised to it.
    """

    scene: Scene
    accepted: Floats
    limit: float
    links: tuple[ScoredLink, ...]


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that are not empty."""
    return tuple(sentence for sentence in split_sentences(text) if sentence.end > sentence.start)


def mask_words(channels: Channels, names: Sequence[Name]) -> list[tuple[int, int, str]]:
    """Words with their places; each outer name is one word that tells its type: <I>."""
    outer = [name for name in names if name.outer is None]
    covered = np.zeros(len(channels.text) + 1, bool)
    for name in outer:
        covered[name.start : name.end] = True
    text = channels.text
    words = [
        (start, end, text[start:end])
        for start, end, _ in channels.words
        if not covered[start:end].any() and not text[start:end].isspace()
    ]
    return sorted([*words, *((name.start, name.end, f"<{TYPE_LETTERS[name.type]}>") for name in outer)])


def score_names(
    channels: Channels, sentences: Sequence[Sentence], models: Models, *, further: Iterable[NameSpan] = ()
) -> tuple[Name, ...]:
    """Every proposed name with its probability, overlapping ones too."""
    names, marginals = propose_names(channels, models.labeller, sentences, further=further)
    context = NameContext(channels, names, marginals)
    linear = models.names.predict([read_name_features(context, name) for name in names])[:, 0]
    scores = models.name_trees.predict(read_name_numbers(context, names, linear))
    return tuple(replace(name, score=float(score)) for name, score in zip(names, scores, strict=True))


def make_scene(channels: Channels, sentences: Sequence[Sentence], names: Sequence[Name], *, least: float) -> Scene:
    """The scene of the names that survive ``least`` and their rivals."""
    complete = complete_names(channels, select_names(names, least=least))
    units = group_names(channels, complete)
    words = mask_words(channels, complete)
    return Scene(text=channels.text, sentences=sentences, names=complete, units=units, words=words)


def score_candidates(scorers: Mapping[str, LinearScorer], features: Sequence[Sequence[str]]) -> Floats:
    """Probability of each class of ``CLASSES`` for each candidate, shape (candidates, classes)."""
    scores = np.zeros((len(features), len(CLASSES)))
    if features:
        shares = scorers["relations"].predict(features)
        shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        scores[:, _TOGETHER] = scorers["together"].predict(features) * shares
        scores[:, _APART] = scorers["structure"].predict(features)
    return scores


def _limit(relation: Relation, thresholds: Thresholds) -> float:
    if relation in COOPERATION:
        return thresholds.cooperation
    return thresholds.geography if relation in GEOGRAPHY else thresholds.structure


def score_links(scene: Scene, accepted: Floats, models: Models) -> tuple[list[LinkKey], Floats, LinkCases]:
    """Possible links of a scene with their probabilities and cases."""
    candidates = [
        candidate
        for candidate in iter_candidates(scene)
        if min(accepted[candidate.first.unit], accepted[candidate.second.unit]) >= 0.2
    ]
    scores = score_candidates(
        models.candidate_scorers(), [read_pair_features(scene, candidate) for candidate in candidates]
    )
    cases = LinkCases(candidates, scores, accepted=accepted)
    keys, rows = cases.read_rows(scene, accepted=accepted)
    return keys, models.link_trees.predict(rows), cases


def analyse(text: str, models: Models, *, spacy_model: str = "") -> Analysis:
    """Names, units and links of a text, each with its probability.

    The names that the spaCy pipeline ``spacy_model`` finds join as candidates.
    """
    limits = models.thresholds
    sentences = read_sentences(text)
    if not sentences:
        return Analysis(
            scene=Scene(text="", sentences=(), names=(), units=(), words=()),
            accepted=np.zeros(0),
            limit=limits.unit,
            links=(),
        )
    channels = read_channels(text)
    further = iter_spacy_names(channels.text, model=spacy_model) if spacy_model else ()
    names = score_names(channels, sentences, models, further=further)
    scene = make_scene(channels, sentences, names, least=limits.name)
    features = [read_unit_features(scene, unit.number) for unit in scene.units]
    accepted = models.units.predict(features)[:, 0] if features else np.zeros(0)
    keys, scores, cases = score_links(scene, accepted, models)
    least = limits.unit * END_SHARE
    links = tuple(
        ScoredLink(head=key[0], relation=key[1], tail=key[2], score=float(score), cases=tuple(cases.cases[key]))
        for key, score in zip(keys, scores, strict=True)
        if score >= _limit(key[1], limits) and min(accepted[key[0]], accepted[key[2]]) >= least
    )
    _raise_ends(accepted, links, least=limits.unit)
    links += tuple(_iter_framed(scene, accepted, limits, found=links))
    _raise_ends(accepted, links, least=limits.unit)
    return Analysis(scene=scene, accepted=accepted, limit=limits.unit, links=tuple(_drop_weaker(links)))


def _raise_ends(accepted: Floats, links: Iterable[ScoredLink], *, least: float) -> None:
    """The ends of links are entities: a link speaks for them."""
    for link in links:
        for end in (link.head, link.tail):
            accepted[end] = max(accepted[end], least)


def _iter_framed(
    scene: Scene, accepted: Floats, limits: Thresholds, *, found: Iterable[ScoredLink]
) -> Iterator[ScoredLink]:
    """Links that a frame states and the scorers do not know of, or take for something less likely."""
    known = {(link.head, link.relation, link.tail) for link in found}
    tied = {_pair(link) for link in found if link.relation in COOPERATION and link.score >= CONFIDENCE}
    for said in iter_frame_links(scene, accepted, least=limits.unit):
        head, tail = (said.head, said.tail) if said.relation in DIRECTED else sorted((said.head, said.tail))
        if said.relation in COOPERATION and frozenset((head, tail)) in tied:
            continue
        if (head, said.relation, tail) not in known and _limit(said.relation, limits) <= CONFIDENCE:
            known.add((head, said.relation, tail))
            case = Case(score=CONFIDENCE, cooperation=CONFIDENCE, candidate=said.candidate)
            yield ScoredLink(
                head=head, relation=said.relation, tail=tail, score=CONFIDENCE, cases=(case,), rule=said.rule
            )


def _drop_weaker(links: Iterable[ScoredLink]) -> Iterator[ScoredLink]:
    """The links without what the scorers half believed of two bodies that a frame ties in another way."""
    framed = {_pair(link) for link in links if link.relation in COOPERATION and link.rule != "scorer"}
    for link in links:
        weak = link.rule == "scorer" and link.relation in COOPERATION and link.score < CONFIDENCE
        if not (weak and _pair(link) in framed):
            yield link


def _pair(link: ScoredLink) -> frozenset[int]:
    return frozenset((link.head, link.tail))
