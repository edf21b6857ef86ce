"""Tenures: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Tenure


def tenures(reading: Reading) -> list[Tenure]:
    """The tenures of a document."""
    return []
