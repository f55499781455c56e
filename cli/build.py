"""``build``: documents into the store, and the first pictures of the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import rows
from .export import write_file
from .frame import Command, fail
from .options import DEFAULT_STORE, RecallOption, SpacyOption, StoreOption, make_option, read_output, takes
from .render import Format, Output, Row, write_lines, write_rows
from .stores import open_store
from .terminal import cut_text, escape_text, pad_text, say

if TYPE_CHECKING:
    from ..graph.build import Progress, Report

PathsArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders or patterns; - for standard input.", show_default=False),
]
HtmlOption = Annotated[Path | None, make_option("--html", text="Write the interactive page here.", metavar="FILE")]
GraphmlOption = Annotated[Path | None, make_option("--graphml", text="Write a file for Gephi here.", metavar="FILE")]
WorkersOption = Annotated[
    int,
    make_option("--workers", text="Processes that read at the same time.", metavar="N", min=1, max=256),
]
FIGURES = ("read", "unchanged", "skipped", "documents", "entities", "mentions", "links", "evidence")
DATES_SHOWN = 3


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("build", cls=Command)(build_graph)


@takes(output=read_output)
def build_graph(
    paths: PathsArgument,
    *,
    store: StoreOption = DEFAULT_STORE,
    html: HtmlOption = None,
    graphml: GraphmlOption = None,
    workers: WorkersOption = 1,
    recall: RecallOption = False,
    spacy_model: SpacyOption = "",
    output: Output,
) -> None:
    """Read documents (txt, md, html, pdf, docx, jsonl, csv), find entities and links, and store them.

    What the store holds already is not read again. A document that cannot be read is named and counted,
    and the others are read; exit code 1 where a PATH itself cannot be read, or nothing can.
    """
    from ..exports.files import find_target
    from ..graph.build import build
    from ..graph.linking import Extractor
    from ..graph.version import get_builder

    for path in (html, graphml):
        if path:
            find_target(path)
    extractor = Extractor(recall=recall, spacy_model=spacy_model)
    is_new = not store.exists()
    with show_progress(output) as progress:
        report = build(
            paths,
            store_path=store,
            workers=workers,
            progress=progress,
            extract=extractor,
            builder=get_builder() + extractor.marks,
        )
    if output.format is Format.TABLE:
        write_lines(render_report(output, report))
    else:
        write_rows(output, iter_rows(report), columns=rows.BUILD)
    _say_dates(output, report)
    if is_new and not report.documents:
        # Nobody asked for an empty store, which would answer every question with nothing.
        store.unlink(missing_ok=True)
    else:
        _write_files(store, {"html": html, "graphml": graphml})
    _end(output, report, paths=paths)


def _say_dates(output: Output, report: Report) -> None:
    """One line for all dates that were not understood, with the first of them."""
    if not report.bad_dates:
        return
    places = [f"{each.path}: {cut_text(each.date, 40)}" for each in report.bad_dates[:DATES_SHOWN]]
    places += ["…"] if len(report.bad_dates) > DATES_SHOWN else []
    say(output.words.line("bad_dates", count=len(report.bad_dates), places="; ".join(places)))


def _write_files(store: Path, files: Mapping[str, Path | None]) -> None:
    """The pictures that were asked for, by format."""
    with open_store(store) as opened:
        for form, path in files.items():
            if path:
                write_file(opened, path, form=form)


def _end(output: Output, report: Report, *, paths: Sequence[str]) -> None:
    """Exit code 1 where a path that the user gave could not be read, or nothing could."""
    if missed := len({skipped.path for skipped in report.skipped} & set(paths)):
        fail(output.words.line("skipped_named", count=missed))
    if not report.read + report.unchanged:
        fail(output.words.line("nothing_read"))


@contextmanager
def show_progress(output: Output) -> Iterator[Callable[[Progress], None] | None]:
    """A callback that draws a bar on stderr; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    # The path is text of the user's disk: no markup is read from it.
    place = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), place)
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(output.words.line("reading"), total=None)

        def show(progress: Progress) -> None:
            text = pad_text(cut_text(escape_text(progress.path), 40), 40)
            bar.update(task, completed=progress.done, total=progress.total, description=text)

        yield show


def render_report(output: Output, report: Report) -> Iterator[str]:
    """What was skipped and why, then the figures."""
    for skipped in report.skipped:
        yield escape_text(f"{output.words.line('skipped')}: {skipped.path}: {output.words.problem(skipped.reason)}")
    names = {name: output.words.line(name) for name in FIGURES}
    values = {name: str(count) for name, count in _iter_figures(report)}
    width = max(map(len, values.values()))
    yield from (f"{values[name].rjust(width)}  {names[name]}" for name in FIGURES)


def _iter_figures(report: Report) -> Iterator[tuple[str, int]]:
    for name in FIGURES:
        yield name, len(report.skipped) if name == "skipped" else getattr(report, name)


def iter_rows(report: Report) -> Iterator[Row]:
    """One row for each figure (its path empty), then one for each document that was skipped."""
    for name, count in _iter_figures(report):
        yield {"what": name, "count": count, "path": "", "reason": ""}
    for skipped in report.skipped:
        yield {"what": "skipped", "count": 1, "path": skipped.path, "reason": skipped.reason}
