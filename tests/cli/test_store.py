"""``ingest``, ``find``, ``show``, ``doc`` and ``status`` with the real reader and store, and a fake extractor."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.fakes import FakeRooms
from tests.export.examples import TEXT, records

from dragoman.bulk import Summary

Call = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents: one with a record of each type, one with none."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "talks.txt").write_text(TEXT, "utf-8")
    (news / "rain.txt").write_text("It rained in Bergen for most of the week, and nobody met anybody.", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path, call: Call) -> Path:
    done = call("ingest", "news")
    assert done.exit_code == 0, done.stderr
    return folder / "record.db"


def test_ingest_counts_and_does_nothing_twice(call: Call, folder: Path) -> None:
    first = call("ingest", "news", "--store", "a.db")
    assert first.exit_code == 0
    assert "2 documents read: 2 stored, 0 unchanged" in first.stdout
    assert "8 records written to a.db, 1 document with none" in first.stdout
    again = call("ingest", "news", "--store", "a.db")
    assert "2 documents read: 0 stored, 2 unchanged" in again.stdout


def test_ingest_names_what_could_not_be_read(call: Call, folder: Path) -> None:
    (folder / "news" / "broken.jsonl").write_text('{"text": "Rain."}\n{"text":\n', "utf-8")
    (folder / "news" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = call("ingest", "news", "absent.txt")
    assert done.exit_code == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("error: ") for line in lines)
    for name in ("news/broken.jsonl:2: ", "news/picture.png: ", "absent.txt: "):
        assert any(line.startswith(f"error: {name}") for line in lines), name
    assert "3 skipped: bad line 1, not text 1, unreadable file 1" in done.stdout
    assert "3 stored" in done.stdout


def test_ingest_again_what_failed(call: Call, folder: Path) -> None:
    broken = folder / "broken.jsonl"
    broken.write_text("{\n", "utf-8")
    assert call("ingest", "broken.jsonl", "absent.txt").exit_code == 3
    assert "broken.jsonl:1: " in call("status", "--failures").stdout
    broken.write_text(json.dumps({"text": TEXT}) + "\n", "utf-8")
    (folder / "absent.txt").write_text("Rain, once more.", "utf-8")
    done = call("ingest", "--retry-failed")
    assert done.exit_code == 0, done.stderr
    assert "2 documents read: 2 stored" in done.stdout
    assert "all that was given could be read" in call("status", "--failures").stdout
    assert "nothing has failed" in call("ingest", "--retry-failed").stderr


def test_a_dry_run_writes_nothing(call: Call, folder: Path, store: Path) -> None:
    (folder / "news" / "new.txt").write_text("Snow in Bergen.", "utf-8")
    before = store.read_bytes()
    done = call("ingest", "news", "--dry-run")
    assert "3 documents read: 1 to read, 2 unchanged" in done.stdout
    assert store.read_bytes() == before
    assert call("ingest", "news", "--dry-run", "--store", "other.db").exit_code == 0
    assert not (folder / "other.db").exists()


def test_a_limit_stops_and_the_next_run_goes_on(call: Call, folder: Path) -> None:
    assert "1 stored" in call("ingest", "news", "--limit", "1").stdout
    assert "1 stored, 1 unchanged" in call("ingest", "news").stdout


class Interrupted(FakeRooms):
    """Ctrl-C after three documents."""

    def ingest(self, sources: Sequence[str], store: Any, **options: Any) -> Summary:
        return Summary(read=3, stored=3, records=5, interrupted=True)


def test_an_interrupted_ingest_says_how_to_go_on(call: Call, folder: Path) -> None:
    done = call("ingest", "news", rooms=Interrupted())
    assert done.exit_code == 130
    assert "3 documents read: 3 stored" in done.stdout
    assert "the same command goes on from here" in done.stderr


def test_ingest_needs_something_to_read(call: Call, folder: Path) -> None:
    assert call("ingest").exit_code == 2


@pytest.mark.parametrize(
    ("args", "kinds"),
    [
        pytest.param((), {r.record for r in records()}, id="everything"),
        pytest.param(("water",), {"agreement"}, id="a word"),
        pytest.param(("--type", "visit"), {"visit"}, id="a type"),
        pytest.param(("-t", "visit", "-t", "tenure"), {"visit", "tenure"}, id="two types"),
        pytest.param(("--status", "planned"), {"commitment"}, id="a status"),
        pytest.param(("--person", "holm", "--type", "statement"), {"statement"}, id="a person"),
        pytest.param(("--since", "2024", "--type", "commitment"), {"commitment"}, id="since"),
        pytest.param(("--type", "meeting", "--until", "2023-05"), {"meeting"}, id="until"),
        pytest.param(("-c", "TJK", "-c", "NOR", "-t", "relation"), {"relation"}, id="two states"),
        pytest.param(("--country", "Norwegian", "-t", "agreement"), {"agreement"}, id="a demonym"),
        pytest.param(("--country", "tajikistan", "-t", "visit"), {"visit"}, id="a name in lower case"),
    ],
)
def test_find(call: Call, store: Path, args: tuple[str, ...], kinds: set[str]) -> None:
    done = call("find", *args, "--format", "jsonl")
    assert done.exit_code == 0, done.stderr
    assert {json.loads(line)["record"] for line in done.stdout.splitlines()} == kinds


def test_find_nothing_is_code_4(call: Call, store: Path) -> None:
    done = call("find", "elephant")
    assert done.exit_code == 4
    assert done.stdout == ""
    assert done.stderr == "nothing found\n"


def test_find_says_when_there_are_more(call: Call, store: Path) -> None:
    done = call("find", "--limit", "3")
    assert "these are 3 of 8 records" in done.stderr
    assert call("find", "--limit", "0").stderr == ""


def test_find_formats(call: Call, store: Path) -> None:
    table = call("find", "--type", "visit").stdout
    assert "Anna Holm → TJK (working)" in table
    assert len(list(csv.DictReader(io.StringIO(call("find", "-f", "csv").stdout)))) == 8
    page = call("find", "--type", "visit", "-f", "html").stdout
    assert "Dushanbe" in page.upper() or "DUSHANBE" in page
    assert call("find", "-o", "found.csv").exit_code == 0
    assert Path("found.csv").read_text("utf-8").startswith("record,id")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--country", "Norwway"), "Norway"),
        (("--country", "Atlantis"), "no state is called"),
        (("--since", "yesterday"), "yesterday"),
        (("--type", "war"), "war"),
        (("--status", "maybe"), "maybe"),
    ],
    ids=["a near name", "no state", "a date", "a type", "a status"],
)
def test_find_with_a_condition_that_there_is_not(
    call: Call, store: Path, args: tuple[str, ...], message: str
) -> None:
    done = call("find", *args)
    assert done.exit_code == 2
    assert message in done.stderr


def _id(call: Call, kind: str) -> str:
    return str(json.loads(call("find", "--type", kind, "-f", "jsonl").stdout)["id"])


def test_show_marks_the_evidence_in_its_passage(call: Call, store: Path) -> None:
    done = call("show", _id(call, "statement")[:6])
    assert done.exit_code == 0
    assert "“⟦We shall open an embassy in 2024⟧,” ⟦said Holm⟧. The two signed" in " ".join(done.stdout.split())
    assert "talks.txt" in done.stdout


def test_show_as_json(call: Call, store: Path) -> None:
    shown = json.loads(call("show", _id(call, "meeting"), "--format", "json").stdout)
    assert shown["record"] == "meeting"
    assert shown["document"]["id"] == shown["doc_id"]
    assert shown["current"] is True


def test_doc(call: Call, store: Path) -> None:
    doc_id = json.loads(call("find", "-t", "visit", "-f", "jsonl").stdout)["doc_id"]
    table = call("doc", doc_id)
    assert "[in the old palace]" in table.stdout
    assert "Anna Holm → TJK (working)" in table.stdout
    whole = json.loads(call("doc", doc_id, "-f", "json").stdout)
    assert whole["text"] == TEXT
    assert len(whole["records"]) == 8
    assert [version["number"] for version in whole["versions"]] == [1]
    assert call("doc", doc_id, "-o", "page.html").exit_code == 0
    assert Path("page.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("command", ["show", "doc"])
def test_an_id_that_there_is_not(call: Call, store: Path, command: str) -> None:
    done = call(command, "zzzz")
    assert done.exit_code == 4
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1


def test_status(call: Call, store: Path) -> None:
    table = call("status").stdout
    assert "1 hold nothing of the eight types" in table
    assert "meeting 1" in table
    counts = json.loads(call("status", "--format", "json").stdout)
    assert (counts["documents"], counts["records"], counts["without_records"]) == (2, 8, 1)


@pytest.mark.parametrize(
    ("command", "bad"),
    [
        (command, bad)
        for command in (("find", "x"), ("show", "x"), ("doc", "x"), ("status",), ("ingest", "news"))
        for bad in ("text", "folder", "absent")
        if (command[0], bad) != ("ingest", "absent")  # that makes one
    ],
)
def test_a_store_that_is_none(call: Call, folder: Path, command: tuple[str, ...], bad: str) -> None:
    path = folder / "bad.db"
    if bad == "text":
        path.write_text("I am no database, whatever my name says.\n" * 50)
    elif bad == "folder":
        path.mkdir()
    done = call(*command, "--store", path)
    assert done.exit_code == 5
    assert done.stderr.startswith(f"error: {path}: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("by", ["environment", "file", "option"])
def test_where_the_store_is(call: Call, folder: Path, by: str) -> None:
    env = {} if by == "file" else {"DRAGOMAN_STORE": "by-environment.db"}
    if by == "file":
        (folder / "dragoman.toml").write_text('store = "by-file.db"\n')
    option = ("--store", "by-option.db") if by == "option" else ()
    done = call("ingest", "news", *option, env=env)
    assert done.exit_code == 0, done.stderr
    assert [path.name for path in folder.glob("*.db")] == [f"by-{by}.db"]
    assert f"by-{by}.db" in done.stdout


def test_a_settings_file_that_is_wrong(call: Call, folder: Path) -> None:
    (folder / "dragoman.toml").write_text("stores = 3\n")
    done = call("ingest", "news")
    assert done.exit_code == 2
    assert "dragoman.toml: there is no setting 'stores'" in done.stderr


def test_narrow_terminals(call: Call, store: Path) -> None:
    for command in (("find",), ("status",), ("show", _id(call, "meeting"))):
        done = call(*command, env={"COLUMNS": "40"})
        assert done.exit_code == 0
        assert max(len(line) for line in done.stdout.splitlines()) <= 40
