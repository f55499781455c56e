"""Small graphs written by hand, for tests; ``random_graphs`` has those of any size.

The hand-made texts are inventions. ``make_store(folder)`` gives an open store of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bingdi.graph.model import (
    DIRECTED,
    Document,
    Entity,
    Evidence,
    Extraction,
    Link,
    Mention,
    Relation,
    Status,
    link_id,
)
from bingdi.graph.store import Store
from random_graphs import BUILDER, iter_random_documents, make_document, make_entity, write_random_store

__all__ = [
    "BUILDER",
    "Reading",
    "iter_random_documents",
    "make_document",
    "make_entity",
    "make_readings",
    "make_store",
    "write_random_store",
]


class Reading:
    """Builds the extraction of one document by hand; surfaces are looked up in the text."""

    def __init__(self, document: Document, *entities: Entity) -> None:
        self.document = document
        self.entities = {entity.name: entity for entity in entities}
        self._mentions: dict[tuple[int, int, str], Mention] = {}
        self._links: dict[str, tuple[Entity, Relation, Entity, list[Evidence]]] = {}
        for entity in entities:
            for surface in (entity.name, *entity.aliases):
                if self._find_free(surface, entity.id) is not None:
                    self.mention(entity.name, surface)

    def mention(self, name: str, surface: str) -> None:
        """Note where ``surface`` first stands apart from longer names."""
        entity = self.entities[name]
        span = self._find_free(surface, entity.id)
        if span is None:
            raise ValueError(f"{surface} does not stand in the text")
        self._mentions[(*span, entity.id)] = Mention(
            document=self.document.id,
            start=span[0],
            end=span[1],
            surface=surface,
            type=entity.type,
            entity=entity.id,
            rule="hand",
            score=0.75,
        )

    def _find_free(self, surface: str, entity: str) -> tuple[int, int] | None:
        taken = [(start, end) for start, end, key in self._mentions if key == entity]
        for name in self.entities:
            if surface != name and surface in name:
                taken += [match.span() for match in re.finditer(re.escape(name), self.document.text)]
        for match in re.finditer(re.escape(surface), self.document.text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                return match.span()
        return None

    def link(self, head: str, relation: Relation | str, tail: str, quote: str, **options: object) -> Reading:
        """A link stated by ``quote``; ``heads``, ``tails``, ``trigger`` are surfaces of its parts there."""
        relation = Relation(relation)
        surfaces = [str(options.pop("heads", head)), str(options.pop("tails", tail))]
        ends = [self.entities[head], self.entities[tail]]
        if relation not in DIRECTED and ends[0].id > ends[1].id:
            ends.reverse()
            surfaces.reverse()
        start = self.document.text.index(quote)
        trigger = options.pop("trigger", None)
        evidence = Evidence(
            document=self.document.id,
            start=start,
            end=start + len(quote),
            head=self._find(surfaces[0], quote, start),
            tail=self._find(surfaces[1], quote, start),
            trigger=self._find(str(trigger), quote, start) if trigger else None,
            rule=str(options.pop("rule", "hand")),
            **options,  # type: ignore[arg-type]
        )
        key = link_id(ends[0].id, relation, ends[1].id)
        self._links.setdefault(key, (ends[0], relation, ends[1], []))[3].append(evidence)
        return self

    def extraction(self) -> Extraction:
        return Extraction(
            document=self.document.id,
            mentions=tuple(self._mentions[key] for key in sorted(self._mentions)),
            entities=tuple(sorted(self.entities.values(), key=lambda entity: entity.id)),
            links=tuple(
                Link(id=key, head=head.id, relation=relation, tail=tail.id, evidence=tuple(evidence))
                for key, (head, relation, tail, evidence) in sorted(self._links.items())
            ),
        )

    @staticmethod
    def _find(surface: str, quote: str, start: int) -> tuple[int, int]:
        at = start + quote.index(surface)
        return at, at + len(surface)


CORPS = make_entity("corps", "新疆生产建设兵团", "兵团", code="XPCC")
TIANJIN = make_entity("locality", "天津市", "天津", code="120000")
CHANGJI_ZHOU = make_entity("locality", "昌吉回族自治州", "昌吉州", code="652300")
CHANGJI = make_entity("locality", "昌吉市", code="652301")
DISTRICT = make_entity("locality", "头屯河区", "开发区(头屯河区)", code="650106")
ELEVENTH = make_entity("division", "第十一师", "十一师", code="XPCC-11")
TWELFTH = make_entity("division", "第十二师", "十二师", code="XPCC-12")
REGIMENT = make_entity("regiment", "一〇四团", "一○四团", code="XPCC-12-104")
OFFICE = make_entity("institution", "一〇四团党委统战部", "一○四团党委统战部")
BUREAU = make_entity("institution", "头屯河区民宗局", "开发区民宗局")
HOSPITAL = make_entity("institution", "天津市河畔眼科医院")
PLAN = make_entity("agreement", "《民族团结共建协议》", "《共建协议》")
PARK = make_entity("site", "两河湿地公园")
FESTIVAL = make_entity("initiative", "首届西瓜节")


def make_readings() -> tuple[Reading, ...]:
    """Four invented documents: aid, an agreement of two offices, joint building, and a plan."""
    aid = Reading(
        make_document(
            "天津市援建第十一师医院。2023年5月，天津市河畔眼科医院向十一师捐赠设备。兵团感谢天津。",
            name="援建",
            title="天津援建",
            publisher="河畔日报",
            date="2023-06-01",
            url="https://example.org/aid",
            origin="aid.txt",
        ),
        CORPS,
        TIANJIN,
        ELEVENTH,
        HOSPITAL,
    )
    aid.link(
        "天津市",
        "aids",
        "第十一师",
        "天津市援建第十一师医院。",
        trigger="援建",
        fields=("医疗",),
        confidence=0.9,
    ).link(
        "天津市河畔眼科医院",
        "aids",
        "第十一师",
        "2023年5月，天津市河畔眼科医院向十一师捐赠设备。",
        tails="十一师",
        trigger="捐赠",
        date="2023-05",
        status=Status.DONE,
        fields=("医疗", "产业"),
        confidence=0.8,
    ).link("天津市河畔眼科医院", "located_in", "天津市", "天津市河畔眼科医院", tails="天津市")
    offices = Reading(
        make_document(
            "一○四团党委统战部与开发区民宗局签订《共建协议》。双方还将联合举办首届西瓜节。",
            name="协议",
            title="结对",
            publisher="垦区报",
            date="2024-08-11",
            origin="offices.txt",
        ),
        REGIMENT,
        OFFICE,
        BUREAU,
        PLAN,
        FESTIVAL,
    )
    offices.mention("一〇四团党委统战部", "双方")
    offices.mention("头屯河区民宗局", "双方")
    sentence = "一○四团党委统战部与开发区民宗局签订《共建协议》。"
    offices.link(
        OFFICE.name,
        "signs_agreement_with",
        BUREAU.name,
        sentence,
        heads="一○四团党委统战部",
        tails="开发区民宗局",
        trigger="签订",
        status=Status.DONE,
        confidence=0.95,
    ).link(
        OFFICE.name,
        "party_to",
        PLAN.name,
        sentence,
        heads="一○四团党委统战部",
        tails="《共建协议》",
        trigger="签订",
    ).link(OFFICE.name, "part_of", REGIMENT.name, sentence, heads="一○四团党委统战部", tails="一○四团").link(
        OFFICE.name,
        "co_hosts",
        BUREAU.name,
        "双方还将联合举办首届西瓜节。",
        heads="双方",
        tails="双方",
        trigger="联合举办",
        status=Status.PLANNED,
        fields=("文化",),
        confidence=0.6,
    )
    building = Reading(
        make_document(
            "第十二师与昌吉市共建两河湿地公园。2022年，第十二师和头屯河区共同治理河道。昌吉州与十二师相邻。",
            name="共建",
            publisher="河畔日报",
            date="2025",
            origin="building.txt",
        ),
        TWELFTH,
        CHANGJI,
        CHANGJI_ZHOU,
        DISTRICT,
        PARK,
    )
    building.link(
        "第十二师",
        "co_builds",
        "昌吉市",
        "第十二师与昌吉市共建两河湿地公园。",
        trigger="共建",
        fields=("生态",),
    ).link(
        "第十二师",
        "co_builds",
        "头屯河区",
        "2022年，第十二师和头屯河区共同治理河道。",
        trigger="共同治理",
        date="2022",
        status=Status.DONE,
        confidence=0.7,
    ).link("第十二师", "party_to", "两河湿地公园", "第十二师与昌吉市共建两河湿地公园。", trigger="共建").link(
        "昌吉回族自治州",
        "adjoins",
        "第十二师",
        "昌吉州与十二师相邻。",
        heads="昌吉州",
        tails="十二师",
        trigger="相邻",
    )
    plan = Reading(
        make_document(
            "一〇四团是第十二师的一个团。第十二师与昌吉市将共建学校。",
            name="计划",
            publisher="垦区报",
            date="2025-03-01",
            origin="plan.txt",
        ),
        REGIMENT,
        TWELFTH,
        CHANGJI,
    )
    plan.link("一〇四团", "part_of", "第十二师", "一〇四团是第十二师的一个团。").link(
        "第十二师",
        "co_builds",
        "昌吉市",
        "第十二师与昌吉市将共建学校。",
        trigger="共建",
        date="2026",
        status=Status.PLANNED,
        fields=("教育",),
        confidence=0.5,
    )
    return aid, offices, building, plan


def make_store(folder: Path, *, name: str = "small.db", readings: Iterable[Reading] | None = None) -> Store:
    """An open store of the hand-made documents (or of ``readings``) in ``folder``."""
    store = Store.open(folder / name, create=True)
    for reading in make_readings() if readings is None else readings:
        store.add(reading.document, reading.extraction(), builder=BUILDER)
    return store
