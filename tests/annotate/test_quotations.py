"""Quotations: text in, spans out."""

from __future__ import annotations

from pathlib import Path
from time import process_time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate import quotations
from dragoman.annotate.quotations import find_quotations, outside_quotations
from dragoman.vocabulary.load import load_yaml

EXAMPLES = load_yaml("quotations", folder=Path(quotations.__file__).parent)["examples"]

CONTENTS = [
    ("curly", "He said: “We will come back.”", ["We will come back."]),
    ("straight", 'He said, "We will stay," and left.', ["We will stay,"]),
    ("two straight", 'It is "firm" and "fair" to all.', ["firm", "fair"]),
    (
        "guillemets",
        "«The year was good. Ties are strong,» said the guest.",
        ["The year was good. Ties are strong,"],
    ),
    ("german", "„Wir kommen wieder“, sagte er.", ["Wir kommen wieder"]),
    ("east asian", "首相は「また来ます」と述べた。", ["また来ます"]),
    ("reversed pair", "”Trust and Trade“ was the theme.", ["Trust and Trade"]),
    ("typewriter pair", "``We are ready.'' he said.", ["We are ready."]),
    ("no blank before", 'The message reads:"We congratulate you."', ["We congratulate you."]),
    (
        "single inside double",
        "“He told me ‘I don’t know’ and left.”",
        ["He told me ‘I don’t know’ and left.", "I don’t know"],
    ),
    ("double inside double", "“The “Bridge” opens,” he said.", ["The “Bridge” opens,", "Bridge"]),
    ("british single", "‘We can’t wait,’ he said.", ["We can’t wait,"]),
    ("straight single", "He wrote 'We are done.' and left.", ["We are done."]),
    ("hard-wrapped line", "“The road was\nlong” he said.", ["The road was\nlong"]),
    ("unclosed", "“The road was long.\n\nHe paused.", ["The road was long."]),
    ("unclosed inside", "“The “Bridge opens,” he said.", ["The “Bridge opens,” he said.", "Bridge opens,"]),
    ("apostrophes", "the leaders’ summit, the ’90s, the workers' day, rock ’n’ roll", []),
    ("inches", 'a 5" pipe and a 3" pipe', []),
    ("closing mark alone", "The end.” He left.", []),
    ("none", "Nothing was said.", []),
]


@pytest.mark.parametrize(("text", "contents"), [row[1:] for row in CONTENTS], ids=[row[0] for row in CONTENTS])
def test_contents(text: str, contents: list[str]) -> None:
    assert [text[quote.content_start : quote.content_end] for quote in find_quotations(text)] == contents


PARAGRAPHS = [
    (
        "mark repeated",
        "It said:\n\n“We thank you.\n\n“We wish you well.”\n\nThat was all.",
        ["We thank you.", "We wish you well."],
    ),
    ("straight mark repeated", '"We thank you.\n\n"We wish you well."', ["We thank you.", "We wish you well."]),
    ("guillemets repeated", "«Первое.\n\n«Второе.»", ["Первое.", "Второе."]),
    ("not repeated, closed later", "It said:\n“Dear friends,\nwe thank you.\nBe well.”\nThe end.", None),
    ("single line ends", "“We thank you.\n“We wish you well.”", ["We thank you.", "We wish you well."]),
]


@pytest.mark.parametrize(
    ("text", "paragraphs"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS]
)
def test_a_quotation_over_several_paragraphs_is_one(text: str, paragraphs: list[str] | None) -> None:
    [quote] = find_quotations(text)
    assert quote.continued and quote.closed
    parts = [text[start:end] for start, end in quote.paragraphs]
    if paragraphs is None:
        assert parts[0].startswith("Dear friends") and parts[-1] == "Be well."
    else:
        assert parts == paragraphs
    assert quote.content_start == quote.paragraphs[0][0]
    assert quote.content_end == quote.paragraphs[-1][1]


def test_a_straight_mark_that_nothing_closes_does_not_swallow_the_next_paragraph() -> None:
    text = '"We thank you.\n\nHe then opened the "Bridge" forum.'
    first, second = find_quotations(text)
    assert (text[first.start : first.end], first.closed) == ('"We thank you.', False)
    assert text[second.content_start : second.content_end] == "Bridge"


def test_depth_tells_what_stands_inside_another() -> None:
    quotes = find_quotations("“He said ‘I will go’ and “so be it” twice.”")
    assert [quote.depth for quote in quotes] == [0, 1, 1]


KINDS = [*((example["text"], example["kind"]) for example in EXAMPLES)]
KINDS += [
    ("The envoy called it “a step forward”.", "speech"),
    ("“Yes,” the guest said.", "speech"),
    ("He opened the “Silk Road” hall.", "title"),
    ("The “peacekeepers” stayed on.", "scare"),
    ("the self-proclaimed “People’s Council of the Valley” met", "scare"),
    ("“All that the two sides agreed upon last year in the capital has now been carried out,” he said.", "speech"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: str) -> None:
    assert [quote.kind for quote in find_quotations(text)] == [kind]


def test_outside_quotations_keeps_every_offset() -> None:
    text = "He said “I will go” today."
    assert outside_quotations(text) == "He said             today."


@given(st.text(alphabet=st.sampled_from("ab .,!\n\n“”„\"'’‘«»‹›「」`I5"), max_size=80))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    quotes = find_quotations(text)
    assert quotes == sorted(quotes, key=lambda quote: (quote.start, -quote.end))
    for quote in quotes:
        assert 0 <= quote.start < quote.content_start <= quote.content_end <= quote.end <= len(text)
        assert quote.paragraphs[0][0] == quote.content_start and quote.paragraphs[-1][1] == quote.content_end
        assert all(start <= end for start, end in quote.paragraphs)
    assert len(outside_quotations(text)) == len(text)


HOSTILE = {
    "curly": "“" * 100_000,
    "straight": '"' * 100_000,
    "pairs": "“a ” " * 40_000,
    "apostrophes": "'a " * 60_000,
    "one open single": "‘" + "x" * 500_000,
    "open paragraphs": "“\n\n" * 40_000,
    "guillemets": "« " * 50_000 + "» " * 50_000,
    "straight singles": "'a'" * 100_000,
    "repeated": "“a\n\n" * 40_000,
    "nested": "“" * 10_000 + "a" + "”" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = clock()
    find_quotations(text)
    assert clock() - started < 3.0
