"""How words are cut and described, and how a text is cut into windows."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.pieces import MOST_PIECES, SHAPES, UNKNOWN, Pieces, cut_windows, shape_of

# The marks and some words where a BERT vocabulary has them.
_OWN = [
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz0123456789.-«‑",
    *(f"##{x}" for x in "abcdefghijklmnopqrstuvwxyz0123456789"),
    "minister",
]
VOCABULARY = "\n".join([*(f"[unused{number}]" for number in range(100)), *_OWN, ""]).encode()


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("KASSYM", "capitals"),
        ("U.S.", "capitals"),
        ("Tokayev", "title"),
        ("Mr.", "title"),
        ("Erdoğan", "title, foreign letters"),
        ("Nguyễn", "title, foreign letters"),
        ("minister", "lower"),
        ("co-operate", "lower"),
        ("iPhone", "mixed"),
        ("McAllister", "mixed"),
        ("G20", "digits and letters"),
        ("5th", "digits and letters"),
        ("I", "one capital"),
        ("J.", "one capital"),
        ("2022", "digits"),
        ("1,500.5", "digits"),
        ("«", "mark of quotation"),
        ("”", "mark of quotation"),
        ("‑", "dash"),
        ("--", "dash"),
        (",", "no letters"),
        ("", "no letters"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text())
def test_any_word_has_pieces_and_a_shape(pieces: Pieces, word: str) -> None:
    ids, shape = pieces.of(word)
    assert 1 <= len(ids) <= MOST_PIECES
    assert 0 <= shape < len(SHAPES) - 1  # the last is for padding
    assert pieces.of(word) == (ids, shape) == Pieces(VOCABULARY).of(word)


@pytest.mark.parametrize("word", ["A" * 5_000, "-" * 5_000, "ab-" * 2_000, "x" * 99], ids=lambda word: word[:3])
def test_a_long_word_is_bounded(pieces: Pieces, word: str) -> None:
    assert 1 <= len(pieces.of(word)[0]) <= MOST_PIECES


def test_words_are_lower_cased_without_marks(pieces: Pieces) -> None:
    assert (
        pieces.of("MINISTER")[0] == pieces.of("Minister")[0] == pieces.of("mínister")[0] == (100 + len(_OWN) - 1,)
    )
    assert pieces.of("\u200b")[0] == (UNKNOWN,)


LENGTHS = st.lists(st.integers(1, MOST_PIECES), max_size=600)


def check_windows(lengths: list[int], breaks: list[bool]) -> list[tuple[int, int, int, int]]:
    """The windows, after checking what holds for all."""
    windows = cut_windows(lengths, breaks)
    kept = [word for _, _, keep, keep_to in windows for word in range(keep, keep_to)]
    assert kept == list(range(len(lengths)))
    assert all(first <= keep < keep_to <= end for first, end, keep, keep_to in windows)
    assert all(sum(lengths[first:end]) <= 176 for first, end, _, _ in windows)
    return windows


@given(LENGTHS, st.data())
def test_windows(lengths: list[int], data: st.DataObject) -> None:
    breaks = data.draw(
        st.lists(st.sampled_from([False] * 9 + [True]), min_size=len(lengths), max_size=len(lengths))
    )
    windows = check_windows(lengths, breaks)
    lines = [number for number in range(len(lengths)) if number == 0 or breaks[number]]
    for start, end in pairwise([*lines, len(lengths)]):
        if sum(lengths[start:end]) <= 176:
            assert any(first <= start and end <= stop for first, stop, _, _ in windows)
            assert not any(start < edge < end for first, stop, _, _ in windows for edge in (first, stop))


@given(LENGTHS)
def test_windows_of_one_line_overlap(lengths: list[int]) -> None:
    windows = check_windows(lengths, [False] * len(lengths))
    for (_, end, _, keep_to), (first, _, keep, _) in pairwise(windows):
        assert keep_to == keep
        assert end > keep > first  # some words on each side


@pytest.mark.parametrize(
    ("lengths", "most"),
    [
        pytest.param([1] * 3_000, 24, id="short words"),
        pytest.param([6] * 3_000, 220, id="words of an alphabet that the vocabulary lacks"),
        pytest.param([MOST_PIECES] * 3_000, 450, id="addresses"),
        pytest.param([1] * 200 + [12] * 60, 20, id="short words, then addresses"),
        pytest.param([12] * 60 + [1] * 200, 20, id="addresses, then short words"),
    ],
)
def test_a_long_line_takes_few_windows(lengths: list[int], most: int) -> None:
    windows = check_windows(lengths, [False] * len(lengths))
    assert len(windows) <= most


def test_short_words_overlap_by_two_dozen_on_each_side() -> None:
    assert cut_windows([1] * 300, [False] * 300) == [(0, 176, 0, 152), (128, 300, 152, 300)]


def test_windows_take_time_by_the_length_of_the_text() -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        cut_windows([3] * size, [False] * size)
        return time.process_time() - begun

    assert min(seconds(200_000) for _ in range(3)) < 40 * min(seconds(20_000) for _ in range(3)) + 0.1
