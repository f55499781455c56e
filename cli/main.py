"""The program ``bingdi``: its commands and the options that stand before them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import annotate, ask, build, export, learn, look, verify
from .frame import INTERRUPTED, CommandLine
from .options import LangOption, parse_choice

app = typer.Typer(
    name="bingdi",
    cls=CommandLine,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A graph of the cooperation between the Xinjiang corps and the localities, read from Chinese news: "
    "build it from documents, ask it, export it. Every link comes with the sentences that state it.",
)
for family in (build, ask, look, export, verify, annotate, learn):
    family.register(app)


def _show_version(wanted: bool) -> None:
    from importlib.metadata import version

    if wanted:
        sys.stdout.write(f"bingdi {version('bingdi')}\n")
        raise typer.Exit


@app.callback()
def start(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
    lang: LangOption = "",
    _debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Check the options that stand before the command; the frame has read them already."""
    if lang:
        parse_choice(lang, ("zh", "en"), option="--lang")


def main() -> None:
    """Run the command line; the entry point of the installed program."""
    try:
        app(prog_name="bingdi")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
