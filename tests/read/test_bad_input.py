"""Bad input: one clear line with the file (and line) and what to do, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.read.streams import Made

from dragoman.errors import BadLine, EmptyDocument, NotText, ReadError, TooLarge, UnreadableFile
from dragoman.read import read, scan
from dragoman.records import Document

BODY = "The two foreign ministers met in the capital on Tuesday and agreed to reopen the border crossing."
GOOD = json.dumps({"text": BODY}).encode()


def collect(source: Any, **options: Any) -> tuple[list[Document], list[ReadError]]:
    errors: list[ReadError] = []
    return list(scan(source, on_error=errors.append, **options)), errors


BAD_FILES = [
    ("empty.txt", b"", EmptyDocument, "the file is empty"),
    ("blank.txt", b" \n\t\r\n", EmptyDocument, "nothing but blanks"),
    ("empty.jsonl", b"", EmptyDocument, "the file is empty"),
    ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), NotText, "a PNG image"),
    ("paper.txt", b"%PDF-1.7\n", NotText, "a PDF"),
    ("data.jsonl", bytes(range(256)) * 40, NotText, "a binary file"),
    ("noise.txt", bytes(range(128, 256)) * 40, NotText, "no encoding"),
    ("feed.xml", b'<?xml version="1.0"?><rss><channel/></rss>', NotText, "XML"),
    ("page.html", b"<html><body></body></html>", EmptyDocument, "no article"),
    ("broken.json", b'{"text": "a"', BadLine, "broken JSON at column 13"),
    ("broken2.json", b'{\n "text": a\n}', BadLine, "broken JSON at line 2, column 10"),
    ("number.json", b"17", BadLine, "not a JSON object but a number"),
    ("cut.jsonl.gz", gzip.compress(GOOD * 50)[:-12], UnreadableFile, "damaged or cut short"),
    ("cut.jsonl.zst", zstandard.compress(GOOD * 50)[:-3], UnreadableFile, "damaged or cut short"),
    ("bad.jsonl.gz", b"\x1f\x8b" + b"not gzip at all", UnreadableFile, "damaged"),
    ("bad.jsonl.zst", b"\x28\xb5\x2f\xfd" + b"not zstandard at all", UnreadableFile, "damaged"),
]


@pytest.mark.parametrize("name, data, kind, what", BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_bad_file_is_one_clear_line_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, kind: type[ReadError], what: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(BODY, "utf-8")
    documents, errors = collect(tmp_path)
    assert [document.id for document in documents] == ["zz.txt"]
    (error,) = errors
    assert type(error) is kind
    assert what in error.what
    assert error.where == str(tmp_path / name)
    assert error.hint
    assert str(error).startswith(str(tmp_path / name)) and "\n" not in str(error)
    with pytest.raises(kind):
        list(read(tmp_path / name))


BAD_LINES = [
    (b'{"text": "a", }', BadLine, "broken JSON at column 15", "the rest is read"),
    (b"{", BadLine, "broken JSON", "the rest is read"),
    (b"plain words", BadLine, "broken JSON at column 1", "the rest is read"),
    (b'["text"]', BadLine, "not a JSON object but a list", "text"),
    (b"null", BadLine, "not a JSON object but null", "text"),
    (b'{"title": "a", "body": "b"}', BadLine, 'no "text"', "body, title"),
    (b'{"text": null}', BadLine, 'no "text"', "text"),
    (b'{"text": 7}', BadLine, '"text" is a number', "quotation marks"),
    (b'{"text": ["a"]}', BadLine, '"text" is a list', "quotation marks"),
    (b'{"text": "a", "title": {"en": "b"}}', BadLine, '"title" is an object', "quotation marks"),
    (b'{"text": "a", "published": 1650844800}', BadLine, '"published" is a number', "quotation marks"),
    (b'{"text": "a", "id": true}', BadLine, '"id" is true or false', "quotation marks"),
    (b'{"text": "a", "url": []}', BadLine, '"url" is a list', "quotation marks"),
    (b'{"text": " "}', EmptyDocument, '"text" is empty', "nothing to read"),
    (b'{"text": "\\u0000"}', EmptyDocument, '"text" is empty', "nothing to read"),
    (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", BadLine, "JSON that cannot be read", ""),
    (b'{"text": ' + b"[" * 100_000 + b"}", TooLarge, "nested too deeply", "flat"),
    (b'{"a":' * 10_000, TooLarge, "nested too deeply", "flat"),
]


@pytest.mark.parametrize("line, kind, what, hint", BAD_LINES, ids=[row[0][:36].decode() for row in BAD_LINES])
def test_bad_line_is_named_and_the_others_are_read(
    tmp_path: Path, line: bytes, kind: type[ReadError], what: str, hint: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([*[GOOD] * 6, line, GOOD]) + b"\n")
    documents, errors = collect(path)
    assert [document.source for document in documents] == [f"{path}:{n}" for n in (1, 2, 3, 4, 5, 6, 8)]
    (error,) = errors
    assert type(error) is kind
    assert what in error.what and hint in (error.hint or "")
    assert error.where == f"{path}:7"
    assert "\n" not in str(error) and len(str(error)) < 300 + len(str(path))


def test_strict_reading_stops_at_the_first_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + b"\n{\n" + GOOD)
    documents = read(path)
    assert next(documents).text == BODY
    with pytest.raises(BadLine, match="broken JSON"):
        next(documents)


def test_a_wrong_date_is_dropped_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps({"text": BODY, "published": "soon", "language": "English"}).encode())
    (document,) = read(path)
    assert (document.published, document.language) == (None, "en")
    assert len(document.mended) == 2
    assert any("'soon' dropped" in note for note in document.mended)
    assert any("'English' dropped" in note for note in document.mended)


def test_lone_surrogates_and_nuls_in_json_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "The two \\ud800 met\\u0000.", "title": "\\udc00 \\u0000x", "id": "\\ud801"}\n')
    (document,) = read(path)
    assert document.text == "The two \ufffd met."
    assert document.mended == ("1 NUL character removed", "1 lone surrogate replaced")
    assert (document.title, document.id) == ("\ufffd x", "\ufffd")
    json.dumps(document.to_dict(), ensure_ascii=False).encode("utf-8")


def long_line() -> Iterator[bytes]:
    """Three lines, the second of fifty megabytes."""
    yield GOOD + b'\n{"text": "'
    for _ in range(1000):
        yield b"a" * 50_000
    yield b'"}\n' + GOOD + b"\n"


def test_a_line_of_fifty_megabytes_is_refused_without_being_held() -> None:
    errors: list[ReadError] = []
    list(read(io.BytesIO(GOOD)))  # what is loaded once is not counted
    tracemalloc.start()
    try:
        documents = list(scan(io.BufferedReader(Made(long_line())), on_error=errors.append))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [document.source for document in documents] == ["<stream>:1", "<stream>:3"]
    (error,) = errors
    assert type(error) is TooLarge and error.where == "<stream>:2"
    assert "20,000,000 bytes" in error.what
    assert peak < 45_000_000  # the line up to the limit, and the buffer that grew to hold it


def test_a_decompression_bomb_is_refused() -> None:
    bomb = zstandard.compress(bytes(0) + b"a" * 200_000_000, 19)
    documents, errors = collect(io.BytesIO(bomb), format="text")
    assert not documents and [type(error) for error in errors] == [TooLarge]


def test_missing_and_unmatched(tmp_path: Path) -> None:
    documents, errors = collect([str(tmp_path / "none.txt"), f"{tmp_path}/*.xyz", "", "a\0b"])
    assert not documents
    assert [type(error) for error in errors] == [UnreadableFile] * 4
    assert [error.what for error in errors[:3]] == [
        "no such file or folder",
        "nothing matches",
        "the path is empty",
    ]


def test_empty_folder(tmp_path: Path) -> None:
    _, (error,) = collect(tmp_path)
    assert type(error) is EmptyDocument and error.where == str(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    _, (error,) = collect(tmp_path)
    assert type(error) is UnreadableFile and "named pipe" in error.what and '"-"' in (error.hint or "")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_device_is_refused() -> None:
    _, (error,) = collect("/dev/zero")
    assert type(error) is UnreadableFile and "a device" in error.what


def test_file_that_vanishes_between_listing_and_opening(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(BODY, "utf-8")
    errors: list[ReadError] = []
    documents = scan(tmp_path, on_error=errors.append)
    assert next(documents).id == "a.txt"
    (tmp_path / "b.txt").unlink()
    assert [document.id for document in documents] == ["c.txt"]
    (error,) = errors
    assert type(error) is UnreadableFile and error.where == str(tmp_path / "b.txt")
    assert error.what == "no such file or folder"


def test_file_and_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated where the operating system is asked: a test run as root may read everything."""
    for name in ("closed/a.txt", "locked.txt", "open.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY, "utf-8")
    real_open, real_scandir = os.open, os.scandir

    def closed_open(path: Any, *args: Any, **kwargs: Any) -> int:
        if str(path).endswith("locked.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *args, **kwargs)

    def closed_scandir(path: Any = ".") -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_scandir(path)

    monkeypatch.setattr(os, "open", closed_open)
    monkeypatch.setattr(os, "scandir", closed_scandir)
    documents, errors = collect(tmp_path)
    assert [document.id for document in documents] == ["open.txt"]
    assert [error.where for error in errors] == [str(tmp_path / "locked.txt"), str(tmp_path / "closed")]
    assert {error.what for error in errors} == {"no permission to read it"}
    assert all(type(error) is UnreadableFile and error.hint for error in errors)


def test_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    data = b"".join(
        json.dumps({"text": f"{BODY} {n} " + os.urandom(40).hex()}).encode() + b"\n" for n in range(3000)
    )
    path.write_bytes(gzip.compress(data)[:-4000])
    documents, errors = collect(path)
    assert 2000 < len(documents) < 3000
    assert [type(error) for error in errors] == [UnreadableFile]


def test_disk_error_while_reading_is_an_error_of_the_file() -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            raise OSError(5, "Input/output error")

    _, (error,) = collect(io.BufferedReader(Failing()))
    assert type(error) is UnreadableFile and "Input/output error" in error.what


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    _, (error,) = collect("-")
    assert type(error) is UnreadableFile and error.where == "-"


FORMATS = st.sampled_from([None, "text", "jsonl", "json", "html"])
STARTS = st.sampled_from(
    rb"""|{|{"text":|<html><body><p>|<!doctype html>|[{|<?xml|{"text": "a"}|Source: |ASTANA, May 2 (""".split(b"|")
) | st.sampled_from([b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x00\x00\xfe\xff"])


@given(STARTS, st.binary(max_size=200), FORMATS)
def test_any_bytes_are_documents_or_errors(start: bytes, rest: bytes, format: Any) -> None:
    documents, errors = collect(io.BytesIO(start + rest), format=format)
    assert all(isinstance(error, ReadError) and "\n" not in str(error) for error in errors)
    for document in documents:
        document.text.encode("utf-8")
        span = document.dateline.span if document.dateline else None
        assert span is None or document.text[span.start : span.end] == span.text


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()), st.lists, max_leaves=4
)
KEYS = st.sampled_from(["text", "id", "title", "published", "url", "publisher", "place", "language", "other"])


@given(st.dictionaries(KEYS, st.one_of(VALUES, st.text(min_size=1)), max_size=9))
def test_any_object_is_a_document_or_an_error(value: dict[str, Any]) -> None:
    documents, errors = collect(io.BytesIO(json.dumps(value).encode()), format="jsonl")
    assert len(documents) + len(errors) == 1
    for document in documents:
        json.dumps(document.to_dict(), ensure_ascii=False).encode("utf-8")
        assert document.id
