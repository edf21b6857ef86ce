"""Every command, option, exit code and column is documented; every command has examples in its help."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dragoman.cli import app
from dragoman.cli.exits import EXIT_CODES_HELP, Exit
from dragoman.export.csv import COLUMNS

GROUP: Any = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)
EACH: dict[str, Any] = {  # "model check" as well as "extract"
    " ".join((name, *below)): command
    for name, group in GROUP.commands.items()
    for below, command in [((), group), *(((sub,), it) for sub, it in getattr(group, "commands", {}).items())]
}


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")


def test_the_commands_are_all_there() -> None:
    reading = ["doc", "evaluate", "explain", "extract", "find", "ingest", "model", "show", "status"]
    linking = ["compare", "decide", "dossier", "follow", "link", "register", "story", "who"]
    assert sorted([*reading, *linking]) == COMMANDS
    groups = {name.partition(" ")[0] for name in EACH if " " in name}
    assert sorted(groups) == ["decide", "model", "register"]
    assert [name for name in EACH if name.startswith("model ")] == ["model info", "model check"]


@pytest.mark.parametrize("name", EACH)
def test_a_command_is_on_the_page_and_has_examples(name: str, page: str, call: Callable[..., Any]) -> None:
    if " " in name:  # a command of a group
        assert f"`{name} " in page or f"`{name}`" in page
    else:
        assert re.search(rf"^\| \[`{name}[` ]", page, re.MULTILINE)
    text = call(*name.split(), "--help").stdout
    assert "Examples:" in text
    assert f"dragoman {name} " in text


@pytest.mark.parametrize("name", EACH)
def test_every_option_says_what_it_does(name: str) -> None:
    for parameter in EACH[name].params:
        assert parameter.help, f"{name} {parameter.name}"


def test_the_examples_name_options_that_exist(page: str) -> None:
    known = {opt for command in EACH.values() for p in command.params for opt in p.opts}
    known |= {"--help", "--install-completion"}
    epilogs = " ".join(command.epilog or "" for command in EACH.values())
    used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page + epilogs))
    assert used <= known


def test_exit_codes(page: str) -> None:
    listed = re.findall(r"^\| (\d+) \|", page.partition("## Exit codes")[2].partition("## ")[0], re.MULTILINE)
    assert [int(code) for code in listed] == [code.value for code in Exit]
    helped = re.findall(r"(?:^Exit codes: |· )(\d+) ", EXIT_CODES_HELP)
    assert [int(code) for code in helped] == [code.value for code in Exit]


def test_csv_columns(page: str) -> None:
    table = page.partition("| column | holds |")[2].partition("## ")[0]
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE) == list(COLUMNS.items())
