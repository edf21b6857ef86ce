"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["Model", "RecordStatus", "RecordType", "Store", "Types"]


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
