"""Calendar dates as news pages print them at the top, to EDTF."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["ClockTime", "FoundDate", "clock_at", "date_at", "edtf_of", "with_year"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d:])"
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH}(?:[,\s-]+{_YEAR})?",
        rf"{_MONTH}\s*{_DAY}(?:,?\s+{_YEAR})?",
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d\d)[-/.](?P<day>\d\d)(?!\d)",
        r"(?P<day>\d\d?)\.(?P<number>\d\d?)\.(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?P<either>\d\d?)/(?P<other>\d\d?)/(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?!\d)(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?(?:[+-]\d+)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: EDTF (``XXXX-05-20`` where no year is given), None where day and month are unclear."""

    edtf: str | None
    end: int


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in a text; only its extent is of use."""

    end: int


def date_at(text: str, start: int) -> FoundDate | None:
    """The date that begins at this offset, if one does."""
    for form in _FORMS:
        match = form.match(text, start)
        if match:
            value = _value(match)
            if value is not False:
                return FoundDate(value, match.end())
    return None


def clock_at(text: str, start: int) -> ClockTime | None:
    """The time of day that begins at this offset, if one does."""
    match = _CLOCK.match(text, start)
    return ClockTime(match.end()) if match else None


def with_year(edtf: str | None, published: str | None) -> str | None:
    """A date without a year gets the last year in which it is not after the publication date, where that is known.

    A day or two after it is allowed: agencies and archives live in different time zones.
    """
    if edtf is None or not edtf.startswith("XXXX-"):
        return edtf
    near = _day(published) if published else None
    if near is None:
        return edtf
    latest = near + datetime.timedelta(days=2) if near.year < 9999 else near
    for year in range(latest.year, latest.year - 5, -1):  # 29 February comes every fourth year
        day = _day(f"{year:04}{edtf[4:]}")
        if day and day <= latest:
            return day.isoformat()
    return edtf


def edtf_of(value: str) -> str | None:
    """EDTF of a publication date given as ISO 8601 date or datetime, as EDTF, or in words; None if it is none.

    The day is the one written: a time zone does not move it.
    """
    value = value.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value if _day(value) else None
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d.*", value):
        return value[:10] if _day(value[:10]) else None
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return value
    found = date_at(value, 0)
    if found and found.edtf and not found.edtf.startswith("X"):
        rest = value[found.end :].strip(" ,;at")
        clock = clock_at(rest, 0)
        if not rest or (clock and clock.end == len(rest)):
            return found.edtf
    return _valid_edtf(value)


def _valid_edtf(value: str) -> str | None:
    if not re.fullmatch(r"[0-9XYEST/.~?%:+\[\]{}, -]{4,64}", value):
        return None  # spares loading the parser, and its unbounded time on long nonsense
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parse_edtf(value)
    except (EDTFParseException, ValueError):
        return None
    return value


def _value(match: re.Match[str]) -> str | Literal[False] | None:
    """EDTF; None where day and month cannot be told apart; False where there is no such day."""
    groups = match.groupdict()
    if groups.get("either"):
        first, second = int(groups["either"]), int(groups["other"])
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day = int(groups["day"])
        number = groups.get("number")
        month = int(number) if number else _MONTHS.index(groups["month"][:3].lower()) + 1
    year = groups.get("year")
    if not _day(f"{year or '2000'}-{month:02}-{day:02}"):
        return False
    return f"{year or 'XXXX'}-{month:02}-{day:02}"


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
