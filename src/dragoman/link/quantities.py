"""Numbers with what they count: "3 billion US dollars", "200 officers", "a third of 1,200 km"; days are none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Quantity", "quantities"]

_SCALE = {"thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12}
_CURRENCY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "rouble"}
_UNITS = {"ruble": "rouble", "usd": "dollar", "eur": "euro", "%": "percent", "per": "percent", "pct": "percent"}
_SKIPPED = frozenset("us u.s. american new more additional extra further other of the full such first".split())
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)\s*$"
)
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(?P<sign>[$€£¥₽])?\s?(?![0-9,]+(?:st|nd|rd|th)\b)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*-?\s*(?P<scale>"
    + "|".join(_SCALE)
    + r")s?\b)?"
)
_WORD = re.compile(r"\s*(%|[A-Za-z][\w.’'-]*)")
_FUNCTION = frozenset("and or to in on by for from with at as than then a an over up".split())


class Quantity(NamedTuple):
    """A number and its unit, singular: 3e9, "dollar"."""

    value: float
    unit: str

    def __str__(self) -> str:
        number = f"{self.value:,.0f}" if self.value.is_integer() else f"{self.value:,}"
        return f"{number} {self.unit}"


@lru_cache(maxsize=65536)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of the text, in order, each once; years, ordinals, days of a month and bare numbers are
    none.

    >>> quantities("to 3 billion US dollars by 2030")
    (Quantity(value=3000000000.0, unit='dollar'),)
    """
    found: dict[Quantity, None] = {}
    for match in _NUMBER.finditer(text):
        digits = match["digits"].rstrip(",").replace(",", "")
        if not digits or _MONTHS.search(text, max(0, match.start() - 12), match.start()):
            continue
        sign = match["sign"]
        unit = _CURRENCY[sign] if sign else _unit_after(text, match.end())
        if unit is None or (unit not in _CURRENCY.values() and _is_year(digits) and not match["scale"]):
            continue
        found[Quantity(float(digits) * _SCALE.get(match["scale"] or "", 1), unit)] = None
    return tuple(found)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2100


def _unit_after(text: str, at: int) -> str | None:
    """What is counted: the first plural after the number ("80 million vaccine doses"), or the next word."""
    first = None
    for _ in range(3):
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match[1].lower().rstrip(".")
        at = match.end()
        if word in _SKIPPED or match[1].lower() in _SKIPPED:
            continue
        if word in _FUNCTION or (match[1][:1].isupper() and _MONTHS.match(match[1])):
            break
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            return _UNITS.get(word[:-1], word[:-1])
        first = first or word
    return _UNITS.get(first, first) if first else None
