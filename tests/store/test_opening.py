"""Files that are stores, that will be, and that must be left alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import graphs
import pytest
from bingdi.graph.errors import StoreError
from bingdi.graph.store import Store, schema


def read_pragma(path, name):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_store_is_marked_as_ours(tmp_path):
    path = tmp_path / "new.db"
    Store.open(path, create=True).close()
    assert read_pragma(path, "application_id") == schema.APPLICATION_ID
    assert read_pragma(path, "user_version") == len(schema.MIGRATIONS)
    assert read_pragma(path, "journal_mode") == "wal"
    with Store.open(path) as store:
        assert store.count().documents == 0


def test_foreign_keys_hold(tmp_path):
    with graphs.make_store(tmp_path) as store:
        assert store._access.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_nothing_is_made_without_being_asked(tmp_path):
    with pytest.raises(StoreError, match="no store here; build one first"):
        Store.open(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match="its folder does not exist"):
        Store.open(tmp_path / "none" / "new.db", create=True)


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_is_no_store(tmp_path, create):
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, create=create)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be read as one" * 40, b"short", b"\0" * 4096]
)
def test_a_file_of_another_kind_is_refused_and_stays_as_it_is(tmp_path, create, content):
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("owner", [0, 77])
def test_a_database_of_another_program_is_refused_and_stays_as_it_is(tmp_path, create, owner):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE documents (id)")
        other.execute(f"PRAGMA application_id = {owner}")
    content = path.read_bytes()
    with pytest.raises(StoreError, match="is the database of another program"):
        Store.open(path, create=create)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["other.db"]


def test_an_empty_file_becomes_a_store_only_where_one_is_to_be_made(tmp_path):
    path = tmp_path / "empty.db"
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="is empty"):
        Store.open(path)
    Store.open(path, create=True).close()
    assert read_pragma(path, "application_id") == schema.APPLICATION_ID


def test_a_newer_store_is_refused(tmp_path):
    path = tmp_path / "small.db"
    graphs.make_store(tmp_path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="upgrade bingdi"):
        Store.open(path)


def test_an_older_store_is_brought_up_with_all_that_it_holds(tmp_path, monkeypatch):
    with graphs.make_store(tmp_path) as store:
        links = list(store.iter_links())
    steps = ("CREATE TABLE notes (text TEXT)", "INSERT INTO notes VALUES ('new')")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, steps))
    with Store.open(tmp_path / "small.db") as store:
        assert list(store.iter_links()) == links
        assert store._access.find_row("SELECT text FROM notes") == ("new",)
    assert read_pragma(tmp_path / "small.db", "user_version") == 2
    Store.open(tmp_path / "small.db").close()
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (1,)


def test_a_step_that_fails_leaves_the_older_store(tmp_path, monkeypatch):
    graphs.make_store(tmp_path).close()
    steps = ("CREATE TABLE notes (text TEXT)", "INSERT INTO nowhere VALUES (1)")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, steps))
        with pytest.raises(StoreError, match="cannot be brought to version 2"):
            Store.open(tmp_path / "small.db")
    with Store.open(tmp_path / "small.db") as store:
        assert store.count().documents == 4
        assert store._access.find_row("SELECT 1 FROM sqlite_master WHERE name = 'notes'") is None


@pytest.fixture
def readonly(tmp_path, monkeypatch):
    """A store in a place that may not be written (to root, nothing is: so the asking is what is changed)."""
    graphs.make_store(tmp_path).close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    return tmp_path / "small.db"


def test_a_store_that_may_not_be_written_is_read(readonly):
    before = sorted(readonly.parent.iterdir())
    with Store.open(readonly) as store:
        assert store.count().links == 12
        assert sorted(readonly.parent.iterdir()) == before
        reading = graphs.make_readings()[0]
        with pytest.raises(StoreError, match="cannot be written"):
            store.add(reading.document, reading.extraction(), builder="x")


def test_an_older_store_that_may_not_be_written_says_so(readonly, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE notes (text TEXT)",)))
    with pytest.raises(StoreError, match="cannot be brought to version 2"):
        Store.open(readonly)


def read_everything(path):
    with Store.open(path) as store:
        return list(store.iter_documents()), list(store.iter_links()), list(store.verify())


def test_a_damaged_store_is_told_in_one_line(tmp_path):
    path = tmp_path / "small.db"
    graphs.make_store(tmp_path).close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\x07" * (len(content) - 4096 * 2)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="cannot be read"):
        read_everything(path)


def test_two_may_read_while_one_writes(tmp_path):
    with graphs.make_store(tmp_path) as writer, Store.open(tmp_path / "small.db") as reader:
        documents = reader.iter_documents()
        next(documents)
        reading = graphs.make_readings()[0]
        with writer.batch():
            writer.remove(reading.document.id)
            assert reader.count().documents == 4
        assert len(list(documents)) == 3
        assert reader.count().documents == 3
