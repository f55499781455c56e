"""The frame of every command: languages, help pages, and errors turned into one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any, NoReturn

from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from ..graph.errors import AmbiguousNameError, BingdiError, NameNotFoundError, UsageError
from .help import render_help
from .messages import Words, get_words, use_language
from .terminal import say

WRONG_INPUT = 1
WRONG_USAGE = 2
INTERRUPTED = 130
EXTRAS = {
    **dict.fromkeys(("openpyxl", "pyarrow", "rdflib"), "exports"),
    **dict.fromkeys(("joblib", "lightgbm", "pycrfsuite", "scipy", "sklearn", "thinc"), "train"),
    "followthemoney": "ftm",
}
"""The extra that brings a library, by the name under which it is imported."""
ALIASES = {"neighbors": "neighbours", "neighbor": "neighbours", "neighbour": "neighbours"}


class _StopError(Exception):
    """Ends the run with an exit code after what had to be said was said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Command(TyperCommand):
    """A command with a help page in the language of the run."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page to ``formatter``."""
        formatter.write(render_help(self, ctx))


class CommandLine(TyperGroup):
    """The group of all commands; nothing leaves it but an exit code.

    typer 0.29 brings a click of its own and raises neither click's exceptions nor ours in a form that a
    user can read, so ``main`` runs without its standalone mode and speaks itself.
    """

    command_class = Command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page to ``formatter``."""
        formatter.write(render_help(self, ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, in either spelling."""
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with; raises UsageError with the nearest names."""
        if args[0].startswith("-") or ctx.resilient_parsing or self.get_command(ctx, args[0]):
            return super().resolve_command(ctx, args)
        words = get_words()
        near = get_close_matches(args[0], self.list_commands(ctx))
        hint = words.line("mean_command", names=", ".join(near)) if near else ""
        raise UsageError(words.line("no_command", name=args[0]) + hint)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a closed pipe and Ctrl-C end it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except UsageError as error:
            error.add_note(" ".join(filter(None, (ctx.command_path, ctx.invoked_subcommand))))
            raise
        except BrokenPipeError:
            _close_stdout()
            raise _StopError(0) from None
        except KeyboardInterrupt:
            say(get_words().line("interrupted"))
            raise _StopError(INTERRUPTED) from None
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run ``args`` and exit with their code."""
        given = list(sys.argv[1:] if args is None else args)
        use_language(_peek_language(given))
        call = super().main

        def run() -> Any:
            return call(
                args=given,
                prog_name=prog_name,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )

        if not standalone_mode:
            return run()
        sys.exit(run_guarded(run, debug="--debug" in given or bool(os.environ.get("BINGDI_DEBUG"))))


def run_guarded(run: Callable[[], object], *, debug: bool) -> int:
    """The exit code of ``run``; what it raises becomes one line, with a traceback before it if ``debug``."""
    try:
        result = run()
    except _StopError as stop:
        return stop.code
    except Exception as error:
        if debug:
            traceback.print_exc()
        line, code = explain_error(error, get_words())
        say(line)
        return code
    return result if isinstance(result, int) else 0


def explain_error(error: Exception, words: Words) -> tuple[str, int]:
    """What to tell the user of an error, and the exit code."""
    if isinstance(error, TyperException):
        return _explain_usage(error, words), error.exit_code
    if isinstance(error, UsageError):
        command = next(iter(getattr(error, "__notes__", ())), "bingdi")
        return words.line("usage", problem=words.problem(error), command=command), WRONG_USAGE
    if isinstance(error, BingdiError):
        return _explain_ours(error, words), WRONG_INPUT
    if isinstance(error, ModuleNotFoundError):
        return _explain_missing(error, words), WRONG_INPUT
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{words.problem(error.strerror)}", WRONG_INPUT
    return words.line("unexpected", kind=type(error).__name__, problem=error), WRONG_INPUT


def _explain_ours(error: BingdiError, words: Words) -> str:
    if isinstance(error, NameNotFoundError):
        near = words.line("nearest", names=", ".join(error.candidates)) if error.candidates else ""
        return words.line("unknown_name", name=error.name) + near
    if isinstance(error, AmbiguousNameError):
        choices = ", ".join(f"{name} ({words.type(kind)}, {key})" for key, name, kind in error.candidates)
        return words.line("ambiguous", name=error.name, choices=choices)
    return words.problem(error)


def _explain_missing(error: ModuleNotFoundError, words: Words) -> str:
    part = error.name or str(error)
    top = part.split(".")[0]
    if top == "bingdi":
        return words.line("missing_part", part=part)
    wanted = f"'.[{EXTRAS[top]}]'" if top in EXTRAS else "."
    return words.line("missing_extra", part=part, wanted=wanted)


def _explain_usage(error: TyperException, words: Words) -> str:
    """The parser's own complaints; the common ones in the language of the run."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    problem = error.format_message().rstrip(".")
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        problem = words.line("no_option", name=getattr(error, "option_name", ""))
        problem += words.line("mean_command", names=", ".join(near)) if near else ""
    elif kind == "MissingParameter":
        problem = words.line("missing_value", name=_name_parameter(getattr(error, "param", None)))
    elif kind == "BadParameter":
        name = _name_parameter(getattr(error, "param", None))
        told = words.problem(getattr(error, "message", problem).rstrip("."))
        problem = words.line("bad_value", name=name, problem=told)
    elif problem == "Missing command":
        problem = words.line("missing_command")
    command = context.command_path if context is not None else "bingdi"
    return words.line("usage", problem=words.problem(problem), command=command)


def _name_parameter(parameter: Any) -> str:
    if parameter is None:
        return "?"
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.display_name_raw)


def fail(line: str) -> NoReturn:
    """Say ``line`` on stderr and end with exit code 1."""
    say(line)
    raise _StopError(WRONG_INPUT)


def _close_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush does not complain of the closed pipe."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _peek_language(args: Sequence[str]) -> str:
    """The value of ``--lang`` before the parser runs: errors of the parser speak it too."""
    found = ""
    for place, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and place + 1 < len(args):
            found = args[place + 1]
        elif arg.startswith("--lang="):
            found = arg.partition("=")[2]
    return found
