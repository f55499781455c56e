"""The address holds the view; language, theme, keyboard and small screens."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_an_address_opens_the_view_it_names(open_tab, pages):
    tab = open_tab(pages("small"), "#view=table&rows=entities&types=division,locality&from=2021&least=1&lang=en")
    assert tab.text("#counts").startswith("6/19 entities · 4/20 links")
    assert tab.page.locator("#tab-table").get_attribute("aria-selected") == "true"
    assert tab.page.locator("#date-from").input_value() == "2021"


def test_a_node_may_be_named_in_the_address(open_tab, pages):
    tab = open_tab(pages("small"), "#node=农十二师&from=2020")
    assert tab.text("#card h2") == "第十二师"


def test_a_wrong_address_opens_the_page_as_usual(open_tab, pages):
    for address in (
        "#view=nothing&level=9&node=zzz&from=soon&least=-3&path=a",
        "#%E0%A4%A&=&&==&types=,,",
        "#link=~~&doc=1&period=x",
    ):
        tab = open_tab(pages("small"), address)
        assert tab.page.locator("#tab-network").get_attribute("aria-selected") == "true"


def test_state_is_written_and_read_back(small):
    wanted = {
        "view": "timeline", "level": "unit", "node": "a~b,c&d=e#f%", "grown": ["x,y", "z~"], "path": ["p~q", "r,s"],
        "fields": ["教育,医疗", "-"], "publishers": ["河畔&日报"], "from": "2020-05", "to": "2021",
        "undated": False, "least": 3,
        "confidence": 0.35, "lang": "en", "step": "month",
    }  # fmt: skip
    assert small.run("wanted => probe.roundTrip(wanted)", wanted) == wanted


def test_back_and_forward(small):
    small.press("第八师")
    small.expect("#card h2").to_have_text("第八师")
    small.click("#tab-matrix")
    small.run("state.set({ relations: ['aids'] })")
    small.page.go_back()
    small.wait("!state.now.relations")
    assert "relations" not in small.state()
    assert small.text("#counts").startswith("实体 19/19")
    small.page.go_back()
    small.wait("state.now.view === 'network'")
    assert small.text("#card h2") == "第八师"
    small.page.go_back()
    small.wait("!state.now.node")
    assert small.state() == ""
    assert small.text("#card h2") == "概览"
    small.page.go_forward()
    small.wait("state.now.node")
    assert small.state() == f"#node={small.node('第八师')}"
    assert small.text("#card h2") == "第八师"


def test_language_switches_everything(small):
    assert small.run("document.documentElement.lang") == "zh-CN"
    small.click("#language")
    assert small.run("document.documentElement.lang") == "en"
    assert small.texts(".tabs button") == ["Network", "Matrix", "Timeline", "Documents", "Table"]
    assert small.text("#counts") == "19/19 entities · 20/20 links · 22/22 evidence"
    for view in ("network", "matrix", "timeline", "documents", "table"):
        small.run("view => state.set({ view, node: '', link: '' })", view)
        shown = small.run("view => probe.words(view)", view)
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in shown), (view, shown)
    small.click("#language")
    assert small.texts(".tabs button")[0] == "网络"


def test_every_key_of_words_has_both_languages(small):
    found = small.run("probe.wordless()")
    assert found["missing"] == []
    assert found["checked"] > 150


def test_english_page(open_tab, pages):
    tab = open_tab(pages("small", lang="en"))
    assert tab.text("h1") == "Corps–locality graph"
    assert tab.text("#card h2") == "Overview"


def test_theme_follows_the_system_and_can_be_switched(open_tab, pages):
    dark = open_tab(pages("small"), color_scheme="dark")
    assert dark.run("document.documentElement.dataset.theme") == "dark"
    assert dark.run("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"
    dark.click("#theme")
    assert dark.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    light = open_tab(pages("small"), color_scheme="light")
    assert light.run("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_signs_stand_out(open_tab, pages, theme):
    tab = open_tab(pages("small"), color_scheme=theme)
    pairs = tab.run("probe.contrasts()")
    assert {name: ratio for name, ratio in pairs.items() if ratio < 4.5} == {}
    signs = tab.run("look.relations.map((_, kind) => look.contrast(look.relationColor(kind), look.style('--ground')))")
    assert min(signs) >= 2
    assert len(set(tab.run("look.types.map(type => type.shape)"))) == 8


def test_by_keyboard_alone(small):
    keys = small.page.keyboard
    keys.press("Tab")
    assert small.run("document.activeElement.id") == "skip"
    keys.press("Enter")
    assert small.run("document.activeElement.id") == "main"
    keys.press("Tab")
    assert small.run("document.activeElement.id") == "network"
    keys.press("ArrowRight")
    first = small.text("#card h2")
    assert first == "第十二师"
    assert small.text("#spoken").startswith("第十二师, 师, ")
    keys.press("ArrowDown")
    second = small.text("#card h2")
    assert second not in ("概览", first)
    keys.press("l")
    assert "link=" in small.state()
    small.page.wait_for_selector("#card blockquote")
    keys.press("Escape")
    keys.press("e")
    assert "grown=" in small.state()
    keys.press("Enter")
    assert small.run("document.activeElement.id") == "card"
    keys.press("Tab")
    assert small.run("document.activeElement.closest('#card') !== null")
    keys.press("Escape")
    keys.press("2")
    assert small.page.locator("#view-matrix").is_visible()
    keys.press("u")
    assert "level=unit" in small.state()
    keys.press("f")
    assert small.page.locator("#filters").is_visible()


def test_tabs_and_menu_by_arrow_keys(small):
    small.page.locator("#tab-network").focus()
    small.page.keyboard.press("ArrowRight")
    assert small.run("document.activeElement.id") == "tab-matrix"
    assert small.page.locator("#view-matrix").is_visible()
    small.page.locator("#open-save").focus()
    small.page.keyboard.press("Enter")
    assert small.run("document.activeElement.dataset.save") == "png"
    small.page.keyboard.press("ArrowDown")
    assert small.run("document.activeElement.dataset.save") == "svg"
    small.page.keyboard.press("Escape")
    assert small.page.locator("#save-menu").is_hidden()
    assert small.run("document.activeElement.id") == "open-save"


def test_help_lists_the_keys(small):
    small.page.keyboard.press("?")
    small.expect("#help").to_be_visible()
    assert "每一条关联都出自文档中的一句话" in small.text("#help")
    small.page.keyboard.press("Escape")
    small.expect("#help").to_be_hidden()


def test_everything_that_can_be_pressed_has_a_name(small):
    for view in ("network", "matrix", "timeline", "documents", "table"):
        small.run("view => state.set({ view })", view)
        assert small.run("probe.nameless()") == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (900, 640), (770, 600), (390, 844), (320, 640)])
def test_nothing_is_wider_than_the_screen(open_tab, pages, width, height):
    tab = open_tab(pages("small"), width=width, height=height)
    for view in ("network", "matrix", "timeline", "documents", "table"):
        for lang in ("zh", "en"):
            tab.run("([view, lang]) => state.set({ view, lang })", [view, lang])
            assert tab.run("document.documentElement.scrollWidth") == width, (view, lang)
            assert tab.run("probe.cut()") == [], (view, lang)


def test_on_a_phone_panels_are_sheets(open_tab, pages):
    tab = open_tab(pages("small"), width=390, height=844, has_touch=True)
    assert tab.page.locator("#filters").is_hidden()
    assert tab.page.locator("#card").is_hidden()
    tab.page.touchscreen.tap(*tab.spot("第八师"))
    tab.page.wait_for_selector("#card.open")
    card = tab.page.locator("#card").bounding_box()
    assert card["x"] == 0
    assert card["width"] == 390
    x, y = tab.spot("第八师")
    assert 0 < x < 390
    assert y < card["y"]
    # A tap is over before the click that comes of it.
    tab.page.locator("#card .close").first.tap()
    tab.expect("#card").to_be_hidden()
    tab.page.locator("#open-filters").tap()
    tab.expect("#filters").to_be_visible()
    assert tab.page.locator("#filters").bounding_box()["width"] == 390
    tab.page.locator("#filters .close").tap()
    tab.expect("#filters").to_be_hidden()
    tab.page.locator("#tab-documents").tap()
    tab.page.locator(".documents button").first.tap()
    tab.page.locator(".text .back").tap()
    tab.expect(".documents").to_be_visible()
