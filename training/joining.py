"""Longer texts out of short ones: what decides links learns what they look like where much else is told.

The annotated texts are short, those that people read are not. A number of a link that grows with the text (how often
it is told, who else is tied to its ends) says something else in a long one: trees fitted on short texts alone lost
three in ten of the links that they found before where eight texts were read as one.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..graph.extraction.analysis import make_scene, read_sentences
from ..graph.extraction.channels import read_channels
from ..graph.extraction.names import Name
from .corpus import Example, GoldEntity
from .items import Item

SIZES = (2, 3, 5, 8, 12)
"""So many documents are read as one, in turn."""
_BREAK = "\n\n"


def join_items(items: Sequence[Item], *, least: float) -> list[Item]:
    """Longer texts that hold each document once, see ``iter_groups``.

    The names of the documents must have been scored; those above ``least`` make the scene.
    """
    groups = iter_groups([item.example for item in items], [item.fold for item in items])
    return [_join([items[place] for place in group], least=least) for group in groups]


def iter_groups(examples: Sequence[Example], folds: Sequence[int], *, seed: int = 29) -> Iterator[list[int]]:
    """The places of the documents that are read as one: of one fold and topic, further ones apart."""
    alike: dict[tuple[int, bool, str], list[int]] = defaultdict(list)
    for place, (example, fold) in enumerate(zip(examples, folds, strict=True)):
        alike[fold, example.further, example.topic].append(place)
    for key in sorted(alike):
        listed = alike[key]
        random.Random(seed).shuffle(listed)  # noqa: S311
        start = turn = 0
        while start < len(listed):
            size = SIZES[turn % len(SIZES)]
            yield listed[start : start + size]
            start, turn = start + size, turn + 1


def _join(group: Sequence[Item], *, least: float) -> Item:
    example = join_examples([item.example for item in group])
    names: list[Name] = []
    offset = 0
    for item in group:
        names += (replace(name, start=name.start + offset, end=name.end + offset) for name in item.names)
        offset += len(item.example.document.text) + len(_BREAK)
    channels, sentences = read_channels(example.document.text), read_sentences(example.document.text)
    return replace(
        group[0],
        example=example,
        channels=channels,
        sentences=sentences,
        names=tuple(names),
        scene=make_scene(channels, sentences, names, least=least),
        joined=True,
    )


def join_examples(examples: Sequence[Example]) -> Example:
    """One example whose text holds all of theirs, with what they annotate; places of quotes are not kept."""
    entities: dict[str, GoldEntity] = {}
    for entity in (entity for example in examples for entity in example.entities):
        known = entities.get(entity.name, entity)
        entities[entity.name] = replace(known, aliases=tuple(dict.fromkeys((*known.aliases, *entity.aliases))))
    links = {(link.head, link.relation, link.tail): link for example in examples for link in example.links}
    optional = dict.fromkeys(name for example in examples for name in example.optional_entities if name not in entities)
    first = examples[0]
    document = replace(
        first.document,
        id="+".join(example.document.id for example in examples),
        text=_BREAK.join(example.document.text for example in examples),
        cuts=(),
    )
    return replace(
        first,
        document=document,
        entities=tuple(entities.values()),
        links=tuple(replace(link, quote=None) for link in links.values()),
        optional_entities=tuple(optional),
        optional_links=tuple(dict.fromkeys(link for example in examples for link in example.optional_links)),
    )
