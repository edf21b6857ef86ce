"""Word lists of the recipe, one YAML file a subject. They label training text and are never shipped."""

from __future__ import annotations

from pathlib import Path

import yaml

Span = tuple[int, int, str]  # first word, last word + 1, label
FOLDER = Path(__file__).parent


def load(name: str) -> dict[str, frozenset[str]]:
    """Read a file of lists as sets."""
    return {key: frozenset(items) for key, items in load_ordered(name).items()}


def load_ordered(name: str) -> dict[str, list[str]]:
    """Read a file of lists in their order, doubles included."""
    lists: dict[str, list[str]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return lists


def lines(name: str) -> list[str]:
    """Read a file of lines."""
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()
