from __future__ import annotations

import io
import os
import pickle
from pathlib import Path

import pytest
from bingdi.graph.errors import ReadingError
from bingdi.graph.reading import Source, iter_sources, read_documents, read_source, sources

TEXT = "西岭师与东川市签订合作协议。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.md", "sub/deeper/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}:{TEXT}", encoding="utf-8")
    return tmp_path


def read(*paths: str | Path) -> tuple[list[str], list[str]]:
    """Names of the documents read, and problems without their paths."""
    skipped: list[ReadingError] = []
    names = [document.name for document in read_documents(paths, on_skip=skipped.append)]
    return names, [error.problem for error in skipped]


def test_folders_are_read_recursively_and_in_order(folder: Path) -> None:
    assert read(folder) == (["a", "b", "c", "d"], [])


def test_paths_are_read_in_the_order_given(folder: Path) -> None:
    assert read(folder / "b.txt", folder / "a.txt") == (["b", "a"], [])


def test_globs_that_the_shell_left_alone(folder: Path) -> None:
    assert read(f"{folder}/*.txt") == (["a", "b"], [])
    assert read(f"{folder}/**/*.txt") == (["a", "b", "d"], [])
    assert read(f"{folder}/s*") == (["c", "d"], [])


def test_a_name_with_glob_signs_is_a_file_where_it_exists(tmp_path: Path) -> None:
    path = tmp_path / "a[1]*.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read(path) == (["a[1]*"], [])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    documents = list(read_documents(["-"]))
    assert [(found.name, found.text, found.origin) for found in documents] == [("stdin", TEXT, "stdin")]


def test_rows_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = f'{{"text": "{TEXT}", "id": "one"}}\n{{"text": "{TEXT}"}}\n'.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows)))
    assert [found.name for found in read_documents(["-"])] == ["one", "stdin#2"]


def test_what_cannot_be_read_is_named_and_the_run_goes_on(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\u3000\n", encoding="utf-8")
    (folder / "menu.txt").write_text("首页 > 新闻\n打印 关闭", encoding="utf-8")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 3)
    (folder / "gold.json").write_text("{}", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    names, problems = read(folder, folder / "missing.txt", f"{folder}/*.zip", folder / "gold.json")
    assert names == ["a", "b", "c", "d"]
    assert problems == [
        "a hidden or linked folder; give it by name to have it read",
        "a hidden file",
        "holds no text; leave it out, or give the file that holds it",
        "an empty file",
        "unsupported suffix .json; one object a line (.jsonl) is read",
        "a broken link or no regular file",
        "holds no text; leave it out, or give the file that holds it",
        "no known encoding fits its bytes; save it as UTF-8",
        f"unsupported suffix .png; read are {' '.join((*sources.FILES, *sources.TABLES))}",
        "no such file or folder; check the path",
        "matches no file; check the pattern",
        "unsupported suffix .json; one object a line (.jsonl) is read",
    ]


def test_without_on_skip_the_first_problem_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(ReadingError, match=r"empty\.txt: an empty file"):
        list(read_documents([path]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    assert read(folder) == (["b", "c", "d"], ["cannot be read (Permission denied)"])


def test_a_path_with_a_null_character() -> None:
    names, problems = read("a\x00b.txt")
    assert names == []
    assert len(problems) == 1


def test_reading_is_lazy(folder: Path) -> None:
    found = read_documents([folder])
    assert next(found).name == "a"
    (folder / "b.txt").write_text("变了。", encoding="utf-8")
    assert next(found).text == "变了。"


def test_a_file_name_in_gbk(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + "/两地签约的新闻.txt".encode("gbk")
    try:
        Path(os.fsdecode(path)).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert read(tmp_path) == (["两地签约的新闻"], [])


def test_sources_are_small_values_that_a_worker_can_read(folder: Path) -> None:
    found = list(iter_sources([folder]))
    assert found[0] == Source(path=str(folder / "a.txt"))
    assert pickle.loads(pickle.dumps(found)) == found
    assert [document.name for source in found for document in read_source(source)] == ["a", "b", "c", "d"]


def test_a_large_table_is_read_in_parts_with_its_own_line_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PART", 100)
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "\n".join(f'{{"text": "{TEXT}{number}"}}' for number in range(1, 30)) + "\n\nbroken", encoding="utf-8"
    )
    parts = list(iter_sources([path]))
    skipped: list[ReadingError] = []
    documents = [found for part in parts for found in read_source(part, on_skip=skipped.append)]
    assert len(parts) > 5
    assert [found.text for found in documents] == [f"{TEXT}{number}" for number in range(1, 30)]
    assert [found.name for found in documents] == [f"rows#{number}" for number in range(1, 30)]
    assert [error.path for error in skipped] == [f"{path}:31"]
