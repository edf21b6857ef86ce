"""Events: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Event, Record


def events(_: Reading, __: list[Record]) -> list[Event]:
    """The events of a document; records: what the other extractors found in it."""
    return []
