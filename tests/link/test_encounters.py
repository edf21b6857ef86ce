"""Which reports tell of one meeting."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.telling import PEOPLE, claim

from dragoman.link.claims import Claim
from dragoman.link.encounter_story import tell
from dragoman.link.encounters import cluster
from dragoman.link.mentions import Mention
from dragoman.link.people import People
from dragoman.link.reports import keys_of, report_of

KNOWN = People(
    Mention(document=f"{key}{n}", name=name, country=country, office=office, day=f"2022-0{n}-01")
    for key, (name, country, office) in PEOPLE.items()
    for n in range(1, 5)
)
KREMLIN: dict[str, Any] = {"publisher": "Kremlin", "date": "2022-02", "basis": "published"}
HOUSE: dict[str, Any] = {"publisher": "White House", "date": "2022-02-12", "basis": "relative"}


def groups(*claims: Claim, **decided: Any) -> list[set[str]]:
    found = cluster([report_of(item, KNOWN) for item in claims], **decided)
    return sorted(({report.claim.source.document for report in one.reports} for one in found), key=sorted)


CALL: dict[str, Any] = {"format": "call"}
TOGETHER: dict[str, list[Claim]] = {
    "both sides of a call": [
        claim("wh", "biden putin", **HOUSE, **CALL),
        claim("kr", "putin biden", **KREMLIN, **CALL),
    ],
    "one side tells a day later": [
        claim("wh", "biden putin", **HOUSE, **CALL),
        claim("kr", "putin biden", **KREMLIN, **CALL, published="2022-02-13"),
    ],
    "two readouts, none with a day": [
        claim("a", "putin macron", **KREMLIN, published="2022-02-07"),
        claim("b", "macron putin", date="2022-02", basis="published", published="2022-02-08", publisher="Elysee"),
    ],
    "other spellings": [
        claim("a", ["Joseph Biden|USA|President", "Putin||President"], **HOUSE, **CALL),
        claim("b", "biden putin", date="2022-02-12", **CALL),
    ],
    "announced and held": [
        claim("plan", "xi tokayev", status="planned", date="2022-09-14", published="2022-09-05"),
        claim("done", "tokayev xi", date="2022-09-14", published="2022-09-14"),
    ],
    "planned in person, held by video": [
        claim(
            "plan", "biden sandu", status="planned", date="2022-03-17", published="2022-03-13", place="Chisinau"
        ),
        claim("done", "biden sandu", date="2022-03-17", published="2022-03-17", format="video"),
    ],
    "a talk without a place on the day of the call": [
        claim("wh", "biden putin", **HOUSE, **CALL),
        claim("kr", "putin biden", **KREMLIN),
    ],
    "the date of something else in a readout": [
        claim("wh", "biden putin", **HOUSE, **CALL),
        claim("kr", "putin biden", date="2021-06", basis="text", date_text="June 2021", format="call"),
    ],
    "delegations beside the principals": [
        claim("a", "blinken lavrov", date="2022-01-21", published="2022-01-21"),
        claim("b", "lavrov blinken biden", date="2022-01-21", published="2022-01-22"),
    ],
    "retold without a date": [
        claim("then", "biden putin", **HOUSE, **CALL),
        claim("later", "biden putin", published="2022-02-15", lead="It rained. " * 60, **CALL),
    ],
    "a week of which only one meeting is known": [
        claim("plan", "xi tokayev", status="planned", date="2022-09-12/2022-09-18", published="2022-09-05"),
        claim("done", "tokayev xi", date="2022-09-14", published="2022-09-14"),
    ],
}


@pytest.mark.parametrize("claims", TOGETHER.values(), ids=TOGETHER)
def test_one_meeting(claims: list[Claim]) -> None:
    assert len(groups(*claims)) == 1
    shared = [keys_of(report_of(item, KNOWN)) for item in claims]
    assert set.intersection(*shared), "what is one meeting must be found by what it shares"


APART: dict[str, list[Claim]] = {
    "two calls on neighbouring days": [
        claim("a", "biden putin", date="2022-02-12", **CALL),
        claim("b", "biden putin", date="2022-02-13", published="2022-02-13", **CALL),
    ],
    "two readouts of one house on neighbouring days": [
        claim("a", "putin macron", **KREMLIN, published="2022-02-07"),
        claim("b", "putin macron", **KREMLIN, published="2022-02-08"),
    ],
    "a call and a meeting told by one house": [
        claim("a", "putin sandu", date="2022-02-12", publisher="Kremlin"),
        claim("b", "putin sandu", date="2022-02-12", publisher="Kremlin", **CALL),
    ],
    "talks, and others whom both met": [
        claim("a", "putin macron", date="2022-02-12"),
        claim("b", "putin macron", date="2022-02-12", others=["business leaders of both states"]),
    ],
    "one council of four, of which three also met": [
        claim("a", "putin tokayev xi sandu", date="2022-02-12"),
        claim("b", "putin tokayev xi", date="2022-02-12"),
    ],
    "a habit is no meeting": [
        claim("a", "putin macron", date="2022-02-12", format="call"),
        claim("b", "putin macron", date="2022-02-12", format="call", how="regularly"),
    ],
    "a meeting of three, of whom two were read": [
        claim("a", "putin macron", date="2022-02-12"),
        claim("b", "putin macron", date="2022-02-12", how="at a trilateral meeting"),
    ],
    "others": [claim("a", "biden putin", **HOUSE), claim("b", "biden macron", **HOUSE)],
    "a letter on the day of a call": [
        claim("a", "putin sandu", date="2022-02-12", format="letter"),
        claim("b", "putin sandu", date="2022-02-12", **CALL),
    ],
    "bilateral talks at a summit": [
        claim("a", "biden macron", **HOUSE),
        claim("b", "biden macron xi putin sandu", **HOUSE),
    ],
    "ministers, not presidents": [
        claim("a", "putin lavrov xi", **HOUSE),
        claim("b", "putin lavrov macron", **HOUSE),
    ],
    "a call and a meeting in a named place": [
        claim("a", "xi putin", date="2022-02-04", published="2022-02-04", place="Beijing"),
        claim("b", "xi putin", date="2022-02-04", published="2022-02-04", **CALL),
    ],
    "denied": [
        claim("a", "biden putin", date="2022-02-12", status="denied", **CALL),
        claim("b", "biden putin", date="2022-02-12", **CALL),
    ],
    "two documents of a month": [
        claim("a", "xi tokayev", date="2021-06", published="2022-01-01", lead="It rained. " * 60),
        claim("b", "xi tokayev", date="2021-06", published="2022-03-01", lead="It rained. " * 60),
    ],
    "retold before it happened": [
        claim("a", "xi putin", date="2022-02-04", published="2022-02-04"),
        claim("b", "xi putin", published="2022-02-03", lead="It rained. " * 60),
    ],
}


@pytest.mark.parametrize("claims", APART.values(), ids=APART)
def test_two_meetings(claims: list[Claim]) -> None:
    assert len(groups(*claims)) == 2


def test_a_report_of_two_meetings_does_not_make_them_one() -> None:
    president = claim("a", "blinken xi", date="2022-02-12")
    minister = claim("b", "blinken wang", date="2022-02-12")
    both = claim("both", "blinken xi wang", date="2022-02-12")
    assert len(groups(president, minister, both)) == 2


def test_separate_meetings_in_one_sentence_are_no_summit() -> None:
    told = claim("a", "putin macron sandu", date="2022-02-12", lead="Separately, ")
    joint = claim("b", "putin macron sandu", date="2022-02-12")
    assert groups(told, joint) == [{"a", "b"}]
    apart = claim("c", "putin macron sandu", date="2022-02-12", how="separately and at length")
    assert groups(apart, joint) == [{"b"}, {"c"}]


def test_a_rough_date_that_fits_two_meetings_fits_none() -> None:
    first = claim("first", "biden putin", date="2022-02-10", published="2022-02-10", **CALL)
    second = claim("second", "biden putin", date="2022-02-12", published="2022-02-12", **CALL)
    rough = claim("rough", "biden putin", published="2022-02-15", lead="It rained. " * 60, **CALL)
    assert groups(first, second, rough) == [{"first"}, {"rough"}, {"second"}]
    assert groups(first, rough) == [{"first", "rough"}]


def test_a_reviewer_holds_apart_and_puts_together() -> None:
    one, other = TOGETHER["both sides of a call"]
    assert groups(one, other, apart=[(one.id, other.id)]) == [{"kr"}, {"wh"}]
    first, second = APART["two calls on neighbouring days"]
    assert groups(first, second, together=[(first.id, second.id)]) == [{"a", "b"}]


def test_what_is_held_apart_is_not_joined_by_a_third_report() -> None:
    one, other = TOGETHER["both sides of a call"]
    third = claim("third", "biden putin", date="2022-02-12", **CALL)
    found = groups(one, other, third, apart=[(one.id, other.id)])
    assert len(found) == 2
    assert not any({"wh", "kr"} <= group for group in found)


def test_the_story_keeps_every_value_with_who_says_so() -> None:
    claims = [
        claim(
            "plan", "xi tokayev", status="planned", date="2022-09-14", published="2022-09-05", place="Nur-Sultan"
        ),
        claim("a", "tokayev xi", date="2022-09-14", published="2022-09-14", place="Astana"),
        claim("b", "tokayev xi wang", date="2022-09-14", published="2022-09-15", place="Nur-Sultan"),
    ]
    [found] = cluster([report_of(item, KNOWN) for item in claims])
    story = tell(found, KNOWN)
    assert story.state == "happened"
    assert [step.state for step in story.history] == ["planned", "happened", "happened"]
    assert story.best("date") == "2022-09-14"
    places = {value.value["name"]: (value.best, len(value.claims)) for value in story.fields["place"]}
    assert places == {"Nur-Sultan": (True, 2), "Astana": (False, 1)}
    names = [value.value["name"] for value in story.fields["participants"]]
    assert sorted(names[:2]) == ["Kassym-Jomart Tokayev", "Xi Jinping"]
    assert names[2] == "Wang Yi"
    reasons = {link.claim: link.reason for link in story.links}
    assert "on the same day (2022-09-14)" in reasons[claims[2].id].text
    assert all(reason.score > 0 for reason in reasons.values())


EVERYTHING = {item.id: item for claims in (*TOGETHER.values(), *APART.values()) for item in claims}


@given(st.randoms(use_true_random=False))
def test_the_order_of_reports_leaves_no_trace(shuffler: random.Random) -> None:
    reports = [report_of(item, KNOWN) for item in EVERYTHING.values()]
    shuffled = reports.copy()
    shuffler.shuffle(shuffled)
    plain = sorted((tell(found, KNOWN) for found in cluster(reports)), key=lambda story: story.id)
    other = sorted((tell(found, KNOWN) for found in cluster(shuffled)), key=lambda story: story.id)
    assert plain == other
