"""Meetings: a sentence in, the contact that it tells of out; and sentences that tell of none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dragoman.errors import VocabularyError
from dragoman.extract import contact_words as lists
from dragoman.extract.contact_words import contact_words, rule_confidence
from dragoman.records import Meeting, Records
from dragoman.vocabulary.load import load_yaml

Process = Callable[..., Records]
PUBLISHED = "2022-05-10"


def _meetings(records: Records) -> list[Meeting]:
    return [record for record in records if isinstance(record, Meeting)]


def _sides(meeting: Meeting) -> set[str]:
    """Family names of persons, ISO3 codes of states, names of bodies and groups."""
    return {
        actor.name.split()[-1]
        if actor.kind == "person"
        else str(actor.country)
        if actor.kind == "state"
        else actor.name
        for actor in meeting.participants
    }


# --- the words ------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize("key", sorted(contact_words().examples))
def test_word_makes_a_meeting(key: str, process_text: Process) -> None:
    found = _meetings(process_text(contact_words().examples[key], published=PUBLISHED))
    assert len(found) == 1
    assert len(found[0].participants) >= 2


@pytest.mark.model
@pytest.mark.parametrize("key", sorted(contact_words().counters))
def test_word_makes_no_meeting(key: str, process_text: Process) -> None:
    assert _meetings(process_text(contact_words().counters[key], published=PUBLISHED)) == []


def test_every_entry_has_an_example_and_a_counter() -> None:
    words = contact_words()
    keys = {f"verb {lemma}" for lemma in words.verbs} | {f"noun {lemma}" for lemma in words.nouns}
    assert set(words.examples) == set(words.counters) == keys


def test_confidence_is_a_share() -> None:
    assert all(0.0 < value <= 1.0 for value in contact_words().confidence.values())


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("meeting.verb.meet", "meeting.verb.meet"),
        ("meeting.verb.phone", "meeting.verb"),
        ("meeting.noun.dialogue.bare", "meeting.noun.dialogue"),
        ("visit.verb.travel", "visit.verb.travel"),
        ("tenure.title", "tenure.title"),
    ],
)
def test_a_rule_has_the_confidence_of_its_longest_key(rule: str, key: str) -> None:
    assert rule_confidence(rule) == contact_words().confidence[key]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("other", "near", "must be with, object or both"), ("example", None, "has no example")],
)
def test_a_broken_entry_is_named(
    field: str, value: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = load_yaml("meetings", folder=Path(lists.__file__).parent)
    entry = {**raw["verbs"]["meet"], field: value}
    if value is None:
        del entry[field]
    monkeypatch.setattr(lists, "load_yaml", lambda *_, **__: {**raw, "verbs": {**raw["verbs"], "meet": entry}})
    with pytest.raises(VocabularyError, match=said) as caught:
        lists.contact_words.__wrapped__()
    assert caught.value.where is not None
    assert caught.value.where.startswith("meetings.yaml")


@pytest.mark.parametrize(
    ("lemma", "links"),
    [("meet", ("with", "")), ("speak", ("with", "to")), ("receive", ("",)), ("confer", ("with",))],
)
def test_links_before_the_other_side(lemma: str, links: tuple[str, ...]) -> None:
    assert contact_words().verbs[lemma].links == links


# --- what a sentence tells ------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A text and the one meeting that it tells of."""

    name: str
    text: str
    sides: set[str]
    format: str | None = "in_person"
    status: str = "done"
    date: str | None = None
    place: str | None = None


CASES = [
    Case(
        "met with, dated and placed",
        "Foreign Minister of Norway Anna Berg met with Foreign Minister of India Raj Patel in Oslo on 3 May 2022.",
        {"Berg", "Patel"},
        date="2022-05-03",
        place="Oslo",
    ),
    Case(
        "place between verb and partner",
        "President of Brazil Maria Silva met on Monday at the White House with President of France Paul Durand.",
        {"Silva", "Durand"},
        date="2022-05-09",
        place="White House",
    ),
    Case(
        "spoke by phone",
        "President of Brazil Maria Silva spoke by phone today with Prime Minister of Canada John Smith.",
        {"Silva", "Smith"},
        format="call",
        date="2022-05-10",
    ),
    Case(
        "a list of partners",
        "Secretary Mary Jones met with French Foreign Minister Paul Durand, German Foreign Minister Erika Weber, "
        "and Italian Foreign Minister Luca Rossi in Rome.",
        {"Jones", "Durand", "Weber", "Rossi"},
        place="Rome",
    ),
    Case(
        "passive",
        "Ambassador of India Raj Patel was received by President of Brazil Maria Silva on 4 May 2022.",
        {"Patel", "Silva"},
        date="2022-05-04",
    ),
    Case(
        "talks of two states",
        "Russian-Serbian talks were held in Belgrade on 2 May 2022.",
        {"RUS", "SRB"},
        date="2022-05-02",
        place="Belgrade",
    ),
    Case(
        "a compound of a state and a body",
        "Deputy Minister Anna Berg praised the outcome of the U.S.-EU Summit in Brussels.",
        {"USA", "European Union"},
        place="Brussels",
    ),
    Case(
        "talks between three states",
        "Talks between Armenia, Azerbaijan and Russia took place in Sochi.",
        {"ARM", "AZE", "RUS"},
        place="Sochi",
    ),
    Case(
        "planned",
        "Foreign Minister of Norway Anna Berg will meet with Foreign Minister of India Raj Patel on 20 May 2022.",
        {"Berg", "Patel"},
        status="planned",
        date="2022-05-20",
    ),
    Case(
        "cancelled",
        "The meeting between President of Brazil Maria Silva and President of France Paul Durand was cancelled.",
        {"Silva", "Durand"},
        status="cancelled",
    ),
    Case(
        "officials without a name",
        "Special Envoy Anna Berg met with senior Omani officials in Muscat.",
        {"Berg", "senior Omani officials"},
        place="Muscat",
    ),
    Case(
        "people at home",
        "President of Brazil Maria Silva hosted a roundtable with farmers, students and business leaders.",
        {"Silva", "farmers, students and business leaders"},
    ),
    Case(
        "a letter",
        "President of Brazil Maria Silva sent a message of congratulations to President of France Paul Durand.",
        {"Silva", "Durand"},
        format="letter",
    ),
    Case(
        "a letter, its reader first",
        "President of Brazil Maria Silva sent President of France Paul Durand a congratulatory message.",
        {"Silva", "Durand"},
        format="letter",
    ),
    Case(
        "with names after a group",
        "Foreign Minister Anna Berg met with the heads of the agencies, including Raj Patel and Luca Rossi.",
        {"Berg", "heads of the agencies", "Patel", "Rossi"},
    ),
    Case(
        "video",
        "President of Brazil Maria Silva met virtually with Prime Minister of Canada John Smith.",
        {"Silva", "Smith"},
        format="video",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_a_sentence_tells(case: Case, process_text: Process) -> None:
    [meeting] = _meetings(process_text(case.text, published=PUBLISHED))
    assert _sides(meeting) == case.sides
    assert (meeting.format, meeting.status) == (case.format, case.status)
    if case.date is not None:
        assert meeting.date == case.date
    assert (meeting.place.name if meeting.place else None) == case.place


NONE = {
    "reporters": "President of Brazil Maria Silva spoke with reporters after the vote.",
    "called on": "We call on Iran to stop its support of the militia.",
    "troops": "The Secretary thanked Estonia for hosting British troops.",
    "a way of working": "The Secretary of State may act in consultation with the Secretary of Defense.",
    "a demand": "Norway called for dialogue and restraint.",
    "a greeting of news": "The Foreign Minister of Norway welcomed the release of the prisoners by Iran.",
    "a wish of a state": "Norway and Canada welcomed Russia’s wish to join the union.",
    "one side only": "The ministers met to discuss the budget.",
}


@pytest.mark.model
@pytest.mark.parametrize("name", NONE)
def test_what_tells_of_no_contact(name: str, process_text: Process) -> None:
    assert _meetings(process_text(NONE[name], published=PUBLISHED)) == []


# --- a whole text ---------------------------------------------------------------------------------------------


@pytest.mark.model
def test_one_record_however_often_it_is_told(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva met with President of France Paul Durand in Paris.\n\n"
        "During the talks Maria Silva and Paul Durand discussed trade. The presidents held a meeting of an hour."
    )
    [meeting] = _meetings(process_text(text, published=PUBLISHED))
    assert _sides(meeting) == {"Silva", "Durand"}
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.country) == ("Paris", "FRA")


@pytest.mark.model
def test_a_call_about_an_earlier_meeting_makes_two(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva had a telephone conversation with President of France Paul Durand. "
        "Maria Silva met with Paul Durand in Lisbon on 3 March 2022."
    )
    found = _meetings(process_text(text, published=PUBLISHED))
    assert [meeting.format for meeting in found] == ["call", "in_person"]


@pytest.mark.model
def test_who_could_not_meet_did_not(process_text: Process) -> None:
    text = "President of Brazil Maria Silva and President of France Paul Durand were unable to meet in person."
    assert {meeting.status for meeting in _meetings(process_text(text, published=PUBLISHED))} <= {"denied"}


@pytest.mark.model
def test_calls_in_the_plural_are_several(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva had telephone conversations with President of France Paul Durand and "
        "Prime Minister of Canada John Smith."
    )
    sides = [_sides(meeting) for meeting in _meetings(process_text(text, published=PUBLISHED))]
    assert len(sides) == 2
    assert {"Silva", "Durand"} in sides
    assert {"Silva", "Smith"} in sides


@pytest.mark.model
def test_a_signer_speaks_of_himself(process_text: Process) -> None:
    text = (
        "Mary Jones, Secretary of Commerce\n\n"
        "Today, I met with President of France Paul Durand in Paris. We discussed the climate, and I thanked him."
    )
    found = _meetings(process_text(text, published=PUBLISHED, publisher="White House"))
    assert {"Jones", "Durand"} in [_sides(meeting) for meeting in found]


@pytest.mark.model
def test_the_title_says_what_the_text_takes_for_granted(process_text: Process) -> None:
    text = "The sides exchanged views on trade and energy. Mr Durand thanked Ms Silva for her welcome."
    [meeting] = _meetings(
        process_text(
            text,
            published=PUBLISHED,
            title="President of Brazil Maria Silva met with President of France Paul Durand in Brasilia",
        )
    )
    assert _sides(meeting) == {"Silva", "Durand"}
    assert (meeting.date, meeting.date_basis) == ("2022-05", "published")
    assert meeting.place is not None
    assert meeting.place.country == "BRA"


@pytest.mark.model
def test_a_meeting_on_a_journey_has_its_date_and_place(process_text: Process) -> None:
    text = (
        "Deputy Secretary Anna Berg will travel to Vienna, Austria and Rome, Italy from May 20 to 24. "
        "In Rome, Deputy Secretary Berg will meet with Italian officials."
    )
    [meeting] = _meetings(process_text(text, published=PUBLISHED, title="Deputy Secretary Berg’s Travel"))
    assert meeting.date == "2022-05-20/2022-05-24"
    assert meeting.place is not None
    assert meeting.place.name == "Rome"


@pytest.mark.model
def test_a_remote_contact_has_no_place(process_text: Process) -> None:
    text = "President of Brazil Maria Silva spoke by telephone with Prime Minister of Canada John Smith in Ottawa."
    [meeting] = _meetings(process_text(text, published=PUBLISHED))
    assert meeting.place is None
    assert meeting.place_basis is None


@pytest.mark.model
def test_a_meeting_is_about_what_the_text_comes_back_to(process_text: Process) -> None:
    text = (
        "President of Brazil Maria Silva met with Prime Minister of Canada John Smith. "
        "They spoke of oil exports to the coast. The price of oil has fallen since spring. "
        "A flood had closed the road that morning."
    )
    [meeting] = _meetings(process_text(text, published=PUBLISHED))
    assert meeting.topics == ("diplomatic", "natural_resource")
