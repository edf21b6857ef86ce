"""The word lists of meetings and visits, loaded and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import VocabularyError

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ContactVerb:
    """A verb of contact: where the other side stands ("with", "object", "both") and the format it implies."""

    lemma: str
    other: str
    format: str | None
    needs_place: bool
    example: str
    counter: str | None


@dataclass(frozen=True, slots=True)
class ContactWords:
    """What makes a meeting in words: verbs, nouns with their format, light verbs, format words, letters."""

    verbs: dict[str, ContactVerb]
    nouns: dict[str, str | None]
    examples: dict[str, str]
    light: frozenset[str]
    formats: dict[str, str]
    letters: frozenset[str]


@cache
def contact_words() -> ContactWords:
    """The lists of meetings.yaml. Raises VocabularyError where the file breaks its own rules."""
    raw = load_yaml("meetings.yaml")
    verbs = {}
    for lemma, entry in raw["verbs"].items():
        if entry.get("other") not in {"with", "object", "both"}:
            raise VocabularyError("'other' must be with, object or both", where=f"meetings.yaml: {lemma}")
        verbs[lemma] = ContactVerb(
            lemma,
            entry["other"],
            entry["format"],
            bool(entry.get("needs_place")),
            entry["example"],
            entry.get("counter"),
        )
    return ContactWords(
        verbs=verbs,
        nouns={lemma: entry["format"] for lemma, entry in raw["nouns"].items()},
        examples={lemma: entry["example"] for lemma, entry in raw["nouns"].items()},
        light=frozenset(raw["light"]),
        formats={word: name for name, words in raw["formats"].items() for word in words},
        letters=frozenset(raw["letters"]),
    )


def load_yaml(name: str) -> dict[str, Any]:
    """A word list beside this module that maps words to what they mean."""
    return dict(_load(name))


def load_yaml_list(name: str) -> list[dict[str, Any]]:
    """A word list beside this module that is a list of entries."""
    return list(_load(name))


def _load(name: str) -> Any:
    with (_HERE / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
