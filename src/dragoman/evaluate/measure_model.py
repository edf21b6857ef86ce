"""How well a pipeline reads: tags, parse, sentence bounds and names against what people annotated.

Shares run from 0 to 1. Words and sentences are the gold's where tags and parse are measured, text is running text
where sentence bounds and names are.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.errors import DragomanError
from dragoman.evaluate.treebank import Sentence, documents, read_conllu

__all__ = [
    "Matches",
    "measure_data",
    "measure_names",
    "measure_sentence_bounds",
    "measure_syntax",
    "read_uner",
]

Span = tuple[int, int, str]  # first character, the one after the last, label
UNER_LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
_TREEBANKS = {part: Path("treebank", f"{part}.conllu.gz") for part in ("ewt-dev", "gum-dev")}
_UNER = Path("ner", "uner-ewt.iob2.gz")
_READS_NAMES = {"encoder", "tok2vec", "transformer", "ner"}


class Matches(NamedTuple):
    """How many spans are right, of those found and of those there are."""

    correct: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where there is nothing."""
        return 2 * self.correct / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    @classmethod
    def between(cls, found: Iterable[Iterable[Any]], truth: Iterable[Iterable[Any]]) -> Matches:
        """Found against true items, text by text."""
        correct = predicted = gold = 0
        for here, wanted in zip(map(set, found), map(set, truth), strict=True):
            correct += len(here & wanted)
            predicted += len(here)
            gold += len(wanted)
        return cls(correct, predicted, gold)


def measure_syntax(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """UPOS, XPOS, UAS, LAS and lemmas on gold words and sentences, with punctuation and whole relation labels."""
    right: Counter[str] = Counter()
    with _without(nlp, "ner"):
        for sentence, doc in zip(sentences, nlp.pipe(_gold_words(nlp, sentences)), strict=True):
            for token in doc:
                place = token.i
                same_head = token.head.i == sentence.heads[place]
                right["UPOS"] += token.pos_ == sentence.upos[place]
                right["XPOS"] += token.tag_ == sentence.xpos[place]
                right["UAS"] += same_head
                right["LAS"] += same_head and token.dep_ == sentence.deps[place]
                right["lemma"] += token.lemma_.lower() == sentence.lemmas[place].lower()
    words = sum(len(sentence.words) for sentence in sentences) or 1
    return {name: right[name] / words for name in ("UPOS", "XPOS", "UAS", "LAS", "lemma")}


def _gold_words(nlp: Language, sentences: Iterable[Sentence]) -> Iterator[Doc]:
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=sentence.words, spaces=sentence.spaces)
        for token in doc[1:]:
            token.is_sent_start = False
        yield doc


def measure_sentence_bounds(nlp: Language, gold: Sequence[Doc]) -> float:
    """F1 of sentences by their first and last character."""
    with _without(nlp, "ner", "lemmatizer"):
        found = [_sentences(nlp(doc.text)) for doc in gold]
    return Matches.between(found, [_sentences(doc) for doc in gold]).f1


def _sentences(doc: Doc) -> set[tuple[int, int]]:
    return {_bounds(sent.text, sent.start_char) for sent in doc.sents}


def _bounds(text: str, start: int) -> tuple[int, int]:
    left = len(text) - len(text.lstrip())
    return start + left, start + len(text.rstrip())


def measure_names(
    nlp: Language, examples: Sequence[tuple[str, set[Span]]], labels: Mapping[str, str]
) -> dict[str, Matches]:
    """Exact spans by label, on running sentences. labels: from the pipeline's labels that count to the gold's."""
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in _READS_NAMES]):
        found = [
            {(ent.start_char, ent.end_char, labels[ent.label_]) for ent in doc.ents if ent.label_ in labels}
            for doc in nlp.pipe(text for text, _ in examples)
        ]
    truth = [names for _, names in examples]
    return {
        label: Matches.between(_only(found, label), _only(truth, label))
        for label in dict.fromkeys(labels.values())
    }


def _only(spans: Iterable[set[Span]], label: str) -> Iterator[set[Span]]:
    return ({span for span in here if span[2] == label} for here in spans)


def _without(nlp: Language, *parts: str) -> AbstractContextManager[object]:
    disabled: AbstractContextManager[object] = nlp.select_pipes(
        disable=[name for name in parts if name in nlp.pipe_names]
    )
    return disabled


def measure_data(nlp: Language, data: Path) -> dict[str, float]:
    """What a model card gives, in per cent: syntax of ``ewt-dev`` and ``gum-dev``, names of ``uner-ewt``.

    Raises DragomanError where the folder lacks a file.
    """
    for file in (*_TREEBANKS.values(), _UNER):
        if not (data / file).is_file():
            raise DragomanError(
                f"there is no {file.as_posix()}",
                where=str(data),
                hint="give the folder that holds treebank/ and ner/ (see training/README.md)",
            )
    figures: dict[str, float] = {}
    for part, file in _TREEBANKS.items():
        measured = measure_syntax(nlp, list(read_conllu(data / file)))
        texts = list(documents(nlp.vocab, data / file, seed=1, size=20))
        measured["sentence F1"] = measure_sentence_bounds(nlp, texts)
        figures |= {f"{part} {name}": 100 * value for name, value in measured.items()}
    names = measure_names(nlp, list(read_uner(data / _UNER)), UNER_LABELS)
    return figures | {f"uner-ewt {label} F1": 100 * matches.f1 for label, matches in names.items()}


def read_uner(path: Path) -> Iterator[tuple[str, set[Span]]]:
    """The text of each sentence of Universal NER with its names as character spans."""
    text = ""
    words: list[str] = []
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                columns = line.split("\t")
                words.append(columns[1])
                tags.append(columns[2])
            elif not line and words:
                yield text, _character_spans(text, words, tags)
                text, words, tags = "", [], []
    if words:
        yield text, _character_spans(text, words, tags)


def _character_spans(text: str, words: list[str], tags: list[str]) -> set[Span]:
    spans: list[Span] = []
    position = 0
    for word, tag in zip(words, tags, strict=True):
        start = text.find(word, position)
        if start < 0:
            continue
        end = position = start + len(word)
        if tag.startswith("B-"):
            spans.append((start, end, tag[2:]))
        elif tag.startswith("I-") and spans and spans[-1][2] == tag[2:]:
            spans[-1] = (spans[-1][0], end, tag[2:])
    return {span for span in spans if span[2] in UNER_LABELS.values()}
