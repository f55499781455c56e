"""Ten thousand entities and fifty thousand links; and a graph so large that it opens rolled up."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_ten_thousand_entities_open_and_every_link_is_there(open_tab, pages):
    tab = open_tab(pages("sized", 10_000, 50_000))
    assert tab.text("#counts") == "实体 10,000/10,000 · 关联 50,000/50,000 · 依据 50,000/50,000"
    assert 16 <= tab.run("networkView.drawn.nodes.length") <= 60
    assert tab.run("new Set(networkView.drawn.nodes.map(node => graph.types[graph.type[node]]))  .size") <= 3
    assert "其余" in tab.text("#card .left-out")
    tab.run("state.set({ statuses: ['planned'], from: '2020', undated: false })")
    shown = tab.run("[shown.now.links, shown.now.evidence]")
    assert 0 < shown[0] < 50_000
    assert shown[0] == shown[1]
    for view in ("matrix", "timeline", "documents", "table"):
        tab.run("view => state.set({ view })", view)
        assert tab.run("view => document.getElementById('view-' + view).children.length", view) > 1
    tab.run("page.openLink(shown.now.level, shown.now.weight.findIndex(weight => weight > 0))")
    tab.wait_for_sentences()
    assert len(tab.marks("blockquote")) == 3


def test_the_counts_stand_in_one_line_beside_or_below_the_tabs(open_tab, pages):
    for width in (1280, 1110, 900, 770):
        tab = open_tab(pages("sized", 10_000, 50_000), width=width, height=700)
        for lang in ("zh", "en"):
            tab.run("lang => state.set({ lang })", lang)
            assert tab.run("probe.lines('#counts')") == 1, (width, lang)
            assert tab.run("document.documentElement.scrollWidth") == width, (width, lang)


def test_a_very_large_graph_opens_rolled_up_and_says_what_it_leaves_out(open_tab, pages, monkeypatch):
    monkeypatch.setattr("bingdi.exports.html.packing.ROLL_UP_ABOVE", 250)
    tab = open_tab(pages("sized", 301, 900))
    assert tab.state() == ""
    assert tab.page.locator('nav [data-level="unit"]').get_attribute("aria-checked") == "true"
    told = " ".join(tab.texts("#card .left-out"))
    assert "先按所属师市与地方归并" in told
    assert "没有已知的所属单位" in told
    assert set(tab.run("networkView.drawn.nodes.map(node => graph.types[graph.type[node]])")) <= {
        "division",
        "locality",
    }
    tab.click('nav [data-level="entity"]')
    assert tab.text("#counts").startswith("实体 301/301 · 关联 900/900")
