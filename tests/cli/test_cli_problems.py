"""Problems in Chinese: every error that the library raises on purpose has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from bingdi.cli.problems import PROBLEMS, translate_problem
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
TOLD = {"ReadingError", "UsageError", "StoreError", "ExportError", "ModelError", "DateError"}
AUTHORS = (
    "the two that belong together",
    "clean Unicode",
    "an entity twice",
    "but does not hold it",
    "has no evidence",
    "holds a mention or evidence",
    "an end tag or a comment of HTML",
)
"""What only a program that feeds the library wrongly can meet."""


def _write(node: ast.expr) -> str:
    """The words of a string expression, ``{}`` for what changes; empty for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join("{}" if isinstance(part, ast.FormattedValue) else _write(part) for part in node.values)
    return ""


def _iter_messages() -> Iterator[tuple[str, str]]:
    """File and words of each error that is raised with words of its own."""
    for path in sorted(path for room in ("graph", "exports", "training") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in TOLD and node.args and (words := _write(node.args[-1])):
                yield path.name, words


MESSAGES = [(file, words) for file, words in _iter_messages() if not any(part in words for part in AUTHORS)]


def test_the_errors_were_found() -> None:
    assert len(MESSAGES) > 45
    assert ("pages.py", "broken page ({})") in MESSAGES


@pytest.mark.parametrize(("file", "words"), MESSAGES, ids=lambda value: value[:60])
def test_every_problem_is_told_in_chinese(file: str, words: str) -> None:
    problem = words.replace("{}", "Q7")
    told = translate_problem(problem)
    assert told != problem
    assert told.count("Q7") == problem.count("Q7")


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("a.pdf: a broken PDF (Failed to load)", "a.pdf：PDF 已损坏（Failed to load）"),
        ("a: b.txt: an empty file", "a: b.txt：空文件"),
        ("x.doc: unsupported suffix .doc; save it as .docx", "x.doc：不支持的后缀 .doc；请另存为 .docx"),
        ("s.db: cannot be read (database is locked); build it anew", "s.db：无法读取（数据库正被占用）；请重新构建"),
        ("o/g.gexf: Permission denied; choose another place", "o/g.gexf：没有权限；请换一个位置"),
        ("n.csv:3: the date 前年 is not understood; write 2023, 2023-08 or 2023-08-11",
         "n.csv:3：日期 前年 无法识别；请写作 2023、2023-08 或 2023-08-11"),
        ("Got unexpected extra argument(s) (b c)", "多出的参数：b c"),
        ("Option '--store' requires an argument", "选项 '--store' 后面缺少值"),
        ("something that nobody foresaw", "something that nobody foresaw"),
    ],
)  # fmt: skip
def test_places_and_causes_keep_their_words(problem: str, told: str) -> None:
    assert translate_problem(problem) == told


@given(st.text(max_size=40))
def test_what_changes_is_kept(text: str) -> None:
    told = translate_problem(f"a broken PDF ({text})")
    assert told.startswith("PDF 已损坏（") or "：" in told
    assert translate_problem(text) in told


def test_each_form_keeps_as_many_places_as_its_translation() -> None:
    assert [form for form, told in PROBLEMS.items() if form.count("{}") != told.count("{}")] == []
