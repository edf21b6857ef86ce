from __future__ import annotations

from dataclasses import replace

import pytest
from tests.store.conftest import TEXT, Put, claims, sample

from dragoman.errors import NotFound
from dragoman.records import Dateline
from dragoman.store import Store


def contents(store: Store) -> list[tuple[str, ...]]:
    return sorted((hit.record.id, hit.document_id) for hit in store.find(limit=None, superseded=True))


def test_the_same_document_again_changes_nothing(store: Store, put: Put) -> None:
    assert put(sample()) == "stored"
    before = store.status()
    assert put(sample()) == "unchanged"
    assert store.status() == before


def test_the_same_document_from_elsewhere_changes_nothing(store: Store, put: Put) -> None:
    put(sample())
    again = replace(sample(), retrieved="2024-01-01T00:00:00Z", source="copy.jsonl:3")
    assert put(again) == "unchanged"
    assert store.document("akorda/1").document.source is None


def test_a_changed_document_becomes_a_new_version_beside_the_old(store: Store, put: Put) -> None:
    put(sample())
    old = store.document("akorda/1").records[0]
    changed = sample(text=TEXT.replace("Nur-Sultan", "Astana"))
    assert put(changed) == "changed"
    shown = store.document("akorda/1")
    assert shown.document == changed
    assert [(item.number, item.current) for item in shown.versions] == [(1, False), (2, True)]
    assert len(store.find()) == 3, "only what is current"
    assert len(store.find(superseded=True)) == 6
    permalink = store.record(old.id)
    assert permalink.record == old
    assert permalink.document == sample(), "the old record still shows the text it was read from"
    assert not permalink.current
    status = store.status()
    assert (status.documents, status.versions, status.superseded_versions) == (1, 2, 1)
    assert (status.records, status.superseded_records) == (3, 3)


def test_a_source_that_goes_back_shows_its_old_text_again(store: Store, put: Put) -> None:
    put(sample())
    put(sample(text=TEXT.replace("Nur-Sultan", "Astana")))
    assert put(sample()) == "restored"
    assert store.document("akorda/1").document == sample()
    assert store.status().versions == 2
    assert put(sample()) == "unchanged"


def test_a_newer_extractor_writes_beside_the_older(store: Store, put: Put) -> None:
    document = sample()
    put(document, claims(document)[:2], extractor="x1")
    assert put(document, extractor="x2") == "reread"
    assert len(store.find()) == 3
    assert len(store.find(superseded=True)) == 5
    assert store.status().versions == 1
    assert store.status().extractor_versions == {"x2": 1}


def test_an_older_extractor_run_again_does_not_take_over(store: Store, put: Put) -> None:
    document = sample()
    put(document, [], extractor="x1")
    put(document, extractor="x2")
    assert put(document, [], extractor="x1") == "unchanged"
    assert len(store.find()) == 3


def test_a_claim_of_two_extractors_shows_the_newer_one(store: Store, put: Put) -> None:
    document = sample()
    meeting = claims(document)[0]
    put(document, [meeting], extractor="x1")
    put(document, [replace(meeting, confidence=0.1)], extractor="x2")
    shown = store.record(meeting.id)
    assert (shown.record.confidence, shown.extractor_version, shown.current) == (0.1, "x2", True)


def test_a_newer_reader_that_reads_the_same_adds_no_version(store: Store, put: Put) -> None:
    put(sample(), reader="r1")
    assert put(sample(), reader="r2") == "reread"
    assert store.status().versions == 1


def test_a_newer_reader_that_finds_a_dateline_adds_a_version(store: Store, put: Put) -> None:
    put(sample(), reader="r1")
    better = replace(sample(), dateline=Dateline(place="Nur-Sultan", country="KAZ"))
    assert put(better, reader="r2") == "changed"
    assert store.document("akorda/1").document == better


def test_documents_without_records_are_kept_and_counted(store: Store, put: Put) -> None:
    put(sample(id="recipe", text="Boil the noodles."), [])
    put(sample())
    status = store.status()
    assert (status.documents, status.without_records) == (2, 1)
    assert store.document("recipe").records == []


def test_what_needs_no_reading_is_known_beforehand(store: Store, put: Put) -> None:
    put(sample())
    changed, other = sample(text="Other words."), sample(id="akorda/2")
    asked = {"reader_version": "r1", "extractor_version": "x1"}
    assert store.unchanged([sample(), other], **asked) == {"akorda/1"}
    assert store.unchanged([changed], **asked) == set()
    assert store.unchanged([sample()], reader_version="r1", extractor_version="x2") == set()
    assert store.unchanged([sample()], reader_version="r2", extractor_version="x1") == set()


def test_a_batch_is_written_wholly_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = sample(id="a"), sample(id="b")
    from dragoman.store import rows, write

    real = rows.record_rows

    def breaks(record: object, **options: object) -> object:
        if record.doc_id == "b":  # type: ignore[attr-defined]
            raise RuntimeError("the power went")
        return real(record, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "record_rows", breaks)
    with pytest.raises(RuntimeError):
        store.write_batch(
            [(first, claims(first)), (second, claims(second))], reader_version="r1", extractor_version="x1"
        )
    assert contents(store) == []
    assert store.status().documents == 0


class TestIds:
    def test_a_unique_beginning_is_enough(self, store: Store, put: Put) -> None:
        put(sample())
        record = store.find()[0].record
        assert store.record(record.id[:6]).record == record
        assert store.document("ako").document == sample()

    def test_a_whole_id_wins_over_longer_ones(self, store: Store, put: Put) -> None:
        put(sample(id="a"))
        put(sample(id="a/b"))
        assert store.document("a").document.id == "a"

    def test_an_ambiguous_beginning_lists_the_candidates(self, store: Store, put: Put) -> None:
        put(sample(id="akorda/1"))
        put(sample(id="akorda/2"))
        with pytest.raises(NotFound, match=r"2 documents .*akorda/1, akorda/2"):
            store.document("akorda/")

    def test_an_unknown_id_names_near_ones(self, store: Store, put: Put) -> None:
        put(sample())
        with pytest.raises(NotFound, match="near to it: akorda/1"):
            store.document("akordo/1")
        with pytest.raises(NotFound, match="near to it"):
            store.record("zzzz")

    @pytest.mark.parametrize("prefix", ["", "%", "_", "'", "\x00", "\U0010ffff", "\ud800"])
    def test_odd_prefixes_are_not_found(self, store: Store, prefix: str) -> None:
        with pytest.raises(NotFound, match="no records in this store yet"):
            store.record(prefix)
