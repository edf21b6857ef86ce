"""Where a text tells of a contact: a verb ("met with"), a noun ("held talks"), a message ("sent X a telegram")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.contact_words import ContactVerb, contact_words
from dragoman.extract.modality import status_of
from dragoman.extract.parties import doer, mentions_from, next_named, parties, unique
from dragoman.extract.sentences import sentence_of
from dragoman.extract.where import place_at
from dragoman.records import Actor, Status
from dragoman.vocabulary import organizations, states

_TAKING_PART = {"participate": ("in",), "take": ("in",), "engage": ("in",), "join": ("for", "in"), "address": ()}
_AT = frozenset({"to", "in", "at"})
_NO_CALL = frozenset({"on", "for", "upon", "out", "off", "it", "this", "that"})
_CALLING = {"make": ("to",), "place": ("to",), "have": ("to",), "receive": ("from", "by"), "pay": ("on", "to")}
_PREMODIFIERS = frozenset({"state", "demonym", "organization", "metonym"})


@dataclass(slots=True)
class Contact:
    """A contact as one verb or noun tells it. firm: its own words settle the format."""

    anchor: Token
    sides: tuple[Actor, ...]
    format: str | None
    status: Status
    words: SpacySpan
    rule: str
    firm: bool = False


def contacts(reading: Reading) -> Iterator[Contact]:
    """Every telling of a contact, in the order of the text."""
    words = contact_words()
    for token in reading.doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            if lemma in words.verbs:
                yield from _from_verb(reading, token, words.verbs[lemma])
            elif lemma == "join":
                yield from _from_join(reading, token)
        elif token.pos_ in {"NOUN", "PROPN"}:
            if lemma in words.nouns:
                yield from _from_noun(reading, token, words.nouns[lemma])
            elif lemma in words.letters or token.lower_ in words.letters:
                yield from _from_letter(reading, token)


# --- verbs ----------------------------------------------------------------------------------------------------


def _from_verb(reading: Reading, verb: Token, entry: ContactVerb) -> Iterator[Contact]:
    passive = grammar.is_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    others = _others(verb, entry, passive)
    if not _tells_of_contact(reading, verb, entry, others):
        return
    subject = doer(reading, verb)
    first = parties(reading, subject, of=verb) if subject is not None and subject not in others else ()
    second = unique(actor for other in others for actor in parties(reading, other))
    if not second:
        others = next_named(reading, verb, entry.links, passive=passive)
        second = unique(actor for other in others for actor in parties(reading, other))
    if entry.other == "object" and entry.lemma not in {"receive", "host", "convene"}:
        second = tuple(actor for actor in second if actor.kind != "organization")
    if not second and not (entry.lemma == "meet" and len(first) > 1 and not grammar.objects(verb)):
        return
    sides = unique((*first, *second, *_included(reading, verb)))
    found = _format(verb, others)
    yield Contact(
        verb, sides, found or entry.format, _status(reading, verb), _words(subject, verb, others),
        f"meeting.verb.{entry.lemma}", entry.firm or found is not None,
    )  # fmt: skip


def _others(verb: Token, entry: ContactVerb, passive: bool) -> list[Token]:
    """The heads that name the other side."""
    others: list[Token] = []
    if entry.other in {"with", "both"}:
        others += grammar.oblique(verb, *(link for link in entry.links if link))
    if entry.other in {"object", "both"}:
        others += grammar.objects(verb)
    if passive and entry.other != "with":
        agent = grammar.agent(verb)
        others = [agent] if agent is not None else []
    return others


def _tells_of_contact(reading: Reading, verb: Token, entry: ContactVerb, others: list[Token]) -> bool:
    if entry.needs_place and not _names_a_place(verb):
        return False
    if entry.lemma == "call":
        follows = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
        named = {other.i for other in next_named(reading, verb, ("",), passive=False)}
        said_of = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.tag_ != "VB"]
        return follows not in _NO_CALL and all(_is_named(reading, child, named) for child in said_of)
    if entry.lemma in {"consult", "engage"}:  # a way of working, unless it happened
        return _status(reading, verb) in {"done", "ongoing"} and not grammar.oblique(verb, "in")
    if entry.lemma == "receive":
        return not any(other.pos_ == "NOUN" and other.lemma_.lower() in contact_words().nouns for other in others)
    return True


def _included(reading: Reading, verb: Token) -> tuple[Actor, ...]:
    """ "met with the heads of three agencies, including X and Y"."""
    for token in reading.doc[verb.i + 1 : sentence_of(verb).end]:
        if token.lower_ == "including":
            named = next_named(reading, token, ("",), passive=False)
            return tuple(a for head in named for a in parties(reading, head) if a.kind == "person")
        if token.pos_ == "VERB" and token.tag_ in {"VB", "VBD"} and not token.ent_type_:
            break
    return ()


def _names_a_place(verb: Token) -> bool:
    if grammar.oblique(verb, "to", "at", "in", "back"):
        return True
    end = sentence_of(verb).end
    return any(place_at(verb.doc, token.i + 1, end) for token in verb.doc[verb.i + 1 : end] if token.lower_ in _AT)


def _is_named(reading: Reading, token: Token, roots: set[int]) -> bool:
    """Whether the token stands in the name that follows the verb: the parse may take it for a predicate."""
    mention = reading.mention(token)
    return mention is not None and mention.root in roots


def _from_join(reading: Reading, verb: Token) -> Iterator[Contact]:
    """ "They were joined by X": those who met and X met."""
    agent = grammar.agent(verb) if grammar.is_passive(verb) else None
    subject = doer(reading, verb)
    if agent is None or subject is None:
        return
    sides = unique((*parties(reading, subject), *parties(reading, agent)))
    words = _words(subject, verb, [agent])
    yield Contact(verb, sides, None, _status(reading, verb), words, "meeting.joined")


# --- nouns ----------------------------------------------------------------------------------------------------


def _from_noun(reading: Reading, noun: Token, implied: str | None) -> Iterator[Contact]:
    verb = _light_verb(noun)
    withs = grammar.oblique(noun, "with") + (grammar.oblique(verb, "with") if verb is not None else [])
    if noun.lemma_.lower() == "call" and verb is not None and not withs:
        withs = _called(reading, noun, verb)
    withs = withs or next_named(reading, noun, ("with",), passive=False)
    among = grammar.oblique(noun, "between", "among") or next_named(reading, noun, ("between",), passive=False)
    between = [actor for other in among for actor in parties(reading, other, pair=True)]
    of = [actor for other in grammar.oblique(noun, "of") for actor in parties(reading, other)]
    second = [actor for other in withs for actor in parties(reading, other)]
    owners = [actor for owner in grammar.possessors(noun) for actor in parties(reading, owner)]
    subject = doer(reading, verb) if verb is not None else None
    first = list(parties(reading, subject, of=verb)) if subject is not None and subject != noun else []
    states_before = _sides_before(reading, noun)
    if not _is_contact_noun(noun, withs):
        return
    if second:
        sides = unique((*(owners or first or of or _home_side(reading)), *second))
    elif len(between) > 1:
        sides = unique(between)
    elif len(states_before) > 1:
        sides = states_before
    elif len(of) > 1:
        sides = unique(of)
    elif verb is not None and len(first) > 1:
        sides = unique(first)
    elif verb is not None and first and len(states_before) == 1:
        sides = unique((*first, *states_before))
    else:
        return
    if len(sides) < 2:
        return
    heads = withs or among or grammar.oblique(noun, "of")
    found = _format(noun, heads)
    anchor = verb if verb is not None else noun
    yield Contact(
        anchor, sides, found or implied, _status(reading, noun), _noun_words(noun, verb, heads),
        f"meeting.noun.{noun.lemma_.lower()}" + ("" if verb is not None else ".bare"),
        found is not None or implied in {"call", "video"},
    )  # fmt: skip


def _called(reading: Reading, noun: Token, verb: Token) -> list[Token]:
    """ "Made a call to X", "received a call from X", "paid a courtesy call on X"."""
    links = _CALLING.get(verb.lemma_.lower(), ())
    return (
        grammar.oblique(verb, *links)
        or grammar.oblique(noun, *links)
        or next_named(reading, noun, links, passive=False)
        if links
        else []
    )


def _light_verb(noun: Token) -> Token | None:
    """The verb that carries the noun: "held talks", "took part in a meeting", "talks were held"."""
    verb, lemmas = noun.head, contact_words().light
    if verb == noun or verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() not in lemmas:
        return None
    if noun.dep_ in grammar.OBJECTS or noun.dep_ in grammar.PASSIVE_SUBJECTS:
        return verb
    links = _TAKING_PART.get(verb.lemma_.lower(), ())
    return verb if noun.dep_ in grammar.OBLIQUES and grammar.case_of(noun) in links else None


def _is_contact_noun(noun: Token, withs: list[Token]) -> bool:
    case = grammar.case_of(noun)
    if noun.lemma_.lower() == "consultation" and case == "in":
        return False  # "in consultation with": no meeting
    if noun.lemma_.lower() == "talk" and noun.tag_ == "NN" and not withs:
        return False
    if noun.lemma_.lower() == "dialogue" and noun.text.islower() and _light_verb(noun) is None:
        return False  # as a wish; a Strategic Dialogue is a meeting
    if noun.lemma_.lower() in {"call", "dialogue"} and grammar.oblique(noun, "for", "on", "upon"):
        return bool(withs)
    return not (noun.lemma_.lower() == "session" and not withs)


def _sides_before(reading: Reading, noun: Token) -> tuple[Actor, ...]:
    """The states and bodies before the noun: "Russian-Serbian talks", "the U.S.-EU summit"."""
    left = noun.left_edge.i
    found = [
        reading.actor(mention.entity, mention)
        for mention in mentions_from(reading, left, noun.i)
        if mention.end <= noun.i and mention.form in _PREMODIFIERS and mention.entity
    ]
    for token in reading.doc[left : noun.i]:
        if "-" in token.text or "–" in token.text:
            found.extend(_compound(reading, token))
    return unique(found)


def _compound(reading: Reading, token: Token) -> Iterator[Actor]:
    parts = token.text.replace("–", "-").split("-")
    named = [states().lookup(part) or organizations().lookup(part) for part in parts if part]
    if len(named) < 2 or not all(named):
        return
    for name in named:
        code = getattr(name, "iso3", None)
        if code:
            yield reading.actor(reading.state(code))
        elif name is not None:
            yield Actor(name=name.name, kind="organization", country=getattr(name, "country", None))


def _home_side(reading: Reading) -> list[Actor]:
    """ "The talks with X": the other side is the text's own."""
    home = [entity for entity in reading.principals if entity.country == reading.home]
    return [reading.actor(entity) for entity in (home or reading.principals)[:1]]


# --- messages -------------------------------------------------------------------------------------------------


def _from_letter(reading: Reading, noun: Token) -> Iterator[Contact]:
    """ "X sent a message to Y", "X sent Y a telegram"."""
    verb = noun.head
    if noun.dep_ not in grammar.OBJECTS | grammar.PASSIVE_SUBJECTS:
        return
    if verb.lemma_.lower() not in contact_words().sending:
        return
    subject = doer(reading, verb) if not grammar.is_passive(verb) else grammar.agent(verb)
    to = grammar.oblique(verb, "to") or grammar.oblique(noun, "to") or grammar.indirect_objects(verb)
    to = to or next_named(reading, noun, ("to",), passive=False) or next_named(reading, verb, ("",), passive=False)
    if subject is None or not to:
        return
    sides = unique((*parties(reading, subject), *(actor for other in to for actor in parties(reading, other))))
    words = _words(subject, verb, [*to, noun])
    yield Contact(verb, sides, "letter", _status(reading, verb), words, "meeting.letter", True)


# --- words ----------------------------------------------------------------------------------------------------


def _status(reading: Reading, token: Token) -> Status:
    return "denied" if token.head.lower_ == "unable" else status_of(reading.doc, token)


def _words(subject: Token | None, verb: Token, others: Iterable[Token]) -> SpacySpan:
    doc = verb.doc
    inside = subject is not None and subject.i < verb.i and sentence_of(subject) == sentence_of(verb)
    start = subject.left_edge.i if inside and subject is not None else verb.i
    end = max([*(min(other.right_edge.i, other.sent.end - 1) for other in others), verb.i])
    return grammar.trim(doc[min(start, verb.i) : end + 1])


def _noun_words(noun: Token, verb: Token | None, heads: list[Token]) -> SpacySpan:
    first = min(noun.left_edge.i, verb.i if verb is not None else noun.i)
    last = max([*(head.right_edge.i for head in heads), noun.i, verb.i if verb is not None else noun.i])
    return grammar.trim(noun.doc[first : last + 1])


def _format(token: Token, others: Iterable[Token]) -> str | None:
    """The format that words beside the verb or noun settle: "by phone", "a telephone conversation"."""
    formats = contact_words().formats
    end = min([other.left_edge.i for other in others if other.i > token.i], default=token.i + 6)
    whole = sentence_of(token)
    window = token.doc[max(whole.start, token.i - 3) : min(end + 1, token.i + 7, whole.end)]
    for word in window:
        if word.lower_ in formats:
            return formats[word.lower_]
    for word in token.doc[token.i : whole.end]:
        if word.lower_ in formats and word.i and word.doc[word.i - 1].lower_ in {"by", "via", "over", "the"}:
            return formats[word.lower_]
    return None
