"""Gold and predicted records as read from JSON lines, by document and type.

They stay mappings: a gold record may lack what a record of ours must have (a rule, a confidence, an actor's kind).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import GoldError
from dragoman.records import RECORD_TYPES, Record

__all__ = ["Annotations", "Raw", "documents_beside", "load_annotations"]

Raw = Mapping[str, Any]


@dataclass(slots=True)
class Annotations:
    """Records by document and type. ``complete``: the types annotated exhaustively in a document."""

    by_document: dict[str, dict[str, list[Raw]]] = field(default_factory=dict)
    complete: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, record: Raw) -> None:
        """File one record under its document and type."""
        self.by_document.setdefault(record["doc_id"], {}).setdefault(record["record"], []).append(record)

    def of(self, doc_id: str, kind: str) -> Sequence[Raw]:
        """The records of that type in that document."""
        return self.by_document.get(doc_id, {}).get(kind, ())

    def counts(self, doc_id: str, kind: str) -> bool:
        """Whether records of that type count in that document: what is not exhaustive cannot be invented."""
        return kind in self.complete.get(doc_id, RECORD_TYPES)

    @classmethod
    def of_records(cls, records: Iterable[Record]) -> Annotations:
        """What an extraction found."""
        found = cls()
        for record in records:
            found.add(record.to_dict())
        return found


def load_annotations(path: str | Path) -> Annotations:
    """Read a file of records. A line without ``record`` but with ``doc_id`` declares a document.

    Raises GoldError, with file and line, for what is neither, for broken JSON and for an unknown type.
    """
    where = str(path)
    found = Annotations()
    try:
        text = Path(path).read_text("utf-8")
    except OSError as error:
        raise GoldError(error.strerror or "cannot be read", where=where, hint="check the name") from error
    except UnicodeDecodeError as error:
        raise GoldError("this is no UTF-8 text", where=where, hint="a gold file is JSON lines in UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            _add_line(found, line, f"{where}:{number}")
    return found


def _add_line(found: Annotations, line: str, where: str) -> None:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise GoldError("this line is no JSON", where=where, hint="one JSON object a line") from error
    if not isinstance(value, dict) or not isinstance(value.get("doc_id"), str):
        raise GoldError("this line has no doc_id", where=where, hint="a record names its document")
    kind = value.get("record")
    if kind is None:
        found.by_document.setdefault(value["doc_id"], {})
        if "complete" in value:
            found.complete[value["doc_id"]] = frozenset(value["complete"])
    elif kind in RECORD_TYPES:
        found.add(value)
    else:
        raise GoldError(f"there is no record type {kind!r}", where=where, hint=f"one of {', '.join(RECORD_TYPES)}")


def documents_beside(gold: str | Path) -> Path:
    """The file with the documents that a gold file annotates: dev.jsonl beside dev.gold.jsonl.

    Raises GoldError where there is none.
    """
    path = Path(gold)
    beside = path.with_name(path.name.replace(".gold.", ".", 1))
    if beside == path or not beside.is_file():
        raise GoldError(
            "there are no documents beside this gold file",
            where=str(gold),
            hint="name them as NAME.jsonl beside NAME.gold.jsonl, or give --pred",
        )
    return beside
