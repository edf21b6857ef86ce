"""Find events and listed names in a list of words."""

from __future__ import annotations

from functools import cache

import spacy

from training import gazetteer
from training.lists import Span, load

_WORDS = load("bodies.yaml")
EVENT_ENDS = _WORDS["event_ends"]


def find_events(words: list[str]) -> list[Span]:
    """Find wars, feasts, and capitalised names that end in "Summit", "Forum", "Games"."""
    spans = list(find_listed(words, _events()))
    for position, word in enumerate(words):
        if word not in EVENT_ENDS or any(start <= position < end for start, end, _ in spans):
            continue
        start = position
        while (
            start and (words[start - 1][:1].isupper() or words[start - 1] in ("-", "&")) and start > position - 6
        ):
            start -= 1
        if start == 0 and position - start < 3:  # a heading or the first word of a sentence tells nothing
            continue
        if word in ("Congress", "Exhibition", "Conference", "Cup") and position - start < 2:
            continue
        if start < position:
            end = position + 1
            spans.append((start, end, "EVENT"))
    return spans


@cache
def _events() -> dict[str, dict[tuple[str, ...], str]]:
    return index(dict.fromkeys(_WORDS["events"], "EVENT"))


def index(phrases: dict[str, str]) -> dict[str, dict[tuple[str, ...], str]]:
    """Key phrases by their first word, as split on spaces and as split by spaCy's tokenizer."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    tokenizer = spacy.blank("en").tokenizer
    for phrase, label in phrases.items():
        for words in {tuple(phrase.split()), tuple(token.text for token in tokenizer(phrase))}:
            table.setdefault(words[0], {})[words] = label
    return table


def find_listed(words: list[str], table: dict[str, dict[tuple[str, ...], str]]) -> list[Span]:
    """Find the phrases of an index, longest first."""
    spans: list[Span] = []
    position = 0
    while position < len(words):
        best = 0
        label = ""
        for phrase, its_label in table.get(words[position], {}).items():
            if len(phrase) > best and tuple(words[position : position + len(phrase)]) == phrase:
                best, label = len(phrase), its_label
        if best:
            spans.append((position, position + best, label))
            position += best
        else:
            position += 1
    return spans


@cache
def places_and_bodies() -> dict[str, dict[tuple[str, ...], str]]:
    """The index of all listed names."""
    phrases: dict[str, str] = {}
    for name in gazetteer.cities():
        phrases[name] = "GPE"
    for name in gazetteer.provinces():
        phrases[name] = "GPE"
    for name in gazetteer.states():
        phrases[name] = "GPE"
    for name in gazetteer.DEMONYMS | gazetteer.COMPOUND_DEMONYMS:
        phrases[name] = "NORP"
    for name in gazetteer.LOCATIONS:
        phrases[name.removeprefix("the ")] = "LOC"
    for name in gazetteer.ORGANIZATIONS:
        phrases[name] = "ORG"
    for name in (
        "Global",
        "Earth",
        "West",
        "Orient",
        "Gulf",
        "Pacific",
        "Atlantic",
        "House",
        "Commonwealth",
        "Metropolitan",
    ):
        phrases.pop(name, None)
    return index(phrases)
