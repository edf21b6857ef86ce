"""Take names from GUM's entity annotation, which stands in the treebank's last column.

GUM marks every mention ("he", "the city", "US President Barack Obama"). Kept is the run of proper nouns around its
head of a mention; titles go the way that training.gmb sends them. GUM's genres (interviews, guides, talks) keep
the names from being those of newswire alone.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training import dates, labels, posts
from training.gmb import BODY_WORDS, NATURE, UNKNOWN, Labelled, overlaps, overlay, trim_person, without_overlaps
from training.lists import Span


@dataclass
class _Sentence:
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def _read(path: Path) -> Iterator[_Sentence]:
    sentence = _Sentence()
    wanted = False
    range_end, range_space = 0, True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id"):
                wanted = "GUM_" in line
            elif not line:
                if sentence.words and wanted:
                    yield sentence
                sentence, range_end = _Sentence(), 0
            elif not line.startswith("#"):
                columns = line.split("\t")
                space = "SpaceAfter=No" not in columns[9]
                if "." in columns[0]:
                    continue
                if "-" in columns[0]:
                    range_end, range_space = int(columns[0].split("-")[1]), space
                    continue
                position = int(columns[0])
                if position <= range_end:
                    space = range_space if position == range_end else False
                sentence.words.append(columns[1].replace(" ", "\u00a0"))
                sentence.spaces.append(space)
                sentence.upos.append(columns[3])
                sentence.heads.append(int(columns[6]) - 1)
                mark = next((x[7:] for x in columns[9].split("|") if x.startswith("Entity=")), "")
                sentence.marks.append(mark)


def mentions(marks: list[str]) -> list[Span]:
    """Turn GUM's brackets into spans with GUM's types."""
    stack: list[tuple[str, str, int]] = []
    spans: list[Span] = []
    for position, mark in enumerate(marks):
        for piece in re.findall(r"\([^()]+\)?|\d+\)", mark):
            if piece.startswith("("):
                number, kind = piece.strip("()").split("-")[:2]
                if piece.endswith(")"):
                    spans.append((position, position + 1, kind))
                else:
                    stack.append((number, kind, position))
            else:
                number = piece.rstrip(")")
                for depth in range(len(stack) - 1, -1, -1):
                    if stack[depth][0] == number:
                        _, kind, start = stack.pop(depth)
                        spans.append((start, position + 1, kind))
                        break
    return spans


def _proper_run(sentence: _Sentence, start: int, end: int) -> tuple[int, int]:
    """The proper nouns around a mention's head, joined by "of", "the", hyphens and the like; empty if none."""
    inside = range(start, end)
    head = next((p for p in inside if sentence.heads[p] not in inside), start)
    if sentence.upos[head] != "PROPN":
        return start, start
    first = last = head
    while first > start and _joins(sentence, first - 1, first):
        first -= 1
    while last + 1 < end and _joins(sentence, last + 1, last):
        last += 1
    while first < head and sentence.upos[first] != "PROPN":
        first += 1
    while last > head and sentence.upos[last] not in ("PROPN", "NUM"):
        last -= 1
    return first, last + 1


def _joins(sentence: _Sentence, position: int, _neighbour: int) -> bool:
    word = sentence.words[position]
    return (
        sentence.upos[position] == "PROPN"
        or word in ("of", "the", "-", "and", "&", "for", ".")
        or (word[:1].isupper() and sentence.upos[position] in ("ADJ", "NOUN", "NUM", "VERB"))
    )


def sentences(path: Path) -> Iterator[Labelled]:
    """Yield GUM's sentences with names in our labels."""
    listed_names = labels.places_and_bodies()
    for sentence in _read(path):
        words = sentence.words
        held = posts.find_posts(words)
        fixed = held + [s for s in dates.find_dates(words) if not overlaps(s, held)]
        listed = labels.find_listed(words, listed_names)
        raw: list[Span] = []
        for start, end, kind in sorted(mentions(sentence.marks), key=lambda s: s[0] - s[1]):
            first, last = _proper_run(sentence, start, end)
            named = first < last and kind in ("person", "place", "organization", "event")
            if named and not overlaps((first, last, ""), raw):
                raw.append((first, last, kind))
        spans = [s for s in (_relabel(words, span, listed) for span in overlay(raw, fixed)) if s]
        spans = without_overlaps(spans)
        spans += [s for s in listed if not overlaps(s, spans) and s[2] in ("NORP", "ORG")]
        taken = {p for start, end, _ in spans for p in range(start, end)}
        free = (p for p in range(len(words)) if p not in taken and sentence.upos[p] == "PROPN")
        spans += [(p, p + 1, UNKNOWN) for p in free if words[p].lower() not in posts.HONORIFICS]
        yield Labelled(words, sentence.spaces, sorted(spans))


def _relabel(words: list[str], span: Span, listed: list[Span]) -> Span | None:
    start, end, kind = span
    if kind in ("POST", "DATE"):
        return span
    for other in listed:
        if other[0] <= start and end <= other[1]:
            return other
    if kind == "person":
        start, end = trim_person(words, start, end)
        if start >= end:
            return None
        if set(words[start:end]) & (BODY_WORDS | {"of", "Society"}):
            return start, end, UNKNOWN
        inner = [s for s in listed if s[0] == start and s[1] < end and s[2] in ("NORP", "GPE")]
        return (inner[0][1], end, UNKNOWN) if inner else (start, end, "PERSON")
    while start < end and words[start] in ("the", "The", "of", "and", "-"):
        start += 1
    while end > start and words[end - 1] in ("of", "and", "-", "the", ","):
        end -= 1
    if start >= end:
        return None
    if kind == "place":
        body = words[end - 1] in BODY_WORDS or words[end - 1] in (
            "Museum",
            "School",
            "College",
            "Hospital",
            "Church",
        )
        return start, end, "ORG" if body else ("LOC" if _is_nature(words[start:end]) else UNKNOWN)
    return start, end, "EVENT" if kind == "event" else "ORG"


def _is_nature(words: list[str]) -> bool:
    return bool((NATURE | {"Park"}) & set(words))
