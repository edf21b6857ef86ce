"""``dragoman explain`` on a real store with the real pipeline."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.rooms import Rooms


@pytest.mark.model
def test_explain_prints_rule_chain_time_and_parse(call: Callable[..., Any], tmp_path: Path, nlp: Any) -> None:
    assert nlp
    text = "Foreign Minister Anna Berg of Norway will visit China in September 2022.\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    store = tmp_path / "record.db"
    assert call("ingest", tmp_path / "plan.txt", "--store", store, "--workers", "1", rooms=Rooms()).exit_code == 0
    listed = call("find", "--type", "visit", "--format", "jsonl", "--store", store, rooms=Rooms())
    record = json.loads(listed.stdout.splitlines()[0])
    shown = call("explain", record["id"], "--store", store, rooms=Rooms())
    assert shown.exit_code == 0
    for part in (
        record["rule"],
        "tense.future",
        "Anna Berg (Foreign Minister, NOR)",
        "“September 2022” → 2022-09",
        "ROOT",
    ):
        assert part in shown.stdout


def test_explain_of_an_unknown_id_ends_with_nothing_found(call: Callable[..., Any], tmp_path: Path) -> None:
    store = tmp_path / "record.db"
    call("ingest", tmp_path, "--store", store, rooms=Rooms())
    shown = call("explain", "no-such-id", "--store", store, rooms=Rooms())
    assert shown.exit_code == 4
    assert "no-such-id" in shown.stderr
