"""Calendar arithmetic on EDTF strings (ISO 8601-2): first and last day, containment, anchors.

The subset that Dragoman writes is handled here directly, because the store compares dates by the million; any
other EDTF string goes to the ``edtf`` package.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["Anchor", "bounds", "contains", "founding_year", "overlaps", "parse_anchor", "week_of"]

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_DECADE = re.compile(r"(\d{2,3})(X{1,2})[~?%]?")
# First and last month of EDTF's seasons (21 to 24, northern), quarters (33 to 36), quadrimesters and semesters.
_SUB_YEARS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14)}
_SUB_YEARS |= {29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8)}
_SUB_YEARS |= {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 37: (1, 4), 38: (5, 8), 39: (9, 12)}
_SUB_YEARS |= {40: (1, 6), 41: (7, 12)}

Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date that relative expressions count from; month and day are None where they are not known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def exact(self) -> date | None:
        """The day, if it is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def middle(self) -> date:
        """A day in the middle of what is known: to measure distances from, never to be written down."""
        return self.exact or date(self.year, self.month or 7, 15 if self.month else 1)


def parse_anchor(published: str | None) -> Anchor | None:
    """The anchor that a publication date gives: its first day where it is an interval, None where it is unusable.

    Years outside 1000 to 9000 are unusable: from there a few centuries lead out of the calendar.
    """
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not match or not 1000 <= int(match[1]) <= 9000:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        return Anchor(year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return Anchor(year, month)
    return Anchor(year, month, day)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def plus_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month that many months later."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def week_of(day: date) -> str:
    """The week from Monday to Sunday in which the day falls, as an interval."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def founding_year(anniversary: int, celebrated: int) -> int | None:
    """The year in which something began whose nth anniversary is celebrated in a given year.

    >>> founding_year(30, 2022)
    1992
    """
    year = celebrated - anniversary
    return year if 1 <= year < celebrated else None


@lru_cache(maxsize=65536)
def bounds(edtf: str | None) -> Bounds:
    """First and last day of an EDTF value; None for an end that is open, unknown or not a date.

    >>> bounds("2022-09")
    (datetime.date(2022, 9, 1), datetime.date(2022, 9, 30))
    """
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point_bounds(first)
    return _point_bounds(first)[0], _point_bounds(last)[1]


def _point_bounds(point: str) -> Bounds:
    if point in ("", ".."):
        return None, None
    match = _POINT.fullmatch(point)
    if match:
        return _calendar_bounds(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    match = _DECADE.fullmatch(point)
    if match and len(match[1]) + len(match[2]) == 4:
        zeros, nines = "0" * len(match[2]), "9" * len(match[2])
        return _calendar_bounds(max(int(match[1] + zeros), 1), 0, 0)[0], date(int(match[1] + nines), 12, 31)
    return _library_bounds(point)


def _calendar_bounds(year: int, month: int, day: int) -> Bounds:
    if not 1 <= year <= 9999:
        return None, None
    if month in _SUB_YEARS and not day:
        start, end = _SUB_YEARS[month]
        last_year, last_month = plus_months(year, 1, end - 1)
        if last_year > 9999:
            return date(year, start, 1), None
        return date(year, start, 1), _month_end(last_year, last_month)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day and 1 <= month <= 12:
        return date(year, month, 1), _month_end(year, month)
    if not is_day(year, month, day):
        return None, None
    return date(year, month, day), date(year, month, day)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _library_bounds(point: str) -> Bounds:
    from edtf import EDTFParseException, parse_edtf  # slow to import, and hardly ever needed

    try:
        value = parse_edtf(point)
        ends = value.lower_strict(), value.upper_strict()
    except (EDTFParseException, TypeError, ValueError):
        return None, None
    days = [date(*end[:3]) if is_day(*end[:3]) else None for end in ends]
    return days[0], days[1]


def contains(outer: str | None, inner: str | None) -> bool:
    """Whether every day of ``inner`` falls into ``outer``. An open end contains everything beyond it.

    False where either of them is no date. ``contains("2022-09", "2022-09-14")`` is true.
    """
    outer_first, outer_last = bounds(outer)
    inner_first, inner_last = bounds(inner)
    if (outer_first or outer_last) is None or (inner_first or inner_last) is None:
        return False
    starts = outer_first is None or (inner_first is not None and outer_first <= inner_first)
    ends = outer_last is None or (inner_last is not None and inner_last <= outer_last)
    return starts and ends


def overlaps(one: str | None, other: str | None) -> bool:
    """Whether the two share a day. False where either of them is no date."""
    one_first, one_last = bounds(one)
    other_first, other_last = bounds(other)
    if (one_first or one_last) is None or (other_first or other_last) is None:
        return False
    return (one_first or date.min) <= (other_last or date.max) and (other_first or date.min) <= (
        one_last or date.max
    )
