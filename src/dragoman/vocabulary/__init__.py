"""What the field has names for: states, bodies, posts, PLOVER and CAMEO codes, reporting verbs, kinds of visit.

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
    from dragoman.vocabulary.geography import states as states
    from dragoman.vocabulary.naming import honorifics as honorifics
    from dragoman.vocabulary.naming import names_about as names_about
    from dragoman.vocabulary.naming import ranks as ranks
    from dragoman.vocabulary.posts import offices as offices

_HOMES = {  # no module bears the name of a loader: importing it would hide the loader
    "cameo": "coding",
    "honorifics": "naming",
    "names_about": "naming",
    "offices": "posts",
    "organizations": "bodies",
    "plover": "coding",
    "ranks": "naming",
    "sectors": "coding",
    "states": "geography",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Loaders by name, each imported when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
