"""Linking a store: what is new since the last time, and whatever that touches; nothing else is told anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.link.claims import Claim
from dragoman.link.copies import Sketched, groups, sketch
from dragoman.link.decide import Decision, Standing, decisions, standing
from dragoman.link.keep import component, forget, keep_neighbours, keep_stories, neighbours, stories_of
from dragoman.link.kinds import KINDS, Kind
from dragoman.link.load import chunks, load_claims, load_claims_of
from dragoman.link.meet import forget_mentions, meet, note_mentions
from dragoman.link.people import People
from dragoman.store import Store, schema
from dragoman.store.days import bounds
from dragoman.store.open import now

__all__ = ["Linked", "link_store"]

RULES = "1"  # another number makes everything anew: count it up with every change of what linking decides
_BATCH = 4000  # claims told at once; what hangs together stays together
_sketch, _reading, _record, _version = schema.sketch, schema.reading, schema.record, schema.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking did. told: stories made or made anew, by kind; stories: all that there are."""

    documents: int
    new: int
    gone: int
    copies: int
    people: int
    told: Mapping[str, int]
    stories: Mapping[str, int]


@dataclass(slots=True)
class _Work:
    """What is to be done: claims whose neighbours must be looked at, by kind of story."""

    new: set[int]  # readings
    gone: set[int]
    changed: set[int] = field(default_factory=set)  # readings of which something is believed otherwise
    touched: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def link_store(store: Store, *, today: date | None = None, anew: bool = False) -> Linked:
    """Bring the stories of a store up to what its documents say and its reviewers decided.

    today: what counts as overdue; anew: forget all that is believed first. The outcome is the same either way.
    """
    with store.transaction(writes=True) as connection:
        return _link(connection, today or date.today(), anew=anew)


def _link(connection: Connection, today: date, *, anew: bool) -> Linked:
    made = decisions(connection)
    asked = standing(made)
    known = _begin(connection, anew=anew)
    work = _readings(connection)
    _leave(connection, work)
    _arrive(connection, work.new)
    copies, recopied = _copies(connection) if work.new or work.gone else (_copied(connection), set())
    people, changed = meet(connection, asked.people)
    work.changed = (changed | recopied) - work.new
    decided = _decided_since(made, known)
    told: Counter[str] = Counter()
    for kind in KINDS:
        told[kind.name] += _tell(connection, kind, work, people, today, asked, decided)
    _end(connection, asked, work)
    return _summary(connection, work, copies, told)


def _begin(connection: Connection, *, anew: bool) -> int:
    """The last decision that is known to the stories that there are; stories by other rules are forgotten."""
    state = connection.execute(select(schema.link_state)).one_or_none()
    if state is not None and state.rules == RULES and not anew:
        return int(state.decision)
    for table in (
        schema.story_link,
        schema.story,
        schema.neighbour,
        schema.mention,
        schema.identity,
        schema.sketch,
        schema.linked,
        schema.link_state,
    ):
        connection.execute(delete(table))
    return 0


def _readings(connection: Connection) -> _Work:
    current = set(connection.execute(select(_reading.c.key).where(_reading.c.current)).scalars())
    linked = set(connection.execute(select(schema.linked.c.reading_key)).scalars())
    return _Work(new=current - linked, gone=linked - current)


def _leave(connection: Connection, work: _Work) -> None:
    """Readings that are no longer current: what they touched must be told without them."""
    for part in chunks(sorted(work.gone)):
        claims = set(connection.execute(select(_record.c.id).where(_record.c.reading_key.in_(part))).scalars())
        stories = stories_of(connection, claims)
        for kind in KINDS:
            work.touched[kind.name] |= neighbours(connection, kind.name, claims) | _members(connection, stories)
            keep_neighbours(connection, kind.name, dict.fromkeys(claims, ()))
        forget(connection, stories)
        for table in (schema.linked, schema.sketch):
            connection.execute(delete(table).where(table.c.reading_key.in_(part)))
    forget_mentions(connection, work.gone)


def _members(connection: Connection, stories: Iterable[str]) -> set[str]:
    link = schema.story_link
    found: set[str] = set()
    for part in chunks(sorted(stories)):
        found.update(connection.execute(select(link.c.claim).where(link.c.story.in_(part))).scalars())
    return found


def _arrive(connection: Connection, new: Iterable[int]) -> None:
    note_mentions(connection, new)
    for part in chunks(sorted(new)):
        texts = connection.execute(
            select(_reading.c.key, _version.c.published, _version.c.text)
            .join(_version, _version.c.key == _reading.c.version_key)
            .where(_reading.c.key.in_(part))
        )
        rows = [
            {"reading_key": row.key, "day": _exact(row.published), "hashes": sketch(row.text)} for row in texts
        ]
        connection.execute(insert(_sketch), rows)
        connection.execute(insert(schema.linked), [{"reading_key": key} for key in part])


def _exact(published: str | None) -> str | None:
    span = bounds(published)
    return span[0] if span and span[0] == span[1] else None


def _copies(connection: Connection) -> tuple[int, set[int]]:
    """Find the groups of copies; how many copies there are, and the readings of which that has changed."""
    rows = connection.execute(
        select(_sketch, _reading.c.document_id, _version.c.publisher)
        .join(_reading, _reading.c.key == _sketch.c.reading_key)
        .join(_version, _version.c.key == _reading.c.version_key)
    ).all()
    found = groups(Sketched(row.document_id, row.day or "", row.publisher, row.hashes) for row in rows)
    changed = [
        {"row": row.reading_key, "copy_of": found.get(row.document_id)}
        for row in rows
        if found.get(row.document_id) != row.copy_of
    ]
    if changed:
        connection.execute(update(_sketch).where(_sketch.c.reading_key == bindparam("row")), changed)
    return len(found), {item["row"] for item in changed if isinstance(item["row"], int)}


def _copied(connection: Connection) -> int:
    return int(connection.execute(select(func.count(_sketch.c.copy_of))).scalar_one())


def _decided_since(made: list[Decision], known: int) -> set[str]:
    """The claims about which something was decided since, or undone."""
    by_key = {item.key: item for item in made}
    found: set[str] = set()
    for item in made:
        about: Decision | None = item if item.key > known else None
        while about is not None:
            found.update(about.subject.get("these", ()), about.subject.get("those", ()))
            about = by_key.get(about.undoes) if about.undoes is not None else None
    return found


def _tell(
    connection: Connection,
    kind: Kind,
    work: _Work,
    people: People,
    today: date,
    asked: Standing,
    decided: set[str],
) -> int:
    """Tell the stories of one kind that anything new may touch; how many."""
    touched = set(work.touched[kind.name])
    touched |= _share(connection, kind, work, people, asked, decided)
    touched = component(connection, kind.name, touched)
    # a story may hold claims that share nothing with the others any more
    while more := _members(connection, _stories(connection, kind, touched)) - touched:
        touched = component(connection, kind.name, touched | more)
    forget(connection, _stories(connection, kind, touched))
    told = 0
    for batch in _batches(connection, kind, touched):
        claims = [claim for claim in load_claims(connection, batch) if claim.record.record in kind.types]
        stories = kind.tell(claims, people, today, asked.together, asked.apart)
        keep_stories(connection, stories, {claim.id: claim for claim in claims})
        told += len(stories)
    return told


def _stories(connection: Connection, kind: Kind, claims: Iterable[str]) -> set[str]:
    """The stories of this kind to which the claims belong."""
    story = schema.story
    found: set[str] = set()
    for part in chunks(sorted(stories_of(connection, claims))):
        query = select(story.c.id).where(story.c.id.in_(part), story.c.kind == kind.name)
        found.update(connection.execute(query).scalars())
    return found


def _share(
    connection: Connection, kind: Kind, work: _Work, people: People, asked: Standing, decided: set[str]
) -> set[str]:
    """Note what new and changed claims share with others; they, and those whose neighbours they were."""
    by_hand: dict[str, set[str]] = defaultdict(set)
    for one, other in asked.together:
        for claim in (one, other):
            by_hand[claim].add(f"hand|{one}|{other}")

    def note(claims: Iterable[Claim]) -> set[str]:
        shared: dict[str, set[str]] = {}
        telling = set()
        for claim in claims:
            if claim.record.record in kind.types:
                keys = kind.shared(claim, people)
                if keys is not None:
                    telling.add(claim.id)
                shared[claim.id] = (keys or set()) | by_hand.get(claim.id, set())
        before = neighbours(connection, kind.name, shared)
        keep_neighbours(connection, kind.name, shared)
        return before | telling

    touched: set[str] = set()
    for readings in chunks(sorted(work.new | work.changed)):
        touched |= note(load_claims_of(connection, readings, types=kind.types))
    for ids in chunks(sorted(decided)):
        touched |= note(load_claims(connection, ids))
    return touched


def _batches(connection: Connection, kind: Kind, claims: set[str]) -> Iterator[set[str]]:
    """The claims, some thousands at a time, those that hang together in one batch."""
    parent = {claim: claim for claim in claims}

    def root(claim: str) -> str:
        while parent[claim] != claim:
            parent[claim] = parent[parent[claim]]
            claim = parent[claim]
        return claim

    first: dict[str, str] = {}
    table = schema.neighbour
    for part in chunks(sorted(claims)):
        query = select(table.c.shared, table.c.claim).where(table.c.kind == kind.name, table.c.claim.in_(part))
        for shared, claim in connection.execute(query):
            one, other = root(first.setdefault(shared, claim)), root(claim)
            parent[max(one, other)] = min(one, other)
    together: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        together[root(claim)].add(claim)
    batch: set[str] = set()
    for name in sorted(together):
        if batch and len(batch) + len(together[name]) > _BATCH:
            yield batch
            batch = set()
        batch |= together[name]
    if batch:
        yield batch


def _end(connection: Connection, asked: Standing, work: _Work) -> None:
    del work
    connection.execute(delete(schema.link_state))
    connection.execute(insert(schema.link_state).values(rules=RULES, decision=asked.last, linked=now()))


def _summary(connection: Connection, work: _Work, copies: int, told: Mapping[str, int]) -> Linked:
    story = schema.story
    counted = connection.execute(select(story.c.kind, func.count()).group_by(story.c.kind)).all()
    return Linked(
        documents=_count(connection, select(func.count()).select_from(schema.linked)),
        new=len(work.new),
        gone=len(work.gone),
        copies=copies,
        people=_count(connection, select(func.count()).select_from(schema.identity)),
        told=dict(told),
        stories={row[0]: row[1] for row in counted},
    )


def _count(connection: Connection, query: object) -> int:
    return int(connection.execute(query).scalar_one())  # type: ignore[call-overload]
