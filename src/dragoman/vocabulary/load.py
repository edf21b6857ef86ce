"""YAML files of vocabulary and rules → checked Python values, with errors that name the file and the entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml

from dragoman.errors import VocabularyError

__all__ = ["Entry", "check_entries", "load_entries", "load_list", "load_words", "load_yaml"]

FOLDER = Path(__file__).parent
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster


class _Loader(_Base):  # type: ignore[misc]
    """YAML as 1.2 reads it: only true and false are truth values; "on", "no", 030 and 2022-04-25 stay text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def load_yaml(name: str, *, folder: Path = FOLDER) -> dict[str, Any]:
    """One file, ``name`` without suffix, that maps entries to what they mean. Raises VocabularyError."""
    value = _read(name, folder)
    if not isinstance(value, dict) or not value:
        raise VocabularyError("must be a mapping of entries", where=f"{name}.yaml", hint="write `key: …` lines")
    for key in value:
        if not isinstance(key, str):
            raise VocabularyError(f"key {key!r} is no text", where=f"{name}.yaml", hint="put the key in quotes")
    return value


def load_list(name: str, *, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """One file that is a list of entries, each a mapping. Raises VocabularyError."""
    value = _read(name, folder)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise VocabularyError("must be a list of mappings", where=f"{name}.yaml", hint="write `- field: …` lines")
    return value


def load_words(name: str, *, folder: Path = FOLDER, but: Iterable[str] = ()) -> dict[str, frozenset[str]]:
    """One file of word lists, by name, but for those parts that are none. Raises VocabularyError."""
    raw = load_yaml(name, folder=folder)
    return {key: frozenset(Entry(name, key, raw).texts(key)) for key in raw if key not in but}


def _read(name: str, folder: Path) -> Any:
    path = folder / f"{name}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError(
            f"cannot be read: {error.strerror}", where=str(path), hint="reinstall Dragoman"
        ) from error
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = path.name if line is None else f"{path.name}, line {line + 1}"
        problem = getattr(error, "problem", None) or "not YAML"
        raise VocabularyError(f"{problem}", where=where, hint="check indentation, quotes and colons") from error


class Entry:
    """One entry of a file while it is being checked: typed access that complains with file, entry and field."""

    __slots__ = ("file", "key", "value")

    def __init__(self, file: str, key: str, value: Mapping[str, Any]) -> None:
        self.file = file
        self.key = key
        self.value = value

    def error(self, what: str, *, hint: str | None = None) -> VocabularyError:
        """The error to raise about this entry."""
        return VocabularyError(what, where=f"{self.file}.yaml, entry {self.key!r}", hint=hint)

    def text(self, field: str, *, default: str | None = None) -> str:
        """A field that must be text; needed unless there is a default."""
        value = self.value.get(field, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.error(
                f"{field!r} must be text, not {value!r}", hint="put numbers, true and false in quotes"
            )
        return value

    def maybe(self, field: str) -> str | None:
        """A field that is text or absent (or null)."""
        return None if self.value.get(field) is None else self.text(field)

    def texts(self, field: str) -> tuple[str, ...]:
        """A field that is a list of text; empty where absent."""
        value = self.value.get(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.error(
                f"{field!r} must be a list of text, not {value!r}", hint="put numbers, true and false in quotes"
            )
        return tuple(value)

    def mapping(self, field: str) -> dict[str, str]:
        """A field that maps text to text; empty where absent."""
        value = self.value.get(field)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(k, str) and isinstance(v, str) for k, v in value.items()
        ):
            raise self.error(f"{field!r} must be a mapping of text to text", hint="write `words: meaning`")
        return value

    def number(self, field: str) -> float | None:
        """A field that is a number, or absent."""
        value = self.value.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{field!r} must be a number, not {value!r}")
        return float(value)

    def flag(self, field: str) -> bool:
        """A field that is true or false; false where absent."""
        value = self.value.get(field, False)
        if not isinstance(value, bool):
            raise self.error(f"{field!r} must be true or false, not {value!r}")
        return value

    def one_of(self, field: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """A field whose value must be one of a closed list."""
        value = self.text(field, default=default)
        if value not in allowed:
            raise self.error(f"{field!r} is {value!r}", hint="use one of " + ", ".join(sorted(allowed)))
        return value


def load_entries(name: str, *, fields: Iterable[str], folder: Path = FOLDER) -> dict[str, Entry]:
    """The entries of a file, each a mapping with no field but these. Raises VocabularyError."""
    return check_entries(name, load_yaml(name, folder=folder), fields=fields)


def check_entries(name: str, raw: Mapping[str, Any], *, fields: Iterable[str]) -> dict[str, Entry]:
    """The same for a mapping already read, so that one file can hold more than one table."""
    allowed = frozenset(fields)
    entries = {}
    for key, value in raw.items():
        entry = Entry(name, key, value if isinstance(value, dict) else {})
        if not isinstance(value, dict):
            raise entry.error(
                f"must be a mapping, not {value!r}", hint="write its fields on indented lines below it"
            )
        if not allowed.issuperset(value):
            stray = ", ".join(str(field) for field in value if field not in allowed)
            raise entry.error(f"unknown field {stray}", hint="known are " + ", ".join(sorted(allowed)))
        entries[key] = entry
    return entries
