"""What the functions that value a time expression share: its context, numbers, and the year nearest to a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dragoman.annotate.edtf_dates import Anchor, is_day, plus_months
from dragoman.annotate.time_words import time_words

__all__ = [
    "Context",
    "Groups",
    "Value",
    "month_number",
    "nearest_year",
    "number",
    "ordinal",
    "relative_year",
    "year_for_day",
    "year_for_month",
]

Groups = Mapping[str, str]
Kind = Literal["date", "interval", "duration", "set", "age", "anniversary", "vague"]
Direction = Literal["past", "future"]

_SENTENCE_END = re.compile(r"[.!?][\s”\"»]|\n")
WORD = re.compile(r"[^\W\d_][\w’']*")
_CONTRARY = timedelta(days=250)  # what it costs a candidate to lie on the other side of the tense


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression means. ``end`` is given where less was meant than the rule took."""

    edtf: str | None
    kind: Kind = "date"
    relative: bool = False
    duration: str | None = None
    direction: Direction | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands and how to read it."""

    match: re.Match[str]
    start: int
    end: int
    anchor: Anchor | None
    prefer: Direction | None
    day_first: bool | None
    entry: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.match.string

    def word_before(self) -> str:
        """The word before the expression, lower case, without punctuation around it; empty where there is none."""
        words = self.text[max(0, self.start - 24) : self.start].split()
        return words[-1].strip("(),;:“”\"'’‘").lower() if words else ""

    def word_after(self) -> str:
        """The word that follows, as written; empty where punctuation comes first."""
        match = WORD.match(self.text, self.end + 1) if self.text[self.end : self.end + 1].isspace() else None
        return match[0] if match else ""

    def direction(self) -> tuple[Direction | None, int]:
        """The tense of the nearest verb or time word of the sentence, and how many characters away it stands."""
        if self.prefer:
            return self.prefer, 0
        if opening := {"since": "past", "until": "future"}.get(self.word_before()):
            return ("past" if opening == "past" else "future"), 0
        words, best, away = time_words(), None, 10_000
        left = self.text[max(0, self.start - 160) : self.start]
        for boundary in _SENTENCE_END.finditer(left):
            left = left if boundary.end() == len(left) else " " * boundary.end() + left[boundary.end() :]
        right = self.text[self.end : self.end + 120]
        boundary_after = _SENTENCE_END.search(right)
        right = right[: boundary_after.start()] if boundary_after else right
        for word, tense in _tenses(left, words.future, words.past):
            best, away = tense, len(left) - word.end()
        if best is not None:  # "will leave on 3 May, the office said": the tail tells who says so
            right = right.partition(",")[0]
        for word, tense in _tenses(right, words.future, words.past):
            return (tense, word.start()) if word.start() * 1.5 < away else (best, away)
        return best, away


def _tenses(text: str, future: frozenset[str], past: frozenset[str]) -> Iterator[tuple[re.Match[str], Direction]]:
    """The words that show a tense. A participle after "be" shows none of its own: "to be signed on Monday"."""
    before = ""
    for word in WORD.finditer(text):
        form = word[0].lower()
        if form in future or form.endswith(("’ll", "'ll")):
            yield word, "future"
        elif form in past or (before != "be" and len(form) > 4 and form.endswith("ed")):
            yield word, "past"
        elif before == "be" and len(form) > 4 and form.endswith("ed"):
            yield word, "future"
        before = form


# Numbers


def number(words: str | None) -> float | None:
    """The number that the words mean: "25", "twenty-five", "a", "two and a half". None for "several"."""
    text = " ".join((words or "").lower().split())
    if not text:
        return 1
    half = text.endswith(" and a half")
    text = text.removesuffix(" and a half")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return float(text) + half * 0.5
    known = time_words().numbers
    if text in ("half a", "half an"):
        return 0.5
    if text in known:
        return known[text] + half * 0.5
    tens, _, ones = text.partition("-")
    return known[tens] + known[ones] if tens in known and ones in known else None


def ordinal(words: str) -> int | None:
    """The place that an ordinal names: "14th", "14", "fourteenth"."""
    text = words.lower()
    digits = re.match(r"[0-9]+", text)
    return int(digits[0]) if digits else time_words().ordinals.get(text)


def month_number(words: str) -> int:
    """The month that a name, an abbreviation or two digits stand for."""
    return int(words) if words.isdigit() else time_words().months[words.rstrip(".").lower()]


# Years for dates that do not say theirs


def nearest_year(candidates: list[tuple[date, date, int]], context: Context) -> int | None:
    """The year of the candidate (first day, last day, year) nearest to publication.

    A candidate that lies on the wrong side of the tense has to be much nearer than the others.
    """
    if context.anchor is None or not candidates:
        return None
    middle, (side, away) = context.anchor.middle, context.direction()

    def cost(candidate: tuple[date, date, int]) -> tuple[timedelta, timedelta]:
        first, last, _ = candidate
        gap = max(first - middle, middle - last, timedelta(0))
        contrary = (side == "past" and first > middle) or (side == "future" and last < middle)
        penalty = _CONTRARY if away < 60 else _CONTRARY / 3
        return gap + penalty * contrary, abs(first - middle)

    return min(candidates, key=cost)[2]


def year_for_day(month: int, day: int, context: Context, weekday: int | None = None) -> int | None:
    """The year of a day without one; ``weekday`` (0 is Monday) rules out years where it does not fit."""
    if context.anchor is None:
        return None
    years = range(context.anchor.year - 1, context.anchor.year + 2)
    days = [date(year, month, day) for year in years if is_day(year, month, day)]
    named = [one for one in days if weekday is None or one.weekday() == weekday]
    return nearest_year([(one, one, one.year) for one in named or days], context)


def year_for_month(month: int, context: Context) -> int | None:
    """The year of a month without one."""
    if context.anchor is None:
        return None
    years = range(context.anchor.year - 1, context.anchor.year + 2)
    spans = [
        (date(year, month, 1), date(*plus_months(year, month, 1), 1) - timedelta(days=1), year) for year in years
    ]
    return nearest_year(spans, context)


def relative_year(which: str | None, context: Context) -> int | None:
    """This, last or next year."""
    if context.anchor is None:
        return None
    return context.anchor.year + {"last": -1, "next": 1}.get((which or "this").lower(), 0)
