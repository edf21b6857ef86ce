"""Chunks of documents to records, here or on worker processes.

A document has a limit of seconds. A timer interrupts the reading (POSIX only, and only between two instructions of
Python); a worker that does not even answer to that is ended from outside. When a chunk fails, is out of time or
brings its worker down, its documents are read again one by one, and only the culprit fails.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from types import FrameType
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from dragoman.errors import DragomanError, ModelError, TooLarge
from dragoman.records import Document, Record

__all__ = ["Job", "Outcome", "Process", "read_here", "read_on_workers"]

Process = str | Callable[..., Iterable[tuple[Document, list[Record]]]]
"""What reads: a function such as ``dragoman.process.process``, or its name as ``module:function``. It is called
with documents and ``model=``, once without documents to get ready, and answers in the order of the documents."""

Outcome = list[Record] | DragomanError

_TASKS_A_WORKER = 500  # chunks, then a fresh process takes its place: spaCy keeps every word it has ever seen
_AHEAD = 3  # chunks a worker that wait or are done; more would only take memory
_GRACE = 10.0  # seconds beyond the limit before a worker is ended from outside
_BREAKDOWNS = 3  # of the whole pool in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to call, with which pipeline, and the seconds that one document may take."""

    process: Process
    model: str | None
    time_limit: float

    def resolve(self) -> Callable[..., Iterable[tuple[Document, list[Record]]]]:
        """The function itself."""
        if not isinstance(self.process, str):
            return self.process
        module, _, name = self.process.partition(":")
        function: Callable[..., Iterable[tuple[Document, list[Record]]]] = getattr(import_module(module), name)
        return function


def read_here(chunks: Iterable[list[Document]], job: Job) -> Iterator[tuple[Document, Outcome]]:
    """Read in this process. What kills the process kills the ingest."""
    process = job.resolve()
    for chunk in chunks:
        yield from zip(chunk, _read_chunk(chunk, process, job), strict=True)


def read_on_workers(
    chunks: Iterable[list[Document]], job: Job, *, workers: int, stop: threading.Event
) -> Iterator[tuple[Document, Outcome]]:
    """Read on worker processes, each with a pipeline of its own; in the order of the chunks.

    When ``stop`` is set, what is not done yet is left. Raises ModelError, and DragomanError when the workers keep
    dying whatever they read.
    """
    crew = _Crew(job, workers)
    waiting: deque[tuple[list[Document], ProcessFuture[list[Outcome]]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, crew.give(chunk)))
            if len(waiting) >= _AHEAD * workers:
                yield from _taken(crew, waiting)
        while waiting:
            if stop.is_set():
                for _, future in waiting:
                    future.cancel()  # type: ignore[no-untyped-call]  # those that run are ended; resuming reads them again
            yield from _taken(crew, waiting)
    finally:
        crew.leave()


def _taken(
    crew: _Crew, waiting: deque[tuple[list[Document], ProcessFuture[list[Outcome]]]]
) -> Iterator[tuple[Document, Outcome]]:
    chunk, future = waiting.popleft()
    try:
        outcomes = future.result()
    except CancelledError:
        return
    except BrokenProcessPool:
        crew.replace()
        for position, (other, _) in enumerate(waiting):
            waiting[position] = (other, crew.give(other))
        outcomes = crew.read_singly(chunk)
    except (ProcessExpired, TimeoutError):
        outcomes = crew.read_singly(chunk)
    else:
        crew.breakdowns = 0
    yield from zip(chunk, outcomes, strict=True)


class _Crew:
    """The pool of workers. Unlike concurrent.futures, pebble tells which task a dead worker had."""

    def __init__(self, job: Job, workers: int) -> None:
        self.job = job
        self.workers = workers
        self.breakdowns = 0
        self.pool = self._hire()

    def _hire(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.workers,
            max_tasks=_TASKS_A_WORKER,
            initializer=_begin,
            initargs=(self.job,),
            context=get_context("spawn"),  # a fork under threads can hang
        )

    def give(self, chunk: list[Document]) -> ProcessFuture[list[Outcome]]:
        limit = self.job.time_limit * (1 if len(chunk) == 1 else 2) + _GRACE
        return self.pool.schedule(_work, args=(chunk,), timeout=limit)

    def read_singly(self, chunk: Sequence[Document]) -> list[Outcome]:
        return [self._read_one(document) for document in chunk]

    def _read_one(self, document: Document) -> Outcome:
        try:
            return self.give([document]).result()[0]
        except TimeoutError:
            return _out_of_time(document, self.job)
        except BrokenProcessPool:
            self.replace()
            return _death(document, "it ended")
        except ProcessExpired as error:
            return _death(document, f"exit code {error.exitcode}")

    def replace(self) -> None:
        """A new pool for one that broke down as a whole."""
        self.breakdowns += 1
        self.leave()
        if self.breakdowns >= _BREAKDOWNS:
            raise DragomanError(
                "the worker processes keep dying", hint="try fewer workers: each needs memory for its own pipeline"
            )
        self.pool = self._hire()

    def leave(self) -> None:
        self.pool.stop()  # type: ignore[no-untyped-call]
        self.pool.join()


def _death(document: Document, how: str) -> DragomanError:
    return DragomanError(
        f"reading it brought a worker process down ({how})",
        where=document.source or document.id,
        hint="it may need more memory than there is; please report the document",
    )


def _out_of_time(document: Document, job: Job) -> TooLarge:
    return TooLarge(
        f"reading it takes longer than {job.time_limit:g} seconds",
        where=document.source or document.id,
        hint="raise the time limit, or cut the document",
    )


# In a worker process


_job: Job | None = None
_process: Callable[..., Iterable[tuple[Document, list[Record]]]] | None = None
_problem: Exception | None = None


def _begin(job: Job) -> None:
    """Get ready: import the function, load the pipeline. A problem is told with the first chunk."""
    global _job, _process, _problem
    _job = job
    try:
        _process = job.resolve()
        list(_process([], model=job.model))
    except Exception as error:  # whatever it is, the calling process must hear of it
        _problem = error


def _work(chunk: list[Document]) -> list[Outcome]:
    if _problem is not None:
        raise _problem
    assert _job is not None and _process is not None
    return _read_chunk(chunk, _process, _job)


# In either


class _OutOfTime(BaseException):
    """Raised by the timer; no Exception, so that nothing on the way takes it for one of its own."""


def _read_chunk(chunk: Sequence[Document], process: Callable[..., Any], job: Job) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        with _timer(2 * job.time_limit):
            for document, records in process(chunk, model=job.model):
                if document.id != chunk[len(outcomes)].id:
                    raise RuntimeError(f"asked for {chunk[len(outcomes)].id}, got {document.id}")
                outcomes.append(list(records))
    except ModelError:
        raise
    except (Exception, _OutOfTime):
        pass  # which document it was shows when they are read one by one
    return outcomes + [_read_one(document, process, job) for document in chunk[len(outcomes) :]]


def _read_one(document: Document, process: Callable[..., Any], job: Job) -> Outcome:
    try:
        with _timer(job.time_limit):
            [(_, records)] = process([document], model=job.model)
            return list(records)
    except ModelError:
        raise
    except DragomanError as error:
        return error
    except _OutOfTime:
        return _out_of_time(document, job)
    except Exception as error:  # a fault of ours, which one document must not make everyone's
        return DragomanError(
            f"reading it failed: {type(error).__name__}: {error}",
            where=document.source or document.id,
            hint="please report it with the document",
        )


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    """Raise _OutOfTime within it after so many seconds; nothing without timers or off the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(
        signal.ITIMER_REAL, seconds, 1.0
    )  # and again: the first may hit where exceptions are swallowed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
