"""Finding entities by name, alias, number, pinyin and initials."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def small(shared_tab):
    return shared_tab.reset()


FIND = "text => names.search(text).map(({ node }) => graph.name[node])"


def test_names_aliases_numbers_pinyin_and_initials_find_the_twelfth_division(small):
    for text in (
        "第十二师",
        "十二师",
        "12师",
        "农十二师",
        "第12师",
        "１２师",
        "dishiershi",
        "shiershi",
        "shierishi",
        "ses",
        "dses",
    ):
        assert small.run(FIND, text)[0] == "第十二师", text


def test_other_ways_to_write_a_name(small):
    for text, name in (
        ("一零四团", "一〇四团"),
        ("一○四团", "一〇四团"),
        ("104团", "一〇四团"),
        ("一百零四团", "一〇四团"),
        ("yilingsituan", "一〇四团"),
        ("zhongqing", "重庆市"),
        ("chongqing", "重庆市"),
        ("cqs", "重庆市"),
        ("阿克苏", "阿克苏地区"),
        ("akesu", "阿克苏地区"),
        ("开发区民宗局", "头屯河区民宗局"),
        ("ttunhe", "头屯河区"),
    ):
        assert small.run(FIND, text)[0] == name, text


def test_what_is_not_there_is_not_found(small):
    for text in ("第十三师", "13师", "上海", "shanghai", "xyzzy", "第十二师第一师", "   ", "qqq"):
        assert small.run(FIND, text) == [], text


def test_exact_names_come_before_longer_ones(small):
    assert small.run(FIND, "头屯河区") == ["头屯河区", "头屯河区民宗局"]
    assert small.run(FIND, "一〇四团")[:2] == ["一〇四团", "一〇四团党委统战部"]


def test_typing_offers_and_enter_focuses(small):
    small.page.keyboard.press("/")
    small.page.keyboard.type("ses")
    small.expect("#search-found .option-name").to_have_text("第十二师")
    assert small.page.locator("#search").get_attribute("aria-expanded") == "true"
    small.page.keyboard.press("Enter")
    assert small.text("#card h2") == "第十二师"
    assert small.page.locator("#search").input_value() == ""
    assert small.run("document.activeElement.id") == "network"
    x, y = small.spot("第十二师")
    box = small.page.locator("#network").bounding_box()
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]


def test_arrows_choose_escape_closes_and_nothing_is_said_so(small):
    small.page.locator("#search").fill("头屯河")
    small.expect_all("#search-found .option-name").to_have_text(["头屯河区", "头屯河区民宗局"])
    small.page.keyboard.press("ArrowDown")
    active = small.page.locator("#search").get_attribute("aria-activedescendant")
    assert active == "search-found-1"
    assert small.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    small.page.keyboard.press("Enter")
    assert small.text("#card h2") == "头屯河区民宗局"
    small.page.locator("#search").fill("没有这个")
    small.expect_all("#search-found li").to_have_text(["没有找到"])
    small.page.keyboard.press("Escape")
    assert small.page.locator("#search-found").is_hidden()
    assert small.text("#card h2") == "头屯河区民宗局"


TYPE = """text => { const field = document.getElementById('search'); field.focus(); field.value = text;
field.dispatchEvent(new Event('input')) }"""


def test_escape_closes_for_good_what_is_still_being_looked_for(small):
    small.run(TYPE, "头屯河")
    small.run(
        """async () => { const field = document.getElementById('search'); field.value = '浙江';
        field.dispatchEvent(new Event('input'));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        await probe.timers(150) }"""
    )
    assert small.page.locator("#search-found").is_hidden()
    assert small.run("document.activeElement.id") == "search"


def test_who_comes_back_to_the_field_keeps_the_offers(small):
    small.run(TYPE, "头屯河")
    small.expect("#search-found .option-name").to_have_text("头屯河区")
    small.run("document.activeElement.blur()")
    small.run(TYPE, "浙江")
    small.run("probe.timers(150)")
    assert small.page.locator("#search-found").is_visible()
    assert small.texts("#search-found .option-name") == ["浙江省"]
    small.run("document.activeElement.blur()")
    small.expect("#search-found").to_be_hidden()


def test_a_click_on_an_offer_takes_it(small):
    small.page.locator("#search").fill("浙江")
    small.expect("#search-found .option-name").to_have_text("浙江省")
    small.page.locator("#search-found [role=option]").first.click()
    assert small.text("#card h2") == "浙江省"


def test_search_draws_what_was_not_drawn(open_tab, pages):
    tab = open_tab(pages("sized", 10_000, 50_000))
    name = tab.run(
        "graph.name.find((name, node) => !networkView.drawn.nodes.includes(node) && shown.now.degree[node] > 2)"
    )
    tab.page.locator("#search").fill(name)
    tab.expect("#search-found .option-name").to_have_text(name)
    tab.page.keyboard.press("Enter")
    assert tab.text("#card h2") == name
    assert name in tab.drawn()
    assert tab.node(name) in tab.state()
