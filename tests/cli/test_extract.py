"""``dragoman extract``: formats, filters, files, errors and codes, against fakes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.fakes import FakeRooms
from tests.export.examples import TEXT, records

from dragoman.records import RECORD_TYPES, record_from_dict

Call = Callable[..., Any]


@pytest.fixture
def readout(tmp_path: Path) -> Path:
    path = tmp_path / "readout.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_table_is_the_default_and_ends_with_a_count(call: Call, readout: Path) -> None:
    done = call("extract", readout)
    assert done.exit_code == 0
    assert "Anna Holm, Karim Rahmon (in person)" in done.stdout
    assert "8 records in 1 document" in done.stderr


def test_jsonl_is_lossless(call: Call, readout: Path) -> None:
    done = call("extract", readout, "--format", "jsonl")
    lines = done.stdout.splitlines()
    assert [record_from_dict(json.loads(line)).to_dict() | {"doc_id": "", "id": ""} for line in lines] == [
        record.to_dict() | {"doc_id": "", "id": ""} for record in records()
    ]
    assert done.stderr == ""


def test_csv_has_a_row_for_each_record(call: Call, readout: Path) -> None:
    done = call("extract", readout, "-f", "csv")
    assert [row["record"] for row in csv.DictReader(io.StringIO(done.stdout))] == list(RECORD_TYPES)


def test_html_is_a_page(call: Call, readout: Path) -> None:
    done = call("extract", readout, "-f", "html")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.jsonl", "{"),
        ("r.csv", "record,id"),
        ("r.HTML", "<!doctype"),
        ("r.txt", "Talks in Dushanbe"),
        ("r", "Talks"),
    ],
)
def test_the_output_files_name_chooses_the_format(call: Call, readout: Path, name: str, begins: str) -> None:
    target = readout.with_name(name)
    done = call("extract", readout, "--output", target)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert target.read_text("utf-8").startswith(begins)
    assert {path.name for path in readout.parent.iterdir()} == {"readout.txt", name}


def test_filters(call: Call, readout: Path) -> None:
    args = ("extract", readout, "-f", "jsonl")
    kinds = [json.loads(line)["record"] for line in call(*args, "-t", "visit", "-t", "event").stdout.splitlines()]
    assert kinds == ["visit", "event"]
    sure = [json.loads(line) for line in call(*args, "--min-confidence", "0.5").stdout.splitlines()]
    assert len(sure) == 7
    assert min(record["confidence"] for record in sure) >= 0.5


def test_standard_input(call: Call) -> None:
    done = call("extract", "-", "-f", "jsonl", text=TEXT)
    assert json.loads(done.stdout.splitlines()[0])["doc_id"] == "stdin"


def test_a_document_without_records_is_no_error(call: Call) -> None:
    done = call("extract", "empty")
    assert done.exit_code == 0
    assert "no records" in done.stdout


def test_bad_documents_are_named_and_the_rest_is_done(call: Call, readout: Path) -> None:
    done = call("extract", "bad.jsonl", readout, "absent.txt", "-f", "jsonl")
    assert done.exit_code == 3
    assert len(done.stdout.splitlines()) == 8
    assert done.stderr.splitlines() == [
        "error: bad.jsonl:7: the line is no JSON (mend or delete it)",
        "error: absent.txt: there is no such file (check the name)",
        "8 records in 1 document, 2 sources could not be read",
    ]


def test_a_bug_is_one_line_that_says_how_to_see_more(call: Call) -> None:
    done = call("extract", "bug")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: unforeseen RuntimeError: the roof leaks (DRAGOMAN_DEBUG=1")
    assert len(done.stderr.splitlines()) == 1


def test_debug_lets_the_traceback_through(call: Call) -> None:
    done = call("extract", "bug", env={"DRAGOMAN_DEBUG": "1"})
    assert isinstance(done.exception, RuntimeError)


def test_interrupted(call: Call) -> None:
    done = call("extract", "interrupt")
    assert done.exit_code == 130
    assert done.stderr == "error: interrupted\n"


@pytest.mark.parametrize(
    "args",
    [
        ("extract",),
        ("extract", "a", "--format", "xls"),
        ("extract", "a", "--type", "war"),
        ("extract", "a", "--min-confidence", "2"),
        ("extract", "a", "--nonsense"),
        ("digest",),
    ],
    ids=["no path", "format", "type", "confidence", "option", "command"],
)
def test_wrong_usage(call: Call, args: tuple[str, ...]) -> None:
    assert call(*args).exit_code == 2


class Failing(FakeRooms):
    """Stops in the middle of the second document."""

    def process(self, documents: Any, *, model: str | None = None) -> Any:
        for number, pair in enumerate(super().process(documents)):
            if number == 1:
                raise OSError(28, "No space left on device")
            yield pair


def test_an_output_file_is_replaced_whole_or_not_at_all(call: Call, readout: Path) -> None:
    target = readout.with_name("out.jsonl")
    target.write_text("old\n")
    done = call("extract", readout, readout, "-o", target, rooms=Failing())
    assert done.exit_code == 7
    assert done.stderr.startswith(f"error: {target}: no space left on the disk")
    assert target.read_text() == "old\n"
    assert {path.name for path in readout.parent.iterdir()} == {"readout.txt", "out.jsonl"}


def test_an_output_file_keeps_its_permissions_and_its_link(call: Call, readout: Path) -> None:
    real, link = readout.with_name("real.csv"), readout.with_name("link.csv")
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert call("extract", readout, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert real.read_text("utf-8").startswith("record,")
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("target", [".", "absent/out.csv"], ids=["a folder", "no such folder"])
def test_output_that_cannot_be_written(
    call: Call, readout: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(readout.parent)
    done = call("extract", readout, "-o", target)
    assert done.exit_code == 7
    assert done.stderr.startswith(f"error: {target}: ")
    assert len(done.stderr.splitlines()) == 1
