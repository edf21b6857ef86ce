"""Why a record is as it is."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.annotate import annotate
from dragoman.extract.document import extract
from dragoman.extract.explain import Explanation, explain, tree
from dragoman.read import parse_text

pytestmark = pytest.mark.model

TEXT = (
    "Foreign Minister Anna Berg of Norway met with Foreign Minister Raj Patel of India in Delhi on Monday. "
    "The Norwegian Minister will visit China in September 2022."
)


@pytest.fixture(scope="module")
def found(nlp: Any) -> Explanation:
    [reading] = annotate([parse_text(TEXT, published="2022-04-27")], nlp)
    [visit] = [record for record in extract(reading) if record.record == "visit" and "CHN" in record.countries()]
    return explain(reading, visit)


def test_status_is_traced_to_the_word_that_settles_it(found: Explanation) -> None:
    assert found.modality is not None
    assert (found.modality.status, found.modality.rule) == ("planned", "tense.future")


def test_actor_comes_with_every_mention_of_it(found: Explanation) -> None:
    [chain] = [chain for chain in found.chains if chain.role == "visitor"]
    assert chain.name == "Anna Berg"
    assert [span.text for span in chain.mentions] == [
        "Foreign Minister Anna Berg of Norway",
        "The Norwegian Minister",
    ]
    assert all(TEXT[span.start : span.end] == span.text for span in chain.mentions)


def test_time_comes_with_its_value_and_how_it_was_read(found: Explanation) -> None:
    assert [(time.text, time.edtf, time.basis) for time in found.times] == [("September 2022", "2022-09", "text")]


def test_parse_holds_every_word_of_the_sentence_once(found: Explanation) -> None:
    words = [token.i for _, token in tree(found.sentence)]
    assert sorted(words) == [token.i for token in found.sentence if not token.is_space]
