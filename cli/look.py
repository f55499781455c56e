"""Looking around in a store: ``show``, ``search``, ``stats``, ``timeline``."""

from __future__ import annotations

from typing import Annotated

import typer

from ..graph.errors import UsageError
from ..graph.model import Selection
from ..graph.query import Statement, count_periods, describe, search, stats, timeline
from . import rows
from .answers import render_counts, render_hits, render_periods, render_portrait, render_timeline
from .frame import Command
from .options import (
    DEFAULT_STORE,
    OUTPUT,
    LimitOption,
    StoreOption,
    make_option,
    parse_choice,
    read_output,
    read_selection,
    takes,
)
from .render import Format, Output, cut_rows, write_lines, write_rows
from .stores import choose_node, open_store
from .terminal import say

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, alias, code, id or pinyin.", show_default=False)
]
AnyNameArgument = Annotated[
    str, typer.Argument(metavar="[NAME]", help="An entity; all links unless given.", show_default=False)
]
TextArgument = Annotated[
    str, typer.Argument(metavar="TEXT", help="Words to look for, in either script.", show_default=False)
]
PairsOption = Annotated[
    int, make_option("--pairs", text="Cooperating pairs to list.", panel=OUTPUT, metavar="N", min=0)
]
ByOption = Annotated[
    str,
    make_option("--by", text="Count by year or month instead of listing.", panel=OUTPUT, metavar="PERIOD"),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("show", cls=Command)(show_entity)
    app.command("search", cls=Command)(search_text)
    app.command("stats", cls=Command)(show_stats)
    app.command("timeline", cls=Command)(show_timeline)


@takes(selection=read_selection, output=read_output)
def show_entity(
    name: NameArgument, *, store: StoreOption = DEFAULT_STORE, selection: Selection, output: Output
) -> None:
    """What is known of NAME: aliases, code, unit, how often it is named, its links by relation."""
    with open_store(store) as opened:
        node = choose_node(opened, name, level=selection.level)
        found = describe(opened, node.id, selection=selection)
        if output.format is Format.TABLE:
            write_lines(render_portrait(output, found))
        else:
            write_rows(output, [rows.portrait_row(found)], columns=rows.PORTRAIT)


@takes(output=read_output)
def search_text(
    text: TextArgument, *, limit: LimitOption = 50, store: StoreOption = DEFAULT_STORE, output: Output
) -> None:
    """Names, titles and sentences that hold TEXT, in simplified or traditional script."""
    if not (wanted := text.strip()):
        raise UsageError(output.words.line("empty_text"))
    with open_store(store) as opened:
        found = search(opened, wanted)
        if output.format is not Format.TABLE:
            write_rows(output, map(rows.hit_row, found), columns=rows.HIT)
            return
        shown, more = cut_rows(found, limit)
        write_lines(render_hits(output, shown))
        if more:
            say(output.words.line("more", count=more))
        if not shown:
            say(output.words.line("none_search", text=wanted))


@takes(selection=read_selection, output=read_output)
def show_stats(
    *, pairs: PairsOption = 10, store: StoreOption = DEFAULT_STORE, selection: Selection, output: Output
) -> None:
    """How much the store holds: documents, entities, links, the pairs that cooperate most."""
    with open_store(store) as opened:
        found = stats(opened, selection=selection, pairs=pairs)
    if output.format is Format.TABLE:
        write_lines(render_counts(output, found))
    else:
        write_rows(output, rows.named_rows(rows.COUNT, found), columns=rows.COUNT)


@takes(selection=read_selection, output=read_output)
def show_timeline(
    name: AnyNameArgument = "",
    *,
    by: ByOption = "",
    limit: LimitOption = 50,
    store: StoreOption = DEFAULT_STORE,
    selection: Selection,
    output: Output,
) -> None:
    """The dated links of NAME, or of all, in order of time, each with its sentence."""
    period = parse_choice(by, ("year", "month"), option="--by") if by else ""
    with open_store(store) as opened:
        entity = choose_node(opened, name, level=selection.level).id if name else None
        found = timeline(opened, entity, selection=selection)
    if period:
        _write_periods(output, found, by=period, limit=limit)
    elif output.format is not Format.TABLE:
        write_rows(output, map(rows.statement_row, found), columns=rows.STATEMENT)
    else:
        _write_timeline(output, found, limit=limit)


def _write_periods(output: Output, found: tuple[Statement, ...], *, by: str, limit: int) -> None:
    periods = tuple(count_periods(found, by=by))
    if output.format is not Format.TABLE:
        write_rows(output, rows.named_rows(rows.PERIOD, periods), columns=rows.PERIOD)
    else:
        shown, more = cut_rows(periods, limit)
        write_lines(render_periods(output, shown) if shown else ())
        if more:
            say(output.words.line("more", count=more))
    undated = sum(not each.date for each in found)
    if short := len(found) - undated - sum(each.evidence for each in periods):
        say(output.words.line("year_only", count=short))
    if undated:
        say(output.words.line("undated", count=undated))


def _write_timeline(output: Output, found: tuple[Statement, ...], *, limit: int) -> None:
    dated = [each for each in found if each.date]
    shown, more = cut_rows(dated, limit)
    if shown:
        write_lines(render_timeline(output, shown))
    else:
        say(output.words.line("none_timeline"))
    if more:
        say(output.words.line("more", count=more))
    if undated := len(found) - len(dated):
        say(output.words.line("undated", count=undated))
