"""``dragoman follow``, ``dossier`` and ``compare``: what stands between states, as readers want it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.exits import Exit, warn
from dragoman.cli.options import (
    CardForm,
    CardFormat,
    Countries,
    Limit,
    Output,
    PageForm,
    Since,
    Store,
    day_of,
    page_form,
    state_code,
)
from dragoman.cli.output import console, opened
from dragoman.cli.rooms import Rooms, rooms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.link.dossier import Dossier

__all__ = ["add_to", "compare", "dossier", "follow"]


_Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="As of this day; today by default.", show_default=False),
]


@contextmanager
def _linked(house: Rooms, store: str | None) -> Iterator[Connection]:
    """The store, linked; a note where it holds documents that came later."""
    from dragoman.link.followed import check_linked

    with house.open_store(store, create=False) as held, held.transaction(writes=False) as connection:
        if missing := check_linked(connection):
            warn(f"{missing:,} documents are not linked yet; `dragoman link` takes them in")
        yield connection


def _day(text: str | None) -> Any:
    from datetime import date

    return day_of(text, hint="--today") or date.today()


def _write_json(found: Any, output: str | None = None) -> None:
    with opened(output) as out:
        out.write(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n")


def _nothing(what: str) -> None:
    print(what, file=sys.stderr)
    raise typer.Exit(Exit.NOTHING)


def follow(
    context: typer.Context,
    countries: Countries = None,
    since: Since = None,
    today: _Today = None,
    limit: Limit = 20,
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Say which plans and promises are due, of which no report was found, and which were made good.

    A plan whose day has passed is overdue when no report of it was found: that it was broken, nobody says. Overdue
    and made good count since --since, a year before by default. Ends with code 4 where there is nothing of these.
    """
    from dragoman.link.followed import follow as look_up

    house = rooms(context)
    asked = [state_code(house, text) for text in countries or ()]
    start, day = day_of(since, hint="--since"), _day(today)
    if start is not None and start > day:
        raise typer.BadParameter(f"{since} is after {day.isoformat()}", param_hint="--since")
    with _linked(house, store) as connection:
        found = look_up(connection, countries=asked, since=start, today=day)
    if form is CardForm.JSON:
        _write_json(found)
    else:
        from dragoman.cli.entries import print_followed

        with opened(None) as out:
            print_followed(found, console(out), limit=limit or None)
    if not (found.due or found.overdue or found.fulfilled):
        _nothing("nothing is due, overdue or newly fulfilled")


_State = Annotated[
    str, typer.Argument(metavar="STATE", help="ISO3 code, name or demonym of a state.", show_default=False)
]
_OtherState = Annotated[str, typer.Argument(metavar="STATE", help="The other state.", show_default=False)]


def dossier(
    context: typer.Context,
    one: _State,
    other: _OtherState,
    since: Since = None,
    today: _Today = None,
    limit: Limit = 20,
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
    """The relation of two states on one page: visits, encounters, accords, promises, statements, ties.

    Every line has the words that it comes from and their source; where sources differ, each stands with who says
    so. Ends with code 4 where no document tells of the two.
    """
    from dragoman.link.dossier import dossier as look_up

    house = rooms(context)
    pair = [state_code(house, text, hint="STATE") for text in (one, other)]
    if pair[0] == pair[1]:
        raise typer.BadParameter(f"{one} and {other} are one state; give two", param_hint="STATE")
    start, day = day_of(since, hint="--since"), _day(today)
    with _linked(house, store) as connection:
        found = look_up(connection, *pair, today=day, since=start, limit=limit or None)
    if found.is_empty:
        _nothing(f"no document tells of {found.title}")
    _print_dossier(found, form or page_form(output), output)


def _print_dossier(found: Dossier, form: PageForm, output: str | None) -> None:
    if form is PageForm.JSON:
        _write_json(found, output)
        return
    with opened(output) as out:
        if form is PageForm.HTML:
            from dragoman.link.dossier_page import page

            out.write(page(found) + "\n")
        else:
            from dragoman.cli.entries import print_dossier

            print_dossier(found, console(out))


def compare(
    context: typer.Context,
    id_: Annotated[
        str,
        typer.Argument(metavar="ENCOUNTER", help="Id of an encounter or of a claim in it.", show_default=False),
    ],
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Put the readouts of one encounter side by side: who took part, when, where, on what, in which words.

    What only one of them mentions is marked.
    """
    from dragoman.link.compared import compare as look_up

    with _linked(rooms(context), store) as connection:
        found = look_up(connection, id_)
    if form is CardForm.JSON:
        _write_json(found)
        return
    from dragoman.cli.entries import print_comparison

    with opened(None) as out:
        print_comparison(found, console(out))
    if len(found.readouts) == 1:
        warn("only one document tells of this encounter")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog="Examples:\n\n  dragoman follow\n\n"
        "  dragoman follow --country KAZ --since 2022-06 --today 2022-09-20"
    )(follow)
    app.command(
        epilog="Examples:\n\n  dragoman dossier KAZ CHN\n\n"
        "  dragoman dossier Kazakhstan China --format html --output page.html"
    )(dossier)
    app.command(epilog="Examples:\n\n  dragoman compare 3f2a9c\n\n  dragoman compare 3f2a9c --format json")(
        compare
    )
