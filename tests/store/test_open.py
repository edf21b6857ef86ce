from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.store.conftest import claims, sample

from dragoman.errors import NotAStore, StoreBusy, StoreError, StoreTooNew
from dragoman.store import open as opening
from dragoman.store import open_store
from dragoman.store.schema import REVISIONS, metadata

VERSIONS = {"reader_version": "r1", "extractor_version": "x1"}


@pytest.fixture
def filled(tmp_path: Path, empty: Path) -> Path:
    path = Path(shutil.copy(empty, tmp_path / "filled.db"))
    with open_store(path) as store:
        store.write(sample(), claims(sample()), **VERSIONS)
    return path


def test_a_new_store_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_store(path) as store:
        store.write(sample(), claims(sample()), **VERSIONS)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["record.db"]
    copy = shutil.copy(path, tmp_path / "copy.db")
    with open_store(copy, create=False) as store:
        assert store.status().records == 3


@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
@pytest.mark.parametrize("name", ["with space.db", "ä#1?&%.db", "50%25.db"])
def test_any_file_name(tmp_path: Path, name: str, prefix: str) -> None:
    with open_store(f"{prefix}{tmp_path / name}") as store:
        assert store.status().documents == 0
    assert (tmp_path / name).is_file()


def test_the_pragmas(tmp_path: Path) -> None:
    with open_store(tmp_path / "record.db") as store, store._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout", "application_id")
        }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "busy_timeout": 30_000,
        "application_id": 0x44524147,
    }


class TestRefused:
    def test_a_store_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(NotAStore, match="there is no such store"):
            open_store(tmp_path / "none.db", create=False)
        assert not (tmp_path / "none.db").exists()

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="its folder does not exist"):
            open_store(tmp_path / "none" / "record.db")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NotAStore, match="this is a folder"):
            open_store(tmp_path)

    def test_a_text(self, tmp_path: Path) -> None:
        path = tmp_path / "text.txt"
        path.write_text("Dear diary, " * 100)
        with pytest.raises(NotAStore, match="this is no database"):
            open_store(path)
        assert path.read_text().startswith("Dear diary")

    def test_a_file_that_only_begins_as_a_database(self, tmp_path: Path) -> None:
        path = tmp_path / "broken.db"
        path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
        with pytest.raises(StoreError, match=r"no database|damaged"):
            open_store(path)

    def test_somebody_elses_database(self, tmp_path: Path) -> None:
        path = tmp_path / "browser.db"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE bookmarks (url TEXT)")
        before = path.read_bytes()
        with pytest.raises(NotAStore, match="not made by Dragoman"):
            open_store(path)
        assert path.read_bytes()[100:] == before[100:], "nothing was written to it"

    def test_a_newer_store(self, filled: Path) -> None:
        with sqlite3.connect(filled) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '0099'")
            raw.execute("UPDATE store SET made_by = '9.9'")
        with pytest.raises(StoreTooNew, match=r"written by Dragoman 9.9 .*pip install -U dragoman"):
            open_store(filled)

    @pytest.mark.parametrize("name", ["", ":memory:", "sqlite://", "sqlite:///:memory:"])
    def test_what_is_no_file(self, name: str) -> None:
        with pytest.raises(StoreError, match="a store is a file"):
            open_store(name)

    def test_another_kind_of_database(self) -> None:
        with pytest.raises(StoreError, match="postgresql is not supported yet"):
            open_store("postgresql://localhost/record")


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.touch()
    with open_store(path) as store:
        assert store.status().documents == 0


class TestMigrations:
    def test_the_revisions_are_those_in_the_folder(self) -> None:
        folder = Path(opening.__file__).parent / "migrations" / "versions"
        assert tuple(sorted(file.name[:4] for file in folder.glob("[0-9]*.py"))) == REVISIONS

    def test_they_make_the_tables_that_the_queries_expect(self, empty: Path) -> None:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        with open_store(empty) as store, store._engine.connect() as connection:
            options = {"include_object": lambda _item, name, *_rest: "_words" not in (name or "")}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, metadata) == []

    @pytest.mark.parametrize("revision", REVISIONS)
    def test_a_store_of_any_revision_is_upgraded_with_what_it_holds(
        self, tmp_path: Path, revision: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "old.db"
        records = claims(sample())
        with monkeypatch.context() as then:
            then.setattr("dragoman.store.schema.REVISIONS", REVISIONS[: REVISIONS.index(revision) + 1])
            if revision < "0002":  # before there was a search by words
                then.setattr("dragoman.store.sqlite.index_records", lambda *_: None)
                then.setattr("dragoman.store.sqlite.index_documents", lambda *_: None)
            with open_store(path) as store:
                assert store.status().schema_version == revision
                store.write(sample(), records, **VERSIONS)
        with open_store(path) as store:
            assert store.status().schema_version == REVISIONS[-1]
            assert store.document("akorda/1").records == records
            assert [hit.record for hit in store.find("received")] == records[:1]
            assert [hit.document_id for hit in store.find_documents("习近平")] == ["akorda/1"]

    def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "old.db"
        with monkeypatch.context() as then:
            then.setattr("dragoman.store.schema.REVISIONS", REVISIONS[:1])
            open_store(path).close()
            before = dump(path)
        with monkeypatch.context() as now:
            now.setattr(opening, "_sign", broken)
            with pytest.raises(RuntimeError):
                open_store(path)
        assert dump(path) == before
        open_store(path).close()

    def test_a_damaged_store_is_not_upgraded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "old.db"
        with monkeypatch.context() as then:
            then.setattr("dragoman.store.schema.REVISIONS", REVISIONS[:1])
            open_store(path).close()
        with sqlite3.connect(path) as raw:
            page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record_id'").fetchone()[0]
        content = bytearray(path.read_bytes())
        content[(page - 1) * 4096 : page * 4096] = bytes(4096)
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged"):
            open_store(path)


def broken(*_: Any) -> None:
    raise RuntimeError("the power went")


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as raw:
        return list(raw.iterdump())


def start_writer(path: Path, *, batches: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.Popen([sys.executable, "-m", "tests.store.writer", str(path), str(batches)], env=environ)


class TestTwoProcesses:
    def test_a_reader_sees_whole_batches_while_another_writes(self, tmp_path: Path) -> None:
        path = tmp_path / "record.db"
        with open_store(path) as store:
            writer = start_writer(path, batches=40)
            seen: list[int] = []
            while writer.poll() is None:
                status = store.status()
                assert status.records == 3 * status.documents
                assert status.documents % 5 == 0
                assert store.count("received") % 5 == 0
                seen.append(status.documents)
            assert writer.returncode == 0
            assert seen == sorted(seen)
            assert store.status().documents == 200

    def test_a_second_writer_waits_then_says_who_is_in_the_way(self, filled: Path) -> None:
        holder = sqlite3.connect(filled, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with open_store(filled, timeout=0.2) as store:
            assert store.status().documents == 1, "reading goes on"
            with pytest.raises(StoreBusy, match="another process is writing"):
                store.write(sample(id="other"), [], **VERSIONS)
            holder.execute("COMMIT")
            assert store.write(sample(id="other"), [], **VERSIONS) == "stored"
        holder.close()

    def test_two_may_make_it_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "record.db"
        writers = [start_writer(path, batches=2) for _ in range(3)]
        assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
        with open_store(path) as store:
            assert store.status().documents == 10


class TestReadOnly:
    @pytest.fixture
    def guarded(self, filled: Path, tmp_path: Path) -> Iterator[Path]:
        """A store on a file system that is mounted read-only."""
        source, target = tmp_path / "source", tmp_path / "target"
        source.mkdir()
        target.mkdir()
        shutil.copy(filled, source / "record.db")
        mounts = [["mount", "--bind", str(source), str(target)], ["mount", "-o", "remount,bind,ro", str(target)]]
        if os.geteuid() or any(subprocess.run(args, capture_output=True).returncode for args in mounts):
            pytest.skip("needs the right to mount")
        yield target / "record.db"
        subprocess.run(["umount", "-l", target], check=True)

    def test_it_can_be_read(self, guarded: Path) -> None:
        with open_store(guarded) as store:
            assert len(store.find()) == 3
            with pytest.raises(StoreError, match="may not be written"):
                store.write(sample(id="other"), [], **VERSIONS)

    def test_an_older_one_says_that_it_cannot_be_upgraded(
        self, guarded: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dragoman.store.schema.REVISIONS", (*REVISIONS, "0098"))
        with pytest.raises(StoreError, match=r"older version and may not be written .*copy it"):
            open_store(guarded)

    def test_a_new_one_cannot_be_made(self, guarded: Path) -> None:
        with pytest.raises(StoreError, match=r"cannot be opened|may not be written"):
            open_store(guarded.with_name("new.db"))
