"""Dragoman reads readouts and agency news and keeps the diplomatic record, every fact tied to the exact words.

import dragoman
records = dragoman.extract(dragoman.read("readout.txt"))
with dragoman.open_store("record.db") as store:
    store.find("state visit", countries=["KAZ"])
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

# The functions read and extract bear the names of the packages that do the work. Both packages are light; they are
# imported first, so that a later `import dragoman.read.…` does not put the package back in the function's place.
import dragoman.extract
import dragoman.read  # noqa: F401
from dragoman.errors import DragomanError
from dragoman.records import (
    Actor,
    Agreement,
    Commitment,
    Dateline,
    Document,
    Event,
    Meeting,
    Place,
    Plover,
    Record,
    Records,
    Relation,
    Span,
    Statement,
    Tenure,
    Visit,
)

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from dragoman.store import Store

__all__ = [
    "Actor",
    "Agreement",
    "Commitment",
    "Dateline",
    "Document",
    "DragomanError",
    "Event",
    "Meeting",
    "Place",
    "Plover",
    "Record",
    "Records",
    "Relation",
    "Span",
    "Statement",
    "Tenure",
    "Visit",
    "extract",
    "open_store",
    "read",
]

__version__ = "0.1.0"


def read(source: str | Path | IO[bytes]) -> list[Document]:
    """The documents of a file, a folder, a glob or an open file; "-" reads standard input.

    Raises ReadError at the first document that cannot be read. For a long stream, or to go on past bad documents,
    use ``dragoman.read.scan``.
    """
    from dragoman.read import read as read_source

    return list(read_source(source))


def extract(documents: str | Document | Iterable[Document], *, model: str | None = None) -> Records:
    """The records of documents, or of a text given as a string.

    model: the name or folder of a spaCy pipeline to use in place of the shipped one.
    """
    from dragoman.process import process
    from dragoman.read import parse_text

    if isinstance(documents, str):
        documents = [parse_text(documents)]
    elif isinstance(documents, Document):
        documents = [documents]
    found = Records()
    for document, records in process(documents, model=model):
        found.documents.append(document)
        found.items.extend(records)
    return found


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """The record store in a file (or at a database URL); made where there is none, unless create is false."""
    from dragoman.store import open_store as open_at

    return open_at(url, create=create)
