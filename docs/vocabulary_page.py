"""vocabulary.md from the YAML files of the vocabulary: what they hold, as tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.vocabulary.load import load_yaml

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dragoman"
FOLDERS = ("vocabulary", "extract", "annotate", "read")

INTRODUCTION = """\
# Vocabulary

What the field has names for, and what its language says, is data: YAML, one thing a file. The head of each file
says what its fields mean. Entries have examples, which run as tests, and counter-examples where they once went
wrong. [Adding a rule](adding-a-rule.md) shows how to change one.

This page is written from the files by `docs/vocabulary_page.py`, and a test checks that it is current.
"""


def page() -> str:
    """The whole page, as Markdown."""
    sections = [
        INTRODUCTION,
        _files(),
        _plover(),
        _cameo(),
        _sectors(),
        _contexts(),
        _kinds(),
        _stances(),
        _strengths(),
    ]
    return "\n".join(sections)


def _files() -> str:
    rows = [
        [f"`{folder}/{path.name}`", _first_sentence(path)]
        for folder in FOLDERS
        for path in sorted((PACKAGE / folder).glob("*.yaml"))
    ]
    return _section("The files", "In `src/dragoman/`:\n\n" + _table(["file", "holds"], rows))


def _first_sentence(path: Path) -> str:
    """What the file's leading comment says first."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    sentence = " ".join(lines).split(". ")[0].rstrip(".")
    return sentence.replace("|", "\\|")


def _plover() -> str:
    rows = []
    for name, entry in _load("plover").items():
        modes = ", ".join(f"`{mode}`" for mode in entry.get("modes") or {})
        rows.append(
            [f"`{name}`", entry["quad"].replace("_", " "), entry["definition"], modes, f"`{entry['cameo']}`"]
        )
    text = "The sixteen types of political event, from the PLOVER manual of the Open Event Data Alliance.\n\n"
    return _section(
        "PLOVER event types", text + _table(["type", "quad class", "what counts", "modes", "CAMEO"], rows)
    )


def _cameo() -> str:
    codes = _load("cameo")
    rows = []
    for code, entry in codes.items():
        if len(code) == 2:
            below = sum(1 for other in codes if len(other) > 2 and other.startswith(code))
            rows.append([f"`{code}`", entry[0], f"{entry[1]:g}", f"`{entry[2]}`", str(below)])
    text = "The twenty root codes; the Goldstein value runs from -10 (conflict) to 10 (cooperation).\n\n"
    return _section(
        "CAMEO codes", text + _table(["code", "name", "Goldstein", "PLOVER type", "codes below"], rows)
    )


def _sectors() -> str:
    rows = [[f"`{code}`", entry["name"], entry["definition"]] for code, entry in _load("sectors").items()]
    return _section("Sectors", _table(["code", "name", "who"], rows))


def _contexts() -> str:
    rows = [[f"`{name}`", entry["example"]] for name, entry in _load("contexts").items()]
    return _section("Contexts", "The `topics` of a record.\n\n" + _table(["context", "for example"], rows))


def _kinds() -> str:
    visits = _with_words(_load("visit_kinds")["kinds"])
    accords = _with_words(_load("accord_kinds")["kinds"])
    ties = _with_words(_load("relation_kinds"))
    return (
        _section("Kinds of visit", visits)
        + "\n"
        + _section("Kinds of accord", accords)
        + "\n"
        + _section("Kinds of relation", ties)
    )


def _with_words(kinds: Mapping[str, Any]) -> str:
    rows = [[f"`{name}`", ", ".join(entry["words"]), entry["example"]] for name, entry in kinds.items()]
    return _table(["kind", "words", "for example"], rows)


def _stances() -> str:
    verbs: dict[str, list[str]] = defaultdict(list)
    for lemma, entry in _load("speech", "extract").items():
        verbs[entry["stance"]].append(" ".join([lemma, *entry.get("with", [])[:1]]))
    rows = [[f"`{stance}`", ", ".join(sorted(words))] for stance, words in sorted(verbs.items())]
    text = (
        "The stance that a verb gives to what it reports. With `content` and `emphasis`, what follows decides.\n\n"
    )
    return _section("Reporting verbs", text + _table(["stance", "verbs"], rows))


def _strengths() -> str:
    words: dict[str, list[str]] = defaultdict(list)
    for lemma, entry in _load("undertakings", "extract").items():
        words[entry["strength"]].append(lemma)
    rows = [[f"`{strength}`", ", ".join(sorted(lemmas))] for strength, lemmas in sorted(words.items())]
    return _section("Strengths of commitment", _table(["strength", "words"], rows))


def _load(name: str, folder: str = "vocabulary") -> Any:
    return load_yaml(name, folder=PACKAGE / folder)


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(_lines(list(head), rows))


def _lines(head: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n"
    yield f"|{'---|' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()) for cell in row)} |\n"


if __name__ == "__main__":
    (Path(__file__).resolve().parent / "vocabulary.md").write_text(page(), "utf-8")
