"""Find calendar expressions in a list of words."""

from __future__ import annotations

import re

from training.lists import Span

MONTHS = frozenset(
    """January February March April May June July August September October November December Jan. Feb. Mar. Apr.
    Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec""".split()
)
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Fridays Sundays".split())
UNITS = frozenset(
    """day week weekend month year quarter decade century summer autumn fall spring winter morning evening
    afternoon night""".split()
)
YEAR = re.compile(r"^(1[5-9]\d\d|20[0-4]\d)$")
DECADE = re.compile(r"^(1[5-9]\d0|20[0-4]0)s$")
DAY = re.compile(r"^(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?$")
RELATIVE = frozenset({"today", "yesterday", "tomorrow", "tonight", "Today", "Yesterday", "Tomorrow", "Tonight"})
SEASONS = frozenset({"spring", "summer", "autumn", "winter", "fall"})


def find_dates(words: list[str]) -> list[Span]:
    """Find calendar expressions: days, months, years, seasons, centuries, and words relative to the day."""
    spans: list[Span] = []
    position = 0
    while position < len(words):
        end = _date_at(words, position)
        if end > position:
            spans.append((position, end, "DATE"))
            position = end
        else:
            position += 1
    return spans


def _date_at(words: list[str], start: int) -> int:
    def word(offset: int) -> str:
        return words[start + offset] if start + offset < len(words) else ""

    first = word(0)
    title = first.capitalize() if first.isupper() and len(first) > 2 else first
    lower = first.lower()
    if title in WEEKDAYS:
        nxt = 1
        if word(1) in ("morning", "evening", "afternoon", "night"):
            return start + 2
        if word(1) == "," and (word(2) in MONTHS or (DAY.match(word(2)) and word(3) in MONTHS)):
            return max(_date_at(words, start + 2), start + nxt)
        return start + 1
    if title in MONTHS and not (
        title in ("May", "March", "Mar", "Jun", "Dec") and not _month_context(words, start)
    ):
        end = start + 1
        if end < len(words) and DAY.match(words[end]):
            end += 1
            if (
                end + 1 < len(words)
                and words[end] in ("-", "–", "to", "and", "—", "/")
                and DAY.match(words[end + 1])
                and not (words[end] in ("and", "to") and not words[end + 1].isdigit())
            ):
                end += 2
            elif (
                end + 2 < len(words)
                and words[end] in ("-", "–", "and")
                and words[end + 1] in MONTHS
                and DAY.match(words[end + 2])
            ):
                end += 3
        if end + 1 < len(words) and words[end] == "," and YEAR.match(words[end + 1]):
            end += 2
        elif end < len(words) and YEAR.match(words[end]):
            end += 1
        elif end + 1 < len(words) and words[end] == "of" and YEAR.match(words[end + 1]):
            end += 2
        return end
    if DAY.match(first) and (word(1) in MONTHS or (word(1) == "of" and word(2) in MONTHS)):
        end = start + 2 + (word(1) == "of")
        if end < len(words) and YEAR.match(words[end]):
            end += 1
        return end
    if DAY.match(first) and word(1) in ("-", "–", "and") and DAY.match(word(2)) and word(3) in MONTHS:
        end = start + 4
        return end + 1 if end < len(words) and YEAR.match(words[end]) else end
    if YEAR.match(first):
        before = words[start - 1] if start else ""
        if word(1) in (
            "people",
            "troops",
            "soldiers",
            "percent",
            "miles",
            "kilometers",
            "tons",
            "km",
            "%",
        ) or before in ("$", "No."):
            return 0
        if word(1) in ("-", "–", "to") and re.match(r"^(\d\d|(19|20)\d\d)$", word(2)):
            return start + 3
        return start + 1
    if DECADE.match(first):
        return start + 1
    if first in RELATIVE:
        return start + 1
    if lower in ("last", "next", "this", "past", "previous", "coming", "current") and (
        word(1) in UNITS or word(1) in WEEKDAYS or word(1) in MONTHS
    ):
        if lower in ("past", "previous", "coming", "current") and word(1) == "day":
            return 0
        return start + 2
    if lower in ("early", "late", "mid", "earlier", "later") and (
        word(1) in MONTHS or YEAR.match(word(1)) or word(1) in ("last", "next", "this")
    ):
        return max(_date_at(words, start + 1), 0)
    if lower in SEASONS and (word(1) == "of" and YEAR.match(word(2))):
        return start + 3
    if lower in SEASONS and YEAR.match(word(1)):
        return start + 2
    if re.match(r"^\d{1,2}(st|nd|rd|th)$", first) and word(1) in ("century", "centuries"):
        return start + 2
    return 0


def _month_context(words: list[str], start: int) -> bool:
    """Tell the month May or March from the verb or the demonstration."""
    after = words[start + 1] if start + 1 < len(words) else ""
    before = words[start - 1].lower() if start else ""
    return bool(
        ((DAY.match(after) or YEAR.match(after) or after == ",") and (start > 0 or DAY.match(after)))
        or before
        in ("in", "of", "since", "until", "by", "last", "next", "this", "late", "early", "through", "mid")
        or DAY.match(before)
    )
