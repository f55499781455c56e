"""``export``: the graph, or a part of it, as a file of another program's format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..graph.errors import UsageError
from ..graph.model import Selection
from ..graph.network import project
from ..graph.store import Store
from .frame import Command
from .messages import get_words
from .options import (
    DEFAULT_STORE,
    FILTERS,
    DebugOption,
    LangOption,
    StoreOption,
    make_option,
    parse_choice,
    read_selection,
    takes,
)
from .stores import choose_node, open_store
from .terminal import say

FirstArgument = Annotated[
    str,
    typer.Argument(metavar="[FORMAT]", help="Needed only where the file's ending does not tell.", show_default=False),
]
SecondArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="The file to write; for parquet and neo4j a folder, for csv NAME.csv three files: NAME.nodes.csv, "
        "NAME.links.csv, NAME.evidence.csv.",
        show_default=False,
    ),
]
AroundOption = Annotated[
    list[str] | None,
    make_option(
        "--around",
        text="Only what lies around this entity; may be given again.",
        panel=FILTERS,
        metavar="NAME",
    ),
]
DepthOption = Annotated[
    int | None,
    make_option("--depth", text="With --around: so many steps from it.", panel=FILTERS, metavar="N", min=0, max=9),
]
SimpleOption = Annotated[bool, make_option("--simple", text="graphml: one weighted edge for each pair.")]
MixedOption = Annotated[
    bool, make_option("--mixed", text="graphml: undirected edges where a relation has no direction; not for networkx.")
]
BomOption = Annotated[bool, make_option("--bom", text="csv: begin with a byte order mark, for Excel.")]
HOMES = {"simple": "graphml", "mixed": "graphml", "bom": "csv"}
"""The one format that an option is for."""


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("export", cls=Command)(export_graph)


@takes(selection=read_selection)
def export_graph(
    first: FirstArgument = "",
    second: SecondArgument = "",
    *,
    around: AroundOption = None,
    depth: DepthOption = None,
    simple: SimpleOption = False,
    mixed: MixedOption = False,
    bom: BomOption = False,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = "",
    debug: DebugOption = False,
    selection: Selection,
) -> None:
    """Write the graph, or a part of it, as a file that other programs open.

    FORMAT is html, graphml, gexf, csv, xlsx, parquet, turtle, jsonld, cypher, neo4j, ftm, jsonl, json,
    cytoscape or dot; the ending of FILE is enough: `bingdi export out.gexf`. The filters are those of
    `neighbours`.
    """
    if lang:
        parse_choice(lang, ("zh", "en"), option="--lang")
    path, form = _read_target(first, second)
    wanted = {"simple": simple, "mixed": mixed, "bom": bom}
    options = {name: True for name, given in wanted.items() if given}
    _check_options(path, form=form, options=options)
    if depth is not None:
        if not around:
            raise UsageError(get_words().line("depth_alone"))
        selection = replace(selection, depth=depth)
    with open_store(store) as opened:
        centres = tuple(choose_node(opened, name, level=selection.level).id for name in around or ())
        write_file(opened, path, form=form, selection=replace(selection, around=centres), **options)


def _read_target(first: str, second: str) -> tuple[Path, str | None]:
    """The file and the format, if it was named; raises UsageError where a format stands alone, or nothing."""
    from ..exports.registry import iter_formats

    if not second and (not first or first.lower() in {form.name for form in iter_formats()}):
        raise UsageError(get_words().line("missing_value", name="FILE"))
    return Path(second or first), first if second else None


def _check_options(path: Path, *, form: str | None, options: Iterable[str]) -> None:
    """Raise UsageError for an option of another format, which would change nothing (gexf is mixed anyway)."""
    from ..exports.registry import get_format

    chosen = get_format(path, name=form).name
    for name in options:
        if chosen != (home := HOMES[name]):
            raise UsageError(get_words().line("only_format", option=f"--{name}", form=home, other=chosen))


def write_file(
    store: Store,
    path: Path,
    *,
    form: str | None = None,
    selection: Selection | None = None,
    **options: object,
) -> None:
    """Write a selection of ``store`` to ``path``, and say so."""
    from ..exports.outputs import get_outputs, write_export
    from ..exports.registry import get_format

    words = get_words()
    with project(store, selection) as projection:
        # Only a page follows the locale: a file for a program must not depend on the machine.
        chosen = get_format(path, name=form)
        if "lang" in chosen.get_options() and (words.chosen or chosen.name == "html"):
            options["lang"] = words.language
        write_export(projection, path, format=form, **options)
        written = ", ".join(map(str, get_outputs(path, name=form)))
        say(words.line("exported", path=written, nodes=projection.node_count, links=projection.link_count))
        if projection.left_out:
            say(words.line("left_out", count=projection.left_out))
