"""``build``, ``export``, ``annotate``, ``evaluate``, ``train``: what they call, print and return."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from bingdi.cli.main import app
from bingdi.graph.model import Document, Evidence, Extraction, Link, Mention, Relation, link_id
from bingdi.graph.store import Store
from graphs import make_entity, make_readings, make_store
from typer.testing import CliRunner, Result

PLAIN = {
    "LC_ALL": "C",
    "BINGDI_LANG": "",
    "BINGDI_STORE": "",
    "BINGDI_DEBUG": "",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
    "COLUMNS": "",
}
COUNTY, TEAM = make_entity("locality", "甲县"), make_entity("regiment", "乙团")
SENTENCE = "甲县与乙团合作办学，共同修建通往山口的道路。"


def run(*args: object, **env: str) -> Result:
    return CliRunner().invoke(app, [*map(str, args)], env=PLAIN | env, prog_name="bingdi")


def find_in_sentence(document: Document) -> Extraction:
    """A stand-in for the extraction: it knows 甲县, 乙团 and 合作."""
    places = [(entity, document.text.find(entity.name)) for entity in (COUNTY, TEAM)]
    if any(at < 0 for _, at in places):
        return Extraction(document=document.id)
    mentions = tuple(
        Mention(
            document=document.id,
            start=at,
            end=at + 2,
            surface=entity.name,
            type=entity.type,
            entity=entity.id,
            rule="stand-in",
            score=0.9,
        )
        for entity, at in places
    )
    (head, head_at), (tail, tail_at) = sorted(places, key=lambda place: place[0].id)
    at = document.text.find("合作")
    evidence = Evidence(
        document=document.id,
        start=min(head_at, tail_at),
        end=at + 2,
        head=(head_at, head_at + 2),
        tail=(tail_at, tail_at + 2),
        trigger=(at, at + 2),
        rule="stand-in",
        confidence=0.8,
    )
    relation = Relation.COOPERATES_WITH
    link = Link(
        id=link_id(head.id, relation, tail.id),
        head=head.id,
        relation=relation,
        tail=tail.id,
        evidence=(evidence,),
    )
    return Extraction(document=document.id, mentions=mentions, entities=(COUNTY, TEAM), links=(link,))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to build in, with an extraction that is known by heart."""
    monkeypatch.setattr("bingdi.graph.linking.extractor.extract", find_in_sentence)
    (tmp_path / "one.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(f"{SENTENCE}今天天气很好，大家都来了。", encoding="utf-8")
    return tmp_path


def test_build_reports_what_it_did(folder: Path) -> None:
    store = folder / "out.db"
    result = run("build", folder / "one.txt", folder / "two.txt", "--store", store)
    figures = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert figures == [
        ["2", "documents read"],
        ["0", "unchanged"],
        ["0", "skipped"],
        ["2", "documents in the store"],
        ["2", "entities"],
        ["4", "mentions"],
        ["1", "links"],
        ["2", "evidence"],
    ]
    assert run("verify", "--store", store).exit_code == 0
    again = run("build", folder / "one.txt", "--store", store, "--lang", "zh")
    assert [line.split() for line in again.stdout.splitlines()][:3] == [
        ["0", "新读文档"],
        ["1", "未变文档"],
        ["0", "跳过文档"],
    ]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_the_report_for_programs(folder: Path, form: str) -> None:
    result = run("build", folder / "one.txt", folder / "gone.txt", "--store", folder / "out.db", "--format", form)
    if form == "csv":
        found = [(row["what"], int(row["count"]), row["path"]) for row in csv.DictReader(io.StringIO(result.stdout))]
    else:
        rows = json.loads(result.stdout) if form == "json" else map(json.loads, result.stdout.splitlines())
        found = [(row["what"], row["count"], row["path"]) for row in rows]
    assert found == [
        ("read", 1, ""),
        ("unchanged", 0, ""),
        ("skipped", 1, ""),
        ("documents", 1, ""),
        ("entities", 2, ""),
        ("mentions", 2, ""),
        ("links", 1, ""),
        ("evidence", 1, ""),
        ("skipped", 1, str(folder / "gone.txt")),
    ]


@pytest.mark.parametrize("bad", ["missing", "empty", "broken"])
def test_a_bad_path_is_named_and_the_others_are_read(folder: Path, bad: str) -> None:
    path = folder / {"missing": "gone.txt", "empty": "empty.txt", "broken": "broken.pdf"}[bad]
    if bad == "empty":
        path.write_text("", encoding="utf-8")
    if bad == "broken":
        path.write_bytes(b"%PDF-1.7 nothing that follows is a PDF")
    result = run("build", path, folder / "one.txt", "--store", folder / "out.db")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"skipped: {path}: ")
    assert "1  documents read" in result.stdout
    assert result.stderr == "bingdi: 1 of the given paths could not be read\n"


def test_a_bad_document_in_a_folder_does_not_fail_the_run(folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 no")
    result = run("build", folder, "--store", folder / "out.db")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"skipped: {folder / 'broken.pdf'}: " in result.stdout
    assert "2  documents read" in result.stdout


@pytest.mark.parametrize("bad", ["missing", "empty", "broken", "no text"])
def test_nothing_read_fails_and_makes_nothing(folder: Path, bad: str) -> None:
    path = folder / "in"
    if bad != "missing":
        path.mkdir()
    if bad == "broken":
        (path / "broken.pdf").write_bytes(b"no")
    if bad == "no text":
        (path / "empty.txt").write_text("", encoding="utf-8")
    before = sorted(folder.rglob("*"))
    files = ("--html", folder / "graph.html", "--graphml", folder / "graph.graphml")
    result = run("build", path, "--store", folder / "out.db", *files)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stdout.endswith("0  evidence\n")
    assert sorted(folder.rglob("*")) == before


def test_a_store_that_was_there_stays_where_nothing_is_read(folder: Path) -> None:
    store = folder / "out.db"
    assert run("build", folder / "one.txt", "--store", store).exit_code == 0
    page = folder / "graph.html"
    assert run("build", folder / "gone.txt", "--store", store, "--html", page).exit_code == 1
    assert page.exists()
    assert "甲县" in run("search", "甲县", "--store", store).stdout


def test_build_from_standard_input(folder: Path) -> None:
    store = folder / "out.db"
    result = CliRunner().invoke(
        app, ["build", "-", "--store", str(store)], env=PLAIN, input=SENTENCE.encode(), prog_name="bingdi"
    )
    assert result.exit_code == 0
    assert "1  documents read" in result.stdout


def test_build_refuses_another_programs_file(folder: Path) -> None:
    store = folder / "out.db"
    store.write_text("not a store", encoding="utf-8")
    result = run("build", folder / "one.txt", "--store", store)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert store.read_text(encoding="utf-8") == "not a store"


def test_build_writes_the_page_and_the_file_for_gephi(folder: Path) -> None:
    page, graphml = folder / "graph.html", folder / "graph.graphml"
    result = run("build", folder / "one.txt", "--store", folder / "o.db", "--html", page, "--graphml", graphml)
    assert result.exit_code == 0
    assert result.stderr == (
        f"bingdi: wrote {page}: 2 entities, 1 links\nbingdi: wrote {graphml}: 2 entities, 1 links\n"
    )
    assert "甲县" in graphml.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_a_bar_is_drawn_only_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def build(paths: object, *, progress: Callable[..., None] | None, **options: object) -> object:
        seen.append(progress)
        return real(paths, progress=progress, **options)

    from bingdi.graph.build import build as real

    monkeypatch.setattr("bingdi.graph.build.build", build)
    run("build", folder / "one.txt", "--store", folder / "out.db")
    monkeypatch.setattr("typer.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=True)
    shown = run("build", folder / "two.txt", "--store", folder / "out.db", TERM="xterm")
    assert seen[0] is None
    assert callable(seen[1])
    assert "1  documents read" in shown.stdout


@pytest.mark.parametrize("workers", [1, 2])
def test_dates_that_are_not_understood_are_told_in_one_line(folder: Path, workers: int) -> None:
    path, store = folder / "rows.csv", folder / "out.db"
    dates = ("2024/13/45", "2024-05-06", "May 6 2023", "二〇二三年五月", "", "上周", "未知")
    path.write_text("text,date\n" + "".join(f"第{at}行。,{date}\n" for at, date in enumerate(dates)), encoding="utf-8")
    places = f"{path}:2: 2024/13/45; {path}:4: May 6 2023; {path}:7: 上周; …\n"
    shown = run("build", path, "--store", store, "--workers", workers)
    assert (shown.exit_code, shown.stderr) == (0, f"bingdi: 4 dates are not understood and not used: {places}")
    assert "7  documents read\n0  unchanged\n0  skipped\n" in shown.stdout
    again = run("build", path, "--store", store, "--lang", "zh", "--format", "json")
    assert again.stderr == f"bingdi: 有 4 个日期无法识别，未采用：{places}"
    with Store.open(store) as opened:
        assert opened.count().documents == 7
    path.write_text("text,date\n新的一行。,二〇二三年五月\n", encoding="utf-8")
    assert run("build", path, "--store", store).stderr == ""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with make_store(tmp_path_factory.mktemp("export"), readings=make_readings()) as opened:
        return opened.path


@pytest.mark.parametrize(
    ("args", "holds"),
    [
        (["out.graphml"], "<graphml"),
        (["graphml", "out.xml"], "<graphml"),
        (["GRAPHML", "out.xml"], "<graphml"),
        (["out.gexf"], "<gexf"),
        (["out.jsonl"], '"evidence"'),
        (["out.json"], '"links"'),
        (["out.dot"], "graph"),
        (["out.cypher"], "MERGE"),
        (["out.html"], "<html"),
        (["--simple", "out.graphml"], 'edgedefault="undirected"'),
        (["--mixed", "out.graphml"], 'edgedefault="undirected"'),
        (["--mixed", "graphml", "out.xml"], ' directed="true" label="part_of"'),
    ],
)
def test_export(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], holds: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *args, "--store", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"bingdi: wrote {args[-1]}: 14 entities, 12 links\n"
    text = Path(args[-1]).read_text(encoding="utf-8")
    assert holds in text
    assert [path.name for path in tmp_path.iterdir()] == [args[-1]]


@pytest.mark.parametrize(
    ("filters", "figures"),
    [
        (["--relation", "aids"], "3 entities, 2 links"),
        (["--around", "12师"], "6 entities, 5 links"),
        (["--around", "12师", "--relation", "共建"], "3 entities, 2 links"),
        (["--around", "天津", "--around", "昌吉市"], "5 entities, 3 links"),
        (["--around", "天津", "--depth", "0"], "1 entities, 0 links"),
        (["--since", "2023", "--dated"], "4 entities, 2 links"),
    ],
)
def test_export_filters(store: Path, tmp_path: Path, filters: list[str], figures: str) -> None:
    out = tmp_path / "out.jsonl"
    result = run("export", out, *filters, "--store", store)
    assert (result.exit_code, result.stderr) == (0, f"bingdi: wrote {out}: {figures}\n")


def test_export_of_units_says_what_has_no_place(store: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out.jsonl", "--level", "unit", "--store", store)
    assert result.exit_code == 0
    first, *rest = result.stderr.splitlines()
    assert first.startswith(f"bingdi: wrote {tmp_path / 'out.jsonl'}: ")
    assert all("without a division or locality" in line for line in rest)


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        (["out.xyz"], 2, "out.xyz"),
        (["out"], 2, "out"),
        (["shapefile", "out.shp"], 2, "shapefile"),
        (["--simple", "out.csv"], 2, "simple"),
        (["--mixed", "out.csv"], 2, "mixed"),
        (["--mixed", "out.gexf"], 2, "mixed"),
        (["--bom", "out.gexf"], 2, "bom"),
        (["--depth", "2", "out.gexf"], 2, "--around"),
        (["--depth", "1", "out.gexf"], 2, "--around"),
        (["--simple", "--mixed", "out.graphml"], 2, "mixed"),
        (["nowhere/out.graphml"], 1, "nowhere"),
        (["--around", "第十三师", "out.graphml"], 1, "第十三师"),
        (["--depth", "-1", "out.graphml"], 2, "--depth"),
        (["--dated", "out.graphml"], 2, "--since"),
        (["--field", "医保", "out.graphml"], 2, "医疗"),
        (["html"], 2, "FILE"),
        ([], 2, "FILE"),
    ],
)
def test_what_cannot_be_exported_is_one_line(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *args, "--store", store)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (code, "", 1)
    assert result.stderr.startswith("bingdi: ")
    assert part in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (["--mixed", "out.gexf"], "--mixed is for graphml, not for gexf", "--mixed 只用于 graphml，不用于 gexf"),
        (["--simple", "dot", "out.x"], "--simple is for graphml, not for dot", "--simple 只用于 graphml，不用于 dot"),
        (["--bom", "out.xlsx"], "--bom is for csv, not for xlsx", "--bom 只用于 csv，不用于 xlsx"),
        (
            ["--depth", "1", "out.gexf"],
            "--depth counts steps from --around; give that too",
            "--depth 是距 --around 的步数；请同时给出 --around",
        ),
    ],
)
def test_options_that_would_change_nothing_are_refused(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], english: str, chinese: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang, line in (("en", f"{english} (see "), ("zh", f"{chinese}（参见 ")):
        result = run("export", *args, "--lang", lang, "--store", store)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"bingdi: {line}`bingdi export --help`")
    assert list(tmp_path.iterdir()) == []


def test_an_export_names_every_file_that_it_wrote(store: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out.csv", "--store", store)
    assert all(path.name in result.stderr for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 3


def test_an_export_says_whose_surroundings_it_took(store: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out.jsonl", "--around", "104团", "--level", "unit", "--store", store)
    assert "第十二师" in result.stderr.splitlines()[0]


def test_a_file_for_a_program_does_not_depend_on_the_locale(store: Path, tmp_path: Path) -> None:
    def write(name: str, *options: str, **env: str) -> bytes:
        assert run("export", tmp_path / name, *options, "--store", store, **env).exit_code == 0
        return (tmp_path / name).read_bytes()

    assert write("a.graphml", LC_ALL="C") == write("b.graphml", LC_ALL="zh_CN.UTF-8")
    assert write("c.graphml", "--lang", "en") != write("d.graphml", "--lang", "zh")


def test_verify_lists_what_is_broken(tmp_path: Path) -> None:
    with make_store(tmp_path) as opened:
        path = opened.path
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE mentions SET surface = 'X' WHERE start = 0")
    connection.close()
    result = run("verify", "--store", path)
    count = len(result.stdout.splitlines()) - 1
    assert result.exit_code == 1
    assert count > 0
    assert result.stderr == f"bingdi: {path}: {count} problems; build these documents again\n"
    rows = json.loads(run("verify", "--store", path, "--format", "json").stdout)
    assert len(rows) == count
    assert all(set(row) == {"kind", "id", "problem"} for row in rows)


ANNOTATED = """\
one
【甲县】与【乙团】合作办学，共同修建通往山口的道路。

where  text  type      name  decided by  score
    0  甲县  locality  甲县  stand-in     0.90
    3  乙团  regiment  乙团  stand-in     0.90

"""


def test_a_page_that_cannot_be_written_stops_a_build_before_it_reads(folder: Path) -> None:
    store = folder / "new.db"
    result = run("build", folder / "one.txt", "--store", store, "--html", folder / "gone" / "graph.html")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "gone" in result.stderr
    assert not store.exists()


def test_annotate(folder: Path) -> None:
    result = run("annotate", folder / "one.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(ANNOTATED)
    ends = result.stdout.removeprefix(ANNOTATED).splitlines()
    assert ends[0] in ("甲县 —cooperates with— 乙团", "乙团 —cooperates with— 甲县")
    assert ends[1] in ("    【甲县】与〖乙团〗‹合作›", "    〖甲县〗与【乙团】‹合作›")
    assert ends[2] == "      stand-in; confidence 0.80"
    rows = json.loads(run("annotate", folder / "one.txt", "--format", "json").stdout)
    assert [(row["kind"], row["text"], row["rule"], row["confidence"]) for row in rows] == [
        ("mention", "甲县", "stand-in", 0.9),
        ("mention", "乙团", "stand-in", 0.9),
        ("link", "甲县与乙团合作", "stand-in", 0.8),
    ]
    assert rows[2]["text"][rows[2]["head_start"] : rows[2]["head_end"]] == rows[2]["head"]


def test_annotate_takes_one_document_that_can_be_read(folder: Path) -> None:
    assert run("annotate", folder).exit_code == 2
    assert run("annotate", folder / "gone.txt").exit_code == 1


def test_annotate_writes_a_page(tmp_path: Path) -> None:
    text = "昌吉市与第十二师联合举办<b>西瓜节</b>。"
    (tmp_path / "one.txt").write_text(text, "utf-8")
    page = tmp_path / "one.html"
    words = {
        "zh": ("联合举办", "甲方", "判定依据", "已完成", "地方"),
        "en": ("co-hosts", "from", "decided by", "done", "locality"),
    }
    for lang, known in words.items():
        result = run("annotate", tmp_path / "one.txt", "--html", page, "--lang", lang)
        assert (result.exit_code, result.stderr.count(str(page))) == (0, 1)
        written = page.read_text(encoding="utf-8")
        assert all(word in written for word in known)
        assert "co_hosts" not in written
        assert "<b>" not in written


def test_evaluate_and_train_call_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluate, fit = ModuleType("bingdi.training.evaluate"), ModuleType("bingdi.training.fit")
    figures = {"precision": 0.5, "recall": 0.25, "f1": 1 / 3, "gold": 8, "predicted": 4}
    evaluate.evaluate = lambda folder: {"links": figures, "pairs": replace_figures(figures)}  # type: ignore[attr-defined]
    fit.train = lambda corpus, *, out: [out / "names.bin", out / "links.bin"]  # type: ignore[attr-defined]
    for module in (evaluate, fit):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    shown = run("evaluate", tmp_path)
    assert shown.stdout.splitlines() == [
        "measure  precision  recall     F1  gold  predicted",
        "links        0.500   0.250  0.333     8          4",
        "pairs        0.500   0.250  1.000     8          4",
    ]
    rows = json.loads(run("evaluate", tmp_path, "--format", "json").stdout)
    assert rows[0] == {"measure": "links", **figures}
    trained = run("train", tmp_path, "--out", tmp_path / "models")
    assert trained.stderr == "".join(
        f"bingdi: wrote {tmp_path / 'models' / name}\n" for name in ("names.bin", "links.bin")
    )
    assert run("evaluate", tmp_path / "gone").exit_code == 2
    assert run("train", tmp_path).exit_code == 2


def replace_figures(figures: dict[str, float]) -> dict[str, float]:
    return figures | {"f1": 1.0}


def test_the_stand_in_says_what_is_true() -> None:
    document = make_readings()[0].document
    text = replace(document, text=SENTENCE)
    extraction = find_in_sentence(text)
    for mention in extraction.mentions:
        assert SENTENCE[mention.start : mention.end] == mention.surface
    assert Store is not None
