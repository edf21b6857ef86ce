"""When and where an act took place: the time and the place that belong to its verb and to no other."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.annotate import Reading, annotate
from dragoman.extract.when import When, when
from dragoman.extract.where import place_named, title_place, where
from dragoman.read import parse_text

PUBLISHED = "2022-05-10"


def _reading(nlp: Any, text: str) -> Reading:
    return next(annotate([parse_text(text, id="x", published=PUBLISHED)], nlp))


def _token(reading: Reading, word: str) -> Any:
    return next(token for token in reading.doc if token.text == word)


# --- when -----------------------------------------------------------------------------------------------------

TIMES = {
    "its own day": ("The ministers met on 3 May 2022.", "met", "2022-05-03"),
    "first words of the sentence": ("On 3 May 2022, the ministers met in Oslo.", "met", "2022-05-03"),
    "a weekday before publication": ("The ministers met on Monday.", "met", "2022-05-09"),
    "today": ("The ministers met today in Oslo.", "met", "2022-05-10"),
    "an interval": ("The ministers will meet from May 20 to 24.", "meet", "2022-05-20/2022-05-24"),
    "a month": ("The visit to Norway in September 2022 was agreed.", "visit", "2022-09"),
    "of another clause": ("The ministers met before the accord was signed on 3 May 2022.", "met", None),
    "no time": ("The ministers met in Oslo.", "met", None),
    "of another sentence": ("The ministers met. They left on 4 May 2022.", "met", None),
}


@pytest.mark.model
@pytest.mark.parametrize("name", TIMES)
def test_time_of_an_act(name: str, nlp: Any) -> None:
    text, word, expected = TIMES[name]
    reading = _reading(nlp, text)
    assert when(reading, _token(reading, word)).date == expected


@pytest.mark.model
def test_the_words_are_kept(nlp: Any) -> None:
    reading = _reading(nlp, "The ministers met on 3 May 2022.")
    assert when(reading, _token(reading, "met")) == When("2022-05-03", "3 May 2022", "text")


@pytest.mark.model
def test_a_relative_date_says_so(nlp: Any) -> None:
    reading = _reading(nlp, "The ministers met yesterday.")
    found = when(reading, _token(reading, "met"))
    assert (found.date, found.date_basis) == ("2022-05-09", "relative")


@pytest.mark.model
def test_the_main_act_without_a_date_has_the_month_of_publication(nlp: Any) -> None:
    reading = _reading(nlp, "The ministers met in Oslo.")
    assert when(reading, _token(reading, "met"), main_act=True) == When("2022-05", None, "published")


# --- where ----------------------------------------------------------------------------------------------------

PLACES = {
    "after the verb": ("The ministers met in Oslo.", "met", "Oslo", "NOR"),
    "behind the partner": ("Anna Berg met with the President of Brazil in Lisbon.", "met", "Lisbon", "PRT"),
    "first words": ("In Oslo, the ministers met with Anna Berg.", "met", "Oslo", "NOR"),
    "a building": ("The ministers met at the White House.", "met", "White House", "USA"),
    "with its district": ("The ministers met in Washington, D.C. on Monday.", "met", "Washington, D.C.", "USA"),
    "a described city": ("The ministers met in the Norwegian city of Bergen.", "met", "Bergen", "NOR"),
    "a state": ("The ministers met in Kenya.", "met", "Kenya", "KEN"),
    "of another act": ("The ministers met to discuss how to end the war in Yemen.", "met", None, None),
    "a time": ("The ministers met in May.", "met", None, None),
    "an organization": ("The ministers met in the committee.", "met", None, None),
}


@pytest.mark.model
@pytest.mark.parametrize("name", PLACES)
def test_place_of_an_act(name: str, nlp: Any) -> None:
    text, word, expected, country = PLACES[name]
    reading = _reading(nlp, text)
    found = where(reading, _token(reading, word)).place
    assert (found.name if found else None, found.country if found else None) == (expected, country)


@pytest.mark.model
def test_the_dateline_gives_the_main_act_its_place(nlp: Any) -> None:
    reading = _reading(nlp, "OSLO, May 9 (Xinhua) -- The ministers met on Monday.")
    found = where(reading, _token(reading, "met"), main_act=True)
    assert found.place is not None
    assert (found.place.country, found.place_basis) == ("NOR", "dateline")
    assert where(reading, _token(reading, "met")).place is None


NAMED = {
    "Oslo": ("Oslo", "NOR", True),
    "Geneva, Switzerland": ("Geneva", "CHE", True),
    "Washington, D.C.": ("Washington, D.C.", "USA", True),
    "Kenya": ("Kenya", "KEN", False),
    "Kremlin": ("Kremlin", "RUS", False),
    "Israel, the Netherlands": None,
    "Accra, Lagos": None,
    "Norwegian": None,
    "Europe": None,
    "Anna Berg": None,
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_of_a_place(name: str) -> None:
    found, expected = place_named(name), NAMED[name]
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.name, found.country, found.lat is not None) == expected


TITLES = {
    "Anna Berg met with Raj Patel in Oslo": "Oslo",
    "Anna Berg held talks with Raj Patel in the Kremlin": "Kremlin",
    "Readout of Anna Berg’s Meeting in New Delhi with Raj Patel": "New Delhi",
    "Anna Berg’s Call with Raj Patel": None,
    "Progress in Science": None,
}


@pytest.mark.parametrize("title", TITLES)
def test_the_place_in_a_title(title: str) -> None:
    found = title_place(title)
    assert (found.name if found else None) == TITLES[title]
