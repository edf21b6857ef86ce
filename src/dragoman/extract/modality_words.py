"""The words of modality.yaml, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from dragoman.errors import VocabularyError
from dragoman.records import Status
from dragoman.vocabulary.load import load_yaml

__all__ = ["Governor", "ModalityWords", "modality_words"]

_SOURCE = "extract/modality.yaml"


@dataclass(frozen=True, slots=True)
class Governor:
    """A verb with the words that have to follow it ("call" with "off") and what it makes of the event.

    effect: a status, "inherits" (the verb's own tense decides) or "mentions" (it says nothing about the event).
    """

    lemma: str
    particle: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class ModalityWords:
    """modality.yaml as lookups from a word to what it means."""

    modifiers: Mapping[str, Status]
    verbs: Mapping[str, tuple[Governor, ...]]  # the longest first
    nouns: Mapping[str, Status]
    prepositions: Mapping[str, Status]
    future: frozenset[str]
    possible: frozenset[str]
    negations: frozenset[str]
    no_one: frozenset[str]
    conditions: frozenset[str]
    expected_there: frozenset[str]
    ahead_in_present: frozenset[tuple[str, ...]]
    examples: tuple[tuple[str, Status], ...]


@cache
def modality_words() -> ModalityWords:
    """Read modality.yaml. Raises VocabularyError where a status has no such name."""
    data = load_yaml("modality", folder=Path(__file__).parent)
    return ModalityWords(
        modifiers=_by_word(data, "modifiers"),
        verbs=_governors(data["verbs"]),
        nouns=_by_word(data, "nouns"),
        prepositions=_by_word(data, "prepositions"),
        future=frozenset(data["modals"]["future"]),
        possible=frozenset(data["modals"]["possible"]),
        negations=frozenset(data["negations"]),
        no_one=frozenset(data["no_one"]),
        conditions=frozenset(data["conditions"]),
        expected_there=frozenset(data["expected_there"]),
        ahead_in_present=frozenset(tuple(words.split()) for words in data["ahead_in_present"]),
        examples=tuple((text, _status(name)) for name, texts in data["examples"].items() for text in texts),
    )


def _status(name: str) -> Status:
    if name not in get_args(Status):
        raise VocabularyError(f"no status {name!r}", where=_SOURCE, hint=f"one of {', '.join(get_args(Status))}")
    return cast(Status, name)


def _by_word(data: Mapping[str, Any], part: str) -> dict[str, Status]:
    return {str(word): _status(name) for name, words in data[part].items() for word in words}


def _governors(data: Mapping[str, list[str]]) -> dict[str, tuple[Governor, ...]]:
    found: dict[str, list[Governor]] = {}
    for effect, phrases in data.items():
        if effect not in ("inherits", "mentions"):
            _status(effect)
        for phrase in phrases:
            lemma, *particle = phrase.split()
            found.setdefault(lemma, []).append(Governor(lemma, tuple(particle), effect))
    return {lemma: tuple(sorted(group, key=lambda one: -len(one.particle))) for lemma, group in found.items()}
