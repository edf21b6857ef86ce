"""Documents that tell of meetings, made for the tests here: own words, and the records that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.link.claims import Claim, Source
from dragoman.records import Actor, Document, Meeting, Place, Record, Tenure

PEOPLE: dict[str, tuple[str, str, str]] = {
    "tokayev": ("Kassym-Jomart Tokayev", "KAZ", "President"),
    "tileuberdi": ("Mukhtar Tileuberdi", "KAZ", "Foreign Minister"),
    "xi": ("Xi Jinping", "CHN", "President"),
    "wang": ("Wang Yi", "CHN", "Foreign Minister"),
    "putin": ("Vladimir Putin", "RUS", "President"),
    "lavrov": ("Sergei Lavrov", "RUS", "Foreign Minister"),
    "biden": ("Joe Biden", "USA", "President"),
    "blinken": ("Antony Blinken", "USA", "Secretary of State"),
    "macron": ("Emmanuel Macron", "FRA", "President"),
    "sandu": ("Maia Sandu", "MDA", "President"),
}


def person(who: str) -> Actor:
    """Somebody of the list above, or "Name|ISO3|Post" with empty parts for what is not said."""
    name, country, office = PEOPLE[who] if who in PEOPLE else (*who.split("|"), "", "")[:3]
    return Actor(name=name, kind="person", country=country or None, office=office or None)


def telling(
    id: str,
    who: str | Sequence[str],
    *,
    published: str | None = "2022-02-12",
    publisher: str | None = "The Gazette",
    date: str | None = None,
    basis: str | None = None,
    format: str | None = "in_person",
    status: str = "done",
    place: str | None = None,
    lead: str = "",
    how: str = "",
    others: Sequence[str] = (),
    **more: Any,
) -> tuple[Document, list[Record]]:
    """A document with one meeting. lead: what stands before it in the text; how: they talked; others: groups."""
    people = who.split() if isinstance(who, str) else list(who)
    actors = tuple(person(one) for one in people)
    names = " and ".join(actor.name for actor in actors)
    actors += tuple(Actor(name=name, kind="group") for name in others)
    text = f"{lead}{names} talked{how and ' '}{how} about trade, water and the border, says {id}."
    document = Document(
        id=id, text=text, title=f"Talks: {names}", published=published, publisher=publisher, language="en"
    )
    words = document.span(len(lead), len(text) - 1)
    meeting = Meeting(
        doc_id=id,
        evidence=(words,),
        rule="test",
        participants=actors,
        format=format,
        status=status,  # type: ignore[arg-type]
        date=date,
        date_basis=basis or ("text" if date else None),  # type: ignore[arg-type]
        place=Place(name=place) if place else None,
        place_basis="text" if place else None,
        topics=("economic",),
        **more,
    )
    tenures = [
        Tenure(
            doc_id=id,
            evidence=(words,),
            rule="test",
            person=actor.name,
            office=actor.office,
            country=actor.country,
            date=published,
        )
        for actor in actors
        if actor.office
    ]
    return document, [meeting, *tenures]


def claim(id: str, who: str | Sequence[str], **told: Any) -> Claim:
    """The meeting of such a document as a claim."""
    document, records = telling(id, who, **told)
    source = Source(document=id, published=document.published, publisher=document.publisher, title=document.title)
    return Claim(id=records[0].id, record=records[0], source=source)
