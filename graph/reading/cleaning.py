"""A page's text → the article alone, one paragraph a line. Done once, before offsets exist."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .bylines import is_media
from .characters import clean_characters
from .furniture import drop_numbers, is_furniture, strip_codes
from .heads import Edges, find_edges, find_title
from .lines import Line, split_lines
from .tails import cut_tail
from .wrapping import join_wrapped

GAPS = re.compile("\n{3,}")
BLANKS = re.compile(" {2,}")
SENTENCE = re.compile("[。；]")
# The blank that a PDF sets between Chinese and a numeral inside a sentence: 2023年 8月, 结对 1890对.
NUMERAL_GAP = re.compile(r"(?<=[一-龥])(?<![讯訊电電]) (?=\d)|(?<=[一-龥]\d) (?=[年月日])|(?<=\d) (?=[年月日])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article of a page, and what the page says about its publication."""

    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""


def clean_text(text: str) -> str:
    """The article alone; cleaning a cleaned text changes nothing."""
    return clean_page(text).text


def clean_page(text: str) -> Page:
    """The article of a page with its title, publisher and date where the page tells them.

    A second pass may find what the first laid bare. The passes end: each but the last shortens the text.
    """
    lines, edges = _read_lines(text)
    kept = _keep_article(lines, edges)
    cleaned, before = _render(kept), text
    while cleaned != before:
        before, cleaned = cleaned, _render(_keep_article(*_read_lines(cleaned)))
    title = _tidy(find_title(kept, edges))
    return Page(text=cleaned, title=title, publisher=edges.publisher, date=edges.date)


def _read_lines(text: str) -> tuple[list[Line], Edges]:
    """The lines of a page down to the end of the article, and what stands at their edges."""
    lines = cut_tail([_strip(line) for line in split_lines(clean_characters(text))])
    return lines, find_edges(lines)


def _strip(line: Line) -> Line:
    stripped = strip_codes(line.text)
    return line if stripped == line.text else Line(number=line.number, text=stripped, indent=line.indent)


def _keep_article(lines: list[Line], edges: Edges) -> list[Line]:
    """The article's lines, each a paragraph."""
    return drop_numbers(join_wrapped([line for line in lines if not _is_dropped(line, edges)]))


def _is_dropped(line: Line, edges: Edges) -> bool:
    """Whether a line goes: page furniture, or a byline that names no body but a newspaper."""
    byline = edges.bylines.get(line.number)
    if byline is not None and byline.whole and (not byline.publisher or is_media(byline.publisher)):
        return True
    return line is edges.site or is_furniture(line)


def _render(lines: list[Line]) -> str:
    return GAPS.sub("\n\n", "\n".join(_tidy(line.text) for line in lines)).strip("\n ")


def _tidy(text: str) -> str:
    """Single blanks, and none that a PDF put before a numeral in a sentence."""
    if " " not in text:
        return text
    text = BLANKS.sub(" ", text)
    return NUMERAL_GAP.sub("", text) if SENTENCE.search(text) else text
