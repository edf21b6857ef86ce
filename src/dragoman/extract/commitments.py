"""Commitments: what somebody undertakes, plans, offers or is told to do.

By the words of undertakings.yaml, and by "will" where the one who speaks, or an actor whom a statement reports, is
the subject. Journeys and meetings ahead are visits and meetings, not commitments.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.annotate.coreference import PLURAL_PRONOUNS
from dragoman.extract import clauses
from dragoman.extract.quoting import quotations
from dragoman.extract.speakers import each_speaker, other_side, speaker_of, with_subject
from dragoman.extract.stance import confidence
from dragoman.extract.voice import own_words, passage_at, spokesperson
from dragoman.extract.when import When, when
from dragoman.records import Actor, Commitment, Span
from dragoman.vocabulary import topics_of
from dragoman.vocabulary.load import Entry, load_yaml

_FOLDER = Path(__file__).parent
_KINDS = ("verb", "adjective", "noun", "order", "giving")
_STRENGTHS = ("hope", "readiness", "intention", "promise", "agreed", "instructed")
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
_WE = frozenset({"we", "us", "our", "ours"})
_I = frozenset({"i", "me", "my"})
_WITHIN = 3  # tokens within which "to" must follow
_NOUN_WITHIN = 8
_HOME_NOUNS = frozenset({"administration", "government"})


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A word by which somebody undertakes something."""

    lemma: str
    kind: str
    strength: str
    follows: frozenset[str]
    within: int
    given: frozenset[str]


@functools.cache
def undertakings() -> dict[str, tuple[Undertaking, ...]]:
    """Lemma → its entries. Raises VocabularyError where the file breaks its contract."""
    found: dict[str, list[Undertaking]] = defaultdict(list)
    for key, value in load_yaml("undertakings", folder=_FOLDER).items():
        entry = Entry("undertakings", key, value)
        lemma = key.removesuffix(".n").removesuffix(".g")
        kind = entry.one_of("kind", _KINDS)
        strength = entry.one_of("strength", _STRENGTHS)
        follows = frozenset(entry.texts("follows") or ("to",))
        given = frozenset(entry.texts("given")) or _listed("given")
        within = int(entry.number("within") or _WITHIN)
        found[lemma].append(Undertaking(lemma, kind, strength, follows, within, given))
    return {lemma: tuple(entries) for lemma, entries in found.items()}


@functools.cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(load_yaml("acting", folder=_FOLDER)[key])


@dataclass(frozen=True, slots=True)
class _Found:
    head: Token
    words: SpacySpan
    actors: tuple[Actor, ...]
    strength: str
    rule: str


class _Finder:
    """One document's commitments: who "we" is where, and which words begin an act of their own."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        passages = reading.once(own_words)
        self.passages = sorted([*passages, *quotations(reading, passages)], key=lambda item: item.start)
        self.starts = [passage.start for passage in self.passages]
        self.spokesperson = spokesperson(reading)
        tokens = list(clauses.readable_tokens(reading.doc))
        self.hits = [(token, entry) for token in tokens for entry in _entries(token)]
        self.wills = [token for token in tokens if token.lower_ in _WILL and token.dep_ == "aux"]
        self.acts = frozenset(
            [token.i for token, entry in self.hits if entry.kind != "noun"]
            + [token.head.i for token in self.wills]
        )

    def find(self) -> Iterator[_Found]:
        for token, entry in self.hits:
            found = getattr(self, f"_by_{entry.kind}")(token, entry)
            if found is not None and found.actors:
                yield found
        for token in self.wills:
            found = self._by_will(token)
            if found is not None and found.actors:
                yield found

    # --- by word ----------------------------------------------------------------------------------------------

    def _by_verb(self, token: Token, entry: Undertaking) -> _Found | None:
        if not _followed(token, entry) or grammar.is_negated(token):
            return None
        if token.dep_ in {"amod", "compound"} or (entry.lemma == "agree" and not _agreed_on_action(token)):
            return None
        actors = self._who(token)
        if not actors and _impersonal(token):
            actors = self._first_principal()
        return _Found(token, clauses.act(token, self.acts), actors, entry.strength, f"commitment.{entry.strength}")

    def _by_adjective(self, token: Token, entry: Undertaking) -> _Found | None:
        if not _followed(token, entry) or grammar.is_negated(token) or token.dep_ == "amod":
            return None
        start = _predicate_start(token)
        words = grammar.trim(token.doc[start : clauses.reach(token, self.acts)])
        return _Found(token, words, self._who(token), entry.strength, "commitment.adjective")

    def _by_noun(self, token: Token, entry: Undertaking) -> _Found | None:
        if not _followed(token, entry) or not (_followed_by_verb(token) or _followed_by_act(token)):
            return None
        rule = "commitment.noun"
        return _Found(token, clauses.noun_phrase(token, self.acts), self._whose(token), entry.strength, rule)

    def _by_order(self, token: Token, entry: Undertaking) -> _Found | None:
        objects = grammar.objects(token)
        if grammar.is_passive(token):
            subject = grammar.own_subject(token)
            objects = [subject] if subject is not None else []
        if not objects or not _followed(max(objects[0], token, key=lambda word: word.i), entry):
            return None
        actors = self._actors(objects[0])
        if not actors:
            words = self.reading.span(grammar.core_phrase(objects[0]))
            name = words.text.removeprefix("the ")
            country = self._country_at(token)
            actors = (Actor(name=name, kind="organization", country=country, mention=words),)
        return _Found(token, clauses.act(token, self.acts), actors[:1], entry.strength, "commitment.order")

    def _by_giving(self, token: Token, entry: Undertaking) -> _Found | None:
        words = clauses.act(token, self.acts)
        if not any(word.lower_ in entry.given for word in words) or grammar.is_passive(token):
            return None
        return _Found(token, words, self._who(token), entry.strength, "commitment.giving")

    def _by_will(self, token: Token) -> _Found | None:
        verb = token.head
        if verb.i < token.i or grammar.is_passive(verb):
            return None
        if token.lower_ == "would" and not _is_reported(verb):
            return None
        subject = grammar.own_subject(verb) or grammar.subject(verb)
        if subject is None:
            return None
        low = subject.lower_
        actors = self._who(verb)
        if low in PLURAL_PRONOUNS and self._speaker_at(token) is not None:
            return None  # whom a speaker calls "they" is not one of the two sides
        own = low in _WE | _I or self._is_own(actors, token)
        if verb.lemma_.lower() in _listed("no_promises") | (frozenset() if own else _listed("other_records")):
            return None
        strength = "promise" if own or _is_reported(verb) else "intention"
        rule = "commitment.will.own" if own else f"commitment.will.{'reported' if _is_reported(verb) else 'told'}"
        return _Found(verb, clauses.act(verb, self.acts), actors, strength, rule)

    # --- who --------------------------------------------------------------------------------------------------

    def _who(self, verb: Token) -> tuple[Actor, ...]:
        """The subject of a verb or predicate; of the first person whoever speaks."""
        subject = grammar.subject(verb)
        if subject is None and verb.head != verb and verb.dep_ in {"xcomp", "acl"}:
            subject = grammar.subject(verb.head)
        if subject is None:
            return tuple(each_speaker(speaker_of(self.reading, verb)))
        if subject.lower_ in _WE | _I:
            return self._first_person(subject)
        return self._actors(subject) or tuple(each_speaker(speaker_of(self.reading, verb)))

    def _actors(self, noun: Token) -> tuple[Actor, ...]:
        if noun.lower_ in _WE | _I:
            return self._first_person(noun)
        if noun.lemma_.lower() in _HOME_NOUNS:
            return self._government(noun)
        return tuple(each_speaker(self.reading.actors(noun)))

    def _government(self, noun: Token) -> tuple[Actor, ...]:
        """The state whose administration or government is meant: the named one, else the speaker's."""
        named = tuple(actor for actor in self.reading.actors(noun) if actor.country)
        if named:
            return named[:1]
        country = self._country_at(noun)
        return (self.reading.actor(self.reading.state(country)),) if country else ()

    def _first_person(self, pronoun: Token) -> tuple[Actor, ...]:
        speaker = self._speaker_at(pronoun)
        if pronoun.lower_ in _I or (speaker is not None and speaker.kind != "person"):
            return (speaker,) if speaker is not None else ()
        country = self._country_at(pronoun)
        if country:
            return (self.reading.actor(self.reading.state(country)),)
        return (speaker,) if speaker is not None else ()

    def _speaker_at(self, token: Token) -> Actor | None:
        passage = passage_at(self.passages, self.starts, token.idx)
        return passage.speaker if passage is not None else self.spokesperson

    def _country_at(self, token: Token) -> str | None:
        speaker = self._speaker_at(token)
        return (speaker.country if speaker is not None else None) or self.reading.home

    def _is_own(self, actors: tuple[Actor, ...], token: Token) -> bool:
        """Whether the actor is who speaks, or the state for which he speaks."""
        speaker = self._speaker_at(token)
        return speaker is not None and any(actor.country and actor.country == speaker.country for actor in actors)

    def _whose(self, noun: Token) -> tuple[Actor, ...]:
        """Whose commitment it is: the possessor, the state named before the noun, or who speaks of his own."""
        for owner in grammar.possessors(noun):
            actors = self._actors(owner)
            if actors:
                return actors[:1] if owner.lower_ in {"their", "our"} else actors
        of = grammar.oblique(noun, "of")
        if of and self._actors(of[0]):
            return self._actors(of[0])
        for child in noun.lefts:
            for token in child.subtree:
                mention = self.reading.mention(token)
                if mention is not None and mention.entity is not None and mention.form != "pronoun":
                    return (self.reading.actor(mention.entity, mention),)
        verb = grammar.clause_verb(noun)
        return self._who(verb)[:1] if verb is not None and noun.dep_ in {"obj", "dobj", "conj", "obl"} else ()

    def _first_principal(self) -> tuple[Actor, ...]:
        return tuple(self.reading.actor(entity) for entity in self.reading.principals[:1])


def commitments(reading: Reading) -> list[Commitment]:
    """The commitments of a document, in order."""
    found: list[Commitment] = []
    for hit in sorted(_Finder(reading).find(), key=lambda item: (item.words.start, -item.words.end)):
        commitment = _commitment(reading, hit, hit.actors[0])  # what several undertake counts once, for the first
        if not _doubles(commitment, found):
            found.append(commitment)
    return found


def _commitment(reading: Reading, hit: _Found, actor: Actor) -> Commitment:
    words = reading.span(with_subject(reading, hit.head, hit.words))
    due = _due(reading, hit.head, words)
    return Commitment(
        doc_id=reading.document.id,
        evidence=(words,),
        rule=hit.rule,
        confidence=confidence(hit.rule),
        actor=actor,
        strength=hit.strength,
        action=words.text,
        topics=topics_of(words.text),
        counterpart=other_side(reading, actor, words),
        date=due.date,
        date_text=due.date_text,
        date_basis=due.date_basis,
    )


def _due(reading: Reading, head: Token, words: Span) -> When:
    """When it is due: the date of the act, else the one date that the words hold; a date already past is not."""
    found = when(reading, head)
    if found.date is None:
        inside = [
            time
            for time in reading.times
            if words.start <= time.start
            and time.end <= words.end
            and time.edtf
            and time.kind in {"date", "interval"}
        ]
        if len(inside) == 1:
            time = inside[0]
            found = When(time.edtf, time.text, "relative" if time.basis == "relative" else "text")
    if found.date is None or _is_past(found.date, reading.document.published):
        return When()
    return found


def _is_past(date: str, published: str | None) -> bool:
    """Whether an EDTF date or interval ends before the day of publication."""
    if not published:
        return False
    end = date.split("/")[-1] or date
    if end[5:7] > "12":
        end = end[:4]  # a season: its year decides
    length = min(len(end), len(published))
    return end[:length] < published[:length]


def _doubles(commitment: Commitment, found: list[Commitment]) -> bool:
    span = commitment.evidence[0]
    for other in found:
        known = other.evidence[0]
        shared = min(span.end, known.end) - max(span.start, known.start)
        same = other.actor.key == commitment.actor.key or other.actor.country == commitment.actor.country
        if same and shared > 0.5 * min(span.end - span.start, known.end - known.start):
            return True
    return False


# --- words ----------------------------------------------------------------------------------------------------


def _entries(token: Token) -> Iterator[Undertaking]:
    """The entries that a token's form allows."""
    for entry in undertakings().get(token.lemma_.lower(), ()) or undertakings().get(token.lower_, ()):
        noun = token.pos_ in {"NOUN", "PROPN"}
        if (entry.kind == "noun") == noun:
            yield entry


def _followed(token: Token, entry: Undertaking) -> bool:
    close = token.doc[token.i + 1 : min(token.i + 1 + entry.within, token.sent.end)]
    return any(word.lower_ in entry.follows for word in close)


def _followed_by_verb(noun: Token) -> bool:
    """Whether "to" brings an action ("commitment to defending", "to defend") and not a thing."""
    doc = noun.doc
    for token in doc[noun.i + 1 : min(noun.i + 1 + _NOUN_WITHIN, noun.sent.end)]:
        if token.lower_ in {"to", "for"}:
            after = doc[token.i + 1 : min(token.i + 4, noun.sent.end)]
            return any(word.tag_ in {"VB", "VBG"} for word in after)
    return False


def _followed_by_act(noun: Token) -> bool:
    """Whether what the commitment is to is an action by its noun: "commitment to the defence of the strait"."""
    return any(
        thing.lower_ in _listed("acts") or any(word.text in _listed("acts") for word in thing.children)
        for thing in grammar.oblique(noun, "to")
    )


def _agreed_on_action(token: Token) -> bool:
    """Whether "agreed to act" or "agreed that they would", and not "agreed that it is"."""
    doc = token.doc
    nearest = doc[token.i + 1 : min(token.i + 4, token.sent.end)]
    if any(word.lower_ == "to" for word in nearest):
        return True
    rest = doc[token.i + 1 : min(token.i + 20, token.sent.end)]
    return any(word.lower_ in {"would", "will", "should"} for word in rest)


def _impersonal(verb: Token) -> bool:
    """Whether "it was agreed to"."""
    return grammar.is_passive(verb) and any(child.lower_ == "it" for child in verb.lefts)


def _is_reported(verb: Token) -> bool:
    """Whether a clause stands under a verb of saying."""
    node = verb
    for _ in range(4):
        if node.dep_ in {"ccomp", "parataxis"}:
            return True
        if node.dep_ != "conj" or node.head == node:
            return False
        node = node.head
    return False


def _predicate_start(token: Token) -> int:
    """Where the clause of a predicate adjective begins: "Norway stands ready to …"."""
    link = grammar.linking_verb(token)
    head = link if link is not None else token
    if (
        link is None
        and grammar.own_subject(token) is None
        and token.head != token
        and token.dep_ in {"xcomp", "acomp", "advcl"}
    ):
        head = token.head
    return clauses.head_start(head)
