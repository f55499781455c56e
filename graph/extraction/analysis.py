"""Analysis: what the scorers make of one text. Nothing here decides what an entity is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..model import COOPERATION, DIRECTED, GEOGRAPHY, Relation, Sentence
from ..reading import split_sentences
from .acceptance import list_unit_features
from .candidates import LinkCandidate, iter_candidates
from .channels import Channels, read_channels
from .consistency import DOUBTFUL, OVERRULED, ScoredLink, drop_doubles, drop_weaker, pair_of
from .directions import turn_round
from .frames import CONFIDENCE, iter_frame_links
from .linear import LinearScorer, join_scorers, split_kinds
from .link_rows import (
    APART,
    CLASSES,
    TOGETHER,
    Case,
    LinkCases,
    LinkKey,
    find_hopeful,
    predict_links,
    read_rows,
)
from .models import Models, Thresholds
from .name_features import NameContext, list_name_features
from .name_numbers import read_name_numbers
from .name_parts import complete_names
from .names import TYPE_LETTERS, Name, correct_names, propose_names, select_names
from .pair_features import BY_TYPE, list_pair_parts, read_types
from .pair_network import ask_networks
from .scene import Scene
from .spacy_names import NameSpan, iter_spacy_names
from .unit_numbers import UnitNumbers
from .units import group_names

Floats = NDArray[np.float64]
FRAMED = 0.5
"""What the ends of a link need that a frame states, where the threshold of entities is higher."""
LEAST_END = 0.2
"""Units that the linear scorer thinks less likely than this are no end of a link, whatever the scorers of links say."""
SILENT = 0.5
"""What a link needs whose second name stands in a sentence of its own without any cue (19 of 50 below were right)."""
_TELLING = frozenset({*COOPERATION, "both"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One text as the scorers see it: its scene, the probability of each unit, the believed links.

    Units from the probability ``limit`` on are entities; the ends of links that a frame states are raised to it.
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
    scorer = split_kinds(models.names, *TYPE_LETTERS.values())
    letters = (TYPE_LETTERS[name.type] for name in names)
    linear = scorer.predict(
        (kind, ("bias", kind, *list_name_features(context, name))) for kind, name in zip(letters, names, strict=True)
    )
    scores = models.name_trees.predict(read_name_numbers(context, names, linear))
    return correct_names(
        channels, [replace(name, score=float(score)) for name, score in zip(names, scores, strict=True)]
    )


def make_scene(channels: Channels, sentences: Sequence[Sentence], names: Sequence[Name], *, least: float) -> Scene:
    """The scene of the names that survive ``least`` and their rivals."""
    complete = complete_names(channels, select_names(names, least=least))
    units = group_names(channels, complete)
    words = mask_words(channels, complete)
    return Scene(text=channels.text, sentences=sentences, names=complete, units=units, words=words)


def score_units(scene: Scene, models: Models) -> Floats:
    """Probability of each unit that it is an entity of the document."""
    scorer = split_kinds(models.units, *(f"{kind}|" for kind in TYPE_LETTERS.values()))
    kinds = ((unit.number, TYPE_LETTERS[unit.type]) for unit in scene.units)
    return scorer.predict(
        (f"{kind}|", ("bias", f"t={kind}", *list_unit_features(scene, number))) for number, kind in kinds
    )


def score_candidates(scorers: Mapping[str, LinearScorer], features: Sequence[Sequence[str]]) -> Floats:
    """Probability of each class of ``CLASSES`` for each candidate, shape (candidates, classes)."""
    if not features:
        return np.zeros((0, len(CLASSES)))
    together, relations = scorers["together"].predict(features), scorers["relations"].predict(features)
    return _combine(together, relations, scorers["structure"].predict(features))


def _combine(together: Floats, relations: Floats, structure: Floats) -> Floats:
    """Probabilities of all classes: of any cooperation, shared out to its relations, and of the other relations."""
    scores = np.zeros((len(together), len(CLASSES)))
    scores[:, TOGETHER] = together * (relations / np.maximum(relations.sum(axis=1, keepdims=True), 1e-9))
    scores[:, APART] = structure
    return scores


def score_pairs(scene: Scene, candidates: Sequence[LinkCandidate], models: Models) -> Floats:
    """What ``score_candidates`` gives for the features of candidates, without writing out their prefixes."""
    if not candidates:
        return np.zeros((0, len(CLASSES)))
    joined = join_scorers(models.together, models.relations, models.structure)
    rows = ((candidate.kind, read_types(candidate), list_pair_parts(scene, candidate)) for candidate in candidates)
    shares = joined.predict(rows, typed=BY_TYPE)
    return _combine(shares[:, :1], shares[:, 1 : 1 + len(TOGETHER)], shares[:, 1 + len(TOGETHER) :])


def _limit(relation: Relation, thresholds: Thresholds) -> float:
    if relation in COOPERATION:
        return thresholds.cooperation
    return thresholds.geography if relation in GEOGRAPHY else thresholds.structure


def _least(scene: Scene, key: LinkKey, cases: LinkCases, limits: Thresholds) -> float:
    """The probability that a link needs."""
    least = _limit(key[1], limits)
    if key[1] not in COOPERATION:
        return least
    candidate = cases.cases[key][0].candidate
    inner = candidate.first.name.outer is not None or candidate.second.name.outer is not None
    if candidate.kind == "back" and COOPERATION.isdisjoint(scene.cues.kinds_between(0, len(scene.text))):
        return float("inf")
    if inner or _is_unsaid(scene, candidate, key[1]):
        return max(least, DOUBTFUL)
    return max(least, SILENT) if _is_silent(scene, candidate) else least


def _is_silent(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the sentence of the second name, behind that of the first, has no cue of cooperation."""
    sentence = scene.sentences[candidate.sentence]
    return candidate.kind == "back" and _TELLING.isdisjoint(scene.cues.kinds_between(sentence.start, sentence.end))


def _is_unsaid(scene: Scene, candidate: LinkCandidate, relation: Relation) -> bool:
    """Whether two names of different sentences stand there without any cue of cooperation, or of aid, in or between.

    The same goes for a name in a line of its own, as captions and headings are.
    """
    if candidate.kind != "back":
        return False
    home, sentence = scene.sentences[candidate.first.sentence], scene.sentences[candidate.sentence]
    told = set(scene.cues.kinds_between(home.start, sentence.end))
    if not (told & _TELLING if relation != Relation.AIDS else Relation.AIDS in told):
        return True
    text, apart = scene.text, scene.text[candidate.first.name.end : sentence.start]
    alone = "\n" in text[max(home.start - 2, 0) : home.start] and "\n" in text[home.end - 1 : home.end + 2]
    return alone and home.start > scene.title_end and "\n" in apart


def list_candidates(scene: Scene, accepted: Floats) -> list[LinkCandidate]:
    """The candidates of a scene both of whose units may be entities."""
    return [
        candidate
        for candidate in iter_candidates(scene)
        if accepted[candidate.first.unit] >= LEAST_END and accepted[candidate.second.unit] >= LEAST_END
    ]


def list_cases(scene: Scene, accepted: Floats, models: Models) -> LinkCases:
    """What the scorers that look at one candidate say of those between likely units."""
    candidates = list_candidates(scene, accepted)
    network = ask_networks(models.networks, scene, accepted, candidates)
    hopeful = find_hopeful(network)
    candidates, network = [candidates[row] for row in hopeful.tolist()], network[hopeful]
    return LinkCases(candidates, score_pairs(scene, candidates, models), network)


def settle_units(channels: Channels, scene: Scene, accepted: Floats, cases: LinkCases, *, models: Models) -> Floats:
    """The probability of each unit once its rivals and its possible links are known."""
    return models.unit_trees.predict(UnitNumbers(channels, scene, accepted, cases).read_rows())


def score_links(scene: Scene, accepted: Floats, cases: LinkCases, *, models: Models) -> tuple[list[LinkKey], Floats]:
    """Possible links of a scene between likely units, with their probabilities."""
    keys, rows = read_rows(cases, scene, accepted=accepted, least=models.thresholds.unit)
    return keys, predict_links(models.link_trees(), keys, rows)


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
    accepted = score_units(scene, models)
    cases = list_cases(scene, accepted, models)
    accepted = settle_units(channels, scene, accepted, cases, models=models)
    keys, scores = score_links(scene, accepted, cases, models=models)
    return decide_links(scene, accepted, keys, scores, cases, limits=limits)


def decide_links(
    scene: Scene, accepted: Floats, keys: Sequence[LinkKey], scores: Floats, cases: LinkCases, *, limits: Thresholds
) -> Analysis:
    """The analysis of a scene whose units and possible links have been scored; ``accepted`` stays as it is."""
    accepted = accepted.copy()
    likely = accepted >= limits.unit
    links = tuple(
        ScoredLink(head=key[0], relation=key[1], tail=key[2], score=float(score), cases=tuple(cases.cases[key]))
        for key, score in zip(keys, scores, strict=True)
        if likely[key[0]] and likely[key[2]] and score >= _least(scene, key, cases, limits)
    )
    links = tuple(turn_round(scene, links))
    framed = tuple(_iter_framed(scene, accepted, limits, found=links))
    for link in framed:
        for end in (link.head, link.tail):
            accepted[end] = max(accepted[end], limits.unit)
    kept = drop_doubles(scene, tuple(drop_weaker((*links, *framed))))
    return Analysis(scene=scene, accepted=accepted, limit=limits.unit, links=tuple(kept))


def _iter_framed(
    scene: Scene, accepted: Floats, limits: Thresholds, *, found: Iterable[ScoredLink]
) -> Iterator[ScoredLink]:
    """Links that a frame states and the scorers do not know of, or take for something less likely."""
    known = {(link.head, link.relation, link.tail) for link in found}
    tied = {pair_of(link) for link in found if link.relation in COOPERATION and link.score >= OVERRULED}
    for said in iter_frame_links(scene, accepted, least=min(limits.unit, FRAMED)):
        head, tail = (said.head, said.tail) if said.relation in DIRECTED else sorted((said.head, said.tail))
        if said.relation in COOPERATION and frozenset((head, tail)) in tied:
            continue
        if (head, said.relation, tail) not in known and _limit(said.relation, limits) <= CONFIDENCE:
            known.add((head, said.relation, tail))
            case = Case(score=CONFIDENCE, cooperation=CONFIDENCE, candidate=said.candidate)
            yield ScoredLink(
                head=head, relation=said.relation, tail=tail, score=CONFIDENCE, cases=(case,), rule=said.rule
            )
