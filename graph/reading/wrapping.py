"""Lines that a page broke in the middle of a sentence are put together again.

A column of a newspaper or a PDF breaks lines at its width, so that its lines are about equally long,
most of them end without a sentence mark, and running text with its commas stands in them. Headings, list
items, captions and paragraphs do not look like that and stay apart.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from .lines import LABEL, Line

NARROWEST, WIDEST = 14, 130
# How many columns before and behind a line are looked at.
NEAR = 12
WIDEST_VERSE, MANY_VERSES = 50, 20
COMMA = re.compile(r"[，、,（(《“‘「『〈〔]$")
ENCLOSING = re.compile(r"[）》”’」』〉〕)]")
CLOSING = re.compile(r"[，。、；：！？）》”’」』〉〕…,;:!?)]")
# 第⏎十二师, 一○⏎四团, 2⏎023年: a numeral goes on.
CUT_NUMERAL = re.compile(
    r"""
    \D{2}(?:第\n[0-9零〇○一二三四五六七八九十] | [0-9]{1,4}\n[年月日师師团團万亿%％])
  | \D{2}(?:[0-9]\n[0-9]{3} | [0-9]{2}\n[0-9]{2} | [0-9]{3}\n[0-9] | [0-9]\n[0-9])(?![0-9])
  | \D{2}[零〇○一二三四五六七八九十百千]\n[零〇○一二三四五六七八九十百千万亿年月日师師团團]
    """,
    re.VERBOSE,
)
OPENING_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("「", "」"), ("〔", "〕"))
LATIN_EDGE = re.compile(r"[A-Za-z][\x21-\x7e]*$|[,.;:)]$")
LATIN_START = re.compile(r"[A-Za-z(]")
FULL_STOP = re.compile(r"[。！？]")
# 本报讯, 新华社某地3月1日电, (记者 某某): what opens the first sentence of a report.
CLAUSE_MARK = re.compile("[，,。；]")
DATELINE = re.compile(r"(?:讯|訊|电|電|消息)[)）]?\s|[(（][^)）]*(?:记者|記者|通讯员|通訊員)[^)）]*[)）]\S")
SPACED_HEADING = re.compile(r"[一-龥”》] +[“《一-龥]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A wrapped column of the page: its width, and the lines that showed it."""

    width: int
    first: int
    last: int


# The columns of a page, looked for once and only where a line is open: most pages have none.
Columns = Callable[[], tuple[Column, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """The place between a line and the next: whether it is blank, and what stands before it.

    ``run`` is the number of lines joined so far, ``gap_before`` whether they begin after an empty line,
    ``first`` whether nothing stands above them.
    """

    gap: bool
    gap_before: bool
    run: int
    first: bool


def join_wrapped(lines: list[Line]) -> list[Line]:
    """The lines with each wrapped run joined to one; empty lines inside such a run go."""
    if _is_poster(lines):
        return [_glue(run, between=_space_verses) for run in _iter_verse_runs(lines)]
    return [_glue(run, between=_space_words) for run in _iter_runs(lines)]


def _iter_runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that make one; an empty line between two runs is a run of its own."""
    columns = cache(lambda: tuple(_find_columns(lines)))
    run: list[Line] = []
    gap, gap_before, first = True, True, True
    for line in lines:
        if not line.text:
            gap = True
            continue
        seam = Seam(gap=gap, gap_before=gap_before, run=len(run), first=first)
        if run and _continues(run[-1], line, seam=seam, columns=columns):
            run.append(line)
        else:
            if run:
                yield run
                first = False
                if gap:
                    yield [Line(number=line.number, text="")]
            run, gap_before = [line], gap
        gap = False
    if run:
        yield run


def _is_poster(lines: list[Line]) -> bool:
    """Whether the page is set like verse: most of its lines are short, unpunctuated, and stand alone."""
    texts = [line for line in lines if line.text]
    if len(texts) < MANY_VERSES or 2 * (len(lines) - len(texts)) <= len(texts):
        return False
    verses = sum(_is_verse(line) for line in texts)
    return verses >= MANY_VERSES and 2 * verses > len(texts)


def _is_verse(line: Line) -> bool:
    return (
        len(line.text) >= 4
        and line.width <= WIDEST_VERSE
        and not line.ended
        and not line.paused
        and not line.starts_item
        and not LABEL.match(line.text)
    )


def _iter_verse_runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of verses that follow one another, and the other lines, with empty lines between."""
    run: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if run and not (_is_verse(run[-1]) and _is_verse(line)):
            yield run
            yield [Line(number=line.number, text="")]
            run = []
        run.append(line)
    if run:
        yield run


def _space_verses(line: Line, after: Line) -> str:
    """A blank between two verses, for a sentence runs through them, but none after a comma."""
    return "" if COMMA.search(line.text) else " "


def _continues(line: Line, after: Line, *, seam: Seam, columns: Columns) -> bool:
    """Whether ``after`` goes on in the middle of the sentence that ``line`` began."""
    if (ENCLOSING if line.ended else CLOSING).match(after.text) and not (seam.gap and line.ended):
        return True
    if line.ended or not _may_continue(after, run=seam.run):
        return False
    if line.width > WIDEST:
        return _breaks_off(line) and after.punctuated
    if not line.paused and _is_open(line, after, gap=seam.gap):
        return True
    column = _get_column(line, columns())
    if column is None:
        return not seam.gap and not line.paused and _is_lone_wrap(line, after)
    return _fills(line, after, seam=seam, column=column)


def _may_continue(after: Line, *, run: int) -> bool:
    """Whether a line may stand in mid-sentence: list items and captions begin something new.

    Inside a column a dash, a point or an asterisk is more likely to be part of a sentence or a name.
    """
    return not after.starts_item or (run > 1 and after.text[0] in "—·*")


def _breaks_off(line: Line) -> bool:
    """Whether a whole paragraph stops short, as at the end of a page; joined verses only look so."""
    verses = "。" not in line.text and SPACED_HEADING.search(line.text) is not None
    return line.is_prose and not line.paused and not line.starts_item and not verses


def _fills(line: Line, after: Line, *, seam: Seam, column: Column) -> bool:
    """Whether the line was broken because its column was full."""
    share = line.width / column.width
    if share < 0.7 or after.width > 1.4 * column.width:
        return False
    if seam.run == 1 and LABEL.match(after.text):
        return share >= 0.85 and not seam.gap and LABEL.match(line.text) is None
    if line.paused:
        return share >= 0.75 and not seam.gap and (line.punctuated or seam.run > 1)
    if seam.run > 1:
        return not seam.gap or share >= 0.85
    if seam.first and _looks_heading(line, column, title=True):
        return False
    if seam.gap:
        running = CLAUSE_MARK.search(line.text) is not None
        return share >= 0.85 and not line.starts_item and (running or not seam.gap_before)
    return line.punctuated or not _looks_heading(line, column)


def _is_open(line: Line, after: Line, *, gap: bool) -> bool:
    """Whether the two lines themselves show that the sentence goes on, whatever the page looks like."""
    if COMMA.search(line.text):
        return True
    if any(_opens(line.text, pair) and _closes(after.text, pair) for pair in OPENING_PAIRS):
        return True
    if gap or LABEL.match(line.text):
        return False
    return CUT_NUMERAL.search(f"{line.text[-6:]}\n{after.text[:6]}") is not None


def _opens(text: str, pair: tuple[str, str]) -> bool:
    return text.rfind(pair[0]) > text.rfind(pair[1])


def _closes(text: str, pair: tuple[str, str]) -> bool:
    closing, opening = text.find(pair[1]), text.find(pair[0])
    return closing >= 0 and not 0 <= opening < closing


def _is_lone_wrap(line: Line, after: Line) -> bool:
    """Whether one sentence was broken once, on a page with no column to go by."""
    return (
        line.punctuated
        and line.indent >= after.indent
        and line.width >= 2 * NARROWEST
        and after.width <= line.width
        and not line.starts_item
        and not LABEL.match(line.text)
        and not LABEL.match(after.text)
        and FULL_STOP.search(after.text) is not None
    )


def _looks_heading(line: Line, column: Column, *, title: bool = False) -> bool:
    """Whether a line before running text is a heading, not the opening of a paragraph.

    The first line of a page is its ``title`` unless it reads like running text, however wide it is.
    """
    if DATELINE.search(line.text):
        return False
    if title:
        return CLAUSE_MARK.search(line.text) is None
    return line.width < 0.85 * column.width or SPACED_HEADING.search(line.text) is not None


def _get_column(line: Line, columns: tuple[Column, ...]) -> Column | None:
    """The nearest column as wide as the line would need to be part of it."""
    place = bisect(columns, line.number, key=lambda column: column.first)
    near = columns[max(0, place - NEAR) : place + NEAR]
    fitting = [column for column in near if 0.7 * column.width <= line.width <= 1.35 * column.width]
    if not fitting:
        return None
    return min(fitting, key=lambda column: max(column.first - line.number, line.number - column.last, 0))


def _find_columns(lines: list[Line]) -> Iterator[Column]:
    """Columns that the page shows: runs of at least three lines that break in mid-sentence at like widths."""
    for chain in _iter_chains(lines):
        full = chain[:-1]
        if len(full) < 2 or sum(line.punctuated for line in chain) * 2 < len(chain):
            continue
        widths = sorted(line.width for line in full)
        if widths[-1] > 1.6 * max(widths[0], widths[len(widths) // 2] * 0.8) or chain[-1].width > 1.3 * widths[-1]:
            continue
        yield Column(width=widths[len(widths) // 2], first=chain[0].number, last=chain[-1].number)


def _iter_chains(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of adjacent lines of which all but the last break off without a sentence mark."""
    chain: list[Line] = []
    for line in lines:
        if not line.text or line.starts_item or (chain and line.indent > chain[0].indent):
            if len(chain) > 1:
                yield chain
            chain = []
        if not line.text:
            continue
        chain.append(line)
        if line.ended or line.paused or not NARROWEST <= line.width <= WIDEST:
            if len(chain) > 1:
                yield chain
            chain = []
    if len(chain) > 1:
        yield chain


def _space_words(line: Line, after: Line) -> str:
    """A blank between Latin words, nothing between Chinese."""
    return " " if LATIN_EDGE.search(line.text) and LATIN_START.match(after.text) else ""


def _glue(run: list[Line], *, between: Callable[[Line, Line], str]) -> Line:
    """One line of a run."""
    if len(run) == 1:
        return run[0]
    pieces = [run[0].text]
    for line, after in pairwise(run):
        pieces += (between(line, after), after.text)
    return Line(number=run[0].number, text="".join(pieces), indent=run[0].indent)
