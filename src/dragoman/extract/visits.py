"""Visits: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Visit


def visits(reading: Reading) -> list[Visit]:
    """The visits of a document."""
    return []
