"""What a user can set once for all commands: one frozen Settings from the environment and a file.

In order of precedence: an option on the command line (not here), an environment variable (``DRAGOMAN_STORE``), a
key in ``dragoman.toml`` in the current folder, or else in the user's configuration folder, the default. The file
may also be named by ``DRAGOMAN_CONFIG``. Nothing heavy is imported: the command line reads settings first of all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import DragomanError

__all__ = ["Settings", "load_settings"]


class Settings(NamedTuple):
    """store: file of the record store; model: folder or package of a spaCy pipeline, None for the shipped one;
    workers: processes that read in bulk; batch: documents a transaction; time_limit: seconds a document may take;
    busy_timeout: seconds to wait while another process writes to the store; source: the file read, if any.
    """

    store: str = "record.db"
    model: str | None = None
    workers: int = 1
    batch: int = 256
    time_limit: float = 120.0
    busy_timeout: float = 30.0
    source: Path | None = None


def load_settings(*, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Settings from the environment and a file. folder: the current one.

    Raises DragomanError for a file that is no TOML, a key that there is not and a value that makes no sense, with
    the variable, or the file and the key.
    """
    given = os.environ if environ is None else environ
    file = _find_file(given, folder or Path.cwd())
    values = _from_file(file) if file else {}
    values |= _from_environment(given)
    return Settings(**values, source=file)


def _find_file(environ: Mapping[str, str], folder: Path) -> Path | None:
    named = environ.get("DRAGOMAN_CONFIG")
    if named:
        if not Path(named).is_file():
            raise DragomanError(f"there is no file {named}", where="DRAGOMAN_CONFIG", hint="name a TOML file")
        return Path(named)
    here = folder / "dragoman.toml"
    if here.is_file():
        return here
    users = _user_folder(environ) / "dragoman.toml"
    return users if users.is_file() else None


def _user_folder(environ: Mapping[str, str]) -> Path:
    if xdg := environ.get("XDG_CONFIG_HOME"):
        return Path(xdg) / "dragoman"
    import platformdirs

    return Path(platformdirs.user_config_dir("dragoman", appauthor=False))


def _from_file(file: Path) -> dict[str, Any]:
    import tomllib  # only where there is a file

    try:
        with file.open("rb") as stream:
            content = tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DragomanError(
            f"this is no TOML: {error}", where=str(file), hint='write lines as store = "a.db"'
        ) from error
    except OSError as error:
        raise DragomanError(f"it cannot be read: {error.strerror}", where=str(file)) from error
    for key in content:
        if key not in _READERS:
            raise DragomanError(
                f"there is no setting {key!r}", where=str(file), hint=f"there are {', '.join(_READERS)}"
            )
    values = {key: _READERS[key](value, f"{file}, key {key}") for key, value in content.items()}
    if "store" in values:  # a path in a file is meant from where the file is
        values["store"] = _beside(file, values["store"])
    return values


def _beside(file: Path, store: str) -> str:
    return store if "://" in store else str(file.parent / Path(store).expanduser())


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found = {key: (f"DRAGOMAN_{key.upper()}", read) for key, read in _READERS.items()}
    return {key: read(environ[name], name) for key, (name, read) in found.items() if environ.get(name)}


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DragomanError(f"{value!r} is no text", where=where, hint="put it in quotation marks")
    return value


def _number(value: Any, where: str) -> int:
    try:
        number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        number = 0
    if number < 1:
        raise DragomanError(
            f"{value!r} is no number of one or more", where=where, hint="write a whole number, such as 4"
        )
    return number


def _workers(value: Any, where: str) -> int:
    if value == "auto":
        return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    return _number(value, where)


def _seconds(value: Any, where: str) -> float:
    try:
        seconds = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0.0
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise DragomanError(
            f"{value!r} is no number of seconds", where=where, hint="write a number above 0, such as 90"
        )
    return seconds


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "store": _text,
    "model": _text,
    "workers": _workers,
    "batch": _number,
    "time_limit": _seconds,
    "busy_timeout": _seconds,
}
