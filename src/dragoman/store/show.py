"""Looking up one record or document by its id, or by the beginning of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from dragoman.errors import NotFound
from dragoman.records import Document, Record
from dragoman.store import schema, sqlite
from dragoman.store.rows import document_of, records_of

__all__ = ["StoredDocument", "StoredRecord", "Version", "show_document", "show_record"]

_record, _reading, _version = schema.record, schema.reading, schema.version


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record with the document as it was when it was read.

    current: whether it is what the newest extractor found in the newest version of the document.
    """

    record: Record
    document: Document
    current: bool
    version: int
    extractor_version: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document: when it was stored (UTC), and how many records its newest reading holds."""

    number: int
    hash: str
    title: str | None
    published: str | None
    reader_version: str
    extractor_version: str
    stored: str
    records: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document in its current version, the records found in it in reading order, and all its versions."""

    document: Document
    records: list[Record]
    versions: list[Version]


def show_record(connection: Connection, prefix: str) -> StoredRecord:
    """The record of that id. Where several readings claim the same, the current one; else the newest.

    Raises NotFound for no such id, and for the beginning of several.
    """
    full = _one_id(connection, _record, _record.c.id, prefix, what="record")
    row = connection.execute(
        select(_record.c.key, _reading.c.current, _reading.c.extractor_version, _reading.c.read, _version)
        .join(_reading, _record.c.reading_key == _reading.c.key)
        .join(_version, _reading.c.version_key == _version.c.key)
        .where(_record.c.id == full)
        .order_by(_reading.c.current.desc(), _reading.c.key.desc())
        .limit(1)
    ).one()
    key = row[0]
    return StoredRecord(
        record=records_of(connection, _record.c.key == key)[key],
        document=document_of(row),
        current=row.current,
        version=row.number,
        extractor_version=row.extractor_version,
        read=row.read,
    )


def show_document(connection: Connection, prefix: str) -> StoredDocument:
    """The document of that id. Raises NotFound for no such id, and for the beginning of several."""
    full = _one_id(connection, schema.document, schema.document.c.id, prefix, what="document")
    rows = connection.execute(
        select(_version, _reading.c.extractor_version, _reading.c.records, _reading.c.current, _reading.c.key)
        .join(_reading, _reading.c.version_key == _version.c.key)
        .where(_version.c.document_id == full)
        .order_by(_version.c.number, _reading.c.current, _reading.c.key)
    ).all()
    shown = next(row for row in rows if row.current)
    newest = {row.number: row for row in rows}  # of each version the current or the last reading
    records = records_of(connection, (_reading.c.document_id == full) & _reading.c.current)
    return StoredDocument(
        document=document_of(shown),
        records=list(records.values()),
        versions=[_seen(row) for row in newest.values()],
    )


def _seen(row: Any) -> Version:
    return Version(
        number=row.number,
        hash=row.hash,
        title=row.title,
        published=row.published,
        reader_version=row.reader_version,
        extractor_version=row.extractor_version,
        stored=row.stored,
        records=row.records,
        current=row.current,
    )


def _one_id(connection: Connection, table: Table, column: Column[Any], wanted: str, *, what: str) -> str:
    prefix = wanted.encode("utf-8", "replace").decode()
    exact = connection.execute(select(column).select_from(table).where(column == prefix).limit(1)).scalar()
    if exact is not None:
        return str(exact)
    found = _first_ids(connection, column, prefix) if prefix else []
    if len(found) == 1:
        return found[0]
    if found:
        more = " and more" if len(found) > _SHOWN else ""
        raise NotFound(
            f"{len(found) if not more else 'several'} {what}s have ids that begin with {prefix!r}",
            hint=f"give more of it: {', '.join(found[:_SHOWN])}{more}",
        )
    near = _near(connection, column, prefix)
    advice = f"near to it: {', '.join(near)}" if near else f"there are no {what}s in this store yet"
    raise NotFound(f"no {what} has the id {prefix!r}", hint=advice)


_SHOWN = 4


def _first_ids(connection: Connection, column: Column[Any], prefix: str) -> list[str]:
    begins = sqlite.starts_with(column, prefix)
    rows = connection.execute(select(column).distinct().where(begins).order_by(column).limit(_SHOWN + 1))
    return [str(value) for value in rows.scalars()]


def _near(connection: Connection, column: Column[Any], wanted: str) -> Sequence[str]:
    """Ids that share the longest beginning with what was asked for."""
    for length in range(len(wanted) - 1, -1, -1):
        if found := _first_ids(connection, column, wanted[:length]):
            return found[: _SHOWN - 1]
    return []
