"""Find posts in a list of words: word lists and a little grammar, no model.

A post is what somebody holds ("Deputy Prime Minister", "Minister of National Defense"), without the state or body
that it is held in and without a rank: in "Chinese State Councilor, Minister of National Defense General Wei
Fenghe" the posts are "State Councilor" and "Minister of National Defense". Portfolios belong to the post, so
"Secretary of State" is one, whereas "President of the European Commission" is a post and an organization.
"""

from __future__ import annotations

from functools import cache

from training.lists import Span, load

_WORDS = load("posts.yaml")
HEADS = _WORDS["heads"]
LOWER_HEADS = _WORDS["lower_heads"]
MODIFIERS = _WORDS["modifiers"]
LOWER_MODIFIERS = _WORDS["lower_modifiers"]
PORTFOLIOS = _WORDS["portfolios"]
UNFINISHED = _WORDS["unfinished"]
BODY_ENDS = _WORDS["body_ends"]
BODY_OPENERS = _WORDS["body_openers"]
HONORIFICS = _WORDS["honorifics"]
RANKS = _WORDS["ranks"]
RELIGIOUS = _WORDS["religious"]


def find_posts(words: list[str]) -> list[Span]:
    """Find posts, longest first from the left."""
    spans: list[Span] = []
    position = 0
    while position < len(words):
        end = _post_at(words, position)
        if end:
            spans.append((position, end, "POST"))
            position = end
        else:
            position += 1
    return spans


def _post_at(words: list[str], start: int) -> int:
    """Return where the post that begins at `start` ends, or 0."""
    if start and words[start - 1].lower() == "of" and start > 1 and words[start - 2].lower() in BODY_OPENERS:
        return 0
    for phrase, is_post in _phrases():
        if words[start] == phrase[0] and words[start : start + len(phrase)] == list(phrase):
            end = start + len(phrase)
            return _with_portfolio(words, end) if is_post else 0
    word = words[start]
    if word not in _first_words():
        return 0
    following = words[start + 1] if start + 1 < len(words) else ""
    if word in ("Under", "under") and following not in ("Secretary", "secretary", "-"):
        return 0
    if word.lower() in ("first", "second", "third") and following.lower() not in ("deputy", "vice", "secretary"):
        return 0
    if word in ("Affairs", "General", "Rights", "Human", "Relations", "Extraordinary"):
        return 0
    position = start
    modifiers, phrase_end = 0, 0
    while position < len(words) and modifiers < 6:
        word = words[position]
        if word == "-" and words[position - 1] in ("Vice", "vice", "Co", "Under") and position + 1 < len(words):
            position += 1
            continue
        if word in HEADS or word in LOWER_HEADS:
            break
        for phrase, is_post in _phrases():
            if is_post and modifiers and words[position : position + len(phrase)] == list(phrase):
                phrase_end = position + len(phrase)
        if phrase_end:
            return _with_portfolio(words, phrase_end)
        capital_and = word in ("and", "&") and modifiers and position + 1 < len(words)
        if not (
            word in MODIFIERS or word in LOWER_MODIFIERS or (capital_and and words[position + 1] in MODIFIERS)
        ):
            return 0
        position += 1
        modifiers += 1
    if position >= len(words):
        return 0
    head = words[position]
    if head not in HEADS and head not in LOWER_HEADS:
        return 0
    if head in ("Justice", "Chair", "Director", "Representative", "Representatives", "Commander", "Aide"):
        following = words[position + 1] if position + 1 < len(words) else ""
        named = following[:1].isupper() or following in ("of", "for", "to")
        if not modifiers and not named:
            return 0
        if head == "Justice" and not (following[:1].isupper() and following not in PORTFOLIOS):
            return 0
    following = words[position + 1] if position + 1 < len(words) else ""
    if following in ("'s", "’s") and head == "Senate":
        return 0
    end = position + 1
    if words[end : end + 2] in (["-", "General"], ["-", "elect"], ["-", "designate"]):
        end += 2
    elif following in ("General", "general") and head in ("Secretary", "Director", "Governor", "Prosecutor"):
        end += 1
    if words[end : end + 3] == ["Extraordinary", "and", "Plenipotentiary"]:
        end += 3
    return _with_portfolio(words, end)


@cache
def _first_words() -> frozenset[str]:
    return HEADS | LOWER_HEADS | MODIFIERS | LOWER_MODIFIERS


def _with_portfolio(words: list[str], end: int) -> int:
    """Extend a post by "of State", "for Foreign Affairs", "of Science, Technology and Higher Education"."""
    position = end
    if words[position : position + 1] not in (["of"], ["for"]):
        return end
    position += 1
    if words[position : position + 1] in (["the"], ["The"]):
        position += 1
        if words[position : position + 1] == ["State"]:  # "President of the State Council"
            return end
    last = end
    while position < len(words):
        word = words[position]
        if word in PORTFOLIOS:
            position += 1
            last = position
        elif word in (",", "and", "&", "-", "/") and last == position and position + 1 < len(words):
            if words[position + 1] in PORTFOLIOS or words[position + 1] == "and":
                position += 1
                if words[position] == "and":
                    position += 1
            else:
                break
        else:
            break
    # "Presidents of South Africa", "Commissioner for European Union": the portfolio's words began a longer name.
    if last > end and last < len(words) and words[last] in BODY_ENDS:
        return end
    while last > end and words[last - 1] in UNFINISHED:
        last -= 1
    if last <= end + 1:
        return end
    # "Under Secretary of State for Economic Growth", but "Secretary of State for Kazakhstan" ends at "State".
    return _with_portfolio(words, last) if words[last : last + 1] == ["for"] else last


@cache
def _phrases() -> list[tuple[tuple[str, ...], bool]]:
    known = [(phrase, True) for phrase in _WORDS["phrases"]] + [(phrase, False) for phrase in _WORDS["not_posts"]]
    return [
        (tuple(phrase.split()), is_post)
        for phrase, is_post in sorted(known, key=lambda item: (-len(item[0]), item))
    ]
