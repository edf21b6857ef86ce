"""Sentences whose bounds a parser has got wrong: one that ends without a stop goes on into the next."""

from __future__ import annotations

from spacy.tokens import Span, Token

_STOPS = frozenset(".!?…:;\"'”’»)]*")
_MOST = 3  # pieces that are put together again


def sentence_of(token: Token) -> Span:
    """The sentence of a token, with the pieces before and after it that no stop or line break parts from it."""
    doc, whole = token.doc, token.sent
    start, end = whole.start, whole.end
    for _ in range(_MOST):
        if end >= len(doc) or _closes(doc[end - 1]) or "\n" in doc[end].text:
            break
        end = doc[end].sent.end
    for _ in range(_MOST):
        if not start or _closes(doc[start - 1]):
            break
        start = doc[start - 1].sent.start
    return doc[start:end]


def _closes(token: Token) -> bool:
    return "\n" in token.text or token.text[-1:] in _STOPS
