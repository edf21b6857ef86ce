"""Looking words up: every form finds itself in the shapes that texts give it, and no text breaks a look-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.vocabulary import accord_kinds, offices, organizations, places, relation_kind, states, visit_kinds
from dragoman.vocabulary.kinds import ACCORD_KINDS, ACCORD_STEPS, RELATION_KINDS, VISIT_KINDS
from dragoman.vocabulary.surfaces import Surfaces, phrases, plural, tidy

FORMS = sorted(states().surfaces())
ANY_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(FORMS), max_size=4).map(" ".join))


@given(st.sampled_from(FORMS), st.sampled_from(["", "the ", "The "]), st.sampled_from(["", "'s", "’s"]))
def test_every_form_of_a_state_finds_itself_with_article_and_possessive(
    form: str, article: str, ending: str
) -> None:
    expected = states().surfaces()[form]
    words = article + form.replace("'", "’") + ending
    found = states().lookup(words)
    assert found is not None
    assert found.iso3 == expected.iso3


@given(st.sampled_from([form for form in FORMS if len(form) > 3]))
def test_every_longer_form_is_found_in_capitals(form: str) -> None:
    found = states().lookup(form.upper())
    assert found is not None
    assert found.iso3 == states().surfaces()[form].iso3


@given(ANY_TEXT)
def test_no_text_breaks_a_look_up(text: str) -> None:
    for index in (states(), organizations(), offices(), places()):
        index.lookup(text)
    states().compound(text)
    organizations().pattern(text)
    assert accord_kinds().kind(text) in {None, *ACCORD_KINDS}
    assert accord_kinds().step(text) in {None, *ACCORD_STEPS}
    assert visit_kinds().kind(text) in VISIT_KINDS
    tie = relation_kind(text)
    assert tie is None or tie[0] in RELATION_KINDS


@given(ANY_TEXT)
def test_phrases_do_not_overlap_and_stand_in_the_table(text: str) -> None:
    table = states().surfaces()
    reached = 0
    for start, end in phrases(text, table, longest=6):
        assert start >= reached
        assert text[start:end] in table
        reached = end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Macedonia and Macedonia", ["North Macedonia", "Macedonia"]),
        ("the U.S. and U.K.", ["U.S.", "U.K."]),
        ("Guinea-Bissau, Guinea", ["Guinea-Bissau", "Guinea"]),
        ("Malian", ["Malian"]),
        ("Normalian", []),
    ],
)
def test_the_longest_phrase_at_word_bounds_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in phrases(text, states().surfaces(), longest=6)] == found


def test_a_word_in_capitals_is_matched_only_when_long_enough() -> None:
    table = Surfaces({"Iran": 1, "Us": 2})
    assert table.get("IRAN") == 1
    assert table.get("US") is None
    assert table.get("iran") is None


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("treaty", "treaties"), ("ally", "allies"), ("day", "days"), ("church", "churches"), ("pact", "pacts")],
)
def test_plural(noun: str, expected: str) -> None:
    assert plural(noun) == expected


def test_tidy_straightens_apostrophes_and_spaces() -> None:
    assert tidy(" Côte\u00a0 d’Ivoire \n") == "Côte d'Ivoire"
