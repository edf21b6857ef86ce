"""The samples: each is listed, short, dated, and says what its description promises."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.annotate.document_forms import document_form
from dragoman.process import process
from dragoman.read import read
from dragoman.records import Meeting, Record, Visit

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TEXTS = sorted(SAMPLES.rglob("*.txt"))


def _words(text: str) -> int:
    return len(re.findall(r"\w[\w'’.-]*", text))


def _briefs() -> list[dict[str, str]]:
    return [json.loads(line) for line in (SAMPLES / "briefs.jsonl").read_text("utf-8").splitlines()]


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) + len(_briefs()) + len(list(SAMPLES.glob("*.html"))) >= 18


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_has_a_title_a_date_and_a_readable_length(path: Path) -> None:
    title, published, body = path.read_text("utf-8").split("\n\n", 2)
    assert 3 <= _words(title) <= 14
    assert any(_is_date(published, form) for form in ("%d %B %Y", "%B %d, %Y"))
    assert 80 <= _words(body) <= 250


def _is_date(text: str, form: str) -> bool:
    try:
        return bool(datetime.strptime(text, form))
    except ValueError:
        return False


@pytest.mark.parametrize("brief", _briefs(), ids=lambda brief: brief["id"])
def test_a_brief_has_the_fields_of_a_document(brief: dict[str, str]) -> None:
    assert brief.keys() == {"id", "title", "published", "publisher", "text"}
    assert 80 <= _words(brief["text"]) <= 250


def test_the_list_of_samples_names_every_file_and_no_other() -> None:
    listed = set(re.findall(r"`([\w./-]+(?:/|\.\w+))`", (SAMPLES / "README.md").read_text("utf-8")))
    there = {f"{path.name}/" if path.is_dir() else path.name for path in SAMPLES.iterdir()}
    assert listed == there - {"README.md"}


@pytest.fixture(scope="module")
def found(nlp: Any) -> dict[str, list[Record]]:
    """The records of each sample by its path."""
    return {document.id: records for document, records in process(read(SAMPLES), nlp=nlp)}


@pytest.mark.model
def test_every_sample_is_read_with_title_date_and_words_that_stand_in_it(nlp: Any) -> None:
    for document, records in process(read(SAMPLES), nlp=nlp):
        assert document.title and document.published and document.language == "en", document.id
        for record in records:
            for span in record.evidence:
                assert document.text[span.start : span.end] == span.text


# sample, visitor's surname, host, and the status group in which every record of that visit must be
VISITS = [
    ("china-kazakhstan-2022/1-announced.txt", "Xi", "KAZ", "ahead"),
    ("china-kazakhstan-2022/1-announced.txt", "Wei", "KAZ", "happened"),
    ("china-kazakhstan-2022/3-confirmed.txt", "Xi", "KAZ", "ahead"),
    ("china-kazakhstan-2022/4-made.txt", "Xi", "KAZ", "happened"),
    ("china-kazakhstan-2022/5-signed.txt", "Xi", "KAZ", "happened"),
    ("britain-france-2023/1-announced.txt", "Charles", "FRA", "ahead"),
    ("britain-france-2023/2-postponed.txt", "Charles", "FRA", "ahead"),
    ("britain-france-2023/2-postponed.txt", "Charles", "DEU", "ahead"),
    ("britain-france-2023/3-made.txt", "Charles", "FRA", "happened"),
    ("america-denmark-2019/1-announced.txt", "Trump", "DNK", "ahead"),
    ("america-denmark-2019/2-cancelled.txt", "Trump", "DNK", "off"),
    ("kazakhstan-uzbekistan-treaty/2-treaty.txt", "Tokayev", "UZB", "happened"),
]
GROUPS = {
    "happened": {"done", "ongoing"},
    "ahead": {"planned", "proposed", "postponed"},
    "off": {"cancelled", "denied"},
}


@pytest.mark.model
@pytest.mark.parametrize(("sample", "visitor", "host", "group"), VISITS)
def test_a_visit_is_found_and_a_plan_is_no_act(
    found: dict[str, list[Record]], sample: str, visitor: str, host: str, group: str
) -> None:
    visits = [record for record in found[sample] if isinstance(record, Visit)]
    of_this = [  # not the visit of an earlier year that the text mentions
        visit
        for visit in visits
        if visitor in visit.visitor.name and visit.host == host and "last came" not in visit.evidence[0].text
    ]
    assert of_this
    assert {visit.status for visit in of_this} <= GROUPS[group]


# sample, and surnames of two who have not met there: it is planned, put off or denied
NOT_MET = [
    ("china-kazakhstan-2022/3-confirmed.txt", "Xi", "Tokayev"),
    ("america-denmark-2019/2-cancelled.txt", "Trump", "Frederiksen"),
    ("america-denmark-2019/1-announced.txt", "Trump", "Frederiksen"),
    ("sample-brief-denial", "Putin", "Biden"),
]


@pytest.mark.model
@pytest.mark.parametrize(("sample", "one", "other"), NOT_MET)
def test_a_meeting_that_is_not_held_is_not_recorded_as_held(
    found: dict[str, list[Record]], sample: str, one: str, other: str
) -> None:
    for record in found[sample]:
        if isinstance(record, Meeting) and record.status in GROUPS["happened"]:
            assert not all(name in record.summary() for name in (one, other))


# sample, type of record, words of its summary
ALSO = [
    ("2024-04-02-call-white-house.txt", "meeting", "(call)"),
    ("2024-04-02-call-xinhua.txt", "meeting", "(call)"),
    ("2023-08-18-camp-david-summit.txt", "meeting", "Joe Biden, Fumio Kishida, Yoon Suk Yeol"),
    ("2023-08-18-camp-david-summit.txt", "agreement", "joint statement"),
    ("2022-06-28-madrid-memorandum.txt", "agreement", "memorandum"),
    ("2024-06-24-eu-sanctions.txt", "event", "SANCTION"),
    ("sample-brief-condolences", "meeting", "(letter)"),
    ("kazakhstan-uzbekistan-treaty/1-declaration.txt", "agreement", "(signed)"),
    ("kazakhstan-uzbekistan-treaty/3-ratified.txt", "agreement", "(ratified)"),
    ("china-kazakhstan-2022/4-made-xinhua.txt", "meeting", "Xi Jinping, Kassym-Jomart Tokayev"),
    ("china-kazakhstan-2022/4-made-xinhua.txt", "agreement", "joint statement"),
    ("2023-03-10-saudi-iran.html", "commitment", "restore diplomatic relations"),
]


@pytest.mark.model
@pytest.mark.parametrize(("sample", "kind", "words"), ALSO)
def test_a_sample_yields_what_it_is_there_for(
    found: dict[str, list[Record]], sample: str, kind: str, words: str
) -> None:
    assert any(words in record.summary() for record in found[sample] if record.record == kind)


@pytest.mark.model
def test_the_sample_without_diplomacy_yields_no_meeting_visit_or_accord(found: dict[str, list[Record]]) -> None:
    records = found["2022-09-25-berlin-marathon.txt"]
    assert {record.record for record in records} & {"meeting", "visit", "agreement", "relation"} == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_report_is_not_taken_for_the_words_of_those_in_its_headline(path: Path) -> None:
    [document] = read(path)
    assert not document_form(document.text, title=document.title).own_words
