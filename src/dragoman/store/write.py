"""Writing: what an extractor found in a document, once and for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Table, delete, insert, select, update

from dragoman.errors import DragomanError
from dragoman.records import Document, Record
from dragoman.store import schema, sqlite
from dragoman.store.open import now
from dragoman.store.rows import RecordRows, document_row, document_words, record_rows

__all__ = ["Written", "begin_run", "clear_failures", "end_run", "fail", "unchanged", "write_documents"]

Written = Literal["stored", "changed", "reread", "restored", "unchanged"]
"""What writing a document did: ``stored`` it for the first time; ``changed``: a new version beside the old;
``reread``: another reader or extractor read the same text; ``restored``: an older version is current again;
``unchanged``: all of it was there."""

_version, _reading = schema.version, schema.reading
_AS_READ = (
    "url",
    "publisher",
    "cited_source",
    "language",
    "dateline",
    "mended",
)  # what a newer reader may see better


Batch = Sequence[tuple[Document, Sequence[Record]]]


def write_documents(
    connection: Connection, batch: Batch, *, reader_version: str, extractor_version: str, run: int | None
) -> list[Written]:
    """Store documents with their records, inside the caller's transaction."""
    author = {"reader_version": reader_version, "extractor_version": extractor_version}
    outcomes: list[Written] = []
    for part in _without_repeats(batch):
        outcomes += _write_part(connection, part, author, run)
    return outcomes


def _without_repeats(batch: Batch) -> Iterator[Batch]:
    """Parts in which no document occurs twice, so that each part can be looked up and written at once."""
    part: dict[str, tuple[Document, Sequence[Record]]] = {}
    for document, records in batch:
        if document.id in part:
            yield list(part.values())
            part = {}
        part[document.id] = (document, records)
    if part:
        yield list(part.values())


@dataclass(slots=True)
class _New:
    """A reading to be written."""

    document: Document
    records: list[Record]
    outcome: Written
    row: dict[str, Any]  # of the version
    version_key: int | None  # of the stored version that says the same


def _write_part(connection: Connection, part: Batch, author: Mapping[str, str], run: int | None) -> list[Written]:
    known: dict[str, list[Any]] = {}
    for row in _readings(connection, (document.id for document, _ in part)):
        known.setdefault(row.document_id, []).append(row)
    outcomes: list[Written] = []
    new: list[_New] = []
    for document, records in part:
        readings = known.get(document.id, [])
        same = [row for row in readings if _is_same(row, document, **author)]
        if same:
            outcomes.append(_show_again(connection, same[-1], readings))
        else:
            new.append(_plan(connection, document, records, known=bool(readings)))
            outcomes.append(new[-1].outcome)
    if new:
        _add(connection, new, author, run)
    read = {name for document, _ in part for name in (document.id, document.source) if name}
    clear_failures(connection, read)
    return outcomes


def _plan(connection: Connection, document: Document, records: Sequence[Record], *, known: bool) -> _New:
    unique = list({record.id: record for record in records}.values())
    new = _New(document, unique, "stored", {**document_row(document), "number": 1}, None)
    if known:
        versions = _versions(connection, document.id)
        alike = (
            row for row in versions if all(getattr(row, name) == new.row[name] for name in ("hash", *_AS_READ))
        )
        new.version_key = next((row.key for row in alike), None)
        new.outcome = "reread" if new.version_key else "changed"
        new.row["number"] = versions[0].number + 1
    return new


def _readings(connection: Connection, ids: Iterable[str]) -> Sequence[Any]:
    """All readings of these documents, oldest first."""
    return connection.execute(
        select(
            _reading.c.key,
            _reading.c.document_id,
            _reading.c.version_key,
            _reading.c.reader_version,
            _reading.c.extractor_version,
            _reading.c.current,
            _version.c.hash,
        )
        .join(_version, _reading.c.version_key == _version.c.key)
        .where(_reading.c.document_id.in_(set(ids)))
        .order_by(_reading.c.key)
    ).all()


def _versions(connection: Connection, document_id: str) -> Sequence[Any]:
    """All versions of a document, newest first, without their text."""
    return connection.execute(
        select(_version.c.key, _version.c.number, _version.c.hash, *(_version.c[name] for name in _AS_READ))
        .where(_version.c.document_id == document_id)
        .order_by(_version.c.number.desc())
    ).all()


def _is_same(row: Any, document: Document, reader_version: str, extractor_version: str) -> bool:
    read_by = (row.reader_version, row.extractor_version)
    return row.hash == document.version and read_by == (reader_version, extractor_version)


def _show_again(connection: Connection, same: Any, readings: Sequence[Any]) -> Written:
    """What is there already stays as it is, but a source that went back to an older text shows that again."""
    shown = next(row for row in readings if row.current)
    if shown.hash == same.hash:
        return "unchanged"
    newest = [row for row in readings if row.hash == same.hash][-1]
    connection.execute(update(_reading).where(_reading.c.key == shown.key).values(current=False))
    connection.execute(update(_reading).where(_reading.c.key == newest.key).values(current=True))
    return "restored"


def _add(connection: Connection, new: Sequence[_New], author: Mapping[str, str], run: int | None) -> None:
    time = now()
    first = [{"id": item.document.id, "stored": time} for item in new if item.outcome == "stored"]
    if first:
        connection.execute(insert(schema.document), first)
    _add_versions(connection, [item for item in new if item.version_key is None], author["reader_version"])
    older = {item.document.id for item in new if item.outcome != "stored"}
    if older:
        connection.execute(update(_reading).where(_reading.c.document_id.in_(older)).values(current=False))
    common = {**author, "current": True, "run_key": run, "read": time}
    keys = _insert(
        connection,
        _reading,
        [
            {
                "document_id": item.document.id,
                "version_key": item.version_key,
                "records": len(item.records),
                **common,
            }
            for item in new
        ],
    )
    _add_records(connection, list(zip(keys, new, strict=True)))


def _add_versions(connection: Connection, new: Sequence[_New], reader_version: str) -> None:
    rows = [{**item.row, "reader_version": reader_version, "stored": now()} for item in new]
    words = []
    for key, item in zip(_insert(connection, _version, rows), new, strict=True):
        item.version_key = key
        words.append({"key": key, "words": document_words(item.document)})
    sqlite.index_documents(connection, words)


def _add_records(connection: Connection, read: Sequence[tuple[int, _New]]) -> None:
    given: list[dict[str, Any]] = []
    rows: list[RecordRows] = []
    for reading_key, item in read:
        for position, record in enumerate(item.records):
            rows.append(record_rows(record, published=item.document.published))
            given.append({**rows[-1].record, "reading_key": reading_key, "position": position})
    actors, countries, evidence, words = [], [], [], []
    for key, row in zip(_insert(connection, schema.record, given), rows, strict=True):
        actors += [{"record_key": key, **part} for part in row.actors]
        countries += [{"record_key": key, **part} for part in row.countries]
        evidence += [{"record_key": key, **part} for part in row.evidence]
        words.append({"key": key, "words": row.record["words"]})
    for table, parts in ((schema.actor, actors), (schema.country, countries), (schema.evidence, evidence)):
        if parts:
            connection.execute(insert(table), parts)
    sqlite.index_records(connection, words)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert; the keys that the rows were given, in the order of the rows."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return connection.execute(statement, rows).scalars().all()


def unchanged(
    connection: Connection, documents: Sequence[Document], *, reader_version: str, extractor_version: str
) -> set[str]:
    """The ids of those documents that are stored as they are, read by this reader and this extractor."""
    readings = _readings(connection, (document.id for document in documents))
    shown = {row.document_id: row.hash for row in readings if row.current}
    read = {
        (row.document_id, row.hash)
        for row in readings
        if (row.reader_version, row.extractor_version) == (reader_version, extractor_version)
    }
    return {
        document.id
        for document in documents
        if (hashed := document.version) == shown.get(document.id) and (document.id, hashed) in read
    }


def fail(connection: Connection, source: str, error: BaseException) -> None:
    """Keep what could not be read, for a retry; the same source again counts as another attempt."""
    table = schema.failure
    time = now()
    told: dict[str, Any] = {"kind": type(error).__name__, "last_seen": time, "hint": None}
    if isinstance(error, DragomanError):
        told |= {"message": _storable(error.what), "hint": error.hint}
    else:
        told |= {"message": _storable(str(error)) or type(error).__name__}
    row = {"source": _storable(source), "first_seen": time, "attempts": 1, **told}
    connection.execute(
        sqlite.upsert(table, key="source", row=row, change={**told, "attempts": table.c.attempts + 1})
    )


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which stand for the bytes of a file name that is no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def clear_failures(connection: Connection, sources: Iterable[str]) -> None:
    """Forget failures of sources that have since been read."""
    named = set(sources)
    # most often there are none, and reading that is cheaper than asking for a thousand names
    if named and connection.execute(select(schema.failure.c.source).limit(1)).first():
        connection.execute(delete(schema.failure).where(schema.failure.c.source.in_(named)))


def begin_run(connection: Connection, *, reader_version: str, extractor_version: str) -> int:
    """Note that an ingest has begun; its key."""
    row = {"reader_version": reader_version, "extractor_version": extractor_version}
    return _insert(connection, schema.run, [{"started": now(), "state": "running", "counts": {}, **row}])[0]


def end_run(connection: Connection, key: int, *, state: str, counts: Mapping[str, Any]) -> None:
    """Note how an ingest ended and what it did."""
    told = {"state": state, "ended": now(), "counts": dict(counts)}
    connection.execute(update(schema.run).where(schema.run.c.key == key).values(**told))
