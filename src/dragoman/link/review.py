"""What a reviewer does: takes a claim out of a story, puts stories together, says who is who, takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from dragoman.errors import DragomanError, NotFound
from dragoman.link.decide import decide
from dragoman.store import schema, sqlite

__all__ = ["join", "say_different", "say_same", "split", "undo"]

_link = schema.story_link


def split(connection: Connection, claims: Sequence[str], *, who: str, note: str | None = None) -> int:
    """Take claims out of their story, together; the key of the decision.

    They stay apart from the other claims of the story whenever linking runs again. Raises NotFound, and
    DragomanError where they are of several stories or are all of one.
    """
    these = [_claim(connection, claim) for claim in claims]
    stories = {claim: _stories(connection, claim) for claim in these}
    common = set.intersection(*stories.values())
    if not common:
        raise DragomanError("these claims are of different stories", hint="split them one story after another")
    members: set[str] = set()
    for story in common:
        members.update(connection.execute(select(_link.c.claim).where(_link.c.story == story)).scalars())
    those = sorted(members - set(these))
    if not those:
        raise DragomanError("nothing would be left of the story", hint="name some of its claims, not all")
    return decide(connection, "split", {"these": sorted(these), "those": those}, who=who, note=note)


def join(connection: Connection, claims: Sequence[str], *, who: str, note: str | None = None) -> int:
    """Put the stories of these claims together; the key of the decision. Raises NotFound."""
    found = sorted({_claim(connection, claim) for claim in claims})
    if len(found) < 2:
        raise DragomanError("it takes two claims to put stories together", hint="name one of each story")
    return decide(connection, "join", {"these": found[:1], "those": found[1:]}, who=who, note=note)


def say_same(connection: Connection, one: str, other: str, *, who: str, note: str | None = None) -> int:
    """Two names, as written, are of one person; the key of the decision."""
    return decide(connection, "same", {"one": one, "other": other}, who=who, note=note)


def say_different(connection: Connection, one: str, other: str, *, who: str, note: str | None = None) -> int:
    """Two names, as written, are of two people; the key of the decision."""
    return decide(connection, "different", {"one": one, "other": other}, who=who, note=note)


def undo(connection: Connection, decision: int, *, who: str, note: str | None = None) -> int:
    """Take a decision back; the key of the undo. Raises NotFound or DragomanError."""
    return decide(connection, "undo", {}, who=who, note=note, undoes=decision)


def _claim(connection: Connection, prefix: str) -> str:
    column = _link.c.claim
    query = select(column).distinct().where(sqlite.starts_with(column, prefix)).order_by(column).limit(4)
    found = connection.execute(query).scalars().all()
    if prefix and len(found) == 1:
        return str(found[0])
    if prefix and prefix in found:
        return prefix
    hint = (
        f"give more of it: {', '.join(found)}" if prefix and found else "`dragoman story` lists the claims of one"
    )
    raise NotFound(f"no claim of a story has the id {prefix!r}", hint=hint)


def _stories(connection: Connection, claim: str) -> set[str]:
    return set(connection.execute(select(_link.c.story).where(_link.c.claim == claim)).scalars())
