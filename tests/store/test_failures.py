from __future__ import annotations

from dataclasses import replace

from tests.store.conftest import Put, sample

from dragoman.errors import EmptyDocument
from dragoman.store import Store


def test_a_failure_keeps_what_went_wrong_and_what_to_do(store: Store) -> None:
    store.fail("a.jsonl:7", EmptyDocument("no text", where="a.jsonl:7", hint="give it a text"))
    [failure] = store.failures()
    assert (failure.source, failure.kind, failure.message, failure.hint, failure.attempts) == (
        "a.jsonl:7", "EmptyDocument", "no text", "give it a text", 1,
    )  # fmt: skip
    assert store.status().failures == 1


def test_the_same_failure_again_counts_attempts(store: Store) -> None:
    store.fail("a.txt", EmptyDocument("no text"))
    first = store.failures()[0]
    store.fail("a.txt", ValueError())
    [failure] = store.failures()
    assert (failure.kind, failure.message, failure.attempts) == ("ValueError", "ValueError", 2)
    assert failure.first_seen == first.first_seen


def test_success_removes_a_failure(store: Store, put: Put) -> None:
    for source in ("a.jsonl:1", "akorda/1", "b.txt"):
        store.fail(source, EmptyDocument("no text"))
    put(replace(sample(), source="a.jsonl:1"))
    assert [failure.source for failure in store.failures()] == ["b.txt"]
    store.clear_failures(["b.txt", "never.txt"])
    assert store.failures() == []


def test_a_file_name_that_is_no_unicode(store: Store) -> None:
    store.fail("caf\udce9.txt", EmptyDocument("no text in caf\udce9.txt"))
    assert [failure.source for failure in store.failures()] == ["caf?.txt"]
