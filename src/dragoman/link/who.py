"""Who somebody is: how documents write the name, which posts they give, whom they met, and what lists say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from dragoman.errors import NotFound
from dragoman.link.people import Identity, People
from dragoman.link.register import Holder, Spell
from dragoman.store import schema

__all__ = ["Dossier", "Post", "Spelling", "holder", "who"]

_mention, _reading, _version = schema.mention, schema.reading, schema.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How documents write a name. reason: why it is this person, for the first of them."""

    name: str
    documents: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as documents give it. first, last: days of publication, with a document of each."""

    office: str
    country: str | None
    documents: int
    first: str | None
    first_document: str
    last: str | None
    last_document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is known of one person. met: names with the number of encounters, the most frequent first."""

    person: Identity
    spellings: tuple[Spelling, ...]
    posts: tuple[Post, ...]
    spells: tuple[Spell, ...]
    met: tuple[tuple[str, int], ...]


def who(connection: Connection, people: People, name: str, *, limit: int = 5) -> list[Dossier]:
    """The people whom a name may mean, the most written about first. Raises NotFound."""
    found = people.called(name)[:limit]
    if not found:
        raise NotFound(f"nobody of the name {name!r} is known", hint="run `dragoman link` after an ingest")
    return [
        Dossier(
            person=person,
            spellings=tuple(_spellings(connection, person.id)),
            posts=tuple(_posts(connection, person.id)),
            spells=tuple(people.spells_of(person.id)),
            met=tuple(_met(connection, people, person.id)),
        )
        for person in found
    ]


def holder(people: People, office: str, country: str, day: str) -> tuple[Holder, Identity | None]:
    """Who held a post on a day, and what says so. Raises NotFound where nothing does."""
    found = people.register.holder(office, country, day)
    if found is None:
        raise NotFound(
            f"nothing says who was {office} of {country} on {day}",
            hint="import a list with `dragoman register import`, or ingest documents of that time",
        )
    if not found.listed:
        return found, people.identity(found.person)
    return found, people.of_qid(found.qid) if found.qid else None


def _spellings(connection: Connection, key: str) -> Iterable[Spelling]:
    rows = connection.execute(
        select(_mention.c.name, func.count(_mention.c.reading_key.distinct()), func.min(_mention.c.reason))
        .where(_mention.c.identity == key, _mention.c.kind == "person")
        .group_by(_mention.c.name)
        .order_by(func.count(_mention.c.reading_key.distinct()).desc(), _mention.c.name)
    )
    for name, documents, reason in rows:
        yield Spelling(name=name, documents=documents, reason=reason)


def _posts(connection: Connection, key: str) -> Iterable[Post]:
    rows = connection.execute(
        select(_mention.c.office, _mention.c.country, _version.c.published, _reading.c.document_id)
        .join(_reading, _reading.c.key == _mention.c.reading_key)
        .join(_version, _version.c.key == _reading.c.version_key)
        .where(and_(_mention.c.identity == key, _mention.c.kind == "person", _mention.c.office.is_not(None)))
        .order_by(_version.c.published, _reading.c.document_id)
    )
    seen: dict[tuple[str, str | None], dict[str, str | None]] = {}
    for office, country, published, document in rows:
        seen.setdefault((office, country), {}).setdefault(document, published)
    for (office, country), told in sorted(seen.items(), key=lambda item: (-len(item[1]), item[0][0])):
        documents = list(told)
        yield Post(
            office=office,
            country=country,
            documents=len(documents),
            first=told[documents[0]],
            first_document=documents[0],
            last=told[documents[-1]],
            last_document=documents[-1],
        )


def _met(connection: Connection, people: People, key: str) -> Iterable[tuple[str, int]]:
    """Whom a person met, by the encounters in which both are named."""
    table, link = schema.neighbour, schema.story_link
    pair = func.substr(table.c.shared, 1, func.instr(table.c.shared, "|") - 1)
    rows = connection.execute(
        select(pair, func.count(link.c.story.distinct()))
        .join(link, link.c.claim == table.c.claim)
        .where(table.c.kind == "encounter", table.c.shared.contains(key, autoescape=True))
        .group_by(pair)
    )
    met: dict[str, int] = {}
    for shared, number in rows:
        other = next((part for part in shared.split("+") if part != key), None)
        name = people.name_of(other) if other else None
        if name:
            met[name] = met.get(name, 0) + number
    return sorted(met.items(), key=lambda item: (-item[1], item[0]))
