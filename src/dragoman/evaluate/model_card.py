"""A pipeline's card: what it says, and whether pipeline and card still agree.

``card.json`` lies in the pipeline's folder. Beside what the pipeline was made of it holds two things that anybody
can recompute: ``check``, the figures that our own check set gave when the pipeline was packaged, and ``files``,
the SHA-256 of each file. ``card_entries`` gives both, for whoever packages a pipeline.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy.util
from spacy.language import Language

from dragoman.annotate.pipeline import SHIPPED, open_pipeline
from dragoman.errors import ModelError
from dragoman.evaluate.check_set import CheckSet, load_check_set
from dragoman.evaluate.measure_model import Matches, measure_names, measure_syntax

__all__ = [
    "TOLERANCE",
    "Comparison",
    "card_entries",
    "changed_files",
    "compare_check",
    "compare_figures",
    "find_folder",
    "measure_check_set",
    "read_card",
    "read_meta",
]

TOLERANCE = 0.3  # points; weights of eight bits do not give the same last digit on every processor
_WRITTEN_LAST = {"card.json", "CARD.md"}  # what tells of the files cannot be among them


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure as measured now and in the card, in per cent. item: what one word or name is worth, in points."""

    name: str
    card: float | None
    measured: float
    item: float = 0.0

    @property
    def agrees(self) -> bool:
        """Within the tolerance, or apart by no more than one word or name where that weighs more."""
        rounding = 0.005  # the card's figures have two digits
        return self.card is not None and abs(self.card - self.measured) <= max(TOLERANCE, self.item) + rounding


def find_folder(model: str | None) -> Path:
    """Where the pipeline of a package name or folder lies; without one, ours.

    Raises ModelError where there is none.
    """
    if model is None:
        return SHIPPED
    folder = Path(model)
    if spacy.util.is_package(model):
        package = Path(spacy.util.get_package_path(model))
        meta = _read_json(package / "meta.json")
        folder = package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    if not (folder / "meta.json").is_file():
        raise ModelError(
            "no such spaCy pipeline",
            where=model,
            hint="give an installed package's name or the folder of a pipeline",
        )
    return folder


def read_card(folder: Path) -> dict[str, Any] | None:
    """The card of the pipeline in that folder, None where it has none."""
    file = folder / "card.json"
    return _read_json(file) if file.is_file() else None


def read_meta(folder: Path) -> dict[str, Any]:
    """What spaCy itself keeps about the pipeline."""
    return _read_json(folder / "meta.json")


def _read_json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"it cannot be read: {error}", where=str(file), hint="install the pipeline anew"
        ) from error
    if not isinstance(content, dict):
        raise ModelError("this is no JSON object", where=str(file), hint="install the pipeline anew")
    return content


def measure_check_set(nlp: Language, checks: CheckSet) -> dict[str, float]:
    """The figures of ``check`` in a card: names F1, UPOS and LAS in per cent, and how many sentences gave them."""
    syntax = measure_syntax(nlp, checks.parsed)
    by_label = measure_names(nlp, checks.named, {label: label for label in checks.labels})
    names = Matches(*(sum(column) for column in zip(*by_label.values(), strict=True)))
    figures = {"names F1": 100 * names.f1, "UPOS": 100 * syntax["UPOS"], "LAS": 100 * syntax["LAS"]}
    return {name: round(value, 2) for name, value in figures.items()} | {"sentences": len(checks.named)}


def hash_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a pipeline by its path in the folder, but for the card."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in _WRITTEN_LAST)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def card_entries(folder: Path) -> dict[str, Any]:
    """``check`` and ``files`` for the card of the finished pipeline in that folder.

    Only card.json and CARD.md may be written after this.
    """
    return {
        "check": measure_check_set(open_pipeline(str(folder)), load_check_set()),
        "files": hash_files(folder),
    }


def changed_files(folder: Path, card: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with files that the card lists, by path; empty where all are as they were."""
    wrong = {}
    for name, expected in card.get("files", {}).items():
        file = folder / name
        if not file.is_file():
            wrong[name] = "missing"
        elif _sha256(file) != expected:
            wrong[name] = "not the file that was packaged"
    return wrong


def compare_check(nlp: Language, card: Mapping[str, Any]) -> Iterator[Comparison]:
    """The check set's figures now and in the card."""
    checks = load_check_set()
    measured = measure_check_set(nlp, checks)
    told = card.get("check", {})
    if told.get("sentences") != measured.pop("sentences"):
        told = {}  # another check set: its figures say nothing about these
    words, names = checks.words, sum(len(names) for _, names in checks.named)
    for name, value in measured.items():
        yield Comparison(name, told.get(name), value, 100 / (names if name == "names F1" else words))


def compare_figures(measured: Mapping[str, float], card: Mapping[str, Any]) -> Iterator[Comparison]:
    """Figures of the development parts now and in the card."""
    told = card.get("figures", {})
    for name, value in measured.items():
        yield Comparison(name, told.get(name), value)
