"""Tenures: a person named with a post; one record a person, with the state in which the post is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from dragoman.records import Records, Tenure

Process = Callable[..., Records]
PUBLISHED = "2022-05-10"
WHITE_HOUSE = "White House"


def _tenures(records: Records) -> list[Tenure]:
    return [record for record in records if isinstance(record, Tenure)]


class Case(NamedTuple):
    """A text and who holds which post where."""

    name: str
    text: str
    held: set[tuple[str, str, str | None]]
    publisher: str | None = None


CASES = [
    Case(
        "post of a state before the name",
        "Prime Minister of Canada John Smith spoke.",
        {("John Smith", "Prime Minister", "CAN")},
    ),
    Case(
        "demonym before the post",
        "Norwegian Foreign Minister Anna Berg spoke.",
        {("Anna Berg", "Foreign Minister", "NOR")},
    ),
    Case(
        "state after the name",
        "President Maria Silva of Brazil spoke.",
        {("Maria Silva", "President", "BRA")},
    ),
    Case(
        "portfolio of several words",
        "Minister of National Defense of Norway Lars Holm spoke.",
        {("Lars Holm", "Minister of National Defense", "NOR")},
    ),
    Case(
        "after the name",
        "Anna Berg, Foreign Minister of Norway, spoke.",
        {("Anna Berg", "Foreign Minister", "NOR")},
    ),
    Case(
        "honorific between post and name",
        "Norwegian Foreign Minister Dr. Anna Berg spoke.",
        {("Anna Berg", "Foreign Minister", "NOR")},
    ),
    Case(
        "the publisher's own",
        "Secretary of Commerce Mary Jones spoke.",
        {("Mary Jones", "Secretary of Commerce", "USA")},
        WHITE_HOUSE,
    ),
    Case(
        "two persons",
        "Norwegian Foreign Minister Anna Berg met with Prime Minister of Canada John Smith.",
        {("Anna Berg", "Foreign Minister", "NOR"), ("John Smith", "Prime Minister", "CAN")},
    ),
    Case(
        "once however often named",
        "Prime Minister of Canada John Smith spoke. Prime Minister Smith left. Mr. Smith came back.",
        {("John Smith", "Prime Minister", "CAN")},
    ),
    Case(
        "head of an international organization",
        "NATO Secretary General Erik Lund spoke.",
        {("Erik Lund", "NATO Secretary General", None)},
        WHITE_HOUSE,
    ),
    Case(
        "sovereign",
        "King Harald of Norway spoke.",
        {("Harald", "King", "NOR")},
    ),
    Case(
        "acting",
        "Acting President of Brazil Maria Silva spoke.",
        {("Maria Silva", "Acting President", "BRA")},
    ),
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_who_holds_what(case: Case, process_text: Process) -> None:
    found = _tenures(process_text(case.text, published=PUBLISHED, publisher=case.publisher))
    assert {(tenure.person, tenure.office, tenure.country) for tenure in found} == case.held


NONE = {
    "a name without a post": "Anna Berg spoke to the students of Oslo.",
    "a post without a name": "The Prime Minister of Canada spoke.",
    "ministers in general": "Ministers of many states came.",
    "a body": "The Ministry of Defense of Norway published a report.",
}


@pytest.mark.model
@pytest.mark.parametrize("name", NONE)
def test_nobody_is_said_to_hold_a_post(name: str, process_text: Process) -> None:
    assert _tenures(process_text(NONE[name], published=PUBLISHED)) == []


@pytest.mark.model
def test_a_tenure_is_asserted_of_the_day_of_publication(process_text: Process) -> None:
    [tenure] = _tenures(process_text("Prime Minister of Canada John Smith spoke.", published=PUBLISHED))
    assert (tenure.date, tenure.date_basis) == (PUBLISHED, "published")
    assert tenure.evidence[0].text == "Prime Minister of Canada John Smith"


@pytest.mark.model
def test_without_a_date_of_publication_it_has_none(process_text: Process) -> None:
    [tenure] = _tenures(process_text("Prime Minister of Canada John Smith spoke."))
    assert (tenure.date, tenure.date_basis) == (None, None)


@pytest.mark.model
def test_the_title_gives_the_post_of_a_bare_name(process_text: Process) -> None:
    records = process_text(
        "Mr Durand thanked Ms Silva.",
        published=PUBLISHED,
        title="President of Brazil Maria Silva spoke with President of France Paul Durand",
    )
    assert {(t.person, t.office, t.country) for t in _tenures(records)} == {
        ("Maria Silva", "President", "BRA"),
        ("Paul Durand", "President", "FRA"),
    }
