"""Posts: head nouns and set phrases, their level and sector, modifiers and portfolios."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import Entry, check_entries, load_yaml
from dragoman.vocabulary.surfaces import phrases, tidy

__all__ = ["LEVELS", "Modifier", "Office", "OfficeIndex", "Portfolio", "Post", "offices"]

LEVELS = frozenset(
    {"head_of_state", "head_of_government", "monarch", "deputy_head", "minister", "deputy_minister", "official"}
    | {"adviser", "diplomat", "envoy", "spokesperson", "organization_head", "body_head", "leader", "party"}
    | {
        "legislature_head",
        "legislator",
        "judge",
        "military",
        "local",
        "business",
        "religious",
        "spouse",
        "nominee",
    }
)
MODIFIER_KINDS = frozenset({"acting", "former", "coming", "lower", "rank"})

_POST_FIELDS = ("level", "sector", "forms", "plurals", "links", "of_body", "example")


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of post. ``links`` bind a portfolio ("Minister **of** Trade"); ``of_body``: its level in a body."""

    name: str
    level: str
    sector: str
    forms: tuple[str, ...]
    plurals: tuple[str, ...]
    links: tuple[str, ...]
    of_body: str | None
    example: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word before (or after a hyphen behind) a post; ``kind`` is acting, former, coming, lower or rank."""

    name: str
    kind: str
    forms: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A field of government, by the words that name it in a post or ministry."""

    name: str
    sector: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A post as a text words it: the kind of post, the words that matched it, its level and sector, modifiers."""

    post: Post
    head: str
    level: str
    sector: str
    modifiers: tuple[str, ...] = ()
    portfolio: str | None = None
    plural: bool = False

    @property
    def former(self) -> bool:
        """The holder does not hold it any more."""
        return "former" in self.modifiers

    @property
    def acting(self) -> bool:
        """Held for the time being only."""
        return "acting" in self.modifiers

    @property
    def coming(self) -> bool:
        """Not held yet: elected or designated."""
        return "coming" in self.modifiers


class OfficeIndex:
    """All posts, modifiers and portfolios."""

    def __init__(
        self, posts: Mapping[str, Post], modifiers: Mapping[str, Modifier], portfolios: Mapping[str, Portfolio]
    ) -> None:
        self.posts = posts
        self.modifiers = modifiers
        self.portfolios = portfolios
        self._heads: dict[str, tuple[Post, bool]] = {}
        for post in posts.values():
            for form, plural in _forms(post):
                self._claim(form, post, plural=plural)
        self._modifier_kinds = {
            form.lower().strip("-"): modifier.kind
            for modifier in modifiers.values()
            for form in (modifier.name, *modifier.forms)
        }
        self._fields = {word.lower(): field for field in portfolios.values() for word in field.words}
        self._longest = max(len(re.findall(r"\w+", form)) for form in self._heads)

    def _claim(self, form: str, post: Post, *, plural: bool) -> None:
        other, _ = self._heads.setdefault(tidy(form).lower(), (post, plural))
        if other is not post:
            raise Entry("offices", post.name, {}).error(f"form {form!r} belongs to {other.name!r} already")

    @property
    def heads(self) -> Mapping[str, tuple[Post, bool]]:
        """Every head noun and set phrase, lower case, with its post and whether it is plural."""
        return self._heads

    def modifier_kind(self, word: str) -> str | None:
        """What a word before a post does to it: acting, former, coming, lower or rank; null for other words."""
        return self._modifier_kinds.get(word.lower().strip("-"))

    def lookup(self, text: str) -> Office | None:
        """The post that the words name ("Acting Deputy Minister of Foreign Affairs of Serbia"), null if none.

        The first post in the words is the one meant, for what follows "of" or "to" belongs to it: the Aide to
        the President is an aide. A name of a field before the head ("Finance Minister") is part of the post.
        """
        form = tidy(text).lower()
        span = next(phrases(form, self._heads, longest=self._longest), None)
        if span is None:
            return None
        head, before, after = form[slice(*span)], form[: span[0]], form[span[1] :]
        post, plural = self._heads[head]
        kinds = [kind for word in before.split() if (kind := self.modifier_kind(word))]
        kinds += [kind for word in re.findall(r"^-\s?(\w+)", after) if (kind := self.modifier_kind(word))]
        field = self._field(before, after) if post.level in ("minister", "deputy_minister", "official") else None
        level = "deputy_minister" if post.level == "minister" and "lower" in kinds else post.level
        return Office(
            post=post,
            head=head,
            level=level,
            sector=field.sector if field and post.sector == "GOV" else post.sector,
            modifiers=tuple(dict.fromkeys(kinds)),
            portfolio=field.name if field else None,
            plural=plural,
        )

    def _field(self, before: str, after: str) -> Portfolio | None:
        for side in (after, before):
            for start, end in phrases(side, self._fields, longest=3):
                return self._fields[side[start:end]]
        return None

    def contains(self, text: str) -> bool:
        """Whether any post is named in the words."""
        return next(phrases(tidy(text).lower(), self._heads, longest=self._longest), None) is not None


def _forms(post: Post) -> Iterator[tuple[str, bool]]:
    for form in (post.name, *post.forms):
        yield form, False
        if post.plurals and (form == post.name or " of " in form):
            continue  # "Heads of State" is listed, "Head of States" is not a form
        if not form.endswith((".", "s", "-", " to", " of")):
            yield form.removesuffix("y") + "ies" if form.endswith("ary") else form + "s", True
    for form in post.plurals:
        yield form, True


def _post(entry: Entry) -> Post:
    of_body = entry.maybe("of_body")
    if of_body is not None:
        entry.one_of("of_body", LEVELS)
    return Post(
        name=entry.key,
        level=entry.one_of("level", LEVELS),
        sector=entry.text("sector"),
        forms=entry.texts("forms"),
        plurals=entry.texts("plurals"),
        links=entry.texts("links"),
        of_body=of_body,
        example=entry.text("example"),
    )


def _modifier(entry: Entry) -> Modifier:
    return Modifier(entry.key, entry.one_of("kind", MODIFIER_KINDS), entry.texts("forms"), entry.text("example"))


@cache
def offices() -> OfficeIndex:
    """All posts. Raises VocabularyError."""
    raw = load_yaml("offices")
    if set(raw) != {"posts", "modifiers", "portfolios"}:
        raise VocabularyError("must hold `posts`, `modifiers`, `portfolios`", where="offices.yaml")
    posts = check_entries("offices", raw["posts"], fields=_POST_FIELDS)
    modifiers = check_entries("offices", raw["modifiers"], fields=("kind", "forms", "example"))
    portfolios = check_entries("offices", raw["portfolios"], fields=("sector", "words"))
    return OfficeIndex(
        {key: _post(entry) for key, entry in posts.items()},
        {key: _modifier(entry) for key, entry in modifiers.items()},
        {key: Portfolio(key, entry.text("sector"), entry.texts("words")) for key, entry in portfolios.items()},
    )
