"""What a packaged pipeline holds besides weights: who made it, and the tables of its lemmas."""

from __future__ import annotations

import shutil
from pathlib import Path

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
