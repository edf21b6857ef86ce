"""Gzip and Zstandard files as streams; damage is found, not passed over."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO, cast

__all__ = ["DAMAGED", "decompressed"]

# What reading a damaged or cut stream raises
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BUFFER = 1 << 16


def decompressed(stream: Any) -> BinaryIO:
    """The stream, decompressed if its first bytes say that it is gzip or Zstandard, whatever its name says."""
    magic = stream.peek(4)[:4]
    if magic.startswith(_GZIP):
        return cast(BinaryIO, io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=stream)), _BUFFER))
    if magic.startswith(_ZSTD):
        return cast(BinaryIO, io.BufferedReader(_ZstdReader(stream), _BUFFER))
    return cast(BinaryIO, stream)


class _ZstdReader(io.RawIOBase):
    """Reads frame after frame; a cut one raises EOFError, where zstandard's own reader ends without a word."""

    _SLICE = 512  # bytes in at a time: a hostile block of four bytes can hold 128 KiB

    def __init__(self, source: io.BufferedReader) -> None:
        import zstandard

        self._source = source
        self._decompressor = zstandard.ZstdDecompressor()
        self._error = zstandard.ZstdError
        self._frame: Any = None
        self._input = b""
        self._output = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._output:
            if not self._input:
                self._input = self._source.read(self._SLICE)
            if not self._input:
                if self._frame is not None:
                    raise EOFError("the last Zstandard frame is cut short")
                return 0
            self._step()
        size = min(len(buffer), len(self._output))
        buffer[:size] = self._output[:size]
        self._output = self._output[size:]
        return size

    def _step(self) -> None:
        if self._frame is None:
            self._frame = self._decompressor.decompressobj()
        try:
            self._output = memoryview(self._frame.decompress(self._input))
        except self._error as error:
            raise EOFError(str(error)) from error
        self._input = b""
        if self._frame.eof:
            self._input, self._frame = self._frame.unused_data, None
