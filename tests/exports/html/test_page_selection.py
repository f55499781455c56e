"""The page's filters against the selection of the store: the same question gives the same numbers."""

from __future__ import annotations

import graphs
import pytest
from bingdi.exports.html import write_html
from bingdi.graph.model import EntityType, Relation, Selection, Status
from bingdi.graph.network import project
from bingdi.graph.store import Store

pytestmark = pytest.mark.browser

CASES = (
    Selection(),
    Selection(types=frozenset({EntityType.DIVISION, EntityType.LOCALITY, EntityType.REGIMENT})),
    Selection(relations=frozenset({Relation.AIDS, Relation.CO_HOSTS})),
    Selection(fields=frozenset({"教育"})),
    Selection(statuses=frozenset({Status.PLANNED})),
    Selection(publishers=frozenset({"河畔日报", "垦区报"})),
    Selection(start="2020", end="2021", undated=False),
    Selection(start="2020-03", end="2022-06"),
    Selection(start="2022", undated=False, relations=frozenset({Relation.CO_BUILDS})),
    Selection(least_evidence=2),
    Selection(min_confidence=0.7),
    Selection(min_confidence=0.5, statuses=frozenset({Status.DONE, Status.ONGOING}), end="2023"),
    Selection(fields=frozenset({"医疗", "文化"}), statuses=frozenset({Status.DONE}), least_evidence=1, start="2019"),
    Selection(level="unit"),
    Selection(level="unit", relations=frozenset({Relation.AIDS}), least_evidence=2),
    Selection(level="unit", start="2021", end="2024", undated=False, fields=frozenset({"产业"})),
)  # fmt: skip


def to_state(selection: Selection) -> dict[str, object]:
    """The page's state that asks what a selection asks."""
    lists = {
        "types": selection.types,
        "relations": selection.relations,
        "statuses": selection.statuses,
        "fields": selection.fields,
        "publishers": selection.publishers,
    }
    return {
        **{key: sorted(map(str, values)) or None for key, values in lists.items()},
        "from": selection.start,
        "to": selection.end,
        "undated": selection.undated,
        "least": selection.least_evidence,
        "confidence": selection.min_confidence,
        "level": selection.level,
    }


def test_same_question_same_numbers(open_tab, tmp_path):
    graphs.write_random_store(tmp_path / "random.db", entities=150, links=500, seed=4)
    with Store.open(tmp_path / "random.db") as store:
        with project(store) as whole:
            write_html(whole, tmp_path / "page.html")
        tab = open_tab(tmp_path / "page.html")
        for selection in CASES:
            with project(store, selection) as part:
                wanted = (len(list(part.nodes())), len(list(part.links())), len(list(part.evidence())))
            tab.run("patch => state.set(patch)", to_state(selection))
            assert tuple(tab.run("[shown.now.nodes, shown.now.links, shown.now.evidence]")) == wanted, selection


def test_page_of_hand_made_documents_from_the_store(open_tab, tmp_path):
    with graphs.make_store(tmp_path) as store:
        with project(store) as whole:
            write_html(whole, tmp_path / "page.html", lang="en", title="手工")
            names = sorted(node.name for node in whole.nodes())
        with project(store, Selection(level="unit")) as rolled:
            write_html(rolled, tmp_path / "rolled.html")
            counts = len(list(rolled.nodes())), len(list(rolled.links()))
    tab = open_tab(tmp_path / "page.html")
    assert tab.text("h1") == "手工"
    assert sorted(tab.run("graph.name.slice(0, graph.nodes)")) == names
    rolled_tab = open_tab(tmp_path / "rolled.html")
    assert tuple(rolled_tab.run("[shown.now.nodes, shown.now.links]")) == counts
    assert rolled_tab.page.locator("nav .levels").is_hidden()
