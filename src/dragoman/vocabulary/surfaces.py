"""Words as written → what they name: exact first, then without article, possessive, or capitals of a headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

__all__ = ["Surfaces", "candidates", "claim", "phrases", "plural", "tidy"]

_WORD = re.compile(r"\w+")
_ARTICLES = ("the ", "The ", "THE ")


def tidy(text: str) -> str:
    """Straight apostrophes and hyphens, single spaces: the form in which vocabulary files are written."""
    text = text.replace("’", "'").replace("ʻ", "'").replace("‑", "-")
    return " ".join(text.split())


def candidates(text: str) -> Iterator[str]:
    """The forms under which words as written may stand in a vocabulary, likeliest first."""
    form = tidy(text)
    yield form
    if form.startswith("the "):  # "the Hague" for "The Hague"
        yield "The" + form[3:]
    for ending in ("'s", "'S"):
        form = form.removesuffix(ending)
    form = form.removesuffix("'")
    yield form
    for article in _ARTICLES:
        if form.startswith(article):
            yield form.removeprefix(article)


class Surfaces(Generic[T]):
    """A dictionary of surface forms, case-sensitive; words of four letters or more in capitals match too."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = {tidy(surface): value for surface, value in entries.items()}
        self._capitals: dict[str, T] = {}
        for surface, value in self._entries.items():
            self._capitals.setdefault(surface.upper(), value)

    def get(self, text: str) -> T | None:
        """What the words name, or None."""
        for form in candidates(text):
            value = self._entries.get(form)
            if value is not None:
                return value
            if len(form) > 3 and form.isupper():
                value = self._capitals.get(form)
                if value is not None:
                    return value
        return None

    def as_dict(self) -> dict[str, T]:
        """Every surface form, as the files write it."""
        return dict(self._entries)


def phrases(text: str, table: Container[str], *, longest: int) -> Iterator[tuple[int, int]]:
    """Where phrases of the table stand in the text, left to right, each the longest of at most so many words.

    Offsets into ``text``. A phrase begins and ends at word bounds; full stops of abbreviations count to it.
    Looking up words is faster than one alternation of a thousand phrases, which is slow to compile.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    position = 0
    while position < len(words):
        start = words[position][0]
        for last in range(min(position + longest, len(words)) - 1, position - 1, -1):
            end = words[last][1]
            if text[end : end + 1] == "." and text[start : end + 1] in table:
                end += 1
            elif text[start:end] not in table:
                continue
            yield start, end
            position = last
            break
        position += 1


def plural(noun: str) -> str:
    """The regular plural of a noun or of a phrase that ends in one."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def claim(table: dict[str, T], surface: str, value: T, *, clash: Callable[[T], Exception]) -> None:
    """Enter a surface form; raises ``clash(other)`` where another value has it already."""
    other = table.setdefault(surface, value)
    if other is not value and other != value:
        raise clash(other)
