"""The words of acts.yaml, read and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from dragoman.errors import VocabularyError
from dragoman.records import Status
from dragoman.vocabulary import plover as plover_table
from dragoman.vocabulary.load import load_yaml

__all__ = ["Act", "ActWords", "Code", "act_words"]


@dataclass(frozen=True, slots=True)
class Code:
    """A PLOVER type and mode with the CAMEO code, which is None where three digits are not sure."""

    plover: str
    mode: str | None
    cameo: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of acts.yaml, where the fields are explained."""

    lemma: str
    code: Code
    to: tuple[str, ...]
    needs: frozenset[str]
    excludes: frozenset[str]
    bare: bool
    domestic: bool
    here: bool
    goes_on: bool
    near: bool
    ahead: Code | None
    only_ahead: bool
    said: bool
    example: str
    counter: str | None


@dataclass(frozen=True, slots=True)
class ActWords:
    """All acts by verb and by noun; the verbs that carry a noun; which infinitives name an act that goes on."""

    verbs: dict[str, tuple[Act, ...]]
    nouns: dict[str, tuple[Act, ...]]
    light: frozenset[str]
    infinitives: dict[str, Status]
    unreal: frozenset[str]
    people: frozenset[str]
    vows: frozenset[str]
    shares: dict[str, float]


@cache
def act_words() -> ActWords:
    """The entries of acts.yaml. Raises VocabularyError where the file breaks its own rules."""
    raw = load_yaml("acts", folder=Path(__file__).parent)
    for status in raw["infinitives"]:
        if status not in get_args(Status):
            raise VocabularyError(f"no status {status!r}", where="acts.yaml: infinitives")
    return ActWords(
        verbs=_by_lemma(raw, "verbs"),
        nouns=_by_lemma(raw, "nouns"),
        light=frozenset(raw["light"]),
        infinitives={lemma: status for status, lemmas in raw["infinitives"].items() for lemma in lemmas},
        unreal=frozenset(raw["unreal"]),
        people=frozenset(raw["people"]),
        vows=frozenset(raw["vows"]),
        shares={str(name): float(share) for name, share in raw["shares"].items()},
    )


def _by_lemma(raw: dict[str, Any], part: str) -> dict[str, tuple[Act, ...]]:
    found = {}
    for lemma, entries in raw[part].items():
        listed = entries if isinstance(entries, list) else [entries]
        found[str(lemma)] = tuple(_act(str(lemma), entry, f"acts.yaml: {part}: {lemma}") for entry in listed)
    return found


def _act(lemma: str, entry: dict[str, Any], where: str) -> Act:
    if not isinstance(entry.get("to"), str):
        raise VocabularyError(
            "'to' must be words", where=where, hint='write "on", since a bare on is true in YAML'
        )
    if not isinstance(entry.get("example"), str):
        raise VocabularyError("an act without an example", where=where)
    return Act(
        lemma=lemma,
        code=_code(entry, where),
        to=tuple(entry["to"].split()),
        needs=frozenset(entry.get("needs", ())),
        excludes=frozenset(entry.get("not", ())),
        bare=bool(entry.get("bare")),
        domestic=bool(entry.get("domestic")),
        here=bool(entry.get("here")),
        goes_on=bool(entry.get("goes_on")),
        near=bool(entry.get("near")),
        ahead=_code(entry["ahead"], where) if "ahead" in entry else None,
        only_ahead=bool(entry.get("only_ahead")),
        said=bool(entry.get("said")),
        example=entry["example"],
        counter=entry.get("counter"),
    )


def _code(entry: dict[str, Any], where: str) -> Code:
    if entry["plover"] not in plover_table().types:
        raise VocabularyError(f"PLOVER has no type {entry['plover']!r}", where=where)
    return Code(entry["plover"], entry.get("mode"), entry["cameo"])
