"""Meetings: talks, receptions, calls, summits; one record a contact, however often it is mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dragoman.annotate import Reading
from dragoman.extract.contact_words import rule_confidence
from dragoman.extract.contacts import Contact, contacts
from dragoman.extract.itinerary import leg_of
from dragoman.extract.journeys import Journey
from dragoman.extract.main_contact import main_contact
from dragoman.extract.visits import trips
from dragoman.extract.when import When, when
from dragoman.extract.where import Where, where
from dragoman.records import HAPPENED, OFF, REMOTE, Actor, Meeting, Status
from dragoman.vocabulary import main_topics, topics_of

_SEVERAL = re.compile(r"\b(?:conversations|calls)\b", re.IGNORECASE)
_OPENING = 3  # sentences; the main act of a readout stands in its opening


def meetings(reading: Reading) -> list[Meeting]:
    """The meetings of a document, each once, in the order of their first mention."""
    merged: list[Contact] = []
    dates: dict[int, When] = {}
    told = [part for contact in contacts(reading) if _has_sides(contact) for part in _one_by_one(reading, contact)]
    known_main = main_contact(reading, told)
    for contact in [*told, *([known_main] if known_main else [])]:
        dates[id(contact)] = when(reading, contact.anchor)
        same = next((k for k in merged if _is_same(k, contact, dates)), None)
        if same is None:
            merged.append(contact)
        else:
            _enrich(same, contact, dates)
    opening, journeys = _opening_end(reading), reading.once(trips)
    merged.sort(key=lambda contact: contact.words.start)
    return [
        _record(reading, contact, dates[id(contact)], journeys, main_act=not i and contact.anchor.i < opening)
        for i, contact in enumerate(merged)
    ]


def _has_sides(contact: Contact) -> bool:
    return len({actor.key for actor in contact.sides}) > 1


def _one_by_one(reading: Reading, contact: Contact) -> list[Contact]:
    """Calls to several persons that title or noun puts in the plural are several calls.

    The one who calls them stands at an end; whoever stands amid the others is one of them, also at home.
    """
    persons = [actor for actor in contact.sides if actor.kind == "person"]
    home = [actor for actor in (*persons[:1], *persons[-1:]) if actor.country == reading.home] or persons[:1]
    others = [actor for actor in persons if actor not in home]
    several = _SEVERAL.search(reading.document.title or "") or _SEVERAL.search(contact.words.text)
    if contact.format != "call" or len(others) < 2 or len(home) != 1 or not several:
        return [contact]
    return [replace(contact, sides=(*home, other)) for other in others]


def _opening_end(reading: Reading) -> int:
    end = 0
    whole = (one for one in reading.sentences() if any(token.pos_ == "VERB" for token in one))  # no title, no date
    for count, sentence in enumerate(whole, 1):
        end = sentence.end
        if count == _OPENING:
            break
    return end


def _record(
    reading: Reading, contact: Contact, dated: When, journeys: list[Journey], *, main_act: bool
) -> Meeting:
    main_act = (main_act or contact.rule == "meeting.main") and contact.status in HAPPENED
    placed = where(reading, contact.anchor, main_act=main_act)
    leg = leg_of(reading, contact, journeys, placed.place)
    if dated.date is None and leg.when is not None:
        dated = leg.when
    if dated.date is None and main_act:
        dated = when(reading, contact.anchor, main_act=True)
    if placed.place is None and leg.place is not None:
        placed = Where(leg.place, "text")
    remote = contact.format in REMOTE
    return Meeting(
        doc_id=reading.document.id,
        evidence=(reading.span(contact.words),),
        rule=contact.rule,
        confidence=rule_confidence(contact.rule),
        date=dated.date,
        date_text=dated.date_text,
        date_basis=dated.date_basis,
        place=None if remote else placed.place,
        place_basis=None if remote else placed.place_basis,
        topics=_topics(reading, contact),
        participants=contact.sides,
        format=contact.format,
        status=contact.status,
    )


def _topics(reading: Reading, contact: Contact) -> tuple[str, ...]:
    """What the sentence of a meeting touches, and what the whole text keeps coming back to."""
    return tuple(sorted({*topics_of(contact.anchor.sent.text), *reading.once(_recurring_topics)}))


def _recurring_topics(reading: Reading) -> tuple[str, ...]:
    return main_topics(sentence.text for sentence in reading.sentences())


# --- merging --------------------------------------------------------------------------------------------------


def _stage(status: Status) -> int:
    return 0 if status in HAPPENED else 2 if status in OFF else 1


def _sides(actors: Iterable[Actor]) -> set[str]:
    return {actor.country or actor.name for actor in actors}


def _is_same(known: Contact, other: Contact, dates: dict[int, When]) -> bool:
    """Whether two tellings are of one contact: the same sides at the same stage, no date or format against it."""
    if _stage(known.status) != _stage(other.status):
        return False
    one, two = dates[id(known)].date, dates[id(other)].date
    if one and two and one != two:
        return False
    if known.firm and other.firm and _remote(known) != _remote(other):
        return False
    keys, others = {actor.key for actor in known.sides}, {actor.key for actor in other.sides}
    if others <= keys or (keys < others and other.rule == "meeting.joined"):
        return True
    if len(_persons(known) - _persons(other)) and len(_persons(other) - _persons(known)):
        return False
    small, large = sorted((_sides(known.sides), _sides(other.sides)), key=len)
    return small <= large and len(small) > 1 and not (_persons(other) - _persons(known) and _persons(known))


def _remote(contact: Contact) -> str:
    return contact.format if contact.format in REMOTE and contact.format else "in_person"


def _persons(contact: Contact) -> set[str]:
    return {actor.name for actor in contact.sides if actor.kind == "person"}


def _enrich(known: Contact, other: Contact, dates: dict[int, When]) -> None:
    if other.firm and not known.firm and other.format:
        known.format, known.firm = other.format, True
    if known.format is None:
        known.format = other.format
    if dates[id(known)].date is None and dates[id(other)].date is not None:
        dates[id(known)] = dates[id(other)]
    if other.rule == "meeting.joined":
        known.sides = tuple({actor.key: actor for actor in (*known.sides, *other.sides)}.values())
    elif not _persons(known) and _persons(other):
        known.sides = other.sides
