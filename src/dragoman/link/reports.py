"""A report of a meeting as linking sees it: who of which sides, on which days it may have been, in which way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from dragoman.link.claims import Claim
from dragoman.link.names import parts
from dragoman.link.people import People
from dragoman.records import AHEAD, HAPPENED, REMOTE, Actor, Meeting
from dragoman.store.days import bounds
from dragoman.vocabulary import offices
from dragoman.vocabulary.load import load_words

__all__ = ["Precision", "Report", "keys_of", "likeness", "report_of"]

Precision = Literal["day", "near", "coarse", "undated"]
Mode = Literal["in_person", "remote", "letter", "untold"]

_LONGEST = 62  # days: what is dated no better than that is not linked by its date
_RETOLD = 10  # days after a meeting on which documents still speak of it without a date
_MOST_PEOPLE = 10  # those named first; longer lists are of who else was in the room
_OWN_PEOPLE = 0.75  # the share of people that two reports of one side's own meeting have in common at least
_SUMMIT = 0.8  # the same for two reports of a summit that do not name the same sides
_HEAD = 400  # characters: where the report of a document's own subject begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A claim of a meeting. people: keys of persons and bodies; sides: the states they act for; days: first, last.

    precision: ``day``: the text names it; ``near``: a readout that names none, of the day of publication or the
    one before; ``coarse``: a month, a week; ``undated``: mentioned without a date.
    placed: the text itself says where, so that people did meet in person; audience: they met others together;
    severally: one sentence tells of several meetings; lead: it opens its document; spoken_of: the very words of it
    name one of the people, by name or post.
    """

    claim: Claim
    people: frozenset[str]
    named: frozenset[str]  # the persons among them
    sides: frozenset[str]
    side_of: tuple[tuple[str, str], ...]
    days: tuple[str, str] | None
    precision: Precision
    mode: Mode
    status: Literal["happened", "ahead", "off"]
    placed: bool
    audience: bool
    severally: bool
    lead: bool
    spoken_of: bool

    @property
    def meeting(self) -> Meeting:
        """The record."""
        assert isinstance(self.claim.record, Meeting)
        return self.claim.record


def report_of(claim: Claim, people: People) -> Report:
    """The claim of a meeting, ready to be compared."""
    meeting = claim.record
    assert isinstance(meeting, Meeting)
    found: dict[str, str | None] = {}
    for actor in meeting.participants:
        if actor.kind in ("person", "organization") or actor.office:
            key = people.identify(actor, claim.source.published)
            if not key.startswith(("state:", "group:")):
                found.setdefault(key, people.country_of(key) or actor.country)
        if len(found) == _MOST_PEOPLE:
            break
    days, precision = _days(meeting, claim.source.published)
    # whoever acts for no state, as the head of a body does, is a side alone; a body beside its head is none
    side_of = tuple(
        (key, side or key) for key, side in found.items() if side or not key.startswith("organization:")
    )
    return Report(
        claim=claim,
        people=frozenset(found),
        named=frozenset(key for key in found if not key.startswith("organization:")),
        sides=frozenset(side for _, side in side_of),
        side_of=side_of,
        days=days,
        precision=precision,
        mode=_mode(meeting),
        status="happened" if meeting.status in HAPPENED else "ahead" if meeting.status in AHEAD else "off",
        placed=(
            meeting.place is not None
            and meeting.place_basis == "text"
            and meeting.format == "in_person"
            and meeting.status in HAPPENED  # what is planned for a place may be held by video in the end
        ),
        audience=any(
            actor.kind == "group" and _says("audience", actor.name.lower()) for actor in meeting.participants
        ),
        lead=meeting.evidence[0].start < _HEAD,
        spoken_of=any(_names(meeting, actor) for actor in meeting.participants if actor.kind == "person"),
        severally=_of_several(meeting.evidence[0].text.lower(), {side for _, side in side_of}, len(side_of)),
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """What tells reports apart, as one pattern each."""
    lists = load_words("reports", folder=Path(__file__).parent)
    return {
        name: re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + ")") for name, words in lists.items()
    }


def _says(what: str, text: str) -> bool:
    return _words()[what].search(text) is not None


def _of_several(words: str, sides: set[str], people: int) -> bool:
    """Whether the words tell of more meetings than one, or of a larger one than what was read of it."""
    several = people > 2 and _says("severally", words)
    return several or _says("habit", words) or (len(sides) < 3 and _says("more", words))


def _names(meeting: Meeting, actor: Actor) -> bool:
    """Whether the words of the meeting itself name the actor, by more than a pronoun or a country."""
    words = meeting.evidence[0].text
    if actor.mention is not None:
        first, said = meeting.evidence[0], actor.mention
        if said.start < first.start or said.end > first.end:
            return False
        words = said.text
    return bool(set(parts(words)) & set(parts(actor.name))) or offices().contains(words)


def _mode(meeting: Meeting) -> Mode:
    if meeting.format == "letter":
        return "letter"
    if meeting.format is None:
        return "untold"
    return "remote" if meeting.format in REMOTE else "in_person"


def _days(meeting: Meeting, published: str | None) -> tuple[tuple[str, str] | None, Precision]:
    """The days on which the meeting may have been, and how well they are known."""
    told = bounds(published)
    day = told[1] if told and told[0] == told[1] else None
    span = bounds(meeting.date)
    if span is None:
        if meeting.status not in HAPPENED or day is None:
            return None, "undated"
        if meeting.evidence[0].start < _HEAD:
            return (_before(day, 1), day), "near"
        return (_before(day, _RETOLD), day), "undated"
    if meeting.date_basis == "published" or _dated_by_something_else(meeting, span, day):
        return ((_before(day, 1), day), "near") if day and meeting.status in HAPPENED else (None, "undated")
    if span[0] == span[1]:
        return span, "day"
    return (span, "coarse") if _length(span) <= _LONGEST else (None, "undated")


def _dated_by_something_else(meeting: Meeting, span: tuple[str, str], day: str | None) -> bool:
    """Whether a readout's own meeting bears a rough and older date whose words stand elsewhere in the text."""
    if day is None or not meeting.date_text or span[0] == span[1] or span[1] >= day:
        return False
    first = meeting.evidence[0]
    return first.start < _HEAD and not any(meeting.date_text in part.text for part in meeting.evidence)


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _length(span: tuple[str, str]) -> int:
    try:
        return (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days
    except ValueError:  # year 0
        return 1_000_000


def keys_of(report: Report) -> set[str]:
    """What two reports share where they may tell of one meeting: a pair of people, in a month."""
    if report.days is None:
        return set()
    pairs = [f"{one}+{other}" for one, other in combinations(sorted(report.people), 2)]
    return {f"{pair}|{month}" for pair in pairs for month in _months(*report.days)}


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (found := f"{year:04}-{month:02}") <= last[:7]:
        yield found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def likeness(one: Report, other: Report) -> float:
    """How far the people of two reports may be those of one meeting, 0 to 1; 0 where they cannot.

    Two people at least must be in both, from two sides where both tell of two; a talk of two sides is no summit at
    which both sat.
    """
    shared = one.people & other.people
    if (
        len(shared) < 2
        or not shared & one.named
        or one.audience != other.audience
        or one.severally
        or other.severally
    ):
        return 0.0
    overlap = len(shared) / len(one.people | other.people)
    if len(one.sides) < 2 or len(other.sides) < 2:
        return overlap if one.sides == other.sides and overlap >= _OWN_PEOPLE else 0.0
    if len({side for key, side in one.side_of if key in shared}) < 2:
        return 0.0
    if one.sides == other.sides:
        return 0.5 + overlap / 2
    if min(len(one.sides), len(other.sides)) > 2 and overlap >= _SUMMIT:
        return overlap
    return 0.0
