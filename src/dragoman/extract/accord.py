"""One instrument as a mention tells of it, and when two mentions name the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan

from dragoman.extract.when import When
from dragoman.records import Actor, Status
from dragoman.vocabulary import accord_kinds

_STOP = frozenset("the a an of on in to for and between with by at from as its their new recent".split())


@dataclass(slots=True)
class Accord:
    """An instrument as one mention tells of it."""

    title: str
    kind: str
    parties: tuple[Actor, ...]
    step: str
    status: Status
    dated: When
    words: SpacySpan
    rule: str


def is_same(known: Accord, other: Accord) -> bool:
    """Whether two mentions name one instrument: one name, or the shorter title's words stand in the longer."""
    one, two = _canonical(known.title), _canonical(other.title)
    if one == two:
        return True
    words, others = _content(one), _content(two)
    if not words or not others or _numbers(one) != _numbers(two):
        return False
    shared = len(words & others) / min(len(words), len(others))
    return shared >= 0.8 and (known.kind == other.kind or shared == 1.0) and min(len(words), len(others)) > 1


def enrich(known: Accord, other: Accord) -> None:
    """Let a later mention say what the first left open."""
    if known.step == "mentioned" and other.step != "mentioned":
        known.step, known.status = other.step, other.status
    if known.dated.date is None or (known.dated.date_basis == "published" and other.dated.date_basis == "text"):
        known.dated = other.dated if other.dated.date is not None else known.dated
    if len(other.parties) > len(known.parties):
        known.parties = other.parties
    if len(other.title.split()) > len(known.title.split()) and other.kind == known.kind:
        known.title, known.words = other.title, other.words


def _canonical(title: str) -> str:
    named = accord_kinds().named.get(title)
    return named.name if named is not None else title.casefold()


def _content(title: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", title.casefold()) if word not in _STOP)


def _numbers(title: str) -> set[str]:
    return set(re.findall(r"\b\d{3,}\b", title)) if "esolution" in title else set()
