"""Meetings: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Meeting


def meetings(reading: Reading) -> list[Meeting]:
    """The meetings of a document."""
    return []
