"""States and territories, and the words that name them: names, demonyms, capitals, metonyms, institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dragoman.vocabulary.load import Entry, load_entries
from dragoman.vocabulary.surfaces import Surfaces, claim, tidy

__all__ = ["State", "StateIndex", "StateName", "states"]

NameKind = Literal["name", "demonym", "capital", "metonym", "institution"]

_JOINT = re.compile(r"\s*[-‐‒–—/]\s*")

_FIELDS = (
    *("name", "names", "demonyms", "capitals", "metonyms", "institutions", "combining"),
    *("ambiguous", "until", "example", "counter"),
)


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory. ``until`` is the year in which it ceased to exist; null for those that stand."""

    iso3: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: dict[str, str]
    institutions: dict[str, str]
    ambiguous: frozenset[str]
    combining: tuple[str, ...] = ()
    until: int | None = None
    example: str | None = None
    counter: str | None = None

    @property
    def capital(self) -> str | None:
        """The present capital; null where the state is a city or has none."""
        return self.capitals[0] if self.capitals else None


@dataclass(frozen=True, slots=True)
class StateName:
    """What a form names: the state, how (``kind``), and the name of the thing itself.

    ``name`` is the state's name for names, demonyms and capitals, and the body's name for metonyms ("Akorda" is
    the Presidency of Kazakhstan) and institutions. ``ambiguous``: the form often means something else.
    """

    iso3: str
    kind: NameKind
    name: str
    ambiguous: bool = False


class StateIndex:
    """All states, by code and by surface form."""

    def __init__(self, table: dict[str, State]) -> None:
        self._states = table
        entries: dict[str, StateName] = {}
        for state in table.values():
            for surface, kind, name in _forms(state):
                value = StateName(state.iso3, kind, name, surface in state.ambiguous)
                if surface in entries and entries[surface].iso3 == state.iso3:
                    continue  # Singapore names both the state and its capital
                entry = Entry("states", state.iso3, {})
                claim(
                    entries,
                    surface,
                    value,
                    clash=lambda other, e=entry, s=surface: e.error(f"{s!r} belongs to {other.iso3} already"),  # type: ignore[misc]
                )
        self._surfaces = Surfaces(entries)
        self._halves = {
            half: StateName(state.iso3, "demonym", state.name)
            for state in table.values()
            for half in state.combining
        }

    def __iter__(self) -> Iterator[State]:
        return iter(self._states.values())

    def __len__(self) -> int:
        return len(self._states)

    def lookup(self, text: str) -> StateName | None:
        """The state that the words name, if any: "the Kremlin’s" as well as "Kremlin", "ASTANA" and "Astana"."""
        return self._surfaces.get(text)

    def compound(self, text: str) -> tuple[StateName, ...]:
        """The states that a compound names, in its order: "U.S.-Polish", "Russia‒Kazakhstan", "Sino-Russian".

        Empty where the words are no compound or one of its parts names no state. "Guinea-Bissau" is a name.
        """
        parts = _JOINT.split(tidy(text))
        if len(parts) < 2 or self.lookup(text) is not None:
            return ()
        found = [self._halves.get(part) or self.lookup(part) for part in parts]
        return tuple(name for name in found if name) if all(found) else ()

    def by_iso3(self, iso3: str) -> State:
        """The state of that code. Raises KeyError."""
        return self._states[iso3]

    def __contains__(self, iso3: object) -> bool:
        return iso3 in self._states

    def surfaces(self) -> dict[str, StateName]:
        """Every surface form as written, with what it names."""
        return self._surfaces.as_dict()


def _forms(state: State) -> Iterator[tuple[str, NameKind, str]]:
    for surface in (state.name, *state.names):
        yield surface, "name", state.name
    for surface in state.demonyms:
        yield surface, "demonym", state.name
    for surface in state.capitals:
        yield surface, "capital", state.name
    for surface, body in state.metonyms.items():
        yield surface, "metonym", body
    for surface, body in state.institutions.items():
        yield surface, "institution", body


def _state(entry: Entry) -> State:
    if len(entry.key) != 3 or not entry.key.isupper():
        raise entry.error("is no ISO 3166-1 alpha-3 code", hint="three capital letters")
    until = entry.number("until")
    state = State(
        iso3=entry.key,
        name=entry.text("name"),
        names=entry.texts("names"),
        demonyms=entry.texts("demonyms"),
        capitals=entry.texts("capitals"),
        metonyms=entry.mapping("metonyms"),
        institutions=entry.mapping("institutions"),
        ambiguous=frozenset(entry.texts("ambiguous")),
        combining=entry.texts("combining"),
        until=None if until is None else int(until),
        example=entry.maybe("example"),
        counter=entry.maybe("counter"),
    )
    unknown = state.ambiguous - {surface for surface, _, _ in _forms(state)}
    if unknown:
        raise entry.error(f"ambiguous form {sorted(unknown)[0]!r} is not among its names")
    return state


@cache
def states() -> StateIndex:
    """All states and territories. Raises VocabularyError."""
    return StateIndex({key: _state(entry) for key, entry in load_entries("states", fields=_FIELDS).items()})
