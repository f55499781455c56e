"""CSV as pandas and polars read it, workbooks as openpyxl and pandas do."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pandas
import polars
import pytest
from bingdi.exports.attributes import clean_text, join_items
from bingdi.exports.tables import disarm, get_table_paths, write_csv, write_xlsx
from made_projection import NASTY, ListProjection, empty_projection, nasty_projection, small_projection


def read_all(projection: ListProjection, folder: Path) -> tuple[pandas.DataFrame, ...]:
    write_csv(projection, folder / "out.csv")
    nodes, links, evidence = (
        pandas.read_csv(path, dtype=str, keep_default_na=False) for path in get_table_paths(folder / "out.csv")
    )
    return nodes, links, evidence


def test_three_files_and_no_other(tmp_path: Path) -> None:
    write_csv(small_projection(), tmp_path / "two.parts.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "two.parts.evidence.csv",
        "two.parts.links.csv",
        "two.parts.nodes.csv",
    ]


def test_pandas_reads_gephi_columns(tmp_path: Path) -> None:
    projection = small_projection()
    nodes, links, evidence = read_all(projection, tmp_path)
    assert list(nodes.columns[:3]) == ["Id", "Label", "type"]
    assert list(links.columns[:7]) == ["Source", "Target", "Type", "Id", "Kind", "Label", "Weight"]
    assert dict(zip(nodes["Id"], nodes["Label"], strict=True)) == {r.id: r.name for r in projection.node_rows}
    names = {row.id: row.name for row in projection.node_rows}
    found = {row["Id"]: row for row in links.to_dict("records")}
    for link in projection.link_rows:
        row = found[link.id]
        assert (row["Source"], row["Target"], row["Kind"]) == (link.head, link.tail, link.relation)
        assert (row["head_name"], row["tail_name"]) == (names[link.head], names[link.tail])
        assert row["Type"] == ("Directed" if link.directed else "Undirected")
        assert int(row["Weight"]) == link.weight
        assert (row["first"], row["last"], row["status"]) == (link.first, link.last, link.status)
        assert row["quote"] == link.quote
    assert len(evidence) == len(projection.evidence_rows)
    text = projection.document_rows[0].text
    for row in evidence.to_dict("records"):
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert row["trigger_start"] == ""


def test_polars_reads_types(tmp_path: Path) -> None:
    write_csv(small_projection(), tmp_path / "out.csv")
    links = polars.read_csv(tmp_path / "out.links.csv")
    assert links["Weight"].dtype == polars.Int64
    assert links["confidence"].dtype == polars.Float64
    assert links["Weight"].sum() == 9


@pytest.mark.parametrize("key", [key for key in NASTY if key not in {"returns"}])
def test_nasty_texts_come_back_harmless(key: str, tmp_path: Path) -> None:
    projection = nasty_projection()
    nodes, links, evidence = read_all(projection, tmp_path)
    want = disarm(clean_text(NASTY[key]))
    assert want in set(nodes["Label"])
    assert want in set(links["quote"])
    assert want in set(evidence["rule"])
    assert want in set(evidence["title"])


def test_line_feed_inside_a_cell_comes_back(tmp_path: Path) -> None:
    write_csv(nasty_projection(), tmp_path / "out.csv")
    with (tmp_path / "out.nodes.csv").open(encoding="utf-8", newline="") as file:
        assert "甲\n乙\n丙\t丁" in {row["Label"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    "text", ["=1+1", "+8613", "-1", "@x", "\tx", "\nx", "＝1", "＋1", "－1", "＠x", '=HYPERLINK("x")']
)
def test_formula_gets_an_apostrophe(text: str) -> None:
    assert disarm(text) == "'" + text


@pytest.mark.parametrize("text", ["", "第七师", "1=1", " =1", "（=1）", "a@b", "'=1", "—1"])
def test_other_text_stays(text: str) -> None:
    assert disarm(text) == text


def test_no_cell_of_any_file_starts_a_formula(tmp_path: Path) -> None:
    write_csv(nasty_projection(), tmp_path / "out.csv")
    for path in get_table_paths(tmp_path / "out.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(tuple("=+-@\t＝＋－＠"))]


def test_bom_is_there_only_when_asked_for(tmp_path: Path) -> None:
    write_csv(small_projection(), tmp_path / "plain.csv")
    write_csv(small_projection(), tmp_path / "excel.csv", bom=True)
    for plain, marked in zip(
        get_table_paths(tmp_path / "plain.csv"), get_table_paths(tmp_path / "excel.csv"), strict=True
    ):
        assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
        assert not plain.read_bytes().startswith(b"\xef")


def test_workbook_has_three_sheets_of_texts(tmp_path: Path) -> None:
    projection = small_projection()
    write_xlsx(projection, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["nodes", "links", "evidence"]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 3
    nodes = list(book["nodes"].values)
    assert nodes[0][:2] == ("Id", "Label")
    assert {row[0]: row[1] for row in nodes[1:]} == {row.id: row.name for row in projection.node_rows}
    links = pandas.read_excel(tmp_path / "out.xlsx", sheet_name="links")
    assert dict(zip(links["Id"], links["Weight"], strict=True)) == {r.id: r.weight for r in projection.link_rows}
    assert book["evidence"].max_row == 1 + len(projection.evidence_rows)


def test_workbook_keeps_nasty_texts_and_runs_none(tmp_path: Path) -> None:
    projection = nasty_projection()
    write_xlsx(projection, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    labels = {row[0].value: row[1].value for row in book["nodes"].iter_rows(min_row=2)}
    assert labels == {row.id: clean_text(row.name) for row in projection.node_rows}
    aliases = {row[0].value: row[3].value for row in book["nodes"].iter_rows(min_row=2)}
    assert aliases == {row.id: join_items(row.aliases) for row in projection.node_rows}


def test_text_longer_than_a_cell_ends_with_an_ellipsis(tmp_path: Path) -> None:
    projection = small_projection()
    document = projection.document_rows[0]
    long, wide = "长" * 40_000, "🤝" * 20_000
    projection.link_rows = []
    projection.evidence_rows = projection.evidence_rows[:2]
    for place, text in enumerate((long, wide)):
        row = projection.evidence_rows[place]
        projection.evidence_rows[place] = type(row)(
            **{name: getattr(row, name) for name in row.__dataclass_fields__ if name != "quote"}, quote=text
        )
    write_xlsx(projection, tmp_path / "out.xlsx")
    header, *rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["evidence"].values
    quotes = sorted(str(row[header.index("quote")]) for row in rows)
    assert quotes[0] == "长" * 32_766 + "…"
    assert quotes[1][-1] == "…"
    assert quotes[1][:-1] == "🤝" * (len(quotes[1]) - 1)
    assert len(quotes[1].encode("utf-16-le")) // 2 <= 32_767
    assert document.text


def test_empty_graph_gives_headers(tmp_path: Path) -> None:
    write_csv(empty_projection(), tmp_path / "out.csv")
    write_xlsx(empty_projection(), tmp_path / "out.xlsx")
    assert [path.read_text("utf-8").count("\n") for path in get_table_paths(tmp_path / "out.csv")] == [
        1,
        1,
        1,
    ]
    assert [sheet.max_row for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx")] == [1, 1, 1]
