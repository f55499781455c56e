"""Status of a link: done, ongoing or planned, by a small logistic regression over the words around its trigger.

``training/status.py`` fits the weights from the annotated corpus and writes ``seeds/models/status.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

import ahocorasick_rs

from ..errors import ModelError
from ..lexicon import read_words
from ..model import Span, Status
from .dates import DateMention, is_after
from .models import find_models

FORMAT = 1
BEFORE, AFTER, EARLIER = 10, 8, 60
KINDS = ("planned", "ongoing", "negation", "wish")
CLAUSE_END = re.compile(r"[，,；;。：:！？!?\n]")
# 将与…签订, 拟由…共建, 正同…修建 say it outright; 已将…捐赠, 合作计划签字 do not.
PLANNED = re.compile(
    r"(?<![已即便均都曾经])(?:即?将(?:要|会)?|拟(?:于|定)?|打算|准备|(?<![作目扶养才略年训学动资建])计划)"
    r"(?:再|还|也|都|又|分别|正式|于[^，,。；;]{1,10}|在[^，,。；;]{1,12})?"
    r"(?:[与同和跟]|由|共同|联合|携手|合作|合力|选派|派|签订?|签署|共建|合办|继续)"
)
ONGOING = re.compile(r"正(?:在|由|同|与|和|跟|为|着手|合力|联合|共同|一起|一道|携手|抓紧|加紧|陆续)")
# 将…送给, 将甲与乙连接 is 把; 高起点谋划 is how something was done.
MOVED = re.compile(
    r"(?<![即也还都仍又])将(?![要会于在由从为与同和跟再继])[^，,。；;]{1,24}?"
    r"(?:(?:捐|赠|送|移交|交|运|发放|派|引|带|融|纳|列|植|播|传|打造|建设|修|改)[^，,。；;将]{0,2}(?:给|到|至|往|向|入|进|成|为|通)|连接|相连|连在)"
)
PLOTTED = re.compile("(?<![将拟正在])(?:谋划|规划)")
SPEECH = re.compile("表示|介绍|说[,，:：]|指出|透露|强调|提出|认为")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a link is stated: its evidence, its trigger, the clause of that, and the dates of the evidence.

    Without a trigger the whole evidence stands for it. ``text`` is simplified.
    """

    text: str
    start: int
    end: int
    trigger: Span | None
    clause: Span
    dates: Sequence[DateMention]
    published: str

    @property
    def place(self) -> Span:
        """The trigger, or the evidence where there is none."""
        return self.trigger or (self.start, self.end)


def find_clause(text: str, place: Span, *, within: Span) -> Span:
    """The run between clause marks that holds ``place``, inside ``within``."""
    start, end = within
    for match in CLAUSE_END.finditer(text, within[0], place[0]):
        start = match.end()
    if match_after := CLAUSE_END.search(text, place[1], within[1]):
        end = match_after.start()
    return start, max(end, place[1])


def is_headline(text: str, start: int) -> bool:
    """Whether a sentence opens the text, as a headline does."""
    return start < EARLIER and "\n" not in text[:start]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusScorer:
    """Weights of features for each of ``classes``."""

    classes: tuple[Status, ...]
    intercept: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def predict(self, features: Iterable[str]) -> Status:
        """The likeliest class; features that training never saw count nothing."""
        get = self.weights.get
        known = [weight for feature in features if (weight := get(feature))]
        # Exact sums: the features come in no order, and ties must not depend on it.
        scores = [fsum(column) for column in zip(self.intercept, *known, strict=True)]
        return self.classes[scores.index(max(scores))]


@cache
def load_status_scorer() -> StatusScorer:
    """The scorer in ``status.json`` of the folder of ``find_models``; raises ModelError where it is damaged."""
    place = find_models().joinpath("status.json")
    try:
        content = json.loads(place.read_text("utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}, not {FORMAT}")
        return StatusScorer(
            classes=tuple(Status(name) for name in content["classes"]),
            intercept=tuple(content["intercept"]),
            weights={name: tuple(weight) for name, weight in content["weights"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{place}: {error}; run `bingdi train` or restore the file") from error


def find_plain_status(setting: Setting) -> Status | None:
    """What the clause says outright up to its trigger, or None."""
    if not setting.trigger:
        return None
    run = setting.text[setting.clause[0] : setting.trigger[1]]
    if PLANNED.search(run):
        return Status.PLANNED
    return Status.ONGOING if ONGOING.search(run) else None


def read_status_features(setting: Setting) -> frozenset[str]:
    """Names of what holds there: characters around the trigger, words of time, the date before it."""
    found = _read_trigger_features(setting) if setting.trigger else _read_plain_features(setting)
    found.extend(_iter_word_features(setting))
    found.extend(_iter_date_features(setting))
    if SPEECH.search(setting.text, setting.start, setting.end):
        found.append("speech")
    if is_headline(setting.text, setting.start):
        found.append("title")
    return frozenset(found)


def _read_trigger_features(setting: Setting) -> list[str]:
    start, end = setting.place
    text, (low, high) = setting.text, setting.clause
    word, before, after = (
        text[start:end],
        text[max(low, start - BEFORE) : start],
        text[end : min(high, end + AFTER)],
    )
    found = ["t1" + character for character in word]
    for name, run in (("t2", word), ("b2", before), ("a2", after)):
        found += [name + run[place : place + 2] for place in range(len(run))]
    found.append(f"last{text[start - 1 : start] if start else ''}")
    found.append(f"next{text[end : end + 1]}")
    return found


def _read_plain_features(setting: Setting) -> list[str]:
    return ["none", *("n1" + character for character in setting.text[setting.start : setting.end])]


def _iter_word_features(setting: Setting) -> Iterator[str]:
    """Words of plan, habit, negation and wish: in the clause, in the evidence, shortly before it."""
    text, (low, high), (start, end) = setting.text, setting.clause, setting.place
    unplanned = {
        match.start() for rule in (MOVED, PLOTTED) for match in rule.finditer(text, setting.start, setting.end)
    }
    first = max(text.rfind("\n", 0, setting.start) + 1, setting.start - EARLIER)
    automaton, kinds = _automaton()
    for number, begin, stop in automaton.find_matches_as_indexes(text[first : setting.end]):
        begin, stop = begin + first, stop + first
        for kind in kinds[number]:
            if kind == "planned" and begin in unplanned:
                continue
            if stop <= setting.start:
                yield f"earlier {kind}"
                continue
            yield f"sentence {kind}"
            if stop <= start or not setting.trigger:
                yield f"sentence before {kind}"
            if setting.trigger and low <= begin and stop <= start:
                yield f"before {kind}"
            if setting.trigger and end <= begin and stop <= high:
                yield f"after {kind}"


def _iter_date_features(setting: Setting) -> Iterator[str]:
    if not setting.dates:
        yield "no date"
        return
    last = next((found for found in reversed(setting.dates) if found.end <= setting.place[0]), setting.dates[-1])
    yield f"date {len(last.date)}"
    yield f"behind date {setting.text[last.end : last.end + 1]}"
    if last.date_end:
        yield "interval"
    if setting.text[last.end : last.end + 2] in ("以来", "以后"):
        yield "since"
    if is_after(last.date, setting.published):
        yield "future"
    if last.date[:4] < setting.published[:4]:
        yield "past year"


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, ...], ...]]:
    kinds: dict[str, list[str]] = {}
    for kind in KINDS:
        for word in read_words("relations", "words")[kind]:
            kinds.setdefault(word, []).append(kind)
    automaton = ahocorasick_rs.AhoCorasick(
        tuple(kinds), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return automaton, tuple(map(tuple, kinds.values()))
