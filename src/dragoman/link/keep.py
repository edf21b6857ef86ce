"""Into the store and out of it: stories with their links, and what claims share with their neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from dragoman.errors import NotFound
from dragoman.link.claims import Claim
from dragoman.link.load import chunks
from dragoman.link.stories import Link, Reason, Step, Story, StoryKind, Value, story_id
from dragoman.store import schema
from dragoman.store.days import bounds

__all__ = [
    "component",
    "find_story",
    "forget",
    "keep_neighbours",
    "keep_stories",
    "load_stories",
    "neighbours",
    "stories_of",
]

_story, _link, _neighbour = schema.story, schema.story_link, schema.neighbour


def keep_neighbours(connection: Connection, kind: StoryKind, shared: Mapping[str, Collection[str]]) -> None:
    """Replace what these claims share with others, by claim."""
    for part in chunks(sorted(shared)):
        connection.execute(delete(_neighbour).where(_neighbour.c.kind == kind, _neighbour.c.claim.in_(part)))
        rows = [
            {"kind": kind, "shared": key, "claim": claim} for claim in part for key in sorted(set(shared[claim]))
        ]
        if rows:
            connection.execute(insert(_neighbour), rows)


def neighbours(connection: Connection, kind: StoryKind, claims: Iterable[str]) -> set[str]:
    """The claims that share anything with these, these among them where they share at all."""
    keys: set[str] = set()
    for part in chunks(sorted(set(claims))):
        query = select(_neighbour.c.shared).where(_neighbour.c.kind == kind, _neighbour.c.claim.in_(part))
        keys.update(connection.execute(query).scalars())
    found: set[str] = set()
    for part in chunks(sorted(keys)):
        query = select(_neighbour.c.claim).where(_neighbour.c.kind == kind, _neighbour.c.shared.in_(part))
        found.update(connection.execute(query).scalars())
    return found


def component(connection: Connection, kind: StoryKind, claims: Iterable[str]) -> set[str]:
    """These claims and all that hang together with them by what neighbours share."""
    found = set(claims)
    edge = found
    while edge:
        edge = neighbours(connection, kind, edge) - found
        found |= edge
    return found


def stories_of(connection: Connection, claims: Iterable[str]) -> set[str]:
    """The stories to which these claims belong."""
    found: set[str] = set()
    for part in chunks(sorted(set(claims))):
        found.update(connection.execute(select(_link.c.story).where(_link.c.claim.in_(part))).scalars())
    return found


def forget(connection: Connection, stories: Iterable[str]) -> None:
    """Take stories away, to be told anew."""
    for part in chunks(sorted(set(stories))):
        connection.execute(delete(_link).where(_link.c.story.in_(part)))
        connection.execute(delete(_story).where(_story.c.id.in_(part)))


def keep_stories(connection: Connection, stories: Sequence[Story], claims: Mapping[str, Claim]) -> None:
    """Write stories. claims: those of the stories, by id."""
    for part in chunks(stories):
        connection.execute(insert(_story), [_row(story, claims) for story in part])
        rows = [
            {
                "claim": link.claim,
                "story": link.story,
                "alias": story_id(story.kind, link.claim),
                "reason": link.reason.text,
                "score": link.reason.score,
                "by": link.reason.by,
            }
            for story in part
            for link in story.links
        ]
        connection.execute(insert(_link), rows)


def _row(story: Story, claims: Mapping[str, Claim]) -> dict[str, Any]:
    told = [claims[link.claim] for link in story.links]
    best = bounds(story.best("date"))
    spans = [best] if best else [span for claim in told if (span := bounds(claim.record.date))]
    published = [span for claim in told if (span := bounds(claim.source.published))]
    days = spans or published
    return {
        "id": story.id,
        "kind": story.kind,
        "state": story.state,
        "first_day": min((span[0] for span in days), default=None),
        "last_day": max((span[1] for span in days), default=None),
        "countries": " ".join(sorted({iso3 for claim in told for iso3 in claim.record.countries()})),
        "summary": told[0].record.summary(),
        "sources": len({claim.source.origin for claim in told}),
        "fields": {name: [_json(value) for value in values] for name, values in story.fields.items()},
        "history": [_json(step) for step in story.history],
    }


def _json(part: Value | Step) -> dict[str, Any]:
    """The fields of a value or step; ``asdict`` would copy all that is in them, which takes ten times as long."""
    return {item.name: getattr(part, item.name) for item in fields(part)}


def find_story(connection: Connection, id_or_prefix: str, *, kind: StoryKind | None = None) -> Story:
    """The story of that id, or of the only id that begins so. Raises NotFound.

    kind: only of this kind, for claims that belong to stories of several.

    An id that the story bore when fewer documents told of it keeps naming it: it is made of a claim, and names the
    story to which that claim belongs now. Claims name their stories as well.
    """
    columns = (_link.c.alias, _link.c.claim)
    for column in columns:
        query = select(_link.c.story).where(column == id_or_prefix).distinct()
        if kind is not None:
            query = query.join(_story, _story.c.id == _link.c.story).where(_story.c.kind == kind)
        found = connection.execute(query).scalars().all()
        if len(found) == 1:
            return load_stories(connection, found)[0]
    begins = _story.c.id.startswith(id_or_prefix, autoescape=True)
    wanted = select(_story.c.id).where(begins)
    if kind is not None:
        wanted = wanted.where(_story.c.kind == kind)
    ids = connection.execute(wanted.order_by(_story.c.id).limit(5)).scalars().all()
    if id_or_prefix and len(ids) == 1:
        return load_stories(connection, ids)[0]
    hint = f"give more of it: {', '.join(ids)}" if id_or_prefix and ids else "`dragoman find` shows ids of claims"
    raise NotFound(f"no {kind or 'story'} has the id {id_or_prefix!r}", hint=hint)


def load_stories(connection: Connection, ids: Iterable[str] | None = None) -> list[Story]:
    """Stories by id, sorted; all of them where no ids are given."""
    wanted = None if ids is None else sorted(set(ids))
    found: list[Story] = []
    for part in [None] if wanted is None else chunks(wanted):
        query, links = select(_story), select(_link)
        if part is not None:
            query, links = query.where(_story.c.id.in_(part)), links.where(_link.c.story.in_(part))
        of: dict[str, list[Link]] = defaultdict(list)
        for row in connection.execute(links.order_by(_link.c.claim)):
            reason = Reason(text=row.reason, score=row.score, by=row.by)
            of[row.story].append(Link(claim=row.claim, story=row.story, reason=reason))
        found += [_story_of(row, of[row.id]) for row in connection.execute(query.order_by(_story.c.id))]
    return found


def _story_of(row: Any, links: list[Link]) -> Story:
    told = {
        name: tuple(Value(**{**value, "claims": tuple(value["claims"])}) for value in values)
        for name, values in row.fields.items()
    }
    return Story(
        id=row.id,
        kind=row.kind,
        state=row.state,
        fields=told,
        links=tuple(links),
        history=tuple(Step(**step) for step in row.history),
    )
