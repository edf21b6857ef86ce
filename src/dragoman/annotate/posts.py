"""Posts: "Chinese State Councilor, Minister of National Defense", "President of the Republic of Armenia".

A post grows from its head word ("Minister") to the left over modifiers and the state it belongs to, and to the
right over what it is the post of. The vocabulary gives the heads; this file gives the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.annotate.lexicon import Hit, Lexicon
from dragoman.annotate.mentions import is_title_case

_LINKS = frozenset({"of", "for", "to", "on", "in", "at"})
_INSIDE = frozenset({"of", "for", "the", "and", "&", "to", "on"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# lower-case words that belong to a post before its head
_MODIFIERS = frozenset(
    "acting deputy first second former vice prime foreign defence defense interior finance trade "
    "caretaker interim assistant associate under permanent special senior chief principal state federal "
    "outgoing incoming new newly recently appointed elected named current then ex national high "
    "presidential supreme personal executive general "
    "co plenipotentiary extraordinary commander lead late".split()
)
_SINCE = frozenset("new newly recently appointed elected named current".split())  # no part of the post's name
_WARM = frozenset({"friendly", "brotherly", "sisterly", "fraternal"})  # "President of the friendly Republic of …"
_MAX_RIGHT = 14  # tokens: "Secretary of State for Foreign, Commonwealth and Development Affairs" has 10


@dataclass(slots=True)
class Post:
    """Tokens start to end that name a post; office is its name without the state, country its ISO3 code.

    body: whether the post is in a body named with it ("NATO Secretary General"), and so in no state unless said.
    """

    start: int
    end: int
    head: int
    office: str
    country: str | None
    sector: str | None
    plural: bool = False
    body: bool = False


def find_posts(doc: Doc, lexicon: Lexicon, names: dict[int, Hit], persons: set[int]) -> list[Post]:
    """Every post in a document, in order.

    names: the vocabulary's hit at each token it covers; persons: tokens inside personal names.
    """
    found: list[Post] = []
    covered = -1
    for hit in lexicon.posts(doc):
        if hit.start < covered or hit.start in persons or _is_verb(doc[hit.end - 1]) or _is_joined(doc, hit):
            continue
        post = _grow(doc, hit, names, persons, lexicon, floor=covered)
        if post is not None:
            found.append(post)
            covered = post.end
    return found


def _is_joined(doc: Doc, hit: Hit) -> bool:
    """Whether a hyphen makes the word a part of a name: "Nur-Sultan"."""
    before = doc[hit.start - 1] if hit.start else None
    return (
        before is not None
        and before.text == "-"
        and not before.whitespace_
        and hit.start > 1
        and (
            doc[hit.start - 2].text[:1].isupper()
            and not doc[hit.start - 2].whitespace_
            and len(doc[hit.start - 2]) > 2
        )
    )


def _is_verb(token: Token) -> bool:
    return bool(token.pos_ in {"VERB", "AUX"} and token.text.islower())


def _grow(
    doc: Doc, hit: Hit, names: dict[int, Hit], persons: set[int], lexicon: Lexicon, *, floor: int
) -> Post | None:
    head = doc[hit.end - 1]
    hit = _without_state(hit, names)
    if head.i in names and names[head.i].end - names[head.i].start > hit.end - hit.start:
        return None  # "State Department", "General Assembly": part of a body's name
    start, country_left, office_start = _grow_left(doc, hit.start, names, persons, lexicon.titles, max(floor, 0))
    end, country_right, office_end = _grow_right(doc, hit, names, persons, lexicon)
    while office_start < hit.start and doc[office_start].lower_ in _SINCE:
        office_start += 1
    words = [token.text_with_ws for token in doc[office_start:office_end]]
    office = "".join(words).strip(" ,")
    kind, plural = hit.value
    definite = start > 0 and doc[start - 1].lower_ in {"the", "two", "both"}
    if plural and country_right is None and country_left is None and not is_title_case(head) and not definite:
        return None  # "ministers" in general
    body = next((names[i] for i in range(start, end) if i in names and not _country(names[i])), None)
    country = country_left or country_right or (getattr(body.value, "country", None) if body else None)
    return Post(start, end, head.i, office, country, kind.sector, plural, body is not None or kind.sector == "IGO")


def _without_state(hit: Hit, names: dict[int, Hit]) -> Hit:
    """The head without the state that the vocabulary lists with it: "US Secretary of State"."""
    state = names.get(hit.start)
    if state is None or not _country(state) or state.end >= hit.end:
        return hit
    return Hit(state.end, hit.end, hit.value)


def _grow_left(
    doc: Doc, start: int, names: dict[int, Hit], persons: set[int], titles: frozenset[str], floor: int
) -> tuple[int, str | None, int]:
    """New start, country found on the way, and where the name of the office itself begins."""
    left, office_start, country = start, start, None
    while left > floor:
        token = doc[left - 1]
        if token.i in persons or token.is_space or token.lower_ == "the" or token.lower_ in titles:
            break
        hit = names.get(token.i)
        if hit is not None and _country(hit):
            if country is None:
                country, left = _country(hit), hit.start
                continue
            break
        if hit is not None:  # "NATO Secretary General", "UN Special Envoy": the body belongs to the office
            left = office_start = hit.start
            continue
        if token.text in _POSSESSIVE and left - 2 >= floor and doc[left - 2].i in names:
            left -= 1
            continue
        if token.text == "-" and left - 2 >= floor and not doc[left - 2].whitespace_:
            left -= 1
            continue
        if token.text == ")" and left - 3 >= floor and doc[left - 3].text == "(":  # "(WFP) Executive Director"
            left -= 3
            continue
        if token.lower_ in _MODIFIERS or (
            is_title_case(token) and token.pos_ in {"PROPN", "NOUN", "ADJ"} and token.lower_ not in _INSIDE
        ):
            left -= 1
            if country is None:
                office_start = left
            continue
        break
    while left < start and (doc[left].text in _POSSESSIVE or doc[left].text == "-"):
        left += 1
    return left, country, max(office_start, left)


def _grow_right(
    doc: Doc, head: Hit, names: dict[int, Hit], persons: set[int], lexicon: Lexicon
) -> tuple[int, str | None, int]:
    """New end, country found on the way, and where the name of the office itself ends."""
    end = head.end
    right, country = end, None
    office_end = end
    limit = min(len(doc), end + _MAX_RIGHT)
    if (
        right < limit
        and doc[right].text == "-"
        and right + 1 < limit
        and doc[right + 1].lower_ in {"elect", "designate"}
    ):
        right = office_end = right + 2
    courtesies = lexicon.courtesies(doc)
    series = right + 1 < limit and doc[right].lower_ == "and" and doc[right + 1].lower_ in lexicon.portfolios
    if not (right < limit and (doc[right].lower_ in _LINKS or (series and is_title_case(doc[right + 1])))):
        return right, None, office_end
    if right + 1 < limit and is_title_case(doc[right + 1]) and lexicon.begins_post(doc, right + 1):
        return right, None, office_end  # "spokesman for Prime Minister Anna Berg": her post, not his
    if not _binds(head, doc[right].lower_):
        return right, None, office_end
    last_good, i, link = right, right, doc[right].lower_
    while i < limit:
        token = doc[i]
        if token.i in persons or token.is_space or token.is_sent_start is True or token.ent_type_ == "DATE":
            break
        hit = names.get(i)
        if hit is not None:
            last_good = hit.end
            if _country(hit) and link == "of":
                country = country or _country(hit)
                office_end = min(office_end, _before_state(doc, hit.start, head.start + 1))
                if not _goes_on(doc, hit.end, limit):
                    break
            else:  # "Envoy for Yemen", "Ambassador to Niger": where the work lies, not whose envoy it is
                office_end = hit.end
            i = hit.end
            continue
        if token.lower_ in _LINKS and token.lower_ != "of":
            link = token.lower_
        if token.text == "-" and i + 1 < limit and not token.whitespace_:
            i += 1
            continue
        if token.text == "(" and i + 3 < limit and doc[i + 1].is_upper and doc[i + 2].text == ")":
            i += 3  # "the Communist Party of China (CPC) Central Committee"
            continue
        if token.lower_ in _WARM:
            i += 1
            continue
        if token.lower_ in _INSIDE or (token.text == "," and _in_series(doc, i, limit)):
            i += 1
            continue
        if not is_title_case(token) or token.pos_ == "PRON" or i in courtesies:
            break
        i += 1
        last_good = office_end = i
    return last_good, country, min(office_end, last_good)


def _binds(head: Hit, link: str) -> bool:
    """Whether a word of place may go on with this post: an ambassador is "to" a state, a prime minister is not."""
    links = {word for phrase in head.value[0].links for word in phrase.split()}
    return link in {"of", "for", "and"} or not links or link in links


_STATE_WORDS = frozenset(
    "of the republic kingdom state federation government federal democratic people islamic union commonwealth "
    "sultanate emirate principality".split()
)


def _before_state(doc: Doc, state: int, floor: int) -> int:
    """Where the office's name ends before "of the Republic of Finland"."""
    i = state
    while i > floor and doc[i - 1].lower_ in _STATE_WORDS:
        i -= 1
    return i


def _goes_on(doc: Doc, i: int, limit: int) -> bool:
    """Whether a post goes on after its state: "Ambassador of Serbia to Russia"."""
    return i < limit and doc[i].lower_ in {"to", "for"}


def _in_series(doc: Doc, comma: int, limit: int) -> bool:
    """Whether a comma separates names of one portfolio: "Foreign, Commonwealth and Development Affairs"."""
    for i in range(comma + 1, min(comma + 4, limit)):
        if doc[i].lower_ in {"and", "&"}:
            return i + 1 < limit and is_title_case(doc[i + 1])
        if not is_title_case(doc[i]):
            return False
    return False


def _country(hit: Hit) -> str | None:
    """The state's code, if the hit is a state and not a body."""
    code = getattr(hit.value, "iso3", None)
    return str(code) if code else None
