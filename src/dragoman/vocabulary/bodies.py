"""International bodies, armed groups, and the bodies of states, by name, alias or pattern of name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import Entry, check_entries, load_yaml
from dragoman.vocabulary.surfaces import Surfaces, candidates, claim

__all__ = ["BodyPattern", "Organization", "OrganizationIndex", "organizations"]

_BODY_FIELDS = ("aliases", "kind", "sector", "country", "ambiguous", "example")
_PATTERN_FIELDS = ("sector", "starts", "ends", "example")


@dataclass(frozen=True, slots=True)
class Organization:
    """A body known by name. ``country`` is the state it belongs to (ISO3), null for bodies between states."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "organization"
    sector: str = "IGO"
    country: str | None = None
    ambiguous: frozenset[str] = frozenset()
    example: str | None = None


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """A kind of national body known by how its name begins or ends."""

    name: str
    sector: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    example: str


class OrganizationIndex:
    """All bodies, by surface form, and the patterns for those that have no entry."""

    def __init__(self, bodies: Mapping[str, Organization], patterns: tuple[BodyPattern, ...]) -> None:
        self._bodies = bodies
        self.patterns = patterns
        entries: dict[str, Organization] = {}
        for body in bodies.values():
            for surface in (body.name, *body.aliases):
                claim(entries, surface, body, clash=_clash(body.name, surface))
        self._surfaces = Surfaces(entries)
        starts = [(words, pattern) for pattern in patterns for words in pattern.starts]
        ends = [(words, pattern) for pattern in patterns for words in pattern.ends]
        self._starts = sorted(starts, key=lambda pair: -len(pair[0]))
        self._ends = sorted(ends, key=lambda pair: -len(pair[0]))

    def __iter__(self) -> Iterator[Organization]:
        return iter(self._bodies.values())

    def __len__(self) -> int:
        return len(self._bodies)

    def lookup(self, text: str) -> Organization | None:
        """The body of that name or alias ("the EU", "OSCE’s"); only bodies with an entry of their own."""
        return self._surfaces.get(text)

    def pattern(self, text: str) -> BodyPattern | None:
        """The kind of national body by the form of its name: "Chilean Ministry of Health" is a ministry."""
        for form in reversed(list(candidates(text))):
            for words, pattern in self._starts:
                if form.startswith(words + " ") or f" {words} " in f" {form} ":
                    return pattern
            for words, pattern in self._ends:
                if form == words or form.endswith(" " + words):
                    return pattern
        return None

    def surfaces(self) -> dict[str, Organization]:
        """Every surface form as written, with the body it names."""
        return self._surfaces.as_dict()


def _clash(name: str, surface: str) -> Any:
    entry = Entry("organizations", name, {})
    return lambda other: entry.error(f"{surface!r} belongs to {other.name!r} already")


def _body(entry: Entry) -> Organization:
    body = Organization(
        name=entry.key,
        aliases=entry.texts("aliases"),
        kind=entry.one_of("kind", ("organization", "group"), default="organization"),
        sector=entry.text("sector", default="IGO"),
        country=entry.maybe("country"),
        ambiguous=frozenset(entry.texts("ambiguous")),
        example=entry.maybe("example"),
    )
    if not body.ambiguous <= {body.name, *body.aliases}:
        raise entry.error("an ambiguous form is not among its names")
    return body


def _pattern(entry: Entry) -> BodyPattern:
    return BodyPattern(
        name=entry.key,
        sector=entry.text("sector"),
        starts=entry.texts("starts"),
        ends=entry.texts("ends"),
        example=entry.text("example"),
    )


@cache
def organizations() -> OrganizationIndex:
    """All bodies. Raises VocabularyError."""
    raw = load_yaml("organizations")
    if set(raw) != {"bodies", "patterns"}:
        raise VocabularyError("must hold `bodies` and `patterns`", where="organizations.yaml")
    bodies = check_entries("organizations", raw["bodies"], fields=_BODY_FIELDS)
    patterns = check_entries("organizations", raw["patterns"], fields=_PATTERN_FIELDS)
    return OrganizationIndex(
        {key: _body(entry) for key, entry in bodies.items()},
        tuple(_pattern(entry) for entry in patterns.values()),
    )
