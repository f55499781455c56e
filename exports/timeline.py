"""Partial dates as intervals of whole days, for readers that want full dates."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def parse_days(partial: str) -> tuple[date, date] | None:
    """First and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None for anything else."""
    match = _PARTIAL.fullmatch(partial)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last_month = 12 if month is None else month
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


@lru_cache(maxsize=4096)
def get_interval(first: str, last: str) -> tuple[str, str] | None:
    """``yyyy-mm-dd`` of the first and last day that two partial dates cover; None when both are undated."""
    days = [found for text in (first, last) if (found := parse_days(text))]
    if not days:
        return None
    return min(day for day, _ in days).isoformat(), max(day for _, day in days).isoformat()
