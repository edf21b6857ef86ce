"""The life of a visit: claims in, one story a visit out; which reports are one visit, and what state it is in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claim import meeting, person, statement, visit
from tests.link.neighbours import components

from dragoman.link import dates
from dragoman.link.claims import Claim
from dragoman.link.policy import load_policy
from dragoman.link.stories import Story
from dragoman.link.visits import group_and_judge, shared_keys

TODAY = date(2022, 12, 31)


def tell(*claims: Claim, today: date = TODAY, **options: Any) -> list[Story]:
    return group_and_judge(claims, today=today, policy=load_policy(), **options)


class Case(NamedTuple):
    """Claims of one visitor and host, and the visits that they come to: state and days."""

    name: str
    claims: list[Claim]
    visits: list[tuple[str, str | None]]


CASES = [
    Case("invited", [visit("2022-04-01", "proposed", words="an invitation to visit")], [("invited", None)]),
    Case("proposed", [visit("2022-04-01", "proposed", words="could visit")], [("proposed", None)]),
    Case(
        "announced and overdue: no report found",
        [visit("2022-04-01", "planned", "2022-05-10")],
        [("overdue", "2022-05-10")],
    ),
    Case("ahead", [visit("2022-12-01", "planned", "2023-02")], [("announced", "2023-02")]),
    Case(
        "told twice on one day is not yet confirmed",
        [
            visit("2022-12-01", "planned", "2023-01-10"),
            visit("2022-12-01", "planned", "2023-01-10", publisher="UPI"),
        ],
        [("announced", "2023-01-10")],
    ),
    Case(
        "confirmed by a day later on",
        [visit("2022-11-01", "planned", "2023-01"), visit("2022-12-01", "planned", "2023-01-10")],
        [("confirmed", "2023-01-10")],
    ),
    Case(
        "autumn does not blur September",
        [visit("2022-04-25", "planned", "2022-09"), visit("2022-06-07", "planned", "2022-23")],
        [("overdue", "2022-09")],
    ),
    Case(
        "re-dated",
        [visit("2022-11-01", "planned", "2023-01-10"), visit("2022-12-01", "planned", "2023-02-20")],
        [("redated", "2023-02-20")],
    ),
    Case(
        "put off, and a new day",
        [
            visit("2022-06-01", "planned", "2022-07-10"),
            visit("2022-07-01", "postponed"),
            visit("2022-12-01", "planned", "2023-02-20"),
        ],
        [("redated", "2023-02-20")],
    ),
    Case(
        "put off and made in another season",
        [
            visit("2022-03-03", "planned", "2022-03-26/2022-03-29"),
            visit("2022-03-24", "postponed", "2022-03-24"),
            visit("2022-09-20", "done", "2022-09-20"),
        ],
        [("made", "2022-09-20")],
    ),
    Case(
        "the old day told again after the visit was put off",
        [
            visit("2022-03-03", "planned", "2022-03-26"),
            visit("2022-03-24", "postponed"),
            visit("2022-03-25", "planned", "2022-03-26"),
        ],
        [("postponed", "2022-03-26")],
    ),
    Case(
        "called off",
        [visit("2022-03-03", "planned", "2022-03-26"), visit("2022-03-24", "cancelled")],
        [("cancelled", None)],
    ),
    Case(
        "called off, the invitation stands",
        [
            visit("2022-03-03", "planned", "2022-03-26"),
            visit("2022-03-24", "cancelled"),
            visit("2022-04-10", "proposed", words="her invitation to visit"),
        ],
        [("invited", None)],
    ),
    Case(
        "called off, another planned the year after",
        [
            visit("2022-03-03", "planned", "2022-03-26"),
            visit("2022-03-24", "cancelled"),
            visit("2022-12-10", "planned", "2023-03-01"),
        ],
        [("announced", "2023-03-01"), ("cancelled", None)],
    ),
    Case(
        "denied",
        [visit("2022-03-03", "denied")],
        [("denied", None)],
    ),
    Case(
        "plan and fact keep their own days",
        [visit("2022-09-01", "planned", "2022-09-12"), visit("2022-09-15", "done", "2022-09-14")],
        [("made", "2022-09-14")],
    ),
    Case(
        "two visits of one month",
        [visit("2022-03-04", "done", "2022-03-03"), visit("2022-03-24", "done", "2022-03-23")],
        [("made", "2022-03-03"), ("made", "2022-03-23")],
    ),
    Case(
        "two visits planned in one text",
        [
            visit("2022-11-01", "planned", "2023-01-10", document="one"),
            visit("2022-11-01", "planned", "2023-02-20", document="one"),
        ],
        [("announced", "2023-01-10"), ("announced", "2023-02-20")],
    ),
    Case(
        "a plan after the visit is another",
        [
            visit("2022-04-25", "planned", "2022-09"),
            visit("2022-09-15", "done", "2022-09-14"),
            visit("2022-10-20", "planned", "2023-05"),
        ],
        [("announced", "2023-05"), ("made", "2022-09-14")],
    ),
    Case(
        "days that passed unreported are not re-dated",
        [visit("2022-07-20", "planned", "2022-07-23"), visit("2022-07-30", "planned", "2022-08-08")],
        [("overdue", "2022-07-23"), ("overdue", "2022-08-08")],
    ),
    Case(
        "a report without a day is of the days that others name",
        [visit("2022-09-15", "done", "2022-09", basis="published"), visit("2022-09-15", "done", "2022-09-14")],
        [("made", "2022-09-14")],
    ),
    Case(
        "a month of publication, told of a planned day",
        [visit("2022-09-01", "planned", "2022-09-14"), visit("2022-09-14", "done", "2022-09", basis="published")],
        [("made", "2022-09-14")],
    ),
    Case(
        "background: the visit of another year",
        [visit("2022-09-12", "planned", "2022-09-14"), visit("2022-09-12", "done", "2013")],
        [("made", "2013"), ("overdue", "2022-09-14")],
    ),
    Case(
        "the year and the month of one visit told later",
        [visit("2016-01-01", "done", "2013-09"), visit("2022-09-12", "done", "2013")],
        [("made", "2013-09")],
    ),
    Case(
        "told as done before its day",
        [visit("2022-12-12", "done", "2023-01-14")],
        [("announced", "2023-01-14")],
    ),
    Case(
        "a further stop of a visit under way",
        [
            visit("2022-09-20", "done", "2022-09-20", document="one"),
            visit("2022-09-20", "planned", "2022-09-22", document="one"),
        ],
        [("made", "2022-09-20")],
    ),
    Case(
        "the trip and the leg",
        [
            visit("2022-12-03", "planned", "2023-01-26/2023-01-29"),
            visit("2022-12-03", "planned", "2023-01-26/2023-01-31"),
        ],
        [("announced", "2023-01-26/2023-01-29")],
    ),
    Case(
        "a page without a date loses",
        [
            visit("2022-03-03", "planned", "2022-03-29/2022-03-31"),
            visit(None, "done", "2022-05", publisher="Distinct Post"),
        ],
        [("overdue", "2022-03-29/2022-03-31")],
    ),
    Case("only a page without a date", [visit(None, "done", "2022-05")], [("made", "2022-05")]),
    Case(
        "mentioned years later, put off long ago",
        [
            visit("2022-03-03", "planned", "2022-03-26"),
            visit("2022-03-24", "postponed"),
            visit("2022-09-20", "done", "2022-09-20"),
            visit("2022-09-20", "postponed", publisher="UPI"),
        ],
        [("made", "2022-09-20")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_visits(case: Case) -> None:
    found = sorted(((story.state, story.best("when")) for story in tell(*case.claims)), key=str)
    assert found == sorted(case.visits, key=str)


def test_days_of_plan_and_fact_are_both_kept() -> None:
    (story,) = tell(visit("2022-09-01", "planned", "2022-09-12"), visit("2022-09-15", "done", "2022-09-14"))
    assert (story.best("planned"), story.best("made")) == ("2022-09-12", "2022-09-14")


def test_begun_while_it_lasts_and_made_after() -> None:
    stay = visit("2022-09-20", "done", "2022-09-20/2022-09-22")
    (story,) = tell(stay, today=date(2022, 9, 21))
    assert story.state == "begun"
    (story,) = tell(stay, today=date(2022, 9, 23))
    assert story.state == "made"


def test_overdue_says_what_was_looked_for_and_does_not_call_it_broken() -> None:
    plan = visit("2022-04-01", "planned", "2022-05-10")
    (story,) = tell(plan, today=date(2022, 5, 12))
    assert story.state == "announced"
    (story,) = tell(plan, today=date(2022, 6, 1))
    assert (story.state, story.best("note")) == ("overdue", "no report found by 2022-06-01")


def test_history_is_in_order_of_date_with_the_words_of_each_turn() -> None:
    (story,) = tell(
        visit("2022-09-20", "done", "2022-09-20", words="arrived"),
        visit("2022-03-03", "planned", "2022-03-26", words="will visit"),
        visit("2022-03-24", "postponed", words="was put off"),
    )
    assert [(step.date, step.state, step.words) for step in story.history] == [
        ("2022-03-03", "announced", "will visit"),
        ("2022-03-24", "postponed", "was put off"),
        ("2022-09-20", "made", "arrived"),
    ]


def test_both_accounts_of_a_change_are_kept_and_none_is_best() -> None:
    claims = [
        visit("2022-03-03", "planned", "2022-03-26"),
        visit("2022-03-24", "postponed", document="one"),
        statement("2022-03-24", "The two governments decided to postpone it", document="one"),
        statement("2022-03-24", "They talked about fish", document="one"),
        visit("2022-03-25", "cancelled", document="two"),
        statement("2022-03-25", "Their President asked us to put it off", document="two"),
    ]
    (story,) = tell(*claims)
    assert [value.best for value in story.fields["accounts"]] == [False, False]
    assert {value.value for value in story.fields["status"]} == {"planned", "postponed", "cancelled"}
    assert len(story.links) == 5


def test_type_goes_by_the_host_then_the_majority() -> None:
    told = [("Kazinform", "state"), ("Anadolu", "official"), ("UPI", "official")]
    claims = [visit("2022-09-15", "done", "2022-09-14", kind=kind, publisher=who) for who, kind in told]
    (story,) = tell(*claims)
    assert [(value.value, value.best) for value in story.fields["type"]] == [("state", True), ("official", False)]
    assert story.fields["type"][1].why.startswith("passed over by host_voice")


def test_states_that_only_the_delegation_of_the_visitor_are_his_visit() -> None:
    him = visit("2022-09-15", "done", "2022-09-14", document="one")
    record = him.record
    assert record.record == "visit"
    from dataclasses import replace

    from tests.link.claim import state

    theirs = replace(record, visitor=state("CHN"), rule="other")  # type: ignore[call-arg]
    (story,) = tell(him, Claim(id=theirs.id, record=theirs, source=him.source))
    assert len(story.links) == 2


PLAN = visit("2022-09-01", "planned", "2022-09-14")


@pytest.mark.parametrize(
    ("met", "state"),
    [
        pytest.param(meeting("2022-09-14", "2022-09-14"), "made", id="on the planned day"),
        pytest.param(meeting("2022-09-15"), "made", id="without a day, told the day after"),
        pytest.param(meeting("2022-09-14", "2022-09-14", place="KAZ"), "made", id="in the host's country"),
        pytest.param(meeting("2022-09-14", "2022-09-14", place="UZB"), "overdue", id="elsewhere"),
        pytest.param(meeting("2022-09-14", "2022-09-14", form="call"), "overdue", id="by telephone"),
        pytest.param(
            meeting("2022-09-14", "2022-09-14", publisher="Xinhua"), "overdue", id="told by the guest's side"
        ),
        pytest.param(meeting("2022-11-14", "2022-11-14"), "overdue", id="months later"),
        pytest.param(meeting("2022-09-14", "2022-09-14", guest=person("Wang Yi")), "overdue", id="with another"),
    ],
)
def test_hosts_report_of_a_meeting_answers_a_plan(met: Claim, state: str) -> None:
    (story,) = tell(PLAN, met)
    assert story.state == state
    assert len(story.links) == (2 if state == "made" else 1)


def test_meeting_makes_no_visit_and_does_not_undo_what_was_called_off() -> None:
    assert tell(meeting("2022-09-14", "2022-09-14")) == []
    (story,) = tell(PLAN, visit("2022-09-10", "cancelled"), meeting("2022-09-14", "2022-09-14"))
    assert story.state == "cancelled"


def test_what_a_reviewer_put_together_is_one() -> None:
    one, two = visit("2022-03-04", "done", "2022-03-03"), visit("2022-03-24", "done", "2022-03-23")
    assert len(tell(one, two, together=[(two.id, one.id)])) == 1
    assert len(tell(one, two, together=[(two.id, one.id)], apart=[(one.id, two.id)])) == 2
    assert tell(one, two, together=[(one.id, "gone")]) == tell(one, two)


def test_what_a_reviewer_split_stays_apart() -> None:
    one, two = (
        visit("2022-09-15", "done", "2022-09-14"),
        visit("2022-09-16", "done", "2022-09-15", publisher="UPI"),
    )
    assert len(tell(one, two)) == 1
    assert len(tell(one, two, apart=[(one.id, two.id)])) == 2
    assert tell(one, two, apart=[(one.id, "gone")]) == tell(one, two)


STATUS = st.sampled_from(["planned", "proposed", "done", "ongoing", "postponed", "cancelled", "denied"])
WHEN = st.sampled_from(
    [None, "2022", "2022-09", "2022-23", "2022-09-14", "2022-09-14/2022-09-16", "2022-10-02", "2023-01", "2013"]
)
TOLD = st.sampled_from(
    [None, "2022-04-25", "2022-06-07", "2022-09", "2022-09-12", "2022-09-14", "2022-09-20", "2022-12-01"]
)
CLAIMS = st.lists(
    st.builds(
        lambda told, status, when, kind, who, basis: visit(
            told, status, when, kind=kind, publisher=who, basis=basis
        ),
        TOLD,
        STATUS,
        WHEN,
        st.sampled_from(["state", "official", "unspecified"]),
        st.sampled_from(["Reuters", "UPI", "Kazinform"]),
        st.sampled_from(["text", "published"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda claim: claim.id,
)


@given(CLAIMS, st.randoms())
def test_any_order_of_arrival_gives_the_same_visits(claims: list[Claim], dice: Any) -> None:
    wanted = tell(*claims)
    dice.shuffle(claims)
    assert tell(*claims) == wanted


@given(CLAIMS)
def test_every_claim_is_of_one_visit_and_every_value_has_its_claims(claims: list[Claim]) -> None:
    stories = tell(*claims)
    assert sorted(link.claim for story in stories for link in story.links) == sorted(claim.id for claim in claims)
    for story in stories:
        own = {link.claim for link in story.links}
        for field, values in story.fields.items():
            assert sum(value.best for value in values) <= 1, field
            assert {claim for value in values for claim in value.claims} <= own
        assert {step.claim for step in story.history} <= own
        told = [dates.first_day(step.date) or date.max for step in story.history]
        assert told == sorted(told)


@given(CLAIMS)
def test_best_day_is_never_coarser_than_one_that_agrees(claims: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in claims}
    for story in tell(*claims):
        for field in ("planned", "proposed"):
            best = story.best(field)
            for value in story.fields.get(field, ()):
                dated = any(by_id[claim].source.published for claim in value.claims)
                assert not (dated and dates.finer(value.value, best))


@given(CLAIMS, st.integers(0, 400))
def test_time_alone_makes_no_visit_made_or_called_off(claims: list[Claim], days: int) -> None:
    now = {story.id: story for story in tell(*claims)}
    for later in tell(*claims, today=TODAY + timedelta(days=days)):
        before = now[later.id]
        assert later.history == before.history
        assert later.state == before.state or (before.state, later.state) in {
            *((state, "overdue") for state in ("announced", "confirmed", "redated")),
            ("begun", "made"),
        }


PEOPLE = st.sampled_from([("Xi Jinping", "CHN"), ("Wang Yi", "CHN"), ("Emmanuel Macron", "FRA")])
MANY = st.lists(
    st.builds(
        lambda told, status, when, who, host, document: visit(
            told, status, when, who=who[0], country=who[1], host=host, document=document
        ),
        TOLD,
        STATUS,
        WHEN,
        PEOPLE,
        st.sampled_from(["KAZ", "UZB"]),
        st.sampled_from(["one", "two", None]),
    )
    | st.builds(
        lambda told, date, who: meeting(told, date, guest=person(*who)),
        st.sampled_from(["2022-09-12", "2022-09-14", "2022-12-01"]),
        st.sampled_from([None, "2022-09-14", "2022-09"]),
        PEOPLE,
    )
    | st.builds(
        lambda document: statement("2022-09-12", "We decided to postpone the visit", document=document),
        st.sampled_from(["one", "two", "three"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda claim: claim.id,
)


@given(MANY)
def test_claims_without_a_key_in_common_need_not_be_told_together(claims: list[Claim]) -> None:
    parts = components(claims, lambda claim: shared_keys(claim, policy=load_policy()))
    apart = [story for part in parts for story in tell(*part)]
    assert sorted(apart, key=lambda story: story.id) == tell(*claims)
