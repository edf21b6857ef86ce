"""Where a text tells of a journey to a country: a verb ("travelled to"), a noun ("his visit to"), a delegation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.annotate.actors import state_name
from dragoman.extract.lasting import lasting
from dragoman.extract.modality import status_of
from dragoman.extract.parties import doer, mentions_from, parties, unique
from dragoman.extract.sentences import sentence_of
from dragoman.extract.when import When, when
from dragoman.extract.where import LONGEST, place_at, place_of
from dragoman.records import Actor, Place, Status
from dragoman.vocabulary import visit_kinds
from dragoman.vocabulary.kinds import VisitVerb

_TO = ("to", "in", "at")
_REACH = 14  # words from "visit" to the place it leads to
_JOINS = frozenset({",", ";", "and", "the", "then", "to", "&", "as", "well"})
_INVITING = frozenset({"invite", "ask", "urge", "encourage"})
_INVITED = frozenset({"invit", "ask", "urg"})  # without their endings, since the parse may call them adjectives
_LEADING = frozenset({"lead", "head", "send", "dispatch"})


@dataclass(slots=True)
class Journey:
    """A journey as one verb or noun tells it; anaphoric: it takes up one told before ("during his visit")."""

    visitor: Actor
    place: Place
    kind: str
    status: Status
    dated: When
    words: SpacySpan
    rule: str
    anaphoric: bool = False


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
    anaphoric: bool = False
    invited: bool = False


def journeys(reading: Reading) -> list[Journey]:
    """Every telling of a journey, in the order of the text."""
    found: list[Journey] = []
    for telling in _tellings(reading):
        dated = when(reading, telling.anchor, main_act=telling.status == "ongoing")
        if telling.invited and not _stands_after(telling.anchor, dated):
            dated = When()  # "said on Friday that she had invited him to visit X": of the invitation
        dated = lasting(telling.anchor, dated)
        published = reading.document.published
        status = telling.status
        if dated.date and dated.date_basis != "published":
            dated_status = status_of(reading.doc, telling.anchor, edtf=dated.date, published=published)
            status = telling.status if telling.invited else dated_status
        if _is_looked_forward_to(telling.anchor):
            status = "planned"
        for place in telling.places:
            for visitor in telling.visitors:
                if _travels(visitor) and visitor.country != place.country:
                    found.append(Journey(visitor, place, telling.kind, status, dated, telling.words, telling.rule))
                    found[-1].anaphoric = telling.anaphoric and dated.date is None
    return found


def _stands_after(verb: Token, dated: When) -> bool:
    return dated.date_text is not None and dated.date_text in verb.doc[verb.i : sentence_of(verb).end].text


def _is_looked_forward_to(verb: Token) -> bool:
    """ "looks forward to welcoming X": the parse may not see what governs the verb."""
    return bool(verb.i > 1 and verb.doc[verb.i - 2 : verb.i].text.lower() == "forward to")


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
    invited = _invited(reading, verb)
    guests = invited or ([subject] if subject is not None else [])
    if entry.hosts and not passive:
        guests = grammar.objects(verb) or _mention_after(reading, verb)
    visitors = unique(
        actor for guest in guests for actor in parties(reading, guest, of=verb if guest == subject else None)
    )
    places = _destinations(reading, verb, entry)
    if not visitors or not places:
        return
    start = (
        subject.left_edge.i
        if subject is not None and subject.i < verb.i and sentence_of(subject) == sentence_of(verb)
        else verb.i
    )
    words = grammar.trim(reading.doc[start : _end_of_places(reading, verb, places) + 1])
    rule = f"visit.verb.{verb.lemma_.lower()}"
    status = _not_yet(verb, status_of(reading.doc, verb)) if invited else status_of(reading.doc, verb)
    yield _Telling(verb, visitors, places, words, _kind_after(verb), rule, status, invited=bool(invited))


def _not_yet(verb: Token, status: Status) -> Status:
    """Who is invited has not come; who accepted plans to."""
    if status not in {"done", "ongoing", "planned"}:
        return status
    above = verb.head
    return (
        "planned" if above.lemma_.lower() == "invitation" and above.head.lemma_.lower() == "accept" else "proposed"
    )


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
        return _invited_before(reading, verb)
    if above.tag_ == "VBN" and grammar.is_passive(above):
        subject = grammar.own_subject(above)
        return [subject] if subject is not None else []
    own = grammar.own_subject(verb)
    return grammar.objects(above) or grammar.indirect_objects(above) or ([own] if own is not None else [])


def _invited_before(reading: Reading, verb: Token) -> list[Token]:
    """The guest named between "invited" and "to visit", whatever the parse makes of them."""
    if not verb.i or reading.doc[verb.i - 1].lower_ != "to":
        return []
    for mention in mentions_from(reading, sentence_of(verb).start, verb.i):
        if mention.end == verb.i - 1 and mention.start and mention.form in {"name", "post", "pronoun"}:
            before = reading.doc[mention.start - 1]
            if before.lower_ == "to" and before.i and before.nbor(-1).lower_ == "invitation":
                return [reading.doc[mention.root]]  # "her invitation to X to visit Y"
            if before.lower_.rstrip("sd").rstrip("e") in _INVITED:
                return [reading.doc[mention.root]]
    return []


def _destinations(reading: Reading, verb: Token, entry: VisitVerb) -> tuple[Place, ...]:
    """The places after the verb, in a list if there are several, one a country."""
    links = entry.links or (_TO if entry.hosts else ())
    for token in reading.doc[verb.i + 1 : sentence_of(verb).end]:
        if token.pos_ == "VERB" and token.tag_ in {"VB", "VBD", "VBZ", "VBP"} and not token.ent_type_:
            break
        starts = token.i + 1 if token.lower_ in links else token.i if not links else -1
        if starts < 0:
            continue
        found = _place_list(reading, starts, sentence_of(verb).end)
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
            place_at(doc, i, min(end, i + LONGEST + 1))
            if doc[i].lower_ in {"the"} or doc[i].text[:1].isupper()
            else None
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
    for token in reading.doc[verb.i : sentence_of(verb).end]:
        if token.text in names:
            last = int(token.i)
    return last


def _kind_after(verb: Token) -> str:
    """The kind in "arrived in X on an official visit"."""
    for _, noun in grammar.obliques(verb):
        if noun.lemma_.lower() in visit_kinds().nouns:
            return visit_kinds().kind(noun.doc[max(sentence_of(noun).start, noun.i - 4) : noun.i].text)
    return "unspecified"


# --- nouns ----------------------------------------------------------------------------------------------------


def _from_noun(reading: Reading, noun: Token) -> Iterator[_Telling]:
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else None
    invited = _invited(reading, verb) if verb is not None else []
    stands = _stands_in(reading, noun)
    owners = _owners(reading, noun, verb) if not stands else [noun.head]
    visitors = unique(actor for owner in owners for actor in parties(reading, owner))
    if stands:
        subject = grammar.subject(noun.head)
        visitors = parties(reading, subject) if subject is not None else ()
    places = stands or places_after(reading, noun) or _places(reading, _hosts(noun, owners, verb))
    if not visitors or not places:
        return
    kind = visit_kinds().kind(noun.doc[max(sentence_of(noun).start, noun.i - 4) : noun.i].text)
    words = _noun_words(noun, grammar.oblique(noun, *_TO))
    status: Status = "ongoing" if stands else status_of(reading.doc, noun)
    anaphoric = grammar.case_of(noun) in {"during", "on", "throughout"} and bool(grammar.possessors(noun))
    status = _not_yet(verb, status) if invited and verb is not None else status
    yield _Telling(noun, visitors, places, words, kind, "visit.noun", status, anaphoric, bool(invited))


def _hosts(noun: Token, owners: list[Token], verb: Token | None) -> list[Token]:
    """The heads of the places; the parse may hang "to Y" on the visitor or on the verb."""
    hosts = grammar.oblique(noun, *_TO) or [host for owner in owners for host in grammar.oblique(owner, *_TO)]
    if not hosts and verb is not None:
        hosts = [host for host in grammar.oblique(verb, *_TO) if host != noun]
    return hosts


def _stands_in(reading: Reading, noun: Token) -> tuple[Place, ...]:
    """The place in "X is in Paris on an official visit"."""
    head = noun.head
    present = any(child.dep_ == "cop" and child.lower_ in {"is", "are"} for child in head.children)
    if not present or grammar.case_of(noun) not in {"on", "for"}:
        return ()
    if head.lower_ in {"here", "country"}:  # where the text was written
        line = reading.document.dateline
        home = reading.home or (line.country if line else None)
        return (Place(name=state_name(home), country=home),) if home else ()
    place = place_of(reading, head)
    return (place,) if place is not None and place.country else ()


def places_after(reading: Reading, noun: Token) -> tuple[Place, ...]:
    """The places of "visit to X", "visit of the President to X", "visit this week to X"."""
    for token in reading.doc[noun.i + 1 : min(sentence_of(noun).end, noun.i + _REACH)]:
        if token.pos_ in {"VERB", "AUX"} and not token.ent_type_:
            break
        if token.lower_ == "to" or (token.i == noun.i + 1 and token.lower_ in _TO):
            found = _place_list(reading, token.i + 1, sentence_of(noun).end)
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
        if token.lower_ == "of" and token.nbor(-1).pos_ == "NOUN" and token.i > noun.i + 1:
            break  # "a visit to X on Monday, the office of Y said": of another noun
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
        (
            word
            for word in reversed(list(noun.doc[sentence_of(noun).start : noun.i]))
            if word.lemma_.lower() in nouns
        ),
        None,
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


def _from_delegation(reading: Reading, noun: Token) -> Iterator[_Telling]:
    """ "X leads a delegation to Y"."""
    verb = noun.head
    if noun.dep_ not in grammar.OBJECTS or verb.lemma_.lower() not in _LEADING:
        return
    subject = doer(reading, verb)
    places = places_after(reading, noun) or _places(
        reading, grammar.oblique(noun, *_TO) or grammar.oblique(verb, *_TO)
    )
    if subject is None or not places:
        return
    start = min(subject.left_edge.i, verb.i)
    words = grammar.trim(reading.doc[start : _end_of_places(reading, verb, places) + 1])
    status = status_of(reading.doc, verb)
    yield _Telling(verb, parties(reading, subject), places, words, "unspecified", "visit.delegation", status)
