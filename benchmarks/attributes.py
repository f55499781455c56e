"""Date and status of links against the gold of seeds/corpus: a development figure, by halves.

Only the documents that are measured are read, not the further ones, which learn with their half. The status of each
half is scored by weights that were fitted on the other half only; ``--misses`` shows
errors of the first half, the only one that may be looked at while the rules are written.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence

from bingdi.graph.extraction.attributes import Attributes, read_attributes
from bingdi.graph.extraction.dates import read_dates
from bingdi.graph.extraction.status import StatusScorer
from bingdi.training.corpus import read_corpus
from bingdi.training.status import SEEDS, Case, fit_status, iter_cases, split_halves

STATES = ("done", "ongoing", "planned")
# part_of and located_in say what is so by name; nobody dates them.
UNDATED = ("part_of", "located_in", "adjoins")


def read_case(case: Case, scorer: StatusScorer, *, plain: bool = False) -> Attributes:
    """Attributes at the gold quote; ``plain`` hides the trigger."""
    return read_attributes(
        case.text,
        start=case.start,
        end=case.end,
        trigger=None if plain else case.trigger,
        dates=case.dates,
        published=case.document.date,
        scorer=scorer,
    )


def is_derivable(case: Case) -> bool:
    """Whether the gold date's year can be known from the text or the page's date."""
    years = {found.date[:4] for found in case.dates} | {case.document.date[:4]}
    return case.link.date[:4] in years


def print_dates(cases: Sequence[Case], read: Sequence[Attributes]) -> None:
    """Exact dates, dates of the same month, dates that agree as far as both go; dates where gold has none."""
    both = zip(cases, read, strict=True)
    pairs = [(case, got.date) for case, got in both if case.link.relation not in UNDATED]
    dated = [(case, date) for case, date in pairs if case.link.date]
    for name, rows in (
        ("all", dated),
        ("year in text or page", [row for row in dated if is_derivable(row[0])]),
    ):
        counts = Counter[str]()
        for case, date in rows:
            gold, shorter = case.link.date, min(len(date), len(case.link.date))
            counts["exact"] += date == gold
            counts["month"] += bool(date) and date[:7] == gold[:7]
            counts["agrees"] += bool(date) and date[:shorter] == gold[:shorter]
        shown = ", ".join(f"{kind} {counts[kind] / len(rows):.3f}" for kind in ("exact", "month", "agrees"))
        print(f"  gold dates, {name} ({len(rows)}): {shown}")
    given = sum(bool(date) for _, date in pairs)
    right = sum(bool(date) and date == case.link.date for case, date in pairs)
    none = [bool(date) for case, date in pairs if not case.link.date]
    print(f"  dates given ({given}): exact {right / given:.3f}")
    print(f"  gold has none ({len(none)}): given {sum(none)}, {sum(none) / len(none):.3f}")


def print_status(cases: Sequence[Case], read: Sequence[Attributes], *, name: str) -> None:
    """Accuracy over the links whose gold has a status, and gold against read."""
    both = zip(cases, read, strict=True)
    count = Counter((case.link.status, str(got.status or "")) for case, got in both if case.link.status)
    size = count.total()
    right = sum(number for (gold, got), number in count.items() if gold == got)
    done = sum(number for (gold, _), number in count.items() if gold == "done")
    print(f"  status, {name} ({size}): {right / size:.3f}; always done {done / size:.3f}")
    for gold in STATES:
        print("   ", gold.ljust(8), *(f"{got}:{count[gold, got]}".ljust(13) for got in (*STATES, "")))


def print_misses(cases: Sequence[Case], read: Sequence[Attributes]) -> None:
    """Wrong dates, one a line."""
    for case, got in zip(cases, read, strict=True):
        if got.date != case.link.date and case.link.relation not in UNDATED:
            quote = case.text[max(0, case.start - 40) : case.end].replace("\n", "⏎")
            page = f"{case.document.name} {case.document.date}"
            print(
                "DATE",
                page,
                f"gold {case.link.date} got {got.date}",
                case.link.cue,
                got.status,
                quote,
                sep=" | ",
            )


def print_speed(examples: Sequence[Case]) -> None:
    """Characters a second over whole documents."""
    texts = {case.document.name: case for case in examples}
    start = time.process_time()
    for case in texts.values():
        read_dates(case.text, published=case.document.date)
    size = sum(len(case.text) for case in texts.values())
    print(f"read_dates: {size / (time.process_time() - start) / 1e6:.1f} M characters/s over {len(texts)} documents")


def main() -> None:
    """Prints the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show date errors of the first half")
    options = parser.parse_args()
    split = split_halves(read_corpus(SEEDS / "corpus"))
    halves = [list(iter_cases([example for example in half if not example.further])) for half in split]
    for number, cases in enumerate(halves):
        scorer = fit_status(iter_cases(split[1 - number]))
        read = [read_case(case, scorer) for case in cases]
        print(f"half {number}{' (errors were looked at)' if number == 0 else ' (unseen)'}: {len(cases)} links")
        print_dates(cases, read)
        print_status(cases, read, name="cue as trigger")
        print_status(cases, [read_case(case, scorer, plain=True) for case in cases], name="no trigger")
        print(f"  denied by mistake: {sum(got.negated for got in read)} of {len(read)}")
        start = time.process_time()
        for case in cases:
            read_case(case, scorer)
        print(f"  read_attributes: {(time.process_time() - start) / len(cases) * 1e6:.0f} µs a call")
        if options.misses and number == 0:
            print_misses(cases, read)
    print_speed(halves[0] + halves[1])


if __name__ == "__main__":
    main()
