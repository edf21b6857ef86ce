"""What of a parse is a noun's own phrase: without the subject and copula of a predicate, without a preposition."""

from __future__ import annotations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import grammar

_LEADS = frozenset({"case", "cc", "prep", "mark", "fixed"})
_ABOUT = frozenset({"on", "of", "for", "about", "concerning", "regarding"})
_NOT_OF_THE_NOUN = frozenset({"cop", "aux", "advmod", "mark"})


def own_phrase(noun: Token) -> SpacySpan:
    """Of "The last document was a memo on trade" for "memo": "a memo on trade"."""
    words = grammar.core_phrase(noun)
    start, end = words.start, words.end
    for child in noun.lefts:
        if child.dep_ in grammar.SUBJECTS or child.dep_ in _NOT_OF_THE_NOUN:
            start = max(start, child.right_edge.i + 1)
        elif child.dep_ == "case":
            start = max(start, child.i + 1)  # whatever the parse hangs on the noun from before its preposition
    for child in noun.rights:
        if child.i >= end and is_subject_matter(child):
            sides = [side.left_edge.i for side in grammar.oblique(child, "with")]  # "… with Chile" tells with whom
            end = max(end, min([child.right_edge.i + 1, *sides]))
    return grammar.trim(noun.doc[start:end])


def is_subject_matter(token: Token) -> bool:
    """Whether a clause tells what its noun is about: "a treaty on fishing", "a memorandum on sharing data"."""
    return token.dep_ == "acl" and any(word.dep_ == "mark" and word.lower_ in _ABOUT for word in token.lefts)


def without_lead(words: SpacySpan) -> SpacySpan:
    """A phrase without the preposition or conjunction that joins it to what stands before ("of the treaty")."""
    start = words.start
    while start < words.end - 1 and words.doc[start].dep_ in _LEADS and words.doc[start].pos_ in {"ADP", "CCONJ"}:
        start += 1
    return words.doc[start : words.end]
