"""What became of a promise: the commitment and later reports in, a suggested rating with its evidence out."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claim import accord, person, promise, state, statement, visit

from dragoman.link.claims import Claim
from dragoman.link.policy import load_policy
from dragoman.link.promises import group_and_judge
from dragoman.link.stories import Story


def tell(*claims: Claim, today: date = date(2022, 12, 31), **options: Any) -> list[Story]:
    return group_and_judge(claims, today=today, policy=load_policy(), **options)


class Case(NamedTuple):
    """A commitment with later claims, and the states of the promises that they come to."""

    name: str
    claims: list[Claim]
    states: list[str]


OFFICERS = "Kazakhstan will train 400 Afghan police officers in Almaty"
BRIDGE = "Kazakhstan will open a bridge over the Syr Darya near Kyzylorda"

CASES = [
    Case("not yet reported", [promise("2022-01-10", OFFICERS)], ["open"]),
    Case("its day has passed", [promise("2022-01-10", OFFICERS, due="2022-06")], ["overdue"]),
    Case("its day is still to come", [promise("2022-01-10", OFFICERS, due="2023-06")], ["open"]),
    Case(
        "half of the quantity",
        [
            promise("2022-01-10", OFFICERS),
            statement("2022-05-10", "So far 200 Afghan police officers were trained in Almaty."),
        ],
        ["partly_kept"],
    ),
    Case(
        "figures are never added up",
        [
            promise("2022-01-10", OFFICERS),
            statement("2022-05-10", "So far 200 Afghan police officers were trained in Almaty."),
            statement("2022-05-11", "Kazakhstan has trained 200 Afghan police officers in Almaty."),
        ],
        ["partly_kept"],
    ),
    Case(
        "the whole quantity",
        [
            promise("2022-01-10", OFFICERS),
            statement("2022-05-10", "So far 200 Afghan police officers were trained in Almaty."),
            statement("2022-09-10", "All 400 Afghan police officers were trained in Almaty."),
        ],
        ["kept"],
    ),
    Case(
        "the whole quantity, too late",
        [
            promise("2022-01-10", OFFICERS, due="2022-06"),
            statement("2022-09-10", "All 400 Afghan police officers were trained in Almaty."),
        ],
        ["kept_late"],
    ),
    Case(
        "reports that only speak of it are for a person to rate",
        [
            promise("2022-01-10", BRIDGE),
            statement("2022-09-10", "The bridge over the Syr Darya near Kyzylorda was opened."),
        ],
        ["reported"],
    ),
    Case(
        "another plan for it is no report",
        [
            promise("2022-01-10", BRIDGE),
            statement("2022-09-10", "The bridge over the Syr Darya near Kyzylorda will be opened."),
        ],
        ["open"],
    ),
    Case(
        "what others did is no report",
        [
            promise("2022-01-10", BRIDGE),
            statement("2022-09-10", "The bridge over the Syr Darya near Kyzylorda was opened.", who=state("FRA")),
        ],
        ["open"],
    ),
    Case(
        "what was done before is no report",
        [
            promise("2022-01-10", OFFICERS),
            statement("2021-09-10", "All 400 Afghan police officers were trained in Almaty."),
        ],
        ["open"],
    ),
    Case(
        "a visit answers the promise of a visit",
        [
            promise(
                "2022-09-12",
                "Xi Jinping will pay a visit to Kazakhstan",
                who=person("Xi Jinping"),
                due="2022-09-14",
            ),
            visit("2022-09-15", "done", "2022-09-14"),
        ],
        ["kept"],
    ),
    Case(
        "a visit of years ago does not",
        [
            promise(
                "2022-09-12",
                "Xi Jinping will pay a visit to Kazakhstan",
                who=person("Xi Jinping"),
                due="2022-09-14",
            ),
            visit("2022-09-13", "done", "2013"),
        ],
        ["overdue"],
    ),
    Case(
        "a visit elsewhere does not",
        [
            promise("2022-09-12", "Xi Jinping will pay a visit to Kazakhstan", who=person("Xi Jinping")),
            visit("2022-09-15", "done", "2022-09-14", host="UZB"),
        ],
        ["open"],
    ),
    Case(
        "a signing answers the promise to sign",
        [
            promise("2022-12-20", "The Presidents will sign the Treaty on Allied Relations"),
            accord("2022-12-22", "Treaty on Allied Relations", "signed", "2022-12-22"),
        ],
        ["kept"],
    ),
    Case(
        "the signing of another does not",
        [
            promise("2022-12-20", "The Presidents will sign the Treaty on Allied Relations"),
            accord("2022-12-22", "Treaty on Water", "signed", "2022-12-22"),
        ],
        ["open"],
    ),
    Case(
        "promised again in the same terms",
        [
            promise("2022-01-10", OFFICERS),
            promise("2022-03-10", "We will train 400 Afghan police officers in Almaty soon"),
        ],
        ["open"],
    ),
    Case(
        "promised anew in other terms",
        [
            promise("2022-01-10", OFFICERS),
            promise("2022-03-10", "Kazakhstan will train 600 Afghan police officers in Almaty"),
        ],
        ["open", "superseded"],
    ),
    Case(
        "promised by another",
        [promise("2022-01-10", OFFICERS), promise("2022-03-10", OFFICERS, who=state("FRA"))],
        ["open", "open"],
    ),
    Case("called off", [promise("2022-01-10", OFFICERS, status="cancelled")], ["dropped"]),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_promises(case: Case) -> None:
    assert sorted(story.state for story in tell(*case.claims)) == case.states


def test_quantity_so_far_is_told_against_the_quantity_promised() -> None:
    done = statement("2022-05-10", "So far 200 Afghan police officers were trained in Almaty.")
    (story,) = tell(promise("2022-01-10", OFFICERS), done)
    assert story.best("quantity") == "400 officer"
    (so_far,) = story.fields["so_far"]
    assert (so_far.value, so_far.claims, so_far.why) == (
        "200 officer",
        (done.id,),
        "the highest figure told, of 400 officer promised",
    )


def test_rating_is_a_suggestion_with_its_evidence() -> None:
    done = statement("2022-05-10", "All 400 Afghan police officers were trained in Almaty.")
    (story,) = tell(promise("2022-01-10", OFFICERS), done)
    (rating,) = story.fields["rating"]
    assert rating.value == story.state and "a person confirms" in rating.why
    assert [step.words for step in story.history][-1] == "All 400 Afghan police officers were trained in Almaty."
    assert "afghan" in next(link.reason.text for link in story.links if link.claim == done.id)


def test_two_targets_of_one_sentence_are_both_kept() -> None:
    (story,) = tell(
        promise("2021-12-06", "We intend to raise trade to 3 billion dollars and then to 10 billion dollars")
    )
    assert {value.value for value in story.fields["quantity"] if value.best} == {
        "3,000,000,000 dollar",
        "10,000,000,000 dollar",
    }


def test_promise_superseded_names_the_next() -> None:
    old, new = promise("2022-01-10", OFFICERS), promise("2022-03-10", OFFICERS.replace("400", "600"))
    stories = {story.state: story for story in tell(old, new)}
    assert stories["superseded"].best("superseded_by") == stories["open"].id


def test_report_that_a_reviewer_took_away_stays_away() -> None:
    given_word = promise("2022-01-10", OFFICERS)
    done = statement("2022-05-10", "All 400 Afghan police officers were trained in Almaty.")
    (story,) = tell(given_word, done, apart=[(given_word.id, done.id)])
    assert story.state == "open" and len(story.links) == 1


CLAIMS = st.lists(
    st.one_of(
        st.builds(
            lambda told, count, due: promise(told, OFFICERS.replace("400", count), due=due),
            st.sampled_from(["2022-01-10", "2022-03-10"]),
            st.sampled_from(["200", "400", "600"]),
            st.sampled_from([None, "2022-06", "2023"]),
        ),
        st.builds(
            lambda told, count: statement(told, f"So far {count} Afghan police officers were trained in Almaty."),
            st.sampled_from(["2021-05-10", "2022-05-10", "2022-09-10"]),
            st.sampled_from(["100", "400", "700"]),
        ),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda claim: claim.id,
)


@given(CLAIMS, st.randoms())
def test_any_order_of_arrival_gives_the_same_promises(claims: list[Claim], dice: Any) -> None:
    wanted = tell(*claims)
    dice.shuffle(claims)
    assert tell(*claims) == wanted
