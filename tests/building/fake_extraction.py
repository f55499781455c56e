"""Stand-ins for the extraction that worker processes can import."""

from __future__ import annotations

import os
import re
import time
from itertools import pairwise
from pathlib import Path

from bingdi.graph.errors import ModelError
from bingdi.graph.model import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Link,
    Mention,
    Relation,
    entity_id,
    link_id,
)

NAME = re.compile("[东西南北]河[县市团]")
TYPES = {"县": EntityType.LOCALITY, "市": EntityType.LOCALITY, "团": EntityType.REGIMENT}


def extract_names(document: Document) -> Extraction:
    """东河县, 西河团 and their like; two in one sentence cooperate."""
    found = [(*match.span(), _make_entity(match[0])) for match in NAME.finditer(document.text)]
    mentions = tuple(
        Mention(
            document=document.id,
            start=start,
            end=end,
            surface=entity.name,
            type=entity.type,
            entity=entity.id,
            rule="fake",
        )
        for start, end, entity in found
    )
    links = {}
    for sentence in re.finditer("[^。]+。?", document.text):
        inside = [each for each in found if sentence.start() <= each[0] < sentence.end()]
        for one, other in pairwise(inside):
            head, tail = sorted((one, other), key=lambda each: each[2].id)
            if head[2] != tail[2]:
                link = _make_link(document, sentence.span(), head, tail)
                links.setdefault(link.id, link)
    return Extraction(
        document=document.id,
        mentions=mentions,
        entities=tuple({entity.id: entity for _, _, entity in found}.values()),
        links=tuple(links.values()),
    )


def extract_or_raise(document: Document) -> Extraction:
    """As ``extract_names``, but 坏 in the text is too much."""
    if "坏" in document.text:
        raise ValueError("坏 is too much")
    return extract_names(document)


def extract_wrongly(document: Document) -> Extraction:
    """Contradicts itself where the text has 坏."""
    extraction = extract_names(document)
    if "坏" in document.text:
        return Extraction(document=document.id, mentions=extraction.mentions)
    return extraction


def extract_or_die(document: Document) -> Extraction:
    """As ``extract_names``, but 坏 in the text ends the process."""
    if "坏" in document.text:
        os._exit(3)
    return extract_names(document)


def extract_without_model(document: Document) -> Extraction:
    """Cannot work at all."""
    raise ModelError("seeds/models/names.bin: missing; restore the file")


def extract_slowly_first(document: Document) -> Extraction:
    """The first document takes longest, so that workers finish out of order."""
    if document.name == "00":
        time.sleep(0.3)
    return extract_names(document)


def extract_and_interrupt(document: Document) -> Extraction:
    """A user who presses Ctrl-C at 坏."""
    if "坏" in document.text:
        raise KeyboardInterrupt
    return extract_names(document)


def _make_entity(name: str) -> Entity:
    kind = TYPES[name[-1]]
    return Entity(id=entity_id(kind, name), type=kind, name=name)


def _make_link(
    document: Document, span: tuple[int, int], head: tuple[int, int, Entity], tail: tuple[int, int, Entity]
) -> Link:
    evidence = Evidence(
        document=document.id,
        start=span[0],
        end=span[1],
        head=head[:2],
        tail=tail[:2],
        trigger=None,
        rule="fake",
    )
    relation = Relation.COOPERATES_WITH
    key = link_id(head[2].id, relation, tail[2].id)
    return Link(id=key, head=head[2].id, relation=relation, tail=tail[2].id, evidence=(evidence,))


def extract_and_stick(document: Document) -> Extraction:
    """Gets on with the first dozen documents, then notes its process and takes minutes over each."""
    if document.name >= "12":
        Path(os.environ["WORKING"], str(os.getpid())).touch()
        time.sleep(600)
    return extract_names(document)
