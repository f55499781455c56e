"""Files arrive whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bingdi.exports.files import writing_file, writing_files, writing_folder, writing_text
from bingdi.graph.errors import ExportError


def test_text_is_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    with writing_text(tmp_path / "a.txt") as out:
        out.write("甲\n乙\n")
    assert (tmp_path / "a.txt").read_bytes() == "甲\n乙\n".encode()


def test_nothing_under_the_name_before_the_end(tmp_path: Path) -> None:
    with writing_text(tmp_path / "a.txt") as out:
        out.write("甲")
        assert not (tmp_path / "a.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_failure_leaves_nothing(error: type[BaseException], tmp_path: Path) -> None:
    def write() -> None:
        with writing_text(tmp_path / "a.txt") as out:
            out.write("甲")
            raise error

    with pytest.raises(error):
        write()
    assert list(tmp_path.iterdir()) == []


def test_full_disk_is_a_clear_line(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match=r"a\.txt: No space left on device"),
        writing_file(tmp_path / "a.txt"),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_several_files_come_together(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    with writing_files(paths) as parts:
        for part in parts:
            part.write_text(part.name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("make", ["folder", "pipe"])
def test_place_that_is_no_file_stays(make: str, tmp_path: Path) -> None:
    place = tmp_path / "out"
    if make == "folder":
        place.mkdir()
    else:
        os.mkfifo(place)
    with pytest.raises(ExportError, match=r"out: is (a folder|not an ordinary file)"), writing_text(place):
        pass
    assert place.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with writing_text(tmp_path / "link.txt") as out:
        out.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("x")
    with writing_text(tmp_path / "a.txt") as out:
        out.write("x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_folder_over_a_file_is_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with (
        pytest.raises(ExportError, match="is a file; this format writes a folder"),
        writing_folder(tmp_path / "out"),
    ):
        pass
    assert (tmp_path / "out").read_text() == "mine"


def test_folder_that_fails_is_not_there(tmp_path: Path) -> None:
    def write() -> None:
        with writing_folder(tmp_path / "out") as folder:
            (folder / "a").write_text("a")
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        write()
    assert list(tmp_path.iterdir()) == []
