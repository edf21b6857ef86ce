"""An ingest that is stopped, by Ctrl-C or by SIGKILL at any moment, and run again."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.bulk import ingest
from dragoman.store import open_store

ROOT = Path(__file__).resolve().parent.parent
SLOW = "tests.bulk_fakes:slow"
DOCUMENTS = 420

Contents = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "many.jsonl"
    with path.open("w") as file:
        for n in range(DOCUMENTS):
            text = (
                f"Report {n}.\nIvanova said that number {n} stands.\nThe Minister left." if n % 7 else "Noodles."
            )
            file.write(json.dumps({"id": f"doc/{n}", "text": text, "published": "2022-04"}) + "\n")
        file.write("{broken\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    path = tmp_path_factory.mktemp("whole") / "record.db"
    with open_store(path) as store:
        ingest([source], store, process="tests.bulk_fakes:process", extractor_version="x")
    return contents(path)


started: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """No child outlives its test, whatever happens in it."""
    yield
    for child in started:
        child.kill()
        child.communicate()
    started.clear()


def contents(path: Path) -> Contents:
    """All that a store keeps, without keys, times and how often something was tried; checked to be whole."""
    queries = {
        "records": "SELECT r.id, r.type, r.fields, g.document_id, g.current FROM record r"
        " JOIN reading g ON r.reading_key = g.key",
        "readings": "SELECT document_id, extractor_version, current, records FROM reading",
        "versions": "SELECT document_id, number, hash, text FROM version",
        "documents": "SELECT id FROM document",
        "evidence": 'SELECT r.id, e.position, e.start, e."end", e.text FROM evidence e'
        " JOIN record r ON e.record_key = r.key",
        "actors": "SELECT r.id, a.role, a.name FROM record_actor a JOIN record r ON a.record_key = r.key",
        "failures": "SELECT source, kind FROM failure",
        "words": "SELECT count(*) FROM record_words WHERE record_words MATCH '\"min\"'",
        "document_words": "SELECT count(*) FROM document_words WHERE document_words MATCH '\"ood\"'",
    }
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: sorted(raw.execute(query)) for name, query in queries.items()}


def start(path: Path, source: Path, *, workers: int = 1, process: str = SLOW) -> subprocess.Popen[str]:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bulk_child", str(path), str(workers), process, str(source)],
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
        cwd=ROOT,
    )
    started.append(child)
    return child


def wait_until(child: subprocess.Popen[str], read: int) -> None:
    """Until it says that it has read so many documents."""
    assert child.stdout is not None
    for line in child.stdout:
        first = line.split()[0]
        if first == "done" or (first.isdigit() and int(first) >= read) or (first == "started" and not read):
            return


def stored(path: Path) -> int:
    if not path.exists():
        return 0
    with sqlite3.connect(path) as raw:
        tables = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'document'").fetchone()[0]
        return int(raw.execute("SELECT count(*) FROM document").fetchone()[0]) if tables else 0


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "kills"), [(1, 20), (2, 6)])
def test_killed_at_random_moments_nothing_is_lost_or_doubled(
    tmp_path: Path, source: Path, undisturbed: Contents, workers: int, kills: int
) -> None:
    path = tmp_path / "record.db"
    chance = random.Random(20220425)
    seen = [0]
    for kill in range(kills):
        child = start(path, source, workers=workers)
        # from the making of the store on, then spread over the documents; a little later, to hit any step
        wait_until(child, round(DOCUMENTS * kill / kills))
        time.sleep(chance.uniform(0, 0.1))
        child.kill()
        child.wait()
        seen.append(stored(path))
    assert seen == sorted(seen), "what was stored stays stored"
    assert sum(0 < number < DOCUMENTS for number in seen) > kills // 2, "most kills came in the middle"
    last = start(path, source, workers=workers)
    assert last.communicate(timeout=120)[0].splitlines()[-1].startswith("done")
    assert contents(path) == undisturbed


@pytest.mark.model
@pytest.mark.slow
def test_the_real_pipeline_killed_and_run_again(tmp_path: Path, samples: Path) -> None:
    paths = [tmp_path / name for name in ("killed.db", "whole.db")]
    real = "dragoman.process:process"
    for wanted in (0, 5, 10):
        child = start(paths[0], samples, process=real)
        wait_until(child, wanted)
        child.kill()
        child.wait()
    for path, workers in zip(paths, (2, 1), strict=True):
        said = start(path, samples, workers=workers, process=real).communicate(timeout=300)[0]
        assert said.splitlines()[-1].startswith("done")
    assert contents(paths[0]) == contents(paths[1])
    assert len(contents(paths[0])["records"]) > 20


def test_ctrl_c_writes_what_is_read_and_returns(tmp_path: Path, source: Path, undisturbed: Contents) -> None:
    path = tmp_path / "record.db"
    for workers in (1, 2):
        child = start(path, source, workers=workers)
        wait_until(child, stored(path) + 50)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=60)[0].splitlines()
        assert child.returncode == 0
        assert said[-1].startswith("interrupted")
        with open_store(path) as store:
            run = store.status().last_run
            assert run is not None
            assert run.state == "interrupted"
        assert not path.with_name("record.db-wal").exists()
    assert 0 < stored(path) < DOCUMENTS
    assert start(path, source).communicate(timeout=60)[0].splitlines()[-1].startswith("done")
    assert contents(path) == undisturbed


def test_workers_do_not_outlive_a_killed_ingest(tmp_path: Path, source: Path) -> None:
    child = start(tmp_path / "record.db", source, workers=2)
    wait_until(child, 60)
    workers = children(child.pid)
    assert workers
    child.kill()
    child.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task/{pid}/children")
    if not task.exists():
        pytest.skip("needs /proc")
    return [int(child) for child in task.read_text().split()]
