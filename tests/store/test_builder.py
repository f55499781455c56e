"""What tells one builder from another: documents are read again when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from bingdi.graph.version import get_builder


def read_builder(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> str:
    """The builder with the models of a folder, or with those that come with bingdi."""
    if folder is None:
        monkeypatch.delenv("BINGDI_MODELS", raising=False)
    else:
        monkeypatch.setenv("BINGDI_MODELS", str(folder))
    get_builder.cache_clear()
    try:
        return get_builder()
    finally:
        get_builder.cache_clear()


@pytest.mark.parametrize("name", ["names.npz", "date_trees.npz", "status.json"])
def test_models_of_ones_own_are_another_builder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_bytes(b"one")
    first = read_builder(monkeypatch, tmp_path)
    assert first == read_builder(monkeypatch, tmp_path)
    assert first != read_builder(monkeypatch, None)
    (tmp_path / name).write_bytes(b"two")
    assert first != read_builder(monkeypatch, tmp_path)
