"""Accords: what is one, what it is called, how far it has come and between whom, by phenomenon."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dragoman.records import Agreement

if TYPE_CHECKING:
    from dragoman.records import Records

pytestmark = pytest.mark.model

# sentence, title, kind, step, parties
SIGNED = [
    ("The ministers of Chile and Peru signed a treaty on extradition.",
     "treaty on extradition", "treaty", "signed", "CHL PER"),
    ("Norway signed a treaty on fishing in the Barents Sea with Russia.",
     "treaty on fishing in the Barents Sea", "treaty", "signed", "NOR RUS"),
    ("Ministers Cavusoglu of Türkiye and Bayramov of Azerbaijan inked a protocol on energy on Tuesday.",
     "protocol on energy", "protocol", "signed", "AZE TUR"),
    ("An agreement on visas between Georgia and Turkmenistan was signed on Monday.",
     "agreement on visas between Georgia and Turkmenistan", "agreement", "signed", "GEO TKM"),
    ("Ghana and Togo reached an agreement on the delimitation of the sea border.",
     "agreement on the delimitation of the sea border", "agreement", "signed", "GHA TGO"),
    ("The presidents of Kazakhstan and Uzbekistan signed a joint statement.",
     "joint statement", "joint_statement", "signed", "KAZ UZB"),
    ("India and Oman signed a memorandum of understanding on health.",
     "memorandum of understanding on health", "memorandum", "signed", "IND OMN"),
    ("The ministers of Chile and Peru signed the Declaration on Allied Relations.",
     "Declaration on Allied Relations", "declaration", "signed", "CHL PER"),
    ("The parliament of Peru ratified the free trade agreement with Chile.",
     "free trade agreement with Chile", "agreement", "ratified", "CHL PER"),
]  # fmt: skip

# as agencies and ministries elsewhere put it
ABROAD = [
    ("BEIJING, May 9 (Xinhua) -- Chinese President Xi Jinping held talks with Tajik President Emomali Rahmon. "
     "The two sides issued a joint statement.", "joint statement", "joint_statement", "adopted", "CHN TJK"),
    ("ASTANA. KAZINFORM - The Presidents adopted the Joint Statement on Water between Kazakhstan and Türkiye.",
     "Joint Statement on Water between Kazakhstan and Türkiye", "joint_statement", "adopted", "KAZ TUR"),
    ("India and Bangladesh signed seven MoUs during the visit.", "MoUs", "memorandum", "signed", "BGD IND"),
    ("They welcomed the conclusion of the Economic Partnership Agreement between India and Oman.",
     "Economic Partnership Agreement between India and Oman", "agreement", "signed",
     "IND OMN"),
    ("ANKARA - Türkiye and Libya signed a memorandum of understanding on hydrocarbons, Foreign Minister "
     "Mevlut Cavusoglu said.", "memorandum of understanding on hydrocarbons", "memorandum", "signed", "LBY TUR"),
    ("China stands ready to work with Laos to implement the action plan on railways.", "action plan",
     "roadmap", "implementing", "CHN LAO"),
]  # fmt: skip

AHEAD = [
    ("The ministers of Chile and Peru will sign a treaty on extradition in May.",
     "treaty on extradition", "treaty", "to_be_signed", "planned"),
    ("The ministers of Chile and Peru agreed to sign a treaty on extradition in May.",
     "treaty on extradition", "treaty", "to_be_signed", "planned"),
    ("India and Oman are negotiating a free trade agreement.",
     "free trade agreement", "agreement", "negotiating", "planned"),
    ("A new agreement on visas between Georgia and Turkmenistan is being drafted.",
     "agreement on visas between Georgia and Turkmenistan", "agreement", "negotiating", "planned"),
    ("Japan and Russia have still not signed a peace treaty.",
     "peace treaty", "treaty", "negotiating", "proposed"),
    ("During the visit of the President of Mongolia to Japan the parties will sign a roadmap for trade.",
     "roadmap for trade", "roadmap", "to_be_signed", "planned"),
]  # fmt: skip

STANDING = [
    ("The agreement on air services between Kenya and Jordan entered into force on 3 March 2021.",
     "agreement on air services between Kenya and Jordan", "in_force"),
    ("Kenya and Jordan extended the agreement on air services.", "agreement on air services", "implementing"),
    ("Peru withdrew from the treaty on fishing with Chile.", "treaty on fishing", "terminated"),
    ("The camp must be run in accordance with the Geneva Conventions.", "Geneva Conventions", "in_force"),
    ("Norway urged Iran to honour its obligations under the Chemical Weapons Convention.",
     "Chemical Weapons Convention", "in_force"),
    ("They stressed the implementation of the Minsk agreements by Ukraine.", "Minsk agreements", "implementing"),
    ("The envoys discussed the status of JCPOA negotiations.", "JCPOA", "negotiating"),
    ("The United States decided to pull out of the ABM Treaty.", "ABM Treaty", "terminated"),
    ("They spoke of the rights enshrined in the European Convention on Human Rights.",
     "European Convention on Human Rights", "mentioned"),
    ("The summit in Tashkent ended with the adoption of the Samarkand Declaration.",
     "Samarkand Declaration", "adopted"),
    ("The attack would invoke the 1951 U.S.-Philippines Mutual Defense Treaty.",
     "1951 U.S.-Philippines Mutual Defense Treaty", "in_force"),
]  # fmt: skip

NONE = [
    "The President signed an executive order on drones.",
    "The law on pensions was signed by the President of Chile.",
    "The Governor asked for an emergency declaration for the coast.",
    "The committee acted in agreement with the governor of Texas.",
    "The two leaders were in full agreement on water.",
    "Agreement was reached to continue the talks.",
    "The President signed a presidential memorandum on ports.",
    "We pressed the regime to free the prisoners.",
    "The sides spoke of a Palestinian-Israeli settlement.",
    "Chile and Peru are strategic partners.",
    "The following statement was released by the Secretary of State of the United States.",
]

LISTS = [
    ("President Lula of Brazil and President Xi of China witnessed the signing of a number of documents, "
     "including a memorandum of understanding on fisheries and a protocol on customs data.",
     ["memorandum of understanding on fisheries", "protocol on customs data"]),
    ("After the talks the sides signed the following documents:\n"
     "- Agreement on the protection of investments between Kazakhstan and Qatar\n"
     "- Memorandum of understanding on tourism\n"
     "- Programme of cultural cooperation for 2022-2024",
     ["Agreement on the protection of investments between Kazakhstan and Qatar",
      "Memorandum of understanding on tourism", "Programme of cultural cooperation for 2022-2024"]),
    ("Russia and Spain signed a memorandum on debt. The last document was a protocol on trade.",
     ["memorandum on debt", "protocol on trade"]),
]  # fmt: skip

DATED = [
    ("Kenya and Jordan signed a treaty on water on 3 March 2021.", "2021-03-03", "text"),
    ("Kenya and Jordan signed a treaty on water yesterday.", "2022-05-09", "relative"),
    ("Kenya and Jordan signed a treaty on water.", "2022-05", "published"),
    ("They recalled the Joint Statement on Water of June 16, 2021 of Kenya and Jordan.", "2021-06-16", "text"),
    ("They spoke of the 2018 Prespa Agreement.", "2018", "text"),
    ("Kenya and Jordan are negotiating a treaty on water.", None, None),
    ("Kenya and Jordan signed a programme of exchanges for 2003-2006.", "2022-05", "published"),
]


def _found(process_text: Callable[..., Records], text: str, **known: str) -> list[Agreement]:
    records = process_text(text, published="2022-05-10", **known)
    return [record for record in records if isinstance(record, Agreement)]


def _codes(agreement: Agreement) -> str:
    return " ".join(sorted(party.country or party.name for party in agreement.parties))


@pytest.mark.parametrize(
    ("text", "title", "kind", "step", "parties"), [*SIGNED, *ABROAD], ids=[row[1] for row in (*SIGNED, *ABROAD)]
)
def test_accord_that_two_sides_made(
    process_text: Callable[..., Records], text: str, title: str, kind: str, step: str, parties: str
) -> None:
    found = [(a.title, a.kind, a.step, a.status, _codes(a)) for a in _found(process_text, text)]
    assert found == [(title, kind, step, "done", parties)]


@pytest.mark.parametrize(("text", "title", "kind", "step", "status"), AHEAD, ids=[row[0] for row in AHEAD])
def test_accord_still_to_come_is_not_made(
    process_text: Callable[..., Records], text: str, title: str, kind: str, step: str, status: str
) -> None:
    found = [(a.title, a.kind, a.step, a.status) for a in _found(process_text, text)]
    assert found == [(title, kind, step, status)]


@pytest.mark.parametrize(("text", "title", "step"), STANDING, ids=[row[0] for row in STANDING])
def test_how_far_an_accord_has_come(
    process_text: Callable[..., Records], text: str, title: str, step: str
) -> None:
    assert [(a.title, a.step) for a in _found(process_text, text)] == [(title, step)]


@pytest.mark.parametrize("text", NONE)
def test_no_accord(process_text: Callable[..., Records], text: str) -> None:
    assert _found(process_text, text) == []


@pytest.mark.parametrize(("text", "titles"), LISTS, ids=["including", "one a line", "the last document"])
def test_each_document_of_a_list_is_signed(
    process_text: Callable[..., Records], text: str, titles: list[str]
) -> None:
    found = _found(process_text, text)
    assert [accord.title for accord in found] == titles
    assert {accord.step for accord in found} == {"signed"}


@pytest.mark.parametrize(("text", "date", "basis"), DATED, ids=[row[0] for row in DATED])
def test_when(process_text: Callable[..., Records], text: str, date: str | None, basis: str | None) -> None:
    assert [(a.date, a.date_basis) for a in _found(process_text, text)] == [(date, basis)]


def test_a_document_that_is_a_joint_statement_binds_all_who_released_it(
    process_text: Callable[..., Records],
) -> None:
    text = (
        "The text of the following statement was released by the Governments of Canada, Denmark, and the "
        "United Kingdom, and the European Union.\n\nWe call on Belarus to release the prisoners."
    )
    [accord] = _found(process_text, text, title="Joint Statement on Belarus")
    assert (accord.title, accord.kind, accord.step) == ("Joint Statement on Belarus", "joint_statement", "adopted")
    assert _codes(accord) == "CAN DNK European Union GBR"
    assert accord.date == "2022-05"


def test_the_document_takes_up_the_accord_before_it(process_text: Callable[..., Records]) -> None:
    text = "Kenya and Jordan signed a treaty on water. The treaty names ten rivers. The document is long."
    assert [accord.title for accord in _found(process_text, text)] == ["treaty on water"]


def test_a_name_in_quotation_marks_is_the_title(process_text: Callable[..., Records]) -> None:
    text = "The leaders of Nepal and Fiji adopted the “Joint Declaration on a New Era”."
    [accord] = _found(process_text, text)
    assert (accord.title, accord.step) == ("Joint Declaration on a New Era", "adopted")


def test_a_step_after_the_signing_comes_with_the_sentence_that_tells_who_took_it(
    process_text: Callable[..., Records],
) -> None:
    text = "The Senate of Peru ratified the free trade agreement with Chile. The ministers were glad."
    (accord,) = process_text(text, published="2022-05-10").of("agreement")
    assert [span.text for span in accord.evidence] == [
        "the free trade agreement with Chile",
        "The Senate of Peru ratified the free trade agreement with Chile",
    ]
