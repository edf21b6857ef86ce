"""The actors of a document: its parse and names led into chains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from dragoman.annotate.coreference import Chains
from dragoman.annotate.countries import settle_countries
from dragoman.annotate.furniture import Silence
from dragoman.annotate.lexicon import Hit, Lexicon
from dragoman.annotate.mentions import Entity, Mention, root_of
from dragoman.annotate.persons import Person, find_names, join_posts, names_after_posts
from dragoman.annotate.plural_posts import share_posts
from dragoman.annotate.posts import Post, find_posts
from dragoman.read.names import is_agency
from dragoman.vocabulary import accord_kinds, states
from dragoman.vocabulary.load import load_words

__all__ = ["Chained", "chain", "find_persons", "state_name", "word_groups"]


@cache
def word_groups() -> dict[str, frozenset[str]]:
    """The lists of groups.yaml."""
    return load_words("groups", folder=Path(__file__).parent)


@dataclass(slots=True)
class Chained:
    """What a document names: mentions in order, the actors they lead to, and the persons with their posts."""

    mentions: list[Mention]
    entities: list[Entity]
    persons: list[Person]
    at: list[int]  # per token, index into mentions or -1


def state_name(code: str) -> str:
    """The usual English name of an ISO3 code; the code itself where it is unknown."""
    known = states()
    return known.by_iso3(code).name if code in known else code


_NO_SILENCE = Silence()


@dataclass(slots=True)
class _Found:
    hits: list[Hit]
    names: dict[int, Hit]
    posts: list[Post]


def find_persons(doc: Doc, lexicon: Lexicon, silence: Silence = _NO_SILENCE) -> tuple[list[Person], _Found]:
    """Persons with their posts, and the names and posts left over; nobody in the dateline acts."""
    hits = [hit for hit in lexicon.names(doc) if not silence.covers(doc[hit.start].idx)]
    names = {i: hit for hit in hits for i in range(hit.start, hit.end)}
    spans = [
        (start, end)
        for start, end in find_names(doc, lexicon, names)
        if not silence.covers(doc[start].idx) and not is_agency(doc[start:end].text)
    ]
    inside = {i for start, end in spans for i in range(start, end)}
    hits = [hit for hit in hits if hit.start not in inside]
    names = {i: hit for hit in hits for i in range(hit.start, hit.end)}
    posts = [post for post in find_posts(doc, lexicon, names, inside) if not silence.covers(doc[post.start].idx)]
    spans = names_after_posts(doc, posts, spans, names, lexicon)
    persons = join_posts(doc, spans, posts, names, lexicon)
    share_posts(doc, persons, posts, names)
    return persons, _Found(hits, names, posts)


def chain(doc: Doc, lexicon: Lexicon, home: str | None, title: list[Person], silence: Silence) -> Chained:
    """Lead every name, post and pronoun of a document to its actor; nobody acts where ``silence`` covers.

    ``home`` is the publisher's state, ``title`` the persons whom the title names.
    """
    persons, found = find_persons(doc, lexicon, silence)
    chains = Chains(doc, home=home)
    chains.add_persons(persons)
    chains.learn_title(title)
    _add_hits(doc, chains, found.hits)
    _add_bodies(doc, chains, found.names, silence)
    settle_countries(doc, chains.entities, chains.mentions, persons, home=home)
    taken = {post.start for person in persons for post in person.posts}
    chains.resolve([post for post in found.posts if post.start not in taken], state_name)
    return Chained(chains.mentions, chains.entities, persons, _cover(doc, chains.mentions))


def _add_hits(doc: Doc, chains: Chains, hits: list[Hit]) -> None:
    known: list[Entity] = []
    for hit in hits:
        value = hit.value
        root = root_of(doc, hit.start, hit.end)
        code = getattr(value, "iso3", None)
        if code is None and hasattr(value, "aliases"):
            body = chains.body(value.name, kind=value.kind, country=value.country, sector=value.sector)
            chains.add(Mention(hit.start, hit.end, root, "organization", country=value.country), body)
            known.append(body)
            continue
        if code is None:
            continue
        form = {"name": "state", "institution": "metonym"}.get(value.kind, value.kind)
        mention = Mention(hit.start, hit.end, root, form, country=code)
        chains.add(mention, chains.state(code, state_name(code)))
    for body in known:
        body.name = _fullest(doc, body)


def _fullest(doc: Doc, body: Entity) -> str:
    """The fullest form of a body's name in the document; of two letters ("EU") the name that they stand for."""
    written = max((" ".join(mention.text(doc).split()) for mention in body.mentions), key=len)
    return written if len(written) > _TWO_LETTERS else body.name


_TWO_LETTERS = 2


def _add_bodies(doc: Doc, chains: Chains, names: dict[int, Hit], silence: Silence) -> None:
    """Organizations that only the model finds; a news agency tells and does not act."""
    covered = {i for mention in chains.mentions for i in range(mention.start, mention.end)}
    for ent in doc.ents:
        if (
            ent.label_ != "ORG"
            or silence.covers(ent.start_char)
            or any(i in names or i in covered for i in range(ent.start, ent.end))
        ):
            continue
        if accord_kinds().kind(ent.text) is not None:
            continue  # "the Joint Declaration" does nothing
        if len(ent) == 1 and ent.text.istitle() and ent[0].lower_ in word_groups()["no_body"]:
            continue
        name = " ".join(ent.text.split())
        if ent[-1].lower_ == "of" or is_agency(name):
            continue
        person = chains.person_named(name) if len(ent) == 1 else None
        mention = Mention(ent.start, ent.end, root_of(doc, ent.start, ent.end), "organization")
        if person is not None:
            mention.form, mention.name_start, mention.name_end = "name", ent.start, ent.end
            chains.add(mention, person)
            continue
        mention.country = _owner(doc, ent.start, ent.end, names)
        chains.add(mention, chains.body(name, kind="organization", country=mention.country, sector=None))


def _owner(doc: Doc, start: int, end: int, names: dict[int, Hit]) -> str | None:
    """The state whose body a name is: "Norway's Foreign Ministry", "the Ministry of Trade of Norway"."""
    before = start - 2 if start > 1 and doc[start - 1].text in {"'s", "’s", "'", "’"} else start - 1
    after = end + 1 if end + 1 < len(doc) and doc[end].lower_ == "of" else -1
    if after > 0 and after + 1 < len(doc) and doc[after].lower_ == "the":
        after += 1
    for i in (before, after):
        code = getattr(names[i].value, "iso3", None) if i in names else None
        if code:
            return str(code)
    return None


def _cover(doc: Doc, mentions: list[Mention]) -> list[int]:
    """Per token the index of the shortest mention that covers it, or -1."""
    at = [-1] * len(doc)
    for index in sorted(range(len(mentions)), key=lambda k: mentions[k].start - mentions[k].end):
        for i in range(mentions[index].start, mentions[index].end):
            at[i] = index
    return at
