"""What follows an article on its page: recommendations, mood counters, more news."""

from __future__ import annotations

import re

from .dates import CLOCK, DATE
from .furniture import CREDIT
from .lines import Line

MARKER = re.compile(
    r"""
    [\s|·•●■◆【\[>]*
    (?:相关(?:阅读|新闻|链接|文章|内容|推荐|资讯|报道|专题)|推荐(?:阅读|新闻|文章)
      |(?:新闻|热门|精彩|编辑|猜你喜欢)推荐|热门(?:资讯|排行|文章|新闻|话题)|最新(?:更新|评论|文章)
      |猜你喜欢|大家都在看|[为给][您你]推荐|[您你](?:此时|此刻)的心情|新闻表情排行|视觉焦点|独家策划
      |更多(?:精彩|新闻|精彩内容)|延伸阅读|网友评论|查看完整版本.*)
    [\s:：>/\]】]*
    """,
    re.VERBOSE,
)
END = re.compile(r"[(（【\[]\s*(?:完|责任?编辑?|编辑|记者|通讯员|文[/／]).{0,30}[)）】\]]\s*$")
PROSE, STORY = 60, 120


def cut_tail(lines: list[Line]) -> list[Line]:
    """The lines without the blocks of links behind the article.

    A block begins with its heading (推荐阅读). It goes when it holds no running text but links, counters,
    and teasers with their dates; where the article has been signed off above it, also with undated
    teasers, unless there is as much text as in an article.
    """
    markers = [place for place, line in enumerate(lines) if _is_marker(line)]
    if not markers:
        return lines
    signed = _is_signed(lines[: markers[0]])
    kept = lines[: markers[0]]
    for start, end in zip(markers, [*markers[1:], len(lines)], strict=True):
        block = [line for line in lines[start + 1 : end] if line.text]
        if _has_article(block, least=3 if signed else 1, length=STORY if signed else PROSE):
            kept.extend(lines[start + 1 : end])
    return kept


def _is_marker(line: Line) -> bool:
    return 0 < len(line.text) < PROSE and MARKER.fullmatch(line.plain) is not None


def _is_signed(lines: list[Line]) -> bool:
    """Whether one of the last lines is the editor's or the author's, after running text."""
    texts = [line for line in lines if line.text]
    if not any("。" in line.text and len(line.text) >= PROSE for line in texts):
        return False
    return any(CREDIT.fullmatch(line.plain) or END.search(line.plain) for line in texts[-4:])


def _has_article(block: list[Line], *, least: int, length: int) -> bool:
    """Whether the block holds so many paragraphs of running text that are not dated teasers."""
    dates = sum(_is_dated(line) for line in block)
    prose = sum("。" in line.text and len(line.text) >= length for line in block)
    return prose >= least and dates * 4 < len(block)


def _is_dated(line: Line) -> bool:
    """Whether the line is a date alone, as under a teaser."""
    return (
        len(line.text) < 40
        and DATE.search(line.text) is not None
        and not CLOCK.sub("", DATE.sub("", line.text)).strip()
    )
