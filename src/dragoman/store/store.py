"""The record store: one file that keeps documents, their records and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from dragoman.records import Document, Record
from dragoman.store import count as counting
from dragoman.store import find as finding
from dragoman.store import rows, show, sqlite
from dragoman.store import write as writing
from dragoman.store.count import Failure, Status
from dragoman.store.find import CountryResolver, DocumentHit, Hit, Query
from dragoman.store.fold import terms
from dragoman.store.open import open_engine, path_of
from dragoman.store.show import StoredDocument, StoredRecord
from dragoman.store.write import Written

__all__ = ["Store", "open_store"]


def open_store(
    url_or_path: str | Path,
    *,
    create: bool = True,
    timeout: float = 30.0,
    resolve_country: CountryResolver | None = None,
) -> Store:
    """Open a store, making it where there is none and upgrading it where an older Dragoman wrote it.

    create: False refuses a file that does not exist; timeout: seconds to wait while another process writes;
    resolve_country: what ``find`` asks for the code of a country, in place of the vocabulary. A file that may not
    be written opens for reading.

    Raises NotAStore, StoreTooNew, StoreBusy, StoreFull, or StoreError where its folder or permissions are wrong.
    """
    path = path_of(url_or_path)
    return Store(open_engine(path, create=create, timeout=timeout), path, resolve_country=resolve_country)


class Store:
    """An open store. Use it as a context manager; every method may raise StoreBusy, StoreFull or StoreError."""

    def __init__(self, engine: Engine, path: Path, *, resolve_country: CountryResolver | None = None) -> None:
        self.path = path
        self._engine = engine
        self._resolve_country = resolve_country

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, all of it in one piece. A store may be closed twice."""
        sqlite.settle(self._engine)
        self._engine.dispose()

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        with sqlite.explaining(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[Connection]:
        with sqlite.explaining(self.path), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Connection]:
        """A connection whose work is kept whole or not at all, for parts of the house with tables of their own."""
        with self._writes() if writes else self._reads() as connection:
            yield connection

    def write(
        self, document: Document, records: Iterable[Record], *, reader_version: str, extractor_version: str
    ) -> Written:
        """Store one document with its records; the same again changes nothing. See ``write_batch``."""
        batch = [(document, list(records))]
        return self.write_batch(batch, reader_version=reader_version, extractor_version=extractor_version)[0]

    def write_batch(
        self,
        batch: Sequence[tuple[Document, Sequence[Record]]],
        *,
        reader_version: str,
        extractor_version: str,
        run: int | None = None,
    ) -> list[Written]:
        """Store documents with their records in one transaction: all of them or, on an error, none.

        run: the ingest that this belongs to. Raises StoreError where evidence is not verbatim (``check`` tells
        beforehand).
        """
        for document, records in batch:
            rows.check(document, records)
        with self._writes() as connection:
            return writing.write_documents(
                connection, batch, reader_version=reader_version, extractor_version=extractor_version, run=run
            )

    @staticmethod
    def check(document: Document, records: Sequence[Record]) -> None:
        """Raise StoreError unless every record belongs to the document and its evidence is verbatim."""
        rows.check(document, records)

    def unchanged(self, documents: Sequence[Document], *, reader_version: str, extractor_version: str) -> set[str]:
        """The ids of those documents that need no reading: stored as they are, by this reader and extractor."""
        with self._reads() as connection:
            return writing.unchanged(
                connection, documents, reader_version=reader_version, extractor_version=extractor_version
            )

    def fail(self, source: str, error: BaseException) -> None:
        """Keep what could not be read, for a retry. source: file (and line), or document id."""
        self.fail_all([(source, error)])

    def fail_all(self, failed: Iterable[tuple[str, BaseException]]) -> None:
        """Keep what could not be read, in one transaction."""
        with self._writes() as connection:
            for source, error in failed:
                writing.fail(connection, source, error)

    def failures(self) -> list[Failure]:
        """What could not be read, the latest first. Storing a document from the same source removes it."""
        with self._reads() as connection:
            return counting.failures(connection)

    def clear_failures(self, sources: Iterable[str]) -> None:
        """Forget failures of sources that have since been read."""
        with self._writes() as connection:
            writing.clear_failures(connection, sources)

    def begin_run(self, *, reader_version: str, extractor_version: str) -> int:
        """Note that an ingest has begun; the number under which it is kept."""
        with self._writes() as connection:
            return writing.begin_run(
                connection, reader_version=reader_version, extractor_version=extractor_version
            )

    def end_run(self, run: int, *, state: str, counts: Mapping[str, Any]) -> None:
        """Note how an ingest ended (done, interrupted, failed) and what it did."""
        with self._writes() as connection:
            writing.end_run(connection, run, state=state, counts=counts)

    def find(
        self,
        words: str | None = None,
        *,
        types: Iterable[str] = (),
        countries: Iterable[str] = (),
        person: str | None = None,
        since: str | None = None,
        until: str | None = None,
        status: str | None = None,
        superseded: bool = False,
        limit: int | None = 50,
        offset: int = 0,
    ) -> list[Hit]:
        """Records, the newest first, then those in which the words weigh most.

        words: every word, and every "phrase in double quotes", must stand in the evidence, the actors' names and
        posts, the titles or the place, in any case and with or without accents. types: any of them. countries: all
        of them are concerned, by ISO3 code or name. person: part of a person's name. since, until: EDTF; a record
        is found when its date may fall into that time, one without a date by its document's date of publication.
        superseded: also records of older versions and extractors. limit: None for all.

        Raises DragomanError for a type, status, country or date that there is not.
        """
        asked = self._query(
            words,
            types=types,
            countries=countries,
            person=person,
            since=since,
            until=until,
            status=status,
            superseded=superseded,
        )
        with self._reads() as connection:
            return finding.find_records(connection, asked, limit=limit, offset=offset)

    def stream(self, words: str | None = None, **asked: Any) -> Iterator[Hit]:
        """All records that ``find`` would return without a limit, a few hundred in memory at a time."""
        query = self._query(words, **asked)
        with self._reads() as connection:
            yield from finding.stream_records(connection, query)

    def count(self, words: str | None = None, **asked: Any) -> int:
        """How many records ``find`` would return without a limit; takes the same conditions."""
        query = self._query(words, **asked)
        with self._reads() as connection:
            return finding.count_records(connection, query)

    def _query(self, words: str | None, **asked: Any) -> Query:
        return finding.check_query(words, resolve_country=self._resolve_country, **asked)

    def find_documents(self, words: str, *, limit: int | None = 50, offset: int = 0) -> list[DocumentHit]:
        """Documents whose title or text holds every word, the latest publication first."""
        wanted = terms(words)
        with self._reads() as connection:
            return finding.find_documents(connection, wanted, limit=limit, offset=offset)

    def record(self, id_or_prefix: str) -> StoredRecord:
        """The record of that id, or of the only id that begins so. Raises NotFound, with ids near to it."""
        with self._reads() as connection:
            return show.show_record(connection, id_or_prefix)

    def document(self, id_or_prefix: str) -> StoredDocument:
        """The document of that id, or of the only id that begins so. Raises NotFound, with ids near to it."""
        with self._reads() as connection:
            return show.show_document(connection, id_or_prefix)

    def status(self) -> Status:
        """What the store holds, in numbers."""
        with self._reads() as connection:
            return counting.status(connection, self.path)
