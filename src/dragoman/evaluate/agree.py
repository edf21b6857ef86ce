"""When two names, actors, dates or spans agree: the small questions below "do these records match?"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from dragoman.evaluate.annotations import Raw

__all__ = [
    "actors_agree",
    "actors_in_common",
    "covered",
    "dates_compatible",
    "jaccard",
    "overlap",
    "shared_words",
    "sides",
    "words",
]

_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "between", "by", "for", "from", "her", "his"}
    | {"in", "its", "of", "on", "or", "the", "their", "to", "with"}
)
_TITLES = frozenset(
    {"ambassador", "chancellor", "colonel", "dr", "emir", "general", "king", "lord", "minister", "mr", "mrs", "ms"}
    | {"premier", "president", "prince", "queen", "secretary", "sheikh", "sir", "ii", "iii", "iv", "jr", "sr"}
)
_SAME_BODY = 0.6  # share of the shorter name's words from which two names may mean one organization

Day = tuple[int, int, int]
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def words(text: str | None) -> list[str]:
    """Content words without case and accents."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [word for word in re.findall(r"\w+", plain) if word not in _FUNCTION_WORDS]


def shared_words(one: str | None, other: str | None) -> float:
    """Share of the shorter text's content words that the other has too."""
    return _share_of_smaller(set(words(one)), set(words(other)))


def _share_of_smaller(one: set[Any], other: set[Any]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def jaccard(one: set[Any], other: set[Any]) -> float:
    """Intersection over union; 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _persons_agree(one: str, other: str) -> bool:
    """Surnames are equal, whichever end of the name they stand at."""
    first, second = ([word for word in words(name) if word not in _TITLES] for name in (one, other))
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if len(short) == 1:
        return short[0] in (long[0], long[-1])
    return first[-1] in second[1:] or second[-1] in first[1:] or len(set(first) & set(second)) >= 2


def actors_agree(one: Raw | None, other: Raw | None) -> bool:
    """Two persons: their names, and no two different states; else their states; else the words of their names."""
    if not one or not other:
        return False
    states = one.get("country"), other.get("country")
    if all(actor.get("kind") == "person" and actor.get("name") for actor in (one, other)):
        return _persons_agree(one["name"], other["name"]) and (not all(states) or states[0] == states[1])
    if all(states):
        return bool(states[0] == states[1])
    return shared_words(one.get("name"), other.get("name")) >= _SAME_BODY


def actors_in_common(some: Iterable[Raw] | None, others: Iterable[Raw] | None) -> int:
    """How many of some find a partner among the others, each partner taken once."""
    free = list(others or ())
    found = 0
    for actor in some or ():
        partner = next((number for number, other in enumerate(free) if actors_agree(actor, other)), None)
        if partner is not None:
            del free[partner]
            found += 1
    return found


def sides(actors: Iterable[Raw] | None) -> set[str]:
    """The states on stage; an actor without one stands for itself."""
    return {actor.get("country") or " ".join(words(actor.get("name"))) for actor in actors or ()} - {""}


def covered(record: Raw) -> set[int]:
    """The offsets that the record's evidence covers."""
    return {at for span in record.get("evidence") or () for at in range(span["start"], span["end"])}


def overlap(one: Raw, other: Raw) -> float:
    """Overlap of two records' evidence as a share of the shorter one."""
    return _share_of_smaller(covered(one), covered(other))


def dates_compatible(one: str | None, other: str | None) -> bool:
    """One of the intervals contains the other; a date that is unknown, open or unreadable agrees with any."""
    first, second = _interval(one), _interval(other)
    if first is None or second is None:
        return True
    return any(a[0] <= b[0] and b[1] <= a[1] for a, b in ((first, second), (second, first)))


def _interval(edtf: str | None) -> tuple[Day, Day] | None:
    """First and last day; every month counts as having 31, which no comparison here can tell."""
    if not edtf:
        return None
    parts = re.sub("[~?%]", "", edtf).split("/")
    first, last = _bounds(parts[0]), _bounds(parts[-1])
    return (first[0], last[1]) if first and last else None


def _bounds(part: str) -> tuple[Day, Day] | None:
    if match := re.fullmatch(r"(\d{2,3})X+", part):
        return (int(match[1].ljust(4, "0")), 1, 1), (int(match[1].ljust(4, "9")), 12, 31)
    match = re.match(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", part)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if month in _SEASONS:
        return (year, _SEASONS[month][0], 1), (year, _SEASONS[month][1], 31)
    return (year, month or 1, day or 1), (year, month or 12, day or 31)
