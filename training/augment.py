"""Vary training documents the way that real ones vary: capitals, quotation marks, guillemets, dashes."""

from __future__ import annotations

import random

OPENING = {'"': ("“", "«", "„", "''"), "``": ("“", "«"), "'": ("‘",)}
CLOSING = {'"': ("”", "»", "“", "''"), "''": ("”", "»"), "'": ("’",)}


def curl(words: list[str], rng: random.Random) -> list[str]:
    """Replace straight quotation marks by one kind of typographic ones, apostrophes by curly ones."""
    kind = rng.randrange(4)
    is_open = False
    curled = []
    for word in words:
        if word in ('"', "``", "''"):
            is_open = not is_open
            marks = (OPENING if is_open else CLOSING)['"']
            curled.append(marks[kind])
        elif word in ("“", "”", "«", "»"):
            curled.append('"')
        else:
            curled.append(word.replace("'", "’"))
    return curled


def capitals(words: list[str], rng: random.Random) -> list[str]:
    """All capitals, as in headlines and datelines, or the capitals of a title."""
    if rng.random() < 0.6:
        return [word.upper() for word in words]
    return [word if len(word) < 4 else word[0].upper() + word[1:] for word in words]
