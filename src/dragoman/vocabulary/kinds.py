"""Kinds of visit, of accord and of standing tie, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import Entry, check_entries, load_entries, load_yaml
from dragoman.vocabulary.surfaces import phrases, plural, tidy

__all__ = [
    "ACCORD_KINDS",
    "ACCORD_STEPS",
    "RELATION_KINDS",
    "VISIT_KINDS",
    "AccordKinds",
    "NamedAccord",
    "RelationKind",
    "StateUnion",
    "VisitKinds",
    "VisitVerb",
    "accord_kinds",
    "relation_kind",
    "relation_kinds",
    "relation_label",
    "unions",
    "visit_kinds",
]

VISIT_KINDS = ("state", "official", "working", "private", "transit", "unspecified")
ACCORD_KINDS = (
    *("treaty", "agreement", "memorandum", "declaration", "joint_statement", "roadmap", "protocol"),
    *("contract", "programme", "communique", "other"),
)
ACCORD_STEPS = (
    *("mentioned", "negotiating", "to_be_signed", "signed", "adopted", "ratified", "in_force"),
    *("implementing", "terminated"),
)
RELATION_KINDS = (
    *("diplomatic_relations", "strategic_partnership", "alliance", "union_membership", "trade_partner", "other"),
)
_LONGEST = 7
_ABOUT = re.compile(r"\b(?:of|on|between|for|in|to|with|regarding|concerning|against|and)\b")


@dataclass(frozen=True, slots=True)
class VisitVerb:
    """A verb of going or receiving. ``links``: prepositions before the place; none: the place is the object.

    arrives: the visitor is there; hosts: the subject is the host; noun: the object that makes it a visit.
    """

    lemma: str
    links: tuple[str, ...]
    arrives: bool
    hosts: bool
    noun: str | None
    example: str


@dataclass(frozen=True, slots=True)
class VisitKinds:
    """Adjectives of visits → kind, nouns that name a visit, verbs that tell of one."""

    words: Mapping[str, str]
    nouns: frozenset[str]
    verbs: Mapping[str, VisitVerb]
    examples: Mapping[str, str]

    def kind(self, text: str) -> str:
        """The kind of visit that the words before the noun name; ``unspecified`` where none does.

        "a short working visit", "his first State visit": a word that names a kind wins over one that does not.
        """
        form = tidy(text).lower()
        found = [self.words[form[start:end]] for start, end in phrases(form, self.words, longest=_LONGEST)]
        return next((kind for kind in found if kind != "unspecified"), "unspecified")


@dataclass(frozen=True, slots=True)
class NamedAccord:
    """An accord known by a name of its own."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class AccordKinds:
    """Head nouns → kind; verbs and phrases → step; accords known by name; ``domestic``: what is no accord."""

    words: Mapping[str, str]
    verbs: Mapping[str, str]
    phrases: Mapping[str, str]
    named: Mapping[str, NamedAccord]
    domestic: tuple[str, ...]
    examples: Mapping[str, str]

    def kind(self, text: str) -> str | None:
        """The kind of the accord that a title names by its head noun, null where there is none.

        The head noun is the last one before what the accord is about: a "framework agreement on water" is an
        agreement, a "joint statement on the treaty" a joint statement, a "memorandum of understanding" one phrase.
        """
        for name, accord in self.named.items():
            if name in text:
                return accord.kind
        form = tidy(text).lower()
        kind, reached = None, 0
        for start, end in phrases(form, self.words, longest=_LONGEST):
            if kind is not None and _ABOUT.search(form, reached, start):
                break
            kind, reached = self.words[form[start:end]], end
        return kind

    def step(self, text: str) -> str | None:
        """How far an accord has come by a phrase in the words ("entered into force"), null where none tells."""
        form = tidy(text).lower()
        for start, end in phrases(form, self.phrases, longest=_LONGEST):
            return self.phrases[form[start:end]]
        return None


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of standing tie. ``words``: labels; ``since``: words that tell since when."""

    name: str
    words: tuple[str, ...]
    since: tuple[str, ...]
    ended: tuple[str, ...]
    example: str
    counter: str | None


@dataclass(frozen=True, slots=True)
class StateUnion:
    """An alliance or union whose members share a tie. ``words``: its names as written; members: ISO3."""

    name: str
    words: tuple[str, ...]
    kind: str
    members: frozenset[str]
    example: str


def _sections(name: str, wanted: set[str]) -> dict[str, dict[str, object]]:
    raw = load_yaml(name)
    if set(raw) != wanted:
        raise VocabularyError("must hold " + ", ".join(sorted(wanted)), where=f"{name}.yaml")
    return raw


def _known(entry: Entry, allowed: tuple[str, ...]) -> None:
    if entry.key not in allowed:
        raise entry.error("is no kind of the record", hint="use " + ", ".join(allowed))


def _words_to_kind(entries: Mapping[str, Entry], *, field: str = "words", plurals: bool = False) -> dict[str, str]:
    table: dict[str, str] = {}
    for kind, entry in entries.items():
        for word in entry.texts(field):
            for form in (word, plural(word)) if plurals else (word,):
                if table.setdefault(form, kind) != kind:
                    raise entry.error(f"{word!r} is under {table[form]!r} already")
    return table


@cache
def visit_kinds() -> VisitKinds:
    """The words of visit_kinds.yaml. Raises VocabularyError."""
    raw = _sections("visit_kinds", {"kinds", "nouns", "verbs"})
    kinds = check_entries("visit_kinds", raw["kinds"], fields=("words", "example"))
    for entry in kinds.values():
        _known(entry, VISIT_KINDS)
    verbs = check_entries("visit_kinds", raw["verbs"], fields=("links", "arrives", "hosts", "noun", "example"))
    return VisitKinds(
        words=_words_to_kind(kinds),
        nouns=frozenset(Entry("visit_kinds", "nouns", raw["nouns"]).texts("words")),
        verbs={lemma: _visit_verb(entry) for lemma, entry in verbs.items()},
        examples={kind: entry.text("example") for kind, entry in kinds.items()},
    )


def _visit_verb(entry: Entry) -> VisitVerb:
    return VisitVerb(
        lemma=entry.key,
        links=entry.texts("links"),
        arrives=entry.flag("arrives"),
        hosts=entry.flag("hosts"),
        noun=entry.maybe("noun"),
        example=entry.text("example"),
    )


@cache
def accord_kinds() -> AccordKinds:
    """The words of accord_kinds.yaml. Raises VocabularyError."""
    raw = _sections("accord_kinds", {"kinds", "steps", "named", "domestic"})
    kinds = check_entries("accord_kinds", raw["kinds"], fields=("words", "example"))
    steps = check_entries("accord_kinds", raw["steps"], fields=("verbs", "phrases", "example"))
    named = check_entries("accord_kinds", raw["named"], fields=("kind", "aliases", "example"))
    for entry in kinds.values():
        _known(entry, ACCORD_KINDS)
    for entry in steps.values():
        _known(entry, ACCORD_STEPS)
    accords: dict[str, NamedAccord] = {}
    for name, entry in named.items():
        accord = NamedAccord(
            name, entry.one_of("kind", ACCORD_KINDS), entry.texts("aliases"), entry.text("example")
        )
        accords.update(dict.fromkeys((name, *accord.aliases), accord))
    examples = {key: entry.text("example") for key, entry in (*kinds.items(), *steps.items())}
    return AccordKinds(
        words=_words_to_kind(kinds, plurals=True),
        verbs=_words_to_kind(steps, field="verbs"),
        phrases=_words_to_kind(steps, field="phrases"),
        named=accords,
        domestic=Entry("accord_kinds", "domestic", raw["domestic"]).texts("words"),
        examples=examples,
    )


@cache
def relation_kinds() -> tuple[RelationKind, ...]:
    """Kinds of standing tie, in the order of the file. Raises VocabularyError."""
    found = []
    for name, entry in load_entries(
        "relation_kinds", fields=("words", "since", "ended", "example", "counter")
    ).items():
        _known(entry, RELATION_KINDS)
        found.append(
            RelationKind(
                name,
                entry.texts("words"),
                entry.texts("since"),
                entry.texts("ended"),
                entry.text("example"),
                entry.maybe("counter"),
            )
        )
    return tuple(found)


@cache
def _relation_words() -> dict[str, str]:
    table: dict[str, str] = {}
    for kind in relation_kinds():
        for word in kind.words:
            for form in (word, plural(word)):
                table.setdefault(form, kind.name)
    return table


def relation_kind(text: str) -> tuple[str, str] | None:
    """The kind of tie and its label, as the words name it; null where none is named.

    The firmest tie named counts, in the order of the file: a "strategic partnership of old friends" is strategic.
    """
    form, table = tidy(text).lower(), _relation_words()
    order = [kind.name for kind in relation_kinds()]
    found = [(table[form[s:e]], form[s:e]) for s, e in phrases(form, table, longest=_LONGEST)]
    return min(found, key=lambda pair: order.index(pair[0]), default=None)


def relation_label(words: Sequence[str]) -> tuple[str, str] | None:
    """The kind of tie and its label where these words of a text end in one; the longest label wins."""
    form, table = [word.lower() for word in words], _relation_words()
    for start in range(max(0, len(form) - _LONGEST), len(form)):
        label = " ".join(form[start:])
        if label in table:
            return table[label], label
    return None


@cache
def unions() -> tuple[StateUnion, ...]:
    """The alliances and unions of unions.yaml. Raises VocabularyError."""
    found = []
    for name, entry in load_entries("unions", fields=("words", "kind", "members", "example")).items():
        kind = entry.one_of("kind", RELATION_KINDS)
        members = frozenset(entry.texts("members"))
        found.append(StateUnion(name, entry.texts("words"), kind, members, entry.text("example")))
    return tuple(found)
