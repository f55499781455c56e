"""Frames: patterns of the language that state a link so plainly that no examples are needed to trust them.

They add to what the scorers believe where the corpus has too few cases to learn from. Omitted subjects are hardly
met in ``seeds/corpus``, whose sentences name them, but are in real e-paper columns; the statements are plain clauses
(``statements``), and of those in the corpus nearly all are in its gold. The confidence is an assumption, not a
measurement, and the evidence says which frame spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import EntityType, Relation
from .candidates import LinkCandidate
from .scene import ACTORS, JOINERS, Placed, Scene
from .statements import iter_statements
from .units import Unit

OMITTED_SUBJECT = "frame:omitted_subject"
CONFIDENCE = 0.6
_OPENING = re.compile(r"(?:[^，,。；;]{0,8}[年月日号初末底来后前间季春夏秋冬天晨午晚期][，,])?[又还也再并]?[与同和跟]")
"""与 and its like at the beginning, behind nothing but a time: 今年春天，又与."""
_AGAIN = re.compile(r"[，,；;]\s?(?:又|还|也|再|并)[与同和跟]$")
_STATED = (
    Relation.SIGNS_AGREEMENT_WITH,
    Relation.CO_HOSTS,
    Relation.CO_BUILDS,
    Relation.EXCHANGES_WITH,
    Relation.COOPERATES_WITH,
)
_MOST_BACK = 2
_LEAST_SITE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLink:
    """A link that a frame found, from unit to unit: the candidate holds the two names and the sentence."""

    head: int
    relation: Relation
    tail: int
    candidate: LinkCandidate
    rule: str


def iter_frame_links(scene: Scene, accepted: NDArray[np.float64], *, least: float) -> Iterator[FrameLink]:
    """Links that frames state between units of at least this probability."""
    yield from _iter_omitted(scene, accepted, least)
    for said in iter_statements(scene, [accepted[unit.number] >= _least(unit, least) for unit in scene.units]):
        rule = f"frame:{said.frame}"
        yield FrameLink(
            head=said.head.unit, relation=said.relation, tail=said.tail.unit, candidate=said.candidate, rule=rule
        )


def _least(unit: Unit, least: float) -> float:
    """A road or bridge whose ends are told is one, however unlike those of the corpus its name looks."""
    return min(least, _LEAST_SITE) if unit.type == EntityType.SITE else least


def _iter_omitted(scene: Scene, accepted: NDArray[np.float64], least: float) -> Iterator[FrameLink]:
    """Links of sentences without a subject that begin 与甲、乙、丙开展…: the topic before them is the other side."""
    for number, sentence in enumerate(scene.sentences):
        outer = [item for item in scene.in_sentence.get(number, ()) if item.name.outer is None]
        partners = _read_partners(scene, sentence.start, outer)
        subject = _find_subject(scene, number) if partners else None
        if subject is None or accepted[subject.unit] < least:
            continue
        for named in (partners, *_iter_further(scene, outer[len(partners) :])):
            relation = _find_relation(scene, named[-1].name.end)
            for partner in named:
                if relation and partner.unit != subject.unit and accepted[partner.unit] >= least:
                    candidate = LinkCandidate(first=subject, second=partner, sentence=number, kind="back")
                    yield FrameLink(
                        head=subject.unit,
                        relation=relation,
                        tail=partner.unit,
                        candidate=candidate,
                        rule=OMITTED_SUBJECT,
                    )


def _iter_further(scene: Scene, outer: list[Placed]) -> Iterator[list[Placed]]:
    """Bodies of later clauses that begin with 又同, 还与 and their like: the subject is still the omitted one."""
    for item in outer:
        if item.name.type in ACTORS and _AGAIN.search(scene.text[max(item.name.start - 4, 0) : item.name.start]):
            yield [item]


def _read_partners(scene: Scene, start: int, outer: list[Placed]) -> list[Placed]:
    """The list of bodies that a sentence names straight after 与, 同, 和 or 跟; empty where it begins otherwise."""
    if not outer or not _OPENING.fullmatch(scene.text[start : outer[0].name.start].strip()):
        return []
    found = [outer[0]]
    for item in outer[1:]:
        if not set(scene.text[found[-1].name.end : item.name.start]) <= JOINERS:
            break
        found.append(item)
    return found if all(item.name.type in ACTORS for item in found) else []


def _find_subject(scene: Scene, number: int) -> Placed | None:
    topic = scene.topics[number]
    for back in range(number - 1, max(number - 1 - _MOST_BACK, -1), -1):
        if "\n" in scene.text[scene.sentences[back + 1].start - 1 : scene.sentences[back + 1].start]:
            return None
        for item in scene.in_sentence.get(back, ()):
            if item.unit == topic and item.name.outer is None:
                return item
    return None


def _find_relation(scene: Scene, start: int) -> Relation | None:
    """The relation of the first telling cue of the clause behind the list; None where it is denied or wished."""
    cues = scene.cues.between(start, scene.clause_end(start))
    if any({"negation", "wish"} & set(cue.kinds) for cue in cues):
        return None
    telling = [cue for cue in cues if len(cue.word) > 1 and cue.word not in _LIGHT]
    return next((relation for cue in telling for relation in _STATED if relation in cue.kinds), None)


_LIGHT = frozenset({"开展", "举行", "举办", "组织", "召开", "共同", "联合"})
