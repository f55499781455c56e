"""The filter panel: every filter alone and together, and the count of what is shown."""

from __future__ import annotations

from dataclasses import replace

import page_graphs
import pytest
from bingdi.exports.html import write_html

pytestmark = pytest.mark.browser


@pytest.fixture
def small(shared_tab):
    return shared_tab.reset()


def counts(tab) -> str:
    return tab.text("#counts")


def box(tab, key: str, value: str):
    return tab.page.locator(f'#filters input[data-filter="{key}"][data-value="{value}"]')


def test_types(small):
    box(small, "types", "institution").uncheck()
    assert counts(small) == "实体 14/19 · 关联 11/20 · 依据 13/22"
    assert "types=corps,division,regiment,locality,site,agreement,initiative" in small.state()
    assert small.drawn().isdisjoint({"一〇四团党委统战部", "头屯河区民宗局", "天津市河畔医院", "昆玉河畔学校"})
    box(small, "types", "institution").check()
    assert counts(small).startswith("实体 19/19")
    assert small.state() == ""


def test_only_this_type(small):
    small.page.get_by_role("button", name="仅此 师").click(force=True)
    assert counts(small) == "实体 3/19 · 关联 0/20 · 依据 0/22"
    assert small.drawn() == {"第十二师", "第一师", "第八师"}


def test_relations(small):
    small.page.get_by_role("button", name="仅此 援助").click(force=True)
    assert counts(small) == "实体 7/19 · 关联 4/20 · 依据 5/22"
    assert small.run("new Set(picture.edges.get().map(edge => look.relations[edge.relation].key)).size") == 1


def test_status(small):
    small.page.get_by_role("button", name="仅此 计划中").click(force=True)
    assert counts(small) == "实体 3/19 · 关联 2/20 · 依据 2/22"


def test_fields_and_field_not_stated(small):
    box(small, "fields", "医疗").check()
    assert counts(small) == "实体 4/19 · 关联 2/20 · 依据 2/22"
    box(small, "fields", "生态").check()
    assert counts(small) == "实体 5/19 · 关联 3/20 · 依据 3/22"
    box(small, "fields", "医疗").uncheck()
    box(small, "fields", "生态").uncheck()
    assert counts(small).startswith("实体 19/19")


def test_publisher(small):
    box(small, "publishers", "垦区报").check()
    assert counts(small) == "实体 6/19 · 关联 6/20 · 依据 7/22"
    box(small, "publishers", "-").check()
    assert counts(small) == "实体 13/19 · 关联 13/20 · 依据 15/22"


def test_least_evidence(small):
    small.page.locator("#filter-least").fill("2")
    assert counts(small) == "实体 4/19 · 关联 2/20 · 依据 4/22"
    assert small.drawn() == {"第十二师", "头屯河区", "浙江省", "第一师"}


def test_least_confidence(small):
    small.page.locator("#filter-confidence").fill("0.65")
    assert counts(small) == "实体 16/19 · 关联 18/20 · 依据 20/22"
    small.page.locator("#filter-confidence").fill("1")
    assert counts(small) == "实体 0/19 · 关联 0/20 · 依据 0/22"
    assert small.text("#drawn").startswith("没有符合筛选条件的关联")


def test_period_by_slider_with_and_without_undated(small):
    small.page.locator("#period-from").fill("3")
    assert small.page.locator("#date-from").input_value() == "2021"
    assert small.page.locator("#period-from").get_attribute("aria-valuetext") == "2021"
    small.page.locator("#undated").uncheck()
    assert counts(small) == "实体 9/19 · 关联 7/20 · 依据 7/22"
    small.page.locator("#period-to").fill("4")
    assert counts(small) == "实体 4/19 · 关联 3/20 · 依据 3/22"
    assert small.state() == "#from=2021&to=2022&undated=0"


def test_period_by_typing_a_month_and_a_wrong_date(small):
    small.page.locator("#undated").uncheck()
    small.page.locator("#date-from").fill("2019-05")
    small.page.locator("#date-to").fill("2019-05-31")
    small.page.keyboard.press("Tab")
    assert counts(small) == "实体 3/19 · 关联 2/20 · 依据 2/22"
    small.page.locator("#date-from").fill("去年")
    small.page.keyboard.press("Tab")
    assert small.page.locator("#date-from").get_attribute("aria-invalid") == "true"
    assert "from=2019-05" in small.state()


def test_slider_handles_do_not_cross(small):
    small.page.locator("#period-to").fill("2")
    small.page.locator("#period-from").fill("5")
    assert small.state() == "#from=2023&to=2023"


def test_undated_only_off(small):
    small.page.locator("#undated").uncheck()
    assert counts(small) == "实体 12/19 · 关联 9/20 · 依据 10/22"


def test_filters_combine_and_are_cleared_together(small):
    small.page.get_by_role("button", name="仅此 援助").click(force=True)
    box(small, "fields", "医疗").check()
    small.page.locator("#date-from").fill("2020")
    small.page.keyboard.press("Tab")
    assert counts(small) == "实体 2/19 · 关联 1/20 · 依据 1/22"
    assert small.drawn() == {"天津市河畔医院", "第十二师"}
    small.click("#reset-filters")
    assert small.state() == ""
    assert counts(small).startswith("实体 19/19")
    assert small.page.locator("#reset-filters").is_disabled()


def test_evidence_in_a_card_obeys_the_filters(small):
    small.run("state.set({ from: '2019', undated: false })")
    link = [small.node("浙江省"), small.node("第一师")]
    small.run("([a, b]) => state.set({ link: state.nameLink(a, 'aids', b) })", link)
    small.wait_for_sentences()
    assert small.page.locator("#card .evidence").count() == 1
    assert "捐赠图书" in small.text("#card blockquote")


def test_long_lists_of_publishers_can_be_searched(open_tab, pages):
    tab = open_tab(pages("hostile"))
    tab.page.locator("#filters fieldset:last-child .narrow").fill("tostring")
    options = tab.page.locator('#filters input[data-filter="publishers"]')
    assert options.count() == 1
    options.first.check()
    assert tab.text("#counts") == "实体 2/158 · 关联 1/79 · 依据 1/79"
    tab.page.locator("#filters fieldset:last-child .narrow").fill("")
    assert options.first.get_attribute("data-value") == "toString"
    assert options.first.is_checked()


def test_the_bars_of_a_long_period_stay_inside_and_in_sight(open_tab, tmp_path):
    rows = page_graphs.small()
    rows.evidence_rows = [
        replace(row, date=str(1850 + 7 * at)) if row.date else row for at, row in enumerate(rows.evidence_rows)
    ]
    write_html(rows, tmp_path / "long.html")
    tab = open_tab(tmp_path / "long.html")
    row, widths = tab.run("""() => {
        const bars = [...document.querySelectorAll(".bars i")].map(bar => bar.getBoundingClientRect());
        const row = document.querySelector(".bars").getBoundingClientRect();
        return [[row.left, row.right, bars[0].left, bars.at(-1).right], bars.map(bar => bar.width)];
    }""")
    assert len(widths) > 70
    assert row[2] >= row[0]
    assert row[3] <= row[1] + 0.5
    assert min(widths) > 0.5
