"""Byte streams put together from others."""

from __future__ import annotations

import codecs
import io
from typing import IO, Any, BinaryIO, cast

__all__ = ["Rejoined", "Transcoded", "as_bytes"]


def as_bytes(stream: IO[Any]) -> BinaryIO:
    """The bytes of a stream that may be one of text (as UTF-8)."""
    buffer = getattr(stream, "buffer", None)
    if buffer is not None:
        return cast(BinaryIO, buffer)
    return cast(BinaryIO, _Encoded(stream) if isinstance(stream.read(0), str) else stream)


class _Stream(io.RawIOBase):
    """Hands out in pieces of the asked size what ``_next`` gives, until that is empty."""

    _rest: bytes = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = self._next(len(buffer))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def _next(self, size: int) -> bytes:
        raise NotImplementedError


class Rejoined(_Stream):
    """What was read of a stream to look at it, and then the rest of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._rest = head
        self._stream = stream

    def _next(self, size: int) -> bytes:
        return self._stream.read(size)


class Transcoded(_Stream):
    """A stream of another Unicode encoding as UTF-8, what cannot be decoded replaced."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._first = True

    def _next(self, size: int) -> bytes:
        while True:
            data = self._stream.read(size)
            text = self._decoder.decode(data, final=not data)
            if self._first and text:
                self._first, text = False, text.removeprefix("\ufeff")
            if text or not data:
                return text.encode("utf-8", "replace")


class _Encoded(_Stream):
    """A text stream as UTF-8."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def _next(self, size: int) -> bytes:
        text = self._stream.read(max(1, size // 4))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
