"""What stands in quotation marks: straight and curly, guillemets, German and East Asian marks, nested ones.

Agencies repeat the opening mark at each paragraph of a long quotation and close it once, at the end; such a
quotation is one. A mark that nothing closes ends with its paragraph. The scan is one pass over the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from dragoman.vocabulary.load import load_words

__all__ = ["Quotation", "find_quotations", "outside_quotations"]

QuotationKind = Literal["speech", "scare", "title"]

# Each opening mark with the marks that close it. The reversed pairs are read only where nothing else is open.
_CLOSES = {
    "“": '”“"',
    "„": '“”"',
    "‟": "”",
    '"': '"”',
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "”": "“”",
    "»": "«",
}
_REVERSED = "”»"
_OPENING = '“"«„'
_MARK = re.compile(r"[“”„‟\"«»‹›「」『』]|``|''")
_BREAK = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
# ‘…’ and '…' inside one paragraph: apostrophes inside words do not close; straight ones need a stop before the end
_SINGLE = re.compile(
    r"(?<![\w’'])(?:‘(?=[^\s‘’])(?:[^\n‘’]|(?<=\w)’(?=\w)){1,1500}?(?<=[^\s])’(?!\w)"
    r"|'(?=[^\W\d_])(?:[^\n']|(?<=\w)'(?=\w)){1,1500}?(?<=[.,!?;a-rt-z])'(?![\w']))"
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_DEEPEST = 8
_LOOKED_AT = 300  # characters of a quotation that its kind is judged by


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks (start, end) and without them (content_start, content_end).

    continued: it runs over more than one paragraph; paragraphs: the content of each, without marks.
    closed: False where the closing mark is missing and the paragraph's end stands for it.
    depth: 0, or how many quotations stand around it. kind: "speech", or a word at arm's length, or a title.
    """

    start: int
    end: int
    content_start: int
    content_end: int
    continued: bool
    paragraphs: tuple[tuple[int, int], ...]
    closed: bool = True
    depth: int = 0
    kind: QuotationKind = "speech"


@dataclass(slots=True)
class _Open:
    start: int
    content: int
    mark: str
    paragraphs: list[tuple[int, int]]


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation, in order of its beginning; one that stands inside another follows it."""
    found = _double(text)
    return sorted([*found, *_single(text, found)], key=lambda quotation: (quotation.start, -quotation.end))


def outside_quotations(text: str) -> str:
    """The text with everything in quotation marks blanked out, its length unchanged."""
    out, end = [], 0
    for quotation in find_quotations(text):
        if quotation.start >= end:
            out += [text[end : quotation.start], " " * (quotation.end - quotation.start)]
            end = quotation.end
    return "".join([*out, text[end:]])


def _double(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    marks = list(_MARK.finditer(text))
    place = 0
    for paragraph_start, paragraph_end in _paragraphs(text):
        while place < len(marks) and marks[place].start() < paragraph_start:
            place += 1
        if stack and not _carry_on(text, paragraph_start, stack, found, marks[place : place + 1]):
            _drop(text, stack, found)
            stack.clear()
        first = paragraph_start if stack else -1
        while place < len(marks) and marks[place].end() <= paragraph_end:
            mark, start, end = _curly(marks[place][0]), marks[place].start(), marks[place].end()
            place += 1
            if stack and start == first and mark in _OPENING:
                stack[-1].content = end  # the opening mark repeated at the new paragraph
            elif _opens(text, mark, start, end, stack):
                if len(stack) < _DEEPEST:
                    stack.append(_Open(start, end, mark, []))
            else:
                _close(text, mark, start, end, stack, found)
        for opened in stack:
            opened.paragraphs.append((opened.content, _trimmed(text, opened.content, paragraph_end)))
    _drop(text, stack, found)
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs. A single line end counts only after a stop or a mark: else the line was broken for its width."""
    start = 0
    for match in _BREAK.finditer(text):
        blank = match[0].count("\n") > 1
        before = text[match.start() - 1 : match.start()]
        if blank or not before or before in '.!?:;…”»"’)]>*':
            if match.start() > start:
                yield start, match.start()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _carry_on(
    text: str, start: int, stack: list[_Open], found: list[Quotation], upcoming: list[re.Match[str]]
) -> bool:
    """Whether what is open goes on at a new paragraph, at ``start``.

    It does where the paragraph repeats an opening mark, or where the next mark of all is the one that closes it.
    Straight marks do not show whether they open or close: they have to be repeated.
    """
    opened = stack[0]
    _drop(text, stack[1:], found)
    del stack[1:]
    if not upcoming:
        return False
    mark, place = _curly(upcoming[0][0]), upcoming[0].start()
    if place == start and mark in _OPENING and (mark == opened.mark or {mark, opened.mark} <= set('“"„')):
        opened.content = start
        return True
    closes = mark in _CLOSES[opened.mark] and opened.mark != '"'
    if closes and not _opens(text, mark, place, upcoming[0].end(), stack):
        opened.content = start
        return True
    return False


def _curly(mark: str) -> str:
    return {"``": "“", "''": "”"}.get(mark, mark)


def _opens(text: str, mark: str, start: int, end: int, stack: list[_Open]) -> bool:
    if mark in "「『‹":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    left = not before or before.isspace() or before in '([{—–-/:“„«"‘'
    right = bool(after) and not after.isspace() and after not in ".,;:!?)]}…"
    if mark in "“„‟«":
        closing = bool(stack) and mark in _CLOSES[stack[-1].mark] and not left
        return not closing
    if mark in _REVERSED:
        return not stack and left and right
    if mark == '"':
        if before.isdigit() and not stack:
            return False  # inches
        closes = bool(stack) and any('"' in _CLOSES[opened.mark] for opened in stack)
        return right and (left or not closes) and not (closes and not left)
    return False


def _close(text: str, mark: str, start: int, end: int, stack: list[_Open], found: list[Quotation]) -> None:
    for place in range(len(stack) - 1, -1, -1):
        if mark in _CLOSES[stack[place].mark]:
            _drop(text, stack[place + 1 :], found, until=start)
            opened = stack[place]
            del stack[place:]
            opened.paragraphs.append((opened.content, start))
            found.append(_quotation(text, opened, start, end, depth=place, closed=True))
            return


def _drop(text: str, stack: list[_Open], found: list[Quotation], until: int | None = None) -> None:
    """Quotations that nothing closes: they end with the paragraph, or with the quotation around them."""
    for depth, opened in enumerate(stack):
        paragraphs = opened.paragraphs or [(opened.content, until if until is not None else opened.content)]
        opened.paragraphs = paragraphs
        end = paragraphs[-1][1]
        if end > opened.content:
            found.append(_quotation(text, opened, end, end, depth=depth, closed=False))


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _quotation(text: str, opened: _Open, content_end: int, end: int, *, depth: int, closed: bool) -> Quotation:
    paragraphs = tuple(opened.paragraphs)
    start = paragraphs[0][0]
    kind = "speech" if len(paragraphs) > 1 else _kind(text, opened.start, start, content_end)
    return Quotation(opened.start, end, start, content_end, len(paragraphs) > 1, paragraphs, closed, depth, kind)


def _single(text: str, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Quotations in single marks, unless they cross the edge of one in double marks."""
    edges = sorted(doubles, key=lambda quotation: quotation.start)
    place, around = 0, []
    for match in _SINGLE.finditer(text):
        start, end = match.span()
        while place < len(edges) and edges[place].start < end:
            around.append(edges[place])
            place += 1
        around = [one for one in around if one.end > start]
        if any(one.start < start < one.end < end or start < one.start < end < one.end for one in around):
            continue
        depth = sum(one.start < start and end <= one.end for one in around)
        kind = _kind(text, start, start + 1, end - 1)
        yield Quotation(start, end, start + 1, end - 1, False, ((start + 1, end - 1),), True, depth, kind)


@cache
def _words() -> dict[str, frozenset[str]]:
    return load_words("quotations", folder=Path(__file__).parent, but=("examples",))


def _kind(text: str, start: int, content_start: int, content_end: int) -> QuotationKind:
    """Speech, unless the marks hold a name, or a few words that the writer does not make his own."""
    content = text[content_start : min(content_end, content_start + _LOOKED_AT)]
    words, lists = _WORD.findall(content), _words()
    before = [word.lower() for word in _WORD.findall(text[max(0, start - 40) : start])][-3:]
    if before and before[-1] in lists["distancing"]:
        return "scare"
    if len(words) > 12 or not words or content_end - content_start > _LOOKED_AT:
        return "speech"
    last = content.rstrip()[-1:]
    large = [word for word in words if word.lower() not in lists["small"]]
    if (
        last not in ".!?"
        and len(words) > 1
        and large
        and all(word[0].isupper() or word[0].isdigit() for word in large)
    ):
        return "title"
    if last in ".!?:;" or (last == "," and content[:1].isupper()):
        return "speech"
    if before and before[-1] in lists["naming"] and words[0][0].isupper():
        return "title"
    if any(word.lower() in lists["speech_words"] or "’" in word[1:-2] for word in words):
        return "speech"
    if any(word in lists["reporting"] for word in before):
        return "speech"
    return "scare" if len(words) <= 4 and words[0][0].islower() else "speech"
