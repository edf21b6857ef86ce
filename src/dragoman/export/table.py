"""Records for a terminal: a table a document, grouped by type; on narrow terminals a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.export.describe import by_type, describe, heading, place_line, printable, provenance, shorten
from dragoman.export.segment import segments
from dragoman.records import OFF, Document, Record

__all__ = [
    "COLOURS",
    "highlighted",
    "passages",
    "print_card",
    "print_document",
    "print_hits",
    "print_whole",
    "write_table",
]

COLOURS = {
    "meeting": "blue",
    "visit": "cyan",
    "agreement": "green",
    "statement": "yellow",
    "commitment": "magenta",
    "relation": "bright_magenta",
    "tenure": "bright_black",
    "event": "red",
}
_UNSURE = frozenset({"planned", "proposed", "postponed"})
_WIDE = 110  # columns from which the document's own words have room
_NARROW = 64  # columns under which a table is no longer readable


def write_table(pairs: Iterable[tuple[Document, Sequence[Record]]], console: Console) -> None:
    """Print each document's records as it comes."""
    for document, records in pairs:
        print_document(document, records, console)


def print_document(document: Document, records: Sequence[Record], console: Console) -> None:
    """A heading with what is known of the document, then its records."""
    console.print(Text(printable(heading(document)), style="bold"))
    known = " · ".join([*provenance(document), document.id])
    console.print(Text(printable(known), style="dim"))
    if not records:
        console.print(Text("no records", style="dim italic"))
    elif console.width < _NARROW:
        _print_list(records, console)
    else:
        console.print(_table(records, words=console.width >= _WIDE))
    console.print()


def _table(records: Sequence[Record], *, words: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False, pad_edge=False)
    table.add_column("type", no_wrap=True)
    table.add_column("record", overflow="fold")
    table.add_column("date", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("sure", justify="right", no_wrap=True)
    if words:
        table.add_column("in the document's words", overflow="fold")
    for name, group in by_type(records).items():
        for number, record in enumerate(group):
            cells = [
                Text(name if number == 0 else "", style=COLOURS[name]),
                Text(printable(record.summary())),
                Text(record.date or ""),
                _status(record),
                Text(f"{record.confidence:.2f}", style="dim"),
            ]
            if words:
                cells.append(Text(shorten(printable(record.evidence[0].text), limit=140), style="italic dim"))
            table.add_row(*cells)
    return table


def _print_list(records: Sequence[Record], console: Console) -> None:
    for name, group in by_type(records).items():
        console.print(Text(name, style=f"bold {COLOURS[name]}"))
        for record in group:
            console.print(Padding(Text(printable(record.summary())), (0, 0, 0, 2)))
            facts = [x for x in (record.date, getattr(record, "status", None)) if x]
            if facts:
                console.print(Padding(Text(" · ".join(facts), style="dim"), (0, 0, 0, 4)))


def _status(record: Record) -> Text:
    status = getattr(record, "status", "")
    style = "yellow" if status in _UNSURE else "red" if status in OFF else ""
    return Text(status, style=style)


def print_hits(hits: Sequence[tuple[Record, str, str | None, str | None]], console: Console) -> None:
    """What a search found: (record, document's id, its title, its date of publication), in the order given."""
    narrow = console.width < _NARROW
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("id", "type", "record", "date", "status"):
        table.add_column(name, no_wrap=name != "record", overflow="fold")
    if console.width >= _WIDE:
        table.add_column("document", overflow="fold")
    for record, document_id, title, published in hits:
        cells = [
            Text(record.id[:8], style="dim"),
            Text(record.record, style=COLOURS[record.record]),
            Text(printable(record.summary())),
            Text(record.date or ""),
            _status(record),
        ]
        if console.width >= _WIDE:
            named = " · ".join(x for x in (published, shorten(title or document_id, limit=80)) if x)
            cells.append(Text(printable(named), style="dim"))
        if narrow:
            console.print(Text(" ").join([cells[0], cells[1], cells[3], cells[4]]))
            console.print(Padding(cells[2], (0, 0, 0, 2)))
        else:
            table.add_row(*cells)
    if not narrow:
        console.print(table)


def print_card(record: Record, document: Document, console: Console) -> None:
    """One record whole: its fields, the passage with the evidence marked, where it comes from."""
    title = Text.assemble((record.record, f"bold {COLOURS[record.record]}"), "  ", printable(record.summary()))
    console.print(title)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for line in describe(record):
        grid.add_row(line.label, Text(printable("\n".join(line.values))))
    for label, value in _circumstances(record):
        grid.add_row(label, Text(printable(value)))
    console.print(Padding(grid, (1, 0, 1, 2), expand=False))
    marks = ("", "") if console.is_terminal and not console.is_dumb_terminal else ("⟦", "⟧")
    for passage in passages(document.text, [(span.start, span.end) for span in record.evidence]):
        console.print(
            Padding(highlighted(document.text, record, passage, marks=marks), (0, 2, 1, 2), expand=False)
        )
    console.print(Rule(style="dim"))
    console.print(Text(printable(heading(document)), style="bold"))
    for known in (" · ".join(provenance(document)), document.url or "", f"document {document.id}"):
        if known:
            console.print(Text(printable(known), style="dim"))


def print_whole(document: Document, records: Sequence[Record], console: Console, *, versions: int = 1) -> None:
    """A document with its records and its text, all evidence in the colour of the innermost record."""
    print_document(document, records, console)
    spans = [(span.start, span.end) for record in records for span in record.evidence]
    colours = [COLOURS[record.record] for record in records for _ in record.evidence]
    text = Text()
    for segment in segments(len(document.text), spans):
        style = f"underline {colours[segment.covering[-1]]}" if segment.covering else ""
        text.append(printable(document.text[segment.start : segment.end]), style=style)
    console.print(Padding(text, (0, 2, 1, 2), expand=False))
    if document.url:
        console.print(Text(printable(document.url), style="dim"))
    if versions > 1:
        console.print(Text(f"{versions} versions are kept; this is the current one", style="dim"))


def _circumstances(record: Record) -> Iterable[tuple[str, str]]:
    status = getattr(record, "status", None)
    if status:
        yield "status", status
    if record.date:
        words = f" “{' '.join(record.date_text.split())}”" if record.date_text else ""
        basis = f" ({record.date_basis})" if record.date_basis else ""
        yield "date", f"{record.date}{words}{basis}"
    if record.place:
        basis = f" ({record.place_basis})" if record.place_basis else ""
        yield "place", place_line(record.place) + basis
    if record.topics:
        yield "topics", ", ".join(record.topics)
    yield "confidence", f"{record.confidence:.2f}"
    yield "rule", record.rule
    yield "id", record.id


def passages(text: str, spans: Sequence[tuple[int, int]], *, around: int = 300) -> list[tuple[int, int]]:
    """The paragraphs that hold the spans, cut to ``around`` characters on both sides, joined where they touch."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first = max(text.rfind("\n", 0, start) + 1, _word_start(text, start - around))
        last = text.find("\n", end)
        last = min(len(text) if last < 0 else last, _word_end(text, end + around))
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else max(text.find(" ", at, at + 40) + 1, at)


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 40, at)
    return at if space < 0 else space


def highlighted(text: str, record: Record, passage: tuple[int, int], *, marks: tuple[str, str] = ("", "")) -> Text:
    """That passage of the document with the record's evidence in reverse, '…' where a paragraph is cut.

    marks: what to put around the evidence as well, where no style can be seen.
    """
    start, end = passage
    spans = [(max(0, span.start - start), span.end - start) for span in record.evidence]
    out = Text("…" if start and text[start - 1] != "\n" else "")
    for segment in segments(end - start, spans):
        words = printable(text[start + segment.start : start + segment.end])
        if segment.covering:
            words = f"{marks[0]}{words}{marks[1]}"
        out.append(words, style=f"bold reverse {COLOURS[record.record]}" if segment.covering else "")
    if end < len(text) and text[end] != "\n":
        out.append("…")
    return out
