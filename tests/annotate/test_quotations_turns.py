"""Transcripts: the speakers' labels and what each says."""

from __future__ import annotations

from pathlib import Path
from time import process_time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate import transcripts
from dragoman.annotate.transcripts import speaker_turns
from dragoman.vocabulary.load import load_yaml

DATA = load_yaml("transcripts", folder=Path(transcripts.__file__).parent)


def labels(text: str) -> list[str]:
    return [text[turn.label_start : turn.label_end] for turn in speaker_turns(text)]


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda example: example["labels"][0])
def test_examples(example: dict[str, object]) -> None:
    assert labels(str(example["text"])) == example["labels"]


@pytest.mark.parametrize("text", DATA["not"])
def test_counter_examples(text: str) -> None:
    assert speaker_turns(text) == []


LABELS = [
    (
        "interpreter",
        "PREMIER LUND: (Via interpreter.) Welcome.\n\nPREMIER LUND: Again.",
        ["PREMIER LUND", "PREMIER LUND"],
    ),
    (
        "aside in the label",
        "President of Norland Olaf Berg (retranslated): Welcome.",
        ["President of Norland Olaf Berg (retranslated)"],
    ),
    ("title with a stop", "MR. HALL: Yes.\nQUESTION: No?", ["MR. HALL", "QUESTION"]),
    ("name among speakers", "Question: Why?\nOlaf Berg: Because.", ["Question", "Olaf Berg"]),
    (
        "name that returns",
        "Olaf Berg: One.\nMaria Lind: Two.\nOlaf Berg: Three.",
        ["Olaf Berg", "Maria Lind", "Olaf Berg"],
    ),
    ("name that stands alone once", "Olaf Berg: One.", []),
    ("time of day", "QUESTION: At what time?\nThe train leaves at 10:30 or 11:00.", ["QUESTION"]),
    ("sentence", "He had one wish: to go home.", []),
    ("list heading", "QUESTION: Who comes?\nParticipants: all of them.", ["QUESTION"]),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in LABELS], ids=[row[0] for row in LABELS])
def test_labels(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_a_turn_holds_everything_up_to_the_next_label() -> None:
    text = "The two met.\n\nMR. HALL: We agreed.\n\nWe will go on.\n\nQUESTION: When?\n"
    first, second = speaker_turns(text)
    assert text[first.start : first.end] == "We agreed.\n\nWe will go on."
    assert text[second.start : second.end] == "When?"


@given(st.text(alphabet=st.sampled_from("AB ab.:\n(Q’,"), max_size=60))
def test_turns_are_in_order_and_inside_the_text(text: str) -> None:
    place = 0
    for turn in speaker_turns(text):
        assert place <= turn.label_start < turn.label_end <= turn.start <= turn.end <= len(text)
        place = turn.end


@pytest.mark.parametrize(
    "text",
    ["A:\n" * 60_000, "A" * 300_000, "Ab " * 100_000, "QUESTION: " * 40_000, "(" * 100_000 + ":"],
    ids=range(5),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = clock()
    speaker_turns(text)
    assert clock() - started < 3.0
