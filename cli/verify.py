"""``verify``: whether everything in the store follows from its documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from ..graph.store import Problem
from . import rows
from .frame import Command, fail
from .options import DEFAULT_STORE, StoreOption, read_output, takes
from .render import Column, Format, Output, render_table, write_lines, write_rows
from .stores import open_store
from .terminal import say


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("verify", cls=Command)(verify_store)


@takes(output=read_output)
def verify_store(*, store: StoreOption = DEFAULT_STORE, output: Output) -> None:
    """Read every mention and evidence against its document again, derive the ids anew, list what is broken.

    Exit code 1 where anything is.
    """
    with open_store(store) as opened:
        found = tuple(opened.verify())
        counts = opened.count()
    if output.format is not Format.TABLE:
        write_rows(output, rows.named_rows(rows.PROBLEM, found), columns=rows.PROBLEM)
    elif found:
        write_lines(_render_problems(output, found))
    if found:
        fail(output.words.line("broken", path=store, count=len(found)))
    say(output.words.line("sound", path=store, mentions=counts.mentions, evidence=counts.evidence))


def _render_problems(output: Output, found: Sequence[Problem]) -> Iterator[str]:
    columns = [Column(heading=output.words.heading(name)) for name in ("kind", "id", "problem")]
    return render_table(output, [(each.kind, each.id, each.problem) for each in found], columns=columns)
