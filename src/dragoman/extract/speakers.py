"""Who says or undertakes it: the subject of a verb as actors, one of a collective, each of several named."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Mention, Reading, grammar
from dragoman.records import Actor, Span

# what is said in a document that two sides put out counts for the first of them
_DOCUMENTS = frozenset("statement communique document declaration message letter telegram".split())
_FIRST = frozenset({"i", "we"})
_MONEY = frozenset("dollar dollars pound pounds ruble rubles rouble roubles yuan yen rupee rupees tenge".split())


def speaker_of(reading: Reading, verb: Token) -> tuple[Actor, ...]:
    """The actors that are the subject of a verb; empty where it has none or nobody that can speak."""
    subject = grammar.subject(verb)
    named = _named_before(reading, verb)
    if named and (subject is None or any(m.start <= subject.i < m.end for m in named)):
        return tuple(reading.actor(m.entities[0], m) for m in named)
    if subject is None or subject.lower_ in _FIRST:
        return ()
    if subject.lemma_.lower() in _DOCUMENTS:
        return tuple(reading.actor(entity) for entity in reading.principals[:1])
    return reading.actors(subject)


def _named_before(reading: Reading, verb: Token) -> list[Mention]:
    """The persons whose names stand right before a verb, joined by "and" or commas, in order."""
    doc, place = verb.doc, verb.i - 1
    while place >= 0 and doc[place].pos_ in {"ADV", "AUX"}:
        place -= 1
    found: list[Mention] = []
    while place >= 0:
        mention = reading.mention(doc[place])
        if (
            mention is None
            or mention.form not in {"name", "post"}
            or mention.end != place + 1
            or not mention.entity
        ):
            break
        found.insert(0, mention)
        place = mention.start - 1
        while place >= 0 and doc[place].lower_ == "the":
            place -= 1
        if place < 0 or doc[place].lower_ not in {"and", ","}:
            break
        place -= 1 if doc[place - 1].text != "," else 2
    return found


def with_subject(reading: Reading, verb: Token, words: SpacySpan) -> SpacySpan:
    """A clause, begun at the actor named right before its finite verb where the parse took him for none of it."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or not words.start <= verb.i or verb.i - words.start > 1:
        return words
    before = reading.mention(verb.doc[words.start - 1]) if words.start > verb.sent.start else None
    if before is None or before.end != words.start or not before.entities:
        return words
    return verb.doc[before.start : words.end]


def each_speaker(actors: tuple[Actor, ...]) -> Iterator[Actor]:
    """Each named actor; of several that one phrase stands for ("the leaders", "they") the first only."""
    seen: set[tuple[int, int]] = set()
    for actor in actors:
        if actor.mention is not None:
            place = (actor.mention.start, actor.mention.end)
            if place in seen:
                continue
            seen.add(place)
        yield actor


def mentions_between(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    """The mentions that lie wholly between two offsets, in order."""
    words = reading.doc.char_span(start, end, alignment_mode="contract")
    seen = -1
    for place in range(words.start, words.end) if words is not None else ():
        index = reading.mention_at[place]
        if index < 0 or index == seen:
            continue
        seen = index
        mention = reading.mentions[index]
        if words is not None and words.start <= mention.start and mention.end <= words.end:
            yield mention


def other_side(reading: Reading, speaker: Actor, words: Span) -> tuple[Actor, ...]:
    """The first other side that the words name."""
    for mention in mentions_between(reading, words.start, words.end):
        entity = mention.entity
        if entity is None or mention.form in {"plural", "pronoun"} or entity.name == speaker.name:
            continue
        if _names_money(reading, mention.end):
            continue
        if entity.country is None or entity.country != speaker.country:
            return (reading.actor(entity, mention),)
    return ()


def _names_money(reading: Reading, end: int) -> bool:
    """Whether a state is named only for its money: "3 billion US dollars"."""
    return end < len(reading.doc) and reading.doc[end].lower_ in _MONEY
