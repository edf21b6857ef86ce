"""Word vectors of our own from the raw documents: what a small treebank cannot tell about rarer words.

Small on purpose (64 dimensions): they go into the shipped pipeline. Trained on the texts that the models are
trained on and on the whole of the real documents, but for those that measure.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from gensim.models import Word2Vec
from spacy.vectors import Vectors

from training import gmb, silver, treebank

DIMENSIONS = 64
WORDS = 24_000


class Sentences:
    """All raw text as lists of words, to be gone through several times."""

    def __init__(self, data: Path, gold: Path) -> None:
        self.data = data
        excluded = silver.excluded_ids(gold)
        self.tokenizer = spacy.blank("en").tokenizer
        self.lines: list[list[str]] = []
        for path in sorted((data / "docs").glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    document = json.loads(line)
                    if document["id"] not in excluded:
                        self.lines += self._split(document["text"])
        for words, _ in gmb.read(data / "ner" / "gmb.conll.gz"):
            self.lines.append([part for word in words for part in re.split(r"(?<=\w)(-)(?=\w)", word)])
        for sentence in treebank.read_conllu(data / "treebank" / "train.conllu.gz"):
            self.lines += [sentence.words, sentence.words]

    def _split(self, text: str) -> Iterator[list[str]]:
        for paragraph in text.split("\n"):
            if paragraph.strip():
                yield [token.text for token in self.tokenizer(paragraph) if not token.is_space]

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.lines)


def build(data: Path, gold: Path, target: Path, seed: int) -> None:
    """Train vectors and write a blank pipeline that holds them; one thread, so that a seed tells them."""
    model = Word2Vec(
        Sentences(data, gold),
        vector_size=DIMENSIONS,
        window=4,
        min_count=4,
        max_final_vocab=WORDS,
        sg=1,
        negative=8,
        sample=1e-4,
        epochs=4,
        workers=1,
        seed=seed,
    )
    words = model.wv.index_to_key
    table = np.asarray(model.wv.vectors, dtype="float32")
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    nlp = spacy.blank("en")
    for word in words:
        nlp.vocab.strings.add(word)
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table, keys=words, name="dragoman")
    nlp.to_disk(target)
