"""The states that a phrase names, those inside a compound word ("U.S.-Japan") included."""

from __future__ import annotations

import re

from spacy.tokens import Span as SpacySpan

from dragoman.annotate import Reading
from dragoman.vocabulary import states

_FORMS = frozenset({"state", "demonym", "metonym"})
_DASHES = re.compile(r"[-\u2010-\u2015/]")


def states_in(reading: Reading, words: SpacySpan) -> list[str]:
    """ISO3 codes of the states named, in the order of the text, each once."""
    found: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.start >= words.end:
            break
        if mention.start < words.start or mention.form not in _FORMS:
            continue
        for entity in mention.entities:
            if entity.country:
                found.setdefault(entity.country, mention.start)
    for token in words:
        for code in _parts(token.text):
            found.setdefault(code, token.i)
    return sorted(found, key=lambda code: found[code])


def _parts(word: str) -> list[str]:
    """The states of a word such as "U.S.-Japan", which tokenizers leave whole; empty where a part names none."""
    parts = _DASHES.split(word)
    if len(parts) < 2:
        return []
    known = [states().lookup(part) or states().lookup(f"{part}.") for part in parts if part]
    found = [name.iso3 for name in known if name is not None]
    return found if len(found) > 1 else []
