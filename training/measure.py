"""Print a table of what a pipeline reaches: tags, parse, sentence bounds, names, speed, size.

usage: python -m training.measure [PIPELINE] [--data ../shared/data] [--json FILE]
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training import treebank

PACKAGED = Path("src/dragoman/models/en")
UNER_LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}


def f1(correct: int, predicted: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall, 0 where there is nothing."""
    return 2 * correct / (predicted + gold) if predicted + gold else 0.0


def measure_syntax(nlp: Language, path: Path) -> dict[str, float]:
    """Return UPOS, LAS (gold words and sentences, punctuation counted) and sentence F1 (running text)."""
    sentences = list(treebank.read_conllu(path))
    docs = []
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=sentence.words, spaces=sentence.spaces)
        for token in doc[1:]:
            token.is_sent_start = False
        docs.append(doc)
    words = tags = fine = attached = labelled = lemmas = 0
    with nlp.select_pipes(disable=["ner"]):
        for sentence, doc in zip(sentences, nlp.pipe(docs), strict=True):
            words += len(doc)
            for token in doc:
                gold_dep = sentence.deps[token.i]
                tags += token.pos_ == sentence.upos[token.i]
                fine += token.tag_ == sentence.xpos[token.i]
                lemmas += token.lemma_.lower() == sentence.lemmas[token.i].lower()
                same_head = token.head.i == sentence.heads[token.i]
                attached += same_head
                labelled += same_head and token.dep_ == gold_dep
    figures = {"UPOS": tags, "XPOS": fine, "UAS": attached, "LAS": labelled, "lemma": lemmas}
    result = {name: count / words for name, count in figures.items()}
    result["sentence F1"] = _sentence_f1(nlp, path)
    return result


def _sentence_f1(nlp: Language, path: Path) -> float:
    """Compare sentences by their first and last character, on documents joined as paragraphs are."""
    correct = predicted = wanted = 0
    with nlp.select_pipes(disable=["ner", "lemmatizer"]):
        for gold in treebank.documents(nlp.vocab, path, seed=1, size=20):
            found = {_bounds(sent.text, sent.start_char) for sent in nlp(gold.text).sents}
            truth = {_bounds(sent.text, sent.start_char) for sent in gold.sents}
            correct += len(found & truth)
            predicted += len(found)
            wanted += len(truth)
    return f1(correct, predicted, wanted)


def _bounds(text: str, start: int) -> tuple[int, int]:
    left = len(text) - len(text.lstrip())
    return start + left, start + len(text.rstrip())


def read_uner(path: Path) -> Iterator[tuple[str, set[tuple[int, int, str]]]]:
    """Yield the text of each sentence and its names as character spans."""
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


def _character_spans(text: str, words: list[str], tags: list[str]) -> set[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
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


def measure_names(nlp: Language, path: Path) -> dict[str, float]:
    """Return the F1 of exact spans of PER, ORG and LOC on running sentences."""
    correct: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    sentences = list(read_uner(path))
    with nlp.select_pipes(enable=["ner"]):
        for (_, truth), doc in zip(sentences, nlp.pipe(text for text, _ in sentences), strict=True):
            found = {
                (ent.start_char, ent.end_char, UNER_LABELS[ent.label_])
                for ent in doc.ents
                if ent.label_ in UNER_LABELS
            }
            correct.update(label for _, _, label in found & truth)
            predicted.update(label for _, _, label in found)
            wanted.update(label for _, _, label in truth)
    return {label: f1(correct[label], predicted[label], wanted[label]) for label in ("PER", "ORG", "LOC")}


def real_texts(folder: Path, *, each: int) -> list[str]:
    """Read the first documents of each collection."""
    texts = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(each), lines, strict=False):
                texts.append(json.loads(line)["text"])
    return texts


def measure_speed(nlp: Language, texts: Iterable[str]) -> float:
    """Return tokens a second of the whole pipeline, by processor time: neighbours do not count."""
    texts = list(texts)
    for _ in nlp.pipe(texts[:5]):  # fill caches
        pass
    started = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return tokens / (time.process_time() - started)


def size_of(folder: Path) -> float:
    """Return megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure(pipeline: Path, data: Path) -> dict[str, float]:
    """Return all figures by name."""
    started = time.process_time()
    nlp = spacy.load(pipeline)
    figures = {"load time, s": time.process_time() - started, "size, MB": size_of(pipeline)}
    for part in ("ewt-dev", "gum-dev"):
        found = measure_syntax(nlp, data / "treebank" / f"{part}.conllu.gz")
        figures |= {f"{part} {name}": 100 * value for name, value in found.items()}
    for label, value in measure_names(nlp, data / "ner" / "uner-ewt.iob2.gz").items():
        figures[f"uner-ewt {label} F1"] = 100 * value
    figures["tokens a second, one core"] = measure_speed(nlp, real_texts(data / "docs", each=60))
    return figures


def show(figures: dict[str, float]) -> None:
    """Print figures as a table."""
    for name, value in figures.items():
        print(f"{name:<28} {value:>9,.1f}" if value < 1000 else f"{name:<28} {value:>9,.0f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", type=Path, nargs="?", default=PACKAGED)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    figures = measure(options.pipeline, options.data)
    show(figures)
    if options.json:
        options.json.write_text(json.dumps({k: round(v, 2) for k, v in figures.items()}, indent=2) + "\n")


if __name__ == "__main__":
    main()
