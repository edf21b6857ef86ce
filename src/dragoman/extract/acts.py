"""Acts of force, pressure, help and defiance that no other record tells of, by the words of acts.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.act_words import Act, Code, act_words
from dragoman.extract.code import goldstein_of, quad_of
from dragoman.extract.modality import modality_of
from dragoman.extract.sides import Sides, possessors, side_keys
from dragoman.extract.when import when
from dragoman.records import AHEAD, OFF, Actor, Event, Plover, Record, Status
from dragoman.vocabulary import topics_of

__all__ = ["once", "tellings"]

Kind = Literal["verb", "noun"]

_LONG_PHRASE = 12  # tokens between a word and what follows its preposition
_CARRIED = grammar.OBJECTS | {"nsubj:pass", "nsubjpass", "obl", "nsubj", "obl:unmarked"}
_WILL = frozenset({"will", "shall", "'ll", "’ll"})


def once(told: Iterable[tuple[Event, bool]]) -> list[Event]:
    """One event a type and pair of sides, at its first mention; what is said anew each time counts anew."""
    found: dict[tuple[object, ...], Event] = {}
    for event, said in told:
        key: tuple[object, ...] = (event.plover.type, side_keys(event.source), side_keys(event.target))
        found.setdefault((*key, event.evidence[0].start) if said else key, event)
    return list(found.values())


def tellings(reading: Reading, records: Iterable[Record] = ()) -> Iterator[tuple[Event, bool]]:
    """Each act at each mention, and whether it is one that is said or done anew each time.

    records: what the other extractors found; their statements tell who speaks and whom he blames.
    """
    sides = Sides(reading, records)
    words = act_words()
    for token in reading.doc:
        if token.pos_ in {"VERB", "ADJ"}:
            lemma = _verb_lemma(token)
            if lemma in words.verbs:
                yield from _first(_from_verb(sides, token, act) for act in words.verbs[lemma])
                continue
        lemma = token.lemma_.lower()
        if token.pos_ in {"NOUN", "ADJ"} and lemma in words.nouns:
            yield from _first(_from_noun(sides, token, act) for act in words.nouns[lemma])


def _verb_lemma(token: Token) -> str:
    """The lemma of a verb, also where the parse takes its participle for an adjective ("imposed")."""
    lemma = str(token.lemma_.lower())
    if token.pos_ == "ADJ":
        if not lemma.endswith("ed"):
            return ""
        known = act_words()
        short = lemma[:-1]
        return short if short in known.verbs or short in known.light else lemma[:-2]
    return lemma


def _first(found: Iterable[tuple[Event, bool] | None]) -> Iterator[tuple[Event, bool]]:
    event = next((item for item in found if item is not None), None)
    if event is not None:
        yield event


# --- verbs ----------------------------------------------------------------------------------------------------


def _from_verb(sides: Sides, verb: Token, act: Act) -> tuple[Event, bool] | None:
    participle = verb.tag_ == "VBN" and verb.dep_ in {"amod", "acl"}
    passive = participle or grammar.is_passive(verb)
    objects = _objects(verb, passive=passive, participle=participle)
    if not _fits(act, verb, objects):
        return None
    status = _verb_status(sides.reading, verb, participle=participle)
    code = _code(act, status)
    if code is None or (status in AHEAD and not _vowed(verb)):
        return None
    if passive:
        sources = grammar.oblique(verb, "by")
        source = sides.sources(sources)
        if not source and (act.here or act.domestic):
            source = _likely_doer(sides, verb)
    else:
        subject = grammar.subject(verb)
        sources = [subject] if subject is not None else []
        source = sides.sources(sources)
    target, heads = _targets(sides, verb, act, objects)
    return _event(sides, verb, act, code, status, source, target, [*sources, *heads], kind="verb")


def _objects(verb: Token, *, passive: bool, participle: bool) -> list[Token]:
    if participle:
        return [verb.head]
    if passive:
        subject = grammar.own_subject(verb)
        if subject is None:
            return []
        if subject.lower_ in grammar.RELATIVE_PRONOUNS and verb.dep_ in grammar.RELATIVES:
            return [verb.head]
        return [subject]
    return grammar.objects(verb)


def _fits(act: Act, head: Token, objects: list[Token]) -> bool:
    """Whether the words that the act asks for stand there, and none that it shuts out."""
    if not act.needs and not act.excludes:
        return True
    if objects:
        near = {word.lemma_.lower() for item in objects for word in grammar.core_phrase(item)}
        near |= {one.lemma_.lower() for item in objects for one in grammar.conjuncts(item)}
        near |= {child.lemma_.lower() for child in head.children}
    else:
        near = {word.lemma_.lower() for word in head.subtree}
    return not (act.needs and not near & act.needs) and not near & act.excludes


def _verb_status(reading: Reading, verb: Token, *, participle: bool) -> Status:
    if participle:
        return "done"
    if any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children):
        governor = verb.head.lemma_.lower()
        if verb.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and governor in act_words().infinitives:
            above = modality_of(reading.doc, verb.head).status if verb.head.pos_ == "VERB" else "done"
            return above if above != "done" else act_words().infinitives[governor]
        found = modality_of(reading.doc, verb).status
        return found if found in OFF else "planned"
    return modality_of(reading.doc, verb).status


def _vowed(word: Token) -> bool:
    """Whether somebody says that the act will be done: "will impose", "commitment to impose"."""
    node = word
    for _ in range(4):
        if any(child.lower_ in _WILL and child.dep_ == "aux" for child in node.children):
            return True
        if node.lemma_.lower() in act_words().vows:
            return True
        if node.head == node:
            return False
        node = node.head
    return False


def _targets(sides: Sides, verb: Token, act: Act, objects: list[Token]) -> tuple[tuple[Actor, ...], list[Token]]:
    """The first place of the act's `to` that names an actor, and its words."""
    for place in act.to:
        if place == "object":
            heads = [*grammar.indirect_objects(verb), *objects]
            found = sides.sources(heads) if act.said else sides.targets(heads)
        elif place == "clause":
            heads = [noun for clause in grammar.complements(verb) for noun in _of_clause(clause)]
            found = sides.targets(heads)
        elif place == "whose":
            heads = objects
            found = sides.owners(objects)
        else:
            heads = [*grammar.oblique(verb, place), *(n for item in objects for n in _after(item, place))]
            heads = heads or _following(objects[0] if objects and objects[0].i > verb.i else verb, place)
            found = sides.targets(heads)
        if found:
            return found, heads
    return (), []


def _of_clause(verb: Token) -> list[Token]:
    """Whom a complement names: its objects and what follows its prepositions."""
    objects = grammar.objects(verb)
    inner = (noun for head in (verb, *objects) for _, noun in grammar.obliques(head))
    return [*grammar.indirect_objects(verb), *objects, *inner]


def _after(noun: Token, *prepositions: str) -> list[Token]:
    """What follows a preposition at a noun, also where the parse hangs it on an "of" ("war of choice against")."""
    heads = grammar.oblique(noun, *prepositions)
    for one in grammar.conjuncts(noun)[1:]:
        heads.extend(grammar.oblique(one, *prepositions))
    for inner in grammar.oblique(noun, "of", "by"):
        if "of" not in prepositions and "by" not in prepositions:
            heads.extend(grammar.oblique(inner, *prepositions))
    return heads


def _following(word: Token, *prepositions: str) -> list[Token]:
    """What follows a preposition after a word within its clause, wherever the parse hangs it."""
    doc = word.doc
    for place in range(word.i + 1, min(word.sent.end, word.i + _LONG_PHRASE)):
        near = doc[place]
        if near.pos_ in {"VERB", "AUX", "SCONJ"} or near.text in {",", ";", ":", "–", "—", "("}:
            return []
        if near.lower_ in prepositions and near.pos_ == "ADP":
            if near.dep_ == "case" and near.head.i > near.i:
                return [near.head]
            return [child for child in near.children if child.dep_ == "pobj"][:1]
    return []


# --- nouns ----------------------------------------------------------------------------------------------------


def _from_noun(sides: Sides, noun: Token, act: Act) -> tuple[Event, bool] | None:
    if noun.dep_ in {"compound", "amod"} or not _fits(act, noun, []):
        return None  # "the Vietnam War" is a name
    verb = _carrier(noun)
    status = _noun_status(sides.reading, noun, act, verb)
    code = _code(act, status)
    if code is None or (status in AHEAD and not _vowed(verb if verb is not None else noun)):
        return None
    first = _first_of(noun)
    sources = [*possessors(noun), *_after(noun, "by"), *(possessors(first) if first != noun else [])]
    sources = sources or _following(noun, "by")
    source = sides.sources(sources) or sides.named_by_modifier(noun) or sides.named_by_modifier(first)
    heads = _after(noun, *act.to) or _after(first, *act.to) or _following(noun, *act.to)
    target = sides.targets(heads)
    if verb is not None:
        if not source:
            subject = grammar.agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
            sources = [subject] if subject is not None and subject != noun else []
            source = sides.sources(sources)
        if not target:
            heads = [*grammar.oblique(verb, *act.to), *grammar.indirect_objects(verb)]
            target = sides.targets(heads)
    if not source and (act.here or act.domestic):
        source = sides.place(first) or _likely_doer(sides, noun)
    return _event(sides, noun, act, code, status, source, target, [*sources, *heads], kind="noun")


def _likely_doer(sides: Sides, head: Token) -> tuple[Actor, ...]:
    """Who coerces where nobody is said to: the state where it happens, whom the speaker blames, or named last."""
    found = sides.place(head) or sides.blamed(head)
    if found:
        return found
    code = sides.foreign_before(head)
    return (sides.reading.actor(sides.reading.state(code)),) if code else ()


def _first_of(noun: Token) -> Token:
    """The first of coordinated nouns: in "Iran's arrests and detentions" they share their owner."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun


def _carrier(noun: Token) -> Token | None:
    """The light verb that a noun depends on: "imposed sanctions", "is under attack"."""
    verb = noun.head
    while verb.pos_ in {"NOUN", "PROPN"} and noun.dep_ == "conj":
        noun, verb = verb, verb.head
    for child in noun.children:
        if child.dep_ in grammar.RELATIVES and child.lemma_.lower() in act_words().light:
            return child
    if noun.dep_ not in _CARRIED or verb.pos_ not in {"VERB", "AUX", "ADJ"}:
        return None
    if _verb_lemma(verb) not in act_words().light:
        return None
    return verb


def _noun_status(reading: Reading, noun: Token, act: Act, carrier: Token | None) -> Status:
    if any(word.lower_ in act_words().unreal for word in noun.lefts):
        return "proposed"
    if act.goes_on:
        return "ongoing"
    if carrier is not None and carrier.head != noun:
        return _verb_status(reading, carrier, participle=False)
    return modality_of(reading.doc, noun).status


# --- events ---------------------------------------------------------------------------------------------------


def _code(act: Act, status: Status) -> Code | None:
    """The code of an act of this status; None where it is no event."""
    if status in OFF:
        return None
    if status in AHEAD:
        return act.code if act.only_ahead else act.ahead
    return None if act.only_ahead else act.code


def _event(
    sides: Sides,
    head: Token,
    act: Act,
    code: Code,
    status: Status,
    source: tuple[Actor, ...],
    target: tuple[Actor, ...],
    words: list[Token],
    *,
    kind: Kind,
) -> tuple[Event, bool] | None:
    if source and not target and act.near:
        target = sides.nearest_state(head, source)
        if not target and act.goes_on:
            target = sides.nearest_state(head, source, far=True)
    if act.goes_on and code.plover == "ASSAULT":
        source = _waging(sides, source, target)
    target = _settled(sides, act, head, source, target)
    if not source or not (target or act.bare):
        return None
    reading = sides.reading
    sentence = head.sent
    inside = [word for word in words if sentence.start <= word.i < sentence.end]
    start = min([head.left_edge.i if kind == "noun" else head.i, *(item.left_edge.i for item in inside)])
    end = max([head.i, *(item.right_edge.i for item in inside)])
    dated = when(reading, head)
    event = Event(
        doc_id=reading.document.id,
        evidence=(reading.span(grammar.trim(reading.doc[start : end + 1])),),
        rule=f"event.{kind}.{act.lemma}",
        confidence=act_words().shares[code.plover],
        date=dated.date,
        date_text=dated.date_text,
        date_basis=dated.date_basis,
        topics=topics_of(sentence.text),
        source=source,
        target=target,
        plover=Plover(type=code.plover, mode=code.mode),
        cameo=code.cameo,
        quad=quad_of(code.plover),
        goldstein=goldstein_of(code.plover, code.cameo),
        status="done" if status in AHEAD else status,
    )
    return event, act.said


def _waging(sides: Sides, source: tuple[Actor, ...], target: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """A war is a state's: of a leader whom the text ties to no state, or wrongly to the publisher's, his own."""
    home = sides.reading.home
    return tuple(
        replace(actor, country=state.country)
        if actor.kind == "person" and actor.country in {None, home} and (state := _first_actor(sides, target))
        else actor
        for actor in source
    )


def _first_actor(sides: Sides, target: tuple[Actor, ...]) -> Actor | None:
    return next(iter(sides.waging(target)), None)


def _settled(
    sides: Sides, act: Act, head: Token, source: tuple[Actor, ...], target: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """The targets without the doers; people of no named state are whose the act makes likely.

    Of a domestic act they are the doer's own; of a sanction they are of the state that the text named last.
    """
    taken = {actor.key for actor in source}
    countries = {actor.country for actor in source if actor.kind == "state"} - {None}
    kept = [
        actor
        for actor in target
        if actor.key not in taken and not (actor.kind == "state" and actor.country in countries)
    ]
    owner = next((actor.country for actor in source if actor.country), None) if act.domestic else None
    if act.code.plover == "SANCTION":
        owner = sides.foreign_before(head)
    if owner is None:
        return tuple(kept)
    return tuple(replace(a, country=owner) if a.kind == "group" and a.country is None else a for a in kept)
