"""What is read from files, folders, globs and streams, and how documents get their ids."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import zstandard
from tests.read.streams import Made

from dragoman.errors import ReadError
from dragoman.read import Limits, read, scan
from dragoman.records import Document, content_hash

BODY = "The two foreign ministers met in the capital on Tuesday and agreed to reopen the border crossing."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Crossing reopens | Example Agency</title>
<meta property="og:site_name" content="Example Agency">
<meta property="article:published_time" content="2023-03-03T10:00:00+06:00">
<link rel="canonical" href="https://example.org/news/1"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Crossing reopens</h1>
<p>ASTANA, March 3 (Xinhua) -- {BODY}</p>
<p>They will meet again in autumn, the Foreign Ministry said.</p></article>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""


def lines(*values: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def collect(*sources: Any, **options: Any) -> tuple[list[Document], list[ReadError]]:
    errors: list[ReadError] = []
    return list(scan(list(sources), on_error=errors.append, **options)), errors


def test_text_file_keeps_its_text_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    data = f"{BODY}\r\nThey will meet again.\r\n".encode()
    path.write_bytes(data)
    (document,) = read(path)
    assert document.text == f"{BODY}\nThey will meet again.\n"
    assert (document.id, document.source, document.language, document.mended) == ("note.txt", str(path), "en", ())
    assert document.raw_sha256 == hashlib.sha256(data).hexdigest()


def test_jsonl_takes_the_fields_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    given = {
        "id": "x1",
        "text": BODY,
        "title": "Crossing reopens",
        "published": "2023-03-03T10:00:00Z",
        "url": "https://example.org/1",
        "publisher": "Example Agency",
        "place": "Astana",
        "language": "en-GB",
        "retrieved": "2023-03-04T00:00:00Z",
        "words": 15,
    }
    path.write_bytes(lines(given))
    (document,) = read(path)
    assert document.to_dict() == {
        **{key: given[key] for key in ("id", "text", "title", "url", "publisher", "retrieved")},
        "published": "2023-03-03",
        "language": "en",
        "cited_source": None,
        "dateline": {"place": "Astana", "country": "KAZ", "date": None, "agency": None, "span": None},
        "source": f"{path}:1",
        "raw_sha256": hashlib.sha256(lines(given).rstrip()).hexdigest(),
        "mended": [],
    }


def test_jsonl_ids_are_given_or_of_the_url_or_of_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    url = "https://example.org/1"
    path.write_bytes(
        lines({"text": BODY, "id": 7}, {"text": BODY, "url": url}) + b"\n" + lines({"text": BODY, "id": None})
    )
    documents = list(read(path))
    assert [document.id for document in documents] == [
        "7",
        hashlib.sha256(url.encode()).hexdigest()[:16],
        "a.jsonl#4",
    ]
    assert [document.source for document in documents] == [f"{path}:1", f"{path}:2", f"{path}:4"]


def test_streams_without_ids_are_named_by_their_content() -> None:
    documents = list(read(io.BytesIO(lines({"text": BODY}, {"text": BODY}, {"text": "Another text."}))))
    assert [document.id for document in documents] == [
        content_hash(BODY),
        content_hash(BODY),
        content_hash("Another text."),
    ]
    assert documents[0].source == "<stream>:1"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.ndjson.zst", "a.jsonl", "a.gz", "a.txt"])
def test_compression_is_told_by_the_bytes(tmp_path: Path, name: str) -> None:
    data = lines({"text": BODY, "id": "1"}, {"text": BODY, "id": "2"})
    packed = (
        zstandard.compress(data) if name.endswith("zst") else data if name == "a.jsonl" else gzip.compress(data)
    )
    path = tmp_path / name
    path.write_bytes(packed)
    documents = list(read(path, format="jsonl" if name == "a.txt" else None))
    assert [document.id for document in documents] == ["1", "2"]


def test_zstandard_files_of_several_frames_are_read_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(b"".join(zstandard.compress(lines({"text": BODY * 50, "id": str(n)})) for n in range(40)))
    assert [document.id for document in read(path)] == [str(n) for n in range(40)]


@pytest.mark.parametrize(
    "content, ids",
    [
        (json.dumps({"text": BODY}), ["a.json"]),
        (json.dumps({"text": BODY}, indent=2), ["a.json"]),
        (json.dumps([{"text": BODY}, {"text": BODY, "id": "x"}], indent=1), ["a.json#1", "x"]),
        (lines({"text": BODY}, {"text": BODY}).decode(), ["a.json#1", "a.json#2"]),
        ("[]", []),
    ],
    ids=["object", "indented", "array", "really JSONL", "empty array"],
)
def test_json_file(tmp_path: Path, content: str, ids: list[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, "utf-8")
    assert [document.id for document in read(path)] == ids


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_jsonl_in_another_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Президент принял посла — «Россия» 🤝 " * 20
    data = "".join(json.dumps({"text": text, "id": str(n)}, ensure_ascii=False) + "\n" for n in range(300))
    path = tmp_path / "a.jsonl"
    path.write_bytes((b"\xfe\xff" if encoding == "utf-16-be" else b"") + data.encode(encoding))
    documents = list(read(path))
    assert [document.id for document in documents] == [str(n) for n in range(300)]
    assert {document.text for document in documents} == {text}


def test_html_page_gives_article_and_metadata(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    (document,) = read(path)
    assert BODY in document.text and "newsletter" not in document.text and "Home" not in document.text
    assert document.text.split("\n")[-1] == "They will meet again in autumn, the Foreign Ministry said."
    assert document.title == "Crossing reopens"
    assert document.published == "2023-03-03"
    assert document.url == "https://example.org/news/1"
    assert document.id == hashlib.sha256(b"https://example.org/news/1").hexdigest()[:16]
    assert document.publisher == "Example Agency"
    assert document.cited_source == "Foreign Ministry"
    assert document.dateline is not None and document.dateline.span is not None
    assert document.dateline.date == "2023-03-03"
    span = document.dateline.span
    assert document.text[span.start : span.end] == "ASTANA, March 3 (Xinhua) --"


def test_html_is_decoded_as_it_declares(tmp_path: Path) -> None:
    text = "Министр иностранных дел встретился с послом и обсудил открытие границы весной этого года."
    page = f'<html><head><meta charset="koi8-r"><title>Встреча</title></head><body><p>{text}</p></body></html>'
    path = tmp_path / "page.htm"
    path.write_bytes(page.encode("koi8-r"))
    (document,) = read(path)
    assert (document.text, document.language, document.id) == (text, "ru", "page.htm")


SNIFFED = [
    (lines({"text": BODY, "id": "1"}), "1", BODY),
    (json.dumps({"text": BODY, "id": "1"}, indent=1).encode(), "1", BODY),
    (PAGE.encode(), hashlib.sha256(b"https://example.org/news/1").hexdigest()[:16], None),
    (BODY.encode(), content_hash(BODY), BODY),
    (f"[Reuters] {BODY}".encode(), content_hash(f"[Reuters] {BODY}"), f"[Reuters] {BODY}"),
    (f"{{sic}} {BODY}".encode(), content_hash(f"{{sic}} {BODY}"), f"{{sic}} {BODY}"),
    (gzip.compress(lines({"text": BODY, "id": "1"})), "1", BODY),
]


@pytest.mark.parametrize(
    "data, id, text", SNIFFED, ids=["JSONL", "JSON", "HTML", "text", "bracket", "brace", "gzip"]
)
def test_standard_input_is_told_by_how_it_begins(
    data: bytes, id: str, text: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    (document,) = read("-")
    assert document.id == id
    assert text is None or document.text == text


def test_text_streams_are_read_too() -> None:
    (document,) = read(io.StringIO(BODY + "\n🤝\ud83e\udd1d"))
    assert document.text == BODY + "\n🤝🤝"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/y.jsonl",
        ".hidden.txt",
        ".git/c.txt",
        "c.md",
        "README.md",
    ):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lines({"text": BODY}) if name.endswith("jsonl") else BODY.encode())
    return tmp_path / "corpus"


def test_folder_is_walked_in_order_without_what_is_hidden_and_its_readme(folder: Path) -> None:
    assert [document.id for document in read(folder)] == ["b.txt", "c.md", "a/y.jsonl#1", "a/z.txt"]


@pytest.mark.parametrize(
    "pattern, ids",
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["a/z.txt", "b.txt"]),
        ("[ab]*", ["a/y.jsonl#1", "a/z.txt", "b.txt"]),
        ("a/?.jsonl", ["y.jsonl#1"]),
    ],
)
def test_glob(folder: Path, pattern: str, ids: list[str]) -> None:
    assert [document.id for document in read(f"{folder}/{pattern}")] == ids


def test_several_sources_keep_their_paths_so_that_no_two_ids_are_alike(folder: Path) -> None:
    documents, errors = collect(folder / "a" / "z.txt", folder / "b.txt", str(folder / "a"))
    assert not errors
    assert [document.id for document in documents] == [
        f"{folder}/a/z.txt",
        f"{folder}/b.txt",
        f"{folder}/a/y.jsonl#1",
        f"{folder}/a/z.txt",
    ]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "note[1].txt"
    path.write_text(BODY, "utf-8")
    assert [document.id for document in read(str(path))] == ["note[1].txt"]


def test_names_that_are_no_unicode_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    path.write_text(BODY, "utf-8")
    (document,) = read(tmp_path)
    assert document.id == "caf\\xe9.txt"
    assert document.source is not None and document.source.encode("utf-8")


def test_a_line_end_in_a_name_does_not_break_the_line_of_an_error(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_bytes(b"")
    _, (error,) = collect(tmp_path)
    assert error.where == f"{tmp_path}/two\\nlines.txt"


def test_given_format_and_publisher_overrule_the_name_and_fill_the_gap(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(lines({"text": BODY}, {"text": BODY, "publisher": "Other"}))
    documents = list(read(path, format="jsonl", publisher="Example Agency"))
    assert [document.publisher for document in documents] == ["Example Agency", "Other"]


def test_jsonl_is_streamed() -> None:
    stream = Made(lines({"text": BODY * 20, "id": str(number)}) for number in itertools.count(1))
    documents = read(io.BufferedReader(stream))
    assert [next(documents).id for _ in range(50)] == [str(n) for n in range(1, 51)]
    assert stream.taken < 50 * 2100 + 300_000


def test_limits_can_be_raised_and_lowered() -> None:
    data = lines({"text": BODY, "id": "1"})
    assert [document.id for document in read(io.BytesIO(data), limits=Limits(line_bytes=len(data)))] == ["1"]
    documents, errors = collect(io.BytesIO(data * 2), limits=Limits(line_bytes=50))
    assert not documents and [error.where for error in errors] == ["<stream>:1", "<stream>:2"]


def test_import_is_cheap_and_loads_nothing_heavy(root: Path) -> None:
    heavy = {
        "trafilatura",
        "py3langid",
        "numpy",
        "ftfy",
        "charset_normalizer",
        "zstandard",
        "yaml",
        "rigour",
        "edtf",
    }
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-X", "importtime", "-c", "import dragoman.read"]
    best: dict[str, int] = {}  # microseconds of each module, in the run in which the machine was least busy
    for _ in range(5):
        report = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stderr
        rows = [row.removeprefix("import time:").split("|") for row in report.splitlines() if row.count("|") == 2]
        times = {name.strip(): int(alone) for alone, _, name in rows if alone.strip().isdigit()}
        assert not heavy & times.keys()
        for name, time in times.items():
            best[name] = min(time, best.get(name, time))
    assert sum(time for name, time in best.items() if name.startswith("dragoman.read")) < 50_000


@pytest.mark.shared
@pytest.mark.slow
def test_real_documents_are_read_without_an_error(shared: Path) -> None:
    documents = errors = 0
    for path in sorted((shared / "data" / "docs").glob("*.jsonl.gz")):
        failed: list[ReadError] = []
        for document in scan(path, on_error=failed.append):
            documents += 1
            span = document.dateline.span if document.dateline else None
            assert span is None or document.text[span.start : span.end] == span.text
        errors += len(failed)
    assert (documents, errors) == (10_603, 0)


@pytest.mark.shared
def test_the_founding_document_is_read_whole(shared: Path) -> None:
    (document,) = read(shared / "gold" / "seed.jsonl")
    assert (document.publisher, document.cited_source, document.language) == (
        "Kazinform",
        "Akorda press service",
        "en",
    )
    assert document.dateline is not None
    assert (document.dateline.place, document.dateline.country) == ("Nur-Sultan", "KAZ")
    assert document.text == json.loads((shared / "gold" / "seed.jsonl").read_text("utf-8"))["text"]
