"""When and where on a journey a meeting falls: "In Rome, she will meet …" of a trip announced for 3 to 5 May."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.annotate import Reading
from dragoman.extract.contacts import Contact
from dragoman.extract.journeys import Journey
from dragoman.extract.sentences import sentence_of
from dragoman.extract.when import When
from dragoman.extract.where import place_at
from dragoman.records import HAPPENED, REMOTE, Place

_TRAVEL = re.compile(r"\b(?:travel|trip|visit|tour|participation)\b", re.IGNORECASE)
_BACK = 1500  # tokens to look back for the stop; an itinerary is no longer
_STANDS = frozenset({"in", "to", "at"})


@dataclass(frozen=True, slots=True)
class Leg:
    """What an itinerary tells of a meeting: its date, its place, None each where it tells nothing."""

    when: When | None = None
    place: Place | None = None


def leg_of(reading: Reading, contact: Contact, trips: list[Journey], place: Place | None) -> Leg:
    """The leg of the journeys of a document on which a contact falls; place: where the text says it took place."""
    told_by = sentence_of(contact.anchor).end  # a journey that comes up only later is another one
    mine = [trip for trip in trips if trip.words.start < told_by and _makes(trip, contact)]
    if not mine or contact.format in REMOTE or not _on_the_way(reading, contact, mine, place):
        return Leg()
    if place is None:
        place = _last_stop(reading, contact.anchor, mine)
    here = [trip for trip in mine if place is not None and trip.place.country == place.country] or mine
    dates = {trip.dated for trip in here if trip.dated.date and trip.dated.date_basis != "published"}
    return Leg(dates.pop() if len(dates) == 1 else None, place)


def _makes(trip: Journey, contact: Contact) -> bool:
    """Whether the traveller is among the contact's sides, or a delegation that goes with him is."""
    if (trip.status in HAPPENED) != (contact.status in HAPPENED):
        return False
    return any(
        actor.key == trip.visitor.key or (actor.kind == "group" and "delegation" in actor.name.lower())
        for actor in contact.sides
    )


def _on_the_way(reading: Reading, contact: Contact, trips: list[Journey], place: Place | None) -> bool:
    """The document is about the journey, or the sentence is, or the contact's place is one of its stops."""
    if place is not None and any(trip.place.country == place.country for trip in trips):
        return True
    about = _TRAVEL.search(reading.document.title or "") or _TRAVEL.search(sentence_of(contact.anchor).text)
    return about is not None and place is None


def _last_stop(reading: Reading, anchor: Token, trips: list[Journey]) -> Place | None:
    """The stop of the journeys named last before the contact; the only stop, if there is but one."""
    countries = {trip.place.country for trip in trips}
    found: Place | None = None
    for token in reading.doc[max(0, anchor.i - _BACK) : anchor.i]:
        if token.lower_ in _STANDS:
            place = place_at(reading.doc, token.i + 1, sentence_of(token).end)
            if place is not None and place.country in countries:
                found = place
    if len(countries) == 1:
        return found or trips[0].place
    opening = min(trip.words.end for trip in trips)
    return found if anchor.i > opening else None
