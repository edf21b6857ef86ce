"""The life of an accord: claims in, one story an accord out; which reports are one, and how far it has come."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claim import accord
from tests.link.neighbours import components

from dragoman.link.accords import group_and_judge, shared_keys
from dragoman.link.claims import Claim
from dragoman.link.policy import load_policy
from dragoman.link.stories import Story
from dragoman.link.words import title_words


def tell(*claims: Claim, **options: Any) -> list[Story]:
    return group_and_judge(claims, today=date(2024, 12, 31), policy=load_policy(), **options)


class Case(NamedTuple):
    """Claims, and the accords that they come to: title and state."""

    name: str
    claims: list[Claim]
    accords: list[tuple[str, str]]


ALLIED, FULL = "Treaty on Allied Relations", "Treaty on Allied Relations between Kazakhstan and Uzbekistan"
HOUSE = ("The Senate of Kazakhstan ratified the treaty.",)
LAW = ("The President signed the law ratifying the treaty after the vote of the Senate.",)

CASES = [
    Case(
        "from talks to force",
        [
            accord("2022-03-01", ALLIED, "negotiating"),
            accord("2022-12-20", ALLIED, "to_be_signed", "2022-12-22", status="planned"),
            accord("2022-12-22", FULL, "signed", "2022-12-22"),
            accord("2024-05-21", FULL, "ratified", "2024-05-20"),
            accord("2024-07-01", ALLIED, "in_force", "2024-07-01", words=("The treaty entered into force.",)),
        ],
        [(ALLIED, "in_force")],
    ),
    Case(
        "one house is not ratification",
        [accord("2024-04-25", ALLIED, "ratified", words=HOUSE)],
        [(ALLIED, "approved")],
    ),
    Case("the law signed is", [accord("2024-05-20", ALLIED, "ratified", words=LAW)], [(ALLIED, "ratified")]),
    Case("named only", [accord("2024-05-20", ALLIED, "in_force")], [(ALLIED, "mentioned")]),
    Case(
        "extended",
        [
            accord("2021-01-01", ALLIED, "signed", "2021-01-01"),
            accord("2024-01-01", ALLIED, "implementing", words=("They extended the treaty by five years.",)),
        ],
        [(ALLIED, "extended")],
    ),
    Case(
        "two instruments of one day",
        [
            accord("2022-12-22", ALLIED, "signed", "2022-12-22", document="one"),
            accord(
                "2022-12-22", "Treaty on the Demarcation of the Border", "signed", "2022-12-22", document="one"
            ),
        ],
        [(ALLIED, "signed"), ("Treaty on the Demarcation of the Border", "signed")],
    ),
    Case(
        "a declaration and a treaty of one name",
        [
            accord("2021-12-06", "Declaration on Allied Relations", "signed", "2021-12-06", kind="declaration"),
            accord("2022-12-22", ALLIED, "signed", "2022-12-22"),
        ],
        [("Declaration on Allied Relations", "signed"), (ALLIED, "signed")],
    ),
    Case(
        "last year's treaty, and it was the year before",
        [accord("2022-12-22", ALLIED, "signed", "2022-12-22"), accord("2024-08-08", ALLIED, "signed", "2023")],
        [(ALLIED, "signed")],
    ),
    Case(
        "last year's treaty, without a name",
        [accord("2022-12-22", ALLIED, "signed", "2022-12-22"), accord("2023-08-08", "treaty", "signed", "2022")],
        [(ALLIED, "signed")],
    ),
    Case(
        "last year's treaty, and there were two",
        [
            accord("2022-12-22", ALLIED, "signed", "2022-12-22"),
            accord("2022-12-22", "Treaty on Water", "signed", "2022-12-22"),
            accord("2023-08-08", "treaty", "signed", "2022"),
        ],
        [(ALLIED, "signed"), ("Treaty on Water", "signed"), ("treaty", "signed")],
    ),
    Case(
        "the joint statement of two days",
        [
            accord("2022-09-14", "joint statement", "to_be_signed", kind="joint_statement", status="planned"),
            accord(
                "2022-09-15", "joint statement", "signed", "2022-09", kind="joint_statement", basis="published"
            ),
        ],
        [("joint statement", "signed")],
    ),
    Case(
        "the joint statements of two visits",
        [
            accord("2022-09-15", "joint statement", "signed", "2022-09-14", kind="joint_statement"),
            accord("2023-05-18", "joint statement", "signed", "2023-05-17", kind="joint_statement"),
        ],
        [("joint statement", "signed"), ("joint statement", "signed")],
    ),
    Case(
        "the same title every year",
        [
            accord("2022-09-15", "Joint Statement on Water", "signed", "2022-09-14", kind="joint_statement"),
            accord("2023-05-18", "Joint Statement on Water", "signed", "2023-05-17", kind="joint_statement"),
        ],
        [("Joint Statement on Water", "signed"), ("Joint Statement on Water", "signed")],
    ),
    Case(
        "the same title between others",
        [
            accord("2022-12-22", "Treaty on Friendship", "signed", "2022-12-22"),
            accord("2022-12-23", "Treaty on Friendship", "signed", "2022-12-23", parties=("KAZ", "KGZ")),
        ],
        [("Treaty on Friendship", "signed"), ("Treaty on Friendship", "signed")],
    ),
    Case(
        "several documents are none of them",
        [
            accord("2022-12-22", "bilateral documents", "signed", "2022-12-22", kind="other"),
            accord("2022-12-22", ALLIED, "signed", "2022-12-22"),
        ],
        [("bilateral documents", "signed"), (ALLIED, "signed")],
    ),
    Case(
        "known by two names",
        [
            accord("2021-02-04", "Paris Climate Agreement", "mentioned", kind="agreement", parties=()),
            accord("2022-02-04", "Paris Agreement", "mentioned", kind="agreement", parties=("USA", "IND")),
        ],
        [("Paris Agreement", "mentioned")],
    ),
    Case(
        "the signing put off",
        [
            accord("2022-12-01", ALLIED, "to_be_signed", "2022-12-22", status="planned"),
            accord("2022-12-20", ALLIED, "to_be_signed", status="postponed"),
        ],
        [(ALLIED, "postponed")],
    ),
    Case(
        "no report leads back",
        [
            accord("2022-12-22", ALLIED, "signed", "2022-12-22"),
            accord("2022-12-23", ALLIED, "to_be_signed", status="planned"),
        ],
        [(ALLIED, "signed")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_accords(case: Case) -> None:
    assert sorted((story.best("title"), story.state) for story in tell(*case.claims)) == sorted(case.accords)


def test_day_of_signing_told_at_the_time_beats_memory_and_both_are_kept() -> None:
    (story,) = tell(
        accord("2022-12-22", ALLIED, "signed", "2022-12-22"), accord("2024-08-08", ALLIED, "signed", "2023")
    )
    assert [(value.value, value.best) for value in story.fields["signed"]] == [
        ("2022-12-22", True),
        ("2023", False),
    ]
    assert story.fields["signed"][1].why.startswith("passed over by contemporaneous")


def test_last_ratification_completes_it() -> None:
    claims = [
        accord("2024-02-28", ALLIED, "ratified", "2024-02-28"),
        accord("2024-05-21", ALLIED, "ratified", "2024-05-20"),
    ]
    (story,) = tell(*claims)
    assert [(value.value, value.best) for value in story.fields["ratified"]] == [
        ("2024-05-20", True),
        ("2024-02-28", False),
    ]


def test_what_a_reviewer_split_stays_apart() -> None:
    one, two = (
        accord("2022-12-22", ALLIED, "signed", "2022-12-22"),
        accord("2022-12-23", FULL, "signed", "2022-12-22"),
    )
    assert len(tell(one, two)) == 1
    assert len(tell(one, two, apart=[(one.id, two.id)])) == 2


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (FULL, {"allied", "relation"}),
        ("Agreement on the Demarcation of the Kazakh-Uzbek State Border", {"demarcation", "border"}),
        ("memorandum of understanding", set()),
        ("Memoranda of Understanding on Fisheries", {"fisherie"}),
        ("joint statement", set()),
        ("Paris Charter", {"pari"}),
        ("Joint Statement on Cuba", {"cuba"}),
    ],
)
def test_what_a_title_is_about(title: str, words: set[str]) -> None:
    assert title_words(title, frozenset({"KAZ", "UZB"})) == words


CLAIMS = st.lists(
    st.builds(
        lambda told, title, step, when, parties, kind: accord(told, title, step, when, parties=parties, kind=kind),
        st.sampled_from([None, "2022-12-22", "2022-12-23", "2023-08-08", "2024-05-21"]),
        st.sampled_from(
            [ALLIED, FULL, "treaty", "Treaty on Water", "Treaty on Allied and Good Relations", "treaties"]
        ),
        st.sampled_from(
            ["mentioned", "negotiating", "to_be_signed", "signed", "ratified", "in_force", "terminated"]
        ),
        st.sampled_from([None, "2022", "2022-12", "2022-12-22", "2023", "2024-05-20"]),
        st.sampled_from([("KAZ", "UZB"), ("KAZ",), (), ("KAZ", "KGZ")]),
        st.sampled_from(["treaty", "other"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda claim: claim.id,
)


@given(CLAIMS, st.randoms())
def test_any_order_of_arrival_gives_the_same_accords(claims: list[Claim], dice: Any) -> None:
    wanted = tell(*claims)
    dice.shuffle(claims)
    assert tell(*claims) == wanted
    assert sorted(link.claim for story in wanted for link in story.links) == sorted(claim.id for claim in claims)


@given(CLAIMS)
def test_claims_without_a_key_in_common_need_not_be_told_together(claims: list[Claim]) -> None:
    parts = components(claims, lambda claim: shared_keys(claim, policy=load_policy()))
    apart = [story for part in parts for story in tell(*part)]
    assert sorted(apart, key=lambda story: story.id) == tell(*claims)
