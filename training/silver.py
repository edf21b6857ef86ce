"""Label the real documents (Kremlin, State Department, White House) by lists, posts and what each document tells.

A person is who stands after a post or an honorific; once a document has named somebody in full, the surname
alone is that person too. Whatever is capitalised and unexplained stays unknown, so that the model is never told
that a name is none. Documents that measure (gold/dev and the founding one) are left out by their ids.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import spacy

from training import dates, labels
from training.gazetteer import NOT_ORGANIZATIONS
from training.gmb import BODY_WORDS, UNKNOWN, Labelled, overlaps
from training.lists import Span, load
from training.posts import HEADS, HONORIFICS, MODIFIERS, PORTFOLIOS, RANKS, find_posts
from training.templates import PARTICLES, SLOTS

_WORDS = load("bodies.yaml")
BODY_OPENERS = _WORDS["openers"]
BODY_CLOSERS = BODY_WORDS | BODY_OPENERS | _WORDS["closers"]
ACCORDS = _WORDS["accords"]
REGIONS = _WORDS["regions"]
SENTENCE_END = frozenset(
    {".", "!", "?", ":", "“", '"', "«", "”", "»", "…", ";", "-", "–", "—", "•", "(", "·", "*", "‘"}
)
NAME_STOPS = HEADS | MODIFIERS | dates.WEEKDAYS | dates.MONTHS | BODY_CLOSERS | ACCORDS
NUMERAL = frozenset("II III IV V VI VII XVI".split())


@dataclass
class Corpus:
    """What all documents together tell: how often a word is written small, which names are names."""

    lower: Counter[str] = field(default_factory=Counter)
    upper: Counter[str] = field(default_factory=Counter)
    given: set[str] = field(default_factory=set)
    full: set[tuple[str, ...]] = field(default_factory=set)

    def is_common(self, word: str) -> bool:
        """A word that is mostly written small."""
        return self.lower[word.lower()] > max(3, self.upper[word])


def paragraphs(paths: Iterable[Path], *, excluded: set[str], share: float, seed: int) -> Iterator[list[list[str]]]:
    """Yield a share of the documents as paragraphs of (word + following space) strings."""
    tokenizer = spacy.blank("en").tokenizer
    rng = random.Random(seed)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if rng.random() > share:
                    continue
                document = json.loads(line)
                if document["id"] in excluded:
                    continue
                texts = [re.sub(r"\s+", " ", part).strip() for part in document["text"].split("\n")]
                found = [[token.text_with_ws for token in tokenizer(text)] for text in texts if text]
                yield [words for words in found if len(words) <= 250]


class Labeller:
    """Labels documents one by one."""

    def __init__(self, documents: list[list[list[str]]], leaders: Path) -> None:
        self.corpus = Corpus()
        self.listed = labels.places_and_bodies()
        for document in documents:
            for paragraph in document:
                words = [word.strip() for word in paragraph]
                self.corpus.lower.update(word for word in words if word.islower())
                self.corpus.upper.update(
                    word for before, word in pairwise(words) if word.istitle() and before not in SENTENCE_END
                )
        places = {phrase for by_first in self.listed.values() for phrase in by_first}
        for line in leaders.read_text(encoding="utf-8").splitlines()[1:]:
            name = line.split(",")[3].replace("-", " - ").split()
            if len(name) >= 2 and (name[0],) not in places:
                self.corpus.given.add(name[0])
                if all(part[:1].isupper() or part == "-" or part in PARTICLES for part in name):
                    self.corpus.full.add(tuple(name))
        self.corpus.full |= {
            tuple(name.replace("-", " - ").split()) for name in SLOTS["people"] if "," not in name
        }
        counts: Counter[tuple[str, ...]] = Counter()
        for document in documents:
            texts = ([word.strip() for word in paragraph] for paragraph in document)
            counts.update({name for text in texts for name in self._anchored(text)})
        self.corpus.full |= {name for name, count in counts.items() if count >= 2 and len(name) >= 2}
        self.corpus.full -= places
        self.corpus.given |= {
            name[0]
            for name, count in counts.items()
            if count >= 2 and len(name) >= 2 and not self.corpus.is_common(name[0]) and (name[0],) not in places
        }

    def name_at(self, words: list[str], start: int, *, sure: bool) -> int:
        """Return where a person's name that begins at `start` ends, or `start`; `sure` after post or honorific."""
        position = start
        while position < len(words) and position < start + 7:
            word = words[position]
            after = words[position + 1] if position + 1 < len(words) else ""
            initial = bool(re.fullmatch(r"[A-Z]\.", word)) and position > start and after[:1].isupper()
            if (
                initial
                or (word in NUMERAL and position > start)
                or (word in ("-", "‑") and position > start and after[:1].isalpha())
                or (word in PARTICLES and after[:1].isupper() and position > start)
            ):
                position += 1
            elif word[:1].isupper() and word[-1:].isalpha() and word not in NAME_STOPS:
                joined = position > start and words[position - 1] in ("-", "‑")
                common = self.corpus.is_common(word) and word not in self.corpus.given and not joined
                if (
                    common
                    and not (sure and position == start)
                    and not (position > start and words[start] in self.corpus.given)
                ):
                    break
                if position > start and not joined and self._place_at(words, position):
                    break
                position += 1
            elif joined_lower(words, position, start):
                position += 1
            else:
                break
        while position > start and not words[position - 1][-1:].isalpha():
            position -= 1
        return position

    def _place_at(self, words: list[str], position: int) -> bool:
        found = labels.find_listed(words[position : position + 4], self.listed)
        return bool(found) and found[0][0] == 0 and found[0][2] in ("NORP", "ORG")

    def _anchored(self, words: list[str]) -> list[tuple[str, ...]]:
        """Names of persons after posts and honorifics, and before ", post"."""
        return [tuple(words[start:end]) for start, end in self._anchored_spans(words)]

    def _anchored_spans(self, words: list[str]) -> list[tuple[int, int]]:
        posts = find_posts(words)
        listed = {start: (end, label) for start, end, label in labels.find_listed(words, self.listed)}
        starts: list[int] = []
        after_place: set[int] = set()
        for _, end, _ in posts:
            position = end
            if position < len(words) and words[position] == "of":
                position += 1
                position += position < len(words) and words[position] == "the"
                if position in listed:
                    position = listed[position][0]
                    after_place.add(position)
                else:
                    continue
            while position < len(words) and words[position].lower() in RANKS | HONORIFICS:
                position += 1
            starts.append(position)
        polite = {p + 1 for p, word in enumerate(words) if word.lower() in HONORIFICS and word[:1].isupper()}
        polite = {p + (p < len(words) and words[p] == ".") for p in polite}
        spans: list[tuple[int, int]] = []
        for start in sorted(polite | set(starts)):
            if start < len(words) and start not in listed and (not spans or start >= spans[-1][1]):
                end = self.name_at(words, start, sure=True)
                alone = end - start == 1 and self.corpus.is_common(words[start]) and start not in polite
                alone = alone or (end - start == 1 and start in after_place)  # "Governor of Khabarovsk Territory"
                if end > start and not words[start].isupper() and not alone:
                    spans.append((start, end))
        return spans

    def label(self, document: list[list[str]]) -> Iterator[Labelled]:
        """Yield the paragraphs of one document with labels."""
        texts = [[word.strip() for word in paragraph] for paragraph in document]
        people = {name for words in texts for name in self._anchored(words)}
        surnames = {name[-1] for name in people if not self.corpus.is_common(name[-1]) or len(name) > 1}
        surnames -= NUMERAL
        for words, paragraph in zip(texts, document, strict=True):
            if not words or sum(word.isupper() for word in words) > 0.5 * len(words):
                continue
            spans = self._spans(words, people, surnames)
            yield Labelled(words, [word.endswith(" ") for word in paragraph], spans)

    def _spans(self, words: list[str], people: set[tuple[str, ...]], surnames: set[str]) -> list[Span]:
        spans: list[Span] = []

        def add(found: Iterable[Span]) -> None:
            spans.extend(s for s in found if not overlaps(s, spans))

        add(self._speaker(words))
        add(self._accords(words))
        add(labels.find_events(words))
        listed = labels.find_listed(words, self.listed)
        add(s for s in listed if s[2] == "ORG" and s[1] - s[0] > 1)
        add(self._bodies(words))
        add(find_posts(words))
        add(dates.find_dates(words))
        add((start, end, "PERSON") for start, end in self._anchored_spans(words))
        add(self._known_people(words, people, surnames))
        add(_with_region(words, span) for span in listed)
        after_post = {end for _, end, label in spans if label == "POST"}
        add(
            (p, p + 1, UNKNOWN)
            for p, word in enumerate(words)
            if word[:1].isupper() and (p in after_post or not self._is_plain(words, p))
        )
        return sorted(s for s in spans if s[2] != "O")

    def _speaker(self, words: list[str]) -> Iterator[Span]:
        """A transcript's speaker in capitals: "SECRETARY BLINKEN:", "MR PRICE:"."""
        colon = words.index(":") if ":" in words[:6] else 0
        if colon and all(word.isupper() or not word.isalpha() for word in words[:colon]):
            small = [word.capitalize() for word in words[:colon]]
            posts = find_posts(small)
            first = posts[0][1] if posts and posts[0][0] == 0 else 0
            yield from posts[:1] if first else ()
            while first < colon and (words[first].lower().strip(".") in HONORIFICS or words[first] == "."):
                first += 1
            if first < colon and first and all(word not in NOT_ORGANIZATIONS for word in words[first:colon]):
                yield first, colon, "PERSON"

    def _known_people(self, words: list[str], people: set[tuple[str, ...]], surnames: set[str]) -> Iterator[Span]:
        position = 0
        while position < len(words):
            word = words[position]
            best = position
            if word[:1].isupper() and not labels.find_listed(words[position : position + 1], self.listed):
                for length in (6, 5, 4, 3, 2):
                    piece = tuple(words[position : position + length])
                    if len(piece) == length and (piece in people or piece in self.corpus.full):
                        best = position + length
                        break
                if best == position and word in self.corpus.given and not self.corpus.is_common(word):
                    end = self.name_at(words, position, sure=False)
                    best = end if end - position >= 2 else position
                if best == position and word in surnames and not self._place_at(words, position):
                    initial = position == 0 or words[position - 1] in SENTENCE_END
                    best = position if initial and self.corpus.is_common(word) else position + 1
            if best > position:
                yield position, best, "PERSON"
                position = best
            else:
                position += 1

    def _bodies(self, words: list[str]) -> Iterator[Span]:
        """Bodies by their nouns: "Ministry of Energy", "Federal Security Service", "Bank of China"."""
        position = 0
        while position < len(words):
            end = self._run_end(words, position)
            if end > position:
                run = words[position:end]
                closers = [i for i, word in enumerate(run) if word in BODY_CLOSERS]
                if (
                    len(run) >= 2
                    and closers
                    and (run[-1] in BODY_CLOSERS or run[0] in BODY_OPENERS or "of" in run)
                ):
                    start = position
                    if run[0] in ("The", "A", "Our", "This"):
                        start += 1
                    found = labels.find_listed(words[start:end], self.listed)
                    if found and found[0][0] == 0 and found[0][2] in ("NORP", "GPE") and found[0][1] < end - start:
                        start += found[0][1]
                        if start < end and words[start] in ("'s", "’s", "-"):
                            start += 1
                    whole = labels.find_listed(words[start:end], self.listed)
                    place = bool(whole) and whole[0] == (0, end - start, "GPE")
                    crowded = end - start > 9 or bool(HEADS & set(words[start:end]))
                    if place:
                        yield start, end, "GPE"
                    elif crowded:
                        yield start, end, UNKNOWN
                    elif end - start >= 2 or words[start] in ("Parliament", "Congress", "Senate"):
                        yield start, end, "ORG"
            position = max(end, position + 1)

    def _run_end(self, words: list[str], start: int) -> int:
        """A run of capitalised words, joined by "of", "for", "the", "and" where a capital follows."""
        position = start
        if not words[start][:1].isupper():
            return start
        while position < len(words):
            word = words[position]
            if word[:1].isupper() and word[-1:].isalnum():
                position += 1
                continue
            step = position
            while (
                step < len(words) and words[step] in ("of", "for", "on", "the", "and", "&") and step < position + 2
            ):
                step += 1
            opener = any(w in BODY_OPENERS for w in words[start:position])
            goes_on = step > position and step < len(words) and words[step][:1].isupper() and opener
            if goes_on and (words[position] not in ("and", "&") or words[step] in PORTFOLIOS):
                position = step
            else:
                break
        return position

    def _accords(self, words: list[str]) -> Iterator[Span]:
        """Capitalised names of accords, laws, days: they are no names of ours."""
        position = 0
        while position < len(words):
            end = position
            while end < len(words) and words[end][:1].isupper():
                end += 1
            if end > position and words[end - 1] in ACCORDS:
                first = position
                found = labels.find_listed(words[first:end], self.listed)
                if found and found[0][0] == 0 and found[0][2] == "NORP":
                    first += found[0][1]
                yield first, end, "O"
            position = max(end, position + 1)

    def _is_plain(self, words: list[str], position: int) -> bool:
        """A capital that means no name: the first word of a sentence, a common noun written large."""
        word = words[position]
        if word == "I" or word.lower() in HONORIFICS or word.lower() in RANKS:
            return True
        initial = position == 0 or words[position - 1] in SENTENCE_END
        if initial:
            return self.corpus.lower[word.lower()] >= 3
        if word.isupper() and len(word) > 1:
            return word in NOT_ORGANIZATIONS
        return self.corpus.lower[word.lower()] > 5 * self.corpus.upper[word] + 5


def _with_region(words: list[str], span: Span) -> Span:
    """Widen "Bryansk" to "Bryansk Region"."""
    start, end, label = span
    wider = label == "GPE" and words[end : end + 1] and words[end] in REGIONS
    return (start, end + 1, label) if wider else span


def joined_lower(words: list[str], position: int, start: int) -> bool:
    """The small half of a name such as Kim Jong-un."""
    return position > start + 1 and words[position - 1] in ("-", "‑") and words[position].isalpha()


def excluded_ids(gold: Path) -> set[str]:
    """Ids of the documents that measure: never trained on."""
    found = set()
    for name in ("dev.jsonl", "seed.jsonl"):
        path = gold / name
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                found |= {json.loads(line)["id"] for line in lines}
    return found


def sentences(docs: Path, leaders: Path, gold: Path, *, share: float, seed: int) -> Iterator[Labelled]:
    """Yield labelled paragraphs of a share of the real documents."""
    paths = sorted(docs.glob("*.jsonl.gz"))
    documents = list(paragraphs(paths, excluded=excluded_ids(gold), share=share, seed=seed))
    labeller = Labeller(documents, leaders)
    for document in documents:
        yield from labeller.label(document)
