"""``dragoman model``: what the pipeline was made of, and whether it still reads as its card says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.exits import Exit, complain, warn
from dragoman.cli.options import Model
from dragoman.cli.output import console, opened
from dragoman.cli.rooms import rooms

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman.evaluate.model_card import Comparison

__all__ = ["add_to", "check", "info"]

_EXAMPLES = """
Examples:

  dragoman model info

  dragoman model info --model en_core_web_trf

  dragoman model check

  dragoman model check --data ../shared/data
"""


def info(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print card.json as it is.")] = False,
    model: Model = None,
) -> None:
    """Print the card of the pipeline: base, data, licences, labels, figures, limits."""
    from dragoman.evaluate.model_card import read_card, read_meta

    folder = rooms(context).find_pipeline(model)
    card, meta = read_card(folder), read_meta(folder)
    if card is None:
        warn(f"{folder}: this pipeline has no card; what follows is its meta.json")
    with opened(None) as out:
        if as_json:
            out.write((folder / ("meta.json" if card is None else "card.json")).read_text("utf-8").rstrip() + "\n")
        else:
            from dragoman.cli.model_report import print_card

            print_card(card, meta, console(out))


def check(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="FOLDER",
            help="Also measure on the development parts: a folder with treebank/ and ner/. Takes a minute.",
            show_default=False,
        ),
    ] = None,
    model: Model = None,
) -> None:
    """Compare the pipeline's files with its card, and recompute the card's figures on sentences of our own.

    Code 0 when all files are those that were packaged and figures agree within 0.3 points, or one word or name.
    """
    from dragoman.annotate.pipeline import open_pipeline
    from dragoman.evaluate.model_card import changed_files, read_card

    folder = rooms(context).find_pipeline(model)
    card = read_card(folder)
    told: dict[str, Any] = card or {}
    problems = [f"{folder / name}: {what}" for name, what in changed_files(folder, told).items()]
    if card is None:
        problems.append(f"{folder}: this pipeline has no card to agree with (its figures are its own)")
    elif not told.get("files"):
        problems.append(f"{folder / 'card.json'}: the card lists no files to compare with")
    for problem in problems:
        complain(problem)
    compared = list(_compared(open_pipeline(str(folder)), told, data))
    with opened(None) as out:
        from dragoman.cli.model_report import print_comparisons

        print_comparisons(compared, console(out))
        if not problems:
            out.write(f"\n{len(told['files'])} files are those that were packaged\n")
    if problems or not all(each.agrees for each in compared):
        raise typer.Exit(Exit.DIFFERS)


def _compared(nlp: Language, card: dict[str, Any], data: Path | None) -> Iterable[Comparison]:
    from dragoman.evaluate.measure_model import measure_data
    from dragoman.evaluate.model_card import compare_check, compare_figures

    measured = measure_data(nlp, data) if data else {}  # first: it is what may be missing
    yield from compare_check(nlp, card)
    yield from compare_figures(measured, card)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    group.command(epilog=_EXAMPLES)(info)
    group.command(epilog=_EXAMPLES)(check)
    app.add_typer(
        group, name="model", epilog=_EXAMPLES, help="Show the card of the pipeline, or check that it still holds."
    )
