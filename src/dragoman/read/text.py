"""A text to a Document: title, date, publisher, dateline, cited source and language are found in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from dragoman.read.cite import find_cited_source, reporting_agency
from dragoman.read.dateline import find_dateline, opening_lines
from dragoman.read.dates import clock_at, date_at, edtf_of, with_year
from dragoman.read.encoding import mend
from dragoman.read.language import detect
from dragoman.read.names import agency_named, place_country, publisher_of_url
from dragoman.records import Dateline, Document, content_hash

__all__ = ["parse_text"]

_LONGEST_TITLE = 200
_FINAL = tuple(".!?…:;,")
_LABEL = re.compile(
    r"\s*(?:date\s+)?(?:(?:published|posted|issued|released|publication date|date)(?:\s+(?:on|at))?\s*:?\s*)", re.I
)


def parse_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    place: str | None = None,
    language: str | None = None,
    retrieved: str | None = None,
    raw_sha256: str | None = None,
    mended: tuple[str, ...] = (),
) -> Document:
    """The document that this text is. What is given is kept; what is not is looked for in the text.

    The text is stored with LF line ends and mended where its encoding was broken (``mended`` says so); nothing
    else in it changes, and a title found in it stays in it. ``published`` may be an ISO date or datetime, EDTF or
    a date in words; anything else is dropped, and ``mended`` says so. ``place`` is where the document was issued,
    for texts whose dateline is kept apart. The id, where none is given, is a hash of the URL or else of the text.
    """
    stored = mend(text)
    text, notes = stored.text, [*mended, *stored.mended]
    published = _given_date(published, notes)
    dateline = find_dateline(text)
    published = published or _printed_date(text) or _date_of(dateline)
    if dateline:
        dateline = replace(dateline, date=with_year(dateline.date, published))
    if place and (dateline is None or dateline.place is None):
        dateline = replace(dateline or Dateline(), place=place, country=place_country(place))
    publisher = publisher or _publisher(text, dateline, url)
    return Document(
        id=id or (url_id(url) if url else content_hash(text)),
        text=text,
        title=title or _title(text, dateline),
        published=published,
        url=url,
        language=language or detect(text),
        publisher=publisher,
        cited_source=find_cited_source(text, publisher=publisher),
        dateline=dateline,
        retrieved=retrieved,
        source=source,
        raw_sha256=raw_sha256,
        mended=tuple(notes),
    )


def url_id(url: str) -> str:
    """The id of a document that has an address and no id: sixteen hexadecimal digits."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]


def _given_date(published: str | None, notes: list[str]) -> str | None:
    if published is None or not published.strip():
        return None
    value = edtf_of(published)
    if value is None:
        notes.append(f"publication date {published[:40]!r} dropped: not an ISO or EDTF date")
    return value


def _printed_date(text: str) -> str | None:
    """A date on a line of its own at the top ("17 February 2020, 11:30", "Published: 3 March 2023")."""
    for start, end in opening_lines(text):
        line = text[start : min(end, start + 80)].strip(" \t*_|·-–—[]")
        label = _LABEL.match(line)
        position = label.end() if label else 0
        bracket = re.match(r"\(?\w+\)\s+", line)  # "(Xinhua) 16:40, June 19, 2023"
        position = bracket.end() if bracket else position
        clock = clock_at(line, position)
        if clock:
            position = clock.end + len(line[clock.end :]) - len(line[clock.end :].lstrip(" ,"))
        found = date_at(line, position)
        if found and found.edtf and not found.edtf.startswith("X") and end - start <= 80:
            rest = line[found.end :].strip(" ,|·-–—at")
            clock = clock_at(rest, 0)
            if not rest or (clock and not rest[clock.end :].strip(" .()")):
                return found.edtf
    return None


def _date_of(dateline: Dateline | None) -> str | None:
    """A report is published on the day of its dateline, as far as that gives a year."""
    date = dateline.date if dateline else None
    return None if date is None or date.startswith("X") else date


def _publisher(text: str, dateline: Dateline | None, url: str | None) -> str | None:
    found = publisher_of_url(url) if url else None
    if found:
        return found
    if dateline and dateline.agency:
        agency = agency_named(dateline.agency)
        return agency.name if agency else None
    return reporting_agency(text)


def _title(text: str, dateline: Dateline | None) -> str | None:
    """A first short line that does not end like a sentence, with a blank line and more text after it."""
    first = next(opening_lines(text, most=1), None)
    if first is None:
        return None
    start, end = first
    line = text[start:end].strip()
    following = text[end + 1 : end + 2000].split("\n", 1)
    if len(following) < 2 or following[0].strip() or not following[1].strip():
        return None
    if len(line) > _LONGEST_TITLE or line.endswith(_FINAL) or not any(map(str.isalpha, line)):
        return None
    if dateline and dateline.span and start <= dateline.span.start < end:
        return None
    return None if _is_header(line) else line


def _is_header(line: str) -> bool:
    label = _LABEL.match(line)
    return date_at(line, label.end() if label else 0) is not None and len(line) <= 60
