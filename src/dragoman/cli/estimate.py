"""How many documents there are, counted quickly for the time left: a file is one, a JSONL file one a line."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["documents_in"]

_LINED = frozenset({".jsonl", ".ndjson"})
_PACKED = frozenset({".gz", ".zst"})
_BLOCK = 1 << 20


def documents_in(sources: Iterable[str]) -> int | None:
    """About how many documents the sources hold; None where standard input is among them."""
    total = 0
    for source in sources:
        if source == "-":
            return None
        total += sum(_documents(path) for path in _files(source))
    return total


def _files(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        for parent, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(parent) / name for name in names if not name.startswith("."))
    elif not os.path.lexists(path) and glob.has_magic(source):
        yield from (Path(match) for match in glob.glob(source, recursive=True))  # noqa: PTH207 - as read/ does
    else:
        yield path


def _documents(path: Path) -> int:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] in _PACKED
    kind = suffixes[-2:-1] if packed else suffixes[-1:]
    if not _LINED.intersection(kind):
        return 1
    from dragoman.read.compressed import DAMAGED, decompressed

    lines = 0
    try:
        with path.open("rb") as file:
            stream = decompressed(file)
            while block := stream.read(_BLOCK):
                lines += block.count(b"\n")
    except (OSError, *DAMAGED):
        pass  # the reader will say what is wrong; this is an estimate
    return max(lines, 1)
