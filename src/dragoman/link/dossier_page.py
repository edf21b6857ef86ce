"""A dossier as one self-contained page: it loads nothing, runs nothing, and shows what a text says as text."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup

from dragoman.export.describe import plural, printable
from dragoman.link.dossier import Dossier
from dragoman.link.entries import Said

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page"]

T = TypeVar("T")


def page(dossier: Dossier) -> str:
    """The page as text, to be encoded as UTF-8."""
    return _template().render(
        dossier=_printable(dossier),
        documents=plural(dossier.documents, "document"),
        style=Markup(_resource("dossier.css")),
        quote=_quote,
        source=_source,
    )


def _printable(value: T) -> T:
    """The same with every text made harmless for whoever displays it (control characters, reordering marks)."""
    made: Any = value
    if isinstance(value, str):
        made = printable(value)
    elif isinstance(value, tuple):
        made = tuple(_printable(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{item.name: _printable(getattr(value, item.name)) for item in fields(value)})
    return made  # type: ignore[no-any-return]


def _quote(said: Said) -> Markup:
    words = " ".join(said.words.split())
    return Markup("<blockquote>“{}” <footer>{}</footer></blockquote>").format(words, _source(said))


def _source(said: Said) -> Markup:
    """Who published it and when, with its title; a link only where the address is one of the web."""
    title = " ".join((said.title or said.document).split())
    if said.url and re.match("https?://", said.url):
        named = Markup('<a href="{}" rel="noreferrer">{}</a>').format(said.url, title)
    else:
        named = Markup("{}").format(title)
    head = " · ".join(part for part in (said.publisher, said.published or "no date") if part)
    copy = f" (copy of {said.copy_of})" if said.copy_of else ""
    return Markup("{}, {}{}").format(head, named, copy)


@cache
def _resource(name: str) -> str:
    return (files("dragoman.link") / "templates" / name).read_text("utf-8").strip()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_resource("dossier.html.j2"))
