"""Where a text tells of a journey to a country: a verb ("travelled to"), a noun ("his visit to"), a delegation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.modality import status_of
from dragoman.extract.parties import doer, parties, unique
from dragoman.extract.when import When, when
from dragoman.extract.where import place_at, place_of
from dragoman.records import Actor, Place, Status
from dragoman.vocabulary import visit_kinds
from dragoman.vocabulary.kinds import VisitVerb

_TO = ("to", "in", "at")
_REACH = 14  # words from "visit" to the place it leads to
_JOINS = frozenset({",", ";", "and", "the", "then", "to", "&", "as", "well"})
_INVITING = frozenset({"invite", "ask", "urge", "encourage"})
_MEMBER = re.compile(r"^\s*(?:The Honorable|Mr\.|Mrs\.|Ms\.|Dr\.)\s", re.MULTILINE)
_LEADING = frozenset({"lead", "head", "send", "dispatch"})
_WELCOMING = frozenset({"welcome", "host", "receive"})
_MOVING = frozenset({"accompany", "join"})


@dataclass(slots=True)
class Journey:
    """A journey as one verb or noun tells it."""

    visitor: Actor
    place: Place
    kind: str
    status: Status
    dated: When
    words: SpacySpan
    rule: str


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a verb or noun tells of one or more journeys."""

    anchor: Token
    visitors: tuple[Actor, ...]
    places: tuple[Place, ...]
    words: SpacySpan
    kind: str
    rule: str
    status: Status


def journeys(reading: Reading) -> list[Journey]:
    """Every telling of a journey, in the order of the text; companions after those whom they accompany."""
    found: list[Journey] = []
    for telling in _tellings(reading):
        dated = when(reading, telling.anchor, main_act=telling.status == "ongoing")
        published = reading.document.published
        status = telling.status
        if dated.date and dated.date_basis != "published":
            status = status_of(reading.doc, telling.anchor, edtf=dated.date, published=published)
        for place in telling.places:
            for visitor in telling.visitors:
                if _travels(visitor) and visitor.country != place.country:
                    found.append(Journey(visitor, place, telling.kind, status, dated, telling.words, telling.rule))
    return [*found, *_companions(reading, found), *_delegations(reading)]


def _travels(actor: Actor) -> bool:
    """A person or body, or a group of a known state; a state goes nowhere unless its office-holder is meant."""
    if actor.kind == "group":
        return actor.country is not None and "civilian" not in actor.name.lower()
    return actor.kind != "state" or actor.office is not None


def _tellings(reading: Reading) -> Iterator[_Telling]:
    kinds = visit_kinds()
    for token in reading.doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            verb = kinds.verbs.get(lemma)
            if verb is not None and verb.noun is None:
                yield from _from_verb(reading, token, verb)
        elif token.lower_ == "welcoming":  # "looks forward to welcoming X": often read as an adjective
            yield from _from_verb(reading, token, kinds.verbs["welcome"])
        elif token.pos_ in {"NOUN", "PROPN"}:
            if lemma in kinds.nouns:
                yield from _from_noun(reading, token)
            elif lemma == "delegation":
                yield from _from_delegation(reading, token)


# --- verbs ----------------------------------------------------------------------------------------------------


def _from_verb(reading: Reading, verb: Token, entry: VisitVerb) -> Iterator[_Telling]:
    """ "X travelled to Y"; with a host as subject, "Y's minister welcomed X to Z"."""
    passive = grammar.is_passive(verb)
    if passive and not entry.hosts:
        return
    subject = doer(reading, verb)
    guests = _invited(reading, verb) or ([subject] if subject is not None else [])
    if entry.hosts and not passive:
        guests = grammar.objects(verb) or _mention_after(reading, verb)
    visitors = unique(actor for guest in guests for actor in parties(reading, guest))
    places = _destinations(reading, verb, entry)
    if not visitors or not places:
        return
    start = (
        subject.left_edge.i if subject is not None and subject.i < verb.i and subject.sent == verb.sent else verb.i
    )
    words = grammar.trim(reading.doc[start : _end_of_places(reading, verb, places) + 1])
    rule = f"visit.verb.{verb.lemma_.lower()}"
    yield _Telling(verb, visitors, places, words, _kind_after(verb), rule, status_of(reading.doc, verb))


def _invited(reading: Reading, verb: Token) -> list[Token]:
    """ "X invited Y to visit Z", "Y accepted an invitation to visit Z": Y is to go."""
    above = verb.head
    if above.lemma_.lower() == "invitation":
        carrier = above.head
        if carrier.lemma_.lower() == "accept":
            subject = doer(reading, carrier)
            return [subject] if subject is not None else []
        return grammar.oblique(carrier, "to") or grammar.oblique(above, "to", "for")
    if above.lemma_.lower() not in _INVITING:
        return []
    if above.tag_ == "VBN" and grammar.is_passive(above):
        subject = grammar.own_subject(above)
        return [subject] if subject is not None else []
    own = grammar.own_subject(verb)
    return grammar.objects(above) or grammar.indirect_objects(above) or ([own] if own is not None else [])


def _destinations(reading: Reading, verb: Token, entry: VisitVerb) -> tuple[Place, ...]:
    """The places after the verb, in a list if there are several, one a country."""
    links = entry.links or (_TO if entry.hosts else ())
    for token in reading.doc[verb.i + 1 : verb.sent.end]:
        if token.pos_ == "VERB" and token.tag_ in {"VB", "VBD", "VBZ", "VBP"} and not token.ent_type_:
            break
        starts = token.i + 1 if token.lower_ in links else token.i if not links else -1
        if starts < 0:
            continue
        found = _place_list(reading, starts, verb.sent.end)
        if found:
            return found
        if not links and token.pos_ in {"NOUN", "ADP", "VERB"} and token.lower_ != "of":
            break
    hosts = grammar.oblique(verb, *links) if links else grammar.objects(verb)
    return _places(reading, hosts)


def _place_list(reading: Reading, start: int, end: int) -> tuple[Place, ...]:
    """Places that follow one another: "Israel, the Netherlands, and the United Kingdom"."""
    doc, i = reading.doc, start
    found: dict[str, Place] = {}
    while i < end:
        place = (
            place_at(doc, i, min(end, i + 4)) if doc[i].lower_ in {"the"} or doc[i].text[:1].isupper() else None
        )
        if place is not None and place.country:
            i = _after(reading, i, place)
            found.setdefault(place.country, place)
        elif found and doc[i].lower_ in _JOINS:
            i += 1
        else:
            break
    return tuple(found.values())


def _after(reading: Reading, i: int, place: Place) -> int:
    """The token after a place's name; its state after a comma belongs to it."""
    length = len(place.name.split())
    words = 0
    while i < len(reading.doc) and words < length:
        if reading.doc[i].lower_ != "the":
            words += 1
        while i + 1 < len(reading.doc) and not reading.doc[i].whitespace_ and not reading.doc[i + 1].is_punct:
            i += 1
        i += 1
    return i


def _end_of_places(reading: Reading, verb: Token, places: Iterable[Place]) -> int:
    last = int(verb.i)
    names = {place.name.split()[-1] for place in places}
    for token in reading.doc[verb.i : verb.sent.end]:
        if token.text in names:
            last = int(token.i)
    return last


def _kind_after(verb: Token) -> str:
    """The kind in "arrived in X on an official visit"."""
    for _, noun in grammar.obliques(verb):
        if noun.lemma_.lower() in visit_kinds().nouns:
            return visit_kinds().kind(noun.doc[max(noun.sent.start, noun.i - 4) : noun.i].text)
    return "unspecified"


# --- nouns ----------------------------------------------------------------------------------------------------


def _from_noun(reading: Reading, noun: Token) -> Iterator[_Telling]:
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else None
    owners = _owners(reading, noun, verb)
    visitors = unique(actor for owner in owners for actor in parties(reading, owner))
    hosts = grammar.oblique(noun, *_TO)
    if not hosts:  # the parse may hang "to Y" on the visitor or on the verb
        hosts = [host for owner in owners for host in grammar.oblique(owner, *_TO)]
    if not hosts and verb is not None:
        hosts = [host for host in grammar.oblique(verb, *_TO) if host != noun]
    places = _after_noun(reading, noun) or _places(reading, hosts)
    if not visitors or not places:
        return
    kind = visit_kinds().kind(noun.doc[max(noun.sent.start, noun.i - 4) : noun.i].text)
    words = _noun_words(noun, hosts)
    yield _Telling(noun, visitors, places, words, kind, "visit.noun", status_of(reading.doc, noun))


def _after_noun(reading: Reading, noun: Token) -> tuple[Place, ...]:
    """The places of "visit to X", "visit of the President to X", "visit this week to X"."""
    for token in reading.doc[noun.i + 1 : min(noun.sent.end, noun.i + _REACH)]:
        if token.pos_ in {"VERB", "AUX"} and not token.ent_type_:
            break
        if token.lower_ == "to" or (token.i == noun.i + 1 and token.lower_ in _TO):
            found = _place_list(reading, token.i + 1, noun.sent.end)
            if found:
                return found
    return ()


def _mention_after(reading: Reading, token: Token) -> list[Token]:
    """The head of the name that follows at once, whatever the parse makes of it."""
    if token.i + 1 >= len(reading.doc):
        return []
    mention = reading.mention(reading.doc[token.i + 1])
    named = mention is not None and mention.form in {"name", "post"}
    return [reading.doc[mention.root]] if named and mention is not None else []


def _owner_after(reading: Reading, noun: Token) -> list[Token]:
    """ "a visit to X by Y": the parse may end the sentence before Y."""
    for token in reading.doc[noun.i + 1 : noun.i + _REACH]:
        if token.pos_ in {"VERB", "AUX"} or token.text == ".":
            break
        if token.lower_ in {"by", "of"}:
            return _mention_after(reading, token) or (
                _mention_after(reading, token.nbor()) if token.i + 1 < len(reading.doc) else []
            )
    return []


def _owners(reading: Reading, noun: Token, verb: Token | None) -> list[Token]:
    """Whose visit it is: "his visit", "the visit of X", "X paid a visit", "X is here on a visit"."""
    owners = grammar.possessors(noun) or grammar.oblique(noun, "of", "by")
    if not owners and noun.i + 1 < len(reading.doc):
        owners = _owner_after(reading, noun)
    if not owners and verb is not None:
        invited = _invited(reading, verb)
        subject = doer(reading, verb)
        owners = invited or ([subject] if subject is not None and subject != noun else [])
    before = _visit_before(noun)
    if before is not None and not grammar.possessors(noun) and noun.dep_ == "conj":
        return _owners(reading, before, None)  # "his state visit to X and working visit to Y"
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


def _places(reading: Reading, heads: list[Token]) -> tuple[Place, ...]:
    """Each place of a known country among the hosts and what is coordinated with them, one a country."""
    found: dict[str, Place] = {}
    for head in heads:
        for noun in _spread(head):
            place = place_of(reading, noun)
            if place is not None and place.country:
                found.setdefault(place.country, place)
    return tuple(found.values())


def _spread(head: Token) -> list[Token]:
    nouns = grammar.conjuncts(head)
    for noun in nouns:  # grows: appositions, and cities whose state follows a comma
        nouns.extend(
            c for c in noun.children if c.dep_ in {"appos", "list", "conj", "flat", "dep"} and c not in nouns
        )
    return nouns


# --- companions and delegations -------------------------------------------------------------------------------


def _from_delegation(reading: Reading, noun: Token) -> Iterator[_Telling]:
    """ "X leads a delegation to Y"."""
    verb = noun.head
    if noun.dep_ not in grammar.OBJECTS or verb.lemma_.lower() not in _LEADING:
        return
    subject = doer(reading, verb)
    places = _after_noun(reading, noun) or _places(
        reading, grammar.oblique(noun, *_TO) or grammar.oblique(verb, *_TO)
    )
    if subject is None or not places:
        return
    start = min(subject.left_edge.i, verb.i)
    words = grammar.trim(reading.doc[start : _end_of_places(reading, verb, places) + 1])
    status = status_of(reading.doc, verb)
    yield _Telling(verb, parties(reading, subject), places, words, "unspecified", "visit.delegation", status)


def _companions(reading: Reading, found: list[Journey]) -> Iterator[Journey]:
    """ "Y will accompany X on the trip", "members of the delegation include Y": Y makes X's journeys too."""
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
    for token in verb.sent:
        if token.lower_ in _TO:
            place = place_at(reading.doc, token.i + 1, verb.sent.end)
            if place is not None and place.country:
                found.add(place.country)
    return found


def _is_delegation(noun: Token | None) -> bool:
    if noun is None:
        return False
    return any(token.lemma_.lower() == "delegation" for token in noun.subtree)


def _delegations(reading: Reading) -> Iterator[Journey]:
    """A delegation named with its country, and its members in a list, a line each."""
    lines = [(match.end(), _line_end(reading, match.end())) for match in _MEMBER.finditer(reading.document.text)]
    named = [token for token in reading.doc if token.text == "Delegation"] if lines else []
    noun = next((token for token in named if _after_noun(reading, token)), None)
    if noun is None:
        return
    words = grammar.trim(reading.doc[noun.left_edge.i : noun.sent.end])
    dated = _last_time(reading, noun)
    for mention in reading.mentions:
        entity = mention.entity
        if entity is None or mention.form != "name" or entity.kind != "person":
            continue
        start = reading.doc[mention.name_start].idx
        if any(first <= start <= last for first, last in lines):
            visitor = replace(reading.actor(entity, mention), country=entity.country or reading.home)
            for place in _after_noun(reading, noun):
                yield Journey(visitor, place, "unspecified", "planned", dated, words, "visit.members")


def _line_end(reading: Reading, start: int) -> int:
    end = reading.document.text.find("\n", start)
    return end if end >= 0 else len(reading.document.text)


def _last_time(reading: Reading, noun: Token) -> When:
    """The date of what a delegation is to attend: the last of its sentence ("today announced …, on 6 August")."""
    last = None
    for time in reading.times:
        if noun.idx < time.start < noun.sent.end_char and time.edtf and time.kind in {"date", "interval"}:
            last = time
    if last is None:
        return When()
    return When(last.edtf, last.text, "relative" if last.basis == "relative" else "text")
