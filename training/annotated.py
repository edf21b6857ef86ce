"""Names annotated by people on the real documents: load, check, print, compare two passes.

usage: python -m training.annotated check FILE …       [--data ../shared/data]  offsets, and counts by label
       python -m training.annotated show FILE [N …] [--data ../shared/data]  sentences with their labels
       python -m training.annotated agree FILE FILE                             span F1 by label between two passes

A line of a file: {"doc": id, "start": S, "end": E, "names": [[start, end, label], …]}, offsets into the document's
text. The text itself stays where it is; training/annotations/README.md says what the labels mean.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import DragomanError

FOLDER = Path(__file__).parent / "annotations"
LABELS = ("PERSON", "POST", "ORG", "GPE", "LOC", "NORP", "DATE", "EVENT", "ACCORD")
FILES = ("kremlin.jsonl.gz", "us_state.jsonl.gz", "us_whitehouse_statements.jsonl.gz")

Name = tuple[int, int, str]  # start, end (exclusive), label


class AnnotationError(DragomanError):
    """An annotation that does not fit its document or the form of the file."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document and the names in it; all offsets point into the document's text."""

    doc: str
    start: int
    end: int
    names: tuple[Name, ...]


def load_documents(data: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Read the real documents: text by id, and year of publication by id."""
    texts: dict[str, str] = {}
    years: dict[str, str] = {}
    for name in FILES:
        path = data / "docs" / name
        if not path.is_file():
            raise AnnotationError(
                "the documents are not there", where=str(path), hint="name their folder by --data"
            )
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                texts[document["id"]] = document["text"]
                years[document["id"]] = document["published"][:4]
    return texts, years


def load_texts(data: Path) -> dict[str, str]:
    """Read all that is annotated, by id: documents, "treebank:SENTENCE", "newswire:NUMBER" (words with spaces)."""
    texts, _ = load_documents(data)
    name = ""
    with gzip.open(data / "treebank" / "train.conllu.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id = "):
                name = line.removeprefix("# sent_id = ").strip()
            elif line.startswith("# text = "):
                texts[f"treebank:{name}"] = line.removeprefix("# text = ").strip()
    number, words = 0, list[str]()
    with gzip.open(data / "ner" / "gmb.conll.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                words.append(line.split("\t")[0])
            elif words:
                texts[f"newswire:{number}"] = " ".join(words)
                number, words = number + 1, []
    return texts


def load(path: Path) -> list[Sentence]:
    """Read a file of annotations. Raises AnnotationError on a line of another form."""
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            names = tuple((int(start), int(end), str(label)) for start, end, label in row["names"])
            sentences.append(Sentence(str(row["doc"]), int(row["start"]), int(row["end"]), names))
        except (ValueError, KeyError, TypeError) as error:
            raise AnnotationError(
                f"not an annotated sentence: {error!r}",
                where=f"{path}, line {number}",
                hint='a line is {"doc": …, "start": …, "end": …, "names": [[start, end, label], …]}',
            ) from error
    return sentences


def find_flaws(sentence: Sentence, text: str | None) -> list[str]:
    """Say what is wrong with a sentence's offsets and labels; an empty list when all is well."""
    if text is None:
        return ["no such document"]
    if not 0 <= sentence.start < sentence.end <= len(text):
        return ["the sentence lies outside its document"]
    flaws = []
    if text[sentence.start : sentence.end] != text[sentence.start : sentence.end].strip():
        flaws.append("the sentence begins or ends with a space")
    last = sentence.start
    for start, end, label in sentence.names:
        shown = f"{label} {text[start:end]!r} at {start}"
        if label not in LABELS:
            flaws.append(f"unknown label: {shown}")
        if not sentence.start <= start < end <= sentence.end:
            flaws.append(f"outside its sentence: {shown}")
            continue
        if start < last:
            flaws.append(f"overlaps the name before it, or out of order: {shown}")
        if (
            not (_is_bound(text, start) and _is_bound(text, end))
            or text[start].isspace()
            or text[end - 1].isspace()
        ):
            flaws.append(f"cuts a word or takes in a space: {shown}")
        last = end
    return flaws


def check(path: Path, texts: dict[str, str]) -> list[Sentence]:
    """Load a file and hold it against the documents. Raises AnnotationError with the first flaws found."""
    sentences = load(path)
    places = Counter((s.doc, s.start) for s in sentences)
    flaws = [f"{doc} at {start}: annotated twice" for (doc, start), count in places.items() if count > 1]
    for number, sentence in enumerate(sentences, 1):
        flaws += [
            f"line {number}, {sentence.doc}: {flaw}" for flaw in find_flaws(sentence, texts.get(sentence.doc))
        ]
    if flaws:
        raise AnnotationError(
            f"{len(flaws)} flaws: " + "; ".join(flaws[:10]), where=str(path), hint="mend the offsets or labels"
        )
    return sentences


def count_labels(sentences: Iterable[Sentence]) -> Counter[str]:
    """Count names by label."""
    return Counter(label for sentence in sentences for _, _, label in sentence.names)


def show(sentence: Sentence, text: str) -> str:
    """A sentence for a reader, each name in square brackets behind its label."""
    parts = []
    position = sentence.start
    for start, end, label in sentence.names:
        parts += [text[position:start], f"[{label} {text[start:end]}]"]
        position = end
    return "".join([*parts, text[position : sentence.end]])


def measure_agreement(first: Sequence[Sentence], second: Sequence[Sentence]) -> dict[str, tuple[int, int, int]]:
    """Compare two passes over the same sentences: equal names, names of the first, names of the second, by label.

    Only sentences in both passes count. "all" sums the labels; span F1 is 2 * equal / (first + second).
    """
    others = {(s.doc, s.start): set(s.names) for s in second}
    equal: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for sentence in first:
        other = others.get((sentence.doc, sentence.start))
        if other is None:
            continue
        ours.update(label for _, _, label in sentence.names)
        theirs.update(label for _, _, label in other)
        equal.update(label for _, _, label in set(sentence.names) & other)
    table = {label: (equal[label], ours[label], theirs[label]) for label in LABELS if ours[label] or theirs[label]}
    table["all"] = (equal.total(), ours.total(), theirs.total())
    return table


def _is_bound(text: str, at: int) -> bool:
    """Whether no word runs over this offset."""
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def main() -> None:
    """Check, show or compare, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("check", "show", "agree"))
    parser.add_argument("file", type=Path)
    parser.add_argument("more", nargs="*", help="further files; for show, numbers of lines")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    if options.action == "agree":
        table = measure_agreement(load(options.file), load(Path(options.more[0])))
        for label, (equal, ours, theirs) in table.items():
            f1 = 2 * equal / (ours + theirs or 1)
            print(f"{label:8} F1 {f1:.3f}  equal {equal}, first {ours}, second {theirs}")
        return
    texts, _ = load_documents(options.data)
    if options.action == "show":
        wanted = {int(number) for number in options.more}
        for number, sentence in enumerate(load(options.file), 1):
            if not wanted or number in wanted:
                print(f"{number:4} {show(sentence, texts[sentence.doc])}")
        return
    for path in (options.file, *map(Path, options.more)):
        sentences = check(path, texts)
        counts = count_labels(sentences)
        listed = ", ".join(f"{label} {counts[label]}" for label in LABELS)
        print(f"{path}: {len(sentences)} sentences, {counts.total()} names: {listed}")


if __name__ == "__main__":
    main()
