"""Help pages, laid out by display width and in the language of the run."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from .catalogue import translate
from .messages import get_words
from .terminal import DEFAULT_WIDTH, get_line_width, get_width, pad_text, wrap_text

Row = tuple[str, str]


def render_help(command: Any, context: Any) -> str:
    """The help page of a command or of the group of all."""
    words = get_words()
    width = min(get_line_width(), DEFAULT_WIDTH)
    parts = [f"{translate('Usage:', words)} {' '.join(_iter_usage(command, context))}", ""]
    for paragraph in read_paragraphs(command):
        parts += [*wrap_text(translate(paragraph, words), width), ""]
    for title, rows in _iter_sections(command, context):
        parts += [translate(title, words), *_render_rows(rows, width), ""]
    return "\n".join(parts[:-1]) + "\n"


def read_paragraphs(command: Any) -> list[str]:
    """What a command says of itself, one line a paragraph."""
    return [" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n")]


def _iter_usage(command: Any, context: Any) -> Iterator[str]:
    words = get_words()
    yield context.command_path
    yield translate("[OPTIONS]", words)
    for parameter in command.get_params(context):
        if parameter.param_type_name == "argument":
            yield str(parameter.metavar)
    if hasattr(command, "commands"):
        yield translate("COMMAND [ARGS]...", words)


def _iter_sections(command: Any, context: Any) -> Iterable[tuple[str, list[Row]]]:
    words = get_words()
    order = ("Arguments:", "Options:", "Filters:", "Output:")
    sections: dict[str, list[Row]] = {title: [] for title in order}
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            if parameter.param_type_name == "argument":
                row = (str(parameter.metavar), translate(parameter.help or "", words))
                sections.setdefault("Arguments:", []).append(row)
            else:
                row = (record[0], _translate_help(parameter, record[1]))
                sections.setdefault(f"{parameter.rich_help_panel or 'Options'}:", []).append(row)
    if commands := getattr(command, "commands", None):
        shown = [(name, found) for name, found in commands.items() if not found.hidden]
        rows = [(name, translate(read_paragraphs(found)[0], words)) for name, found in shown]
        sections["Commands:"] = rows
    return ((title, rows) for title, rows in sections.items() if rows)


def _translate_help(parameter: Any, text: str) -> str:
    """The help of a parameter; what the parser adds to it (``[default: …]``) keeps its place behind it."""
    words, own = get_words(), parameter.help or ""
    added = text.removeprefix(own)
    for part in ("default", "env var", "required"):
        added = added.replace(part, translate(part, words))
    return translate(own, words) + added


def _render_rows(rows: list[Row], width: int) -> list[str]:
    first = min(max(get_width(name) for name, _ in rows), 34) + 4
    lines = []
    for name, text in rows:
        wrapped = wrap_text(text, max(20, width - first))
        if get_width(name) > first - 4:
            lines.append(f"  {name}")
            name = ""
        lines.append(pad_text(f"  {name}", first) + wrapped[0])
        lines += [" " * first + line for line in wrapped[1:]]
    return [line.rstrip() for line in lines]
