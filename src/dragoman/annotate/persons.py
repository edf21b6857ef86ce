"""Personal names, and the posts that stand beside them: "Foreign Minister Wang Yi", "Wang Yi, China's envoy"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dragoman.annotate.lexicon import Hit, Lexicon
from dragoman.annotate.mentions import is_title_case
from dragoman.annotate.posts import Post
from dragoman.vocabulary import accord_kinds, organizations

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "II", "III", "IV"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_BESIDE = frozenset({",", "-", "–", "—", "(", ":", "as"})
_NO_NAME = frozenset(
    "i the a an and of in on at for to from by with this that he she it they we today yesterday".split()
)
_COUNTERPARTS = frozenset({"counterpart", "colleague", "opposite"})
_FEMALE = frozenset(
    {"mrs", "mrs.", "ms", "ms.", "miss", "madam", "madame", "lady", "queen", "princess", "sheikha"}
)
_MALE = frozenset({"mr", "mr.", "sir", "lord", "king", "prince", "emir", "sheikh"})


@dataclass(slots=True)
class Person:
    """A personal name (tokens start to end) with the posts beside it and the whole phrase (left to right)."""

    start: int
    end: int
    left: int
    right: int
    posts: list[Post]
    name: str = ""
    country: str | None = None
    gender: str | None = None


def find_names(doc: Doc, lexicon: Lexicon, names: dict[int, Hit]) -> list[tuple[int, int]]:
    """Token ranges of personal names: the model's, trimmed of titles, and what follows an honorific."""
    courtesies = lexicon.courtesies(doc)
    heads = {hit.start: hit.end for hit in lexicon.posts(doc)}
    found = [
        trimmed
        for ent in doc.ents
        if ent.label_ == "PERSON"
        if (trimmed := _trim(ent, lexicon, names, courtesies, heads))
    ]
    taken = {i for start, end in found for i in range(start, end)}
    for token in doc[:-1] if len(doc) else ():
        if token.i in courtesies and token.lower_ not in lexicon.ranks:
            after = token.i + 1
            if (
                after not in taken
                and after not in courtesies
                and after not in names
                and is_title_case(doc[after])
                and not lexicon.is_post(doc[after].lower_)  # "Mr President" names nobody
            ):
                end = _run(doc, after, names, taken)
                found.append((after, end))
                taken.update(range(after, end))
    starts = {start for start, _ in found}
    for (
        ent
    ) in doc.ents:  # "Raj Patel and Luca Rossi": what is joined to a person, and known as nothing else, is one
        if ent.end + 1 in starts and doc[ent.end].lower_ == "and" and _may_be_person(ent, names):
            found.append((ent.start, ent.end))
    return sorted(found)


def _may_be_person(ent: Span, names: dict[int, Hit]) -> bool:
    """Whether two to four words that the model takes for a place or body, and nobody knows, may be a name."""
    return bool(
        ent.label_ in {"ORG", "GPE"}
        and 2 <= len(ent) <= 4
        and all(token.text.istitle() and token.is_alpha and token.i not in names for token in ent)
        and organizations().pattern(ent.text) is None
        and accord_kinds().kind(ent.text) is None
    )


def _trim(
    ent: Span, lexicon: Lexicon, names: dict[int, Hit], courtesies: frozenset[int], heads: dict[int, int]
) -> tuple[int, int] | None:
    start, end = ent.start, ent.end
    doc = ent.doc
    while start < end and (start in heads or start in courtesies or _is_title(doc[start], lexicon, names)):
        start = heads.get(start, start + 1)
    if start < end and start in names and names[start].start < start:
        start = names[start].end  # the end of "Viet Nam" before a name
    while end > start and (doc[end - 1].text in _POSSESSIVE or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    for i in range(start, end):  # a name does not cross a line
        if doc[i].is_space or doc[i].lower_ in {"and", ","}:
            end = i
            break
    if start >= end or not is_title_case(doc[start]) or doc[start].lower_ in _NO_NAME:
        return None
    if lexicon.is_post(doc[end - 1].lower_) or any(
        token.like_num or (not token.is_ascii and token.is_digit) for token in doc[start:end]
    ):
        return None
    if not any(token.pos_ == "PROPN" for token in doc[start:end]):
        return None
    if all(i in names for i in range(start, end)) and end - start <= 2:
        return None  # "Jordan", "Kiev"
    if end - start == 1 and doc[start].is_sent_start and doc[start].pos_ != "PROPN":
        return None  # "Therefore"
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text in _SUFFIXES:
        end += 2
    elif end < len(doc) and doc[end].text in _SUFFIXES:
        end += 1
    return start, end


def _is_title(token: Token, lexicon: Lexicon, names: dict[int, Hit]) -> bool:
    lower = token.lower_
    return bool(
        lower in lexicon.titles
        or lower in lexicon.ranks
        or lexicon.is_post(lower)
        or lower in lexicon.portfolios  # "Defense" of "Minister of Defense Anna Berg"
        or lower in {"house", "senate", "lady"}  # "Speaker of the House Anna Berg"
        or token.is_punct
        or token.is_space
        or token.text in _POSSESSIVE
        or (token.i in names and getattr(names[token.i].value, "kind", "") == "demonym")
    )


def _run(doc: Doc, start: int, names: dict[int, Hit], taken: set[int]) -> int:
    """End of a run of capitalised words, particles and initials that starts at a name."""
    end = start
    while end < len(doc) and end - start < 6 and end not in taken:
        token = doc[end]
        if token.is_space or token.text in _POSSESSIVE or (token.i in names and end > start):
            break
        if is_title_case(token) or (token.text == "-" and end > start and not doc[end - 1].whitespace_):
            end += 1
            continue
        particle = token.lower_ in {
            "bin",
            "bint",
            "al",
            "von",
            "van",
            "de",
            "der",
            "da",
            "dos",
            "el",
            "ibn",
            "du",
            "la",
        }
        if particle and end + 1 < len(doc) and is_title_case(doc[end + 1]):
            end += 1
            continue
        break
    return max(end, start + 1)


def names_after_posts(
    doc: Doc, posts: list[Post], spans: list[tuple[int, int]], names: dict[int, Hit], lexicon: Lexicon
) -> list[tuple[int, int]]:
    """Names that the model missed: capitalised words right after a post ("President Niinistö")."""
    taken = {i for start, end in spans for i in range(start, end)}
    in_posts = {i for post in posts for i in range(post.start, post.end)}
    found = list(spans)
    courtesies = lexicon.courtesies(doc)
    apart = {
        ent.start
        for ent in doc.ents
        if _may_be_person(ent, names) and (ent.end == len(doc) or doc[ent.end].is_punct or doc[ent.end].is_space)
    }
    for post in posts:
        i = post.end
        if i + 1 < len(doc) and doc[i].text == "," and i + 1 in apart:
            i += 1  # "the ambassador to Norway, Daniyar Omarov."
        while i in courtesies:
            i += 1
        if i >= len(doc) or i in taken or i in names or i in in_posts or post.plural:
            continue
        token = doc[i]
        if (
            not is_title_case(token)
            or token.pos_ not in {"PROPN", "NOUN"}
            or token.is_sent_start
            or len(token) < 2
        ):
            continue
        if not is_title_case(doc[post.head]) and i not in apart:
            continue
        end = _run(doc, i, names, taken | in_posts)
        found.append((i, end))
        taken.update(range(i, end))
    return sorted(found)


def join_posts(
    doc: Doc, spans: list[tuple[int, int]], posts: list[Post], names: dict[int, Hit], lexicon: Lexicon
) -> list[Person]:
    """Each name with its posts: those before it win over those after it, and a post belongs to one name."""
    by_end = {post.end: post for post in posts}
    by_start = {post.start: post for post in posts}
    starts = {start for start, _ in spans}
    used: set[int] = set()
    found = []
    courtesies = lexicon.courtesies(doc)
    for start, end in spans:
        name = " ".join(doc[start:end].text.replace("[", "").replace("]", "").split())
        person = Person(start, end, start, end, [], name)
        _look_left(doc, person, by_end, used, names, courtesies)
        found.append(person)
    for person in found:
        _look_right(doc, person, by_start, used, starts, names, lexicon)
    return found


def _look_left(
    doc: Doc,
    person: Person,
    by_end: dict[int, Post],
    used: set[int],
    names: dict[int, Hit],
    courtesies: frozenset[int],
) -> None:
    i = person.start
    while i > 0:
        before = doc[i - 1]
        lower = before.lower_
        post = by_end.get(i)
        if post is not None and post.start not in used and not post.plural:
            used.add(post.start)
            person.posts.insert(0, post)
            i = person.left = post.start
            continue
        if i - 1 in courtesies:
            person.gender = person.gender or ("f" if lower in _FEMALE else "m" if lower in _MALE else None)
            i -= 1
            person.left = i
            continue
        joint = by_end.get(i - 1)
        separated = before.text in {",", "-", "–", "and"} or lower == "and"
        free = joint is not None and joint.start not in used and not joint.plural
        if joint is not None and separated and free and _is_joint(doc, person, joint, before):
            used.add(joint.start)
            person.posts.insert(0, joint)
            i = person.left = joint.start
            continue
        break
    if not person.posts:
        _take_counterpart(doc, person, names)
    _take_gender(person)


def _is_joint(doc: Doc, person: Person, post: Post, separator: Token) -> bool:
    """Whether a post before "and" or a comma belongs to the name too."""
    if separator.lower_ == "and":
        return bool(person.posts) and not _is_another(doc, post, person.posts[0])
    return bool(person.posts) or _opens_clause(doc, person, post, separator)


def _is_another(doc: Doc, post: Post, following: Post) -> bool:
    """Whether "the Prime Minister and President X" are two persons: each post is a state's highest."""
    definite = post.start > 0 and doc[post.start - 1].lower_ == "the" and post.country is None
    return definite and _is_highest(post) and _is_highest(following)


def _is_highest(post: Post) -> bool:
    return post.office.lower() in {"president", "prime minister", "chancellor", "taoiseach", "king", "queen", "pm"}


def _take_counterpart(doc: Doc, person: Person, names: dict[int, Hit]) -> None:
    """ "His Turkish counterpart Selin Arslan" is a person of that state and no one beside her."""
    i = person.left
    if i > 1 and doc[i - 1].text == ",":
        i -= 1
    if i < 1 or doc[i - 1].lower_ not in _COUNTERPARTS:
        return
    i -= 1
    hit = names.get(i - 1)
    code = getattr(hit.value, "iso3", None) if hit else None
    if hit and code:
        person.country, i = code, hit.start
    person.left = i - 1 if i and doc[i - 1].lower_ in {"his", "her", "their", "its", "the"} else i


def _opens_clause(doc: Doc, person: Person, post: Post, separator: Token) -> bool:
    """Whether "post, Name" is one person and not two: the post does not itself follow a name in a series.

    Nor is it where the name alone opens the main clause: "Greeting the minister, Arden said …".
    """
    if separator.text != ",":
        return False
    after = doc[person.end] if person.end < len(doc) else None
    if person.end - person.start == 1 and after is not None and after.pos_ in {"VERB", "AUX"}:
        return False
    before = doc[post.start - 1] if post.start else None
    return before is None or before.text not in {",", ";"} or before.ent_type_ != "PERSON"


def _take_gender(person: Person) -> None:
    for post in person.posts:
        word = post.office.lower().split(" ")[-1]
        person.gender = person.gender or ("f" if word in _FEMALE else "m" if word in _MALE else None)


def _look_right(
    doc: Doc,
    person: Person,
    by_start: dict[int, Post],
    used: set[int],
    starts: set[int],
    names: dict[int, Hit],
    lexicon: Lexicon,
) -> None:
    i = person.end
    if i >= len(doc):
        return
    if doc[i].lower_ == "of" and person.left < person.start:  # "President Emmanuel Macron of France"
        hit = names.get(i + 1) or (names.get(i + 2) if i + 2 < len(doc) and doc[i + 1].lower_ == "the" else None)
        code = getattr(hit.value, "iso3", None) if hit else None
        if hit and code:
            person.country, person.right = code, hit.end
        return
    if doc[i].text not in _BESIDE:
        return
    i += 1
    while i < len(doc) and (doc[i].lower_ in {"the", "a", "my", "our"} or doc[i].lower_ in lexicon.ranks):
        i += 1
    post = by_start.get(i) or by_start.get(i - 1)
    if post is None or post.start in used or post.plural or len(person.posts) > 1:
        return
    if person.posts and not (doc[person.end].text == "," and is_title_case(doc[post.head])):
        return
    if post.end in starts:  # it stands before the next name: "Lavrov, Presidential Aide Yury Ushakov"
        return
    used.add(post.start)
    person.posts.append(post)
    person.right = post.end
    if post.country is None and not post.body:
        _take_state_after(doc, person, names)


def _take_state_after(doc: Doc, person: Person, names: dict[int, Hit]) -> None:
    """ "Otto Brandt, Federal Minister for Foreign Affairs, Germany." """
    i = person.right
    hit = names.get(i + 1) if i < len(doc) and doc[i].text == "," else None
    if hit is None or getattr(hit.value, "kind", "") != "name":
        return
    if hit.end >= len(doc) or doc[hit.end].text in {".", ",", ";", ")"} or doc[hit.end].is_space:
        person.country, person.right = hit.value.iso3, hit.end
