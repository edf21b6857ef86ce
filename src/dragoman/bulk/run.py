"""The ingest: sources to a store, by way of whatever reads.

Only the calling process writes, a batch of documents a transaction; worker processes read. Documents that are
stored as they are, read by the same reader and extractor, are passed over before they are annotated: an ingest
that was stopped, by Ctrl-C or by SIGKILL, goes on when it is run again. Results are taken in the order of the
sources, so that the store does not depend on which worker was faster.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from types import FrameType
from typing import TYPE_CHECKING, Any

from dragoman.bulk import versions
from dragoman.bulk.workers import Job, Outcome, Process, read_here, read_on_workers
from dragoman.errors import DragomanError, ReadError
from dragoman.records import Document, Record

if TYPE_CHECKING:
    from dragoman.store import Store

__all__ = ["Summary", "ingest"]

OUR_PROCESS = "dragoman.process:process"

_CHUNK = 32  # documents that go to a worker at once
_CHUNK_CHARACTERS = 200_000
_WINDOW = 256  # documents that are looked up in the store at once
_WINDOW_CHARACTERS = 4_000_000  # and text that waits in memory: one document may have fifty megabytes
_FLUSH_SECONDS = 2.0  # a batch is written after this time even when it is not full


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an ingest has done so far.

    read: documents that the sources gave; unchanged: of these, stored already; stored: written now, among them
    ``changed`` (new versions) and ``reread`` (by a newer reader or extractor); nothing_found: of the stored,
    without any record; failed: could not be processed; skipped: what could not be read at all, by reason; records:
    written now. In a dry run ``stored`` counts what would be read, and nothing is known of its records.
    """

    read: int = 0
    unchanged: int = 0
    stored: int = 0
    changed: int = 0
    reread: int = 0
    nothing_found: int = 0
    failed: int = 0
    records: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    dry_run: bool = False
    interrupted: bool = False


def ingest(
    sources: Any,
    store: Store | None,
    *,
    workers: int = 1,
    batch: int = 256,
    limit: int | None = None,
    dry_run: bool = False,
    progress: Callable[[Summary], None] | None = None,
    model: str | None = None,
    time_limit: float = 120.0,
    process: Process = OUR_PROCESS,
    reader_version: str | None = None,
    extractor_version: str | None = None,
) -> Summary:
    """Read documents into a store. sources: as for ``dragoman.read.scan``.

    batch: documents a transaction; limit: at most so many documents are read anew, those that are stored already
    do not count; progress: called with how far it has come; time_limit: seconds a document; process,
    reader_version, extractor_version: what reads, for tests and other extractors. Only a dry run may go without a
    store.

    Ctrl-C (and SIGTERM) finish what is being read, write it and return; a second one raises KeyboardInterrupt.
    Raises ModelError, StoreFull, StoreBusy and StoreError; what was stored before stays.
    """
    if store is None and not dry_run:
        raise ValueError("an ingest that is no dry run needs a store")
    work = _Ingest(
        store,
        reader_version=reader_version or versions.reader_version(),
        extractor_version=extractor_version or _extractor_version(process, model),
        batch=batch,
        dry_run=dry_run,
        progress=progress,
    )
    job = Job(process=process, model=model, time_limit=time_limit)
    with _stopping(work.stop):
        return work.run(sources, job, workers=workers, limit=limit)


def _extractor_version(process: Process, model: str | None) -> str:
    if process == OUR_PROCESS:
        return versions.extractor_version(model)
    return process if isinstance(process, str) else f"{process.__module__}:{process.__qualname__}"


class _Ingest:
    """One run: what it has counted, what waits to be written."""

    def __init__(
        self,
        store: Store | None,
        *,
        reader_version: str,
        extractor_version: str,
        batch: int,
        dry_run: bool,
        progress: Callable[[Summary], None] | None,
    ) -> None:
        self.store = store
        self.versions = {"reader_version": reader_version, "extractor_version": extractor_version}
        self.batch = batch
        self.dry_run = dry_run
        self.progress = progress
        self.stop = threading.Event()
        self.started = self.flushed = time.monotonic()
        self.counts: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.read: list[tuple[Document, list[Record]]] = []
        self.waiting = 0  # characters of their texts
        self.failed: list[tuple[str, DragomanError]] = []
        self.failing: set[str] = set()  # sources that failed in this run
        self.known_failures: set[str] = set()  # sources that failed in an earlier one
        self.healed: set[str] = set()
        self.exhausted = False  # whether the sources were read to their end
        self.run_key: int | None = None

    def summary(self) -> Summary:
        seconds = time.monotonic() - self.started
        return Summary(
            **self.counts,
            skipped=dict(self.skipped),
            seconds=round(seconds, 3),
            dry_run=self.dry_run,
            interrupted=self.stop.is_set(),
        )

    def run(self, sources: Any, job: Job, *, workers: int, limit: int | None) -> Summary:
        from dragoman.read import scan

        if self.store:
            self.known_failures = {failure.source for failure in self.store.failures()}
        anew = islice(self._new(scan(sources, on_error=self._skip)), limit)
        if self.dry_run:
            for _ in anew:
                self.counts["stored"] += 1
            return self.summary()
        assert self.store is not None
        self.run_key = self.store.begin_run(**self.versions)
        state = "failed"
        try:
            self._read_all(anew, job, workers=workers)
            if self.exhausted and (healed := self.healed - self.failing):
                self.store.clear_failures(healed)
            state = "interrupted" if self.stop.is_set() else "done"
        finally:
            self._end(state)
        return self.summary()

    def _end(self, state: str) -> None:
        assert self.store is not None and self.run_key is not None
        try:
            self.store.end_run(self.run_key, state=state, counts=asdict(self.summary()))
        except DragomanError:
            if state != "failed":  # else the disk is full, say, and the error on its way tells so
                raise

    def _read_all(self, documents: Iterator[Document], job: Job, *, workers: int) -> None:
        chunks = _parts(documents, count=_CHUNK, characters=_CHUNK_CHARACTERS)
        if workers <= 1:
            results = read_here(chunks, job)
        else:
            results = read_on_workers(chunks, job, workers=workers, stop=self.stop)
        for document, outcome in results:
            self._take(document, outcome)
        self._flush()
        self._tell()

    def _new(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents that are not stored yet as they are, by this reader and this extractor."""
        for window in _parts(documents, count=_WINDOW, characters=_WINDOW_CHARACTERS):
            stored = self.store.unchanged(window, **self.versions) if self.store else set()
            for document in window:
                if self.stop.is_set():
                    return
                self.counts["read"] += 1
                self.healed |= self.known_failures & _names(document)
                if document.id in stored:
                    self.counts["unchanged"] += 1
                else:
                    yield document
            self._tell()
        self.exhausted = True

    def _skip(self, error: ReadError) -> None:
        self.skipped[_reason(error)] += 1
        self._fail(error.where or "(unnamed)", error)

    def _fail(self, source: str, error: DragomanError) -> None:
        self.failing.add(source)
        self.failed.append((source, error))
        if len(self.failed) >= self.batch:
            self._flush()

    def _take(self, document: Document, outcome: Outcome) -> None:
        assert self.store is not None
        if not isinstance(outcome, DragomanError):
            try:
                self.store.check(document, outcome)
            except DragomanError as error:
                outcome = error
        if isinstance(outcome, DragomanError):
            self.counts["failed"] += 1
            self._fail(document.source or document.id, outcome)
        else:
            self.read.append((document, outcome))
            self.waiting += len(document.text)
        late = time.monotonic() - self.flushed > _FLUSH_SECONDS
        if late or len(self.read) >= self.batch or self.waiting > _WINDOW_CHARACTERS:
            self._flush()
            self._tell()

    def _flush(self) -> None:
        """Write what waits."""
        if self.dry_run:
            self.failed.clear()
            return
        assert self.store is not None
        if self.failed:
            self.store.fail_all(self.failed)
            self.failed.clear()
        if self.read:
            written = self.store.write_batch(self.read, run=self.run_key, **self.versions)
            for done, (_, records) in zip(written, self.read, strict=True):
                self._count(done, len(records))
            self.read.clear()
            self.waiting = 0
        self.flushed = time.monotonic()

    def _count(self, done: str, records: int) -> None:
        if done in {"unchanged", "restored"}:  # the sources gave it twice, or went back to an older text
            self.counts["unchanged"] += 1
            return
        self.counts["stored"] += 1
        self.counts["records"] += records
        self.counts["nothing_found"] += not records
        if done != "stored":
            self.counts[done] += 1

    def _tell(self) -> None:
        if self.progress:
            self.progress(self.summary())


def _names(document: Document) -> set[str]:
    """Under which a failure of this document, or of the file that it is in, was noted."""
    source = document.source or document.id
    return {source, document.id, source.rpartition(":")[0]}


def _reason(error: ReadError) -> str:
    """The name of the error in words: ``EmptyDocument`` is "empty document"."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in type(error).__name__).strip()


def _parts(documents: Iterable[Document], *, count: int, characters: int) -> Iterator[list[Document]]:
    """Lists of so many documents at most, and of so much text unless one document alone has more."""
    part: list[Document] = []
    size = 0
    for document in documents:
        if part and (len(part) >= count or size + len(document.text) > characters):
            yield part
            part, size = [], 0
        part.append(document)
        size += len(document.text)
    if part:
        yield part


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Within it the first Ctrl-C or SIGTERM only asks to stop."""
    if threading.current_thread() is not threading.main_thread():  # signals go to the main thread alone
        yield
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
