"""The one pure function of everything up to the store: documents in, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.records import Document, Record

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGES = frozenset({"en", None})  # None: too short to tell


def process(
    documents: Iterable[Document], *, nlp: Language | None = None, model: str | None = None, batch_size: int = 64
) -> Iterator[tuple[Document, list[Record]]]:
    """Each document with its records, in order, a batch of documents in memory at a time.

    nlp: a loaded pipeline; model: else the name or folder of one (the shipped English pipeline by default).
    A document in a language that the pipeline does not read comes back with no records.
    """
    from dragoman.annotate import annotate, load_pipeline
    from dragoman.extract.document import extract

    pipeline = nlp if nlp is not None else load_pipeline(model)
    stream = iter(documents)
    while batch := list(islice(stream, batch_size)):
        readable = [document for document in batch if document.language in LANGUAGES]
        found = {
            id(reading.document): extract(reading)
            for reading in annotate(readable, pipeline, batch_size=batch_size)
        }
        for document in batch:
            yield document, found.get(id(document), [])
