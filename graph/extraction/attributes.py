"""Attributes of a link where it is stated: date or interval, status, fields of cooperation, negation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from ..lexicon import read_words
from ..model import Span, Status
from .dates import DateMention
from .negation import is_negated, is_unasserted
from .status import (
    Setting,
    StatusScorer,
    find_clause,
    find_plain_status,
    is_headline,
    load_status_scorer,
    read_status_features,
)

MOST_FIELDS = 3
MOST_PARAGRAPHS = 2
LONGEST_TITLE = 60
AGENCY = ("讯", "电", "报")
PHOTOGRAPH = re.compile("拍?摄")
TERM = re.compile("[(（]$|期限$|限为$")
# 始建于1958年的学校: since when there has been what a name stands for.
FOUNDED = re.compile("(?:建|办|立|创|生)于$")
SINCE = ("自", "从")
SINCE_THEN = re.compile("以来|[开伊]始|起")
PAGE_DATE = re.compile(r"[0-9]{4}[-/.]")
# A time that is not that of the event told before.
OTHER_TIME = re.compile(
    "此前|之前|以前|先前|早在|曾|当初|过去|多年|历来|以来|这些年|几年|往年|一直|日前|近日|近期|上周|上个?月|不久前|前不久"
)
SENTENCE_END = re.compile("[。！？!?]")
PARAGRAPH_END = re.compile(r"\n+")
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


def read_attributes(
    scene_text: str,
    *,
    start: int,
    end: int,
    trigger: Span | None,
    dates: Sequence[DateMention],
    published: str = "",
    named: Sequence[Span] = (),
    scorer: StatusScorer | None = None,
) -> Attributes:
    """Attributes of the link that ``[start, end)`` of a simplified text states by ``trigger``.

    ``dates`` are those of the whole document, in order, ``named`` the places whose names say nothing of a field
    (no 渠 in 五家渠). A negated statement has no status.
    """
    place = trigger or (start, end)
    setting = Setting(
        text=scene_text,
        start=start,
        end=end,
        trigger=trigger,
        clause=find_clause(scene_text, place, within=(start, end)),
        dates=dates[_count_before(dates, start) : _count_before(dates, end)],
        published=published,
    )
    denied = is_negated(scene_text, trigger=trigger, clause=setting.clause, end=end)
    negated = denied or is_unasserted(scene_text, clause=setting.clause, start=start, end=end)
    status = find_plain_status(setting) or (scorer or load_status_scorer()).predict(read_status_features(setting))
    found = _find_date(setting, status) or (_find_earlier(setting, dates) if status is Status.DONE else None)
    return Attributes(
        date=found.date if found else "",
        date_end=found.date_end if found else "",
        status=None if negated else status,
        fields=read_fields(setting, named=named),
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


def _count_before(dates: Sequence[DateMention], place: int) -> int:
    return bisect_left(dates, place, key=lambda found: found.start)


def _find_date(setting: Setting, status: Status) -> DateMention | None:
    """The last date before the trigger in the evidence, else the first one behind it."""
    told = [found for found in setting.dates if _is_told(setting, found, status)]
    before = [found for found in told if found.end <= setting.place[0]]
    return before[-1] if before else next(iter(told), None)


def _find_earlier(setting: Setting, dates: Sequence[DateMention]) -> DateMention | None:
    """The date of the event that the text was telling: in this paragraph, or a day in one before it.

    A headline has none before it and takes the day that opens the text below.
    """
    text, start = setting.text, setting.start
    if OTHER_TIME.search(text, start, setting.end):
        return None
    paragraph, here = text.rfind("\n", 0, start) + 1, _count_before(dates, start)
    for found in reversed(dates[:here]):
        if found.start < paragraph and not _is_day(text, found):
            continue
        if not _is_told(setting, found, Status.DONE) or _is_since(text, found):
            continue
        if found.start < paragraph:
            return found if len(PARAGRAPH_END.findall(text, found.end, start)) <= MOST_PARAGRAPHS else None
        if len(found.date) == 10 or len(SENTENCE_END.findall(text, found.end, start)) <= 1:
            return found
    return _find_below(setting, dates[here:]) if is_headline(text, start) else None


def _is_since(text: str, found: DateMention) -> bool:
    """Whether a date only tells from when on something has been so (自2010年以来), which later sentences leave."""
    return text[max(0, found.start - 1) : found.start] in SINCE or SINCE_THEN.match(text, found.end) is not None


def _find_below(setting: Setting, dates: Sequence[DateMention]) -> DateMention | None:
    text, end = setting.text, setting.end
    found = next((found for found in dates if _is_day(text, found) and _is_told(setting, found, Status.DONE)), None)
    return found if found and len(PARAGRAPH_END.findall(text, end - 1, found.start)) <= 1 else None


def _is_day(text: str, found: DateMention) -> bool:
    """Whether it is a day of the story, not of the page or of the agency's line."""
    return (
        len(found.date) == 10
        and not PAGE_DATE.match(text, found.start)
        and text[found.end : found.end + 1] not in AGENCY
    )


def _is_told(setting: Setting, found: DateMention, status: Status) -> bool:
    """Whether a date can be that of an event: not of a photograph, a founding, a title, a term, or of days to come."""
    text = setting.text
    before = text[max(0, found.start - 2) : found.start]
    if PHOTOGRAPH.match(text, found.end) or (found.date_end and TERM.search(before)):
        return False
    if text[found.end : found.end + 1] == "的" and FOUNDED.search(before):
        return False
    if status is Status.DONE and setting.published and found.date > setting.published:
        return False
    title = text.rfind("《", max(0, found.start - LONGEST_TITLE), found.start)
    return title < 0 or "》" in text[title : found.start]


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
