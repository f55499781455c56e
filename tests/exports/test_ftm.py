"""FollowTheMoney as its own library reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bingdi.exports.attributes import clean_text
from bingdi.exports.ftm import write_ftm
from made_projection import ListProjection, empty_projection, nasty_projection, small_projection

followthemoney = pytest.importorskip("followthemoney", reason="the extra ftm is not installed")


def read(projection: ListProjection, folder: Path) -> dict[str, followthemoney.proxy.EntityProxy]:
    write_ftm(projection, folder / "out.ftm")
    rows = [json.loads(line) for line in (folder / "out.ftm").read_text("utf-8").splitlines()]
    proxies = [followthemoney.model.get_proxy(row, cleaned=False) for row in rows]
    assert len({proxy.id for proxy in proxies}) == len(proxies)
    for row, proxy in zip(rows, proxies, strict=True):
        # Cleaning and checking anew drops nothing: every value was valid.
        assert {name: sorted(proxy.get(name)) for name in row["properties"]} == row["properties"]
        proxy.schema.validate({"properties": row["properties"]})
    return {proxy.id: proxy for proxy in proxies}


@pytest.mark.parametrize("made", [small_projection, nasty_projection, empty_projection])
def test_followthemoney_takes_every_row(made: object, tmp_path: Path) -> None:
    projection = made()
    proxies = read(projection, tmp_path)
    rows = len(projection.node_rows) + len(projection.link_rows) + len(projection.document_rows)
    assert len(proxies) == rows
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert proxies[value].schema.is_a(prop.range), (prop, value)


def test_schemata_and_ends(tmp_path: Path) -> None:
    projection = small_projection()
    proxies = read(projection, tmp_path)
    assert {row.name: proxies[row.id].schema.name for row in projection.node_rows} == {
        "第七师": "PublicBody",
        "乌苏市": "PublicBody",
        "水利共建协议": "Contract",
        "丰收节": "Project",
        "古尔图水库": "Asset",
    }
    for row in projection.link_rows:
        proxy = proxies[row.id]
        assert proxy.schema.name == "UnknownLink"
        assert (proxy.get("subject"), proxy.get("object")) == ([row.head], [row.tail])
        assert proxy.get("proof") == [projection.document_rows[0].id]
        assert proxy.get("summary") == [row.quote]
    festival = next(row for row in projection.link_rows if row.last == "2023-09")
    assert proxies[festival.id].get("startDate") == ["2023"]
    assert proxies[festival.id].get("endDate") == ["2023-09"]
    assert proxies[festival.id].get("status") == ["planned"]


def test_names_and_aliases(tmp_path: Path) -> None:
    projection = nasty_projection()
    proxies = read(projection, tmp_path)
    for row in projection.node_rows:
        # Its library folds white space in names, drops joiners, and takes up to 384 characters.
        seen = clean_text(row.name).translate(dict.fromkeys(map(ord, "\u200d\u200f")))
        want = " ".join(seen.split()) if row.code != "long" else "很长的别名" * 76 + "很长的…"
        assert proxies[row.id].get("name") == [want], row.code


def test_address_that_is_none_becomes_a_note(tmp_path: Path) -> None:
    projection = small_projection()
    good = read(projection, tmp_path)[projection.document_rows[0].id]
    assert good.get("sourceUrl") == ["https://example.org/a?b=1&c=2"]
    assert good.get("notes") == []
    document = projection.document_rows[0]
    odd = type(document)(id=document.id, name="甲", text=document.text, url="见第三版")
    projection.document_rows = [odd]
    found = read(projection, tmp_path)[document.id]
    assert found.get("sourceUrl") == []
    assert found.get("notes") == ["见第三版"]
