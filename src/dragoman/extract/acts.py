"""Acts of force, pressure, help and defiance that no other record tells of, by the words of acts.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.code import goldstein_of, quad_of
from dragoman.extract.contact_words import load_yaml
from dragoman.extract.modality import status_of
from dragoman.extract.when import when
from dragoman.records import Actor, Event, Plover
from dragoman.vocabulary import topics_of

_CONFIDENCE = {"verb": 0.5, "noun": 0.5}


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of acts.yaml, where the fields are explained."""

    plover: str
    mode: str | None
    cameo: str | None
    to: tuple[str, ...]
    needs: frozenset[str]
    bare: bool
    of_object: bool
    example: str
    counter: str | None


@dataclass(frozen=True, slots=True)
class ActWords:
    """All acts: by verb and by noun, and the verbs that only carry a noun."""

    verbs: dict[str, Act]
    nouns: dict[str, Act]
    light: frozenset[str]


@cache
def act_words() -> ActWords:
    """The entries of acts.yaml."""
    raw = load_yaml("acts.yaml")
    return ActWords(
        {lemma: _act(entry) for lemma, entry in raw["verbs"].items()},
        {lemma: _act(entry) for lemma, entry in raw["nouns"].items()},
        frozenset(raw["light"]),
    )


def _act(entry: dict[str, Any]) -> Act:
    return Act(
        plover=entry["plover"],
        mode=entry.get("mode"),
        cameo=entry["cameo"],
        to=tuple(entry["to"]),
        needs=frozenset(entry.get("needs", ())),
        bare=bool(entry.get("bare")),
        of_object=bool(entry.get("of_object")),
        example=entry["example"],
        counter=entry.get("counter"),
    )


def acts(reading: Reading) -> list[Event]:
    """The acts of a document: one event a type and pair of sides, at its first mention."""
    found: dict[tuple[str, frozenset[str], frozenset[str]], Event] = {}
    for event in _all(reading):
        key = (event.plover.type, _sides(event.source), _sides(event.target))
        found.setdefault(key, event)
    return list(found.values())


def _sides(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(actor.country or actor.name for actor in actors)


def _all(reading: Reading) -> Iterator[Event]:
    words = act_words()
    for token in reading.doc:
        if token.pos_ == "VERB":
            act = words.verbs.get(token.lemma_.lower())
            if act is not None:
                yield from _from_verb(reading, token, act)
        elif token.pos_ in {"NOUN", "PROPN"}:
            act = words.nouns.get(token.lemma_.lower())
            if act is not None:
                yield from _from_noun(reading, token, act)


def _from_verb(reading: Reading, verb: Token, act: Act) -> Iterator[Event]:
    objects = grammar.objects(verb)
    if act.needs and not any(word.lemma_.lower() in act.needs for item in objects for word in item.subtree):
        return
    subject = grammar.own_subject(verb) if grammar.is_passive(verb) else grammar.subject(verb)
    if grammar.is_passive(verb):
        agent = grammar.agent(verb)
        sources = [agent] if agent is not None else []
        targets = [subject] if subject is not None else []
    else:
        sources = [subject] if subject is not None else []
        targets = grammar.oblique(verb, *act.to) if act.to else objects
    if act.of_object:
        targets = [
            noun for item in objects for noun in (*grammar.possessors(item), *grammar.oblique(item, "of", "by"))
        ]
    yield from _event(reading, verb, act, sources, targets, kind="verb")


def _from_noun(reading: Reading, noun: Token, act: Act) -> Iterator[Event]:
    if act.needs and not any(word.lemma_.lower() in act.needs for word in noun.subtree):
        return
    verb = (
        noun.head
        if noun.head.pos_ == "VERB" and noun.dep_ in (*grammar.OBJECTS, "nsubj:pass", "nsubjpass")
        else None
    )
    sources = [*grammar.possessors(noun), *grammar.oblique(noun, "by"), *_naming(reading, noun)]
    targets = grammar.oblique(noun, *act.to)
    if verb is not None and verb.lemma_.lower() in act_words().light:
        if not sources:
            subject = grammar.agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
            sources = [subject] if subject is not None else []
        targets = targets or grammar.oblique(verb, *act.to) or grammar.indirect_objects(verb)
    yield from _event(reading, noun, act, sources, targets, kind="noun")


def _naming(reading: Reading, noun: Token) -> list[Token]:
    """Modifiers that name the source: "the Russian attack", "Houthi offensive"."""
    named = []
    for word in grammar.modifiers(noun):
        mention = reading.mention(word)
        if mention is not None and mention.form in {"demonym", "state", "organization"} and mention.entities:
            named.append(word)
    return named


def _actors(reading: Reading, heads: list[Token]) -> tuple[Actor, ...]:
    found: dict[tuple[str, str, str | None], Actor] = {}
    for head in heads:
        for actor in reading.actors(head) or _by_name(reading, head):
            found.setdefault(actor.key, actor)
    return tuple(found.values())


def _by_name(reading: Reading, head: Token) -> tuple[Actor, ...]:
    """An act on a state's town, people or border is an act on the state."""
    for word in head.subtree:
        mention = reading.mention(word)
        if mention is not None and mention.entity is not None and mention.form in {"demonym", "state", "capital"}:
            return (reading.actor(mention.entity, mention),)
    return ()


def _event(
    reading: Reading, head: Token, act: Act, sources: list[Token], targets: list[Token], *, kind: str
) -> Iterator[Event]:
    status = status_of(reading.doc, head)
    if status in {"denied", "cancelled"}:
        return
    source, target = _actors(reading, sources), _actors(reading, targets)
    target = tuple(actor for actor in target if actor.key not in {s.key for s in source})
    if not source or not (target or act.bare):
        return
    start = min([head.left_edge.i if kind == "noun" else head.i, *(item.left_edge.i for item in sources)])
    end = max([head.i, *(item.right_edge.i for item in targets)])
    dated = when(reading, head)
    evidence = reading.span(grammar.trim(reading.doc[start : end + 1]))
    yield Event(
        doc_id=reading.document.id,
        evidence=(evidence,),
        rule=f"event.{kind}.{head.lemma_.lower()}",
        confidence=_CONFIDENCE[kind],
        date=dated.date,
        date_text=dated.date_text,
        date_basis=dated.date_basis,
        topics=topics_of(head.sent.text),
        source=source,
        target=target,
        plover=Plover(type=act.plover, mode=act.mode),
        cameo=act.cameo,
        quad=quad_of(act.plover),
        goldstein=goldstein_of(act.plover, act.cameo),
        status=status,
    )
