"""Events: every act once, coded by PLOVER and CAMEO, whether another record tells of it or only the words do."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.extract.acts import acts
from dragoman.extract.derive import derive
from dragoman.records import Event, Record


def events(reading: Reading, records: list[Record]) -> list[Event]:
    """The events of a document; records: what the other extractors found in it."""
    found: list[Event] = []
    for event in (*derive(reading, records), *acts(reading)):
        if not any(_is_same(known, event) for known in found):
            found.append(event)
    return found


def _is_same(known: Event, event: Event) -> bool:
    """Whether two events are one act told twice: type, sides and words are the same."""
    if known.plover.type != event.plover.type:
        return False
    if _sides(known) != _sides(event):
        return False
    one, other = known.evidence[0], event.evidence[0]
    return one.start < other.end and other.start < one.end


def _sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset(actor.country or actor.name for actor in event.source),
        frozenset(actor.country or actor.name for actor in event.target),
    )
