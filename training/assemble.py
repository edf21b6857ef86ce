"""Put the syntax and the names together to one pipeline that loads with spaCy alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups

CLOSED_CLASSES = {
    "aux": {
        "be": "is are was were am been being 's ’s 'm ’m 're ’re be",
        "have": "has had having 've ’ve have",
        "do": "does did done doing do",
        "get": "got gets getting",
        "will": "'ll ’ll wo will",
        "would": "'d ’d would",
        "can": "ca can",
        "shall": "sha shall",
    },
    "verb": {
        "be": "'s ’s 'm ’m 're ’re been were was is are",
        "have": "'ve ’ve",
        "do": "did done does",
        "need": "need needs needed needing",
        "guess": "guess",
        "lie": "lying",
        "focus": "focus",
        "address": "address addressed addresses",
        "discuss": "discuss",
        "express": "express",
        "bless": "bless",
        "pass": "pass",
        "stress": "stress",
        "witness": "witness",
    },
    "part": {"not": "n't n’t not nt", "'s": "'s ’s"},
    "pron": {
        "I": "me i",
        "they": "them they",
        "we": "us we",
        "he": "him he",
        "she": "she",
        "this": "these this",
        "that": "those that",
        "who": "whom who",
    },
    "det": {"a": "an a", "this": "these this", "that": "those that"},
    "adj": {"good": "better best", "bad": "worse worst", "further": "further", "many": "more most"},
    "adv": {"well": "better best", "further": "further", "later": "later"},
}
LEMMA_TABLES = ["lemma_rules", "lemma_exc", "lemma_index"]
META = {
    "lang": "en",
    "name": "dragoman",
    "description": "English for diplomatic readouts and agency news: tags, parse, lemmas, names and posts.",
    "author": "The Dragoman authors",
    "license": "CC BY-SA 4.0",
}


def assemble(syntax: Path, names: Path, version: str) -> Language:
    """Return one pipeline of both trained ones, with lemmas from tables that go into it.

    Names come first: spaCy's recognizer may not cross a sentence bound that is already set, and the parser's
    bounds are less certain than the line breaks that the reader sets before either runs.
    """
    nlp = spacy.load(syntax)
    other = spacy.load(names)
    nlp.vocab.vectors = other.vocab.vectors  # the names alone use them
    for string in other.vocab.strings:
        nlp.vocab.strings.add(string)
    other.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=other, first=True)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=lemma_tables())
    # Nothing that training needed may be asked for when the pipeline is loaded.
    for section in ("training", "corpora", "initialize", "pretraining", "paths", "system"):
        nlp.config.pop(section, None)
    nlp.meta.update(META | {"version": version})
    return nlp


def lemma_tables() -> Lookups:
    """WordNet's tables as spaCy packs them, and what they lack or get wrong: auxiliaries, "need"."""
    tables = load_lookups("en", LEMMA_TABLES)
    exceptions = tables.get_table("lemma_exc")
    for part, forms in CLOSED_CLASSES.items():
        known = dict(exceptions.get(part, {}))
        for lemma, words in forms.items():
            known |= {word: [lemma] for word in words.split()}
        exceptions[part] = known
    return tables


def write(nlp: Language, target: Path) -> None:
    """Write the pipeline beside the target, then put it in its place at once."""
    beside = target.with_name(target.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    nlp.to_disk(beside)
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
