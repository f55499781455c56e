"""What went wrong, in one line."""

from __future__ import annotations

from .characters import clean_characters

LONGEST = 160


def explain(error: BaseException) -> str:
    """The words of another library's or the system's error on one line, without the path they may repeat."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    line = " ".join(clean_characters(words or type(error).__name__).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
