"""Turn CoNLL-U treebanks into spaCy documents of running text.

The parser also finds sentence bounds, so it has to see several sentences at a time, joined the way that agencies
join them: by a space inside a paragraph, by one or two line breaks between paragraphs. A line break is a token of
its own in spaCy; it hangs on the last word of the sentence before it, so that a sentence never begins with one.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

PARAGRAPH_BREAKS = ("\n", "\n", "\n\n", " ")


@dataclass
class Sentence:
    """One sentence of a treebank; `heads` are indices into `words`, a root points at itself."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    document: str = ""  # its id, on its first sentence alone
    new_paragraph: bool = False


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a (gzipped) CoNLL-U file, multiword tokens as the words that they consist of."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sentence = Sentence()
        # Inside a multiword token ("don't" = do + n't) no word is followed by a space but perhaps the last.
        range_end, range_space = 0, True
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                sentence.document = line.partition("=")[2].strip() or "?"
            elif line.startswith("# newpar"):
                sentence.new_paragraph = True
            elif not line:
                if sentence.words:
                    yield sentence
                sentence = Sentence()
                range_end = 0
            elif not line.startswith("#"):
                columns = line.split("\t")
                number, space_after = columns[0], "SpaceAfter=No" not in columns[9]
                if "." in number:  # an empty node of the enhanced graph
                    continue
                if "-" in number:
                    range_end, range_space = int(number.split("-")[1]), space_after
                    continue
                position = int(number)
                if position <= range_end:
                    space_after = range_space if position == range_end else False
                head = int(columns[6])
                sentence.words.append(columns[1].replace(" ", "\u00a0"))
                sentence.spaces.append(space_after)
                sentence.lemmas.append(columns[1] if columns[2] == "_" else columns[2])
                sentence.upos.append(columns[3])
                sentence.xpos.append(columns[4])
                sentence.feats.append("" if columns[5] == "_" else columns[5])
                sentence.heads.append(head - 1 if head else position - 1)
                sentence.deps.append("ROOT" if columns[7] == "root" else columns[7])
        if sentence.words:
            yield sentence


def group(sentences: Iterator[Sentence], *, size: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Cut the stream into stretches of one document, of one to about `size` sentences."""
    stretch: list[Sentence] = []
    limit = rng.randint(2, size)
    for sentence in sentences:
        if stretch and (sentence.document or len(stretch) >= limit):
            yield stretch
            stretch, limit = [], rng.randint(2, size)
        stretch.append(sentence)
    if stretch:
        yield stretch


def to_doc(vocab: Vocab, stretch: list[Sentence], rng: random.Random) -> Doc:
    """Join sentences into one annotated document."""
    whole = Sentence()
    starts: list[bool] = []
    separator = rng.choice(PARAGRAPH_BREAKS)
    for position, sentence in enumerate(stretch):
        offset = len(whole.words)
        if position and sentence.new_paragraph and separator != " ":
            whole.spaces[-1] = False
            _append(whole, separator, offset - 1)
            starts.append(False)
            offset += 1
        elif position:
            whole.spaces[-1] = True
        whole.words += sentence.words
        whole.spaces += sentence.spaces
        whole.lemmas += sentence.lemmas
        whole.upos += sentence.upos
        whole.xpos += sentence.xpos
        whole.feats += sentence.feats
        whole.heads += [offset + head for head in sentence.heads]
        whole.deps += sentence.deps
        starts += [index == 0 for index in range(len(sentence.words))]
    return Doc(
        vocab,
        words=whole.words,
        spaces=whole.spaces,
        tags=whole.xpos,
        pos=whole.upos,
        morphs=whole.feats,
        lemmas=whole.lemmas,
        heads=whole.heads,
        deps=whole.deps,
    )


def _append(whole: Sentence, space: str, head: int) -> None:
    """Add a whitespace token, annotated as spaCy's own pipelines annotate it."""
    whole.words.append(space)
    whole.spaces.append(False)
    whole.lemmas.append(space)
    whole.upos.append("SPACE")
    whole.xpos.append("_SP")
    whole.feats.append("")
    whole.heads.append(head)
    whole.deps.append("dep")


def documents(vocab: Vocab, path: Path, *, seed: int, size: int = 10) -> Iterator[Doc]:
    """Yield a treebank file as documents of running text."""
    rng = random.Random(seed)
    for stretch in group(read_conllu(path), size=size, rng=rng):
        yield to_doc(vocab, stretch, rng)
