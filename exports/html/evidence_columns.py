"""Evidence and documents as columns: what filters ask at once, what a sentence needs later."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ...graph.model import Document

if TYPE_CHECKING:
    from ...graph.network.rows import EvidenceRow, LinkRow, Projection

CHUNK_CHARACTERS: Final = 1_000_000
TEXT_CHARACTERS: Final = 60_000_000
"""Once a page holds this many characters, further documents are embedded by their evidence sentences only."""

STATUSES: Final = ("", "done", "ongoing", "planned")
SPAN_COLUMNS: Final = (
    *("start", "length", "head", "head_length", "tail", "tail_length"),
    *("trigger", "trigger_length", "rule", "part"),
)
ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(slots=True)
class Places:
    """Numbers handed out to values in the order in which they are first seen."""

    numbers: dict[Any, int] = field(default_factory=dict)

    def place(self, value: Any) -> int:
        """The number of this value."""
        return self.numbers.setdefault(value, len(self.numbers))

    def listed(self) -> list[Any]:
        """The values, each at its number."""
        return list(self.numbers)


def pack_date(date: str) -> int:
    """``2023-08`` as 20230800, an unknown month or day as 00; 0 without a date."""
    found = DATE.match(date)
    return int("".join(part or "00" for part in found.groups())) if found else 0


@dataclass(slots=True)
class DocumentColumns:
    """Documents in the order of the projection, their texts in chunks, those beyond the limit without."""

    publishers: Places
    text_limit: int = TEXT_CHARACTERS
    places: dict[str, int] = field(default_factory=dict)
    texts: list[str | None] = field(default_factory=list)
    units: list[Callable[[int], int]] = field(default_factory=list)
    facts: dict[str, list[Any]] = field(
        default_factory=lambda: {key: [] for key in ("id", "name", "title", "publisher", "date", "url", "chunk")}
    )
    chunks: list[list[int]] = field(default_factory=list)
    size: int = 0
    without_text: int = 0

    def add(self, document: Document, *, text: bool = True) -> int:
        """The place of a document, which keeps its text while there is room."""
        place = self.places[document.id] = len(self.texts)
        fits = text and self.size + len(document.text) <= self.text_limit
        self.without_text += not fits
        self.texts.append(document.text if fits else None)
        self.units.append(_count_units(document.text))
        row = (
            document.id,
            document.name,
            document.title,
            self.publishers.place(document.publisher),
            pack_date(document.date),
            document.url,
            self._choose_chunk(place, len(document.text)) if fits else -1,
        )
        for column, value in zip(self.facts.values(), row, strict=True):
            column.append(value)
        return place

    def _choose_chunk(self, place: int, length: int) -> int:
        before = self.size // CHUNK_CHARACTERS
        self.size += length
        if not self.chunks or self.size // CHUNK_CHARACTERS != before:
            self.chunks.append([])
        self.chunks[-1].append(place)
        return len(self.chunks) - 1

    def find_place(self, row: EvidenceRow) -> int:
        """The document of an evidence; one that the projection does not hold is known by its title only."""
        if row.document in self.places:
            return self.places[row.document]
        known = Document(
            id=row.document,
            name=row.title,
            text="",
            title=row.title,
            publisher=row.publisher,
            date=row.published,
            url=row.url,
        )
        return self.add(known, text=False)


def _count_units(text: str) -> Callable[[int], int]:
    """From code points to the UTF-16 units that a browser counts in."""
    astral = [found.start() for found in ASTRAL.finditer(text)]
    return (lambda offset: offset + bisect_left(astral, offset)) if astral else (lambda offset: offset)


@dataclass(slots=True)
class EvidenceColumns:
    """Evidence by link: ``facets`` decide what a filter lets through, ``spans`` find the sentence."""

    documents: DocumentColumns
    fields: Places = field(default_factory=Places)
    fieldsets: Places = field(default_factory=Places)
    rules: Places = field(default_factory=Places)
    parts: Places = field(default_factory=Places)
    facets: dict[str, list[int]] = field(
        default_factory=lambda: {key: [] for key in ("document", "date", "end", "status", "fieldset", "confidence")}
    )
    spans: dict[str, list[int]] = field(default_factory=lambda: {key: [] for key in SPAN_COLUMNS})
    quotes: dict[int, str] = field(default_factory=dict)

    def add(self, row: EvidenceRow) -> None:
        """Append one evidence to every column."""
        place = self.documents.find_place(row)
        facets = (
            place,
            pack_date(row.date),
            pack_date(row.date_end),
            STATUSES.index(row.status),
            self.fieldsets.place(tuple(self.fields.place(name) for name in sorted(set(row.fields)))),
            round(row.confidence * 1000),
        )
        for column, value in zip(self.facets.values(), facets, strict=True):
            column.append(value)
        self._add_spans(row, place)

    def _add_spans(self, row: EvidenceRow, place: int) -> None:
        text = self.documents.texts[place]
        stored = text is not None and text[row.start : row.end] == row.quote
        if not stored:
            self.quotes[len(self.spans["start"])] = row.quote
        units, base = (self.documents.units[place], row.start) if stored else (_count_units(row.quote), 0)
        start = units(base)

        def fit(span: tuple[int, int] | None) -> tuple[int, int]:
            if span is None:
                return -1, 0
            first = units(span[0] - row.start + base)
            return first - start, units(span[1] - row.start + base) - first

        same = row.part == row.link
        spans = (
            start,
            units(base + row.end - row.start) - start,
            *fit(row.head),
            *fit(row.tail),
            *fit(row.trigger),
            self.rules.place(row.rule),
            -1 if same else self.parts.place((row.head_name, str(row.relation), row.tail_name)),
        )
        for column, value in zip(self.spans.values(), spans, strict=True):
            column.append(value)


def read_evidence(projection: Projection, links: list[LinkRow]) -> tuple[EvidenceColumns, list[int]]:
    """The evidence columns of a projection, grouped in the order of its links, and how many each link has."""
    documents = DocumentColumns(publishers=Places(), text_limit=TEXT_CHARACTERS)
    documents.publishers.place("")
    for document in projection.documents():
        documents.add(document)
    columns = EvidenceColumns(documents=documents)
    columns.fieldsets.place(())
    counts = []
    for rows in _group(projection.evidence(), links):
        for row in rows:
            columns.add(row)
        counts.append(len(rows))
    return columns, counts


def _group(rows: Iterable[EvidenceRow], links: list[LinkRow]) -> list[list[EvidenceRow]]:
    grouped: dict[str, list[EvidenceRow]] = {link.id: [] for link in links}
    for row in rows:
        grouped[row.link].append(row)
    return list(grouped.values())
