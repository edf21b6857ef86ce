"""Flat rows: the same columns for every type, lists joined, formulas disarmed."""

from __future__ import annotations

import csv
import io

import pytest
from tests.export.examples import HOLM, TEXT, document, pairs, records

from dragoman.export.csv import COLUMNS, write_csv
from dragoman.records import Record, Span, Statement


def _rows(found: list[Record] | None = None) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_csv([(document(), found)] if found else pairs(), out)
    out.seek(0)
    return list(csv.DictReader(out))


def test_a_row_for_each_record_with_every_column() -> None:
    rows = _rows()
    assert [row["record"] for row in rows] == [record.record for record in records()]
    assert list(rows[0]) == list(COLUMNS)


def test_every_field_of_every_type_has_a_column() -> None:
    for record in records():
        for name in record.core:
            assert name in COLUMNS or name == "plover", f"{record.record}.{name}"


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (0, "participants", "Anna Holm (NOR); Karim Rahmon (TJK)"),
        (0, "countries", "NOR; TJK"),
        (0, "place", "Dushanbe"),
        (0, "date", "2023-05-01"),
        (2, "parties", "Norway (NOR); Tajikistan (TJK)"),
        (3, "evidence", "We shall open an embassy in 2024 | said Holm"),
        (5, "parties", "NOR; TJK"),
        (7, "plover_type", "CONSULT"),
        (7, "cameo", "042"),
        (7, "goldstein", "1.9"),
        (7, "title", ""),
    ],
)
def test_cells(record: int, column: str, value: str) -> None:
    assert _rows()[record][column] == value


def test_offsets_point_into_the_text() -> None:
    for row in _rows():
        start, end = int(row["evidence_start"]), int(row["evidence_end"])
        assert row["evidence"].startswith(TEXT[start:end])
        assert row["evidence_spans"].startswith(f"{start}-{end}")


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"], ids=["=", "+", "-", "@", "tab", "full width"]
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(words: str) -> None:
    evidence = (Span(0, len(words), words),)
    record = Statement(doc_id="d", rule="r", evidence=evidence, speaker=HOLM, mode="reported", text=words)
    [row] = _rows([record])
    assert row["text"] == f"'{words}"
    assert row["evidence"] == f"'{words}"


def test_a_negative_number_stays_a_number() -> None:
    from dataclasses import replace

    event = replace(records()[7], goldstein=-10.0)  # type: ignore[call-arg]
    assert _rows([event])[0]["goldstein"] == "-10.0"


def test_quotes_commas_and_line_breaks_come_back() -> None:
    words = 'He said, "no",\nthen left; 再见'
    record = Statement(
        doc_id="d", rule="r", evidence=(Span(0, len(words), words),), speaker=HOLM, mode="reported", text=words
    )
    assert _rows([record])[0]["text"] == words
