"""What of a parse is a noun's own phrase: without the subject and copula of a predicate, without a preposition."""

from __future__ import annotations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import grammar

_LEADS = frozenset({"case", "cc", "prep", "mark", "fixed"})
_NOT_OF_THE_NOUN = frozenset({"cop", "aux", "advmod", "mark"})


def own_phrase(noun: Token) -> SpacySpan:
    """Of "The last document was a memo on trade" for "memo": "a memo on trade"."""
    words = grammar.core_phrase(noun)
    start = words.start
    for child in noun.lefts:
        if child.dep_ in grammar.SUBJECTS or child.dep_ in _NOT_OF_THE_NOUN:
            start = max(start, child.right_edge.i + 1)
    return grammar.trim(noun.doc[start : words.end])


def without_lead(words: SpacySpan) -> SpacySpan:
    """A phrase without the preposition or conjunction that joins it to what stands before ("of the treaty")."""
    start = words.start
    while start < words.end - 1 and words.doc[start].dep_ in _LEADS and words.doc[start].pos_ in {"ADP", "CCONJ"}:
        start += 1
    return words.doc[start : words.end]
