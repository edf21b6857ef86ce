"""Everything that only SQLite understands. Another database would be a module of the same names beside this one.

The file is in WAL mode, so that people search while an ingest writes. ``synchronous`` is NORMAL: a commit survives
the death of the process, which is what an interrupted ingest needs; after a power cut the last commits may be
gone, the file is whole, and running the same ingest again reads those documents anew. FULL would cost a disk flush
a commit and protect nothing that cannot be had again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Float,
    Integer,
    Table,
    and_,
    bindparam,
    create_engine,
    event,
    func,
    or_,
    text,
    true,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from dragoman.errors import NotAStore, StoreBusy, StoreError, StoreFull
from dragoman.store import schema
from dragoman.store.fold import trigrams

__all__ = [
    "connect",
    "documents_that_may_hold",
    "explaining",
    "holds",
    "index_documents",
    "index_records",
    "is_read_only",
    "looks_like_sqlite",
    "records_holding",
    "settle",
    "starts_with",
    "upsert",
    "weight",
]

_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"})
_READ_ONLY = "SQLITE_READONLY"
_HEADER = b"SQLite format 3\x00"
_HAN = re.compile("[\u3400-\u9fff]{1,2}")
_MOST_SHORT = 8
_NEARLY_FULL = 256 * 1024  # bytes free below which a failed write is put down to the disk


def looks_like_sqlite(path: Path) -> bool:
    """Whether the file begins as an SQLite database does; an empty file counts, SQLite makes those."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) in (b"", _HEADER)


def is_read_only(path: Path) -> bool:
    """Whether this process may not write the file or beside it (SQLite writes ``-wal`` and ``-shm`` there)."""
    if not path.exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def connect(path: Path, *, timeout: float) -> Engine:
    """An engine on the file. timeout: seconds to wait for another process that is writing."""
    read_only = is_read_only(path)
    wal = path.with_name(path.name + "-wal")
    # a WAL database in a place that cannot be written opens only as a file that nobody changes
    mode = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    address = f"file:{quote(str(path.resolve()))}?{mode if read_only else 'mode=rwc'}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=timeout, check_same_thread=False),
        poolclass=None,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    )
    event.listen(engine, "connect", _prepare_read_only if read_only else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_read_only(connection: sqlite3.Connection, _record: object = None) -> None:
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    connection.create_function("dragoman_holds", 2, _holds, deterministic=True)
    connection.create_function("dragoman_weight", 2, _weight, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare(connection: sqlite3.Connection, _record: object = None) -> None:
    _prepare_read_only(connection)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32000")  # 32 MB


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writes", False)
    # a writer takes the lock at once: one that starts as a reader can find the file changed when it comes to write
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def settle(engine: Engine) -> None:
    """Move what the ``-wal`` file holds into the database, so that the one file can be copied.

    Where another process still reads or writes, that process does it when it closes.
    """
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        pass  # read-only, busy or full: the -wal file stays, whoever opens the store next reads and settles it
    finally:
        raw.close()


@contextmanager
def explaining(path: Path | str) -> Iterator[None]:
    """Turn what the database raises into errors that say what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(error.orig, path) from error
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _explained(error: BaseException | None, path: Path | str) -> StoreError:
    name = getattr(error, "sqlite_errorname", None) or ""
    where = str(path)
    if name in _FULL or (name.startswith("SQLITE_IOERR") and _free(path) < _NEARLY_FULL):
        return StoreFull(
            "no space left on the disk",
            where=where,
            hint="what was stored before is safe; make room and run the same command again to go on",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(
            "another process is writing to this store",
            where=where,
            hint="wait until it has finished and try again",
        )
    if name.startswith("SQLITE_NOTADB"):
        return NotAStore(
            "this is no database", where=where, hint="name a store, or a file that does not exist yet"
        )
    if name.startswith(_READ_ONLY):
        return StoreError(
            "this store may not be written",
            where=where,
            hint="check the permissions of the file and of its folder",
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError(
            "this file cannot be opened", where=where, hint="check that its folder exists and is yours"
        )
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(
            "this store is damaged",
            where=where,
            hint="restore a copy, or `sqlite3 FILE .recover` to save what it holds",
        )
    return StoreError(f"the database says: {error}", where=where)


def _free(path: Path | str) -> int:
    try:
        return shutil.disk_usage(Path(path).parent).free
    except OSError:
        return _NEARLY_FULL


def upsert(table: Table, *, key: str, row: Mapping[str, Any], change: Mapping[str, Any]) -> Any:
    """Insert the row, or where its key is there already apply the change."""
    return insert(table).values(**row).on_conflict_do_update(index_elements=[key], set_=dict(change))


def starts_with(column: Column[Any], prefix: str) -> ColumnElement[bool]:
    """Whether the text begins so, by code point; an index serves it."""
    if not prefix:
        return true()
    return and_(column >= prefix, column < prefix + "\U0010ffff")


# Search by words. The trigram index holds no text and no positions (an index with both is seven times as large),
# so it only narrows the search; dragoman_holds compares. Where every term is shorter than three characters (普京,
# EU) there is nothing to narrow by and all words are compared, as LIKE would, but folded in every script.


def index_records(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make records findable: rows of ``key`` and folded ``words``."""
    if rows:
        connection.execute(text("INSERT INTO record_words (rowid, words) VALUES (:key, :words)"), list(rows))


def index_documents(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make versions of documents findable: rows of ``key`` and folded ``words``."""
    if rows:
        connection.execute(text("INSERT INTO document_words (rowid, words) VALUES (:key, :words)"), list(rows))


def records_holding(wanted: Sequence[str]) -> ColumnElement[bool]:
    """The condition on ``record`` that its words hold every term."""
    narrowed = _narrowed(wanted, index="record_words", key=schema.record.c.key)
    return and_(narrowed, holds(wanted, schema.record.c.words))


def documents_that_may_hold(wanted: Sequence[str]) -> ColumnElement[bool]:
    """The condition on ``version`` that title and text hold the pieces of every term, which remain to be compared.

    A name of two Han characters has no such piece, but no case either, so that the text itself can be asked.
    """
    narrowed = _narrowed(wanted, index="document_words", key=schema.version.c.key)
    title, words = func.coalesce(schema.version.c.title, ""), schema.version.c.text
    return and_(
        narrowed,
        *(
            or_(func.instr(title, term) > 0, func.instr(words, term) > 0)  # LIKE would end at a NUL
            for term in wanted[:_MOST_SHORT]
            if _HAN.fullmatch(term)
        ),
    )


def holds(wanted: Sequence[str], words: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that folded words hold every term, without an index."""
    # all terms as one value: a condition for each would meet SQLite's limit on the depth of an expression
    return func.dragoman_holds(words, _packed(wanted), type_=Boolean)


def weight(wanted: Sequence[str], words: ColumnElement[str]) -> ColumnElement[float]:
    """How much of the words the terms make up, 0 to 1."""
    return func.dragoman_weight(words, _packed(wanted), type_=Float)


def _narrowed(wanted: Sequence[str], *, index: str, key: Column[Any]) -> ColumnElement[bool]:
    pieces = trigrams(wanted)
    if not pieces:
        return true()
    found = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :{index}_query").bindparams(
        bindparam(f"{index}_query", " AND ".join(map(_quoted, pieces)))
    )
    return key.in_(found.columns(Column("rowid", Integer)))


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'


def _packed(wanted: Sequence[str]) -> str:
    return json.dumps(list(wanted), ensure_ascii=False)


@lru_cache(maxsize=64)
def _unpacked(wanted: str) -> tuple[str, ...]:
    return tuple(json.loads(wanted))


def _holds(words: str, wanted: str) -> bool:
    return all(term in words for term in _unpacked(wanted))


def _weight(words: str, wanted: str) -> float:
    found = sum(words.count(term) * len(term) for term in _unpacked(wanted))
    return found / (len(words) or 1)
