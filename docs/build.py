"""Write what the documentation shows from what the program does: ``python docs/build.py``.

The examples in records.md are the records that the program finds in the samples; an ``<!-- output -->`` after a
shell block is followed by what its commands print; vocabulary.md comes from ``vocabulary_page.py``; the figures in
the README from the gold beside the checkout.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import vocabulary_page
from dragoman.process import process
from dragoman.read import read
from dragoman.records import Record

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
EXAMPLE = re.compile(r"<!-- example: (\w+) \| (\S+) \|(.*?)-->\n(?:\n```json\n.*?\n```\n)?", re.DOTALL)
FIGURES = re.compile(r"(\| \| gold records \| precision \| recall \| F1 \|\n\|[-|]+\n)(?:\|.*\n)+")
GOLD = Path("shared", "gold", "dev.gold.jsonl")
OUTPUT = re.compile(
    r"```sh\n(?P<commands>[^`]*?)```\n\n<!-- output(?:: (?P<most>\d+) lines)? -->\n(?:\n```text\n.*?\n```\n)?",
    re.DOTALL,
)


def fill_examples(page: str) -> str:
    """The page with each example marker followed by the record that it asks for."""

    def fill(match: re.Match[str]) -> str:
        kind, sample, words = match.group(1), match.group(2), match.group(3).strip()
        return f"<!-- example: {kind} | {sample} | {words} -->\n\n```json\n{_example(kind, sample, words)}\n```\n"

    return EXAMPLE.sub(fill, page)


def _example(kind: str, sample: str, words: str) -> str:
    for record in _records_of_samples().get(sample, ()):
        if record.record == kind and any(words in span.text for span in record.evidence):
            return _readable(record)
    raise SystemExit(f"error: {sample} yields no {kind} with the words {words!r}: choose another example")


@functools.cache
def _records_of_samples() -> dict[str, list[Record]]:
    """The records of each sample by the path of its file, with the ids that reading the whole folder gives."""
    found: dict[str, list[Record]] = defaultdict(list)
    for document, records in process(read(ROOT / "samples")):
        path = Path((document.source or "").partition(":")[0])
        found[path.relative_to(ROOT).as_posix()] += records
    return found


def _readable(record: Record) -> str:
    """A field a line."""
    lines = [
        f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in record.to_dict().items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}"


def fill_outputs(page: str) -> str:
    """The page with each output marker followed by what the commands above it print."""

    def fill(match: re.Match[str]) -> str:
        most = match["most"]
        lines = [line.rstrip() for line in _printed(match["commands"]).splitlines()]
        if most and len(lines) > int(most):
            lines = [*lines[: int(most)], "…"]
        marker = f"<!-- output: {most} lines -->" if most else "<!-- output -->"
        text = "\n".join(lines)
        return f"```sh\n{match['commands']}```\n\n{marker}\n\n```text\n{text}\n```\n"

    return OUTPUT.sub(fill, page)


def fill_figures(page: str) -> str:
    """The README with the figures of the development set, where the data lies beside the checkout."""
    gold = next((path for path in (parent / GOLD for parent in ROOT.parents) if path.is_file()), None)
    if gold is None:
        print(f"no {GOLD} beside the checkout: the README's figures stay as they are", file=sys.stderr)
        return page
    measured = json.loads(_printed(f"dragoman evaluate '{gold}' --json"))
    rows = [*measured["types"].items(), ("all records", measured["all"])]
    lines = [
        f"| {name} | {row['gold']} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} |"
        for name, row in rows
    ]
    return FIGURES.sub(lambda match: match[1] + "\n".join(lines) + "\n", page)


def _printed(commands: str) -> str:
    program = f'dragoman() {{ "{sys.executable}" -m dragoman "$@"; }}\n{commands}'
    environment = os.environ | {"COLUMNS": "110", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-eu", "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"error: {commands.strip()}\n{done.stderr.strip()}")
    return done.stdout


def main() -> None:
    """Write the pages anew."""
    fillings: dict[Path, Callable[[str], str]] = {
        DOCS / "records.md": fill_examples,
        DOCS / "tutorial.md": fill_outputs,
        DOCS / "model.md": fill_outputs,
        ROOT / "README.md": fill_figures,
    }
    for page, filled in fillings.items():
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
    (DOCS / "vocabulary.md").write_text(vocabulary_page.page(), "utf-8")


if __name__ == "__main__":
    main()
