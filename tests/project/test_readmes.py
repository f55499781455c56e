"""The README files against the program: what they name exists, and what exists is named."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from bingdi.cli import rows
from bingdi.cli.messages import RELATIONS, TYPES
from bingdi.exports import iter_formats
from packaging.requirements import Requirement
from readmes import (
    COMMANDS,
    GROUP,
    PROJECT,
    READMES,
    ROOT,
    TARGETS,
    UnknownCommandError,
    check_line,
    find_codes,
    find_table,
    iter_blocks,
    iter_lines,
    iter_prose_codes,
    iter_tables,
)

ENGLISH, CHINESE = READMES.values()
EACH = pytest.mark.parametrize("text", READMES.values(), ids=READMES)
LINES = sorted({line for text in READMES.values() for line in iter_lines(text)})
FIELDS = {
    "neighbours": rows.NEIGHBOUR,
    "links": rows.STATEMENT,
    "path": ("path", "step", *rows.ENDS, "links"),
    "timeline": ("links",),
    "timeline --by": rows.PERIOD,
    "show": rows.PORTRAIT,
    "search": rows.HIT,
    "stats": rows.COUNT,
    "verify": rows.PROBLEM,
    "build": rows.BUILD,
    "annotate": rows.ANNOTATION,
    "evaluate": rows.FIGURES,
}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders that the examples speak of."""
    for name in ("news", "my-gold"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize("line", LINES)
def test_every_command_runs_as_it_stands(line: str) -> None:
    check_line(line)


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    "line",
    [
        "bingdi neighbors-of 第十二师",
        "bingdi neighbours 第十二师 --sinse 2020",
        "bingdi neighbours",
        "bingdi links 第十二师",
        "bingdi path 天津 第十一师 --steps many",
        "bingdi evaluate no-such-folder",
        "bingdi train my-gold",
        "bingdi --colour",
        "make everything",
        "pip install '.[everything]'",
        "sudo rm README.md",
    ],
)
def test_a_wrong_command_would_be_seen(line: str) -> None:
    with pytest.raises(UnknownCommandError):
        check_line(line)


def test_both_languages_show_the_same_commands() -> None:
    assert list(iter_lines(ENGLISH)) == list(iter_lines(CHINESE))


def measure_table(table: list[list[str]]) -> list[int]:
    return [len(row) for row in table]


def test_both_languages_hold_the_same_tables() -> None:
    ours, theirs = (list(map(measure_table, iter_tables(text))) for text in (ENGLISH, CHINESE))
    assert ours == theirs


@EACH
def test_the_two_commands_come_first(text: str) -> None:
    assert list(iter_lines(text))[:2] == ["make demo", "make test"]
    assert text.index("make demo") < text.index("\n## ")
    assert text.index("make test\n") < text.index("\n## ")


@EACH
def test_every_command_is_shown(text: str) -> None:
    shown = {line.split()[1] for line in iter_lines(text) if line.startswith("bingdi ")}
    assert set(COMMANDS) - shown == set()


@EACH
def test_every_option_in_the_prose_exists(text: str) -> None:
    known = {
        option
        for command in (GROUP, *COMMANDS.values())
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    named = {option for code in iter_prose_codes(text) for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code)}
    assert named
    assert named - known == set()


@EACH
def test_every_make_target_in_the_prose_exists(text: str) -> None:
    lines = [line for code in iter_prose_codes(text) for line in re.findall(r"\bmake ([a-z -]+)", code)]
    named = {target for line in lines for target in line.split()}
    assert {"demo", "test", "lint", "types", "train", "evaluate", "bench", "test-gephi"} <= named
    assert named - TARGETS == set()


@EACH
def test_the_fields_of_rows_are_those_of_the_program(text: str) -> None:
    table = find_table(text, "`neighbours`")
    found = {find_codes(name)[0]: tuple(find_codes(fields)) for name, fields in table}
    assert found == FIELDS


@EACH
def test_types_and_relations_are_those_of_the_model(text: str) -> None:
    for names, first in ((TYPES, "`corps`"), (RELATIONS, "`aids`")):
        found = [(find_codes(row[0])[0], row[1]) for row in find_table(text, first)]
        assert found == [(str(key), chinese) for key, (_, chinese) in names.items()]


@EACH
def test_every_format_is_in_the_table(text: str) -> None:
    table = find_table(text, "`gexf`")
    assert sorted(name for row in table for name in find_codes(row[0])) == sorted(form.name for form in iter_formats())
    for row in table:
        names, files = find_codes(row[0]), " ".join(find_codes(row[1]))
        for form in iter_formats():
            if form.name in names:
                assert any(suffix in files for suffix in form.suffixes), form.name


@EACH
def test_every_library_is_named(text: str) -> None:
    extras = PROJECT["optional-dependencies"]
    wanted = [
        *PROJECT["dependencies"],
        *(line for name in ("exports", "ftm", "train") for line in extras[name]),
    ]
    table = find_table(text, "`spacy`")
    assert sorted(name for row in table for name in find_codes(row[0])) == sorted(
        Requirement(line).name for line in wanted
    )


@EACH
def test_every_extra_for_users_is_named(text: str) -> None:
    named = {extra for line in iter_lines(text) for extra in re.findall(r"\[(\w+)\]", line)}
    assert named == set(PROJECT["optional-dependencies"]) - {"dev"}


@EACH
def test_every_room_is_in_the_layout(text: str) -> None:
    layout = next(block for block in iter_blocks(text, "text") if block.startswith("seeds/"))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"tests", "benchmarks"}
    assert set(re.findall(r"^([a-z]+)/", layout, re.M)) == rooms


@EACH
def test_links_lead_somewhere(text: str) -> None:
    links = [link for link in re.findall(r"(?<!`)\]\(([^)]+)\)", text) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


@EACH
def test_python_examples_name_what_exists(text: str) -> None:
    blocks = list(iter_blocks(text, "python"))
    assert blocks
    for block in blocks:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom):
                module = importlib.import_module(str(node.module))
                assert all(hasattr(module, alias.name) for alias in node.names)


@EACH
def test_variables_are_those_that_the_program_reads(text: str) -> None:
    code = "".join(
        path.read_text("utf-8") for room in ("cli", "graph", "exports") for path in (ROOT / room).rglob("*.py")
    )
    assert set(re.findall(r"BINGDI_[A-Z]+", text)) == set(re.findall(r"BINGDI_[A-Z]+", code))


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[({re.escape(PROJECT['version'])}|Unreleased)\]", text, re.M)
