"""Visits: a sentence in, who goes where out; and words of travel that tell of no visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from dragoman.records import Records, Visit

Process = Callable[..., Records]
PUBLISHED = "2022-05-10"


def _visits(records: Records) -> list[Visit]:
    return [record for record in records if isinstance(record, Visit)]


class Case(NamedTuple):
    """A text and the visits that it tells of: family name (or name), host."""

    name: str
    text: str
    made: set[tuple[str, str]]
    kind: str = "unspecified"
    status: str = "done"
    date: str | None = None


CASES = [
    Case("travelled", "President of Brazil Maria Silva travelled to Oslo.", {("Silva", "NOR")}),
    Case(
        "three countries in a list",
        "Special Envoy of Norway Anna Berg travelled to Israel, the Netherlands, and the United Kingdom.",
        {("Berg", "ISR"), ("Berg", "NLD"), ("Berg", "GBR")},
    ),
    Case(
        "cities with their states and one date",
        "Foreign Minister of Norway Anna Berg will travel to Vienna, Austria; Rome, Italy; and Lisbon, Portugal "
        "from May 20 to 24.",
        {("Berg", "AUT"), ("Berg", "ITA"), ("Berg", "PRT")},
        status="planned",
        date="2022-05-20/2022-05-24",
    ),
    Case(
        "two travellers",
        "Foreign Minister of Norway Anna Berg and Defense Minister of Norway Lars Holm visited Kenya.",
        {("Berg", "KEN"), ("Holm", "KEN")},
    ),
    Case(
        "state visit ahead",
        "The planned state visit of President of Brazil Maria Silva to France in September 2022 was discussed.",
        {("Silva", "FRA")},
        kind="state",
        status="planned",
        date="2022-09",
    ),
    Case(
        "there now",
        "President of Brazil Maria Silva is in Paris on an official visit.",
        {("Silva", "FRA")},
        kind="official",
        status="ongoing",
    ),
    Case(
        "invited",
        "President of Brazil Maria Silva invited President of France Paul Durand to visit Brazil.",
        {("Durand", "BRA")},
        status="proposed",
    ),
    Case(
        "invited to make a visit",
        "President of Brazil Maria Silva invited President of France Paul Durand to make a state visit to Brazil.",
        {("Durand", "BRA")},
        kind="state",
        status="proposed",
    ),
    Case(
        "invitation accepted",
        "President of Brazil Maria Silva accepted an invitation to visit Norway.",
        {("Silva", "NOR")},
        status="planned",
    ),
    Case(
        "looks forward to welcoming",
        "President of Brazil Maria Silva looks forward to welcoming President of France Paul Durand to Brasilia "
        "on 30 May 2022.",
        {("Durand", "BRA")},
        status="planned",
        date="2022-05-30",
    ),
    Case(
        "postponed",
        "The visit of President of Brazil Maria Silva to France was postponed.",
        {("Silva", "FRA")},
        status="postponed",
    ),
    Case(
        "cancelled",
        "President of Brazil Maria Silva cancelled her visit to France.",
        {("Silva", "FRA")},
        status="cancelled",
    ),
    Case(
        "returned from",
        "Special Envoy of Norway Anna Berg returned from travel to Saudi Arabia, Oman, and Jordan.",
        {("Berg", "SAU"), ("Berg", "OMN"), ("Berg", "JOR")},
    ),
    Case(
        "mentioned in passing",
        "President of Brazil Maria Silva spoke about her recent trip to Afghanistan.",
        {("Silva", "AFG")},
    ),
    Case(
        "visit by",
        "The ministers prepared a working visit to Norway by Queen Margrethe of Denmark in June 2022.",
        {("Margrethe", "NOR")},
        kind="working",
        status="planned",
        date="2022-06",
    ),
    Case(
        "companion",
        "Foreign Minister of Norway Anna Berg will travel to Kenya. Deputy Minister of Norway Lars Holm will "
        "accompany Foreign Minister Berg on her trip.",
        {("Berg", "KEN"), ("Holm", "KEN")},
        status="planned",
    ),
    Case(
        "leads a delegation",
        "Defense Minister of Norway Lars Holm will lead a delegation to Poland.",
        {("Holm", "POL")},
        status="planned",
    ),
    Case(
        "meets his host at the host's",
        "President of Brazil Maria Silva met with President of France Paul Durand in Brasilia.",
        {("Durand", "BRA")},
    ),
    Case(
        "an envoy at another country's capital",
        "French Ambassador to Niger Paul Durand met with President of Brazil Maria Silva in Brasilia.",
        {("Durand", "BRA")},
    ),
    Case(
        "scheduled in a clause on the visit",
        "They discussed the state visit of President of Brazil Maria Silva to France, which is scheduled for this "
        "autumn.",
        {("Silva", "FRA")},
        kind="state",
        status="planned",
        date="2022-23",
    ),
    Case(
        "put off, with the days for which it was planned",
        "The visit of President of Brazil Maria Silva to France, planned for May 26 to 29, has been postponed.",
        {("Silva", "FRA")},
        status="postponed",
        date="2022-05-26/2022-05-29",
    ),
    Case(
        "confirmed by an office of the host",
        "President of Brazil Maria Silva will pay an official visit to France on May 14, the press office of the "
        "French President confirmed.",
        {("Silva", "FRA")},
        kind="official",
        status="planned",
        date="2022-05-14",
    ),
    Case(
        "a three-day visit begun on a day",
        "President of Brazil Maria Silva arrived in Paris on Monday for a three-day state visit.",
        {("Silva", "FRA")},
        kind="state",
        date="2022-05-09/2022-05-11",
    ),
    Case(
        "goes ahead",
        "The visit of President of Brazil Maria Silva to France goes ahead.",
        {("Silva", "FRA")},
        status="planned",
    ),
    Case(
        "an invitation that stands, and the day on which that was said",
        "Queen of Denmark Anna Berg said on Friday that her invitation to President of Brazil Maria Silva to "
        "visit Denmark still stands.",
        {("Silva", "DNK")},
        status="proposed",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_a_sentence_tells(case: Case, process_text: Process) -> None:
    found = _visits(process_text(case.text, published=PUBLISHED))
    assert {(visit.visitor.name.split()[-1], visit.host) for visit in found} == case.made
    assert {visit.status for visit in found} == {case.status}
    assert {visit.kind for visit in found} == {case.kind}
    if case.date is not None:
        assert {visit.date for visit in found} == {case.date}


NONE = {
    "at home": "President of France Paul Durand travelled to Lyon.",
    "a third country": "President of Brazil Maria Silva met with President of France Paul Durand in Oslo.",
    "a web page": "Readers may visit the page of the ministry for details.",
    "civilians": "Civilians were forced to leave for Poland.",
    "goods": "Exports travelled to Norway by sea.",
    "an envoy at his post": "French Ambassador to Niger Jo Durand met with President of Niger Ali Issa in Niamey.",
    "air bases": "They visited U.S. air bases.",
    "a phone call": "President of Brazil Maria Silva called Prime Minister of Norway Lars Holm in Oslo.",
}


@pytest.mark.model
@pytest.mark.parametrize("name", NONE)
def test_what_is_no_visit(name: str, process_text: Process) -> None:
    assert _visits(process_text(NONE[name], published=PUBLISHED)) == []


@pytest.mark.model
def test_members_of_a_delegation_go_each(process_text: Process) -> None:
    text = (
        "The President today announced a Presidential Delegation to Lima, Peru, to attend the inauguration on "
        "May 28, 2022.\n\n"
        "The Honorable Anna Berg, Ambassador of the United States to Peru, will lead the delegation.\n\n"
        "Members of the Presidential Delegation:\n\n"
        "The Honorable John Smith, Senator\n\n"
        "The Honorable Mary Jones, Administrator of the Small Business Administration\n"
    )
    found = _visits(process_text(text, published=PUBLISHED, publisher="The White House"))
    assert {visit.visitor.name for visit in found} == {"Anna Berg", "John Smith", "Mary Jones"}
    assert {(visit.host, visit.date, visit.status) for visit in found} == {("PER", "2022-05-28", "planned")}


@pytest.mark.model
def test_one_visit_however_often_it_is_told(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva arrived in Paris on a state visit on 9 May 2022. "
        "During her visit to France, Maria Silva will speak at the university."
    )
    found = _visits(process_text(text, published=PUBLISHED))
    assert [(visit.host, visit.kind, visit.date) for visit in found] == [("FRA", "state", "2022-05-09")]


@pytest.mark.model
def test_a_past_and_a_coming_visit_are_two(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva visited France in March 2021. "
        "President Maria Silva will visit France in September 2022."
    )
    found = _visits(process_text(text, published=PUBLISHED))
    assert [(visit.status, visit.date) for visit in found] == [("done", "2021-03"), ("planned", "2022-09")]


@pytest.mark.model
def test_a_city_is_the_place_and_a_state_is_not(process_text: Process) -> None:
    records = process_text("President of Brazil Maria Silva travelled to Oslo and to Kenya.", published=PUBLISHED)
    places = {visit.host: visit.place.name if visit.place else None for visit in _visits(records)}
    assert places == {"NOR": "Oslo", "KEN": None}
