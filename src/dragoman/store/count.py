"""What a store holds, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, distinct, func, select, text

from dragoman.store import schema

__all__ = ["Failure", "Run", "Status", "failures", "status"]

_record, _reading, _version = schema.record, schema.reading, schema.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What could not be read. source: file (and line) or document id; kind: name of the error; times in UTC."""

    source: str
    kind: str
    message: str
    hint: str | None
    first_seen: str
    last_seen: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An ingest. state: running (or killed), done, interrupted, failed; counts: its Summary."""

    started: str
    ended: str | None
    state: str
    reader_version: str
    extractor_version: str
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts of what is current: superseded versions and claims of older extractors count under their own names.

    first_date, last_date: the earliest and the latest publication, EDTF as the documents give them; size: bytes.
    """

    path: str
    size: int
    schema_version: str
    made: str
    made_by: str
    documents: int
    versions: int
    superseded_versions: int
    without_records: int
    records: int
    superseded_records: int
    records_by_type: Mapping[str, int]
    records_by_status: Mapping[str, int]
    documents_by_publisher: Mapping[str, int]
    documents_by_language: Mapping[str, int]
    extractor_versions: Mapping[str, int]
    reader_versions: Mapping[str, int]
    first_date: str | None
    last_date: str | None
    failures: int
    last_run: Run | None


def status(connection: Connection, path: Path) -> Status:
    """Count."""
    made = connection.execute(select(schema.store.c.made, schema.store.c.made_by)).one()
    documents = _number(connection, select(func.count()).select_from(schema.document))
    versions = _number(connection, select(func.count()).select_from(_version))
    shown = select(func.count(distinct(_reading.c.version_key)))
    by_type = _tally(connection, _record.c.type)
    first, last = connection.execute(
        select(func.min(_version.c.published), func.max(_version.c.published))
        .join(_reading, _reading.c.version_key == _version.c.key)
        .where(_reading.c.current)
    ).one()
    records = sum(by_type.values())
    return Status(
        path=str(path),
        size=_size(path),
        schema_version=connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        made=made.made,
        made_by=made.made_by,
        documents=documents,
        versions=versions,
        superseded_versions=versions - _number(connection, shown.where(_reading.c.current)),
        without_records=_number(
            connection, select(func.count()).where(_reading.c.current, _reading.c.records == 0)
        ),
        records=records,
        superseded_records=_number(connection, select(func.count()).select_from(_record)) - records,
        records_by_type=by_type,
        records_by_status=_tally(connection, _record.c.status),
        documents_by_publisher=_tally(connection, _version.c.publisher),
        documents_by_language=_tally(connection, _version.c.language),
        extractor_versions=_tally(connection, _reading.c.extractor_version),
        reader_versions=_tally(connection, _reading.c.reader_version),
        first_date=first,
        last_date=last,
        failures=_number(connection, select(func.count()).select_from(schema.failure)),
        last_run=_last_run(connection),
    )


def _number(connection: Connection, statement: Any) -> int:
    return int(connection.execute(statement).scalar_one())


def _tally(connection: Connection, column: Any) -> dict[str, int]:
    """How often each value occurs in what is current, the most frequent first; null is left out."""
    counted = func.count().label("counted")
    statement = select(column, counted).select_from(_reading)
    if column.table is _record:
        statement = statement.join(_record, _record.c.reading_key == _reading.c.key)
    elif column.table is _version:
        statement = statement.join(_version, _reading.c.version_key == _version.c.key)
    rows = connection.execute(
        statement.where(_reading.c.current, column.is_not(None)).group_by(column).order_by(counted.desc(), column)
    )
    return {str(value): int(number) for value, number in rows}


def _size(path: Path) -> int:
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _last_run(connection: Connection) -> Run | None:
    table = schema.run
    row = connection.execute(select(table).order_by(table.c.key.desc()).limit(1)).first()
    if row is None:
        return None
    return Run(
        started=row.started,
        ended=row.ended,
        state=row.state,
        reader_version=row.reader_version,
        extractor_version=row.extractor_version,
        counts=row.counts,
    )


def failures(connection: Connection) -> list[Failure]:
    """What could not be read, the latest first."""
    table = schema.failure
    rows = connection.execute(select(table).order_by(table.c.last_seen.desc(), table.c.source))
    return [Failure(**row._mapping) for row in rows]
