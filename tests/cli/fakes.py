"""The rooms as the commands see them, without models and files: one text file is one document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.export.examples import TEXT, document, records

from dragoman.cli.rooms import Rooms
from dragoman.errors import BadLine, ReadError, UnreadableFile
from dragoman.records import Document, Record, Span


class FakeRooms(Rooms):
    """Reads any file as the example document; "bad" in a name fails; "empty" holds no records."""

    copies = 1

    def scan(self, sources: Sequence[str], *, on_error: Callable[[ReadError], None]) -> Iterator[Document]:
        for source in sources:
            name = Path(source).name
            if source == "-":
                yield document(sys.stdin.read() or TEXT, id="stdin")
            elif "bad" in name:
                on_error(BadLine("the line is no JSON", where=f"{source}:7", hint="mend or delete it"))
            elif "interrupt" in name:
                raise KeyboardInterrupt
            elif "bug" in name:
                raise RuntimeError("the roof leaks")
            elif "empty" in name:
                yield document("Rain in Bergen.", id=source, title=None)
            elif not Path(source).exists():
                on_error(UnreadableFile("there is no such file", where=source, hint="check the name"))
            else:
                for number in range(self.copies):
                    yield document(id=f"{source}-{number}")

    def process(
        self, documents: Iterable[Document], *, model: str | None = None
    ) -> Iterator[tuple[Document, list[Record]]]:
        for each in documents:
            found = records() if each.text.startswith(TEXT[:20]) else []
            yield each, [replace(record, doc_id=each.id) for record in found]

    def ingest(self, sources: Sequence[str], store: Any, **options: Any) -> Any:
        """The real ingest with the real reader; only the extractor is a fake."""
        from dragoman.bulk import ingest

        return ingest(sources, store, process=extract_example, extractor_version="fake 1", **options)


def extract_example(documents: Iterable[Document], *, model: str | None = None) -> Iterator[Any]:
    """The example's records, with their evidence where the text has them."""
    for each in documents:
        at = each.text.find(TEXT)
        yield each, [] if at < 0 else [_moved(record, each, at) for record in records()]


def _moved(record: Record, document: Document, by: int) -> Record:
    evidence = tuple(Span(span.start + by, span.end + by, span.text) for span in record.evidence)
    return replace(record, doc_id=document.id, evidence=evidence)


class ManyRooms(FakeRooms):
    """More output than a pipe holds."""

    copies = 5000


def run(name: str) -> None:
    """The command line with fakes, for a process of its own."""
    from dragoman.cli.app import app

    app(obj=globals()[name]())
