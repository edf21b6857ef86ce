"""Flat CSV: one row a record, the same columns for every type, for spreadsheets, R, Stata and pandas.

Columns that come first hold for every type, then one column for each field of RECORDS.md; what a type does not
have is empty. Lists are joined with '; ', an actor reads 'Name (ISO3)'. Text cells that a spreadsheet would run
as a formula get a leading apostrophe, which is the one place where a cell differs from the document: where that
matters, take the offsets or JSON lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from dragoman.records import Actor, Document, Plover, Record

__all__ = ["COLUMNS", "row", "write_csv"]

# name → what it holds; docs/cli.md shows this table and a test compares the two
COLUMNS: dict[str, str] = {
    "record": "type of the record",
    "id": "id of the record",
    "doc_id": "id of the document",
    "doc_title": "title of the document",
    "doc_published": "date of publication (EDTF)",
    "doc_url": "address of the document",
    "summary": "the record in one line",
    "status": "done, ongoing, planned, proposed, cancelled, postponed, denied",
    "date": "when it happened or is due (EDTF)",
    "date_text": "the words that the date came from",
    "date_basis": "text, relative, published",
    "place": "where",
    "place_country": "state of the place (ISO3)",
    "place_basis": "text, dateline",
    "topics": "PLOVER contexts",
    "countries": "states concerned (ISO3)",
    "participants": "meeting: who met",
    "format": "meeting: in_person, call, video, letter",
    "visitor": "visit: who goes",
    "host": "visit: the state visited (ISO3)",
    "kind": "visit, agreement, relation: which kind",
    "title": "agreement: its title",
    "parties": "agreement, relation: between whom",
    "step": "agreement: how far it has come",
    "speaker": "statement: who said it",
    "mode": "statement: quoted, reported",
    "text": "statement: what was said",
    "stance": "statement: praise, criticise, support, …",
    "addressee": "statement: to whom",
    "target": "statement, event: about or against whom",
    "actor": "commitment: who undertakes",
    "strength": "commitment: hope, readiness, intention, promise, agreed, instructed",
    "action": "commitment: what is undertaken",
    "counterpart": "commitment: towards whom",
    "label": "relation: what the text calls it",
    "since": "relation: since when (EDTF)",
    "person": "tenure: who holds the post",
    "office": "tenure: the post",
    "country": "tenure: the state in which the post is held (ISO3)",
    "source": "event: who acts",
    "plover_type": "event: PLOVER type",
    "plover_mode": "event: PLOVER mode",
    "cameo": "event: CAMEO code, text with its leading zero",
    "quad": "event: quad class",
    "goldstein": "event: Goldstein scale, -10 to 10",
    "confidence": "0 to 1",
    "rule": "the rule or model that produced it",
    "evidence": "the words of the document, several spans joined with ' | '",
    "evidence_start": "offset of the first span's first character",
    "evidence_end": "offset after the first span's last character",
    "evidence_spans": "all spans as start-end",
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full width too: some locales run those


def write_csv(pairs: Iterable[tuple[Document, Sequence[Record]]], out: IO[str]) -> None:
    """Write the header and a row for every record as it comes. Open ``out`` with ``newline=""``."""
    writer = csv.DictWriter(out, fieldnames=list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    for document, records in pairs:
        writer.writerows(row(document, record) for record in records)


def row(document: Document, record: Record) -> dict[str, str | float | int]:
    """One record as cells; columns that the type does not have are missing."""
    cells: dict[str, object] = {
        "record": record.record,
        "id": record.id,
        "doc_id": record.doc_id,
        "doc_title": document.title,
        "doc_published": document.published,
        "doc_url": document.url,
        "summary": record.summary(),
        "date": record.date,
        "date_text": record.date_text,
        "date_basis": record.date_basis,
        "place": record.place.name if record.place else None,
        "place_country": record.place.country if record.place else None,
        "place_basis": record.place_basis,
        "topics": record.topics,
        "countries": record.countries(),
        "confidence": round(record.confidence, 3),
        "rule": record.rule,
        "evidence": " | ".join(span.text for span in record.evidence),
        "evidence_start": record.evidence[0].start,
        "evidence_end": record.evidence[0].end,
        "evidence_spans": tuple(f"{span.start}-{span.end}" for span in record.evidence),
    }
    for name in record.core:
        value = getattr(record, name)
        if isinstance(value, Plover):
            cells["plover_type"], cells["plover_mode"] = value.type, value.mode
        else:
            cells[name] = value
    return {name: _cell(value) for name, value in cells.items() if value is not None}


def _cell(value: object) -> str | float | int:
    if isinstance(value, int | float):
        return value  # a number may start with a minus
    text = "; ".join(_item(item) for item in (value if isinstance(value, tuple) else (value,)))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(value: object) -> str:
    if isinstance(value, Actor):
        return f"{value.name} ({value.country})" if value.country else value.name
    return str(value)
