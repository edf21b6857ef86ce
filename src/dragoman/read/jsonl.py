"""JSON objects to Documents: one a line, streamed, or the one or several of a JSON file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from dragoman.errors import BadLine, EmptyDocument, ReadError, TooLarge
from dragoman.read.encoding import decode
from dragoman.read.limits import Limits
from dragoman.read.text import parse_text
from dragoman.records import Document

__all__ = ["Origin", "read_json", "read_lines"]

_STRINGS = ("id", "title", "published", "url", "publisher", "place", "language", "retrieved")
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Origin:
    """Where documents come from.

    name: for messages and ``Document.source``; base: the id of a document without one (with the line added where
    there are several), None where its content is to be hashed; publisher: for documents that name none.
    """

    name: str
    base: str | None = None
    publisher: str | None = None


def read_lines(stream: BinaryIO, origin: Origin, limits: Limits) -> Iterator[Document | ReadError]:
    """The documents of a JSONL stream, an error in place of each that cannot be read. Holds one line at a time."""
    number = 0
    while True:
        line = stream.readline(limits.line_bytes + 1)
        if not line:
            return
        number += 1
        where = f"{origin.name}:{number}"
        if len(line) > limits.line_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            what = f"a line of more than {limits.line_bytes:,} bytes"
            yield TooLarge(what, where=where, hint="split it, or raise the limit on line_bytes")
        elif line.strip():
            try:
                yield _document_of_line(line.rstrip(b"\r\n"), where, f"#{number}", origin)
            except ReadError as error:
                yield error


def read_json(data: bytes, origin: Origin) -> Iterator[Document | ReadError]:
    """The document of a JSON object, or those of an array of objects."""
    decoded = decode(data, where=origin.name)
    value = _parse(decoded.text, origin.name)
    raw = hashlib.sha256(data).hexdigest()
    if isinstance(value, dict):
        yield _document(value, origin.name, "", origin, raw, decoded.mended)
        return
    if not isinstance(value, list):
        raise _no_object(value, origin.name)
    for number, item in enumerate(value, 1):
        where = f"{origin.name}#{number}"
        raw = hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()
        try:
            yield _document(item, where, f"#{number}", origin, raw, decoded.mended)
        except ReadError as error:
            yield error


def _skip_line(stream: BinaryIO) -> None:
    while True:
        rest = stream.readline(_CHUNK)
        if not rest or rest.endswith(b"\n"):
            return


def _document_of_line(line: bytes, where: str, suffix: str, origin: Origin) -> Document:
    decoded = decode(line, where=where)
    raw = hashlib.sha256(line).hexdigest()
    return _document(_parse(decoded.text, where), where, suffix, origin, raw, decoded.mended)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        what = f"broken JSON at {place}: {error.msg}"
        raise BadLine(what, where=where, hint="mend or remove it; the rest is read") from None
    except RecursionError:
        raise TooLarge("JSON nested too deeply", where=where, hint="a document is a flat object") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise BadLine(f"JSON that cannot be read: {error}", where=where) from None


def _document(value: Any, where: str, suffix: str, origin: Origin, raw: str, notes: tuple[str, ...]) -> Document:
    if not isinstance(value, dict):
        raise _no_object(value, where)
    text = value.get("text")
    if text is None:
        known = ", ".join(sorted(map(str, value))[:6]) or "none"
        raise BadLine(
            'no "text"', where=where, hint=f"its fields are: {' '.join(_printable(known).split())[:120]}"
        )
    if not isinstance(text, str):
        raise _wrong_type("text", text, where)
    if not text.strip("\0\ufeff \t\r\n"):
        raise EmptyDocument('"text" is empty', where=where, hint="nothing to read in it")
    given, dropped = _fields(value, where)
    given["id"] = given["id"] or (None if given["url"] or origin.base is None else origin.base + suffix)
    given["publisher"] = given["publisher"] or origin.publisher
    return parse_text(text, source=where, raw_sha256=raw, mended=(*notes, *dropped), **given)


def _fields(value: Mapping[str, Any], where: str) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The fields that a document may give, and what was dropped of them, in words."""
    given: dict[str, str | None] = {}
    dropped: tuple[str, ...] = ()
    for name in _STRINGS:
        field = value.get(name)
        if name == "id" and isinstance(field, int) and not isinstance(field, bool):
            field = str(field)
        if field is not None and not isinstance(field, str):
            raise _wrong_type(name, field, where)
        given[name] = (_printable(field).strip() or None) if field else None
    language = given["language"]
    if language:
        code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", language.lower())
        given["language"] = code[1] if code else None
        if not code:
            dropped = (f"language {language[:40]!r} dropped: not an ISO 639 code",)
    return given, dropped


def _printable(text: str) -> str:
    """Without NULs and lone surrogates, which no store and no terminal takes."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _wrong_type(name: str, value: Any, where: str) -> BadLine:
    return BadLine(
        f'"{name}" is {_kind(value)}, not text', where=where, hint="put it in quotation marks, or leave it out"
    )


def _no_object(value: Any, where: str) -> BadLine:
    hint = 'a document is an object with at least a "text"'
    return BadLine(f"not a JSON object but {_kind(value)}", where=where, hint=hint)


def _kind(value: Any) -> str:
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        str: "a text",
    }
    return kinds.get(type(value), "null")
