"""What stands above and below an article: its title, the site, who published it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .bylines import Byline, parse_byline
from .furniture import is_crumbs
from .lines import END, Line

HEAD, TAIL, LONG = 15, 10, 40
FINAL = re.compile(r"[。！？][”’」』》）)]*$")
SITE = re.compile(r"[^\s，。]{2,14}(?:论坛|博客|贴吧|(?:新闻|援疆|传媒|信息|政府|资讯|日报)网)")
REPORTER = re.compile(
    r"""
    [□■◎●○\s]*\S{0,6}(?:全媒体|特约|见习|实习)*(?:记者|通讯员)(?:\s|$|/)
  | 文[/／] | — | [(（\[].*[)）\]]$ | 【[^】]*】$
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The lines above the running text, the bylines above and below it by line number, the site's name."""

    head: tuple[Line, ...]
    bylines: dict[int, Byline]
    site: Line | None

    @property
    def publisher(self) -> str:
        """The publisher that a byline names, else the site."""
        named = (found.publisher for found in self.bylines.values() if found.publisher)
        return next(named, self.site.text if self.site else "")

    @property
    def date(self) -> str:
        """The most exact of the dates, the first of equals."""
        return max((found.date for found in self.bylines.values()), key=len, default="")


def find_edges(lines: list[Line]) -> Edges:
    """The edges of a page; only there is a line with a name and a date a byline."""
    texts = [line for line in lines if line.text]
    ends = [place for place, line in enumerate(texts) if _is_final(line)]
    first = next((place for place in ends if len(texts[place].text) >= LONG), len(texts))
    last = max((*ends, first)) + 1
    bylines: dict[int, Byline] = {}
    head = tuple(_iter_edge(texts[:first], bylines, limit=HEAD))
    for _ in _iter_edge(reversed(texts[last:]), bylines, limit=TAIL):
        pass
    return Edges(head=head, bylines=dict(sorted(bylines.items())), site=_find_site(head))


def _is_final(line: Line) -> bool:
    return FINAL.search(line.text, max(0, len(line.text) - END)) is not None


def _iter_edge(texts: Iterable[Line], bylines: dict[int, Byline], *, limit: int) -> Iterator[Line]:
    """Lines from the edge inwards, their bylines noted, until so many were something else.

    Bylines do not count: cleaning takes them away, and a second pass must not find new ones behind them.
    """
    others = 0
    for line in texts:
        if others == limit:
            return
        byline = parse_byline(line)
        if byline is not None:
            bylines[line.number] = byline
        others += byline is None or not byline.whole
        yield line


def _find_site(head: tuple[Line, ...]) -> Line | None:
    """The one line that names the site, first or second on the page; several are a list of sites."""
    named = [line for line in head[:6] if SITE.fullmatch(line.plain)]
    return named[0] if len(named) == 1 and named[0] in head[:2] and len(head) > 1 else None


def find_title(lines: list[Line], edges: Edges) -> str:
    """The first heading above the running text, or else the page's own name in the breadcrumbs.

    Headings below the breadcrumbs come before those above, where a site sets its name and motto; one of up to
    four letters (要闻, the name of a column) is taken only where there is no other.
    """
    above = max((line.number for line in edges.head if is_crumbs(line)), default=-1)
    found = [
        (line.number <= above or len(line.text) <= 4, line.text)
        for line in _iter_headings(line for line in lines if line.text and line.number not in edges.bylines)
    ]
    return min(found, key=lambda heading: heading[0])[1] if found else _find_crumb(edges.head)


def _iter_headings(texts: Iterable[Line]) -> Iterator[Line]:
    """Lines above the running text that are long enough for a heading and do not name a reporter."""
    found = False
    for number, line in enumerate(texts):
        if number == HEAD or line.is_prose or (_is_final(line) and (found or len(line.text) >= LONG)):
            return
        if line.paused or REPORTER.match(line.text) or line.text.endswith(("，", ",", "。")):
            continue
        if 2 < len(line.text) <= 60:
            found = True
            yield line


def _find_crumb(head: tuple[Line, ...]) -> str:
    """The last step of the breadcrumbs where it is long enough for a title."""
    crumbs = [re.split(r"[>＞»›:：/]", line.text)[-1].strip() for line in head if is_crumbs(line)]
    return next((crumb for crumb in crumbs if 8 <= len(crumb) <= 60), "")
