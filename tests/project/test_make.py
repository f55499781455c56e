"""The Makefile and .ci/run: targets, messages, and that they name no place of one machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from readmes import ROOT, TARGETS

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")


def run_make(*words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
def test_make_alone_lists_every_target_with_what_it_does() -> None:
    done = run_make()
    shown = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert set(shown) == TARGETS - {"install", "install-dev"}
    assert done.returncode == 0


@needs_make
def test_make_demo_writes_page_and_graph_and_shows_the_neighbours(tmp_path: Path) -> None:
    done = run_make("-n", "demo", f"VENV={tmp_path}/venv")
    builds, asks = (line for line in done.stdout.splitlines() if "bin/bingdi" in line)
    assert "--html out/graph.html --graphml out/graph.graphml" in builds
    assert "neighbours 第十二师" in asks


@needs_make
def test_without_a_python_make_says_what_to_do(tmp_path: Path) -> None:
    done = run_make("install", f"VENV={tmp_path}/venv", "PYTHON=")
    assert done.returncode != 0
    assert "no Python 3.11 or newer was found; name one: make PYTHON=" in done.stderr
    assert not (tmp_path / "venv").exists()


@needs_make
def test_an_environment_that_cannot_be_made_is_not_taken_for_one(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\nmkdir -p '{tmp_path}/venv/bin' && touch '{tmp_path}/venv/bin/python'\nexit 1\n")
    broken.chmod(0o755)
    done = run_make("install", f"VENV={tmp_path}/venv", f"PYTHON={broken}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
    assert not (tmp_path / "venv" / "bin" / "python").exists()


def test_ci_runs_the_readmes_test_command_lint_and_types() -> None:
    assert re.search(r"for step in lint types test\b", CI)
    assert {"lint", "types", "test"} <= TARGETS
    assert CI.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in CI
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this machine")
def test_ci_is_a_script_that_bash_can_read() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


@pytest.mark.parametrize(
    "name", ["Makefile", ".ci/run", "constraints.txt", "pyproject.toml", "README.md", "README.zh-CN.md"]
)
def test_no_package_index_and_no_home_of_one_machine_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"index-url|find-links|trusted-host|--registry|file://|/root/|/home/\w+", text) == []


def test_the_makefile_quotes_the_environment() -> None:
    assert re.findall(r"^\t.*(?<![\"/\w=])\$\(BIN\)/", MAKEFILE, re.M) == []
