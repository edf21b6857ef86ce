"""Mentions of people, counted by how they are written, for deciding who is who."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.link.names import is_full, parts
from dragoman.link.posts import PostClass, post_class

__all__ = ["Form", "Mention", "forms_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """That a document names a person. day: of publication, ``YYYY-MM-DD`` or empty; times: how often."""

    document: str
    name: str
    country: str | None
    office: str | None
    day: str
    times: int = 1


@dataclass(slots=True)
class Form:
    """All mentions of one spelling (``parts``), in numbers; each document counts once a country and post."""

    words: tuple[str, ...]
    names: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    posts: Counter[PostClass] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)  # of publication, a document each, sorted
    first: tuple[str, str, str] = ("~", "", "")  # day, document and name of the earliest mention
    weight: int = 0  # documents

    @property
    def full(self) -> bool:
        """Whether the spelling is enough to tell people apart."""
        return is_full(self.words)

    @property
    def country(self) -> str | None:
        """The country most often given; None where there is none or two are as good."""
        ranked = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        return ranked[0][0] if ranked else None


def forms_of(mentions: Iterable[Mention]) -> Mapping[tuple[str, ...], Form]:
    """The spellings with their numbers. The order of the mentions leaves no trace."""
    forms: dict[tuple[str, ...], Form] = {}
    documents: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        words = parts(mention.name)
        if not words:
            continue
        form = forms.get(words)
        if form is None:
            form = forms[words] = Form(words)
        form.names[mention.name] += mention.times
        if mention.country:
            form.countries[mention.country] += 1
        if (kind := post_class(mention.office)) is not None:
            form.posts[kind] += 1
        form.first = min(form.first, (mention.day or "~", mention.document, mention.name))
        documents[words][mention.document] = mention.day
    for words, form in forms.items():
        form.days = sorted(day for day in documents[words].values() if day)
        form.weight = len(documents[words])
    return forms
