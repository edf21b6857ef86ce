"""What read and what extracted: versions that change when, and only when, the result can."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from dragoman import __version__

__all__ = ["extractor_version", "reader_version"]

_PACKAGE = Path(__file__).resolve().parents[1]
_READER = ("read", "records.py")
_EXTRACTOR = ("annotate", "extract", "vocabulary", "process.py", "records.py")


def reader_version() -> str:
    """Release and fingerprint of what turns bytes into documents."""
    return _versioned(_sources(_READER))


def extractor_version(model: str | None = None) -> str:
    """Release and fingerprint of all that decides which records a document gives: rules, vocabulary and pipeline.

    model: folder or package of a spaCy pipeline, None for the shipped one.
    """
    return _versioned([*_sources(_EXTRACTOR), *_pipeline(model)])


def _sources(parts: Iterable[str]) -> list[Path]:
    below = (file for part in parts for file in (_PACKAGE / part, *(_PACKAGE / part).rglob("*")))
    return sorted(file for file in below if file.suffix in {".py", ".yaml"} and file.is_file())


def _pipeline(model: str | None) -> list[Path]:
    folder = Path(model) if model else _PACKAGE / "models" / "en"
    if model and not folder.is_dir() and model.isidentifier() and (package := find_spec(model)) and package.origin:
        folder = Path(package.origin).parent
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def _versioned(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\x00")
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"{__version__}+{digest.hexdigest()[:10]}"
