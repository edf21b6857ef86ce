from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from dragoman.store.days import EARLIEST, LATEST, bounds

DATES = [
    ("2022", "2022-01-01", "2022-12-31"),
    ("2022-02", "2022-02-01", "2022-02-28"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2022-04-25", "2022-04-25", "2022-04-25"),
    ("2022-09-14/2022-09-15", "2022-09-14", "2022-09-15"),
    ("2022-09/2023", "2022-09-01", "2023-12-31"),
    ("2022-21", "2022-03-01", "2022-05-31"),
    ("2022-23", "2022-09-01", "2022-11-30"),
    ("2022-24", "2022-12-01", "2023-02-28"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2022-21/2022-24", "2022-03-01", "2023-02-28"),
    ("2022-33", "2022-01-01", "2022-03-31"),
    ("2022-34", "2022-04-01", "2022-06-30"),
    ("2022-40", "2022-01-01", "2022-06-30"),
    ("199X", "1990-01-01", "1999-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"),
    ("2022-09-XX", "2022-09-01", "2022-09-30"),
    ("2022-09-14/..", "2022-09-14", LATEST),
    ("2022-09-14/", "2022-09-14", LATEST),
    ("../2022", EARLIEST, "2022-12-31"),
    ("9999-24", "9999-12-01", LATEST),
    ("Y12022", LATEST, LATEST),
    ("-0044", EARLIEST, EARLIEST),
    ("0000-02", "0000-02-01", "0000-02-29"),
]


@pytest.mark.parametrize(("date", "first", "last"), DATES, ids=[date for date, _, _ in DATES])
def test_bounds(date: str, first: str, last: str) -> None:
    assert bounds(date) == (first, last)


@pytest.mark.parametrize("date", ["2022?", "2022~", "2022-09~", "2022-09-14%"])
def test_uncertain_dates_reach_at_least_as_far_as_what_they_say(date: str) -> None:
    said = bounds(date.rstrip("?~%"))
    found = bounds(date)
    assert found is not None and said is not None
    assert found[0] <= said[0]
    assert found[1] >= said[1]


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "soon",
        "2022-13",
        "2022-02-30",
        "2022-00",
        "2022-9",
        "2022/2021",
        "2022-09-31",
        "14 September",
        "/x",
        "[" * 9000,
    ],
    ids=str,
)
def test_no_dates(date: str | None) -> None:
    assert bounds(date) is None


@given(
    st.text(max_size=12) | st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?[?~]?(/(\d{4}(-\d\d)?|\.\.)?)?", fullmatch=True)
)
def test_any_text_is_a_date_with_ordered_bounds_or_none(date: str) -> None:
    found = bounds(date)
    if found is not None:
        assert EARLIEST <= found[0] <= found[1] <= LATEST


@given(st.dates())
def test_days_months_and_years_are_those_of_edtf(day: object) -> None:
    for date in (f"{day}", f"{day}"[:7], f"{day}"[:4]):
        parsed = parse_edtf(date)
        expected = tuple(
            f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}"
            for moment in (parsed.lower_strict(), parsed.upper_strict())
        )
        assert bounds(date) == expected
