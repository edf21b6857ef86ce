"""Contexts of a passage by its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.vocabulary import contexts, main_topics, topics_of

NAMES = [context.name for context in contexts()]


@pytest.mark.parametrize("context", contexts(), ids=lambda context: context.name)
def test_example_gets_the_context_and_counterexample_does_not(context) -> None:  # type: ignore[no-untyped-def]
    assert context.name in topics_of(context.example)
    if context.counter:
        assert context.name not in topics_of(context.counter)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("They discussed artificial intelligence.", ("diplomatic", "technology")),
        ("COUNTER-TERRORISM DRILL", ("terrorism",)),
        ("The weather was fine.", ()),
        ("", ()),
    ],
)
def test_topics(text: str, topics: tuple[str, ...]) -> None:
    assert topics_of(text) == topics


@given(st.text())
def test_topics_are_sorted_known_names(text: str) -> None:
    found = topics_of(text)
    assert list(found) == sorted(set(found))
    assert set(found) <= set(NAMES)


def test_main_topics_are_those_of_several_sentences() -> None:
    sentences = ["They spoke of natural gas.", "Gas prices fell.", "A storm hit the coast.", "It rained."]
    assert main_topics(sentences, at_least=2) == ("natural_resource",)
    assert "disasters" in main_topics(sentences, at_least=1)
    assert main_topics([]) == ()


def test_no_word_is_listed_twice_in_a_context() -> None:
    for context in contexts():
        assert len(set(context.words)) == len(context.words), context.name
        assert all(word == word.lower() for word in (*context.words, *context.stems))
