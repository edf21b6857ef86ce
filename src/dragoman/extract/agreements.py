"""Agreements: instruments between sides, named or described, and how far each has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.modality import status_of
from dragoman.extract.when import When, when
from dragoman.records import Actor, Agreement, Status
from dragoman.vocabulary import accord_kinds, topics_of

_ARTICLES = frozenset(
    "the a an this that these those their our its his her such any new recent another several some".split()
)
_MAX_TITLE = 30  # words; a longer "title" is a mistaken parse
# nouns that name an accord only when they are capitalised or a side signs or adopts them
_WEAK = frozenset({"other", "programme", "contract"})
_MADE = frozenset({"signed", "adopted", "ratified", "in_force", "implementing", "terminated"})
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
_STOP = frozenset("the a an of on in to for and between with by at from as its their".split())


@dataclass(slots=True)
class _Accord:
    """An instrument as one mention tells of it."""

    title: str
    kind: str
    parties: tuple[Actor, ...]
    step: str
    status: Status
    dated: When
    words: SpacySpan
    rule: str
    confidence: float


def agreements(reading: Reading) -> list[Agreement]:
    """The agreements of a document, each once, in the order of their first mention."""
    merged: list[_Accord] = []
    for accord in _accords(reading):
        same = next((known for known in merged if _is_same(known, accord)), None)
        if same is None:
            merged.append(accord)
        else:
            _enrich(same, accord)
    return [_record(reading, accord) for accord in merged]


def _record(reading: Reading, accord: _Accord) -> Agreement:
    return Agreement(
        doc_id=reading.document.id,
        evidence=(reading.span(accord.words),),
        rule=accord.rule,
        confidence=accord.confidence,
        date=accord.dated.date,
        date_text=accord.dated.date_text,
        date_basis=accord.dated.date_basis,
        topics=topics_of(accord.words.text),
        title=accord.title,
        kind=accord.kind,
        parties=accord.parties,
        status=accord.status,
        step=accord.step,
    )


@cache
def _head_words() -> frozenset[str]:
    """Single nouns that can head an accord's name; of a longer phrase the last word before what it is about."""
    return frozenset(
        re.split(r" (?:of|on|between|for|with) ", words)[0].split()[-1] for words in accord_kinds().words
    )


@cache
def _named() -> re.Pattern[str]:
    names = sorted(accord_kinds().named, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")


def _accords(reading: Reading) -> Iterator[_Accord]:
    named_at: set[int] = set()
    for match in _named().finditer(reading.document.text):
        words = reading.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if words is not None and not named_at & set(range(words.start, words.end)):
            named_at.update(range(words.start, words.end))
            yield _from_name(words, match[0])
    heads = _head_words()
    for token in reading.doc:
        if token.i in named_at or token.pos_ not in {"NOUN", "PROPN"} or token.lower_ not in heads:
            continue
        if token.dep_ in {"compound", "nmod:desc"}:
            continue
        accord = _from_noun(reading, token)
        if accord is not None:
            yield accord


def _from_name(words: SpacySpan, name: str) -> _Accord:
    head = words.root
    step = _step(head, words.sent) or "mentioned"
    return _Accord(
        name,
        accord_kinds().named[name].kind,
        (),
        step,
        "done",
        When(),
        words,
        "agreement.named",
        0.6,
    )


def _from_noun(reading: Reading, noun: Token) -> _Accord | None:
    core = grammar.core_phrase(noun)
    title = _title(core)
    kind = accord_kinds().kind(title)
    if kind is None or not title or len(title.split()) > _MAX_TITLE:
        return None
    step = _step(noun, core)
    proper = noun.text[:1].isupper() and not noun.is_sent_start and len(title.split()) > 1
    parties = _parties(reading, noun, core)
    if not proper and not (step in _MADE | {"negotiating", "to_be_signed"} and (parties or step != "adopted")):
        return None
    if kind in _WEAK and not (proper and len(parties) > 1) and step not in {"signed", "ratified", "to_be_signed"}:
        return None
    if kind == "joint_statement" and not (len(parties) > 1 or step in {"signed", "adopted"} or "oint" in title):
        return None
    if not parties and step in {"signed", "to_be_signed", "negotiating", "implementing", "adopted"}:
        parties = tuple(reading.actor(entity) for entity in reading.principal_states)
    verb = grammar.clause_verb(noun)
    dated = _dated(reading, noun, verb, title, step)
    status = _status(reading, noun, step)
    return _Accord(
        title,
        kind,
        parties,
        step or "mentioned",
        status,
        dated,
        grammar.phrase(noun),
        "agreement.proper" if proper else "agreement.described",
        0.6 if proper else 0.5,
    )


def _title(core: SpacySpan) -> str:
    words = [token for token in core if not token.is_space]
    while words and (words[0].lower_ in _ARTICLES or words[0].is_punct):
        words = words[1:]
    if not words:
        return ""
    return " ".join(core.doc[words[0].i : words[-1].i + 1].text.split())


def _step(noun: Token, core: SpacySpan) -> str | None:
    """How far it has come: by the verb over it or beside it, or by a phrase around it."""
    verbs = accord_kinds().verbs
    for child in noun.children:  # "agreements reached during the visit", "treaties ratified by"
        if child.dep_ in {"acl", "acl:relcl", "relcl"} and child.lemma_.lower() in verbs:
            return _ahead(child, verbs[child.lemma_.lower()])
    before = noun.doc[max(noun.sent.start, core.start - 4) : core.start].text
    node = noun
    for _ in range(3):  # through coordination and "a number of documents"
        node = node.head
        lemma = node.lemma_.lower()
        if node.pos_ == "VERB" and lemma in verbs:
            return _ahead(node, verbs[lemma])
        if node.pos_ in {"VERB", "AUX"} or node.head == node:
            break
    return accord_kinds().step(before)


def _ahead(verb: Token, step: str) -> str:
    """A signing still to come is no signing."""
    if step in {"signed", "adopted"} and status_of(verb.doc, verb) in {"planned", "proposed", "postponed"}:
        return "to_be_signed"
    return step


def _status(reading: Reading, noun: Token, step: str | None) -> Status:
    if step == "to_be_signed":
        return "planned"
    if step == "negotiating":
        return "ongoing"
    if step in _MADE:
        return "done"
    status = status_of(reading.doc, noun)
    return status if status in {"cancelled", "denied", "proposed"} else "done"


def _parties(reading: Reading, noun: Token, core: SpacySpan) -> tuple[Actor, ...]:
    between = [actor for other in grammar.oblique(noun, "between", "among") for actor in reading.actors(other)]
    if len(between) > 1:
        return tuple(between)
    inside: dict[str, Actor] = {}
    for mention in reading.mentions:
        if mention.start >= core.end:
            break
        if mention.start >= core.start and mention.form in {"state", "demonym", "organization"} and mention.entity:
            inside.setdefault(mention.entity.name, reading.actor(mention.entity, mention))
    if len(inside) > 1:
        return tuple(inside.values())
    verb = noun.head if noun.head.pos_ == "VERB" else None
    if verb is not None and accord_kinds().verbs.get(verb.lemma_.lower()) in {"signed", "adopted", "ratified"}:
        subject = grammar.agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
        if subject is not None and subject != noun:
            return _states_of(reading, reading.actors(subject)) or tuple(inside.values())
    return tuple(inside.values())


def _states_of(reading: Reading, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Who signs for a state binds the state."""
    found: dict[str, Actor] = {}
    for actor in actors:
        if actor.country:
            state = reading.state(actor.country)
            found.setdefault(actor.country, reading.actor(state))
        else:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def _dated(reading: Reading, noun: Token, verb: Token | None, title: str, step: str | None) -> When:
    year = _YEAR.search(title)
    if year is not None:
        return When(year[1], year[1], "text")
    if step in {"signed", "adopted", "ratified", "to_be_signed"}:
        dated = when(reading, noun)
        if dated.date is None and verb is not None:
            dated = when(reading, verb, main_act=step in {"signed", "adopted"})
        return dated
    return When()


def _content(title: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", title.casefold()) if word not in _STOP)


def _is_same(known: _Accord, other: _Accord) -> bool:
    """Whether two mentions name one instrument: the shorter title's words stand in the longer."""
    one, two = _content(known.title), _content(other.title)
    if not one or not two:
        return False
    shared = len(one & two) / min(len(one), len(two))
    return shared >= 0.8 and (known.kind == other.kind or shared == 1.0)


def _enrich(known: _Accord, other: _Accord) -> None:
    if known.step == "mentioned" and other.step != "mentioned":
        known.step, known.status = other.step, other.status
    if known.dated.date is None:
        known.dated = other.dated
    if len(other.parties) > len(known.parties):
        known.parties = other.parties
    if len(other.title.split()) > len(known.title.split()) and other.kind == known.kind:
        known.title, known.words = other.title, other.words
