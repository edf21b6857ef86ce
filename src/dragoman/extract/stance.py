"""The stance of what is said, and the verbs and nouns that give it away: data in three files."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.vocabulary.load import Entry, load_yaml

STANCES = frozenset(
    "praise criticise support oppose thank congratulate condole apologise demand request warn deny agree promise "
    "assess neutral".split()
)
_FOLDER = Path(__file__).parent
_OWN_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that reports speech. follows: words of which one must stand close behind it; empty: none need.

    finite: whether only its finite forms report speech; things: whether its object must be no person.
    """

    lemma: str
    takes: str  # clause, object, either or noun
    stance: str
    follows: frozenset[str]
    finite: bool = False
    things: bool = False


@functools.cache
def speech_verbs() -> dict[str, SpeechVerb]:
    """Lemma → verb. Raises VocabularyError where the file breaks its contract."""
    found: dict[str, SpeechVerb] = {}
    for lemma, value in load_yaml("speech", folder=_FOLDER).items():
        entry = Entry("speech", lemma, value)
        takes = entry.one_of("takes", ("clause", "object", "either", "noun"))
        stance = entry.one_of("stance", (*STANCES, "content", "emphasis"))
        follows = frozenset(entry.texts("with"))
        found[lemma] = SpeechVerb(lemma, takes, stance, follows, entry.flag("finite"), entry.flag("things"))
    return found


@functools.cache
def attitudes() -> dict[str, str]:
    """Noun → stance, or "none" for an undertaking that is no statement."""
    found: dict[str, str] = {}
    for lemma, value in load_yaml("attitudes", folder=_FOLDER).items():
        found[lemma] = Entry("attitudes", lemma, value).one_of("stance", (*STANCES, "none"))
    return found


@functools.cache
def _cues() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    cues = []
    for stance, value in load_yaml("cues", folder=_FOLDER).items():
        entry = Entry("cues", stance, value)
        if stance not in STANCES:
            raise entry.error("is no stance", hint=f"use one of {', '.join(sorted(STANCES))}")
        own, words = (re.compile("|".join(entry.texts(field)) or r"(?!)") for field in ("own", "words"))
        cues.append((stance, own, words))
    return cues


def stance_of(text: str, *, default: str = "assess") -> str:
    """The stance with the most signs in a text; the one that stands first in cues.yaml wins a tie."""
    low = text.lower().replace("’", "'")
    best, most = default, 0
    for stance, own, words in _cues():
        score = _OWN_WEIGHT * len(own.findall(low)) + len(words.findall(low))
        if score > most:
            best, most = stance, score
    return best


@functools.cache
def confidence(rule: str) -> float:
    """How often a rule was right on the training gold."""
    return float(load_yaml("confidence", folder=_FOLDER).get(rule, 0.5))
