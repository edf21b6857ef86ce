"""The word lists of meetings, loaded and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import load_yaml

_OTHER = frozenset({"with", "object", "both"})


@dataclass(frozen=True, slots=True)
class ContactVerb:
    """A verb of contact: where the other side stands ("with", "object", "both") and the format it implies.

    firm: the verb alone settles the format; needs_place: it tells of a contact only where it names a place.
    """

    lemma: str
    other: str
    format: str | None
    needs_place: bool
    firm: bool

    @property
    def links(self) -> tuple[str, ...]:
        """The prepositions before the other side; an empty one where it follows the verb at once."""
        spoken = ("to",) if self.lemma in {"speak", "talk"} else ()
        return {"with": ("with", *spoken), "object": ("",), "both": ("with", "")}[self.other]


@dataclass(frozen=True, slots=True)
class ContactWords:
    """What makes a meeting in words. Lemmas in lower case; examples and counters by "verb meet", "noun talk"."""

    verbs: dict[str, ContactVerb]
    nouns: dict[str, str | None]
    examples: dict[str, str]
    counters: dict[str, str]
    light: frozenset[str]
    formats: dict[str, str]
    letters: frozenset[str]
    sending: frozenset[str]
    onlookers: frozenset[str]
    groups: frozenset[str]
    together: frozenset[str]
    titles: dict[str, tuple[str, ...]]
    not_yet: tuple[str, ...]
    confidence: dict[str, float]


@cache
def contact_words() -> ContactWords:
    """The lists of meetings.yaml. Raises VocabularyError where the file breaks its own rules."""
    raw = load_yaml("meetings", folder=Path(__file__).parent)
    entries = {
        **{f"verb {key}": entry for key, entry in raw["verbs"].items()},
        **{f"noun {key}": entry for key, entry in raw["nouns"].items()},
    }
    for key, entry in entries.items():
        for field in ("format", "example", "counter"):
            if field not in entry:
                raise VocabularyError(f"{key!r} has no {field}", where="meetings.yaml")
    return ContactWords(
        verbs={lemma: _verb(lemma, entry) for lemma, entry in raw["verbs"].items()},
        nouns={lemma: entry["format"] for lemma, entry in raw["nouns"].items()},
        examples={key: entry["example"] for key, entry in entries.items()},
        counters={key: entry["counter"] for key, entry in entries.items()},
        light=frozenset(raw["light"]),
        formats={word: name for name, words in raw["formats"].items() for word in words},
        letters=frozenset(raw["letters"]),
        sending=frozenset(raw["sending"]),
        onlookers=frozenset(raw["onlookers"]),
        groups=frozenset(raw["groups"]),
        together=frozenset(raw["together"]),
        titles={name: tuple(words) for name, words in raw["titles"].items()},
        not_yet=tuple(raw["not_yet"]),
        confidence=dict(raw["confidence"]),
    )


def rule_confidence(rule: str) -> float:
    """How often a rule was right on the training documents; the longest key that begins the rule's name counts."""
    table = contact_words().confidence
    keys = [key for key in table if rule == key or rule.startswith(key + ".")]
    return table[max(keys, key=len)]


def _verb(lemma: str, entry: dict[str, Any]) -> ContactVerb:
    if entry.get("other") not in _OTHER:
        raise VocabularyError("'other' must be with, object or both", where=f"meetings.yaml: {lemma}")
    return ContactVerb(
        lemma, entry["other"], entry["format"], bool(entry.get("needs_place")), bool(entry.get("firm"))
    )
