"""How the tests here call the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.fakes import FakeRooms
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.cli.rooms import Rooms

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """``call("extract", "a.txt")`` runs a command in this process, with fakes unless ``rooms`` are given."""

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-settings"))

    def run(
        *args: str | Path, rooms: Rooms | None = None, text: str | None = None, env: dict[str, str] | None = None
    ) -> Any:
        return CliRunner().invoke(
            app,
            [str(arg) for arg in args],
            obj=rooms or FakeRooms(),
            input=text,
            env={"COLUMNS": "120", **(env or {})},
        )

    return run


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[str]]:
    """``shell("dragoman extract a | head -1")`` runs a real shell; dragoman and its fakes are commands there."""
    source = f"{ROOT / 'src'}{os.pathsep}{ROOT}"

    def run(
        command: str, *, cwd: Path, rooms: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        code = (
            f"from tests.cli.fakes import run; run('{rooms}')"
            if rooms
            else "from dragoman.cli import main; main()"
        )
        function = f'dragoman() {{ "{sys.executable}" -c "{code}" "$@"; }}\n'
        clean = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", function + command],
            cwd=cwd,
            env={**clean, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run
