"""``dragoman evaluate``: figures, mistakes, floors and codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.export.examples import TEXT, records

from dragoman.evaluate import load_floors

Call = Callable[..., Any]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The example with a record that nothing finds, and its document beside it as "-0" of the fake reader."""
    path = tmp_path / "own.gold.jsonl"
    doc_id = f"{tmp_path / 'own.jsonl'}-0"
    found = [record.to_dict() | {"doc_id": doc_id} for record in records()]
    missed = found[1] | {"host": "PER"}
    path.write_text("".join(json.dumps(each) + "\n" for each in [*found, missed]), "utf-8")
    (tmp_path / "own.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    return path


def test_the_documents_beside_the_gold_are_read(call: Call, gold: Path) -> None:
    done = call("evaluate", gold, "--json")
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)["all"]
    assert (figures["gold"], figures["predicted"], figures["matched"]) == (9, 8, 8)


def test_the_table_and_the_mistakes(call: Call, gold: Path) -> None:
    done = call("evaluate", gold, "--errors", "visit")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert next(x for x in lines if x[:1] == ["visit"])[:7] == ["visit", "2", "1", "1", "1.000", "0.500", "0.667"]
    assert any(line[:1] == ["missed"] and "host=PER" in line for line in lines)


def test_given_predictions(call: Call, gold: Path, tmp_path: Path) -> None:
    pred = tmp_path / "pred.jsonl"
    pred.write_text("", "utf-8")
    assert json.loads(call("evaluate", gold, "--pred", pred, "--json").stdout)["all"]["predicted"] == 0


def test_below_a_floor_is_code_8(call: Call, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[own]\nrecall = 0.95\n[own.types]\nmeeting = 0.9\n")
    done = call("evaluate", gold, "--floors", floors)
    assert done.exit_code == 8
    assert done.stderr == f"error: {floors}: [own] recall is 0.889, its floor 0.95\n"


def test_raising_floors_never_lowers_one_unless_that_is_said(call: Call, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[own]\nrecall = 0.95\nprecision = 0.5\n\n[other]\nf1 = 0.3\n")
    assert call("evaluate", gold, "--floors", floors, "--raise-floors").exit_code == 8
    assert load_floors(floors).sets == {"own": {"recall": 0.95, "precision": 1.0}, "other": {"f1": 0.3}}
    done = call("evaluate", gold, "--floors", floors, "--raise-floors", "--allow-lower")
    assert done.exit_code == 0
    assert load_floors(floors).sets["own"] == {"recall": 0.88, "precision": 1.0}


def test_lowering_is_documented_as_taking_a_flag(call: Call, root: Path) -> None:
    assert "--allow-lower" in call("evaluate", "--help", env={"COLUMNS": "200"}).stdout
    assert "--allow-lower" in (root / "tests" / "floors.toml").read_text("utf-8")
    assert "--allow-lower" in (root / "docs" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("absent.gold.jsonl",), 3),
        (("GOLD", "--pred", "absent.jsonl"), 3),
        (("GOLD", "--floors", "absent.toml"), 3),
        (("GOLD", "--raise-floors"), 2),
        (("GOLD", "--allow-lower"), 2),
    ],
    ids=["no gold", "no predictions", "no floors", "raise what", "lower what"],
)
def test_errors(call: Call, gold: Path, args: tuple[str, ...], code: int) -> None:
    done = call("evaluate", *(gold if arg == "GOLD" else arg for arg in args))
    assert done.exit_code == code
    assert "Traceback" not in done.stderr
