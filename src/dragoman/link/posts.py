"""Posts for comparing: "President of the Republic" and "the Kazakh Head of State" are one level of office."""

from __future__ import annotations

from functools import lru_cache

from dragoman.vocabulary import offices, states
from dragoman.vocabulary.surfaces import tidy

__all__ = ["PostClass", "post_class", "post_of_state"]

PostClass = tuple[str, str | None]
"""Level of the post (``vocabulary.posts.LEVELS``; monarchs count as heads of state) and its field or kind."""

_ONE_OF_A_KIND = frozenset({"head_of_state", "head_of_government"})


@lru_cache(maxsize=16384)
def post_class(office: str | None) -> PostClass | None:
    """The class of a post as written; None for no post, a former one, and one that is still to be held."""
    if not office:
        return None
    found = offices().lookup(office)
    if found is None or found.former or found.coming or found.plural:
        return None
    level = "head_of_state" if found.level == "monarch" else found.level
    return level, None if level in _ONE_OF_A_KIND else found.portfolio or found.post.name


def post_of_state(words: str) -> tuple[str, str] | None:
    """The post and the state that words name ("President of Brazil", "the Kazakh Foreign Minister"); else None."""
    found = offices().lookup(words)
    if found is None:
        return None
    text = tidy(words)
    at = text.lower().find(found.head)
    rest = f"{text[:at]} {text[at + len(found.head) :]}".split()
    rest = [word for word in rest if word.lower() not in ("the", "of", "a", "for")]
    index = states()
    for start in range(len(rest)):
        for end in range(len(rest), start, -1):
            name = " ".join(rest[start:end])
            known = next((state for form in (name, name.title()) if (state := index.lookup(form))), None)
            if known is not None:
                return text[at : at + len(found.head)], str(known.iso3)
    return None
