"""Cited sources and publishers."""

from __future__ import annotations

import pytest

from dragoman.read import parse_text
from dragoman.read.names import FOLDER
from dragoman.vocabulary.load import load_yaml

WORDS = load_yaml("cited", folder=FOLDER)
ROWS = [row for part in ("citing", "saying", "heads") for row in WORDS[part]]


@pytest.mark.parametrize("row", ROWS, ids=[row["words"][0] for row in ROWS])
def test_the_source_of_every_example_is_found(row: dict[str, str]) -> None:
    assert parse_text(row["example"]).cited_source == row["source"]


@pytest.mark.parametrize("text", WORDS["counter"])
def test_no_source_is_found_in_a_counter_example(text: str) -> None:
    assert parse_text(text).cited_source is None


CITED = [
    ("The two leaders spoke for an hour, Kazinform cites the Akorda press service.", "Akorda press service"),
    (
        "The envoy left on Monday, Kazinform reports citing the Foreign Ministry of Belarus.",
        "Foreign Ministry of Belarus",
    ),
    ("Talks resume in May, Trend reports with reference to Xinhua.", "Xinhua"),
    (
        "Talks resume in May, according to the press service of the Cabinet of Ministers.",
        "press service of the Cabinet of Ministers",
    ),
    ("According to the Ministry of Industry and Trade, exports doubled.", "Ministry of Industry and Trade"),
    ("According to a statement from the Elysee, the call lasted an hour.", "Elysee"),
    ("The Foreign Ministry said in a statement that the accord is in force.", "Foreign Ministry"),
    (
        "The accord is in force, the Ministry of Foreign Affairs of Oman reported on Monday.",
        "Ministry of Foreign Affairs of Oman",
    ),
    ("“We will return,” the Kremlin press service said.", "Kremlin press service"),
    ("The premier will leave on Sunday, the president's press office announced.", "president's press office"),
    ("The minister left for Doha, TASS reported.", "TASS"),
    ("The two sides are close to a deal, Kabar reports, citing diplomatic sources.", "diplomatic sources"),
    (
        "The two ministers met in the morning.\n\nSource: Ministry of External Affairs",
        "Ministry of External Affairs",
    ),
    ("The two ministers met in the morning. (Source: UzA)", "UzA"),
    ("The two ministers met in the morning, and both were content.", None),
    ("She cited progress in the talks.", None),
    ("According to her, the two ministers met in the morning.", None),
    ("The President said the two ministers met in the morning.", None),
]


@pytest.mark.parametrize("text, source", CITED, ids=[text[:50] for text, _ in CITED])
def test_cited_source(text: str, source: str | None) -> None:
    assert parse_text(text).cited_source == source


def test_the_publisher_is_no_cited_source() -> None:
    document = parse_text("TOKYO, April 5 (Kyodo) -- The premier left for a summit, Kyodo reported.")
    assert (document.publisher, document.cited_source) == ("Kyodo News", None)


@pytest.mark.parametrize(
    "text, publisher",
    [
        ("The two leaders spoke for an hour, Kazinform cites the Akorda press service.", "Kazinform"),
        ("The envoy left on Monday, Trend reports.", "Trend"),
        ("The envoy left on Monday, TASS reported.", None),
        ("The envoy left on Monday.", None),
    ],
)
def test_publisher_says_of_itself_that_it_reports(text: str, publisher: str | None) -> None:
    assert parse_text(text).publisher == publisher


def test_given_publisher_and_url_come_before_the_dateline() -> None:
    text = "LUSAKA, May 20 (Xinhua) -- The two ministers opened the railway talks."
    assert parse_text(text, publisher="Zambia Daily Mail").publisher == "Zambia Daily Mail"
    assert parse_text(text, url="https://english.news.cn/1.html").publisher == "Xinhua"
    assert parse_text(text, url="https://www.chinadaily.com.cn/1.html").publisher == "China Daily"
    assert parse_text(text, url="http://[").publisher == "Xinhua"


@pytest.mark.parametrize(
    "unit", ["citing the ", ", the Foreign ", "press service of ", "Source: ", "the Ministry and "]
)
def test_repeated_words_take_no_time(unit: str) -> None:
    document = parse_text(unit * 50_000, language="en")
    assert document.text == unit * 50_000
