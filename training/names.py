"""Put the training set for names together: mended newswire, GUM, real documents, templates, plain English, and
sentences of the real documents that people annotated.

Sentences are joined to short stretches of text, with line breaks here and there, so that the names are seen in
context. Names of persons in the newswire are partly replaced by others: otherwise the model learns the politicians
of 2005 by heart.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from training import annotated, dates, gmb, gum, labels, posts, silver, templates, treebank
from training.gmb import UNKNOWN, Labelled

REPEATED = 6  # times that the annotated sentences are seen for each of the others: they are few and right
SEPARATORS = ("", "", "\n", "\n\n")


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


def stretches(sentences: Iterable[Labelled], vocab: Vocab, rng: random.Random, *, size: int = 4) -> Iterator[Doc]:
    """Join one to `size` sentences to a document."""
    pending: list[Labelled] = []
    limit = rng.randint(1, size)
    for sentence in sentences:
        pending.append(sentence)
        if len(pending) >= limit:
            yield to_doc(vocab, pending, rng.choice(SEPARATORS))
            pending, limit = [], rng.randint(1, size)
    if pending:
        yield to_doc(vocab, pending, "")


def to_doc(vocab: Vocab, sentences: list[Labelled], separator: str) -> Doc:
    """Make one document of sentences; unknown words are marked as missing annotation."""
    words: list[str] = []
    spaces: list[bool] = []
    spans = []
    for number, sentence in enumerate(sentences):
        if number and separator:
            spaces[-1] = False
            words.append(separator)
            spaces.append(False)
        offset = len(words)
        words += sentence.words
        spaces += sentence.spaces
        spans += [(offset + start, offset + end, label) for start, end, label in sentence.spans]
    doc = Doc(vocab, words=words, spaces=spaces)
    names = [Span(doc, start, end, label=label) for start, end, label in spans if label != UNKNOWN]
    unknown = [Span(doc, start, end) for start, end, label in spans if label == UNKNOWN]
    doc.set_ents(names, missing=unknown, default="outside")
    return doc


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


def read_by_people(data: Path, language: Language) -> Iterator[Labelled]:
    """Yield the sentences of the real documents whose names were annotated by reading.

    Accords are not among the pipeline's labels; left out, they teach that a declaration is no body.
    """
    texts, _ = annotated.load_documents(data)
    for sentence in annotated.load(annotated.FOLDER / "names_train.jsonl"):
        text = texts[sentence.doc][sentence.start : sentence.end]
        spans = [(start - sentence.start, end - sentence.start, label) for start, end, label in sentence.names]
        held = templates.tokenized(language.tokenizer, text, [span for span in spans if span[2] != "ACCORD"])
        spread: list[tuple[int, int, str]] = []
        for start, end, label in sorted(held.spans):
            if not spread or start >= spread[-1][1]:  # "U.S.-Russia" is one token: it keeps its first name
                spread.append((start, end, label))
        yield Labelled(held.words, held.spaces, spread)


def build(data: Path, gold: Path, language: Language, seed: int) -> tuple[list[Doc], list[Doc]]:
    """Return the documents to train on and those to choose a model by (every fortieth of each source)."""
    rng = random.Random(seed)
    leaders = data / "truth" / "leaders.csv"
    sources = [
        list(newswire(data / "ner" / "gmb.conll.gz", leaders, language, rng, rate=0.35)),
        list(gum.sentences(data / "treebank" / "train.conllu.gz")),
        list(plain(data / "treebank" / "train.conllu.gz")),
        list(silver.sentences(data / "docs", leaders, gold, share=0.14, seed=seed)),
        list(templates.sentences(leaders, count=24_000, seed=seed)),
    ]
    by_people = list(read_by_people(data, language))
    sources.append(by_people)
    train: list[Doc] = []
    dev: list[Doc] = []
    for source in sources:
        blocks = [source[i : i + 40] for i in range(0, len(source), 40)]  # neighbours stay together
        kept = [sentence for number, block in enumerate(blocks) if number % 40 for sentence in block]
        held = [sentence for number, block in enumerate(blocks) if number % 40 == 0 for sentence in block]
        for _ in range(REPEATED if source is by_people else 1):
            train += stretches(kept, language.vocab, rng)
        dev += stretches(held, language.vocab, rng)
    rng.shuffle(train)
    return train, dev
