"""What the panel says of an entity and of a link, and the citation it gives."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def small(shared_tab):
    return shared_tab.reset()


OPEN = "name => page.openNode(graph.name.indexOf(name))"


def open_link(tab, head: str, relation: str, tail: str) -> None:
    tab.run(
        "([head, relation, tail]) => state.set({ link: state.nameLink(head, relation, tail) })",
        [tab.node(head), relation, tab.node(tail)],
    )
    tab.wait_for_sentences()


def facts(tab) -> dict[str, str]:
    return dict(zip(tab.texts("#card .facts dt"), tab.texts("#card .facts dd"), strict=True))


def test_entity_card_tells_type_aliases_code_unit_period_and_counts(small):
    small.run(OPEN, "第十二师")
    assert facts(small) == {
        "类型": "师",
        "别名": "十二师、12师、农十二师",
        "代码": "XPCC-12",
        "所属": "自成一级",
        "时间": "2020-03 – 2022-06",
        "关联": "6 · 7 条依据",
        "提及": "9 · 1 篇文档",
    }


def test_entity_card_names_the_division_it_belongs_to(small):
    small.run(OPEN, "一〇四团党委统战部")
    assert facts(small)["所属"].splitlines()[0] == "第十二师"
    small.click("#card .facts .entity")
    assert small.text("#card h2") == "第十二师"


def test_a_unit_that_is_no_entity_itself_is_named_too(small):
    small.run(OPEN, "昆玉河畔学校")
    assert facts(small)["所属"].splitlines()[0] == "第十四师"


def test_unknown_unit_is_said_to_be_unknown(small):
    small.run(OPEN, "《河谷共建协议》")
    assert facts(small)["所属"] == "未知"


def test_links_are_grouped_by_relation_and_direction(small):
    small.run(OPEN, "第十二师")
    groups = [text.splitlines() for text in small.texts("#card .group h3")]
    assert groups == [
        ["援助 ←", "1"],
        ["共建", "1"],
        ["毗邻", "1"],
        ["参与 →", "1"],
        ["隶属 →", "1"],
        ["隶属 ←", "1"],
    ]
    partners = [text.splitlines() for text in small.texts("#card .partner")]
    assert partners[:2] == [["天津市河畔医院", "2020-03 – 2022-06", "1"], ["头屯河区", "2021", "2"]]


def test_an_entity_without_links_says_so(small):
    small.run(OPEN, "孤立研究所")
    assert "当前筛选下没有关联。" in small.text("#card")


def test_evidence_shows_the_sentence_with_head_tail_and_trigger_marked(small):
    open_link(small, "浙江省", "aids", "第一师")
    assert small.texts("#card blockquote") != []
    sentences = small.run("probe.quotes()")
    assert sentences == ["2019年5月，浙江省向第一师捐赠图书。", "浙江省援建第一师医院。"]
    assert small.marks("blockquote") == [
        ["head", "浙江省"], ["tail", "第一师"], ["trigger", "捐赠"],
        ["head", "浙江省"], ["trigger", "援建"], ["tail", "第一师"],
    ]  # fmt: skip


def test_offsets_behind_an_emoji_are_right(small):
    office, bureau = small.node("一〇四团党委统战部"), small.node("头屯河区民宗局")
    head, tail = sorted((office, bureau))
    small.run("([a, b]) => state.set({ link: state.nameLink(a, 'signs_agreement_with', b) })", [head, tail])
    small.wait_for_sentences()
    marks = small.marks("blockquote")
    assert sorted(text for _, text in marks) == sorted(["一〇四团党委统战部", "开发区民宗局", "签订"])
    assert ["trigger", "签订"] in marks


def test_one_span_for_both_ends_is_marked_as_both(small):
    head, tail = sorted((small.node("一〇四团党委统战部"), small.node("头屯河区民宗局")))
    small.run("([a, b]) => state.set({ link: state.nameLink(a, 'co_hosts', b) })", [head, tail])
    small.wait_for_sentences()
    assert small.marks("blockquote") == [["head tail", "双方"], ["trigger", "联合举办"]]
    assert small.texts("#card .chips dd") == ["未注明日期", "计划中", "文化", "60%", "hand"]


def test_source_is_a_safe_link_and_a_script_address_is_plain_text(small):
    open_link(small, "一〇四团", "part_of", "第十二师")
    link = small.page.locator("#card .source a")
    assert link.get_attribute("href") == "https://example.org/pledge?a=1&b=2"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert link.get_attribute("target") == "_blank"
    open_link(small, "浙江省", "aids", "第一师")
    assert small.page.locator("#card .source a").count() == 0
    assert small.text("#card .source .plain-address") == "javascript:alert(1)"


def test_citation_is_copied(open_tab, pages):
    tab = open_tab(pages("small"))
    tab.run("() => { window.copied = []; navigator.clipboard.writeText = async text => { copied.push(text) } }")
    open_link(tab, "一〇四团", "part_of", "第十二师")
    tab.page.get_by_role("button", name="复制引文").click()
    tab.expect("#toast").to_have_text("已复制")
    tab.run("state.set({ lang: 'en' })")
    tab.page.get_by_role("button", name="Copy citation").click()
    tab.expect("#toast").to_have_text("Copied")
    assert tab.run("copied") == [
        "“一〇四团是十二师的团。”——河畔日报. 两部门结对[EB/OL]. (2023-08-12). https://example.org/pledge?a=1&b=2",
        "“一〇四团是十二师的团。” — 河畔日报, “两部门结对”, 2023-08-12, https://example.org/pledge?a=1&b=2.",
    ]


def test_other_relations_of_the_pair_are_offered(small):
    open_link(small, "第十二师", "adjoins", "头屯河区")
    assert [text.splitlines() for text in small.texts("#card .group .partner")] == [["共建", "2"]]
    small.click("#card .group .partner")
    assert small.text("#card h2") == "共建"


def test_overview_tells_figures_and_what_is_not_drawn(small):
    assert small.texts("#card .figures dd") == ["19", "20", "3", "22"]
    assert small.texts("#card .left-out") == ["首屏只画依据最多的 18 个；其余 1 个可查找、展开，或在其他视图中查看。"]
    assert small.texts("#card .ranks .entity")[0] == "第十二师"
