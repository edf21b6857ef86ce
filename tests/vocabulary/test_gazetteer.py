"""Cities, provinces and regions: where they lie, and that no form names two things."""

import pytest

from dragoman.errors import VocabularyError
from dragoman.vocabulary import places, regions, states
from dragoman.vocabulary.gazetteer import _city
from dragoman.vocabulary.surfaces import phrases


@pytest.mark.parametrize(
    ("words", "name", "iso3", "kind"),
    [
        ("Geneva", "Geneva", "CHE", "city"),
        ("St. Petersburg", "St Petersburg", "RUS", "city"),
        ("KHARKOV", "Kharkiv", "UKR", "city"),
        ("New York City", "New York", "USA", "city"),
        ("Florida", "Florida", "USA", "province"),
        ("Surfside, Florida", "Surfside, Florida", "USA", "city"),
        ("Brussels, Belgium", "Brussels", "BEL", "city"),
        ("Paris, Texas", "Paris, Texas", "USA", "city"),
        ("Chechen", "Chechnya", "RUS", "province"),
        ("the Panama Canal", "Panama Canal", "PAN", "water"),
        ("European", "Europe", None, "region"),
        ("Crimea", "Crimea", "UKR", "province"),
        ("Donetsk People’s Republic", "Donetsk People's Republic", None, "province"),
        ("the Middle East", "Middle East", None, "region"),
        ("the South China Sea", "South China Sea", None, "water"),
        ("the Western Balkans", "Western Balkans", None, "group"),
    ],
)
def test_place(words: str, name: str, iso3: str | None, kind: str) -> None:
    found = places().lookup(words)
    assert found is not None
    assert (found.name, found.iso3, found.kind) == (name, iso3, kind)


@pytest.mark.parametrize("words", ["nice", "Ruritania", "", "the", "Zenda, Ruritania", ", "])
def test_no_place(words: str) -> None:
    assert places().lookup(words) is None


def test_places_lie_in_known_states_and_capitals_agree_with_the_states() -> None:
    for surface, place in places().surfaces().items():
        assert place.iso3 is None or place.iso3 in states(), surface
        assert place.kind == "city" or place.lat is None, surface
        assert (place.lat is None) == (place.lon is None), surface
        capital = states().surfaces().get(surface)
        if capital and place.kind == "city":
            assert capital.iso3 == place.iso3, surface


def test_every_state_that_stands_has_a_capital_with_coordinates_or_is_a_city_or_an_island() -> None:
    missing = {
        state.iso3
        for state in states()
        if state.capital and not any((found := places().lookup(form)) and found.lat for form in state.capitals)
    }
    assert missing <= {"ABW", "COK", "FLK", "GUM", "NIU", "NRU", "PLW", "SYC", "TUV"}


def test_a_place_form_names_a_state_only_as_its_capital_or_with_care() -> None:
    for surface, place in places().surfaces().items():
        name = states().surfaces().get(surface)
        assert name is None or name.kind == "capital" or name.iso3 == place.iso3, surface


def test_group_members_are_states_and_examples_name_the_region() -> None:
    table = places().surfaces()
    for region in regions().values():
        assert all(iso3 in states() for iso3 in region.states)
        found = {table[region.example[start:end]].name for start, end in phrases(region.example, table, longest=6)}
        assert region.name in found, region.example


@pytest.mark.parametrize("row", [["CHE", 95.0, 6.1], ["CHE", 46.2], "Geneva", ["CHE", "46", 6.1]])
def test_broken_city_names_the_entry(row: object) -> None:
    with pytest.raises(VocabularyError, match=r"cities\.yaml, entry 'Geneva'"):
        _city("Geneva", row, False)
