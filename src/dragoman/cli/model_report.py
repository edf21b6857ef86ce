"""A model card and what became of its figures, as tables: what ``model`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.export.describe import printable

if TYPE_CHECKING:
    from dragoman.evaluate.model_card import Comparison

__all__ = ["print_card", "print_comparisons"]


def print_card(card: Mapping[str, Any] | None, meta: Mapping[str, Any], console: Console) -> None:
    """The card, or what meta.json says where there is none."""
    told = card or {}
    head = {
        "name": told.get("name") or f"{meta.get('lang', '')}_{meta.get('name', '')}",
        "version": told.get("version") or meta.get("version"),
        "description": meta.get("description"),
        "base": told.get("base"),
        "licence": told.get("license") or meta.get("license"),
        "parts": ", ".join(meta.get("components") or meta.get("pipeline") or ()),
    }
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in head.items():
        if value:
            grid.add_row(name, _text(value))
    console.print(grid)
    _section(console, "Names", ("label", "meaning"), told.get("labels", {}).items())
    rows = [[row.get(key, "") for key in ("name", "for", "licence")] for row in told.get("sets", ())]
    _section(console, "Made from", ("set", "for", "licence"), rows)
    figures = [(name, _figure(value)) for name, value in told.get("figures", {}).items()]
    _section(console, "Figures", ("", ""), figures, numbers=True)
    checks = [(name, _figure(value)) for name, value in told.get("check", {}).items()]
    _section(console, "On the check set (dragoman model check)", ("", ""), checks, numbers=True)
    _section(console, "Known limits", ("",), [(limit,) for limit in told.get("limits", ())])


def _section(
    console: Console,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: bool = False,
) -> None:
    """A titled table; nothing where it has no rows."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_header=any(columns))
    for number, column in enumerate(columns):
        last = number == len(columns) - 1
        table.add_column(column, overflow="fold", justify="right" if numbers and last else "left")
    for row in rows:
        table.add_row(*map(_text, row))
    if table.row_count:
        console.print(Text(f"\n{title}", style="bold"))
        console.print(table)


def print_comparisons(compared: Iterable[Comparison], console: Console) -> None:
    """Each figure in the card and now, in per cent, and whether the two agree."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("figure")
    table.add_column("card", justify="right")
    table.add_column("now", justify="right")
    table.add_column("")
    for each in compared:
        verdict = Text("agrees") if each.agrees else Text("differs", style="red")
        if each.card is None:
            verdict = Text("not in the card", style="red")
        card = "–" if each.card is None else f"{each.card:.2f}"
        table.add_row(_text(each.name), card, f"{each.measured:.2f}", verdict)
    console.print(table)


def _text(value: object) -> Text:
    return Text(printable(str(value)))


def _figure(value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if value >= 1000 or isinstance(value, int) else f"{value:.1f}"
