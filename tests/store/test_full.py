from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.conftest import claims, sample

from dragoman.errors import StoreFull
from dragoman.store import Store, open_store

VERSIONS = {"reader_version": "r1", "extractor_version": "x1"}


def fill(store: Store) -> int:
    """Write until there is no room; how many documents were stored."""
    text = sample().text + " Padding that takes room on the disk." * 200
    for number in range(1000):
        document = sample(id=f"d/{number}", text=text + str(number))
        with_records = [(document, claims(document))]
        try:
            store.write_batch(with_records, reader_version="r1", extractor_version="x1")
        except StoreFull as error:
            assert "what was stored before is safe" in str(error)
            return number
    raise AssertionError("it never got full")


def check_whole(store: Store, stored: int) -> None:
    assert store.status().documents == stored
    assert store.status().records == 3 * stored
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_store_that_may_not_grow(store: Store) -> None:
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 300")
        connection.commit()
        stored = fill(store)
        check_whole(store, stored)
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert stored > 3
    assert store.write(sample(id="after"), [], **VERSIONS) == "stored"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_that_runs_full(small_disk: Path, empty: Path) -> None:
    path = shutil.copy(empty, small_disk / "record.db")
    with open_store(path) as store:
        stored = fill(store)
        check_whole(store, stored)
        with pytest.raises(StoreFull):
            store.fail_all((f"source {n}" * 1000, ValueError("x" * 5000)) for n in range(200))
    assert stored > 3
    with open_store(path) as store:
        check_whole(store, stored)
        assert store.find("received")
    roomy = small_disk.parent / "roomy"
    shutil.copytree(small_disk, roomy)  # with its -wal file: there was no room to move that into the database
    with open_store(roomy / "record.db") as store:
        check_whole(store, stored)
        assert store.write(sample(id="after"), [], **VERSIONS) == "stored"


def test_a_disk_that_is_full_already(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(2 * 1024 * 1024 - 8192))
    with pytest.raises(StoreFull):
        open_store(small_disk / "record.db")
