"""The words and rules of times.yaml, read once and made into one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import load_yaml

__all__ = ["Rule", "TimeWords", "time_words"]

_SOURCE = "annotate/times.yaml"
_WORD_SETS: tuple[str, ...] = (
    "numbered",
    "counted",
    "ambiguous_months",
    "month_after",
    "month_after_owner",
    "month_not_before",
)
_WORD_SETS += ("not_weekday_after", "not_weekday_before", "future", "past")
# One or two blanks (any but a line end), with one line end at most: a date may be broken over two lines.
_BLANK = r"(?:[^\S\n]{1,2}|[^\S\n]?\n[^\S\n]?)"
# Not inside a word, a price or a longer number.
_BEFORE = r"(?<![\w$€£#№@])(?<![0-9][.,/:\-–])"
_AFTER = r"(?![\w%])(?![.,/:\-–][0-9])"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of times.yaml: a pattern and the function that gives its value."""

    name: str
    value: str
    entry: Mapping[str, Any]
    groups: tuple[tuple[str, str], ...]  # (name in the rule, name in the joined expression)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Everything times.yaml says, in the shape in which times.py needs it. Keys of mappings are lower case."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    holidays: Mapping[str, tuple[int, int]]
    numbered: frozenset[str]
    counted: frozenset[str]
    about: re.Pattern[str]
    ambiguous_months: frozenset[str]
    month_after: frozenset[str]
    month_after_owner: frozenset[str]
    month_not_before: frozenset[str]
    not_weekday_after: frozenset[str]
    not_weekday_before: frozenset[str]
    future: frozenset[str]
    past: frozenset[str]
    openers: frozenset[str]  # the words with which an expression can begin
    rules: tuple[Rule, ...]
    expression: re.Pattern[str]  # the group that closes last is r0, r1, …: the rule that fitted


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest word first, in which either apostrophe fits."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace("’", "[’']").replace(r"\ ", " ") for word in ordered) + ")"


@cache
def time_words() -> TimeWords:
    """Read and check times.yaml. Raises VocabularyError where an entry cannot be used."""
    data = load_yaml("times", folder=Path(__file__).parent)
    ordinals = {word: place for place, word in enumerate(data["ordinals"], start=1)} | data["tens_ordinals"]
    rules, expression = _compile(data, _parts(data))
    return TimeWords(
        months={name.lower(): number for name, number in data["months"].items()},
        weekdays={name.lower(): place for place, name in enumerate(data["weekdays"])},
        seasons=data["seasons"],
        numbers=data["numbers"],
        ordinals=ordinals,
        holidays={name.lower(): (day[0], day[1]) for name, day in data["holidays"].items()},
        about=re.compile(rf"\b{any_of(data['about'])}\s$", re.IGNORECASE),
        openers=_openers(data),
        rules=rules,
        expression=expression,
        **{name: frozenset(data[name]) for name in _WORD_SETS},
    )


def _openers(data: Mapping[str, Any]) -> frozenset[str]:
    kinds = (
        "openers",
        "months",
        "weekdays",
        "weekday_short",
        "seasons",
        "holidays",
        "ordinals",
        "tens_ordinals",
        "numbers",
    )
    return frozenset(re.split(r"[\W_]", str(word))[0].lower() for kind in kinds for word in data[kind])


def _parts(data: Mapping[str, Any]) -> dict[str, str]:
    months = [
        form
        for name in data["months"]
        for form in (name, name.upper())
        if len(name) > 4 or name in ("May", "June", "July")
    ]
    short = [
        form
        for name in data["months"]
        for form in (name, name.upper())
        if len(name) <= 4 and name not in ("May", "June", "July")
    ]
    numbers = data["numbers"]
    parts = {
        "month": f"(?-i:{any_of(months)}|{any_of(short)}\\.?)",  # cased: "may" and "march" are verbs
        "weekday": any_of(data["weekdays"]),
        "weekday_short": f"(?-i:{any_of(data['weekday_short'])})",
        "season": any_of(data["seasons"]),
        "holiday": any_of(data["holidays"]),
        "ordinal": any_of(data["ordinals"]),
        "tens_ordinal": any_of(data["tens_ordinals"]),
        "number": any_of(numbers),
        "ones": any_of(word for word, number in numbers.items() if number < 10 and word not in ("a", "an")),
        "tens": any_of(word for word, number in numbers.items() if 20 <= number <= 90),
    }
    for name, pattern in data["parts"].items():
        parts[name] = _fill(str(pattern), parts, where=name)
    return parts


def _fill(pattern: str, parts: Mapping[str, str], *, where: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise VocabularyError(f"no part named {{{match[1]}}}", where=f"{_SOURCE}: {where}", hint="see parts:")
        return parts[match[1]]

    return re.sub(r"\{([a-z_]+)\}", part, pattern)


def _compile(data: Mapping[str, Any], parts: Mapping[str, str]) -> tuple[tuple[Rule, ...], re.Pattern[str]]:
    rules: list[Rule] = []
    alternatives: list[str] = []
    for place, entry in enumerate(data["rules"]):
        pattern = _fill(entry["pattern"], parts, where=entry["name"])
        pattern = _widen(pattern)
        names = re.findall(r"\(\?P<(\w+)>", pattern)
        pattern = re.sub(r"\(\?P<(\w+)>", rf"(?P<r{place}_\1>", pattern)
        pattern = re.sub(r"\(\?P=(\w+)\)", rf"(?P=r{place}_\1)", pattern)
        try:
            re.compile(pattern)
        except re.error as error:
            where = f"{_SOURCE}: {entry['name']}"
            raise VocabularyError(
                f"not a regular expression: {error}", where=where, hint="see Python's re"
            ) from error
        groups = tuple((name, f"r{place}_{name}") for name in names)
        rules.append(Rule(entry["name"], entry["value"], entry, groups))
        alternatives.append(f"(?P<r{place}>{pattern})")
    joined = f"{_BEFORE}(?:{'|'.join(alternatives)}){_AFTER}"
    return tuple(rules), re.compile(joined, re.IGNORECASE)


def _widen(pattern: str) -> str:
    """Let every space stand for blanks or a line end, outside of character classes."""
    out, depth = [], 0
    for place, sign in enumerate(pattern):
        if sign == "[" and pattern[place - 1 : place] != "\\":
            depth += 1
        elif sign == "]" and depth:
            depth -= 1
        out.append(_BLANK if sign == " " and not depth else sign)
    return "".join(out)
