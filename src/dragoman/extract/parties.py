"""Who takes part: the persons, states and bodies that a noun phrase or a list names, or people without a name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.annotate import Mention, Reading, grammar
from dragoman.extract.contact_words import contact_words
from dragoman.extract.sentences import sentence_of
from dragoman.extract.voice import own_words
from dragoman.extract.where import place_at
from dragoman.records import Actor

_JOINS = frozenset({",", "and", "as", "well", "along", "with", "together", "&", ";", "the", "a", "his", "her"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_BODIES = frozenset(
    "delegation team staff group council leadership caucus community cabinet society personnel people".split()
)
_NAMING = frozenset({"name", "post", "organization", "state"})
_FIRST_PERSON = frozenset({"i", "me", "we", "us"})
_NEAR = 12  # words from the verb to "with"
_HONORIFIC = 5  # words that an honorific may have
_MOST = 40  # parties that one list may have


def parties(reading: Reading, head: Token, *, pair: bool = False, of: Token | None = None) -> tuple[Actor, ...]:
    """Everybody whom a noun phrase names, with what is coordinated with it and the list that goes on after it.

    pair: the phrase needs two ("between X and Y"), so that a verb after the second begins no new clause.
    of: the verb whose subject the phrase is; what the parse lost of a list before it is taken in.
    """
    found: list[Actor] = list(_listed_before(reading, head)) if of is not None else []
    loose: list[Token] = []
    for noun in grammar.conjuncts(head):
        named = _one(reading, noun)
        found.extend(named)
        if not named and is_people(noun):
            loose.append(noun)
    found.extend(_listed(reading, head, pair=pair, of=of))
    if loose:
        found.append(_people(reading, loose))
    return unique(found)[:_MOST]


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, in order; somebody named makes the bare state that he acts for superfluous."""
    found: dict[tuple[str, str, str | None], Actor] = {}
    for actor in actors:
        found.setdefault(actor.key, actor)
    return tuple(found.values())


def is_people(noun: Token) -> bool:
    """Whether a common noun stands for people whom one may meet: "officials", "a delegation"."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    lemma, words = noun.lemma_.lower(), contact_words()
    if lemma in words.onlookers or noun.lower_ in words.onlookers:
        return False
    if noun.lower_ in _BODIES:
        return True
    return lemma in words.groups and (noun.tag_ in _PLURAL_TAGS or noun.lower_.endswith("s"))


def _one(reading: Reading, noun: Token) -> tuple[Actor, ...]:
    """The actors of one head, its conjuncts left out. Onlookers are none."""
    if noun.lemma_.lower() in contact_words().onlookers:
        return ()
    mention = reading.mention(noun)
    if mention is None and noun.lower_ in _FIRST_PERSON:
        speaker = _speaker(reading, noun)
        return (speaker,) if speaker is not None else ()
    if mention is None and is_people(noun):
        return ()
    if mention is not None and mention.form == "plural" and not _means_principals(reading, noun):
        return ()
    if mention is not None and mention.form == "post" and not mention.entities and mention.country:
        state = reading.actor(reading.state(mention.country))  # a holder whom the text does not name
        return (
            replace(state, office=mention.office, mention=reading.span(reading.doc[mention.start : mention.end])),
        )
    own = {actor.key for conjunct in grammar.conjuncts(noun)[1:] for actor in reading.actors(conjunct)}
    actors = reading.actors(noun)
    mine = tuple(actor for actor in actors if actor.key not in own)
    return mine or actors[:1]


def _speaker(reading: Reading, pronoun: Token) -> Actor | None:
    """Who says "I": the signer of a statement, the speaker of a turn."""
    at = pronoun.idx
    return next(
        (p.speaker for p in reading.once(own_words) if p.start <= at < p.end and p.speaker.kind == "person"), None
    )


def _means_principals(reading: Reading, noun: Token) -> bool:
    """Whether a plural ("the two leaders", "they") may stand for the principals: nothing says whose leaders."""
    for child in noun.children:
        if child.dep_ in {"nmod", "amod", "compound", "nmod:desc"} and child.lower_ not in {"two", "both"}:
            inner = reading.mention(child)
            if inner is not None and inner.form in {"organization", "state", "demonym"}:
                return inner.form == "demonym"
            if child.dep_ == "nmod" or child.pos_ == "ADJ":
                return False
    return True


def _people(reading: Reading, nouns: list[Token]) -> Actor:
    """People without a name as one actor, with the state that the phrase names."""
    first, last = grammar.core_phrase(nouns[0]), grammar.core_phrase(nouns[-1])
    end = max(first.end, last.end)
    end = next((t.i for t in reading.doc[nouns[-1].i + 1 : end] if _is_beside(t, end)), end)
    words = grammar.trim(reading.doc[first.start : end])
    text = " ".join(words.text.split())
    start, _, rest = text.partition(" ")
    name = rest if start.lower() in {"the", "a", "an", "his", "her", "their", "its", "our", "my"} else text
    codes = {
        m.country
        for m in reading.mentions
        if words.start <= m.start
        and m.end <= words.end
        and m.form in {"state", "demonym", "metonym"}
        and m.country
    }
    country = codes.pop() if len(codes) == 1 else None
    return Actor(name=name, kind="group", country=country, mention=reading.span(words))


def _is_beside(token: Token, end: int) -> bool:
    """Whether what begins here does not say who the people are: where they are, or who is among them."""
    if token.lower_ in {"in", "at"} and token.pos_ == "ADP":
        return place_at(token.doc, token.i + 1, end) is not None
    return bool(token.lower_ == "including")


def _listed(reading: Reading, head: Token, *, pair: bool, of: Token | None) -> Iterator[Actor]:
    """What a list goes on with: names that follow one another with commas and "and", whatever the parse says."""
    start = reading.mention(head)
    if start is None or start.form not in _NAMING:
        return
    end, sentence_end = start.end, sentence_of(head).end
    for mention in _mentions_after(reading, start):
        if mention.start < end:
            continue
        if mention.start >= sentence_end or not _only_joins(reading, end, mention.start):
            return
        own = of is not None and mention.end <= of.i <= mention.end + 2
        if not own and not pair and _opens_clause(reading, mention):
            return
        pair = False
        if mention.form in _NAMING and mention.entity is not None:
            yield reading.actor(mention.entity, mention)
        end = mention.end


def _listed_before(reading: Reading, head: Token) -> list[Actor]:
    """Names that lead up to this one with commas and "and"; none where a preposition governs the first."""
    last = reading.mention(head)
    found: list[Actor] = []
    if last is None or last.form != "name":
        return found
    start = last.start
    for mention in reversed(list(mentions_from(reading, sentence_of(head).start, start))):
        if mention.end > start or mention.form != "name" or mention.entity is None:
            continue
        if mention.start < sentence_of(head).start or not _only_joins(reading, mention.end, start):
            break
        if not found and "and" not in {token.lower_ for token in reading.doc[mention.end : start]}:
            break
        found.insert(0, reading.actor(mention.entity, mention))
        start = mention.start
    before = reading.doc[start - 1] if start > sentence_of(head).start else None
    return [] if before is not None and before.pos_ == "ADP" else found


def mentions_from(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    """The mentions that begin at these tokens, outermost first; a reading holds its mentions in that order."""
    for i in range(bisect_left(reading.mentions, start, key=lambda m: m.start), len(reading.mentions)):
        if reading.mentions[i].start >= end:
            return
        yield reading.mentions[i]


def _mentions_after(reading: Reading, first: Mention) -> Iterator[Mention]:
    """Mentions that begin after another, outermost first."""
    yield from mentions_from(reading, first.start + 1, len(reading.doc))


def _only_joins(reading: Reading, start: int, end: int) -> bool:
    gap = reading.doc[start:end]
    return len(gap) > 0 and all(token.lower_ in _JOINS for token in gap) and gap[0].lower_ != "the"


def _opens_clause(reading: Reading, mention: Mention) -> bool:
    """Whether a new clause begins with the mention: "… and the United States condemned it"."""
    root = reading.doc[mention.root]
    after = reading.doc[mention.end] if mention.end < len(reading.doc) else None
    if after is None or after.pos_ not in {"VERB", "AUX"} or after.tag_ in {"VBG", "VBN"}:
        return False
    return root.dep_ in grammar.SUBJECTS or after.tag_ in {"VBD", "VBZ", "MD", "VBP"}


def doer(reading: Reading, verb: Token) -> Token | None:
    """The subject of a verb. A parse that hangs "to meet" on the last place visited is mended."""
    subject = grammar.subject(verb)
    if subject is not None and not _is_place(reading, subject, verb):
        return subject
    if subject is not None:
        main = grammar.clause_verb(subject)
        above = doer(reading, main) if main is not None and main != verb else None
        if above is not None:
            return above
    return _named_before(reading, verb)


def _is_place(reading: Reading, noun: Token, verb: Token) -> bool:
    """A place, and not a state that acts: what an infinitive hangs on, or what "in" and "to" precede."""
    mention = reading.mention(noun)
    named = mention is not None and mention.form in {"state", "capital"}
    return named and (verb.dep_ in grammar.RELATIVES or grammar.case_of(noun) in {"in", "to", "at"})


def next_named(reading: Reading, verb: Token, links: tuple[str, ...], *, passive: bool) -> list[Token]:
    """Who is named after the verb, behind one of the links or at once, whatever the parse hangs it on."""
    wanted = ("by",) if passive and "" in links else links
    for token in reading.doc[verb.i + 1 : min(sentence_of(verb).end, verb.i + _NEAR)]:
        if token.pos_ in {"VERB", "AUX"} and not token.ent_type_ and reading.mention(token) is None:
            return []
        at_once = "" in wanted and token.i == verb.i + 1
        if token.lower_ in wanted or at_once:
            start = token.i + 1 if token.lower_ in wanted else token.i
            found = _mention_near(reading, start, sentence_of(verb).end)
            if found is not None and not _only_describes(reading, found):
                return [reading.doc[found.root]]
    return []


def _only_describes(reading: Reading, mention: Mention) -> bool:
    """Whether the name only tells whose or what kind the thing after it is: "Russia's wish", "NATO forces"."""
    if mention.end >= len(reading.doc) or mention.form == "name":
        return False
    after = reading.doc[mention.end]
    return after.lower_ in {"'s", "’s", "'", "’"} or bool(after.pos_ == "NOUN" and not is_people(after))


def _mention_near(reading: Reading, start: int, end: int) -> Mention | None:
    """The longest mention that begins here, or after an honorific ("His Highness, Crown Prince …")."""
    for i in range(start, min(start + _HONORIFIC, end)):
        beginning = [m for m in mentions_from(reading, i, i + 1) if m.form in _NAMING and m.entity is not None]
        if beginning:
            return max(beginning, key=lambda m: m.end)
        token = reading.doc[i]
        if not (token.text[:1].isupper() or token.is_punct or token.lower_ in {"the", "his", "her", "their"}):
            return None
    return None


def _named_before(reading: Reading, verb: Token) -> Token | None:
    """The last person before the verb in its sentence, with no other verb between them."""
    for i in range(verb.i - 1, sentence_of(verb).start - 1, -1):
        token = reading.doc[i]
        if token.pos_ == "VERB" and token.ent_type_ == "" and reading.mention(token) is None:
            return None
        mention = reading.mention(token)
        if mention is not None and mention.form in {"name", "pronoun", "post"} and mention.entity is not None:
            return reading.doc[mention.root]
    return None
