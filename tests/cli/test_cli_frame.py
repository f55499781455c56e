"""The frame: help, version, completion, languages, wrong input of every kind, exit codes."""
# ruff: noqa: E501 - lines as they are printed

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from bingdi.cli.catalogue import CHINESE
from bingdi.cli.frame import explain_error
from bingdi.cli.help import read_paragraphs
from bingdi.cli.main import app
from bingdi.cli.messages import HEADINGS, LINES, RELATIONS, STATUSES, TYPES, Words, detect_language
from bingdi.exports.palette import RELATION_CAPTIONS, TYPE_CAPTIONS
from bingdi.graph.errors import StoreError, UsageError
from bingdi.graph.model import EntityType, Relation, Status
from graphs import CHANGJI, Reading, make_document, make_entity, make_readings, make_store
from typer.main import get_command
from typer.testing import CliRunner, Result

PLAIN = {
    "LC_ALL": "C",
    "BINGDI_LANG": "",
    "BINGDI_STORE": "",
    "BINGDI_DEBUG": "",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
    "COLUMNS": "",
}
QUESTIONS = (
    ("neighbours", "12师"),
    ("links", "12师", "昌吉市"),
    ("path", "昌吉市", "一〇四团"),
    ("show", "12师"),
    ("search", "昌吉"),
    ("stats",),
    ("timeline",),
    ("timeline", "12师", "--by", "year"),
    ("verify",),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    farms = (
        Reading(make_document("红旗农场迎客。", name=kind), make_entity(kind, "红旗农场"))
        for kind in ("regiment", "institution")
    )
    with make_store(tmp_path_factory.mktemp("frame"), readings=(*make_readings(), *farms)) as opened:
        return opened.path


def run(*args: object, store: Path | None = None, **env: str) -> Result:
    given = [str(arg) for arg in args] + (["--store", str(store)] if store else [])
    return CliRunner().invoke(app, given, env=PLAIN | env, prog_name="bingdi")


def test_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("bingdi 0.")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command(option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: bingdi [OPTIONS] COMMAND [ARGS]...\n")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"\n  {name} " in result.stdout


def test_help_of_a_command() -> None:
    result = run("links", "--help")
    assert result.stdout.startswith("Usage: bingdi links [OPTIONS] A B\n\nEvery relation between A and B")
    assert "  --relation RELATION  " in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 100


@pytest.mark.parametrize(
    ("args", "env"), [(["--lang", "zh"], {}), ([], {"LC_ALL": "zh_CN.UTF-8"}), ([], {"BINGDI_LANG": "zh"})]
)
def test_help_in_chinese(args: list[str], env: dict[str, str]) -> None:
    result = run("neighbours", "--help", *args, **env)
    assert result.stdout.startswith("用法： bingdi neighbours [选项] NAME\n")
    assert "距该实体的步数。" in result.stdout
    assert "Steps" not in result.stdout


def test_every_text_of_every_help_page_has_a_translation() -> None:
    group = get_command(app)
    texts: set[str] = set()
    for command in (group, *group.commands.values()):  # type: ignore[attr-defined]
        texts.update(read_paragraphs(command))
        texts.update(parameter.help for parameter in command.params if parameter.help)
        texts.update(f"{parameter.rich_help_panel}:" for parameter in command.params if parameter.rich_help_panel)
    assert texts - CHINESE.keys() == set()
    # And the other way: what no page says is not translated.
    frame = {text for text in CHINESE if text.startswith(("Install", "Show completion", "Show this")) or len(text) < 25}
    assert CHINESE.keys() - texts - frame == set()


@pytest.mark.parametrize("name", ["neighbours", "neighbors", "neighbour", "neighbor"])
def test_neighbours_in_every_spelling(store: Path, name: str) -> None:
    result = run(name, "12师", store=store)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "昌吉市" in result.stdout


@pytest.mark.parametrize(
    ("args", "code", "line"),
    [
        (["nope"], 2, "bingdi: no command is called nope (see `bingdi --help`)\n"),
        (["serch", "x"], 2, "bingdi: no command is called serch; did you mean search? (see `bingdi --help`)\n"),
        (["--nope"], 2, "bingdi: no option is called --nope (see `bingdi --help`)\n"),
        (["stats", "--stroe", "x"], 2, "bingdi: no option is called --stroe; did you mean --store, --type? (see `bingdi stats --help`)\n"),
        (["neighbours"], 2, "bingdi: NAME is missing (see `bingdi neighbours --help`)\n"),
        (["links", "12师"], 2, "bingdi: B is missing (see `bingdi links --help`)\n"),
        (["build"], 2, "bingdi: PATH... is missing (see `bingdi build --help`)\n"),
        (["stats", "--format", "xml"], 2, "bingdi: --format: xml is none of table, json, jsonl, csv (see `bingdi stats --help`)\n"),
        (["stats", "--lang", "fr"], 2, "bingdi: --lang: fr is none of zh, en (see `bingdi stats --help`)\n"),
        (["--lang", "fr", "stats"], 2, "bingdi: --lang: fr is none of zh, en (see `bingdi stats --help`)\n"),
        (["timeline", "--by", "week"], 2, "bingdi: --by: week is none of year, month (see `bingdi timeline --help`)\n"),
        (["stats", "--level", "town"], 2, "bingdi: --level: town is none of entity, unit (see `bingdi stats --help`)\n"),
        (["stats", "--since", "soon"], 2, "bingdi: --since: soon is no date; write 2023, 2023-08 or 2023-08-11 (see `bingdi stats --help`)\n"),
        (["stats", "--until", "2023-13"], 2, "bingdi: --until: 2023-13 is no date; write 2023, 2023-08 or 2023-08-11 (see `bingdi stats --help`)\n"),
        (["stats", "--until", "2023-02-30"], 2, "bingdi: --until: 2023-02-30 is no date; write 2023, 2023-08 or 2023-08-11 (see `bingdi stats --help`)\n"),
        (["stats", "--since", "2024", "--until", "2023"], 2, "bingdi: --since 2024 lies after --until 2023 (see `bingdi stats --help`)\n"),
        (["stats", "--min-confidence", "1.5"], 2, "bingdi: --min-confidence: 1.5 is not between 0 and 1 (see `bingdi stats --help`)\n"),
        (["stats", "--status", "over"], 2, "bingdi: --status: over is none of done (已完成), ongoing (进行中), planned (计划中) (see `bingdi stats --help`)\n"),
        (["search", "  "], 2, "bingdi: the text to look for is empty (see `bingdi search --help`)\n"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_exit_code_2(args: list[str], code: int, line: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", line)


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (("--relation", "helps"), [str(relation) for relation in Relation] + ["援助", "共建"]),
        (("--type", "town"), [str(kind) for kind in EntityType] + ["团场"]),
        (("--relation", "aids,helps"), ["helps is none of aids"]),
    ],
)
def test_a_wrong_choice_lists_the_right_ones(args: tuple[str, ...], options: list[str]) -> None:
    result = run("stats", *args)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert all(option in result.stderr for option in options)


@pytest.mark.parametrize(
    ("option", "value"), [("--depth", "x"), ("--depth", "0"), ("--limit", "-1"), ("--least-evidence", "0")]
)
def test_wrong_numbers(option: str, value: str) -> None:
    result = run("neighbours", "12师", option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"bingdi: {option}: ")
    assert result.stderr.count("\n") == 1


def test_too_many_arguments() -> None:
    result = run("stats", "extra")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "extra" in result.stderr


def test_no_arguments_show_the_help_and_fail() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: bingdi ")


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_missing_store_says_what_to_do(question: tuple[str, ...], tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    result = run(*question, store=missing)
    line = f"bingdi: {missing}: no such store; run `bingdi build PATH… --store {missing}` first\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", line)
    assert not missing.exists()


def test_the_store_may_come_from_the_environment(store: Path) -> None:
    assert run("show", "12师", BINGDI_STORE=str(store)).exit_code == 0
    assert run("show", "12师", BINGDI_STORE=str(store) + "x").exit_code == 1


def write_foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize(
    "make",
    [write_foreign_database, lambda path: path.write_text("hello"), lambda path: path.write_bytes(b"")],
)
def test_another_programs_file_is_refused(question: tuple[str, ...], make: object, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    result = run(*question, store=path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"bingdi: {path}: ")
    assert result.stderr.count("\n") == 1
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    result = run("stats", store=tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("第十三师", "bingdi: no entity is named 第十三师; nearest: 第十一师, 第十二师\n", "bingdi: 没有名为“第十三师”的实体；相近的有：第十一师, 第十二师\n"),
        ("zzzz", "bingdi: no entity is named zzzz\n", "bingdi: 没有名为“zzzz”的实体\n"),
    ],
)  # fmt: skip
def test_an_unknown_name(store: Path, name: str, english: str, chinese: str) -> None:
    for question in (
        ("neighbours", name),
        ("links", "12师", name),
        ("path", name, "12师"),
        ("show", name),
        ("timeline", name),
    ):
        result = run(*question, store=store)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", english)
        assert run(*question, "--lang", "zh", store=store).stderr == chinese


def test_an_ambiguous_name_gives_the_choice(store: Path) -> None:
    result = run("show", "红旗农场", store=store)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("bingdi: 红旗农场 names several entities: 红旗农场 (")
    assert result.stderr.count("\n") == 1
    ids = [part.split(", ")[1] for part in result.stderr.split("(")[1:] for part in [part.split(")")[0]]]
    assert len(ids) == 2
    for key in ids:
        assert key in run("show", key, store=store).stdout


def test_a_short_name_that_may_mean_more_is_told(store: Path) -> None:
    result = run("show", "昌吉", store=store)
    assert result.exit_code == 0
    assert result.stdout.startswith("昌吉回族自治州 ")
    assert result.stderr == "bingdi: 昌吉 is taken as 昌吉回族自治州; there is 昌吉市 too\n"


@pytest.mark.parametrize("command", ["links", "path"])
def test_two_names_of_one_entity(store: Path, command: str) -> None:
    result = run(command, "12师", "第十二师", store=store)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"bingdi: 12师 and 第十二师 are the same entity; give two (see `bingdi {command} --help`)\n"


@pytest.mark.parametrize("place", ["before", "after"])
def test_debug_adds_the_traceback(store: Path, place: str) -> None:
    args = ["show", "zzzz", "--store", store]
    result = run(*(["--debug", *args] if place == "before" else [*args, "--debug"]))
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert result.stderr.endswith("bingdi: no entity is named zzzz\n")
    assert "Traceback" in run(*args, BINGDI_DEBUG="1").stderr
    assert "Traceback" not in run(*args).stderr


def test_an_unexpected_error_is_one_line_too(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("bingdi.cli.look.stats", fall)
    result = run("stats", store=store)
    assert result.exit_code == 1
    assert (
        result.stderr
        == "bingdi: unexpected ZeroDivisionError: division by zero; run again with --debug and report it\n"
    )
    assert "Traceback" in run("stats", "--debug", store=store).stderr


def test_control_c_is_one_line_and_130(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bingdi.cli.look.stats", stop)
    result = run("stats", store=store)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "bingdi: interrupted\n")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN", "BINGDI_LANG": "en"}, "en"),
        ({"LANG": "C", "BINGDI_LANG": "zh"}, "zh"),
        ({"LANG": "", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zhuang"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_follows_the_locale(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert detect_language(environment) == language


def test_every_word_stands_in_both_languages() -> None:
    for table in (RELATIONS, TYPES, STATUSES, HEADINGS, LINES):
        for english, chinese in table.values():  # type: ignore[attr-defined]
            assert english
            assert chinese
    assert set(RELATIONS) == set(Relation)
    assert set(TYPES) == set(EntityType)
    assert set(STATUSES) == set(Status)
    for english, chinese in LINES.values():
        assert {part.split("}")[0] for part in english.split("{")[1:]} == {
            part.split("}")[0] for part in chinese.split("{")[1:]
        }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_relations_and_types_are_called_as_in_the_files(language: str) -> None:
    words = Words(language=language)
    assert {kind: words.type(kind) for kind in EntityType} == TYPE_CAPTIONS[language]
    assert {relation: words.relation(relation) for relation in Relation} == RELATION_CAPTIONS[language]


@pytest.mark.parametrize(
    ("error", "line", "code"),
    [
        (StoreError("x.db: is broken"), "x.db: is broken", 1),
        (UsageError("no format is called y"), "no format is called y (see `bingdi --help`)", 2),
        (FileNotFoundError(2, "No such file or directory", "a.txt"), "a.txt: No such file or directory", 1),
        (OSError(28, "No space left on device"), "No space left on device", 1),
        (ModuleNotFoundError("no", name="openpyxl"), "openpyxl is not installed; run `pip install '.[exports]'` in the folder of the project", 1),
        (ModuleNotFoundError("no", name="scipy.sparse"), "scipy.sparse is not installed; run `pip install '.[train]'` in the folder of the project", 1),
        (ModuleNotFoundError("no", name="rjieba"), "rjieba is not installed; run `pip install .` in the folder of the project", 1),
        (ModuleNotFoundError("no", name="followthemoney.proxy"), "followthemoney.proxy is not installed; run `pip install '.[ftm]'` in the folder of the project", 1),
        (ModuleNotFoundError("no", name="bingdi.graph.x"), "bingdi.graph.x is not part of this installation; install bingdi anew", 1),
    ],
)  # fmt: skip
def test_errors_become_lines(error: Exception, line: str, code: int) -> None:
    assert explain_error(error, Words()) == (line, code)


def test_the_entity_of_the_fixture_is_what_the_tests_think() -> None:
    assert CHANGJI.name == "昌吉市"
