"""Builds: once, again, in several processes, over bad documents; the store is the same and whole."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import fake_extraction
import pytest
from bingdi.graph.build import Progress, build
from bingdi.graph.errors import BingdiError, StoreError
from bingdi.graph.store import Store
from bingdi.graph.version import get_builder

TEXTS = [
    "东河县与西河团合作。",
    "西河团与南河市合作，北河县没有。",
    "东河县与西河团再次合作。东河县很大。",
    "这里没有名字。",
    "南河市、东河县一起植树。",
]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "texts"
    made.mkdir()
    for number in range(25):
        (made / f"{number:02d}.txt").write_text(f"{TEXTS[number % 5]}这是第{number}篇。", "utf-8")
    return made


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def run(folder, *, name="x.db", extract=fake_extraction.extract_names, **options):
    path = folder.parent / name
    return build([folder], store_path=path, extract=extract, builder="b1", **options), path


def test_a_build_reads_everything_once(folder):
    report, path = run(folder)
    assert (report.read, report.unchanged, report.skipped) == (25, 0, ())
    assert (report.documents, report.entities, report.links) == (25, 4, 4)
    with Store.open(path) as store:
        assert [entity.name for entity in store.find_entities("西河团")] == ["西河团"]
        assert list(store.verify()) == []
        assert store.count().evidence == report.evidence
        assert store.count().mentions == report.mentions


def test_a_second_build_extracts_nothing_and_changes_nothing(folder):
    _, path = run(folder)
    before = dump(path)
    report, _ = run(folder, extract=fake_extraction.extract_without_model)
    assert (report.read, report.unchanged, report.skipped) == (0, 25, ())
    assert dump(path) == before


def test_another_builder_reads_anew(folder):
    run(folder)
    report = build([folder], store_path=folder.parent / "x.db", extract=fake_extraction.extract_names, builder="b2")
    assert (report.read, report.unchanged, report.documents, report.links) == (25, 0, 25, 4)


def test_a_new_document_is_read_beside_the_old_ones(folder):
    run(folder)
    (folder / "99.txt").write_text("北河市与北河县合作。", "utf-8")
    report, _ = run(folder)
    assert (report.read, report.unchanged, report.documents, report.entities) == (1, 25, 26, 5)


@pytest.mark.parametrize("extract", [fake_extraction.extract_or_raise, fake_extraction.extract_slowly_first])
def test_the_number_of_workers_does_not_show(folder, extract):
    (folder / "05.txt").write_text("坏东河县。", "utf-8")
    (folder / "06.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "07.txt").write_bytes(b"")
    (folder / "twin.txt").write_text((folder / "01.txt").read_text("utf-8"), "utf-8")
    rows = [{"text": f"东河县与北河团合作{number}次。", "name": f"行{number}"} for number in range(30)]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    reports = {workers: run(folder, name=f"{workers}.db", extract=extract, workers=workers)[0] for workers in (1, 2, 3)}
    assert reports[1].read > 50
    assert reports[1] == reports[2] == reports[3]
    assert dump(folder.parent / "1.db") == dump(folder.parent / "2.db") == dump(folder.parent / "3.db")
    assert {path.name for path in folder.parent.iterdir()} == {"texts", "1.db", "2.db", "3.db"}


def test_the_same_document_twice_counts_once(folder, tmp_path):
    twin = tmp_path / "twin"
    twin.mkdir()
    (twin / "00.txt").write_bytes((folder / "00.txt").read_bytes())
    for workers in (1, 2):
        report = build(
            [folder, twin],
            store_path=tmp_path / f"{workers}.db",
            workers=workers,
            extract=fake_extraction.extract_names,
        )
        assert (report.read, report.unchanged, report.documents) == (25, 1, 25)
        with Store.open(tmp_path / f"{workers}.db") as store:
            origins = {document.origin for document in store.iter_documents()}
        assert str(folder / "00.txt") in origins
        assert str(twin / "00.txt") not in origins


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_documents_are_counted_and_the_others_read(folder, workers):
    (folder / "05.txt").write_text("坏东河县。", "utf-8")
    (folder / "06.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "07.txt").write_bytes(b"")
    paths = [folder / "nowhere", folder]
    report = build(paths, store_path=folder.parent / "x.db", extract=fake_extraction.extract_or_raise, workers=workers)
    assert (report.read, report.documents) == (23, 23)
    reasons = {skipped.path: skipped.reason for skipped in report.skipped}
    assert list(reasons) == [str(folder / name) for name in ("nowhere", "05.txt", "06.pdf", "07.txt")]
    assert "no such file or folder" in reasons[str(folder / "nowhere")]
    assert reasons[str(folder / "05.txt")] == "extraction failed (ValueError: 坏 is too much)"
    with Store.open(folder.parent / "x.db") as store:
        assert dict(store.iter_skipped()) == reasons


def test_an_extraction_that_contradicts_itself_is_skipped(folder):
    (folder / "05.txt").write_text("坏东河县。", "utf-8")
    report, path = run(folder, extract=fake_extraction.extract_wrongly)
    assert report.read == 24
    assert [skipped.path for skipped in report.skipped] == [str(folder / "05.txt")]
    assert "does not hold it" in report.skipped[0].reason
    with Store.open(path) as store:
        assert list(store.verify()) == []


def test_a_note_goes_once_the_document_is_read(folder):
    (folder / "05.txt").write_bytes(b"")
    _, path = run(folder)
    with Store.open(path) as store:
        assert store.count().skipped == 1
    (folder / "05.txt").write_text("东河县。", "utf-8")
    run(folder)
    with Store.open(path) as store:
        assert store.count().skipped == 0


def test_a_worker_that_dies_takes_only_its_document(folder):
    (folder / "05.txt").write_text("坏东河县。", "utf-8")
    report, _ = run(folder, extract=fake_extraction.extract_or_die, workers=2)
    assert [skipped.path for skipped in report.skipped] == [str(folder / "05.txt")]
    assert "died" in report.skipped[0].reason
    assert (report.read, report.documents) == (24, 24)


@pytest.fixture
def table(tmp_path):
    """A table of 100 rows, of which one is bad and one holds no text."""
    texts = [f"东河县与西河团合作{number}次。" for number in range(100)]
    texts[40], texts[60] = "坏东河县。", ""
    (tmp_path / "rows.csv").write_text(
        "name,text\n" + "".join(f"行{n},{text}\n" for n, text in enumerate(texts)), "utf-8"
    )
    return tmp_path / "rows.csv"


@pytest.mark.parametrize("extract", [fake_extraction.extract_or_raise, fake_extraction.extract_or_die])
def test_a_large_table_is_cut_for_the_workers(table, tmp_path, monkeypatch, extract):
    monkeypatch.setattr("bingdi.graph.working.PART", 100)
    seen = []
    report = build([table], store_path=tmp_path / "x.db", workers=2, extract=extract, progress=seen.append)
    assert (report.read, report.documents, report.links) == (98, 98, 1)
    assert [skipped.path for skipped in report.skipped] == [f"{table}:42", f"{table}:62"]
    assert (seen[-1].done, seen[-1].total) == (1, 1)


def test_a_large_table_gives_the_same_store_with_any_number_of_workers(table, tmp_path, monkeypatch):
    monkeypatch.setattr("bingdi.graph.working.PART", 100)
    reports = [
        build(
            [table, tmp_path / "nowhere"],
            store_path=tmp_path / f"{workers}.db",
            workers=workers,
            extract=fake_extraction.extract_or_raise,
        )
        for workers in (1, 2)
    ]
    assert reports[0] == reports[1]
    assert dump(tmp_path / "1.db") == dump(tmp_path / "2.db")


@pytest.mark.parametrize("workers", [1, 2])
def test_what_spoils_every_document_stops_the_run(folder, workers):
    with pytest.raises(BingdiError, match="missing; restore the file"):
        run(folder, extract=fake_extraction.extract_without_model, workers=workers)
    with Store.open(folder.parent / "x.db") as store:
        assert store.count().documents == 0


def test_an_interrupt_leaves_a_whole_store(folder, monkeypatch):
    monkeypatch.setattr("bingdi.graph.build.MOST_TOGETHER", 4)
    (folder / "13.txt").write_text("坏东河县。", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run(folder, extract=fake_extraction.extract_and_interrupt)
    with Store.open(folder.parent / "x.db") as store:
        stored = store.count().documents
        assert 0 < stored <= 13
        assert list(store.verify()) == []
    (folder / "13.txt").write_text("好东河县。", "utf-8")
    report, path = run(folder)
    assert (report.read, report.unchanged) == (25 - stored, stored)
    run(folder, name="clean.db")
    with Store.open(path) as one, Store.open(folder.parent / "clean.db") as other:
        assert list(one.iter_links()) == list(other.iter_links())


def wait_for(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(os.name == "nt", reason="signals of a process group are POSIX")
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_all_processes_and_leaves_a_whole_store(folder, workers):
    path = folder.parent / "x.db"
    working = folder.parent / "working"
    working.mkdir()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import fake_extraction; from bingdi.graph import build\n"
        "build.LONGEST_WAIT = 0.0\n"
        "def tell(progress): print(progress.documents, flush=True)\n"
        "build.build([sys.argv[2]], store_path=sys.argv[3], workers=int(sys.argv[4]), builder='b1',\n"
        "            extract=fake_extraction.extract_and_stick, progress=tell)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(folder), str(path), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "WORKING": str(working)},
    )
    try:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        # A worker that is only starting would answer the signal with a traceback of its own.
        wait_for(lambda: len(list(working.iterdir())) == workers)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode != 0
    assert errors.count("Traceback") == errors.count("KeyboardInterrupt") == 1
    with Store.open(path) as store:
        assert 0 < store.count().documents <= 12
        assert list(store.verify()) == []
    report, _ = run(folder)
    assert (report.documents, report.links) == (25, 4)


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_ends_at_its_total(folder, workers):
    seen: list[Progress] = []
    run(folder, workers=workers, progress=seen.append)
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert {each.total for each in seen} == {25}
    assert (seen[-1].done, seen[-1].documents) == (25, 25)


@pytest.mark.parametrize("workers", [1, 2])
def test_standard_input_is_read_by_the_process_that_has_it(tmp_path, monkeypatch, workers):
    class Stdin:
        buffer = io.BytesIO("东河县与西河团合作。".encode())

    (tmp_path / "a.txt").write_text("南河市与西河团合作。", "utf-8")
    monkeypatch.setattr(sys, "stdin", Stdin)
    report = build(
        [tmp_path / "a.txt", "-"],
        store_path=tmp_path / "x.db",
        workers=workers,
        extract=fake_extraction.extract_names,
    )
    assert (report.read, report.links) == (2, 2)


def test_a_store_of_another_program_stops_before_any_work(folder):
    path = folder.parent / "x.db"
    path.write_text("not a database " * 400)
    with pytest.raises(StoreError):
        run(folder)
    assert path.read_text() == "not a database " * 400


def test_nothing_to_read_is_a_report_of_nothing(tmp_path):
    report = build([], store_path=tmp_path / "x.db", extract=fake_extraction.extract_names)
    assert (report.read, report.unchanged, report.skipped, report.documents) == (0, 0, (), 0)


def test_the_builder_is_named_the_same_each_time():
    assert get_builder() == get_builder()
    number, _, digest = get_builder().partition("+")
    assert number[0].isdigit()
    assert len(digest) == 8


def test_documents_know_their_builder(folder):
    path = folder.parent / "x.db"
    build([folder], store_path=path, extract=fake_extraction.extract_names)
    with Store.open(path) as store:
        assert all(store.has(document.id, builder=get_builder()) for document in store.iter_documents())


def test_units_are_ready_after_a_build(folder):
    _, path = run(folder)
    with Store.open(path) as store:
        assert store._access.find_row("SELECT count(*) FROM memberships") == (4,)
        assert store._access.find_row("SELECT count(*) FROM rollups") == (1,)
