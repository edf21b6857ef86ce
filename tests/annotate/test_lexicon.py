"""Names of the vocabulary in a text, as agencies type them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.records import Records

pytestmark = pytest.mark.model


@pytest.mark.parametrize("apostrophe", ["'", "’"], ids=["straight", "curly"])
@pytest.mark.parametrize(
    ("name", "country"),
    [("People{}s Republic of China", "CHN"), ("Democratic People{}s Republic of Korea", "PRK")],
    ids=["China", "North Korea"],
)
def test_state_with_an_apostrophe(
    process_text: Callable[..., Records], name: str, country: str, apostrophe: str
) -> None:
    state = name.format(apostrophe)
    records = process_text(f"Foreign Minister Anna Berg of Norway visited the {state} in May 2021.")
    assert [visit.host for visit in records.of("visit")] == [country]  # type: ignore[attr-defined]
