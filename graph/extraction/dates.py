"""Dates in a text: calendar dates, intervals and relative words → ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..reading.script import simplify

DIGITS = "〇零○一二三四五六七八九"
YEAR = rf"(?:1[89]|20)[0-9]{{2}}(?![0-9])|[一二][{DIGITS}]{{3}}(?=\ ?年)"
MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])|(?:十[一二]?|[一二三四五六七八九])(?=月)"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
WRITTEN_DAY = r"(?<=月)(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])"
JOIN = r"\ ?(?:至|到|[—–－~～-]{1,2})\ ?"
# The sign may belong to another word: 今年轻, 2010年代, 2015年级, 三月街, 5号楼, 12日报.
NOT_YEAR = r"(?![轻龄级纪代期]|青[人一]|均)的?\ ?"
YEAR_SIGN = rf"\ ?年{NOT_YEAR}"
MONTH_SIGN = r"\ ?月份?(?![街饼球])\ ?"
DAY_SIGN = r"\ ?[日号](?![线楼院桥游均照]|报[^道到名送])"
EXPRESSION = re.compile(
    rf"""(?=[0-9{DIGITS}十今去前明当同那这次翌本上下昨隔第])(?<![0-9/])(?<![0-9][.,-])(?:
        (?P<iso>(?:19|20)[0-9]{{2}}(?:-[01][0-9](?:-[0-3][0-9])?|(?P<sign>[/.])[01]?[0-9](?P=sign)[0-3]?[0-9])
            (?![0-9./-]|\ ?[年人元个]))
      | (?P<today>今[天日晚早](?=[上下早晚中，,在于起举从召正])|昨[天日晚]|(?<![年月日以之])前天(?!下)
            |明[天日](?=[上下早晚，,将起举]))
      | (?P<same_day>当[天日晚](?![的地])|同日|次日|翌日|第二天|隔天)
      | (?:(?P<year>{YEAR})(?:{YEAR_SIGN}|(?={JOIN}(?:{YEAR})\ ?年))
          |(?P<said_year>(?<!如)今年|(?<!过)去年|(?<![0-9年])前年|(?<!光)明年|(?<![相正])当年
            |同年|那一?年|这一年|次年|翌年|本年|第二年){NOT_YEAR})?+
        (?:(?<![第近每满])(?P<month>{MONTH})(?:{MONTH_SIGN}|(?={JOIN}(?:{MONTH})\ ?月))
          |(?P<said_month>[本当同次]月|[上下]个?月))?+
        (?:(?P<day>(?<![第近每前后达共满过{DIGITS}十]){DAY}|{WRITTEN_DAY})
            (?:{DAY_SIGN}|(?={JOIN}(?:{DAY})\ ?[日号])))?+
        (?(year)|(?(said_year)|(?(month)|(?(said_month)|(?(day)|(?!))))))
        (?:{JOIN}
            (?:(?P<end_year>{YEAR}){YEAR_SIGN})?+
            (?:(?P<end_month>{MONTH}){MONTH_SIGN})?+
            (?:(?P<end_day>{DAY}|{WRITTEN_DAY}){DAY_SIGN})?+
            (?(end_year)|(?(end_month)|(?(end_day)|(?!))))
        )?+
    )""",
    re.VERBOSE,
)
ISO = re.compile(r"((?:1[0-9]|20)[0-9]{2})(?:[-/.]([01]?[0-9])(?:[-/.]([0-3]?[0-9]))?)?")
SENTENCE_END = re.compile(r"[。！？!?\n]+")
# Simplifying costs more than the search itself: only for text with a character that the search needs.
NOT_SIMPLE = re.compile("[當這號個後輕級間０-９]")
CHINESE = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
SHIFTED_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
SHIFTED_DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1}
NEXT = ("次", "翌", "第", "隔", "下")
# 12月 in news of January is that of the year before.
MOST_MONTHS_AHEAD = 5
# Sentence ends between a date and what leans on it: 同年, 当天 reach far; 11月, 15日 do only without a page date.
NEAR, FAR = 1, 9

Parts = tuple[int, int, int]
NOTHING: Parts = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date at ``[start, end)``; ``date_end`` is the last day, month or year of an interval, or empty.

    ``explicit_year`` tells whether the year is written in digits where the date stands.
    """

    start: int
    end: int
    date: str
    date_end: str
    explicit_year: bool


def read_dates(text: str, *, published: str = "") -> tuple[DateMention, ...]:
    """Dates of a whole document in order, relative ones resolved against the text and ``published``.

    A missing year comes from the date before it in the same or the previous sentence, else from
    ``published``; where neither has one, the date is left out.
    """
    plain = simplify(text) if NOT_SIMPLE.search(text) else text
    calendar = _Calendar(plain, published=parse_parts(published))
    return tuple(calendar.iter_mentions())


def is_after(found: str, published: str) -> bool:
    """Whether a partial date lies behind another, as far as both go."""
    shorter = min(len(found), len(published))
    return found[:shorter] > published[:shorter]


def parse_parts(text: str) -> Parts:
    """Year, month and day of a partial ISO date, 0 for what is missing or no calendar has."""
    if not (match := ISO.fullmatch(text)):
        return NOTHING
    year, month, day = (int(part or 0) for part in match.groups())
    return (year, month, day) if 1 <= month <= 12 else (year, 0, 0)


def format_parts(parts: Parts) -> str:
    """A partial ISO date; a day that the month does not have is left out."""
    year, month, day = parts
    if not year or not month or month > 12:
        return f"{year:04}" if year else ""
    if not day or day > monthrange(year, month)[1]:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def read_number(text: str) -> int:
    """A number in digits, in Chinese digits (二〇二三), or up to 三十一."""
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(CHINESE[character]) for character in text))
    tens, ones = text.split("十")
    return CHINESE.get(tens, 1) * 10 + CHINESE.get(ones, 0)


class _Calendar:
    """Reads the matches of a text in order and keeps the last date for those that lean on it."""

    def __init__(self, text: str, *, published: Parts) -> None:
        self.text = text
        self.published = published
        self.last = NOTHING
        self.last_end = 0

    def iter_mentions(self) -> Iterator[DateMention]:
        for match in EXPRESSION.finditer(self.text):
            begin = self._resolve(match)
            if not begin[0]:
                self.last = NOTHING
                continue
            self.last, self.last_end = begin, match.end()
            yield DateMention(
                start=match.start(),
                end=match.start() + len(match[0].rstrip("的 ")),
                date=format_parts(begin),
                date_end=self._resolve_end(match, begin),
                explicit_year=bool(match["year"] or match["iso"]),
            )

    def _resolve(self, match: re.Match[str]) -> Parts:
        if match["iso"]:
            found = parse_parts(match["iso"])
            return found if found[1] else NOTHING
        if match["today"]:
            return _shift(self.published, SHIFTED_DAYS[match["today"][0]])
        near = self._near(match)
        if match["same_day"]:
            return _shift(near, int(match["same_day"][0] in NEXT))
        if match["year"]:
            return read_number(match["year"]), _number(match["month"]), _number(match["day"])
        month = _number(match["month"])
        if match["said_year"]:
            return self._said_year(match["said_year"], near), month, _number(match["day"])
        if match["said_month"]:
            year, month = self._said_month(match["said_month"], near)
            return year, month, _number(match["day"])
        if month:
            return self._missing_year(near, month), month, _number(match["day"])
        year, month, _ = near if near[1] else self.published
        return (year, month, _number(match["day"])) if month else NOTHING

    def _near(self, match: re.Match[str]) -> Parts:
        """The last date, where it stands near enough for what leans on it."""
        place, start = self.last_end, match.start()
        bare = not (match["said_year"] or match["said_month"] or match["same_day"])
        window = NEAR if bare and self.published[0] else FAR
        for _ in range(window + 1):
            if not (end := SENTENCE_END.search(self.text, place, start)):
                return self.last
            place = end.end()
        return NOTHING

    def _missing_year(self, near: Parts, month: int) -> int:
        if near[0]:
            return near[0]
        year, published, _ = self.published
        return year - 1 if published and month - published > MOST_MONTHS_AHEAD else year

    def _said_year(self, word: str, near: Parts) -> int:
        if word in SHIFTED_YEARS:
            return self.published[0] + SHIFTED_YEARS[word] if self.published[0] else 0
        return near[0] + int(word[0] in NEXT) if near[0] else 0

    def _said_month(self, word: str, near: Parts) -> tuple[int, int]:
        year, month, _ = self.published if word[0] in "本上下" else near
        if not month:
            return 0, 0
        month += -1 if word[0] == "上" else int(word[0] in NEXT)
        return year + (month - 1) // 12, (month - 1) % 12 + 1

    def _resolve_end(self, match: re.Match[str], begin: Parts) -> str:
        year, month, day = (_number(match[name]) for name in ("end_year", "end_month", "end_day"))
        if not (year or month or day):
            return ""
        if not year:
            year = begin[0] + (1 if month and month < begin[1] else 0)
        end, first = format_parts((year, month or (begin[1] if day else 0), day)), format_parts(begin)
        return end if end[: len(first)] >= first[: len(end)] else ""


def _number(text: str | None) -> int:
    return read_number(text) if text else 0


def _shift(parts: Parts, days: int) -> Parts:
    """The day so many days later; nothing for a date that has no day."""
    if not parts[2] or parts[2] > monthrange(parts[0], parts[1])[1]:
        return NOTHING
    moved = date(*parts) + timedelta(days=days)
    return moved.year, moved.month, moved.day
