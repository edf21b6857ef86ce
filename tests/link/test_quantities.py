"""Numbers with what they count."""

from __future__ import annotations

import pytest

from dragoman.link.quantities import quantities

CASES = [
    (
        "raise trade to 3 billion US dollars and then to 10 billion US dollars",
        ["3,000,000,000 dollar", "10,000,000,000 dollar"],
    ),
    ("train 400 police officers", ["400 officer"]),
    ("send 80 million vaccine doses", ["80,000,000 dose"]),
    ("invest $1.5 million in water", ["1,500,000 dollar"]),
    ("lend €200 million", ["200,000,000 euro"]),
    ("cut emissions by 20 percent by 2030", ["20 percent"]),
    ("cut emissions by 20% by 2030", ["20 percent"]),
    ("ship 1,200 tonnes of grain", ["1,200 tonne"]),
    ("visit Kazakhstan on September 14, 2022", []),
    ("open the bridge on 14 September", []),
    ("fight COVID-19 together", []),
    ("build it in 2025", []),
    ("mark the 30th anniversary of relations", []),
    ("hold the 2nd round and a 1,000th flight", []),
    ("send 500,000 people in 2025", ["500,000 people"]),
]


@pytest.mark.parametrize(("text", "found"), CASES, ids=[text for text, _ in CASES])
def test_quantities(text: str, found: list[str]) -> None:
    assert [str(quantity) for quantity in quantities(text)] == found
