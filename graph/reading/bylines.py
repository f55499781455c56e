"""Lines that say who published a text and when: ``来源:石榴云/新疆日报2025-02-14 18:58``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .dates import CLOCK, DATE, format_date
from .furniture import BUTTON_LINE, COUNTER
from .lines import Line
from .script import simplify

LONGEST = 110
SOURCE = re.compile(
    r"""
    (?<![一-龥](?<![日分时]))(?:文章|信息|新闻|稿件|资料|图文|内容|本文)?
    (?:来源|稿源|出处|发布机构|发布单位)(?:于|自)?\s*[:：/]\s*
    (?P<name>[^\s:：]*(?:\s(?=[一-龥]{2,8}(?:日报|学院|大学)))?[^\s:：]*)
    """,
    re.VERBOSE,
)
# A body that signs as author publishes; a person does not.
AUTHOR = re.compile(r"作者\s*[:：]\s*(?P<name>[一-龥]{3,20}(?:[局院校部处厅所会室团委办]|中心|大学))(?=\s|$)")
WORD = re.compile(
    r"""
    (?:发布|发表|更新|添加|上传|刊发|发稿|发文|成文|生效)?(?:时间|日期)\s*[:：]? | 发布[:：]?
  | 发表于 | 更新于 | 发布于 | 类别\s*[:：]\s*\S* | 栏目\s*[:：]\s*\S*
  | (?:作者|录入|编辑|摄影|视频|责任编辑|供稿|关键词|类型)\s*[:：]\s*[^\s:：]{0,20}(?=\s|$)
  | 周[一二三四五六日] | 星期[一二三四五六日天] | (?<=\d)日
  | 第?\s*[A-Z]?\d{1,5}\s*版(?:[:：]\s*\S{0,8})? | 版[次面]\s*[:：]\s*[A-Z]*\d+ | \d{4}年第?\d+期
  | 文摘 | 原创 | 数字报纸 | _?bilibili | 参与互动 | 只看该作者 | admin | @ | \S+\.html?
  | (?:字号|字体)\s*[:：]\s*[大中小\s]* | T\|T | \[A[-+]\]
    """,
    re.VERBOSE,
)
MEDIA = re.compile(
    r"""
    [一-龥A-Za-z·+&]{0,14}?
    (?:日报(?:海外版)?|晚报|早报|晨报|时报|商报|都市报|周报|青年报|经济报|法治报|云报|校报|学报|杂志
      |新华社|中新社|通讯社|[一-龥]{2}新闻|[一-龥]{1,8}网(?:[-—][一-龥]+频道)?|在线|频道|发布|论坛|传媒
      |电视台|卫视|新闻联播|融媒体中心|客户端|新华财经|bilibili|《[^》]{2,12}》)
    """,
    re.VERBOSE,
)
NEXT_LABEL = re.compile(r"(?:发布|更新)?(?:时间|日期)$|发布$|作者$|(?:责任)?编辑$|浏览(?:次数)?$|点击(?:数|量)?$")
# The head of a forum post: who wrote it, and the minute.
FLOOR = re.compile(rf"\S{{2,20}}\s+[-—|·]\s+{DATE.pattern}\s*{CLOCK.pattern}", re.VERBOSE)
# The head of a newspaper page without a year: 日期:09-07    版次:02
SHEET = re.compile(r"(?:(?:日期|时间|版[次面])\s*[:：]\s*[A-Z\d\-/.月日第版]*\s*)+")
VAGUE = re.compile("(?:网络|互联网|本站|原创|本网|未知|转载|其他|(?:本报)?综合|(?:网络)?整理|本院|本校|网友)?")
COMMA = re.compile("[，,]")
# Beside a date and nothing else, a short run of Chinese is the publisher too (深圳国资 2023-09-23).
NAMED = re.compile(
    rf"{MEDIA.pattern}|(?![一-龥]*(?:记者|通讯员|[文图][文图]|摄影|报道|编辑|作者|供稿|撰文))[一-龥]{{3,6}}", re.VERBOSE
)
LEFT_OVER = re.compile(r"[\s|│｜/·•—\-_,，:：()（）\[\]【】《》〔〕□]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What one line of a page says about its publication; ``whole`` when it says nothing else."""

    publisher: str = ""
    date: str = ""
    whole: bool = False


def parse_byline(line: Line) -> Byline | None:
    """Publisher and date on a short line that is not running text; None where it holds neither."""
    text = line.text
    if not text or len(text) > LONGEST or text[-1] in "。！？!?；;":
        return None
    plain = line.plain
    dates = list(DATE.finditer(plain))
    if dates and FLOOR.fullmatch(plain):
        return Byline(date=format_date(dates[0]), whole=True)
    source = SOURCE.search(plain) or (AUTHOR.search(plain) if dates else None)
    if not dates and source is None:
        return Byline(whole=True) if SHEET.fullmatch(plain) else None
    publisher, rest = _take_publisher(line, source)
    rest = DATE.sub(" ", CLOCK.sub(" ", rest)) if dates else CLOCK.sub(" ", rest)
    left = LEFT_OVER.sub("", _strip_words(rest))
    if not publisher and dates and (named := NAMED.fullmatch(left.split(">")[-1])):
        publisher, left = _copy(line, named[0]), ""
    date = next((found for match in dates if (found := format_date(match))), "")
    if source is None and (len(date) == 4 or len(left) > 12 or COMMA.search(rest)):
        return None
    return Byline(publisher=publisher, date=date, whole=len(left) <= 1)


def is_media(publisher: str) -> bool:
    """Whether a publisher is a newspaper, site or channel: named, it is not part of what the text tells."""
    return VAGUE.fullmatch(publisher) is not None or MEDIA.search(publisher) is not None


def _take_publisher(line: Line, source: re.Match[str] | None) -> tuple[str, str]:
    """The name behind 来源, as the page writes it, and the line in simplified characters without it."""
    if source is None:
        return "", line.plain
    start, end = source.span("name")
    cut = DATE.search(line.plain, start, end)
    end = cut.start() if cut else end
    if line.plain[end : end + 1] in (":", "：") and (label := NEXT_LABEL.search(line.plain, start, end)):
        end = label.start()
    name = re.split(r"[|｜]", line.text[start:end])[0].strip(" ()（）[]【】>，,")
    rest = line.plain[: source.start()] + " " + line.plain[end:]
    return ("" if VAGUE.fullmatch(simplify(name)) or len(name) > 30 else name), rest


def _strip_words(text: str) -> str:
    """The line without labels, counters and buttons."""
    text = COUNTER.sub(" ", WORD.sub(" ", text))
    return " ".join(part for part in text.split() if not BUTTON_LINE.fullmatch(part))


def _copy(line: Line, plain_part: str) -> str:
    """The part of a simplified line as the line writes it, with the signs that stand inside."""
    match = re.search(r"[\s\-·]?".join(map(re.escape, plain_part)), line.plain)
    return line.text[match.start() : match.end()] if match else plain_part
