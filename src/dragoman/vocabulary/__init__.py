"""What the field has names for: states, bodies, posts, places, PLOVER and CAMEO codes, kinds of visit and accord.

Every table is one readable YAML file beside this module, loaded and checked once, on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.vocabulary.bodies import organizations as organizations
    from dragoman.vocabulary.coding import cameo as cameo
    from dragoman.vocabulary.coding import plover as plover
    from dragoman.vocabulary.coding import sectors as sectors
    from dragoman.vocabulary.gazetteer import after_city as after_city
    from dragoman.vocabulary.gazetteer import places as places
    from dragoman.vocabulary.gazetteer import regions as regions
    from dragoman.vocabulary.geography import states as states
    from dragoman.vocabulary.kinds import accord_kinds as accord_kinds
    from dragoman.vocabulary.kinds import relation_kind as relation_kind
    from dragoman.vocabulary.kinds import relation_kinds as relation_kinds
    from dragoman.vocabulary.kinds import relation_label as relation_label
    from dragoman.vocabulary.kinds import unions as unions
    from dragoman.vocabulary.kinds import visit_kinds as visit_kinds
    from dragoman.vocabulary.naming import honorifics as honorifics
    from dragoman.vocabulary.naming import names_about as names_about
    from dragoman.vocabulary.naming import ranks as ranks
    from dragoman.vocabulary.posts import offices as offices
    from dragoman.vocabulary.topics import contexts as contexts
    from dragoman.vocabulary.topics import main_topics as main_topics
    from dragoman.vocabulary.topics import topics_of as topics_of

_HOMES = {  # no module bears the name of a loader: importing it would hide the loader
    "accord_kinds": "kinds",
    "after_city": "gazetteer",
    "cameo": "coding",
    "contexts": "topics",
    "honorifics": "naming",
    "main_topics": "topics",
    "names_about": "naming",
    "offices": "posts",
    "organizations": "bodies",
    "places": "gazetteer",
    "plover": "coding",
    "ranks": "naming",
    "regions": "gazetteer",
    "relation_kind": "kinds",
    "relation_kinds": "kinds",
    "relation_label": "kinds",
    "sectors": "coding",
    "states": "geography",
    "topics_of": "topics",
    "unions": "kinds",
    "visit_kinds": "kinds",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Loaders by name, each imported when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
