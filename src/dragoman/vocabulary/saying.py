"""Words that report speech, with their stance, and words that undertake something, with their strength."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import Entry, check_entries, load_entries, load_yaml

__all__ = [
    "STANCES",
    "STRENGTHS",
    "Attribution",
    "CommitmentPhrase",
    "ReportingVerb",
    "Speech",
    "commitment_phrases",
    "reporting_verbs",
    "speech",
]

STANCES = frozenset(
    {"praise", "criticise", "support", "oppose", "thank", "congratulate", "condole", "apologise"}
    | {"demand", "request", "warn", "deny", "agree", "promise", "assess", "neutral"}
)
STRENGTHS = ("hope", "readiness", "intention", "promise", "agreed", "instructed")
_PREPOSITIONS = frozenset({"for", "on", "against", "with", "about", "in", "of", "over", "to", "as", "at"})
_COMPLEMENTS = _PREPOSITIONS | {"that", "wh", "quote", "object"}
_BARE = frozenset({"that", "wh", "quote"})
_FORMS = ("verb", "noun", "adjective", "auxiliary")


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb that reports speech. ``lemma`` may be several words ("call on"), the verb first.

    takes: complements that hold the content; whole: those with which the statement is the whole clause from the
    subject on ("thanked Oman for its help") and not the complement alone ("said that ..."); polarity: 1, 0 or -1;
    nouns: the object noun decides the stance ("expressed gratitude").
    """

    lemma: str
    stance: str
    takes: tuple[str, ...]
    whole: frozenset[str]
    polarity: int
    nouns: bool
    example: str

    @property
    def verb(self) -> str:
        """The lemma of the verb itself: "call" of "call on"."""
        return self.lemma.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that name a speaker without a verb: "according to"."""

    words: str
    stance: str
    example: str


@dataclass(frozen=True, slots=True)
class Speech:
    """All words that report speech. ``nouns``: what the object of an expressing verb expresses."""

    verbs: Mapping[str, ReportingVerb]
    particles: Mapping[str, ReportingVerb]
    nouns: Mapping[str, str]
    attributions: tuple[Attribution, ...]

    def stance(self, verb: ReportingVerb, noun: str | None = None) -> str:
        """The stance of a verb with the lemma of its object noun, where the noun counts."""
        if verb.nouns and noun:
            return self.nouns.get(noun, verb.stance)
        return verb.stance


@dataclass(frozen=True, slots=True)
class CommitmentPhrase:
    """Words that undertake something. ``form``: verb, noun, adjective or auxiliary.

    takes: what holds the action; actor: ``subject``, or ``object`` where another is told to act.
    """

    lemma: str
    form: str
    strength: str
    takes: tuple[str, ...]
    actor: str
    example: str
    counter: str | None = None


@cache
def speech() -> Speech:
    """The words of reporting_verbs.yaml. Raises VocabularyError."""
    raw = load_yaml("reporting_verbs")
    if set(raw) != {"verbs", "particles", "nouns", "attributions"}:
        raise VocabularyError(
            "must hold `verbs`, `particles`, `nouns` and `attributions`", where="reporting_verbs.yaml"
        )
    nouns = Entry("reporting_verbs", "nouns", raw).mapping("nouns")
    for noun in nouns:
        Entry("reporting_verbs", noun, nouns).one_of(noun, STANCES)
    attributions = check_entries("reporting_verbs", raw["attributions"], fields=("stance", "example"))
    return Speech(
        verbs=_verbs(raw["verbs"]),
        particles=_verbs(raw["particles"]),
        nouns=nouns,
        attributions=tuple(
            Attribution(words, entry.one_of("stance", STANCES), entry.text("example"))
            for words, entry in attributions.items()
        ),
    )


def reporting_verbs() -> Mapping[str, ReportingVerb]:
    """Reporting verbs by lemma, those of several words among them. Raises VocabularyError."""
    return {**speech().verbs, **speech().particles}


def _verbs(raw: Mapping[str, Any]) -> dict[str, ReportingVerb]:
    entries = check_entries(
        "reporting_verbs", raw, fields=("stance", "takes", "whole", "polarity", "nouns", "example")
    )
    return {lemma: _verb(entry) for lemma, entry in entries.items()}


def _verb(entry: Entry) -> ReportingVerb:
    takes = entry.texts("takes")
    whole = frozenset(entry.texts("whole")) if "whole" in entry.value else frozenset(takes) - _BARE
    unknown = set(takes) - _COMPLEMENTS
    if unknown or not whole <= set(takes):
        raise entry.error(f"unknown complement in {sorted(unknown or whole - set(takes))}")
    polarity = entry.number("polarity") or 0
    if polarity not in (-1, 0, 1):
        raise entry.error("'polarity' must be 1, 0 or -1")
    return ReportingVerb(
        lemma=entry.key,
        stance=entry.one_of("stance", STANCES),
        takes=takes,
        whole=whole,
        polarity=int(polarity),
        nouns=entry.flag("nouns"),
        example=entry.text("example"),
    )


@cache
def commitment_phrases() -> tuple[CommitmentPhrase, ...]:
    """Words that undertake something, in the order of the file. Raises VocabularyError."""
    entries = load_entries(
        "commitment_phrases", fields=("form", "strength", "takes", "actor", "example", "counter")
    )
    return tuple(_commitment(entry) for entry in entries.values())


def _commitment(entry: Entry) -> CommitmentPhrase:
    takes = entry.texts("takes")
    if not takes or not set(takes) <= _COMPLEMENTS:
        raise entry.error(f"unknown complement in {list(takes)}", hint="use " + ", ".join(sorted(_COMPLEMENTS)))
    return CommitmentPhrase(
        lemma=entry.key.removesuffix(" (noun)"),
        form=entry.one_of("form", _FORMS),
        strength=entry.one_of("strength", STRENGTHS),
        takes=takes,
        actor=entry.one_of("actor", ("subject", "object"), default="subject"),
        example=entry.text("example"),
        counter=entry.maybe("counter"),
    )
