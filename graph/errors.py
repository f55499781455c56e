"""Errors that a user can act on: each says what, where and what to do next."""

from __future__ import annotations


class BingdiError(Exception):
    """Root of every error that bingdi raises on purpose; ``str(error)`` is one line."""


class UsageError(BingdiError):
    """The call itself is wrong: an unknown option value, format or suffix."""


class ReadingError(BingdiError):
    """A document cannot be read; the run goes on without it and counts it."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = str(path)
        self.problem = problem

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str]]:
        return type(self), (self.path, self.problem)


class DateError(ReadingError):
    """The date that a row gives cannot be understood; its document is read without it."""

    def __init__(self, path: object, date: str) -> None:
        super().__init__(path, f"the date {date} is not understood; write 2023, 2023-08 or 2023-08-11")
        self.date = date

    def __reduce__(self) -> tuple[type[DateError], tuple[str, str]]:
        return type(self), (self.path, self.date)


class GazetteerError(BingdiError):
    """A seed table is wrong; no work starts with it."""

    def __init__(self, path: object, *, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


class LexiconError(BingdiError):
    """A lexicon file is missing a key or holds a wrong value."""


class ModelError(BingdiError):
    """A trained scorer is missing, damaged or of another builder version."""


class StoreError(BingdiError):
    """The store cannot be opened, is of another program, or is newer than this version."""


class NameNotFoundError(BingdiError):
    """No entity has this name; ``candidates`` are the nearest names."""

    def __init__(self, name: str, *, candidates: tuple[str, ...] = ()) -> None:
        hint = f"; nearest: {', '.join(candidates)}" if candidates else ""
        super().__init__(f"no entity is named {name}{hint}")
        self.name = name
        self.candidates = candidates


class AmbiguousNameError(BingdiError):
    """Several entities carry this name; ``candidates`` are (id, name, type) of each."""

    def __init__(self, name: str, *, candidates: tuple[tuple[str, str, str], ...]) -> None:
        shown = ", ".join(f"{found} ({kind}, {key})" for key, found, kind in candidates)
        super().__init__(f"{name} names several entities: {shown}; give one of these names or ids")
        self.name = name
        self.candidates = candidates


class ExportError(BingdiError):
    """A file cannot be written: unknown format, missing extra, unwritable place."""
