"""Commitments: to be filled by its room."""

from __future__ import annotations

from dragoman.annotate import Reading
from dragoman.records import Commitment


def commitments(_: Reading) -> list[Commitment]:
    """The commitments of a document."""
    return []
