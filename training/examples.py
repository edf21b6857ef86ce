"""What the encoder learns from: short stretches of running text with tags and parse, or with names.

A stretch is one sentence or a few, joined as agencies join them. The windows that the finished pipeline reads are
of the same kind, so that it sees in use what it saw in training.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.encode.labels import NAME_LABELS, name_tags
from dragoman.encode.pieces import Pieces
from dragoman.evaluate import treebank
from training import augment
from training.gmb import UNKNOWN, Labelled

IGNORED = -100
BREAK, SPACE, NOTHING = 2, 1, 0


@dataclass
class Stretch:
    """Words with what stands before each, and what is known of them; IGNORED where nothing is."""

    words: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)  # the number of each word's sentence
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # index into words; -1 for a root
    deps: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)  # numbers of name tags

    @property
    def parsed(self) -> bool:
        """Whether it teaches syntax; else it teaches names."""
        return bool(self.heads)


def syntax(path: Path, *, rng: random.Random, longest: int = 90) -> Iterator[Stretch]:
    """Yield a treebank once, its sentences alone or a few together."""
    stretch = Stretch()
    limit = _draw_limit(rng, longest)
    gap_between = BREAK
    for sentence in treebank.read_conllu(path):
        full = len(stretch.words) + len(sentence.words) > limit
        if stretch.words and (sentence.document or full):
            yield stretch
            stretch, limit = Stretch(), _draw_limit(rng, longest)
            gap_between = BREAK if rng.random() < 0.7 else SPACE
        offset, number = len(stretch.words), (stretch.sentence[-1] + 1 if stretch.sentence else 0)
        first_gap = BREAK if not offset else (gap_between if sentence.new_paragraph else SPACE)
        stretch.words += sentence.words
        stretch.gaps += [first_gap, *(SPACE if space else NOTHING for space in sentence.spaces[:-1])]
        stretch.sentence += [number] * len(sentence.words)
        stretch.upos += sentence.upos
        stretch.xpos += sentence.xpos
        stretch.feats += sentence.feats
        stretch.heads += [
            -1 if dep == "ROOT" else offset + head for head, dep in zip(sentence.heads, sentence.deps, strict=True)
        ]
        stretch.deps += sentence.deps
    if stretch.words:
        yield stretch


def _draw_limit(rng: random.Random, longest: int) -> int:
    """How many words a stretch may have: often one sentence only, as headlines and short lines are read."""
    return 1 if rng.random() < 0.35 else rng.randint(15, longest)


def names(sentences: Sequence[Labelled], *, rng: random.Random, longest: int = 90) -> Iterator[Stretch]:
    """Yield sentences with names, alone or a few together; neighbours in the list stay neighbours."""
    stretch = Stretch()
    limit = _draw_limit(rng, longest)
    for sentence in sentences:
        if stretch.words and len(stretch.words) + len(sentence.words) > limit:
            yield stretch
            stretch, limit = Stretch(), _draw_limit(rng, longest)
        gap = BREAK if not stretch.words or rng.random() < 0.3 else SPACE
        stretch.words += sentence.words
        stretch.gaps += [gap, *(SPACE if space else NOTHING for space in sentence.spaces[:-1])]
        stretch.names += name_numbers(len(sentence.words), sentence.spans)
    if stretch.words:
        yield stretch


def name_numbers(length: int, spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """The name tag of each word as a number; IGNORED where the set says nothing."""
    numbers = [0] * length
    for start, end, label in spans:
        if label == UNKNOWN:
            numbers[start:end] = [IGNORED] * (end - start)
        elif label in NAME_LABELS:
            tags = name_tags(label)
            if end - start == 1:
                numbers[start] = tags["U"]
            else:
                numbers[start:end] = [tags["B"], *([tags["I"]] * (end - start - 2)), tags["L"]]
    return numbers


def restyle(stretch: Stretch, rng: random.Random) -> Stretch:
    """The stretch as it is, or in capitals, without them, or with typographic quotation marks."""
    drawn = rng.random()
    if drawn < 0.06:
        words = augment.capitals(stretch.words, rng)
    elif drawn < 0.09:
        words = [word.lower() for word in stretch.words]
    elif drawn < 0.21:
        words = augment.curl(stretch.words, rng)
    else:
        return stretch
    return replace(stretch, words=words)


def count_pieces(stretch: Stretch, pieces: Pieces) -> int:
    """How many pieces the encoder reads for it."""
    return sum(len(pieces.of(word)[0]) for word in stretch.words)
