"""A record in people's words: a headline and labelled lines, the same on the page and in the terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.records import RECORD_TYPES, Actor, Commitment, Document, Place, Plover, Record, Statement

__all__ = [
    "Line",
    "by_type",
    "count",
    "describe",
    "heading",
    "headline",
    "place_line",
    "plural",
    "printable",
    "provenance",
    "shorten",
]

_WORDS = frozenset(
    {"text", "action", "title", "label", "office", "person"}
)  # the text's own words, shown as they are
_LABELS = {"plover": "PLOVER", "cameo": "CAMEO", "quad": "quad class"}

# C0 and C1 controls (they steer a terminal), bidirectional overrides (they reorder what stands around them) and
# lone surrogates (no encoding writes them). Tab and newline stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled field; a list of actors has one value an actor."""

    label: str
    values: tuple[str, ...]


def describe(record: Record) -> list[Line]:
    """The type's own fields in reading order, empty ones left out; status, date and place are not among them."""
    lines = []
    for name in record.core:
        if name == "status":
            continue
        values = tuple(_values(name, getattr(record, name)))
        if values:
            lines.append(Line(_LABELS.get(name, name), values))
    return lines


def _values(name: str, value: object) -> Iterable[str]:
    if value is None or value == "":
        return
    if isinstance(value, tuple):
        for item in value:
            yield from _values(name, item)
    elif isinstance(value, Actor):
        yield actor_line(value)
    elif isinstance(value, Plover):
        yield value.type + (f" / {value.mode}" if value.mode else "")
    elif isinstance(value, float):
        yield f"{value:+.1f}"
    elif isinstance(value, str) and name not in _WORDS:
        yield value.replace("_", " ")
    else:
        yield str(value)


def headline(record: Record) -> str:
    """The record in one line for a reader who has its words before her: who, how, to or about whom."""
    if isinstance(record, Statement):
        others = ", ".join(dict.fromkeys(actor.name for actor in (*record.addressee, *record.target)))
        return f"{record.speaker.name} ({record.stance})" + (f" → {others}" if others else "")
    if isinstance(record, Commitment):
        others = ", ".join(dict.fromkeys(actor.name for actor in record.counterpart))
        return f"{record.actor.name} ({record.strength})" + (f" → {others}" if others else "")
    return record.summary()


def actor_line(actor: Actor) -> str:
    """Name, post and state: 'Wei Fenghe, Minister of National Defense (CHN)'."""
    post = f", {actor.office}" if actor.office else ""
    state = f" ({actor.country})" if actor.country and actor.kind != "state" else ""
    return f"{actor.name}{post}{state}"


def place_line(place: Place) -> str:
    """Name and state: 'Munich (DEU)'."""
    return f"{place.name} ({place.country})" if place.country else place.name


def heading(document: Document) -> str:
    """The title; for a document that has none, how its text begins after the dateline."""
    if document.title and document.title.strip():
        return " ".join(document.title.split())
    opening = document.dateline.span.end if document.dateline and document.dateline.span else 0
    return shorten(document.text[opening : opening + 400], limit=70) or document.id


def provenance(document: Document) -> list[str]:
    """Publisher, date of publication, cited source and dateline, as far as the document gives them."""
    out = [x for x in (document.publisher, document.published) if x]
    if document.cited_source:
        out.append(f"citing {document.cited_source}")
    if document.dateline and document.dateline.place:
        out.append(f"filed from {document.dateline.place}")
    return out


def by_type(records: Iterable[Record]) -> dict[str, list[Record]]:
    """The records grouped by type in the order of the record types, inside a type in the order of the text."""
    groups: dict[str, list[Record]] = {name: [] for name in RECORD_TYPES}
    for record in records:
        groups.setdefault(record.record, []).append(record)
    return {
        name: sorted(group, key=lambda r: (r.evidence[0].start, r.evidence[0].end))
        for name, group in groups.items()
        if group
    }


def count(records: Sequence[Record]) -> str:
    """'3 meetings, 1 visit'."""
    counts = Counter(record.record for record in records)
    return ", ".join(plural(counts[name], name) for name in RECORD_TYPES if counts[name])


def plural(number: int, noun: str) -> str:
    """'1 record', '2 records'."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def shorten(text: str, *, limit: int) -> str:
    """The text on one line, cut between words (or inside a word that is too long) and ended with '…'."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head, _, _ = flat[:limit].rpartition(" ")
    return (head if len(head) > limit // 2 else flat[: limit - 1]).rstrip() + "…"


def printable(text: str) -> str:
    """The text with every character that could steer a terminal or reorder a page replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
