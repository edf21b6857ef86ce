"""Events: every act once, coded by PLOVER and CAMEO, whether another record tells of it or only the words do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.annotate import Reading
from dragoman.extract.acts import once, tellings
from dragoman.extract.derive import derive
from dragoman.extract.sides import side_keys
from dragoman.records import Actor, Event, Record


def events(reading: Reading, records: list[Record]) -> list[Event]:
    """The events of a document; records: what the other extractors found in it."""
    told = list(tellings(reading, records))
    found = list(distinct(derive(reading, records, [event for event, _ in told])))
    for event in once(told):
        if not any(is_same(known, event) for known in found):
            found.append(event)
    return found


def distinct(events: Iterable[Event]) -> Iterator[Event]:
    """Each act once, the first time that it is told."""
    kept: list[Event] = []
    for event in events:
        if not any(_is_twin(known, event) for known in kept):
            kept.append(event)
            yield event


def _is_twin(known: Event, event: Event) -> bool:
    """Type, sides and words are the same."""
    return (
        known.plover.type == event.plover.type
        and side_keys(known.source) == side_keys(event.source)
        and side_keys(known.target) == side_keys(event.target)
        and _overlap(known, event)
    )


def is_same(known: Event, event: Event) -> bool:
    """Whether an act found by its words is told by another record already.

    A paragraph that blames one state and thanks another holds two acts; one whose target the words at hand do not
    name is the same.
    """
    if known.plover.type != event.plover.type or not _overlap(known, event):
        return False
    if not side_keys(known.source) & side_keys(event.source):
        return False
    ours, theirs = _states(known.target), _states(event.target)
    return not ours or not theirs or bool(ours & theirs)


def _overlap(known: Event, event: Event) -> bool:
    one, other = known.evidence[0], event.evidence[0]
    return one.start < other.end and other.start < one.end


def _states(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.country for actor in actors if actor.country)
