"""Folding: one form for words that a reader would call the same, in any script, for searching only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["fold", "terms", "trigrams"]

# letters that carry their stroke or lack their dot in themselves, so that no decomposition takes it off
_STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "’": "'", "‘": "'", "ʼ": "'"}


class _Letters(dict[int, str | None]):
    """For ``str.translate``: what becomes of a character, found out when it is first met; None takes it out."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        combining = unicodedata.combining(char)
        accent = 10 <= combining <= 36 or combining >= 200
        self[code] = None if accent else _STROKES.get(char, char)
        return self[code]


_letters = _Letters()
_GAPS = re.compile(r"[\s\x00-\x1f\x7f]+")
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_MOST_TRIGRAMS = 48


def fold(text: str) -> str:
    """Lower case, without accents, compatibility forms unified, one space for any run of white space.

    Accents and the points of Arabic and Hebrew go; vowel signs of Indic scripts and the voicing marks of kana
    stay, because they tell words apart (their canonical combining class is below 10, or between 37 and 199).
    """
    if text.isascii():
        return _GAPS.sub(" ", text.lower()).strip()
    spread = unicodedata.normalize("NFKD", text.casefold()).translate(_letters)
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", spread).casefold().translate(_letters)).strip()


def terms(words: str) -> list[str]:
    """What a query asks for, folded: each word, and each "phrase in double quotes" as one. Any text is a query."""
    # halves of surrogate pairs stand for bytes of a command line that were no UTF-8: no text holds them
    found = (fold(phrase or word) for phrase, word in _TERM.findall(words.encode("utf-8", "replace").decode()))
    return list(dict.fromkeys(term for term in found if term))


def trigrams(wanted: Sequence[str]) -> list[str]:
    """The three-character pieces by which an index narrows a search; none where every term is shorter.

    The first few are enough: the index only narrows, the comparison of the whole term decides.
    """
    pieces = (term[i : i + 3] for term in wanted for i in range(len(term) - 2))
    return list(dict.fromkeys(pieces))[:_MOST_TRIGRAMS]
