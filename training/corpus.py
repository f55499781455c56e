"""The annotated corpus: texts with gold entities and links, aligned to the cleaned text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..graph.errors import ReadingError, UsageError
from ..graph.model import Document, Span
from ..graph.reading import document_from_text
from ..graph.reading.reasons import explain
from ..graph.reading.script import simplify
from .keys import name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """An annotated entity: its canonical name, type, and the other names the text uses."""

    name: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLink:
    """An annotated link; ``quote`` is the place in ``Document.text`` that states it, or None."""

    head: str
    relation: str
    tail: str
    cue: str
    date: str
    status: str
    quote: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One annotated document. ``group`` is equal for documents from the same page.

    ``further`` ones were written to learn from; figures are those of the others.
    """

    document: Document
    group: str
    topic: str
    entities: tuple[GoldEntity, ...]
    links: tuple[GoldLink, ...]
    optional_entities: tuple[str, ...]
    optional_links: tuple[tuple[str, str, str], ...]
    further: bool = False

    def keys(self) -> dict[str, GoldEntity]:
        """Comparison key of every name and alias to its entity; canonical names win."""
        found: dict[str, GoldEntity] = {}
        for entity in self.entities:
            for name in (entity.name, *entity.aliases):
                found.setdefault(name_key(name), entity)
        return found | {name_key(entity.name): entity for entity in self.entities}

    def simplified(self) -> Example:
        """The same with every name in simplified characters too, as the scorers read a traditional text."""
        entities = (
            replace(entity, aliases=tuple(dict.fromkeys((*entity.aliases, *map(simplify, entity.aliases)))))
            for entity in self.entities
        )
        optional = (*self.optional_entities, *map(simplify, self.optional_entities))
        return replace(self, entities=tuple(entities), optional_entities=tuple(dict.fromkeys(optional)))


def find_all(text: str, name: str) -> Iterator[Span]:
    """Every place of ``name`` in ``text``, white space ignored on both sides."""
    characters = [re.escape(char) for char in name if not char.isspace()]
    if characters:
        for match in re.finditer(r"\s*".join(characters), text):
            yield match.span()


def read_example(path: Path) -> Example:
    """One gold file with the text beside it (NAME.json, NAME.txt); raises ReadingError for a damaged one."""
    try:
        return _parse_example(path, json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadingError(path, f"no gold annotation ({type(error).__name__}: {explain(error)})") from error


def _parse_example(path: Path, gold: dict[str, Any], text: str) -> Example:
    document = document_from_text(text, name=path.stem, url=gold.get("url", ""))
    links = tuple(
        GoldLink(
            head=link["a"],
            relation=link["relation"],
            tail=link["b"],
            cue=link.get("cue", ""),
            date=link.get("date", ""),
            status=link.get("status", ""),
            quote=next(find_all(document.text, link.get("quote", "")), None),
        )
        for link in gold["links"]
    )
    return Example(
        document=document,
        group=gold.get("url") or path.stem,
        topic=gold.get("topic", ""),
        entities=tuple(
            GoldEntity(name=entity["name"], type=entity["type"], aliases=tuple(entity.get("aliases", ())))
            for entity in gold["entities"]
        ),
        links=links,
        optional_entities=tuple(gold.get("optional_entities", ())),
        optional_links=tuple((a, relation, b) for a, relation, b in (x[:3] for x in gold.get("optional_links", ()))),
    )


def read_corpus(folder: Path) -> tuple[Example, ...]:
    """All annotated documents of a folder in the order of their names, then those of its folder ``further``."""
    paths = _list_gold(folder)
    if not paths:
        raise UsageError(f"{folder}: no annotated documents (NAME.json beside NAME.txt)")
    further = (replace(read_example(path), further=True) for path in _list_gold(folder / "further"))
    return (*(read_example(path) for path in paths), *further)


def _list_gold(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.json")) if path.with_suffix(".txt").exists()]


def split_folds(examples: Sequence[Example], *, count: int = 5, seed: int = 13) -> tuple[int, ...]:
    """A fold number for each example; documents of the same page share one.

    The folds of the first documents are the same with further ones and without.
    """
    import random

    number: dict[str, int] = {}
    for further in (False, True):
        groups = sorted({example.group for example in examples if example.further is further} - number.keys())
        random.Random(seed).shuffle(groups)  # noqa: S311
        number |= {group: place % count for place, group in enumerate(groups)}
    return tuple(number[example.group] for example in examples)
