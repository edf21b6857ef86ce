"""A PLOVER type, mode and CAMEO code with what follows from them by the published tables."""

from __future__ import annotations

from dragoman.records import Actor, Event, Plover, Record, Span, Status
from dragoman.vocabulary import cameo as cameo_table
from dragoman.vocabulary import plover as plover_table


def coded(
    record: Record,
    *,
    source: tuple[Actor, ...],
    target: tuple[Actor, ...],
    plover: str,
    mode: str | None,
    cameo: str | None,
    status: Status,
    rule: str,
    confidence: float,
    evidence: tuple[Span, ...],
) -> Event:
    """The event of an act that a record tells of: its date, place and topics are the record's."""
    return Event(
        doc_id=record.doc_id,
        evidence=evidence,
        rule=rule,
        confidence=confidence,
        date=record.date,
        date_text=record.date_text,
        date_basis=record.date_basis,
        place=record.place,
        place_basis=record.place_basis,
        topics=record.topics,
        source=source,
        target=target,
        plover=Plover(type=plover, mode=mode),
        cameo=cameo,
        quad=quad_of(plover),
        goldstein=goldstein_of(plover, cameo),
        status=status,
    )


def quad_of(plover: str) -> str:
    """The quad class of a PLOVER type."""
    return plover_table().quad(plover)


def goldstein_of(plover: str, cameo: str | None) -> float | None:
    """The Goldstein value of the CAMEO code; without one, of the PLOVER type."""
    if cameo is not None and cameo in cameo_table():
        return cameo_table()[cameo].goldstein
    return plover_table().goldstein(plover)
