"""Documents and records of every type, for property tests."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from dragoman.records import (
    RECORD_TYPES,
    Actor,
    ActorKind,
    Dateline,
    Document,
    Place,
    Plover,
    Record,
    Span,
    Status,
)

# any character that a file can hold: no halves of surrogate pairs, but NUL, emoji and right-to-left marks
characters = st.characters(exclude_categories=["Cs"])
words = st.text(characters, min_size=1, max_size=30)
iso3 = st.sampled_from(["KAZ", "TUR", "USA", "RUS", "CHN", "UZB"])
dates = st.sampled_from(
    [
        None,
        "2022",
        "2022-09",
        "2022-04-25",
        "2022-09-14/2022-09-15",
        "2022-23",
        "2022-24",
        "19XX",
        "../2022",
        "2022?",
    ]
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def documents(draw: st.DrawFn) -> Document:
    return Document(
        id=draw(words),
        text=draw(st.text(characters, min_size=1, max_size=200)),
        title=draw(maybe(words)),
        published=draw(dates),
        url=draw(maybe(words)),
        language=draw(maybe(st.sampled_from(["en", "ru", "kk"]))),
        publisher=draw(maybe(words)),
        cited_source=draw(maybe(words)),
        dateline=draw(maybe(st.builds(Dateline, place=maybe(words), country=maybe(iso3), date=dates))),
        retrieved=draw(maybe(st.just("2022-04-26T10:00:00Z"))),
        source=draw(maybe(words)),
        raw_sha256=draw(maybe(st.just("0" * 64))),
        mended=tuple(draw(st.lists(words, max_size=2))),
    )


@st.composite
def spans(draw: st.DrawFn, document: Document) -> Span:
    start = draw(st.integers(0, len(document.text) - 1))
    return document.span(start, draw(st.integers(start + 1, len(document.text))))


def actors(document: Document) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        name=words,
        kind=st.sampled_from(get_args(ActorKind)),
        country=maybe(iso3),
        office=maybe(words),
        sector=maybe(st.just("GOV")),
        mention=maybe(spans(document)),
    )


places = st.builds(
    Place,
    name=words,
    country=maybe(iso3),
    lat=maybe(st.floats(-90, 90)),
    lon=maybe(st.floats(-180, 180)),
    geonames_id=maybe(st.integers(1, 10**7)),
)


@st.composite
def records(draw: st.DrawFn, document: Document) -> Record:
    kind = RECORD_TYPES[draw(st.sampled_from(sorted(RECORD_TYPES)))]
    actor, some = actors(document), st.lists(actors(document), max_size=3).map(tuple)
    fields: dict[str, st.SearchStrategy[Any]] = {
        "participants": some,
        "parties": some if kind.record == "agreement" else st.tuples(iso3, iso3),
        "addressee": some,
        "counterpart": some,
        "source": some,
        "target": some,
        "visitor": actor,
        "speaker": actor,
        "actor": actor,
        "host": iso3,
        "country": maybe(iso3),
        "since": dates,
        "plover": st.builds(Plover, type=st.just("CONSULT"), mode=maybe(words)),
        "goldstein": maybe(st.floats(-10, 10)),
        "cameo": maybe(st.sampled_from(["040", "057"])),
        "status": st.sampled_from(get_args(Status)),
        "mode": st.sampled_from(["quoted", "reported"]),
    }
    core = {name: draw(fields.get(name, words)) for name in kind.core}
    return kind(
        doc_id=document.id,
        evidence=tuple(draw(st.lists(spans(document), min_size=1, max_size=3))),
        rule=draw(words),
        confidence=draw(st.floats(0, 1)),
        date=draw(dates),
        date_text=draw(maybe(words)),
        date_basis=draw(st.sampled_from([None, "text", "relative", "published"])),
        place=draw(maybe(places)),
        place_basis=draw(st.sampled_from([None, "text", "dateline"])),
        topics=tuple(draw(st.lists(words, max_size=2))),
        **core,
    )


@st.composite
def readings(draw: st.DrawFn) -> tuple[Document, list[Record]]:
    document = draw(documents())
    return document, draw(st.lists(records(document), max_size=5, unique_by=lambda record: record.id))


__all__ = ["documents", "readings", "records", "words"]
