"""The relation of two states on one page: visits, encounters, accords, promises, statements, ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dragoman.link.as_of import is_told
from dragoman.link.claims import Claim, order
from dragoman.link.entries import Entry, entry_of, record_entry, state_name
from dragoman.link.followed import stories_between
from dragoman.link.fulfilment import states_named
from dragoman.link.load import load_claims_of
from dragoman.link.promised import beside, promised, readings_of
from dragoman.link.stories import Story
from dragoman.records import Meeting, Relation, Statement, Visit

__all__ = ["Dossier", "Section", "dossier"]

OPEN = frozenset({"open", "overdue", "reported", "partly_kept"})
"""States of a promise that is not settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of one kind, the latest first. total: how many there are, those left out among them."""

    name: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What documents tell of two states. parties: their codes; documents: those with a record on both."""

    parties: tuple[str, str]
    names: tuple[str, str]
    today: str
    documents: int
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """The two states by name."""
        return " – ".join(self.names)

    @property
    def is_empty(self) -> bool:
        """Whether no document tells of the two."""
        return not any(section.total for section in self.sections)


def dossier(
    connection: Connection, one: str, other: str, *, today: date, since: date | None = None, limit: int | None = 20
) -> Dossier:
    """The relation of two states (ISO3) as of a day. limit: entries a section, None for all.

    since: leaves out what happened, or was said, before that day; promises still open stay.
    """
    pair = (one, other)
    stories, claims = stories_between(connection, pair, today=today, kinds=("visit", "encounter", "accord"))
    readings = readings_of(connection, pair)
    made = promised(connection, readings, countries=pair, today=today)
    claims |= made.claims
    between = [story for story in stories if _is_between(story, claims, frozenset(pair))]
    said = _statements(made.claims.values(), pair)
    relations = load_claims_of(connection, readings, types=("relation",))
    ties = _ties((claim for claim in relations if is_told(claim, today)), pair)

    def section(
        name: str, entries: Iterable[Entry], *, kept: Callable[[Entry], bool] = lambda _: False
    ) -> Section:
        recent = [entry for entry in entries if since is None or kept(entry) or entry.day >= since.isoformat()]
        recent.sort(key=lambda entry: (entry.day, entry.id), reverse=True)
        return Section(name=name, entries=tuple(recent[:limit]), total=len(recent))

    def of(kind: str) -> list[Entry]:
        return [entry_of(story, claims) for story in between if story.kind == kind]

    promises = [entry_of(story, claims) for story in beside(made.stories, between, claims)]
    return Dossier(
        parties=pair,
        names=(state_name(one), state_name(other)),
        today=today.isoformat(),
        documents=len(readings),
        sections=(
            section("visits", of("visit")),
            section("encounters", of("encounter")),
            section("accords", of("accord")),
            section("open promises", (e for e in promises if e.state in OPEN), kept=lambda _: True),
            section("settled promises", (e for e in promises if e.state not in OPEN)),
            section("statements", said),
            section("ties", ties),
        ),
    )


def _is_between(story: Story, claims: Mapping[str, Claim], pair: frozenset[str]) -> bool:
    """Whether a story is of the two: a claim that only speaks of the third does not make it so."""
    told = [claims[link.claim].record for link in story.links if link.claim in claims]
    if story.kind == "visit":
        visits = [record for record in told if isinstance(record, Visit)]
        hosts, guests = {v.host for v in visits}, {v.visitor.country for v in visits}
        guests |= {iso3 for record in told for iso3 in record.countries()} if guests == {None} else set()
        return bool(hosts & pair) and bool((guests - hosts) & pair)
    if story.kind == "encounter":
        present = {p.country for record in told if isinstance(record, Meeting) for p in record.participants}
        return pair <= present
    return True


def _statements(claims: Iterable[Claim], pair: Sequence[str]) -> list[Entry]:
    """What one of the two says of, or to, the other."""
    found = []
    for claim in claims:
        record = claim.record
        if not isinstance(record, Statement) or record.speaker.country not in pair:
            continue
        other = pair[1] if record.speaker.country == pair[0] else pair[0]
        if other not in record.countries() and other not in states_named(record.text):
            continue
        office = f", {record.speaker.office}" if record.speaker.office else ""
        what = f"{record.speaker.name}{office}: {record.text}"
        state = "" if record.stance == "neutral" else record.stance
        found.append(record_entry(claim, what=what, kind="statement", state=state))
    return found


def _ties(claims: Iterable[Claim], pair: Sequence[str]) -> list[Entry]:
    """Standing ties, each told once, by the document that told it last."""
    latest: dict[tuple[str, str | None], Claim] = {}
    for claim in sorted(claims, key=order):
        record = claim.record
        if isinstance(record, Relation) and set(record.parties) == set(pair):
            latest[record.kind, record.since] = claim
    found = []
    for (kind, since), claim in latest.items():
        record = claim.record
        assert isinstance(record, Relation)
        what = f"{kind.replace('_', ' ')}: {record.label}" + (f", since {since}" if since else "")
        found.append(record_entry(claim, what=what, kind="relation"))
    return found
