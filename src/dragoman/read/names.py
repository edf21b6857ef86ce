"""Places and publishers that the reader knows by name, from the YAML files beside this one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

__all__ = [
    "Agency",
    "agencies",
    "agency_at",
    "agency_named",
    "city_country",
    "city_named",
    "is_agency",
    "is_word_too",
    "place_country",
    "publisher_of_url",
    "region_countries",
]


FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who publishes: an entry of agencies.yaml, where the fields are explained."""

    name: str
    written: tuple[str, ...]
    country: str | None
    hosts: tuple[str, ...]
    international: bool


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """All known publishers."""
    from dragoman.vocabulary.load import load_list  # YAML, which importing the reader should not load

    return tuple(
        Agency(
            name=row["name"],
            written=tuple(row["written"]),
            country=row["country"],
            hosts=tuple(row["hosts"]),
            international=bool(row.get("international")),
        )
        for row in load_list("agencies", folder=FOLDER)
    )


def agency_named(written: str) -> Agency | None:
    """The agency that signs so: exactly as written, "Xinhua/Li Ming" and "Reuters, AFP" by their first part."""
    known = _agencies_by_signature()
    written = written.strip(" .,")
    return known.get(written) or known.get(re.split(r"[/,;|]| and ", written)[0].strip())


def is_agency(name: str) -> bool:
    """Whether a name is, word for word, that of a news agency or how it signs."""
    return (
        name in _agencies_by_signature()
        or re.sub(r" (?:News|Press) Agency$", "", name) in _agencies_by_signature()
    )


def agency_at(text: str, start: int) -> tuple[Agency, int] | None:
    """The agency whose signature begins at this offset, and where it ends."""
    match = _signature_pattern().match(text, start)
    return (_agencies_by_signature()[match[0]], match.end()) if match else None


def publisher_of_url(url: str) -> str | None:
    """The publisher on whose site this address lies."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:  # "http://[" and the like
        return None
    labels = host.split(".")
    known = _publishers_by_host()
    return next((known[".".join(labels[i:])] for i in range(len(labels)) if ".".join(labels[i:]) in known), None)


def city_named(name: str) -> tuple[str, str] | None:
    """A city's name as usually written, and ISO3 of the state in which it lies."""
    return _cities().get(name.casefold()) or _cities().get(_key(name))


def city_country(name: str) -> str | None:
    """ISO3 of the state in which a city lies, a capital or one that stands in datelines."""
    city = city_named(name)
    return city[1] if city else None


def is_word_too(name: str) -> bool:
    """Whether a city's name is an ordinary word or a given name as well."""
    return _key(name) in _words_too()


def region_countries(name: str) -> tuple[str, ...]:
    """ISO3 of the states that this names, or part of which it names; several where a name is shared (Georgia)."""
    from dragoman.vocabulary import states  # the vocabulary loads YAML, which importing the reader should not

    state = states().lookup(name)
    found = (state.iso3,) if state and state.kind == "name" else ()
    parts = _parts_of_states().get(_key(name), ())
    return (*found, *(part for part in parts if part not in found))


def place_country(name: str) -> str | None:
    """ISO3 for a place given in words ("Novo-Ogaryovo, Moscow Region", "Kiev, Ukraine"), from its last part on."""
    parts = [part.strip() for part in re.split(r"[,(\[\])]", name) if part.strip()]
    for part in reversed(parts):
        bare = re.sub(r"^(?:the|The)\s+|\s+(?:Region|Territory|Republic|Oblast|Province|Airport)$", "", part)
        for form in (part, bare):
            city, regions = city_named(form), region_countries(form)
            if city or regions:
                return city[1] if city else regions[0]
    return None


def _key(name: str) -> str:
    return re.sub(r"[\s\-.]+", " ", name.replace("’", "'")).strip().casefold()


@lru_cache(maxsize=1)
def _agencies_by_signature() -> dict[str, Agency]:
    return {written: agency for agency in agencies() for written in agency.written}


@lru_cache(maxsize=1)
def _signature_pattern() -> re.Pattern[str]:
    longest_first = sorted(_agencies_by_signature(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w’'-])")


@lru_cache(maxsize=1)
def _publishers_by_host() -> dict[str, str]:
    return {host: agency.name for agency in agencies() for host in agency.hosts}


@lru_cache(maxsize=1)
def _dateline_places() -> dict[str, Any]:
    from dragoman.vocabulary.load import load_yaml

    return load_yaml("dateline_places", folder=FOLDER)


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[str, str]]:
    from dragoman.vocabulary import places, states

    found: dict[str, tuple[str, str]] = {}
    own = ((name, iso3) for iso3, names in _dateline_places()["places"].items() for name in names)
    cities = ((name, place.iso3) for name, place in places().surfaces().items() if place.kind == "city")
    capitals = ((name, state.iso3) for state in states() for name in state.capitals)
    for name, iso3 in (*own, *cities, *capitals):
        if iso3:
            found.setdefault(name.casefold(), (name, iso3))
            found.setdefault(_key(name), (name, iso3))  # for spellings that differ in a hyphen or a stop
    return found


@lru_cache(maxsize=1)
def _words_too() -> frozenset[str]:
    return frozenset(map(_key, _dateline_places()["words"]))


@lru_cache(maxsize=1)
def _parts_of_states() -> dict[str, tuple[str, ...]]:
    """What may follow the city in a dateline, with the states that it may belong to."""
    from dragoman.vocabulary import after_city, places

    found = {_key(name): countries for name, countries in after_city().items()}
    for name, place in places().surfaces().items():
        if place.kind == "province" and place.iso3:
            found.setdefault(_key(name), (place.iso3,))
    return found
