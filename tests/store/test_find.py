from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.conftest import Put, claims, person, sample
from tests.store.strategies import characters

from dragoman.errors import DragomanError
from dragoman.records import Document, Statement, Tenure
from dragoman.store import Store, open_store
from dragoman.store.fold import fold, terms


def found(store: Store, *args: Any, **asked: Any) -> list[str]:
    return [hit.record.record for hit in store.find(*args, **asked)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["meeting", "statement", "visit"]),
        ({"types": ["meeting"]}, ["meeting"]),
        ({"types": ["meeting", "visit"]}, ["meeting", "visit"]),
        ({"countries": ["TUR"]}, ["visit"]),
        ({"countries": ["kaz", "CHN"]}, ["meeting"]),
        ({"countries": ["USA"]}, []),
        ({"countries": ["Kazakhstan", "China"]}, ["meeting"]),
        ({"countries": ["türkiye"]}, ["visit"]),
        ({"countries": ["UAE"]}, []),
        ({"person": "tokayev"}, ["meeting", "statement"]),
        ({"person": "XI jin"}, ["meeting", "visit"]),
        ({"person": "Jinping Xi"}, ["meeting", "visit"]),
        ({"status": "planned"}, ["visit"]),
        ({"since": "2022-09-15"}, ["visit"]),
        ({"until": "2022-09-14"}, ["meeting", "statement", "visit"]),
        ({"until": "2022-08"}, []),
        ({"since": "2022-10", "until": "2022-10"}, ["visit"]),
        ({"since": "2022-12"}, []),
        ({"limit": 1}, ["meeting"]),
        ({"limit": None, "offset": 2}, ["visit"]),
        ({"types": ["meeting"], "person": "xi", "since": "2022", "until": "2022"}, ["meeting"]),
    ],
)
def test_conditions(store: Store, put: Put, asked: dict[str, Any], expected: list[str]) -> None:
    put(sample())
    assert found(store, **asked) == expected
    counted = {name: value for name, value in asked.items() if name not in {"limit", "offset"}}
    if counted == asked:
        assert store.count(**counted) == len(expected)
        assert [hit.record.record for hit in store.stream(**counted)] == expected


def test_a_hit_names_its_document(store: Store, put: Put) -> None:
    put(sample())
    hit = store.find(types=["meeting"])[0]
    assert (hit.document_id, hit.title, hit.published, hit.publisher) == (
        "akorda/1", "Talks in Nur-Sultan", "2022-09-14", "Akorda",
    )  # fmt: skip
    assert hit.record == claims(sample())[0]


def test_records_without_any_date_come_last_and_fall_into_no_time(store: Store, put: Put) -> None:
    put(sample(id="dated"))
    undated = sample(id="undated", published=None)
    put(undated, claims(undated)[1:2])
    assert store.find()[-1].document_id == "undated"
    assert {hit.document_id for hit in store.find(since="0000", until="9999")} == {"dated"}


def test_of_one_day_the_record_in_which_the_words_weigh_most_comes_first(store: Store, put: Put) -> None:
    document = Document(id="d", text="Gas transit. They spoke about gas and many other things of importance.")
    speaker = person("Ivanova", "KAZ")
    long, short = document.span(13, 71), document.span(0, 11)
    records = [
        Statement(doc_id="d", evidence=(span,), rule="r", speaker=speaker, mode="reported", text=span.text)
        for span in (long, short)
    ]
    put(document, records)
    assert [hit.record.evidence[0].text for hit in store.find("gas")] == [short.text, long.text]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"types": ["meting"]}, "no record type 'meting'.*meeting"),
        ({"status": "maybe"}, "no status 'maybe'"),
        ({"countries": ["Ruritania"]}, "no country is known as 'Ruritania'"),
        ({"since": "yesterday"}, "since 'yesterday' is no date"),
        ({"until": "2022-13"}, "until '2022-13' is no date"),
        ({"since": "2023", "until": "2022"}, "since 2023 is after until 2022"),
    ],
)
def test_a_condition_that_makes_no_sense_says_so(store: Store, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(DragomanError, match=message):
        store.find(**asked)


def test_another_resolver_of_countries(tmp_path: Any) -> None:
    with open_store(tmp_path / "record.db", resolve_country={"哈萨克斯坦": "KAZ"}.get) as store:
        store.write(sample(), claims(sample()), reader_version="r", extractor_version="x")
        assert found(store, countries=["哈萨克斯坦"]) == ["meeting", "statement"]


def test_the_person_of_a_tenure_is_found(store: Store, put: Put) -> None:
    document = Document(id="d", text="Ivanova is Minister.")
    put(
        document,
        [Tenure(doc_id="d", evidence=(document.span(0, 7),), rule="r", person="Ivanova", office="Minister")],
    )
    assert found(store, person="ivan") == ["tenure"]


SCRIPTS = [
    ("习近平主席会见了托卡耶夫。", "习近平", "习近乎"),
    ("普京与习近平通电话。", "普京", "普金"),
    ("Токаев встретился с Эрдоганом.", "токаев", "токай"),
    ("Саммит ЕС прошёл в Брюсселе.", "ес", "нк"),
    ("Саммит ЕС прошёл в Брюсселе.", "прошел", "пришел"),
    ("Қасым-Жомарт Тоқаев Анкараға барды.", "тоқаев", "токарев"),
    ("Erdoğan Yıldırım'ı kabul etti.", "erdogan", "erdogen"),
    ("Erdoğan Yıldırım'ı kabul etti.", "YILDIRIM", "yilmaz"),
    ("استقبل الرئيس السيسي نظيره التركي", "السيسي", "البشير"),
    ("הנשיא נפגש עם ראש הממשלה", "הנשיא", "הנשים"),
    ("प्रधानमंत्री मोदी ने बैठक की", "मोदी", "मीदा"),
    ("尹錫悅と岸田が会談した。ガス", "ガス", "カス"),
    ("윤석열 대통령이 회담했다", "대통령", "대통합"),
    ("ⵜⴰⵎⴰⵣⵉⵖⵜ 🤝 meeting", "🤝", "👋"),
    ("Straße nach Ankara", "STRASSE", "strafe"),
    ("The President’s visit", "president's", "presidents"),
]


@pytest.mark.parametrize(("text", "wanted", "other"), SCRIPTS, ids=[wanted for _, wanted, _ in SCRIPTS])
def test_words_of_any_script(store: Store, put: Put, text: str, wanted: str, other: str) -> None:
    document = Document(id="d", text=text)
    record = Statement(
        doc_id="d",
        evidence=(document.span(0, len(text)),),
        rule="r",
        speaker=person("N", "KAZ"),
        mode="reported",
        text=text,
    )
    put(document, [record])
    assert found(store, wanted) == ["statement"]
    assert found(store, other) == []
    assert [hit.document_id for hit in store.find_documents(wanted)] == ["d"]
    assert store.find_documents(other) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("received", ["meeting"]),
        ("xi kassym-jomart", ["meeting"]),
        ('"Xi Jinping in Nur-Sultan"', ["meeting"]),
        ('"in Nur-Sultan Xi"', []),
        ("received limits", []),
        ("president", ["meeting", "statement", "visit"]),
        ("普京", ["visit"]),
        ("习近平", ["visit"]),
        ("", ["meeting", "statement", "visit"]),
        ('"', ["meeting", "statement", "visit"]),
        ("turkiye", ["visit"]),
        ("NEAR(xi jinping)", []),
        ("rec*", []),
        ("xi OR nothing", []),
    ],
)
def test_words(store: Store, put: Put, words: str, expected: list[str]) -> None:
    put(sample())
    assert found(store, words) == expected


def test_superseded_words_are_not_found(store: Store, put: Put) -> None:
    put(sample())
    put(sample(text="Nothing of note. Nothing else. Nothing at all"))
    assert found(store, "received") == []
    assert store.find_documents("strategic") == []
    assert [hit.records for hit in store.find_documents("note")] == [3]


def test_documents_are_found_by_words_that_no_record_holds(store: Store, put: Put) -> None:
    put(sample(), [])
    assert found(store, "strategic partnership") == []
    hit = store.find_documents("strategic partnership")[0]
    assert hit.document_id == "akorda/1"
    assert "strategic" in hit.excerpt
    assert [hit.document_id for hit in store.find_documents("talks")] == ["akorda/1"], "titles count"


@given(
    words=st.text(st.characters(exclude_categories=[]), max_size=60)
    | st.text(st.sampled_from("\"'*()-:^{}[]%_\\ ANDORNEAR\x00"), max_size=40)
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(store: Store, words: str) -> None:
    store.write(sample(), claims(sample()), reader_version="r1", extractor_version="x1")
    everything = {hit.record.id for hit in store.find()}
    assert {hit.record.id for hit in store.find(words)} <= everything
    assert {hit.record.id for hit in store.find(person=words)} <= everything
    assert {hit.document_id for hit in store.find_documents(words)} <= {sample().id}


def test_a_query_as_long_as_a_document(store: Store, put: Put) -> None:
    put(sample())
    many = " ".join(f"word{n}" for n in range(5000))
    assert store.find(many) == []
    assert store.find("x" * 100_000) == []
    assert found(store, " ".join(["received"] * 3000)) == ["meeting"]


@given(text=st.text(characters, max_size=80))
@settings(max_examples=300)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(before=st.text(characters, max_size=20), word=st.text(characters, max_size=20), after=st.text(max_size=20))
@settings(max_examples=200)
def test_a_word_is_found_among_others(before: str, word: str, after: str) -> None:
    for term in terms(word):
        assert term in fold(f"{before} {word} {after}")
