"""Lines that belong to the page and not to the article: navigation, buttons, counters, links, codes.

Every pattern is matched against the whole of a short line in simplified characters, so that the words
of a button inside a sentence (会后微信分享) are left alone.
"""

from __future__ import annotations

import re

from .lines import Line
from .page_words import BUTTONS, SECTIONS

LONGEST = 120

GAP = r"""[\s|│｜/·•●▪◆◇■□★☆※>＞»›<«‹\-—–_=~～*#^\[\]【】()（）〖〗{}「」:：,，、.…&⊃"“”]"""


def _order(words: str) -> list[str]:
    """Plain words before patterns, long ones first: the first that fits is final."""
    return sorted(words.split(), key=lambda word: (not word.isalnum(), -len(word)))


BUTTON, WORD = "|".join(_order(BUTTONS)), "|".join(_order(f"{BUTTONS} {SECTIONS}"))
# Atomic groups: a long row of buttons that ends in something else must not be tried in every division.
BUTTON_LINE = re.compile(
    rf"""
    {GAP}*+(?>(?>{BUTTON}){GAP}*+)++
  | {GAP}*+(?>{WORD}){GAP}++(?:(?>(?>{WORD}){GAP}++)++(?>{WORD})?|(?>{WORD}))
    """,
    re.VERBOSE | re.IGNORECASE,
)
MENU_WORD = re.compile(WORD, re.IGNORECASE)
MENU_GAP = re.compile(r"[\s|｜]+")

# Symbols alone, but not the closing marks and ellipses that a hard wrap can leave on a line of their own.
SYMBOLS = re.compile(r"(?!^[。，、；：！？”’）》」』…—,.;:!?)\"']+$)[^\w]*", re.VERBOSE)
NUMBER = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*|\d{1,2}:\d\d|第?\s*\d{1,3}\s*页?\s*[/／共]\s*\d{1,3}\s*页?")
PAGE_PART = r"[A-Za-z\d一二三四五六七八九十]{1,4}\s*[版页]"
CRUMBS = re.compile(
    r"""
    (?:(?:您|你)?(?:现在|当前|目前|所在)+(?:的|所在)*位置|(?:您|你)的位置|当前所在|正在阅读
      |当前栏目|【导航】)\s*[:：>]?.*
  | (?:网站|返回)?首页\s*[>＞»›/|].*
  | [^>＞»›,，。！？]{1,24}+(?>[>＞»›]{1,2}+[^>＞»›,，。！？]{0,24}+)++[^>＞»›,，。！？]*
  | (?:网站)?首页(?:\s+\S{2,8}){1,12}
  | [^\s|，。]{2,10}网\s*[|｜]\s*\S{2,8}
    """,
    re.VERBOSE,
)
CRUMB_SIGN = re.compile("[>＞»›|/｜]|首页|位置|正在阅读|当前|导航")
CREDIT = re.compile(
    r"""
    [\[【(（\s]*
    (?:(?:责任|值班|本期|本版|执行)?编辑|责编|编审|审[核校稿]|(?:责任)?校对|[初复终二三]审|监制|制作
      |排版|美编|网编|录入员?|撰稿|签发|本文作者)
    (?:\s*[:：/]\s*[^，。！？!?；;]{0,30}|\s+[一-龥]{2,4}|\s*(?:值班编辑|[二三]审)*\s*)
    [\]】)）\s]*
    """,
    re.VERBOSE,
)
NOTICE = re.compile(
    rf"""
    (?:版权所有|Copyright|©|备案号?[:：]|友情链接|网站标识码|免责声明|技术支持[:：]|转载请注明
      |未经(?:许可|允许|授权)|本文来自投稿|请关注|欢迎关注|扫码关注|扫一扫|打开APP\s|原标题[:：]
      |第?\s*[A-Z]?\d{{1,3}}\s*版\s*[:：]|查看完整版本|发表评论|[上下]一[篇条页]\s*[:：]
      |相关推荐[:：]|请继续往下阅读|打开网易新闻|各地[:：]).*
  | .*(?:ICP[备证]|公网安备|版权所有|©|关注.{{0,16}}(?:微信|公众号)).*
  | .{{0,12}}欢迎(?:进入|来到|访问|光临)\S{{2,16}}(?:网|网站|论坛|平台|博客)[!！]?
  | (?:作者|来源|时间|日期|标签|摄影|视频)\s*[:：]
  | 【?(?:未经允许不得转载|关闭窗口)】?
  | 共\s*\d+\s*页.* | 第\s*\d+\s*页\s*[/共]?.* | 第?\d+版?\s*[>/].*
  | [(（⊃]?\s*(?:下转|上接)第?\s*{PAGE_PART}[)）]?
  | [(（]?本文不构成.{{0,10}}[)）]?
  | [(（](?:资料图[一-龥]{{0,3}}|完|未完待续|待续|待补|节选)[)）]
    """,
    re.VERBOSE | re.IGNORECASE,
)
COUNTER = re.compile(
    r"""
    (?:(?:浏览|点击|阅读|访问|评论|收看|下载|被引)(?:次数|量|数|率)?\s*[:：]?\s*[(（]?\d*[)）]?\s*[次条人]?
      |\d+\s*(?:浏览|阅读|评论|条评论))
    (?:\s+(?:浏览|点击|阅读|访问|评论)(?:次数|量|数)?\s*[:：]?\s*\d*[次条]?)*
    """,
    re.VERBOSE,
)
PICTURE = re.compile(
    r"""
    [\w.\-]{1,60}\.(?:jpe?g|png|gif|webp|bmp|html?)(?:\s*[(（]下载附件[)）])?|微信图片_\d+|image\d*
    """,
    re.VERBOSE | re.IGNORECASE,
)
# One pattern of all: six searches over every short line would cost as much as the rest of cleaning.
WHOLE = re.compile(
    "|".join(f"(?:{part.pattern})" for part in (BUTTON_LINE, CREDIT, NOTICE, COUNTER, PICTURE, SYMBOLS)),
    re.VERBOSE | re.IGNORECASE,
)
BROWSER = re.compile("浏览器(?:版本|不支持)|(?:升级|更换|其他)浏览器|瀏覽器(?:版本|不支援)|(?:升級|更換|其他)瀏覽器")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
PROSE_MARK = re.compile("[，。！？；]")
ILLNESS = "(?:白癜风|牛皮癣|癫痫|不孕|男科|妇科|整形)"
LURE = "(?:多少钱|哪家|哪里|哪儿|费用|能治好|治得好|最好的|爱心传递|分享会|偏方)"
CURE = re.compile(rf"{ILLNESS}[^。]*{LURE}|{LURE}[^。]*{ILLNESS}")
# Discuz strews such codes between the lines of a page against copying: `! v2 S8 o$ K& b`.
JAMMING = re.compile(
    r"""
    (?:^|(?<=[。！？…”）)])|(?<=[。！？…”）)][ ]))
    (?=[!-~\s]*[!-/:-@\[-`{-~])(?:[!-~]{1,2}[ ]{1,2}){3,}[!-~]{1,2}[ ]*$
    """,
    re.VERBOSE,
)
TURN = re.compile(
    rf"(?:\s*(?:[(（](?:下转|上接)第?\s*{PAGE_PART}[)）]|\[(?:复制链接|[编編][辑輯])\]|【(?:纠错|打印|关闭)】))+$"
)


def is_furniture(line: Line) -> bool:
    """Whether the whole line belongs to the page; an empty line does not count."""
    if not line.text or len(line.text) > LONGEST:
        return False
    if line.text.endswith("。"):
        return BROWSER.search(line.text) is not None
    plain = line.plain
    return WHOLE.fullmatch(plain) is not None or is_crumbs(line) or is_advertisement(plain) or _is_menu(plain)


def is_crumbs(line: Line) -> bool:
    """Whether the line tells where the page stands in its site."""
    if len(line.text) > LONGEST or CRUMB_SIGN.search(line.plain) is None:
        return False
    return CRUMBS.fullmatch(line.plain) is not None


def is_advertisement(plain: str) -> bool:
    """Whether a line is little more than a web address, or praises a cure."""
    if ADDRESS.search(plain):
        return PROSE_MARK.search(ADDRESS.sub("", plain)) is None
    return CURE.search(plain) is not None and PROSE_MARK.search(plain) is None


def _is_menu(plain: str) -> bool:
    """Whether the line is a row of short words of which many name sections: 头条 原创 专题 图解."""
    words = [word for word in MENU_GAP.split(plain) if word]
    if len(words) < 4 or max(map(len, words)) > 12:
        return False
    return 5 * sum(MENU_WORD.fullmatch(word) is not None for word in words) >= 2 * len(words)


def strip_codes(text: str) -> str:
    """The line without copy protection codes, page turns and buttons at its end."""
    before = ""
    while text and text != before and (text[-1] <= "~" or text[-1] in "）】"):
        before, text = text, TURN.sub("", JAMMING.sub("", text)).rstrip(" ")
    return text


def drop_numbers(lines: list[Line]) -> list[Line]:
    """The lines without page numbers, floor numbers and running times that stand alone."""
    edges = [True, *(not line.text for line in lines), True]
    return [
        line
        for place, line in enumerate(lines)
        if not (edges[place] and edges[place + 2] and line.text and NUMBER.fullmatch(line.text))
    ]
