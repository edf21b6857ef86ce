"""Visits: who goes to which country, as what kind of visit, made or ahead; one record a visitor and host."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.annotate import Reading, grammar
from dragoman.extract.contact_words import rule_confidence
from dragoman.extract.delegations import companions, delegations
from dragoman.extract.journeys import Journey, journeys
from dragoman.extract.modality import status_of
from dragoman.extract.sentences import sentence_of
from dragoman.records import Actor, Meeting, Status, Visit
from dragoman.vocabulary import states

_ENVOYS = frozenset({"ambassador", "commissioner", "consul", "chargé"})
_OFF = frozenset({"postponed", "cancelled"})
_PLANNED = frozenset({"due", "scheduled", "expected", "supposed", "set", "slated", "planned", "meant"})


def visits(reading: Reading, met: list[Meeting] | None = None) -> list[Visit]:
    """The visits of a document; met: its meetings, since whoever meets his host at the host's is on a visit."""
    found = [_record(reading, journey) for journey in reading.once(trips)]
    for meeting in met or []:
        found.extend(visit for visit in _implied(meeting) if not _has(found, visit))
    return found


def trips(reading: Reading) -> list[Journey]:
    """The journeys of a document, each once."""
    told = journeys(reading)
    merged: list[Journey] = []
    for journey in [*told, *companions(reading, told), *delegations(reading)]:
        same = next((known for known in merged if _is_same(known, journey)), None)
        if same is None:
            merged.append(journey)
        else:
            _enrich(same, journey)
    return list(_without_given_up(reading, merged))


def _without_given_up(reading: Reading, found: list[Journey]) -> Iterator[Journey]:
    """Every journey but a plan that the text itself calls off: "He was due in Oslo, but put the trip off"."""
    for journey in found:
        if journey.status != "planned" or not _was_planned(journey):
            yield journey
        elif not any(_is_off(journey, other) for other in found):
            journey.status = _status_without_place(reading, journey) or "planned"
            yield journey


def _is_off(plan: Journey, other: Journey) -> bool:
    same = other.visitor.key == plan.visitor.key and other.place.country == plan.place.country
    return same and other.status in _OFF


def _was_planned(journey: Journey) -> bool:
    """Whether the plan is told as past: "was due to visit", "had been scheduled"."""
    words = sentence_of(journey.words.root)
    for token in words:
        before = words.doc[max(words.start, token.i - 2) : token.i]
        if token.lower_ in _PLANNED and any(word.lower_ in {"was", "were", "been"} for word in before):
            return True
    return False


def _status_without_place(reading: Reading, plan: Journey) -> Status | None:
    """What becomes of "his visit" where no place stands beside it again."""
    for token in reading.doc:
        if token.lemma_.lower() not in {"visit", "trip"} or token.pos_ != "NOUN":
            continue
        owners = [actor for owner in grammar.possessors(token) for actor in reading.actors(owner)]
        status = status_of(reading.doc, token)
        if status in _OFF and any(actor.key == plan.visitor.key for actor in owners):
            return status
    return None


def _record(reading: Reading, journey: Journey) -> Visit:
    is_city = journey.place.lat is not None
    return Visit(
        doc_id=reading.document.id,
        evidence=(reading.span(journey.words),),
        rule=journey.rule,
        confidence=rule_confidence(journey.rule),
        date=journey.dated.date,
        date_text=journey.dated.date_text,
        date_basis=journey.dated.date_basis,
        place=journey.place if is_city else None,
        place_basis="text" if is_city else None,
        visitor=journey.visitor,
        host=journey.place.country or "",
        kind=journey.kind,
        status=journey.status,
    )


def _implied(meeting: Meeting) -> Iterator[Visit]:
    """Visits that a meeting at one side's place implies for the other side's persons."""
    place = meeting.place
    if place is None or not place.country or meeting.place_basis != "text":
        return
    if meeting.format not in {"in_person", None} or meeting.status not in {"done", "ongoing", "planned"}:
        return
    if not any(actor.country == place.country for actor in meeting.participants):
        return
    for actor in meeting.participants:
        if actor.kind != "person" or not actor.country or _resides(actor, place.country):
            continue
        if actor.country != place.country:
            yield Visit(
                doc_id=meeting.doc_id,
                evidence=meeting.evidence,
                rule="visit.met_at_host",
                confidence=rule_confidence("visit.met_at_host"),
                date=meeting.date,
                date_text=meeting.date_text,
                date_basis=meeting.date_basis,
                place=place,
                place_basis="text",
                visitor=actor,
                host=place.country,
                status=meeting.status,
            )


def _resides(actor: Actor, country: str) -> bool:
    """Whether an envoy is posted to the country: no meeting of an "Ambassador to Niger" in Niger is a visit."""
    post, _, name = (actor.office or "").partition(" to ")
    posted_to = states().lookup(name.removeprefix("the "))
    return posted_to is not None and posted_to.iso3 == country and bool(_ENVOYS & set(post.lower().split()))


def _has(found: list[Visit], visit: Visit) -> bool:
    return any(known.visitor.key == visit.visitor.key and known.host == visit.host for known in found)


def _is_same(known: Journey, other: Journey) -> bool:
    """Whether two mentions tell of one visit: no date, status or kind of the one contradicts the other."""
    if known.visitor.key != other.visitor.key or known.place.country != other.place.country:
        return False
    if other.anaphoric:
        return True
    if known.status != other.status and {known.status, other.status} != {"done", "ongoing"}:
        return False
    if known.dated.date and other.dated.date and known.dated.date != other.dated.date:
        return False
    return "unspecified" in {known.kind, other.kind} or known.kind == other.kind


def _enrich(known: Journey, other: Journey) -> None:
    if known.kind == "unspecified":
        known.kind = other.kind
    if known.dated.date is None:
        known.dated = other.dated
