"""What ``make demo`` builds from: the corpus as a table that the program's own reader takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bingdi.graph.reading import read_documents
from bingdi.training.corpus import read_corpus
from bingdi.training.demo import iter_rows
from readmes import ROOT

CORPUS = ROOT / "seeds" / "corpus"


def write_text(folder: Path, name: str, *, topic: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.json").write_text(json.dumps({"doc": name, "topic": topic, "url": f"u/{name}"}), "utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_text(tmp_path, "b", topic="xinjiang", text="乙县与丙团共建学校。")
    write_text(tmp_path, "a", topic="elsewhere", text="甲市到丁市考察。")
    write_text(tmp_path, "c", topic="xinjiang", text="丙团\n来信。")
    (tmp_path / "README.md").write_text("no document", "utf-8")
    return tmp_path


def test_rows_of_one_topic_in_the_order_of_their_names(corpus: Path) -> None:
    assert list(iter_rows("xinjiang", corpus=corpus)) == [
        {"name": "b", "url": "u/b", "text": "乙县与丙团共建学校。"},
        {"name": "c", "url": "u/c", "text": "丙团\n来信。"},
    ]


def test_rows_of_other_topics(corpus: Path) -> None:
    assert [row["name"] for row in iter_rows("elsewhere", corpus=corpus)] == ["a"]
    assert [row["name"] for row in iter_rows("all", corpus=corpus)] == ["a", "b", "c"]
    assert list(iter_rows("nowhere", corpus=corpus)) == []


def test_the_program_reads_the_table_as_the_documents_of_the_corpus(tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "bingdi.training.demo"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    table = tmp_path / "corpus.jsonl"
    table.write_bytes(done.stdout)
    wanted = {
        each.document.id: each.document.text
        for each in read_corpus(CORPUS)
        if each.topic == "xinjiang" and not each.further
    }
    found = {document.id: document.text for document in read_documents([table])}
    assert found == wanted
    assert len(found) == 265
