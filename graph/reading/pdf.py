"""PDF files: the text of their pages, without the lines that every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..errors import ReadingError
from ..model import Document
from .characters import clean_characters
from .documents import Facts, make_document
from .reasons import explain

EDGE = 2
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"[\s\-–—·.第页/共]*\d{0,4}[\s\-–—·.第页/共]*\d{0,4}[\s\-–—·.页]*")


def parse_pdf(content: bytes, *, name: str, origin: str) -> Document:
    """The document of a PDF file. Raises ReadingError for a broken, locked or scanned one."""
    pages = [clean_characters(page).strip("\n").split("\n") for page in _read_pages(content, origin=origin)]
    text = "\n".join("\n".join(page) for page in _strip_edges(pages))
    if not text.strip():
        raise ReadingError(origin, "a PDF without text, scanned perhaps; run OCR over it first")
    return make_document(text, name=name, origin=origin, told=Facts())


def _read_pages(content: bytes, *, origin: str) -> list[str]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        try:
            return list(_iter_pages(pdf))
        finally:
            pdf.close()
    # pdfium answers with its own error, ctypes with others, for a file that is damaged in the middle.
    except Exception as error:
        locked = "password" in str(error).lower()
        problem = "locked with a password; save it without one" if locked else f"a broken PDF ({explain(error)})"
        raise ReadingError(origin, problem) from error


def _iter_pages(pdf: Any) -> Iterator[str]:
    for page in pdf:
        text_page = page.get_textpage()
        yield text_page.get_text_bounded()
        text_page.close()
        page.close()


def _strip_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without page numbers and running heads: edge lines that half of them share."""
    seen = Counter(key for page in pages for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])})
    repeated = {key for key, count in seen.items() if len(pages) > 2 and count * 2 > len(pages)}
    for page in pages:
        lines = list(page)
        for place in (0, -1):
            for _ in range(EDGE):
                if lines and (PAGE_NUMBER.fullmatch(lines[place]) or _key(lines[place]) in repeated):
                    del lines[place]
        yield lines


def _key(line: str) -> str:
    return DIGITS.sub("#", line.strip())
