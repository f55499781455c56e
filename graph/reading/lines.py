"""Lines of a page as cleaning sees them: their words, their width, and what kind of line they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .script import simplify

# How far from its end a line is looked at for the marks that end it.
END = 16
STOPPED = re.compile(
    r"""
    [。！？!?…][”’」』》）)】\]"']*(?:\[\d{1,3}\])*$
  | (?:摄|攝|供图|供圖|资料图片?|資料圖片?|提供)[)）】]?$
    """,
    re.VERBOSE,
)
PAUSED = re.compile(r"[；;：:][”’」』》）)】\]\"']*$")
ITEM = re.compile(
    r"""
    [一二三四五六七八九十]{1,3}[、.．是] | 其[一二三四五六][，,]
  | [(（][一二三四五六七八九十\d]{1,3}[)）] | \d{1,3}[、．.)）](?!\d)
  | \d{1,2}\s(?![年月日个名所家项万亿余多人次])
  | [①-⑳⒈-⒛㈠-㈩❶-❿] | [•●▪◆◇■□▲△▼★☆※○◎➤➢·*✦✓√►▶→] | —— | [-–—]\s | -(?=[一-龥])
  | 图\s*[\d一二三四五六七八九十①-⑳]*[:：为] | 第[一二三四五六七八九十\d]{1,3}[章节編编条]\b | [【〖]
    """,
    re.VERBOSE,
)
LABEL = re.compile(r"[^\s，。,、：:“”]{1,8}[:：]")
INNER = re.compile(r"[，。；,;！？!?：:、](?=.)")


class Lazy:
    """A property worked out once per line; functools.cached_property would lock, at a quarter of the time."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        self.work_out = work_out

    def __get__(self, line: Any, owner: type | None = None) -> Any:
        if line is None:
            return self
        value = line.__dict__[self.work_out.__name__] = self.work_out(line)
        return value


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its text without the white space around it, its indentation, and its number in the page."""

    number: int
    text: str
    indent: int = 0

    @Lazy
    def width(self) -> int:
        """Columns on a page, indentation included: two for a Chinese character, one for a letter or digit.

        Read off the length in UTF-8 (3 bytes and 1 character for two columns, 1 and 1 for one).
        """
        return self.indent + (len(self.text.encode("utf-8", "replace")) + len(self.text)) // 2

    @Lazy
    def plain(self) -> str:
        """The text in simplified characters, for matching."""
        return simplify(self.text)

    @Lazy
    def ended(self) -> bool:
        """Whether nothing more is to come: a sentence mark, a photo credit."""
        return STOPPED.search(self.text, max(0, len(self.text) - END)) is not None

    @Lazy
    def paused(self) -> bool:
        """Whether a colon or semicolon ends the line: a list may follow, or the sentence goes on."""
        return PAUSED.search(self.text, max(0, len(self.text) - END)) is not None

    @Lazy
    def is_prose(self) -> bool:
        """Whether the line is long and punctuated, as no heading is."""
        return len(self.text) >= 60 and self.punctuated

    @Lazy
    def starts_item(self) -> bool:
        """Whether the line opens a list item, a numbered heading or a caption."""
        return ITEM.match(self.text) is not None

    @Lazy
    def punctuated(self) -> bool:
        """Whether a comma or stop stands inside the line, as in running text."""
        return INNER.search(self.text) is not None


def split_lines(text: str) -> list[Line]:
    """The lines of a text; a line of white space is an empty line."""
    lines = []
    for number, raw in enumerate(text.split("\n")):
        stripped = raw.strip(" ")
        indent = len(raw) - len(raw.lstrip(" ")) if stripped else 0
        lines.append(Line(number=number, text=stripped, indent=indent))
    return lines
