"""Web pages: the article by trafilatura, and the title, site, date and address that the page declares."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..errors import ReadingError
from ..model import Document
from .bylines import Byline, parse_byline
from .decoding import decode
from .documents import Facts, make_document
from .lines import Line
from .plain import split_rows
from .reasons import explain

DECLARED = re.compile(rb"""<meta[^>]{1,200}?charset=["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
LIST_MARK = re.compile(r"^[ \t]*-[ \t]+", re.MULTILINE)
# What these have to say of a page goes into the error that the page gets, not to the terminal.
LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")
# A byline stands high on the page, in an element of a few pieces of text.
HIGH, PIECES = 600, 12


def parse_page(content: bytes, *, name: str, origin: str) -> Document:
    """The document of an HTML page, its title the first line. Raises ReadingError where it holds no text."""
    declared = DECLARED.search(content[:4096])
    html = decode(content, declared=declared[1].decode("ascii") if declared else "")
    if "<html" not in html[:4096].lower():
        html = f"<html><body>{html}</body></html>"
    found = _extract(html, origin=origin) or _extract(html, origin=origin, favor_recall=True)
    if found is None:
        raise ReadingError(origin, "the page holds no text; save it again when it has loaded")
    byline = _find_byline(html)
    guessed = Facts(
        title=found.title or "",
        publisher=byline.publisher or found.sitename or "",
        date=byline.date or found.date or "",
        url=found.url or "",
    )
    text = _head(found.title or "", _plain(found.text))
    return make_document(text, name=name, origin=origin, told=Facts(), guessed=guessed)


def _extract(html: str, *, origin: str, favor_recall: bool = False) -> Any:
    """What trafilatura finds in the page; None where it finds no text."""
    import trafilatura

    for logger in LOGGERS:
        logging.getLogger(logger).addHandler(logging.NullHandler())
    try:
        found: Any = trafilatura.bare_extraction(
            html, with_metadata=True, include_tables=True, include_comments=False, favor_recall=favor_recall
        )
        return found if found is not None and (found.text or "").strip() else None
    # A parser of other people's broken pages may raise anything; the page is skipped with its reason.
    except Exception as error:
        raise ReadingError(origin, f"broken page ({explain(error)})") from error


def _find_byline(html: str) -> Byline:
    """The first line of the page that names its publisher; trafilatura drops such lines."""
    for text in _iter_short_texts(html):
        byline = parse_byline(Line(number=0, text=text))
        if byline is not None and byline.publisher and byline.whole:
            return byline
    return Byline()


def _iter_short_texts(html: str) -> Iterator[str]:
    """The texts of the page's small elements, from the top."""
    from trafilatura import load_html

    tree = load_html(html)
    for element in islice(tree.iter() if tree is not None else (), HIGH):
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title", "a"):
            pieces = list(islice(element.itertext(), PIECES + 1))
            if len(pieces) <= PIECES:
                yield " ".join(" ".join(pieces).split())


def _head(title: str, text: str) -> str:
    """The text under its title, unless it begins with it."""
    return text if not title or title in text[: 3 * len(title) + 40] else f"{title}\n\n{text}"


def _plain(text: str) -> str:
    """List items and table rows as lines of their own, without the marks that trafilatura gives them."""
    return LIST_MARK.sub("• ", split_rows(text))
