"""The contact that a document is about, where no sentence tells of it outright.

Many readouts begin in the middle: "The two leaders discussed …", "During the talks …". That they met stands in the
title and in what they are said to do together; the evidence is the sentence of the text that shows it.
"""

from __future__ import annotations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.contact_words import contact_words
from dragoman.extract.contacts import Contact
from dragoman.extract.modality import status_of
from dragoman.extract.parties import doer, parties, unique
from dragoman.extract.sentences import sentence_of
from dragoman.records import HAPPENED, Actor

_OPENING = 2  # sentences after the first in which a readout says what it is about
_MOST = 4  # parties of the contact that a title names
_SENTENCES = 12  # how far into the text the telling may stand


def main_contact(reading: Reading, told: list[Contact]) -> Contact | None:
    """The contact of the title's parties, unless it was told already."""
    title = (reading.document.title or "").lower()
    form = _title_format(title)
    if _is_told(reading, told, form) or any(word in title for word in contact_words().not_yet):
        return None
    found = _together(reading, form)
    if found is None and form is not None:
        found = _noun_alone(reading, form)
        found = found if found is not None and _in_title(reading, found) else None
    if found is None:
        return None
    keys = {actor.key for actor in found.sides}
    settled = {"done", "postponed", "cancelled", "denied"}  # a text about a meeting put off tells of none held
    if any(keys <= {actor.key for actor in contact.sides} and contact.status in settled for contact in told):
        return None
    return found


def _in_title(reading: Reading, found: Contact) -> bool:
    """Whether the title names one of the sides; without a title there is nothing to go by."""
    title = (reading.document.title or "").casefold()
    names = [actor.name.split()[-1] for actor in found.sides]
    names += [reading.state(actor.country).name for actor in found.sides if actor.country]
    return not title or any(name.casefold() in title for name in names)


def _is_told(reading: Reading, told: list[Contact], form: str | None) -> bool:
    """Whether the text opens with a contact of the kind that the title announces."""
    end = 0
    for count, sentence in enumerate(reading.sentences()):
        end = sentence.end
        if count >= _OPENING:
            break
    return any(
        contact.anchor.i < end
        and contact.status in {"done", "ongoing"}
        and ".bare" not in contact.rule
        and (contact.format == form or {contact.format, form} <= {"in_person", "video", None})
        for contact in told
    )


def _title_format(title: str) -> str | None:
    """The kind of contact that a title announces; None where it announces none."""
    lower = title.lower()
    for form, words in contact_words().titles.items():
        if any(word in lower for word in words):
            return form
    return None


def _together(reading: Reading, form: str | None) -> Contact | None:
    """ "The two leaders discussed": both sides are the subject of what people do in talks."""
    for count, sentence in enumerate(reading.sentences()):
        if count >= _SENTENCES:
            return None
        for verb in sentence:
            if verb.pos_ != "VERB" or verb.lemma_.lower() not in contact_words().together:
                continue
            subject = doer(reading, verb)
            sides = parties(reading, subject) if subject is not None else ()
            told = len(sides) == 2 and (form or verb.lemma_.lower() == "discuss")
            if told and status_of(reading.doc, verb) in HAPPENED:
                return _contact(verb, sides, _sentence_format(sentence_of(verb), form), sentence_of(verb))
    return None


def _noun_alone(reading: Reading, form: str) -> Contact | None:
    """ "The meeting examined …": the noun of the title's contact, its sides the principals."""
    sides = _principals(reading)
    if len(sides) < 2:
        return None
    words = contact_words()
    for count, sentence in enumerate(reading.sentences()):
        if count >= _SENTENCES:
            return None
        for noun in sentence:
            lemma = noun.lemma_.lower()
            wanted = words.letters if form == "letter" else words.nouns
            if noun.pos_ == "NOUN" and lemma in wanted and status_of(reading.doc, noun) in HAPPENED:
                return _contact(noun, sides, form, sentence_of(noun))
    return None


def _principals(reading: Reading) -> tuple[Actor, ...]:
    """The persons whom title and text both name; else the principals of the text."""
    title = (reading.document.title or "").casefold()
    named = [
        entity
        for entity in reading.entities
        if entity.kind == "person" and entity.mentions and entity.name.split()[-1].casefold() in title
    ]
    if len(named) >= 2:
        return unique(reading.actor(entity) for entity in named[:_MOST])
    others = [entity for entity in reading.principals if entity not in named]
    return unique(reading.actor(entity) for entity in [*named, *others][:2])


def _sentence_format(sentence: SpacySpan, form: str | None) -> str:
    formats = contact_words().formats
    return next((formats[word.lower_] for word in sentence if word.lower_ in formats), None) or form or "in_person"


def _contact(anchor: Token, sides: tuple[Actor, ...], form: str, words: SpacySpan) -> Contact:
    return Contact(anchor, sides, form, "done", grammar.trim(words), "meeting.main")
