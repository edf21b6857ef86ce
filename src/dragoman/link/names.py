"""Names of people: which spellings may name one person. Knows nothing of who they are.

Spellings differ by transliteration (Zelensky, Zelenskyy, Зеленський), by order (Kishida Fumio), by short forms
(Joe, Joseph), by initials (K. Tokayev) and by what is left out (patronymics, middle names, a family name in
Arabic usage). Two strings that agree here are still two people where country or time say so: see people.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from dragoman.vocabulary.load import load_words

__all__ = ["agree", "block_keys", "is_full", "middles_differ", "parts", "sound"]

_WORD = re.compile(r"[a-z]+")
_PARTICLES = frozenset("al el ul ad as ash bin ibn ben bint von van der den de da do dos di du la le".split())
_BESIDE = frozenset("jr sr mr mrs ms dr phd sir dame lord hon his her excellency the".split())
_NUMERAL = re.compile(r"i{1,3}|iv|vi{0,3}|x[iv]{2,4}")  # of kings and popes; Xi is a family name
_LEAST_FUZZY = 5  # letters; shorter words differ by one letter and are different names

# one letter for what transliterations write in more than one way, longest first
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"shch|sch|tsch|tch", "ch"),
        (r"kh|gh", "h"),
        (r"ph", "f"),
        (r"zh|dzh|dj|j", "j"),
        (r"ck|q|c(?![h])", "k"),
        (r"ks|x", "ks"),
        (r"w", "v"),
        (r"iy|yi|ij|yy|ii|ie|ye|yo|ia|ya|iu|yu", "i"),
        (r"y", "i"),
        (r"ou|oo", "u"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """The groups of given names to which a word belongs, by its sound; "Pat" belongs to two."""
    found: dict[str, set[str]] = {}
    for head, others in load_words("given_names", folder=Path(__file__).parent).items():
        for word in (head, *others):
            found.setdefault(sound(word), set()).add(head)
    return {word: frozenset(heads) for word, heads in found.items()}


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """One form for the spellings of a word (lower-case ASCII) in different transliterations."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name in Latin letters and lower case, without titles and particles."""
    plain = name.partition("(")[0] or name  # "(retranslated)", "(in Russian)"
    latin = anyascii(_spaced(plain)).lower().replace("'", "").replace("`", "")
    words = [word for word in _WORD.findall(latin) if word not in _BESIDE]
    kept = [word for word in words if word not in _PARTICLES]
    return tuple(kept or words)


def _spaced(name: str) -> str:
    """A space between an initial and what follows it: "George W.Bush"."""
    return name.replace(".", ". ")


def is_full(words: tuple[str, ...]) -> bool:
    """Whether a name tells people apart: two words that are more than an initial, or one and a numeral."""
    whole = [word for word in words if len(word) > 1]
    return len(whole) > 1 and not all(_NUMERAL.fullmatch(word) for word in whole)


@lru_cache(maxsize=262144)
def _alike(a: str, b: str) -> float:
    """How far two words may be one name: 1 the same sound, 0.9 a variant, 0.5 an initial, 0 not."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.5 if a[0] == b[0] else 0.0
    if _NUMERAL.fullmatch(a) or _NUMERAL.fullmatch(b):
        return 0.0  # II is not III
    one, other = sound(a), sound(b)
    if one == other:
        return 1.0
    if _classes().get(one, frozenset()) & _classes().get(other, frozenset()):
        return 0.9
    if min(len(one), len(other)) < _LEAST_FUZZY or one[0] != other[0]:
        return 0.0
    return 0.9 if JaroWinkler.similarity(one, other) >= 0.93 else 0.0


@lru_cache(maxsize=262144)
def agree(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How far two names (as ``parts``) may name one person, 0 to 1; 0 where they cannot.

    Every word of the shorter name must stand in the longer one, the first in the first place, but for names of the
    same words in another order. Initials alone do not make two people one, and different middle initials make
    one name two.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if not short:
        return 0.0
    if short == long:
        return 1.0
    if middles_differ(short, long):
        return 0.0
    first = _alike(short[0], long[0])
    score = _aligned(short, long)
    if score and not first:  # the same words in another order: Kishida Fumio
        score = score - 0.03 if len(short) == len(long) <= 3 else 0.0
    return score


def _aligned(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The mean likeness of the words of the shorter name with words of the longer, each used once."""
    left = list(long)
    scores = []
    for word in short:
        best = max(left, key=lambda other, word=word: _alike(word, other))  # type: ignore[misc]
        scores.append(_alike(word, best))
        left.remove(best)
    whole = sum(score > 0.5 for score in scores)
    if min(scores) == 0 or whole < 1 or (whole < 2 and len(short) > 1 and 0.5 not in scores):
        return 0.0
    if len(short) > 1 and whole < 2 and _alike(short[-1], long[-1]) <= 0.5:
        return 0.0  # an initial and a given name: "Joseph R." is nobody
    return sum(scores) / len(scores)


def middles_differ(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether both give a middle name or initial, one of them as an initial, and these differ."""
    if len(short) < 3:
        return False
    one, other = short[1], long[1]
    return min(len(one), len(other)) == 1 and not _alike(one, other)


def block_keys(words: tuple[str, ...]) -> set[str]:
    """Keys of which two agreeing full names share at least one: a word by its sound, and how another begins."""
    found = set()
    for position, word in enumerate(words):
        if len(word) > 1:
            others = [*words[:position], *words[position + 1 :]]
            found |= {f"{head} {other[:2]}" for head in _heads(word) for rest in others for other in _heads(rest)}
    return found


def _heads(word: str) -> set[str]:
    """A word by its sound without its end, where transliterations differ most, and by the names it stands for."""
    plain = sound(word)
    return {plain[:4], *(sound(head)[:4] for head in _classes().get(plain, ()))}
