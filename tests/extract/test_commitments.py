"""Commitments: a text in, who undertakes what how firmly out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import dragoman
from dragoman.records import Commitment, Records
from dragoman.vocabulary.load import load_yaml

FOLDER = Path(dragoman.__file__).parent / "extract"
Run = Callable[..., Records]
MISREAD = 1  # of forty examples, how many a newly trained pipeline may parse wrongly
STRENGTHS = {"hope", "readiness", "intention", "promise", "agreed", "instructed"}


class Undertaken(NamedTuple):
    """What one commitment must be: a word of the actor's name, strength, words that open and close the content."""

    actor: str
    strength: str
    opens: str
    closes: str


def found(run: Run, text: str, **known: str) -> list[Commitment]:
    """The commitments of a text, each checked for verbatim evidence."""
    records = run(text, **known)
    document = records.documents[0]
    commitments = [record for record in records if isinstance(record, Commitment)]
    for commitment in commitments:
        span = commitment.evidence[0]
        assert document.text[span.start : span.end] == span.text == commitment.action
        assert 0 < commitment.confidence <= 1
        assert commitment.strength in STRENGTHS
    return commitments


def agrees(commitment: Commitment, wanted: Undertaken) -> bool:
    """Whether a commitment is the one expected."""
    return (
        wanted.actor in commitment.actor.name
        and commitment.strength == wanted.strength
        and commitment.action.startswith(wanted.opens)
        and commitment.action.endswith(wanted.closes)
    )


MEETING = "President Anna Lindqvist of Norway met with Chancellor Karl Weber of Austria in Oslo on Monday. "

ROWS = {
    "agreed to act, counted for the first": (
        "The two leaders agreed to maintain contact at all levels.",
        Undertaken("Lindqvist", "agreed", "The two leaders agreed", "levels"),
    ),
    "it was agreed": (
        "It was agreed to set up a joint commission on fisheries.",
        Undertaken("Lindqvist", "agreed", "It was agreed", "fisheries"),
    ),
    "pledge": (
        "Chancellor Weber pledged to rebuild the bridge across the strait.",
        Undertaken("Weber", "promise", "Chancellor Weber pledged", "strait"),
    ),
    "state is committed": (
        "Chancellor Weber noted that Austria is committed to protecting the glaciers.",
        Undertaken("Austria", "promise", "Austria is committed", "glaciers"),
    ),
    "commitment of a state": (
        "Chancellor Weber reaffirmed Austria’s commitment to defending the open sea.",
        Undertaken("Austria", "promise", "Austria’s commitment", "sea"),
    ),
    "commitment of their own": (
        "The two leaders reaffirmed their commitment to deepening trade in timber.",
        Undertaken("Lindqvist", "promise", "their commitment", "timber"),
    ),
    "intention": (
        "The two leaders expressed their intention to open a second ferry line.",
        Undertaken("Lindqvist", "intention", "their intention", "line"),
    ),
    "a state intends": (
        "Norway intends to build two icebreakers with Austrian engines.",
        Undertaken("Norway", "intention", "Norway intends", "engines"),
    ),
    "readiness as a noun": (
        "Chancellor Weber confirmed the readiness of Austria to host the next round of talks.",
        Undertaken("Austria", "readiness", "the readiness", "talks"),
    ),
    "ready": (
        "Chancellor Weber said that Austria was ready to host the next round of talks.",
        Undertaken("Austria", "readiness", "Austria was ready", "talks"),
    ),
    "stands ready": (
        "Norway stands ready to send engineers to the flooded valleys.",
        Undertaken("Norway", "readiness", "Norway stands ready", "valleys"),
    ),
    "open to": (
        "President Lindqvist reiterated that Norway remains open to dialogue with all sides.",
        Undertaken("Norway", "readiness", "Norway remains open", "sides"),
    ),
    "order to a body, which is the actor": (
        "President Lindqvist instructed the Ministry of Finance to draft a law on ferries.",
        Undertaken("Finance", "instructed", "President Lindqvist instructed", "ferries"),
    ),
    "will in what is said": (
        "Chancellor Weber said that Austria will build a hospital in the valley.",
        Undertaken("Austria", "promise", "Austria will build", "valley"),
    ),
    "would in what was said": (
        "Chancellor Weber said that Austria would build a hospital in the valley.",
        Undertaken("Austria", "promise", "Austria would build", "valley"),
    ),
    "gift announced": (
        "President Lindqvist announced $40 million in aid for the flooded valleys.",
        Undertaken("Lindqvist", "promise", "President Lindqvist announced", "valleys"),
    ),
    "invitation accepted": (
        "Chancellor Weber accepted an invitation to visit the islands.",
        Undertaken("Weber", "agreed", "Chancellor Weber accepted", "islands"),
    ),
}


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "wanted"), ROWS.values(), ids=ROWS.keys())
def test_commitment(process_text: Run, sentence: str, wanted: Undertaken) -> None:
    commitments = found(process_text, MEETING + sentence, published="2024-05-14")
    assert [item for item in commitments if agrees(item, wanted)], [item.to_dict() for item in commitments]


NONE = {
    "topics of a talk": "President Lindqvist and Chancellor Weber discussed trade and the security of the strait.",
    "agreed on a thing": "The two leaders agreed on the importance of safe shipping.",
    "agreed that it is": "The two leaders agreed that the accord is fair to fishermen.",
    "journey ahead": "Chancellor Weber will travel to Bergen on Thursday.",
    "meeting ahead": "Chancellor Weber will meet with the mayor of Bergen on Thursday.",
    "not willing": "Austria is not ready to sign the accord.",
    "attitude to a cause": "President Lindqvist reaffirmed her commitment to democracy.",
    "would without a report": "A new ferry would shorten the journey.",
    "judgment determined": "The court determined that the border ran through the lake.",
    "thing that will come": "The harvest will ripen early this year.",
}


@pytest.mark.model
@pytest.mark.parametrize("sentence", NONE.values(), ids=NONE.keys())
def test_no_commitment(process_text: Run, sentence: str) -> None:
    commitments = found(process_text, MEETING + sentence, published="2024-05-14")
    assert commitments == [], [item.to_dict() for item in commitments]


SIGNED = (
    "Maria Holt, Secretary of State\nThe United States condemns the attack on the ferry in the strait of Oru. \
We will continue to work with our partners to keep the sea lanes open.\n\
I have directed the Coast Guard to send two cutters to the strait."
)


@pytest.mark.model
def test_we_is_the_state_of_who_signs(process_text: Run) -> None:
    commitments = found(process_text, SIGNED, publisher="US State Department", published="2024-05-14")
    promise, order = commitments
    assert (promise.actor.kind, promise.actor.country, promise.strength) == ("state", "USA", "promise")
    assert promise.action.startswith("We will continue")
    assert order.strength == "instructed"
    assert "Coast Guard" in order.actor.name


@pytest.mark.model
def test_what_a_statement_promises_is_both(process_text: Run) -> None:
    text = MEETING + "Chancellor Weber said that Austria will build a hospital in the valley."
    kinds = {record.record for record in process_text(text, published="2024-05-14")}
    assert {"statement", "commitment"} <= kinds


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        pytest.param("Norway intends to open a consulate in Graz in September 2025.", "2025-09", id="month"),
        pytest.param("Norway intends to open a consulate in Graz.", None, id="none"),
        pytest.param("In 2019 Norway pledged to open a consulate in Graz.", None, id="past"),
    ],
)
def test_due_date(process_text: Run, sentence: str, due: str | None) -> None:
    [commitment] = found(process_text, MEETING + sentence, published="2024-05-14")
    assert commitment.date == due


@pytest.mark.model
def test_counterpart_is_no_state_named_for_its_money(process_text: Run) -> None:
    text = (
        "Kazakhstan intends to raise trade with Austria to 3 billion US dollars. It intends to lend 5 US dollars."
    )
    for commitment in process_text(text, published="2022-05-10").of("commitment"):
        assert isinstance(commitment, Commitment)
        assert "USA" not in [actor.country for actor in commitment.counterpart]


@pytest.mark.model
def test_counterpart_is_the_other_side(process_text: Run) -> None:
    text = MEETING + "Norway pledged to deepen its trade with Austria in the coming years."
    [commitment] = found(process_text, text, published="2024-05-14")
    assert [actor.country for actor in commitment.counterpart] == ["AUT"]


@pytest.mark.model
@pytest.mark.parametrize("field", ["example", "not"])
def test_examples_of_the_words(process_text: Run, field: str) -> None:
    wrong = []
    for key, value in load_yaml("undertakings", folder=FOLDER).items():
        text = "President Anna Lindqvist of Norway met with Minister Karl Weber of Austria in Oslo. "
        if field in value and bool(found(process_text, text + value[field])) != (field == "example"):
            wrong.append((key, value[field]))
    assert len(wrong) <= MISREAD, wrong
