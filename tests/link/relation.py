"""Documents on two states, made for the tests here: own sentences, and the records that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.records import (
    Actor,
    Agreement,
    Commitment,
    Document,
    Meeting,
    Place,
    Record,
    Relation,
    Statement,
    Visit,
)

Told = tuple[Document, list[Record]]

SANDU = Actor(name="Maia Sandu", kind="person", country="MDA", office="President")
MACRON = Actor(name="Emmanuel Macron", kind="person", country="FRA", office="President")
MOLDOVA = Actor(name="Moldova", kind="state", country="MDA")
FRANCE = Actor(name="France", kind="state", country="FRA")


class Paper:
    """A document of sentences that are the evidence of records; the same sentence may be that of several."""

    def __init__(self, id: str, published: str | None, publisher: str = "The Gazette", **known: Any) -> None:
        self._known = {"id": id, "published": published, "publisher": publisher, "language": "en", **known}
        self._text = ""
        self._made: list[tuple[type[Record], int, int, dict[str, Any]]] = []

    def _add(self, type_: type[Record], words: str, **fields: Any) -> Paper:
        start = self._text.find(words)
        if start < 0:
            start = len(self._text)
            self._text += words + "\n\n"
        self._made.append((type_, start, start + len(words), fields))
        return self

    def visit(self, words: str, who: Actor, host: str, status: str, date: str | None = None, **more: Any) -> Paper:
        return self._add(Visit, words, visitor=who, host=host, status=status, **_dated(date), **more)

    def meeting(self, words: str, who: Sequence[Actor], date: str | None = None, **more: Any) -> Paper:
        given = {"format": "in_person", **more}
        return self._add(Meeting, words, participants=tuple(who), **_dated(date), **given)

    def accord(self, words: str, title: str, step: str, date: str | None = None, **more: Any) -> Paper:
        given = {"kind": "treaty", "parties": (MOLDOVA, FRANCE), **more}
        return self._add(Agreement, words, title=title, step=step, **_dated(date), **given)

    def promise(self, words: str, who: Actor, due: str | None = None, **more: Any) -> Paper:
        given = {"strength": "promise", "action": words, **more}
        return self._add(Commitment, words, actor=who, **_dated(due), **given)

    def says(self, words: str, who: Actor, *, quoted: bool = False, **more: Any) -> Paper:
        mode = "quoted" if quoted else "reported"
        return self._add(Statement, words, speaker=who, text=words, mode=mode, **more)

    def tie(self, words: str, kind: str, **more: Any) -> Paper:
        return self._add(Relation, words, parties=("FRA", "MDA"), kind=kind, label=words, **more)

    def told(self) -> Told:
        document = Document(text=self._text, **self._known)
        records: list[Record] = []
        for type_, start, end, fields in self._made:
            made: Any = type_
            records.append(made(doc_id=document.id, evidence=(document.span(start, end),), rule="test", **fields))
        return document, records


def _dated(date: str | None) -> dict[str, Any]:
    return {"date": date, "date_basis": "text" if date else None}


def place(name: str, country: str) -> dict[str, Any]:
    return {"place": Place(name=name, country=country), "place_basis": "text"}


TREATY = "Treaty on Dairy Trade"
BRIDGE = "France will build a railway bridge over the Prut near Ungheni"


def papers() -> list[Told]:
    """France and Moldova, 2023: a visit announced and made, another of which nothing more is heard, a treaty."""
    here = place("Chisinau", "MDA")
    plan = Paper("plan", "2023-01-10", "Moldpres", title="A guest in spring", url="https://example.org/plan")
    plan.visit("Macron is to come on 3 May on a state visit", MACRON, "MDA", "planned", "2023-05-03", kind="state")
    plan.promise(BRIDGE, FRANCE, "2023-08", counterpart=(MOLDOVA,))
    trip = Paper("trip", "2023-05-03", "Moldpres", title="Talks in Chisinau")
    trip.visit("Macron came to Chisinau on a state visit", MACRON, "MDA", "done", "2023-05-03", kind="state")
    topics: tuple[str, ...] = ("economic", "energy")
    trip.meeting("Sandu and Macron talked in Chisinau", [SANDU, MACRON], "2023-05-03", topics=topics, **here)
    trip.accord(f"They signed the {TREATY}", TREATY, "signed", "2023-05-03")
    trip.says("France stands by Moldova", MACRON, quoted=True, topics=("military",), target=(MOLDOVA,))
    paris = Paper("paris", "2023-05-04", "Elysee", title="Readout", url="javascript:alert(1)")
    paris.visit("an official visit to Moldova", MACRON, "MDA", "done", "2023-05-03", kind="official")
    topics = ("economic",)
    paris.meeting("he spoke with Maia Sandu", [MACRON, SANDU], "2023-05-03", topics=topics, **here)
    paris.accord("a treaty on dairy trade was signed", TREATY, "signed", "2023-05-03")
    paris.promise("France wants to open a school in Balti", FRANCE, strength="hope")
    paris.tie("an old friendship", "friendship")
    autumn = Paper("autumn", "2023-06-01", "Moldpres", title="Sandu to go to Paris")
    autumn.visit("Sandu will visit Paris on 12 July", SANDU, "FRA", "planned", "2023-07-12")
    autumn.promise("Sandu will visit Paris on 12 July", SANDU, "2023-07-12", counterpart=(FRANCE,))
    return [paper.told() for paper in (plan, trip, paris, autumn)]
