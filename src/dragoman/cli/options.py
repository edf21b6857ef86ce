"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.output import Format

__all__ = [
    "Countries",
    "Limit",
    "Model",
    "Output",
    "OutputFormat",
    "Person",
    "RecordStatus",
    "RecordType",
    "Since",
    "Status",
    "Store",
    "Types",
    "Until",
]


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
