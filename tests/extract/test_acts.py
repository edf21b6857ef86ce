"""Acts of force, pressure, help and defiance: each word of acts.yaml by its own example, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dragoman.errors import VocabularyError
from dragoman.extract import act_words as words_module
from dragoman.extract.act_words import Act, act_words
from dragoman.records import Event, Records

PUBLISHED = "2022-05-10"
Process = Callable[..., Records]


def _entries() -> Iterator[tuple[str, Act]]:
    for part in ("verbs", "nouns"):
        for lemma, acts in getattr(act_words(), part).items():
            for number, act in enumerate(acts):
                yield f"{part}.{lemma}.{number}", act


ENTRIES = dict(_entries())
COUNTERED = {name: act for name, act in ENTRIES.items() if act.counter}


def _events(process_text: Process, text: str) -> list[Event]:
    found = process_text(text, published=PUBLISHED, publisher="White House")
    return [record for record in found if isinstance(record, Event)]


@pytest.mark.model
@pytest.mark.parametrize("name", ENTRIES)
def test_the_example_gives_the_type(process_text: Process, name: str) -> None:
    act = ENTRIES[name]
    wanted = {act.code.plover}
    assert wanted <= {event.plover.type for event in _events(process_text, act.example)}, act.example


@pytest.mark.model
@pytest.mark.parametrize("name", COUNTERED)
def test_the_counter_example_does_not(process_text: Process, name: str) -> None:
    act = COUNTERED[name]
    assert act.code.plover not in {event.plover.type for event in _events(process_text, str(act.counter))}


# --- who acts, on whom ----------------------------------------------------------------------------------------

SIDES = {
    "possessor": ("Anna Berg condemned Russia's war against Norway.", "ASSAULT", {"RUS"}, {"NOR"}),
    "possessor far from its noun": (
        "Anna Berg spoke of Russia's unprovoked, brutal and unjustified invasion of Norway.",
        "ASSAULT",
        {"RUS"},
        {"NOR"},
    ),
    "demonym before the noun": ("Anna Berg spoke of the Russian attack on Norway.", "ASSAULT", {"RUS"}, {"NOR"}),
    "by": ("Anna Berg spoke of missile attacks by Iran on Iraq.", "ASSAULT", {"IRN"}, {"IRQ"}),
    "preposition behind an of": (
        "Anna Berg spoke of Russia's war of choice against Norway.",
        "ASSAULT",
        {"RUS"},
        {"NOR"},
    ),
    "passive": ("Several Norwegian journalists were detained by Belarus.", "COERCE", {"BLR"}, {"NOR"}),
    "passive with a place": (
        "Several Norwegian journalists were detained in Belarus.",
        "COERCE",
        {"BLR"},
        {"NOR"},
    ),
    "the doer's own people": (
        "The Cuban government has arrested hundreds of protesters.",
        "COERCE",
        {"CUB"},
        {"CUB"},
    ),
    "we": ("We are imposing sanctions on Iran.", "SANCTION", {"USA"}, {"IRN"}),
    "my administration": ("My Administration is imposing sanctions on Iran.", "SANCTION", {"USA"}, {"IRN"}),
    "will impose": ("The United States will impose sanctions on Iran.", "THREATEN", {"USA"}, {"IRN"}),
    "town": ("Russian troops attacked Oslo.", "ASSAULT", {"RUS"}, {"NOR"}),
    "group of people": ("Iran has executed two Norwegian citizens.", "ASSAULT", {"IRN"}, {"NOR"}),
    "light verb": ("Norway provided military assistance to Kenya.", "AID", {"NOR"}, {"KEN"}),
    "the other side named before": (
        "Anna Berg voiced support for Norway in the face of Russia's aggression.",
        "ASSAULT",
        {"RUS"},
        {"NOR"},
    ),
    "no target needed": ("Anna Berg spoke of North Korea's missile launches.", "MOBILIZE", {"PRK"}, set()),
}


@pytest.mark.model
@pytest.mark.parametrize("name", SIDES)
def test_sides(process_text: Process, name: str) -> None:
    text, kind, source, target = SIDES[name]
    found = [event for event in _events(process_text, text) if event.plover.type == kind]
    assert found, text
    assert {actor.country for actor in found[0].source} == source
    assert {actor.country for actor in found[0].target} == target


NO_ACT = {
    "negated": "Russia did not attack Norway.",
    "possible": "Anna Berg spoke of a possible Russian invasion of Norway.",
    "name of a war": "Anna Berg fought in the Vietnam War.",
    "figure of speech": "Norway declared war on poverty.",
    "attack on a value": "Anna Berg spoke of Russia's attack on media freedom.",
    "asked, not done": "Anna Berg called on Iran to release its Norwegian prisoners.",
    "no doer": "Attacks on Norwegian towns were reported.",
}


@pytest.mark.model
@pytest.mark.parametrize("name", NO_ACT)
def test_no_act_of_force(process_text: Process, name: str) -> None:
    kinds = {event.plover.type for event in _events(process_text, NO_ACT[name])}
    assert not kinds & {"ASSAULT", "COERCE", "RETREAT"}


STATUS = {
    "a war goes on": ("Anna Berg condemned Russia's war against Norway.", "ASSAULT", "ongoing"),
    "past tense": ("Russian troops attacked Norway in 1905.", "ASSAULT", "done"),
    "progressive": ("Russian troops are attacking Norway.", "ASSAULT", "ongoing"),
}


@pytest.mark.model
@pytest.mark.parametrize("name", STATUS)
def test_status(process_text: Process, name: str) -> None:
    text, kind, status = STATUS[name]
    assert [event.status for event in _events(process_text, text) if event.plover.type == kind] == [status]


@pytest.mark.model
def test_an_act_mentioned_twice_is_one_event(process_text: Process) -> None:
    text = "Russia's war against Norway goes on. Anna Berg spoke of Russia's brutal war in Norway."
    assert len([event for event in _events(process_text, text) if event.plover.type == "ASSAULT"]) == 1


@pytest.mark.model
def test_evidence_is_the_text_at_its_offsets(process_text: Process) -> None:
    text = "In Oslo, Anna Berg spoke of Russia’s war against Norway, and of Iran’s attack on Iraq."
    for event in _events(process_text, text):
        for span in event.evidence:
            assert text[span.start : span.end] == span.text


# --- the file's own rules -------------------------------------------------------------------------------------


def test_a_bare_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {
        "verbs": {"bomb": {"plover": "ASSAULT", "cameo": None, "to": True, "example": "x"}},
        "nouns": {},
        "light": [],
        "infinitives": {},
        "unreal": [],
        "people": [],
        "vows": [],
        "shares": {},
    }
    monkeypatch.setattr(words_module, "load_yaml", lambda *_, **__: broken)
    with pytest.raises(VocabularyError, match="'to' must be words"):
        words_module.act_words.__wrapped__()


@pytest.mark.parametrize("name", ENTRIES)
def test_every_type_has_a_share(name: str) -> None:
    assert 0 < act_words().shares[ENTRIES[name].code.plover] < 1
