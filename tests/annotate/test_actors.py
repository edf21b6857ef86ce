"""Who is meant: posts beside names, coreference of posts, demonyms, metonyms and pronouns."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.annotate import Reading, annotate
from dragoman.annotate.grammar import own_subject
from dragoman.annotate.mentions import name_words, same_person
from dragoman.annotate.pipeline import split_windows
from dragoman.read import parse_text

pytestmark = pytest.mark.model


def read(nlp: Any, text: str, **known: Any) -> Reading:
    [reading] = annotate([parse_text(text, published="2022-04-25", **known)], nlp)
    return reading


def person(reading: Reading, name: str) -> Any:
    found = [entity for entity in reading.entities if entity.kind == "person" and entity.name == name]
    assert found, f"{name} is not among {[(e.kind, e.name) for e in reading.entities]}"
    return found[0]


POSTS = {
    "demonym before the post": (
        "Norwegian Foreign Minister Anna Berg arrived in Delhi.", "Anna Berg", "Foreign Minister", "NOR",
    ),
    "state after the post": (
        "President of the Republic of Finland Matti Virtanen spoke.", "Matti Virtanen", "President", "FIN",
    ),
    "state after the name": (
        "President Maria Silva of Portugal met the press.", "Maria Silva", "President", "PRT",
    ),
    "possessive state": (
        "China’s Chairman Li Weiguo opened the forum.", "Li Weiguo", "Chairman", "CHN",
    ),
    "spokesman for somebody else": (
        "A spokesman for Prime Minister Anna Berg of Norway spoke.", "Anna Berg", "Prime Minister", "NOR",
    ),
    "two posts and a rank": (
        "They received Chinese State Councilor, Minister of National Defense General Li Weiguo.",
        "Li Weiguo", "State Councilor, Minister of National Defense", "CHN",
    ),
    "post after the name": (
        "Anna Berg, Minister of Foreign Affairs of Norway, spoke.",
        "Anna Berg", "Minister of Foreign Affairs", "NOR",
    ),
    "field of work is no state of the post": (
        "U.S. Special Envoy for Yemen John Carter spoke.", "John Carter", "Special Envoy for Yemen", "USA",
    ),
    "ambassador to another state": (
        "French Ambassador to Niger Alain Martin spoke.", "Alain Martin", "Ambassador to Niger", "FRA",
    ),
    "body, no state": (
        "NATO Secretary General Lars Holm spoke.", "Lars Holm", "NATO Secretary General", None,
    ),
    "honorific between post and name": (
        "Iraqi Foreign Minister Dr. Omar Haddad spoke.", "Omar Haddad", "Foreign Minister", "IRQ",
    ),
    "portfolio of two fields": (
        "Irish Minister for Foreign Affairs and Defense Sean Murphy spoke.",
        "Sean Murphy", "Minister for Foreign Affairs and Defense", "IRL",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "office", "country"), POSTS.values(), ids=POSTS.keys())
def test_post_beside_a_name(nlp: Any, text: str, name: str, office: str, country: str | None) -> None:
    entity = person(read(nlp, text), name)
    assert (entity.office, entity.country) == (office, country)


COREFERENCE = {
    "a monarch is no president": (
        "King Olav IV spoke with President Maria Silva of Portugal. The Norwegian monarch thanked her.",
        "the norwegian monarch", "Olav IV",
    ),
    "head of state by demonym": (
        "Kassym Abenov held talks with Chinese Minister of Trade Li Weiguo. The Kazakh Head of State praised it.",
        "the kazakh head of state", "Kassym Abenov",
    ),
    "the minister": (
        "President Maria Silva of Portugal received Foreign Minister Anna Berg of Norway. "
        "The Minister thanked her host.",
        "the minister", "Anna Berg",
    ),
    "family name only": (
        "Foreign Minister Anna Berg of Norway spoke in Oslo. Berg promised more aid.", "berg", "Anna Berg",
    ),
    "family name with honorific": (
        "Foreign Minister Anna Berg of Norway spoke in Oslo. Ms Berg promised more aid.", "ms berg", "Anna Berg",
    ),
    "his": (
        "President Maria Silva of Portugal praised Prime Minister John Smith of Canada and his government.",
        "his", "John Smith",
    ),
    "she": (
        "Foreign Minister Anna Berg of Norway spoke in Oslo. She promised more aid.", "she", "Anna Berg",
    ),
    "metonym": (
        "Beijing and Oslo signed an accord. The Kremlin took note.", "the kremlin", "Russia",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), COREFERENCE.values(), ids=COREFERENCE.keys())
def test_mention_leads_to_the_fullest_name(nlp: Any, text: str, words: str, name: str) -> None:
    reading = read(nlp, text)
    found = [
        entity.name
        for mention in reading.mentions
        if mention.text(reading.doc).lower() in {words, words.removeprefix("the ")}
        for entity in mention.entities
    ]
    assert name in found


def test_two_presidents_share_a_post_named_once(nlp: Any) -> None:
    reading = read(
        nlp, "Mr Silva spoke with Mr Virtanen of Finland. The presidents discussed trade.", publisher="Kremlin"
    )
    assert {person(reading, name).office for name in ("Silva", "Virtanen")} == {"President"}


def test_post_without_a_state_is_held_in_the_publishers_state(nlp: Any) -> None:
    reading = read(nlp, "Secretary Mary Jones spoke in Geneva.", publisher="US State Department")
    assert person(reading, "Mary Jones").country == "USA"


def test_post_that_the_publishers_state_lacks_is_held_abroad(nlp: Any) -> None:
    reading = read(
        nlp, "Secretary Mary Jones met with Foreign Minister Anna Berg.", publisher="US State Department"
    )
    assert person(reading, "Anna Berg").country != "USA"


def test_title_gives_the_full_name_and_post(nlp: Any) -> None:
    text = "Mr Berg and Mr Patel discussed trade."
    reading = read(nlp, text, title="Talks with Prime Minister of Norway Olav Berg", publisher="Kremlin")
    entity = person(reading, "Olav Berg")
    assert (entity.office, entity.country) == ("Prime Minister", "NOR")


def test_dateline_is_no_part_of_the_sentence(nlp: Any) -> None:
    reading = read(nlp, "NUR-SULTAN. KAZINFORM – Kassym Abenov held a meeting with Chinese Minister Li Weiguo.")
    [verb] = [token for token in reading.doc if token.lower_ == "held"]
    assert verb.sent.text.startswith("Kassym Abenov")


NAMES = (
    "Kassym-Jomart Tokayev",
    "Xi Jinping",
    "Nguyễn Phú Trọng",
    "Khalid bin Salman Al Saud",
    "Recep Tayyip Erdoğan",
)


@pytest.mark.parametrize("name", NAMES)
def test_name_of_any_language_is_the_subject_and_no_verb(nlp: Any, name: str) -> None:
    reading = read(nlp, f"{name} thanked President Maria Silva for the warm welcome.")
    [verb] = [token for token in reading.doc if token.lower_ == "thanked"]
    subject = own_subject(verb)
    assert subject is not None
    assert [actor.name for actor in reading.actors(subject)] == [name]
    assert not [token for token in reading.doc if token.ent_type_ == "PERSON" and token.pos_ == "VERB"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Joseph R. Biden, Jr.", "Joe Biden", True),
        ("Kishida Fumio", "Kishida", True),
        ("Jill Biden", "Joe Biden", True),  # initials agree: told apart by post or honorific, not by name
        ("Anna Berg", "Olav Berg", False),
        ("Kassym-Jomart Tokayev", "Tokayev", True),
        ("Recep Tayyip Erdoğan", "Erdogan", True),
        ("Xi Jinping", "Wang Yi", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(name_words(one), name_words(other)) is same


@pytest.mark.parametrize(
    "text", ["", "short", "word " * 40_000, "x" * 300_000, "line\n" * 30_000, "👩‍👩‍👧" * 50_000]
)
def test_windows_put_together_are_the_text(text: str) -> None:
    assert "".join(split_windows(text)) == text


def test_long_document_keeps_its_offsets(nlp: Any, recwarn: pytest.WarningsRecorder) -> None:
    text = "OSLO, April 20 (NTB) - " + "Foreign Minister Anna Berg of Norway visited India.\n" * 1_200
    reading = read(nlp, text)
    assert reading.document.dateline is not None
    assert not recwarn.list
    assert reading.doc.text == text
    last = reading.mentions[-1]
    words = reading.doc[last.start : last.end]
    assert text[words.start_char : words.end_char] == words.text
