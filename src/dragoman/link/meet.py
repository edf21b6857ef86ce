"""Whom the documents of a store mention, and who they are: kept in step with the readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from dragoman.link.load import chunks
from dragoman.link.mentions import Mention
from dragoman.link.people import Identified, People, PersonDecision
from dragoman.link.register import Spell
from dragoman.records import Actor
from dragoman.store import schema
from dragoman.store.days import bounds
from dragoman.store.open import now

__all__ = ["forget_mentions", "import_spells", "load_people", "load_spells", "meet", "note_mentions"]

_mention, _identity, _spell = schema.mention, schema.identity, schema.spell
_record, _reading, _version, _actor = schema.record, schema.reading, schema.version, schema.actor


def note_mentions(connection: Connection, readings: Iterable[int]) -> None:
    """Count whom these readings mention: people, and states that a post speaks for."""
    named = or_(_actor.c.kind == "person", and_(_actor.c.kind == "state", _actor.c.office.is_not(None)))
    columns = (_record.c.reading_key, _actor.c.kind, _actor.c.name, _actor.c.country, _actor.c.office)
    names = ["reading_key", "kind", "name", "country", "office", "times"]
    for part in chunks(sorted(readings)):
        found = (
            select(*columns, func.count())
            .join(_record, _record.c.key == _actor.c.record_key)
            # an event names the actors of the meeting or statement that it is coded from once more
            .where(_record.c.reading_key.in_(part), _record.c.type != "event", named)
            .group_by(*columns)
            .order_by(*columns)
        )
        connection.execute(insert(_mention).from_select(names, found))


def forget_mentions(connection: Connection, readings: Iterable[int]) -> None:
    """Take away the mentions of readings that are no longer current."""
    for part in chunks(sorted(readings)):
        connection.execute(delete(_mention).where(_mention.c.reading_key.in_(part)))


@dataclass(frozen=True, slots=True)
class _Met:
    """A row of ``mention`` with the document's date."""

    key: int
    reading: int
    actor: Actor
    published: str | None
    mention: Mention
    believed: tuple[str | None, str | None, float | None, str | None]  # who, why, how surely, by whom

    @property
    def identity(self) -> str | None:
        """Who it was believed to be."""
        return self.believed[0]


def _met(connection: Connection) -> list[_Met]:
    rows = connection.execute(
        select(
            *(_mention.c[name] for name in ("key", "reading_key", "kind", "name", "country", "office")),
            _mention.c.times,
            *(_mention.c[name] for name in ("identity", "reason", "score", "by")),
            _reading.c.document_id,
            _version.c.published,
        )
        .join(_reading, _reading.c.key == _mention.c.reading_key)
        .join(_version, _version.c.key == _reading.c.version_key)
        .order_by(_reading.c.document_id, _mention.c.name, _mention.c.key)
    )
    return [_met_of(row) for row in rows]


def _met_of(row: Any) -> _Met:
    span = bounds(row.published)
    mention = Mention(
        document=row.document_id,
        name=row.name,
        country=row.country,
        office=row.office,
        day=span[1] if span else "",
        times=row.times,
    )
    actor = Actor(name=row.name, kind=row.kind, country=row.country, office=row.office)
    believed = (row.identity, row.reason, row.score, row.by)
    return _Met(row.key, row.reading_key, actor, row.published, mention, believed)


def _people(connection: Connection, met: Sequence[_Met], decisions: Sequence[PersonDecision] = ()) -> People:
    mentions = [item.mention for item in met if item.actor.kind == "person"]
    return People(mentions, spells=load_spells(connection), decisions=decisions)


def load_people(connection: Connection, decisions: Sequence[PersonDecision] = ()) -> People:
    """Everybody whom the linked documents mention."""
    return _people(connection, _met(connection), decisions)


def meet(connection: Connection, decisions: Sequence[PersonDecision]) -> tuple[People, set[int]]:
    """Say who everybody is; the readings in which somebody is another than before, or bears another name."""
    met = _met(connection)
    people = _people(connection, met, decisions)
    known = {row.id: (row.name, row.country) for row in connection.execute(select(_identity))}
    renamed = _keep_identities(connection, people, known)
    changed: set[int] = set()
    rows = []
    for item in met:
        found = people.identified(item.actor, item.published)
        row = _row(item.key, found)
        if item.believed != (row["identity"], row["reason"], row["score"], row["by"]):
            rows.append(row)
        if found.key != item.identity or found.key in renamed:
            changed.add(item.reading)
    if rows:
        connection.execute(update(_mention).where(_mention.c.key == bindparam("row")), rows)
    return people, changed


def _row(key: int, found: Identified) -> dict[str, Any]:
    return {"row": key, "identity": found.key, "reason": found.why, "score": round(found.score, 3), "by": found.by}


def _keep_identities(connection: Connection, people: People, known: dict[str, tuple[str, str | None]]) -> set[str]:
    """Write the identities; those that are called otherwise than before."""
    told = {person.id: person for person in people.identities()}
    connection.execute(delete(_identity))
    fields = ("id", "name", "country", "qid", "first_seen", "last_seen", "documents")
    rows = [{name: getattr(person, name) for name in fields} for person in told.values()]
    if rows:
        connection.execute(insert(_identity), rows)
    return {id_ for id_, person in told.items() if known.get(id_) != (person.name, person.country)}


def load_spells(connection: Connection) -> list[Spell]:
    """The lines of all imported lists."""
    names = ("country", "role", "person", "qid", "start", "end", "source")
    columns = [_spell.c[name] for name in names]
    rows = connection.execute(select(*columns).order_by(*columns))
    return [Spell(**dict(zip(names, row, strict=True))) for row in rows]


def import_spells(connection: Connection, spells: Iterable[Spell], *, list_name: str) -> int:
    """Keep the lines of a list in place of those that a list of this name gave before; how many there are."""
    connection.execute(delete(_spell).where(_spell.c.source.startswith(f"{list_name}:", autoescape=True)))
    names = ("country", "role", "person", "qid", "start", "end", "source")
    rows = [{**{name: getattr(spell, name) for name in names}, "imported": now()} for spell in spells]
    if rows:
        connection.execute(insert(_spell), rows)
    return len(rows)
