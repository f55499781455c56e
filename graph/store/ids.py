"""Digests as integers: inside the store an id is its own 64-bit row number, in the same order."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import StoreError

_OFFSET = 1 << 63
SEPARATOR = "\x1f"
"""Joins lists inside one column; clean text has no control characters."""


def to_key(digest: str) -> int:
    """The row number of a 16-digit hexadecimal id; raises StoreError for anything else."""
    try:
        if len(digest) == 16:
            return int(digest, 16) - _OFFSET
    except ValueError:
        pass
    raise StoreError(f"{digest!r} is no id; ids are 16 hexadecimal digits (see graph/model.py)")


def to_id(key: int) -> str:
    """The id of a row number: the inverse of ``to_key``, and in the same order."""
    return format(key + _OFFSET, "016x")


def join_values(values: Iterable[str]) -> str:
    """Several strings as one column; empty ones are left out."""
    return SEPARATOR.join(value for value in values if value)


def split_values(joined: str | None) -> tuple[str, ...]:
    """What ``join_values`` was given."""
    return tuple(joined.split(SEPARATOR)) if joined else ()
