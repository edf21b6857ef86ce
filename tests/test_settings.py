from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def no_user_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_args, **_options: str(tmp_path / "nobody"))


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "dragoman.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(environ={}, folder=tmp_path) == Settings()


def test_the_environment_sets(tmp_path: Path) -> None:
    environ = {
        "DRAGOMAN_STORE": "/data/a.db",
        "DRAGOMAN_MODEL": "en_core_web_trf",
        "DRAGOMAN_WORKERS": "3",
        "DRAGOMAN_TIME_LIMIT": "1.5",
        "DRAGOMAN_BATCH": "",
    }
    assert load_settings(environ=environ, folder=tmp_path) == Settings(
        store="/data/a.db", model="en_core_web_trf", workers=3, time_limit=1.5
    )


def test_the_file_sets_and_the_environment_overrules_it(tmp_path: Path) -> None:
    file = write(tmp_path, 'store = "data/a.db"\nworkers = 3\nbusy_timeout = 5\n')
    found = load_settings(environ={"DRAGOMAN_WORKERS": "2"}, folder=tmp_path)
    assert found == Settings(store=str(tmp_path / "data/a.db"), workers=2, busy_timeout=5.0, source=file)


def test_the_users_file_counts_where_the_folder_has_none(tmp_path: Path) -> None:
    file = write(tmp_path / "config" / "dragoman", "workers = 3\n")
    found = load_settings(environ={"XDG_CONFIG_HOME": str(tmp_path / "config")}, folder=tmp_path)
    assert (found.workers, found.source) == (3, file)


def test_a_file_can_be_named(tmp_path: Path) -> None:
    file = write(tmp_path / "elsewhere", "workers = 3\n")
    assert load_settings(environ={"DRAGOMAN_CONFIG": str(file)}, folder=tmp_path).workers == 3
    with pytest.raises(DragomanError, match="DRAGOMAN_CONFIG: there is no file"):
        load_settings(environ={"DRAGOMAN_CONFIG": str(tmp_path / "none.toml")}, folder=tmp_path)


def test_all_processors_can_be_asked_for(tmp_path: Path) -> None:
    assert load_settings(environ={"DRAGOMAN_WORKERS": "auto"}, folder=tmp_path).workers >= 1


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"DRAGOMAN_WORKERS": "two"}, r"DRAGOMAN_WORKERS: 'two' is no number of one or more"),
        ({"DRAGOMAN_WORKERS": "0"}, r"DRAGOMAN_WORKERS: '0' is no number of one or more"),
        ({"DRAGOMAN_TIME_LIMIT": "-1"}, r"DRAGOMAN_TIME_LIMIT: '-1' is no number of seconds"),
        ({"DRAGOMAN_TIME_LIMIT": "nan"}, r"DRAGOMAN_TIME_LIMIT: 'nan' is no number of seconds"),
        ({"DRAGOMAN_STORE": " "}, r"DRAGOMAN_STORE: ' ' is no text"),
    ],
    ids=str,
)
def test_a_variable_that_makes_no_sense_is_named(tmp_path: Path, environ: dict[str, str], message: str) -> None:
    with pytest.raises(DragomanError, match=message):
        load_settings(environ=environ, folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("store = a.db", r"dragoman.toml: this is no TOML: .*line 1"),
        ('stores = "a.db"', r"dragoman.toml: there is no setting 'stores' \(there are store, model"),
        ("store = 3", r"dragoman.toml, key store: 3 is no text"),
        ("workers = true", r"dragoman.toml, key workers: True is no number"),
        ("workers = 1.5", r"dragoman.toml, key workers: 1.5 is no number"),
        ("time_limit = []", r"dragoman.toml, key time_limit: \[\] is no number of seconds"),
    ],
)
def test_a_key_that_makes_no_sense_is_named(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(DragomanError, match=message):
        load_settings(environ={}, folder=tmp_path)


def test_nothing_heavy_is_imported() -> None:
    code = "import sys, dragoman.settings as s; s.load_settings(); print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    ).stdout.split()
    assert not {"spacy", "sqlalchemy", "edtf", "numpy", "pydantic", "trafilatura"} & set(loaded)
