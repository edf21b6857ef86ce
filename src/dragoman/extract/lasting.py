"""How long a visit lasts from the day on which it begins: "arrived on Wednesday for a three-day visit"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Token

from dragoman.annotate.time_context import number
from dragoman.extract.sentences import sentence_of
from dragoman.extract.when import When
from dragoman.vocabulary import visit_kinds

__all__ = ["lasting"]

_BEGINS = frozenset(
    {"arrive", "begin", "start", "embark", "open", "kick", "land", "fly", "travel", "come", "depart"}
)
_DAYS = re.compile(r"\b(\w+)[- ]day\b", re.IGNORECASE)
_LONGEST = 31  # days; a longer stay is no visit
_REACH = 6  # words before the noun in which its length may stand


def lasting(anchor: Token, dated: When) -> When:
    """The days of a visit of which the text gives the first day and the length; else the date as it is.

    anchor: the verb or noun that tells of the visit.
    """
    if dated.date is None or len(dated.date) != 10 or dated.date_basis == "published":
        return dated
    noun = anchor if anchor.pos_ != "VERB" else _visit_noun(anchor)
    verb = anchor if anchor.pos_ == "VERB" else anchor.head
    if noun is None or verb.lemma_.lower() not in _BEGINS:
        return dated
    before = noun.doc[max(sentence_of(noun).start, noun.i - _REACH) : noun.i].text
    match = _DAYS.search(before)
    count = number(match[1]) if match else None
    if count is None or not 2 <= count <= _LONGEST or count != int(count):
        return dated
    try:
        last = date.fromisoformat(dated.date) + timedelta(days=int(count) - 1)
    except (ValueError, OverflowError):  # no day of the calendar
        return dated
    return dated._replace(date=f"{dated.date}/{last.isoformat()}")


def _visit_noun(verb: Token) -> Token | None:
    """The noun in "arrived in X for a three-day visit"."""
    after = verb.doc[verb.i + 1 : sentence_of(verb).end]
    return next((word for word in after if word.lemma_.lower() in visit_kinds().nouns), None)
