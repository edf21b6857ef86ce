from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.store.strategies import readings

from dragoman.errors import StoreError
from dragoman.records import RECORD_TYPES, Document, Record, Tenure
from dragoman.store import Store, open_store
from dragoman.store.fold import terms

VERSIONS = {"reader_version": "r1", "extractor_version": "x1"}


@given(reading=readings())
@settings(max_examples=150, deadline=None)
def test_a_store_gives_back_what_was_written(empty: Path, reading: tuple[Document, list[Record]]) -> None:
    document, records = reading
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, folder)
        with open_store(path) as store:
            assert store.write(document, records, **VERSIONS) == "stored"
        with open_store(path, create=False) as store:
            shown = store.document(document.id)
            assert shown.document == document
            assert shown.records == records
            assert [store.record(record.id).record for record in records] == records
            for record in records:
                for wanted in terms(record.evidence[0].text.partition('"')[0])[:3]:
                    assert record in [hit.record for hit in store.find(wanted, limit=None)]
            assert sorted(hit.record.id for hit in store.find(limit=None)) == sorted(item.id for item in records)


def test_the_strategy_reaches_every_type() -> None:
    assert set(RECORD_TYPES) == {
        "meeting", "visit", "agreement", "statement", "commitment", "relation", "tenure", "event",
    }  # fmt: skip


def test_evidence_that_is_not_verbatim_is_refused(store: Store) -> None:
    document = Document(id="d", text="Ivanova is Minister.")
    other = Document(id="d", text="Petrova is Minister.")
    record = Tenure(doc_id="d", evidence=(other.span(0, 7),), rule="copula", person="Petrova", office="Minister")
    with pytest.raises(StoreError, match="not the document's text from 0 to 7"):
        store.write(document, [record], **VERSIONS)
    assert store.status().documents == 0


def test_a_record_of_another_document_is_refused(store: Store) -> None:
    document = Document(id="d", text="Ivanova is Minister.")
    record = Tenure(
        doc_id="e", evidence=(document.span(0, 7),), rule="copula", person="Ivanova", office="Minister"
    )
    with pytest.raises(StoreError, match="of document e"):
        store.write(document, [record], **VERSIONS)


def test_half_a_surrogate_pair_is_refused_with_the_document_named(store: Store) -> None:
    with pytest.raises(StoreError, match=r"d: .*surrogate"):
        store.write(Document(id="d", text="a\ud800b"), [], **VERSIONS)


def test_the_same_claim_twice_is_kept_once(store: Store) -> None:
    document = Document(id="d", text="Ivanova is Minister.")
    record = Tenure(
        doc_id="d", evidence=(document.span(0, 7),), rule="copula", person="Ivanova", office="Minister"
    )
    store.write(document, [record, record], **VERSIONS)
    assert store.document("d").records == [record]
    assert store.status().records == 1
