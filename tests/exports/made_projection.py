"""Projections made in memory for the export tests: a small true-to-life one, a nasty one, random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bingdi.graph.model import DIRECTED, Document, EntityType, Relation, document_id, entity_id, link_id
from bingdi.graph.network.rows import EvidenceRow, LinkRow, NodeRow

TEXT = (
    "第七师胡杨河市与乌苏市于2021年5月签订水利共建协议。双方此后每年互派干部交流，"
    "乌苏市还向第七师胡杨河市援建校舍两栋。2023年，两地联合举办丰收节。"
)


@dataclass
class ListProjection:
    """The rows of a projection as lists; each stream starts afresh, in the order of the ids."""

    node_rows: list[NodeRow]
    link_rows: list[LinkRow] = field(default_factory=list)
    evidence_rows: list[EvidenceRow] = field(default_factory=list)
    document_rows: list[Document] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)

    def nodes(self) -> Iterator[NodeRow]:
        return iter(sorted(self.node_rows, key=lambda row: row.id))

    def links(self) -> Iterator[LinkRow]:
        return iter(sorted(self.link_rows, key=lambda row: row.id))

    def evidence(self) -> Iterator[EvidenceRow]:
        return iter(sorted(self.evidence_rows, key=lambda row: (row.link, row.id)))

    def documents(self) -> Iterator[Document]:
        return iter(sorted(self.document_rows, key=lambda row: row.id))

    def entities_by_document(self) -> Iterator[tuple[Document, tuple[NodeRow, ...]]]:
        rows = {row.id: row for row in self.node_rows}
        for document in self.documents():
            yield document, tuple(rows[key] for key in sorted(self.members.get(document.id, [])))


def make_node(kind: EntityType, name: str, **more: object) -> NodeRow:
    return replace(NodeRow(id=entity_id(kind, name), name=name, type=kind), **more)  # type: ignore[arg-type]


def make_link(one: NodeRow, relation: Relation, other: NodeRow, **more: object) -> LinkRow:
    """A link row; a symmetric one stands with the smaller id as its head."""
    head, tail = one.id, other.id
    if relation not in DIRECTED and tail < head:
        head, tail = tail, head
    row = LinkRow(
        id=link_id(head, relation, tail),
        head=head,
        relation=relation,
        tail=tail,
        directed=relation in DIRECTED,
        weight=1,
        documents=1,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def make_evidence(link: LinkRow, document: Document, *, quote: str, ends: tuple[str, str]) -> EvidenceRow:
    """Evidence whose spans are the first places of the two ends' names inside the quote."""
    start = document.text.index(quote)
    spans = [
        (place := document.text.index(name, start), place + len(name)) if name in quote else (start, start + 2)
        for name in ends
    ]
    return EvidenceRow(
        id=f"{link.id}-{start}",
        link=link.id,
        part=link.id,
        head_name=ends[0],
        tail_name=ends[1],
        relation=link.relation,
        document=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.date,
        url=document.url,
        start=start,
        end=start + len(quote),
        quote=quote,
        head=spans[0],
        tail=spans[1],
        trigger=None,
        date=link.first,
        status=link.status,
        fields=link.fields,
        rule="made",
        confidence=link.confidence,
    )


def small_projection() -> ListProjection:
    """Five nodes (one alone), six links: parallel ones both ways, directed and symmetric, dated and not."""
    document = Document(
        id=document_id(TEXT),
        name="水利",
        text=TEXT,
        title="两地共建水利",
        publisher="胡杨河零距离",
        date="2023-10",
        url="https://example.org/a?b=1&c=2",
    )
    division = make_node(
        EntityType.DIVISION,
        "第七师",
        aliases=("七师", "胡杨河市"),
        code="b07",
        weight=5,
        mentions=7,
        documents=1,
    )
    division = replace(division, unit=division.id, unit_name="第七师", first="2021-05", last="2023")
    city = make_node(EntityType.LOCALITY, "乌苏市", code="654202", weight=5, mentions=4, documents=1)
    pact = make_node(EntityType.AGREEMENT, "水利共建协议", weight=1, mentions=1, documents=1)
    festival = make_node(EntityType.INITIATIVE, "丰收节", weight=1, mentions=1, documents=1)
    alone = make_node(EntityType.SITE, "古尔图水库", mentions=1, documents=1)
    sentences = [sentence + "。" for sentence in TEXT.split("。") if sentence]
    specification = [
        (
            division,
            Relation.SIGNS_AGREEMENT_WITH,
            city,
            0,
            {"first": "2021-05", "last": "2021-05", "status": "done"},
        ),
        (
            division,
            Relation.EXCHANGES_WITH,
            city,
            1,
            {"weight": 2, "fields": ("干部", "教育"), "status": "ongoing"},
        ),
        (city, Relation.AIDS, division, 1, {"confidence": 0.75}),
        (division, Relation.AIDS, city, 1, {"confidence": 0.5, "weight": 3}),
        (division, Relation.PARTY_TO, pact, 0, {"first": "2021-05-11", "last": "2021-05-11"}),
        (city, Relation.CO_HOSTS, festival, 2, {"first": "2023", "last": "2023-09", "status": "planned"}),
    ]
    links, evidence = [], []
    for one, relation, other, at, more in specification:
        link = make_link(one, relation, other, quote=sentences[at], **more)
        links.append(link)
        names = {node.id: node.name for node in (one, other)}
        evidence.append(make_evidence(link, document, quote=sentences[at], ends=(names[link.head], names[link.tail])))
    nodes = [division, city, pact, festival, alone]
    members = {document.id: [node.id for node in nodes]}
    return ListProjection(nodes, links, evidence, [document], members)


NASTY = {
    "control": "甲\x00\x0b\x1f\x7f\x9f乙",
    "surrogate": "甲\ud83d乙",
    "returns": "甲\r\n乙\r丙\t丁",
    "cdata": "甲 ]]> 乙 ]]]]>",
    "infinity": "INF -INF INFORMATION inf NaN nan null",
    "quotes": "\"甲\" '乙' \\ ` “丙”",
    "markup": "<b>&amp; & < > <script>alert(1)</script>",
    "long": "很长的别名" * 4000,
    "emoji": "🤝🏽👨‍👩‍👧",
    "rtl": "\u202e甲乙\u202c\u200f شىنجاڭ",
    "formula": "=cmd()",
    "minus": "-1+2",
    "at": "@SUM(A1)",
    "bar": "甲|乙",
    "comma": "甲,乙;丙\n丁",
    "space": "  甲  ",
    "braces": "{甲} $x${y} %s {{",
}


def nasty_projection() -> ListProjection:
    """Every nasty text in every field that a text can reach, one entity for each."""
    nodes = []
    for place, (key, text) in enumerate(NASTY.items()):
        kind = list(EntityType)[place % len(EntityType)]
        row = NodeRow(
            id=entity_id(kind, key),
            name=text,
            type=kind,
            aliases=(text, key),
            code=key,
            unit_name=text,
            unit_reason=text,
            weight=place,
        )
        nodes.append(row)
    relations = list(Relation)
    links, evidence, documents = [], [], []
    for place, (key, text) in enumerate(NASTY.items()):
        one, other = nodes[place], nodes[(place + 1) % len(nodes)]
        link = make_link(one, relations[place % len(relations)], other, quote=text, fields=(text,), status="done")
        clean = text.encode("utf-8", "ignore").decode()
        document = Document(
            id=document_id(clean),
            name=key,
            text=text,
            title=text,
            publisher=text,
            date="2020",
            url=f"x:{text}",
        )
        row = make_evidence(link, document, quote=text, ends=(one.name, other.name))
        links.append(link)
        documents.append(document)
        evidence.append(replace(row, rule=text))
    members = {document.id: [node.id] for document, node in zip(documents, nodes, strict=True)}
    return ListProjection(nodes, links, evidence, documents, members)


def random_projection(seed: int, *, nodes: int, links: int) -> ListProjection:
    """A graph with hubs, parallel links and isolated nodes."""
    chance = random.Random(seed)
    kinds, relations = list(EntityType), list(Relation)
    rows = [make_node(chance.choice(kinds), f"名{place}") for place in range(nodes)]
    found: dict[str, LinkRow] = {}
    linked = rows[: max(2, nodes * 4 // 5)]
    for _ in range(links):
        one, other = linked[int(len(linked) * chance.random() ** 3)], chance.choice(linked)
        if one.id != other.id:
            year = chance.choice(["", "2019", "2020-02", "2021-12-31"])
            link = make_link(one, chance.choice(relations), other, weight=chance.randint(1, 9), first=year, last=year)
            found[link.id] = link
    return ListProjection(rows, list(found.values()))


def empty_projection() -> ListProjection:
    return ListProjection([])
