"""The shipped English pipeline: it loads, is small, has the labels that it promises, and reads agency prose."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

FOLDER = Path(__file__).parents[1] / "src" / "dragoman" / "models" / "en"
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (FOLDER / "config.cfg").exists(), reason="the pipeline is not in this checkout"),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(FOLDER)


def names_of(nlp: Language, text: str) -> set[tuple[str, str]]:
    return {(ent.text, ent.label_) for ent in nlp(text).ents}


def test_it_is_small_enough_to_ship() -> None:
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    assert size <= 40_000_000


def test_it_has_the_parts_and_labels_that_the_card_promises(nlp: Language) -> None:
    card = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))
    assert set(nlp.get_pipe("ner").labels) == set(card["labels"])
    assert {"nsubj", "obj", "obl", "conj", "appos", "nmod", "nsubj:pass", "ROOT"} <= set(
        nlp.get_pipe("parser").labels
    )
    assert nlp.pipe_names == ["encoder", "ner", "tagger", "parser", "lemmatizer"]


def test_the_card_names_a_licence_for_every_set() -> None:
    card = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))
    assert card["sets"]
    assert all(row["licence"] and row["thanks"] for row in card["sets"])
    assert "WordNet" in (FOLDER / "WORDNET-LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "ULAANBAATAR. MONTSAME – Kassym-Jomart Tokayev received Chinese State Councilor, Minister of National "
            "Defense General Wei Fenghe.",
            {
                ("Kassym-Jomart Tokayev", "PERSON"),
                ("Chinese", "NORP"),
                ("State Councilor", "POST"),
                ("Minister of National Defense", "POST"),
                ("Wei Fenghe", "PERSON"),
            },
            id="two posts and a rank before a name",
        ),
        pytest.param(
            "He thanked Prime Minister of the Republic of Armenia Nikol Pashinyan for the invitation to Yerevan.",
            {
                ("Prime Minister", "POST"),
                ("Republic of Armenia", "GPE"),
                ("Nikol Pashinyan", "PERSON"),
                ("Yerevan", "GPE"),
            },
            id="post of a state, then the name",
        ),
        pytest.param(
            "Secretary Antony J. Blinken met with Saudi Defense Minister Khalid bin Salman Al Saud in Riyadh.",
            {
                ("Secretary", "POST"),
                ("Antony J. Blinken", "PERSON"),
                ("Saudi", "NORP"),
                ("Defense Minister", "POST"),
                ("Khalid bin Salman Al Saud", "PERSON"),
                ("Riyadh", "GPE"),
            },
            id="initials and particles",
        ),
        pytest.param(
            "Mr Putin greeted President of Turkey Recep Tayyip Erdoğan and General Secretary Nguyễn Phú Trọng.",
            {
                ("Putin", "PERSON"),
                ("Turkey", "GPE"),
                ("Recep Tayyip Erdoğan", "PERSON"),
                ("Nguyễn Phú Trọng", "PERSON"),
            },
            id="honorific without a stop, letters beyond ASCII",
        ),
        pytest.param(
            "BISHKEK, May 20 (Xinhua) -- Xi Jinping arrived in Kyrgyzstan on Tuesday, Xinhua reported.",
            {
                ("May 20", "DATE"),
                ("Xinhua", "ORG"),
                ("Xi Jinping", "PERSON"),
                ("Kyrgyzstan", "GPE"),
                ("Tuesday", "DATE"),
            },
            id="dateline in capitals",
        ),
        pytest.param(
            "The presidents of Finland and Estonia spoke of Central Asia with Zhou Enlai at the United Nations.",
            {
                ("Finland", "GPE"),
                ("Estonia", "GPE"),
                ("Central Asia", "LOC"),
                ("Zhou Enlai", "PERSON"),
                ("United Nations", "ORG"),
            },
            id="states, a region, a body",
        ),
        pytest.param(
            "Deputy Prime Minister Ana Petrova, Foreign Minister Luis Okafor and Ambassador Per Lindqvist joined.",
            {
                ("Deputy Prime Minister", "POST"),
                ("Ana Petrova", "PERSON"),
                ("Foreign Minister", "POST"),
                ("Luis Okafor", "PERSON"),
                ("Ambassador", "POST"),
                ("Per Lindqvist", "PERSON"),
            },
            id="a list of participants whom nobody knows",
        ),
    ],
)
def test_names(nlp: Language, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= names_of(nlp, text)


def test_parse_finds_who_did_what(nlp: Language) -> None:
    doc = nlp("The minister arrived in Tashkent on Monday and signed a memorandum.")
    relations = {(token.text, token.dep_, token.head.text) for token in doc}
    assert {
        ("minister", "nsubj", "arrived"),
        ("Tashkent", "obl", "arrived"),
        ("signed", "conj", "arrived"),
        ("memorandum", "obj", "signed"),
    } <= relations
    signed = next(token for token in doc if token.text == "signed")
    assert (signed.lemma_, signed.pos_) == ("sign", "VERB")


def test_passive_and_auxiliary(nlp: Language) -> None:
    doc = nlp("The visit was postponed, and two agreements will be signed later.")
    relations = {(token.text, token.dep_, token.head.text) for token in doc}
    assert {("visit", "nsubj:pass", "postponed"), ("agreements", "nsubj:pass", "signed")} <= relations
    assert {token.lemma_ for token in doc if token.pos_ == "AUX"} == {"be", "will"}


def test_a_line_break_ends_the_sentence_and_hangs_on_it(nlp: Language) -> None:
    doc = nlp("The talks ended at noon.\n\nA joint statement followed.\nThe guests left on Friday.")
    assert [sent.text.strip() for sent in doc.sents] == [
        "The talks ended at noon.",
        "A joint statement followed.",
        "The guests left on Friday.",
    ]
    assert all(token.pos_ == "SPACE" for token in doc if token.is_space)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "«Да», said Mr Xi.\r\n\tΕλλάδα 🇬🇷\u00a0meets İstanbul…", "A" * 5000, "- \n- \n" * 50],
)
def test_the_text_is_kept_to_the_letter(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(doc.text[ent.start_char : ent.end_char] == ent.text for ent in doc.ents)


def test_it_asks_for_nothing_of_the_training(nlp: Language) -> None:
    assert "training/" not in (FOLDER / "config.cfg").read_text(encoding="utf-8")
    code = (
        "import sys, spacy; spacy.load(sys.argv[1])('He left.'); print([m for m in sys.modules if m == 'torch'])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code, str(FOLDER)], capture_output=True, text=True, check=True, timeout=120
    )
    assert loaded.stdout.strip() == "[]"
