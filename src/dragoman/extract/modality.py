"""Status of an act: a first version, to be replaced by the full one."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.records import Status


def status_of(doc: Doc, token: Token) -> Status:
    """Ahead where the sentence speaks of the future, else done."""
    words = {word.lower_ for word in doc[token.sent.start : token.sent.end]}
    return "planned" if words & {"will", "planned", "upcoming"} else "done"
