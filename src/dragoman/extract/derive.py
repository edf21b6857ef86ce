"""Events that other records tell of: who met has consulted, who promised has agreed, who praised has supported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.annotate import Reading
from dragoman.errors import VocabularyError
from dragoman.extract.code import coded
from dragoman.extract.contact_words import load_yaml_list
from dragoman.records import (
    Actor,
    Agreement,
    Commitment,
    Event,
    Meeting,
    Record,
    Statement,
    Status,
    Visit,
)

_OFF = frozenset({"cancelled", "denied"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """An entry of derived.yaml, where the fields are explained."""

    record: str
    where: tuple[tuple[str, frozenset[str]], ...]
    plover: str
    mode: str | None
    cameo: str | None
    target: str
    share: float
    example: str | None

    def fits(self, record: Record) -> bool:
        """Whether this entry codes a record."""
        return record.record == self.record and all(getattr(record, name) in values for name, values in self.where)


@cache
def derivations() -> tuple[Derivation, ...]:
    """The entries of derived.yaml in order. Raises VocabularyError."""
    found = []
    for number, raw in enumerate(load_yaml_list("derived.yaml"), 1):
        if raw.get("target") not in {"foreign", "any"}:
            raise VocabularyError("'target' must be foreign or any", where=f"derived.yaml: entry {number}")
        where = tuple((name, frozenset(values)) for name, values in raw["where"].items())
        found.append(
            Derivation(
                raw["record"],
                where,
                raw["plover"],
                raw.get("mode"),
                raw["cameo"],
                raw["target"],
                float(raw["share"]),
                raw.get("example"),
            )
        )
    return tuple(found)


def derive(reading: Reading, records: Iterable[Record]) -> Iterator[Event]:
    """The events that the other records of a document tell of."""
    records = list(records)
    visited = [record for record in records if isinstance(record, Visit)]
    for record in records:
        if getattr(record, "status", "done") in _OFF:
            continue
        entry = next((entry for entry in derivations() if entry.fits(record)), None)
        if entry is None:
            continue
        if isinstance(record, Visit) and _is_told_by_meeting(record, records):
            continue
        yield from _event(reading, record, entry, visited)


def _is_told_by_meeting(visit: Visit, records: list[Record]) -> bool:
    """Whether the visit was inferred from a meeting: one act, one event."""
    return visit.rule == "visit.met_at_host" and any(
        isinstance(record, Meeting) and record.evidence == visit.evidence for record in records
    )


def _event(reading: Reading, record: Record, entry: Derivation, visited: list[Visit]) -> Iterator[Event]:
    sides = _sides(reading, record)
    if sides is None:
        return
    source, target, status = sides
    foreign = [actor for actor in target if not _same_side(actor, source)]
    if entry.target == "foreign" and not foreign:
        return
    mode, cameo = entry.mode, entry.cameo
    if isinstance(record, Meeting) and entry.plover == "CONSULT" and mode is None:
        source, target, mode, cameo = _as_visit(record, source, target, visited, cameo)
    yield coded(
        record,
        source=source,
        target=target,
        plover=entry.plover,
        mode=mode,
        cameo=cameo,
        status=status,
        rule=f"event.from_{record.record}",
        confidence=round(entry.share * record.confidence, 3),
        evidence=record.evidence,
    )


def _sides(reading: Reading, record: Record) -> tuple[tuple[Actor, ...], tuple[Actor, ...], Status] | None:
    """Source, target and status of the act that a record tells of; None where it has no source."""
    if isinstance(record, Meeting):
        return record.participants[:1], record.participants[1:], record.status
    if isinstance(record, Visit):
        return (record.visitor,), (reading.actor(reading.state(record.host)),), record.status
    if isinstance(record, Agreement):
        return (record.parties[:1], record.parties[1:], "done") if record.parties else None
    if isinstance(record, Statement):
        return (record.speaker,), record.target or record.addressee, "done"
    if isinstance(record, Commitment):
        return (record.actor,), record.counterpart, "done"
    return None


def _as_visit(
    meeting: Meeting, source: tuple[Actor, ...], target: tuple[Actor, ...], visited: list[Visit], cameo: str | None
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], str | None, str | None]:
    """A meeting with a guest is a visit (042) by him; one of three sides or more is multilateral."""
    guests = {visit.visitor.key for visit in visited if visit.status in {"done", "ongoing"}}
    hosts = {visit.host for visit in visited if visit.visitor.key in guests}
    for guest in meeting.participants:
        others = tuple(actor for actor in meeting.participants if actor.key != guest.key)
        if guest.key in guests and any(other.country in hosts for other in others):
            return (guest,), others, "visit", "042"
    if len({actor.country or actor.name for actor in meeting.participants}) > 2:
        return source, target, "multilateral", cameo
    return source, target, None, cameo


def _same_side(actor: Actor, others: Iterable[Actor]) -> bool:
    return any(actor.key == other.key or (actor.country and actor.country == other.country) for other in others)
