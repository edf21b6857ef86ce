"""Time expressions in a text, with their values as EDTF: a small TIMEX grammar of our own.

The grammar stands in times.yaml; the functions that turn its groups into values stand in time_values.py and
time_relative.py. What a value means follows RECORDS.md: ``basis`` is "text" where the words alone give the value,
"relative" where it was counted from the date of publication. An expression without a value that could be defended
has ``edtf`` None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.annotate.edtf_dates import parse_anchor
from dragoman.annotate.time_context import Context, Groups, Value
from dragoman.annotate.time_relative import RELATIVE_VALUES
from dragoman.annotate.time_values import VALUES
from dragoman.annotate.time_words import time_words

__all__ = ["TimeExpression", "find_times"]

Relation = Literal["in", "since", "until", "by", "before", "after", "from"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time. ``text`` is the document's text from start to end.

    edtf: the value; None where the words give none (a duration, "in the coming days", no publication date).
    relation: how the text stands to it ("by 1 May"); "since" and "until" are part of the words and of the value.
    point: the value without that opening: 1992 where edtf is 1992/..
    duration: ISO 8601, for durations and sets. direction: the side of publication that vague words point to.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    basis: Literal["text", "relative"]
    kind: Literal["date", "interval", "duration", "set", "age", "anniversary", "vague"]
    relation: Relation = "in"
    point: str | None = None
    duration: str | None = None
    direction: Literal["past", "future"] | None = None


_RESOLVE: Mapping[str, Callable[[Groups, Context], Value | None]] = {**VALUES, **RELATIVE_VALUES}
_PART = re.compile(
    r"(?:\b(?:the\s)?(?:very\s)?(?:beginning|start|middle|end|close|eve)\sof\s(?:the\s)?"
    r"|\b(?:earlier|early|mid|late|later|sometime)(?:\sin|\son)?[\s-])$",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\b(?:(?P<since>(?:ever\s)?since)|(?P<until>until|till|up\sto|through)|(?P<by>by|no\slater\sthan|within)"
    r"|(?P<before>before|prior\sto|ahead\sof)|(?P<after>after|following)|(?P<from>from|as\sof|starting))"
    r"\s(?:on\s|in\s|at\s)?$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")
_LOOK_BACK = 36  # characters: longer than any of the words above


def find_times(
    text: str,
    *,
    published: str | None,
    prefer: Literal["past", "future"] | None = None,
    day_first: bool | None = None,
) -> list[TimeExpression]:
    """Every time expression of the text, in order, none overlapping another.

    published: EDTF date that relative expressions count from; without it they have no value.
    prefer: where a date without a year or a weekday lies; None lets the tense of the words around it decide.
    day_first: how to read 5/4/2024; None leaves it at the year, unless one of the readings is impossible.
    """
    words, anchor = time_words(), parse_anchor(published)
    found: list[TimeExpression] = []
    floor = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < floor or not _opens(token[0], words.openers):
            continue
        match = words.expression.match(text, start)
        if match is None:
            continue
        rule = words.rules[int(str(match.lastgroup)[1:])]
        groups = {name: value for name, joined in rule.groups if (value := match[joined]) is not None}
        context = Context(match, start, match.end(), anchor, prefer, day_first, rule.entry)
        value = _RESOLVE[rule.value](groups, context)
        if value is not None:
            end = value.end or match.end()
            found.append(_expression(text, start, end, value, floor=floor))
            floor = end
    return found


def _opens(token: str, openers: frozenset[str]) -> bool:
    return token[0].isdigit() or token.lower() in openers or token.rstrip("0123456789").lower() in openers


def _expression(text: str, start: int, end: int, value: Value, *, floor: int) -> TimeExpression:
    """Take in the words before that belong to it: "the end of", "early", "since"."""
    if value.kind in ("date", "interval"):
        part = _PART.search(text, max(floor, start - _LOOK_BACK), start)
        start = part.start() if part else start
    relation, edtf = _relation(text, start, value, floor)
    if relation in ("since", "until") and edtf:
        opened = _RELATION.search(text, max(floor, start - _LOOK_BACK), start)
        start = opened.start() if opened else start
        edtf = _open(edtf, relation)
    return TimeExpression(
        start,
        end,
        text[start:end],
        edtf,
        "relative" if value.relative else "text",
        value.kind,
        relation,
        value.edtf,
        value.duration,
        value.direction,
    )


def _relation(text: str, start: int, value: Value, floor: int) -> tuple[Relation, str | None]:
    match = _RELATION.search(text, max(floor, start - _LOOK_BACK), start)
    if match is None or value.kind not in ("date", "interval", "anniversary"):
        return "in", value.edtf
    return match.lastgroup, value.edtf  # type: ignore[return-value]


def _open(edtf: str, relation: Relation) -> str:
    """The interval without beginning or end. EDTF opens no decade: its first or last year stands for it."""
    first, _, last = edtf.partition("/")
    point = first if relation == "since" else last or first
    if "X" in point:
        point = point.replace("X", "0" if relation == "since" else "9") + "~"
    return f"{point}/.." if relation == "since" else f"../{point}"
