"""What goes into a store comes out of it, once, whatever the order; and goes again without a trace."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import graphs
import pytest
from bingdi.graph.errors import NameNotFoundError, StoreError
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
from bingdi.graph.store import Counts, Store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def dump(path):
    """Every row of a store but for the count of its changes."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "generation" not in line]


def test_counts(tmp_path):
    with graphs.make_store(tmp_path) as store:
        assert store.count() == Counts(documents=4, entities=14, mentions=22, links=12, evidence=13, skipped=0)
    with Store.open(tmp_path / "empty.db", create=True) as store:
        assert store.count() == Counts(documents=0, entities=0, mentions=0, links=0, evidence=0, skipped=0)


def test_documents_come_back_as_they_were(tmp_path):
    documents = sorted((reading.document for reading in graphs.make_readings()), key=lambda document: document.id)
    with graphs.make_store(tmp_path) as store:
        assert list(store.iter_documents()) == documents
        assert [store.get_document(document.id) for document in documents] == documents
        with pytest.raises(StoreError, match="holds no document 0000000000000000"):
            store.get_document("0" * 16)


def test_mentions_come_back_as_they_were(tmp_path):
    with graphs.make_store(tmp_path) as store:
        for reading in graphs.make_readings():
            key = reading.document.id
            mentions = list(store.iter_mentions(key))
            assert sorted(mentions, key=str) == sorted(reading.extraction().mentions, key=str)
            assert [(each.start, each.end) for each in mentions] == sorted((each.start, each.end) for each in mentions)
        both = [each for each in store.iter_mentions() if each.surface == "双方"]
        assert {each.entity for each in both} == {graphs.OFFICE.id, graphs.BUREAU.id}
        named = store.iter_mentions(entity=graphs.TWELFTH.id)
        assert sorted(each.surface for each in named) == ["十二师", "第十二师", "第十二师"]


def test_links_come_back_with_the_evidence_of_all_documents(tmp_path):
    with graphs.make_store(tmp_path) as store:
        links = {link.id: link for link in store.iter_links()}
        assert list(links) == sorted(links)
        joint = links[link_id(graphs.TWELFTH.id, Relation.CO_BUILDS, graphs.CHANGJI.id)]
        assert [each.date for each in joint.evidence] == ["", "2026"]
        assert [each.status for each in joint.evidence] == [None, Status.PLANNED]
        given = [link for reading in graphs.make_readings() for link in reading.extraction().links]
        assert {link.id for link in given} == set(links)
        for link in given:
            assert set(link.evidence) <= set(links[link.id].evidence)


@pytest.mark.parametrize(
    ("ends", "relations"),
    [
        ((graphs.TIANJIN,), ["aids", "located_in"]),
        ((graphs.TIANJIN, graphs.ELEVENTH), ["aids"]),
        ((graphs.ELEVENTH, graphs.TIANJIN), ["aids"]),
        ((graphs.OFFICE, graphs.BUREAU), ["co_hosts", "signs_agreement_with"]),
        ((graphs.FESTIVAL,), []),
        ((graphs.TIANJIN, graphs.TWELFTH), []),
    ],
)
def test_links_at_one_end_and_between_two(tmp_path, ends, relations):
    with graphs.make_store(tmp_path) as store:
        assert sorted(str(link.relation) for link in store.iter_links(*(end.id for end in ends))) == relations


def test_a_third_end_is_refused(tmp_path):
    with graphs.make_store(tmp_path) as store, pytest.raises(StoreError, match="two ends, 3 were given"):
        store.iter_links("0" * 16, "1" * 16, "2" * 16)


@pytest.mark.parametrize("digest", ["", "12", "g" * 16, "0" * 17, "第十二师"])
def test_what_is_no_id_is_refused(tmp_path, digest):
    with graphs.make_store(tmp_path) as store, pytest.raises(StoreError, match="is no id"):
        store.get_document(digest)


def test_entities_have_the_names_of_all_documents(tmp_path):
    with graphs.make_store(tmp_path) as store:
        entities = list(store.iter_entities())
        assert [entity.id for entity in entities] == sorted(entity.id for entity in entities)
        assert store.get_entity(graphs.TIANJIN.id) == graphs.TIANJIN
        with pytest.raises(NameNotFoundError):
            store.get_entity("0" * 16)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("12师", [graphs.TWELFTH]),
        ("农十二师", [graphs.TWELFTH]),
        ("兵团第十二师", [graphs.TWELFTH]),
        ("天津", [graphs.TIANJIN]),
        ("104团", [graphs.REGIMENT]),
        ("民族团结共建协议", [graphs.PLAN]),
        ("昌吉州", [graphs.CHANGJI_ZHOU]),
        ("昌吉", []),
        ("第十二", []),
        ("", []),
    ],
)
def test_a_name_is_found_however_it_is_written(tmp_path, name, found):
    with graphs.make_store(tmp_path) as store:
        assert [entity.id for entity in store.find_entities(name)] == [entity.id for entity in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("昌吉", [graphs.CHANGJI, graphs.CHANGJI_ZHOU]),
        ("头屯", [graphs.DISTRICT, graphs.BUREAU]),
        ("12", [graphs.TWELFTH]),
        ("%", []),
        ("_", []),
        ("北屯", []),
    ],
)
def test_a_piece_of_two_characters_is_found_in_names(tmp_path, text, found):
    with graphs.make_store(tmp_path) as store:
        assert {entity.id for entity in store.iter_entities_with(text)} == {entity.id for entity in found}


def test_a_piece_of_text_finds_its_documents(tmp_path):
    with graphs.make_store(tmp_path) as store:
        assert {document.name for document in store.iter_documents_with("共建")} == {"协议", "共建", "计划"}
        assert {document.name for document in store.iter_documents_with("天津援建")} == {"援建"}
        assert list(store.iter_documents_with("北京")) == []


def test_storing_again_changes_nothing(tmp_path):
    with graphs.make_store(tmp_path) as store:
        before = dump(store.path)
        for reading in graphs.make_readings():
            store.add(reading.document, reading.extraction(), builder=graphs.BUILDER)
        assert dump(store.path) == before


def test_the_order_of_documents_does_not_show(tmp_path):
    readings = list(graphs.make_readings())
    graphs.make_store(tmp_path).close()
    graphs.make_store(tmp_path, name="turned.db", readings=readings[::-1]).close()
    assert dump(tmp_path / "small.db") == dump(tmp_path / "turned.db")


def test_a_document_goes_without_a_trace(tmp_path):
    first, *rest = graphs.make_readings()
    graphs.make_store(tmp_path, name="rest.db", readings=rest).close()
    with graphs.make_store(tmp_path) as store:
        assert store.remove(first.document.id) is True
        assert store.remove(first.document.id) is False
        assert store.find_entities("天津") == ()
    assert dump(tmp_path / "small.db") == dump(tmp_path / "rest.db")


def test_a_newer_reading_replaces_the_older_one(tmp_path):
    with graphs.make_store(tmp_path) as store:
        old = next(reading for reading in graphs.make_readings() if reading.document.name == "共建")
        new = graphs.Reading(old.document, graphs.TWELFTH, graphs.CHANGJI_ZHOU)
        quote = "昌吉州与十二师相邻。"
        new.link("第十二师", "adjoins", "昌吉回族自治州", quote, heads="十二师", tails="昌吉州", confidence=0.5)
        store.add(old.document, new.extraction(), builder="newer")
        names = {entity.name for entity in store.iter_entities()}
        assert "两河湿地公园" not in names
        assert "头屯河区" not in names
        assert "昌吉市" in names
        relations = {str(link.relation): len(link.evidence) for link in store.iter_links(graphs.TWELFTH.id)}
        assert relations == {"adjoins": 1, "co_builds": 1, "part_of": 1}
        assert not store.has(old.document.id, builder=graphs.BUILDER)
        assert store.has(old.document.id, builder="newer")
        assert list(store.verify()) == []


def test_what_is_held_and_what_is_not(tmp_path):
    with graphs.make_store(tmp_path) as store:
        document = graphs.make_readings()[0].document
        assert store.has(document.id, builder=graphs.BUILDER)
        assert not store.has(document.id, builder="other")
        assert not store.has("0" * 16, builder=graphs.BUILDER)
        assert store.holds(replace(document, origin="elsewhere.txt"), builder=graphs.BUILDER)
        assert not store.holds(replace(document, date="2020"), builder=graphs.BUILDER)
        assert not store.holds(replace(document, publisher="另一报"), builder=graphs.BUILDER)


def say(name, *aliases, text):
    """A reading of a one-sentence document that gives the coded entity XPCC-12 this name."""
    entity = Entity(
        id=entity_id(EntityType.DIVISION, name, "XPCC-12"),
        type=EntityType.DIVISION,
        name=name,
        aliases=aliases,
        code="XPCC-12",
    )
    return graphs.Reading(graphs.make_document(text), entity)


def test_names_are_those_that_the_remaining_documents_say(tmp_path):
    one = say("第十二师", "十二师", text="第十二师的春天。")
    two = say("第十二师", "农十二师", text="农十二师就是第十二师。")
    other = say("兵团第十二师", text="兵团第十二师的夏天。")
    last = say("新第十二师", text="新第十二师的秋天。")
    with graphs.make_store(tmp_path, readings=(one, two, last, other)) as store:
        found = next(store.iter_entities())
        assert (found.name, found.aliases) == (
            "兵团第十二师",
            ("农十二师", "十二师", "新第十二师", "第十二师"),
        )
        store.remove(two.document.id)
        found = next(store.iter_entities())
        assert (found.name, found.aliases) == ("兵团第十二师", ("十二师", "新第十二师", "第十二师"))
        store.remove(other.document.id)
        found = next(store.iter_entities())
        assert (found.name, found.aliases) == ("新第十二师", ("十二师", "第十二师"))
        store.remove(one.document.id)
        found = next(store.iter_entities())
        assert (found.name, found.aliases) == ("新第十二师", ())
        assert store.find_entities("十二师") == ()
        assert list(store.verify()) == []


def test_an_entity_that_is_neither_named_nor_linked_stays_out(tmp_path):
    document = graphs.make_document("兵团的秋天。")
    with graphs.make_store(tmp_path, readings=[graphs.Reading(document, graphs.CORPS, graphs.TIANJIN)]) as store:
        assert [entity.name for entity in store.iter_entities()] == ["新疆生产建设兵团"]


def test_two_statements_in_one_place_are_one_evidence_the_surer(tmp_path):
    quote = "天津市援建第十一师医院。"
    reading = graphs.Reading(graphs.make_document(quote), graphs.TIANJIN, graphs.ELEVENTH)
    for confidence, rule in ((0.4, "weak"), (0.9, "strong"), (0.5, "weak")):
        reading.link("天津市", "aids", "第十一师", quote, confidence=confidence, rule=rule)
    with graphs.make_store(tmp_path, readings=[reading]) as store:
        (link,) = store.iter_links()
        assert [(each.confidence, each.rule) for each in link.evidence] == [(0.9, "strong")]


def without_entity(extraction):
    return replace(extraction, entities=extraction.entities[1:])


def with_empty_link(extraction):
    return replace(extraction, links=(replace(extraction.links[0], evidence=()), *extraction.links[1:]))


def with_strange_mention(extraction):
    return replace(extraction, mentions=(replace(extraction.mentions[0], document="0" * 16),))


def with_strange_evidence(extraction):
    link = extraction.links[0]
    return replace(extraction, links=(replace(link, evidence=(replace(link.evidence[0], document="0" * 16),)),))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_entity, "but does not hold it"),
        (with_empty_link, "has no evidence"),
        (with_strange_mention, "of document 0000000000000000"),
        (with_strange_evidence, "of document 0000000000000000"),
        (lambda extraction: replace(extraction, document="0" * 16), "is of document 0000000000000000"),
        (lambda extraction: replace(extraction, entities=extraction.entities * 2), "holds an entity twice"),
    ],
)
def test_an_extraction_that_contradicts_itself_is_refused_whole(tmp_path, spoil, said):
    with graphs.make_store(tmp_path) as store:
        before = dump(store.path)
        reading = graphs.make_readings()[0]
        with pytest.raises(StoreError, match=said):
            store.add(reading.document, spoil(reading.extraction()), builder="x")
        assert dump(store.path) == before


@pytest.mark.parametrize("text", ["空\0白", "半\ud800字"])
def test_a_text_that_is_no_clean_unicode_is_refused(tmp_path, text):
    document = graphs.make_document(text)
    with (
        Store.open(tmp_path / "x.db", create=True) as store,
        pytest.raises(StoreError, match="no clean Unicode"),
    ):
        store.add(document, Extraction(document=document.id), builder="x")


def add_and_interrupt(store, reading):
    with store.batch():
        store.add(reading.document, reading.extraction(), builder="x")
        raise KeyboardInterrupt


def test_a_batch_is_written_whole_or_not_at_all(tmp_path):
    readings = graphs.make_readings()
    with Store.open(tmp_path / "x.db", create=True) as store:
        with pytest.raises(KeyboardInterrupt):
            add_and_interrupt(store, readings[0])
        assert store.count().documents == 0
        with store.batch():
            store.add(readings[0].document, readings[0].extraction(), builder="x")
            with pytest.raises(StoreError):
                store.add(readings[1].document, without_entity(readings[1].extraction()), builder="x")
            store.add(readings[2].document, readings[2].extraction(), builder="x")
        assert store.count().documents == 2
        assert list(store.verify()) == []


def test_skipped_documents_are_noted_until_they_are_read(tmp_path):
    with graphs.make_store(tmp_path) as store:
        store.add_skipped("b.pdf", reason="a broken PDF")
        store.add_skipped("a.txt", reason="an empty file")
        store.add_skipped("a.txt", reason="no text")
        assert list(store.iter_skipped()) == [("a.txt", "no text"), ("b.pdf", "a broken PDF")]
        assert store.count().skipped == 2
        store.remove_skipped("a.txt", "c.txt")
        assert list(store.iter_skipped()) == [("b.pdf", "a broken PDF")]


def test_a_random_store_has_what_was_asked_for(tmp_path):
    graphs.write_random_store(tmp_path / "one.db", entities=60, links=150, seed=3)
    graphs.write_random_store(tmp_path / "two.db", entities=60, links=150, seed=3)
    with Store.open(tmp_path / "one.db") as store:
        counts = store.count()
        assert (counts.entities, counts.links) == (60, 150)
        assert list(store.verify()) == []
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db")


TEXT = st.text(st.characters(exclude_characters="\0\x1f", exclude_categories=["Cs"]), min_size=2, max_size=30)
NAME = st.text(st.characters(categories=["Lo", "Lu", "Nd"]), min_size=1, max_size=6)
DATE = st.sampled_from(["", "2023", "2023-08", "2023-08-11"])


@st.composite
def spans(draw, start, end):
    """A span inside ``[start, end)`` that is not empty."""
    first = draw(st.integers(start, end - 1))
    return first, draw(st.integers(first + 1, end))


@st.composite
def readings(draw):
    """A document with any text and an extraction of it with anything that the model allows."""
    text, name, url = draw(TEXT), draw(NAME), draw(st.sampled_from(["", "https://example.org/一"]))
    fields = {field: draw(TEXT) for field in ("title", "publisher", "origin")}
    document = Document(id=document_id(text, url, name), name=name, text=text, url=url, date=draw(DATE), **fields)
    entities = draw(
        st.lists(
            st.builds(
                lambda kind, named, aliases: Entity(
                    id=entity_id(kind, named),
                    type=kind,
                    name=named,
                    aliases=tuple(sorted(set(aliases) - {named})),
                ),
                st.sampled_from(EntityType),
                NAME,
                st.lists(NAME, max_size=3),
            ),
            min_size=2,
            max_size=5,
            unique_by=lambda entity: entity.id,
        )
    )
    mentions = []
    for entity in entities:
        start, end = draw(spans(0, len(text)))
        mentions.append(
            Mention(
                document=document.id,
                start=start,
                end=end,
                surface=text[start:end],
                type=entity.type,
                entity=entity.id,
                rule=draw(NAME),
                score=draw(st.floats(0, 1)),
            )
        )
    links = {}
    for relation in draw(st.lists(st.sampled_from(Relation), max_size=4, unique=True)):
        head, tail = draw(st.permutations(entities))[:2]
        if relation not in DIRECTED and head.id > tail.id:
            head, tail = tail, head
        start, end = draw(spans(0, len(text)))
        evidence = Evidence(
            document=document.id,
            start=start,
            end=end,
            head=draw(spans(start, end)),
            tail=draw(spans(start, end)),
            trigger=draw(st.none() | spans(start, end)),
            rule=draw(NAME),
            confidence=draw(st.floats(0, 1)),
            date=draw(DATE),
            date_end=draw(DATE),
            status=draw(st.none() | st.sampled_from(Status)),
            fields=tuple(draw(st.lists(NAME, max_size=3, unique=True))),
        )
        key = link_id(head.id, relation, tail.id)
        links[key] = Link(id=key, head=head.id, relation=relation, tail=tail.id, evidence=(evidence,))
    extraction = Extraction(
        document=document.id,
        mentions=tuple(sorted(mentions, key=lambda each: (each.start, each.end, each.entity))),
        entities=tuple(sorted(entities, key=lambda each: each.id)),
        links=tuple(links[key] for key in sorted(links)),
    )
    return document, extraction


@given(reading=readings())
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
)
def test_any_reading_comes_back_as_it_was(reading, tmp_path):
    document, extraction = reading
    path = tmp_path / f"{random.getrandbits(64)}.db"
    with Store.open(path, create=True) as store:
        store.add(document, extraction, builder="x")
        assert list(store.iter_documents()) == [document]
        assert tuple(store.iter_mentions()) == extraction.mentions
        assert tuple(store.iter_entities()) == extraction.entities
        assert tuple(store.iter_links()) == extraction.links
        assert list(store.verify()) == []
        for entity in extraction.entities:
            assert entity.id in {found.id for found in store.find_entities(entity.name)}
        store.add(document, extraction, builder="y")
        assert tuple(store.iter_links()) == extraction.links
        store.remove(document.id)
        assert store.count() == Counts(documents=0, entities=0, mentions=0, links=0, evidence=0, skipped=0)
        assert list(store.verify()) == []
