"""Date and status of links against the gold of seeds/corpus: a development figure, by halves.

Only the documents that are measured are read, not the further ones, which learn with their half. Each half is judged
by scorers that were fitted on the other half only; ``--misses`` shows the wrong dates of the first half.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence

from bingdi.graph.extraction.attributes import TIMELESS, Attributes, AttributeScorers, read_attributes
from bingdi.graph.extraction.dating import DatedText
from bingdi.training.corpus import Example, read_corpus
from bingdi.training.dating import agrees, fit_dates
from bingdi.training.status import SEEDS, Case, fit_status, iter_cases, split_halves

STATES = ("done", "ongoing", "planned")


def fit_scorers(examples: Sequence[Example]) -> AttributeScorers:
    """The scorers of attributes, by those examples."""
    return AttributeScorers(status=fit_status(iter_cases(examples)), dates=fit_dates(examples))


def read_case(case: Case, scorers: AttributeScorers, *, plain: bool = False) -> Attributes:
    """Attributes at the gold quote; ``plain`` hides the trigger."""
    return read_attributes(case.dated, case.setting(plain=plain), case.relation, scorers=scorers)


def is_derivable(case: Case) -> bool:
    """Whether the gold date's year can be known from the text or the page's date."""
    years = {found.date[:4] for found in case.dated.dates} | {case.document.date[:4]}
    return case.link.date[:4] in years


def print_dates(cases: Sequence[Case], read: Sequence[Attributes]) -> None:
    """Exact dates (intervals within the gold's month too), those that agree as far as both go, those without gold."""
    pairs = [(case, got) for case, got in zip(cases, read, strict=True) if case.relation not in TIMELESS]
    dated = [(case, got) for case, got in pairs if case.link.date]
    given = [(case, got) for case, got in pairs if got.date]
    exact = sum(agrees(case.link.date, got.date, got.date_end) for case, got in given)
    alike = sum(bool(case.link.date) and alike_dates(case.link.date, got.date) for case, got in given)
    undated = sum(not case.link.date for case, _ in given)
    known = sum(is_derivable(case) for case, _ in dated)
    print(f"  gold dates {len(dated)}, the year of {known} in text or page: exact {exact / len(dated):.3f},", end=" ")
    print(f"agrees {alike / len(dated):.3f}")
    print(f"  dates given {len(given)}: exact {exact / len(given):.3f}, agrees {alike / len(given):.3f},", end=" ")
    print(f"gold has none {undated}, another {len(given) - undated - alike}")


def alike_dates(gold: str, date: str) -> bool:
    """Whether two dates are the same as far as both go."""
    shorter = min(len(gold.partition("/")[0]), len(date))
    return gold[:shorter] == date[:shorter]


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
        if got.date != case.link.date and case.relation not in TIMELESS:
            quote = case.dated.text[max(0, case.start - 40) : case.end].replace("\n", "⏎")
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
        DatedText.read(case.dated.text, published=case.document.date)
    size = sum(len(case.dated.text) for case in texts.values())
    print(f"read_dates: {size / (time.process_time() - start) / 1e6:.1f} M characters/s over {len(texts)} documents")


def main() -> None:
    """Prints the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show date errors of the first half")
    options = parser.parse_args()
    split = split_halves(read_corpus(SEEDS / "corpus"))
    halves = [list(iter_cases([example for example in half if not example.further])) for half in split]
    for number, cases in enumerate(halves):
        scorers = fit_scorers(split[1 - number])
        read = [read_case(case, scorers) for case in cases]
        print(f"half {number}: {len(cases)} links")
        print_dates(cases, read)
        print_status(cases, read, name="cue as trigger")
        print_status(cases, [read_case(case, scorers, plain=True) for case in cases], name="no trigger")
        print(f"  denied by mistake: {sum(got.negated for got in read)} of {len(read)}")
        start = time.process_time()
        for case in cases:
            read_case(case, scorers)
        print(f"  read_attributes: {(time.process_time() - start) / len(cases) * 1e6:.0f} µs a call")
        if options.misses and number == 0:
            print_misses(cases, read)
    print_speed(halves[0] + halves[1])


if __name__ == "__main__":
    main()
