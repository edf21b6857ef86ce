"""The samples: each is listed, short, dated, and says what its description promises."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

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
