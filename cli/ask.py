"""Questions about ties: ``neighbours``, ``links``, ``path``."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from ..graph.model import COOPERATION, Selection
from ..graph.query import find_links, find_neighbours, find_paths
from . import rows
from .answers import render_links, render_neighbours, render_paths
from .frame import Command
from .options import (
    DEFAULT_STORE,
    FILTERS,
    OUTPUT,
    LimitOption,
    StoreOption,
    make_option,
    read_output,
    read_selection,
    takes,
)
from .render import Format, Output, cut_rows, write_lines, write_rows
from .stores import choose_node, get_ends, open_store
from .terminal import say

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, alias, code, id or pinyin.", show_default=False)
]
FirstArgument = Annotated[str, typer.Argument(metavar="A", help="One entity.", show_default=False)]
SecondArgument = Annotated[str, typer.Argument(metavar="B", help="The other entity.", show_default=False)]
DepthOption = Annotated[
    int, make_option("--depth", text="Steps away from NAME.", panel=FILTERS, metavar="N", min=1, max=9)
]
StepsOption = Annotated[
    int, make_option("--steps", text="Longest way to look for.", panel=FILTERS, metavar="N", min=1, max=9)
]
WaysOption = Annotated[int, make_option("--limit", panel=OUTPUT, text="Ways to show.", metavar="N", min=1, max=1000)]
CooperationOption = Annotated[
    bool,
    make_option("--cooperation", text="Only ways of cooperation: no geography, no structure.", panel=FILTERS),
]
SentencesOption = Annotated[
    int,
    make_option("--sentences", panel=OUTPUT, text="Sentences shown for each link; 0 for all.", metavar="N", min=0),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("neighbours", cls=Command)(show_neighbours)
    app.command("links", cls=Command)(show_links)
    app.command("path", cls=Command)(show_paths)


@takes(selection=read_selection, output=read_output)
def show_neighbours(
    name: NameArgument,
    *,
    depth: DepthOption = 1,
    limit: LimitOption = 50,
    store: StoreOption = DEFAULT_STORE,
    selection: Selection,
    output: Output,
) -> None:
    """Who is tied to NAME: by which relation, how often, since when, and the sentence that says it best."""
    with open_store(store) as opened:
        node = choose_node(opened, name, level=selection.level)
        found = find_neighbours(opened, node.id, selection=selection, depth=depth)
        if output.format is not Format.TABLE:
            write_rows(output, map(rows.neighbour_row, found), columns=rows.NEIGHBOUR)
        elif found:
            shown, more = cut_rows(found, limit)
            write_lines(render_neighbours(output, node, found=shown))
            if more:
                say(output.words.line("more", count=more))
        else:
            say(output.words.line("none_neighbours", name=node.name))


@takes(selection=read_selection, output=read_output)
def show_links(
    first: FirstArgument,
    second: SecondArgument,
    *,
    sentences: SentencesOption = 5,
    store: StoreOption = DEFAULT_STORE,
    selection: Selection,
    output: Output,
) -> None:
    """Every relation between A and B, with its dates and the sentences that state it.

    The ends and the words of the relation are coloured, or stand in 【】, 〖〗 and ‹›.
    """
    with open_store(store) as opened:
        a, b = get_ends(opened, (first, second), level=selection.level)
        found = find_links(opened, (a.id, b.id), selection=selection)
        if output.format is not Format.TABLE:
            write_rows(output, map(rows.statement_row, found), columns=rows.STATEMENT)
        elif found:
            write_lines(render_links(output, found, sentences=sentences))
        else:
            say(output.words.line("none_links", a=a.name, b=b.name))


@takes(selection=read_selection, output=read_output)
def show_paths(
    first: FirstArgument,
    second: SecondArgument,
    *,
    steps: StepsOption = 6,
    limit: WaysOption = 5,
    sentences: SentencesOption = 1,
    cooperation: CooperationOption = False,
    store: StoreOption = DEFAULT_STORE,
    selection: Selection,
    output: Output,
) -> None:
    """The shortest ways from A to B, each step with the sentences that state it."""
    if cooperation:
        selection = replace(selection, relations=(selection.relations or COOPERATION) & COOPERATION)
    with open_store(store) as opened:
        a, b = get_ends(opened, (first, second), level=selection.level)
        found = find_paths(opened, (a.id, b.id), selection=selection, steps=steps, limit=limit)
        if output.format is not Format.TABLE:
            write_rows(output, rows.iter_path_rows(found), columns=rows.PATH)
        elif found.paths:
            write_lines(render_paths(output, found, sentences=sentences))
        else:
            say(output.words.line("none_path", a=a.name, b=b.name, steps=steps))
        if found.more:
            say(output.words.line("more_paths"))
