"""All the records of a document. Events come last, since meetings, visits and commitments are acts too."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.extract.agreements import agreements
from dragoman.extract.commitments import commitments
from dragoman.extract.events import events
from dragoman.extract.meetings import meetings
from dragoman.extract.relations import relations
from dragoman.extract.statements import statements
from dragoman.extract.tenures import tenures
from dragoman.extract.visits import visits
from dragoman.records import Record

__all__ = ["extract"]


def extract(reading: Reading) -> list[Record]:
    """Every record that a document holds, in the order of the evidence."""
    met = [meeting for meeting in meetings(reading) if _is_told(reading, meeting)]
    found: list[Record] = [
        *met,
        *visits(reading, met),
        *agreements(reading),
        *statements(reading),
        *commitments(reading),
        *relations(reading),
        *tenures(reading),
    ]
    found = [record for record in found if _is_told(reading, record)]
    found.extend(event for event in events(reading, found) if _is_told(reading, event))
    if not any(_is_public(record) for record in found):
        return []
    return sorted(_once(found), key=lambda record: (record.evidence[0].start, record.record, record.id))


def _is_told(reading: Reading, record: Record) -> bool:
    """Whether a record rests on the report and not on a caption or a link to another piece."""
    return not reading.silence.covers(record.evidence[0].start)


def _is_public(record: Record) -> bool:
    """Whether a record is of public life: it has an office-holder, a state, a state's people or a body.

    A runner's words are not.
    """
    if record.record in {"visit", "agreement", "relation", "tenure"}:
        return True
    return any(
        actor.office or actor.kind in {"state", "organization"} or (actor.kind == "group" and actor.country)
        for _, actor in record.actors()
    )


def _once(records: list[Record]) -> list[Record]:
    """Each record once, whichever rules found it; the surest stays."""
    best: dict[str, Record] = {}
    for record in records:
        known = best.get(record.id)
        if known is None or record.confidence > known.confidence:
            best[record.id] = record
    return list(best.values())
