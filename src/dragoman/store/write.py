"""Writing: what an extractor found in a document, once and for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, delete, insert, select, update

from dragoman.errors import DragomanError
from dragoman.records import Document, Record
from dragoman.store import schema, sqlite
from dragoman.store.open import now
from dragoman.store.rows import RecordRows, document_row, document_words, record_rows

__all__ = ["Written", "begin_run", "clear_failures", "end_run", "fail", "unchanged", "write_document"]

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


def write_document(
    connection: Connection,
    document: Document,
    records: Sequence[Record],
    *,
    reader_version: str,
    extractor_version: str,
    run: int | None,
) -> Written:
    """Store a document with its records, inside the caller's transaction."""
    readings = _readings(connection, [document.id])
    same = [row for row in readings if _is_same(row, document, reader_version, extractor_version)]
    if same:
        return _show_again(connection, same[-1], readings)
    row = document_row(document)
    version_key = _version_like(connection, row)
    outcome: Written = "reread" if version_key else "changed" if readings else "stored"
    if not readings:
        connection.execute(insert(schema.document).values(id=document.id, stored=now()))
    if version_key is None:
        version_key = _add_version(connection, document, row, reader_version=reader_version)
    unique = list({record.id: record for record in records}.values())
    connection.execute(update(_reading).where(_reading.c.document_id == document.id).values(current=False))
    added = connection.execute(
        insert(_reading).values(
            document_id=document.id,
            version_key=version_key,
            reader_version=reader_version,
            extractor_version=extractor_version,
            current=True,
            records=len(unique),
            run_key=run,
            read=now(),
        )
    )
    _add_records(connection, _key(added), [record_rows(item, published=document.published) for item in unique])
    connection.execute(
        delete(schema.failure).where(schema.failure.c.source.in_({document.id, document.source or ""}))
    )
    return outcome


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


def _version_like(connection: Connection, row: Mapping[str, Any]) -> int | None:
    """The stored version that says the same, text and head."""
    versions = connection.execute(
        select(_version.c.key, *(_version.c[name] for name in _AS_READ))
        .where(_version.c.document_id == row["document_id"], _version.c.hash == row["hash"])
        .order_by(_version.c.number.desc())
    )
    for found in versions:
        if all(getattr(found, name) == row[name] for name in _AS_READ):
            return int(found.key)
    return None


def _add_version(
    connection: Connection, document: Document, row: Mapping[str, Any], *, reader_version: str
) -> int:
    last = connection.execute(
        select(_version.c.number)
        .where(_version.c.document_id == document.id)
        .order_by(_version.c.number.desc())
        .limit(1)
    ).scalar()
    added = connection.execute(
        insert(_version).values(**row, number=(last or 0) + 1, reader_version=reader_version, stored=now())
    )
    key = _key(added)
    sqlite.index_documents(connection, [{"key": key, "words": document_words(document)}])
    return key


def _key(added: CursorResult[Any]) -> int:
    key: Any = added.inserted_primary_key
    return int(key[0])


def _add_records(connection: Connection, reading_key: int, rows: Sequence[RecordRows]) -> None:
    if not rows:
        return
    given = [{**row.record, "reading_key": reading_key, "position": n} for n, row in enumerate(rows)]
    # one by one would need a round trip each; the parameter order says which key is whose
    keys = connection.execute(
        insert(schema.record).returning(schema.record.c.key, sort_by_parameter_order=True), given
    ).scalars()
    actors, countries, evidence, words = [], [], [], []
    for key, row in zip(keys, rows, strict=True):
        actors += [{"record_key": key, **item} for item in row.actors]
        countries += [{"record_key": key, **item} for item in row.countries]
        evidence += [{"record_key": key, **item} for item in row.evidence]
        words.append({"key": key, "words": row.record["words"]})
    for table, items in ((schema.actor, actors), (schema.country, countries), (schema.evidence, evidence)):
        if items:
            connection.execute(insert(table), items)
    sqlite.index_records(connection, words)


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
    connection.execute(delete(schema.failure).where(schema.failure.c.source.in_(set(sources))))


def begin_run(connection: Connection, *, reader_version: str, extractor_version: str) -> int:
    """Note that an ingest has begun; its key."""
    row = {"reader_version": reader_version, "extractor_version": extractor_version}
    added = connection.execute(insert(schema.run).values(started=now(), state="running", counts={}, **row))
    return _key(added)


def end_run(connection: Connection, key: int, *, state: str, counts: Mapping[str, Any]) -> None:
    """Note how an ingest ended and what it did."""
    told = {"state": state, "ended": now(), "counts": dict(counts)}
    connection.execute(update(schema.run).where(schema.run.c.key == key).values(**told))
