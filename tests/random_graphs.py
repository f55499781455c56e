"""Random graphs of any size: every text run, span and id is right, and the same seed gives the same graph."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bingdi.graph.model import (
    DIRECTED,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Link,
    Mention,
    Relation,
    Status,
    document_id,
    entity_id,
    link_id,
)
from bingdi.graph.store import Store

BUILDER = "test+0"


def make_document(text: str, *, name: str = "样本", **fields: str) -> Document:
    return Document(id=document_id(text, fields.get("url", ""), name), name=name, text=text, **fields)


def make_entity(kind: EntityType | str, name: str, *aliases: str, code: str = "") -> Entity:
    kind = EntityType(kind)
    return Entity(id=entity_id(kind, name, code), type=kind, name=name, aliases=aliases, code=code)


_CHARACTERS = "东西南北山河湖海天云雨林石金水木土火日月星辰春夏秋冬青红白黄大小新老上下长安和平"
_PUBLISHERS = ("河畔日报", "垦区报", "丝路网", "")
_FIELDS = ("产业", "教育", "医疗", "文化", "人才", "生态")
_SUFFIXES = {
    EntityType.CORPS: "兵团",
    EntityType.DIVISION: "师",
    EntityType.REGIMENT: "团",
    EntityType.LOCALITY: "县",
    EntityType.INSTITUTION: "局",
    EntityType.SITE: "园",
    EntityType.AGREEMENT: "协议",
    EntityType.INITIATIVE: "行动",
}
_KINDS = (*list(EntityType)[1:], EntityType.LOCALITY, EntityType.INSTITUTION, EntityType.INSTITUTION)


def write_random_store(path: Path, *, entities: int, links: int, seed: int = 0) -> None:
    """A new store at ``path`` with exactly so many entities and links, each link with one to three evidence.

    The same arguments give the same store. Every text run, span and id is right: ``verify`` is clean.
    """
    documents = iter_random_documents(entities=entities, links=links, seed=seed)
    with Store.open(path, create=True) as store:
        while some := list(islice(documents, 200)):
            with store.batch():
                for document, extraction in some:
                    store.add(document, extraction, builder=BUILDER)


def iter_random_documents(*, entities: int, links: int, seed: int = 0) -> Iterator[tuple[Document, Extraction]]:
    """The documents of ``write_random_store``: fifty sentences each, every entity named at least once."""
    chance = random.Random(seed)
    known = [_random_entity(chance, number) for number in range(entities)]
    if links > entities * (entities - 1) // 2:
        raise ValueError("too many links for so few entities")
    statements = list(_random_statements(chance, known, links))
    chance.shuffle(statements)
    rest = list(known)
    documents = -(-max(len(statements), 1) // 50)
    share = -(-len(rest) // documents)
    for number in range(documents):
        part = statements[number * 50 : number * 50 + 50]
        yield _random_document(chance, number, part, rest[number * share : number * share + share])


def _random_entity(chance: random.Random, number: int) -> Entity:
    kind = _KINDS[number % len(_KINDS)]
    stem = "".join(chance.choices(_CHARACTERS, k=2))
    name = f"{stem}{number}号{_SUFFIXES[kind]}"
    return make_entity(kind, name, *([f"{stem}{number}"] if number % 3 == 0 else []))


def _random_statements(
    chance: random.Random, known: list[Entity], links: int
) -> Iterator[tuple[Entity, Relation, Entity]]:
    """So many distinct links, a few entities in many of them, each stated one to three times."""
    relations = list(Relation)
    seen: set[tuple[str, Relation, str]] = set()
    while len(seen) < links:
        head = known[int(len(known) * chance.random() ** 2)]
        tail = known[int(len(known) * chance.random())]
        relation = chance.choice(relations)
        if relation not in DIRECTED and head.id > tail.id:
            head, tail = tail, head
        if head is tail or (head.id, relation, tail.id) in seen:
            continue
        seen.add((head.id, relation, tail.id))
        for _ in range(1 + (chance.random() < 0.2) + (chance.random() < 0.05)):
            yield head, relation, tail


def _random_document(
    chance: random.Random,
    number: int,
    statements: list[tuple[Entity, Relation, Entity]],
    others: list[Entity],
) -> tuple[Document, Extraction]:
    text, spans = _write_text(statements, others)
    document = make_document(
        text,
        name=f"随机{number}",
        title=f"第{number}篇",
        publisher=chance.choice(_PUBLISHERS),
        date=f"{chance.randint(2019, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        url=f"https://example.org/{number}",
        origin=f"random/{number}.txt",
    )
    found: dict[str, Entity] = {entity.id: entity for head, _, tail in statements for entity in (head, tail)}
    found |= {entity.id: entity for entity in others}
    mentions = {
        (start, end): Mention(
            document=document.id,
            start=start,
            end=end,
            surface=text[start:end],
            type=kind,
            entity=key,
            rule="random",
        )
        for start, end, kind, key in spans.pop("mentions")  # type: ignore[misc]
    }
    links: dict[str, list[Evidence]] = defaultdict(list)
    ends: dict[str, tuple[Entity, Relation, Entity]] = {}
    for (head, relation, tail), (start, end, at_head, at_tail, trigger) in zip(
        statements, spans["evidence"], strict=True
    ):
        key = link_id(head.id, relation, tail.id)
        ends[key] = head, relation, tail
        links[key].append(
            Evidence(
                document=document.id,
                start=start,
                end=end,
                head=at_head,
                tail=at_tail,
                trigger=trigger,
                rule="random",
                confidence=round(0.3 + 0.7 * chance.random(), 3),
                date=chance.choice(("", str(chance.randint(2015, 2025)), f"{chance.randint(2015, 2025)}-06")),
                status=chance.choice((None, *Status)),
                fields=tuple(sorted(chance.sample(_FIELDS, k=chance.choice((0, 1, 2))))),
            )
        )
    extraction = Extraction(
        document=document.id,
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        entities=tuple(found[key] for key in sorted(found)),
        links=tuple(
            Link(
                id=key,
                head=ends[key][0].id,
                relation=ends[key][1],
                tail=ends[key][2].id,
                evidence=tuple(links[key]),
            )
            for key in sorted(links)
        ),
    )
    return document, extraction


def _write_text(
    statements: list[tuple[Entity, Relation, Entity]], others: list[Entity]
) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
    pieces: list[str] = []
    at = 0
    mentions: list[tuple[object, ...]] = []
    evidence: list[tuple[object, ...]] = []
    for head, relation, tail in statements:
        cue = str(relation)
        sentence = f"{head.name}对{tail.name}：{cue}。"
        heads = (at, at + len(head.name))
        tails = (heads[1] + 1, heads[1] + 1 + len(tail.name))
        trigger = (tails[1] + 1, tails[1] + 1 + len(cue))
        mentions += [(*heads, head.type, head.id), (*tails, tail.type, tail.id)]
        evidence.append((at, at + len(sentence), heads, tails, trigger))
        pieces.append(sentence)
        at += len(sentence)
    for entity in others:
        mentions.append((at, at + len(entity.name), entity.type, entity.id))
        pieces.append(f"{entity.name}。")
        at += len(entity.name) + 1
    return "".join(pieces), {"mentions": mentions, "evidence": evidence}
