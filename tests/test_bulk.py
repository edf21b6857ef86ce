from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import bulk_fakes

from dragoman.bulk import Summary, ingest
from dragoman.errors import ModelError
from dragoman.store import Store, open_store

PROCESS = "tests.bulk_fakes:process"
HOSTILE = "tests.bulk_fakes:hostile"


def line(n: int, *, text: str | None = None) -> str:
    words = text or f"Report {n}.\nIvanova said that number {n} stands.\nThe Minister left."
    return json.dumps({"id": f"doc/{n}", "title": f"Title {n}", "published": "2022-04-25", "text": words})


def write_lines(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(item + "\n" for item in lines), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
def hundred(tmp_path: Path) -> Path:
    """A hundred documents, every tenth without anything of interest."""
    quiet = "Boil the noodles and wait."
    return write_lines(
        tmp_path / "hundred.jsonl", [line(n, text=f"{quiet} {n}" if n % 10 == 0 else None) for n in range(100)]
    )


def shown(summary: Summary) -> dict[str, Any]:
    return {
        name: value
        for name in ("read", "unchanged", "stored", "changed", "reread", "nothing_found", "failed", "records")
        if (value := getattr(summary, name))
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_everything_is_read_once(store: Store, hundred: Path, workers: int) -> None:
    first = ingest([hundred], store, workers=workers, process=PROCESS, batch=30)
    assert shown(first) == {"read": 100, "stored": 100, "nothing_found": 10, "records": 180}
    again = ingest([hundred], store, workers=workers, process=PROCESS)
    assert shown(again) == {"read": 100, "unchanged": 100}
    status = store.status()
    assert (status.documents, status.records, status.without_records) == (100, 180, 10)
    assert status.last_run is not None
    assert status.last_run.state == "done"
    assert status.last_run.counts["unchanged"] == 100


def test_the_store_does_not_depend_on_the_number_of_workers(tmp_path: Path, hundred: Path) -> None:
    found = []
    for workers in (1, 2):
        with open_store(tmp_path / f"{workers}.db") as store:
            ingest([hundred], store, workers=workers, process=PROCESS, batch=7)
            found.append([(hit.record, hit.document_id) for hit in store.stream()])
    assert found[0] == found[1]


def test_unchanged_documents_are_not_even_processed(store: Store, hundred: Path) -> None:
    versions: dict[str, Any] = {"reader_version": "r", "extractor_version": "x"}
    ingest([hundred], store, process=PROCESS, **versions)
    summary = ingest([hundred], store, process="tests.bulk_fakes:wrong_evidence", **versions)
    assert shown(summary) == {"read": 100, "unchanged": 100}


def test_a_newer_extractor_reads_all_again(store: Store, hundred: Path) -> None:
    ingest([hundred], store, process=PROCESS, extractor_version="x1")
    summary = ingest([hundred], store, process=PROCESS, extractor_version="x2")
    assert summary.reread == summary.stored == 100
    assert store.status().versions == 100


def test_a_changed_line_becomes_a_new_version(store: Store, hundred: Path) -> None:
    ingest([hundred], store, process=PROCESS)
    lines = hundred.read_text().splitlines()
    lines[3] = line(3, text="Ivanova said something else.")
    write_lines(hundred, lines)
    summary = ingest([hundred], store, process=PROCESS)
    assert shown(summary) == {"read": 100, "unchanged": 99, "stored": 1, "changed": 1, "records": 1}
    assert [version.number for version in store.document("doc/3").versions] == [1, 2]


def test_a_document_given_twice_is_stored_once(store: Store, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "twice.jsonl", [line(1), line(2), line(1)])
    assert shown(ingest([path], store, process=PROCESS)) == {"read": 3, "stored": 2, "unchanged": 1, "records": 4}


def test_limit_counts_what_is_read_anew(store: Store, hundred: Path) -> None:
    assert ingest([hundred], store, process=PROCESS, limit=30).stored == 30
    second = ingest([hundred], store, process=PROCESS, limit=30)
    assert (second.unchanged, second.stored) == (30, 30)
    assert store.status().documents == 60


def test_a_dry_run_writes_nothing(store: Store, hundred: Path, tmp_path: Path) -> None:
    ingest([hundred], store, process=PROCESS, limit=30)
    before = store.status()
    bad = tmp_path / "empty.txt"
    bad.touch()
    summary = ingest([hundred, bad], store, process=PROCESS, dry_run=True)
    assert (summary.read, summary.unchanged, summary.stored, summary.dry_run) == (100, 30, 70, True)
    assert summary.skipped == {"empty document": 1}
    assert store.status() == before
    assert ingest([hundred], None, dry_run=True).stored == 100
    with pytest.raises(ValueError, match="needs a store"):
        ingest([hundred], None)


def test_progress_is_told_and_ends_with_the_whole(store: Store, hundred: Path) -> None:
    told: list[Summary] = []
    summary = ingest([hundred], store, process=PROCESS, batch=10, progress=told.append)
    assert len(told) >= 10
    assert [item.stored for item in told] == sorted(item.stored for item in told)
    assert replace(told[-1], seconds=summary.seconds) == summary


def test_bad_sources_are_counted_kept_and_read_when_mended(store: Store, tmp_path: Path) -> None:
    lines = [line(1), "{broken", line(3)]
    path = write_lines(tmp_path / "some.jsonl", lines)
    empty = tmp_path / "empty.txt"
    empty.touch()
    missing = tmp_path / "missing.txt"
    sources = [path, empty, missing]
    summary = ingest(sources, store, process=PROCESS)
    assert summary.read == summary.stored == 2
    assert summary.skipped == {"bad line": 1, "empty document": 1, "unreadable file": 1}
    failures = {Path(failure.source).name: failure for failure in store.failures()}
    assert set(failures) == {"some.jsonl:2", "empty.txt", "missing.txt"}
    assert failures["some.jsonl:2"].kind == "BadLine"
    ingest(sources, store, process=PROCESS)
    assert {failure.attempts for failure in store.failures()} == {2}
    write_lines(path, [line(1), line(2), line(3)])
    empty.write_text("Ivanova said that it is mended.")
    missing.write_text("Ivanova said that it is there.")
    assert ingest(sources, store, process=PROCESS).stored == 3
    assert store.failures() == []


def test_a_file_cut_short_stays_a_failure_until_it_is_whole(store: Store, tmp_path: Path) -> None:
    whole = gzip.compress("".join(line(n) + "\n" for n in range(400)).encode())
    path = tmp_path / "many.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    ingest([path], store, process=PROCESS)
    assert [failure.source for failure in store.failures()] == [str(path)]
    ingest([path], store, process=PROCESS)
    assert store.failures()[0].attempts == 2
    path.write_bytes(whole)
    ingest([path], store, process=PROCESS)
    assert store.failures() == []
    assert store.status().documents == 400


def test_a_fault_in_a_rule_fails_its_document_only(store: Store, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "two.jsonl", [line(1), line(2, text="The Minister left.")])
    summary = ingest([path], store, process="tests.bulk_fakes:wrong_evidence")
    assert shown(summary) == {"read": 2, "stored": 1, "failed": 1, "records": 1}
    assert "not the document's text" in store.failures()[0].message


@pytest.mark.parametrize("workers", [1, 2])
def test_a_missing_model_ends_it_at_once(store: Store, hundred: Path, workers: int) -> None:
    with pytest.raises(ModelError, match="no such spaCy pipeline"):
        ingest([hundred], store, workers=workers, process=PROCESS, model="missing")
    run = store.status().last_run
    assert run is not None
    assert run.state == "failed"


HERE = ["RAISE", "LOOP", "SWALLOW", "MEMORY"]
IN_WORKERS = [*HERE, "HANG", "SEGFAULT", "EXIT", "KILLED"]


@pytest.mark.parametrize(
    ("order", "workers"), [(order, 1) for order in HERE] + [(order, 2) for order in IN_WORKERS], ids=str
)
def test_a_hostile_document_fails_alone(
    store: Store, tmp_path: Path, order: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.bulk.workers._GRACE", 1.0)
    lines = [line(n) for n in range(50)]
    lines[20] = line(20, text=order + "\nIvanova said so.")
    path = write_lines(tmp_path / "hostile.jsonl", lines)
    summary = ingest([path], store, workers=workers, process=HOSTILE, time_limit=0.5)
    assert shown(summary) == {"read": 50, "stored": 49, "failed": 1, "records": 98}
    [failure] = store.failures()
    assert failure.source == f"{path}:21"
    expected = {
        "RAISE": "ValueError: such text",
        "MEMORY": "MemoryError",
        "LOOP": "longer than 0.5 s",
        "SWALLOW": "longer than 0.5 s",
        "HANG": "longer than 0.5 s",
        "SEGFAULT": "exit code -11",
        "EXIT": "exit code 3",
        "KILLED": "exit code -9",
    }
    assert expected[order] in failure.message


def test_it_runs_off_the_main_thread(store: Store, hundred: Path) -> None:
    done: list[Summary] = []
    thread = threading.Thread(target=lambda: done.append(ingest([hundred], store, process=PROCESS)))
    thread.start()
    thread.join()
    assert done[0].stored == 100


def test_the_function_itself_can_be_given(store: Store, hundred: Path) -> None:
    assert ingest([hundred], store, process=bulk_fakes.process).stored == 100
    assert store.status().extractor_versions == {"tests.bulk_fakes:process": 100}
