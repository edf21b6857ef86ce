"""Put the training set for names together: mended newswire, GUM, real documents, templates, plain English, and
sentences of the real documents that people annotated.

Sentences are joined to short stretches of text, with line breaks here and there, so that the names are seen in
context. Names of persons in the newswire are partly replaced by others: otherwise the model learns the politicians
of 2005 by heart.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from dragoman.evaluate import treebank
from training import annotated, dates, gmb, gum, labels, posts, silver, templates
from training.gmb import UNKNOWN, Labelled


def substitute_people(sentence: Labelled, people: templates.People, language: Language) -> Labelled:
    """Replace the persons of a sentence by others, a full name by a full name."""
    words: list[str] = []
    spaces: list[bool] = []
    spans = []
    position = 0
    for start, end, label in sorted(sentence.spans):
        words += sentence.words[position:start]
        spaces += sentence.spaces[position:start]
        begin = len(words)
        if label == "PERSON" and sentence.words[start] not in ("God", "Allah", "Jesus", "Saint"):
            name = language.tokenizer(people.surname() if end - start == 1 else people.name())
            words += [token.text for token in name]
            spaces += [bool(token.whitespace_) for token in name]
            spaces[-1] = sentence.spaces[end - 1]
        else:
            words += sentence.words[start:end]
            spaces += sentence.spaces[start:end]
        spans.append((begin, len(words), label))
        position = end
    words += sentence.words[position:]
    spaces += sentence.spaces[position:]
    return Labelled(words, spaces, spans)


def newswire(
    path: Path, leaders: Path, language: Language, rng: random.Random, *, rate: float
) -> Iterator[Labelled]:
    """Yield the mended newswire, in a share of its sentences with other persons."""
    people = templates.People(leaders, rng)
    for sentence in gmb.sentences(path):
        has_person = any(label == "PERSON" for _, _, label in sentence.spans)
        yield substitute_people(sentence, people, language) if has_person and rng.random() < rate else sentence


def plain(path: Path) -> Iterator[Labelled]:
    """Yield the treebank's letters, reviews and blogs: what is no proper noun is no name, however it is written.

    Without them the model, which knows newswire alone, takes every capital and every odd sign for a name.
    """
    listed = labels.places_and_bodies()
    in_gum = False
    for sentence in treebank.read_conllu(path):
        in_gum = sentence.document.startswith("GUM") if sentence.document else in_gum
        if in_gum or len(sentence.words) < 2:
            continue
        held = posts.find_posts(sentence.words)
        spans = held + [s for s in dates.find_dates(sentence.words) if not gmb.overlaps(s, held)]
        spans += [s for s in labels.find_listed(sentence.words, listed) if not gmb.overlaps(s, spans)]
        taken = {position for start, end, _ in spans for position in range(start, end)}
        spans += [
            (position, position + 1, UNKNOWN)
            for position, part in enumerate(sentence.upos)
            if position not in taken and (part == "PROPN" or sentence.xpos[position].startswith("NNP"))
        ]
        yield Labelled(sentence.words, sentence.spaces, sorted(spans))


def read_by_people(path: Path, texts: dict[str, str], language: Language) -> Iterator[Labelled]:
    """Yield sentences whose names were annotated by reading.

    The newswire's words stand apart already; other texts are cut as they will be in use.
    """
    for sentence in annotated.load(path):
        text = texts[sentence.doc][sentence.start : sentence.end]
        spans = [(start - sentence.start, end - sentence.start, label) for start, end, label in sentence.names]
        held = templates.tokenized(language.tokenizer, text, spans)
        if sentence.doc.startswith("newswire:"):
            held.spaces = gmb.spaces_of(held.words)
        spread: list[tuple[int, int, str]] = []
        for start, end, label in sorted(held.spans):
            if not spread or start >= spread[-1][1]:  # where two names share a token it keeps the first
                spread.append((start, end, label))
        yield Labelled(held.words, held.spaces, spread)


def collect(data: Path, gold: Path, language: Language, seed: int) -> dict[str, list[Labelled]]:
    """Return the sentences to learn names from by source; those that people read begin with "read"."""
    rng = random.Random(seed)
    leaders = data / "truth" / "leaders.csv"
    texts = annotated.load_texts(data)
    sources = {
        "newswire": list(newswire(data / "ner" / "gmb.conll.gz", leaders, language, rng, rate=0.35)),
        "gum": list(gum.sentences(data / "treebank" / "train.conllu.gz")),
        "plain": list(plain(data / "treebank" / "train.conllu.gz")),
        "silver": list(silver.sentences(data / "docs", leaders, gold, share=0.14, seed=seed)),
        "templates": list(templates.sentences(leaders, count=24_000, seed=seed)),
    }
    for kind in ("train", "treebank", "newswire"):
        path = annotated.FOLDER / f"names_{kind}.jsonl"
        sources[f"read {kind}"] = list(read_by_people(path, texts, language))
    return sources
