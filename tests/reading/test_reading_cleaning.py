from __future__ import annotations

import pytest
from bingdi.graph.reading.cleaning import clean_page, clean_text

FIRST = "西岭师与东川市三月五日在河谷镇签订合作框架协议,双方将共建一座日供水三万吨的水厂,让两地群众都喝上放心水。"
SECOND = "“水厂建成以后,两地十二万人受益。”西岭师水务局负责人说,下一步还要把协议逐项落到实处,定期会商,共同推进。"
ARTICLE = f"两地共建水厂\n\n{FIRST}\n\n{SECOND}"

FURNITURE = [
    "首页 » 问答 » 问答 » 两地共建水厂",
    "首页 > 新闻 > 正文",
    "您的位置:首页 > 援疆专题 > 正文",
    "當前位置:首頁 > 時政 > 正文",
    "首页/新闻中心/要闻/综合动态",
    "首頁  國資要聞  央企聯播  信息公開  在線服務",
    "首页| 滚动| 国内| 社会| 财经| 图片| 视频",
    "你现在的位置:河谷通首页>>河谷博客>>",
    "正在阅读:两地共建水厂",
    "【字号 大 中 小】",
    "字體: 小 中 大",
    "A+ A A-",
    "上一篇 下一篇",
    "上一篇:没有了    下一篇:老照片",
    "共 12 页  第 3 页  每页 20 条",
    "收藏 打印 分享到",
    "[打印] [关闭] [返回首页]",
    "微博  Qzone  評論  圖集",
    "点击右上角微信好友",
    "请使用浏览器分享功能进行分享",
    "责编:某某",
    "[ 责编:某某 ]",
    "(责任编辑:某某)",
    "编辑:        返回顶部    关闭窗口",
    "浏览次数:1234次",
    "0浏览 评论0条",
    "加载更多",
    "版权所有:河谷新闻网  网站地图  联系我们",
    "Copyright © 2007-2022  热线电话  法律顾问",
    "牛皮癣哪家医院治得好 http://ad.example.com/a/1.shtml",
    "白癜风要多少钱治疗",
    "更多内容 请关注河谷网微信",
    "1.jpg (下载附件)",
    "微信图片_20200101101010",
    "( Q! a1 B% n- y, v",
    "★ ★ ★",
    "(下转第四版)",
    "⊃上接1版",
    "欢迎来到河谷新闻网!",
    "浏览器版本太低,部分页面可能显示不全,建议升级或改用其他浏览器。",
]

CONTENT = [
    "会员",
    "会后,两地代表用微信分享了照片。",
    "首页上的头条是两地签约。",
    "编辑部的客人也来了,记者:怎么看?答:好。",
    "东川市人民医院白癜风专科开诊",
    "他说,浏览器里能查到水厂的进度。",
    "西岭师 | 东川市 | 河谷县 | 三月签约",
    "主办单位:西岭师文旅局",
    "位置:东川市北三十里",
    "第一版协议",
    "网址是http://a.example.org,随时可查。",
    "欢迎来到东川市!",
    "关闭旧水厂,打印新账单",
    "水厂>学校>医院,这是群众排的次序",
]


def test_an_article_is_left_as_it_is() -> None:
    assert clean_text(ARTICLE) == ARTICLE


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_page_furniture_goes(line: str, place: str) -> None:
    title, first, second = ARTICLE.split("\n\n")
    lines = {
        "above": [line, title, first, second],
        "between": [title, first, line, second],
        "below": [title, first, second, line],
    }
    assert clean_text("\n\n".join(lines[place])) == ARTICLE


@pytest.mark.parametrize("line", CONTENT[1:])
def test_lines_that_only_look_like_furniture_stay(line: str) -> None:
    assert clean_text(f"{ARTICLE}\n\n{line}\n\n{SECOND}").split("\n\n")[3] == line


def test_recommendations_behind_the_article_go() -> None:
    page = (
        f"{ARTICLE}(文/某某)\n\n[ 责编:某某 ]\n阅读剩余全文(\n\n相关阅读\n\n您此时的心情\n\n新闻表情排行 /\n"
        "  • 开心\n     \n    0\n  • 难过\n     \n    0\n\n视觉焦点\n\n  • 某地湖边看荷花\n\n"
        "独家策划\n\n推荐阅读\n"
        "某地茶会开幕。来自各处的茶商摆出新茶,请客人品尝,还请老茶农讲怎样采、怎样炒,门票不收,人人可来,会期五天,天天有戏。\n"
        "2025-07-04 09:55\n某地老匠人教徒弟编竹篮。\n2025-07-04 09:53\n加载更多"
    )
    assert clean_text(page) == f"{ARTICLE}(文/某某)"


def test_undated_teasers_behind_a_signed_article_go() -> None:
    teaser = "某地举办苹果节,客商云集,签下订单若干,当地果农喜上眉梢,来年还要扩大种植面积,多建冷库,把果子卖得更远。"
    assert clean_text(f"{ARTICLE}\n\n(责任编辑:某某)\n\n推荐阅读\n\n{teaser}\n{teaser}") == ARTICLE


def test_an_article_below_a_heading_of_links_stays() -> None:
    more = f"{FIRST}{SECOND}"
    assert clean_text(f"{ARTICLE}\n\n相关新闻\n\n{more}\n\n{more}") == f"{ARTICLE}\n\n{more}\n\n{more}"


def test_forum_page() -> None:
    page = (
        f"东川市河谷论坛\n\n首页 » 问答 » 问答 » 两地共建一座大水厂\nTUabc - 2022/10/25 4:14:00\n"
        f"牛皮癣治疗分享会 http://ad.example.com/a/1.shtml\n\n{FIRST}\n\n02:23\n\n{SECOND}\n\n来源:河谷客户端\n\n"
        "责任编辑:某某\n\n1\n查看完整版本: 两地共建一座大水厂"
    )
    found = clean_page(page)
    assert found.text == f"{FIRST}\n\n{SECOND}"
    assert (found.title, found.publisher, found.date) == ("两地共建一座大水厂", "河谷客户端", "2022-10-25")


def test_copy_protection_codes_go_from_the_ends_of_lines() -> None:
    assert clean_text(f'{FIRST}5 m2 f; g# S  j\n{SECOND}= c/ K" Y$ o') == f"{FIRST}\n{SECOND}"


def test_invisible_characters_go_and_spaces_become_one_kind() -> None:
    text = f"\ufeff两地\u200b共建\u00ad水厂\r\n\r\n\u3000\u3000{FIRST[:10]}\x00\ufe0f{FIRST[10:]}\x0b{SECOND}"
    assert clean_text(text) == f"两地共建水厂\n\n{FIRST}\n{SECOND}"


def test_no_character_of_a_sentence_is_altered() -> None:
    sentence = "“○一○四团”(头屯河区)、《协议》——“第１２师”…… 4A级·景区3.5% [注1] ①，！？；：*委"
    assert clean_text(f"{sentence}。") == f"{sentence}。"


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\x00\x01", "首页 > 新闻 > 正文\n打印 关闭", "★★★"])
def test_nothing_is_left_of_a_page_without_text(text: str) -> None:
    assert clean_text(text) == ""
