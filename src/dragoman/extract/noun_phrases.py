"""A noun's own phrase where the noun is the predicate: without its subject and copula."""

from __future__ import annotations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import grammar

_NOT_OF_THE_NOUN = frozenset({"cop", "aux", "advmod", "mark"})


def own_phrase(noun: Token) -> SpacySpan:
    """Of "The last document was a memo on trade" for "memo": "a memo on trade"."""
    words = grammar.core_phrase(noun)
    start = words.start
    for child in noun.lefts:
        if child.dep_ in grammar.SUBJECTS or child.dep_ in _NOT_OF_THE_NOUN:
            start = max(start, child.right_edge.i + 1)
    return grammar.trim(noun.doc[start : words.end])
