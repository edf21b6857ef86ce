"""The command in a process of its own: what it imports, pipes, codes, disks that are full, terminals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., "subprocess.CompletedProcess[str]"]

HEAVY = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "thinc",
    "numpy",
    "sqlalchemy",
    "alembic",
    "trafilatura",
    "lxml",
    "jinja2",
    "yaml",
    "multiprocessing",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "args", [["--help"], ["extract", "--help"], ["model", "check", "--help"], ["--version"]], ids=" ".join
)
def test_help_loads_nothing_heavy(args: list[str], shell: Shell, root: Path) -> None:
    code = (
        "import sys\nfrom dragoman.cli import main\n"
        "try: main()\nexcept SystemExit as e: assert not e.code, e.code\n"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        env={"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_python_m_dragoman(shell: Shell, folder: Path) -> None:
    done = shell(f'"{sys.executable}" -m dragoman --help', cwd=folder)
    assert done.returncode == 0
    assert "extract" in done.stdout


def test_head_closes_the_pipe_and_nobody_complains(shell: Shell, folder: Path) -> None:
    done = shell("dragoman extract a.txt -f jsonl | head -1", cwd=folder, rooms="ManyRooms")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "html"])
def test_a_full_disk_behind_a_redirection(shell: Shell, folder: Path, form: str) -> None:
    done = shell(f"dragoman extract a.txt -f {form} > /dev/full", cwd=folder, rooms="FakeRooms")
    assert done.returncode == 7
    assert "error: standard output: no space left on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_full_disk_behind_output(shell: Shell, folder: Path) -> None:
    done = shell("dragoman extract a.txt -o /dev/full", cwd=folder, rooms="FakeRooms")
    assert done.returncode == 7
    assert "error: /dev/full: no space left on the disk" in done.stderr


def test_output_is_utf8_whatever_the_locale(shell: Shell, folder: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell("dragoman extract a.txt", cwd=folder, rooms="FakeRooms", env=env)
    assert done.returncode == 0, done.stderr
    assert "Talks in Dushanbe" in done.stdout
    assert "→" in done.stdout


@pytest.mark.parametrize(
    ("env", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["a terminal", "NO_COLOR", "TERM=dumb"],
)
def test_colour(shell: Shell, folder: Path, env: dict[str, str], coloured: bool) -> None:
    inner = "dragoman extract a.txt"
    done = shell(
        f"export -f dragoman; SHELL=/bin/bash script -qec 'bash -c \"{inner}\"' /dev/null",
        cwd=folder,
        rooms="FakeRooms",
        env={"TERM": "xterm-256color", **env},
    )
    assert "Anna Holm" in done.stdout
    # bold and italics may stay under NO_COLOR, colours may not
    assert any(f"\x1b[{n}m" in done.stdout for n in range(30, 38)) is coloured


def test_progress_on_a_terminal_and_none_in_a_pipe(shell: Shell, folder: Path) -> None:
    (folder / "b.jsonl").write_text('{"text": "Rain."}\n' * 3, "utf-8")
    command = "dragoman ingest a.txt b.jsonl --store x.db"
    on_terminal = f"export -f dragoman; SHELL=/bin/bash script -qec 'bash -c \"{command}\"' /dev/null"
    done = shell(on_terminal, cwd=folder, rooms="FakeRooms", env={"TERM": "xterm-256color"})
    assert "/4" in done.stdout
    assert "left" in done.stdout
    done = shell(command, cwd=folder, rooms="FakeRooms")
    assert done.stderr == ""


def test_a_pipe_gets_no_escape_sequences(shell: Shell, folder: Path) -> None:
    done = shell("dragoman extract a.txt | cat", cwd=folder, rooms="FakeRooms")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_wrong_usage_is_code_2(shell: Shell, folder: Path) -> None:
    assert shell("dragoman extract", cwd=folder).returncode == 2
