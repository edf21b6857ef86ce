"""Mend the Groningen Meaning Bank's names and map them to our labels.

What is wrong with them, and what is done:

- titles stand inside persons ("President Hugo Chavez", "Mr. Bush"): posts become POST, honorifics and ranks go;
- `geo` mixes states, cities, regions and stray persons, `gpe` mixes demonyms and states, `org` holds states by
  metonymy: listed names get the label of the list;
- `tim` marks "two", "later", "several": dates are found anew by the grammar of training.labels;
- a spreadsheet turned scores such as 6-3 into "06-Mar": turned back; sentences with "May-84" are dropped;
- names were missed: a capitalised word inside a sentence that nobody labelled counts as unknown, not as no name;
- a rare label of a name that is nearly always labelled otherwise follows the majority.
"""

from __future__ import annotations

import collections
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training import dates, labels, posts
from training.gazetteer import DEMONYMS, cities, provinces, states
from training.lists import Span, load

UNKNOWN = "?"  # the label of words of which the training set says nothing
NAMES = {"per": "PERSON", "org": "ORG", "geo": "GPE", "gpe": "NORP", "eve": "EVENT"}
MONTH_NUMBER = dict(zip("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), range(1, 13), strict=True))
SPREADSHEET = re.compile(rf"^(0?\d|[12]\d|3[01])-({'|'.join(MONTH_NUMBER)})$")
RUINED = re.compile(rf"^({'|'.join(MONTH_NUMBER)})-\d\d$")
NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] % 's ’s ' ''".split()) | {"n't", "'re", "'ve", "'ll", "'d", "'m"}
NO_SPACE_AFTER = frozenset("( [ $ `` # £ €".split())
BODY_WORDS = posts.BODY_ENDS | load("bodies.yaml")["armed"]
ADJECTIVES = frozenset("Western Eastern Northern Southern Roman Prime prime Sri New Earth".split())


@dataclass
class Labelled:
    """A sentence: words, whether a space follows each, and labelled spans that do not overlap."""

    words: list[str]
    spaces: list[bool]
    spans: list[Span] = field(default_factory=list)


def read(path: Path) -> Iterator[tuple[list[str], list[Span]]]:
    """Yield words and raw spans of each sentence."""
    words: list[str] = []
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) >= 3:
                words.append(columns[0])
                tags.append(columns[-1])
            elif words:
                yield words, spans_of(tags)
                words, tags = [], []
    if words:
        yield words, spans_of(tags)


def spans_of(tags: list[str]) -> list[Span]:
    """Turn IOB tags into spans; an I- after another label begins a span of its own."""
    spans: list[Span] = []
    for position, tag in enumerate(tags):
        if tag == "O":
            continue
        label = tag[2:]
        if tag.startswith("I-") and spans and spans[-1][1] == position and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], position + 1, label)
        else:
            spans.append((position, position + 1, label))
    return spans


def spaces_of(words: list[str]) -> list[bool]:
    """Guess where spaces stood; quotation marks open and close in turn."""
    spaces = [True] * len(words)
    is_open = False
    for position, word in enumerate(words):
        if word == '"':
            is_open = not is_open
            if is_open:
                spaces[position] = False
            elif position:
                spaces[position - 1] = False
        elif word in NO_SPACE_BEFORE and position:
            spaces[position - 1] = False
        if word in NO_SPACE_AFTER:
            spaces[position] = False
    if spaces:
        spaces[-1] = True
    return spaces


def unspoil(words: list[str]) -> list[str] | None:
    """Turn "06-Mar" back into 6-3; None where a sentence cannot be mended."""
    if any(RUINED.match(word) for word in words):
        return None
    mended = []
    for word in words:
        match = SPREADSHEET.match(word)
        mended.append(f"{int(match[1])}-{MONTH_NUMBER[match[2]]}" if match else word)
    return mended


def trim_person(words: list[str], start: int, end: int) -> tuple[int, int]:
    """Take honorifics and ranks off the front of a person's name."""
    while start < end and (
        words[start].lower() in posts.HONORIFICS
        or words[start].lower() in posts.RANKS
        or words[start].lower() in posts.RELIGIOUS
        or words[start] in ("former", "Former", "-", ",", "of", "and", "the", "The", "'s", "'")
    ):
        start += 1
    while end > start and words[end - 1] in (",", "'s", "’s", "'", "and", "-", "."):
        end -= 1
    return start, end


def overlay(spans: list[Span], stronger: list[Span]) -> list[Span]:
    """Put spans over weaker ones; what is left of a weaker one keeps its label where it is one piece."""
    result = list(stronger)
    taken = {position for start, end, _ in stronger for position in range(start, end)}
    for start, end, label in spans:
        piece: list[int] = []
        pieces = []
        for position in range(start, end):
            if position in taken:
                if piece:
                    pieces.append(piece)
                piece = []
            else:
                piece.append(position)
        if piece:
            pieces.append(piece)
        result += [(piece[0], piece[-1] + 1, label) for piece in pieces]
    return sorted(result)


class Mender:
    """Mends sentences with what the whole corpus says about its names."""

    def __init__(self, sentences: list[tuple[list[str], list[Span]]]) -> None:
        votes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        given: collections.Counter[str] = collections.Counter()
        lower: collections.Counter[str] = collections.Counter()
        for words, spans in sentences:
            lower.update(word for word in words if word.islower())
            for start, end, label in spans:
                if label == "per":
                    begin, stop = trim_person(words, start, end)
                    held = posts.find_posts(words[begin:stop])
                    if held and held[0][0] == 0:
                        begin += held[0][1]
                    if stop - begin > 1:
                        given[words[begin]] += 1
                    votes[" ".join(words[begin:stop])][label] += 1
                else:
                    votes[" ".join(words[start:end])][label] += 1
        self.given = {
            name for name, count in given.items() if count >= 3 and name[:1].isupper() and name not in _places()
        }
        self.lower = {word for word, count in lower.items() if count >= 2}
        self.majority = {
            name: best
            for name, counts in votes.items()
            for best, count in counts.most_common(1)
            if sum(counts.values()) >= 5 and count >= 0.75 * sum(counts.values())
        }

    def mend(self, words: list[str], raw: list[Span]) -> Labelled | None:
        """Return the sentence in our labels, or None where it is not worth keeping."""
        mended = unspoil(words)
        if mended is None:
            return None
        words = mended
        listed = labels.find_listed(words, labels.places_and_bodies())
        held = posts.find_posts(words)
        fixed = held + [s for s in dates.find_dates(words) if not overlaps(s, held)]
        fixed += [s for s in labels.find_events(words) if not overlaps(s, fixed)]
        spans = overlay([s for s in raw if s[2] in NAMES], fixed)
        spans = [s for s in (self._relabel(words, span, listed) for span in spans) if s]
        spans = without_overlaps(spans)
        # Listed names that nobody labelled, outside of longer names.
        spans += [s for s in listed if not overlaps(s, spans) and self._is_free(words, s)]
        spans += [
            (position, position + 1, UNKNOWN)
            for position in range(1, len(words))
            if self._is_doubtful(words, position) and not overlaps((position, position + 1, ""), spans)
        ]
        return Labelled(words, spaces_of(words), sorted(spans))

    def _relabel(self, words: list[str], span: Span, listed: list[Span]) -> Span | None:
        start, end, label = span
        if label in ("POST", "DATE", "EVENT"):
            return span
        start, end = trim_person(words, start, end) if label == "per" else _trim(words, start, end)
        while label == "geo" and start < end and words[start].islower():  # "southern Afghanistan"
            start += 1
        if start >= end:
            return None
        if end - start > 1 and words[end - 1] in BODY_WORDS and label in ("per", "geo", "gpe"):
            label = "org"
        text = " ".join(words[start:end])
        for other in listed:  # a listed name that covers the span decides, but not inside of a longer name
            if other[0] <= start and end <= other[1]:
                longer_org = other[2] == "ORG" or label != "org" or other[1] - other[0] >= end - start
                if longer_org:
                    return other
        if label == "org" and words[start] in ("U.S.", "US", "British") and end - start > 1:
            # "U.S. Congress" is a state and its body, as in "the Congress of the United States".
            start += 1
            text = " ".join(words[start:end])
        label = self.majority.get(text, label)
        if text in ADJECTIVES or not any(word[:1].isupper() for word in words[start:end]):
            return None
        if label == "per" and text in DEMONYMS:
            return start, end, "NORP"
        if label in ("geo", "org", "gpe") and end - start > 1 and words[start] in self.given:
            return start, end, "PERSON"
        if label == "org" and words[start].lower() in posts.RANKS and end - start > 1:
            start, end = trim_person(words, start, end)
            return (start, end, "PERSON") if start < end else None
        if label == "geo":
            return (
                start,
                end,
                "GPE" if _is_state(text) or words[end - 1] == "City" else _place_label(words, start, end),
            )
        if label == "gpe":
            return (
                start,
                end,
                "NORP" if text.endswith(("n", "s", "i", "sh", "ch", "se", "b", "k", "d", "z")) else UNKNOWN,
            )
        return start, end, NAMES.get(label, UNKNOWN)

    def _is_free(self, words: list[str], span: Span) -> bool:
        """Tell whether a listed name stands alone: "Chad", not "Paris Hilton" or "Georgia Tech"."""
        before = words[span[0] - 1] if span[0] else ""
        after = words[span[1]] if span[1] < len(words) else ""
        if span[2] in ("NORP", "ORG"):
            return True
        return not (before[:1].isupper() and span[0] > 1) and not after[:1].isupper()

    def _is_doubtful(self, words: list[str], position: int) -> bool:
        word = words[position]
        if not word[:1].isupper() or word == "I" or word.lower() in posts.HONORIFICS:
            return False
        return word.lower() not in self.lower or words[position - 1] not in ('"', ":", "“", "``", "-", ".")


def _trim(words: list[str], start: int, end: int) -> tuple[int, int]:
    while start < end and words[start] in ("the", "The", "'s", ",", "and"):
        start += 1
    while end > start and words[end - 1] in (",", "'s", "’s", "and", "of", "'"):
        end -= 1
    return start, end


def overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end, _ in others)


def without_overlaps(spans: list[Span]) -> list[Span]:
    """Keep the longer of overlapping spans, each once."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not overlaps(span, kept):
            kept.append(span)
    return sorted(kept)


def _places() -> frozenset[str]:
    return states() | cities() | provinces()


def _is_state(text: str) -> bool:
    return text in states() or text in cities(15_000) or text in provinces()


# words of names of waters, mountains and other ground; of ground that people shaped
NATURE = frozenset("River Sea Ocean Island Islands Valley Mountains Mount Lake Peninsula Coast".split())
BUILT = frozenset("Strait Canal Gulf Desert Bay Heights Delta Square Bridge Airport Zone".split())


def _place_label(words: list[str], start: int, end: int) -> str:
    """A place that no list knows: provinces and towns are GPE, waters, mountains and regions are LOC."""
    if (NATURE | BUILT) & set(words[start:end]) or words[start].islower():
        return "LOC"
    return "GPE"


def sentences(path: Path) -> Iterator[Labelled]:
    """Yield the mended corpus."""
    raw = list(read(path))
    mender = Mender(raw)
    for words, spans in raw:
        labelled = mender.mend(words, spans)
        if labelled is not None:
            yield labelled
