"""Walks up the parse end at its root; a verb has one subject and one object, however the parse is labelled."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.annotate import grammar
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


# parses that are right or nearly so: words, deps, heads, verb, its subject, its objects, whether it is passive
VERBS = {
    "told: the only object, though indirect": (
        "ministers urged Chile to act",
        "nsubj ROOT iobj mark xcomp",
        [1, 1, 1, 4, 1],
        1,
        "ministers",
        ["Chile"],
        False,
    ),
    "told: subject of what is to be done": (
        "ministers urged Chile to act",
        "nsubj ROOT nsubj mark xcomp",
        [1, 1, 4, 4, 1],
        1,
        "ministers",
        ["Chile"],
        False,
    ),
    "a second subject is the object": (
        "ministers thanked Chile",
        "nsubj ROOT nsubj",
        [1, 1, 1],
        1,
        "ministers",
        ["Chile"],
        False,
    ),
    "passive subjects on both sides": (
        "ministers thanked Chile",
        "nsubj:pass ROOT nsubj:pass",
        [1, 1, 1],
        1,
        "ministers",
        ["Chile"],
        False,
    ),
    "passive": ("Chile was thanked", "nsubj:pass aux:pass ROOT", [2, 2, 2], 2, "Chile", [], True),
    "the second clause has its own subject": (
        "ministers thanked Chile and Peru agreed",
        "nsubj ROOT obj cc nsubj conj",
        [1, 1, 1, 5, 1, 1],
        5,
        "Peru",
        [],
        False,
    ),
}


@pytest.mark.parametrize(
    ("text", "deps", "heads", "verb", "subject", "objects", "passive"), VERBS.values(), ids=VERBS.keys()
)
def test_parts_of_a_clause(
    text: str, deps: str, heads: list[int], verb: int, subject: str, objects: list[str], passive: bool
) -> None:
    words = text.split()
    tags = {"ministers": "NOUN", "Chile": "PROPN", "Peru": "PROPN", "to": "PART", "and": "CCONJ", "was": "AUX"}
    pos = [tags.get(word, "VERB") for word in words]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos, heads=heads, deps=deps.split())
    found = grammar.subject(doc[verb])
    assert (found.text if found is not None else None) == subject
    assert [word.text for word in grammar.objects(doc[verb])] == objects
    assert grammar.is_passive(doc[verb]) == passive
