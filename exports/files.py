"""Whole files or none: what is written goes to a temporary name in the same folder and is then moved."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..graph.errors import ExportError

BOM = "\ufeff"


def find_target(path: str | Path) -> Path:
    """The place to write to, links followed; raises ExportError where no file can stand."""
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise ExportError(f"{path}: the folder {target.parent} does not exist; make it first")
    if target.is_dir():
        raise ExportError(f"{path}: is a folder; give a file name inside it")
    # Moving over a device or a pipe would replace it, not write to it.
    if target.exists() and not target.is_file():
        raise ExportError(f"{path}: is not an ordinary file; give another name")
    return target


def _temporary(target: Path) -> Path:
    return target.parent / f".bingdi-{secrets.token_hex(6)}.part"


@contextmanager
def writing_files(paths: Sequence[str | Path]) -> Iterator[tuple[Path, ...]]:
    """Temporary paths to write to, moved to ``paths`` at the end; a failure leaves none of them."""
    targets = [find_target(path) for path in paths]
    parts = tuple(_temporary(target) for target in targets)
    try:
        yield parts
        for part, target in zip(parts, targets, strict=True):
            os.replace(part, target)
    except OSError as error:
        raise ExportError(f"{paths[0]}: {error.strerror or error}; choose another place") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


@contextmanager
def writing_file(path: str | Path) -> Iterator[Path]:
    """One temporary path to write to, moved to ``path`` at the end."""
    with writing_files([path]) as (part,):
        yield part


@contextmanager
def writing_text(path: str | Path, *, bom: bool = False) -> Iterator[TextIO]:
    """An open UTF-8 text file with Unix line ends on every system, moved to ``path`` at the end."""
    with writing_file(path) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        if bom:
            out.write(BOM)
        yield out


@contextmanager
def writing_folder(path: str | Path) -> Iterator[Path]:
    """A temporary folder whose files are moved into the folder ``path`` at the end.

    Files of the same names are replaced, others in ``path`` are left alone.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise ExportError(f"{path}: the folder {target.parent} does not exist; make it first")
    if target.exists() and not target.is_dir():
        raise ExportError(f"{path}: is a file; this format writes a folder, give another name")
    part = _temporary(target)
    try:
        part.mkdir()
        yield part
        target.mkdir(exist_ok=True)
        for file in sorted(part.iterdir()):
            os.replace(file, target / file.name)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror or error}; choose another place") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
