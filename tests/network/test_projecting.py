"""Selections of the graph: what each filter keeps, what it leaves, and what it counts."""

from __future__ import annotations

import graphs
import pytest
from bingdi.graph.errors import NameNotFoundError, StoreError, UsageError
from bingdi.graph.model import EntityType, Relation, Selection, Status, link_id
from bingdi.graph.network import project
from bingdi.graph.store import Store
from graphs import (
    BUREAU,
    CHANGJI,
    CHANGJI_ZHOU,
    CORPS,
    DISTRICT,
    ELEVENTH,
    FESTIVAL,
    HOSPITAL,
    OFFICE,
    PARK,
    PLAN,
    REGIMENT,
    TIANJIN,
    TWELFTH,
)

AIDS = ("天津市", "aids", "第十一师")
GIVES = ("天津市河畔眼科医院", "aids", "第十一师")
LIES = ("天津市河畔眼科医院", "located_in", "天津市")
SIGNS = ("一〇四团党委统战部", "signs_agreement_with", "头屯河区民宗局")
HOSTS = ("一〇四团党委统战部", "co_hosts", "头屯河区民宗局")
PARTY = ("一〇四团党委统战部", "party_to", "《民族团结共建协议》")
OFFICE_PART = ("一〇四团党委统战部", "part_of", "一〇四团")
PART = ("一〇四团", "part_of", "第十二师")
BUILDS = ("昌吉市", "co_builds", "第十二师")
GOVERNS = ("头屯河区", "co_builds", "第十二师")
BUILDS_PARK = ("第十二师", "party_to", "两河湿地公园")
ADJOINS = ("昌吉回族自治州", "adjoins", "第十二师")
ALL = {AIDS, GIVES, LIES, SIGNS, HOSTS, PARTY, OFFICE_PART, PART, BUILDS, GOVERNS, BUILDS_PARK, ADJOINS}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with graphs.make_store(tmp_path_factory.mktemp("projecting")) as opened:
        yield opened


def see(projection):
    """Links as names; those of a symmetric relation in the order that the constants above have."""
    names = {node.id: node.name for node in projection.nodes()}
    found = set()
    for link in projection.links():
        one, other = names[link.head], names[link.tail]
        turned = (other, str(link.relation), one)
        found.add(turned if not link.directed and turned in ALL else (one, str(link.relation), other))
    return found


@pytest.mark.parametrize(
    ("selection", "links"),
    [
        ({}, ALL),
        ({"relations": {Relation.AIDS}}, {AIDS, GIVES}),
        ({"relations": {Relation.CO_HOSTS, Relation.ADJOINS}}, {HOSTS, ADJOINS}),
        ({"relations": {Relation.CONNECTS}}, set()),
        ({"types": {EntityType.LOCALITY, EntityType.DIVISION}}, {AIDS, BUILDS, GOVERNS, ADJOINS}),
        ({"types": {EntityType.INSTITUTION}}, {SIGNS, HOSTS}),
        ({"types": {EntityType.SITE}}, set()),
        ({"fields": {"医疗"}}, {AIDS, GIVES}),
        ({"fields": {"产业"}}, {GIVES}),
        ({"fields": {"教育", "文化"}}, {BUILDS, HOSTS}),
        ({"fields": {"医"}}, set()),
        ({"fields": {"%"}}, set()),
        ({"statuses": {Status.DONE}}, {GIVES, SIGNS, GOVERNS}),
        ({"statuses": {Status.PLANNED}}, {HOSTS, BUILDS}),
        ({"statuses": {Status.ONGOING}}, set()),
        ({"publishers": {"河畔日报"}}, {AIDS, GIVES, LIES, BUILDS, GOVERNS, BUILDS_PARK, ADJOINS}),
        ({"publishers": {"河畔"}}, set()),
        ({"publishers": {"垦区报", "河畔日报"}}, ALL),
        ({"least_evidence": 2}, {BUILDS}),
        ({"least_evidence": 3}, set()),
        ({"min_confidence": 0.95}, ALL - {AIDS, GIVES, HOSTS, GOVERNS}),
        ({"min_confidence": 0.9}, ALL - {GIVES, HOSTS, GOVERNS}),
        ({"min_confidence": 1.0}, ALL - {AIDS, GIVES, HOSTS, GOVERNS, SIGNS}),
        ({"min_confidence": 0.6, "least_evidence": 2}, set()),
        ({"publishers": {"垦区报"}, "relations": {Relation.CO_BUILDS}}, {BUILDS}),
        ({"types": {EntityType.INSTITUTION, EntityType.DIVISION}, "fields": {"医疗"}}, {GIVES}),
    ],
)
def test_each_filter_keeps_its_links(store, selection, links):
    chosen = Selection(
        **{name: frozenset(value) if isinstance(value, set) else value for name, value in selection.items()}
    )
    with project(store, chosen) as projection:
        assert see(projection) == links
        assert projection.link_count == len(links)
        ends = {name for head, _, tail in links for name in (head, tail)}
        nodes = {node.name for node in projection.nodes()}
        assert projection.node_count == len(nodes)
        assert nodes == ends if set(selection) - {"types"} else nodes >= ends


@pytest.mark.parametrize(
    ("start", "end", "links"),
    [
        ("2022", "2022", {GOVERNS}),
        ("2023-05", "2023-05", {GIVES}),
        ("2023", "2023", {GIVES}),
        ("2023-05-20", "2023-05-21", {GIVES}),
        ("2023-06", "2023-12", set()),
        ("2022-07", "2022-08", {GOVERNS}),
        ("2022-01-01", "", {GOVERNS, GIVES, BUILDS}),
        ("", "2023-04", {GOVERNS}),
        ("", "2021", set()),
        ("2027", "", set()),
        ("2022", "2026", {GOVERNS, GIVES, BUILDS}),
    ],
)
def test_a_period_keeps_what_may_lie_in_it(store, start, end, links):
    with project(store, Selection(start=start, end=end, undated=False)) as projection:
        assert see(projection) == links
    undated = ALL - {GOVERNS, GIVES}
    with project(store, Selection(start=start, end=end)) as projection:
        assert see(projection) == links | undated
        if start == "2022" and end == "2022":
            weights = {link.id: link.weight for link in projection.links()}
            assert weights[link_id(TWELFTH.id, Relation.CO_BUILDS, CHANGJI.id)] == 1


def test_an_interval_counts_wherever_it_reaches(tmp_path):
    text = "昌吉市与第十二师共建园区。"
    reading = graphs.Reading(graphs.make_document(text), CHANGJI, TWELFTH)
    reading.link("昌吉市", "co_builds", "第十二师", text, date="2017", date_end="2020-06")
    with graphs.make_store(tmp_path, readings=[reading]) as store:
        for start, end, found in (
            ("2018", "2018", 1),
            ("2020-06-30", "", 1),
            ("2020-07", "", 0),
            ("", "2016", 0),
        ):
            with project(store, Selection(start=start, end=end, undated=False)) as projection:
                assert projection.link_count == found, (start, end)
        (link,) = project(store).links()
        assert (link.first, link.last) == ("2017", "2020-06")


@pytest.mark.parametrize(
    ("around", "depth", "links", "nodes"),
    [
        ((TIANJIN,), 0, set(), {TIANJIN}),
        ((TIANJIN,), 1, {AIDS, LIES}, {TIANJIN, ELEVENTH, HOSPITAL}),
        ((TIANJIN,), 2, {AIDS, LIES, GIVES}, {TIANJIN, ELEVENTH, HOSPITAL}),
        ((FESTIVAL,), 3, set(), {FESTIVAL}),
        ((BUREAU,), 1, {SIGNS, HOSTS}, {BUREAU, OFFICE}),
        ((BUREAU,), 2, {SIGNS, HOSTS, PARTY, OFFICE_PART}, {BUREAU, OFFICE, PLAN, REGIMENT}),
        ((BUREAU,), 3, {SIGNS, HOSTS, PARTY, OFFICE_PART, PART}, {BUREAU, OFFICE, PLAN, REGIMENT, TWELFTH}),
        (
            (PARK, TIANJIN),
            1,
            {BUILDS_PARK, AIDS, LIES},
            {PARK, TWELFTH, TIANJIN, ELEVENTH, HOSPITAL},
        ),
    ],
)
def test_a_walk_goes_as_far_as_asked(store, around, depth, links, nodes):
    with project(store, Selection(around=tuple(entity.id for entity in around), depth=depth)) as projection:
        assert see(projection) == links
        assert {node.id for node in projection.nodes()} == {entity.id for entity in nodes}


def test_a_walk_goes_only_over_what_is_kept(store):
    with project(
        store, Selection(around=(BUREAU.id,), depth=5, relations=frozenset({Relation.CO_HOSTS}))
    ) as projection:
        assert see(projection) == {HOSTS}
    with project(store, Selection(around=(CHANGJI.id,), depth=5, least_evidence=2)) as projection:
        assert see(projection) == {BUILDS}
    types = frozenset({EntityType.LOCALITY})
    with project(store, Selection(around=(TWELFTH.id,), depth=2, types=types)) as projection:
        assert see(projection) == {BUILDS, GOVERNS, ADJOINS}
        assert {node.id for node in projection.nodes()} == {
            TWELFTH.id,
            CHANGJI.id,
            CHANGJI_ZHOU.id,
            DISTRICT.id,
        }


def test_nodes_carry_their_figures(store):
    nodes = {node.id: node for node in project(store).nodes()}
    assert list(nodes) == sorted(nodes)
    assert len(nodes) == 14
    twelfth = nodes[TWELFTH.id]
    assert (twelfth.name, twelfth.type, twelfth.aliases, twelfth.code) == (
        "第十二师",
        EntityType.DIVISION,
        ("十二师",),
        "XPCC-12",
    )
    assert (twelfth.weight, twelfth.mentions, twelfth.documents) == (6, 3, 2)
    assert (twelfth.first, twelfth.last) == ("2022", "2026")
    corps = nodes[CORPS.id]
    assert (corps.weight, corps.mentions, corps.documents, corps.first, corps.last) == (0, 1, 1, "", "")


def test_links_carry_their_figures(store):
    links = {link.id: link for link in project(store).links()}
    assert list(links) == sorted(links)
    joint = links[link_id(CHANGJI.id, Relation.CO_BUILDS, TWELFTH.id)]
    assert not joint.directed
    assert (joint.head, joint.tail) == tuple(sorted((CHANGJI.id, TWELFTH.id)))
    assert (joint.weight, joint.documents, joint.parts) == (2, 2, 1)
    assert (joint.first, joint.last, joint.status) == ("2026", "2026", "planned")
    assert (joint.fields, joint.confidence) == (("教育", "生态"), 1.0)
    assert joint.quote == "第十二师与昌吉市共建两河湿地公园。"
    assert links[link_id(TIANJIN.id, Relation.AIDS, ELEVENTH.id)].directed


def test_figures_are_those_of_the_evidence_that_passes(store):
    with project(store, Selection(statuses=frozenset({Status.PLANNED}))) as projection:
        joint = next(link for link in projection.links() if link.relation is Relation.CO_BUILDS)
        assert (joint.weight, joint.documents, joint.confidence, joint.fields) == (1, 1, 0.5, ("教育",))
        assert joint.quote == "第十二师与昌吉市将共建学校。"
        assert len([row for row in projection.evidence() if row.link == joint.id]) == 1
        assert {document.name for document in projection.documents()} == {"计划", "协议"}
        nodes = {node.id: node for node in projection.nodes()}
        assert (nodes[CHANGJI.id].weight, nodes[CHANGJI.id].mentions) == (1, 2)


def test_evidence_follows_its_links(store):
    with project(store) as projection:
        order = [link.id for link in projection.links()]
        rows = list(projection.evidence())
        places = [order.index(row.link) for row in rows]
        assert places == sorted(places)
        assert len(rows) == sum(link.weight for link in projection.links()) == 13
        documents = {document.id: document for document in projection.documents()}
        assert list(documents) == sorted(documents)
        for row in rows:
            document = documents[row.document]
            assert row.quote == document.text[row.start : row.end]
            assert (row.title, row.publisher, row.published, row.url) == (
                document.title or document.name,
                document.publisher,
                document.date,
                document.url,
            )
            assert row.part == row.link
            assert row.start <= row.head[0] < row.head[1] <= row.end
            assert row.start <= row.tail[0] < row.tail[1] <= row.end


def test_ends_of_evidence_stand_where_the_names_are(store):
    texts = {document.id: document.text for document in store.iter_documents()}
    rows = {row.quote: row for row in project(store).evidence() if row.relation is Relation.ADJOINS}
    (row,) = rows.values()
    head, tail = (texts[row.document][slice(*span)] for span in (row.head, row.tail))
    assert {row.head_name: head, row.tail_name: tail} == {"昌吉回族自治州": "昌吉州", "第十二师": "十二师"}
    assert texts[row.document][slice(*row.trigger)] == "相邻"


def test_each_stream_starts_anew_and_several_run_at_once(store):
    with project(store) as one, project(store, Selection(level="unit")) as other:
        links = one.links()
        first = next(links)
        assert next(one.links()) == first
        nodes = one.nodes()
        next(nodes)
        assert len(list(other.links())) == other.link_count
        assert len(list(links)) == one.link_count - 1
        assert len(list(nodes)) == one.node_count - 1


def read_tables(store):
    found = store._access.iter_rows("SELECT name FROM temp.sqlite_master WHERE type = 'table'")
    return {name for (name,) in found}


def test_a_closed_or_forgotten_projection_leaves_nothing_behind(store):
    before = read_tables(store)
    with project(store) as projection:
        list(projection.links())
        assert read_tables(store) > before
    assert read_tables(store) == before
    assert len(list(project(store).evidence())) == 13
    assert read_tables(store) == before


def test_a_projection_closes_while_a_stream_is_open(store):
    before = read_tables(store)
    documents = store.iter_documents()
    next(documents)
    with project(store) as projection:
        links = projection.links()
        next(links)
    assert len(list(links)) == 11
    assert len(list(documents)) == 3
    project(store).close()
    assert read_tables(store) == before


def test_streams_may_outlive_the_store(tmp_path):
    with graphs.make_store(tmp_path) as store:
        projection = project(store)
        links = projection.links()
        next(links)
    projection.close()
    with pytest.raises(StoreError, match="cannot be read"):
        next(projection.links())


@pytest.mark.parametrize(
    "selection",
    [
        Selection(level="village"),
        Selection(depth=-1),
        Selection(start="2024", end="2023"),
        Selection(level="unit", around=(PLAN.id,)),
    ],
)
def test_a_wrong_selection_is_refused(store, selection):
    with pytest.raises(UsageError):
        project(store, selection)


@pytest.mark.parametrize("level", ["entity", "unit"])
def test_a_walk_from_nowhere_is_refused(store, level):
    with pytest.raises(NameNotFoundError):
        project(store, Selection(around=("0" * 16,), level=level))


def test_an_empty_store_gives_empty_streams(tmp_path):
    with Store.open(tmp_path / "empty.db", create=True) as store, project(store) as projection:
        streams = (projection.nodes(), projection.links(), projection.evidence(), projection.documents())
        assert [list(stream) for stream in streams] == [[], [], [], []]


def test_projections_agree_with_links_one_by_one(tmp_path):
    """The aggregates of SQL against the same worked out from iter_links, on a random store."""
    graphs.write_random_store(tmp_path / "random.db", entities=40, links=120, seed=5)
    with Store.open(tmp_path / "random.db") as store, project(store) as projection:
        documents = {document.id: document for document in store.iter_documents()}
        rows = {row.id: row for row in projection.links()}
        for link in store.iter_links():
            row = rows.pop(link.id)
            dates = sorted(each.date for each in link.evidence if each.date)
            assert (row.head, row.relation, row.tail) == (link.head, link.relation, link.tail)
            assert row.weight == len(link.evidence)
            assert row.documents == len({each.document for each in link.evidence})
            assert (row.first, row.last) == ((dates[0], dates[-1]) if dates else ("", ""))
            assert row.fields == tuple(sorted({field for each in link.evidence for field in each.fields}))
            assert row.confidence == max(each.confidence for each in link.evidence)
            best = max(link.evidence, key=lambda each: each.confidence)
            source = documents[best.document]
            assert row.quote == source.text[best.start : best.end]
            told = (source.title or source.name, source.publisher, source.date, source.url)
            assert (row.title, row.publisher, row.published, row.url) == told
            assert row.status in {str(each.status or "") for each in link.evidence}
        assert rows == {}
