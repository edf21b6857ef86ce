"""``dragoman extract``: documents in, records out, nothing kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import Exit, complain
from dragoman.cli.options import Model, Output, OutputFormat, Types
from dragoman.cli.output import Format, format_for, opened, write
from dragoman.cli.rooms import Rooms, rooms

if TYPE_CHECKING:
    from dragoman.errors import ReadError
    from dragoman.records import Document, Record

__all__ = ["add_to", "extract"]

_EXAMPLES = """
Examples:

  dragoman extract readout.txt

  dragoman extract news/ --type visit --format csv --output visits.csv

  dragoman extract readouts.jsonl --output page.html

  curl -s https://example.org/readout | dragoman extract - --format jsonl | jq .status
"""


@dataclass(slots=True)
class Extraction:
    """Reads, filters and counts as documents stream through."""

    rooms: Rooms
    model: str | None
    types: frozenset[str]
    least: float
    documents: int = 0
    records: int = 0
    unread: int = 0

    def failed(self, error: ReadError) -> None:
        """Say which document could not be read, and go on."""
        self.unread += 1
        complain(error)

    def pairs(self, sources: list[str]) -> Iterator[tuple[Document, list[Record]]]:
        """Each document with those of its records that were asked for."""
        documents = self.rooms.scan(sources, on_error=self.failed)
        for document, records in self.rooms.process(documents, model=self.model):
            wanted = [
                record
                for record in records
                if record.confidence >= self.least and (not self.types or record.record in self.types)
            ]
            self.documents += 1
            self.records += len(wanted)
            yield document, wanted

    def summary(self) -> str:
        """What was read and found."""
        from dragoman.export.describe import plural

        found = f"{plural(self.records, 'record')} in {plural(self.documents, 'document')}"
        return found + (f", {plural(self.unread, 'source')} could not be read" if self.unread else "")


def extract(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…", help="Files, folders, globs, or - for standard input.", show_default=False
        ),
    ],
    form: OutputFormat = None,
    output: Output = None,
    types: Types = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence", min=0, max=1, metavar="0…1", help="Leave out records of less confidence."
        ),
    ] = 0.0,
    model: Model = None,
) -> None:
    """Read documents and print their records. Nothing is stored.

    The table is for people, whether it goes to a terminal or a pipe; jsonl is complete and lossless; csv has one
    flat row a record; html is one page with the text, its evidence marked, and the records beside it.
    """
    if "-" in paths and sys.stdin.isatty():
        print("reading from the terminal; end the text with Ctrl-D", file=sys.stderr)
    extraction = Extraction(rooms(context), model, frozenset(kind.value for kind in types or ()), min_confidence)
    chosen = format_for(form, output)
    with opened(output) as out:
        write(extraction.pairs(paths), out, chosen)
    if extraction.unread or output or chosen is Format.TABLE:
        print(extraction.summary(), file=sys.stderr)
    if extraction.unread:
        raise typer.Exit(Exit.UNREAD)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=_EXAMPLES)(extract)
