"""From sentences to stories: own readouts through the whole house, in every order of arrival."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from dragoman.link import link_store
from dragoman.link.keep import load_stories
from dragoman.read import parse_text
from dragoman.store import open_store

pytestmark = pytest.mark.model

TOLD = {
    "house": (
        "2022-03-10",
        "White House",
        "President Joe Biden spoke today by phone with President Kassym-Jomart Tokayev of Kazakhstan. "
        "They talked about grain shipments and the security of pipelines.",
    ),
    "akorda": (
        "2022-03-10",
        "Akorda",
        "President of Kazakhstan Kassym-Jomart Tokayev had a telephone conversation with US President Joe Biden. "
        "Kassym-Jomart Tokayev thanked his counterpart for the call.",
    ),
    "agency": (
        "2022-03-11",
        "The Courier",
        "ASTANA. Kazakh President Tokayev and Joe Biden had a telephone conversation on March 10, "
        "the presidential press service said.",
    ),
    "next": (
        "2022-03-11",
        "White House",
        "President Joe Biden spoke today by phone with President Kassym-Jomart Tokayev of Kazakhstan. "
        "They returned to the matter of railway tariffs.",
    ),
}


@pytest.fixture(scope="module")
def told(nlp: Any) -> dict[str, Any]:
    """Each text with its records."""
    from dragoman.process import process

    documents = [
        parse_text(text, id=name, published=day, publisher=publisher)
        for name, (day, publisher, text) in TOLD.items()
    ]
    return {document.id: (document, records) for document, records in process(documents, nlp=nlp)}


def test_both_sides_and_an_agency_tell_of_one_call(told: dict[str, Any], tmp_path: Path) -> None:
    seen = set()
    for number, order in enumerate(permutations(TOLD)):
        with open_store(tmp_path / f"{number}.db") as store:
            for name in order:
                store.write(*told[name], reader_version="r", extractor_version="e")
                link_store(store)
            with store.transaction(writes=False) as connection:
                stories = load_stories(connection)
            seen.add(repr(stories))
    assert len(seen) == 1
    of = {record.id: name for name, (_, records) in told.items() for record in records}
    groups = sorted(sorted({of[link.claim] for link in story.links}) for story in stories)
    assert groups == [["agency", "akorda", "house"], ["next"]]
