"""Rolled up to divisions and localities, and the shortest ways between two entities."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def small(shared_tab):
    return shared_tab.reset()


def links(tab) -> set[tuple[str, str, str, int]]:
    """Links of the present level that pass: head, relation, tail, weight."""
    rows = tab.run("probe.links()")
    return {(*sorted(row[:1] + row[2:3]), row[1], row[3]) for row in rows}


def test_rolled_up_links_join_divisions_and_localities(small):
    small.click('nav [data-level="unit"]')
    assert small.text("#counts") == "实体 11/11 · 关联 14/14 · 依据 16/16"
    assert small.state() == "#level=unit"
    assert links(small) == {
        ("头屯河区", "第十二师", "signs_agreement_with", 1),
        ("头屯河区", "第十二师", "co_hosts", 1),
        ("头屯河区", "第十二师", "co_builds", 2),
        ("头屯河区", "第十二师", "adjoins", 1),
        ("头屯河区", "第十二师", "party_to", 1),
        ("新疆生产建设兵团", "第十二师", "part_of", 1),
        ("新疆生产建设兵团", "第一师", "part_of", 1),
        ("新疆生产建设兵团", "第八师", "part_of", 1),
        ("浙江省", "第一师", "aids", 2),
        ("天津市", "第十二师", "aids", 1),
        ("第一师", "阿克苏地区", "co_builds", 1),
        ("石河子市", "第八师", "exchanges_with", 1),
        ("第十四师", "重庆市", "aids", 1),
        ("浙江省", "阿克苏地区", "aids", 1),
    }


def test_what_rolling_up_leaves_out_is_told(small):
    small.click('nav [data-level="unit"]')
    told = " ".join(small.texts("#card .left-out"))
    assert "3 条关联的两端同属一个单位" in told
    assert "3 个实体没有已知的所属单位，它们的 3 条关联不在此层级" in told


def test_a_rolled_up_link_opens_into_its_parts(small):
    head, tail = sorted((small.node("第十二师"), small.node("头屯河区")))
    small.run(
        "([a, b]) => state.set({ level: 'unit', link: state.nameLink(a, 'signs_agreement_with', b) })",
        [head, tail],
    )
    assert set(small.texts("#card .pair .entity")) == {"第十二师", "头屯河区"}
    assert small.text("#card .one-link .quiet").startswith("1 条依据 · 1 篇文档 · 2023-08-11")
    parts = small.texts("#card .parts summary span:first-of-type")
    assert len(parts) == 1
    assert set(parts[0].split(" — ")) == {"一〇四团党委统战部", "头屯河区民宗局"}
    small.wait_for_sentences()
    assert ["trigger", "签订"] in small.marks("blockquote")


def test_a_unit_lists_its_members_and_opens_one_as_named(small):
    small.run("id => state.set({ level: 'unit', node: id })", small.node("第十二师"))
    assert set(small.texts("#card .group:last-child .entity")) == {"一〇四团", "一〇四团党委统战部"}
    small.page.locator("#card .group:last-child .entity", has_text="统战部").click()
    assert small.text("#card h2") == "一〇四团党委统战部"
    assert small.page.locator('nav [data-level="entity"]').get_attribute("aria-checked") == "true"


def test_a_chosen_body_becomes_its_unit_when_rolled_up(small):
    small.run("id => state.set({ node: id })", small.node("一〇四团党委统战部"))
    small.click('nav [data-level="unit"]')
    assert small.text("#card h2") == "第十二师"
    small.click('nav [data-level="entity"]')
    assert small.text("#card h2") == "一〇四团党委统战部"


def ways(tab) -> list[list[str]]:
    return list(tab.run("probe.ways()"))


def test_shortest_way_with_the_evidence_of_each_step(small):
    small.run("([a, b]) => state.set({ path: [a, b] })", [small.node("浙江省"), small.node("第十二师")])
    assert ways(small) == [["浙江省", "第一师", "新疆生产建设兵团", "第十二师"]]
    assert "1 条路径，各 3 步" in small.text("#card")
    small.page.locator("#card .steps summary").first.click()
    small.wait_for_sentences()
    assert small.page.locator("#card .steps .evidence").count() == 2
    lit = small.run("picture.edges.get().filter(edge => edge.color.opacity === 1).length")
    assert lit == 3


def test_several_ways_are_listed_the_best_supported_first(small):
    small.run(
        "([a, b]) => state.set({ path: [a, b] })",
        [small.node("一〇四团党委统战部"), small.node("头屯河区民宗局")],
    )
    assert ways(small) == [["一〇四团党委统战部", "头屯河区民宗局"]]
    assert small.page.locator("#card .steps summary").count() == 2
    small.run("state.set({ relations: ['party_to', 'located_in'] })")
    assert ways(small) == [["一〇四团党委统战部", "《河谷共建协议》", "头屯河区民宗局"]]


def test_ways_obey_the_filters_and_say_when_there_is_none(small):
    path = [small.node("浙江省"), small.node("第十二师")]
    small.run("path => state.set({ path, relations: ['aids'] })", path)
    assert ways(small) == []
    assert "没有路径" in small.text("#card")
    small.run("path => state.set({ path, relations: null })", [path[0], path[0]])
    assert "起点与终点相同" in small.text("#card")


def test_path_is_chosen_by_typing_and_by_clicking(small):
    small.click("#open-path")
    small.page.keyboard.type("浙江")
    small.page.wait_for_selector("#path-0-found [role=option]")
    small.page.keyboard.press("Enter")
    small.press("第八师")
    small.expect("#card .way").to_be_visible()
    assert ways(small) == [["浙江省", "第一师", "新疆生产建设兵团", "第八师"]]
    small.click("#card .swap")
    assert ways(small) == [["第八师", "新疆生产建设兵团", "第一师", "浙江省"]]
    small.page.keyboard.press("Escape")
    assert small.text("#card h2") == "概览"


def test_path_from_a_card(small):
    small.run("id => state.set({ node: id })", small.node("重庆市"))
    small.page.get_by_role("button", name="以此为起点").click()
    assert small.page.locator("#path-0").input_value() == "重庆市"
    assert small.run("document.activeElement.id") == "path-1"
    small.page.keyboard.type("kunyu")
    small.page.wait_for_selector("#path-1-found [role=option]")
    small.page.keyboard.press("Enter")
    assert ways(small) == [["重庆市", "昆玉河畔学校"]]
