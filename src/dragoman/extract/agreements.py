"""Agreements: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Agreement


def agreements(_: Reading) -> list[Agreement]:
    """The agreements of a document."""
    return []
