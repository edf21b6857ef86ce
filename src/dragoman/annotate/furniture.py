"""What a page carries beside its report: captions, bylines, addresses, links. Nobody acts there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.read.names import agency_named
from dragoman.vocabulary.load import load_words

_BYLINE = re.compile(r"by (?:[^\W\d_][\w.’'-]*[ ,]*){2,8}$", re.I)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\.?$")
_CREDIT = re.compile(r"\(([^()]{2,80})\)\W*$|[—–-]\s*(\w[\w ]{1,30}) (?:pic|photo|file photo)\W*$", re.I)
_MOST = 0.7  # of a text: a page of captions is read as it stands
_CAPTION = 400  # characters; a longer line with a credit at its end is a paragraph of the report


@dataclass(frozen=True, slots=True)
class Silence:
    """Parts of a text, as offsets, in which nobody acts."""

    parts: tuple[tuple[int, int], ...] = ()

    def covers(self, offset: int) -> bool:
        """Whether an offset of the text lies in such a part."""
        return any(start <= offset < end for start, end in self.parts)


def find_furniture(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line that is no part of the report; none where that would leave no report."""
    found = list(_furniture(text))
    if sum(end - start for start, end in found) < _MOST * len(text):
        yield from found


def _furniture(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bare = line.strip(" \t*_#•·▪-–—").lower()
        if bare in _lists()["rest"]:
            yield start, len(text)
            return
        if bare and _is_furniture(line.strip(), bare):
            yield start, end
        start = end + 1


def _is_furniture(line: str, bare: str) -> bool:
    lists = _lists()
    if bare in lists["whole"] or bare.lstrip("(*[").startswith(tuple(lists["begins"])):
        return True
    if _MAIL.match(bare) or (_BYLINE.match(bare) and _is_byline(line)):
        return True
    return len(line) <= _CAPTION and _is_caption(line, bare)


def _is_byline(line: str) -> bool:
    words = re.findall(r"[^\W\d_][\w.’'-]*", line)[1:]
    return all(word[0].isupper() or word in {"and", "in", "de", "bin", "al", "van", "von"} for word in words)


def _is_caption(line: str, bare: str) -> bool:
    """A line with a credit at its end, or that tells who stands left and right."""
    credit = _CREDIT.search(line)
    if credit is None:
        return any(mark in bare for mark in _lists()["marks"]) and not line.startswith(("“", '"', "«"))
    owner = (credit[1] or credit[2]).strip()
    if any(owner.lower().startswith(word) for word in _lists()["credits"]):
        return True
    known = agency_named(owner)
    return known is not None and (credit[2] is not None or len(line) > len(credit[0]) + 20)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return load_words("furniture", folder=Path(__file__).parent)
