"""A stream whose content is made while it is read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any


class Made(io.RawIOBase):
    """The parts of an iterator as one stream; ``taken`` counts the bytes read from it."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._parts, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        self.taken += size
        return size
