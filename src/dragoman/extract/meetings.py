"""Meetings: talks, receptions, calls, summits; one record a contact, however often it is mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.contact_words import ContactVerb, contact_words
from dragoman.extract.modality import status_of
from dragoman.extract.when import when
from dragoman.extract.where import where
from dragoman.records import Actor, Meeting, Status
from dragoman.vocabulary import topics_of

_MET_AT = frozenset({"in", "at"})
_OPENING = 5  # sentences; the main act of a readout stands in its opening


@dataclass(slots=True)
class _Contact:
    """A contact as one verb or noun tells it."""

    anchor: Token
    sides: tuple[Actor, ...]
    format: str | None
    status: Status
    words: SpacySpan
    rule: str
    confidence: float


def meetings(reading: Reading) -> list[Meeting]:
    """The meetings of a document, each once, in the order of their first mention."""
    merged: list[_Contact] = []
    for contact in _contacts(reading):
        if len(contact.sides) < 2 or len({actor.key for actor in contact.sides}) < 2:
            continue
        same = next((known for known in merged if _is_same(known, contact)), None)
        if same is None:
            merged.append(contact)
        else:
            _enrich(same, contact)
    opening = _opening_end(reading)
    return [_record(reading, contact, contact.anchor.i < opening and not i) for i, contact in enumerate(merged)]


def _opening_end(reading: Reading) -> int:
    end = 0
    for count, sentence in enumerate(reading.sentences(), 1):
        end = sentence.end
        if count == _OPENING:
            break
    return end


def _record(reading: Reading, contact: _Contact, main_act: bool) -> Meeting:
    main_act = main_act and contact.status == "done"
    dated = when(reading, contact.anchor, main_act=main_act)
    placed = where(reading, contact.anchor, main_act=main_act, prepositions=_MET_AT)
    remote = contact.format in {"call", "video", "letter"}
    evidence = reading.span(contact.words)
    return Meeting(
        doc_id=reading.document.id,
        evidence=(evidence,),
        rule=contact.rule,
        confidence=contact.confidence,
        date=dated.date,
        date_text=dated.date_text,
        date_basis=dated.date_basis,
        place=None if remote else placed.place,
        place_basis=None if remote else placed.place_basis,
        topics=topics_of(contact.anchor.sent.text),
        participants=contact.sides,
        format=contact.format,
        status=contact.status,
    )


# --- finding --------------------------------------------------------------------------------------------------


def _contacts(reading: Reading) -> Iterator[_Contact]:
    words = contact_words()
    fallback = None
    for token in reading.doc:
        if token.pos_ == "VERB":
            lemma = token.lemma_.lower()
            verb = words.verbs.get(lemma)
            if verb is not None:
                yield from _from_verb(reading, token, verb)
            elif lemma == "discuss" and fallback is None:
                fallback = _from_discussion(reading, token)
        elif token.pos_ in {"NOUN", "PROPN"}:
            lemma = token.lemma_.lower()
            if lemma in words.nouns:
                yield from _from_noun(reading, token, words.nouns[lemma])
            elif lemma in words.letters:
                yield from _from_letter(reading, token)
    if fallback is not None:
        yield fallback


def _from_verb(reading: Reading, verb: Token, entry: ContactVerb) -> Iterator[_Contact]:
    subject = grammar.subject(verb)
    others: list[Token] = []
    if entry.other in {"with", "both"}:
        others += grammar.oblique(verb, "with", "to" if entry.lemma == "speak" else "with")
    if entry.other in {"object", "both"}:
        others += grammar.objects(verb)
    if grammar.is_passive(verb) and entry.other != "with":
        agent = grammar.agent(verb)
        others = [agent] if agent is not None else []
    first = reading.actors(subject) if subject is not None else ()
    second = tuple(actor for other in others for actor in reading.actors(other))
    if entry.needs_place and not grammar.oblique(verb, "to", "at", "in"):
        return
    if not second and not (entry.lemma == "meet" and len(first) > 1 and not grammar.objects(verb)):
        return
    end = max([other.right_edge.i for other in others] + [verb.i])
    start = (
        subject.left_edge.i if subject is not None and subject.i < verb.i and subject.sent == verb.sent else verb.i
    )
    yield _Contact(
        anchor=verb,
        sides=_unique((*first, *second)),
        format=_format(verb, others) or entry.format,
        status=status_of(reading.doc, verb),
        words=grammar.trim(reading.doc[start : end + 1]),
        rule=f"meeting.verb.{entry.lemma}",
        confidence=0.8,
    )


def _from_noun(reading: Reading, noun: Token, implied: str | None) -> Iterator[_Contact]:
    verb = noun.head if noun.dep_ in grammar.OBJECTS and noun.head.pos_ == "VERB" else None
    light = verb is not None and verb.lemma_.lower() in contact_words().light
    between = [
        actor for other in grammar.oblique(noun, "between", "of", "among") for actor in reading.actors(other)
    ]
    withs = grammar.oblique(noun, "with") + (grammar.oblique(verb, "with") if light and verb is not None else [])
    second = [actor for other in withs for actor in reading.actors(other)]
    first: list[Actor] = []
    if light and verb is not None:
        subject = grammar.subject(verb)
        if subject is not None:
            first = list(reading.actors(subject))
    owners = [actor for owner in grammar.possessors(noun) for actor in reading.actors(owner)]
    sides = _unique((*first, *owners, *second)) if second else _unique((*first, *between))
    if not second and len(between) < 2 and not (light and len(first) > 1):
        return
    if second and not first and not owners:  # "the talks with X": the other side is the text's own
        own = [reading.actor(entity) for entity in reading.principals]
        sides = _unique((*own[:1], *second))
    head = verb if light and verb is not None else noun
    last = max([other.right_edge.i for other in withs] + [noun.right_edge.i if len(between) > 1 else noun.i])
    yield _Contact(
        anchor=head,
        sides=sides,
        format=_format(noun, withs) or implied,
        status=status_of(reading.doc, noun),
        words=grammar.trim(reading.doc[min(head.i, noun.left_edge.i) : last + 1]),
        rule=f"meeting.noun.{noun.lemma_.lower()}",
        confidence=0.7 if light else 0.5,
    )


def _from_discussion(reading: Reading, verb: Token) -> _Contact | None:
    """A readout that only says what "the two leaders discussed": that, too, tells of their meeting."""
    subject = grammar.subject(verb)
    sides = reading.actors(subject) if subject is not None else ()
    if len(sides) < 2 or subject is None:
        return None
    start = min(subject.left_edge.i, verb.i)
    return _Contact(
        verb, sides, "in_person", status_of(reading.doc, verb),
        grammar.trim(reading.doc[start : verb.right_edge.i + 1]), "meeting.discussed", 0.4,
    )  # fmt: skip


def _from_letter(reading: Reading, noun: Token) -> Iterator[_Contact]:
    verb = noun.head
    if noun.dep_ not in grammar.OBJECTS or verb.lemma_.lower() not in {
        "send",
        "address",
        "convey",
        "extend",
        "write",
    }:
        return
    subject = grammar.subject(verb)
    to = grammar.oblique(verb, "to") or grammar.oblique(noun, "to") or grammar.indirect_objects(verb)
    if subject is None or not to:
        return
    sides = _unique((*reading.actors(subject), *(actor for other in to for actor in reading.actors(other))))
    start = min(subject.left_edge.i, verb.i)
    end = max(other.right_edge.i for other in to)
    yield _Contact(
        verb,
        sides,
        "letter",
        status_of(reading.doc, verb),
        grammar.trim(reading.doc[start : end + 1]),
        "meeting.letter",
        0.6,
    )


def _format(token: Token, others: Iterable[Token]) -> str | None:
    """The format that words beside the verb or noun settle: "by phone", "a telephone conversation"."""
    formats = contact_words().formats
    end = min([other.left_edge.i for other in others if other.i > token.i], default=token.i + 6)
    window = token.doc[max(token.sent.start, token.i - 3) : min(end + 1, token.i + 7, token.sent.end)]
    for word in window:
        if word.lower_ in formats:
            return formats[word.lower_]
    tail = token.doc[token.i : token.sent.end]
    for word in tail:
        if word.lower_ in formats and word.i and word.doc[word.i - 1].lower_ in {"by", "via", "over", "the"}:
            return formats[word.lower_]
    return None


# --- merging --------------------------------------------------------------------------------------------------

_HAPPENED = frozenset({"done", "ongoing"})
_OFF = frozenset({"cancelled", "denied"})


def _stage(status: Status) -> int:
    return 0 if status in _HAPPENED else 2 if status in _OFF else 1


def _sides(actors: Iterable[Actor]) -> set[str]:
    return {actor.country or actor.name for actor in actors}


def _is_same(known: _Contact, other: _Contact) -> bool:
    """Whether two mentions tell of one contact: the same sides at the same stage."""
    if _stage(known.status) != _stage(other.status):
        return False
    one, two = {actor.key for actor in known.sides}, {actor.key for actor in other.sides}
    if two <= one:
        return True
    return _sides(other.sides) <= _sides(known.sides) and len(_sides(other.sides)) > 1


def _enrich(known: _Contact, other: _Contact) -> None:
    if known.format is None or (known.format == "in_person" and other.format in {"call", "video"}):
        known.format = other.format or known.format


def _unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    found: dict[tuple[str, str, str | None], Actor] = {}
    for actor in actors:
        found.setdefault(actor.key, actor)
    return tuple(found.values())
