"""Values of the time expressions that name a day, month, season or year: one function for each `value`
of times.yaml.

Each takes the groups of its rule and the context, and gives a Value, or None where the words are no time.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.annotate.edtf_dates import is_day, plus_months
from dragoman.annotate.time_context import (
    WORD,
    Context,
    Groups,
    Value,
    month_number,
    nearest_year,
    ordinal,
    relative_year,
    year_for_day,
    year_for_month,
)
from dragoman.annotate.time_words import time_words

__all__ = ["VALUES"]

# Days and months


def days(g: Groups, c: Context) -> Value | None:
    """One day of a month, or the days from one to another. A year at the end counts for the beginning too."""
    month, first_day = month_number(g["m1"]), ordinal(g["d1"])
    last_month = month_number(g["m2"]) if "m2" in g else month
    last_day = ordinal(g["d2"]) if "d2" in g else None
    if first_day is None or ("list" in g and not _in_a_row(g, first_day, last_day)):
        return None if first_day is None else _first_of_list(g, c, month, first_day)
    relative = "y1" not in g and "y2" not in g
    if "y1" in g:
        year: int | None = int(g["y1"])
    elif "y2" in g:
        year = int(g["y2"]) - (last_month < month)
    else:
        year = relative_year(g["rel"], c) if "rel" in g else year_for_day(month, first_day, c, _weekday_in(c))
    if year is None:
        return (
            Value(None, "interval" if last_day else "date", relative=True)
            if is_day(2000, month, first_day)
            else None
        )
    if not is_day(year, month, first_day):
        return None
    first = date(year, month, first_day)
    if last_day is None:
        return Value(first.isoformat(), relative=relative)
    last_year = int(g["y2"]) if "y2" in g else year + ((last_month, last_day) < (month, first_day))
    if not is_day(last_year, last_month, last_day) or date(last_year, last_month, last_day) < first:
        return None
    last = date(last_year, last_month, last_day)
    return Value(f"{first.isoformat()}/{last.isoformat()}", "interval", relative=relative)


def _in_a_row(g: Groups, first: int, last: int | None) -> bool:
    between = [int(digits) for digits in re.findall(r"[0-9]+", g["list"])]
    return [first, *between, last] == list(range(first, first + len(between) + 2))


def _first_of_list(g: Groups, c: Context, month: int, day: int) -> Value | None:
    """ "May 2 and 9" is no interval: keep the first day; the second has no month of its own."""
    if c.match.start(_joined(c, "m1")) > c.match.start(_joined(c, "d1")):
        return None
    year = int(g["y2"]) if "y2" in g else year_for_day(month, day, c)
    if year is None or not is_day(year, month, day):
        return None
    return Value(date(year, month, day).isoformat(), relative="y2" not in g, end=c.match.end(_joined(c, "d1")))


def _joined(c: Context, name: str) -> str:
    return f"{c.match.lastgroup}_{name}"


def _weekday_in(c: Context) -> int | None:
    """The day of the week that stands within the expression: "Monday, May 2"."""
    first = WORD.match(c.text, c.start)
    names = time_words().weekdays
    return next((place for name, place in names.items() if first and name == first[0].lower()), None)


def numeric_day(g: Groups, c: Context) -> Value | None:
    """25.04.2022, 5/20/2024: points are read day first; with strokes, what the calendar or the caller allows."""
    year, a, b = int(g["y1"]), int(g["a"]), int(g["b"])
    day_first = True if g["sep"] == "." else c.day_first
    readings = [(b, a)] if day_first else [(a, b)] if day_first is False else [(b, a), (a, b)]
    fits = {date(year, month, day) for month, day in readings if is_day(year, month, day)}
    if not fits and day_first is not None and g["sep"] != ".":
        fits = {date(year, month, day) for month, day in ((a, b), (b, a)) if is_day(year, month, day)}
    if not fits:
        return None
    return Value(fits.pop().isoformat() if len(fits) == 1 else f"{year:04d}")


def fixed(_: Groups, c: Context) -> Value:
    """The value that the rule itself states."""
    return Value(str(c.entry["edtf"]))


def day_of_month(g: Groups, c: Context) -> Value | None:
    """The 5th of next month."""
    day = ordinal(g["d1"])
    if c.anchor is None or c.anchor.month is None or day is None:
        return Value(None, relative=True)
    step = {"last": -1, "next": 1}.get(g["rel"].lower(), 0)
    year, month = plus_months(c.anchor.year, c.anchor.month, step)
    return Value(date(year, month, day).isoformat(), relative=True) if is_day(year, month, day) else None


def months(g: Groups, c: Context) -> Value | None:
    """A month of a year, or from one month to another."""
    first, last = month_number(g["m1"]), month_number(g["m2"]) if "m2" in g else None
    if "rel" in g and last is None:
        year = relative_year(g["rel"], c)
        return Value(f"{year:04d}-{first:02d}" if year else None, relative=True)
    last_year = int(g["y2"]) if "y2" in g else relative_year(g["rel"], c) if "rel" in g else None
    if "y1" in g:
        year = int(g["y1"])
    elif last_year is not None and last is not None:
        year = last_year - (last < first)
    else:
        year = year_for_month(first, c)
    if last is None:
        return Value(f"{year:04d}-{first:02d}" if year else None, relative="y1" not in g)
    if year is None:
        return Value(None, "interval", relative=True)
    last_year = last_year or year + (last < first)
    if (last_year, last) < (year, first):
        return None
    edtf = f"{year:04d}-{first:02d}/{last_year:04d}-{last:02d}"
    return Value(edtf, "interval", relative="y1" not in g and "y2" not in g)


def relative_month(g: Groups, c: Context) -> Value | None:
    """This July, last May, next March."""
    month, which = month_number(g["m1"]), g["which"].lower()
    if c.anchor is None or c.anchor.month is None:
        return Value(None, relative=True)
    year = c.anchor.year
    if which in ("last", "this past") and month >= c.anchor.month:
        year -= 1
    if which in ("next", "this coming", "the coming") and month <= c.anchor.month:
        year += 1
    return Value(f"{year:04d}-{month:02d}", relative=True)


def bare_month(g: Groups, c: Context) -> Value | None:
    """A month alone, where the words around it show that a month is meant and not a name or a verb."""
    name = g["m1"].rstrip(".").lower()
    if len(name) == 3 and name != "may" and not g["m1"].endswith("."):
        return None
    words, before, after = time_words(), c.word_before(), c.word_after()
    if name in words.ambiguous_months:
        if before in words.month_after:
            plain = not after[:1].isupper() and not (name == "march" and after in words.month_not_before)
        else:
            owned = before in words.month_after_owner or before.endswith(("’s", "'s"))
            plain = owned and name not in ("may", "march") and after[:1].islower()
        if not plain:
            return None
    year = year_for_month(month_number(name), c)
    return Value(f"{year:04d}-{month_number(name):02d}" if year else None, relative=True)


# Seasons, quarters, years


def season(g: Groups, c: Context) -> Value | None:
    """A season: the third of EDTF's ways to be exact about a quarter of a year."""
    code, which = time_words().seasons[g["season"].lower()], g.get("which", "").lower()
    if "y1" in g:
        counted = c.word_after().lower() in time_words().counted
        return None if counted else Value(f"{int(g['y1']):04d}-{code}")
    if "rel" not in g and c.word_after() == "of":
        return None
    if c.anchor is None:
        return Value(None, relative=True)
    year, now = c.anchor.year, c.anchor.middle
    first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    starts = date(year, first, 1)
    ends = date(*plus_months(year, first, 3), 1)
    if "rel" in g:
        year = relative_year(g["rel"], c) or year
    elif which in ("last", "this past"):
        year -= ends > now
    elif which in ("next", "this coming", "the coming"):
        year += starts <= now
    elif which == "this" and code == 24 and now.month <= 2:
        year -= 1
    elif not which:
        spans = [(date(y, first, 1), date(*plus_months(y, first, 3), 1), y) for y in (year - 1, year, year + 1)]
        year = nearest_year(spans, c) or year
    return Value(f"{year:04d}-{code}", relative=True)


def _year_or_relative(g: Groups, c: Context) -> tuple[int | None, bool]:
    year = g.get("y1") or g.get("y2")
    return (int(year), False) if year else (relative_year(g.get("rel"), c), True)


def quarter(g: Groups, c: Context) -> Value | None:
    """A quarter, as the interval of its months, which every reader of EDTF understands."""
    year, relative = _year_or_relative(g, c)
    words = g.get("q") or g["q2"]
    place = 4 if words.lower() == "last" else ordinal(words) or 1
    edtf = f"{year:04d}-{place * 3 - 2:02d}/{year:04d}-{place * 3:02d}" if year else None
    return Value(edtf, "interval", relative=relative)


def half_year(g: Groups, c: Context) -> Value | None:
    """The first or second half of a year."""
    year, relative = _year_or_relative(g, c)
    first, last = ("01", "06") if g["half"].lower() in ("first", "1st", "1") else ("07", "12")
    return Value(f"{year:04d}-{first}/{year:04d}-{last}" if year else None, "interval", relative=relative)


def decade(g: Groups, _: Context) -> Value:
    """The 1990s; the 1900s and 2000s are taken as centuries only by people who write centuries: 190X."""
    return Value(g["decade"][:3] + "X")


def century(g: Groups, _: Context) -> Value | None:
    """The 19th century."""
    place = ordinal(g["nth"])
    return Value(f"{place - 1:02d}XX") if place and 2 <= place <= 30 else None


def years(g: Groups, c: Context) -> Value | None:
    """From one year to another."""
    first, last = (int(g[name]) for name in (("y1", "y2") if "y1" in g else ("y3", "y4")))
    counted = c.word_after().lower() in time_words().counted
    return Value(f"{first:04d}/{last:04d}", "interval") if first < last and not counted else None


def years_short(g: Groups, c: Context) -> Value | None:
    """2019-20 is two years, 2022-04 a month."""
    year, rest = int(g["y1"]), int(g["yy"])
    if (year + 1) % 100 == rest:
        return Value(f"{year:04d}/{year + 1:04d}", "interval")
    if 1 <= rest <= 12 and c.match[0][4] == "-":
        return Value(f"{year:04d}-{rest:02d}")
    return Value(f"{year:04d}/{year - year % 100 + rest:04d}", "interval") if rest > year % 100 else None


def fiscal_year(g: Groups, _: Context) -> Value:
    """A fiscal year begins in another month in every country: the year, approximately."""
    return Value(f"{int(g.get('y1') or g['y2']):04d}~")


def bare_year(g: Groups, c: Context) -> Value | None:
    """Four digits, unless a number is meant: Resolution 1970, 2000 soldiers."""
    words, year = time_words(), int(g["y1"])
    before, after = c.word_before(), c.word_after().lower()
    if before.rstrip(".") in words.numbered or before in words.numbered or after in words.counted or after == "et":
        return None
    head = c.text[max(0, c.start - 60) : c.start]
    if words.about.search(head[-16:]) and after:
        return None
    if _NUMBER_LIST.search(head):
        return None
    return Value(f"{year:04d}") if year >= 1700 or before in words.month_after else None


_NUMBER_LIST = re.compile(
    r"\b(?:[Rr]esolutions|UNSCRs)\s(?:[0-9]{3,4}(?:\s\([0-9]{4}\))?(?:,\s|\sand\s|,\sand\s))+$"
)

VALUES = {
    "days": days,
    "numeric_day": numeric_day,
    "fixed": fixed,
    "day_of_month": day_of_month,
    "months": months,
    "relative_month": relative_month,
    "bare_month": bare_month,
    "season": season,
    "quarter": quarter,
    "half_year": half_year,
    "decade": decade,
    "century": century,
    "years": years,
    "years_short": years_short,
    "fiscal_year": fiscal_year,
    "bare_year": bare_year,
}
