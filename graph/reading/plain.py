"""Text and Markdown files, with or without front matter."""

from __future__ import annotations

import re

from ..model import Document
from .documents import Facts, Skip, ignore, make_document
from .keys import find_facts

FRONT_MATTER = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(?P<body>(?:[^\n]*\n){1,60}?)---[ \t]*(?:\r?\n|\Z)")
FIELD = re.compile(r"^(?P<key>[^\s:：#][^:：\n]{0,30})[:：][ \t]*(?P<value>.*?)[ \t]*\r?$", re.MULTILINE)

FENCE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
RULE = re.compile(r"^ {0,3}(?:[-*_=][ \t]*){3,}$", re.MULTILINE)
QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
BULLET = re.compile(r"^([ \t]*)[*+-][ \t]+", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,999}\)")
LINK = re.compile(r"\[([^\]\n]{1,200})\]\([^)\n]{0,999}\)")
EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|\*|`)(?=\S)(.{1,200}?)(?<=\S)\1")
TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$\n?", re.MULTILINE)
TABLE_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)


def parse_plain(text: str, *, name: str, origin: str, skip: Skip = ignore) -> Document:
    """The document of a text file; a date of its front matter that is not understood goes to ``skip``."""
    told, body = split_front_matter(text)
    return make_document(body, name=name, origin=origin, told=told, skip=skip)


def parse_markdown(text: str, *, name: str, origin: str, skip: Skip = ignore) -> Document:
    """The document of a Markdown file: its words without the marks; ``skip`` as for plain text."""
    told, body = split_front_matter(text)
    return make_document(strip_markup(body), name=name, origin=origin, told=told, skip=skip)


def split_front_matter(text: str) -> tuple[Facts, str]:
    """Facts from ``key: value`` lines between ``---``, and the text below them."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return Facts(), text
    fields = {field["key"].strip(): field["value"].strip("\"' ") for field in FIELD.finditer(match["body"])}
    facts = find_facts(fields)
    if facts == Facts():
        return facts, text
    return facts, text[match.end() :]


def strip_markup(text: str) -> str:
    """Markdown as plain lines: headings, list items and table rows keep a line each."""
    text = FENCE.sub("", text)
    text = split_rows(TABLE_RULE.sub("", RULE.sub("", QUOTE.sub("", text))))
    text = LINK.sub(r"\1", IMAGE.sub("", text))
    text = HEADING.sub(r"\n\1\n", BULLET.sub(r"\1• ", text))
    return EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", text))


def split_rows(text: str) -> str:
    """Table rows written between bars, each as a line of cells with blanks between."""
    return TABLE_ROW.sub(lambda row: "  ".join(cell.strip() for cell in row[1].split("|")), text)
