"""Floors: figures under which no change may fall, kept in a TOML file that a test reads.

A table a gold set, named as its file is up to the first dot (``dev`` for dev.gold.jsonl). In it ``precision``,
``recall``, ``f1``, ``macro_f1`` and ``matched`` over all types, and under ``types`` the F1 of a type.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import GoldError
from dragoman.evaluate.measure import Evaluation
from dragoman.records import RECORD_TYPES

__all__ = ["Breach", "Floors", "load_floors", "set_name"]

_OVERALL = ("matched", "precision", "recall", "f1", "macro_f1")

_HEADER = """\
# Floors of `dragoman evaluate`: figures under which no change may fall; tests/test_floors.py reads them.
# `dragoman evaluate GOLD --floors FILE --raise-floors` raises them to what is measured now, and never lowers one.
# To lower one takes --allow-lower as well, and a reason in the commit.
"""


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure below its floor."""

    figure: str
    floor: float
    measured: float

    def __str__(self) -> str:
        return f"{self.figure} is {self.measured:.3f}, its floor {self.floor:g}"


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of every gold set: set → figure ('f1', 'types.visit') → least value."""

    sets: dict[str, dict[str, float]]

    def breaches(self, name: str, evaluation: Evaluation) -> list[Breach]:
        """What is below its floor. Raises GoldError where the file has no floors for that set."""
        if name not in self.sets:
            raise GoldError(f"there are no floors for {name!r}", hint=f"there are some for {', '.join(self.sets)}")
        return [
            Breach(figure, floor, measured)
            for figure, floor in self.sets[name].items()
            if (measured := _measured(evaluation, figure)) < floor
        ]

    def raised(self, name: str, evaluation: Evaluation, *, allow_lower: bool = False) -> Floors:
        """Each floor of that set at the measured figure, rounded down to two digits; higher floors stay."""
        found = {}
        for figure, floor in self.sets.get(name, {}).items():
            measured = math.floor(_measured(evaluation, figure) * 100 + 1e-9) / 100
            found[figure] = measured if allow_lower else max(floor, measured)
        return replace(self, sets={**self.sets, name: found})

    def to_toml(self) -> str:
        """The file's text."""
        return _HEADER + "".join(f"\n{line}" for name in self.sets for line in self._table(name)) + "\n"

    def _table(self, name: str) -> Iterator[str]:
        figures = self.sets[name]
        yield f"[{name}]"
        yield from (f"{key} = {value:g}" for key, value in figures.items() if "." not in key)
        kinds = {key.removeprefix("types."): value for key, value in figures.items() if "." in key}
        if kinds:
            yield ""
            yield f"[{name}.types]"
            yield from (f"{key} = {value:g}" for key, value in kinds.items())
        yield ""


def set_name(gold: str | Path) -> str:
    """The name of a gold set: its file's name up to the first dot."""
    return Path(gold).name.partition(".")[0]


def _measured(evaluation: Evaluation, figure: str) -> float:
    if figure.startswith("types."):
        return evaluation.types[figure.removeprefix("types.")].f1
    if figure == "macro_f1":
        return evaluation.macro_f1
    return float(getattr(evaluation.overall, figure))


def load_floors(path: str | Path) -> Floors:
    """Read a floors file. Raises GoldError for broken TOML and for figures that do not exist."""
    where = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = tomllib.load(file)
    except OSError as error:
        raise GoldError(error.strerror or "cannot be read", where=where, hint="check the name") from error
    except ValueError as error:
        raise GoldError(f"this is no TOML: {error}", where=where) from error
    return Floors({name: dict(_figures(name, table, where)) for name, table in raw.items()})


def _figures(name: str, table: dict[str, Any], where: str) -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if key == "types" and isinstance(value, dict):
            for kind, floor in value.items():
                if kind not in RECORD_TYPES:
                    raise GoldError(f"[{name}.types] {kind}: there is no such record type", where=where)
                yield f"types.{kind}", float(floor)
        elif key in _OVERALL:
            yield key, float(value)
        else:
            raise GoldError(f"[{name}] {key}: there is no such figure", where=where, hint=", ".join(_OVERALL))
