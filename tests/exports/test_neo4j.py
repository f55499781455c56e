"""Neo4j's bulk CSV: headers, groups and references."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.neo4j import write_neo4j
from made_projection import NASTY, ListProjection, empty_projection, nasty_projection, small_projection

Tables = dict[str, list[dict[str, str]]]
HEADER = re.compile(r"\w+(:(long|double|boolean|string\[\]|ID\(\w+\)))?|:(START_ID|END_ID)\(\w+\)|:TYPE|:LABEL")


def read(projection: ListProjection, folder: Path) -> Tables:
    write_neo4j(projection, folder / "out.neo4j")
    tables = {}
    for path in sorted((folder / "out.neo4j").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


@pytest.mark.parametrize("projection", [small_projection(), nasty_projection()], ids=["small", "nasty"])
def test_every_reference_is_met_and_every_id_is_there_once(projection: ListProjection, tmp_path: Path) -> None:
    tables = read(projection, tmp_path)
    ids = {}
    for table, group in [("entities", "Entity"), ("documents", "Document"), ("evidence", "Evidence")]:
        found = [row[f"id:ID({group})"] for row in tables[table]]
        assert len(found) == len(set(found))
        ids[group] = set(found)
    for table in ("links", "stands_in", "ends"):
        for row in tables[table]:
            for header, value in row.items():
                if match := re.fullmatch(r":(?:START|END)_ID\((\w+)\)", header):
                    assert value in ids[match[1]]
    assert len(tables["links"]) == len(projection.link_rows)
    assert len(tables["ends"]) == 2 * len(projection.evidence_rows)
    assert len(tables["stands_in"]) == len(projection.evidence_rows)


def test_headers_are_neo4j_s(tmp_path: Path) -> None:
    write_neo4j(empty_projection(), tmp_path / "out.neo4j")
    for path in (tmp_path / "out.neo4j").glob("*.csv"):
        (header,) = path.read_text("utf-8").splitlines()
        for cell in header.split(","):
            assert HEADER.fullmatch(cell), cell


def test_values(tmp_path: Path) -> None:
    projection = small_projection()
    tables = read(projection, tmp_path)
    division = next(row for row in tables["entities"] if row["name"] == "第七师")
    assert division["aliases:string[]"].split("|") == ["七师", "胡杨河市"]
    assert division[":LABEL"].split("|") == ["Entity", "Division"]
    assert division["weight:long"] == "5"
    types = {row["id"]: (row[":TYPE"], row["directed:boolean"]) for row in tables["links"]}
    assert types == {row.id: (row.relation.upper(), str(row.directed).lower()) for row in projection.link_rows}


@pytest.mark.parametrize("key", NASTY)
def test_nasty_names_come_back(key: str, tmp_path: Path) -> None:
    tables = read(nasty_projection(), tmp_path)
    assert clean_text(NASTY[key]) in {row["name"] for row in tables["entities"]}


def test_command_names_every_file_and_is_a_shell_script(tmp_path: Path) -> None:
    write_neo4j(small_projection(), tmp_path / "out.neo4j")
    script = tmp_path / "out.neo4j" / "import.sh"
    subprocess.run(["/bin/sh", "-n", str(script)], check=True)
    named = set(re.findall(r"=(\w+\.csv)", script.read_text("utf-8")))
    assert named == {path.name for path in (tmp_path / "out.neo4j").glob("*.csv")}
