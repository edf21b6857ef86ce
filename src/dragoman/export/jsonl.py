"""One JSON object a line: the records exactly as they are, in full. What every other tool here reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import IO

from dragoman.records import Document, Record

__all__ = ["write_jsonl"]


def write_jsonl(pairs: Iterable[tuple[Document, Sequence[Record]]], out: IO[str]) -> None:
    """Write every record as it comes; the documents themselves are not written."""
    for _, records in pairs:
        for record in records:
            out.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
