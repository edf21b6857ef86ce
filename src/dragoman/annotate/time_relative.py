"""Values of the time expressions that count from the day of publication, and of durations, sets and ages.

One function for each `value` of times.yaml that is not in time_values.py, called in the same way.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from dragoman.annotate.edtf_dates import Anchor, founding_year, is_day, plus_months, week_of
from dragoman.annotate.time_context import Context, Groups, Value, nearest_year, number, ordinal
from dragoman.annotate.time_words import time_words

__all__ = ["RELATIVE_VALUES"]

_ISO = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "M",
    "year": "Y",
}
_YEARS = {"year": 1, "decade": 10, "century": 100, "centurie": 100}
_BACK, _ON = (
    ("last", "this past", "past", "previous"),
    ("next", "this coming", "the coming", "coming", "following"),
)


def _step(which: str) -> int:
    return -1 if which in _BACK else 1 if which in _ON else 0


def _iso_duration(amount: float | None, unit: str) -> str | None:
    """ISO 8601 duration, None where the number is not known: ("3", "day") is P3D."""
    if amount is None:
        return None
    amount *= _YEARS.get(unit, 1) * (3 if unit == "quarter" else 1)
    code = _ISO.get(unit, "Y")
    digits = f"{amount:g}"
    return f"PT{digits}{code[1]}" if code[0] == "T" else f"P{digits}{code}"


def _moved(anchor: Anchor, unit: str, amount: float) -> str | None:
    """The publication date moved by an amount of a unit, as exact as the unit: a day, a month, a year."""
    if unit in ("day", "week"):
        day = anchor.exact
        shift = timedelta(days=round(amount * (7 if unit == "week" else 1)))
        try:
            return (day + shift).isoformat() if day else None
        except OverflowError:
            return None
    if unit in ("month", "quarter"):
        if anchor.month is None:
            return None
        year, month = plus_months(anchor.year, anchor.month, round(amount * (3 if unit == "quarter" else 1)))
        return f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else None
    if unit not in _YEARS:
        return None
    year = anchor.year + round(amount * _YEARS[unit])
    return f"{year:04d}" if 1 <= year <= 9999 else None


def near_day(g: Groups, c: Context) -> Value:
    """Today, yesterday, tomorrow and their neighbours."""
    shifts = {"before": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after": 2}
    shift = next(value for name, value in shifts.items() if name in g)
    return Value(_moved(c.anchor, "day", shift) if c.anchor else None, relative=True)


def relative_unit(g: Groups, c: Context) -> Value:
    """This week, last month, next year: Monday to Sunday for a week, the decade by its digits."""
    unit, step = g["unit"].lower(), _step(g.get("which", "this").lower())
    if c.anchor is None:
        return Value(None, relative=True)
    if unit in ("week", "weekend"):
        return _week(c.anchor, step, weekend=unit == "weekend")
    if unit == "quarter":
        return _quarter(c.anchor, step)
    edtf = _moved(c.anchor, unit, step)
    if edtf and unit in ("decade", "century"):
        kept = 3 if unit == "decade" else 2
        edtf = edtf[:kept].ljust(4, "X")
    return Value(edtf, relative=True)


def _week(anchor: Anchor, step: int, *, weekend: bool) -> Value:
    day = anchor.exact
    if day is None:
        return Value(None, "interval", relative=True)
    if weekend and step < 0 and day.weekday() == 6:
        day -= timedelta(days=1)  # on a Sunday "last weekend" is a week ago all the same
    week = week_of(day + timedelta(weeks=step))
    if not weekend:
        return Value(week, "interval", relative=True)
    saturday = date.fromisoformat(week[:10]) + timedelta(days=5)
    return Value(f"{saturday.isoformat()}/{week[11:]}", "interval", relative=True)


def _quarter(anchor: Anchor, step: int) -> Value:
    if anchor.month is None:
        return Value(None, "interval", relative=True)
    year, first = plus_months(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 3 * step)
    return Value(f"{year:04d}-{first:02d}/{year:04d}-{first + 2:02d}", "interval", relative=True)


def span_from_now(g: Groups, c: Context) -> Value:
    """The past decade, the next four years: from or to publication, as exact as the unit."""
    unit, step = g["unit"].lower(), _step(g["which"].lower())
    direction: Literal["past", "future"] = "past" if step < 0 else "future"
    amount = number(g.get("count"))
    counted = "count" in g
    if (
        not counted
    ):  # "the coming weeks", "the following year", "the next day" of a story have no length or no anchor
        counted = g["which"].lower() in ("last", "past", "next") and c.text[c.end - 1] != "s" and unit != "day"
    if c.anchor is None or amount is None or not counted:
        return Value(None, "vague", relative=True, direction=direction)
    length = _iso_duration(amount, unit)
    if unit == "day" and step < 0:
        amount -= 1  # the past two days are yesterday and today
    moved, now = _moved(c.anchor, unit, step * amount), _moved(c.anchor, unit, 0)
    first, last = (moved, now) if step < 0 else (now, moved)
    edtf = f"{first}/{last}" if first and last and first != last else None
    return Value(edtf, "interval", relative=True, duration=length, direction=direction)


def vague(g: Groups, _: Context) -> Value:
    """In the coming days, in recent months: a side of today, no date."""
    return Value(None, "vague", relative=True, direction="future" if "future" in g else "past")


def ago(g: Groups, c: Context) -> Value:
    """30 years ago: exact for days only, approximate for everything else."""
    unit, amount = g["unit"].lower(), number(g["count"])
    if c.anchor is None or amount is None:
        return Value(None, relative=True, direction="past")
    if "today" in g and unit == "year" and c.anchor.exact:
        year = c.anchor.year - round(amount)
        if is_day(year, c.anchor.exact.month, c.anchor.exact.day):
            return Value(c.anchor.exact.replace(year=year).isoformat(), relative=True, direction="past")
    edtf = _moved(c.anchor, unit, -amount)
    exact = unit == "day"
    return Value(edtf if exact or edtf is None else edtf + "~", relative=True, direction="past")


def from_now(g: Groups, c: Context) -> Value:
    """Three days from now, in two weeks' time."""
    unit, amount = (g.get("unit") or g["unit2"]).lower(), number(g.get("count") or g["count2"])
    if c.anchor is None or amount is None:
        return Value(None, relative=True, direction="future")
    edtf = _moved(c.anchor, unit, amount)
    return Value(edtf if unit == "day" or edtf is None else edtf + "~", relative=True, direction="future")


def anniversary(g: Groups, c: Context) -> Value | None:
    """The nth anniversary: the year in which what is celebrated began."""
    place = c.entry.get("nth") or (ordinal(g["nth"]) if c.entry["name"] == "anniversary" else number(g["nth"]))
    if not place:
        return None
    year = founding_year(int(place), c.anchor.year) if c.anchor else None
    return Value(f"{year:04d}" if year else None, "anniversary", relative=True)


def age(_: Groups, __: Context) -> Value:
    """How old somebody is: no date."""
    return Value(None, "age")


def each(g: Groups, _: Context) -> Value:
    """Every year, per month."""
    return Value(None, "set", duration=_iso_duration(1, g["unit"].lower()))


def duration(g: Groups, c: Context) -> Value | None:
    """Three days, a two-year programme."""
    unit, amount = g["unit"].lower(), number(g["count"])
    if unit == "second" or (g["count"].lower() == "a" and c.word_before() in ("such", "what")):
        return None
    return Value(None, "duration", duration=_iso_duration(amount, unit))


def weekday(g: Groups, c: Context) -> Value | None:
    """A day of the week: the latest one up to publication, or the first one from it, as the tense has it."""
    words, which = time_words(), g.get("which", "").lower()
    if c.word_before() in words.not_weekday_after or c.word_after().lower() in words.not_weekday_before:
        return None
    day = c.anchor.exact if c.anchor else None
    if day is None:
        return Value(None, relative=True)
    back = (day.weekday() - words.weekdays[g["weekday"].lower()]) % 7
    if which in _BACK:
        found = day - timedelta(days=back or 7)
    elif which in _ON:
        found = day + timedelta(days=7 - back)
    elif which == "this":
        found = day - timedelta(days=day.weekday() - words.weekdays[g["weekday"].lower()])
    else:
        side, away = c.direction()
        ahead = side == "future" and away < 60 and back
        found = day + timedelta(days=7 - back) if ahead else day - timedelta(days=back)
    return Value(found.isoformat(), relative=True)


def holiday(g: Groups, c: Context) -> Value:
    """A feast that falls on the same day every year."""
    month, day = time_words().holidays[" ".join(g["holiday"].replace("'", "’").split()).lower()]
    if c.anchor is None:
        return Value(None, relative=True)
    days = [date(year, month, day) for year in range(c.anchor.year - 1, c.anchor.year + 2) if year > 0]
    year = nearest_year([(one, one, one.year) for one in days], c)
    return Value(f"{year:04d}-{month:02d}-{day:02d}" if year else None, relative=True)


RELATIVE_VALUES = {
    "near_day": near_day,
    "relative_unit": relative_unit,
    "span_from_now": span_from_now,
    "vague": vague,
    "ago": ago,
    "from_now": from_now,
    "anniversary": anniversary,
    "age": age,
    "each": each,
    "duration": duration,
    "weekday": weekday,
    "holiday": holiday,
}
