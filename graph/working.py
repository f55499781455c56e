"""The part of a build that looks at one document alone: in this process, or in several.

What goes to a worker and comes back is small and picklable. Answers come in the order of the jobs, and only
so many jobs are under way at a time that memory does not grow with their number.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import groupby, islice
from multiprocessing import get_context
from typing import Self

from .errors import BingdiError, ReadingError, StoreError
from .model import Document, Extraction
from .reading import Source, read_source
from .reading.sources import STDIN
from .store import Store, check_extraction

JOBS_TOGETHER = 8
"""Files that one message to a worker names."""
AHEAD = 3
"""Messages under way for each worker."""

Extract = Callable[[Document], Extraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker needs to know; ``extract`` None is the package's own."""

    store: str
    builder: str
    extract: Extract | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document read anew, with what it says; ``path`` is the file that it stands in."""

    path: str
    document: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A document that the store holds as it is."""

    path: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file or document that could not be read, and why."""

    path: str
    reason: str

    @classmethod
    def from_error(cls, error: ReadingError) -> Self:
        """The place and problem of an error."""
        return cls(path=error.path, reason=error.problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A source has been read to its end."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The run must stop. Words only: errors with arguments of their own do not survive pickling."""

    path: str
    problem: str


Outcome = Read | Unchanged | Skipped | Finished | Failed
Job = Source | Skipped


def iter_outcomes(jobs: Iterable[Job], *, settings: Settings, workers: int) -> Iterator[Outcome]:
    """What becomes of each job, in their order."""
    if workers > 1:
        return _iter_from_workers(iter(jobs), settings=settings, workers=workers)
    return _iter_here(jobs, settings=settings)


def _iter_here(jobs: Iterable[Job], *, settings: Settings) -> Iterator[Outcome]:
    with Store.open(settings.store) as store:
        for job in jobs:
            yield from read_job(job, store=store, settings=settings)


def read_job(job: Job, *, store: Store, settings: Settings) -> Iterator[Outcome]:
    """Read one source and extract each document that ``store`` does not hold; a bad one is no end."""
    if isinstance(job, Skipped):
        yield job
        return
    missed: list[ReadingError] = []
    try:
        for document in read_source(job, on_skip=missed.append):
            yield from map(Skipped.from_error, missed)
            missed.clear()
            yield _extract(document, path=job.path, store=store, settings=settings)
    except BingdiError as error:
        yield Failed(path=job.path, problem=str(error))
    except Exception as error:  # a fault of the reader of this kind of file must not end the run
        missed.append(ReadingError(job.path, f"cannot be read ({type(error).__name__}: {error})"))
    yield from map(Skipped.from_error, missed)
    yield Finished(path=job.path)


def _extract(document: Document, *, path: str, store: Store, settings: Settings) -> Outcome:
    if store.holds(document, builder=settings.builder):
        return Unchanged(path=path, origin=document.origin)
    extract = settings.extract or _load_extract()
    where = document.origin or document.name
    try:
        extraction = extract(document)
        check_extraction(document, extraction)
    except (ReadingError, StoreError) as error:
        return Skipped(path=where, reason=str(error))
    except BingdiError:
        raise
    except Exception as error:  # a fault of the extraction on one text must not end the run
        return Skipped(path=where, reason=f"extraction failed ({type(error).__name__}: {error})")
    return Read(path=path, document=document, extraction=extraction)


def _load_extract() -> Extract:
    from .extraction import extract

    return extract


def _iter_from_workers(jobs: Iterator[Job], *, settings: Settings, workers: int) -> Iterator[Outcome]:
    """Standard input is read here, for no worker can; a source that brings a worker down is skipped."""
    under_way: deque[tuple[list[Job], Future[list[Outcome]] | None]] = deque()
    pool = _open_pool(settings, workers)
    try:
        while True:
            while len(under_way) < workers * AHEAD and (some := list(islice(jobs, JOBS_TOGETHER))):
                under_way.extend(_submit(pool, some))
            if not under_way:
                return
            some, future = under_way.popleft()
            try:
                if future is None:
                    yield from _iter_here(some, settings=settings)
                else:
                    yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _open_pool(settings, workers)
                for job in some:
                    yield from _read_apart(job, settings=settings)
                waiting = [each for each, _ in under_way]
                under_way.clear()
                for each in waiting:
                    under_way.extend(_submit(pool, each))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submit(
    pool: ProcessPoolExecutor, jobs: list[Job]
) -> Iterator[tuple[list[Job], Future[list[Outcome]] | None]]:
    """One message for all jobs; standard input stands apart, without a message."""
    for here, some in groupby(jobs, key=_is_stdin):
        together = list(some)
        yield together, None if here else _send(pool, together)


def _send(pool: ProcessPoolExecutor, jobs: list[Job]) -> Future[list[Outcome]]:
    """The answer to come; a pool that is broken already answers so."""
    try:
        return pool.submit(_work, jobs)
    except BrokenProcessPool as error:
        broken: Future[list[Outcome]] = Future()
        broken.set_exception(error)
        return broken


def _is_stdin(job: Job) -> bool:
    return isinstance(job, Source) and job.path == STDIN


def _read_apart(job: Job, *, settings: Settings) -> Iterator[Outcome]:
    """One job in a process of its own, which may die of it."""
    with _open_pool(settings, 1) as pool:
        try:
            yield from pool.submit(_work, [job]).result()
        except BrokenProcessPool:
            yield Skipped(path=job.path, reason="the process that read it died; read it alone to see why")
            yield Finished(path=job.path)


def _open_pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(settings,)
    )


_settings: Settings | None = None
_store: Store | None = None


def _start_worker(settings: Settings) -> None:
    """An interrupt is for the process that writes; each worker keeps to one core."""
    global _settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _settings = settings


def _work(jobs: list[Job]) -> list[Outcome]:
    """What becomes of some jobs, in a worker."""
    global _store
    if _settings is None:
        raise RuntimeError("a worker works without having started")
    try:
        _store = _store or Store.open(_settings.store)
    except StoreError as error:
        return [Failed(path=_settings.store, problem=str(error))]
    return [outcome for job in jobs for outcome in read_job(job, store=_store, settings=_settings)]
