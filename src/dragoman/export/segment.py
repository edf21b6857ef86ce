"""Overlapping and nested spans → a run of segments that do not overlap, each knowing which spans cover it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Segment", "lanes", "segments"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters from ``start`` to ``end`` (exclusive); ``covering`` are the positions of the spans over them.

    ``ending`` are the spans whose last character is this segment's last.
    """

    start: int
    end: int
    covering: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


def segments(length: int, spans: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """Cut a text of that length wherever a span starts or ends.

    The segments follow each other without a gap from 0 to length. Spans that reach outside the text are clipped,
    empty ones ignored. ``covering`` is sorted from the longest span to the shortest, so the last one is innermost.
    """
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        start, end = max(0, start), min(length, end)
        if start < end:
            starting.setdefault(start, []).append(number)
            ending.setdefault(end, []).append(number)
    bounds = sorted({0, length, *starting, *ending})
    open_spans: set[int] = set()
    for start, end in pairwise(bounds):
        open_spans.difference_update(ending.get(start, ()))
        open_spans.update(starting.get(start, ()))
        covering = sorted(open_spans, key=lambda n: (spans[n][0] - spans[n][1], n))
        yield Segment(start, end, tuple(covering), tuple(sorted(ending.get(end, ()))))


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A lane for each span so that no two in one lane overlap: the lowest free one, from the left.

    Of spans that start together the longest takes the lowest lane.
    """
    taken_until: list[int] = []
    out = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n)):
        start, end = spans[number]
        lane = next((i for i, until in enumerate(taken_until) if until <= start), len(taken_until))
        if lane == len(taken_until):
            taken_until.append(end)
        taken_until[lane] = end
        out[number] = lane
    return out
