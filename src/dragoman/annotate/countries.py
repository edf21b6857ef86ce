"""For which state a person acts where neither name nor post says it: the publisher's, or one named before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from dragoman.annotate.mentions import Entity, Mention
from dragoman.annotate.persons import Person
from dragoman.annotate.posts import Post
from dragoman.vocabulary.load import load_words

__all__ = ["only_state", "settle_countries"]

_UNIQUE = frozenset(
    {"president", "prime minister", "foreign minister", "king", "chancellor", "secretary of state"}
)
_OFTEN = 2  # mentions past which the person named most often counts as the publisher's


def settle_countries(
    doc: Doc, entities: Iterable[Entity], mentions: list[Mention], persons: Iterable[Person], *, home: str | None
) -> None:
    """Give the persons among the entities the states that they act for.

    Who holds a post of no named state holds it in the publisher's (``home``); so does the first person named bare,
    and the one named most often. A post that the publisher's state does not have, or that another person of the
    text holds there, is held in the state named last before it.
    """
    persons = list(persons)
    for entity in _holders(mentions, persons, lambda post: not post.body):
        entity.country = entity.country or only_state(entity.office)
    if home is None:
        return
    named = [entity for entity in entities if entity.kind == "person"]
    _settle_holders(doc, named, mentions, persons, home)
    _settle_bare(named, home)


def _settle_holders(
    doc: Doc, named: list[Entity], mentions: list[Mention], persons: list[Person], home: str
) -> None:
    """Those with a post, by the text or by the title alone."""
    abroad = {id(entity) for entity in _holders(mentions, persons, lambda post: post.body)}
    holders = _holders(mentions, persons, lambda post: not post.body)
    known = {id(entity) for entity in holders} | abroad
    holders += [entity for entity in named if entity.office and id(entity) not in known]
    taken = {_unique_post(entity.office) for entity in holders if entity.country == home} - {None}
    for entity in holders:
        if entity.country is not None or id(entity) in abroad:
            continue
        post = _unique_post(entity.office)
        if _is_abroad(entity.office, home) or (post is not None and post in taken):
            entity.country = _state_before(doc, entity, mentions, home)
        else:
            entity.country = home
            taken.add(post)


def _settle_bare(named: list[Entity], home: str) -> None:
    """Those without a post."""
    bare = [entity for entity in named if entity.office is None and entity.country is None]
    first = min(named, key=_first_mention, default=None)
    most = max(bare, key=lambda entity: len(entity.mentions), default=None)
    if first is not None and first in bare:
        first.country = home
    if most is not None and most.country is None and len(most.mentions) > _OFTEN:
        most.country = home


def _holders(mentions: list[Mention], persons: list[Person], wanted: Callable[[Post], bool]) -> list[Entity]:
    starts = {person.left for person in persons if any(wanted(post) for post in person.posts)}
    return [m.entity for m in mentions if m.form == "name" and m.start in starts and m.entity is not None]


def _state_before(doc: Doc, entity: Entity, mentions: list[Mention], home: str) -> str | None:
    """The foreign state named last before a person, in the same sentence or the one before."""
    at = _first_mention(entity)
    floor = doc[at].sent.start
    floor = doc[floor - 1].sent.start if floor else 0
    found: Mention | None = None
    for mention in mentions:
        if mention.form in {"state", "demonym", "capital"} and floor <= mention.start < at:
            code = mention.country
            if code and code != home and (found is None or mention.start > found.start):
                found = mention
    return found.country if found else None


def _first_mention(entity: Entity) -> int:
    return min(mention.start for mention in entity.mentions)


def _unique_post(office: str | None) -> str | None:
    """A post of which a state has but one holder at a time."""
    lower = (office or "").lower()
    return lower if lower in _UNIQUE else None


@cache
def _posts_of_one_state() -> dict[str, str]:
    listed = load_words("posts_of_one_state", folder=Path(__file__).parent)
    return {post: code for code, posts in listed.items() for post in posts}


def only_state(office: str | None) -> str | None:
    """The one state that has such a post, if there is but one."""
    known = _posts_of_one_state()
    return next((known[part] for part in (office or "").lower().split(", ") if part in known), None)


@cache
def _posts_abroad() -> dict[str, frozenset[str]]:
    return load_words("posts_abroad", folder=Path(__file__).parent)


def _is_abroad(office: str | None, home: str) -> bool:
    """Whether the publisher's state has no such post."""
    lower = (office or "").lower()
    head = lower.split(" of ")[0].split(" for ")[0]
    words = head.split()
    absent = _posts_abroad().get(home, frozenset())
    return lower in absent or (bool(words) and (words[-1] in absent or " ".join(words[-2:]) in absent))
