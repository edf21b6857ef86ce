"""EDTF dates as pairs of days that sort: the earliest and the latest that a date allows."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Any

__all__ = ["EARLIEST", "LATEST", "bounds"]

_LONGEST = 100  # the parser of edtf recurses; what claims to be a date and is longer is none
EARLIEST, LATEST = "0000-01-01", "9999-12-31"

_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_WINTER = re.compile(r"([0-9]{4})-24")


@lru_cache(maxsize=65536)
def bounds(date: str | None) -> tuple[str, str] | None:
    """First and last day (``YYYY-MM-DD``) of an EDTF date; None where there is none or it is no EDTF.

    An end that is open or unknown reaches to the end of time. Winter of a year begins in its December and ends in
    the February after it; ``edtf`` would end it with the year.
    """
    if not date or len(date) > _LONGEST:
        return None
    if plain := _PLAIN.fullmatch(date):
        return _plain(*plain.groups())
    if winter := _WINTER.fullmatch(date):
        year = int(winter[1])
        return f"{year:04}-12-01", _last_of_month(year + 1, 2)
    if "/" in date:
        return _interval(date)
    return _parsed(date)


def _plain(year: str, month: str | None, day: str | None) -> tuple[str, str] | None:
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    last = _last_of_month(int(year), int(month))
    if day is None:
        return f"{year}-{month}-01", last
    whole = f"{year}-{month}-{day}"
    return (whole, whole) if day >= "01" and whole <= last else None


def _interval(date: str) -> tuple[str, str] | None:
    begin, _, end = date.partition("/")
    first = (EARLIEST, EARLIEST) if begin in {"", ".."} else bounds(begin)
    last = (LATEST, LATEST) if end in {"", ".."} else bounds(end)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _parsed(date: str) -> tuple[str, str] | None:
    from edtf import parse_edtf  # a tenth of a second, and rarely needed
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(date)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, AttributeError, TypeError):  # what edtf raises on text that is no date
        return None
    return (first, last) if first <= last else None


def _day(moment: Any) -> str:
    if isinstance(moment, float):
        return EARLIEST if moment < 0 else LATEST
    if not 0 <= moment.tm_year <= 9999:
        return EARLIEST if moment.tm_year < 0 else LATEST
    return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}"


def _last_of_month(year: int, month: int) -> str:
    if year > 9999:
        return LATEST
    # year 0 is a leap year in ISO 8601 as 2000 is; Python's calendar begins with year 1
    return f"{year:04}-{month:02}-{calendar.monthrange(year or 2000, month)[1]:02}"
