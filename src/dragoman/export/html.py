"""One self-contained page: each text with its evidence marked, its records beside it, linked both ways.

The page loads nothing: style and script stand in it, and its content security policy forbids everything else. It
works without the script too (every record links to its words and every passage to its records), from the keyboard,
in the dark and on paper. What a text says is shown, never run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from markupsafe import Markup, escape

from dragoman.export.describe import (
    Line,
    by_type,
    count,
    describe,
    heading,
    headline,
    place_line,
    plural,
    printable,
    provenance,
)
from dragoman.export.segment import Segment, lanes, segments
from dragoman.records import RECORD_TYPES, Document, Record

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page", "write_html"]

_LANES = 5  # lines drawn under the text; where more spans overlap, the rest share the last line
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_ANSWERING = frozenset({"title", "text", "action", "label"})  # the headline or the quoted words already say it


@dataclass(frozen=True, slots=True)
class Quote:
    """One span of evidence as the page shows it; ``anchor`` is where it begins in the text."""

    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the page shows it."""

    number: int
    anchor: str
    type: str
    id: str
    headline: str
    lines: list[Line]
    status: str
    date: str
    date_note: str
    place: str
    topics: str
    confidence: float
    rule: str
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document as the page shows it."""

    anchor: str
    heading: str
    id: str
    known: list[str]
    url: str | None
    language: str | None
    text: Markup
    groups: dict[str, list[Entry]]
    records: str


def write_html(
    pairs: Iterable[tuple[Document, Sequence[Record]]], out: IO[str], *, title: str | None = None
) -> None:
    """Write the page with all documents in the order given. ``title`` defaults to the only document's heading."""
    out.write(page(pairs, title=title))


def page(pairs: Iterable[tuple[Document, Sequence[Record]]], *, title: str | None = None) -> str:
    """The page as text, to be encoded as UTF-8."""
    leaves, types, total = [], set[str](), 0
    for number, (document, records) in enumerate(pairs, 1):
        leaves.append(_leaf(document, records, anchor=f"d{number}"))
        types.update(record.record for record in records)
        total += len(records)
    style, script = _resource("page.css"), _resource("page.js")
    return _template().render(
        title=title or (leaves[0].heading if len(leaves) == 1 else "The record"),
        leaves=leaves,
        types=[name for name in RECORD_TYPES if name in types],
        total=f"{plural(total, 'record')} in {plural(len(leaves), 'document')}",
        style=Markup(style),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


@cache
def _resource(name: str) -> str:
    return (files("dragoman.export") / "templates" / name).read_text("utf-8").strip()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_resource("page.html.j2"))


def _leaf(document: Document, records: Sequence[Record], *, anchor: str) -> Leaf:
    groups = by_type(records)
    ordered = [record for group in groups.values() for record in group]
    entries = [_entry(record, number, anchor) for number, record in enumerate(ordered, 1)]
    grouped = {name: [e for e in entries if e.type == name] for name in groups}
    return Leaf(
        anchor=anchor,
        heading=printable(heading(document)),
        id=printable(document.id),
        known=[printable(item) for item in provenance(document)],
        url=document.url if document.url and re.match("https?://", document.url) else None,
        language=document.language,
        text=_text(document.text, ordered, entries),
        groups=grouped,
        records=count(records) or "no records",
    )


def _entry(record: Record, number: int, leaf: str) -> Entry:
    anchor = f"{leaf}r{number}"
    note = [f"“{' '.join(record.date_text.split())}”" if record.date_text else "", record.date_basis or ""]
    if record.date_basis == "text":
        note.pop()
    return Entry(
        number=number,
        anchor=anchor,
        type=record.record,
        id=record.id,
        headline=printable(headline(record)),
        lines=[
            Line(line.label, tuple(printable(value) for value in line.values))
            for line in describe(record)
            if line.label not in _ANSWERING
        ],
        status=getattr(record, "status", ""),
        date=printable(record.date or ""),
        date_note=printable(", ".join(item for item in note if item)),
        place=printable(place_line(record.place)) if record.place else "",
        topics=printable(", ".join(record.topics)),
        confidence=record.confidence,
        rule=printable(record.rule),
        quotes=[
            Quote(words=" ".join(printable(span.text).split()), anchor=f"{anchor}e{part}")
            for part, span in enumerate(record.evidence, 1)
        ],
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """One span of one record, ready to be drawn."""

    span: tuple[int, int]
    entry: Entry
    anchor: str
    lane: int


def _text(text: str, records: Sequence[Record], entries: Sequence[Entry]) -> Markup:
    """The text as paragraphs of marked segments; without its tags it is the document's text, unchanged."""
    owned = [
        (span, entry, quote)
        for record, entry in zip(records, entries, strict=True)
        for span, quote in zip(record.evidence, entry.quotes, strict=True)
    ]
    spans = [(span.start, span.end) for span, _, _ in owned]
    pieces = [
        _Piece(span, entry, quote.anchor, min(lane, _LANES - 1))
        for span, (_, entry, quote), lane in zip(spans, owned, lanes(spans), strict=True)
    ]
    started: set[int] = set()
    out = ["<p>"]
    for segment in segments(len(text), spans):
        for start, end, is_break in _breaks(text, segment):
            if is_break:
                out.append(f"</p>{_escaped(text[start:end])}<p>")
            else:
                last = end == segment.end
                out.append(_marked(text[start:end], segment, pieces, started, last=last))
    out.append("</p>")
    return Markup("".join(out))


def _breaks(text: str, segment: Segment) -> Iterator[tuple[int, int, bool]]:
    """The segment cut at blank lines: (start, end, is it a blank line)."""
    bounds = [segment.start]
    for match in _BREAK.finditer(text, segment.start, segment.end):
        bounds += [match.start(), match.end()]
    bounds.append(segment.end)
    for number, (start, end) in enumerate(pairwise(bounds)):
        if start < end:
            yield start, end, number % 2 == 1


def _marked(words: str, segment: Segment, pieces: Sequence[_Piece], started: set[int], *, last: bool) -> str:
    if not segment.covering:
        return _escaped(words)
    anchors = "".join(f'<span id="{pieces[n].anchor}"></span>' for n in segment.covering if n not in started)
    started.update(segment.covering)
    lines = {pieces[n].lane: pieces[n].entry.type for n in segment.covering}
    style = ";".join(f"--l{lane}:var(--{kind})" for lane, kind in sorted(lines.items()))
    owners = " ".join(pieces[n].entry.anchor for n in segment.covering)
    notes = "".join(_note(pieces[n].entry) for n in segment.ending) if last else ""
    return f'{anchors}<mark data-r="{owners}" style="{style}">{_escaped(words)}</mark>{notes}'


def _note(entry: Entry) -> str:
    """The number after a passage; its digits are drawn by the style sheet and are no part of the text."""
    label = escape(f"record {entry.number}, {entry.type}: {entry.headline}")
    return (
        f'<a class="note t-{entry.type}" href="#{entry.anchor}" data-n="{entry.number}" '
        f'aria-label="{label}" title="{label}"></a>'
    )


def _escaped(text: str) -> str:
    """Escaped so that a browser's text is the same again; what no HTML can hold (NUL, surrogates) is U+FFFD."""
    safe = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)
    return str(escape(safe)).replace("\r", "&#13;").replace("\x0c", "&#12;")
