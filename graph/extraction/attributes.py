"""Attributes of a link where it is stated: date or interval, status, fields of cooperation, negation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from ..lexicon import read_words
from ..model import Relation, Span, Status
from .dating import DatedText, Told, load_date_trees
from .negation import is_negated, is_unasserted
from .status import Setting, StatusScorer, find_plain_status, load_status_scorer, read_status_features
from .trees import Trees

MOST_FIELDS = 3
TIMELESS = frozenset({Relation.PART_OF, Relation.LOCATED_IN, Relation.ADJOINS})
"""What is so by name or by the land has neither date nor status."""
# 党委书记 is a person's office, 师党委 the body that acts: neither says that party work is the field.
OFFICE = re.compile("党委(?!.{0,4}(?:共建|联建|结对))|组织部|统战部")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What a statement says of its link; empty where it says nothing. Dates are partial ISO dates."""

    date: str
    date_end: str
    status: Status | None
    fields: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeScorers:
    """What decides status and date."""

    status: StatusScorer
    dates: Trees


@cache
def load_attribute_scorers() -> AttributeScorers:
    """The scorers that come with bingdi, or those of the folder that ``BINGDI_MODELS`` names."""
    return AttributeScorers(status=load_status_scorer(), dates=load_date_trees())


def is_refuted(setting: Setting) -> bool:
    """Whether a statement is denied, or nobody says that it is so."""
    denied = is_negated(setting.text, trigger=setting.trigger, clause=setting.clause, end=setting.end)
    return denied or is_unasserted(setting.text, clause=setting.clause, start=setting.start, end=setting.end)


def find_status(setting: Setting, scorer: StatusScorer) -> Status:
    """What the clause says outright, else what is likeliest."""
    return find_plain_status(setting) or scorer.predict(read_status_features(setting))


def read_attributes(
    dated: DatedText,
    setting: Setting,
    relation: Relation,
    *,
    named: Sequence[Span] = (),
    scorers: AttributeScorers | None = None,
) -> Attributes:
    """Attributes of a link of that relation that a text states in a setting.

    ``named`` are the places whose names say nothing of a field (no 渠 in 五家渠). A negated statement has no status.
    """
    scorers = scorers or load_attribute_scorers()
    negated, fields = is_refuted(setting), read_fields(setting, named=named)
    if relation in TIMELESS:
        return Attributes(date="", date_end="", status=None, fields=fields, negated=negated)
    status = find_status(setting, scorers.status)
    found = dated.choose(Told(setting=setting, relation=relation, status=status), scorers.dates)
    return Attributes(
        date=found.date if found else "",
        date_end=found.date_end if found else "",
        status=None if negated else status,
        fields=fields,
        negated=negated,
    )


def read_fields(setting: Setting, *, named: Sequence[Span] = ()) -> tuple[str, ...]:
    """At most three fields whose words stand in the evidence outside of ``named``, the trigger's clause first."""
    automaton, fields = _automaton()
    scores: dict[str, float] = {}
    run = setting.text[setting.start : setting.end]
    low, high = setting.clause[0] - setting.start, setting.clause[1] - setting.start
    for number, begin, stop in automaton.find_matches_as_indexes(run):
        place = setting.start + begin, setting.start + stop
        if OFFICE.match(run, begin) or any(first <= place[0] and place[1] <= last for first, last in named):
            continue
        weight = 2.0 if low <= begin and stop <= high else 1.0
        for field in fields[number]:
            scores[field] = scores.get(field, 0.0) + weight
    return tuple(sorted(scores, key=lambda field: -scores[field])[:MOST_FIELDS])


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, ...], ...]]:
    fields: dict[str, list[str]] = {}
    for field, words in read_words("relations", "fields").items():
        for word in words:
            fields.setdefault(word, []).append(field)
    automaton = ahocorasick_rs.AhoCorasick(
        tuple(fields), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return automaton, tuple(map(tuple, fields.values()))
