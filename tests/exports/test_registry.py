"""All formats at once: names, suffixes, options, whole files or none, the same bytes again."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from bingdi.exports import get_format, get_outputs, iter_formats, write_export
from bingdi.graph.errors import ExportError, UsageError
from bingdi.graph.network.rows import LinkRow
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projection import ListProjection, nasty_projection, random_projection, small_projection

NAMES = [form.name for form in iter_formats()]
OURS = [name for name in NAMES if name != "html"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write(name: str, projection: object, folder: Path) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    write_export(projection, folder / f"out{get_format('x', name=name).suffixes[0]}")
    return snapshot(folder)


def test_names_and_suffixes_are_unambiguous() -> None:
    assert len(set(NAMES)) == len(NAMES)
    suffixes = [suffix for form in iter_formats() for suffix in form.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(form.purpose and form.suffixes and callable(form.get_writer()) for form in iter_formats())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out.gexf", "gexf"),
        ("图.GraphML", "graphml"),
        ("a.b.csv", "csv"),
        ("x.ttl", "turtle"),
        ("x.ftm.json", "ftm"),
        ("x.json", "json"),
        ("x.jsonl", "jsonl"),
        ("folder.json/x.gv", "dot"),
        ("x.cyjs", "cytoscape"),
    ],
)
def test_suffix_alone_is_enough(path: str, name: str) -> None:
    assert get_format(path).name == name


def test_name_wins_over_suffix() -> None:
    assert get_format("out.json", name="CYTOSCAPE").name == "cytoscape"


@pytest.mark.parametrize("path", ["out", "out.pdf", "json", "gexf", "out.graphml.bak", ".", ""])
def test_unknown_suffix_is_a_clear_line(path: str) -> None:
    with pytest.raises(UsageError, match=r"no format has this suffix.*\.graphml.*\.dot") as caught:
        get_format(path)
    assert "\n" not in str(caught.value)


def test_unknown_format_is_a_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format is called gephi; there are html, graphml, gexf"):
        write_export(small_projection(), tmp_path / "out.gexf", format="gephi")
    assert list(tmp_path.iterdir()) == []


def test_unknown_option_and_language_are_clear_lines(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gexf has no option simple; it takes mixed, lang"):
        write_export(small_projection(), tmp_path / "out.gexf", simple=True)
    with pytest.raises(UsageError, match="turtle has no option lang; it takes no options"):
        write_export(small_projection(), tmp_path / "out.ttl", lang="zh")
    with pytest.raises(UsageError, match="no language is called fr"):
        write_export(small_projection(), tmp_path / "out.gexf", lang="fr")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", OURS)
def test_outputs_are_what_is_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{get_format('x', name=name).suffixes[0]}"
    write_export(small_projection(), path, format=name)
    assert sorted(tmp_path.iterdir()) == sorted(get_outputs(path, name=name))


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("make", [small_projection, nasty_projection])
def test_same_bytes_again(name: str, make: object, tmp_path: Path) -> None:
    first, second = write(name, make(), tmp_path / "one"), write(name, make(), tmp_path / "two")
    assert first
    assert first == second


@pytest.mark.parametrize("name", OURS)
def test_order_of_making_changes_nothing(name: str, tmp_path: Path) -> None:
    """Rows reach the writer in the order of ids, whatever order they were made in."""
    projection, turned = small_projection(), small_projection()
    turned.node_rows.reverse()
    turned.link_rows.reverse()
    turned.evidence_rows.reverse()
    assert write(name, projection, tmp_path / "one") == write(name, turned, tmp_path / "two")


class Breaking(ListProjection):
    """Breaks in the middle of its links."""

    def links(self) -> Iterator[LinkRow]:
        for place, row in enumerate(super().links()):
            if place == 3:
                raise RuntimeError("the store broke")
            yield row


@pytest.mark.parametrize("name", OURS)
def test_failure_leaves_nothing(name: str, tmp_path: Path) -> None:
    whole = small_projection()
    broken = Breaking(whole.node_rows, whole.link_rows, whole.evidence_rows, whole.document_rows)
    with pytest.raises(RuntimeError, match="the store broke"):
        write_export(broken, tmp_path / f"out{get_format('x', name=name).suffixes[0]}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", OURS)
def test_failure_leaves_the_older_file_as_it_was(name: str, tmp_path: Path) -> None:
    whole = small_projection()
    before = write(name, whole, tmp_path)
    broken = Breaking(whole.node_rows, whole.link_rows, whole.evidence_rows, whole.document_rows)
    with pytest.raises(RuntimeError):
        write(name, broken, tmp_path)
    assert snapshot(tmp_path) == before
    assert list(tmp_path.rglob(".*")) == []


@pytest.mark.parametrize("name", OURS)
def test_missing_folder_is_a_clear_line(name: str, tmp_path: Path) -> None:
    suffix = get_format("x", name=name).suffixes[0]
    with pytest.raises(ExportError, match="does not exist; make it first"):
        write_export(small_projection(), tmp_path / "no" / f"out{suffix}")
    assert list(tmp_path.iterdir()) == []


# By file, not by name: what is named ftm is skipped where followthemoney is not installed, and this need not be.
@pytest.mark.parametrize(
    ("file", "library", "package"),
    [
        ("out.xlsx", "openpyxl", ".[exports]"),
        ("out.parquet", "pyarrow", ".[exports]"),
        ("out.ttl", "rdflib", ".[exports]"),
        ("out.ftm", "followthemoney", ".[ftm]"),
    ],
)
def test_missing_extra_names_what_to_install(
    file: str, library: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = [found for found in sys.modules if found.startswith(f"{library}.")]
    for module in (library, *loaded):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ExportError) as caught:
        write_export(small_projection(), tmp_path / file)
    chosen = get_format(file)
    assert str(caught.value) == f"{chosen.name} needs {library}: pip install '{package}' in the folder of the project"
    assert list(tmp_path.iterdir()) == []
    assert package == f".[{chosen.extra}]"


def test_every_extra_is_one_of_the_package_and_brings_the_library() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert {form.extra for form in iter_formats() if form.extra} == {"exports", "ftm"} <= set(extras)
    assert any(found.startswith("followthemoney") for found in extras[get_format("x.ftm").extra])


@pytest.mark.parametrize("name", [form.name for form in iter_formats() if not form.extra and form.name != "html"])
def test_plain_install_is_enough_where_no_extra_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extras = {"openpyxl", "pyarrow", "rdflib", "followthemoney", "igraph", "pandas", "scipy", "lxml"}
    for module in [found for found in sys.modules if found.partition(".")[0] in extras] + sorted(extras):
        monkeypatch.setitem(sys.modules, module, None)
    assert write(name, small_projection(), tmp_path)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    nodes=st.integers(0, 25),
    links=st.integers(0, 60),
    name=st.sampled_from(["graphml", "gexf", "csv", "jsonld", "cypher", "neo4j", "jsonl", "json", "cytoscape", "dot"]),
)
def test_any_graph_is_written(seed: int, nodes: int, links: int, name: str, tmp_path: Path) -> None:
    projection = random_projection(seed, nodes=max(nodes, 3 if links else 0), links=links)
    assert write(name, projection, tmp_path)
