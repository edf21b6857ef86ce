from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.records import Actor, Document, Meeting, Record, Statement, Visit
from dragoman.store import Store, Written, open_store

TEXT = (
    "On 14 September 2022 Tokayev received Xi Jinping in Nur-Sultan. "
    "“Our strategic partnership has no limits,” Tokayev said. "
    "Xi Jinping (习近平) will visit Türkiye in autumn, and 普京 was not mentioned."
)


def person(name: str, country: str, office: str | None = None) -> Actor:
    return Actor(name=name, kind="person", country=country, office=office)


def sample(*, id: str = "akorda/1", text: str = TEXT, published: str | None = "2022-09-14") -> Document:
    return Document(
        id=id, text=text, title="Talks in Nur-Sultan", published=published, publisher="Akorda", language="en"
    )


def claims(document: Document) -> list[Record]:
    """A meeting on a day, an undated statement and a planned visit in autumn."""
    words = [sentence + "." for sentence in document.text.split(". ")]
    spans = []
    for sentence in words:
        start = document.text.find(sentence.rstrip("."))
        spans.append(document.span(start, start + len(sentence.rstrip("."))))
    tokayev = person("Kassym-Jomart Tokayev", "KAZ", "President")
    xi = person("Xi Jinping", "CHN", "President")
    return [
        Meeting(
            doc_id=document.id,
            evidence=(spans[0],),
            rule="received",
            participants=(tokayev, xi),
            format="in_person",
            date="2022-09-14",
            confidence=0.9,
        ),
        Statement(
            doc_id=document.id,
            evidence=(spans[1],),
            rule="said",
            speaker=tokayev,
            mode="quoted",
            text=spans[1].text,
        ),
        Visit(
            doc_id=document.id,
            evidence=(spans[-1],),
            rule="will_visit",
            visitor=xi,
            host="TUR",
            status="planned",
            date="2022-23",
        ),
    ]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store just made, to copy: making one anew for each test would take most of the time."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    open_store(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    with open_store(shutil.copy(empty, tmp_path)) as opened:
        yield opened


Put = Callable[..., Written]


@pytest.fixture
def put(store: Store) -> Put:
    def write(
        document: Document, records: list[Record] | None = None, *, reader: str = "r1", extractor: str = "x1"
    ) -> Written:
        found = claims(document) if records is None else records
        return store.write(document, found, reader_version=reader, extractor_version=extractor)

    return write
