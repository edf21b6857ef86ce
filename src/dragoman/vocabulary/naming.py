"""Words around personal names: courtesy titles, styles, ranks, particles, suffixes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import load_entries

__all__ = ["Honorifics", "honorifics", "names_about", "ranks"]

_KINDS = ("title", "style", "rank", "particle", "suffix")


@dataclass(frozen=True, slots=True)
class Honorifics:
    """The words by kind, as written."""

    titles: frozenset[str]
    styles: frozenset[str]
    ranks: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def names_about() -> Honorifics:
    """All words around names, by kind. Raises VocabularyError."""
    found: dict[str, frozenset[str]] = {}
    for entry in load_entries("honorifics", fields=("kind", "forms", "example")).values():
        found[entry.one_of("kind", _KINDS)] = frozenset(entry.texts("forms"))
    missing = [kind for kind in _KINDS if kind not in found]
    if missing:
        raise VocabularyError(f"no entry of kind {missing[0]!r}", where="honorifics.yaml")
    return Honorifics(found["title"], found["style"], found["rank"], found["particle"], found["suffix"])


@cache
def honorifics() -> frozenset[str]:
    """Every word that stands before a name without being part of it or an office: titles, styles and ranks."""
    return names_about().titles | names_about().styles | names_about().ranks


def ranks() -> frozenset[str]:
    """Military and police ranks, as written."""
    return names_about().ranks
