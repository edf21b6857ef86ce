"""Where an act took place: the place named beside it, or in the title or dateline for a readout's own act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.sentences import sentence_of
from dragoman.records import Place, PlaceBasis
from dragoman.vocabulary import organizations, places, states

_AT = frozenset({"in", "at"})
_BUILDINGS = frozenset({"residence", "palace", "embassy", "villa", "estate", "airport"})
_SKIPPED = frozenset({"DET", "ADJ", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})
LONGEST = 6  # tokens of a place's name: "Democratic People's Republic of Korea" has six
_SKIP = 5  # words between "in" and the name: "in the Russian capital of Sochi"
_TITLE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?(?P<name>[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,3})")


class Where(NamedTuple):
    """A place and whether the text or the dateline names it."""

    place: Place | None = None
    place_basis: PlaceBasis | None = None


def where(reading: Reading, token: Token, *, main_act: bool = False, prepositions: frozenset[str] = _AT) -> Where:
    """The place of an act named by a verb or noun.

    main_act: a readout's own subject; where the sentence names no place, the title's or the dateline's counts.
    """
    found = _in_clause(reading, token, prepositions)
    if found is not None:
        return Where(found, "text")
    if not main_act:
        return Where()
    titled = title_place(reading.document.title or "")
    if titled is not None:
        return Where(titled, "text")
    line = reading.document.dateline
    if line and line.place:
        known = place_named(str(line.place))
        return Where(known or Place(name=str(line.place), country=line.country), "dateline")
    return Where()


def _in_clause(reading: Reading, act: Token, prepositions: frozenset[str]) -> Place | None:
    """The place after the act, no other act between; else the one that opens the clause ("In Rome, …")."""
    sentence, doc = sentence_of(act), reading.doc
    for token in doc[act.i + 1 : sentence.end]:
        if _is_other_act(token, act):
            break
        if token.lower_ in prepositions:
            place = place_at(doc, token.i + 1, sentence.end)
            if place is not None:
                return place
    before: Place | None = None
    for token in doc[sentence.start : act.i]:
        if _is_other_act(token, act):
            before = None
        elif token.lower_ in prepositions and _opens(token, act):
            before = place_at(doc, token.i + 1, act.i) or before
    return before


def _is_other_act(token: Token, act: Token) -> bool:
    """Whether the words from here on belong to another verb."""
    if token.pos_ != "VERB" or token.ent_type_:
        return False
    if token == act.head or (act == token.head and token.dep_ in {"aux", "aux:pass"}):
        return False
    return bool(token.tag_ in _FINITE) or (token.tag_ == "VBG" and token.dep_ == "advcl")


def _opens(preposition: Token, act: Token) -> bool:
    """Whether a place before the act stands with it: at the head of the sentence, or in the verb's own subject."""
    verb = grammar.clause_verb(act)
    node = preposition.head
    for _ in range(8):
        if node in (act, verb):
            return True
        if node.pos_ == "VERB" or node.head == node:
            break
        node = node.head
    return bool(preposition.i - sentence_of(act).start <= 1)


def place_at(doc: Doc, start: int, end: int) -> Place | None:
    """The place that a phrase beginning here names: "the Russian city of Sochi", "Washington, D.C."."""
    i, skipped = start, 0
    while i < end and skipped < _SKIP:
        if doc[i].text[:1].isupper():
            found = _longest(doc, i, end)
            if found is not None:
                return found
        token = doc[i]
        if token.text[:1].isupper() and token.pos_ not in _SKIPPED:
            return None
        if (
            not token.text[:1].isupper()
            and token.pos_ not in _SKIPPED
            and token.lower_ not in {"city", "of", "capital"}
        ):
            return None
        i += 1
        skipped += 1
    return None


def _longest(doc: Doc, start: int, end: int) -> Place | None:
    for stop in range(min(end, start + LONGEST), start, -1):
        words = doc[start:stop]
        if words[-1].is_punct and words[-1].text != "D.C.":
            continue
        name = " ".join(words.text.split())
        follows = doc[stop] if stop < len(doc) else None
        if follows is not None and follows.text[:1].isupper() and _goes_on(doc, stop):
            continue
        place = place_named(name)
        if place is not None and not _modifies(doc, start, stop):
            return place
    return None


def _modifies(doc: Doc, start: int, stop: int) -> bool:
    """Whether the name only tells what kind of thing follows: "U.S. air bases"."""
    if stop >= len(doc) or doc[stop].is_punct or doc[stop].pos_ != "NOUN" or doc[stop].ent_type_:
        return False
    if doc[stop].lower_ in _BUILDINGS:
        return False
    return any(token.dep_ in {"compound", "amod", "nmod"} and token.head.i >= stop for token in doc[start:stop])


def _goes_on(doc: Doc, stop: int) -> bool:
    """Whether the name goes on: "Moscow" in "Moscow State University"."""
    return doc[stop].pos_ == "PROPN" and doc[stop - 1].whitespace_ != "" and not doc[stop].is_sent_start


def place_named(name: str) -> Place | None:
    """A city, state, seat or building by name; None for anything else. A city has its coordinates."""
    state = states().lookup(name)
    if state is not None and state.kind == "demonym":
        return None
    if state is None and ", " in name and not _is_city_with_state(name):
        return None
    city = places().lookup(name)
    if city is not None and (state is None or state.kind in {"capital", "name"}) and city.kind == "city":
        return Place(name=_without_state(name), country=city.iso3, lat=city.lat, lon=city.lon)
    if state is not None:
        return Place(name=name, country=state.iso3)
    if city is not None and city.iso3:
        return Place(name=name, country=city.iso3)
    body = organizations().lookup(name)
    return Place(name=name, country=body.country) if body is not None and body.country else None


def _is_city_with_state(name: str) -> bool:
    """ "Geneva, Switzerland" is one place; "Israel, the Netherlands" are two, and so are "Accra, Lagos"."""
    first, _, rest = name.partition(", ")
    city, state, wider = (
        places().lookup(first),
        states().lookup(first),
        states().lookup(rest) or places().lookup(rest),
    )
    if wider is None or wider.kind in {"capital", "city"}:
        return False
    return city is not None and city.iso3 == wider.iso3 and (state is None or state.kind == "capital")


def _without_state(name: str) -> str:
    """ "Geneva, Switzerland" is Geneva; "Washington, D.C." has a name of its own."""
    first, _, rest = name.partition(", ")
    return first if rest and places().lookup(first) is not None and not rest.startswith("D") else name


def title_place(title: str) -> Place | None:
    """The place that a title gives: "held talks in the Kremlin"."""
    for match in _TITLE.finditer(title):
        words = match["name"].split()
        for count in range(len(words), 0, -1):
            place = place_named(" ".join(words[:count]).strip(",.'’"))
            if place is not None:
                return place
    return None


def place_of(reading: Reading, noun: Token) -> Place | None:
    """The place that a noun phrase with this head names; None for anything else."""
    for start in _starts(reading, noun):
        place = _longest(reading.doc, start, sentence_of(noun).end)
        if place is not None:
            return place
    if noun.ent_type_ in {"GPE", "LOC"}:
        return Place(name=_entity(reading.doc, noun))
    return None


def _starts(reading: Reading, noun: Token) -> Iterator[int]:
    mention = reading.mention(noun)
    if mention is not None:
        yield mention.start
    if noun.ent_type_:
        yield _entity_bounds(noun)[0]
    if noun.text[:1].isupper():
        yield noun.i


def _entity(doc: Doc, noun: Token) -> str:
    start, end = _entity_bounds(noun)
    return " ".join(doc[start:end].text.split())


def _entity_bounds(token: Token) -> tuple[int, int]:
    """First token and end of the name that a token is part of, found from the token outward."""
    start, end = int(token.i), int(token.i) + 1
    while start and token.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return start, end
