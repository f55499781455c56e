"""The wheel: every module and every table, page and shape that the program reads, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version
from readmes import PROJECT, ROOT

ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
BUILD = "from setuptools import build_meta; build_meta.build_wheel('dist')"
LOOK = """
import sys
import bingdi.cli, bingdi.exports.html, bingdi.graph.build, bingdi.seeds, bingdi.training.demo
from bingdi.graph.gazetteer import load_gazetteer
from bingdi.graph.lexicon import load_lexicon
load_gazetteer(), load_lexicon("relations")
rooms = bingdi.cli, bingdi.exports.html, bingdi.graph.build, bingdi.seeds, bingdi.training.demo
print({module.__file__.startswith(sys.argv[1]) for module in rooms})
print(len(list(bingdi.training.demo.iter_rows("all"))))
"""
TEXT = "甲乙合作办学\n\n第十二师与昌吉市签订合作办学协议，双方将互派教师。\n"


def iter_own_files() -> list[str]:
    """Every file of the rooms as it would stand in the package.

    Caches and hidden files are none, and what the models learned from or are tested on stays in the repository.
    """
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    names = [path.relative_to(ROOT).as_posix() for path in found if path.suffix != ".pyc"]
    left_out = ("/.", "corpus/further/", "corpus/unseen/")
    return sorted(f"bingdi/{name}" for name in names if not any(part in name for part in left_out))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, without the network."""
    if Version(version("setuptools")) < Version("77"):
        pytest.skip("setuptools 77 is needed to build: pip install -c constraints.txt -e '.[dev]'")
    house = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, house)
    subprocess.run([sys.executable, "-c", BUILD], cwd=house, check=True, capture_output=True)
    (found,) = (house / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return sorted(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_every_file_of_the_rooms_and_no_other(names: list[str]) -> None:
    assert [name for name in names if ".dist-info/" not in name] == iter_own_files()


def test_the_wheel_holds_data_of_each_kind(names: list[str]) -> None:
    for start, end in (
        ("bingdi/seeds/gazetteer/", ".csv"),
        ("bingdi/seeds/lexicon/", ".toml"),
        ("bingdi/seeds/corpus/", ".json"),
        ("bingdi/exports/shapes/", ".ttl"),
        ("bingdi/exports/html/", ".html"),
        ("bingdi/exports/html/", ".css"),
        ("bingdi/exports/html/scripts/", ".js"),
    ):
        assert any(name.startswith(start) and name.endswith(end) for name in names), (start, end)


def test_the_wheel_says_what_it_is(wheel: Path, names: list[str]) -> None:
    assert wheel.name == f"bingdi-{PROJECT['version']}-py3-none-any.whl"
    facts = {name.split(".dist-info/")[1]: name for name in names if ".dist-info/" in name}
    with zipfile.ZipFile(wheel) as opened:
        assert b"bingdi = bingdi.cli.main:main" in opened.read(facts["entry_points.txt"])
        assert b"License-Expression: MIT" in opened.read(facts["METADATA"])
    assert "licenses/LICENSE" in facts


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs Python with the unpacked wheel before everything else; the checkout is not in sight."""
    folder = tmp_path_factory.mktemp("apart")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    environment = {**os.environ, "PYTHONPATH": str(folder / "site"), "LC_ALL": "C.UTF-8"}

    def start(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (folder / "one.txt").write_text(TEXT, "utf-8")
    return start


def test_everything_is_read_from_the_wheel(run: Callable[..., str]) -> None:
    site = run("-c", "import os; print(os.environ['PYTHONPATH'])").strip()
    documents = len(list((ROOT / "seeds" / "corpus").glob("*.json")))
    assert run("-c", LOOK, site).splitlines() == ["{True}", str(documents)]
    assert run("-m", "bingdi.cli", "--version") == f"bingdi {PROJECT['version']}\n"


def test_a_graph_is_built_and_shown_from_the_wheel(run: Callable[..., str]) -> None:
    made = run(
        "-m", "bingdi.cli", "build", "one.txt", "--html", "one.html", "--graphml", "one.graphml", "--format", "csv"
    )
    assert "read,1,," in made.splitlines()
    found = run("-m", "bingdi.cli", "show", "第十二师", "--format", "csv").splitlines()
    assert len(found) == 2
    assert ",第十二师,division," in found[1]
    assert "<script" in run("-c", "print(open('one.html', encoding='utf-8').read())")


def test_every_package_folder_is_named_in_pyproject() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("__init__.py")
    }
    named = {f"bingdi.{folder.replace('/', '.')}": folder for folder in folders}
    assert sorted(SETTINGS["packages"]) == sorted(named)
    assert SETTINGS["package-dir"] == named
