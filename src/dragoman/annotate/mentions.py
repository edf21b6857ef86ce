"""Mentions and the entities they point to: the words that name an actor, and the actor."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from dragoman.records import ActorKind

Form = Literal["name", "post", "state", "demonym", "capital", "metonym", "organization", "pronoun", "plural"]


@dataclass(slots=True, eq=False)
class Entity:
    """One actor of one document, with every mention of it.

    name: the fullest form in the document; country: ISO3 of the state acted for; office: the post held.
    gender: "f" or "m" where an honorific or a pronoun in apposition says so.
    """

    kind: ActorKind
    name: str
    country: str | None = None
    office: str | None = None
    sector: str | None = None
    gender: str | None = None
    mentions: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Let a mention point to this entity."""
        mention.entities = (self,)
        self.mentions.append(mention)


@dataclass(slots=True, eq=False)
class Mention:
    """Tokens start to end (exclusive) that name an actor; root is their syntactic head.

    name_start, name_end: the personal name inside, for a mention such as "Foreign Minister Wang Yi".
    entities: what the words stand for: nothing yet, one actor, or several ("the two leaders").
    """

    start: int
    end: int
    root: int
    form: Form
    country: str | None = None
    office: str | None = None
    sector: str | None = None
    name_start: int = -1
    name_end: int = -1
    entities: tuple[Entity, ...] = ()

    @property
    def entity(self) -> Entity | None:
        """The one actor meant, or None."""
        return self.entities[0] if len(self.entities) == 1 else None

    def text(self, doc: Doc) -> str:
        """The words."""
        return str(doc[self.start : self.end].text)


def root_of(doc: Doc, start: int, end: int, *, name: int = -1) -> int:
    """Index of the token in the span whose head lies outside it.

    name: where a personal name begins, the head of all that stands before and after it; it comes first if several
    heads lie outside.
    """
    for i in (name, *range(start, end)) if name >= 0 else range(start, end):
        head = doc[i].head.i
        if head < start or head >= end or head == i:
            return i
    return end - 1


def fold(name: str) -> str:
    """Case, accents and typographic apostrophes aside, so that spellings of one name meet."""
    decomposed = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_NOT_IN_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr", "sir"})
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "ben", "de", "la", "der", "den", "van", "von", "da", "dos"}
)
_SON_OF = frozenset({"bin", "ibn", "bint"})


def name_words(name: str) -> list[str]:
    """The words of a personal name that can be compared: no initials, no suffixes."""
    words = [word.strip(".,'") for word in fold(name).replace("-", " ").split()]
    return [word for word in words if len(word) > 1 and word not in _NOT_IN_NAMES]


def same_person(one: list[str], other: list[str]) -> bool:
    """Whether two names, as from ``name_words``, may be one person's: the family names agree, in either order.

    A son does not bear his father's name as his own: with "bin" between them, the given names decide.
    """
    if not one or not other:
        return False
    if len(one) == 1 or len(other) == 1:
        short, long = (one, other) if len(one) <= len(other) else (other, one)
        return short[0] in (long[0], long[-1])
    if _SON_OF & (set(one) | set(other)) and one[0] != other[0]:
        return False
    shared = (set(one) & set(other)) - _PARTICLES
    if one[-1] == other[-1]:
        return one[0] == other[0] or len(shared) > 1 or one[0][0] == other[0][0]
    return len(shared) > 1


def is_title_case(token: Token) -> bool:
    """Written as part of a name: a capital first, and not punctuation."""
    return bool(token.text[:1].isupper())
