"""From the store: the claims of current readings, with where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, select

from dragoman.link.claims import Claim, Source
from dragoman.records import Record
from dragoman.store import schema
from dragoman.store.rows import records_of

__all__ = ["chunks", "load_claims", "load_claims_of"]

T = TypeVar("T")
_record, _reading, _version = schema.record, schema.reading, schema.version
_CHUNK = 400  # values in one condition; SQLite allows more, and is no faster with more


def chunks(values: Iterable[T], *, size: int = _CHUNK) -> Iterator[list[T]]:
    """The values, a few hundred at a time."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def load_claims(connection: Connection, ids: Iterable[str]) -> list[Claim]:
    """The claims of these ids, as far as they are current, in the order of their ids."""
    found: dict[str, Claim] = {}
    for part in chunks(sorted(set(ids))):
        for claim in _load(connection, _record.c.id.in_(part)):
            found[claim.id] = claim
    return [found[id_] for id_ in sorted(found)]


def load_claims_of(connection: Connection, readings: Iterable[int], *, types: Iterable[str]) -> Iterator[Claim]:
    """The claims of these types in these current readings, a few hundred readings in memory at a time."""
    wanted = frozenset(types)
    for part in chunks(sorted(readings)):
        yield from _load(connection, _record.c.reading_key.in_(part), types=wanted)


def _load(
    connection: Connection, condition: ColumnElement[bool], *, types: frozenset[str] | None = None
) -> Iterator[Claim]:
    # what narrows little is asked of the rows: as a condition, SQLite may begin with all current readings of the
    # store, or all records of a type, for every few hundred that are wanted
    rows = connection.execute(
        select(
            _record.c.key,
            _record.c.id,
            _record.c.type,
            _reading.c.current,
            _reading.c.document_id,
            _version.c.published,
            _version.c.publisher,
            _version.c.url,
            _version.c.cited_source,
            _version.c.language,
            _version.c.title,
            schema.sketch.c.copy_of,
        )
        .join(_reading, _record.c.reading_key == _reading.c.key)
        .join(_version, _reading.c.version_key == _version.c.key)
        .outerjoin(schema.sketch, schema.sketch.c.reading_key == _reading.c.key)
        .where(condition)
    ).all()
    sources: dict[str, Source] = {}
    rows = [row for row in rows if row.current and (types is None or row.type in types)]
    records: dict[int, Record] = {}
    for part in chunks(sorted(row.key for row in rows)):
        records |= records_of(connection, _record.c.key.in_(part))
    for row in rows:
        source = sources.get(row.document_id)
        if source is None:
            source = sources[row.document_id] = Source(
                document=row.document_id,
                published=row.published,
                publisher=row.publisher,
                url=row.url,
                cited_source=row.cited_source,
                language=row.language,
                title=row.title,
                copy_of=row.copy_of,
            )
        yield Claim(id=row.id, record=records[row.key], source=source)
