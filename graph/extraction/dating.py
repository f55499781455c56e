"""Which date of its text a statement has, and how much of it: boosted trees over where the dates stand.

Each date near a statement is offered as a day, a month and a year, and ``seeds/models/date_trees.npz``, which
``training/dating.py`` fits from the annotated corpus, says how likely each is what a reader would give.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from ..model import Relation, Span, Status
from .dates import DateMention, is_after, parse_parts, read_dates
from .models import find_models, read_trees
from .status import Setting, find_clause, is_headline
from .trees import Trees

Floats = NDArray[np.float64]
DATE_TREES = "date_trees"
LEVELS = (4, 7, 10)
"""Characters of a year, a month and a day."""
LEAST = 0.35
"""What a date must be worth. Annotators leave dates out: of those between this and 0.4 six of ten are theirs."""
BEFORE, BEHIND = 8, 4
"""How many dates are looked at before a statement, and behind a headline."""
MOST_PARAGRAPHS = 2
"""How far a day reaches that another paragraph tells."""
LONGEST_TITLE = 60
FARTHEST = 1000
"""Characters beyond are not told apart."""
_AGENCY = ("讯", "电", "报")
_PHOTOGRAPH = re.compile("拍?摄")
_TERM = re.compile("[(（]$|期限$|限为$")
# 始建于1958年的学校: since when there has been what a name stands for.
_FOUNDED = re.compile("(?:建|办|立|创|生)于$")
_PAGE_DATE = re.compile(r"[0-9]{4}[-/.]")
# A time that is not that of the event told before.
_OTHER_TIME = re.compile(
    "此前|之前|以前|先前|早在|曾|当初|过去|多年|历来|以来|这些年|几年|往年|一直|日前|近日|近期|上周|上个?月|不久前|前不久"
)
_WORDS_BEHIND = tuple(
    re.compile(words)
    for words in (
        "以来|至今",
        "起|[开伊]始",
        "[前底末初中]",
        "的",
        "[，,]",
        "[上下中]午|晚|[清凌]晨",
        "[电讯报]",
        "[)）]",
    )
)
_WORDS_AHEAD = tuple(
    re.compile(f"(?:{words})$")
    for words in ("早在", "[自从]", "[到至]|截[至止]", "于", "在", "[(（]", "[，,]", r"[。！？!?；;\n]")
)
_TIMES = tuple(
    re.compile(words)
    for words in (
        "近日|日前|近期|不久前|前不久|刚刚",
        "今年|今天|当[天日年]|同[年日时期]",
        "随后|接着|之后|会[后上]|其间|期间|现场|活动|仪式",
        "目前|如今|眼下|现在|至今|已经",
        "截[至止]|累计|先后|陆续|历年|多年|历来|一直|长期|以来",
        "[每年]年|常年|定期|每月|平时",
        "此前|之前|以前|早在|曾|当初|过去",
        "将|拟|计划|下一步|今后|未来",
    )
)
_SENTENCE_END, _CLAUSE_END, _PARAGRAPH_END = re.compile("[。！？!?]"), re.compile("[，,；;：:]"), re.compile(r"\n+")
_DAYS_OF = (372, 31, 1)
_RELATIONS = {relation: number for number, relation in enumerate(Relation)}
_STATES = {status: number for number, status in enumerate(Status)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a statement before its date: where it stands, what it states, and in what state that is."""

    setting: Setting
    relation: Relation
    status: Status


@cache
def load_date_trees() -> Trees:
    """The trees that come with bingdi, or those of the folder that ``BINGDI_MODELS`` names."""
    return read_trees(find_models(), DATE_TREES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A date of the text as it could be given: its first ``size`` characters."""

    mention: DateMention
    number: int
    size: int

    @property
    def date(self) -> str:
        """The date as far as it is given."""
        return self.mention.date[: self.size]

    @property
    def date_end(self) -> str:
        """The end of an interval that is given as it stands in the text."""
        return self.mention.date_end if self.size == len(self.mention.date) else ""


@dataclass(frozen=True)
class DatedText:
    """A simplified text with its dates in order and the date of its page."""

    text: str
    dates: Sequence[DateMention]
    published: str = ""

    @classmethod
    def read(cls, text: str, *, published: str = "") -> DatedText:
        """A simplified text from a page of that date (a partial ISO date)."""
        return cls(text, read_dates(text, published=published), published)

    def setting(self, *, start: int, end: int, trigger: Span | None) -> Setting:
        """Where ``[start, end)`` states something by a trigger."""
        low, high = self._number_of(start), self._number_of(end)
        return Setting(
            text=self.text,
            start=start,
            end=end,
            trigger=trigger,
            clause=find_clause(self.text, trigger or (start, end), within=(start, end)),
            dates=self.dates[low:high],
            published=self.published,
        )

    def choose(self, told: Told, trees: Trees) -> Choice | None:
        """The date of a statement, or None where none is likely enough."""
        choices = self.list_choices(told)
        if not choices:
            return None
        scores = trees.predict(self.read_rows(told, choices))
        best = int(scores.argmax())
        return choices[best] if scores[best] >= LEAST else None

    def list_choices(self, told: Told) -> list[Choice]:
        """The dates that a statement can have, each as day, month and year."""
        return [
            Choice(mention=found, number=number, size=size)
            for number in self._list_near(told.setting)
            if self._is_told(found := self.dates[number], told.status)
            for size in LEVELS[: LEVELS.index(len(found.date)) + 1]
        ]

    def _list_near(self, setting: Setting) -> list[int]:
        """The dates of its sentence, those told before it in its paragraph, and the days of two paragraphs before.

        A headline takes days from below it; what tells of another time (此前) only its own dates.
        """
        low, high = self._number_of(setting.start), self._number_of(setting.end)
        own = [*range(low, high)]
        if _OTHER_TIME.search(self.text, setting.start, setting.end):
            return own
        near = [*range(max(low - BEFORE, 0), low)]
        if is_headline(self.text, setting.start):
            near += range(high, min(high + BEHIND, len(self.dates)))
        apart = [(number, self._count_paragraphs(setting.start, self._starts[number])) for number in near]
        days = {number for number in near if len(self.dates[number].date) == LEVELS[-1]}
        told = [number for number, count in apart if number < low and not count]
        return [*told, *own, *(number for number, count in apart if 0 < count <= MOST_PARAGRAPHS and number in days)]

    def _count_paragraphs(self, here: int, there: int) -> int:
        """How many ends of paragraphs stand between two places."""
        return abs(bisect_left(self._ends[1], here) - bisect_left(self._ends[1], there))

    def read_rows(self, told: Told, choices: Sequence[Choice]) -> Floats:
        """A row of numbers for each choice, shape (choices, features)."""
        said = self._read_statement(told)
        places = {choice.number: self._read_place(told.setting, choice.number) for choice in choices}
        rows = [
            (*self._read_level(choice), *self._marks[choice.number], *places[choice.number], *said)
            for choice in choices
        ]
        return np.array(rows, np.float64)

    def _read_level(self, choice: Choice) -> tuple[float, ...]:
        date, end = choice.date, choice.mention.date_end
        return (
            choice.size,
            len(choice.mention.date) - choice.size,
            bool(end) and end.startswith(date),
            bool(self.published) and self.published.startswith(date),
        )

    def _number_of(self, place: int) -> int:
        """The number of the first date from a place on."""
        return bisect_left(self._starts, place)

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start for found in self.dates]

    @cached_property
    def _title_end(self) -> int:
        return max(self.text.find("\n", 0, 2 * LONGEST_TITLE), 0)

    @cached_property
    def _ends(self) -> tuple[list[int], list[int], list[int]]:
        """Where sentences, paragraphs and clauses end."""
        paragraphs = [match.start() for match in _PARAGRAPH_END.finditer(self.text)]
        sentences, clauses = (
            [match.start() for match in rule.finditer(self.text)] for rule in (_SENTENCE_END, _CLAUSE_END)
        )
        return sentences, paragraphs, clauses

    @cached_property
    def _marks(self) -> list[tuple[float, ...]]:
        """What holds of each date whatever is asked of it."""
        return [self._read_mark(number, found) for number, found in enumerate(self.dates)]

    def _read_mark(self, number: int, found: DateMention) -> tuple[float, ...]:
        text, ahead = self.text, self.text[max(found.start - 2, 0) : found.start]
        return (
            bool(found.date_end),
            found.explicit_year,
            found.start < self._title_end,
            min(found.start - text.rfind("\n", 0, found.start), FARTHEST),
            number > 0 and self.dates[number - 1].date[:4] != found.date[:4],
            bool(_PAGE_DATE.match(text, found.start)) or text[found.end : found.end + 1] in _AGENCY,
            "年月日号天".find(text[found.end - 1]),
            next((place for place, rule in enumerate(_WORDS_BEHIND) if rule.match(text, found.end)), -1),
            next((place for place, rule in enumerate(_WORDS_AHEAD) if rule.search(ahead)), -1),
            *self._read_page(found.date),
        )

    def _read_page(self, date: str) -> tuple[float, ...]:
        """How long before the page a date lies, in days, and how much of it is that of the page."""
        if not self.published:
            return (-FARTHEST, 0, 0)
        age = _count_days(self.published) - _count_days(date)
        same = next((size for size in reversed(LEVELS) if self.published[:size] == date[:size]), 0)
        return (age, is_after(date, self.published), same)

    def _read_place(self, setting: Setting, number: int) -> tuple[float, ...]:
        """Where a date stands, seen from the statement."""
        found, (start, end) = self.dates[number], setting.place
        before = found.end <= start
        low, high = (found.end, start) if before else (end, max(found.start, end))
        between = (bisect_left(places, high) - bisect_left(places, low) for places in self._ends)
        here = self._number_of(start)
        return (
            before,
            setting.start <= found.start < setting.end,
            setting.clause[0] <= found.start < setting.clause[1],
            min(high - low, FARTHEST),
            *(min(count, 20) for count in between),
            min(here - 1 - number if before else number - here, 20),
            bool(setting.dates) and all(other.date[:4] != found.date[:4] for other in setting.dates),
        )

    def _read_statement(self, told: Told) -> tuple[float, ...]:
        setting = told.setting
        text, start, end = self.text, setting.start, setting.end
        return (
            _RELATIONS[told.relation],
            _STATES[told.status],
            start < self._title_end,
            is_headline(text, start),
            len(setting.dates),
            min(end - start, FARTHEST),
            setting.trigger is None,
            *(bool(rule.search(text, start, setting.place[0])) for rule in _TIMES),
            *(bool(rule.search(text, setting.place[0], end)) for rule in _TIMES),
        )

    def _is_told(self, found: DateMention, status: Status) -> bool:
        """Whether it can date an event: not that of a photograph, a founding, a title, a term, or of days to come."""
        before = self.text[max(0, found.start - 2) : found.start]
        if _PHOTOGRAPH.match(self.text, found.end) or (found.date_end and _TERM.search(before)):
            return False
        if self.text[found.end : found.end + 1] == "的" and _FOUNDED.search(before):
            return False
        if status is Status.DONE and is_after(found.date, self.published):
            return False
        title = self.text.rfind("《", max(0, found.start - LONGEST_TITLE), found.start)
        return title < 0 or "》" in self.text[title : found.start]


def _count_days(date: str) -> int:
    """Days since the year 0 with months of 31 days, from the middle of a month or year that is all that is told."""
    year, month, day = parse_parts(date)
    return sum(size * part for size, part in zip(_DAYS_OF, (year, month or 6, day or 15), strict=True))
