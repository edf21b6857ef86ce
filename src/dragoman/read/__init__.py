"""Bytes to Documents: text, HTML, JSON and JSONL from files, folders, globs and streams.

What a document does not say of itself (title, date of publication, publisher, dateline, cited source, language) is
looked for in its text. Offsets point into the text as stored, and ``Document.mended`` says what was repaired.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.read.limits import Limits as Limits
    from dragoman.read.sources import read as read
    from dragoman.read.sources import scan as scan
    from dragoman.read.text import parse_text as parse_text

__all__ = ["Limits", "parse_text", "read", "scan"]

_HOMES = {"Limits": "limits", "parse_text": "text", "read": "sources", "scan": "sources"}


def __getattr__(name: str) -> Any:
    """What the package offers, each imported when it is first asked for: `import dragoman` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
