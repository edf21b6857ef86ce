"""Dossiers, plans that are followed up, and readouts side by side: how the terminal shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.export.describe import plural, printable, shorten

if TYPE_CHECKING:
    from dragoman.link.compared import Comparison, Readout
    from dragoman.link.dossier import Dossier
    from dragoman.link.entries import Dispute, Entry, Said
    from dragoman.link.followed import Followed

__all__ = ["print_comparison", "print_dossier", "print_followed"]

_WORDS = 160  # characters of a quotation
_LINE = 220  # characters of what an entry is about
_SIDE = 5  # readouts that stand side by side; more are told one under another
_NARROW = 100  # columns under which they do so too


def _text(words: str, *, style: str = "") -> Text:
    return Text(" ".join(printable(words).split()), style=style)


def print_dossier(found: Dossier, console: Console) -> None:
    """The relation of two states, section after section."""
    console.print(_text(found.title, style="bold"))
    console.print(
        _text(f"as of {found.today}, from {plural(found.documents, 'document')} on both", style="dim"),
    )
    for section in found.sections:
        if section.total:
            _print_section(section.name, section.entries, section.total, console)


def print_followed(found: Followed, console: Console, *, limit: int | None) -> None:
    """What is due, overdue, and made good."""
    for name, entries in (
        ("due", found.due),
        (f"overdue: no report found by {found.today}", found.overdue),
        (f"fulfilled since {found.since}", found.fulfilled),
    ):
        if entries:
            _print_section(name, entries[:limit], len(entries), console)


def _print_section(name: str, entries: Sequence[Entry], total: int, console: Console) -> None:
    console.print()
    console.print(_text(f"{name.upper()[:1]}{name[1:]} ({total:,})", style="bold"))
    for entry in entries:
        _print_entry(entry, console)
    if total > len(entries):
        console.print(_text(f"and {total - len(entries):,} more; --limit 0 shows all", style="dim"))


def _print_entry(entry: Entry, console: Console) -> None:
    line = Text(f"{printable(entry.when or 'no day'):<11}  ", style="cyan")
    line.append_text(_text(shorten(entry.what, limit=_LINE)))
    if entry.state:
        line.append(f"  [{printable(entry.state).replace('_', ' ')}]", style="bold")
    console.print(line)
    if entry.said:
        said = entry.said[-1]
        words = shorten(said.words, limit=_WORDS)
        told = " ".join(said.words.split()) in " ".join(entry.what.split()) or entry.kind == "statement"
        _beside(_source(said) if told else f"“{words}” {_source(said)}", console)
    if entry.note:
        _beside(entry.note, console)
    for dispute in entry.disputes:
        _beside(_at_odds(dispute), console)
    more = f", {entry.sources} sources" if entry.sources > 1 else ""
    _beside(f"{entry.kind} {entry.id}{more}", console)


def _beside(words: str, console: Console) -> None:
    console.print(Padding(_text(words, style="dim"), (0, 0, 0, 13), expand=False))


def _source(said: Said) -> str:
    copy = f", copy of {said.copy_of}" if said.copy_of else ""
    return f"({said.publisher or 'no publisher'}, {said.published or 'no date'}, {said.document}{copy})"


def _at_odds(dispute: Dispute) -> str:
    who = "; ".join(
        f"{said.publisher or said.document} {said.published or ''}".strip() for said in dispute.said[:4]
    )
    more = f" and {len(dispute.said) - 4} more" if len(dispute.said) > 4 else ""
    best = " (best)" if dispute.best else ""
    value = shorten(dispute.value, limit=_WORDS)
    return f"sources differ, {dispute.field.replace('_', ' ')}: {value}{best}: {who}{more}"


# --- readouts side by side ------------------------------------------------------------------------------------


def print_comparison(found: Comparison, console: Console) -> None:
    """The readouts in columns, or one under another where they are many or the terminal is narrow."""
    encounter = found.encounter
    console.print(_text(f"{encounter.when or 'no day'}  {encounter.what}  [{encounter.state}]", style="bold"))
    console.print(_text(f"encounter {encounter.id}", style="dim"))
    if found.shared_topics and len(found.readouts) > 1:
        console.print(_text(f"topics of all readouts: {', '.join(found.shared_topics)}"))
    wide = len(found.readouts) <= _SIDE and console.width >= _NARROW
    for group in [found.readouts] if wide else [(readout,) for readout in found.readouts]:
        console.print(_columns(group))
    for said in found.announced:
        console.print(
            _text(f"announced before: “{shorten(said.words, limit=_WORDS)}” {_source(said)}", style="dim")
        )


def _columns(readouts: Sequence[Readout]) -> Table:
    table = Table(show_lines=True, expand=False)
    table.add_column("", style="dim", no_wrap=True)
    for readout in readouts:
        table.add_column(_text(_head(readout)), overflow="fold", ratio=1)
    rows: tuple[tuple[str, Callable[[Readout], Iterable[str]]], ...] = (
        ("takes part", lambda r: r.participants),
        ("not named", lambda r: r.absent),
        ("date", lambda r: _dated(r)),
        ("place", lambda r: [r.place or ""]),
        ("form", lambda r: [(r.format or "").replace("_", " "), r.status]),
        ("topics", lambda r: [_joined(_rest(r.topics, r.own_topics))]),
        ("only here", lambda r: [_joined(r.own_topics)]),
        ("words", lambda r: [f"“{shorten(r.said.words, limit=_WORDS)}”"]),
        ("quotations", lambda r: _listed(r.quotations)),
        ("reported", lambda r: [plural(r.reported, "statement")] if r.reported else []),
        ("agreements", lambda r: [*_rest(r.agreements, r.own_agreements), *_only(r.own_agreements)]),
        ("commitments", lambda r: _listed(r.commitments)),
        ("copies", lambda r: r.copies),
    )
    for name, cell in rows:
        cells = ["\n".join(_line(item) for item in cell(readout) if item) for readout in readouts]
        if any(cells):
            table.add_row(name, *(Text(cell) for cell in cells))
    return table


def _line(words: str) -> str:
    return " ".join(printable(words).split())


def _head(readout: Readout) -> str:
    said = readout.said
    return f"{said.publisher or said.document}, {said.published or 'no date'}"


def _dated(readout: Readout) -> Iterable[str]:
    text = f" (“{readout.date_text}”)" if readout.date_text else ""
    return [readout.date + text] if readout.date else []


def _joined(topics: Iterable[str]) -> str:
    return ", ".join(topic.replace("_", " ") for topic in topics)


def _only(items: Iterable[str]) -> list[str]:
    return [f"only here: {item}" for item in items]


def _rest(items: Iterable[str], own: Sequence[str]) -> list[str]:
    return [item for item in items if item not in own]


def _listed(items: Sequence[str], *, most: int = 6) -> list[str]:
    shown = [shorten(item, limit=_WORDS) for item in items[:most]]
    return shown + ([f"and {len(items) - most} more"] if len(items) > most else [])
