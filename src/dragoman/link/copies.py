"""Wire copy: documents of a few days that share most of their text count as one source.

A text becomes a sketch: its shingles of five words are hashed and the least hash in each of 64 bins is kept (one
permutation hashing, Li, Owen and Zhang, NIPS 2012). The share of bins in which two sketches agree estimates how
much the texts have in common.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dragoman.store.fold import fold

__all__ = ["DAYS", "Sketched", "groups", "likeness", "sketch"]

DAYS = 3  # how far apart in time copies are published
SAME = 0.5  # the share of the shingles of both texts together that copies have in common at least
SAME_HOUSE = 0.85  # the same for one publisher, whose announcements are all written after one pattern
_BINS = 64
_SHINGLE = 5
_LONGEST = 2000  # words: transcripts go on for many more, and a copy begins as its original does
_SHORTEST = 30  # words: condolences and programmes of a day are alike without being copies
_EMPTY = np.uint32(0xFFFFFFFF)
_WORD = re.compile(r"\w+")

Sketch = NDArray[np.uint32]


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def sketch(text: str) -> bytes:
    """The sketch of a text; empty for one too short to be told from others."""
    words = _WORD.findall(fold(text[: 8 * _LONGEST]))[:_LONGEST]
    if len(words) < _SHORTEST:
        return b""
    numbers = np.fromiter((_number(word) for word in words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(len(words) - _SHINGLE + 1, dtype=np.uint64)
    for offset in range(_SHINGLE):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + numbers[offset : offset + len(mixed)]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    bins = (mixed >> np.uint64(58)).astype(np.intp)
    found = np.full(_BINS, _EMPTY, dtype=np.uint32)
    np.minimum.at(found, bins, (mixed & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    return found.tobytes()


def likeness(one: Sketch, others: NDArray[np.uint32]) -> NDArray[np.float64]:
    """How much of the text of each of the others, a row each, and of this one they share: 0 to 1."""
    filled = (one != _EMPTY) | (others != _EMPTY)
    same = (one == others) & (one != _EMPTY)
    share: NDArray[np.float64] = same.sum(axis=1) / np.maximum(filled.sum(axis=1), 1)
    return share


@dataclass(frozen=True, slots=True)
class Sketched:
    """A document's sketch. day: of publication, ``YYYY-MM-DD``; empty where it is not known to the day."""

    document: str
    day: str
    publisher: str | None
    hashes: bytes


def groups(documents: Iterable[Sketched]) -> dict[str, str]:
    """Of each document that is a copy, the first of its group: the earliest, and of one day the first by id."""
    known = [item for item in documents if item.hashes and item.day]
    known.sort(key=lambda item: (item.day, item.document))
    if not known:
        return {}
    table = np.stack([np.frombuffer(item.hashes, dtype=np.uint32) for item in known])
    days = np.array([item.day for item in known], dtype="datetime64[D]")
    names = {name: number for number, name in enumerate(sorted({item.publisher or "" for item in known}))}
    publishers = np.array([names[item.publisher or ""] for item in known])
    first: dict[int, int] = {}
    for index, start in enumerate(np.searchsorted(days, days - np.timedelta64(DAYS, "D"))):
        if start < index:
            least = np.where(publishers[start:index] == publishers[index], SAME_HOUSE, SAME)
            alike = np.flatnonzero(likeness(table[index], table[start:index]) >= least)
            if alike.size:
                found = int(start) + int(alike[0])
                first[index] = first.get(found, found)
    return {known[copy].document: known[original].document for copy, original in first.items()}
