"""Parquet as pandas and polars read it."""

from __future__ import annotations

from pathlib import Path

import pandas
import polars
import pytest
from bingdi.exports import parquet
from bingdi.exports.attributes import (
    document_attributes,
    evidence_attributes,
    link_attributes,
    node_attributes,
)
from bingdi.exports.parquet import write_parquet
from made_projection import empty_projection, nasty_projection, small_projection


@pytest.mark.parametrize("projection", [small_projection(), nasty_projection()], ids=["small", "nasty"])
def test_polars_reads_every_row(projection: object, tmp_path: Path) -> None:
    write_parquet(projection, tmp_path / "out.parquet")
    for name, rows, flatten in [
        ("nodes", projection.nodes(), node_attributes),
        ("links", projection.links(), link_attributes),
        ("evidence", projection.evidence(), evidence_attributes),
        ("documents", projection.documents(), document_attributes),
    ]:
        assert polars.read_parquet(tmp_path / "out.parquet" / f"{name}.parquet").to_dicts() == [*map(flatten, rows)]


def test_pandas_reads_types(tmp_path: Path) -> None:
    write_parquet(small_projection(), tmp_path / "out.parquet")
    links = pandas.read_parquet(tmp_path / "out.parquet" / "links.parquet")
    assert links["weight"].sum() == 9
    assert links["directed"].dtype == bool
    assert links["confidence"].dtype == float
    evidence = pandas.read_parquet(tmp_path / "out.parquet" / "evidence.parquet")
    assert evidence["trigger_start"].isna().all()
    joined = evidence.merge(
        pandas.read_parquet(tmp_path / "out.parquet" / "documents.parquet"), left_on="document", right_on="id"
    )
    assert all(row.text[row.start : row.end] == row.quote for row in joined.itertuples())


def test_types_are_the_same_without_rows(tmp_path: Path) -> None:
    write_parquet(small_projection(), tmp_path / "full.parquet")
    write_parquet(empty_projection(), tmp_path / "empty.parquet")
    for name in ("nodes", "links", "evidence", "documents"):
        full, empty = (
            polars.read_parquet(tmp_path / f"{kind}.parquet" / f"{name}.parquet") for kind in ("full", "empty")
        )
        assert full.schema == empty.schema
        assert len(empty) == 0


def test_batches_join_without_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    projection = small_projection()
    monkeypatch.setattr(parquet, "_BATCH", 2)
    write_parquet(projection, tmp_path / "out.parquet")
    links = polars.read_parquet(tmp_path / "out.parquet" / "links.parquet")
    assert links["id"].to_list() == [row.id for row in projection.links()]


def test_texts_can_stay_out(tmp_path: Path) -> None:
    write_parquet(small_projection(), tmp_path / "out.parquet", text=False)
    documents = polars.read_parquet(tmp_path / "out.parquet" / "documents.parquet")
    assert documents["text"].to_list() == [""]
    assert documents["title"].to_list() == ["两地共建水利"]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").mkdir()
    (tmp_path / "out.parquet" / "mine.txt").write_text("x")
    write_parquet(small_projection(), tmp_path / "out.parquet")
    write_parquet(small_projection(), tmp_path / "out.parquet")
    assert sorted(path.name for path in (tmp_path / "out.parquet").iterdir()) == [
        "documents.parquet",
        "evidence.parquet",
        "links.parquet",
        "mine.txt",
        "nodes.parquet",
    ]
