"""Calendar arithmetic on EDTF strings."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.edtf_dates import bounds, contains, founding_year, overlaps, parse_anchor


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-04-25", "2022-04-25", "2022-04-25"),
        ("2022-23", "2022-09-01", "2022-11-30"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("18XX", "1800-01-01", "1899-12-31"),
        ("1992~", "1992-01-01", "1992-12-31"),
        ("2022-09-14/2022-09-16", "2022-09-14", "2022-09-16"),
        ("2022-06/2022-07-05", "2022-06-01", "2022-07-05"),
        ("1992/..", "1992-01-01", None),
        ("../2025", None, "2025-12-31"),
        ("1990~/..", "1990-01-01", None),
        ("2024-33", "2024-01-01", "2024-03-31"),
        ("[2024-04-05,2024-05-04]", "2024-04-05", "2024-05-04"),
        ("2022-02-30", None, None),
        ("autumn", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_bounds(edtf: str | None, first: str | None, last: str | None) -> None:
    ends = tuple(None if end is None else date.fromisoformat(end) for end in (first, last))
    assert bounds(edtf) == ends


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("2022-09", "2022-09-14", True),
        ("2022-23", "2022-09", True),
        ("2022-09-14", "2022-09", False),
        ("1992/..", "2022", True),
        ("../2025", "2022", True),
        ("../2025", "2022/..", False),
        ("2022-24", "2023-01", True),
        ("2022", None, False),
        (None, "2022", False),
    ],
)
def test_contains(outer: str | None, inner: str | None, expected: bool) -> None:
    assert contains(outer, inner) is expected


def test_overlaps() -> None:
    assert overlaps("2022-09", "2022-23")
    assert overlaps("1992/..", "2022")
    assert not overlaps("2022-08", "2022-23")
    assert not overlaps("2022", None)


def test_founding_year() -> None:
    assert founding_year(30, 2022) == 1992
    assert founding_year(3000, 2022) is None
    assert founding_year(0, 2022) is None


@pytest.mark.parametrize("published", [None, "", "n.d.", "0000-01-01", "9999"])
def test_no_anchor_without_a_date(published: str | None) -> None:
    assert parse_anchor(published) is None


@given(st.dates(min_value=date(1, 1, 1)), st.dates(min_value=date(1, 1, 1)))
def test_days_and_intervals_agree_with_the_edtf_package(one: date, other: date) -> None:
    first, last = sorted((one, other))
    edtf = f"{first.isoformat()}/{last.isoformat()}"
    parsed = parse_edtf(edtf)
    assert bounds(edtf) == (first, last)
    assert (tuple(parsed.lower_strict()[:3]), tuple(parsed.upper_strict()[:3])) == (
        first.timetuple()[:3],
        last.timetuple()[:3],
    )
    assert contains(edtf, first.isoformat()) and contains(edtf, last.isoformat())
    assert contains(first.isoformat()[:4], first.isoformat())
