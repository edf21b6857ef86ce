"""Quality does not fall: the figures in floors.toml, measured anew on the gold beside the checkout.

Without the gold these tests are skipped, except in CI, where its absence is a failure (see ``shared``).
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.annotate import load_pipeline
from dragoman.errors import ModelError
from dragoman.evaluate import Annotations, documents_beside, evaluate, load_annotations, load_floors
from dragoman.records import Record

FLOORS = load_floors(Path(__file__).with_name("floors.toml"))

pytestmark = [pytest.mark.shared, pytest.mark.model]


@pytest.fixture(scope="module")
def pipeline() -> Any:
    """The shipped pipeline, or the one that DRAGOMAN_MODEL names; a checkout may hold neither as yet."""
    try:
        return load_pipeline(os.environ.get("DRAGOMAN_MODEL"))
    except ModelError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have a pipeline: {error}")
        pytest.skip(f"no pipeline: {error}")


@pytest.fixture(scope="module")
def found(shared: Path, pipeline: Any) -> Callable[[str], list[Record]]:
    """The records of a gold set's documents, each set read once."""
    return functools.cache(lambda name: _found(shared / "gold" / f"{name}.gold.jsonl", pipeline))


def _found(gold: Path, nlp: Any) -> list[Record]:
    from dragoman.process import process
    from dragoman.read import read

    return [record for _, records in process(read(documents_beside(gold)), nlp=nlp) for record in records]


@pytest.mark.parametrize("name", FLOORS.sets)
def test_no_figure_is_below_its_floor(name: str, shared: Path, found: Callable[[str], list[Record]]) -> None:
    gold = shared / "gold" / f"{name}.gold.jsonl"
    evaluation = evaluate(load_annotations(gold), Annotations.of_records(found(name)))
    assert evaluation.without_evidence == 0
    assert [str(breach) for breach in FLOORS.breaches(name, evaluation)] == []


def test_the_planned_visit_of_the_founding_document_is_planned(found: Callable[[str], list[Record]]) -> None:
    visits = [record.to_dict() for record in found("seed") if record.record == "visit"]
    [planned] = [visit for visit in visits if visit["date"] == "2022-09"]
    assert (planned["visitor"]["name"], planned["host"], planned["status"]) == ("Xi Jinping", "KAZ", "planned")
