"""One small document with overlapping records of every type, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.records import (
    Actor,
    Agreement,
    Commitment,
    Document,
    Event,
    Meeting,
    Place,
    Plover,
    Record,
    Relation,
    Span,
    Statement,
    Tenure,
    Visit,
)

TEXT = (
    "DUSHANBE – Foreign Minister Anna Holm met President Karim Rahmon on Monday [in the old palace].\n\n"
    "“We shall open an embassy in 2024,” said Holm. The two signed a Protocol on Water <draft & annex>.\n\n"
    "Norway and Tajikistan have had diplomatic relations since 1992."
)

HOLM = Actor(name="Anna Holm", kind="person", country="NOR", office="Foreign Minister", sector="GOV")
RAHMON = Actor(name="Karim Rahmon", kind="person", country="TJK", office="President", sector="GOV")
NORWAY = Actor(name="Norway", kind="state", country="NOR")
TAJIKISTAN = Actor(name="Tajikistan", kind="state", country="TJK")


def document(text: str = TEXT, **known: Any) -> Document:
    """The document; anything may be set."""
    given = {"id": "doc-1", "title": "Talks in Dushanbe", "published": "2023-05-02", "publisher": "Our Agency"}
    return Document(text=text, **{**given, **known})


def span(words: str, text: str = TEXT) -> Span:
    """The first place where the text says that."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def _shared(words: str, *more: str) -> dict[str, Any]:
    return {"doc_id": "doc-1", "rule": "example", "evidence": tuple(span(w) for w in (words, *more))}


def records() -> list[Record]:
    """One of each type; the meeting, the tenure and the event overlap, the statement holds the commitment."""
    quotation = "We shall open an embassy in 2024"
    return [
        Meeting(
            **_shared("Foreign Minister Anna Holm met President Karim Rahmon on Monday [in the old palace]"),
            participants=(HOLM, RAHMON),
            format="in_person",
            date="2023-05-01",
            date_text="on Monday",
            date_basis="relative",
            place=Place(name="Dushanbe", country="TJK"),
            place_basis="dateline",
            topics=("diplomatic",),
            confidence=0.91,
        ),
        Visit(
            **_shared("Anna Holm met President Karim Rahmon"),
            visitor=HOLM,
            host="TJK",
            kind="working",
            status="ongoing",
        ),
        Agreement(
            **_shared("signed a Protocol on Water <draft & annex>"),
            title="Protocol on Water <draft & annex>",
            kind="protocol",
            parties=(NORWAY, TAJIKISTAN),
            step="signed",
        ),
        Statement(
            **_shared(quotation, "said Holm"), speaker=HOLM, mode="quoted", text=quotation, stance="promise"
        ),
        Commitment(
            **_shared("open an embassy in 2024"),
            actor=HOLM,
            strength="promise",
            action="open an embassy in 2024",
            counterpart=(TAJIKISTAN,),
            date="2024",
            confidence=0.4,
        ),
        Relation(
            **_shared("Norway and Tajikistan have had diplomatic relations since 1992"),
            parties=("NOR", "TJK"),
            kind="diplomatic_relations",
            label="diplomatic relations",
            since="1992",
        ),
        Tenure(
            **_shared("Foreign Minister Anna Holm"), person="Anna Holm", office="Foreign Minister", country="NOR"
        ),
        Event(
            **_shared("Anna Holm met President Karim Rahmon"),
            source=(HOLM,),
            target=(RAHMON,),
            plover=Plover(type="CONSULT", mode="visit"),
            cameo="042",
            quad="verbal cooperation",
            goldstein=1.9,
        ),
    ]


def pairs() -> Iterator[tuple[Document, list[Record]]]:
    """What ``process`` would give."""
    yield document(), records()
