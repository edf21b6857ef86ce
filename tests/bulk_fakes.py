"""Stand-ins for the pipeline, importable by name in worker processes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.errors import ModelError
from dragoman.records import Actor, Document, Record, Statement, Tenure

SPEAKER = Actor(name="Ivanova", kind="person", country="KAZ")


def claims(document: Document) -> list[Record]:
    """A statement for every sentence with "said", a tenure for "Minister": enough to tell documents apart."""
    found: list[Record] = []
    start = 0
    for sentence in document.text.split("\n"):
        span = document.span(start, start + len(sentence))
        if "said" in sentence:
            found.append(
                Statement(
                    doc_id=document.id,
                    evidence=(span,),
                    rule="said",
                    speaker=SPEAKER,
                    mode="reported",
                    text=sentence,
                )
            )
        if "Minister" in sentence:
            found.append(
                Tenure(doc_id=document.id, evidence=(span,), rule="post", person="Ivanova", office="Minister")
            )
        start += len(sentence) + 1
    return found


def process(documents: Iterable[Document], *, model: str | None = None) -> Iterator[tuple[Document, list[Record]]]:
    """The good case; refuses a model that there is not, as the real one does."""
    if model == "missing":
        raise ModelError("no such spaCy pipeline", where=model)
    for document in documents:
        yield document, claims(document)


def slow(documents: Iterable[Document], *, model: str | None = None) -> Iterator[tuple[Document, list[Record]]]:
    """Takes two milliseconds a document, so that there are moments in which to be killed."""
    for document in documents:
        time.sleep(0.002)
        yield document, claims(document)


def hostile(documents: Iterable[Document], *, model: str | None = None) -> Iterator[tuple[Document, list[Record]]]:
    """Does what a document tells it to."""
    for document in documents:
        _obey(document.text.partition("\n")[0])
        yield document, claims(document)


def _obey(order: str) -> None:
    if order == "RAISE":
        raise ValueError("such text was not thought of")
    if order == "LOOP":
        while True:
            pass
    if order == "SWALLOW":
        for _ in range(2):
            with contextlib.suppress(Exception):
                time.sleep(60)
    if order == "HANG":  # deaf to signals, as a long call into C is
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(600)
    if order == "SEGFAULT":
        ctypes.string_at(0)
    if order == "EXIT":
        os._exit(3)
    if order == "KILLED":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "MEMORY":
        raise MemoryError


def wrong_evidence(documents: Iterable[Document], *, model: str | None = None) -> Iterator[tuple[Document, Any]]:
    """A rule with a fault: its evidence is not what the text says."""
    for document in documents:
        other = Document(id=document.id, text="x" + document.text)
        yield document, claims(other) if "said" in document.text else claims(document)
