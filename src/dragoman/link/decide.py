"""What reviewers decided: kept for good, one after another; an undo is one more decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from dragoman.errors import DragomanError, NotFound
from dragoman.link.people import PersonDecision
from dragoman.store import schema
from dragoman.store.open import now

__all__ = ["Action", "Decision", "Standing", "decide", "decisions", "standing"]

Action = Literal["split", "join", "same", "different", "undo"]
_decision = schema.decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. subject: for split and join two lists of claims, ``these`` and ``those``; for same and
    different two names, ``one`` and ``other``; undoes: the decision that an undo takes back."""

    key: int
    made: str
    who: str
    action: Action
    subject: dict[str, Any]
    note: str | None
    undoes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What all decisions together ask for, those undone left out. apart goes before together."""

    together: frozenset[tuple[str, str]]
    apart: frozenset[tuple[str, str]]
    people: tuple[PersonDecision, ...]
    last: int  # key of the last decision


def decide(
    connection: Connection,
    action: Action,
    subject: dict[str, Any],
    *,
    who: str,
    note: str | None = None,
    undoes: int | None = None,
) -> int:
    """Keep a decision; its key. Raises NotFound or DragomanError for an undo of what cannot be undone."""
    if action == "undo":
        _check_undo(connection, undoes)
    row = {"made": now(), "who": who, "action": action, "subject": subject, "note": note, "undoes": undoes}
    return int(connection.execute(insert(_decision).values(**row).returning(_decision.c.key)).scalar_one())


def _check_undo(connection: Connection, undoes: int | None) -> None:
    known = {item.key: item for item in decisions(connection)}
    if undoes not in known:
        raise NotFound(f"there is no decision {undoes}", hint="`dragoman link --decisions` lists them")
    if any(item.undoes == undoes for item in _counting(known.values())):
        raise DragomanError(f"decision {undoes} is undone already", hint="undo the undo to have it back")


def decisions(connection: Connection) -> list[Decision]:
    """All decisions in the order in which they were made."""
    rows = connection.execute(select(_decision).order_by(_decision.c.key))
    return [Decision(**row._asdict()) for row in rows]


def _counting(made: Iterable[Decision]) -> list[Decision]:
    """The decisions that count: the latest first takes back what it undoes, and so an undone undo does nothing."""
    counting: list[Decision] = []
    undone: set[int] = set()
    for item in sorted(made, key=lambda item: -item.key):
        if item.key in undone:
            continue
        counting.append(item)
        if item.undoes is not None:
            undone.add(item.undoes)
    return counting[::-1]


def standing(made: Iterable[Decision]) -> Standing:
    """What the decisions ask for. Of a pair put together and held apart, the later decision counts."""
    pairs: dict[tuple[str, str], bool] = {}
    people = []
    everything = list(made)
    for item in _counting(everything):
        if item.action in ("split", "join"):
            for one, other in product(item.subject["these"], item.subject["those"]):
                if one != other:
                    pairs[min(one, other), max(one, other)] = item.action == "join"
        elif item.action in ("same", "different"):
            said = item.subject
            people.append(PersonDecision(one=said["one"], other=said["other"], same=item.action == "same"))
    return Standing(
        together=frozenset(pair for pair, joined in pairs.items() if joined),
        apart=frozenset(pair for pair, joined in pairs.items() if not joined),
        people=tuple(people),
        last=max((item.key for item in everything), default=0),
    )
