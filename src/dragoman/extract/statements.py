"""Statements: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Statement


def statements(_: Reading) -> list[Statement]:
    """The statements of a document."""
    return []
