"""The network view: opening, clicking, expanding, what is lit, what is told."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_opens_on_the_linked_entities_at_rest(small):
    assert small.text("#counts") == "实体 19/19 · 关联 20/20 · 依据 22/22"
    assert small.text("#drawn") == "图上 18 个实体、20 条关联"
    assert "孤立研究所" not in small.drawn()
    assert small.run("picture.network.physics.physicsEnabled") is False
    before = small.run("picture.places()")
    small.run("probe.frames(24)")
    assert small.run("picture.places()") == before


def test_opening_view_is_drawn_before_the_data_is_read(open_tab, pages):
    tab = open_tab(pages("small"))
    held = tab.run("JSON.parse(document.getElementById('opening-nodes').textContent)")
    assert {node["label"] for node in held} == tab.drawn()
    assert {node["shape"] for node in held} >= {"star", "dot", "hexagon", "diamond"}
    assert tab.run("JSON.parse(document.getElementById('vis-options').textContent).physics.enabled") is False


def test_same_file_gives_the_same_picture(open_tab, pages):
    places = [open_tab(pages("small")).run("picture.places()") for _ in range(2)]
    assert places[0] == places[1]


def test_no_two_labels_or_shapes_overlap_on_opening(open_tab, pages):
    for width, height in ((1280, 720), (390, 844)):
        tab = open_tab(pages("small"), width=width, height=height)
        boxes = tab.run("probe.boxes()")
        clashes = [
            (a, b)
            for at, a in enumerate(boxes)
            for b in boxes[at + 1 :]
            if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
        ]
        assert clashes == []
        assert tab.run("picture.network.getScale()") >= 0.6


def test_click_on_a_node_opens_its_card_and_lights_its_neighbours(small):
    small.press("第八师")
    small.expect("#card h2").to_have_text("第八师")
    assert small.state() == f"#node={small.node('第八师')}"
    lit = small.run("networkView.drawn.links.length && [...picture.nodes.getIds()].length")
    assert lit == 18
    opacities = small.run("picture.edges.get().map(edge => edge.color.opacity)")
    assert sorted(set(opacities)) == [0.12, 1]
    assert opacities.count(1) == 2


def test_a_slow_click_is_a_click_when_it_ends(small):
    small.page.mouse.move(*small.spot("第八师"))
    small.page.mouse.down()
    small.run("probe.timers(300)")
    assert small.text("#card h2") == "概览"
    small.page.mouse.up()
    small.expect("#card h2").to_have_text("第八师")


def test_a_double_click_that_the_page_comes_to_late_expands(small):
    small.run("state.set({ node: graph.id[graph.name.indexOf('第八师')] })")
    small.page.mouse.move(*small.spot("第八师"))
    for count in (1, 2):
        small.page.mouse.down(click_count=count)
        small.page.mouse.up(click_count=count)
        small.run("probe.occupy(900)")
    small.wait("state.now.grown.length > 0")
    assert small.state().endswith(f"&grown={small.node('第八师')}")


def test_a_finger_taps_twice_to_expand_once(open_tab, pages):
    tab = open_tab(pages("small"), has_touch=True)
    # A slow machine makes two taps of a double one: the clock stands still.
    tab.page.clock.set_fixed_time(0)
    x, y = tab.open().spot("第八师")
    tab.page.touchscreen.tap(x, y)
    tab.page.touchscreen.tap(x, y)
    tab.wait("state.now.grown.length > 0")
    tab.run("probe.timers(600)")
    assert tab.run("state.now.grown") == [tab.node("第八师")]


def test_click_on_nothing_closes_the_card(small):
    small.press("第八师")
    small.expect("#card h2").to_have_text("第八师")
    box = small.page.locator("#network").bounding_box()
    small.page.mouse.click(box["x"] + 6, box["y"] + box["height"] / 2)
    small.expect("#card h2").to_have_text("概览")
    assert small.state() == ""


def test_click_on_a_line_opens_its_evidence(small):
    x, y = small.spot("重庆市")
    to_x, to_y = small.spot("昆玉河畔学校")
    small.page.mouse.click((x + to_x) / 2, (y + to_y) / 2)
    small.wait_for_sentences()
    assert small.texts("#card .pair .entity") == ["重庆市", "昆玉河畔学校"]
    assert small.marks("blockquote") == [["head", "重庆市"], ["tail", "昆玉河畔学校"], ["trigger", "捐赠"]]


def test_hover_tells_name_type_and_evidence(small):
    x, y = small.spot("第一师")
    small.page.mouse.move(x - 3, y)
    small.page.mouse.move(x, y)
    small.expect("#tip").to_be_visible()
    small.expect_all("#tip > *").to_have_text(["第一师", "师 · 4 条依据"])


def test_double_click_expands_what_a_filter_of_types_had_not_drawn(open_tab, pages):
    tab = open_tab(pages("sized", 300, 900))
    hidden = tab.run(
        """() => { for (const node of networkView.drawn.nodes) { const rest = shown.neighbours(shown.now, node)
        .filter(([other]) => !networkView.drawn.nodes.includes(other)).length;
        if (rest > 3) return [graph.name[node], Math.min(15, shown.neighbours(shown.now, node).length)] } }"""
    )
    before = tab.drawn()
    tab.page.mouse.dblclick(*tab.spot(hidden[0]))
    tab.wait("state.now.grown.length > 0")
    after = tab.drawn()
    assert before < after
    wanted = tab.run(
        "name => shown.neighbours(shown.now, graph.name.indexOf(name)).slice(0, 15).map(([node]) => graph.name[node])",
        hidden[0],
    )
    assert set(wanted) <= after
    assert f"grown={tab.node(hidden[0])}" in tab.state()
    tab.page.locator("#reset").click()
    assert tab.drawn() == before


def test_expanding_keeps_what_stood_in_its_place(open_tab, pages):
    tab = open_tab(pages("sized", 300, 900))
    before = tab.run("picture.places()")
    tab.run("page.expand(graph.id[networkView.drawn.nodes[0]])")
    after = tab.run("picture.places()")
    assert len(after) > len(before)
    assert {key: after[key] for key in before} == before


def test_surroundings_only(small):
    small.run("page.openNode(graph.name.indexOf('浙江省'))")
    small.page.get_by_role("button", name="只看周边").click()
    assert small.drawn() == {"浙江省", "第一师", "阿克苏地区"}
    small.page.get_by_role("button", name="恢复全图").click()
    assert len(small.drawn()) == 18


def test_at_most_four_hundred_nodes_are_drawn_and_it_says_so(open_tab, pages):
    tab = open_tab(pages("sized", 10_000, 50_000))
    everyone = tab.run("probe.hubs(40)")
    tab.run("keys => state.set({ grown: keys })", everyone)
    assert tab.run("networkView.drawn.nodes.length") == 400
    assert "图上已满 400 个" in tab.text("#drawn")
    left = tab.run("networkView.drawn.leftLinks")
    assert left > 0
    assert f"另有 {left:,} 条较弱的关联未画" in tab.text("#drawn")


def test_a_window_that_grows_keeps_everything_in_sight(open_tab, pages):
    tab = open_tab(pages("sized", 300, 900), width=1000, height=520)
    inside = """() => [...picture.facts.keys()].every(key => {
        const { x, y } = picture.network.canvasToDOM(picture.network.getPosition(key));
        const { clientWidth, clientHeight } = document.getElementById("network");
        return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
    })"""
    tab.page.set_viewport_size({"width": 1000, "height": 900})
    tab.wait("document.getElementById('network').clientHeight > 600")
    tab.settle()
    assert tab.run(inside)
    tab.click("#closer")
    tab.click("#closer")
    tab.click("#closer")
    assert not tab.run(inside)
    tab.page.set_viewport_size({"width": 1000, "height": 650})
    tab.wait("document.getElementById('network').clientHeight < 600")
    tab.settle()
    assert not tab.run(inside)


def test_zoom_buttons(small):
    scale = small.run("picture.network.getScale()")
    small.click("#closer")
    assert small.run("picture.network.getScale()") == pytest.approx(scale * 1.3)
    small.click("#whole")
    assert small.run("picture.network.getScale()") == pytest.approx(scale, rel=0.01)


def test_legend_names_what_is_drawn(small):
    small.click("#legend summary")
    assert small.texts("#legend-rows ul:first-child li") == [
        "兵团",
        "师",
        "团场",
        "地方",
        "机构",
        "场所",
        "协议",
        "项目活动",
    ]
    small.run("state.set({ relations: ['aids'] })")
    assert small.texts("#legend-rows ul:nth-child(2) li") == ["援助"]
