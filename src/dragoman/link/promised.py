"""The promises of some states, told when they are asked for: they are many, and few of them are ever asked about.

Which documents count is said by the states: those with a record that concerns all of them. A promise between two
states is one that names the other, or that is made in a text on a contact of the two alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from dragoman.link import promises
from dragoman.link.as_of import is_told
from dragoman.link.claims import Claim
from dragoman.link.decide import decisions, standing
from dragoman.link.fulfilment import states_named
from dragoman.link.load import chunks, load_claims_of
from dragoman.link.policy import load_policy
from dragoman.link.stories import Story
from dragoman.link.visits import Identify, plain_key
from dragoman.records import Actor, Agreement, Commitment, Meeting, Visit
from dragoman.store import schema

__all__ = ["UNDERTAKEN", "Promised", "beside", "promised", "readings_of"]

UNDERTAKEN = frozenset({"intention", "promise", "agreed", "instructed"})
"""Strengths of a commitment that are followed up: what is only hoped for, or offered, binds nobody."""
_TYPES = ("commitment", "agreement", "visit", "meeting", "statement", "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Promises with what became of them, and the claims that they stand on, by id."""

    stories: tuple[Story, ...]
    claims: Mapping[str, Claim]


def promised(
    connection: Connection, readings: Iterable[int], *, countries: Collection[str] = (), today: date
) -> Promised:
    """The promises in these readings with what the same readings tell of them later, up to a day.

    countries: of one state, what it or those it promises to undertake; of several, what is between them.
    """
    wanted = sorted(readings)
    claims = [c for c in load_claims_of(connection, wanted, types=_TYPES) if is_told(c, today)]
    alone = _documents_on(claims, frozenset(countries))
    given = [claim for claim in claims if _counts(claim, frozenset(countries), alone)]
    asked = standing(decisions(connection))
    stories = promises.group_and_judge(
        given,
        today=today,
        policy=load_policy(),
        together=asked.together,
        apart=asked.apart,
        identify=_identities(connection, wanted),
    )
    return Promised(stories=tuple(stories), claims={claim.id: claim for claim in given})


def beside(promises: Iterable[Story], stories: Iterable[Story], claims: Mapping[str, Claim]) -> list[Story]:
    """The promises that no visit, encounter or accord among these stories tells already, in the same words.

    "He will pay a visit in May" is a visit that is announced: its life is told there, with what became of it.
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for story in stories:
        for link in story.links:
            if claim := claims.get(link.claim):
                spans[claim.source.document] += [(span.start, span.end) for span in claim.record.evidence]

    def is_told(claim: Claim) -> bool:
        own = [(span.start, span.end) for span in claim.record.evidence]
        known = spans.get(claim.source.document, ())
        return any(start < last and first < end for start, end in own for first, last in known)

    return [story for story in promises if not all(is_told(claim) for claim in _made_by(story, claims))]


def _made_by(story: Story, claims: Mapping[str, Claim]) -> list[Claim]:
    """The commitments of a promise, without the reports held against it."""
    known = [claims[link.claim] for link in story.links if link.claim in claims]
    return [claim for claim in known if isinstance(claim.record, Commitment)]


def readings_of(connection: Connection, countries: Sequence[str], *, since: str | None = None) -> set[int]:
    """The current readings with a record that concerns all these states; since: told on this day or later."""
    record, reading, version = schema.record, schema.reading, schema.version
    query = select(reading.c.key).where(reading.c.current)
    if countries:
        query = query.join(record, record.c.reading_key == reading.c.key)
    for iso3 in countries:
        beside = schema.country.alias()
        query = query.join(beside, (beside.c.record_key == record.c.key) & (beside.c.iso3 == iso3))
    if since is not None:  # dates are EDTF: "2022-09" is told in the month of "2022-09-14"
        query = query.join(version, version.c.key == reading.c.version_key).where(version.c.published >= since[:7])
    return set(connection.execute(query.distinct()).scalars())


def _documents_on(claims: Iterable[Claim], countries: frozenset[str]) -> set[str]:
    """The documents whose contacts and accords are of these states and of no other."""
    of: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim.record, Meeting | Visit | Agreement):
            of[claim.source.document].update(claim.record.countries())
    return {document for document, concerned in of.items() if concerned == countries}


def _counts(claim: Claim, countries: frozenset[str], alone: Collection[str]) -> bool:
    """Whether a claim is a promise that is asked about, or a report that may tell of one."""
    record = claim.record
    if not isinstance(record, Commitment):
        return True
    if record.strength not in UNDERTAKEN:
        return False
    concerned = set(record.countries())
    if len(countries) < 2:
        return countries <= concerned
    if record.actor.country not in countries:
        return False
    if countries <= concerned | states_named(" ".join(span.text for span in record.evidence)):
        return True
    return claim.source.document in alone and concerned <= countries


def _identities(connection: Connection, readings: Iterable[int]) -> Identify:
    """Who is who in these readings, as linking found it; a name that stands for two is taken as written."""
    mention = schema.mention
    found: dict[tuple[str, str | None, str | None], Counter[str]] = defaultdict(Counter)
    for part in chunks(readings):
        columns = (mention.c.name, mention.c.country, mention.c.office, mention.c.identity)
        for row in connection.execute(select(*columns).where(mention.c.reading_key.in_(part))):
            if row.identity:
                found[row.name, row.country, row.office][row.identity] += 1

    def identify(actor: Actor, when: str | None) -> str:
        known = found.get((actor.name, actor.country, actor.office))
        return next(iter(known)) if known and len(known) == 1 else plain_key(actor, when)

    return identify
