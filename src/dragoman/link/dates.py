"""EDTF dates held against each other: which is finer, which agree, how far apart they lie.

Comparison works on the first and the last day that a date allows; no date is ever made finer than it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.store.days import EARLIEST, LATEST, bounds

__all__ = [
    "agree",
    "as_edtf",
    "before",
    "contains",
    "days",
    "finer",
    "first_day",
    "gap",
    "is_stay",
    "last_day",
    "length",
    "narrow",
    "within",
]

Days = tuple[date, date]
_LOOKS_SO = re.compile(r"[-0-9XYSE./~?%]{4,60}")  # a title is no date, and to have it parsed takes long
_UNKNOWN = 100_000  # days: farther apart than any two dates, for those that cannot be compared


def days(edtf: str | None) -> Days | None:
    """First and last day of an EDTF date; None where it is no date or an end is open.

    >>> days("2022-09")
    (datetime.date(2022, 9, 1), datetime.date(2022, 9, 30))
    """
    if edtf is None or _LOOKS_SO.fullmatch(edtf) is None:
        return None
    found = bounds(edtf)
    if found is None or found[0] <= EARLIEST or found[1] >= LATEST or found[0] < "0001":
        return None
    return date.fromisoformat(found[0]), date.fromisoformat(found[1])


def first_day(edtf: str | None) -> date | None:
    """The earliest day that the date allows."""
    found = days(edtf)
    return found[0] if found else None


def last_day(edtf: str | None) -> date | None:
    """The latest day that the date allows."""
    found = days(edtf)
    return found[1] if found else None


def length(edtf: str | None) -> int:
    """How many days the date spans; of no date, more than any."""
    found = days(edtf)
    return (found[1] - found[0]).days + 1 if found else _UNKNOWN


def contains(outer: str | None, inner: str | None) -> bool:
    """Whether every day of ``inner`` falls into ``outer``; false where either is no date."""
    wide, narrow_ = days(outer), days(inner)
    return wide is not None and narrow_ is not None and wide[0] <= narrow_[0] and narrow_[1] <= wide[1]


def finer(one: str | None, other: str | None) -> bool:
    """Whether ``one`` says the same as ``other`` more exactly: "2022-09-14" is finer than "2022-09"."""
    return contains(other, one) and not contains(one, other)


def agree(one: str | None, other: str | None) -> bool:
    """Whether one contains the other: the two do not contradict each other."""
    return contains(one, other) or contains(other, one)


def gap(one: str | None, other: str | None) -> int:
    """Days between two dates: 0 where they share a day; more than any where either is no date."""
    first, second = days(one), days(other)
    if first is None or second is None:
        return _UNKNOWN
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def within(edtf: str | None, start: date, end: date) -> bool:
    """Whether the date lies wholly between two days."""
    found = days(edtf)
    return found is not None and start <= found[0] and found[1] <= end


def narrow(dates: Iterable[str | None]) -> str | None:
    """The finest of the dates, the first of them in the calendar where several are equally fine."""
    known = [value for value in dates if value and days(value)]
    return min(known, key=lambda value: (length(value), value)) if known else None


def is_stay(edtf: str | None) -> bool:
    """Whether the date gives several days, from one day to another: "2023-09-20/2023-09-22"."""
    return edtf is not None and len(edtf) == 21 and edtf[10] == "/" and days(edtf) is not None


def as_edtf(start: date, end: date) -> str:
    """A day, or an interval of days."""
    return start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"


def before(day: date, count: int) -> date:
    """The day so many days earlier, within the calendar."""
    return day - timedelta(days=min(count, (day - date.min).days))
