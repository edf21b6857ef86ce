"""Documents that are themselves a joint statement: what their opening words and their title say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.annotate import Reading
from dragoman.annotate.mentions import Mention
from dragoman.extract.accord import Accord
from dragoman.extract.named_states import states_in
from dragoman.extract.when import When
from dragoman.records import Actor
from dragoman.vocabulary import accord_kinds

_RELEASED = re.compile(
    r"\b(?:the )?(?:text of the )?following (?P<what>(?:joint )?(?:statement|declaration|communiqu[eé])) "
    r"(?:was|is being|has been|is) (?:released|issued|made|adopted|agreed)",
    re.IGNORECASE,
)
_THIS = re.compile(r"\bthis (?P<what>joint (?:statement|declaration|communiqu[eé]))\b", re.IGNORECASE)
_OPENING = 800  # characters; the formula stands in the first lines
_GROUPING = re.compile(r"^(?:the )?(?:G-?\d+|Quad|Media Freedom Coalition)\b", re.IGNORECASE)


def joint_document(reading: Reading) -> Iterator[Accord]:
    """The joint statement that the document is, with all who made it; nothing where one side speaks."""
    text, title = reading.document.text, " ".join((reading.document.title or "").split())
    released = _RELEASED.search(text, 0, _OPENING)
    own = None if released else _THIS.search(text)
    if own is not None and not re.match(r"(?i)joint\b", title):
        return
    found = released or own
    if found is None:
        return
    words = reading.doc.char_span(found.start(), found.end(), alignment_mode="expand")
    if words is None:
        return
    sentence = words.sent
    parties = _parties(reading, sentence.start, sentence.end) if released else _two_sides(reading)
    if len(parties) < 2:
        return
    name = title if title and accord_kinds().kind(title) else found["what"]
    if re.search(r"(?i)\bstatement\b", title):
        name = title
    published = reading.document.published
    yield Accord(
        name,
        "communique" if "communiqu" in name.lower() else accord_kinds().kind(name) or "joint_statement",
        parties,
        "adopted",
        "done",
        When(published[:7], None, "published") if published else When(),
        sentence,
        "agreement.joint_document",
    )


def _parties(reading: Reading, start: int, end: int) -> tuple[Actor, ...]:
    """Every state, and every body that is no name for a group of them, in the order of the text."""
    found: dict[str, Actor] = {}
    for mention in reading.mentions:
        if mention.start < start or mention.end > end or not mention.entity:
            continue
        if mention.form in {"state", "demonym"} or _is_body(reading, mention):
            # "the Governments of Canada" and "Canada" within it are one side
            found.setdefault(mention.entity.country or mention.entity.name, reading.actor(mention.entity, mention))
    return tuple(found.values())


def _is_body(reading: Reading, mention: Mention) -> bool:
    words = mention.text(reading.doc)
    return mention.form == "organization" and not _GROUPING.match(words) and "tatement" not in words


def _two_sides(reading: Reading) -> tuple[Actor, ...]:
    """The states that the document is between, else the first two that it names."""
    doc = reading.doc
    codes = [entity.country for entity in reading.principal_states if entity.country]
    first = states_in(reading, doc[: min(len(doc), 120)])
    chosen = codes if len(codes) == 2 else first[:2]
    return tuple(reading.actor(reading.state(code)) for code in chosen)
