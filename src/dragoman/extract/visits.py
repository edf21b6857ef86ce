"""Visits: who goes to which country, as what kind of visit, made or ahead; one record a visitor and host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.contact_words import load_yaml
from dragoman.extract.modality import status_of
from dragoman.extract.when import When, when
from dragoman.extract.where import place_of
from dragoman.records import Actor, Meeting, Place, Status, Visit

_TO = ("to", "in", "at")


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: dict[str, str]
    nouns: frozenset[str]
    light: frozenset[str]
    kinds: dict[str, str]


@cache
def _words() -> _Words:
    raw: dict[str, Any] = load_yaml("visits.yaml")
    return _Words(
        verbs={lemma: entry["host"] for lemma, entry in raw["verbs"].items()},
        nouns=frozenset(raw["nouns"]),
        light=frozenset(raw["light"]),
        kinds={word: kind for kind, words in raw["kinds"].items() for word in words},
    )


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
    words = _words()
    for token in reading.doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in words.verbs:
            yield from _from_verb(reading, token, words.verbs[lemma])
        elif token.pos_ in {"NOUN", "PROPN"} and lemma in words.nouns:
            yield from _from_noun(reading, token)


def _from_verb(reading: Reading, verb: Token, host: str) -> Iterator[_Journey]:
    if grammar.is_passive(verb):
        return
    subject = grammar.subject(verb)
    if subject is None:
        return
    hosts = grammar.objects(verb) if host == "object" else grammar.oblique(verb, *_TO)
    visitors = [
        actor
        for actor in reading.actors(subject)
        if actor.kind in {"person", "group", "organization"} or actor.office
    ]
    status = status_of(reading.doc, verb)
    start = subject.left_edge.i if subject.i < verb.i and subject.sent == verb.sent else verb.i
    for place in _places(reading, hosts):
        end = max(noun.right_edge.i for noun in hosts)
        for visitor in visitors:
            if visitor.country == place.country:
                continue
            yield _Journey(
                visitor, place, _kind_after(verb), status, when(reading, verb, main_act=status == "ongoing"),
                grammar.trim(reading.doc[start : end + 1]), f"visit.verb.{verb.lemma_.lower()}", 0.75,
            )  # fmt: skip


def _from_noun(reading: Reading, noun: Token) -> Iterator[_Journey]:
    hosts = grammar.oblique(noun, *_TO)
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else None
    light = verb is not None and verb.lemma_.lower() in _words().light
    if not hosts and light and verb is not None:
        hosts = grammar.oblique(verb, *_TO)
    visitors = _visitors_of(reading, noun, verb if light else None)
    if not visitors or not hosts:
        return
    status = status_of(reading.doc, noun)
    kind = _kind_before(noun)
    for place in _places(reading, [host for host in hosts if host != noun]):
        for visitor in visitors:
            if visitor.country == place.country:
                continue
            yield _Journey(
                visitor, place, kind, status, when(reading, noun), _noun_words(noun, hosts), "visit.noun", 0.7
            )


def _visitors_of(reading: Reading, noun: Token, verb: Token | None) -> list[Actor]:
    """Whose visit it is: "his visit", "the visit of X", "a visit by X", "X paid a visit"."""
    owners = grammar.possessors(noun) or grammar.oblique(noun, "of", "by")
    if not owners and verb is not None:
        subject = grammar.subject(verb)
        owners = [subject] if subject is not None else []
    if not owners and noun.dep_ == "conj":  # "his state visit to X and working visit to Y"
        owners = grammar.possessors(noun.head)
    actors = [actor for owner in owners for actor in reading.actors(owner)]
    return [actor for actor in actors if actor.kind != "state" or actor.office]


def _noun_words(noun: Token, hosts: list[Token]) -> SpacySpan:
    start = noun.left_edge.i
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


def _kind_before(noun: Token) -> str:
    kinds = _words().kinds
    for word in noun.doc[max(noun.sent.start, noun.i - 4) : noun.i]:
        if word.lower_ in kinds:
            return kinds[word.lower_]
    return "unspecified"


def _kind_after(verb: Token) -> str:
    """The kind in "arrived in X on an official visit"."""
    for _, noun in grammar.obliques(verb):
        if noun.lemma_.lower() in _words().nouns:
            return _kind_before(noun)
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
