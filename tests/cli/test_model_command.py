"""``dragoman model``: a card is shown as it is; what is no longer as the card says is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.annotate.pipeline import SHIPPED
from dragoman.evaluate.model_card import Comparison, card_entries

Call = Callable[..., Any]


@Language.component("upright_parser")
def upright_parser(doc: Doc) -> Doc:
    """Every word hangs on the one before it, and the words in capitals are proper nouns."""
    for token in doc:
        token.head = doc[max(0, token.i - 1)]
        token.dep_ = "ROOT" if not token.i else "obj"
        token.pos_ = "PROPN" if token.is_title else "NOUN"
    return doc


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A small pipeline that knows two names, with its card."""
    nlp = spacy.blank("en")
    nlp.meta.update(name="small", version="1.2.3", license="CC0")
    nlp.add_pipe("upright_parser", name="parser")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns([{"label": "GPE", "pattern": "Geneva"}])
    folder = tmp_path / "small"
    nlp.to_disk(folder)
    card = {
        "version": "1.2.3",
        "base": "none, [bold]rules[/bold] alone",
        "license": "CC0",
        "sets": [{"name": "A set of ours", "for": "names", "licence": "Apache-2.0", "thanks": "us"}],
        "labels": {"GPE": "states and cities"},
        "figures": {"size, MB": 0.02, "tokens a second, one core": 61234.5},
        "limits": ["Two names alone."],
        **card_entries(folder),
    }
    write_card(folder, card)
    return folder


def write_card(folder: Path, card: dict[str, Any]) -> None:
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def read_card(folder: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    return card


def rows(output: str) -> dict[str, list[str]]:
    """The rows of a table by their first column, two spaces between columns."""
    split = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in output.splitlines()]
    return {cells[0]: cells[1:] for cells in split if cells}


def test_info_shows_the_card(call: Call, pipeline: Path) -> None:
    done = call("model", "info", "--model", pipeline)
    assert done.exit_code == 0, done.output
    shown = rows(done.stdout)
    assert shown["name"] == ["en_small"]
    assert shown["version"] == ["1.2.3"]
    assert shown["base"] == ["none, [bold]rules[/bold] alone"]
    assert shown["licence"] == ["CC0"]
    assert shown["parts"] == ["parser, ner"]
    assert shown["GPE"] == ["states and cities"]
    assert shown["A set of ours"] == ["names", "Apache-2.0"]
    assert shown["tokens a second, one core"] == ["61,234"]
    assert shown["sentences"] == ["60"]
    assert "Two names alone." in shown


def test_info_as_json_is_the_card_to_the_letter(call: Call, pipeline: Path) -> None:
    assert call("model", "info", "--json", "-m", pipeline).stdout == (pipeline / "card.json").read_text("utf-8")


def test_info_without_a_card(call: Call, pipeline: Path) -> None:
    (pipeline / "card.json").unlink()
    done = call("model", "info", "-m", pipeline)
    assert done.exit_code == 0
    assert "has no card" in done.stderr
    shown = rows(done.stdout)
    assert (shown["name"], shown["version"], shown["licence"]) == (["en_small"], ["1.2.3"], ["CC0"])
    assert shown["parts"] == ["parser, ner"]
    assert json.loads(call("model", "info", "-m", pipeline, "--json").stdout)["name"] == "small"


def test_the_settings_name_the_pipeline(call: Call, pipeline: Path) -> None:
    assert "en_small" in call("model", "info", env={"DRAGOMAN_MODEL": str(pipeline)}).stdout
    assert "en_dragoman" in call("model", "info").stdout


@pytest.mark.parametrize("command", ["info", "check"])
def test_no_such_pipeline(call: Call, command: str, tmp_path: Path) -> None:
    done = call("model", command, "--model", tmp_path / "nowhere")
    assert done.exit_code == 6
    assert "no such spaCy pipeline" in done.stderr


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_damaged_card(call: Call, pipeline: Path, content: str) -> None:
    (pipeline / "card.json").write_text(content, "utf-8")
    done = call("model", "info", "-m", pipeline)
    assert done.exit_code == 6
    assert "card.json" in done.stderr


def test_check_agrees(call: Call, pipeline: Path) -> None:
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 0, done.output
    shown = rows(done.stdout)
    assert [shown[name][-1] for name in ("names F1", "UPOS", "LAS")] == ["agrees"] * 3
    assert float(shown["names F1"][1]) > 0
    assert f"{len(read_card(pipeline)['files'])} files are those that were packaged" in done.stdout


def test_check_disagrees(call: Call, pipeline: Path) -> None:
    card = read_card(pipeline)
    card["check"]["LAS"] += 2
    write_card(pipeline, card)
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 1
    shown = rows(done.stdout)
    assert shown["LAS"][-1] == "differs"
    assert shown["UPOS"][-1] == "agrees"


@pytest.mark.parametrize(
    ("card", "measured", "item", "agrees"),
    [
        pytest.param(90.0, 90.3, 0.0, True, id="at the tolerance"),
        pytest.param(90.0, 89.6, 0.0, False, id="past it"),
        pytest.param(90.0, 90.8, 0.8, True, id="one name that weighs more"),
        pytest.param(90.0, 91.6, 0.8, False, id="two names"),
        pytest.param(None, 90.0, 0.8, False, id="not in the card"),
    ],
)
def test_how_near_is_agreement(card: float | None, measured: float, item: float, agrees: bool) -> None:
    assert Comparison("LAS", card, measured, item).agrees is agrees


def test_check_with_weights_that_are_altered_or_missing(call: Call, pipeline: Path) -> None:
    weights = pipeline / "ner" / "patterns.jsonl"
    weights.write_text(weights.read_text("utf-8").replace("Geneva", "Ankara"), "utf-8")
    card = read_card(pipeline)
    card["files"]["encoder/encoder.onnx"] = "0" * 64
    write_card(pipeline, card)
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 1
    assert "ner/patterns.jsonl: not the file that was packaged" in done.stderr
    assert "encoder/encoder.onnx: missing" in done.stderr
    assert "that were packaged\n" not in done.stdout


def test_check_of_a_pipeline_that_no_longer_loads_names_the_file_first(call: Call, pipeline: Path) -> None:
    patterns = pipeline / "ner" / "patterns.jsonl"
    patterns.write_text(patterns.read_text("utf-8")[:-20], "utf-8")
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 6
    assert done.stderr.index("not the file that was packaged") < done.stderr.index("does not load")


def test_check_without_a_card_shows_the_figures_and_says_so(call: Call, pipeline: Path) -> None:
    (pipeline / "card.json").unlink()
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 1
    assert "no card to agree with" in done.stderr
    assert rows(done.stdout)["UPOS"][-1] == "not in the card"


@pytest.mark.parametrize("key", ["check", "files"])
def test_check_with_a_card_that_lacks_what_is_compared(call: Call, pipeline: Path, key: str) -> None:
    card = read_card(pipeline)
    del card[key]
    write_card(pipeline, card)
    assert call("model", "check", "-m", pipeline).exit_code == 1


def test_figures_of_another_check_set_are_not_compared(call: Call, pipeline: Path) -> None:
    card = read_card(pipeline)
    card["check"]["sentences"] += 1
    write_card(pipeline, card)
    done = call("model", "check", "-m", pipeline)
    assert done.exit_code == 1
    assert rows(done.stdout)["LAS"][-1] == "not in the card"


def test_check_with_data_that_is_not_there(call: Call, pipeline: Path, tmp_path: Path) -> None:
    done = call("model", "check", "-m", pipeline, "--data", tmp_path)
    assert done.exit_code == 2
    assert "there is no treebank/ewt-dev.conllu.gz" in done.stderr
    assert "(give the folder that holds treebank/ and ner/" in done.stderr


def test_check_with_data(call: Call, pipeline: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    measured = {"ewt-dev LAS": 88.04, "uner-ewt PER F1": 70.0}
    monkeypatch.setattr("dragoman.evaluate.measure_model.measure_data", lambda nlp, data: measured)
    card = read_card(pipeline)
    card["figures"] |= {"ewt-dev LAS": 88.2, "uner-ewt PER F1": 71.0}
    write_card(pipeline, card)
    done = call("model", "check", "-m", pipeline, "--data", tmp_path)
    assert done.exit_code == 1
    shown = rows(done.stdout)
    assert shown["ewt-dev LAS"] == ["88.20", "88.04", "agrees"]
    assert shown["uner-ewt PER F1"] == ["71.00", "70.00", "differs"]


@pytest.mark.model
@pytest.mark.skipif(
    not (SHIPPED / "card.json").is_file() or "check" not in read_card(SHIPPED),
    reason="the shipped pipeline was packaged before there was a check set",
)
def test_the_shipped_pipeline_is_as_its_card_says(call: Call) -> None:
    done = call("model", "check")
    assert done.exit_code == 0, done.output
