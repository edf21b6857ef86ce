"""Standing ties: what a sentence asserts of two states, by phenomenon."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dragoman.records import Relation
from dragoman.vocabulary import relation_label, unions

if TYPE_CHECKING:
    from dragoman.records import Records

WH = "White House"

pytestmark = pytest.mark.model

# sentence, publisher, parties, kind, label
NAMED = [
    ("Ministers of Chile and Nepal hailed the strategic partnership between Chile and Nepal.", None,
     "CHL NPL", "strategic_partnership", "strategic partnership"),
    ("India and France are strategic partners.", None, "FRA IND", "strategic_partnership", "strategic partners"),
    ("China and Pakistan are all-weather strategic cooperative partners.", None,
     "CHN PAK", "strategic_partnership", "strategic cooperative partners"),
    ("China attaches great importance to its comprehensive strategic partnership with Serbia.", None,
     "CHN SRB", "strategic_partnership", "comprehensive strategic partnership"),
    ("The envoys praised the U.S.-Norway relationship.", WH, "NOR USA", "other", "relationship"),
    ("They praised the Russian-Uzbek strategic partnership.", "Kremlin",
     "RUS UZB", "strategic_partnership", "strategic partnership"),
    ("The ministers reaffirmed the U.S.-Japan Alliance.", WH, "JPN USA", "alliance", "Alliance"),
    ("An attack would invoke the 1951 U.S.-Philippines Mutual Defense Treaty.", WH,
     "PHL USA", "alliance", "Mutual Defense Treaty"),
    ("Germany is one of Kazakhstan's largest trading partners.", None,
     "DEU KAZ", "trade_partner", "largest trading partners"),
    ("India is the main trading partner of Nepal.", None, "IND NPL", "trade_partner", "trading partner"),
    ("Xi said China and Tajikistan are good neighbors and comprehensive strategic partners.", None,
     "CHN TJK", "strategic_partnership", "comprehensive strategic partners"),
    ("Türkiye is one of the largest investors in Georgia.", None, "GEO TUR", "trade_partner", "largest investors"),
    ("Kazakhstan and Hungary are bound by strategic partnership.", None,
     "HUN KAZ", "strategic_partnership", "strategic partnership"),
    ("The long friendship between Fiji and Tonga endures.", None, "FJI TON", "other", "friendship"),
    ("Azerbaijan is Türkiye's ally.", None, "AZE TUR", "alliance", "ally"),
    ("Both sides confirmed the alliance and strategic partnership between Russia and Kyrgyzstan.", "Kremlin",
     "KGZ RUS", "alliance", "alliance"),
    ("Canada and Denmark have been partners for decades.", None, "CAN DNK", "other", "partners"),
    ("Russia and Belarus are members of the Union State.", None, "BLR RUS", "union_membership", "Union State"),
    ("Austria and Sweden are members of the European Union.", None,
     "AUT SWE", "union_membership", "European Union"),
]  # fmt: skip

# what the publisher or the readout's two sides add
IMPLIED = [
    ("The President thanked our Israeli allies.", WH, {("ISR USA", "alliance")}),
    ("The Republic of Korea and Japan are our treaty allies.", WH,
     {("KOR USA", "alliance"), ("JPN USA", "alliance")}),
    ("We stand with Republic of Korea and Japanese allies.", WH,
     {("KOR USA", "alliance"), ("JPN USA", "alliance")}),
    ("She stressed coordination with Australia and other allies and partners.", WH,
     {("AUS USA", "alliance")}),
    ("President Biden met Prime Minister Kallas of Estonia. They praised the unity of our Alliance.", WH,
     {("EST USA", "alliance")}),
    ("President Biden met Prime Minister Kishida of Japan. They praised the transatlantic alliance.", WH,
     set()),
    ("President Biden met President Kenyatta of Kenya to discuss our bilateral partnership.", WH,
     {("KEN USA", "other")}),
    ("The minister underscored the strong partnership with Kuwait.", WH, {("KWT USA", "other")}),
    ("President Putin received President Tokayev of Kazakhstan. They discussed cooperation within the CSTO.",
     "Kremlin", {("KAZ RUS", "union_membership")}),
    ("President Putin received President Erdogan of Türkiye. They discussed cooperation within the CSTO.",
     "Kremlin", set()),
]  # fmt: skip

NO_TIE = [
    "We will continue to work with our allies and partners.",
    "We will hold Belarus accountable together with our allies and partners.",
    "Morocco and Iran have no diplomatic relations.",
    "Chile severed diplomatic relations with Nepal.",
    "The mayor of Oslo lost an ally in the council.",
    "The flight was between two EU member states when Belarus stopped it.",
    "The Secretary thanked our Saudi and international partners.",
    "The department announced partnerships with companies in Kenya.",
    "Cuban Americans are a vital partner in our efforts.",
    "The Black Economic Alliance met a minister of India in Washington.",
]

SINCE = [
    ("Oman and Nepal marked the 30th anniversary of diplomatic relations.", "1992"),
    ("The ministers hailed the thirtieth anniversary of diplomatic relations between Oman and Nepal.", "1992"),
    ("This year marks 50 years of diplomatic relations between Fiji and Japan.", "1972"),
    ("Next year marks the 50th anniversary of diplomatic relations between Fiji and Japan.", "1973"),
    ("Kazakhstan and Türkiye have maintained diplomatic relations since 2 March 1992.", "1992-03-02"),
    ("India and France established a strategic partnership in 1998.", "1998"),
    ("They hailed the 25th anniversary of the United States-Romania Strategic Partnership.", "1997"),
    ("Oman and Nepal look back on almost 30 years of diplomatic relations.", None),
    ("Oman and Nepal have diplomatic relations.", None),
]


def _ties(records: Records) -> set[tuple[str, str]]:
    return {(" ".join(record.parties), record.kind) for record in records if isinstance(record, Relation)}


@pytest.mark.parametrize(("text", "publisher", "parties", "kind", "label"), NAMED, ids=[row[0] for row in NAMED])
def test_tie_between_states_that_the_sentence_names(
    process_text: Callable[..., Records], text: str, publisher: str | None, parties: str, kind: str, label: str
) -> None:
    records = process_text(text, published="2022-05-10", publisher=publisher)
    found = [record for record in records if isinstance(record, Relation) and record.kind == kind]
    assert [" ".join(record.parties) for record in found] == [parties]
    assert found[0].label == label
    assert found[0].evidence[0].text in text


@pytest.mark.parametrize(("text", "publisher", "ties"), IMPLIED, ids=[row[0] for row in IMPLIED])
def test_tie_that_the_sides_of_the_document_complete(
    process_text: Callable[..., Records], text: str, publisher: str, ties: set[tuple[str, str]]
) -> None:
    assert _ties(process_text(text, published="2022-05-10", publisher=publisher)) == ties


@pytest.mark.parametrize("text", NO_TIE)
def test_no_tie(process_text: Callable[..., Records], text: str) -> None:
    assert _ties(process_text(text, published="2022-05-10", publisher=WH)) == set()


@pytest.mark.parametrize(("text", "begun"), SINCE, ids=[row[0] for row in SINCE])
def test_since_when(process_text: Callable[..., Records], text: str, begun: str | None) -> None:
    records = process_text(text, published="2022-05-10")
    assert [record.since for record in records if isinstance(record, Relation)] == [begun]


def test_a_readout_gives_one_tie_a_member_of_the_alliance(process_text: Callable[..., Records]) -> None:
    text = (
        "The Vice President spoke with Prime Minister Kaja Kallas of Estonia "
        "and President Klaus Iohannis of Romania. "
        "She praised the strength of our Alliance."
    )
    ties = _ties(process_text(text, published="2022-05-10", publisher=WH))
    assert ties == {("EST USA", "alliance"), ("ROU USA", "alliance")}


def test_the_longest_label_that_ends_at_the_head_noun_counts() -> None:
    assert relation_label("a comprehensive strategic partnership".split()) == (
        "strategic_partnership",
        "comprehensive strategic partnership",
    )
    assert relation_label("partnership of old".split()) is None


@pytest.mark.parametrize("union", unions(), ids=lambda union: union.name)
def test_a_union_is_named_in_its_example_and_has_members(union) -> None:  # type: ignore[no-untyped-def]
    assert any(word in union.example for word in union.words)
    assert len(union.members) > 1
    assert all(len(code) == 3 and code.isupper() for code in union.members)
