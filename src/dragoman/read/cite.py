"""The source that a report cites: "Kazinform cites the Akorda press service", "the Foreign Ministry said"."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.read.names import agencies, agency_at, agency_named

__all__ = ["find_cited_source", "reporting_agency"]

_OPENING = 2000  # characters: a report names its source at the start, or under the text
_CLOSING = 400
_MOST_WORDS = 12

_TOKEN = re.compile(r"\s*([^\W\d_][\w’'&-]{0,40})")
_DROPPED = {"the", "a", "an", "its", "his", "their", "of", "for", "and", "on", "to", "in", "at", "own"}
_STATEMENT = r"\s+in\s+(?:a|an|its|the)\s+(?:\w+\s+)?(?:statement|release|readout|communique|communiqué|note)\b"
_AFTER_ATTRIBUTION = (
    rf"(?=\s*[.,;”\"»]|\s*$|{_STATEMENT}"
    r"|\s+(?:on|late|earlier|today|yesterday|via|through|in|here)\b)"
)


def find_cited_source(text: str, *, publisher: str | None = None) -> str | None:
    """The source as written, without its article; None where the text names none. The publisher is no source."""
    opening = text[:_OPENING]
    found: list[tuple[int, str]] = []
    for match in _citing().finditer(opening):
        found.append((match.start(), _source_at(opening, match.end())))
    for match in _saying().finditer(opening):
        phrase = match["phrase"] or match["subject"]
        source = _source_at(phrase, 0, whole=True)
        found.append((match.start(), source))
    for match in _label().finditer(text[-_CLOSING:]):
        found.append((len(text), _tidy(match["source"])))
    kept = [(at, source) for at, source in found if source and not _is_publisher(source, publisher)]
    return min(kept)[1] if kept else None


def reporting_agency(text: str) -> str | None:
    """The publisher, where the agency says of itself that it reports ("Kazinform cites …", ", Trend reports")."""
    for match in _self_report().finditer(text[:_OPENING]):
        agency = agency_named(match["agency"])
        if agency:
            return agency.name
    return None


def _source_at(text: str, start: int, *, whole: bool = False) -> str:
    """The name of a source that begins at this offset, or ""; with ``whole``, it must take in all of the text."""
    position, words, has_head = start, 0, False
    while words < _MOST_WORDS:
        token = _TOKEN.match(text, position)
        if not token:
            break
        begin = token.start(1)
        signature = agency_at(text, begin)
        head = _head().match(text, begin)
        if words and token[1] == "and" and _begins_another(text, token.end()):
            break
        if signature:
            end, has_head = signature[1], True
        elif head:
            end, has_head = head.end(), True
        elif token[1][0].isupper() or token[1] in _small():
            end = token.end()
        else:
            break
        position, words = end, words + 1
    source = _tidy(text[start:position])
    if not has_head or (whole and text[position:].strip()) or not re.search(r"[A-Z ]", source):
        return ""  # "the agency" names nobody
    if source in _bare_heads():
        return ""  # nor does "the Ministry"
    first = source.split()[0]
    return "" if first in _persons() and not _speaks_for().search(source) else source


def _begins_another(text: str, position: int) -> bool:
    """Whether a second source follows "and", rather than the rest of a ministry's name."""
    token = _TOKEN.match(text, position)
    return (
        token is None
        or token[1] in _DROPPED
        or token[1] in _persons()
        or bool(_head().match(text, token.start(1)))
    )


def _tidy(source: str) -> str:
    words = source.strip(' \t\n,.;:«»"“”()').split()
    while words and words[0].lower() in _DROPPED:
        words.pop(0)
    while words and words[-1].lower() in _DROPPED:
        words.pop()
    return " ".join(words) if len(words) <= _MOST_WORDS else ""


def _is_publisher(source: str, publisher: str | None) -> bool:
    agency = agency_named(source)
    return publisher is not None and (source == publisher or (agency is not None and agency.name == publisher))


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    from dragoman.vocabulary.load import load_yaml  # YAML, which importing the reader should not load

    return load_yaml("cited", folder=Path(__file__).parent)


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(_file()["small"]["words"])


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(_file()["persons"])


@lru_cache(maxsize=1)
def _bare_heads() -> frozenset[str]:
    """Heads that need a name beside them."""
    return frozenset(word for row in _file()["heads"] if row.get("bare") is False for word in row["words"])


@lru_cache(maxsize=1)
def _speaks_for() -> re.Pattern[str]:
    return re.compile(rf"\b{_any_of(_file()['heads'][0]['words'])}(?![\w-])")


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    words = _any_of([word for row in _file()["heads"] for word in row["words"]])
    return re.compile(rf"(?:[a-z]+[’']s\s)?{words}(?:[’']s)?(?![\w-])")


@lru_cache(maxsize=1)
def _citing() -> re.Pattern[str]:
    words = _any_of([word for row in _file()["citing"] for word in row["words"]])
    words = words.replace(r"\ ", r"\s+")
    a_report = r"(?:an?\s+(?:\w+\s+)?(?:statement|readout|report|release|source)\s+(?:from|by|of|in|at)\s+)?"
    return re.compile(rf"\b(?i:{words})\s+{a_report}(?:the\s+)?(?=\S)")


@lru_cache(maxsize=1)
def _saying() -> re.Pattern[str]:
    verbs = _any_of([word for row in _file()["saying"] for word in row["words"]]).replace(r"\ ", r"\s")
    phrase = r"[^,.;:\n“”\"«»]{2,100}?"
    return re.compile(
        rf"[,”\"»]\s(?P<phrase>{phrase})\s{verbs}\b{_AFTER_ATTRIBUTION}"
        rf"|(?:^|[.\n–—-]\s*)(?P<subject>The\s{phrase})\s{verbs}\b(?={_STATEMENT})"
    )


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    labels = _any_of(_file()["labels"])
    return re.compile(rf"(?:^|\n|\.\s|\()\s*{labels}\s*[:–—]\s*(?P<source>[^\n.;)]{{2,80}})\)?\.?\s*(?=\n|$)")


@lru_cache(maxsize=1)
def _self_report() -> re.Pattern[str]:
    names = _any_of([written for agency in agencies() for written in agency.written if len(written) > 2])
    verbs = r"(?:reports|cites|quotes|informs|has\slearned|has\slearnt|correspondent\sreports|learned|learnt)"
    return re.compile(rf"(?<![\w/])(?P<agency>{names})(?:\s(?:news\sagency|correspondent))?\s{verbs}\b")
