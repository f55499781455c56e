"""Where sentences and clauses end. The result tiles the text: every character is in exactly one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Sentence

CLOSERS = "”’」』》〉）)】〕］"
# One leading character class, so that the search skips over plain text at the speed of a table look-up.
# Runs in which nothing ends a sentence come first, so that the marks inside them are stepped over: a title;
# a quotation that is one of the words of its sentence (瞄准“谁来种？”这道题), which does not follow a colon,
# a comma or a sentence mark; an address. ASCII ? and ! end nothing before a letter or digit; no mark ends a
# sentence before a comma or 的.
BREAK = re.compile(
    rf"""[《“「h。！？!?\n](?:
        (?<=《)[^《》\n]{{1,80}}》
      | (?<=[^\s：:，,。！？!?；;、—…“”‘’「」『』]“)[^“”。\n]{{1,60}}”
      | (?<=[^\s：:，,。！？!?；;、—…“”‘’「」『』]「)[^「」。\n]{{1,60}}」
      | (?<=h)ttps?://[!-~]+
      | (?P<stop>
            (?<=\n)\s*
          | (?:(?<=[。！？])|(?<=[!?])(?![0-9A-Za-z=&/]))[。！？!?…—]*+
            (?:[{CLOSERS}]|\[[0-9]{{1,3}}\])*+(?![，,、：:；;的{CLOSERS}])
            (?P<straight>[\"'])?\s*
        )
    )""",
    re.VERBOSE,
)
CLAUSE = re.compile(r"[，；]|(?<![0-9])[,;]|[,;](?![0-9])|：|:(?![0-9/])|(?<![0-9]):(?!/)")

LONGEST = 2000
"""Characters that a sentence has at most: a text without sentence marks would be one."""
SOFT = "，,；;、 "


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in order; white space and closing quotes belong to the sentence before them.

    Ends are 。！？!? and line ends. ； , ……, decimals, clock times and addresses do not end a sentence. What is longer
    than ``LONGEST`` is cut, at a softer mark where it has one.
    """
    return tuple(_tile(_iter_near_ends(text), len(text)))


def split_clauses(text: str) -> tuple[Sentence, ...]:
    """Runs between ，；： and sentence ends, in order; they tile the text as sentences do."""
    ends = set(_iter_near_ends(text))
    ends.update(match.end() for match in CLAUSE.finditer(text))
    return tuple(_tile(iter(sorted(ends)), len(text)))


def _tile(ends: Iterator[int], length: int) -> Iterator[Sentence]:
    start = 0
    for end in ends:
        if end > start:
            yield Sentence(start=start, end=end)
            start = end
    if start < length:
        yield Sentence(start=start, end=length)


def _iter_near_ends(text: str) -> Iterator[int]:
    """Offsets behind each sentence, none of them farther than ``LONGEST`` from the one before."""
    start = 0
    for end in (*_iter_ends(text), len(text)):
        while end - start > LONGEST:
            soft = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in SOFT)
            start = soft + 1 if soft >= 0 else start + LONGEST
            yield start
        yield end
        start = end


def _iter_ends(text: str) -> Iterator[int]:
    """Offsets behind each sentence; the white space that opens a text stays with its first sentence."""
    body = len(text) - len(text.lstrip())
    for match in BREAK.finditer(text, body):
        if match["stop"] is None:
            continue
        opens = match["straight"] is not None and not _is_closing(text, match.start("straight"))
        if opens:
            yield match.start("straight")
        if not opens or "\n" in match["stop"]:
            yield match.end()


def _is_closing(text: str, position: int) -> bool:
    """Whether a straight quote closes: the quotes before it on its line are odd in number."""
    line = text.rfind("\n", 0, position) + 1
    return text.count(text[position], line, position) % 2 == 1
