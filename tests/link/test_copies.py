"""Wire copy: documents of a few days that share most of their text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.copies import Sketched, groups, sketch

WORDS = """harbour grain ferry orchard signal quarry lantern treaty border river mill bridge copper wool salt
market winter spring council minister envoy courier ledger rope timber barley""".split()


def text(seed: int, *, words: int = 400) -> str:
    pick = random.Random(seed)
    return " ".join(pick.choice(WORDS) + str(pick.randrange(40)) for _ in range(words)) + "."


def one(document: str, body: str, *, day: str = "2024-05-20", publisher: str = "Agency") -> Sketched:
    return Sketched(document, day, publisher, sketch(body))


BODY = text(1)
COPIES = {
    "word for word": (BODY, "2024-05-20", "Herald"),
    "with a line of its own before it": ("The Herald, from our desk. " + BODY, "2024-05-20", "Herald"),
    "shortened by a fifth": (" ".join(BODY.split()[:320]), "2024-05-21", "Herald"),
    "in capitals and without commas": (BODY.upper(), "2024-05-22", "Herald"),
    "by the same house again": (BODY, "2024-05-21", "Agency"),
}


@pytest.mark.parametrize(("body", "day", "publisher"), COPIES.values(), ids=COPIES)
def test_a_copy_counts_with_its_original(body: str, day: str, publisher: str) -> None:
    assert groups([one("b", body, day=day, publisher=publisher), one("a", BODY)]) == {"b": "a"}


OWN = {
    "another text": (text(2), "2024-05-20", "Herald"),
    "a week later": (BODY, "2024-05-27", "Herald"),
    "half of it new": (" ".join(BODY.split()[:200]) + " " + text(3, words=200), "2024-05-20", "Herald"),
    "of one pattern, by one house": (
        BODY.replace("harbour", "haven").replace("mill", "kiln"),
        "2024-05-21",
        "Agency",
    ),
    "no day": (BODY, "", "Herald"),
}


@pytest.mark.parametrize(("body", "day", "publisher"), OWN.values(), ids=OWN)
def test_a_text_of_its_own(body: str, day: str, publisher: str) -> None:
    assert groups([one("b", body, day=day, publisher=publisher), one("a", BODY)]) == {}


def test_short_texts_are_nobodys_copy() -> None:
    assert sketch("The envoy left on Monday.") == b""
    assert groups([one("a", "The envoy left."), one("b", "The envoy left.")]) == {}


def test_copies_of_copies_have_one_original() -> None:
    chain = [one(f"{n}", BODY, day=f"2024-05-{10 + 2 * n}", publisher=f"House {n}") for n in range(4)]
    assert groups(chain) == {"1": "0", "2": "0", "3": "0"}


@given(st.permutations(range(6)))
def test_the_order_leaves_no_trace(order: list[int]) -> None:
    told = [one(f"{n}", text(n % 3), day=f"2024-05-2{n % 2}", publisher=f"House {n}") for n in range(6)]
    assert groups(told[n] for n in order) == groups(told) == {"3": "0", "1": "4", "5": "2"}


@given(st.text(max_size=300))
def test_any_text_has_a_sketch(body: str) -> None:
    assert len(sketch(body)) in (0, 256)
