"""Writes a graph in one of the formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..graph.errors import UsageError
from ..graph.network.rows import Projection
from .registry import get_format
from .tables import get_table_paths


def get_outputs(path: str | Path, *, name: str | None = None) -> tuple[Path, ...]:
    """What an export to this path writes: the file or folder itself, or the three files of ``csv``."""
    if get_format(path, name=name).name != "csv":
        return (Path(path),)
    return tuple(get_table_paths(path))


def write_export(
    projection: Projection,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> None:
    """Write ``projection`` to ``path`` in the format named, or in the one that the suffix tells.

    Raises UsageError for an unknown format, suffix or option, ExportError where the file cannot be written or
    the format needs a library that is not installed. What cannot be written whole is not written at all.
    """
    chosen = get_format(path, name=format)
    known = chosen.get_options()
    unknown = sorted(set(options) - set(known))
    if unknown:
        offer = f"it takes {', '.join(known)}" if known else "it takes no options"
        raise UsageError(f"{chosen.name} has no option {', '.join(unknown)}; {offer}")
    lang = options.get("lang", "zh")
    if lang not in {"zh", "en"}:
        raise UsageError(f"no language is called {lang}; there are zh, en")
    chosen.get_writer()(projection, path, **options)
