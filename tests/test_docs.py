"""The documentation says what is so: commands parse, links resolve, names exist, examples are real."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dragoman.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "samples").glob("*.md")])
FENCE = re.compile(r"^```(\w*).*?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for name, body in FENCE.findall(page.read_text("utf-8")):
            if name == language:
                yield page, body


def _commands(program: str) -> Iterator[tuple[str, list[str]]]:
    """Each call of a program in a shell block, without what is piped or redirected: (page, arguments)."""
    for page, body in (*_blocks("sh"), *_blocks("console")):
        for line in body.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            for start, word in enumerate(words):
                if word.removeprefix(".venv/bin/") == program and (start == 0 or words[start - 1] in {"|", "&&"}):
                    rest = words[start + 1 :]
                    stop = next(
                        (i for i, each in enumerate(rest) if each in {"|", ">", "<", "&&", "2>"}), len(rest)
                    )
                    yield page.name, rest[:stop]


COMMANDS = list(_commands("dragoman"))
GROUP: Any = typer.main.get_command(app)


@pytest.mark.parametrize(
    ("page", "arguments"), COMMANDS, ids=lambda each: each if isinstance(each, str) else "_".join(each)
)
def test_a_command_that_is_shown_parses(page: str, arguments: list[str]) -> None:
    from dragoman.records import RECORD_TYPES

    if arguments[0].startswith("-"):
        assert arguments[0] in {"--help", "--version", "--install-completion"}
        return
    command = GROUP.commands[arguments[0]]
    given = arguments[1:]
    if hasattr(command, "commands"):
        command, given = command.commands[given[0]], given[1:]
    context = command.context_class(command, info_name=arguments[0])
    values, left, _ = command.make_parser(context).parse_args(given)
    assert not left, f"{page}: no argument takes {left}"
    needed = [parameter.name for parameter in command.params if parameter.required]
    assert all(values.get(name) for name in needed), f"{page}: {needed} must be given"
    assert set(values.get("types") or []) <= RECORD_TYPES.keys()


def test_commands_are_shown() -> None:
    shown = {arguments[0] for _, arguments in COMMANDS if arguments}
    assert {"extract", "ingest", "find", "show", "doc", "status", "evaluate"} <= shown


def test_make_targets_that_are_shown_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {(page, arguments[0]) for page, arguments in _commands("make") if arguments}
    assert shown
    assert {(page, name) for page, name in shown if name not in targets} == set()


def _anchors(page: Path) -> set[str]:
    """The anchors that MkDocs and GitHub give to the headings of a page, its included sections among them."""
    text = re.sub(r'^--8<-- "([^":]+)[^"]*"$', _included, page.read_text("utf-8"), flags=re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


def _included(match: re.Match[str]) -> str:
    return (ROOT / match.group(1)).read_text("utf-8")


def _links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = FENCE.sub("", page.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:", target):
                yield str(page.relative_to(ROOT)), target


@pytest.mark.parametrize(("page", "target"), list(_links()))
def test_a_link_leads_somewhere(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    there = (ROOT / page).parent / path if path else ROOT / page
    assert there.exists()
    if anchor:
        assert anchor in _anchors(there)


def test_every_page_is_in_the_navigation() -> None:
    listed = set(re.findall(r"[\w-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8")))
    assert listed == {page.name for page in (ROOT / "docs").glob("*.md")}


def test_every_public_name_is_described() -> None:
    import dragoman

    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert [name for name in dragoman.__all__ if not re.search(rf"`{name}\b", page)] == []
    assert [name for name in dragoman.__all__ if not inspect.getdoc(getattr(dragoman, name))] == []


def test_the_tree_of_errors_is_the_one_in_the_code() -> None:
    from dragoman import errors

    tree = (errors.__doc__ or "").split("\n\n", 1)[1].strip()
    assert tree in (ROOT / "docs" / "errors.md").read_text("utf-8")


def test_the_page_of_the_vocabulary_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    page = importlib.import_module("vocabulary_page").page()
    assert page == (ROOT / "docs" / "vocabulary.md").read_text("utf-8"), "run: python docs/vocabulary_page.py"


def _examples() -> list[dict[str, Any]]:
    return [json.loads(body) for page, body in _blocks("json") if page.name == "records.md"]


def test_each_type_of_record_has_an_example() -> None:
    from dragoman.records import RECORD_TYPES

    assert [example["record"] for example in _examples()] == list(RECORD_TYPES)


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example["record"])
def test_an_example_is_a_record_whose_evidence_stands_in_a_sample(example: dict[str, Any]) -> None:
    from dragoman.read import read
    from dragoman.records import record_from_dict

    record = record_from_dict(example)
    documents = {document.id: document for document in read(ROOT / "samples")}
    text = documents[record.doc_id].text
    assert [text[span.start : span.end] for span in record.evidence] == [span.text for span in record.evidence]
    assert record.to_dict() == example


@pytest.mark.model
@pytest.mark.parametrize("body", [body for page, body in _blocks("python") if page.name == "README.md"])
def test_the_notebook_example_runs(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    *lines, last = body.strip().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    shown = eval(last, names)
    assert len(shown) > 5
    assert "<table>" in shown._repr_html_()
