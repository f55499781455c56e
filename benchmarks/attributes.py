"""Date and status of links against the gold of seeds/corpus: a development figure, by halves.

The status of each half is scored by weights that were fitted on the other half only; ``--misses`` shows
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
    pairs = [(case, got.date) for case, got in zip(cases, read, strict=True) if case.link.relation not in UNDATED]
    dated = [(case, date) for case, date in pairs if case.link.date]
    known = [(case, date) for case, date in dated if is_derivable(case)]
    none = [date for case, date in pairs if not case.link.date]
    for name, rows in (("all gold dates", dated), ("year in text or page", known)):
        exact = sum(date == case.link.date for case, date in rows)
        month = sum(bool(date) and date[:7] == case.link.date[:7] for case, date in rows)
        fits = sum(bool(date) and date.startswith(case.link.date) or case.link.date.startswith(date or "-") for case, date in rows)
        print(f"  date, {name} ({len(rows)}): exact {exact / len(rows):.3f}, same year-month {month / len(rows):.3f}, agrees at the coarser precision {fits / len(rows):.3f}")
    given = sum(bool(date) for _, date in pairs)
    right = sum(bool(date) and date == case.link.date for case, date in pairs)
    print(f"  dates given {given}: exact {right / given:.3f}; gold has none: {sum(map(bool, none))} of {len(none)} got one ({sum(map(bool, none)) / len(none):.3f})")


def print_status(cases: Sequence[Case], read: Sequence[Attributes], *, name: str) -> None:
    pairs = [(case.link.status, str(got.status or "")) for case, got in zip(cases, read, strict=True) if case.link.status]
    right = sum(gold == got for gold, got in pairs)
    print(f"  status, {name} ({len(pairs)}): {right / len(pairs):.3f}; always done {sum(gold == 'done' for gold, _ in pairs) / len(pairs):.3f}")
    count = Counter(pairs)
    for gold in STATES:
        print("   ", gold.ljust(8), *(f"{got}:{count[gold, got]}".ljust(13) for got in (*STATES, "")))


def print_misses(cases: Sequence[Case], read: Sequence[Attributes]) -> None:
    for case, got in zip(cases, read, strict=True):
        if got.date != case.link.date and case.link.relation not in UNDATED:
            quote = case.text[max(0, case.start - 40) : case.end].replace("\n", "⏎")
            print("DATE", case.document.name, case.document.date, "gold", case.link.date, "got", got.date, case.link.cue, case.link.status, got.status, quote, sep=" | ")


def print_speed(examples: Sequence[Case]) -> None:
    texts = {case.document.name: case for case in examples}
    start = time.process_time()
    for case in texts.values():
        read_dates(case.text, published=case.document.date)
    size = sum(len(case.text) for case in texts.values())
    print(f"read_dates: {size / (time.process_time() - start) / 1e6:.1f} M characters/s over {len(texts)} documents")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show date errors of the first half")
    options = parser.parse_args()
    halves = [list(iter_cases(half)) for half in split_halves(read_corpus(SEEDS / "corpus"))]
    for number, cases in enumerate(halves):
        scorer = fit_status(halves[1 - number])
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
