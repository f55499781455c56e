"""The program as a process: pipes that close, completion, encodings, speed of what it imports."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from graphs import make_store, write_random_store

BINGDI = [sys.executable, "-m", "bingdi.cli"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with make_store(tmp_path_factory.mktemp("process")) as opened:
        return opened.path


def run(*args: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "BINGDI", "COLUMNS"))
    }
    return subprocess.run(
        [*BINGDI, *map(str, args)],
        capture_output=True,
        env={**clean, "LC_ALL": "C.UTF-8", **env},
        timeout=60,
        check=False,
    )


def test_the_installed_program_runs() -> None:
    program = Path(sys.executable).with_name("bingdi")
    if not program.exists():
        pytest.skip("bingdi is not installed beside this Python")
    result = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("bingdi ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("question", ["search 号", "timeline --format jsonl", "neighbours 0 --help"])
def test_a_reader_that_leaves_early_is_no_crash(question: str, tmp_path: Path) -> None:
    path = tmp_path / "random.db"
    write_random_store(path, entities=400, links=1200, seed=1)
    program = shlex.join(BINGDI)
    options = shlex.join(["--store", str(path), *(["--limit", "0"] if "search" in question else [])])
    command = f"{program} {question} {options} | head -n 1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(store: Path) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*BINGDI, "stats", "--store", str(store)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr.startswith("bingdi: No space left")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_prints(shell: str) -> None:
    result = run(_BINGDI_COMPLETE=f"source_{shell}")
    assert result.returncode == 0
    assert b"_BINGDI_COMPLETE=complete_" in result.stdout


def test_completion_knows_the_commands_and_options() -> None:
    commands = run(_BINGDI_COMPLETE="complete_bash", COMP_WORDS="bingdi ne", COMP_CWORD="1")
    assert commands.stdout.decode().split() == ["neighbours"]
    options = run(_BINGDI_COMPLETE="complete_bash", COMP_WORDS="bingdi links --le", COMP_CWORD="2")
    assert options.stdout.decode().split() == ["--least-evidence", "--level"]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_any_locale_prints_chinese(store: Path, locale: str) -> None:
    result = run("show", "12师", "--store", store, LC_ALL=locale)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode("utf-8").startswith("第十二师 ")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "gb18030", "utf-8"])
def test_output_for_programs_is_utf8_in_any_encoding(store: Path, encoding: str) -> None:
    result = run("show", "12师", "--store", store, "--format", "json", PYTHONIOENCODING=encoding)
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout.decode("utf-8"))[0]["name"] == "第十二师"


def test_a_terminal_that_lacks_a_character_gets_its_escape(store: Path) -> None:
    result = run("show", "12师", "--store", store, PYTHONIOENCODING="latin-1")
    assert result.returncode == 0
    assert result.stdout.startswith(b"\\u7b2c\\u5341\\u4e8c\\u5e08 ")


def test_questions_load_no_heavy_library(store: Path) -> None:
    program = (
        "import sys\n"
        "from bingdi.cli.main import app\n"
        "try:\n"
        "    app(sys.argv[1:])\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "heavy = {'spacy', 'networkx', 'pypinyin', 'rich', 'numpy', 'pandas', 'trafilatura', 'pyvis'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)\n"
    )
    for question in (
        ["neighbours", "12师"],
        ["links", "12师", "昌吉市"],
        ["path", "昌吉市", "104团"],
        ["search", "师"],
        ["stats"],
    ):
        result = subprocess.run(
            [sys.executable, "-c", program, *question, "--store", str(store)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, "[]\n")


def test_evaluate_needs_no_library_of_training(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("今天天气很好。", encoding="utf-8")
    gold = {"doc": "one", "url": "", "publisher": "", "date": "", "title": "", "entities": [], "links": []}
    (tmp_path / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    missing = ("joblib", "lightgbm", "pycrfsuite", "scipy", "sklearn")
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({missing}))\n"
        "from bingdi.cli.main import main\n"
        f"sys.argv = ['bingdi', 'evaluate', {str(tmp_path)!r}, '--lang', 'en']\n"
        "main()"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("measure ")
