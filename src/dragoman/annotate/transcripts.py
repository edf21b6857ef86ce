"""Turns of a transcript: who speaks from where to where, by the labels at the beginnings of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.vocabulary import honorifics, offices
from dragoman.vocabulary.load import load_words

__all__ = ["Turn", "speaker_turns"]

_LINE = re.compile(r"^[^\S\n]*(?P<label>[^\W\d_][^\n:;!?“”\"]{0,90}?)[^\S\n]*:(?=\s)", re.MULTILINE)
_ASIDE = re.compile(r"\s*\([^()]{0,40}\)")
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: offsets of the label (without the colon) and of what is said."""

    label_start: int
    label_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    content: int
    words: str


def speaker_turns(text: str) -> list[Turn]:
    """The turns of a transcript, in order; empty where the text is none.

    A line's opening is a label where it is a name or a post in capitals, a role ("Question"), a post with a name,
    or any capitalised name that returns or stands among other speakers.
    """
    labels = [label for match in _LINE.finditer(text) if (label := _label(match)) is not None]
    counts = Counter(label.words for label in labels)
    sure = [label for label in labels if _is_sure(label.words, counts)]
    if not sure:
        return []
    speakers = [label for label in labels if _is_sure(label.words, counts) or _is_name(label.words)]
    ends = [*(label.start for label in speakers[1:]), len(text)]
    return [
        Turn(label.start, label.end, *_trimmed(text, label.content, end))
        for label, end in zip(speakers, ends, strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    first = start + len(said) - len(said.lstrip())
    return min(first, end), max(first, end - (len(said) - len(said.rstrip())))


def _label(match: re.Match[str]) -> _Label | None:
    raw = match["label"]
    words = _ASIDE.sub("", raw).strip()
    parts = words.split()
    lists = _words()
    if not parts or len(parts) > _MOST_WORDS or not all(_WORD.fullmatch(part.strip(",")) for part in parts):
        return None
    low = [part.strip(".,").lower() for part in parts]
    if low[0] in lists["not_first"] or low[-1] in lists["not_last"]:
        return None
    if not all(part[0].isupper() or part.lower() in lists["small"] for part in parts):
        return None
    start = match.start("label")
    return _Label(start, start + len(raw), match.end(), words)


def _is_sure(words: str, counts: Mapping[str, int]) -> bool:
    low = words.lower().replace(".", "").split()
    if low[0] in _words()["roles"]:
        return True
    if words.isupper():
        return len(low) > 1 and (counts[words] > 1 or low[0] in _addresses() or _has_post(words.title()))
    return len(low) > 1 and (counts[words] > 1 or (_has_post(words) and len(low) > 2 and low[-1] not in _posts()))


def _is_name(words: str) -> bool:
    return 2 <= len(words.split()) <= 4 or words.isupper()


def _has_post(words: str) -> bool:
    return any(word.strip(".,").lower() in _posts() for word in words.split())


@cache
def _posts() -> frozenset[str]:
    return frozenset(head.lower() for head in offices().heads if " " not in head)


@cache
def _addresses() -> frozenset[str]:
    return frozenset(word.lower().rstrip(".") for word in honorifics())


@cache
def _words() -> dict[str, frozenset[str]]:
    return load_words("transcripts", folder=Path(__file__).parent, but=("examples", "not"))
