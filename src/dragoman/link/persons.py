"""One person in the making: the spellings that may be his, and how likely a short name stands for him."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dragoman.link.mentions import Form
from dragoman.link.posts import PostClass
from dragoman.link.register import Spell

__all__ = [
    "Identified",
    "Identity",
    "Person",
    "PersonDecision",
    "identity_of",
    "likelihood",
    "named_after_the_father",
    "one_country",
    "shown",
]

_NEAR = timedelta(days=366)  # how far in time a family name reaches to find its bearer
_SECOND_COUNTRY = 0.3  # the share of mentions, and the number of documents, from which one name is two people
_FEW = 3
_SON_OF = re.compile(r"\b(?:bin|ibn|bint|ben)\b")
_KNOWN = 20  # documents: of whom more tell than that, his name is written without care


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person. name: as most documents write it; first_seen, last_seen: days of publication."""

    id: str
    name: str
    country: str | None
    qid: str | None
    first_seen: str | None
    last_seen: str | None
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Who an actor is. key: id of a person, or ``kind:…`` for states, bodies and groups; why: for people."""

    key: str
    score: float
    why: str
    by: Literal["program", "hand"] = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecision:
    """What a reviewer said of two names as written: that they name one person, or that they do not."""

    one: str
    other: str
    same: bool


@dataclass(slots=True)
class Person:
    """An identity in the making. leader: its spelling with the most documents."""

    leader: Form
    forms: list[Form] = field(default_factory=list)
    country: str | None = None
    by_hand: bool = False
    spells: list[Spell] = field(default_factory=list)
    days: list[str] = field(default_factory=list)  # of the spellings that can name nobody else
    posts: Counter[PostClass] = field(default_factory=Counter)
    id: str = ""

    @property
    def weight(self) -> int:
        """In how many documents any of the spellings stands, those in which two stand counted twice."""
        return sum(form.weight for form in self.forms)


def one_country(form: Form, person: Person, *, exact: bool) -> bool:
    """Whether a spelling can be a person's as far as the countries go; readers err on countries now and then."""
    mine, theirs = form.country, person.country
    if mine is None or theirs is None or mine == theirs:
        return True
    if exact:
        return True
    share = form.countries[theirs] / max(1, sum(form.countries.values()))
    back = sum(member.countries[mine] for member in person.forms) / max(
        1, sum(sum(member.countries.values()) for member in person.forms)
    )
    return share >= _SECOND_COUNTRY or back >= _SECOND_COUNTRY or form.weight < _FEW


def likelihood(person: Person, country: str | None, kind: PostClass | None, day: str) -> float:
    """How likely a short name stands for a person: documents around that day, and what is said beside the name."""
    if person.weight < _KNOWN and _elsewhere(person, country, kind):
        return 0.0
    near: float = _around(person.days, day) if day else len(person.days)
    near += 0.01 * len(person.days)
    if any(first <= day <= last for first, last in (spell.days() for spell in person.spells)):
        near = near * 2 + 5
    if country and person.country:
        near *= 3.0 if country == person.country else 0.5
    if kind is not None and person.posts:
        held = person.posts[kind] / person.posts.total()
        near *= 0.05 + 5 * held
    return near


def named_after_the_father(person: Person) -> bool:
    """Whether the last word of a name is the father's: King Salman is not Mohammed bin Salman."""
    return bool(_SON_OF.search(shown(person).lower()))


def _elsewhere(person: Person, country: str | None, kind: PostClass | None) -> bool:
    """Whether what stands beside a short name, another state or another post, speaks against a person."""
    abroad = bool(country and person.country and country != person.country)
    return abroad or bool(kind and person.posts and not person.posts[kind])


def _around(days: Sequence[str], day: str) -> int:
    try:
        middle = date.fromisoformat(day)
        first, last = (middle - _NEAR).isoformat(), (middle + _NEAR).isoformat()
    except (ValueError, OverflowError):  # year 0, the end of time
        return 0
    return bisect_right(days, last) - bisect_left(days, first)


def shown(person: Person) -> str:
    """The name as most documents write it."""
    return max(sorted(person.leader.names), key=lambda name: person.leader.names[name])


def identity_of(person: Person) -> Identity:
    """What is known of the person, without what only the making of it needs."""
    days = [day for form in person.forms for day in (form.days[:1] + form.days[-1:])]
    qids = Counter(spell.qid for spell in person.spells if spell.qid)
    return Identity(
        id=person.id,
        name=shown(person),
        country=person.country,
        qid=max(sorted(qids), key=lambda qid: qids[qid]) if qids else None,
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        documents=person.weight,
    )
