"""Sentences in the style of agencies and press services, in our own words, with names drawn from lists.

They teach what newswire of the 2000s does not hold: datelines of many agencies, participants in lists, posts with
long portfolios, honorifics without a stop, names of many nations. Each slot in braces is drawn at random, so that
no country, post or name is tied to one agency or to one another.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import spacy

from training import gazetteer
from training.gmb import Labelled
from training.lists import Span, lines, load_ordered
from training.posts import find_posts

SLOTS = load_ordered("slots.yaml")
PARTICLES = frozenset(SLOTS["particles"])

SLOT = re.compile(r"\{(\w+)(\.U)?\}")


class People:
    """Draws names of persons: those of leaders, and given names and surnames of one country put together anew."""

    def __init__(self, leaders: Path, rng: random.Random) -> None:
        self.rng = rng
        self.full = SLOTS["people"]
        by_country: dict[str, list[list[str]]] = defaultdict(list)
        with leaders.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                parts = row["person"].split()
                recent = row["start"][:4] >= "1900"
                plain = 2 <= len(parts) <= 4 and all(p[:1].isupper() or p in PARTICLES for p in parts)
                royal = {"of", "I", "II", "III", "IV", "V", "VI", "VII"} & set(parts)
                if recent and plain and not royal:
                    by_country[row["iso3"]].append(parts)
        self.countries = [names for names in by_country.values() if len(names) >= 4]

    def name(self) -> str:
        """A full name; three of four are of nobody in particular."""
        draw = self.rng.random()
        if draw < 0.2:
            return self.rng.choice(self.full)
        names = self.rng.choice(self.countries)
        first, second = self.rng.choice(names), self.rng.choice(names)
        if draw < 0.35:
            return " ".join(first)
        middle = f" {self.rng.choice('ABCDEFGHJKLMNPRSTVW')}." if draw > 0.93 else ""
        return first[0] + middle + " " + " ".join(second[1:])

    def surname(self) -> str:
        """The part of a name by which a person is called later on."""
        parts = self.name().replace(", Jr.", "").removesuffix(" III").split()
        if parts[-2] in PARTICLES and self.rng.random() < 0.7:
            return " ".join(parts[-2:])
        return parts[-1]


class Writer:
    """Fills templates."""

    def __init__(self, leaders: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.people = People(leaders, self.rng)
        self.tokenizer = spacy.blank("en").tokenizer
        self.templates = lines("templates.txt")
        self.states = sorted(gazetteer.states())
        self.formal = [s for s in self.states if " of " in s or s.endswith("Republic") or s.startswith("United")]
        self.cities = sorted(gazetteer.cities()) + 4 * sorted(gazetteer.GPE_NAMES & gazetteer.cities())
        self.demonyms = sorted(
            d
            for d in gazetteer.DEMONYMS | gazetteer.COMPOUND_DEMONYMS
            if d.endswith(("n", "sh", "ch", "se", "i", "k", "ss")) and not d.endswith(("man", "ists"))
        )

    def sentence(self) -> Labelled:
        """Write one sentence with its labels."""
        text, spans = self._fill(self.rng.choice(self.templates))
        if self.rng.random() < 0.04:
            text = text.upper() if len(text.upper()) == len(text) else text
        if self.rng.random() < 0.2:
            text = text.replace("’", "'")
        labelled = tokenized(self.tokenizer, text, spans)
        taken = {position for start, end, _ in labelled.spans for position in range(start, end)}
        labelled.spans += [span for span in find_posts(labelled.words) if not taken & set(range(span[0], span[1]))]
        labelled.spans.sort()
        return labelled

    def _fill(self, template: str) -> tuple[str, list[Span]]:
        text = ""
        spans: list[Span] = []
        position = 0
        for match in SLOT.finditer(template):
            text += template[position : match.start()]
            position = match.end()
            value, inner = self._value(match[1])
            if match[2]:
                upper = value.upper()
                value = upper if len(upper) == len(value) else value
            spans += [(len(text) + start, len(text) + end, label) for start, end, label in inner]
            text += value
        return text + template[position:], spans

    def _value(self, slot: str) -> tuple[str, list[Span]]:
        choose = self.rng.choice
        if slot == "MET":
            return choose(SLOTS["meetings"]), []
        if slot in ("RANK", "RANK1"):
            return choose(SLOTS["ranks"] if slot == "RANK1" else ["", "", "", *SLOTS["ranks"]]), []
        if slot == "FIELD":
            return choose(SLOTS["fields"]), []
        if slot == "POSTS":
            first, second = choose(SLOTS["posts"]), choose(SLOTS["posts"])
            joint = choose([", ", " and ", ", "])
            start = len(first) + len(joint)
            return first + joint + second, [(0, len(first), "POST"), (start, start + len(second), "POST")]
        if slot in ("EVENT", "ORGFORM"):
            value, _ = self._fill(choose(SLOTS["events" if slot == "EVENT" else "organization_forms"]))
            return value, [(0, len(value), "EVENT" if slot == "EVENT" else "ORG")]
        value, label = self._simple(slot)
        return value, [(0, len(value), label)]

    def _simple(self, slot: str) -> tuple[str, str]:
        choose = self.rng.choice
        if slot == "POST":
            return choose(SLOTS["posts" if self.rng.random() < 0.85 else "lower_posts"]), "POST"
        if slot == "ROYAL":
            return choose(SLOTS["royals"]), "POST"
        if slot in ("PERSON", "NAMEONLY"):
            return self.people.name(), "PERSON"
        if slot == "SURNAME":
            return self.people.surname(), "PERSON"
        if slot == "NORP":
            return choose(self.demonyms), "NORP"
        if slot == "STATE":
            return choose(self.states), "GPE"
        if slot == "FORMAL":
            return choose(self.formal), "GPE"
        if slot == "CITY":
            return choose(self.cities), "GPE"
        if slot == "LOC":
            return choose(SLOTS["locations"]), "LOC"
        if slot == "AGENCY":
            return choose(SLOTS["agencies"]), "ORG"
        if slot == "BODY":
            return choose(SLOTS["bodies"]), "ORG"
        return self._date(slot), "DATE"

    def _date(self, slot: str) -> str:
        choose, number = self.rng.choice, self.rng.randint
        month = choose(
            "January February March April May June July August September October November December".split()
        )
        if slot == "MONTH":
            return month
        if slot == "MONTHDAY":
            return f"{choose([month, month[:3] + '.' if len(month) > 4 else month])} {number(1, 31)}"
        year = number(1990, 2026)
        day = choose("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
        return choose(
            [
                f"{month} {number(1, 31)}",
                f"{month} {year}",
                f"{month} {number(1, 31)}, {year}",
                f"{number(1, 31)} {month} {year}",
                f"{number(1, 31)} {month}",
                str(year),
                day,
                month,
                f"autumn of {year}",
                f"{month} {number(1, 14)}-{number(15, 30)}",
            ]
        )


def tokenized(tokenizer: spacy.tokenizer.Tokenizer, text: str, spans: list[Span]) -> Labelled:
    """Turn character spans into word spans; a span that cuts a token is widened to it."""
    doc = tokenizer(text)
    words = []
    for start, end, label in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        while span is not None and len(span) and span[0].is_space:  # GeoNames has " Willemstad"
            span = span[1:]
        if span is not None and len(span):
            words.append((span.start, span.end, label))
    return Labelled([t.text for t in doc], [bool(t.whitespace_) for t in doc], words)


def sentences(leaders: Path, *, count: int, seed: int) -> Iterator[Labelled]:
    """Write `count` sentences."""
    writer = Writer(leaders, seed)
    for _ in range(count):
        yield writer.sentence()
