"""When an act happened or is due: the time expression that belongs to a verb or an event noun."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.annotate.times import TimeExpression
from dragoman.extract.governors import governor_of
from dragoman.extract.sentences import sentence_of
from dragoman.records import DateBasis

_FAR = 12  # more than any distance in one parse
_POINTS = frozenset({"date", "interval"})


class When(NamedTuple):
    """An EDTF date, the words it came from and how they were read; all None where nothing dates the act."""

    date: str | None = None
    date_text: str | None = None
    date_basis: DateBasis | None = None


def when(reading: Reading, token: Token, *, main_act: bool = False) -> When:
    """The date of an act named by a verb or noun.

    main_act: a readout's own subject; where the text does not date it, it gets the month of publication.
    """
    found = nearest_time(reading, token)
    if found is not None:
        return When(found.edtf, found.text, "relative" if found.basis == "relative" else "text")
    if main_act and reading.document.published:
        return When(reading.document.published[:7], None, "published")
    return When()


def nearest_time(reading: Reading, token: Token) -> TimeExpression | None:
    """The time expression of the token's clause that stands nearest to it.

    A time inside another act's clause, or beside another event noun, belongs to that act.
    """
    sentence = sentence_of(token)
    best: tuple[int, TimeExpression] | None = None
    for time in reading.times:
        if time.end <= sentence.start_char or time.edtf is None or time.kind not in _POINTS:
            continue
        if time.start >= sentence.end_char:
            break
        words = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
        if words is None:
            continue
        distance = _distance(token, words.root)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, time)
    return best[1] if best else None


def _distance(act: Token, time: Token) -> int | None:
    """Steps in the parse from the time up to the act, or to the verb that governs it; None: another act's time."""
    governor, steps = time, 0
    while governor.head != governor and steps < 12:
        governor = governor.head
        steps += 1
        if governor == act:
            return steps
        if governor.dep_ in {"acl", "acl:relcl"} and _plans(governor) and _stands_under(governor.head, act):
            return steps + 1  # "the visit to France, which is scheduled for May"
        if grammar.is_verb(governor) and governor.pos_ == "VERB":
            break
    # "looks forward to welcoming President X": a gerund before a name may be read as its adjective
    verb = grammar.clause_verb(act.head if act.dep_ == "amod" else act)
    if verb is not None and governor == verb:
        return steps + 2
    # a time at the head of the sentence ("On Monday, …") dates every verb coordinated with the first
    before = verb is not None and time.i < verb.i
    if verb is not None and before and governor == verb.head and verb.dep_ in {"conj", "xcomp", "ccomp", "advcl"}:
        return steps + 4
    if governor.head == governor and act.sent != time.sent and not _parted(act, time):
        return _FAR  # the parse broke the sentence between them
    return None


def _stands_under(noun: Token, act: Token) -> bool:
    """Whether the noun is the act itself or belongs to its phrase: the parse may hang the clause on its place."""
    while noun != act and noun.dep_ in {"nmod", "nmod:poss", "flat", "appos", "compound"}:
        noun = noun.head
    return bool(noun == act)


def _plans(verb: Token) -> bool:
    """Whether a clause on an event noun says for when it is planned: "scheduled for", "planned for", "due in"."""
    governor = governor_of(verb, None)
    return governor is not None and governor.effect == "planned"


def _parted(act: Token, time: Token) -> bool:
    """Whether another act stands between an act and a time."""
    first, last = sorted((act.i, time.i))
    return any(token.pos_ == "VERB" and not token.ent_type_ for token in act.doc[first + 1 : last])
