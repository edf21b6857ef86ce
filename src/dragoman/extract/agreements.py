"""Agreements: instruments between sides, named or described, and how far each has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.accord import Accord, enrich, is_same
from dragoman.extract.accord_names import is_named, title_of, title_span
from dragoman.extract.accord_steps import MADE, date_of, is_one_of, status_with, step_of
from dragoman.extract.joint_documents import joint_document
from dragoman.extract.named_states import states_in
from dragoman.extract.noun_phrases import is_subject_matter, without_lead
from dragoman.extract.sentences import sentence_of
from dragoman.extract.stance import confidence
from dragoman.records import Actor, Agreement, Span
from dragoman.vocabulary import accord_kinds, organizations, states, topics_of

_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})  # taggers take "memorandum" for an adjective
_MAX_TITLE = 30  # words; a longer "title" is a mistaken parse
# kinds whose nouns name an accord only when they are capitalised or a side signs or adopts them
_WEAK = frozenset({"other", "programme", "contract"})
# nouns of agreeing rather than of an instrument, unless signed or between named sides
_CONSENT = frozenset(
    "agreement agreements accord deal deals understanding settlement arrangement ceasefire consensus".split()
)
_TRUCES = frozenset({"ceasefire", "cease-fire", "truce", "armistice", "settlement", "arrangement", "arrangements"})
_UMBRELLA = re.compile(r"\b(?:documents?|package|series|set|number|agreements)\b", re.IGNORECASE)
_AFTER_SIGNING = frozenset({"ratified", "in_force", "implementing", "terminated"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "said"})
_PEOPLE_MET = re.compile(
    r"\b(?:summit|conference|talks|negotiations|meeting|leaders|presidents|ministers|sides|participants|council)\b",
    re.IGNORECASE,
)


def agreements(reading: Reading) -> list[Agreement]:
    """The agreements of a document, each once, in the order of their first mention."""
    merged: list[Accord] = list(joint_document(reading))
    itself = merged[0] if merged else None
    for accord in _accords(reading, merged):
        same = next((known for known in merged if is_same(known, accord)), None)
        if same is None:
            merged.append(accord)
        elif same is not itself:
            enrich(same, accord)
    return [_record(reading, accord) for accord in merged]


def _record(reading: Reading, accord: Accord) -> Agreement:
    return Agreement(
        doc_id=reading.document.id,
        evidence=_spans(reading, accord),
        rule=accord.rule,
        confidence=confidence(accord.rule),
        date=accord.dated.date,
        date_text=accord.dated.date_text,
        date_basis=accord.dated.date_basis,
        topics=topics_of(accord.words.text),
        title=accord.title,
        kind=accord.kind,
        parties=accord.parties,
        status=accord.status,
        step=accord.step,
    )


def _spans(reading: Reading, accord: Accord) -> tuple[Span, ...]:
    """The words that name it; of a step after the signing also the sentence, which says who took it."""
    named = reading.span(accord.words)
    if accord.step not in _AFTER_SIGNING:
        return (named,)
    told = reading.span(grammar.trim(sentence_of(accord.words.root)))
    return (named,) if told == named else (named, told)


@cache
def _head_words() -> frozenset[str]:
    """Single nouns that can head an accord's name; of a longer phrase the last word before what it is about."""
    return frozenset(
        re.split(r" (?:of|on|between|for|with) ", words)[0].split()[-1] for words in accord_kinds().words
    )


@cache
def _named() -> re.Pattern[str]:
    names = sorted(accord_kinds().named, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")


def _accords(reading: Reading, known: list[Accord]) -> Iterator[Accord]:
    """Each mention of an accord; ``known`` are those before it, which "the document" takes up."""
    named_at: set[int] = set()
    for match in _named().finditer(reading.document.text):
        words = reading.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if words is not None and not named_at & set(range(words.start, words.end)):
            named_at.update(range(words.start, words.end))
            yield _from_name(reading, words, match[0])
    heads = _head_words()
    for token in reading.doc:
        if token.i in named_at or token.pos_ not in _NOUNS or token.lower_ not in heads:
            continue
        if token.dep_ in {"compound", "nmod:desc"} and not is_named(reading, token):
            continue
        accord = _from_noun(reading, token, known)
        if accord is not None:
            yield accord


def _from_name(reading: Reading, words: SpacySpan, name: str) -> Accord:
    kind = accord_kinds().named[name].kind
    step, verb = step_of(words.root, words)
    if re.match(r"\s+(?:negotiations|talks)\b", reading.document.text[words.end_char : words.end_char + 14]):
        step = "negotiating"
    step = step or _standing(kind, words)
    return Accord(
        name,
        kind,
        (),
        step,
        status_with(words.root, step, verb),
        date_of(reading, words.root, name, words, step, verb),
        words,
        "agreement.named",
    )


def _standing(kind: str, words: SpacySpan) -> str:
    """A treaty that is only named stands in force; where it is quoted for the rights in it, it is mentioned."""
    sentence = words.sent.text
    if kind in {"joint_statement", "communique"}:
        return "adopted"  # a statement is made by being named
    if words.root.lower_ in _TRUCES:
        return "in_force"
    if kind == "treaty" and not re.search(r"\b(?:enshrined|enumerated|violation|violates)\b", sentence):
        return "in_force"
    return "mentioned"


def _from_noun(reading: Reading, noun: Token, known: list[Accord]) -> Accord | None:
    words = title_span(noun)
    title = title_of(noun, words)
    kind = accord_kinds().kind(title)
    if kind is None or not title or len(title.split()) > _MAX_TITLE or _is_domestic(title):
        return None
    if _stands_for_another(noun, words):
        return None
    step, verb = step_of(noun, words)
    if len(title.split()) == 1 and _takes_up(noun, words, kind, known):
        return None
    if step is None and is_one_of(noun) and known:
        step = next((accord.step for accord in known[-3:] if accord.step == "signed"), None)
    if step is None and _says(noun) and kind in {"communique", "joint_statement", "declaration"}:
        step = "adopted"
    proper = is_named(reading, noun) and len(title.split()) > 1
    parties = _parties(reading, noun, words)
    sides = _sides(parties) if kind in _WEAK else parties
    if not (proper and _stands_as_name(title, kind, sides, step)) and not _stands_as_described(
        noun, title, kind, sides, step
    ):
        return None
    if _UMBRELLA.search(title) and _lists_them(noun):
        return None
    if len(parties) == 1 and step in {"signed", "ratified", "to_be_signed", "negotiating", "in_force"}:
        both = _two_sides(reading)
        if len(both) > 1 and parties[0].country in {party.country for party in both}:
            parties = both
    if not parties and step is not None:
        parties = _two_sides(reading)
        if not proper and len(parties) < 2:
            return None
    if step is None:
        step = _standing(kind, words) if proper or noun.lower_ in _TRUCES else "mentioned"
    return Accord(
        title,
        _kind_of_series(title) or kind,
        parties,
        step,
        status_with(noun, step, verb),
        date_of(reading, noun, title, words, step, verb),
        _evidence(noun, words),
        "agreement.proper" if proper else "agreement.described",
    )


def _evidence(noun: Token, words: SpacySpan) -> SpacySpan:
    """The whole phrase of the noun, and of the name where it reaches further."""
    phrase = grammar.phrase(noun)
    return without_lead(grammar.trim(noun.doc[min(phrase.start, words.start) : max(phrase.end, words.end)]))


# --- what is an accord ----------------------------------------------------------------------------------------


def _is_domestic(title: str) -> bool:
    form = title.lower()
    return any(words in form for words in accord_kinds().domestic)


def _stands_as_name(title: str, kind: str, parties: tuple[Actor, ...], step: str | None) -> bool:
    """A name in capitals: of a weak kind only where sides or a body stand in it, or somebody signs it."""
    if re.search(r"[Rr]esolutions? (?:No\. )?\d+|Control Regime\b", title):
        return True
    if not parties and re.search(r"['’]s\b", title) and kind in {"memorandum", "declaration", "other"}:
        return False  # "the President's Memorandum" is his own
    if kind == "joint_statement":
        return len(parties) > 1 or step in {"signed", "adopted"} or "oint" in title or "eaders" in title
    if kind in _WEAK:
        signed = step in {"signed", "ratified", "to_be_signed"}
        return len(parties) > 1 or signed or (kind == "other" and step == "negotiating") or _is_joint(title)
    return not re.search(r"[*§]", title)


def _is_joint(title: str) -> bool:
    """ "U.S.-Caribbean Partnership": a programme of a state with others."""
    compound = re.search(r"\b((?:\w\.)+|\w+)[-–](?=[A-Z])", title)
    return compound is not None and states().lookup(compound[1]) is not None


def _stands_as_described(noun: Token, title: str, kind: str, parties: tuple[Actor, ...], step: str | None) -> bool:
    """Told of in common words: somebody signs, adopts or negotiates it, or it names the two sides."""
    bare = len(title.split()) == 1
    head = noun.lower_
    if re.search(r"[*§]", title):
        return False
    if head in _TRUCES:
        return not bare and (len(parties) > 1 or head == "truce") and (head != "settlement" or step == "signed")
    if re.match(r"decisions? of the [A-Z].*(?:Conference|Summit|Council)", title):
        return True
    if step is None:
        loose = kind in _WEAK or kind == "joint_statement" or head == "understanding"
        between = len(parties) > 1 or _is_of_place(noun)
        return between and not loose and not bare and not any(word.lower_ == "any" for word in noun.lefts)
    if step not in MADE | {"negotiating", "to_be_signed"}:
        return False
    if bare and head in _CONSENT and step not in {"negotiating"} and step not in {"ratified"}:
        return head == "agreement" and step == "signed" and noun.head.lemma_.lower() in {"sign", "initial", "ink"}
    if kind in _WEAK and step not in {"signed", "ratified", "to_be_signed"}:
        return (
            step == "adopted"
            and head in {"guidelines", "resolution", "documents", "principles", "framework"}
            and (_are_together(noun) or any(party.country is None for party in parties))
        )
    if step == "adopted":
        return len(parties) > 1 or "oint" in title or _are_together(noun) or _says(noun)
    if step in {"in_force", "implementing"}:
        return len(parties) > 1 or not bare
    return True


def _stands_for_another(noun: Token, words: SpacySpan) -> bool:
    """ "The last document was a memo", "Treaty of Paris, the accord that …", "the following statement"."""
    if any(word.lower_ == "following" for word in words):
        return True
    if noun.i > 1 and noun.nbor(-1).lower_ == "of" and accord_kinds().kind(noun.nbor(-2).lower_) == "memorandum":
        return True  # the second noun of a "memorandum of understanding"
    if noun.lower_.startswith("partnership") and not noun.text.istitle():
        return True  # a tie, not an instrument
    before = noun.doc.text[max(0, words.start_char - 8) : words.start_char]
    if re.search(r"—\s*(?:the |a )?$", before):
        return True
    predicate = noun.head
    if noun.lower_ in {"document", "documents"} and noun.dep_ in grammar.SUBJECTS:
        return predicate.pos_ == "NOUN" and accord_kinds().kind(predicate.lower_) is not None
    return noun.dep_ == "appos" and accord_kinds().kind(predicate.lower_) is not None


def _are_together(noun: Token) -> bool:
    """Whether the sentence speaks of a summit, talks or those who hold them."""
    return _PEOPLE_MET.search(noun.sent.text) is not None


def _is_of_place(noun: Token) -> bool:
    """ "The Minsk gas agreements", "the 2019 Geneva accord": named after where it was made."""
    left = [word for word in noun.lefts if word.dep_ in {"compound", "amod", "nmod", "nmod:desc"}]
    return any(word.pos_ == "PROPN" and word.text.istitle() and word.ent_type_ != "DATE" for word in left)


def _says(noun: Token) -> bool:
    """ "The communiqué said": what is quoted has been made."""
    return noun.dep_ in grammar.SUBJECTS and noun.head.lemma_.lower() in {"say", "note", "read", "stress", "state"}


def _sides(parties: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The states, and the bodies that the vocabulary knows."""
    known = organizations()
    return tuple(party for party in parties if party.kind == "state" or known.lookup(party.name) is not None)


def _kind_of_series(title: str) -> str | None:
    """ "A package of agreements" is one of agreements."""
    match = re.match(r"(?:\w+ )?(?:package|series|set|number|raft|batch) of (.+)", title, re.IGNORECASE)
    return accord_kinds().kind(match[1]) if match else None


def _lists_them(noun: Token) -> bool:
    """Whether the sentence goes on to name the documents one by one."""
    after = noun.doc[noun.i + 1 : noun.sent.end]
    mark = re.search(r":|\bincluding\b|\bnamely\b", after.text)
    if mark is None:
        return False
    rest = noun.doc.text[after.start_char + mark.end() : after.start_char + mark.end() + 400]
    return accord_kinds().kind(rest) is not None


def _takes_up(noun: Token, words: SpacySpan, kind: str, known: list[Accord]) -> bool:
    """Whether "the document", "this treaty" takes up an accord told of before, and if so what it adds."""
    definite = any(token.lower_ in _DEFINITE for token in noun.lefts)
    if not definite:
        return False
    before = next((accord for accord in reversed(known) if accord.kind == kind), None)
    if before is None and kind == "other":
        before = known[-1] if known else None
    if before is None:
        return noun.lower_ in {"document", "documents", "plan", "decision", "package", "proposal"}
    step, verb = step_of(noun, words)
    if before.step == "mentioned" and step is not None:
        before.step, before.status = step, status_with(noun, step, verb)
    return True


# --- between whom ---------------------------------------------------------------------------------------------


def _parties(reading: Reading, noun: Token, words: SpacySpan) -> tuple[Actor, ...]:
    between = [actor for other in grammar.oblique(noun, "between", "among") for actor in reading.actors(other)]
    if len(between) > 1:
        return tuple(between)
    inside: dict[str, Actor] = {}
    for mention in reading.mentions:
        if mention.start >= words.end:
            break
        if (
            mention.start >= words.start
            and mention.form in {"state", "demonym", "organization"}
            and mention.entity
        ):
            if noun.i in range(mention.start, mention.end):
                continue  # the accord itself, taken for a body
            inside.setdefault(mention.entity.name, reading.actor(mention.entity, mention))
    for code in states_in(reading, words):
        state = reading.state(code)
        if all(actor.country != code for actor in inside.values()):
            inside.setdefault(state.name, reading.actor(state))
    beside = _with(noun)
    if len(inside) > 1 and not beside:
        return tuple(inside.values())
    over = grammar.clause_verb(noun)
    if noun.head.pos_ in {"NOUN", "PROPN"} and over is not None:  # "concluded negotiations on a trade agreement"
        doer = grammar.subject(over)
        both = _states_of(reading, reading.actors(doer)) if doer is not None else ()
        if len(both) == 2:
            return both
    verb = noun.head if noun.head.pos_ == "VERB" else None
    if verb is not None and accord_kinds().verbs.get(verb.lemma_.lower()) in {"signed", "adopted", "ratified"}:
        subject = grammar.agent(verb) if grammar.is_passive(verb) else grammar.subject(verb)
        if subject is not None and subject != noun:
            other = [actor for side in beside for end in grammar.conjuncts(side) for actor in reading.actors(end)]
            return _states_of(reading, [*_signers(reading, subject), *other]) or tuple(inside.values())
    return tuple(inside.values())


def _with(noun: Token) -> list[Token]:
    """With whom it is made, also behind what it is about: "a treaty on fishing with Chile"."""
    about = [child for child in noun.rights if is_subject_matter(child)]
    return [side for word in (noun, *about, noun.head) for side in grammar.oblique(word, "with")]


def _signers(reading: Reading, subject: Token) -> tuple[Actor, ...]:
    """Who signs; of "Ministers Weber of Austria and Berg of Norway" the states whose ministers they are."""
    found: list[Actor] = []
    for noun in grammar.conjuncts(subject):
        of = [actor for state in grammar.oblique(noun, "of") for actor in reading.actors(state)]
        states = [actor for actor in of if actor.kind == "state"]
        own = reading.actors(noun)
        found.extend(states if states and not any(actor.country for actor in own) else own)
    return tuple(found)


def _two_sides(reading: Reading) -> tuple[Actor, ...]:
    """The states that the document is between; the publisher's own where it names only the guest's."""
    states_met = list(reading.principal_states)
    home = reading.home
    if len(states_met) == 1 and home is not None and states_met[0].country != home:
        states_met.insert(0, reading.state(home))
    return tuple(reading.actor(entity) for entity in states_met)


def _states_of(reading: Reading, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Who signs for a state binds the state."""
    found: dict[str, Actor] = {}
    for actor in actors:
        if actor.country:
            state = reading.state(actor.country)
            found.setdefault(actor.country, reading.actor(state))
        else:
            found.setdefault(actor.name, actor)
    return tuple(found.values())
