"""Merges: what stands for what, seen by every reading, and taken back without a trace."""

from __future__ import annotations

from itertools import pairwise

import graphs
import pytest
from bingdi.graph.errors import StoreError
from bingdi.graph.model import Relation, Selection, link_id
from bingdi.graph.network import project

BIG = graphs.make_entity("institution", "河畔建设集团有限公司", "河畔建设集团")
SHORT = graphs.make_entity("institution", "河畔集团")
SCHOOL = graphs.make_entity("institution", "垦区中学")
FULL = "河畔建设集团有限公司与垦区中学合作。"
BRIEF = "河畔集团与垦区中学合作。河畔集团援助垦区中学。"


def make_store(tmp_path):
    one = graphs.Reading(graphs.make_document(FULL, name="甲", date="2023"), BIG, SCHOOL)
    one.link(BIG.name, "cooperates_with", SCHOOL.name, FULL, trigger="合作", confidence=0.9)
    two = graphs.Reading(graphs.make_document(BRIEF, name="乙", date="2024"), SHORT, SCHOOL, BIG)
    first, second = BRIEF[:12], BRIEF[12:]
    two.link(SHORT.name, "cooperates_with", SCHOOL.name, first, trigger="合作", confidence=0.6)
    two.link(SHORT.name, "aids", SCHOOL.name, second, trigger="援助", confidence=0.7)
    two.link(BIG.name, "cooperates_with", SCHOOL.name, first, heads="河畔集团", trigger="合作", confidence=0.5)
    two.link(SHORT.name, "part_of", BIG.name, first, tails="河畔集团")
    return graphs.make_store(tmp_path, readings=(one, two))


def see(store):
    """Everything that can be read."""
    return (
        store.count(),
        list(store.iter_entities()),
        list(store.iter_links()),
        list(store.iter_mentions()),
        list(project(store).nodes()),
        list(project(store).links()),
        list(project(store).evidence()),
    )


def test_one_entity_stands_for_the_other_everywhere(tmp_path):
    with make_store(tmp_path) as store:
        store.merge(SHORT.id, BIG.id, reason="same company")
        merged = next(entity for entity in store.iter_entities() if entity.id == BIG.id)
        assert merged.aliases == ("河畔建设集团", "河畔集团")
        assert {entity.id for entity in store.iter_entities()} == {BIG.id, SCHOOL.id}
        assert store.get_entity(SHORT.id) == merged
        assert store.find_entities("河畔集团") == (merged,)
        assert [entity.id for entity in store.iter_entities_with("河畔")] == [BIG.id]
        assert {mention.entity for mention in store.iter_mentions()} == {BIG.id, SCHOOL.id}
        assert [mention.surface for mention in store.iter_mentions(entity=BIG.id)].count("河畔集团") == 1
        assert (store.count().entities, store.count().links, store.count().evidence) == (2, 2, 3 + 1)


def test_links_of_both_are_one_and_a_statement_counts_once(tmp_path):
    with make_store(tmp_path) as store:
        store.merge(SHORT.id, BIG.id, reason="same company")
        links = {str(link.relation): link for link in store.iter_links()}
        assert set(links) == {"cooperates_with", "aids"}
        joint = links["cooperates_with"]
        assert joint.id == link_id(BIG.id, Relation.COOPERATES_WITH, SCHOOL.id)
        assert sorted(each.confidence for each in joint.evidence) == [0.6, 0.9]
        assert {joint.head, joint.tail} == {BIG.id, SCHOOL.id}
        texts = {document.id: document.text for document in store.iter_documents()}
        for evidence in joint.evidence:
            head, tail = (texts[evidence.document][slice(*span)] for span in (evidence.head, evidence.tail))
            assert (head == "垦区中学") == (joint.head == SCHOOL.id)
            assert (tail == "垦区中学") == (joint.tail == SCHOOL.id)
        assert list(store.iter_links(BIG.id, SCHOOL.id)) == list(store.iter_links())
        assert list(store.iter_links(SHORT.id)) == []


def test_projections_see_the_merge(tmp_path):
    with make_store(tmp_path) as store:
        store.merge(SHORT.id, BIG.id, reason="same company")
        with project(store) as projection:
            rows = {str(row.relation): row for row in projection.links()}
            assert {name: (row.weight, row.documents, row.parts) for name, row in rows.items()} == {
                "cooperates_with": (2, 2, 1),
                "aids": (1, 1, 1),
            }
            assert {row.id for row in projection.nodes()} == {BIG.id, SCHOOL.id}
            evidence = list(projection.evidence())
            assert {row.link for row in evidence} == {row.id for row in rows.values()}
            assert all(row.part == row.link for row in evidence)
            assert {row.head_name for row in evidence} | {row.tail_name for row in evidence} == {
                BIG.name,
                SCHOOL.name,
            }
            nodes = {row.id: row for row in projection.nodes()}
            assert (nodes[BIG.id].mentions, nodes[BIG.id].documents, nodes[BIG.id].weight) == (2, 2, 3)
        with project(store, Selection(around=(SHORT.id,), depth=1)) as near:
            assert {row.id for row in near.links()} == {row.id for row in rows.values()}


def test_a_merge_that_is_taken_back_was_never_there(tmp_path):
    with make_store(tmp_path) as store:
        before = see(store)
        store.merge(SHORT.id, BIG.id, reason="same company")
        assert see(store) != before
        assert list(store.iter_merges()) == [(SHORT.id, BIG.id, "same company")]
        assert store.unmerge(SHORT.id) is True
        assert store.unmerge(SHORT.id) is False
        assert see(store) == before
        assert list(store.verify()) == []


def test_merges_in_a_chain_lead_to_its_end(tmp_path):
    with graphs.make_store(tmp_path) as store:
        store.merge(graphs.OFFICE.id, graphs.REGIMENT.id, reason="a")
        store.merge(graphs.REGIMENT.id, graphs.TWELFTH.id, reason="b")
        assert store.get_entity(graphs.OFFICE.id).id == graphs.TWELFTH.id
        relations = {(str(link.relation), len(link.evidence)) for link in store.iter_links(graphs.TWELFTH.id)}
        assert ("part_of", 1) not in relations
        assert ("signs_agreement_with", 1) in relations


@pytest.mark.parametrize("length", [1, 2, 3])
def test_merges_never_go_round(tmp_path, length):
    chain = (graphs.CORPS, graphs.TIANJIN, graphs.PARK)[:length]
    with graphs.make_store(tmp_path) as store:
        for source, target in pairwise(chain):
            store.merge(source.id, target.id, reason="")
        with pytest.raises(StoreError, match="the other way round"):
            store.merge(chain[-1].id, chain[0].id, reason="")
        assert len(list(store.iter_merges())) == len(chain) - 1


def test_a_merge_waits_for_its_entities(tmp_path):
    absent = graphs.make_entity("institution", "不在此处局")
    with graphs.make_store(tmp_path) as store:
        before = list(store.iter_entities())
        store.merge(graphs.PARK.id, absent.id, reason="nowhere yet")
        assert list(store.iter_entities()) == before
        assert store.get_entity(graphs.PARK.id) == graphs.PARK
        store.merge(absent.id, graphs.BUREAU.id, reason="on the way")
        assert store.get_entity(graphs.PARK.id) == store.get_entity(graphs.BUREAU.id)


def test_a_merge_outlives_a_new_reading(tmp_path):
    with make_store(tmp_path) as store:
        store.merge(SHORT.id, BIG.id, reason="same company")
        document = next(document for document in store.iter_documents() if document.name == "乙")
        store.remove(document.id)
        assert {entity.id for entity in store.iter_entities()} == {BIG.id, SCHOOL.id}
        again = graphs.Reading(document, SHORT, SCHOOL)
        store.add(document, again.extraction(), builder="newer")
        assert {entity.id for entity in store.iter_entities()} == {BIG.id, SCHOOL.id}
        assert store.find_entities("河畔集团")[0].id == BIG.id
