"""The check set: sentences of our own that come with the package, with the names and the parse that they have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import VocabularyError
from dragoman.evaluate.treebank import Sentence

__all__ = ["CHECK_SET", "CheckSet", "load_check_set"]

CHECK_SET = Path(__file__).resolve().parents[1] / "models" / "check.yaml"
_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class CheckSet:
    """named: texts with their names as character spans; parsed: those with a parse, as a treebank has it."""

    named: list[tuple[str, set[tuple[int, int, str]]]]
    parsed: list[Sentence]

    @property
    def labels(self) -> list[str]:
        """The labels of names that occur."""
        return sorted({label for _, names in self.named for _, _, label in names})

    @property
    def words(self) -> int:
        """How many words have a parse."""
        return sum(len(sentence.words) for sentence in self.parsed)


def load_check_set(file: Path = CHECK_SET) -> CheckSet:
    """Read the check set.

    Raises VocabularyError for a name or a word that does not stand in its text, in that order, and for a head that
    there is not.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    return CheckSet(
        named=[(entry["text"], _names(entry, file)) for entry in entries],
        parsed=[_sentence(entry, file) for entry in entries if "words" in entry],
    )


def _names(entry: dict[str, Any], file: Path) -> set[tuple[int, int, str]]:
    spans, position = set(), 0
    for words, label in entry["names"]:
        start = _find(words, entry["text"], position, file)
        position = start + len(words)
        spans.add((start, position, label))
    return spans


def _sentence(entry: dict[str, Any], file: Path) -> Sentence:
    """Tags and lemmas that the set does not tell are empty."""
    text, position = entry["text"], 0
    sentence = Sentence()
    rows = [line.split() for line in entry["words"].splitlines()]
    for number, row in enumerate(rows):
        if len(row) != _COLUMNS or row[0] != str(number + 1) or not 0 <= int(row[3]) <= len(rows):
            raise VocabularyError(
                f"{' '.join(row)!r} is no line of ID FORM UPOS HEAD DEPREL",
                where=f"{file}, {text!r}",
                hint="number the words from 1; HEAD is such a number, 0 for the root",
            )
        _, form, upos, head, relation = row
        position = _find(form, text, position, file) + len(form)
        sentence.words.append(form)
        sentence.spaces.append(text[position : position + 1] == " ")
        sentence.upos.append(upos)
        sentence.heads.append(int(head) - 1 if int(head) else number)
        sentence.deps.append("ROOT" if relation == "root" else relation)
        sentence.xpos.append("")
        sentence.lemmas.append("")
    return sentence


def _find(words: str, text: str, position: int, file: Path) -> int:
    start = text.find(words, position)
    if start < 0:
        raise VocabularyError(
            f"{words!r} does not stand in the text, or not in this place",
            where=f"{file}, {text!r}",
            hint="write names and words as the text has them, in its order",
        )
    return start
