"""The spaCy pipeline that reads a document: ours from the package, or one that the user names."""

from __future__ import annotations

import functools
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import dragoman.encode.components  # noqa: F401  (makes the shipped pipeline's components known to spaCy)
from dragoman.errors import ModelError

SHIPPED = Path(__file__).resolve().parents[1] / "models" / "en"
_NEEDED = {"parser": "dependencies", "ner": "names"}
_WINDOW = 50_000  # characters; bounds the memory that one long document takes
_LONGEST_RUN = 2_000  # characters without white space that are still handed to the tokenizer in one piece


STARTS = "dragoman_sentence_starts"  # key in Doc.user_data


@Language.component("line_starts")  # type: ignore[untyped-decorator]
def line_starts(doc: Doc) -> Doc:
    """Begin a sentence after every line break: no agency lets a sentence run over one."""
    previous_space = False
    extra = doc.user_data.get(STARTS, ())
    for token in doc:
        if token.idx in extra:
            token.is_sent_start = True
        if previous_space and not token.is_space:
            token.is_sent_start = True
        if token.is_space:
            previous_space = "\n" in token.text
            if previous_space:
                token.is_sent_start = False
        else:
            previous_space = False
    return doc


@Language.component("whole_names")  # type: ignore[untyped-decorator]
def whole_names(doc: Doc) -> Doc:
    """Let no sentence begin inside a name, and let a personal name look to the parser like one that it knows.

    For pipelines of spaCy's own parser; ours has an encoder that knows a name by its context.

    A small parser trained on English takes "Jinping" for a verb; the norm is the feature that it leans on most.
    """
    for ent in doc.ents:
        person = ent.label_ == "PERSON"
        for token in ent:
            if token.i > ent.start and token.is_sent_start is None:
                token.is_sent_start = False
            if person and token.is_alpha:
                token.norm_ = "smith" if token.i == ent.end - 1 else "john"
    return doc


@Language.component("names_are_nouns")  # type: ignore[untyped-decorator]
def names_are_nouns(doc: Doc) -> Doc:
    """Tag the words of a personal name as what they are."""
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            for token in ent:
                if token.pos_ in {"VERB", "AUX", "ADJ", "ADV"}:
                    token.pos_ = "PROPN"
    return doc


def load_pipeline(model: str | None = None) -> Language:
    """The pipeline of a package name or folder; without one, that of the environment's DRAGOMAN_MODEL, else ours.

    Raises ModelError where it is missing or lacks a parser or names.
    """
    return _load(model or os.environ.get("DRAGOMAN_MODEL") or str(SHIPPED))


def open_pipeline(name: str) -> Language:
    """The pipeline of a package name or folder, as it is.

    Raises ModelError where it is missing or lacks a parser or names.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            "no such spaCy pipeline",
            where=name,
            hint="give an installed package's name or the folder of a pipeline",
        ) from error
    except (ValueError, EOFError, zipfile.BadZipFile) as error:  # files that were cut off or altered
        raise ModelError(f"the pipeline does not load: {error}", where=name) from error
    for component, what in _NEEDED.items():
        if component not in nlp.pipe_names:
            raise ModelError(f"the pipeline has no {component}, which finds the {what}", where=name)
    return nlp


@functools.lru_cache(maxsize=2)
def _load(name: str) -> Language:
    nlp = open_pipeline(name)
    if "line_starts" not in nlp.pipe_names:
        nlp.add_pipe("line_starts", first=True)  # before the names, which then do not cross a line either
    own = "encoder" in nlp.pipe_names
    if (
        not own
        and "whole_names" not in nlp.pipe_names
        and nlp.pipe_names.index("ner") < nlp.pipe_names.index("parser")
    ):
        nlp.add_pipe("whole_names", after="ner")
    if "names_are_nouns" not in nlp.pipe_names:
        nlp.add_pipe("names_are_nouns", last=True)
    nlp.max_length = 10 * _WINDOW
    return nlp


def parse(texts: Iterable[tuple[str, tuple[int, ...]]], nlp: Language, *, batch_size: int = 64) -> Iterator[Doc]:
    """One Doc a text, in order. A long text is parsed in windows, cut at line breaks, and put together again.

    texts: each with the offsets at which a sentence is known to begin (after a dateline).
    """
    pieces: list[list[str]] = []

    def windows() -> Iterator[Doc]:
        for text, starts in texts:
            parts = list(split_windows(text))
            pieces.append(parts)
            for number, part in enumerate(parts):
                doc = nlp.make_doc(part)
                if starts and not number:  # all known starts stand near the beginning
                    doc.user_data[STARTS] = starts
                yield doc

    docs = nlp.pipe(windows(), batch_size=batch_size)
    collected: list[Doc] = []
    for doc in docs:
        collected.append(doc)
        while pieces and len(collected) >= len(pieces[0]):
            count = len(pieces.pop(0))
            done, collected = collected[:count], collected[count:]
            done[0].user_data.pop(STARTS, None)  # it has done its work, and joined documents cannot keep it
            yield done[0] if count == 1 else Doc.from_docs(done, ensure_whitespace=False)


def split_windows(text: str) -> Iterator[str]:
    """Cut a text into windows whose concatenation is the text; at line breaks or spaces where there are any."""
    start, length = 0, len(text)
    if length <= _WINDOW and not _has_long_run(text):
        yield text
        return
    while start < length:
        end = min(start + _WINDOW, length)
        if end < length:
            cut = max(text.rfind("\n", start + _WINDOW // 2, end), -1)
            if cut < 0:
                cut = text.rfind(" ", start + _WINDOW // 2, end)
            end = cut + 1 if cut >= 0 else end
        yield from _short_runs(text[start:end])
        start = end


def _has_long_run(text: str) -> bool:
    return len(text) > _LONGEST_RUN and any(len(run) > _LONGEST_RUN for run in text.split())


def _short_runs(window: str) -> Iterator[str]:
    """Cut where words are so long that a tokenizer's rules would take more than linear time on them."""
    if not _has_long_run(window):
        yield window
        return
    for start in range(0, len(window), _LONGEST_RUN):
        yield window[start : start + _LONGEST_RUN]
