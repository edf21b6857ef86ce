"""What the user names (files, folders, globs, streams) to documents, one after the other."""

from __future__ import annotations

import glob
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal, cast

from dragoman.errors import EmptyDocument, NotText, ReadError, TooLarge, UnreadableFile
from dragoman.read.compressed import DAMAGED, decompressed
from dragoman.read.encoding import binary_kind, byte_order, decode
from dragoman.read.html import looks_like_html, read_html
from dragoman.read.jsonl import Origin, read_json, read_lines
from dragoman.read.limits import DEFAULT, Limits
from dragoman.read.streams import Rejoined, Transcoded, as_bytes
from dragoman.read.text import parse_text
from dragoman.records import Document

__all__ = ["Format", "Source", "read", "scan"]

Format = Literal["text", "html", "json", "jsonl"]
Readable = str | os.PathLike[str] | IO[Any]

_FORMATS: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_PACKED = {".gz", ".zst"}
_HEAD = 1 << 16
_MAGIC = re.compile(r"[*?\[]")


def read(
    source: Readable | Iterable[Readable],
    *,
    format: Format | None = None,
    publisher: str | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Document]:
    """The documents of a file, a folder (in order of name), a glob, "-" (standard input), a stream, or several.

    ``format`` overrules what name and first bytes say; ``publisher`` is for documents that name none.
    Raises ReadError at the first document that cannot be read; ``scan`` goes on.
    """

    def stop(error: ReadError) -> None:
        raise error

    yield from scan(source, on_error=stop, format=format, publisher=publisher, limits=limits)


def scan(
    sources: Readable | Iterable[Readable],
    *,
    on_error: Callable[[ReadError], None],
    format: Format | None = None,
    publisher: str | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Document]:
    """As ``read``; for a document that cannot be read it calls ``on_error`` and goes on with the next."""
    for found in _find_all(sources):
        if isinstance(found, ReadError):
            on_error(found)
            continue
        for outcome in _documents(found, format, publisher, limits):
            if isinstance(outcome, ReadError):
                on_error(outcome)
            else:
                yield outcome


@dataclass(frozen=True, slots=True)
class Source:
    """One file or stream. name: as in messages; base: the id for a document without one; format: from the name."""

    name: str
    base: str | None
    path: str | None = None
    stream: BinaryIO | None = None
    format: Format | None = None


def _find_all(sources: Readable | Iterable[Readable]) -> Iterator[Source | ReadError]:
    if isinstance(sources, str | os.PathLike) or hasattr(sources, "read"):
        yield from _find(cast(Readable, sources), alone=True)
        return
    items = list(cast(Iterable[Readable], sources))
    for item in items:
        yield from _find(item, alone=len(items) == 1)


def _find(item: Readable, *, alone: bool) -> Iterator[Source | ReadError]:
    """What one argument names. Ids keep the path as given where there are several arguments."""
    if not isinstance(item, str | os.PathLike):
        name = getattr(item, "name", None)
        yield Source(name if isinstance(name, str) else "<stream>", None, stream=as_bytes(item))
        return
    path = os.fspath(item)
    if path == "-":
        yield _standard_input()
    elif not path:
        yield UnreadableFile("the path is empty", hint="name a file, a folder, a pattern or -")
    elif Path(path).is_dir():
        yield from _walk(path, path if alone else "")
    elif isinstance(item, str) and _MAGIC.search(path) and not os.path.lexists(path):
        yield from _match(path, _fixed_part(path) if alone else "")
    else:
        yield _file(path, str(Path(path).parent) if alone else "")


def _standard_input() -> Source | UnreadableFile:
    if sys.stdin is None or sys.stdin.closed:
        return UnreadableFile("there is no standard input", where="-", hint="name a file instead")
    return Source("<stdin>", None, stream=as_bytes(sys.stdin))


def _match(pattern: str, root: str) -> Iterator[Source | ReadError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 -- Path.glob takes no absolute pattern
    if not matches:
        yield UnreadableFile("nothing matches", where=_shown(pattern), hint="check the pattern")
    for match in matches:
        if not Path(match).is_dir():
            yield _file(match, root)
        elif "**" not in pattern:  # which gives the files in its folders itself
            yield from _walk(match, root)


def _fixed_part(pattern: str) -> str:
    """The folder above the first part of a pattern that is one."""
    parts = Path(pattern).parts
    first = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
    return str(Path(*parts[:first]))


def _walk(folder: str, root: str) -> Iterator[Source | ReadError]:
    """The files of a folder and of its folders in order of name, without hidden ones and linked folders.

    A README describes its folder and is no document of it.
    """
    errors: list[OSError] = []
    found = False
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.lower().startswith((".", "readme."))):
            found = True
            yield _file(str(Path(parent) / name), root)
    for error in errors:
        yield _unreadable(error, folder)
    if not found and not errors:
        yield EmptyDocument(
            "there are no files in this folder", where=_shown(folder), hint="nothing to read in it"
        )


def _file(path: str, root: str) -> Source:
    """A file, whose documents without an id get its path from ``root`` on, or as given."""
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    kind = _FORMATS.get(suffixes[-1]) if suffixes else None
    base = os.path.relpath(path, root) if root else os.path.normpath(path)
    return Source(_shown(path), _shown(base.replace(os.sep, "/")), path=path, format=kind)


def _documents(
    source: Source, format: Format | None, publisher: str | None, limits: Limits
) -> Iterator[Document | ReadError]:
    """The documents of one source, errors in their place."""
    try:
        with _opened(source) as stream:
            yield from _parsed(stream, source, format, publisher, limits)
    except ReadError as error:
        yield error
    except DAMAGED as error:
        hint = "fetch or compress it again"
        yield UnreadableFile(f"the compressed file is damaged or cut short: {error}", where=source.name, hint=hint)
    except OSError as error:
        yield _unreadable(error, source.path or source.name)


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.stream is not None:
        yield decompressed(io.BufferedReader(cast(Any, Rejoined(b"", source.stream)), _HEAD))
        return
    # Without O_NONBLOCK, opening a named pipe waits for a writer for ever
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(cast(str, source.path), flags)
    except ValueError as error:  # a NUL in the path
        raise UnreadableFile(f"this is no path: {error}", where=source.name, hint="check the path") from None
    with os.fdopen(descriptor, "rb", buffering=_HEAD) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            kind = (
                "a named pipe" if stat.S_ISFIFO(mode) else "a device" if stat.S_ISCHR(mode) else "no regular file"
            )
            raise UnreadableFile(
                f"this is {kind}", where=source.name, hint='pipe its content in, with "-" as the path'
            )
        yield decompressed(file)


def _parsed(
    stream: BinaryIO, source: Source, format: Format | None, publisher: str | None, limits: Limits
) -> Iterator[Document | ReadError]:
    head = stream.read(_HEAD)
    if not head:
        raise EmptyDocument("the file is empty", where=source.name, hint="nothing to read in it")
    kind = binary_kind(head)
    if kind:
        hint = "give plain text, HTML, JSON or JSONL"
        raise NotText(f"this is {kind}, not text", where=source.name, hint=hint)
    format = format or _format(head, source.format, source.name)
    origin = Origin(source.name, source.base, publisher)
    whole: BinaryIO = cast(BinaryIO, io.BufferedReader(cast(Any, Rejoined(head, stream)), _HEAD))
    if format == "jsonl":
        encoding = byte_order(head)
        if encoding:
            whole = cast(BinaryIO, io.BufferedReader(Transcoded(whole, encoding), _HEAD))
        yield from read_lines(whole, origin, limits)
        return
    data = _all_of(whole, limits, source.name)
    if format == "json":
        yield from read_json(data, origin)
    elif format == "html":
        yield read_html(data, origin, limits)
    else:
        yield _text(data, origin)


def _all_of(stream: BinaryIO, limits: Limits, where: str) -> bytes:
    data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        what = f"more than {limits.document_bytes:,} bytes in one document"
        raise TooLarge(what, where=where, hint="split it, or make it JSONL with one document a line")
    return data


def _text(data: bytes, origin: Origin) -> Document:
    decoded = decode(data, where=origin.name)
    if not decoded.text.strip("\0\ufeff \t\r\n\f"):
        raise EmptyDocument("there is nothing but blanks", where=origin.name, hint="nothing to read in it")
    return parse_text(
        decoded.text,
        id=origin.base,
        publisher=origin.publisher,
        source=origin.name,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        mended=decoded.mended,
    )


def _format(head: bytes, named: Format | None, where: str) -> Format:
    """By name; ".json" files are often JSONL, and what has no known name is told by how it begins."""
    if named not in (None, "json"):
        return named
    encoding = byte_order(head)
    text = head.decode(encoding or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if re.match(r'\{\s*["}]', text):
        first, newline, rest = text.partition("\n")
        whole = first.rstrip().endswith("}") and bool(rest.strip() or named is None)
        return "jsonl" if whole or (not newline and len(head) == _HEAD and named is None) else "json"
    if named:
        return named
    if re.match(r"\[\s*\{", text):
        return "json"
    if looks_like_html(text):
        return "html"
    if text.startswith("<?xml"):
        raise NotText("this is XML, not an article", where=where, hint="give plain text, HTML, JSON or JSONL")
    return "text"


def _unreadable(error: OSError, path: str) -> UnreadableFile:
    where = _shown(error.filename if isinstance(error.filename, str) else path)
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(
            "no such file or folder", where=where, hint="check the path; it may have been moved or deleted"
        )
    if isinstance(error, PermissionError):
        return UnreadableFile(
            "no permission to read it", where=where, hint="change its permissions, or read as another user"
        )
    return UnreadableFile(f"it cannot be read: {error.strerror or error}", where=where)


def _shown(path: str) -> str:
    """A path that can be printed and stored: bytes that are not UTF-8 appear as \\xff, a line end as \\n."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
