"""Names, titles and sentences that hold some words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ..model import Document, Entity, Span
from ..names import name_key
from ..reading.script import simplify
from ..reading.sentences import split_sentences
from ..store import Store
from .answers import Hit

# Where characters of the traditional script and compatibility forms stand.
_BLOCKS = ((0x2E80, 0x2FE0), (0x3400, 0xA000), (0xF900, 0xFB00), (0xFF01, 0xFF5F), (0x20000, 0x2FA20))


def search(store: Store, text: str) -> Iterator[Hit]:
    """Entities with ``text`` in a name, the shortest name first, then titles and sentences that hold it.

    Simplified and traditional script, small and capital letters find one another.
    """
    yield from sorted(_iter_name_hits(store, text), key=lambda hit: (len(hit.quote), hit.name, hit.id))
    pattern = build_pattern(text)
    for document in store.iter_documents():
        yield from _iter_text_hits(document, pattern)


def build_pattern(text: str) -> re.Pattern[str]:
    """Matches ``text`` in either script and case, at the length of ``text``."""
    variants = _read_variants()
    parts = (
        f"[{re.escape(char + variants[char])}]" if char in variants else re.escape(char) for char in simplify(text)
    )
    return re.compile("".join(parts), re.IGNORECASE)


@cache
def _read_variants() -> dict[str, str]:
    """Each simplified character with the other characters that are written for it."""
    written = "".join(map(chr, (code for start, end in _BLOCKS for code in range(start, end))))
    variants: dict[str, str] = {}
    for char, simplified in zip(written, simplify(written), strict=True):
        if char != simplified:
            variants[simplified] = variants.get(simplified, "") + char
    return variants


def _iter_name_hits(store: Store, text: str) -> Iterator[Hit]:
    for entity in store.iter_entities_with(text):
        quote, span = _match_name(entity, text)
        yield Hit(
            kind="entity",
            id=entity.id,
            name=entity.name,
            type=str(entity.type),
            quote=quote,
            span=span,
            start=0,
            document=None,
        )


def _match_name(entity: Entity, text: str) -> tuple[str, Span]:
    """The first name that holds ``text`` and where, or all of the first whose key holds its key."""
    names = (entity.name, *entity.aliases)
    for name in names:
        if (at := name.find(text)) >= 0:
            return name, (at, at + len(text))
    found = next((name for name in names if name_key(text) in name_key(name)), entity.name)
    return found, (0, len(found))


def _iter_text_hits(document: Document, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """The title where it holds the text, then each sentence that does."""
    if match := pattern.search(document.title):
        yield _build_hit("title", document, quote=document.title, span=match.span(), start=0)
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(document.text):
        ends = ends or [sentence.end for sentence in split_sentences(document.text)]
        if match.start() >= done:
            place = bisect_right(ends, match.start())
            start, done = (ends[place - 1] if place else 0), max(ends[place], match.end())
            span = (match.start() - start, match.end() - start)
            yield _build_hit("text", document, quote=document.text[start:done].rstrip(), span=span, start=start)


def _build_hit(kind: str, document: Document, *, quote: str, span: Span, start: int) -> Hit:
    return Hit(
        kind=kind,
        id=document.id,
        name=document.name,
        type="",
        quote=quote,
        span=span,
        start=start,
        document=document,
    )
