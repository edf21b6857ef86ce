"""Relations: standing ties between two states that the text asserts, anniversaries included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.records import Relation
from dragoman.vocabulary import relation_kind, relation_kinds, topics_of

_ANNIVERSARY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)?[- ](?:year )?anniversary\b|\b(\d{1,3}) years of\b")
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
_FIRST_PERSON = frozenset({"our", "we", "us", "ours"})
_TWO = frozenset({"countries", "states", "nations", "peoples", "sides"})
_ASSERTED = {"diplomatic_relations", "strategic_partnership", "alliance", "union_membership", "trade_partner"}
_CONFIDENCE = {"diplomatic_relations": 0.7, "strategic_partnership": 0.6, "alliance": 0.5, "trade_partner": 0.5}


@cache
def _heads() -> frozenset[str]:
    """The last words of all labels, singular and plural."""
    last = {words.split()[-1] for kind in relation_kinds() for words in kind.words}
    return frozenset(last | {word + "s" for word in last} | {"allies", "partners", "relations", "ties"})


def relations(reading: Reading) -> list[Relation]:
    """The standing ties of a document: one a pair and kind."""
    found: dict[tuple[tuple[str, str], str], Relation] = {}
    for relation in _all(reading):
        known = found.get((relation.parties, relation.kind))
        if known is None or (known.since is None and relation.since is not None):
            found[(relation.parties, relation.kind)] = relation
    firm = {parties for parties, kind in found if kind != "other"}
    return [relation for (parties, kind), relation in found.items() if kind != "other" or parties not in firm]


def _all(reading: Reading) -> Iterator[Relation]:
    heads = _heads()
    for token in reading.doc:
        if token.lower_ not in heads or token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound":
            continue
        words = grammar.core_phrase(token)
        named = relation_kind(_around(token, words))
        if named is None:
            continue
        kind, label = named
        pairs = _pairs(reading, token, words, kind)
        since = _since(reading, token, words)
        for one, other in pairs:
            yield Relation(
                doc_id=reading.document.id,
                evidence=(reading.span(_evidence(token)),),
                rule=f"relation.{kind}",
                confidence=_CONFIDENCE.get(kind, 0.4),
                topics=topics_of(words.text),
                parties=(one, other) if one < other else (other, one),
                kind=kind,
                label=_label(words, label),
                since=since,
            )


def _around(token: Token, words: SpacySpan) -> str:
    """The words of the phrase up to its head, where the label stands."""
    return str(token.doc[words.start : token.i + 1].text)


def _pairs(reading: Reading, token: Token, words: SpacySpan, kind: str) -> list[tuple[str, str]]:
    codes = _codes_inside(reading, words)
    between = [
        actor.country for other in grammar.oblique(token, "between", "of") for actor in reading.actors(other)
    ]
    withs = [actor.country for other in grammar.oblique(token, "with") for actor in reading.actors(other)]
    subject = _copula_subject(token)
    for group in (between, withs):
        codes.extend(code for code in group if code and code not in codes)
    if len(codes) < 2 and subject is not None:
        codes.extend(a.country for a in reading.actors(subject) if a.country and a.country not in codes)
    if len(codes) >= 2:
        return list(combinations(codes[:2], 2)) if kind != "alliance" else _with_home(reading, codes)
    own = any(child.lower_ in _FIRST_PERSON for child in token.subtree) or bool(withs)
    if len(codes) == 1:
        if reading.home and reading.home != codes[0] and (own or kind in _ASSERTED):
            return [(reading.home, codes[0])]
        return []
    both = subject is not None or any(word.lower_ in _TWO for word in token.subtree) or own
    if both and kind in _ASSERTED:
        states = [entity.country for entity in reading.principal_states if entity.country]
        return [(states[0], states[1])] if len(states) == 2 else []
    return []


def _with_home(reading: Reading, codes: list[str]) -> list[tuple[str, str]]:
    """ "Japanese and Korean allies" are the publisher's allies each; "the U.S.-Japan alliance" is one tie."""
    if reading.home is None or reading.home in codes:
        return [(codes[0], code) for code in codes[1:]][:6]
    return [(reading.home, code) for code in codes[:6]]


def _codes_inside(reading: Reading, words: SpacySpan) -> list[str]:
    found: list[str] = []
    for mention in reading.mentions:
        if mention.start >= words.end:
            break
        if mention.start < words.start or mention.form not in {"state", "demonym", "metonym"}:
            continue
        found.extend(e.country for e in mention.entities if e.country and e.country not in found)
    return found


def _copula_subject(token: Token) -> Token | None:
    """The subject in "Kazakhstan and China are strategic partners"."""
    if any(child.dep_ == "cop" for child in token.children):
        own = grammar.own_subject(token)
        return own if own is not None else token
    if token.dep_ == "attr":
        return grammar.own_subject(token.head)
    return None


def _since(reading: Reading, token: Token, words: SpacySpan) -> str | None:
    sentence = token.sent.text
    match = _ANNIVERSARY.search(sentence)
    published = reading.document.published
    if match and published:
        return str(int(published[:4]) - int(match[1] or match[2]))
    year = _YEAR.search(words.text)
    return year[1] if year else None


def _evidence(token: Token) -> SpacySpan:
    """The label with what it is of, from the noun that governs it on ("the 30th anniversary of …")."""
    top = token
    while top.head != top and top.head.pos_ in {"NOUN", "PROPN"} and top.dep_ in {"nmod", "pobj", "prep"}:
        top = top.head
    return grammar.phrase(top)


def _label(words: SpacySpan, label: str) -> str:
    """The label as the text writes it, where it can be found there."""
    position = words.text.lower().find(label)
    return words.text[position : position + len(label)] if position >= 0 else label
