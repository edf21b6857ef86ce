"""Whether an act happened, is planned, was put off, called off or denied: read from the parse around its word.

The act is a verb ("visited") or an event noun ("visit", "talks"). Its status comes from the words on it
("planned"), from what governs it ("cancelled his visit", "invited him to visit") and from tense and auxiliaries;
the words stand in modality.yaml. The governor outweighs the modifier: a planned visit that was cancelled is
cancelled. Labels are those of Universal Dependencies, version 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from dragoman.annotate.edtf_dates import bounds
from dragoman.extract.clause_tense import Tense, has_negation, tense_of
from dragoman.extract.governors import (
    OFF,
    SUBJECTS,
    effect_on,
    governor_of,
    misread_verb,
    noun_status,
    preposition,
)
from dragoman.extract.modality_words import Governor, modality_words
from dragoman.records import Status

__all__ = ["Modality", "modality_of", "status_of"]

_DEEPEST = 8  # governors above one another; more than any sentence of use has


@dataclass(frozen=True, slots=True)
class Modality:
    """A status and where it came from: ``rule`` names the kind of word, ``word`` the token that decided.

    firm: a word says so; False where only the tense, or nothing, does and a date may correct it.
    """

    status: Status
    rule: str
    word: Token
    negated: bool = False
    hypothetical: bool = False
    firm: bool = True


def status_of(doc: Doc, target: Token | Span, *, edtf: str | None = None, published: str | None = None) -> Status:
    """The status of the act that a verb or event noun names. See modality_of."""
    return modality_of(doc, target, edtf=edtf, published=published).status


def modality_of(
    doc: Doc, target: Token | Span, *, edtf: str | None = None, published: str | None = None
) -> Modality:
    """The status of an act with its reason.

    edtf, published: the act's date and the document's. An act dated after publication is not done, whatever the
    tense ("The president visits Rome on 3 May"), unless a word says otherwise.
    """
    token = target.root if isinstance(target, Span) else target
    if token.doc is not doc:
        raise ValueError("the target belongs to another document")
    found = _event(token, 0)
    act, day = bounds(edtf)[0], bounds(published)[1]
    if act and day and act > day and not found.firm and found.status in ("done", "ongoing"):
        return replace(found, status="planned", rule="date")
    over, start = bounds(edtf)[1], bounds(published)[0]
    inherited = found.rule.startswith("tense") and found.word.i != token.i
    if over and start and over < start and inherited and found.status in ("planned", "proposed"):
        return replace(found, status="done", rule="date")
    return found


def _event(token: Token, depth: int) -> Modality:
    if depth > _DEEPEST:
        return Modality("done", "default", token, firm=False)
    if token.pos_ in ("VERB", "AUX"):
        return _verb(token, depth)
    return _noun(token, depth)


# The event is a verb.


def _verb(verb: Token, depth: int) -> Modality:
    tense = tense_of(verb)
    if not tense.finite:
        return _governed(verb, depth) or _by_tense(verb, tense)
    denier = _denying(verb, depth)
    if denier is not None:
        return denier
    if (
        verb.dep_ == "conj"
        and verb.tag_ in ("VB", "VBP")
        and not any(one.dep_ in SUBJECTS for one in verb.children)
    ):
        for above in verb.ancestors:
            if (
                tense_of(above).when == "future"
            ):  # joined to a verb in between: "will see a play that ends and go on"
                return _by_tense(above, tense_of(above))
    return _by_tense(verb, tense)


def _by_tense(verb: Token, tense: Tense) -> Modality:
    negated, hypothetical = tense.negated, tense.when == "possible" or tense.conditional
    status: Status
    if tense.when == "future":
        status = "cancelled" if negated else "proposed" if tense.conditional else "planned"
    elif hypothetical:
        status = "denied" if negated and not tense.conditional and tense.past_modal else "proposed"
    elif negated:
        status = "denied"
    elif tense.when == "present" and _looks_ahead(verb):
        status = "planned"
    elif tense.when == "present" and (tense.progressive or verb.lemma_ == "be"):
        status = "ongoing"
    else:
        status = "done"
    firm = tense.when in ("future", "possible") or negated or hypothetical
    return Modality(status, f"tense.{tense.when}", verb, negated, hypothetical, firm)


def _looks_ahead(verb: Token) -> bool:
    """ "The visit goes ahead": it is still to come."""
    after = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    return (verb.lemma_.lower(), after) in modality_words().ahead_in_present


def _denying(verb: Token, depth: int) -> Modality | None:
    """ "denied that they met": a finite clause takes a status from its governor only where that denies it."""
    if verb.dep_ not in ("ccomp", "acl") or verb.head is verb:
        return None
    above = effect_on(verb.head, verb)
    if above is None or above.effect != "denied":
        return None
    governor = _event(verb.head, depth + 1)
    return None if governor.negated or governor.status in OFF else _made("denied", "verb", verb.head)


# The event is a noun.


def _noun(noun: Token, depth: int) -> Modality:
    if any(child.dep_ == "cop" for child in noun.children):
        return _predicate(noun)
    governed, own = _governed(noun, depth), _modifier(noun)
    found = own or governed
    if governed is not None and governed.status in OFF:
        found = own if own and own.status in OFF and governed.status == "denied" else governed
    if found is None or (found.status in ("done", "ongoing") and found.rule != "modifier"):
        found = _misparsed(noun) or found
    return found or Modality("done", "default", noun, firm=False)


def _misparsed(noun: Token) -> Modality | None:
    """What the words in order say where the parse ties them wrongly: so that no plan is taken for an act."""
    if (misread := misread_verb(noun)) is not None:
        return _made(misread[0].effect, "verb", misread[1])  # type: ignore[arg-type]
    verb = _clause_after(noun)
    if verb is not None and (found := _relative(verb)) is not None and found.status not in ("done", "ongoing"):
        return found
    there = modality_words().expected_there
    for place in range(noun.i - 1, max(noun.i - 14, noun.sent.start), -1):
        word = noun.doc[place]
        if word.lower_ in there and any(
            near.lower_ in ("is", "are") for near in word.doc[max(0, place - 3) : place]
        ):
            return _made("planned", "modifier", word)
        if word.pos_ == "VERB":
            return None
    return None


def _clause_after(noun: Token) -> Token | None:
    """The verb of a "which" that follows the noun with nothing but names between."""
    doc, end = noun.doc, min(noun.sent.end, noun.i + 14)
    for place in range(noun.i + 1, end):
        if doc[place].pos_ in ("VERB", "AUX"):
            return None
        if doc[place].lower_ == "which" and doc[place].dep_ in SUBJECTS:
            return doc[place].head
    return None


def _predicate(noun: Token) -> Modality:
    """ "is on a visit", "will be his first visit": the copula's tense."""
    tense, own = tense_of(noun), _modifier(noun)
    if own is not None and not tense.negated:
        return own
    found = _by_tense(noun, tense)
    if found.status == "done" and tense.when == "present":
        return replace(found, status="ongoing")
    return found


def _modifier(noun: Token) -> Modality | None:
    words = modality_words()
    if any(child.dep_ == "det" and child.lower_ in words.no_one for child in noun.children):
        return Modality("denied", "negation", noun, negated=True)
    for child in noun.children:
        if child.dep_ in ("acl", "acl:relcl"):
            found = _relative(child)
            if found is not None:
                return found
        elif child.dep_ in ("amod", "compound", "nmod") and not _own_case(child):
            status = words.modifiers.get(child.lower_)
            if status is not None:
                return _made(status, "modifier", child)
    return None


def _own_case(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def _relative(verb: Token) -> Modality | None:
    """What a clause on the noun says of it: "talks scheduled for May", "the visit, which has been put off"."""
    if verb.pos_ not in ("VERB", "ADJ"):
        return None
    tense = tense_of(verb)
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ == "acl")
    passive = participle and not any(child.dep_ == "obj" for child in verb.children)
    if (
        verb.dep_ == "acl"
        and not passive
        and verb.pos_ == "VERB"
        and not (tense.finite and tense.when == "future")
    ):
        return None
    if verb.dep_ == "acl:relcl" and not passive and not _speaks_of_head(verb):
        return None
    governor = governor_of(verb, None)
    if governor is None or governor.effect == "mentions":
        return None
    if governor.effect == "inherits":
        return _by_tense(verb, tense) if tense.finite else None
    return _weigh(governor, _by_tense(verb, tense), verb)


def _speaks_of_head(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.lower_ in ("which", "that") for child in verb.children)


# What governs the event.


def _governed(token: Token, depth: int) -> Modality | None:
    """What the governor makes of the event; None where nothing does."""
    head = token.head
    if head is token or depth > _DEEPEST:
        return None
    if token.dep_ in ("conj", "appos", "parataxis", "fixed", "flat", "list"):
        return _governed_by_conjunct(token, head, depth)
    if token.dep_ in ("advcl", "obl", "obl:unmarked", "nmod", "acl"):
        linked = preposition(token)
        if linked is not None and (found := _by_preposition(token, linked, depth)):
            return found
    if head.pos_ in ("VERB", "AUX", "ADJ", "ADV") or any(child.dep_ == "cop" for child in head.children):
        return _by_verb(token, head, depth)
    if head.pos_ in ("NOUN", "PROPN", "PRON"):
        return _by_noun(token, head, depth)
    return None


def _governed_by_conjunct(token: Token, head: Token, depth: int) -> Modality | None:
    if (token.pos_ in ("NOUN", "PROPN")) != (head.pos_ in ("NOUN", "PROPN")):
        return None
    if token.tag_ == "VB" and head.tag_ != "VB" and head.pos_ == "VERB":
        return _by_verb(token, head, depth)  # "agreed to meet and to hold talks", joined to the wrong verb
    return _event(head, depth + 1)


def _by_preposition(token: Token, linked: str, depth: int) -> Modality | None:
    status = modality_words().prepositions.get(linked)
    if linked == "without" and token.dep_ == "advcl":
        return Modality("denied", "preposition", token, negated=True)
    if status is None:
        return None
    above = _event(token.head, depth + 1) if token.head.pos_ in ("VERB", "AUX") else None
    if status == "done" and above is not None and above.status in ("planned", "proposed"):
        return replace(above, firm=above.firm)
    return Modality(status, "preposition", token, firm=status == "planned")


def _by_verb(token: Token, head: Token, depth: int) -> Modality | None:
    governor = effect_on(head, token)
    if governor is None and preposition(token) == "for" and (found := _by_subject(head)):
        return found
    if governor is None:
        above = _event(head, depth + 1) if head.pos_ in ("VERB", "AUX") else _by_tense(head, tense_of(head))
        return _inherited(token, head, above)
    if governor.effect == "mentions":
        return Modality("done", "mention", head, firm=False)
    above = _event(head, depth + 1) if head.pos_ in ("VERB", "AUX") else _by_tense(head, tense_of(head))
    if governor.effect == "inherits":
        return _inherited(token, head, above)
    found = _weigh(governor, above, head)
    if found.status in ("planned", "proposed"):
        return _called_off_later(head, token) or found
    return found


def _by_subject(head: Token) -> Modality | None:
    """ "Preparations are under way for a visit": the noun that governs the event stands as the subject."""
    for child in head.children:
        if child.dep_ in SUBJECTS and (status := noun_status(child)) in ("planned", "proposed"):
            return _made(status, "noun", child)
    return None


def _inherited(token: Token, head: Token, above: Modality) -> Modality:
    """The event shares the governor's fate: "will be held", "did not take place", "arrived for a visit"."""
    if token.dep_.startswith("obl") and above.negated and _stands_beside(head, token):
        # "did not speak at the summit": the summit took place all the same
        return replace(
            above, status="planned" if above.rule == "tense.future" else "done", negated=False, firm=False
        )
    if above.rule == "tense.possible" and preposition(token) in ("at", "during") and _stands_beside(head, token):
        return Modality("done", "default", token, firm=False)  # "what should be done was discussed at the summit"
    arriving = (
        head.lemma_ in ("arrive", "come", "be") and token.dep_ == "obl" and preposition(token) in ("for", "on")
    )
    if arriving and above.status == "done":
        return replace(above, status="ongoing")
    return above


def _stands_beside(head: Token, token: Token) -> bool:
    """Whether the event is only where something else is said to happen: "at the summit there was no time"."""
    return head.lemma_ in ("be", "is") or governor_of(head, token) is None


def _by_noun(token: Token, head: Token, depth: int) -> Modality | None:
    """ "preparations for the visit", "an invitation to visit", "the results of the talks"."""
    status = noun_status(head)
    if status is None or (token.dep_ == "acl" and token.tag_ == "VBN"):
        if token.dep_ == "acl" and token.tag_ in ("VBG", "VBN"):
            return None
        return _governed(head, depth + 1) if token.dep_ in ("nmod", "compound", "acl", "nmod:poss") else None
    above = _governed(head, depth + 1)
    if any(child.dep_ == "det" and child.lower_ in modality_words().no_one for child in head.children):
        return Modality("denied", "negation", head, negated=True)
    if _no_longer(head):
        return Modality("cancelled", "negation", head, negated=True)
    if status == "done":
        return Modality("done", "noun", head, firm=False)
    if above is not None and above.firm and status in ("planned", "proposed"):
        if above.status in OFF:
            return above
        if head.head.lemma_ == "accept" and not above.negated:
            return _made("planned", "verb", head.head)
    if above is not None and above.negated and status in ("planned", "proposed"):
        return replace(above, status="denied")
    return _made(status, "noun", head)


def _weigh(governor: Governor, above: Modality, head: Token) -> Modality:
    """What the governor makes of the event, given whether the governor itself is true."""
    status: Status = governor.effect  # type: ignore[assignment]
    undone = above.status in ("denied", "cancelled") and above.word.i == head.i and above.negated
    if status in ("cancelled", "postponed", "denied"):
        if undone or (status != "denied" and above.status == "denied"):
            return Modality("planned", "verb.negated", head)
        if status == "denied" and above.status == "denied":
            return above
        if above.hypothetical and status != "denied":
            return Modality("planned", "verb.possible", head, hypothetical=True)
        return _made(status, "verb", head)
    if undone:
        return Modality("cancelled" if _no_longer(head) else "denied", "verb.negated", head, negated=True)
    if above.status in OFF and above.word.i != head.i:
        return above
    if status == "planned" and above.status == "proposed" and above.hypothetical:
        return replace(above, word=head)
    return _made(status, "verb", head)


def _no_longer(head: Token) -> bool:
    return any(child.lower_ == "longer" for child in head.children)


def _made(status: Status, rule: str, word: Token) -> Modality:
    return Modality(status, f"{rule}.{word.lemma_.lower()}", word, hypothetical=status == "proposed")


def _called_off_later(head: Token, token: Token) -> Modality | None:
    """ "was planned for May but was postponed": a later verb of the same clause takes the plan back."""
    own = (verb for verb in _later_conjuncts(token) if tense_of(verb).finite)  # joined to the infinitive
    for verb in (*_later_conjuncts(head), *own):
        governor = governor_of(verb, None)
        if governor is None or governor.effect not in ("cancelled", "postponed"):
            continue
        above = _by_tense(verb, tense_of(verb))
        if has_negation(verb) or above.hypothetical or above.status == "planned":
            continue
        objects = [child for child in verb.children if child.dep_ == "obj"]
        if not objects or any(_same_event(child, token) for child in objects):
            return _made(governor.effect, "verb", verb)  # type: ignore[arg-type]
    return None


def _later_conjuncts(head: Token) -> Iterator[Token]:
    waiting = [head]
    while waiting:
        for child in waiting.pop().children:
            if child.dep_ in ("conj", "parataxis") and child.i > head.i and child.pos_ == "VERB":
                yield child
                waiting.append(child)


def _same_event(word: Token, token: Token) -> bool:
    if word.pos_ == "PRON":
        return True
    definite = any(child.dep_ == "det" and child.lower_ == "the" for child in word.children)
    return definite or word.lemma_ == token.lemma_
