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
from pathlib import Path
from typing import Self

from .errors import BingdiError, DateError, ReadingError, StoreError
from .model import Document, Extraction
from .reading import Source, read_source
from .reading.sources import PART, STDIN, TABLES
from .store import Store, check_extraction

JOBS_TOGETHER = 8
"""Files that one message to a worker names."""
DOCUMENTS_TOGETHER = 32
"""Documents that one message holds which were read here."""
AHEAD = 2
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
class BadDate:
    """A date that was not understood, and the row that gives it; its document was read without it."""

    path: str
    date: str

    @classmethod
    def from_error(cls, error: DateError) -> Self:
        """The place and words of an error."""
        return cls(path=error.path, date=error.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A source has been read to its end."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The run must stop. Words only: errors with arguments of their own do not survive pickling."""

    path: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Documents that were read already, by the process that alone could, or that kept fewer of them in memory."""

    path: str
    documents: tuple[Document, ...]


Outcome = Read | Unchanged | Skipped | BadDate | Finished | Failed
Job = Source | Loaded | Skipped | BadDate | Finished | Failed


def iter_outcomes(jobs: Iterable[Source | Skipped], *, settings: Settings, workers: int) -> Iterator[Outcome]:
    """What becomes of each job, in their order."""
    if workers > 1:
        return _iter_from_workers(_iter_messages(jobs), settings=settings, workers=workers)
    return _iter_here(jobs, settings=settings)


def _iter_here(jobs: Iterable[Job], *, settings: Settings) -> Iterator[Outcome]:
    with Store.open(settings.store) as store:
        for job in jobs:
            yield from read_job(job, store=store, settings=settings)


def read_job(job: Job, *, store: Store, settings: Settings) -> Iterator[Outcome]:
    """Extract each document of a job that ``store`` does not hold; a bad one is not the end."""
    if isinstance(job, Source | Loaded):
        found = iter(job.documents) if isinstance(job, Loaded) else _read(job)
        try:
            for item in found:
                if isinstance(item, Document):
                    yield _extract(item, path=job.path, store=store, settings=settings)
                else:
                    yield item
        except BingdiError as error:
            yield Failed(path=job.path, problem=str(error))
    else:
        yield job


def _read(source: Source) -> Iterator[Document | Skipped | BadDate | Finished]:
    """The documents of a source, each thing in it that could not be read, and its end."""
    missed: list[Skipped | BadDate] = []

    def skip(error: ReadingError) -> None:
        missed.append(Skipped.from_error(error))

    def note(error: DateError) -> None:
        missed.append(BadDate.from_error(error))

    try:
        for document in read_source(source, on_skip=skip, on_date=note):
            yield from missed
            missed.clear()
            yield document
    except BingdiError:
        raise
    except Exception as error:  # a fault of the reader of this kind of file must not end the run
        skip(ReadingError(source.path, f"cannot be read ({type(error).__name__}: {error})"))
    yield from missed
    yield Finished(path=source.path)


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
    from .linking import extract

    return extract


def _iter_messages(jobs: Iterable[Source | Skipped]) -> Iterator[list[Job]]:
    """Jobs as they go to workers: files together, a part of a table alone, or what was read of it here."""
    for alone, some in groupby(jobs, key=_is_table):
        if not alone:
            while together := list[Job](islice(some, JOBS_TOGETHER)):
                yield together
            continue
        for job in some:
            if isinstance(job, Source) and _is_read_here(job):
                yield from _iter_loaded(job)
            else:
                yield [job]


def _is_table(job: Source | Skipped) -> bool:
    return isinstance(job, Source) and (job.path == STDIN or Path(job.path).suffix.lower() in TABLES)


def _is_read_here(source: Source) -> bool:
    """Standard input, which workers do not have, and tables that cannot be cut: their answer would be too large."""
    return source.path == STDIN or (not source.end and os.path.getsize(source.path) > PART)


def _iter_loaded(source: Source) -> Iterator[list[Job]]:
    found = _read(source)
    while some := list(islice(found, DOCUMENTS_TOGETHER)):
        for loaded, items in groupby(some, key=lambda item: isinstance(item, Document)):
            if loaded:
                documents = tuple(item for item in items if isinstance(item, Document))
                yield [Loaded(path=source.path, documents=documents)]
            else:
                yield [item for item in items if not isinstance(item, Document)]


def _iter_from_workers(messages: Iterator[list[Job]], *, settings: Settings, workers: int) -> Iterator[Outcome]:
    """Answers in the order of the messages; a job that brings its worker down is skipped."""
    under_way: deque[tuple[list[Job], Future[list[Outcome]]]] = deque()
    pool = _open_pool(settings, workers)
    try:
        while True:
            for some in islice(messages, workers * AHEAD - len(under_way)):
                under_way.append((some, _send(pool, some)))
            if not under_way:
                return
            some, answer = under_way.popleft()
            try:
                yield from answer.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                for job in some:
                    yield from _read_apart(job, settings=settings)
                pool = _open_pool(settings, workers)
                under_way = deque((waiting, _send(pool, waiting)) for waiting, _ in under_way)
    except BaseException:
        _terminate(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _terminate(pool: ProcessPoolExecutor) -> None:
    """Do not wait for what nobody will take: workers only read, so that they may end anywhere."""
    for process in (pool._processes or {}).values():
        process.terminate()


def _send(pool: ProcessPoolExecutor, jobs: list[Job]) -> Future[list[Outcome]]:
    """The answer to come; a pool that is broken already answers so."""
    try:
        return pool.submit(_work, jobs)
    except BrokenProcessPool as error:
        broken: Future[list[Outcome]] = Future()
        broken.set_exception(error)
        return broken


def _read_apart(job: Job, *, settings: Settings) -> Iterator[Outcome]:
    """One job in a process of its own, which may die of it; documents one by one."""
    if isinstance(job, Loaded) and len(job.documents) > 1:
        for document in job.documents:
            yield from _read_apart(Loaded(path=job.path, documents=(document,)), settings=settings)
        return
    with _open_pool(settings, 1) as pool:
        try:
            yield from pool.submit(_work, [job]).result()
        except BrokenProcessPool:
            where = job.documents[0].origin if isinstance(job, Loaded) else job.path
            yield Skipped(path=where, reason="the process that read it died; read it alone to see why")
            if isinstance(job, Source):
                yield Finished(path=job.path)


def _open_pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(settings,)
    )


_settings: Settings | None = None


def _start_worker(settings: Settings) -> None:
    """An interrupt is for the process that writes; each worker keeps to one core."""
    global _settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _settings = settings


def _work(jobs: list[Job]) -> list[Outcome]:
    """What becomes of some jobs, in a worker.

    The store is opened anew each time: a worker that ends with it open leaves SQLite's side files behind.
    """
    if _settings is None:
        raise RuntimeError("a worker works without having started")
    try:
        return list(_iter_here(jobs, settings=_settings))
    except StoreError as error:
        return [Failed(path=_settings.store, problem=str(error))]
