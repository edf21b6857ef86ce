"""Walks up the parse end at its root, whatever kind of word that is."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.annotate.grammar import clause_verb, sentence_root


@pytest.mark.parametrize(
    ("words", "tags", "heads", "verb"),
    [
        pytest.param(["A", "phone", "call"], ["DET", "NOUN", "NOUN"], [2, 2, 2], None, id="verbless sentence"),
        pytest.param(["They", "met", "today"], ["PRON", "VERB", "NOUN"], [1, 1, 1], "met", id="verbal sentence"),
    ],
)
def test_climbing_ends_at_the_root(words: list[str], tags: list[str], heads: list[int], verb: str | None) -> None:
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=tags, heads=heads, deps=deps)
    found = clause_verb(doc[0])
    assert (found.text if found else None) == verb
    assert sentence_root(doc[0]).dep_ == "ROOT"
