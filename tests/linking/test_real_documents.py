"""The five real documents beside the repository, where they are present: facts that the graph must tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from bingdi.graph.build import build
from bingdi.graph.model import Selection
from bingdi.graph.network import project
from bingdi.graph.query import find_entity
from bingdi.graph.store import Store

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not present")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "real.db"
    report = build([SEEDS], store_path=path)
    assert (report.read, report.skipped) == (5, ())
    with Store.open(path) as opened:
        yield opened


def partners(store, name, relation):
    key = find_entity(store, name).id
    with project(store, Selection(around=(key,))) as projection:
        names = {node.id: node.name for node in projection.nodes()}
        return {
            names[link.tail if link.head == key else link.head]
            for link in projection.links()
            if link.relation == relation and key in (link.head, link.tail)
        }


def test_everything_is_sound(store):
    assert list(store.verify()) == []


def test_tianjin_aids_the_eleventh_division(store):
    assert "第十一师" in partners(store, "天津", "aids")


def test_the_twelfth_division_builds_with_changji_city(store):
    assert "昌吉市" in partners(store, "十二师", "co_builds")


def test_a_regiment_belongs_to_its_division(store):
    assert "第十二师" in partners(store, "一○四团", "part_of")


def test_nothing_comes_from_page_furniture(store):
    with project(store) as projection:
        quotes = "".join(row.quote for row in projection.evidence())
    for word in ("白癜风", "钙钛矿", "龙芯", "温布尔登", "云投"):
        assert word not in quotes
