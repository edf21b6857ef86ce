"""The words by which texts are held against each other: of titles, of deeds, of what a promise is about."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from dragoman.store.fold import fold
from dragoman.vocabulary import accord_kinds, states, visit_kinds
from dragoman.vocabulary.load import load_words

__all__ = ["is_about", "known_accord", "linking_words", "names_several", "telling_words", "title_words"]


@cache
def linking_words() -> dict[str, frozenset[str]]:
    """The lists of words.yaml. Raises VocabularyError."""
    return load_words("words", folder=Path(__file__).parent)


@cache
def _beginnings(about: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(linking_words()[about]))) + ")", re.IGNORECASE)


def is_about(about: str, text: str) -> bool:
    """Whether a text speaks of a visit, a meeting or a signing (lists of words.yaml)."""
    return _beginnings(about).search(text) is not None


@lru_cache(maxsize=65536)
def telling_words(text: str) -> frozenset[str]:
    """The stems of the words that say what is done: without common words, numbers and endings."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    kinds, small = visit_kinds().words, linking_words()["small"]
    stems = (_stem(word) for word in words if len(word) > 2 and word not in small and word not in kinds)
    return frozenset(stem for stem in stems if stem not in linking_words()["common"])


def _stem(word: str) -> str:
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ions",
        "ion",
        "ments",
        "ment",
        "ies",
        "ied",
        "es",
        "ed",
        "s",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=16384)
def title_words(title: str, parties: frozenset[str] = frozenset()) -> frozenset[str]:
    """What an accord is about: the words of its title without its kind, its parties (ISO3) and small words."""
    plain = fold(title).replace("'s", "")
    kinds, small = _kind_heads(), linking_words()["titles"]
    words = [word for word in re.findall(r"\w+", plain) if word not in small and word not in kinds]
    return frozenset(_singular(word) for word in words if _state_named(word) not in parties)


@cache
def _kind_heads() -> frozenset[str]:
    """The nouns that head the names of kinds: "treaty", "memorandum", "memoranda"."""
    names = [re.split(r" (?:of|on|between|for|with) ", fold(phrase))[0] for phrase in accord_kinds().words]
    heads = {name.split()[-1] for name in names}
    plural = {f"{head}s" for head in heads} | {f"{head[:-1]}ies" for head in heads if head[-1] == "y"}
    return frozenset(heads | plural)


@lru_cache(maxsize=16384)
def names_several(title: str) -> bool:
    """Whether a title without a name speaks of more than one: "bilateral documents", "treaties"."""
    heads = [word for word in fold(title).split() if word in _kind_heads()]
    return bool(heads) and any(word.endswith("s") and _singular_head(word) for word in heads)


def _singular_head(word: str) -> bool:
    return word[:-1] in _kind_heads() or (word.endswith("ies") and f"{word[:-3]}y" in _kind_heads())


@cache
def _known_accords() -> dict[str, str]:
    named = accord_kinds().named
    return {fold(alias): accord.name for name, accord in named.items() for alias in (name, *accord.aliases)}


@lru_cache(maxsize=16384)
def known_accord(title: str) -> str | None:
    """The name of an accord that the vocabulary knows by it: "JCPOA" and "Iran nuclear deal" are one."""
    return _known_accords().get(fold(title).removeprefix("the "))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def _state_named(word: str) -> str | None:
    """The state of which a word is the name or the adjective; not the one whose capital it is."""
    found = states().lookup(word.title()) or states().lookup(word.upper())
    return found.iso3 if found is not None and found.kind != "metonym" else None
