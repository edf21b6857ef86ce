"""A document as the extractors see it: the parse, who is meant where, when, and what stands in quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from dragoman.annotate import grammar
from dragoman.annotate.actors import chain, find_persons, state_name, word_groups
from dragoman.annotate.coreference import PLURAL_PRONOUNS
from dragoman.annotate.document_forms import DocumentForm, document_form
from dragoman.annotate.furniture import Silence, find_furniture
from dragoman.annotate.lexicon import Lexicon
from dragoman.annotate.mentions import Entity, Mention
from dragoman.annotate.persons import Person
from dragoman.annotate.pipeline import parse
from dragoman.annotate.quotations import Quotation, find_quotations
from dragoman.annotate.times import TimeExpression, find_times
from dragoman.read.home import home_country
from dragoman.records import Actor, Document, Span

T = TypeVar("T")


@dataclass
class Reading:
    """One document, annotated. Offsets of every Span made here point into ``document.text``."""

    document: Document
    doc: Doc
    mentions: list[Mention]
    entities: list[Entity]
    persons: list[Person]
    home: str | None
    mention_at: list[int] = field(repr=False)
    silence: Silence = field(default_factory=Silence, repr=False)
    _known: dict[Callable[[Reading], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, work: Callable[[Reading], T]) -> T:
        """What a function makes of this reading, worked out the first time only."""
        if work not in self._known:
            self._known[work] = work(self)
        known: T = self._known[work]
        return known

    @cached_property
    def form(self) -> DocumentForm:
        """What kind of text this is, and where its body lies."""
        return document_form(self.document.text, title=self.document.title)

    @cached_property
    def times(self) -> list[TimeExpression]:
        """Time expressions with their EDTF values, in order."""
        return find_times(self.document.text, published=self.document.published)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """What stands in quotation marks, in order."""
        return find_quotations(self.document.text)

    # --- words ------------------------------------------------------------------------------------------------

    def span(self, words: SpacySpan) -> Span:
        """Tokens as evidence; a personal name at either end is not cut where the parse broke it."""
        first, last = self.mention(words[0]), self.mention(words[-1])
        start, end = words.start_char, words.end_char
        if first is not None and first.name_start < words.start < first.name_end:
            start = self.doc[first.name_start].idx
        if last is not None and last.name_start < words.end < last.name_end:
            end = self.doc[last.name_start : last.name_end].end_char
        return self.document.span(start, end)

    def sentences(self) -> Iterator[SpacySpan]:
        """The sentences that hold words."""
        for sentence in self.doc.sents:
            if any(not token.is_space for token in sentence):
                yield sentence

    # --- actors -----------------------------------------------------------------------------------------------

    def mention(self, token: Token) -> Mention | None:
        """The innermost mention that covers a token."""
        index = self.mention_at[token.i]
        return self.mentions[index] if index >= 0 else None

    def actor(self, entity: Entity, mention: Mention | None = None) -> Actor:
        """An entity as an actor, with the words that name it here."""
        words = self.doc[mention.start : mention.end] if mention else None
        return Actor(
            name=entity.name,
            kind=entity.kind,
            country=entity.country,
            office=entity.office,
            sector=entity.sector,
            mention=self.span(words) if words is not None else None,
        )

    def actors(self, token: Token) -> tuple[Actor, ...]:
        """Whoever a noun phrase with this head names, its conjuncts included; empty where it names no actor."""
        found: dict[tuple[str, str, str | None], Actor] = {}
        for head in grammar.conjuncts(token):
            for actor in self._actors_of_one(head):
                found.setdefault(actor.key, actor)
        return tuple(found.values())

    def _actors_of_one(self, token: Token) -> tuple[Actor, ...]:
        mention = self._person_headed_by(token) or self.mention(token)
        if mention is not None and mention.form == "plural" and mention.entities:
            return tuple(self.actor(entity, mention) for entity in mention.entities)
        if mention is not None and mention.form == "plural":
            return self._plural(token, mention)
        if mention is not None and self._names_the_phrase(mention, token):
            return tuple(self.actor(entity, mention) for entity in mention.entities)
        if token.lower_ in word_groups()["sides"] or token.lower_ in word_groups()["states"]:
            plural = self._plural(token, None)
            if plural:
                return plural
        return self._described(token)

    def _person_headed_by(self, token: Token) -> Mention | None:
        """The person whose demonym ("Kazakh President X") the parse took for the head."""
        index = self.mention_at[token.i]
        if index < 1 or self.mentions[index].form != "demonym":
            return None
        wider = self.mentions[index - 1]  # of mentions that start together the longer comes first
        return wider if wider.form == "name" and wider.root == token.i and wider.entities else None

    @staticmethod
    def _names_the_phrase(mention: Mention, token: Token) -> bool:
        """Whether the mention is the phrase itself and not a modifier in it ("Kazakh" in "Kazakh soldiers")."""
        if not mention.entities:
            return False
        return mention.root == token.i or mention.form in {"name", "organization"}

    def _plural(self, token: Token, mention: Mention | None) -> tuple[Actor, ...]:
        """The two leaders, the sides, they: the states that the phrase names, else the principals of the text."""
        named = self._states_inside(
            grammar.core_phrase(token) if mention is None else self.doc[mention.start : mention.end]
        )
        words = self.span(grammar.core_phrase(token))
        if token.lower_ not in PLURAL_PRONOUNS and named:
            if len(named) == 1 and token.lower_ not in word_groups()["states"]:
                return self._described(token)
            return tuple(replace(self.actor(entity), mention=words) for entity in named)
        chosen: Iterable[Entity] = self.principals
        if token.lower_ in word_groups()["states"]:
            chosen = self.principal_states
        return tuple(replace(self.actor(entity), mention=words) for entity in chosen)

    def _states_inside(self, words: SpacySpan) -> list[Entity]:
        found: dict[str, Entity] = {}
        for mention in self.mentions:
            if (
                words.start <= mention.start
                and mention.end <= words.end
                and mention.form in {"state", "demonym", "metonym"}
            ):
                for entity in mention.entities:
                    found.setdefault(entity.name, entity)
        return list(found.values())

    def _described(self, token: Token) -> tuple[Actor, ...]:
        """A phrase that names nobody but says whose it is: "the Cuban government", "government officials"."""
        lemma, groups = token.lemma_.lower(), word_groups()
        of_state = lemma in groups["state"] or token.lower_ in groups["state"]
        if token.pos_ not in {"NOUN", "PROPN"} or not (of_state or lemma in groups["group"]):
            return ()
        words = grammar.core_phrase(token)
        owners = self._states_inside(words)
        mention = self.span(words)
        if owners and of_state:
            return tuple(replace(self.actor(entity), mention=mention) for entity in owners)
        if not owners and lemma in {"country", "nation", "state"}:
            return ()
        country = owners[0].country if owners else None
        if country is None and lemma == "delegation" and self.principals:
            country = self.principals[0].country
        name = _without_article(" ".join(mention.text.split()))
        return (Actor(name=name, kind="group", country=country, mention=mention),)

    # --- who the document is about ----------------------------------------------------------------------------

    @cached_property
    def principals(self) -> tuple[Entity, ...]:
        """The two between whom the document's main act takes place: persons where it names them, else states."""
        persons = self._leading_persons
        if len(persons) == 2:
            return persons
        missing = [state for state in self.principal_states if not _same_country(state, persons)]
        return (*persons, *missing[: 2 - len(persons)])

    @cached_property
    def _leading_persons(self) -> tuple[Entity, ...]:
        """The first persons of two different sides that the text names."""
        found: list[Entity] = []
        for mention in self.mentions:
            entity = mention.entity
            if entity is None or entity.kind != "person" or mention.form != "name" or entity in found:
                continue
            if "spokes" in (entity.office or "").lower():
                continue  # who puts a readout out is not who met
            if found and entity.country == found[0].country:
                continue
            found.append(entity)
            if len(found) == 2:
                break
        return tuple(found)

    @cached_property
    def principal_states(self) -> tuple[Entity, ...]:
        """The states that the document is between: of its leading persons, then in the order of mention."""
        codes = [entity.country for entity in self._leading_persons if entity.country]
        if not codes and self.home:
            codes.append(self.home)
        for mention in self.mentions:
            if len(codes) >= 2:
                break
            if mention.form in {"capital", "pronoun", "plural"}:
                continue
            codes.extend(e.country for e in mention.entities if e.country and e.country not in codes)
        return tuple(self.state(code) for code in codes[:2])

    def state(self, code: str) -> Entity:
        """The state of an ISO3 code as an entity, whether the text names it or not."""
        for entity in self.entities:
            if entity.kind == "state" and entity.country == code:
                return entity
        return Entity("state", state_name(code), country=code, sector="GOV")


def _same_country(state: Entity, others: Iterable[Entity]) -> bool:
    return any(state.country == other.country for other in others)


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in {"the", "a", "an", "his", "her", "their", "its", "our"} and rest else name


def annotate(documents: Iterable[Document], nlp: Language, *, batch_size: int = 64) -> Iterator[Reading]:
    """Read documents with a pipeline, in order, a batch at a time."""
    lexicon = _lexicon(nlp)
    waiting: list[Document] = []

    def texts() -> Iterator[tuple[str, tuple[int, ...]]]:
        for document in documents:
            waiting.append(document)
            yield _title_apart(document), ()
            yield document.text, _sentence_starts(document)

    docs = parse(texts(), nlp, batch_size=batch_size)
    for title, doc in zip(docs, docs, strict=True):
        yield _read(waiting.pop(0), title, doc, lexicon)


def _title_apart(document: Document) -> str:
    """The title, where it is not part of the text anyway."""
    title = document.title or ""
    return "" if document.text.lstrip().startswith(title) else title


def _sentence_starts(document: Document) -> tuple[int, ...]:
    """Where the report begins after its dateline."""
    span = document.dateline.span if document.dateline else None
    if span is None:
        return ()
    rest = document.text[span.end : span.end + 40]
    return (span.end + len(rest) - len(rest.lstrip(" \t\u2013\u2014-:.")),)


_LEXICONS: dict[int, Lexicon] = {}


def _lexicon(nlp: Language) -> Lexicon:
    key = id(nlp.vocab)
    if key not in _LEXICONS:
        _LEXICONS.clear()
        _LEXICONS[key] = Lexicon(nlp)
    return _LEXICONS[key]


def _silence(document: Document) -> Silence:
    """Where nobody acts: up to the end of the dateline, and in what the page carries beside the report."""
    span = document.dateline.span if document.dateline else None
    opening = ((0, span.end),) if span else ()
    return Silence((*opening, *find_furniture(document.text)))


def _read(document: Document, title: Doc, doc: Doc, lexicon: Lexicon) -> Reading:
    home = home_country(document.publisher, document.url)
    silence = _silence(document)
    known = find_persons(title, lexicon)[0] if len(title) else []
    chained = chain(doc, lexicon, home, known, silence)
    return Reading(document, doc, chained.mentions, chained.entities, chained.persons, home, chained.at, silence)
