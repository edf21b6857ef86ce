"""Events that other records tell of: who met has consulted, who promised has agreed, who praised has supported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dragoman.annotate import Reading
from dragoman.annotate.edtf_dates import overlaps
from dragoman.errors import VocabularyError
from dragoman.extract.code import coded
from dragoman.extract.sides import same_side
from dragoman.records import (
    HAPPENED,
    OFF,
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
from dragoman.vocabulary.load import load_list

__all__ = ["Derivation", "derivations", "derive"]

# acts for which a statement that speaks of them blames their doer
_BLAMED = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_TARGETS = frozenset({"foreign", "any", "other", "named"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """An entry of derived.yaml, where the fields are explained."""

    record: str
    where: tuple[tuple[str, frozenset[str]], ...]
    words: re.Pattern[str] | None
    plover: str
    mode: str | None
    cameo: str | None
    target: str
    share: float
    example: str | None
    counter: str | None

    def fits(self, record: Record) -> bool:
        """Whether this entry codes a record."""
        if record.record != self.record or any(getattr(record, name) not in values for name, values in self.where):
            return False
        return self.words is None or self.words.search(record.evidence[0].text) is not None


class _Sides(NamedTuple):
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    status: Status


@cache
def derivations() -> tuple[Derivation, ...]:
    """The entries of derived.yaml in order. Raises VocabularyError."""
    found = []
    for number, raw in enumerate(load_list("derived", folder=Path(__file__).parent), 1):
        place = f"derived.yaml: entry {number}"
        if raw.get("target") not in _TARGETS:
            raise VocabularyError(f"'target' must be one of {', '.join(sorted(_TARGETS))}", where=place)
        where = tuple((name, frozenset(values)) for name, values in raw["where"].items())
        words = "|".join(raw.get("words", ()))
        found.append(
            Derivation(
                record=raw["record"],
                where=where,
                words=re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None,
                plover=raw["plover"],
                mode=raw.get("mode"),
                cameo=raw["cameo"],
                target=raw["target"],
                share=float(raw["share"]),
                example=raw.get("example"),
                counter=raw.get("counter"),
            )
        )
    return tuple(found)


def derive(reading: Reading, records: Iterable[Record], told: Sequence[Event] = ()) -> Iterator[Event]:
    """The events that the other records of a document tell of.

    told: the acts that its words tell of; they show whom a statement thanks, urges or blames.
    """
    records = list(records)
    for group in _joined(records):
        record = group[0]
        if getattr(record, "status", "done") in OFF or _is_told_by_meeting(record, records):
            continue
        entry = next((entry for entry in derivations() if entry.fits(record)), None)
        if entry is not None:
            yield from _event(reading, group, entry, records, told)


def _joined(records: list[Record]) -> Iterator[list[Record]]:
    """Records of one act: two who promise in the same words, one who goes to three countries in one sentence."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        span = record.evidence[0]
        key: tuple[object, ...] = (id(record),)
        if isinstance(record, Commitment):
            key = (record.record, span.start, span.end, record.strength)
        elif isinstance(record, Visit):
            key = (record.record, record.visitor.key, span.start, span.end, record.status)
        groups.setdefault(key, []).append(record)
    yield from groups.values()


def _is_told_by_meeting(record: Record, records: list[Record]) -> bool:
    """Whether a visit is one act with a meeting of the guest with his host."""
    if not isinstance(record, Visit) or record.status not in HAPPENED:
        return False
    for other in records:
        if not isinstance(other, Meeting) or other.status not in HAPPENED or other.format == "letter":
            continue
        if record.date and other.date and not overlaps(record.date, other.date):
            continue  # a former visit
        guest = any(actor.key == record.visitor.key for actor in other.participants)
        if guest and any(actor.country == record.host for actor in other.participants):
            return other.format != "call"
    return False


def _event(
    reading: Reading, group: list[Record], entry: Derivation, records: list[Record], told: Sequence[Event]
) -> Iterator[Event]:
    record = group[0]
    sides = _sides(reading, record, entry, told)
    if sides is None:
        return
    source, target, status = sides
    for more in group[1:]:
        other = _sides(reading, more, entry, told)
        if other is not None:
            source = _with(source, other.source)
            target = _with(target, other.target)
    target = tuple(actor for actor in target if actor.key not in {item.key for item in source})
    if entry.target == "other" and not target:
        target = _other_side(reading, source)
    if entry.target in {"foreign", "named"} and all(same_side(actor, source) for actor in target):
        return
    mode, cameo = entry.mode, entry.cameo
    if isinstance(record, Meeting) and entry.plover == "CONSULT" and mode is None:
        source, target, mode, cameo = _as_visit(record, source, target, records, cameo)
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


# --- sides ----------------------------------------------------------------------------------------------------


def _sides(reading: Reading, record: Record, entry: Derivation, told: Sequence[Event]) -> _Sides | None:
    """Source, target and status of the act that a record tells of; None where it has no source."""
    if isinstance(record, Meeting):
        return _Sides(record.participants[:1], record.participants[1:], record.status)
    if isinstance(record, Visit):
        return _Sides((record.visitor,), (reading.actor(reading.state(record.host)),), record.status)
    if isinstance(record, Agreement):
        parties = sorted(record.parties, key=lambda actor: actor.country != reading.home)
        return _Sides(tuple(parties[:1]), tuple(parties[1:]), "done") if parties else None
    if isinstance(record, Statement):
        return _of_statement(record, entry, told)
    if isinstance(record, Commitment):
        target = _named_after(reading, record, entry) if entry.target == "named" else _partners(record)
        return _Sides((record.actor,), target, "done")
    return None


def _of_statement(record: Statement, entry: Derivation, told: Sequence[Event]) -> _Sides:
    """Who says it to whom: as the words at the verb tell, else as the statement's own fields."""
    source: tuple[Actor, ...] = (record.speaker,)
    span = record.evidence[0]
    inside = [
        event for event in told if span.start <= event.evidence[0].start and event.evidence[0].end <= span.end
    ]
    if entry.plover == "ACCUSE":
        doers = [actor for event in inside if event.plover.type in _BLAMED for actor in event.source]
        blamed = tuple(actor for actor in doers if not same_side(actor, source))
        if blamed:
            return _Sides(source, _with((), blamed), "done")
    spoken = next((event for event in inside if event.plover.type == entry.plover and event.target), None)
    if spoken is not None:
        same = record.mode == "quoted" or any(same_side(actor, source) for actor in spoken.source)
        return _Sides(source if same else spoken.source, spoken.target, "done")
    return _Sides(source, record.target or record.addressee, "done")


def _partners(record: Commitment) -> tuple[Actor, ...]:
    """With whom it is undertaken, if the words say "with"; else everybody whom the record names."""
    span = record.evidence[0]
    joined = tuple(
        actor
        for actor in record.counterpart
        if actor.mention is not None
        and span.start <= actor.mention.start <= span.end
        and _WITH.search(span.text[: actor.mention.start - span.start])
    )
    return joined or record.counterpart


_WITH = re.compile(r"\bwith (?:the |our |all )?$", re.IGNORECASE)


def _named_after(reading: Reading, record: Commitment, entry: Derivation) -> tuple[Actor, ...]:
    """The first state that the words of a threat name after the word that makes them one."""
    span = record.evidence[0]
    match = entry.words.search(span.text) if entry.words is not None else None
    start = span.start + match.start() if match is not None else span.start
    for mention in reading.mentions:
        if mention.entity is None or not mention.entity.country:
            continue
        words = reading.doc[mention.start : mention.end]
        if start <= words.start_char and words.end_char <= span.end:
            actor = reading.actor(mention.entity, mention)
            if not same_side(actor, (record.actor,)):
                return (actor,)
    return ()


def _other_side(reading: Reading, source: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The other of the two states that the document is between, if the source acts for one of them."""
    states = [reading.actor(entity) for entity in reading.principal_states]
    others = tuple(state for state in states if not same_side(state, source))
    return others if len(states) == 2 and len(others) == 1 else ()


def _with(actors: tuple[Actor, ...], more: Iterable[Actor]) -> tuple[Actor, ...]:
    found = {actor.key: actor for actor in actors}
    for actor in more:
        found.setdefault(actor.key, actor)
    return tuple(found.values())


def _as_visit(
    meeting: Meeting,
    source: tuple[Actor, ...],
    target: tuple[Actor, ...],
    records: list[Record],
    cameo: str | None,
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], str | None, str | None]:
    """A meeting with a guest is a visit (042) by him; one of three sides or more is multilateral."""
    visited = [record for record in records if isinstance(record, Visit) and record.status in HAPPENED]
    for guest in meeting.participants:
        hosts = {visit.host for visit in visited if visit.visitor.key == guest.key}
        others = tuple(actor for actor in meeting.participants if actor.key != guest.key)
        if any(other.country in hosts for other in others):
            return (guest,), others, "visit", "042"
    if len({actor.country or actor.name for actor in meeting.participants}) > 2:
        return source, target, "multilateral", cameo
    return source, target, None, cameo
