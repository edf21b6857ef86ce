"""``dragoman evaluate``: how good it is, and whether it has become worse."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exits import Exit, complain
from dragoman.cli.options import Model, RecordType
from dragoman.cli.output import console, opened
from dragoman.cli.rooms import Rooms, rooms

if TYPE_CHECKING:
    from dragoman.evaluate import Annotations, Evaluation

__all__ = ["add_to", "evaluate"]

_EXAMPLES = """
Examples:

  dragoman evaluate gold/dev.gold.jsonl

  dragoman evaluate gold/dev.gold.jsonl --pred records.jsonl --errors visit

  dragoman evaluate gold/dev.gold.jsonl --floors tests/floors.toml

  dragoman evaluate gold/dev.gold.jsonl --floors tests/floors.toml --raise-floors
"""


def evaluate(
    context: typer.Context,
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Gold records, JSON lines.", show_default=False)],
    pred: Annotated[
        str | None,
        typer.Option(
            "--pred",
            metavar="FILE",
            help="Records to judge; by default the documents beside GOLD (dev.jsonl by dev.gold.jsonl) are read.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        RecordType | None,
        typer.Option(
            "--errors",
            metavar="TYPE",
            help="Also list what was missed and invented of a type.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    floors: Annotated[
        str | None,
        typer.Option("--floors", metavar="FILE", help="Fail (code 8) where a figure is below its floor."),
    ] = None,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Raise the floors in that file to the figures measured now.")
    ] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="With --raise-floors: lower floors too. Say why in the commit.")
    ] = False,
    model: Model = None,
) -> None:
    """Measure records against a gold standard: precision, recall and F1 a type, fields, and calibration."""
    if raise_floors and not floors:
        raise typer.BadParameter("needs --floors FILE", param_hint="--raise-floors")
    if allow_lower and not raise_floors:
        raise typer.BadParameter("goes with --raise-floors", param_hint="--allow-lower")
    from dragoman.evaluate import evaluate as measure
    from dragoman.evaluate import load_annotations

    annotated = load_annotations(gold)
    found = load_annotations(pred) if pred else _read(rooms(context), gold, annotated, model)
    evaluation = measure(annotated, found)
    with opened(None) as out:
        if as_json:
            out.write(json.dumps(evaluation.to_dict(), indent=2) + "\n")
        else:
            from dragoman.cli.report import print_evaluation, print_mistakes

            print_evaluation(evaluation, console(out))
            if errors:
                out.write("\n")
                print_mistakes((m for m in evaluation.mistakes if m.type == errors.value), console(out))
    if floors:
        _check_floors(floors, gold, evaluation, raising=raise_floors, allow_lower=allow_lower)


def _read(house: Rooms, gold: str, annotated: Annotations, model: str | None) -> Annotations:
    """The records that Dragoman finds in the documents that the gold annotates."""
    from dragoman.evaluate import Annotations, documents_beside

    scanned = house.scan([str(documents_beside(gold))], on_error=complain)
    documents = (document for document in scanned if document.id in annotated.by_document)
    return Annotations.of_records(
        record for _, records in house.process(documents, model=model) for record in records
    )


def _check_floors(file: str, gold: str, evaluation: Evaluation, *, raising: bool, allow_lower: bool) -> None:
    from dragoman.evaluate import load_floors
    from dragoman.evaluate.floors import set_name

    floors, name = load_floors(file), set_name(gold)
    breaches = floors.breaches(name, evaluation)
    if raising:
        raised = floors.raised(name, evaluation, allow_lower=allow_lower)
        with opened(file) as out:
            out.write(raised.to_toml())
        print(f"floors of {name} written to {Path(file)}", file=sys.stderr)
        breaches = raised.breaches(name, evaluation)
    for breach in breaches:
        complain(f"{file}: [{name}] {breach}")
    if breaches:
        raise typer.Exit(Exit.FLOOR)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=_EXAMPLES)(evaluate)
