"""Opening a store: a new one is made, an older one upgraded, anything else refused with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select, text, update

from dragoman import __version__
from dragoman.errors import NotAStore, StoreError, StoreTooNew
from dragoman.store import schema, sqlite

__all__ = ["now", "open_engine", "path_of"]

_URL = "sqlite:///"
_NO_FILE = frozenset({"", ":memory:", "sqlite://", _URL, f"{_URL}:memory:"})


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def path_of(url_or_path: str | Path) -> Path:
    """The file that a store's URL or path names. Raises StoreError for a database other than SQLite."""
    name = str(url_or_path)
    if name in _NO_FILE:
        raise StoreError("a store is a file", where=name or "(empty)", hint="name one, such as record.db")
    if name.startswith(_URL):
        return Path(name[len(_URL) :])
    if "://" in name:
        raise StoreError(
            f"{name.partition('://')[0]} is not supported yet", where=name, hint="name a file, such as record.db"
        )
    return Path(name)


def open_engine(path: Path, *, create: bool, timeout: float) -> Engine:
    """An engine on a store of this Dragoman's version.

    Raises NotAStore, StoreTooNew, StoreBusy, StoreFull, StoreError.
    """
    _check_file(path, create=create)
    engine = sqlite.connect(path, timeout=timeout)
    try:
        with sqlite.explaining(path):
            found = _revision(engine, path)
            if found != schema.REVISIONS[-1]:
                _migrate(engine, path, found=found)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check_file(path: Path, *, create: bool) -> None:
    where = str(path)
    try:
        if path.is_dir():
            raise NotAStore("this is a folder", where=where, hint="name a file in it, such as record.db")
        if path.exists():
            if not sqlite.looks_like_sqlite(path):
                raise NotAStore(
                    "this is no database", where=where, hint="name a store, or a file that does not exist yet"
                )
        elif not create:
            raise NotAStore("there is no such store", where=where, hint="make one with `dragoman ingest`")
        elif not path.absolute().parent.is_dir():
            raise StoreError("its folder does not exist", where=where, hint=f"make the folder {path.parent} first")
    except PermissionError as error:
        raise StoreError("this file may not be read", where=where, hint="check its permissions") from error


def _revision(engine: Engine, path: Path) -> str | None:
    """The revision of the tables; None for a database that is still empty."""
    with engine.connect() as connection:
        mark = connection.execute(text("PRAGMA application_id")).scalar_one()
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
        if not tables and mark in (0, schema.APPLICATION_ID):
            return None
        if mark != schema.APPLICATION_ID:
            raise NotAStore(
                "this database was not made by Dragoman", where=str(path), hint="name another file for the store"
            )
        found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
        if found in schema.REVISIONS:
            return found
        maker = connection.execute(select(schema.store.c.made_by)).scalar_one()
    raise StoreTooNew(
        f"this store was written by Dragoman {maker} (tables {found}); this is {__version__}, which knows"
        f" up to {schema.REVISIONS[-1]}",
        where=str(path),
        hint="update with `pip install -U dragoman`",
    )


def _migrate(engine: Engine, path: Path, *, found: str | None) -> None:
    """Make the tables, or bring those of an older store up: checked before, and all of it or nothing."""
    if sqlite.is_read_only(path):
        raise StoreError(
            "this store is of an older version and may not be written",
            where=str(path),
            hint="copy it to a place where it can be upgraded",
        )
    with engine.execution_options(writes=True).begin() as connection:
        if found is not None:
            _check_whole(connection, path)
        # another process may have done it while this one waited for the lock: then there is nothing left to run
        _run_revisions(connection)
        _sign(connection)


def _check_whole(connection: Connection, path: Path) -> None:
    said = connection.execute(text("PRAGMA integrity_check(3)")).scalars().all()
    if said != ["ok"]:
        raise StoreError(
            f"this store is damaged and was not upgraded: {'; '.join(said)}",
            where=str(path),
            hint="restore a copy, or `sqlite3 FILE .recover` to save what it holds",
        )


def _run_revisions(connection: Connection) -> None:
    from alembic import command  # needed once in the life of a store
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, schema.REVISIONS[-1])


def _sign(connection: Connection) -> None:
    signed = connection.execute(select(func.count()).select_from(schema.store)).scalar_one()
    if signed:
        connection.execute(update(schema.store).values(made_by=__version__))
    else:
        connection.execute(insert(schema.store).values(made=now(), made_by=__version__))
