"""``dragoman explain``: why a record is as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Model, Store
from dragoman.cli.output import console, opened
from dragoman.cli.rooms import rooms

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.extract.explain import Chain, Explanation

__all__ = ["add_to", "explain"]

_MOST = 12  # mentions of one actor that are shown


def explain(
    context: typer.Context,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="The record's id, or its beginning.", show_default=False)
    ],
    store: Store = None,
    model: Model = None,
) -> None:
    """Say why a record is as it is: its rule, the words that settle status and date, who is meant, the parse.

    The document is read again for it, so this takes the second that loading the pipeline takes.
    """
    house = rooms(context)
    with house.open_store(store, create=False) as held:
        stored = held.record(id_)
    found = house.explain(stored.document, stored.record, model=model)
    with opened(None) as out:
        _print(found, console(out))


def _print(found: Explanation, out: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from dragoman.export.describe import printable
    from dragoman.extract.explain import tree

    def section(title: str, lines: list[str]) -> None:
        out.print(Text(title, style="bold"))
        for line in lines or ["none"]:
            out.print(Padding(Text(printable(line)), (0, 0, 0, 2), expand=False))
        out.print()

    record = found.record
    section(
        f"{record.record}: {printable(record.summary())}",
        [f"found by the rule {record.rule}, which was right in {record.confidence:.0%} of the training documents"],
    )
    section("Status", _status(found))
    section("Who is meant", [line for chain in found.chains for line in _chain(chain)])
    section(
        "Times in the sentence",
        [f"“{time.text}” → {time.edtf or 'no date'} ({_BASIS[time.basis]})" for time in found.times],
    )
    section(
        "The parse",
        [f"{'  ' * depth}{token.text}  {token.dep_} · {token.pos_}" for depth, token in tree(found.sentence)],
    )


_BASIS = {"text": "as the text gives it", "relative": "reckoned from the date of publication"}


def _status(found: Explanation) -> list[str]:
    if found.modality is None:
        return ["this type of record has none"]
    status = getattr(found.record, "status", "")
    modality = found.modality
    lines = [
        f"{status}; the evidence's head word alone reads {modality.status} ({modality.rule}: “{modality.word}”)"
    ]
    if modality.negated:
        lines.append("negated")
    if modality.hypothetical:
        lines.append("hypothetical")
    return lines


def _chain(chain: Chain) -> list[str]:
    known = ", ".join(value for value in (chain.office, chain.country) if value)
    lines = [f"{chain.role}: {chain.name}" + (f" ({known})" if known else "")]
    if chain.here is not None:
        lines.append(f"  here “{chain.here.text}” at {chain.here.start}–{chain.here.end}")
    shown = [f"“{' '.join(span.text.split())}” {span.start}" for span in chain.mentions[:_MOST]]
    more = len(chain.mentions) - len(shown)
    if shown:
        lines.append("  in the document " + ", ".join(shown) + (f" and {more} more" if more > 0 else ""))
    return lines


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples:\n\n  dragoman explain 3f2a\n\n  dragoman explain 3f2a --store record.db")(
        explain
    )
