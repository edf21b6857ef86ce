"""Hostile documents are read or refused within ten seconds and little memory."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest

from dragoman.errors import ReadError, TooLarge
from dragoman.read import Limits, scan
from dragoman.records import Document

REPORT = b"<p>The President received the ambassador today and discussed trade and other matters of state.</p>"
SECONDS = 10.0  # of computing time: what else the machine does is not the document's fault


def page(body: bytes) -> bytes:
    return b"<html><head><title>Reception</title></head><body><article>" + body + b"</article></body></html>"


def collect(data: bytes, **options: Any) -> tuple[list[Document], list[ReadError]]:
    errors: list[ReadError] = []
    start = time.process_time()
    documents = list(scan(io.BytesIO(data), on_error=errors.append, **options))
    assert time.process_time() - start < SECONDS
    return documents, errors


TEXTS = {
    "10,000 brackets": "[" * 10_000,
    "1 MB without a space": "a" * 1_000_000,
    "1 MB of capitals": "A" * 1_000_000,
    "1 MB of digits": "1" * 1_000_000,
    "1 MB of dots": "." * 1_000_000,
    "1 MB of quotation marks": '"' * 1_000_000,
    "1 MB of slashes": "/a" * 500_000,
    "1 MB of hyphens": "A-" * 500_000,
    "1 MB of apostrophes": "A'" * 500_000,
    "1 MB of open brackets": "(a" * 500_000,
    "1 MB of capitals and commas": "A, " * 330_000,
    "1 MB of accents": "é" * 500_000,
    "line after line": "ASTANA\n" * 100_000,
    "right to left": "التقى الوزيران في العاصمة صباح اليوم 🤝 \u202eRLO\u202c \u200f(رويترز)",
    "emoji": "🤝🏽👩‍👩‍👧‍👦🇰🇿" * 10_000,
    "combining marks": "e" + "\u0301" * 100_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_read_as_it_is(name: str) -> None:
    (document,), errors = collect(TEXTS[name].encode(), format="text")
    assert not errors
    assert document.text == TEXTS[name]


def test_mojibake_in_every_line_is_mended_in_time() -> None:
    (document,), _ = collect("the cafÃ© of SÃ£o TomÃ©\n".encode() * 20_000, format="text")
    assert document.text == "the café of São Tomé\n" * 20_000
    assert document.mended == ("mojibake repaired in 20,000 lines",)


READ_PAGES = {
    "one long word": page(b"<p>" + b"a" * 1_000_000 + b"</p>"),
    "a long attribute": page(b"<p class='" + b"a" * 1_000_000 + b"'></p>" + REPORT),
    "many attributes": page(b"<p " + b"a=b " * 200_000 + b">" + REPORT),
    "many comments": page(b"<!-- x -->" * 200_000 + REPORT),
    "many entities": page(b"&amp;" * 200_000 + REPORT),
    "tags in a script": page(b"<SCRIPT>" + b"<div>" * 20_000 + b"</Script>" + REPORT),
    "as deep as allowed": page(b"<div>" * 200 + REPORT + b"</div>" * 200),
    "NUL bytes": page(REPORT[:20] + b"\0" + REPORT[20:]),
    "brackets": page(b"<p>" + b"[" * 10_000 + b"</p>" + REPORT),
}


@pytest.mark.parametrize("name", READ_PAGES)
def test_hostile_page_is_read(name: str) -> None:
    (document,), errors = collect(READ_PAGES[name])
    assert not errors
    assert document.title == "Reception"
    assert document.text


REFUSED_PAGES = {
    "10,000 elements in one another": page(b"<div>" * 10_000 + REPORT + b"</div>" * 10_000),
    "10,000 open elements": page(b"<i>" * 10_000 + REPORT),
    "100,000 elements in one another": page(b"<b>" * 100_000 + REPORT),
    "too many tags": page(b"<div>ab</div>" * 100_000),
    "too many bytes": page(b"<p>" + b"a" * 10_000_000 + b"</p>"),
    "deep after a script": page(b"<script></SCRIPT>" + b"<div>" * 10_000 + REPORT),
}


@pytest.mark.parametrize("name", REFUSED_PAGES)
def test_hostile_page_is_refused(name: str) -> None:
    documents, (error,) = collect(REFUSED_PAGES[name])
    assert not documents
    assert type(error) is TooLarge and error.hint and error.where == "<stream>"


@pytest.mark.parametrize("unit", [b"<div>ab cd</div>", b"a<br>", b"<li>abc def", b"<p>", b"<a href='x'>link</a>"])
def test_the_page_of_most_tags_is_read_in_time(unit: bytes) -> None:
    tags = Limits().html_tags - 20
    documents, errors = collect(page(unit * (tags // unit.count(b"<")) + REPORT))
    assert len(documents) == 1 and not errors
