"""The two README files in parts, and their commands read by the real parser."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from bingdi.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
READMES = {
    name: re.sub(r"<!--.*?-->", "", (ROOT / name).read_text("utf-8"), flags=re.S)
    for name in ("README.md", "README.zh-CN.md")
}
GROUP = typer.main.get_command(app)
COMMANDS = {name: command for name, command in GROUP.commands.items() if not command.hidden}
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))


class UnknownCommandError(Exception):
    """A line of a README that would not run."""


def iter_blocks(text: str, language: str) -> Iterator[str]:
    """The inside of each block of code in a language."""
    yield from re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def iter_lines(text: str) -> Iterator[str]:
    """The commands of the shell blocks, without comments and blanks."""
    for block in iter_blocks(text, "sh"):
        for line in block.splitlines():
            if found := shlex.join(shlex.split(line, comments=True)):
                yield found


def iter_tables(text: str) -> Iterator[list[list[str]]]:
    """The body rows of each table as cells."""
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.M):
        rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()]
        yield [[cell.strip() for cell in row] for row in rows[2:]]


def find_table(text: str, first: str) -> list[list[str]]:
    """The table whose first cell below its head holds ``first``."""
    return next(rows for rows in iter_tables(text) if first in rows[0][0])


def iter_prose_codes(text: str) -> Iterator[str]:
    """What stands in back quotes outside the blocks of code."""
    yield from find_codes(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))


def find_codes(cell: str) -> list[str]:
    """What stands in back quotes."""
    return re.findall(r"`([^`]+)`", cell)


def check_line(line: str) -> None:
    """Read a command as the program itself would, without running it; raises UnknownCommandError."""
    program, *words = shlex.split(line)
    check = CHECKS.get(program)
    if check is None:
        raise UnknownCommandError(f"{program}: no program of ours")
    check(words)


def check_bingdi(words: list[str]) -> None:
    if words[0].startswith("-"):
        known = {option for parameter in GROUP.params for option in parameter.opts} | {"--help"}
        if set(words) - known:
            raise UnknownCommandError(f"bingdi {words}")
        return
    if words[0] not in COMMANDS:
        raise UnknownCommandError(f"bingdi has no command {words[0]}")
    try:
        COMMANDS[words[0]].make_context(words[0], words[1:])
    except typer.TyperException as error:
        raise UnknownCommandError(f"bingdi {' '.join(words)}: {error.format_message()}") from error


def check_make(words: list[str]) -> None:
    if unknown := {word for word in words if "=" not in word} - TARGETS:
        raise UnknownCommandError(f"make has no target {unknown}")


def check_install(words: list[str]) -> None:
    if words[0] != "install":
        raise UnknownCommandError(words[0])
    for word in words[1:]:
        extras = re.search(r"\[(.*)\]", word)
        if extras and set(extras[1].split(",")) - set(PROJECT["optional-dependencies"]):
            raise UnknownCommandError(f"no such extra: {word}")


CHECKS = {"bingdi": check_bingdi, "make": check_make, "pip": check_install, "pipx": check_install}
