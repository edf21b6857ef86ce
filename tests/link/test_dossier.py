"""What stands between two states, from the documents of the four stories; which promises are of the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.link.relation import FRANCE, MACRON, MOLDOVA, SANDU, Paper
from tests.link.stories import NAMES, steps, today

from dragoman.link import link_store
from dragoman.link.dossier import Dossier, dossier
from dragoman.link.followed import follow
from dragoman.process import process
from dragoman.records import Actor
from dragoman.store import open_store

Told = Callable[[str, str, str], Dossier]
STORIES = {
    "a1_xi_kazakhstan": ("KAZ", "CHN"),
    "a3_charles_france": ("FRA", "GBR"),
    "b1_trump_denmark": ("USA", "DNK"),
    "b3_kazakhstan_uzbekistan": ("KAZ", "UZB"),
}
CASES = [
    ("a1_xi_kazakhstan", "visits", "Xi Jinping to Kazakhstan, state visit", "made", {"state", "official"}),
    ("a1_xi_kazakhstan", "visits", "Wang Yi to Kazakhstan, official visit", "made", set()),
    (
        "a1_xi_kazakhstan",
        "accords",
        "joint statement on the 30th anniversary of diplomatic relations between the two countries (CHN, KAZ)",
        "signed",
        set(),
    ),
    (
        "a3_charles_france",
        "visits",
        "Charles III to France, state visit",
        "made",
        {
            "France: The French and British governments decided together to postpone the visit",
            "United Kingdom: The President of France asked the British Government to put off the visit",
        },
    ),
    ("b1_trump_denmark", "visits", "Donald Trump to Denmark", "invited", {"cancelled", "postponed"}),
    (
        "b3_kazakhstan_uzbekistan",
        "accords",
        "Treaty on Allied Relations between Kazakhstan and Uzbekistan (KAZ, UZB)",
        "ratified",
        {"2022-12-22", "2023"},
    ),
]


@pytest.fixture(scope="module")
def told(nlp: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dossier]:
    """The dossier of each story's two states, as of its last day; each story in a store of its own."""
    folder, found = tmp_path_factory.mktemp("stores"), {}
    for name in NAMES:
        with open_store(folder / f"{name}.db") as store:
            documents = [step.document for step in steps(name)]
            pairs = list(process(documents, nlp=nlp))
            store.write_batch(pairs, reader_version="r", extractor_version="e")
            link_store(store, today=today(name))
            with store.transaction(writes=False) as connection:
                found[name] = dossier(connection, *STORIES[name], today=today(name))
    return found


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "section", "what", "state", "differ"), CASES, ids=[f"{case[0]}: {case[2]}" for case in CASES]
)
def test_the_four_stories(
    told: dict[str, Dossier], name: str, section: str, what: str, state: str, differ: set[str]
) -> None:
    [entries] = [found.entries for found in told[name].sections if found.name == section]
    [entry] = [found for found in entries if found.what == what and len(found.said) >= min(found.sources, 1)]
    assert entry.state == state
    assert differ <= {dispute.value for dispute in entry.disputes}
    assert all(dispute.said for dispute in entry.disputes)


@pytest.mark.model
def test_every_line_quotes_a_document_of_the_story(told: dict[str, Dossier]) -> None:
    for name, found in told.items():
        texts = {step.document.id: step.document.text for step in steps(name)}
        entries = [entry for section in found.sections for entry in section.entries]
        assert entries
        for said in (said for entry in entries for said in entry.said):
            assert said.words in texts[said.document]


NORWAY = Actor(name="Norway", kind="state", country="NOR")
GIFT = "France will give ten fire engines to the city of Cahul"
PROMISES = [
    pytest.param(Paper("p", "2023-01-10").promise(GIFT, FRANCE, counterpart=(MOLDOVA,)), 1, id="to the other"),
    pytest.param(
        Paper("p", "2023-01-10")
        .promise("France will help Moldova in winter", FRANCE)
        .says("it is a friend", MACRON, target=(MOLDOVA,)),
        1,
        id="it names the other",
    ),
    pytest.param(
        Paper("p", "2023-01-10").promise(GIFT, FRANCE).meeting("the two met", [SANDU, MACRON]),
        1,
        id="in a readout of the two",
    ),
    pytest.param(
        Paper("p", "2023-01-10").promise(GIFT, FRANCE).meeting("the three met", [SANDU, MACRON, NORWAY]),
        0,
        id="in a readout of three",
    ),
    pytest.param(
        Paper("p", "2023-01-10").promise("Norway will help Moldova", NORWAY, counterpart=(MOLDOVA, FRANCE)),
        0,
        id="by a third",
    ),
    pytest.param(
        Paper("p", "2023-01-10").promise(GIFT, FRANCE, counterpart=(MOLDOVA,), strength="readiness"),
        0,
        id="offered only",
    ),
    pytest.param(
        Paper("p", "2023-01-10")
        .visit("Sandu will go to Paris in May", SANDU, "FRA", "planned", "2023-05")
        .promise("Sandu will go to Paris in May", SANDU, counterpart=(FRANCE,)),
        0,
        id="told as a visit already",
    ),
]


@pytest.mark.parametrize(("paper", "number"), PROMISES)
def test_promises_between_two_states(tmp_path: Path, paper: Paper, number: int) -> None:
    with open_store(tmp_path / "record.db") as store:
        store.write_batch([paper.told()], reader_version="r", extractor_version="e")
        link_store(store)
        with store.transaction(writes=False) as connection:
            found = dossier(connection, "FRA", "MDA", today=date(2023, 2, 1))
            due = follow(connection, countries=("FRA", "MDA"), today=date(2023, 2, 1)).due
    assert next(section for section in found.sections if section.name == "open promises").total == number
    assert not [entry for entry in due if entry.kind == "promise" and number == 0]
