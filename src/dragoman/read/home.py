"""The state from which a document is written: whose President "the President" is."""

from __future__ import annotations

from functools import lru_cache

from dragoman.read.names import agencies, agency_named, publisher_of_url
from dragoman.vocabulary import states


@lru_cache(maxsize=256)
def home_country(publisher: str | None, url: str | None = None) -> str | None:
    """The state from which the publisher writes, ISO3; None for one that writes for the world or is unknown.

    Who is on no list is known by the site or by the state in the name: "Ministry of Defence of India".
    """
    names = [publisher, (publisher or "").removeprefix("The "), publisher_of_url(url) if url else None]
    for name in filter(None, names):
        agency = next((known for known in agencies() if known.name == name), None) or agency_named(name)
        if agency is not None:
            return None if agency.international else agency.country
    return _state_in(publisher) if publisher else None


def _state_in(name: str) -> str | None:
    """The first state that a publisher's name names or belongs to."""
    words = name.replace(",", " ").split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            found = states().lookup(" ".join(words[start:end]))
            if found is not None and not found.ambiguous:
                return found.iso3
    return None
