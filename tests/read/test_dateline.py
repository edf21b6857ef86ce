"""Datelines: what opens a report, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read import parse_text
from dragoman.read.names import FOLDER, agency_named
from dragoman.records import Dateline
from dragoman.vocabulary import places, states
from dragoman.vocabulary.load import load_list, load_yaml

REPORT = " The two ministers met in the morning and discussed reopening the border crossing in spring."
PUBLISHED = "2023-03-10"

# opening, what follows it at once, place, country, date, agency
FORMS = [
    ("NUR-SULTAN. KAZINFORM –", "", "Nur-Sultan", "KAZ", None, "KAZINFORM"),
    ("NUR-SULTAN. KAZINFORM", "", "Nur-Sultan", "KAZ", None, "KAZINFORM"),
    ("ASTANA. April 25. KAZINFORM /Dana Omarova/ –", "", "Astana", "KAZ", "2022-04-25", "KAZINFORM"),
    ("Astana (Qazinform)", "", "Astana", "KAZ", None, "Qazinform"),
    ("Almaty. March 6. Kazakhstan Today -", "", "Almaty", "KAZ", "2023-03-06", "Kazakhstan Today"),
    ("ASTANA, Feb. 20 (Xinhua) --", "", "Astana", "KAZ", "2023-02-20", "Xinhua"),
    ("MOSCOW (Reuters) –", "", "Moscow", "RUS", None, "Reuters"),
    ("MOSCOW. Sept 14 (Interfax) -", "", "Moscow", "RUS", "2022-09-14", "Interfax"),
    ("BEIJING, 14 September 2022 /TASS/.", "", "Beijing", "CHN", "2022-09-14", "TASS"),
    ("ST. PETERSBURG, June 17 (TASS) –", "", "St. Petersburg", "RUS", "2022-06-17", "TASS"),
    ("PYONGYANG, Sept. 14. (KCNA) --", "", "Pyongyang", "PRK", "2022-09-14", "KCNA"),
    ("TASHKENT, Uzbekistan, Dec. 6 (UzA)", "", "Tashkent", "UZB", "2022-12-06", "UzA"),
    ("SAMARKAND, September 15. /Dunyo IA/.", "", "Samarkand", "UZB", "2022-09-15", "Dunyo IA"),
    ("DUSHANBE, 03.03.2023 /NIAT «Khovar»/.", "", "Dushanbe", "TJK", "2023-03-03", "NIAT «Khovar»"),
    ("Bishkek, Mar. 3, 2023. /Kabar/.", "", "Bishkek", "KGZ", "2023-03-03", "Kabar"),
    ("YEREVAN, MARCH 3, ARMENPRESS.", "", "Yerevan", "ARM", "2023-03-03", "ARMENPRESS"),
    ("Baku, March 3, AZERTAC", "\n", "Baku", "AZE", "2023-03-03", "AZERTAC"),
    ("ISTANBUL (AA) -", "", "Istanbul", "TUR", None, "AA"),
    ("Riyadh, March 3, 2023, SPA --", "", "Riyadh", "SAU", "2023-03-03", "SPA"),
    ("ABU DHABI, 3rd March, 2023 (WAM) --", "", "Abu Dhabi", "ARE", "2023-03-03", "WAM"),
    ("New Delhi [India], January 12 (ANI):", "", "New Delhi", "IND", "2023-01-12", "ANI"),
    ("Madrid, 3 Mar (EFE).-", "", "Madrid", "ESP", "2023-03-03", "EFE"),
    ("(ANSA) - ROME, MAR 3 -", "", "Rome", "ITA", "2023-03-03", "ANSA"),
    ("(Reuters) -", "", None, None, None, "Reuters"),
    ("AKIPRESS.COM -", "", None, None, None, "AKIPRESS.COM"),
    ("UNITED NATIONS (AP) —", "", "United Nations", "USA", None, "AP"),
    ("THE HAGUE, Netherlands (AP) —", "", "The Hague", "NLD", None, "AP"),
    ("PORT-AU-PRINCE, Haiti (AP) —", "", "Port-au-Prince", "HTI", None, "AP"),
    ("N'DJAMENA (AFP) -", "", "N'Djamena", "TCD", None, "AFP"),
    ("JOINT BASE ANDREWS, Md. (AP) —", "", "Joint Base Andrews", "USA", None, "AP"),
    ("ABOARD AIR FORCE ONE (Reuters) -", "", "Aboard Air Force One", None, None, "Reuters"),
    ("KUALA LUMPUR, Feb 28 (NNN-BERNAMA) —", "", "Kuala Lumpur", "MYS", "2023-02-28", "NNN-BERNAMA"),
    ("Zhezkazgan, 4 March (Kazinform) –", "", "Zhezkazgan", None, "2023-03-04", "Kazinform"),
    ("BEIJING/MOSCOW, Jan 20 (Reuters) -", "", "Beijing/Moscow", None, "2023-01-20", "Reuters"),
    ("WASHINGTON, D.C. –", "", "Washington, D.C.", "USA", None, None),
    ("*WASHINGTON, DC* –", "", "Washington, D.C.", "USA", None, None),
    ("WASHINGTON, D.C.", "\n", "Washington, D.C.", "USA", None, None),
    ("ANKARA —", "", "Ankara", "TUR", None, None),
    ("ISLAMABAD:", "", "Islamabad", "PAK", None, None),
    ("KYIV, Ukraine —", "", "Kyiv", "UKR", None, None),
    ("KIEV, January 5 –", "", "Kiev", "UKR", "2023-01-05", None),
    ("TBILISI, Georgia —", "", "Tbilisi", "GEO", None, None),
    ("ATLANTA, Georgia —", "", "Atlanta", "USA", None, None),
    ("St. Petersburg, Fla. –", "", "St. Petersburg", "USA", None, None),
    ("Tashkent, February 21 --", "", "Tashkent", "UZB", "2023-02-21", None),
    ("14 September 2022, Samarkand –", "", "Samarkand", "UZB", "2022-09-14", None),
    ("Geneva, Monday, 6 March 2023 –", "", "Geneva", "CHE", "2023-03-06", None),
    ("Brussels, 30/1/2023 –", "", "Brussels", "BEL", "2023-01-30", None),
    ("Brussels, 3/4/2023 –", "", "Brussels", "BEL", None, None),
    ("Ankara, 3 March 2023", "\n", "Ankara", "TUR", "2023-03-03", None),
    ("January 12, 2022, New Delhi", "\n", "New Delhi", "IND", "2022-01-12", None),
    ("17:30, Moscow", "\n", "Moscow", "RUS", None, None),
    ("May 20, 2022, 17:30, Moscow", "\n", "Moscow", "RUS", "2022-05-20", None),
    ("Kangerlussuaq, Greenland", "\n", "Kangerlussuaq", "GRL", None, None),
    ("Washington D.C.", "\n", "Washington D.C.", "USA", None, None),
    ("Reykjavik, Iceland", "\n", "Reykjavik", "ISL", None, None),
]


@pytest.mark.parametrize("opening, gap, place, country, date, agency", FORMS, ids=[form[0] for form in FORMS])
def test_dateline_is_read(
    opening: str, gap: str, place: str | None, country: str | None, date: str | None, agency: str | None
) -> None:
    document = parse_text(opening + gap + REPORT, published=PUBLISHED)
    found = document.dateline
    assert found is not None and found.span is not None
    assert (found.place, found.country, found.date, found.agency) == (place, country, date, agency)
    assert found.span.text == opening.strip("*") or found.span.text == opening.lstrip("*")
    assert document.span(found.span.start, found.span.end) == found.span


NOT_DATELINES = [
    "President Arden – who met the envoy –",
    "FACT SHEET — The",
    "JOINT STATEMENT –",
    "BREAKING NEWS –",
    "SUMMARY, May 5 –",
    "PREMIER OLSEN: Secretary",
    "QUESTION –",
    "THE PRESIDENT:",
    "VICE PRESIDENT STONE –",
    "Russia – a great power –",
    "Moscow – Beijing relations have",
    "Geneva – where talks continue – is",
    "London: a view",
    "Ukraine – Level 4: Do",
    "Paris, the capital, hosted",
    "Beijing, May 20 was",
    "Astana hosted",
    "In Astana, May 20 –",
    "Anna B. Stone, Secretary of State\n",
    "ON BEHALF OF THE UNITED STATES OF AMERICA\n",
    "Lena Berg (Xinhua)",
    "UPDATE 1-RUSSIA (Reuters)",
    "Nice – if it works –",
    "Mary – our host –",
    "The Hague Conference –",
    "PARIS ACCORD, May 5 –",
    "Sofia Petrova, May 20 –",
    "NATO (Brussels) –",
    "GENEVA CONVENTIONS —",
    "Section 1. Purpose.",
    "January 6, 2022\n",
    "MOSCOW, ACCORDING TO REPORTS, AGREED",
]


@pytest.mark.parametrize("opening", NOT_DATELINES)
def test_what_only_looks_like_a_dateline_is_none(opening: str) -> None:
    assert parse_text(opening + REPORT, published=PUBLISHED).dateline is None


def test_dateline_after_title_and_byline() -> None:
    text = f"Ministers reopen the crossing\n\nBy Dana Omarova\n\nASTANA, March 3 (Xinhua) --{REPORT}"
    document = parse_text(text, published=PUBLISHED)
    assert document.title == "Ministers reopen the crossing"
    assert document.dateline is not None and document.dateline.place == "Astana"


def test_dateline_deep_in_the_text_is_not_the_documents() -> None:
    paragraph = REPORT.strip() * 3
    text = f"{paragraph}\n{paragraph}\n{paragraph}\nMOSCOW (Reuters) –{REPORT}"
    assert parse_text(text).dateline is None


@pytest.mark.parametrize(
    "published, date",
    [
        (None, "XXXX-12-31"),
        ("2023-01-01", "2022-12-31"),
        ("2022-12-31", "2022-12-31"),
        ("2022-12-30", "2022-12-31"),
        ("2022-12", "XXXX-12-31"),
    ],
)
def test_dateline_without_a_year_takes_it_from_the_publication_date(published: str | None, date: str) -> None:
    document = parse_text(f"SEOUL, Dec. 31 (Yonhap) --{REPORT}", published=published)
    assert document.dateline is not None and document.dateline.date == date
    assert document.published == published


def test_place_kept_apart_from_the_text_stands_in_for_a_dateline() -> None:
    document = parse_text(REPORT, place="Novo-Ogaryovo, Moscow Region")
    assert document.dateline == Dateline(place="Novo-Ogaryovo, Moscow Region", country="RUS")


def test_place_kept_apart_does_not_overrule_the_text() -> None:
    document = parse_text(f"MINSK (Reuters) –{REPORT}", place="Moscow")
    assert document.dateline is not None and document.dateline.place == "Minsk"


AGENCIES = load_list("agencies", folder=FOLDER)


@pytest.mark.parametrize("row", AGENCIES, ids=[row["name"] for row in AGENCIES])
def test_every_agency_is_found_in_its_example(row: dict[str, str]) -> None:
    if "example" in row:
        document = parse_text(row["example"])
        assert document.dateline is not None
    else:
        document = parse_text(REPORT, url=row["example_url"])
    assert document.publisher == row["name"]
    if "not" in row:
        assert parse_text(row["not"]).publisher is None


CITIES = [
    *(
        (iso3, name)
        for iso3, names in load_yaml("dateline_places", folder=FOLDER)["places"].items()
        for name in names
    ),
    *(
        (place.iso3, name)
        for name, place in places().surfaces().items()
        if place.kind == "city" and place.iso3 and agency_named(name.upper()) is None  # SANA is Syria's agency
    ),
]


@pytest.mark.parametrize("iso3", sorted({iso3 for iso3, _ in CITIES}))
def test_every_city_lies_in_its_state(iso3: str) -> None:
    for name in (name for country, name in CITIES if country == iso3):
        document = parse_text(f"{name.upper()} (Reuters) –{REPORT}")
        assert document.dateline is not None, name
        assert document.dateline.country == iso3, name


def test_every_capital_is_a_place_of_datelines() -> None:
    for state in states():
        if state.capitals and state.until is None:
            name = state.capitals[0]
            document = parse_text(f"{name.upper()}, May 20 (Xinhua) --{REPORT}")
            assert document.dateline is not None, name
            assert document.dateline.country == state.iso3, name


def test_no_city_stands_under_two_states() -> None:
    names = [name for _, name in CITIES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


PIECES = st.sampled_from(
    [
        *(
            "ASTANA",
            "Moscow",
            "(Reuters)",
            "/TASS/",
            "KAZINFORM",
            "May 20",
            "2023-03-03",
            "17:30",
            "D.C.",
            "[India]",
        ),
        *(", ", ". ", " – ", " -- ", ":", "\n", "*", "\u200f", "🤝", "İ", "ẞ", "PUNTA CANA", "The two met."),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join))
def test_dateline_offsets_always_match_the_text(text: str) -> None:
    document = parse_text(text, published=PUBLISHED, language="en")
    if document.dateline and document.dateline.span:
        span = document.dateline.span
        assert span.text and document.text[span.start : span.end] == span.text
