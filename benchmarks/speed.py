"""``process`` against the bare spaCy pipeline: the same texts, the same process, turn and turn about."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from dragoman.process import process
from dragoman.read import scan
from dragoman.records import Document

__all__ = ["Speed", "documents_from", "measure"]


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds: seconds for all documents, and how many times as long ``process`` takes.

    The ratio is the median of the rounds' own ratios, so that a noisy neighbour hurts both sides of it alike.
    """

    documents: int
    tokens: int
    rounds: int
    bare_seconds: float
    process_seconds: float
    ratio: float


def documents_from(source: Path, *, count: int) -> list[Document]:
    """``count`` documents of a file or folder, repeated under new ids where it holds fewer."""
    found = list(islice(scan([source], on_error=_skip), count))
    if not found:
        raise SystemExit(f"error: no document in {source}")
    return [replace(document, id=f"{document.id}-{i}") for i, document in enumerate(islice(cycle(found), count))]


def measure(documents: Sequence[Document], nlp: Any, *, rounds: int, batch_size: int) -> Speed:
    """Time both, after one round of warming up that does not count."""
    texts = [document.text for document in documents]
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=batch_size))

    def bare() -> None:
        for _ in nlp.pipe(texts, batch_size=batch_size):
            pass

    def whole() -> None:
        for _ in process(documents, nlp=nlp, batch_size=batch_size):
            pass

    whole()
    pairs = []
    for i in range(rounds):
        if i % 2:  # whichever runs second finds warmer caches
            slow, fast = _seconds(whole), _seconds(bare)
        else:
            fast, slow = _seconds(bare), _seconds(whole)
        pairs.append((fast, slow))
    return Speed(
        documents=len(documents),
        tokens=tokens,
        rounds=rounds,
        bare_seconds=statistics.median(fast for fast, _ in pairs),
        process_seconds=statistics.median(slow for _, slow in pairs),
        ratio=statistics.median(slow / fast for fast, slow in pairs),
    )


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _skip(_: Exception) -> None:
    """A document that cannot be read is not measured."""
