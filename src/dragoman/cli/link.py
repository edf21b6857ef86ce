"""``dragoman link``, ``story``, ``who``, ``register``, ``decide``: many documents, one story, and who is who."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.exits import warn
from dragoman.cli.options import CardForm, CardFormat, Store
from dragoman.cli.output import console, opened
from dragoman.cli.rooms import rooms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.link.people import People
    from dragoman.link.run import Linked

__all__ = ["add_to"]


_SHOWN = 5  # lines of a list that make no sense


_Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why, for whoever reads it later.")]
_Who = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; the user's name by default.", show_default=False),
]
_Claims = Annotated[
    list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims, or their beginnings.", show_default=False)
]


def link(
    context: typer.Context,
    anew: Annotated[
        bool, typer.Option("--anew", help="Forget what is believed and link everything again; decisions stay.")
    ] = False,
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Put together what many documents tell of one meeting, and find out who is who.

    Only what is new since the last time and what it touches is looked at. The outcome does not depend on the order
    in which documents came.
    """
    from dragoman.link.run import link_store

    with rooms(context).open_store(store, create=False) as held:
        done = link_store(held, anew=anew)
    _print_linked(done, form)


def _print_linked(done: Linked, form: CardForm) -> None:
    with opened(None) as out:
        if form is CardForm.JSON:
            out.write(json.dumps(asdict(done), indent=2) + "\n")
            return
        from dragoman.cli.stories import print_linked

        print_linked(done, console(out))


def story(
    context: typer.Context,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a story or of a claim in it.", show_default=False)
    ],
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Show one story: its state, every value with who says so, and its claims with why they belong to it."""
    from dragoman.link.keep import find_story
    from dragoman.link.load import load_claims

    with (
        rooms(context).open_store(store, create=False) as held,
        held.transaction(writes=False) as connection,
    ):
        found = find_story(connection, id_)
        claims = load_claims(connection, [item.claim for item in found.links])
    with opened(None) as out:
        if form is CardForm.JSON:
            out.write(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n")
            return
        from dragoman.cli.stories import print_story

        print_story(found, claims, console(out))


def who(
    context: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME", help='A name, or a post such as "President of Brazil".', show_default=False
        ),
    ],
    when: Annotated[
        str | None, typer.Option("--when", metavar="DATE", help="For a post: when; today by default.")
    ] = None,
    form: CardFormat = CardForm.TABLE,
    store: Store = None,
) -> None:
    """Say who somebody is: spellings, posts with the first and the last document, encounters, imported lists."""
    from dragoman.link.decide import decisions, standing
    from dragoman.link.meet import load_people

    asked = " ".join(name)
    with (
        rooms(context).open_store(store, create=False) as held,
        held.transaction(writes=False) as connection,
    ):
        people = load_people(connection, standing(decisions(connection)).people)
        by_post = _post(people, asked, when)
        sought = by_post["name"] if by_post else asked
        found = _dossiers(connection, people, sought, only=by_post["id"] if by_post else None)
    with opened(None) as out:
        if form is CardForm.JSON:
            told = {"post": by_post, "people": [asdict(item) for item in found]}
            out.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
            return
        from dragoman.cli.stories import print_people

        print_people(found, by_post, console(out))


def _dossiers(connection: Connection, people: People, name: str, *, only: str | None) -> list[Any]:
    from dragoman.errors import NotFound
    from dragoman.link.who import who as look_up

    try:
        found = look_up(connection, people, name)
    except NotFound:
        if only is None:
            raise
        return []  # the list knows the holder, no document does
    return [item for item in found if only is None or item.person.id == only]


def _post(people: People, asked: str, when: str | None) -> dict[str, Any] | None:
    """Who holds the post that the words name; None where they name none of a state."""
    from datetime import date

    from dragoman.link.posts import post_of_state
    from dragoman.link.who import holder
    from dragoman.store.days import bounds

    named = post_of_state(asked)
    if named is None:
        if when is not None:
            warn("--when is for posts; the words name no post of a state")
        return None
    span = bounds(when or date.today().isoformat())
    if span is None:
        raise typer.BadParameter(f"{when!r} is no date; write 2013, 2013-03 or 2013-03-01", param_hint="--when")
    held, person = holder(people, *named, span[1])
    name = person.name if person else held.person
    return {"name": name, "id": person.id if person else "", "qid": held.qid, "by": held.by, "score": held.score}


register = typer.Typer(no_args_is_help=True, help="The register of office-holders.")


@register.command("import", epilog="Examples:\n\n  dragoman register import leaders.csv")
def import_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file.", show_default=False)],
    store: Store = None,
) -> None:
    """Add a list of office-holders, in place of what a list of this name gave before.

    Its columns are iso3, role (head_of_state or head_of_government), person, person_qid (of Wikidata), start, end.
    """
    from dragoman.link.meet import import_spells
    from dragoman.link.register import read_spells
    from dragoman.link.run import link_store

    spells, faults = read_spells(file)
    for fault in faults[:_SHOWN]:
        warn(fault)
    if len(faults) > _SHOWN:
        warn(f"and {len(faults) - _SHOWN:,} more lines like these")
    with rooms(context).open_store(store, create=True) as held:
        with held.transaction(writes=True) as connection:
            number = import_spells(connection, spells, list_name=file.name)
        done = link_store(held)
    typer.echo(f"{number:,} spells in office imported from {file.name}, {len(faults):,} lines left out")
    _print_linked(done, CardForm.TABLE)


decide = typer.Typer(
    no_args_is_help=True, help="What a reviewer decides; every decision is kept and can be undone."
)


def _decided(
    context: typer.Context, store: str | None, action: str, *args: Any, by: str | None, note: str | None
) -> None:
    from dragoman.link import review
    from dragoman.link.run import link_store

    with rooms(context).open_store(store, create=False) as held:
        with held.transaction(writes=True) as connection:
            key = getattr(review, action)(connection, *args, who=by or getpass.getuser(), note=note)
        done = link_store(held)
    told = sum(done.told.values())
    typer.echo(f"decision {key}: {told:,} stories told anew; take it back with `dragoman decide undo {key}`")


@decide.command(epilog="Examples:\n\n  dragoman decide split 3f2a9c --note 'two calls on one day'")
def split(
    context: typer.Context, claims: _Claims, note: _Note = None, by: _Who = None, store: Store = None
) -> None:
    """Take claims out of their story; they stay out when linking runs again."""
    _decided(context, store, "split", claims, by=by, note=note)


@decide.command(epilog="Examples:\n\n  dragoman decide join 3f2a9c 77b1e0")
def join(
    context: typer.Context, claims: _Claims, note: _Note = None, by: _Who = None, store: Store = None
) -> None:
    """Put the stories of these claims together."""
    _decided(context, store, "join", claims, by=by, note=note)


_One = Annotated[str, typer.Argument(metavar="NAME", help="A name as documents write it.", show_default=False)]
_Other = Annotated[str, typer.Argument(metavar="NAME", help="Another.", show_default=False)]


@decide.command(epilog="Examples:\n\n  dragoman decide same 'Pope Francis' 'Jorge Mario Bergoglio'")
def same(
    context: typer.Context, one: _One, other: _Other, note: _Note = None, by: _Who = None, store: Store = None
) -> None:
    """Say that two names are of one person."""
    _decided(context, store, "say_same", one, other, by=by, note=note)


@decide.command(epilog="Examples:\n\n  dragoman decide different 'Sergei Ivanov' 'Sergey Ivanov'")
def different(
    context: typer.Context, one: _One, other: _Other, note: _Note = None, by: _Who = None, store: Store = None
) -> None:
    """Say that two names are of two people."""
    _decided(context, store, "say_different", one, other, by=by, note=note)


@decide.command(epilog="Examples:\n\n  dragoman decide undo 12")
def undo(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the decision.", show_default=False)],
    note: _Note = None,
    by: _Who = None,
    store: Store = None,
) -> None:
    """Take a decision back, an undo included."""
    _decided(context, store, "undo", decision, by=by, note=note)


@decide.command("list", epilog="Examples:\n\n  dragoman decide list --format json")
def list_decisions(context: typer.Context, form: CardFormat = CardForm.TABLE, store: Store = None) -> None:
    """Every decision in the order in which it was made."""
    from dragoman.link.decide import decisions

    with (
        rooms(context).open_store(store, create=False) as held,
        held.transaction(writes=False) as connection,
    ):
        made = decisions(connection)
    with opened(None) as out:
        if form is CardForm.JSON:
            out.write(json.dumps([asdict(item) for item in made], ensure_ascii=False, indent=2) + "\n")
            return
        from dragoman.cli.stories import print_decisions

        print_decisions(made, console(out))


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Examples:\n\n  dragoman link\n\n  dragoman link --anew --store other.db")(link)
    app.command(epilog="Examples:\n\n  dragoman story 3f2a\n\n  dragoman story 3f2a --format json")(story)
    app.command(
        epilog='Examples:\n\n  dragoman who Tokayev\n\n  dragoman who "President of Brazil" --when 2013-03'
    )(who)
    app.add_typer(register, name="register", epilog="Examples:\n\n  dragoman register import leaders.csv")
    app.add_typer(
        decide, name="decide", epilog="Examples:\n\n  dragoman decide split 3f2a9c\n\n  dragoman decide list"
    )
