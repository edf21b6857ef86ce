"""Where an act took place: the place that its verb or noun names, else, for a readout's own act, the dateline."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate import Mention, Reading, grammar
from dragoman.read.names import city_named
from dragoman.records import Place, PlaceBasis

_IN = frozenset({"in", "at", "to"})


class Where(NamedTuple):
    """A place and whether the text or the dateline names it."""

    place: Place | None = None
    place_basis: PlaceBasis | None = None


def where(reading: Reading, token: Token, *, main_act: bool = False, prepositions: frozenset[str] = _IN) -> Where:
    """The place of an act named by a verb or noun."""
    heads = [token]
    verb = grammar.clause_verb(token)
    if verb is not None and verb != token:
        heads.append(verb)
    for head in heads:
        for preposition, noun in grammar.obliques(head):
            if preposition in prepositions:
                place = place_of(reading, noun)
                if place is not None:
                    return Where(place, "text")
    if main_act and reading.document.dateline and reading.document.dateline.place:
        line = reading.document.dateline
        return Where(Place(name=str(line.place), country=line.country), "dateline")
    return Where()


def place_of(reading: Reading, noun: Token) -> Place | None:
    """The place that a noun phrase names: a city, a state, a seat; None for anything else."""
    mention = reading.mention(noun)
    if mention is not None and mention.form in {"state", "capital", "metonym"}:
        return _as_place(reading, mention)
    name = _name_at(reading, noun)
    if name is None:
        return None
    city = city_named(name)
    if city is not None:
        return Place(name=name, country=city[1])
    return Place(name=name) if noun.ent_type_ in {"GPE", "LOC"} else None


def _as_place(reading: Reading, mention: Mention) -> Place:
    words = " ".join(mention.text(reading.doc).split())
    return Place(name=words, country=mention.country)


def _name_at(reading: Reading, noun: Token) -> str | None:
    for ent in reading.doc.ents:
        if ent.start <= noun.i < ent.end:
            return " ".join(ent.text.split())
    return str(noun.text) if noun.pos_ == "PROPN" else None
