"""How the world's agencies and ministries write: names, posts, states and bodies in the ways of many houses.

The sentences are our own; a row is a text, its publisher and day, and what must be found in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.read import parse_text
from dragoman.read.home import home_country
from dragoman.read.language import detect

pytestmark = pytest.mark.model

Process = Callable[..., Any]

TENURES = {
    # text, publisher, {(name, office, country)}
    "state listed with the head of a post": (
        "US Secretary of State John Carter arrived in Rome.", "Reuters",
        {("John Carter", "Secretary of State", "USA")},
    ),
    "courtesy words of one letter": (
        "Prime Minister H E Omar Haddad of Iraq spoke to reporters.", None,
        {("Omar Haddad", "Prime Minister", "IRQ")},
    ),
    "title in capitals and a style": (
        "Foreign Minister HE Sheikh Khalid bin Nasser Al Amri of Oman spoke to reporters after the talks.", None,
        {("Khalid bin Nasser Al Amri", "Foreign Minister", "OMN")},
    ),
    "two styles before a name": (
        "The King of Spain met the Malaysian Prime Minister, Datuk Seri Karim Osman, at the palace.", None,
        {("Karim Osman", "Prime Minister", "MYS")},
    ),
    "honorific of India": (
        "External Affairs Minister Shri Anil Mehta left for Paris.", None,
        {("Anil Mehta", "External Affairs Minister", "IND")},
    ),
    "title of India's minister": (
        "Raksha Mantri Shri Anil Mehta reached Maputo for talks with the government.", None,
        {("Anil Mehta", "Raksha Mantri", "IND")},
    ),
    "rank after the post": (
        "They met Minister of Defence of Russia Army General Pavel Orlov.", None,
        {("Pavel Orlov", "Minister of Defence", "RUS")},
    ),
    "courtesy word after the state of the work": (
        "U.S. Ambassador to Japan Ms. Helen Ford paid a courtesy call.", None,
        {("Helen Ford", "Ambassador to Japan", "USA")},
    ),
    "state after the post": (
        "Minister Sato spoke with H.E. Dr. Otto Brandt, Federal Minister for Foreign Affairs, Germany.",
        "Ministry of Foreign Affairs of Japan",
        {("Otto Brandt", "Federal Minister for Foreign Affairs", "DEU")},
    ),
    "warm word before the state": (
        "Mr. Peter Lund, President of the friendly Republic of Palau, is visiting.", None,
        {("Peter Lund", "President", "PLW")},
    ),
    "newly appointed envoy": (
        "He received Kazakhstan’s recently appointed ambassador to Russia, Daniyar Omarov.", "TASS",
        {("Daniyar Omarov", "ambassador to Russia", "KAZ")},
    ),
    "post that only one state has": (
        "Taoiseach Brian Kelly welcomed the guests.", "Reuters", {("Brian Kelly", "Taoiseach", "IRL")},
    ),
    "a post abroad in a home agency": (
        "Park Min-ho will meet Secretary of State John Carter in Washington.", "Yonhap",
        {("John Carter", "Secretary of State", "USA")},
    ),
    "no state for an international agency": (
        "Foreign Minister Anna Berg will meet reporters.", "Reuters", {("Anna Berg", "Foreign Minister", None)},
    ),
    "two highest posts are two persons": (
        "The Prime Minister and President Petro Koval of Ukraine discussed reforms.", None,
        {("Petro Koval", "President", "UKR")},
    ),
    "plural post before two names": (
        "Presidents of Norway and Finland Lars Holm and Matti Virtanen spoke by phone.", None,
        {("Lars Holm", "President", "NOR"), ("Matti Virtanen", "President", "FIN")},
    ),
    "minister greeted is not the greeter": (
        "President of Kazakhstan Askar Nurov met Russian Foreign Minister Pavel Orlov. Greeting the Russian "
        "Foreign Minister, Nurov praised the ties.", None,
        {("Askar Nurov", "President", "KAZ"), ("Pavel Orlov", "Foreign Minister", "RUS")},
    ),
    "post ends before a day": (
        "Mr Osman made his first visit as prime minister to Indonesia on Jan 8. Malaysian Prime Minister Karim "
        "Osman returned.", None, {("Karim Osman", "Prime Minister", "MYS")},
    ),
    "accents of Vietnam": (
        "President of the Socialist Republic of Việt Nam Trần Văn Minh spoke at the opening of the forum.", None,
        {("Trần Văn Minh", "President", "VNM")},
    ),
    "father and son": (
        "King Nasser bin Talal of Jordan and Crown Prince Hamad bin Nasser bin Talal sent cables.", None,
        {("Nasser bin Talal", "King", "JOR"), ("Hamad bin Nasser bin Talal", "Crown Prince", None)},
    ),
}  # fmt: skip


def tenures(records: Any) -> set[tuple[str, str, str | None]]:
    return {(record.person, record.office, record.country) for record in records.of("tenure")}


@pytest.mark.parametrize(("text", "publisher", "expected"), TENURES.values(), ids=TENURES.keys())
def test_posts_and_states(
    process_text: Process, text: str, publisher: str | None, expected: set[tuple[str, str, str | None]]
) -> None:
    records = process_text(text, publisher=publisher, published="2022-04-25")
    found = tenures(records)
    for name, office, country in expected:
        match = [row for row in found if row[0] == name]
        assert match, f"{name} is not in {found}"
        assert any(row[1].lower() == office.lower() and row[2] == country for row in match), match


FURNITURE = {
    # a line that no fact may come from, beside the report below
    "caption with an agency's credit":
        "Norwegian Prime Minister Anna Berg meets Xu Lei in Beijing. (Xinhua/Li Min)",
    "caption with a photo credit": "Prime Minister Anna Berg of Norway greets Xu Lei (Photo: Press Office)",
    "caption that says who stands where":
        "Anna Berg (R) shakes hands with King Olaf of Sweden during their meeting.",
    "photo credit line": "Photo credit: Office of President Xu Lei of China",
    "byline": "By Maria Silva and John Carter",
    "desk note": "Editing by John Carter in London",
    "address": "john.carter@agency.example",
    "link to another piece": "Also read: President Xu Lei of China visits Norway",
    "list of other pieces": "Related Articles\nPresident Xu Lei of China visits Norway",
    "translation note": "* The foregoing is a provisional translation by Maria Silva.",
}  # fmt: skip
REPORT = (
    "Finnish President Matti Virtanen met with Estonian Prime Minister Kaja Tamm in Tallinn on Monday "
    "to discuss trade."
)


@pytest.mark.parametrize("line", FURNITURE.values(), ids=FURNITURE.keys())
def test_what_is_beside_the_report(process_text: Process, line: str) -> None:
    records = process_text(f"{REPORT}\n\n{line}", published="2022-04-25")
    assert {tenure.person for tenure in records.of("tenure")} == {"Matti Virtanen", "Kaja Tamm"}
    assert len(records.of("meeting")) == 1
    assert all(evidence.end <= len(REPORT) for record in records for evidence in record.evidence)


def test_page_of_captions_is_read(process_text: Process) -> None:
    text = "Finnish President Matti Virtanen meets Estonian Prime Minister Kaja Tamm in Tallinn. (Xinhua/Li Min)"
    assert len(process_text(text, published="2022-04-25").of("tenure")) == 2


AGENCIES = {
    "agency that tells": ("The two presidents will meet on Friday, Bernama reported.", "Bernama"),
    "agency in a dateline": ("KUALA LUMPUR, Jan 29 (NNN-Bernama) — Prime Minister Karim Osman left.", "Bernama"),
    "agency told by a ministry": ("Norway’s Foreign Ministry told TASS that the talks took place.", "TASS"),
    "agency that cites": ("Askar Nurov received envoys, Kazinform cites the press service.", "Kazinform"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "agency"), AGENCIES.values(), ids=AGENCIES.keys())
def test_agencies_do_not_act(process_text: Process, text: str, agency: str) -> None:
    records = process_text(
        f"{text} The President of Finland Matti Virtanen spoke in Oslo.", published="2022-04-25"
    )
    named = {actor.name for record in records for _, actor in record.actors()}
    assert not {name for name in named if agency in name}


def test_ministry_of_a_state(process_text: Process) -> None:
    records = process_text(
        "The talks took place in Oslo on Monday, Norway’s Foreign Ministry told reporters in a statement.",
        published="2022-04-25",
    )
    bodies = {(a.name, a.country) for r in records for _, a in r.actors() if a.kind in {"organization", "group"}}
    assert all(country == "NOR" for name, country in bodies if "Ministry" in name)


HOMES = {
    # publisher, the state for which "the Foreign Minister" then acts
    "ministry with its state": ("Ministry of Defence of India", "IND"),
    "seat of a government": ("Prime Minister's Office, 10 Downing Street", "GBR"),
    "paper named for its state": ("Viet Nam News", "VNM"),
    "agency by its signature": ("SPA", "SAU"),
    "office with an article": ("The White House", "USA"),
    "press of the world": ("Reuters", None),
    "body of states": ("European External Action Service", None),
}


@pytest.mark.parametrize(("publisher", "country"), HOMES.values(), ids=HOMES.keys())
def test_home_of_a_publisher(publisher: str, country: str | None) -> None:
    assert home_country(publisher) == country


def test_home_by_the_site() -> None:
    assert home_country(None, "https://www.mofa.go.jp/press/item.html") == "JPN"


DATELINES = {
    # opening, (place, country, date)
    "site and agency in brackets":
        ("MOSCOW (UrduPoint News / Sputnik - 15th April, 2022) ", ("Moscow", "RUS", "2022-04-15")),
    "city and colon": ("Doha: ", ("Doha", "QAT", None)),
    "city and dash": ("London – ", ("London", "GBR", None)),
    "city and agency on a line": ("ANKARA- Anadolu Agency\n\n", ("Ankara", "TUR", None)),
    "city with accents": ("HÀ NỘI — ", ("Hà Nội", "VNM", None)),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "expected"), DATELINES.values(), ids=DATELINES.keys())
def test_datelines_are_no_part_of_the_sentence(
    process_text: Process, opening: str, expected: tuple[str, str, str | None]
) -> None:
    records = process_text(f"{opening}{REPORT}", published="2022-04-25")
    dateline = parse_text(f"{opening}{REPORT}", published="2022-04-25").dateline
    assert dateline is not None
    assert (dateline.place, dateline.country, dateline.date) == expected
    (meeting,) = records.of("meeting")
    assert {actor.name for actor in meeting.participants} == {"Matti Virtanen", "Kaja Tamm"}
    assert all(evidence.start >= len(opening) for record in records for evidence in record.evidence)


LANGUAGES = {
    "names of Vietnam": "President of Viet Nam Trần Văn Minh spoke at the opening of the forum on trade.",
    "names of Malaysia": "Datuk Seri Karim Osman met Tan Sri Abdul Hussein at the palace to talk about trade.",
    "names of Germany": "Otto Brandt and Frank-Walter Kramer opened the talks with the ministers of Norway.",
}


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_foreign_names_make_no_foreign_language(text: str) -> None:
    assert detect(text) == "en"


STATUSES = {
    # text, {(visitor, host, status)}
    "put off, and due before": (
        "British Foreign Secretary John Carter has postponed a planned trip to Norway, his office said. Carter "
        "was due to visit Norway for talks on trade.", {("John Carter", "NOR", "postponed")},
    ),
    "scheduled, then put off without the place": (
        "King Olaf of Sweden, who was scheduled to arrive on a three-day visit to Riyadh on Saturday, postponed "
        "his official visit.", {("Olaf", "SAU", "postponed")},
    ),
    "cancelled, and scheduled before": (
        "U.S. Secretary of State John Carter has cancelled an official trip to Germany on Tuesday. The secretary "
        "of state was scheduled to pay his first official visit to Germany on Tuesday.",
        {("John Carter", "DEU", "cancelled")},
    ),
    "announced": (
        "President Askar Nurov of Kazakhstan will pay a state visit to Norway on Aug. 22-23, the office said.",
        {("Askar Nurov", "NOR", "planned")},
    ),
    "expected": (
        "The Prime Minister of Malaysia Karim Osman is expected to make an official visit to Singapore by the end "
        "of May.", {("Karim Osman", "SGP", "planned")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATUSES.values(), ids=STATUSES.keys())
def test_what_is_ahead_or_off_is_not_made(
    process_text: Process, text: str, expected: set[tuple[str, str, str]]
) -> None:
    records = process_text(text, published="2022-04-25", title="Foreign Secretary postpones trip to hold talks")
    assert {(visit.visitor.name, visit.host, visit.status) for visit in records.of("visit")} == expected
    assert not [meeting for meeting in records.of("meeting") if meeting.status in {"done", "ongoing"}]


CALLS = {
    "made a call to":
        "On Monday, President of Finland Matti Virtanen made a phone call to Estonian President Kaja Tamm.",
    "received a call from":
        "Finnish President Matti Virtanen received a phone call from Estonian President Kaja Tamm.",
    "counterpart beside the name":
        "On Monday, President of Finland Matti Virtanen held a phone call with his Estonian "
        "counterpart Kaja Tamm.",
}  # fmt: skip


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS.keys())
def test_calls(process_text: Process, text: str) -> None:
    (meeting,) = process_text(text, published="2022-04-25").of("meeting")
    assert (meeting.format, meeting.status) == ("call", "done")
    assert {actor.name for actor in meeting.participants} == {"Matti Virtanen", "Kaja Tamm"}
    assert {actor.country for actor in meeting.participants} == {"FIN", "EST"}
