"""Events that other records tell of: each entry of derived.yaml by its own example, and the sides they get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.errors import VocabularyError
from dragoman.extract import derive as module
from dragoman.extract.derive import Derivation, derivations
from dragoman.records import Event, Records

PUBLISHED = "2022-05-10"
Process = Callable[..., Records]
ENTRIES = {
    f"{number:02}.{entry.record}.{entry.plover}.{'-'.join(sorted(v for _, vs in entry.where for v in vs))}": entry
    for number, entry in enumerate(derivations(), 1)
}


def _derived(process_text: Process, text: str, kind: str) -> list[Event]:
    found = process_text(text, published=PUBLISHED)
    return [
        item
        for item in found
        if isinstance(item, Event) and item.plover.type == kind and item.rule.startswith("event.from_")
    ]


@pytest.mark.model
@pytest.mark.parametrize("name", ENTRIES)
def test_the_example_gives_the_type(process_text: Process, name: str) -> None:
    entry: Derivation = ENTRIES[name]
    assert entry.example is not None
    found = _derived(process_text, entry.example, entry.plover)
    assert f"event.from_{entry.record}" in {event.rule for event in found}, entry.example


@pytest.mark.model
@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.counter])
def test_the_counter_example_does_not(process_text: Process, name: str) -> None:
    entry = ENTRIES[name]
    assert not _derived(process_text, str(entry.counter), entry.plover)


SIDES = {
    "who met": (
        "President Maria Silva of Brazil met with Prime Minister John Smith of Canada in Ottawa.",
        "CONSULT",
        {"BRA"},
        {"CAN"},
    ),
    "who was called": (
        "President Maria Silva of Brazil spoke by phone with Prime Minister John Smith of Canada.",
        "CONSULT",
        {"BRA"},
        {"CAN"},
    ),
    "whom he thanked": (
        "Foreign Minister Anna Berg of Norway thanked India for its help.",
        "SUPPORT",
        {"NOR"},
        {"IND"},
    ),
    "who did what is condemned": (
        "Foreign Minister Anna Berg of Norway condemned the attack on Iraq by Iran.",
        "ACCUSE",
        {"NOR"},
        {"IRN"},
    ),
    "whom she called on": (
        "Foreign Minister Anna Berg of Norway said that India must lift the ban.",
        "REQUEST",
        {"NOR"},
        {"IND"},
    ),
}


@pytest.mark.model
@pytest.mark.parametrize("name", SIDES)
def test_sides(process_text: Process, name: str) -> None:
    text, kind, source, target = SIDES[name]
    found = _derived(process_text, text, kind)
    assert found, text
    assert ({a.country for a in found[0].source}, {a.country for a in found[0].target}) == (source, target)


@pytest.mark.model
def test_a_planned_visit_is_an_agreement_and_not_made(process_text: Process) -> None:
    text = "Foreign Minister Anna Berg of Norway will travel to India on 3 June."
    kinds = {event.plover.type for event in process_text(text, published=PUBLISHED) if isinstance(event, Event)}
    assert kinds == {"AGREE"}


@pytest.mark.model
def test_a_cancelled_meeting_is_no_event(process_text: Process) -> None:
    text = "President Maria Silva of Brazil cancelled her meeting with Prime Minister John Smith of Canada."
    assert not [event for event in process_text(text, published=PUBLISHED) if isinstance(event, Event)]


def test_an_unknown_target_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[dict[str, object]] = [
        {"record": "visit", "where": {}, "plover": "AGREE", "cameo": None, "target": "nobody", "share": 1}
    ]
    monkeypatch.setattr(module, "load_list", lambda *_, **__: broken)
    with pytest.raises(VocabularyError, match="'target' must be one of"):
        derivations.__wrapped__()


@pytest.mark.parametrize("name", ENTRIES)
def test_shares_are_probabilities(name: str) -> None:
    assert 0 < ENTRIES[name].share <= 1
