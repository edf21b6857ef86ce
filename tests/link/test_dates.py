"""Dates held against each other: finer, agreeing, apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.link import dates

DAY = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    day = draw(DAY)
    return draw(
        st.sampled_from(
            [
                day.isoformat(),
                day.isoformat()[:7],
                day.isoformat()[:4],
                f"{day.year}-2{day.month % 4 + 1}",
                f"{day.isoformat()}/{date(day.year, 12, 31).isoformat()}",
                f"{day.year // 10}X",
            ]
        )
    )


@pytest.mark.parametrize(
    ("one", "other", "finer"),
    [
        ("2022-09-14", "2022-09", True),
        ("2022-09", "2022-23", True),
        ("2022-23", "2022-09", False),
        ("2022-09", "2022-09", False),
        ("2022-09-14", "2022-10", False),
        ("2023-03-26/2023-03-29", "2023-03-26/2023-03-31", True),
        ("2022-12-20", "2022-24", True),
        (None, "2022", False),
        ("2022", None, False),
        ("Treaty on Water", "2022", False),
    ],
)
def test_finer(one: str | None, other: str | None, finer: bool) -> None:
    assert dates.finer(one, other) is finer


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2022-09-14", "2022-09", 0),
        ("2022-09-14", "2022-09-16", 2),
        ("2022-08", "2022-10-01", 31),
        ("2022", "2021", 1),
    ],
)
def test_gap(one: str, other: str, days: int) -> None:
    assert dates.gap(one, other) == dates.gap(other, one) == days


@given(edtf(), edtf())
def test_finer_is_one_sided_and_agreement_is_not(one: str, other: str) -> None:
    assert not (dates.finer(one, other) and dates.finer(other, one))
    assert dates.agree(one, other) == dates.agree(other, one)
    assert (dates.gap(one, other) == 0) or not dates.agree(one, other)


@given(st.lists(edtf(), min_size=1))
def test_narrow_gives_one_of_them_and_none_is_shorter(values: list[str]) -> None:
    found = dates.narrow(values)
    assert found in values
    assert dates.length(found) == min(map(dates.length, values))


@given(DAY, DAY)
def test_interval_goes_there_and_back(one: date, other: date) -> None:
    start, end = sorted((one, other))
    written = dates.as_edtf(start, end)
    assert dates.days(written) == (start, end)
    assert dates.is_stay(written) is (start != end)


def test_what_is_no_date_is_far_from_everything() -> None:
    assert dates.days("2022-09-14/..") is None
    assert dates.gap(None, "2022") == dates.gap("soon", "2022") > 50_000
