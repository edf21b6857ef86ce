"""Spans to segments: nothing is lost, nothing doubled, every character knows what covers it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.export.segment import lanes, segments

SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=12)


@given(length=st.integers(0, 50), spans=SPANS)
def test_segments_tile_the_text_and_know_what_covers_them(length: int, spans: list[tuple[int, int]]) -> None:
    found = list(segments(length, spans))
    assert [i for s in found for i in range(s.start, s.end)] == list(range(length))
    for segment in found:
        for at in range(segment.start, segment.end):
            assert set(segment.covering) == {n for n, (a, b) in enumerate(spans) if a <= at < b}
    ends = sorted(n for s in found for n in s.ending)
    assert ends == [n for n, (a, b) in enumerate(spans) if max(a, 0) < min(b, length)]


@given(spans=SPANS)
def test_spans_in_one_lane_do_not_overlap(spans: list[tuple[int, int]]) -> None:
    spans = [(a, b) for a, b in spans if a < b]
    given_lanes = lanes(spans)
    for i, (a, b) in enumerate(spans):
        for j, (c, d) in enumerate(spans):
            if i < j and a < d and c < b:
                assert given_lanes[i] != given_lanes[j]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(0, 9), (2, 4)], [0, 1], id="nested"),
        pytest.param([(2, 4), (0, 9)], [1, 0], id="the outer one keeps the first lane"),
        pytest.param([(0, 4), (4, 8)], [0, 0], id="touching"),
        pytest.param([(0, 5), (3, 8), (6, 9)], [0, 1, 0], id="a chain needs two"),
    ],
)
def test_lanes(spans: list[tuple[int, int]], expected: list[int]) -> None:
    assert lanes(spans) == expected


def test_the_innermost_span_comes_last() -> None:
    [_, inner, _] = segments(10, [(0, 10), (3, 6)])
    assert inner.covering == (0, 1)
    [_, inner, _] = segments(10, [(3, 6), (0, 10)])
    assert inner.covering == (1, 0)
