"""Visits: who goes to which country, as what kind of visit, made or ahead; one record a visitor and host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.modality import status_of
from dragoman.extract.when import When, when
from dragoman.extract.where import place_of
from dragoman.records import Actor, Meeting, Place, Status, Visit
from dragoman.vocabulary import visit_kinds
from dragoman.vocabulary.kinds import VisitVerb

_TO = ("to", "in", "at")


@dataclass(slots=True)
class _Journey:
    """A journey as one verb or noun tells it."""

    visitor: Actor
    place: Place
    kind: str
    status: Status
    dated: When
    words: SpacySpan
    rule: str
    confidence: float


def visits(reading: Reading, met: list[Meeting] | None = None) -> list[Visit]:
    """The visits of a document; met: its meetings, since whoever meets his host at the host's is on a visit."""
    merged: list[_Journey] = []
    for journey in _journeys(reading):
        same = next((known for known in merged if _is_same(known, journey)), None)
        if same is None:
            merged.append(journey)
        else:
            _enrich(same, journey)
    found = [_record(reading, journey) for journey in merged]
    for meeting in met or []:
        found.extend(visit for visit in _implied(meeting) if not _has(found, visit))
    return found


def _record(reading: Reading, journey: _Journey) -> Visit:
    is_city = journey.place.lat is not None or journey.rule.endswith("city")
    return Visit(
        doc_id=reading.document.id,
        evidence=(reading.span(journey.words),),
        rule=journey.rule,
        confidence=journey.confidence,
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


def _journeys(reading: Reading) -> Iterator[_Journey]:
    kinds = visit_kinds()
    for token in reading.doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            verb = kinds.verbs.get(lemma)
            if verb is not None and verb.noun is None:
                yield from _from_verb(reading, token, verb)
        elif token.pos_ in {"NOUN", "PROPN"}:
            if lemma in kinds.nouns:
                yield from _from_noun(reading, token)
            elif lemma == "delegation":
                yield from _from_delegation(reading, token)


def _from_verb(reading: Reading, verb: Token, entry: VisitVerb) -> Iterator[_Journey]:
    """ "X travelled to Y"; with a host as subject, "Y's minister welcomed X to Z"."""
    subject = grammar.subject(verb)
    if subject is None or (grammar.is_passive(verb) and not entry.hosts):
        return
    hosts = grammar.oblique(verb, *entry.links, *_TO) if entry.links or entry.hosts else grammar.objects(verb)
    guests = grammar.objects(verb) if entry.hosts else [subject]
    if entry.hosts and grammar.is_passive(verb):
        guests = [subject]
    visitors = [actor for guest in guests for actor in reading.actors(guest) if _travels(actor)]
    status = status_of(reading.doc, verb)
    start = subject.left_edge.i if subject.i < verb.i and subject.sent == verb.sent else verb.i
    for place in _places(reading, hosts):
        end = max(noun.right_edge.i for noun in hosts)
        for visitor in visitors:
            if visitor.country != place.country:
                words = grammar.trim(reading.doc[start : end + 1])
                kind = _kind_after(verb)
                dated = when(reading, verb, main_act=status == "ongoing")
                yield _Journey(
                    visitor, place, kind, status, dated, words, f"visit.verb.{verb.lemma_.lower()}", 0.75
                )


def _travels(actor: Actor) -> bool:
    return actor.kind != "state" or actor.office is not None


def _from_noun(reading: Reading, noun: Token) -> Iterator[_Journey]:
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else None
    owners = _owners(noun, verb)
    visitors = [actor for owner in owners for actor in reading.actors(owner) if _travels(actor)]
    hosts = grammar.oblique(noun, *_TO)
    if not hosts:  # the parse may hang "to Y" on the visitor or on the verb
        hosts = [host for owner in owners for host in grammar.oblique(owner, *_TO)]
    if not hosts and verb is not None:
        hosts = [host for host in grammar.oblique(verb, *_TO) if host != noun]
    if not visitors or not hosts:
        return
    status = status_of(reading.doc, noun)
    for place in _places(reading, hosts):
        for visitor in visitors:
            if visitor.country != place.country:
                words = _noun_words(noun, hosts)
                kind = visit_kinds().kind(noun.doc[max(noun.sent.start, noun.i - 4) : noun.i].text)
                yield _Journey(visitor, place, kind, status, when(reading, noun), words, "visit.noun", 0.7)


def _from_delegation(reading: Reading, noun: Token) -> Iterator[_Journey]:
    """ "X leads a delegation to Y"."""
    verb = noun.head
    if noun.dep_ not in grammar.OBJECTS or verb.lemma_.lower() not in {"lead", "head"}:
        return
    subject = grammar.subject(verb)
    hosts = grammar.oblique(noun, *_TO) or grammar.oblique(verb, *_TO)
    if subject is None:
        return
    for place in _places(reading, hosts):
        for visitor in reading.actors(subject):
            if visitor.country != place.country and _travels(visitor):
                start, end = min(subject.left_edge.i, verb.i), max(host.right_edge.i for host in hosts)
                words = grammar.trim(reading.doc[start : end + 1])
                yield _Journey(
                    visitor,
                    place,
                    "unspecified",
                    status_of(reading.doc, verb),
                    when(reading, verb),
                    words,
                    "visit.delegation",
                    0.6,
                )


def _owners(noun: Token, verb: Token | None) -> list[Token]:
    """Whose visit it is: "his visit", "the visit of X", "X paid a visit", "X is here on a visit"."""
    owners = grammar.possessors(noun) or grammar.oblique(noun, "of", "by")
    if not owners and verb is not None:
        subject = grammar.subject(verb)
        owners = [subject] if subject is not None and subject != noun else []
    before = _visit_before(noun)
    if before is not None and not grammar.possessors(noun) and noun.dep_ == "conj":
        return _owners(before, None)  # "his state visit to X and working visit to Y"
    return owners


def _visit_before(noun: Token) -> Token | None:
    nouns = visit_kinds().nouns
    return next(
        (word for word in reversed(list(noun.doc[noun.sent.start : noun.i])) if word.lemma_.lower() in nouns), None
    )


def _noun_words(noun: Token, hosts: list[Token]) -> SpacySpan:
    lefts = [child.left_edge.i for child in noun.lefts if child.dep_ not in {"case", "cc", "punct"}]
    start = min([noun.i, *lefts])
    end = max([noun.right_edge.i, *(host.right_edge.i for host in hosts)])
    return grammar.trim(noun.doc[start : end + 1])


def _places(reading: Reading, heads: list[Token]) -> list[Place]:
    """Each place of a known country among the hosts and what is coordinated with them, one a country."""
    found: dict[str, Place] = {}
    for head in heads:
        for noun in _spread(head):
            place = place_of(reading, noun)
            if place is not None and place.country:
                found.setdefault(place.country, place)
    return list(found.values())


def _spread(head: Token) -> list[Token]:
    nouns = grammar.conjuncts(head)
    for noun in nouns:  # grows: appositions, and cities whose state follows a comma
        nouns.extend(
            c for c in noun.children if c.dep_ in {"appos", "list", "conj", "flat", "dep"} and c not in nouns
        )
    return nouns


def _kind_after(verb: Token) -> str:
    """The kind in "arrived in X on an official visit"."""
    for _, noun in grammar.obliques(verb):
        if noun.lemma_.lower() in visit_kinds().nouns:
            return visit_kinds().kind(noun.doc[max(noun.sent.start, noun.i - 4) : noun.i].text)
    return "unspecified"


def _implied(meeting: Meeting) -> Iterator[Visit]:
    """Visits that a meeting at one side's place implies for the other side's persons."""
    place = meeting.place
    if (
        place is None
        or meeting.place_basis != "text"
        or not place.country
        or meeting.format not in {"in_person", None}
    ):
        return
    if not any(actor.country == place.country for actor in meeting.participants):
        return
    for actor in meeting.participants:
        if actor.kind == "person" and actor.country and actor.country != place.country:
            yield Visit(
                doc_id=meeting.doc_id,
                evidence=meeting.evidence,
                rule="visit.met_at_host",
                confidence=0.6,
                date=meeting.date,
                date_text=meeting.date_text,
                date_basis=meeting.date_basis,
                place=place,
                place_basis="text",
                visitor=actor,
                host=place.country,
                status=meeting.status,
            )


def _has(found: list[Visit], visit: Visit) -> bool:
    return any(known.visitor.key == visit.visitor.key and known.host == visit.host for known in found)


def _is_same(known: _Journey, other: _Journey) -> bool:
    """Whether two mentions tell of one visit: no date, status or kind of the one contradicts the other."""
    if known.visitor.key != other.visitor.key or known.place.country != other.place.country:
        return False
    if known.status != other.status and {known.status, other.status} != {"done", "ongoing"}:
        return False
    if known.dated.date and other.dated.date and known.dated.date != other.dated.date:
        return False
    return "unspecified" in {known.kind, other.kind} or known.kind == other.kind


def _enrich(known: _Journey, other: _Journey) -> None:
    if known.kind == "unspecified":
        known.kind = other.kind
    if known.dated.date is None:
        known.dated = other.dated
