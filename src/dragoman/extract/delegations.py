"""Who goes along: companions of a traveller, and the members of a delegation in a list, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.journeys import Journey, places_after
from dragoman.extract.parties import doer, parties, unique
from dragoman.extract.sentences import sentence_of
from dragoman.extract.when import When
from dragoman.extract.where import place_at
from dragoman.records import Actor

_MEMBER = re.compile(r"^\s*(?:The Honorable|Mr\.|Mrs\.|Ms\.|Dr\.)\s", re.MULTILINE)
_MOVING = frozenset({"accompany", "join"})
_TO = frozenset({"to", "in", "at"})


def companions(reading: Reading, found: list[Journey]) -> Iterator[Journey]:
    """ "Y will accompany X on the trip", "members of the delegation include Y": Y makes X's journeys too."""
    if not found:
        return
    for token in reading.doc:
        if token.pos_ != "VERB":
            continue
        lemma = token.lemma_.lower()
        if lemma in _MOVING:
            leaders, others = _accompanied(reading, token)
        elif lemma == "include" and _is_delegation(grammar.own_subject(token)):
            leaders = {journey.visitor.key for journey in found[:1]}
            others = unique(actor for obj in grammar.objects(token) for actor in parties(reading, obj))
        else:
            continue
        here = _named_places(reading, token)
        for journey in [j for j in found if j.visitor.key in leaders and j.status != "proposed"]:
            if here and journey.place.country not in here:
                continue
            for other in others:
                if (
                    other.kind == "person"
                    and other.key != journey.visitor.key
                    and other.country != journey.place.country
                ):
                    yield Journey(
                        other, journey.place, journey.kind, journey.status, journey.dated, journey.words,
                        "visit.companion",
                    )  # fmt: skip


def _accompanied(reading: Reading, verb: Token) -> tuple[set[tuple[str, str, str | None]], tuple[Actor, ...]]:
    subject = doer(reading, verb)
    agent = grammar.agent(verb) if grammar.is_passive(verb) else None
    doers = parties(reading, subject) if subject is not None else ()
    if agent is not None:
        return {actor.key for actor in doers}, parties(reading, agent)
    led = unique(actor for obj in grammar.objects(verb) for actor in parties(reading, obj))
    return {actor.key for actor in led}, doers


def _named_places(reading: Reading, verb: Token) -> set[str]:
    """Countries of the places that a sentence names: "In Oslo, X joined Y" tells of no other journey."""
    found = set()
    for token in sentence_of(verb):
        if token.lower_ in _TO:
            place = place_at(reading.doc, token.i + 1, sentence_of(verb).end)
            if place is not None and place.country:
                found.add(place.country)
    return found


def _is_delegation(noun: Token | None) -> bool:
    if noun is None:
        return False
    return any(token.lemma_.lower() == "delegation" for token in noun.subtree)


def delegations(reading: Reading) -> Iterator[Journey]:
    """A delegation named with its country, and its members in a list, a line each."""
    lines = [(match.end(), _line_end(reading, match.end())) for match in _MEMBER.finditer(reading.document.text)]
    named = [token for token in reading.doc if token.text == "Delegation"] if lines else []
    noun = next((token for token in named if places_after(reading, token)), None)
    if noun is None:
        return
    words = grammar.trim(reading.doc[noun.left_edge.i : sentence_of(noun).end])
    dated = _last_time(reading, noun)
    for mention in reading.mentions:
        entity = mention.entity
        if entity is None or mention.form != "name" or entity.kind != "person":
            continue
        start = reading.doc[mention.name_start].idx
        if any(first <= start <= last for first, last in lines):
            visitor = replace(reading.actor(entity, mention), country=entity.country or reading.home)
            for place in places_after(reading, noun):
                yield Journey(visitor, place, "unspecified", "planned", dated, words, "visit.members")


def _line_end(reading: Reading, start: int) -> int:
    end = reading.document.text.find("\n", start)
    return end if end >= 0 else len(reading.document.text)


def _last_time(reading: Reading, noun: Token) -> When:
    """The date of what a delegation is to attend: the last of its sentence ("today announced …, on 6 August")."""
    last = None
    for time in reading.times:
        if noun.idx < time.start < sentence_of(noun).end_char and time.edtf and time.kind in {"date", "interval"}:
            last = time
    if last is None:
        return When()
    return When(last.edtf, last.text, "relative" if last.basis == "relative" else "text")
