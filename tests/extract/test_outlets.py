"""How the world's agencies and ministries write: names, posts, states and bodies in the ways of many houses.

The sentences are our own; a row is a text, its publisher and day, and what must be found in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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
