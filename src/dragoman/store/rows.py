"""Documents and records as rows, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from dragoman.errors import StoreError
from dragoman.records import Actor, Document, Record, Span, Tenure, record_from_dict
from dragoman.store import schema
from dragoman.store.days import bounds
from dragoman.store.fold import fold

__all__ = ["check", "document_of", "document_row", "document_words", "record_rows", "records_of"]

_BESIDE = frozenset({"evidence", "id", "doc_id", "confidence"})  # kept in columns and tables of their own
_WORDY = ("title", "text", "action", "label", "person", "office")  # core fields that hold words of the document
_READ = tuple(f.name for f in fields(Document) if f.name not in {"id", "dateline", "mended"})


def check(document: Document, records: Sequence[Record]) -> None:
    """Raise StoreError unless every record belongs to the document and its evidence is verbatim."""
    for record in records:
        if record.doc_id != document.id:
            raise StoreError(f"a {record.record} of document {record.doc_id} came with it", where=document.id)
        for span in record.evidence:
            if span.text != document.text[span.start : span.end] or span.start < 0 or not span.text:
                raise StoreError(
                    f"evidence of a {record.record} is not the document's text from {span.start} to {span.end}",
                    where=document.id,
                    hint=f"this is a fault of the rule {record.rule}: please report it",
                )
    try:
        "".join(str(value) for value in document_row(document).values()).encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            "it holds half a surrogate pair, which is no character",
            where=document.id,
            hint="mend its encoding",
        ) from error


def document_row(document: Document) -> dict[str, Any]:
    """The columns of ``version`` that the document fills."""
    row: dict[str, Any] = {name: getattr(document, name) for name in _READ}
    row["document_id"] = document.id
    row["hash"] = document.version
    row["dateline"] = document.dateline.to_dict() if document.dateline else None
    row["mended"] = list(document.mended)
    return row


def document_of(row: Any) -> Document:
    """The document of a row of ``version``."""
    given = {name: getattr(row, name) for name in (*_READ, "dateline", "mended")}
    return Document.from_dict({"id": row.document_id, **given})


def document_words(document: Document) -> str:
    """What a search in documents looks at."""
    return fold(f"{document.title or ''} {document.text}")


@dataclass(frozen=True, slots=True)
class RecordRows:
    """A record and what hangs on it, for the tables of ``schema``; the record's key is still missing."""

    record: dict[str, Any]
    actors: list[dict[str, Any]]
    countries: list[dict[str, Any]]
    evidence: list[dict[str, Any]]


def record_rows(record: Record, *, published: str | None) -> RecordRows:
    """The rows of a record. published: the document's date, which places a record that has none."""
    days = bounds(record.date) or bounds(published) or (None, None)
    row = {
        "id": record.id,
        "type": record.record,
        "status": getattr(record, "status", None),
        "date": record.date,
        "first_day": days[0],
        "last_day": days[1],
        "confidence": record.confidence,
        "rule": record.rule,
        "fields": _lean({name: value for name, value in record.to_dict().items() if name not in _BESIDE}),
        "words": fold("\n".join(_words(record))),
    }
    actors = [
        {
            "position": position,
            "role": role,
            "name": actor.name,
            "folded": fold(actor.name),
            "kind": actor.kind,
            "country": actor.country,
            "office": actor.office,
            "sector": actor.sector,
        }
        for position, (role, actor) in enumerate(_people(record))
    ]
    spans = [
        {"position": position, "start": span.start, "end": span.end, "text": span.text}
        for position, span in enumerate(record.evidence)
    ]
    return RecordRows(row, actors, [{"iso3": iso3} for iso3 in sorted(set(record.countries()))], spans)


def _lean(value: Any) -> Any:
    """JSON without its nulls, which are a third of it and come back by themselves."""
    if isinstance(value, dict):
        return {name: _lean(part) for name, part in value.items() if part is not None}
    return [_lean(part) for part in value] if isinstance(value, list) else value


def _people(record: Record) -> Iterator[tuple[str, Actor]]:
    yield from record.actors()
    if isinstance(
        record, Tenure
    ):  # its person is a name, not an actor; a search by person must find it all the same
        yield "person", Actor(name=record.person, kind="person", country=record.country, office=record.office)


def _words(record: Record) -> Iterator[str]:
    yield from dict.fromkeys(span.text for span in record.evidence)
    for _, actor in record.actors():
        yield actor.name
        yield actor.office or ""
    for name in _WORDY:
        value = getattr(record, name, None)
        if isinstance(value, str):
            yield value
    if record.place:
        yield record.place.name


def records_of(connection: Connection, condition: ColumnElement[bool]) -> dict[int, Record]:
    """The records that meet a condition on ``record`` and ``reading``, by key, in the order of the text."""
    record, reading, evidence = schema.record, schema.reading, schema.evidence
    rows = connection.execute(
        select(record.c.key, record.c.fields, record.c.confidence, reading.c.document_id)
        .join(reading, record.c.reading_key == reading.c.key)
        .where(condition)
        .order_by(record.c.reading_key, record.c.position)
    ).all()
    spans: dict[int, list[Span]] = {row.key: [] for row in rows}
    found = connection.execute(
        select(evidence.c.record_key, evidence.c.start, evidence.c.end, evidence.c.text)
        .join(record, evidence.c.record_key == record.c.key)
        .join(reading, record.c.reading_key == reading.c.key)
        .where(condition)
        .order_by(evidence.c.record_key, evidence.c.position)
    )
    for key, start, end, text in found:
        spans[key].append(Span(start, end, text))
    return {row.key: _record(row, spans[row.key]) for row in rows}


def _record(row: Any, evidence: list[Span]) -> Record:
    rest = {
        "doc_id": row.document_id,
        "confidence": row.confidence,
        "evidence": [span.to_dict() for span in evidence],
    }
    return record_from_dict({**row.fields, **rest})
