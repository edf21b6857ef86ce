"""Who acts and on whom: the words at a verb's or noun's side as actors.

First-person words are the speaker's ("we are imposing sanctions" in a signed statement is its state), "its" is the
state last named, "the regime" the foreign state last named, and whoever is hit in a town is hit in its state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.annotate.mentions import Entity
from dragoman.extract.act_words import act_words
from dragoman.extract.where import place_of
from dragoman.records import Actor, Record, Span, Statement

__all__ = ["Sides", "possessors", "same_side", "side_keys"]

_I = frozenset({"i", "me", "my"})
_WE = frozenset({"we", "us", "our", "ours"})
_OUR_STATE = frozenset("administration government country nation state authorities cabinet leadership".split())
_THEY = frozenset({"they", "them", "their", "theirs", "it", "this", "these", "those", "that", "which", "who"})
_NAMING = frozenset({"demonym", "state", "organization", "metonym", "name"})
_STATES = frozenset({"state", "demonym", "metonym"})
# said of a government that the text has named before
_POWER = frozenset(
    "regime government military authority authorities junta army police troops forces force".split()
)
_NOT_OURS = frozenset("ally partner friend neighbour neighbor counterpart colleague rival enemy adversary".split())
_LONG_PHRASE = 12  # tokens between a noun and its owner
_BEFORE_NOUNS = frozenset({"ADJ", "ADV", "CCONJ", "PUNCT", "NOUN", "NUM", "PROPN"})
_QUANTITIES = frozenset("hundred thousand dozen score ten million number majority handful group".split())
_FAR = 150  # tokens back in which "the regime" may have been named
_ARTICLES = frozenset({"the", "a", "an", "these", "those", "its", "their", "his", "her", "our", "some", "several"})
_BLAMING = frozenset({"criticise", "oppose", "demand", "warn"})


class Sides:
    """Turns the words at an act's sides into actors, within one document."""

    def __init__(self, reading: Reading, records: Iterable[Record]) -> None:
        self.reading = reading
        self._said = [record for record in records if isinstance(record, Statement)]

    def sources(self, heads: Iterable[Token]) -> tuple[Actor, ...]:
        """Whoever the words name, or whose they are."""
        return _once(actor for head in heads for one in grammar.conjuncts(head) for actor in self._source(one))

    def targets(self, heads: Iterable[Token]) -> tuple[Actor, ...]:
        """Whoever the words name; else the state that they belong to or that they lie in."""
        found = [
            actor
            for head in heads
            for one in grammar.conjuncts(head)
            for actor in self._source(one) or self._inside(one)
        ]
        return _once(found)

    def owners(self, heads: Iterable[Token]) -> tuple[Actor, ...]:
        """Whose things are: "Iran's attack", "the attack by Iran", "Iranian attacks", "the reforms of Norway"."""
        found: list[Actor] = []
        for head in heads:
            for one in grammar.conjuncts(head):
                found.extend(self._owner(one) or self.sources(grammar.oblique(one, "by", "of", "in")))
        return _once(found)

    def state(self, code: str, head: Token) -> Actor:
        """A state, with the words that stand for it here."""
        words = self.reading.span(grammar.core_phrase(head))
        return replace(self.reading.actor(self.reading.state(code)), mention=words)

    def foreign_before(self, head: Token) -> str | None:
        """The foreign state that the text named last: whose "several members of the regime" are."""
        for entity in self._states_before(head, _FAR):
            if entity.country != self.reading.home:
                return entity.country
        return None

    def waging(self, others: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The foreign state that the document names most, beside the one attacked: who wages its leader's war."""
        taken = {actor.country for actor in others} | {self.reading.home}
        code = next((code for code in self._by_mentions if code not in taken), None)
        return (self.reading.actor(self.reading.state(code)),) if code else ()

    @cached_property
    def _by_mentions(self) -> list[str]:
        """The states of the document, the one named most often first."""
        counted = Counter(
            mention.entity.country
            for mention in self.reading.mentions
            if mention.entity is not None and mention.form in _STATES and mention.entity.country
        )
        return [code for code, _ in counted.most_common()]

    def blamed(self, token: Token) -> tuple[Actor, ...]:
        """Whom the statement around a word blames: the doer of what nobody is said to have done."""
        around = self._statement(token)
        return around.target if around is not None and around.stance in _BLAMING else ()

    def place(self, verb: Token) -> tuple[Actor, ...]:
        """The state in which something is done."""
        for word in verb.subtree:
            if (
                word.i > verb.i
                and word.pos_ == "PROPN"
                and grammar.case_of(word) in {"in", "across", "throughout"}
            ):
                found = self._in_place(word)
                if found:
                    return found
        return ()

    # --- one word ---------------------------------------------------------------------------------------------

    def _source(self, head: Token) -> tuple[Actor, ...]:
        word = head.lower_
        if word in _I or word in _WE:
            return self._speaker(head)
        if word == "its":
            return self._named_before(head, foreign=True, far=head.i - head.sent.start) or self.blamed(head)
        if word in _THEY:
            return ()
        if head.lemma_.lower() in _QUANTITIES:
            return _once(actor for noun in grammar.oblique(head, "of") for actor in self._source(noun))
        if word in _OUR_STATE and any(own.lower_ in _I | _WE for own in grammar.possessors(head)):
            return self._speaker(head, state=True)
        if word in _POWER and not self._naming(head):
            named = self._named_before(head, foreign=True, far=_FAR)
            if named:
                return tuple(replace(actor, mention=self._words(head)) for actor in named)
            return (Actor(name=head.text, kind="group", mention=self._words(head)),)
        return self._named(head) or self._people(head) or self._owner(head)

    def _named(self, head: Token) -> tuple[Actor, ...]:
        mention = self.reading.mention(head)
        if mention is None or (mention.form == "plural" and not mention.entities):
            described = any(child.dep_ in {"amod", "compound", "nummod", "nmod"} for child in head.children)
            if described and head.lemma_.lower() in act_words().people:
                return ()  # "political leaders" are not the two who meet
        found = tuple(self.reading.actors(head))
        if any(own.lower_ in _I | _WE for own in possessors(head)):
            ours = next((actor.country for actor in self._speaker(head, state=True)), None)
            found = tuple(a for a in found if a.kind == "group")
            if head.lemma_.lower() not in _NOT_OURS:
                found = tuple(replace(actor, country=actor.country or ours) for actor in found)
        return found

    def _people(self, head: Token) -> tuple[Actor, ...]:
        """People who are no state or body: "violent mobs", "32 political opponents"."""
        if head.pos_ != "NOUN" or head.lemma_.lower() not in act_words().people:
            return ()
        words = self.reading.span(grammar.trim(head.doc[grammar.core_phrase(head).start : head.i + 1]))
        owner = next((actor.country for actor in self._owner(head) or self._place_of(head) if actor.country), None)
        first, _, rest = " ".join(words.text.split()).partition(" ")
        name = rest if rest and first.lower() in _ARTICLES else f"{first} {rest}".strip()
        return (Actor(name=name, kind="group", country=owner, mention=words),)

    def _place_of(self, head: Token) -> tuple[Actor, ...]:
        """Where people are from: "journalists in Belarus", "citizens of Norway", "members of the Cuban police"."""
        for noun in grammar.oblique(head, "of", "in", "from"):
            found = self._source(noun) or self._in_place(noun)
            if found:
                return found
        return ()

    def _owner(self, head: Token) -> tuple[Actor, ...]:
        for own in possessors(head):
            found = self._source(own) if own.i != head.i else ()
            if found:
                return found
        return self.named_by_modifier(head)

    def named_by_modifier(self, head: Token) -> tuple[Actor, ...]:
        """Whom a noun's modifiers name as its doer: "the Russian attack"."""
        return _once(actor for word in self._naming(head) for actor in self._mentioned(word))

    def _naming(self, head: Token) -> list[Token]:
        """Modifiers that name an actor: "the Russian attack", "Houthi offensive"."""
        named = []
        for place in range(head.i - 1, max(head.sent.start - 1, head.i - _LONG_PHRASE), -1):
            word = head.doc[place]
            if not _before_noun(word) or word.text == ",":
                break
            mention = self.reading.mention(word)
            if mention is not None and mention.form in _NAMING and mention.entities:
                named.append(word)
        return named

    def _mentioned(self, word: Token) -> tuple[Actor, ...]:
        mention = self.reading.mention(word)
        if mention is None:
            return ()
        return tuple(self.reading.actor(entity, mention) for entity in mention.entities)

    def _inside(self, head: Token) -> tuple[Actor, ...]:
        """An act on a state's town, people or border is an act on the state."""
        words = grammar.core_phrase(head)
        for word in words:
            mention = self.reading.mention(word)
            if mention is not None and mention.entity is not None and mention.form in _STATES | {"capital"}:
                entity = mention.entity
                return (replace(self.reading.actor(entity), mention=self.reading.span(words)),)
        return self._in_place(head)

    def _in_place(self, head: Token) -> tuple[Actor, ...]:
        place = place_of(self.reading, head)
        if place is None or place.country is None:
            return ()
        return (self.state(place.country, head),)

    def _words(self, head: Token) -> Span:
        return self.reading.span(grammar.core_phrase(head))

    # --- who is meant -----------------------------------------------------------------------------------------

    def _speaker(self, token: Token, *, state: bool = False) -> tuple[Actor, ...]:
        """Who says I or we here; his state where he speaks for it."""
        around = self._statement(token)
        speaker = around.speaker if around is not None else None
        country = speaker.country if speaker is not None else self.reading.home
        mention = self.reading.span(token.doc[token.i : token.i + 1])
        if speaker is not None and not state and (token.lower_ in _I or country is None):
            return (replace(speaker, mention=mention),)
        if country is None:
            return ()
        return (replace(self.reading.actor(self.reading.state(country)), mention=mention),)

    def _statement(self, token: Token) -> Statement | None:
        best: Statement | None = None
        for record in self._said:
            span = record.evidence[0]
            inside = span.start <= token.idx < span.end
            if inside and (best is None or span.end - span.start < best.evidence[0].end - best.evidence[0].start):
                best = record
        return best

    def _named_before(self, token: Token, *, foreign: bool, far: int) -> tuple[Actor, ...]:
        for entity in self._states_before(token, far):
            if not (foreign and entity.country == self.reading.home):
                return (self.reading.actor(entity),)
        return ()

    def _states_before(self, token: Token, far: int) -> Iterator[Entity]:
        for place in range(token.i - 1, max(-1, token.i - 1 - far), -1):
            mention = self.reading.mention(token.doc[place])
            if mention is not None and mention.entity is not None and mention.form in _STATES:
                yield mention.entity

    def nearest_state(self, head: Token, others: tuple[Actor, ...], *, far: bool = False) -> tuple[Actor, ...]:
        """The other side of an act of force where its own words name none: the state nearest to it.

        "support for Ukraine in the face of Russia's aggression" tells whom Russia attacks.
        """
        taken = {actor.country for actor in others} | {self.reading.home}
        around = self._statement(head)
        if around is not None:
            taken.add(around.speaker.country)
        sentence = head.sent
        ahead = range(head.i + 1, sentence.end)
        behind = range(head.i - 1, (max(0, head.i - _FAR) if far else sentence.start) - 1, -1)
        for places in (ahead, behind) if far else (behind, ahead):
            for place in places:
                mention = self.reading.mention(head.doc[place])
                if mention is None or mention.entity is None or mention.form not in {"state", "demonym"}:
                    continue
                if mention.country and mention.country not in taken:
                    return (self.reading.actor(mention.entity, mention),)
        return ()


def possessors(noun: Token) -> list[Token]:
    """Whose it is; by the word order where the parse ties the owner elsewhere.

    "Russia's unprovoked, unjustified attack" hangs Russia on one of the adjectives now and then.
    """
    found = grammar.possessors(noun)
    if found:
        return found
    for place in range(noun.i - 1, max(noun.sent.start, noun.i - _LONG_PHRASE), -1):
        word = noun.doc[place]
        if word.tag_ == "POS":
            return [noun.doc[place - 1]] if place > noun.sent.start else []
        if not _before_noun(word):
            return []
    return []


def _before_noun(word: Token) -> bool:
    """Whether a word may stand between a noun and its owner."""
    if word.pos_ == "VERB":
        return word.tag_ in {"VBN", "VBG"}
    return word.pos_ in _BEFORE_NOUNS and word.text not in {";", ":", "–", "—", "(", ")"}


def _once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    found: dict[tuple[str, str, str | None], Actor] = {}
    for actor in actors:
        found.setdefault(actor.key, actor)
    return tuple(found.values())


def side_keys(actors: Iterable[Actor]) -> frozenset[str]:
    """The sides as states, or as names where there is no state."""
    return frozenset(actor.country or actor.name for actor in actors)


def same_side(actor: Actor, others: Iterable[Actor]) -> bool:
    """Whether an actor acts for one of the others' states, or is one of them."""
    return any(actor.key == other.key or (actor.country and actor.country == other.country) for other in others)
