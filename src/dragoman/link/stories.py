"""A story: what many claims tell together. Derived from claims and decisions alone, so it can be made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.link.claims import Claim, order
from dragoman.records import content_hash

__all__ = ["STORY_KINDS", "Link", "Reason", "Step", "Story", "StoryKind", "Value", "anchor", "story_id"]

StoryKind = Literal["encounter", "visit", "accord", "promise"]
STORY_KINDS: tuple[StoryKind, ...] = ("encounter", "visit", "accord", "promise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a claim belongs to a story. text: for people, which names, dates and words agreed; score: 0 to 1."""

    text: str
    score: float
    by: Literal["program", "hand"] = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a claim belongs to a story."""

    claim: str
    story: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a field: the claims that give it, whether it is the best, and by which rule of the policy."""

    value: Any
    claims: tuple[str, ...]
    best: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A turn of the story. date: of the report, EDTF; state: of the story after it; words: the evidence."""

    date: str | None
    state: str
    claim: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Claims that tell of one thing.

    id: see ``story_id``; fields: every value that any claim gives, the best first; history: in order of date.
    """

    id: str
    kind: StoryKind
    state: str
    fields: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    history: tuple[Step, ...] = ()

    def best(self, name: str) -> Any:
        """The best value of a field; None where no claim gives one."""
        return next((value.value for value in self.fields.get(name, ()) if value.best), None)


def anchor(claims: Iterable[Claim]) -> Claim:
    """The claim after which a story is called: the first in the fixed order of claims."""
    return min(claims, key=order)


def story_id(kind: StoryKind, claim: str) -> str:
    """Sixteen hexadecimal digits made of the kind and the id of the anchor claim.

    A link that was made to a story keeps resolving: the id made of any other claim of the story names it too.
    """
    return content_hash([kind, claim])
