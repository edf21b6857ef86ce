"""Acts of force, pressure, help and defiance: each word of acts.yaml by its own example, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

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
