"""Claims made by hand for tests: a record with as little said as matters, in a document of its own."""

from __future__ import annotations

from typing import Any

from dragoman.link.claims import Claim, Source
from dragoman.records import (
    Actor,
    Agreement,
    Commitment,
    Meeting,
    Place,
    Record,
    Span,
    Statement,
    Visit,
    content_hash,
)


def person(name: str, country: str | None = "CHN") -> Actor:
    return Actor(name=name, kind="person", country=country)


def state(country: str) -> Actor:
    return Actor(name=country, kind="state", country=country)


def source(document: str, **known: Any) -> Source:
    return Source(document=document, **known)


def _claim(record: Record, said: Source) -> Claim:
    return Claim(id=record.id, record=record, source=said)


def _spans(*words: str) -> tuple[Span, ...]:
    return tuple(Span(at, at + len(text), text) for at, text in enumerate(words))


def _document(told: str | None, publisher: str | None, *about: Any) -> str:
    return content_hash([told, publisher, *map(str, about)])


def visit(
    told: str | None,
    status: str,
    date: str | None = None,
    *,
    who: str = "Xi Jinping",
    host: str = "KAZ",
    kind: str = "unspecified",
    publisher: str | None = "Reuters",
    basis: str | None = "text",
    words: str = "the visit",
    document: str | None = None,
    copy_of: str | None = None,
    country: str | None = "CHN",
) -> Claim:
    name = document or _document(told, publisher, who, host, status, date, kind, words)
    record = Visit(
        doc_id=name,
        evidence=_spans(words),
        rule="test",
        date=date,
        date_basis=basis if date else None,  # type: ignore[arg-type]
        visitor=person(who, country),
        host=host,
        kind=kind,
        status=status,  # type: ignore[arg-type]
    )
    return _claim(record, source(name, published=told, publisher=publisher, copy_of=copy_of))


def accord(
    told: str | None,
    title: str,
    step: str,
    date: str | None = None,
    *,
    kind: str = "treaty",
    parties: tuple[str, ...] = ("KAZ", "UZB"),
    basis: str | None = "text",
    status: str = "done",
    words: tuple[str, ...] = (),
    publisher: str | None = "Reuters",
    document: str | None = None,
) -> Claim:
    name = document or _document(told, publisher, title, step, date)
    record = Agreement(
        doc_id=name,
        evidence=_spans(title, *words),
        rule="test",
        date=date,
        date_basis=basis if date else None,  # type: ignore[arg-type]
        title=title,
        kind=kind,
        parties=tuple(state(code) for code in parties),
        status=status,  # type: ignore[arg-type]
        step=step,
    )
    return _claim(record, source(name, published=told, publisher=publisher))


def promise(
    told: str, action: str, *, who: Actor | None = None, due: str | None = None, status: str = "planned"
) -> Claim:
    name = _document(told, None, action)
    record = Commitment(
        doc_id=name,
        evidence=_spans(action),
        rule="test",
        date=due,
        date_basis="text" if due else None,
        actor=who or state("KAZ"),
        strength="promise",
        action=action,
        status=status,  # type: ignore[arg-type]
    )
    return _claim(record, source(name, published=told, publisher="Reuters"))


def statement(told: str, text: str, *, who: Actor | None = None, document: str | None = None) -> Claim:
    name = document or _document(told, None, text)
    record = Statement(
        doc_id=name, evidence=_spans(text), rule="test", speaker=who or state("KAZ"), mode="reported", text=text
    )
    return _claim(record, source(name, published=told, publisher="Reuters"))


def meeting(
    told: str,
    date: str | None = None,
    *,
    publisher: str = "Kazinform",
    guest: Actor | None = None,
    host: Actor | None = None,
    place: str | None = None,
    form: str | None = "in_person",
) -> Claim:
    name = _document(told, publisher, date, place, form)
    record = Meeting(
        doc_id=name,
        evidence=_spans("met"),
        rule="test",
        date=date,
        date_basis="text" if date else None,
        place=Place(name=place, country=place) if place else None,
        participants=(host or person("Kassym-Jomart Tokayev", "KAZ"), guest or person("Xi Jinping")),
        format=form,
    )
    return _claim(record, source(name, published=told, publisher=publisher))
