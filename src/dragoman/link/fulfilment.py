"""Whether a report tells that something promised was done: who did it, and how many of its words it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.link.claims import Claim
from dragoman.link.policy import Policy, told
from dragoman.link.quantities import Quantity, quantities
from dragoman.link.words import is_about, telling_words, title_words
from dragoman.records import HAPPENED, Agreement, Commitment, Event, Meeting, Statement, Visit
from dragoman.store.fold import fold
from dragoman.vocabulary import accord_kinds, states

__all__ = ["Deed", "likeness", "states_named"]

_ENOUGH = 0.6  # share of the promise's words that a report must have
_ENOUGH_COUNTED = 0.5  # the same where a quantity is told in the unit of the promise
_LEAST = 3  # words that they must share; two where a quantity is told in the same unit
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_MADE = frozenset({"signed", "adopted", "ratified", "in_force", "implementing"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A claim that something was done. sides: the states, or bodies without one, that did it."""

    claim: Claim
    text: str
    words: frozenset[str]
    terms: tuple[Quantity, ...]
    sides: tuple[str, ...]
    told: date | None
    when: str | None

    @property
    def is_act(self) -> bool:
        """Whether the record itself says what was done: a visit, a meeting, an accord."""
        return isinstance(self.claim.record, Visit | Meeting | Agreement)

    @classmethod
    def of(cls, claim: Claim, policy: Policy) -> Iterator[Deed]:
        """The deeds that a claim tells of: of a long one, each sentence; none where it tells of none."""
        record = claim.record
        text = " ".join(span.text for span in record.evidence)
        whole = isinstance(record, Visit | Meeting | Agreement)
        if isinstance(record, Agreement):
            if record.step not in _MADE or record.status not in HAPPENED:
                return
        elif not isinstance(record, Statement | Event | Visit | Meeting):
            return
        if isinstance(record, Event | Visit | Meeting) and record.status not in HAPPENED:
            return
        actors = ((role, actor) for role, actor in record.actors() if role not in {"target", "addressee"})
        sides = tuple(sorted({actor.country or actor.name for _, actor in actors}))
        for part in [text] if whole else _SENTENCE.split(text):
            if whole or (policy.says("done", part) and not policy.says("not_done", part)):
                words = telling_words(part)
                yield cls(claim, part, words, quantities(part), sides, told(claim.source), record.date)


def likeness(promise: Commitment, words: frozenset[str], deed: Deed) -> float:
    """From 0 to 1, how likely the deed is the promise made good; 0 where it does not bear on it.

    A visit answers the promise of a visit by the same person to the same state, a meeting that of a meeting, an
    accord that of a signing; anything else has to share most of the promise's words, common ones left out.
    """
    record = deed.claim.record
    if isinstance(record, Visit):
        goes = is_about("visit", promise.action) and record.host in states_named(promise.action)
        return 0.9 if goes and _same_person(promise, record) else 0.0
    if isinstance(record, Agreement):
        return 0.9 if is_about("sign", promise.action) and _is_named(record, promise.action) else 0.0
    common = len(words & deed.words)
    units = {quantity.unit for quantity in quantities(promise.action)} & {quantity.unit for quantity in deed.terms}
    share = common / len(words) if words else 0.0
    enough, least = (_ENOUGH_COUNTED, _LEAST - 1) if units else (_ENOUGH, _LEAST)
    if share < enough or common < least:
        return 0.0
    if isinstance(record, Meeting) and not is_about("meet", promise.action):
        return 0.0
    return round(min(0.9, share), 2)


def _is_named(accord: Agreement, action: str) -> bool:
    """Whether the action names the accord: its kind, and what it is about."""
    about = title_words(accord.title, frozenset(actor.country for actor in accord.parties if actor.country))
    heads = {word for word, kind in accord_kinds().words.items() if kind == accord.kind}
    named = len(about) > 1 or (about and len(accord.parties) > 1)
    return bool(named) and about <= title_words(action) and any(word in action.lower() for word in heads)


def _same_person(promise: Commitment, visit: Visit) -> bool:
    """The promise may be told of the state ("Kazakhstan"), the visit is then that of the person it names."""
    if promise.actor.kind == "person":
        return fold(promise.actor.name).split()[-1] == fold(visit.visitor.name).split()[-1]
    return fold(visit.visitor.name).split()[-1] in fold(promise.action)


@lru_cache(maxsize=65536)
def states_named(text: str) -> frozenset[str]:
    """The states that the text names beyond doubt, ISO3."""
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    named = {
        found.iso3
        for start in range(len(words))
        for end in range(start + 1, min(start + 4, len(words)) + 1)
        if (found := states().lookup(" ".join(words[start:end]))) is not None and not found.ambiguous
    }
    return frozenset(named)
