"""Places below and above the state: cities with coordinates, provinces with their state, regions and waters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from dragoman.errors import VocabularyError
from dragoman.vocabulary.geography import states
from dragoman.vocabulary.load import Entry, load_entries, load_yaml
from dragoman.vocabulary.surfaces import Surfaces, claim

__all__ = ["PlaceIndex", "PlaceName", "Region", "after_city", "places", "regions"]

_REGION_FIELDS = ("kind", "names", "adjectives", "states", "country", "example")

PlaceKind = Literal["city", "province", "region", "water", "group"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that is no state. ``iso3`` is the state that it lies in, null where none or disputed.

    ``lat`` and ``lon`` in degrees, WGS 84, for most cities, null for all else. ``ambiguous``: the form often means
    something else.
    """

    name: str
    kind: PlaceKind
    iso3: str | None = None
    lat: float | None = None
    lon: float | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A region, water or group of states; ``states`` are the members of a group with a fixed membership."""

    name: str
    kind: PlaceKind
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    states: tuple[str, ...]
    country: str | None
    example: str


class PlaceIndex:
    """All places by surface form. Look a form up among the states first: capitals are there too."""

    def __init__(self, entries: Mapping[str, PlaceName]) -> None:
        self._surfaces = Surfaces(entries)

    def lookup(self, text: str) -> PlaceName | None:
        """The city, province or region of that name, if any.

        "Surfside, Florida" and "Brussels, Belgium" lie in the state that the second name lies in or names.
        """
        found = self._surfaces.get(text)
        if found is not None or ", " not in text:
            return found
        name, container = text.rsplit(", ", 1)
        wider = self._surfaces.get(container) or states().lookup(container)
        if wider is None:
            return None
        place = self._surfaces.get(name)
        if place is not None and place.iso3 == wider.iso3:
            return place
        return PlaceName(text, "city", wider.iso3)

    def surfaces(self) -> dict[str, PlaceName]:
        """Every surface form as written, with the place it names."""
        return self._surfaces.as_dict()


def _cities() -> Iterator[tuple[str, PlaceName]]:
    raw = load_yaml("cities")
    _expect("cities", raw, {"cities", "unplaced", "aliases", "ambiguous"})
    ambiguous = frozenset(raw["ambiguous"])
    found = {name: _city(name, row, name in ambiguous) for name, row in raw["cities"].items()}
    for iso3 in raw["unplaced"]:
        for name in Entry("cities", iso3, raw["unplaced"]).texts(iso3):
            if name in found:
                raise Entry("cities", name, {}).error("stands twice")
            found[name] = PlaceName(name, "city", iso3, ambiguous=name in ambiguous)
    yield from found.items()
    for alias, name in raw["aliases"].items():
        if name not in found:
            raise Entry("cities", alias, {}).error(f"is an alias of {name!r}, which is no city")
        yield alias, replace(found[name], ambiguous=alias in ambiguous)
    unknown = ambiguous - set(found) - set(raw["aliases"])
    if unknown:
        raise Entry("cities", sorted(unknown)[0], {}).error("is called ambiguous, and is no city")


def _city(name: str, row: Any, ambiguous: bool) -> PlaceName:
    if not isinstance(row, list) or len(row) != 3:
        raise Entry("cities", name, {}).error("must be [ISO3, latitude, longitude]")
    entry = Entry("cities", name, {"iso3": row[0], "lat": row[1], "lon": row[2]})
    lat, lon = entry.number("lat"), entry.number("lon")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        raise entry.error(f"has no such coordinates as {lat}, {lon}")
    return PlaceName(name, "city", entry.text("iso3"), lat, lon, ambiguous)


def _provinces() -> Iterator[tuple[str, PlaceName]]:
    found: dict[str, PlaceName] = {}
    raw = load_yaml("provinces")
    _expect("provinces", raw, {"provinces", "disputed", "after_city", "adjectives", "ambiguous"})
    ambiguous = frozenset(raw["ambiguous"])
    for iso3 in raw["provinces"]:
        for name in Entry("provinces", iso3, raw["provinces"]).texts(iso3):
            found[name] = PlaceName(name, "province", iso3, ambiguous=name in ambiguous)
    for name in raw["disputed"]:
        iso3 = Entry("provinces", name, raw["disputed"]).maybe(name)
        found[name] = PlaceName(name, "province", iso3, ambiguous=name in ambiguous)
    yield from found.items()
    for adjective, name in raw["adjectives"].items():
        if name not in found:
            raise Entry("provinces", adjective, {}).error(f"belongs to {name!r}, which is no province")
        yield adjective, found[name]


@cache
def after_city() -> dict[str, tuple[str, ...]]:
    """What names a part of a state only after a city ("Ariz.", "Georgia"), with the ISO3 of the states. Cached."""
    found: dict[str, tuple[str, ...]] = {}
    raw = load_yaml("provinces")["after_city"]
    for iso3 in raw:
        for name in Entry("provinces", iso3, raw).texts(iso3):
            found[name] = (*found.get(name, ()), iso3)
    return found


def _expect(file: str, raw: Mapping[str, Any], wanted: set[str]) -> None:
    if set(raw) != wanted:
        raise VocabularyError("must hold " + ", ".join(sorted(wanted)), where=f"{file}.yaml")


@cache
def regions() -> dict[str, Region]:
    """Regions, waters and groups of states by name. Raises VocabularyError."""
    found = {}
    for name, entry in load_entries("regions", fields=_REGION_FIELDS).items():
        kind: Any = entry.one_of("kind", ("region", "water", "group"))
        found[name] = Region(
            name=name,
            kind=kind,
            names=entry.texts("names"),
            adjectives=entry.texts("adjectives"),
            states=entry.texts("states"),
            country=entry.maybe("country"),
            example=entry.text("example"),
        )
    return found


@cache
def places() -> PlaceIndex:
    """Cities, provinces and regions. Raises VocabularyError, also where two places claim one form."""
    entries: dict[str, PlaceName] = {}
    for surface, place in (*_cities(), *_provinces(), *_region_names()):
        entry = Entry("places", place.name, {})
        claim(entries, surface, place, clash=lambda other, e=entry: e.error(f"is {other} already"))  # type: ignore[misc]
    return PlaceIndex(entries)


def _region_names() -> Iterator[tuple[str, PlaceName]]:
    for region in regions().values():
        for surface in (region.name, *region.names, *region.adjectives):
            yield surface, PlaceName(region.name, region.kind, region.country)
