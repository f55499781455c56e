"""Documents into the store: each read and extracted once, in this process or in several, stored in order.

Reading and extraction look at one document alone, so they run in worker processes (``working``); this process
writes what comes back in the order of the input, so that the store is the same with any number of workers. A
document that is stored as this builder read it is not extracted again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import BingdiError, ReadingError
from .network.rollup import prepare_units
from .reading import Source, iter_sources
from .store import Store
from .version import get_builder
from .working import BadDate, Extract, Failed, Finished, Outcome, Read, Settings, Skipped, Unchanged, iter_outcomes

MOST_TOGETHER = 256
"""Documents that one write to the file takes; a broken run loses no more than these."""
LONGEST_WAIT = 1.0
"""Seconds after which what is there is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build is: files (or parts of large tables) done and found, documents, the last place."""

    done: int
    total: int
    documents: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did: documents read anew, unchanged and skipped; and what the store holds now.

    ``bad_dates`` are those of rows that were read without them.
    """

    read: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    bad_dates: tuple[BadDate, ...]
    documents: int
    entities: int
    mentions: int
    links: int
    evidence: int


def build(
    paths: Iterable[str | Path],
    *,
    store_path: str | Path,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    extract: Extract | None = None,
    builder: str = "",
) -> Report:
    """Read what ``paths`` name (see ``reading.iter_sources``) into the store, which is made if need be.

    Documents that cannot be read are counted with the reason and noted in the store; raises StoreError and
    whatever else makes the whole run senseless (a wrong gazetteer, a missing model). ``extract`` must be a
    function of a module where there are several workers: they import it.
    """
    settings = Settings(store=str(store_path), builder=builder or get_builder(), extract=extract)
    wanted = [str(path) for path in paths]
    with Store.open(store_path, create=True) as store:
        run = _Run(store, settings, progress=progress, total=_count_sources(wanted) if progress else 0)
        for some in _gather(iter_outcomes(_iter_jobs(wanted), settings=settings, workers=workers)):
            run.take(some)
        prepare_units(store)
        return run.report()


class _Run:
    """The counts of one build, and the writing of what comes in."""

    def __init__(
        self, store: Store, settings: Settings, *, progress: Callable[[Progress], None] | None, total: int
    ) -> None:
        self._store = store
        self._builder = settings.builder
        self._progress = progress
        self._total = total
        self._read = self._unchanged = self._done = 0
        self._skipped: list[Skipped] = []
        self._bad_dates: list[BadDate] = []

    def take(self, outcomes: list[Outcome]) -> None:
        """Write some outcomes in one go, then tell of them; raises what a worker could not go on with."""
        with self._store.batch():
            for outcome in outcomes:
                self._take(outcome)
        if self._progress and outcomes:
            documents = self._read + self._unchanged
            path = outcomes[-1].path
            self._progress(Progress(done=self._done, total=self._total, documents=documents, path=path))

    def _take(self, outcome: Outcome) -> None:
        match outcome:
            case Failed():
                raise BingdiError(outcome.problem)
            case Finished():
                self._done += 1
            case BadDate():
                self._bad_dates.append(outcome)
            case Skipped():
                self._skipped.append(outcome)
                self._store.add_skipped(outcome.path, reason=outcome.reason)
            case Read() if not self._store.holds(outcome.document, builder=self._builder):
                self._store.add(outcome.document, outcome.extraction, builder=self._builder)
                self._store.remove_skipped(outcome.path, outcome.document.origin)
                self._read += 1
            case Read() | Unchanged():
                origin = outcome.document.origin if isinstance(outcome, Read) else outcome.origin
                self._store.remove_skipped(outcome.path, origin)
                self._unchanged += 1

    def report(self) -> Report:
        """The counts, and those of the store."""
        counts = self._store.count()
        return Report(
            read=self._read,
            unchanged=self._unchanged,
            skipped=tuple(self._skipped),
            bad_dates=tuple(self._bad_dates),
            documents=counts.documents,
            entities=counts.entities,
            mentions=counts.mentions,
            links=counts.links,
            evidence=counts.evidence,
        )


def _gather(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    """Outcomes in lists that are written together."""
    some: list[Outcome] = []
    since = time.monotonic()
    for outcome in outcomes:
        some.append(outcome)
        if len(some) >= MOST_TOGETHER or time.monotonic() - since > LONGEST_WAIT:
            yield some
            some, since = [], time.monotonic()
    yield some


def _iter_jobs(paths: Iterable[str]) -> Iterator[Source | Skipped]:
    """What there is to read and what cannot be, in the order of the input."""
    missed: list[ReadingError] = []
    for source in iter_sources(paths, on_skip=missed.append):
        yield from map(Skipped.from_error, missed)
        missed.clear()
        yield source
    yield from map(Skipped.from_error, missed)


def _count_sources(paths: Iterable[str]) -> int:
    return sum(isinstance(job, Source) for job in _iter_jobs(paths))
