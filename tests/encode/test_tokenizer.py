"""What our tokenizer cuts that spaCy's does not, and that it loses nothing."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from dragoman.encode.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return make_tokenizer(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-Russia", ["U.S.", "-", "Russia"]),
        ("U.S.–China talks", ["U.S.", "–", "China", "talks"]),
        ("Biden‑Harris", ["Biden", "‑", "Harris"]),
        ("Kassym-Jomart", ["Kassym", "-", "Jomart"]),
        ("the U.S. and Mr. Wang", ["the", "U.S.", "and", "Mr.", "Wang"]),
        ("2022‑23", ["2022‑23"]),
        ("«Да», he said", ["«", "Да", "»", ",", "he", "said"]),
    ],
)
def test_words(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    assert [token.text for token in tokenizer(text)] == words


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("AU.S-‑– \n«»'’"))))
def test_the_text_is_kept(tokenizer: Tokenizer, text: str) -> None:
    assert "".join(token.text_with_ws for token in tokenizer(text)) == text
