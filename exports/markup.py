"""Text inside XML, written so that every reader gets it back whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .attributes import Column, Value, clean_text

_MARKUP: Final = re.compile('[&<>"\n\t]')
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
)


def escape_attribute(text: str) -> str:
    """``text`` for an attribute in double quotes; line feeds and tabs survive as references."""
    text = clean_text(text)
    return text if _MARKUP.search(text) is None else text.translate(_IN_ATTRIBUTE)


def escape_content(text: str) -> str:
    """``text`` between tags.

    Text with markup characters becomes CDATA: Gephi gets an escaped text in pieces around each reference
    and drops a piece of white space alone, so that ``&amp; &lt;`` would lose its space.
    """
    text = clean_text(text)
    if "&" in text or "<" in text or ">" in text:
        return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return text


def render_value(value: Value) -> str:
    """A value as XML Schema writes it: ``true``, ``12``, ``0.5``; not escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def iter_present(columns: Iterable[Column], attributes: dict[str, Value]) -> Iterable[tuple[Column, Value]]:
    """The columns that have a value: no reader keeps an empty text, so none is written."""
    for column in columns:
        value = attributes[column.name]
        if value is not None and value != "":
            yield column, value
