"""Matrix, timeline, documents and table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def small(shared_tab):
    return shared_tab.reset()


def test_matrix_of_divisions_by_localities(small):
    small.click("#tab-matrix")
    assert small.state() == "#view=matrix"
    rows = small.run("probe.matrix()")
    columns = small.run("probe.columns()")
    table = {
        (row, column): int(cell)
        for row, cells in rows.items()
        for column, cell in zip(columns, cells, strict=False)
        if cell
    }
    assert table == {
        ("第十二师", "头屯河区"): 6,
        ("第一师", "浙江省"): 2,
        ("第一师", "阿克苏地区"): 1,
        ("第十二师", "天津市"): 1,
        ("第八师", "石河子市"): 1,
        ("第十四师", "重庆市"): 1,
    }
    assert rows["第十二师"][-1] == "7"


def test_matrix_cell_opens_the_evidence_of_the_pair(small):
    small.run("state.set({ view: 'matrix' })")
    small.page.get_by_role("button", name="第一师 与 浙江省：2 条依据").click()
    assert small.text("#card h2") == "关联"
    small.wait_for_sentences()
    assert small.page.locator("#card .evidence").count() == 2
    assert small.page.locator('.matrix [aria-pressed="true"]').count() == 1


def test_matrix_order_and_keys(small):
    small.run("state.set({ view: 'matrix' })")
    small.page.locator("#matrix-order").select_option("code")
    columns = small.run("probe.columns()")
    assert columns == ["天津市", "浙江省", "重庆市", "头屯河区", "阿克苏地区", "石河子市"]
    small.page.locator('.matrix td button[tabindex="0"]').focus()
    label = "document.activeElement.getAttribute('aria-label')"
    assert small.run(label) == "第一师 与 浙江省：2 条依据"
    small.page.keyboard.press("ArrowRight")
    assert small.run(label) == "第一师 与 阿克苏地区：1 条依据"
    small.page.keyboard.press("Enter")
    assert "link=" in small.state()


def test_matrix_obeys_the_filters(small):
    small.run("state.set({ view: 'matrix', relations: ['aids'] })")
    assert sorted(small.texts(".matrix td button")) == ["1", "1", "2"]
    small.run("state.set({ relations: ['connects'] })")
    assert "没有师市与地方之间的关联" in small.text("#view-matrix")


def test_timeline_counts_links_by_year_and_relation(small):
    small.click("#tab-timeline")
    bars = small.run("probe.bars()")
    assert bars == [
        ["2018", 1, "2018 合计：1 条关联"],
        ["2019", 1, "2019 合计：2 条关联"],
        ["2020", 1, "2020 合计：1 条关联"],
        ["2021", 2, "2021 合计：2 条关联"],
        ["2023", 2, "2023 合计：3 条关联"],
        ["2024", 1, "2024 合计：1 条关联"],
    ]
    assert "11 条关联没有注明日期" in small.text("#view-timeline")


def test_timeline_bar_opens_its_links_and_narrows_the_period(small):
    small.run("state.set({ view: 'timeline' })")
    small.page.locator('[data-period="2019"]').click()
    assert small.text("#card h2") == "2019 的关联"
    assert [text.splitlines()[0] for text in small.texts("#card .partner")] == [
        "浙江省 → 第一师",
        "浙江省 → 阿克苏地区",
    ] or [text.splitlines()[0] for text in small.texts("#card .partner")] == [
        "浙江省 → 阿克苏地区",
        "浙江省 → 第一师",
    ]
    small.page.get_by_role("button", name="只看这一时段").click()
    assert small.text("#counts") == "实体 3/19 · 关联 2/20 · 依据 2/22"


def test_timeline_by_month_says_what_it_cannot_place(small):
    small.run("state.set({ view: 'timeline', step: 'month' })")
    periods = small.run("[...document.querySelectorAll('.period[data-period]')].map(p => p.dataset.period)")
    assert periods == ["2019-05", "2020-03", "2023-08"]
    assert "4 条关联只注明年份" in small.text("#view-timeline")


def test_documents_list_and_text_with_marks(small):
    small.click("#tab-documents")
    assert small.texts(".documents .rows b") == ["两部门结对", "河谷共建记", "援建三则"]
    small.page.locator(".documents .rows button", has_text="两部门结对").click()
    small.page.wait_for_selector(".text .body")
    text = small.run("document.querySelector('.text .body').textContent")
    assert (
        text
        == "😀一〇四团党委统战部与开发区民宗局签订《河谷共建协议》。双方将联合举办首届瓜果节。一〇四团是十二师的团。"
    )
    marks = {text: roles for roles, text in small.marks(".text .body")}
    assert "trigger" in marks["签订"]
    assert "mention" in marks["首届瓜果节"]
    assert marks["。"] == "sentence"
    assert len(small.texts(".says .partner")) == 7


def test_a_mark_opens_what_it_stands_for(small):
    small.run("state.set({ view: 'documents', doc: graph.docs.id[graph.docs.title.indexOf('两部门结对')] })")
    small.page.locator(".body mark.mention").first.click()
    assert small.text("#card h2") == "首届瓜果节"
    small.page.locator(".body mark.trigger", has_text="联合举办").click()
    assert "联合举办" in small.text("#card blockquote")


def test_evidence_leads_to_its_place_in_the_document(small):
    small.run(
        "([a, b]) => state.set({ link: state.nameLink(a, 'part_of', b) })",
        [small.node("一〇四团"), small.node("第十二师")],
    )
    small.page.locator("#card .source .link").click()
    small.page.wait_for_selector(".body .aimed")
    assert (
        small.run("[...document.querySelectorAll('.body .aimed')].map(e => e.textContent).join('')")
        == "一〇四团是十二师的团。"
    )


def test_a_place_in_a_document_is_found_also_where_it_was_drawn_anew_meanwhile(open_tab, pages):
    tab = open_tab(pages("small"))
    tab.run("() => { page.openDocument(graph.facets.document[0], 0); state.set({ lang: 'en' }) }")
    tab.expect(".text .body").to_be_visible()
    assert tab.page.locator(".body .aimed").first.is_visible()


def test_documents_can_be_found(small):
    small.click("#tab-documents")
    small.page.locator("#document-find").fill("垦区")
    assert small.texts(".documents .rows b") == ["河谷共建记"]
    assert "1/3 篇" in small.text(".documents")
    small.page.locator("#document-find").fill("没有")
    assert small.texts(".documents .rows b") == []


def test_table_sorts_filters_and_pages(open_tab, pages):
    tab = open_tab(pages("sized", 300, 900), "#view=table")
    assert "1–50 / 900 行" in tab.text("#view-table .pages")
    weights = [int(text) for text in tab.texts("#view-table tbody td:nth-child(4)")]
    assert weights == sorted(weights, reverse=True)
    tab.click('[data-sort="first"]')
    dates = tab.texts("#view-table tbody td:nth-child(6)")
    assert dates == sorted(dates)
    assert dates[0] != ""
    tab.click('[data-sort="first"]')
    assert "sort=first-" in tab.state()
    tab.page.get_by_role("button", name="下一页").click()
    assert "51–100 / 900 行" in tab.text("#view-table .pages")
    name = tab.run("graph.name[0]")
    tab.page.locator("#table-find").fill(name)
    tab.wait("location.hash.includes('find=')")
    expected = tab.run(
        """name => { const level = graph.level('entity'); return [...level.head.keys()].filter(link =>
        graph.name[level.head[link]].includes(name) || graph.name[level.tail[link]].includes(name)).length }""",
        name,
    )
    assert tab.text("#view-table .pages [role=status]").endswith(f"/ {expected} 行")
    assert tab.run("document.activeElement.id") == "table-find"


def test_what_was_typed_into_the_table_does_not_reach_the_next_view(small):
    small.run(
        """async () => { state.set({ view: 'table' }); const field = document.getElementById('table-find');
        field.value = '重庆'; field.dispatchEvent(new Event('input')); state.set({ view: 'network' });
        await probe.timers(120) }"""
    )
    assert small.state() == ""


def test_table_as_csv_is_what_it_shows(small):
    small.run("state.set({ view: 'table' })")
    with small.page.expect_download() as waiting:
        small.click("#table-csv")
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["甲方", "关系", "乙方", "依据数", "文档", "最早", "最晚", "状态", "领域", "置信度"]
    assert len(rows) == 21
    assert ["浙江省", "援助", "第一师", "2", "1", "2018", "2019-05", "已完成", "医疗、教育", "0.9"] in rows or [
        "浙江省", "援助", "第一师", "2", "1", "2018", "2019-05", "已完成", "教育、医疗", "0.9"
    ] in rows  # fmt: skip


def test_table_of_entities(small):
    small.run("state.set({ view: 'table', rows: 'entities' })")
    assert small.page.locator("#view-table tbody tr").count() == 19
    first = small.texts("#view-table tbody tr:first-child > *")
    assert first == ["第十二师", "师", "第十二师", "十二师、12师、农十二师", "XPCC-12", "6", "7", "9", "1"]
    small.page.locator("#view-table .entity", has_text="重庆市").click()
    assert small.text("#card h2") == "重庆市"


def test_a_table_row_opens_its_evidence(small):
    small.run("state.set({ view: 'table', find: '重庆' })")
    small.page.locator("#view-table tbody td .entity").first.click()
    small.wait_for_sentences()
    assert small.marks("#card blockquote")[0] == ["head", "重庆市"]
    assert small.state().startswith("#view=table")
