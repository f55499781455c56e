"""Hostile texts in every field: nothing runs, nothing leaves, nothing breaks; run in the real browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from lxml import etree
from page_graphs import HOSTILE

pytestmark = pytest.mark.browser

UNTOUCHED = (
    "window.hacked === undefined && !document.querySelector('iframe, object, embed, base, form, video, template, math')"
)


def test_there_are_at_least_sixty_of_them():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


def test_names_arrive_as_they_were(open_tab, pages):
    tab = open_tab(pages("hostile"))
    assert tab.run("graph.name.slice(0, graph.nodes).sort()") == tab.run(
        "list => list.sort()", [*HOSTILE, *(f"乙{text}" for text in HOSTILE)]
    )
    assert tab.run(UNTOUCHED)


def test_every_card_and_sentence_shows_the_text_itself(open_tab, pages):
    tab = open_tab(pages("hostile"), "#view=timeline")
    shown = tab.run("probe.cards()")
    assert len(shown) == 2 * len(HOSTILE)
    for name, title, quote, links in shown:
        assert title == name
        text = name.removeprefix("乙")
        assert quote == f"{text}与乙{text}共建{text}园区。"
        assert all(re.match("https?://", link) for link in links), links
    assert tab.run(UNTOUCHED)


def test_every_view_shows_them(open_tab, pages):
    tab = open_tab(pages("hostile"))
    for view in ("matrix", "timeline", "table", "documents"):
        tab.run("view => state.set({ view, node: '', link: '' })", view)
    titles = set()
    for _ in range(3):
        titles |= set(tab.run("[...document.querySelectorAll('.documents .rows b')].map(e => e.textContent)"))
        more = tab.page.locator(".documents .more")
        if more.count():
            more.first.click()
    assert titles == set(HOSTILE)
    texts = tab.run("probe.documents()")
    for title, text in texts:
        assert text.endswith(f"。{title}与乙{title}共建{title}园区。")
    assert tab.run(UNTOUCHED)


def test_search_filters_and_addresses_take_them(open_tab, pages):
    tab = open_tab(pages("hostile"))
    found = tab.run(
        "list => list.map(text => { const hit = names.search(text)[0]; return hit ? graph.name[hit.node] : '' })",
        [text for text in HOSTILE if text.strip() and re.search(r"\w", text)],
    )
    assert all(found)
    for text in HOSTILE[::9]:
        tab.run("text => state.set({ fields: [text], publishers: [text], find: text, view: 'table' })", text)
        assert tab.text("#counts").startswith("实体 2/158 · 关联 1/79"), text
        assert tab.run("state.parse(location.hash).fields[0]") == text
    tab.page.locator("#search").fill("<script>")
    tab.page.wait_for_selector("#search-found [role=option]")
    assert tab.run(UNTOUCHED)


def test_hostile_addresses_in_the_hash(open_tab, pages):
    tab = open_tab(pages("hostile"))
    keys = ("node", "link", "doc", "find", "types", "around", "period", "path")
    for text in HOSTILE[::5]:
        address = "#" + "&".join(f"{key}={text}" for key in keys)
        tab.run("address => { location.hash = address }", address)
        tab.wait("state.format(state.now) === state.format(state.parse(location.hash))")
        assert tab.run(UNTOUCHED)


def test_saved_files_hold_them_and_stay_whole(open_tab, pages):
    tab = open_tab(pages("hostile"))
    tab.run("state.set({ grown: graph.id.slice(0, graph.nodes) })")
    files = {}
    for key in ("graphml", "links", "entities", "svg", "png"):
        tab.click("#open-save")
        with tab.page.expect_download() as waiting:
            tab.click(f'[data-save="{key}"]')
        files[key] = Path(waiting.value.path()).read_bytes()
    labels = etree.fromstring(files["graphml"]).xpath("//*[@key='label']/text()")
    names = (*HOSTILE, *(f"乙{text}" for text in HOSTILE))
    # XML has no control characters and turns every line end into one line feed.
    assert set(labels) == {re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", name.replace("\r\n", "\n")) for name in names}
    rows = list(csv.DictReader(io.StringIO(files["entities"].decode("utf-8-sig"), newline="")))
    assert {re.sub(r"^'(?=[=+\-@\t\r])", "", row["名称"]) for row in rows} == {
        *HOSTILE,
        *(f"乙{text}" for text in HOSTILE),
    }
    assert not any(row["名称"][:1] in "=+-@" for row in rows)
    assert b"<script" not in files["svg"]
    assert files["png"][:4] == b"\x89PNG"
    assert tab.run(UNTOUCHED)
