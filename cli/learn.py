"""``evaluate`` and ``train``: figures and models for annotated documents of the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from . import rows
from .frame import Command
from .messages import get_words
from .options import DebugOption, LangOption, make_option, parse_choice, read_output, takes
from .render import Column, Format, Output, render_table, write_lines, write_rows
from .terminal import say

GoldArgument = Annotated[
    Path,
    typer.Argument(
        metavar="GOLD_DIR",
        help="A folder with NAME.txt and NAME.json for each document.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
CorpusArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CORPUS_DIR",
        help="A folder with NAME.txt and NAME.json for each document.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
OutOption = Annotated[Path, make_option("--out", text="The folder that the models are written to.", metavar="DIR")]


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("evaluate", cls=Command)(evaluate_gold)
    app.command("train", cls=Command)(train_models)


@takes(output=read_output)
def evaluate_gold(gold: GoldArgument, *, output: Output) -> None:
    """Precision, recall and F1 of what bingdi finds in annotated documents."""
    from ..training.evaluate import evaluate

    figures = evaluate(gold)
    if output.format is Format.TABLE:
        write_lines(_render_figures(output, figures))
    else:
        found = ({"measure": measure, **values} for measure, values in figures.items())
        write_rows(output, found, columns=rows.FIGURES)


def _render_figures(output: Output, figures: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    headings = ("precision", "recall", "f1")
    columns = [Column(heading=output.words.heading("measure"))]
    columns += [Column(heading=output.words.heading(name), number=True) for name in (*headings, "gold", "predicted")]
    lines = [
        (
            measure,
            *(f"{values[name]:.3f}" if values["gold"] or values["predicted"] else "–" for name in headings),
            *(str(int(values[name])) for name in ("gold", "predicted")),
        )
        for measure, values in figures.items()
    ]
    return render_table(output, lines, columns=columns)


def train_models(corpus: CorpusArgument, *, out: OutOption, lang: LangOption = "", debug: DebugOption = False) -> None:
    """Fit the scorers to annotated documents and write them to a folder."""
    if lang:
        parse_choice(lang, ("zh", "en"), option="--lang")
    from ..training.fit import train

    for path in train(corpus, out=out):
        say(get_words().line("written", path=path))
