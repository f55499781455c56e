"""Dates as pages write them → ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

DATE = re.compile(
    r"""(?<![\d.])(?:
        (?P<year>(?:19|20)\d\d)\s*(?:年\s*|[-/.]\s*|\s(?=\d\d?/))(?P<month>1[0-2]|0?[1-9])
            (?:\s*(?:月\s*|[-/.]\s*)(?P<day>3[01]|[12]\d|0?[1-9])(?:(?=\d\d[:：]\d\d)|(?!\d))\s*[日号號]?
              |\s*月|(?=[^\d./期-]|$))
      | (?P<year2>(?:19|20)\d\d)(?P<month2>1[0-2]|0[1-9])(?P<day2>3[01]|[12]\d|0[1-9])(?!\d)
      | (?P<day3>3[01]|[12]\d|0?[1-9])\.(?P<month3>1[0-2]|0?[1-9])\.(?P<year3>(?:19|20)\d\d)(?!\d)
      | (?P<year4>\d\d)(?:年|-)(?P<month4>1[0-2]|0?[1-9])(?:月|-)(?P<day4>3[01]|[12]\d|0?[1-9])(?!\d)日?
      | (?P<year5>(?:19|20)\d\d)\s*年
    )""",
    re.VERBOSE,
)
CLOCK = re.compile(
    r"""
    (?<!\d)(?:[01]?\d|2[0-3])(?:[:：]\d\d(?:[:：]\d\d)?|[时時点點]\d\d分)
    (?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?!\d)
    """,
    re.VERBOSE,
)
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
BEIJING = timezone(timedelta(hours=8))
ENGLISH = re.compile(r"(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<year>(?:19|20)\d\d)")


DIGITS = {**{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
CHINESE = re.compile(
    r"[〇零○一二三四五六七八九]{4}(?=\s*年)"
    r"|(?:[一二三]?十[一二三四五六七八九]?|(?<!十)[一二三四五六七八九])(?=\s*[月日号號])"
)


def parse_date(text: str) -> str:
    """The first date in the text, as precise as it is written, or the empty string.

    Chinese numerals are read too (二〇二三年五月). A number of seconds or milliseconds since 1970 is read as the day it
    is in Beijing.
    """
    if EPOCH.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(text.strip()[:10]), BEIJING).date().isoformat()
    if (english := ENGLISH.search(text)) and (month := MONTHS.get(english["month"].lower())):
        return _join(int(english["year"]), month=month, day=int(english["day"]))
    for match in DATE.finditer(CHINESE.sub(_write_digits, text)):
        if found := format_date(match):
            return found
    return text.strip() if re.fullmatch(r"\s*(?:19|20)\d\d\s*", text) else ""


def _write_digits(match: re.Match[str]) -> str:
    """二〇二三 → 2023, 十二 → 12, 二十 → 20, 五 → 5."""
    tens, ten, ones = match[0].rpartition("十")
    if not ten:
        return "".join(DIGITS[digit] for digit in ones)
    return DIGITS.get(tens, "1") + DIGITS.get(ones, "0")


def format_date(match: re.Match[str]) -> str:
    """A match of ``DATE`` as partial ISO date; the empty string for a day that no calendar has."""
    parts = {name.rstrip("2345"): int(value) for name, value in match.groupdict().items() if value}
    year = parts["year"] + (2000 if parts["year"] < 70 else 1900 if parts["year"] < 100 else 0)
    return _join(year, month=parts.get("month", 0), day=parts.get("day", 0))


def _join(year: int, *, month: int, day: int) -> str:
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
