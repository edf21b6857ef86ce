"""Time expressions: sentence in, EDTF value out."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from time import process_time as clock
from typing import Literal

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate.edtf_dates import bounds
from dragoman.annotate.time_words import Rule, time_words
from dragoman.annotate.times import find_times

RULES = time_words().rules


def _text(value: object) -> str | None:
    return None if value is None else str(value)  # YAML reads 2022-04-25 as a date


EXAMPLES = [(rule, *map(_text, example)) for rule in RULES for example in rule.entry["examples"]]
TRAPS = [(rule, text) for rule in RULES for text in rule.entry.get("not", ())]


@pytest.mark.parametrize(("rule", "text", "published", "edtf"), EXAMPLES, ids=lambda v: getattr(v, "name", str(v)))
def test_every_rule_finds_its_examples(rule: Rule, text: str, published: str | None, edtf: str | None) -> None:
    found = find_times(text, published=published)
    assert len(found) == 1
    assert found[0].edtf == edtf
    assert found[0].text in (text, text.removeprefix("in "))


@pytest.mark.parametrize(("rule", "text"), TRAPS, ids=lambda v: getattr(v, "name", str(v)))
def test_no_rule_finds_its_counter_examples(rule: Rule, text: str) -> None:
    assert find_times(text, published="2022-04-25") == []


SENTENCES = [
    ("month ahead", "The state visit is planned for September 2022.", "2022-04-25", "September 2022", "2022-09"),
    ("season", "The leader will come in autumn 2022.", "2022-06-07", "autumn 2022", "2022-23"),
    ("opening", "Ties have existed since 1992.", "2022-04-25", "since 1992", "1992/.."),
    ("since a month", "It has sent aid since February.", "2022-11-23", "since February", "2022-02/.."),
    ("since a decade", "They have traded since the 1990s.", "2022-04-25", "since the 1990s", "1990~/.."),
    ("closing", "The plan runs until 2025.", "2022-04-25", "until 2025", "../2025"),
    ("end of", "They will meet again at the end of September.", "2021-07-28", "the end of September", "2021-09"),
    ("mid", "The line opens in mid-2023.", "2022-04-25", "mid-2023", "2023"),
    ("early month", "He arrives in early May.", "2022-04-25", "early May", "2022-05"),
    ("earlier this month", "They met earlier this month.", "2022-04-25", "earlier this month", "2022-04"),
    ("possessive", "Today’s talks were useful.", "2021-07-28", "Today", "2021-07-28"),
    ("month as adjective", "She recalled the August trip to Asia.", "2021-10-13", "August", "2021-08"),
    ("december said in february", "In December the two sides met.", "2022-02-26", "December", "2021-12"),
    ("may ahead", "He will visit in May.", "2022-11-13", "May", "2023-05"),
    ("weekday ahead", "The minister will travel on Monday.", "2022-04-27", "Monday", "2022-05-02"),
    ("weekday past", "The minister arrived on Monday.", "2022-04-27", "Monday", "2022-04-25"),
    ("to be signed", "The accord is to be signed on Friday.", "2022-04-27", "Friday", "2022-04-29"),
    ("weekday fixes the year", "They spoke on Monday, May 2.", "2022-12-20", "Monday, May 2", "2022-05-02"),
    ("line end", "The visit of 14\nSeptember 2022 went well.", None, "14\nSeptember 2022", "2022-09-14"),
    ("capitals", "MAY 20, 2024 – The envoy left.", None, "MAY 20, 2024", "2024-05-20"),
    ("brackets", "Security Council Resolution 1970 (2011) holds.", None, "2011", "2011"),
    ("year before a noun", "The 2018 Prespa Agreement stands.", None, "2018", "2018"),
    ("old year", "In 1648 peace was made.", None, "1648", "1648"),
    ("no-break space", "on 14\u00a0September\u00a02022", None, "14\u00a0September\u00a02022", "2022-09-14"),
    ("coarse publication", "They met this year.", "2022", "this year", "2022"),
    ("no publication", "They met on 14 September.", None, "14 September", None),
    ("list that is no interval", "He spoke on May 2 and 9.", "2022-05-10", "May 2", "2022-05-02"),
    ("leap day", "The post closed on February 29.", "2024-03-02", "February 29", "2024-02-29"),
    ("first of January", "They spoke yesterday.", "2022-01-01", "yesterday", "2021-12-31"),
]


@pytest.mark.parametrize(
    ("text", "published", "words", "edtf"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES]
)
def test_values_in_sentences(text: str, published: str | None, words: str, edtf: str | None) -> None:
    assert [(time.text, time.edtf) for time in find_times(text, published=published)] == [(words, edtf)]


NO_TIMES = [
    "Some 2,000 troops and 20 million people were there.",
    "Resolution 2254 and Resolution 1701 were cited.",
    "Resolutions 1718, 1874 and 1929 apply.",
    "The G20 and the G7 met the BRICS.",
    "under 50 U.S.C. 1701 et seq.",
    "Theresa May and August Wilson met June Carter.",
    "You may march if you wish.",
    "Executive Order 13382 targets weapons.",
    "The second round and the first half ended.",
    "It stood at 1.2020 euros, up 0.2022.",
    "May God bless our troops.",
    "COVID-19 and F-16 and 10.30 and 1/2.",
    "Call (202) 555-2022.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_numbers_and_names_that_are_no_times(text: str) -> None:
    assert find_times(text, published="2022-04-25") == []


@pytest.mark.parametrize(
    ("text", "relation", "edtf"),
    [
        ("It is due by April 1, 2023.", "by", "2023-04-01"),
        ("It must end before 2025.", "before", "2025"),
        ("It began after June 2020.", "after", "2020-06"),
        ("It has run since 2014.", "since", "2014/.."),
        ("It holds in 2022.", "in", "2022"),
    ],
)
def test_how_the_text_stands_to_the_date(text: str, relation: str, edtf: str) -> None:
    found = find_times(text, published="2022-04-25")
    assert [(time.relation, time.edtf) for time in found] == [(relation, edtf)]


@pytest.mark.parametrize(
    ("text", "kind", "duration"),
    [
        ("a three-day visit", "duration", "P3D"),
        ("for 18 months", "duration", "P18M"),
        ("two and a half years", "duration", "P2.5Y"),
        ("several weeks", "duration", None),
        ("the past two days", "interval", "P2D"),
        ("every year", "set", "P1Y"),
        ("a 45-year-old man", "age", None),
        ("in the coming days", "vague", None),
        ("the 30th anniversary", "anniversary", None),
    ],
)
def test_what_is_no_date_says_so(text: str, kind: str, duration: str | None) -> None:
    found = find_times(text, published="2022-04-25")
    assert [(time.kind, time.duration) for time in found] == [(kind, duration)]


@pytest.mark.parametrize(("prefer", "edtf"), [("past", "2022-04-22"), ("future", "2022-04-29")])
def test_the_caller_can_say_where_a_weekday_lies(prefer: Literal["past", "future"], edtf: str) -> None:
    assert find_times("on Friday", published="2022-04-25", prefer=prefer)[0].edtf == edtf


@pytest.mark.parametrize(("day_first", "edtf"), [(True, "2024-04-05"), (False, "2024-05-04"), (None, "2024")])
def test_the_caller_can_say_how_strokes_are_read(day_first: bool | None, edtf: str) -> None:
    assert find_times("5/4/2024", published=None, day_first=day_first)[0].edtf == edtf


def test_basis_tells_what_was_counted_from_publication() -> None:
    found = find_times("September 2022, last year, 14 September", published="2022-04-25")
    assert [time.basis for time in found] == ["text", "relative", "relative"]


WORDS = (
    "from to until since between and the of in on by early late mid- end last next this past coming "
    "second first half quarter Q3 fall autumn winter May March Sept. September 14 30 31 29 3 05 2022 1992 "
    "2024 1999 0000 9999 1990s 19th century 30th anniversary years ago days week month decade year Monday "
    "Sunday Feb. February today yesterday tomorrow 2022-04-25 25.04.2022 5/4/2024 – - , . ( ) FY2023 "
    "Christmas several two twenty-five a an will met fiscal"
)
PIECES = st.sampled_from([*WORDS.split(" "), "\n"])
PUBLISHED = st.sampled_from(
    [None, "", "2022", "2022-04", "2022-04-25", "2024-02-29", "1000-01-01", "9000-12-31", "x"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14), PUBLISHED, st.sampled_from([None, "past", "future"]))
def test_whatever_is_found_is_valid(
    pieces: list[str], published: str | None, prefer: Literal["past", "future"] | None
) -> None:
    text, end = " ".join(pieces), 0
    for time in find_times(text, published=published, prefer=prefer):
        assert time.text == text[time.start : time.end] != ""
        assert end <= time.start < time.end
        end = time.end
        if time.edtf is not None:
            parse_edtf(time.edtf)
            first, last = bounds(time.edtf)
            assert first or last
            assert first is None or last is None or first <= last


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for time in find_times(text, published="2022-04-25"):
        assert text[time.start : time.end] == time.text


@pytest.mark.parametrize(
    "text",
    [
        "the " * 50_000,
        " " * 200_000,
        "1" * 200_000,
        "2022-" * 40_000,
        "from the end of " * 15_000,
        "twenty-" * 30_000,
        "May " * 50_000,
        "2 " * 100_000,
        "(" * 100_000 + "2022" + ")" * 100_000,
    ],
    ids=["the", "blanks", "digits", "dashes", "openings", "numbers", "months", "pairs", "brackets"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = clock()
    find_times(text, published="2022-04-25")
    assert clock() - started < 3.0


@pytest.mark.shared
def test_speed_on_real_text(shared: Path) -> None:
    with gzip.open(shared / "data/docs/kremlin.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in islice(lines, 400)]
    find_times("in May 2022", published=None)  # the grammar is compiled once
    started = clock()
    for text in texts:
        find_times(text["text"], published=text["published"])
    rate = sum(len(text["text"]) for text in texts) / (clock() - started)
    assert rate > 500_000, f"{rate:.0f} characters a second"  # 1.6 million on an idle core
