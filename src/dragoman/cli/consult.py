"""``dragoman find``, ``show``, ``doc`` and ``status``: what stands in the record store."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.exits import Exit, warn
from dragoman.cli.options import (
    CardForm,
    CardFormat,
    Countries,
    Limit,
    Output,
    OutputFormat,
    PageForm,
    Person,
    Since,
    Status,
    Store,
    Types,
    Until,
    page_form,
    state_code,
)
from dragoman.cli.output import Format, console, format_for, opened, write
from dragoman.cli.rooms import rooms

if TYPE_CHECKING:
    from dragoman.records import Document
    from dragoman.store import Hit
    from dragoman.store import Store as RecordStore

__all__ = ["add_to", "doc", "find", "show", "status"]


_FIND_EXAMPLES = """
Examples:

  dragoman find nuclear --type statement --country Iran

  dragoman find --type visit --status planned --since 2022-09

  dragoman find --person "Wei Fenghe" --format csv --output wei.csv

  dragoman find "\\"strategic partnership\\"" --country Kazakh --country CHN
"""


def find(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS…]", help='Words that must all occur; a "phrase" in double quotes.', show_default=False
        ),
    ] = None,
    types: Types = None,
    countries: Countries = None,
    person: Person = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    limit: Limit = 50,
    form: OutputFormat = None,
    output: Output = None,
    store: Store = None,
) -> None:
    """Find records, the newest first. Ends with code 4 where there are none.

    WORDS are looked for in the evidence, in names and posts, in titles and places, in any script, with or without
    accents. A record without a date of its own counts under its document's date of publication.
    """
    house = rooms(context)
    asked: dict[str, Any] = {
        "types": [kind.value for kind in types or ()],
        "countries": [state_code(house, text) for text in countries or ()],
        "person": person,
        "since": since,
        "until": until,
        "status": status.value if status else None,
    }
    sought = " ".join(words or ()) or None
    chosen = format_for(form, output)
    with house.open_store(store, create=False) as held:
        hits = held.find(sought, **asked, limit=limit or None)
        if hits:
            _print_found(held, hits, chosen, output)
        if limit and len(hits) == limit:
            total = held.count(sought, **asked)
            if total > limit:
                warn(f"these are {limit:,} of {total:,} records; --limit 0 shows all")
    if not hits:
        print("nothing found", file=sys.stderr)
        raise typer.Exit(Exit.NOTHING)


def _print_found(held: RecordStore, hits: list[Hit], chosen: Format, output: str | None) -> None:
    with opened(output) as out:
        if chosen is Format.TABLE:
            from dragoman.export.table import print_hits

            print_hits([(hit.record, hit.document_id, hit.title, hit.published) for hit in hits], console(out))
        else:
            write(_pairs(held, hits, whole=chosen is Format.HTML), out, chosen, title="Found in the record")


def _pairs(held: RecordStore, hits: list[Hit], *, whole: bool) -> list[tuple[Document, list[Any]]]:
    """The hits by document, as exports take them; only the page needs the documents' texts."""
    from dragoman.records import Document

    if not whole:
        return [
            (
                Document(
                    id=hit.document_id,
                    text="",
                    title=hit.title,
                    published=hit.published,
                    publisher=hit.publisher,
                    url=hit.url,
                ),
                [hit.record],
            )
            for hit in hits
        ]
    grouped: dict[tuple[str, str], tuple[Document, list[Any]]] = {}
    for hit in hits:
        document = held.record(hit.record.id).document  # in the version that the record was read from
        grouped.setdefault((document.id, document.version), (document, []))[1].append(hit.record)
    return list(grouped.values())


_Id = Annotated[str, typer.Argument(metavar="ID", help="The id, or its beginning.", show_default=False)]


def show(
    context: typer.Context,
    id_: _Id,
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Show one record: its fields, the passage with its evidence marked, and where it comes from."""
    with rooms(context).open_store(store, create=False) as held:
        stored = held.record(id_)
    with opened(None) as out:
        if form is CardForm.JSON:
            known = stored.document.to_dict()
            named = {key: known[key] for key in ("id", "title", "published", "publisher", "url", "language")}
            reading = {
                "current": stored.current,
                "extractor_version": stored.extractor_version,
                "read": stored.read,
            }
            _json({**stored.record.to_dict(), "document": named, **reading}, out)
        else:
            from dragoman.export.table import print_card

            print_card(stored.record, stored.document, console(out))
            if not stored.current:
                warn("a newer reading of this document no longer has this record")


def doc(
    context: typer.Context,
    id_: _Id,
    form: Annotated[
        PageForm | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table, json or html; as the name of --output ends, else table.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    store: Store = None,
) -> None:
    """Show one document with its records, and how many versions of it are kept."""
    chosen = form or page_form(output)
    with rooms(context).open_store(store, create=False) as held:
        stored = held.document(id_)
    with opened(output) as out:
        if chosen is PageForm.JSON:
            versions = [
                {
                    "number": v.number,
                    "hash": v.hash,
                    "stored": v.stored,
                    "records": v.records,
                    "current": v.current,
                }
                for v in stored.versions
            ]
            records = [record.to_dict() for record in stored.records]
            _json({**stored.document.to_dict(), "records": records, "versions": versions}, out)
        elif chosen is PageForm.HTML:
            write([(stored.document, stored.records)], out, Format.HTML)
        else:
            from dragoman.export.table import print_whole

            print_whole(stored.document, stored.records, console(out), versions=len(stored.versions))


def status(
    context: typer.Context,
    failures: Annotated[
        bool, typer.Option("--failures", help="Name every source that could not be read, and why.")
    ] = False,
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Count what the record store holds."""
    from dataclasses import asdict

    with rooms(context).open_store(store, create=False) as held:
        found = held.status()
        failed = held.failures() if failures else []
    with opened(None) as out:
        if form is CardForm.JSON:
            extra = {"failed": [asdict(failure) for failure in failed]} if failures else {}
            _json({**asdict(found), **extra}, out)
            return
        from dragoman.cli.report import print_failures, print_status

        if failures:
            print_failures(failed, console(out))
        else:
            print_status(found, console(out))


def _json(value: Any, out: Any) -> None:
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog=_FIND_EXAMPLES)(find)
    app.command(epilog="Examples:\n\n  dragoman show 3f2a\n\n  dragoman show 3f2a --format json | jq .evidence")(
        show
    )
    app.command(epilog="Examples:\n\n  dragoman doc seed-000\n\n  dragoman doc seed-000 --output page.html")(doc)
    app.command(epilog="Examples:\n\n  dragoman status\n\n  dragoman status --failures --store other.db")(status)
