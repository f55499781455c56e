"""The written file itself: whole, self-contained, the same each time, and what its chunks hold."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from pathlib import Path

import page_graphs
import pytest
from bingdi.exports import html as page_export
from bingdi.exports.html import render_html, write_html
from bingdi.exports.html.evidence_columns import DocumentColumns, Places, pack_date, read_evidence
from bingdi.exports.html.opening import NODES, Tie, build_opening, choose_opening
from bingdi.exports.html.packing import pack, render_json
from bingdi.exports.html.readings import find_readings
from bingdi.graph.errors import ExportError, UsageError
from bingdi.graph.model import Document, EntityType, Relation
from hypothesis import given
from hypothesis import strategies as st

FOLDER = Path(page_export.__file__).parent


def chunks(page: str) -> dict[str, dict]:
    """The embedded data, decoded."""
    found = re.findall(
        r'<script type="text/plain" id="chunk-([\w-]+)" data-encoding="(\w+)">(.*?)</script>', page, re.S
    )
    read = {"json": json.loads, "gzip": lambda text: json.loads(gzip.decompress(base64.b64decode(text)))}
    return {name: read[encoding](text) for name, encoding, text in found}


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(page_graphs.small())


def test_nothing_is_loaded_from_elsewhere(page):
    outside = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", page, flags=re.S)
    assert re.findall(r'(?:src|href|action|data|poster)\s*=\s*"([^"]*)"', outside) == ["data:,"]
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    assert "url(" not in style
    assert "@import" not in style
    assert "cdn" not in outside.lower()


def test_policy_names_every_script_and_style_by_its_hash(page):
    policy = html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert [digest(text) for text in scripts] == rules["script-src"].split()
    assert len(scripts) == 1 + len(list((FOLDER / "scripts").glob("*.js")))
    assert [digest(text) for text in re.findall(r"<style>(.*?)</style>", page, re.S)] == rules["style-src"].split()
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script")


def test_own_scripts_touch_markup_and_network_nowhere():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest|WebSocket"
        r"|sendBeacon|importScripts|localStorage|DOMParser|createContextualFragment|setTimeout\(\s*[\"'`]"
    )
    for path in (FOLDER / "scripts").glob("*.js"):
        assert forbidden.findall(path.read_text("utf-8")) == [], path.name


def test_own_scripts_are_readable_files():
    for path in (FOLDER / "scripts").glob("*.js"):
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 320, path.name
        assert max(map(len, lines)) <= 180, path.name


def test_vis_network_is_the_one_that_pyvis_ships(page):
    import pyvis

    shipped = (Path(pyvis.__file__).parent / "lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    assert shipped.replace("\r\n", "\n").replace("\r", "\n") in page


def test_same_graph_same_bytes(tmp_path):
    for name in ("a.html", "b.html"):
        write_html(page_graphs.small(), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a.html", "b.html"]


def test_no_path_or_time_of_this_machine_is_in_it(page):
    assert str(FOLDER) not in page
    assert "/site-packages/" not in page


def test_language_and_title(page):
    assert '<html lang="zh-CN">' in page
    other = render_html(page_graphs.small(), lang="en", title="<b>A & B</b>")
    assert '<html lang="en">' in other
    assert "<title>&lt;b&gt;A &amp; B&lt;/b&gt;</title>" in other
    with pytest.raises(UsageError, match="lang 'fr' is unknown; choose one of zh, en"):
        render_html(page_graphs.small(), lang="fr")


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(ExportError, match=r"missing/page\.html: No such file or directory; choose a folder"):
        write_html(page_graphs.small(), tmp_path / "missing" / "page.html")


def test_a_failed_writing_leaves_the_old_page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")

    class Broken(page_graphs.Rows):
        def evidence(self):
            raise ExportError("broken")

    with pytest.raises(ExportError, match="broken"):
        write_html(Broken(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_graph_is_a_page():
    data = chunks(render_html(page_graphs.Rows()))
    assert data["graph"]["nodes"]["id"] == []
    assert data["graph"]["links"] == {"head": [], "tail": [], "relation": [], "count": []}


def test_chunks_hold_every_row_once(page):
    rows, data = page_graphs.small(), chunks(page)
    graph = data["graph"]
    assert graph["nodes"]["name"] == [node.name for node in rows.nodes()]
    assert graph["nodes"]["aliases"] == [list(node.aliases) or 0 for node in rows.nodes()]
    assert sum(graph["links"]["count"]) == len(rows.evidence_rows)
    assert graph["documents"]["title"] == [document.title for document in rows.documents()]
    assert data["texts-0"]["texts"] == [document.text for document in rows.documents()]
    assert graph["without_text"] == 0
    assert [name for _, name, _ in graph["extra"]] == ["第十四师"]


def test_a_sentence_is_the_run_of_its_document(page):
    rows, data = page_graphs.small(), chunks(page)
    texts = [text.encode("utf-16-le") for text in data["texts-0"]["texts"]]
    spans, facets = data["evidence"], data["graph"]["evidence"]

    def cut(at: int, start: int, length: int) -> str:
        return texts[facets["document"][at]][2 * start : 2 * (start + length)].decode("utf-16-le")

    stored = []
    for at, (start, length) in enumerate(zip(spans["start"], spans["length"], strict=True)):
        parts = [cut(at, start + spans[role][at], spans[f"{role}_length"][at]) for role in ("head", "tail")]
        stored.append((cut(at, start, length), *parts))
    texts_by_id = {document.id: document.text for document in rows.documents()}
    wanted = [
        (row.quote, texts_by_id[row.document][slice(*row.head)], texts_by_id[row.document][slice(*row.tail)])
        for link in rows.links()
        for row in rows.evidence()
        if row.link == link.id
    ]
    assert stored == wanted
    assert spans["quotes"] == {}


def test_a_quote_that_is_not_in_its_document_is_stored_itself():
    rows = page_graphs.small()
    row = rows.evidence_rows[0]
    del rows.document_rows[row.document]
    columns, _ = read_evidence(rows, list(rows.links()))
    assert row.quote in columns.quotes.values()
    assert columns.documents.without_text == 1


def test_texts_beyond_the_limit_are_counted_and_their_sentences_kept(monkeypatch):
    monkeypatch.setattr("bingdi.exports.html.evidence_columns.TEXT_CHARACTERS", 100)
    rows = page_graphs.small()
    data = chunks(render_html(rows))
    whole = [text for name, chunk in data.items() if name.startswith("texts") for text in chunk["texts"]]
    assert 0 < sum(map(len, whole)) <= 100
    assert data["graph"]["without_text"] == 3 - len(whole) > 0
    left = {row.quote for row in rows.evidence_rows if rows.document_rows[row.document].text not in whole}
    assert set(data["evidence"]["quotes"].values()) == left


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_offsets_count_what_a_browser_counts(text):
    columns = DocumentColumns(publishers=Places(), text_limit=1000)
    place = columns.add(Document(id="d", name="n", text=text))
    for offset in range(len(text) + 1):
        assert columns.units[place](offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=20) | st.integers(), max_size=4), max_size=4))
def test_embedded_json_is_the_value_and_cannot_end_its_element(value):
    text = render_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)


def test_lone_surrogates_become_replacement_characters():
    assert json.loads(render_json("a\ud800b")) == "a\ufffdb"
    assert json.loads(render_json("𠮷")) == "𠮷"


def test_dates_are_packed():
    dates = ("2023", "2023-08", "2023-08-11", "", "去年", "2023-8", "20230811", "2023-08-11T00:00")
    assert [pack_date(date) for date in dates] == [20230000, 20230800, 20230811, 0, 0, 0, 0, 0]


def test_readings_of_names():
    readings = find_readings(["重庆市", "一〇四团", "ABC12", "😀", ""])
    assert set(readings["重"].split()) >= {"zhong", "chong"}
    assert readings["市"].split()[0] == "shi"
    assert "ling" in readings["〇"].split()
    assert not {"A", "1", "😀"} & readings.keys()


def names(kinds: str) -> list[tuple[str, str, EntityType]]:
    short = {"d": EntityType.DIVISION, "l": EntityType.LOCALITY, "i": EntityType.INSTITUTION}
    return [(f"{at:03}", f"名{at}", short[kind]) for at, kind in enumerate(kinds)]


def test_opening_prefers_divisions_and_localities_when_there_are_enough():
    kinds = "dl" * 20 + "i" * 60
    ties = [Tie(head=at, tail=at + 1, relation=Relation.CO_BUILDS, weight=1) for at in range(0, 40, 2)]
    ties += [Tie(head=at, tail=at + 1, relation=Relation.CO_BUILDS, weight=99) for at in range(40, 98)]
    chosen = choose_opening(names(kinds), ties)
    assert {kind for _, _, kind, _ in chosen.nodes} == {EntityType.DIVISION, EntityType.LOCALITY}
    assert len(chosen.nodes) == 40
    assert len(chosen.links) == 20


def test_opening_takes_all_types_where_few_of_the_main_ones_are_tied():
    ties = [Tie(head=at, tail=at + 1, relation=Relation.AIDS, weight=at) for at in range(20, 90)]
    chosen = choose_opening(names("dl" * 5 + "i" * 90), ties)
    assert len(chosen.nodes) == NODES
    assert {kind for _, _, kind, _ in chosen.nodes} == {EntityType.INSTITUTION}


def test_opening_leaves_out_loops_and_loose_ends():
    ties = [
        Tie(head=0, tail=0, relation=Relation.CO_BUILDS, weight=50),
        Tie(head=1, tail=2, relation=Relation.CO_BUILDS, weight=1),
    ]
    chosen = choose_opening(names("dld"), ties)
    assert [key for key, *_ in chosen.nodes] == ["001", "002"]
    assert choose_opening(names("dl"), []).nodes == ()


def test_pyvis_holds_the_opening_without_physics():
    opening = pack(page_graphs.small()).opening
    network = build_opening(opening)
    assert type(network).__module__ == "pyvis.network"
    assert network.num_nodes() == len(opening.nodes) == 18
    assert network.num_edges() == len(opening.links) == 20
    assert network.options["physics"] == {"enabled": False}
    arrows = {(edge["relation"], edge["arrows"]) for edge in network.edges}
    assert ("aids", "to") in arrows
    assert ("co_builds", "") in arrows


def test_a_large_graph_opens_rolled_up(monkeypatch):
    monkeypatch.setattr("bingdi.exports.html.packing.ROLL_UP_ABOVE", 10)
    opening = pack(page_graphs.small()).opening
    assert opening.level == "unit"
    assert {name for _, name, _, _ in opening.nodes} == {
        "新疆生产建设兵团", "第十二师", "第一师", "第八师", "头屯河区",
        "浙江省", "天津市", "阿克苏地区", "石河子市", "第十四师", "重庆市",
    }  # fmt: skip
    weights = {(relation, weight) for _, _, relation, weight in opening.links}
    assert (Relation.CO_BUILDS, 2) in weights
