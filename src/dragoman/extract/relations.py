"""Relations: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Relation


def relations(_: Reading) -> list[Relation]:
    """The relations of a document."""
    return []
