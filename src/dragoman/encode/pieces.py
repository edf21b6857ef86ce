"""Words to the encoder's input: word pieces, and the case and spacing that its lower-casing would lose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

CLS, SEP, UNKNOWN = 101, 102, 100
MOST_PIECES = 12  # of one word: what is longer is an address or a broken line, and its beginning tells enough
_CACHED_WORDS, _CACHED_LENGTH = 200_000, 100  # bound the memory; real text repeats itself

# How a word is written. The encoder is given the number, so the order may grow at its end but never change.
SHAPES = (
    "no letters",
    "lower",
    "title",
    "capitals",
    "one capital",
    "mixed",
    "digits",
    "digits and letters",
    "title, foreign letters",
    "mark of quotation",
    "dash",
    "padding",
)
# What stands before a word.
GAPS = ("nothing", "space", "line break", "inside a word")
NO_SHAPE, PADDING_SHAPE = SHAPES.index("no letters"), SHAPES.index("padding")
NO_GAP, LINE_GAP, INNER_GAP = GAPS.index("nothing"), GAPS.index("line break"), GAPS.index("inside a word")

_QUOTES = frozenset("\"'“”„«»‘’‚‹›`")
_DASHES = frozenset("-–—‑−")


def shape_of(word: str) -> int:
    """The number of a word's shape among SHAPES."""
    if word.islower():
        return 1 if word.isalpha() else (7 if any(map(str.isdigit, word)) else 1)
    if word.isalpha():
        if word.isupper():
            return 3 if len(word) > 1 else 4
        if word.istitle():
            return 2 if word.isascii() else 8
        return 5
    if word.isdecimal():
        return 6
    letters = [character for character in word if character.isalpha()]
    if letters:
        if any(map(str.isdigit, word)):
            return 7
        if all(map(str.isupper, letters)):
            return 3 if len(letters) > 1 else 4
        return 2 if word[0].isupper() and word[1:].islower() else 5
    if any(map(str.isdigit, word)):
        return 6
    if word[:1] in _QUOTES:
        return 9
    return 10 if word[:1] in _DASHES else 0


class Pieces:
    """Cuts words into the pieces of a BERT vocabulary and remembers how."""

    def __init__(self, vocabulary: bytes) -> None:
        """vocabulary: a BERT vocabulary, one piece a line."""
        words = vocabulary.decode("utf-8").removesuffix("\n").split("\n")
        self._tokenizer = Tokenizer(
            WordPiece({word: number for number, word in enumerate(words)}, unk_token="[UNK]")
        )
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def of(self, word: str) -> tuple[tuple[int, ...], int]:
        """The pieces of a word, at least one, and the number of its shape."""
        known = self._known.get(word)
        if known is None:
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES]) or (UNKNOWN,)
            known = ids, shape_of(word)
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            if len(word) <= _CACHED_LENGTH:
                self._known[word] = known
        return known


class Row(NamedTuple):
    """What the encoder reads at a time, a number a piece; and where each word's first and last pieces lie."""

    ids: list[int]
    shapes: list[int]
    gaps: list[int]
    first: list[int]
    last: list[int]


def lay_out(cut: Iterable[tuple[tuple[int, ...], int]], gaps: Iterable[int]) -> Row:
    """The row of some words, each as `Pieces.of` cuts it, with what stands before it.

    Training and use lay words out here, so that the network is asked as it was taught.
    """
    row = Row([CLS], [NO_SHAPE], [LINE_GAP], [], [])
    for (ids, shape), gap in zip(cut, gaps, strict=True):
        row.first.append(len(row.ids))
        row.ids.extend(ids)
        row.last.append(len(row.ids) - 1)
        if len(ids) == 1:  # nearly every word: no lists made for it
            row.shapes.append(shape)
            row.gaps.append(gap)
        else:
            row.shapes.extend([shape] * len(ids))
            row.gaps.extend([gap, *[INNER_GAP] * (len(ids) - 1)])
    row.ids.append(SEP)
    row.shapes.append(NO_SHAPE)
    row.gaps.append(NO_GAP)
    return row


def cut_windows(
    lengths: Sequence[int], breaks: Sequence[bool], *, target: int = 128, longest: int = 176, overlap: int = 24
) -> list[tuple[int, int, int, int]]:
    """Cut a text into windows that the encoder reads at a time: whole lines together while they fit.

    lengths: the number of pieces of each word. breaks: whether a line begins at the word. A line longer than
    `longest` pieces is read in windows that overlap by `overlap` words on each side, fewer where these would take
    more than a quarter of the window. Each window is (first word, end, first word to keep, end of those to keep);
    what is kept covers every word once.
    """
    windows: list[tuple[int, int, int, int]] = []
    total = len(lengths)
    starts = [number for number in range(total) if number == 0 or breaks[number]] + [total]
    begin, held = 0, 0
    for start, end in pairwise(starts):
        size = sum(lengths[start:end])
        if held and held + size > target:
            windows.append((begin, start, begin, start))
            begin, held = start, 0
        if size > longest:
            if begin < start:
                windows.append((begin, start, begin, start))
            windows += _overlapping(lengths, start, end, longest=longest, overlap=overlap)
            begin, held = end, 0
        else:
            held += size
    if begin < total:
        windows.append((begin, total, begin, total))
    return windows


def _overlapping(
    lengths: Sequence[int], start: int, end: int, *, longest: int, overlap: int
) -> list[tuple[int, int, int, int]]:
    windows: list[tuple[int, int, int, int]] = []
    first = keep = start
    while True:
        last, held = first, 0
        while last < end and (held + lengths[last] <= longest or last <= keep):
            held += lengths[last]
            last += 1
        if last == end:
            windows.append((first, end, keep, end))
            return windows
        keep_to = max(_back(lengths, last, most=longest // 4, overlap=overlap), keep + 1)
        windows.append((first, last, keep, keep_to))
        first, keep = max(_back(lengths, keep_to, most=longest // 4, overlap=overlap), first), keep_to


def _back(lengths: Sequence[int], place: int, *, most: int, overlap: int) -> int:
    """The place `overlap` words before, or fewer, so that between the two stand no more than `most` pieces."""
    first, held = place, 0
    while first > 0 and place - first < overlap and held + lengths[first - 1] <= most:
        first -= 1
        held += lengths[first]
    return first
