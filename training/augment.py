"""Vary training documents the way that real ones vary: capitals, quotation marks, guillemets, dashes.

Registered with spaCy for training alone; a trained pipeline does not refer to it when it is loaded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

Augmenter = Callable[[Language, Example], Iterator[Example]]

OPENING = {'"': ("“", "«", "„", "''"), "``": ("“", "«"), "'": ("‘",)}
CLOSING = {'"': ("”", "»", "“", "''"), "''": ("”", "»"), "'": ("’",)}


def curl(words: list[str], rng: random.Random) -> list[str]:
    """Replace straight quotation marks by one kind of typographic ones, apostrophes by curly ones."""
    kind = rng.randrange(4)
    is_open = False
    curled = []
    for word in words:
        if word in ('"', "``", "''"):
            is_open = not is_open
            marks = (OPENING if is_open else CLOSING)['"']
            curled.append(marks[kind])
        elif word in ("“", "”", "«", "»"):
            curled.append('"')
        else:
            curled.append(word.replace("'", "’"))
    return curled


def capitals(words: list[str], rng: random.Random) -> list[str]:
    """All capitals, as in headlines and datelines, or the capitals of a title."""
    if rng.random() < 0.6:
        return [word.upper() for word in words]
    return [word if len(word) < 4 else word[0].upper() + word[1:] for word in words]


def with_words(doc: Doc, words: list[str]) -> Doc:
    """Give the same annotation to other words (of any length, one for one)."""
    parsed = doc.has_annotation("DEP")
    copy = Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc] if parsed else None,
        deps=[token.dep_ for token in doc] if parsed else None,
    )
    if doc.has_annotation("ENT_IOB"):
        unknown = [Span(copy, token.i, token.i + 1) for token in doc if token.ent_iob == 0]
        names = [Span(copy, ent.start, ent.end, label=ent.label_) for ent in doc.ents]
        copy.set_ents(names, missing=unknown, default="outside")
    return copy


@spacy.registry.augmenters("dragoman.AgencyStyle.v1")  # type: ignore[untyped-decorator]
def agency_style(capitals_rate: float, quotes_rate: float, seed: int) -> Augmenter:
    """Yield each example as it is or in one other style."""
    rng = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        draw = rng.random()
        words = [token.text for token in example.reference]
        if draw < capitals_rate:
            words = capitals(words, rng)
        elif draw < capitals_rate + quotes_rate:
            words = curl(words, rng)
        else:
            yield example
            return
        reference = with_words(example.reference, words)
        yield Example(nlp.make_doc(reference.text), reference)

    return augment
