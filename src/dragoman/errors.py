"""What can go wrong, as a tree. Every message says what was wrong, where, and what to do.

DragomanError
├── ReadError            a document could not be read
│   ├── UnreadableFile   missing, no permission, vanished, a device
│   ├── NotText          binary, or an encoding that nothing decodes
│   ├── EmptyDocument    nothing to read in it
│   ├── BadLine          a line of a JSONL file is not a document
│   └── TooLarge         past the limits on size, nesting or time
├── ModelError           a pipeline cannot be loaded or lacks what is needed
├── VocabularyError      a vocabulary or rule file breaks its own contract
├── StoreError           the record store
│   ├── NotAStore        the file is no database, or not one of ours
│   ├── StoreTooNew      written by a newer Dragoman
│   ├── StoreBusy        locked by another process
│   └── StoreFull        no space left on the disk
├── NotFound             no record or document of that id
└── GoldError            a gold file cannot be scored against
"""

from __future__ import annotations

__all__ = [
    "BadLine",
    "DragomanError",
    "EmptyDocument",
    "GoldError",
    "ModelError",
    "NotAStore",
    "NotFound",
    "NotText",
    "ReadError",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreTooNew",
    "TooLarge",
    "UnreadableFile",
    "VocabularyError",
]


class DragomanError(Exception):
    """Base of every error that Dragoman raises on purpose.

    what: what was wrong; where: file, line or document id; hint: what the reader can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)  # all three, so that pickling between processes keeps them

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.where, self.hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.what}{advice}"


def _rebuild(kind: type[DragomanError], what: str, where: str | None, hint: str | None) -> DragomanError:
    return kind(what, where=where, hint=hint)


class ReadError(DragomanError):
    """A document could not be read."""


class UnreadableFile(ReadError):
    """The file is missing, vanished, is no regular file, or may not be opened."""


class NotText(ReadError):
    """The bytes are binary or in an encoding that nothing decodes."""


class EmptyDocument(ReadError):
    """There is no text in the document."""


class BadLine(ReadError):
    """A line of a JSONL file is no JSON object, or lacks a field that is needed."""


class TooLarge(ReadError):
    """The document is past the limits on size, nesting or time."""


class ModelError(DragomanError):
    """A pipeline cannot be loaded, or lacks a component that reading needs."""


class VocabularyError(DragomanError):
    """A vocabulary or rule file breaks its own contract."""


class StoreError(DragomanError):
    """The record store cannot be used as asked."""


class NotAStore(StoreError):
    """The file is no database, or a database that Dragoman did not write."""


class StoreTooNew(StoreError):
    """The store was written by a newer Dragoman."""


class StoreBusy(StoreError):
    """Another process holds the store."""


class StoreFull(StoreError):
    """The disk has no space left."""


class NotFound(DragomanError):
    """No record or document has that id."""


class GoldError(DragomanError):
    """A gold file cannot be scored against."""
