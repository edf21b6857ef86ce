"""The readouts of one encounter side by side: what each of them tells, and what it alone tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dragoman.link.claims import Claim, order
from dragoman.link.entries import Entry, Said, entry_of, sayings
from dragoman.link.keep import find_story
from dragoman.link.load import load_claims, load_claims_of
from dragoman.link.stories import Story
from dragoman.records import HAPPENED, Agreement, Commitment, Meeting, Statement
from dragoman.store import schema

__all__ = ["Comparison", "Readout", "compare"]

_BESIDE = ("meeting", "statement", "agreement", "commitment")
_FEW = 3  # meetings in a document that is on one of them
_NEAR = 800  # characters: a paragraph before, and after


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """One document on the encounter.

    absent: who takes part according to another and is not named here; own_topics: those that no other mentions;
    reported: statements that are not quoted, counted; copies: documents with the same text.
    """

    said: Said
    participants: tuple[str, ...]
    absent: tuple[str, ...]
    date: str | None
    date_text: str | None
    place: str | None
    format: str | None
    status: str
    topics: tuple[str, ...]
    own_topics: tuple[str, ...]
    quotations: tuple[str, ...]
    reported: int
    agreements: tuple[str, ...]
    own_agreements: tuple[str, ...]
    commitments: tuple[str, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One encounter with its readouts in the order of telling.

    shared_topics: those that all of them mention; announced: documents that tell of the plan alone, which are no
    readouts as long as another tells that it took place.
    """

    encounter: Entry
    readouts: tuple[Readout, ...]
    shared_topics: tuple[str, ...]
    announced: tuple[Said, ...]


def compare(connection: Connection, id_: str) -> Comparison:
    """The readouts of the encounter of that id, of a claim of it, or of the only id that begins so.

    Copies of one text are one readout. Raises NotFound.
    """
    story = find_story(connection, id_, kind="encounter")
    claims = {claim.id: claim for claim in load_claims(connection, (link.claim for link in story.links))}
    by_document: dict[str, list[Claim]] = {}
    for claim in sorted(claims.values(), key=order):
        if isinstance(claim.record, Meeting):
            by_document.setdefault(claim.source.document, []).append(claim)
    held = [document for document, told in by_document.items() if any(map(_took_place, told))]
    chosen = held or list(by_document)
    own = [document for document in chosen if by_document[document][0].source.copy_of not in chosen]
    beside = _beside(connection, {document: by_document[document] for document in own})
    accords = _accords(connection, [claim for document in own for claim in beside[document]])
    topics = {document: _topics([*by_document[document], *beside[document]]) for document in own}
    told_by = Counter(topic for found in topics.values() for topic in found)
    mentioned = {document: {accords[c.id] for c in beside[document] if c.id in accords} for document in own}
    readouts = tuple(
        _readout(
            story,
            by_document[document],
            beside[document],
            topics=topics[document],
            own_topics={topic for topic in topics[document] if told_by[topic] == 1},
            elsewhere=set().union(*(mentioned[other] for other in own if other != document)),
            accords=accords,
            copies=[d for d in chosen if by_document[d][0].source.copy_of == document],
            several=len(own) > 1,
        )
        for document in own
    )
    return Comparison(
        encounter=entry_of(story, claims),
        readouts=readouts,
        shared_topics=tuple(sorted(topic for topic, times in told_by.items() if times == len(own))),
        announced=sayings(told[0] for document, told in by_document.items() if document not in chosen),
    )


def _beside(connection: Connection, documents: Mapping[str, Sequence[Claim]]) -> dict[str, list[Claim]]:
    """What else the documents say of the encounter: its statements, agreements, commitments."""
    found: dict[str, list[Claim]] = {document: [] for document in documents}
    reading = schema.reading
    query = select(reading.c.key).where(reading.c.current, reading.c.document_id.in_(list(found)))
    said: dict[str, list[Claim]] = {document: [] for document in documents}
    for claim in load_claims_of(connection, connection.execute(query).scalars().all(), types=_BESIDE):
        said[claim.source.document].append(claim)
    for document, told in said.items():
        alone = sum(isinstance(claim.record, Meeting) for claim in told) <= _FEW
        rest = [claim for claim in told if not isinstance(claim.record, Meeting)]
        found[document] = sorted((c for c in rest if _is_of(c, documents[document], alone=alone)), key=_place)
    return found


def _is_of(claim: Claim, meetings: Sequence[Claim], *, alone: bool) -> bool:
    """Whether a record belongs to the report of the encounter: a long briefing tells of much besides.

    It stands near the words that tell of the encounter; where the document is on little else, it is enough that
    somebody who took part says it.
    """
    role = {"statement": "speaker", "commitment": "actor", "agreement": "parties"}[claim.record.record]
    doers = {actor.name for name, actor in claim.record.actors() if name == role}
    present = {actor.name for meeting in meetings for _, actor in meeting.record.actors()}
    at = claim.record.evidence[0].start
    near = any(abs(at - span.start) <= _NEAR for meeting in meetings for span in meeting.record.evidence)
    return near or (alone and bool(doers & present))


def _took_place(claim: Claim) -> bool:
    return isinstance(claim.record, Meeting) and claim.record.status in HAPPENED


def _place(claim: Claim) -> tuple[int, str]:
    return (claim.record.evidence[0].start, claim.id)


def _accords(connection: Connection, claims: Sequence[Claim]) -> dict[str, str]:
    """The accord of each claim of one, so that two titles of one accord are known as one."""
    link, story = schema.story_link, schema.story
    ids = [claim.id for claim in claims if isinstance(claim.record, Agreement)]
    query = (
        select(link.c.claim, link.c.story)
        .join(story, story.c.id == link.c.story)
        .where(link.c.claim.in_(ids), story.c.kind == "accord")
    )
    return {row.claim: row.story for row in connection.execute(query)}


def _topics(claims: Iterable[Claim]) -> set[str]:
    return {topic for claim in claims for topic in claim.record.topics}


def _readout(
    story: Story,
    told: Sequence[Claim],
    beside: Sequence[Claim],
    *,
    topics: set[str],
    own_topics: set[str],
    elsewhere: set[str],
    accords: Mapping[str, str],
    copies: Sequence[str],
    several: bool,
) -> Readout:
    first = told[0]
    meetings = [claim.record for claim in told if isinstance(claim.record, Meeting)]
    dated = next((m for m in meetings if m.date), meetings[0])
    place = next((m.place for m in meetings if m.place), None)
    ids = {claim.id for claim in told}
    here = {v.value["name"]: bool(ids & set(v.claims)) for v in story.fields.get("participants", ())}
    agreements = {c.record.title: accords.get(c.id) for c in beside if isinstance(c.record, Agreement)}
    own = [title for title, accord in agreements.items() if accord is None or accord not in elsewhere]
    statements = [c.record for c in beside if isinstance(c.record, Statement)]
    return Readout(
        said=sayings([first])[0],
        participants=tuple(name for name, named in here.items() if named),
        absent=tuple(name for name, named in here.items() if not named),
        date=dated.date,
        date_text=dated.date_text,
        place=place.name if place else None,
        format=next((m.format for m in meetings if m.format), None),
        status=meetings[0].status,
        topics=tuple(sorted(topics)),
        own_topics=tuple(sorted(own_topics)) if several else (),
        quotations=tuple(f"{s.speaker.name}: “{s.text}”" for s in statements if s.mode == "quoted"),
        reported=sum(s.mode != "quoted" for s in statements),
        agreements=tuple(agreements),
        own_agreements=tuple(own) if several else (),
        commitments=tuple(
            f"{c.record.actor.name} ({c.record.strength}): {c.record.action}"
            for c in beside
            if isinstance(c.record, Commitment)
        ),
        copies=tuple(copies),
    )
