"""How events are coded: PLOVER types and modes, CAMEO codes with Goldstein values, sectors of actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from dragoman.vocabulary.load import Entry, load_entries, load_yaml

__all__ = [
    "QUAD_CLASSES",
    "CameoCode",
    "PloverMode",
    "PloverTable",
    "PloverType",
    "Sector",
    "cameo",
    "plover",
    "sectors",
]

Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
QUAD_CLASSES: tuple[Quad, ...] = (
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
)

_TYPE_FIELDS = ("quad", "definition", "cameo", "symmetric", "modes", "example", "counter", "because")


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code. ``goldstein`` runs from -10 (conflict) to 10 (cooperation)."""

    code: str
    name: str
    goldstein: float
    plover_type: str
    plover_mode: str | None = None

    @property
    def root(self) -> str:
        """The two digits of its class."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class PloverMode:
    """A mode of a PLOVER type, with the CAMEO code that comes closest."""

    name: str
    definition: str
    cameo: str


@dataclass(frozen=True, slots=True)
class PloverType:
    """One of the sixteen PLOVER types. ``symmetric``: either side may be the source."""

    name: str
    quad: Quad
    definition: str
    cameo: str
    symmetric: bool
    modes: Mapping[str, PloverMode]
    example: str
    counter: str
    because: str


class PloverTable:
    """The sixteen types, and what follows from a type and mode."""

    def __init__(self, types: Mapping[str, PloverType]) -> None:
        self.types = types

    def __getitem__(self, name: str) -> PloverType:
        return self.types[name]

    def quad(self, name: str) -> Quad:
        """The quad class of a type. Raises KeyError."""
        return self.types[name].quad

    def code(self, name: str, mode: str | None = None) -> str:
        """The CAMEO code of a type and mode where nothing more is known. Raises KeyError for an unknown type."""
        kind = self.types[name]
        found = kind.modes.get(mode) if mode else None
        return found.cameo if found else kind.cameo

    def goldstein(self, name: str, mode: str | None = None) -> float:
        """The Goldstein value of that code."""
        return cameo()[self.code(name, mode)].goldstein


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of society; ``words`` are singular nouns that put an actor into it."""

    code: str
    name: str
    definition: str
    words: tuple[str, ...]
    example: str


@cache
def cameo() -> dict[str, CameoCode]:
    """Every CAMEO code. Raises VocabularyError."""
    return {code: _code(code, row) for code, row in load_yaml("cameo").items()}


def _code(code: str, row: Any) -> CameoCode:
    entry = Entry("cameo", code, {})
    if not code.isdigit() or not 2 <= len(code) <= 4:
        raise entry.error("is no CAMEO code", hint="two to four digits in quotes")
    if not isinstance(row, list) or len(row) not in (3, 4):
        raise entry.error("must be [name, Goldstein value, PLOVER type, mode?]")
    fields = dict(zip(("name", "goldstein", "type", "mode"), row, strict=False))
    entry = Entry("cameo", code, fields)
    goldstein = entry.number("goldstein")
    if goldstein is None or not -10 <= goldstein <= 10:
        raise entry.error(f"Goldstein value {goldstein!r} is outside -10 to 10")
    return CameoCode(code, entry.text("name"), goldstein, entry.text("type"), entry.maybe("mode"))


@cache
def plover() -> PloverTable:
    """The PLOVER types. Raises VocabularyError."""
    return PloverTable({key: _type(entry) for key, entry in load_entries("plover", fields=_TYPE_FIELDS).items()})


def _type(entry: Entry) -> PloverType:
    modes = {}
    for name, value in (entry.value.get("modes") or {}).items():
        mode = Entry("plover", f"{entry.key}/{name}", value)
        modes[name] = PloverMode(name, mode.text("definition"), mode.text("cameo"))
    return PloverType(
        name=entry.key,
        quad=cast(Quad, entry.one_of("quad", QUAD_CLASSES)),
        definition=entry.text("definition"),
        cameo=entry.text("cameo"),
        symmetric=entry.flag("symmetric"),
        modes=modes,
        example=entry.text("example"),
        counter=entry.text("counter"),
        because=entry.text("because"),
    )


@cache
def sectors() -> dict[str, Sector]:
    """PLOVER sectors by code. Raises VocabularyError."""
    entries = load_entries("sectors", fields=("name", "definition", "words", "example"))
    return {
        code: Sector(
            code, entry.text("name"), entry.text("definition"), entry.texts("words"), entry.text("example")
        )
        for code, entry in entries.items()
    }
