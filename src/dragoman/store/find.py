"""Finding records and documents by words, type, country, person, time and status."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from dragoman.errors import DragomanError
from dragoman.records import RECORD_TYPES, Record, Status
from dragoman.store import schema, sqlite
from dragoman.store.days import bounds
from dragoman.store.fold import fold, terms
from dragoman.store.rows import records_of

__all__ = [
    "CountryResolver",
    "DocumentHit",
    "Hit",
    "Query",
    "check_query",
    "count_records",
    "find_documents",
    "find_records",
    "stream_records",
]

CountryResolver = Callable[[str], str | None]
"""From a country as people write it (its code too) to its ISO3 code; None where it knows none."""

_record, _reading, _version = schema.record, schema.reading, schema.version
_AT_ONCE = 500
_TEXTS_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that was found, and the document that it comes from."""

    record: Record
    document_id: str
    title: str | None
    published: str | None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHit:
    """A document that was found. records: how many were found in it; excerpt: the words around the first match."""

    document_id: str
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    records: int
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for, checked: terms folded, countries as ISO3, time as days."""

    terms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    status: str | None = None
    superseded: bool = False


def check_query(
    words: str | None = None,
    *,
    types: Iterable[str] = (),
    countries: Iterable[str] = (),
    person: str | None = None,
    since: str | None = None,
    until: str | None = None,
    status: str | None = None,
    superseded: bool = False,
    resolve_country: CountryResolver | None = None,
) -> Query:
    """Check what is asked for. Raises DragomanError for a type, status, country or date that there is not."""
    if since and until and _day(since, "since", last=False) > _day(until, "until", last=True):
        raise DragomanError(f"since {since} is after until {until}", hint="swap the two dates")
    return Query(
        terms=tuple(terms(words or "")),
        types=tuple(_known(kind, "record type", RECORD_TYPES) for kind in types),
        countries=tuple(_iso3(name, resolve_country) for name in countries),
        person=tuple(terms(person or "")),
        since=_day(since, "since", last=False) if since else None,
        until=_day(until, "until", last=True) if until else None,
        status=_known(status, "status", get_args(Status)) if status else None,
        superseded=superseded,
    )


def _known(value: str, what: str, known: Iterable[str]) -> str:
    if value not in known:
        raise DragomanError(f"there is no {what} {value!r}", hint=f"one of {', '.join(known)}")
    return value


def _iso3(name: str, resolve: CountryResolver | None) -> str:
    code = (resolve or _named)(name.strip())
    if code is None:
        raise DragomanError(f"no country is known as {name!r}", hint="give its ISO 3166 code, such as KAZ")
    return code


def _named(name: str) -> str | None:
    """The country of an ISO3 code or of a name that the vocabulary has."""
    from dragoman.vocabulary import states  # a tenth of a second, for searches by country only

    index = states()
    if name.upper() in index:
        return name.upper()
    found = (index.lookup(form) for form in (name, name.title(), name.upper()))
    return next((state.iso3 for state in found if state), None)


def _day(date: str, name: str, *, last: bool) -> str:
    days = bounds(date)
    if days is None:
        raise DragomanError(
            f"{name} {date!r} is no date",
            hint="write 2022, 2022-09, 2022-09-14 or another EDTF date such as 2022-23",
        )
    return days[1] if last else days[0]


def find_records(connection: Connection, asked: Query, *, limit: int | None, offset: int) -> list[Hit]:
    """The records asked for, newest first."""
    statement = _ordered(asked).offset(offset)
    if limit is not None:
        statement = statement.limit(limit)
    elif offset:
        statement = statement.limit(-1)  # SQLite has no OFFSET without LIMIT
    return _hits(connection, connection.execute(statement).scalars().all())


def stream_records(connection: Connection, asked: Query) -> Iterator[Hit]:
    """All records asked for, newest first, a few hundred in memory at a time."""
    keys = connection.execute(_ordered(asked)).scalars().all()
    for start in range(0, len(keys), _AT_ONCE):
        yield from _hits(connection, keys[start : start + _AT_ONCE])


def count_records(connection: Connection, asked: Query) -> int:
    """How many records are asked for."""
    return int(connection.execute(_joined(select(func.count()), asked)).scalar_one())


def _joined(statement: Select[Any], asked: Query) -> Select[Any]:
    return (
        statement.select_from(_record)
        .join(_reading, _record.c.reading_key == _reading.c.key)
        .where(*_conditions(asked))
    )


def _ordered(asked: Query) -> Select[Any]:
    order: list[ColumnElement[Any]] = [_record.c.first_day.desc().nulls_last()]
    if asked.terms:
        order.append(sqlite.weight(asked.terms, _record.c.words).desc())
    return _joined(select(_record.c.key), asked).order_by(*order, _reading.c.document_id, _record.c.position)


def _conditions(asked: Query) -> Iterator[ColumnElement[bool]]:
    if not asked.superseded:
        yield _reading.c.current
    if asked.terms:
        yield sqlite.records_holding(asked.terms)
    if asked.types:
        yield _record.c.type.in_(asked.types)
    if asked.status:
        yield _record.c.status == asked.status
    if asked.since:
        yield _record.c.last_day >= asked.since
    if asked.until:
        yield _record.c.first_day <= asked.until
    for iso3 in asked.countries:
        concerned = schema.country
        yield exists().where(concerned.c.record_key == _record.c.key, concerned.c.iso3 == iso3)
    if asked.person:
        actor = schema.actor
        named = sqlite.holds(asked.person, actor.c.folded)
        yield exists().where(actor.c.record_key == _record.c.key, actor.c.kind == "person", named)


def _hits(connection: Connection, keys: Sequence[int]) -> list[Hit]:
    records: dict[int, Record] = {}
    heads: dict[int, Any] = {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = _record.c.key.in_(keys[start : start + _AT_ONCE])
        records |= records_of(connection, wanted)
        rows = connection.execute(
            select(_record.c.key, *_head())
            .join(_reading, _record.c.reading_key == _reading.c.key)
            .join(_version, _reading.c.version_key == _version.c.key)
            .where(wanted)
        )
        heads |= {row.key: row for row in rows}
    return [
        Hit(
            record=records[key],
            document_id=heads[key].document_id,
            title=heads[key].title,
            published=heads[key].published,
            publisher=heads[key].publisher,
            url=heads[key].url,
        )
        for key in keys
    ]


def _head() -> tuple[ColumnElement[Any], ...]:
    return (_version.c.document_id, _version.c.title, _version.c.published, _version.c.publisher, _version.c.url)


def find_documents(
    connection: Connection, wanted: Sequence[str], *, limit: int | None, offset: int
) -> list[DocumentHit]:
    """Documents whose title or text holds every term, in their current versions, latest publication first."""
    candidates = (
        select(_version.c.key)
        .join(_reading, _reading.c.version_key == _version.c.key)
        .where(_reading.c.current, sqlite.documents_that_may_hold(wanted))
        .order_by(_version.c.published.desc().nulls_last(), _version.c.document_id)
    )
    keys = connection.execute(candidates).scalars().all()
    found = _documents_holding(connection, keys, wanted)
    return list(islice(found, offset, None if limit is None else offset + limit))


def _documents_holding(
    connection: Connection, keys: Sequence[int], wanted: Sequence[str]
) -> Iterator[DocumentHit]:
    """Those of the documents that hold every term, in their order; no text is loaded before it is asked for."""
    for start in range(0, len(keys), _TEXTS_AT_ONCE):
        part = keys[start : start + _TEXTS_AT_ONCE]
        rows = connection.execute(
            select(*_head(), _version.c.key, _version.c.text, _reading.c.records)
            .join(_reading, _reading.c.version_key == _version.c.key)
            .where(_reading.c.current, _version.c.key.in_(part))
        )
        by_key = {row.key: row for row in rows}
        for row in (by_key[key] for key in part):
            words = fold(f"{row.title or ''} {row.text}")
            if all(term in words for term in wanted):
                yield DocumentHit(
                    document_id=row.document_id,
                    title=row.title,
                    published=row.published,
                    publisher=row.publisher,
                    url=row.url,
                    records=row.records,
                    excerpt=_excerpt(row.text, wanted),
                )


def _excerpt(text: str, wanted: Sequence[str], *, around: int = 80) -> str:
    """The document's own words about the first term; its beginning where only the title holds it."""
    pattern = "|".join(re.escape(term) for term in wanted)
    match = re.search(pattern, text, re.IGNORECASE)
    middle = match.start() if match else 0
    begin, end = max(0, middle - around), middle + around
    words = " ".join(text[begin:end].split())
    return ("…" if begin else "") + words + ("…" if end < len(text) else "")
