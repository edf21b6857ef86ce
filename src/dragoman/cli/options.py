"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.output import Format

if TYPE_CHECKING:
    from datetime import date

    from dragoman.cli.rooms import Rooms

__all__ = [
    "CardForm",
    "CardFormat",
    "Countries",
    "Limit",
    "Model",
    "Output",
    "OutputFormat",
    "PageForm",
    "Person",
    "RecordStatus",
    "RecordType",
    "Since",
    "Status",
    "Store",
    "Types",
    "Until",
    "day_of",
    "page_form",
    "state_code",
]


class CardForm(StrEnum):
    """How one thing is shown."""

    TABLE = "table"
    JSON = "json"


class PageForm(StrEnum):
    """How a whole page is shown."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


class RecordType(StrEnum):
    """The eight types of record."""

    MEETING = "meeting"
    VISIT = "visit"
    AGREEMENT = "agreement"
    STATEMENT = "statement"
    COMMITMENT = "commitment"
    RELATION = "relation"
    TENURE = "tenure"
    EVENT = "event"


class RecordStatus(StrEnum):
    """What became of it."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    DENIED = "denied"


Types = Annotated[
    list[RecordType] | None,
    typer.Option(
        "--type",
        "-t",
        metavar="TYPE",
        help=f"Only records of this type ({', '.join(RecordType)}); may be given several times.",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME|FOLDER",
        help="A spaCy pipeline in place of the shipped one, such as en_core_web_trf.",
        show_default=False,
    ),
]
CardFormat = Annotated[CardForm, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-s",
        metavar="FILE",
        help="The record store; record.db, unless DRAGOMAN_STORE or dragoman.toml says otherwise.",
        show_default=False,
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, jsonl, csv or html; as the name of --output ends, else table.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.", show_default=False
    ),
]
Countries = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        "-c",
        metavar="STATE",
        help="A state concerned: ISO3 code, name or demonym; several must all be concerned.",
        show_default=False,
    ),
]
Person = Annotated[
    str | None,
    typer.Option("--person", "-p", metavar="NAME", help="A person named in it, or part of the name."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Not before this date: 2022, 2022-09, 2022-09-14."),
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Not after this date.")]
Status = Annotated[
    RecordStatus | None,
    typer.Option("--status", metavar="STATUS", help=f"{', '.join(RecordStatus)}.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="At most so many; 0 for all.")]


def page_form(output: str | None) -> PageForm:
    """How a page is written to a file of this name; a table where the name does not say."""
    name = (output or "").lower()
    if name.endswith((".html", ".htm")):
        return PageForm.HTML
    return PageForm.JSON if name.endswith(".json") else PageForm.TABLE


def state_code(house: Rooms, text: str, *, hint: str = "--country") -> str:
    """The ISO3 code of a state as people write it. Raises BadParameter, with names that are near."""
    found = house.country(text)
    if found is not None:
        return found
    from difflib import get_close_matches

    near = get_close_matches(text, [*house.country_names()], n=3)
    advice = f"; did you mean {' or '.join(near)}?" if near else "; give an ISO3 code, a name or a demonym"
    raise typer.BadParameter(f"no state is called {text!r}{advice}", param_hint=hint)


def day_of(text: str | None, *, hint: str) -> date | None:
    """The first day of a date; None where none is given. Raises BadParameter for what is no date."""
    if text is None:
        return None
    from dragoman.link.dates import first_day

    found = first_day(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is no date; write 2022, 2022-09 or 2022-09-14", param_hint=hint)
    return found
