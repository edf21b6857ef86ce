"""One post before several names: "Presidents Anna Berg and Omar Haddad", "the Presidents of A and B X and Y"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from dragoman.annotate.lexicon import Hit
from dragoman.annotate.persons import Person
from dragoman.annotate.posts import Post

_JOINS = frozenset({",", "and", "&"})


def share_posts(doc: Doc, persons: list[Person], posts: list[Post], names: dict[int, Hit]) -> None:
    """Give every person of a series the post before it; of as many states, each the one in its place."""
    by_left = {person.left: person for person in persons}
    for post in posts:
        if not post.plural:
            continue
        states, start = _states(doc, post, names)
        series = _series(doc, start, by_left)
        if len(series) < 2 or any(person.posts for person in series):
            continue
        for number, person in enumerate(series):
            country = states[0] if len(states) == 1 else None
            if len(states) == len(series):
                country = states[number]
            person.posts.append(replace(post, office=singular(post.office), country=country, plural=False))


def singular(office: str) -> str:
    """ "Presidents" to "President"; heads of state are called so."""
    lower = office.lower()
    if lower in {"heads of state", "leaders"}:
        return "President"
    if lower.endswith("ministers"):
        return office[:-1]
    first, _, rest = office.partition(" ")
    return (first[:-1] if first.endswith("s") else first) + (f" {rest}" if rest else "")


def _states(doc: Doc, post: Post, names: dict[int, Hit]) -> tuple[list[str], int]:
    """The states of a plural post, in order, and where the names may begin."""
    found = [post.country] if post.country else []
    i = post.end
    while found and i + 1 < len(doc) and doc[i].lower_ in _JOINS:
        after = i + 2 if doc[i + 1].lower_ in {"the", "and"} else i + 1
        code = getattr(names[after].value, "iso3", None) if after in names else None
        if code is None:
            break
        found.append(str(code))
        i = names[after].end
    return found, i + 1 if i < len(doc) and doc[i].text == "," else i


def _series(doc: Doc, start: int, by_left: dict[int, Person]) -> list[Person]:
    found: list[Person] = []
    while start in by_left:
        person = by_left[start]
        found.append(person)
        start = person.end
        while start < len(doc) and doc[start].lower_ in _JOINS:
            start += 1
    return found if all(one.end < other.left for one, other in pairwise(found)) else []
