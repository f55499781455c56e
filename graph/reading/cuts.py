"""Where cleaning left something out: no evidence runs across it, so that a page has it as it is quoted."""

from __future__ import annotations

from .characters import clean_characters


def find_cuts(text: str, cleaned: str) -> tuple[int, ...]:
    """Offsets in ``cleaned`` of lines that do not follow in ``text``, white space aside, where the one before ends."""
    page = "".join(clean_characters(text).split())
    cuts: list[int] = []
    end = offset = 0
    for line in cleaned.split("\n"):
        run = "".join(line.split())
        at = page.find(run, end) if run else end
        if at != end:
            cuts.append(offset)
        if at >= 0:
            end = at + len(run)
        offset += len(line) + 1
    return tuple(cuts)
