"""A text with what is known of it → Document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import DateError, ReadingError
from ..model import Document, document_id
from .characters import clean_characters
from .cleaning import clean_page
from .cuts import find_cuts
from .dates import parse_date

Skip = Callable[[ReadingError], None]


def ignore(_: ReadingError) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a text outside of it: in front matter, in the columns of its row, by its page."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""


def document_from_text(
    text: str,
    *,
    name: str,
    title: str = "",
    publisher: str = "",
    date: str = "",
    url: str = "",
    origin: str = "",
) -> Document:
    """The cleaned document of a text as a page or file holds it.

    What is given wins over what the text says of its title, publisher and date. Raises ReadingError where
    nothing is left to read.
    """
    told = Facts(title=title, publisher=publisher, date=date, url=url)
    return make_document(text, name=name, origin=origin, told=told)


def make_document(
    text: str, *, name: str, origin: str, told: Facts, guessed: Facts | None = None, skip: Skip = ignore
) -> Document:
    """As ``document_from_text``; ``guessed`` stands in where neither ``told`` nor the text has a fact.

    A date that is told and not understood goes to ``skip`` as a DateError; the document is read without it.
    """
    guessed = guessed or Facts()
    page = clean_page(text)
    if not page.text:
        raise ReadingError(origin or name, "holds no text; leave it out, or give the file that holds it")
    url = _one_line(told.url) or _one_line(guessed.url)
    name = _one_line(name) or "unnamed"
    date = parse_date(told.date)
    if told.date and not date:
        skip(DateError(origin, _one_line(told.date)))
    return Document(
        id=document_id(page.text, url, name),
        name=name,
        text=page.text,
        title=_one_line(told.title) or _one_line(guessed.title) or page.title,
        publisher=_one_line(told.publisher) or page.publisher or _one_line(guessed.publisher),
        date=date or page.date or parse_date(guessed.date),
        url=url,
        origin=origin,
        cuts=find_cuts(text, page.text),
    )


def _one_line(text: str) -> str:
    return " ".join(clean_characters(text).split())
