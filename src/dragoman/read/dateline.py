"""The dateline: the line that opens a report and says where, when and by which agency it was filed.

Agencies agree on the parts and on nothing else: "ASTANA, May 20 (Xinhua) --", "BEIJING, 14 September 2022
/TASS/.", "NUR-SULTAN. KAZINFORM –", "Baku, March 3, AZERTAC", "January 12, 2022, New Delhi". So the parts are
read one after the other, in whatever order, and judged together: a city before a dash is a dateline, a president
is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dragoman.read.dates import clock_at, date_at
from dragoman.read.names import agency_at, agency_named, city_named, is_word_too, region_countries
from dragoman.records import Dateline, Span

__all__ = ["find_dateline", "opening_lines"]

_REACH = 220  # characters of a line in which a dateline must end
_LINES = 8
_LONG = 160  # a line of this length is a paragraph
_PARAGRAPHS = 2  # paragraphs that may come before it: a summary, and the report's own first

_WORD = re.compile(r"(?:St|ST|Ft|FT|Mt|MT|Sta)\.\s?|[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*")
_JOINING = {
    "de",
    "del",
    "da",
    "do",
    "di",
    "la",
    "el",
    "al",
    "ez",
    "of",
    "on",
    "in",
    "es",
    "the",
    "und",
    "pri",
    "am",
}
_DASH = re.compile(r"[*_]*\.?\s*(?:---?|—|–|―|‒|-(?=\s|$))\s*-?|:(?=\s|$)")
_SEPARATOR = re.compile(r"[*_]*\s*[,.|;]?\s*")
_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,40})\]|/\s?([^/\n]{2,40})\s?/")
_SENTENCE = re.compile(r"\s*[\"“«‘']?[^\W\d_a-zß-ÿ]")  # begins with a capital
_SHORTEST_REPORT = 40  # characters after a dateline of a city alone
_SLASH = re.compile(r"\s?/\s?(?=[^\W\d_a-zß-ÿ])")
_NAME = re.compile(r"[^\W\d_][\w.’' ]*")
_MARKUP = re.compile(r"[\s*_•▪>«\"“]*")


@dataclass(slots=True, eq=False, repr=False)
class _Parts:
    """What has been read of a line so far."""

    place: str | None = None
    country: str | None = None
    known: bool = False  # the place is a city that we know
    capitals: bool = False
    region: bool = False
    date: str | None = None
    dated: bool = False
    clock: bool = False
    agency: str | None = None
    agency_known: bool = False
    bracketed: bool = False
    close: str = ""  # what ended it: "dash", "colon", "stop", "line" or nothing
    end: int = 0
    order: list[str] = field(default_factory=list)


class _Place(NamedTuple):
    """A name that may be a place's, and where it ends."""

    end: int
    name: str
    country: str | None = None
    known: bool = False


def opening_lines(text: str, *, most: int = _LINES) -> Iterator[tuple[int, int]]:
    """Start and end of the first lines that are not blank."""
    start = seen = 0
    while start <= len(text) and seen < most:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start : min(end, start + _REACH)].strip():
            seen += 1
            yield start, end
        start = end + 1


def find_dateline(text: str) -> Dateline | None:
    """The dateline of a report, or None. A date without a year is ``XXXX-05-20``."""
    paragraphs = 0
    for start, end in opening_lines(text):
        found = _dateline_of_line(text, start, end)
        if found:
            return found
        paragraphs += end - start >= _LONG
        if paragraphs >= _PARAGRAPHS:
            return None
    return None


def _dateline_of_line(text: str, start: int, end: int) -> Dateline | None:
    markup = _MARKUP.match(text, start, end)
    begin = markup.end() if markup else start
    line = text[begin : min(end, begin + _REACH)]
    parts = _read_parts(line)
    if not _is_dateline(parts, line[parts.end :], whole_line=end - begin <= _REACH):
        return None
    stop = begin + len(line[: parts.end].rstrip())
    return Dateline(
        place=parts.place,
        country=parts.country,
        date=parts.date,
        agency=parts.agency,
        span=Span(begin, stop, text[begin:stop]),
    )


def _read_parts(line: str) -> _Parts:
    """Read place, date, time and agency one after the other until something else comes."""
    parts = _Parts()
    position: int | None = 0
    while position is not None and position < len(line):
        after = _read_part(line, position, parts)
        if after is None:
            break
        parts.end = after
        position = _after_separator(line, after, parts)
    if parts.close in ("", "stop") and not line[parts.end :].strip(" .,*_"):
        parts.close = "line"
    return parts


def _after_separator(line: str, position: int, parts: _Parts) -> int | None:
    """Where the next part may begin; None where a dash or a full stop closes the dateline."""
    dash = _DASH.match(line, position)
    if dash:
        if parts.order == ["agency"] and _known_city_at(line, dash.end()):
            return dash.end()  # "(ANSA) - ROME, MAR 3 -"
        if _goes_on_after_dash(line, dash.end() + _spaces(line, dash.end()), parts):
            return dash.end()
        parts.close, parts.end = "colon" if ":" in dash[0] else "dash", dash.end()
        return None
    separator = _SEPARATOR.match(line, position)
    if separator is None or "." not in separator[0]:
        return separator.end() if separator else position
    stop = position + separator[0].index(".") + 1
    trial = replace(parts, order=list(parts.order))
    if _read_part(line, separator.end(), trial) is not None:
        return separator.end()  # "Bishkek, Mar. 3, 2023. /Kabar/."
    parts.close, parts.end = "stop", stop
    return None


def _goes_on_after_dash(line: str, position: int, parts: _Parts) -> bool:
    """Whether a city is parted from the day or the agency by a dash: "CAIRO - 10 April 2022:"."""
    if parts.order != ["place"] or not parts.known:
        return False
    date = date_at(line, position)
    if date is not None:
        return bool(_DASH.match(line, date.end))
    signature = agency_at(line, position)
    return signature is not None and not line[signature[1] :].strip(" .,*_")


def _known_city_at(line: str, position: int) -> bool:
    found = _place_at(line, position + _spaces(line, position))
    return found is not None and found.known


def _read_part(line: str, position: int, parts: _Parts) -> int | None:
    """Take the part that begins here into ``parts``; where it ends, or None."""
    position += _spaces(line, position)
    if not parts.dated:
        date = date_at(line, position)
        if date:
            parts.date, parts.dated = date.edtf, True
            parts.order.append("date")
            return date.end
    if not parts.clock:
        clock = clock_at(line, position)
        if clock:
            parts.clock = True
            return clock.end
    bracket = _BRACKETS.match(line, position)
    if bracket:
        return _take_bracket(bracket, parts)
    if parts.agency is None:
        signature = agency_at(line, position)
        written = line[position : signature[1]] if signature else ""
        if signature and (parts.order or written.isupper()):  # "KAZINFORM –"; "Trend lines" is none
            parts.agency, parts.agency_known = written, True
            parts.order.append("agency")
            return signature[1]
    if parts.place is None:
        return _take_place(line, position, parts)
    separated = parts.known or line[:position].rstrip().endswith((",", "/"))
    if parts.order and parts.order[-1] == "place" and not parts.region and separated:
        return _take_region(line, position, parts)
    return None


def _take_bracket(bracket: re.Match[str], parts: _Parts) -> int | None:
    content = next(group for group in bracket.groups() if group).strip()
    countries = region_countries(content) if parts.place and not parts.region and bracket[2] else ()
    if countries:  # "New Delhi [India], January 12 (ANI):"
        parts.region, parts.country = True, parts.country or countries[0]
        return bracket.end()
    if parts.agency is not None:  # "ASTANA. KAZINFORM /Adilet Umirov/ –": the reporter
        return bracket.end()
    content = _dated_content(content, parts)
    known = agency_named(content)
    if not known and (not parts.place or not re.match(r"[^\W\d_]", content)):
        return None
    parts.agency, parts.agency_known, parts.bracketed = content, bool(known), True
    parts.order.append("agency")
    return bracket.end()


def _dated_content(content: str, parts: _Parts) -> str:
    """The agencies of "(Agency News / Agency - 15th February, 2022)", whose day is taken apart."""
    signed, dash, day = content.rpartition(" - ")
    date = date_at(day.strip(), 0) if dash and not parts.dated else None
    if date is None or date.end < len(day.strip()):
        return content
    parts.date, parts.dated = date.edtf, True
    parts.order.append("date")
    return next((name for part in reversed(signed.split("/")) if agency_named(name := part.strip())), signed)


def _take_place(line: str, position: int, parts: _Parts) -> int | None:
    first = _place_at(line, position)
    if first is None:
        return None
    found = [first]
    slash = _SLASH.match(line, first.end)  # "BEIJING/MOSCOW", but "Baku /APA/"
    while slash and not agency_at(line, slash.end()) and (following := _place_at(line, slash.end())):
        found.append(following)
        slash = _SLASH.match(line, following.end)
    end = found[-1].end
    countries = {place.country for place in found}
    parts.place = "/".join(place.name for place in found)
    parts.country = first.country if len(countries) == 1 else None
    parts.known = all(place.known for place in found)
    parts.capitals = line[position:end].isupper()
    parts.order.append("place")
    return end


def _place_at(line: str, position: int) -> _Place | None:
    """The longest known city that begins here, or else words in capitals, or else a capitalised name."""
    words = _words_at(line, position)
    for end in reversed(words):  # before agencies are looked for: CANA signs from Barbados, Punta Cana is a city
        raw = line[position:end].strip()
        city = city_named(raw)
        if city and raw[0].isupper():
            name = city[0] if raw.isupper() else raw
            if city[0].endswith(".") and line.startswith(".", end):  # "Washington D.C."
                end, name = end + 1, f"{raw}."
            return _Place(end, name, city[1], known=True)
    words = [end for end in words if not _agency_within(line, position, end)]
    capitals = [end for end in words if line[position:end].isupper() and end - position >= 3]
    if capitals:
        return _Place(capitals[-1], _as_name(line[position : capitals[-1]].strip()))
    titles = [end for end in words[:3] if all(word[0].isupper() for word in line[position:end].split())]
    if titles and len(titles) == len(words):
        return _Place(titles[-1], line[position : titles[-1]].strip())
    return None


def _agency_within(line: str, start: int, end: int) -> bool:
    """Whether a word after the first, up to ``end``, begins an agency's signature."""
    return any(agency_at(line, start + match.end()) for match in re.finditer(r"\s", line[start:end]))


def _words_at(line: str, position: int) -> list[int]:
    """Where each of up to five words that may belong to one name ends."""
    ends: list[int] = []
    while len(ends) < 5:
        match = _WORD.match(line, position)
        if not match or not (match[0][0].isupper() or (ends and match[0] in _JOINING)):
            break
        if ends and date_at(line, position):
            break
        ends.append(match.end())
        position = match.end() + _spaces(line, match.end())
        if position == match.end() and not match[0].endswith(". "):
            break
    return ends


def _take_region(line: str, position: int, parts: _Parts) -> int | None:
    match = _NAME.match(line, position)
    if not match:
        return None
    words = list(re.finditer(r"\S+", match[0]))[:4]
    for word in reversed(words):
        for name in (match[0][: word.end()], match[0][: word.end()].rstrip(".")):
            countries = region_countries(name) if name[0].isupper() else ()
            if countries:
                parts.region = True
                parts.country = parts.country if parts.country in countries else countries[0]
                if name.replace(".", "") == "DC":
                    parts.place = f"{parts.place}, D.C."
                return position + len(name)
    return None


def _is_dateline(parts: _Parts, rest: str, *, whole_line: bool) -> bool:
    """Whether these parts, so ended, open a report."""
    ended = parts.close in ("dash", "colon", "line") or (parts.close == "stop" and bool(rest.strip()))
    alone = parts.close == "line" and whole_line
    if parts.place is None:
        return parts.agency_known and parts.close == "dash" and not parts.dated
    sure = parts.known or parts.capitals
    if parts.agency is not None and parts.bracketed:
        begins = bool(_SENTENCE.match(rest))
        if not parts.agency_known:
            return parts.known and (parts.dated or parts.close == "dash") and (ended or begins)
        return (sure or parts.dated) and (ended or begins)
    if parts.agency is not None:
        return sure and (ended or bool(re.match(r"\s+[A-Z\"“«]", rest)))
    if parts.dated:
        return (parts.known or parts.region) and ended
    if parts.clock or parts.region:
        return (parts.known or parts.region) and ((parts.close == "dash" and sure) or alone)
    if not parts.known or (is_word_too(parts.place) and not parts.capitals):
        return False
    if alone:
        return True
    if len(rest) < _SHORTEST_REPORT or not _SENTENCE.match(rest):
        return False
    if parts.capitals:
        return parts.close in ("dash", "colon")
    following = _place_at(rest.lstrip(), 0)
    return parts.close in ("dash", "colon") and (following is None or not following.known)


def _as_name(raw: str) -> str:
    """ "NUR-SULTAN" as "Nur-Sultan"; small words stay small."""
    if not raw.isupper():
        return raw
    words = [
        word.lower()
        if word.lower() in _JOINING and index
        else "-".join(part.capitalize() for part in word.split("-"))
        for index, word in enumerate(raw.split())
    ]
    return " ".join(words)


def _spaces(line: str, position: int) -> int:
    return len(line[position:]) - len(line[position:].lstrip(" \t\u00a0"))
