"""What parse_text finds: title, date of publication, language, id; and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read import parse_text
from dragoman.read.dates import edtf_of

REPORT = "The two ministers met in the morning and discussed reopening the border crossing in spring."


TITLES = [
    ("Ministers reopen the crossing\n\n" + REPORT, "Ministers reopen the crossing"),
    ("\n\n  Ministers reopen the crossing  \n\n" + REPORT, "Ministers reopen the crossing"),
    ("Ministers reopen the crossing\n" + REPORT, None),
    ("Ministers reopen the crossing.\n\n" + REPORT, None),
    ("Ministers reopen the crossing\n\n", None),
    ("17 February 2020, 11:30\n\n" + REPORT, None),
    ("Published: 3 March 2023\n\n" + REPORT, None),
    ("Ankara, 3 March 2023\n\n" + REPORT, None),
    ("* * *\n\n" + REPORT, None),
    ("word " * 60 + "\n\n" + REPORT, None),
]


@pytest.mark.parametrize("text, title", TITLES, ids=[repr(text[:40]) for text, _ in TITLES])
def test_title_is_a_first_short_line_and_stays_in_the_text(text: str, title: str | None) -> None:
    document = parse_text(text)
    assert document.title == title
    assert document.text == text


def test_given_title_wins() -> None:
    assert parse_text("A heading\n\n" + REPORT, title="Given").title == "Given"


PRINTED = [
    ("17 February 2020, 11:30\n\n" + REPORT, "2020-02-17"),
    ("Crossing reopens\n\nJune 19, 2023\n\n" + REPORT, "2023-06-19"),
    ("Crossing reopens\n\n16:40, June 19, 2023\n\n" + REPORT, "2023-06-19"),
    ("(Xinhua) 16:40, June 19, 2023\n" + REPORT, "2023-06-19"),
    ("2022-04-25\n" + REPORT, "2022-04-25"),
    ("Published: 3 March 2023\n" + REPORT, "2023-03-03"),
    ("Posted on Monday, 16 September 2024\n" + REPORT, "2024-09-16"),
    ("BEIJING, 14 September 2022 /TASS/. " + REPORT, "2022-09-14"),
    ("ASTANA, May 20 (Xinhua) -- " + REPORT, None),
    ("On 3 March 2023 the ministers met.\n" + REPORT, None),
    ("Updated: 3 March 2023\n" + REPORT, None),
    ("31 June 2023\n" + REPORT, None),
]


@pytest.mark.parametrize("text, published", PRINTED, ids=[repr(text[:40]) for text, _ in PRINTED])
def test_date_of_publication_is_read_from_the_top(text: str, published: str | None) -> None:
    assert parse_text(text).published == published


GIVEN = [
    ("2022-04-25", "2022-04-25"),
    ("2022-04-25T23:30:00Z", "2022-04-25"),
    ("2022-04-25 10:30", "2022-04-25"),
    ("2022-04-25T10:30:00+06:00", "2022-04-25"),
    ("2022-04", "2022-04"),
    ("2022", "2022"),
    ("2022-23", "2022-23"),
    ("2022-04-25~", "2022-04-25~"),
    ("2022-04-25/2022-04-27", "2022-04-25/2022-04-27"),
    ("25 April 2022", "2022-04-25"),
    ("April 25, 2022, 10:30", "2022-04-25"),
    ("2022-13-45", None),
    ("2022-02-30", None),
    ("2022-02-30T10:00", None),
    ("25 April", None),
    ("yesterday", None),
    ("04/05/2022", None),
    ("[" * 60, None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize("given_date, published", GIVEN, ids=[value[:30] for value, _ in GIVEN])
def test_given_date_is_kept_or_dropped_with_a_note(given_date: str, published: str | None) -> None:
    document = parse_text(REPORT, published=given_date)
    assert document.published == published
    assert bool(document.mended) == (published is None)
    if published is None:
        assert "publication date" in document.mended[0]


@given(st.dates().map(lambda day: day.isoformat()))
def test_every_iso_date_is_its_own_edtf(day: str) -> None:
    assert edtf_of(day) == day


@given(st.text(alphabet="0123456789-/XTZ~?%.[]{}, uU", max_size=24))
def test_any_publication_date_is_kept_or_dropped(value: str) -> None:
    kept = edtf_of(value)
    assert kept is None or kept == edtf_of(kept)


LANGUAGES = [
    (REPORT, "en"),
    ("Президент встретился с министром иностранных дел и обсудил открытие границы.", "ru"),
    ("Le président a reçu le ministre des Affaires étrangères au palais.", "fr"),
    ("El presidente se reunió con el ministro de Asuntos Exteriores en la capital.", "es"),
    ("国家主席在首都会见了来访的外交部长并就双边关系交换了意见", "zh"),
    ("التقى وزير الخارجية نظيره في العاصمة صباح اليوم وناقشا فتح المعبر", "ar"),
    ("Президент сыртқы істер министрімен кездесіп, шекараны ашу мәселесін талқылады.", "kk"),
    ("Ok.", None),
    ("12 345 67", None),
    ("", None),
    ("🤝🤝🤝", None),
    ("Aliyev Berg Olsen", None),
]


@pytest.mark.parametrize("text, language", LANGUAGES, ids=[text[:20] or "empty" for text, _ in LANGUAGES])
def test_language_is_detected_or_left_open(text: str, language: str | None) -> None:
    assert parse_text(text).language == language


def test_id_is_a_hash_of_the_url_or_of_the_text() -> None:
    by_url = parse_text(REPORT, url="https://example.org/1")
    assert by_url.id == parse_text("Another text.", url="https://example.org/1").id
    assert len(by_url.id) == 16
    assert parse_text(REPORT).id == parse_text(REPORT).id != parse_text(REPORT + " Both were content.").id
    assert parse_text(REPORT, id="given", url="https://example.org/1").id == "given"


@given(st.text(max_size=300))
def test_any_text_is_kept_but_for_what_mended_says(text: str) -> None:
    document = parse_text(text, language="en")
    expected = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert document.mended or document.text == expected
    assert parse_text(document.text, language="en").text == document.text or document.text.startswith("\ufeff")
    document.text.encode("utf-8")
