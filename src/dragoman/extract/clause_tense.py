"""Tense, negation and condition of a clause, from the auxiliaries of its verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dragoman.extract.modality_words import modality_words

__all__ = ["Tense", "has_negation", "tense_of"]

_AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass", "cop"})
_BE = frozenset({"is", "are", "am", "was", "were", "'s", "’s", "'re", "’re", "be", "been", "being", "'m", "’m"})
_PAST_BE = frozenset({"was", "were"})
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "nsubjpass", "nsubj:outer"})


@dataclass(frozen=True, slots=True)
class Tense:
    """When a clause places its verb.

    finite: False for "to visit" and "visiting", which depend on another verb.
    when: "possible" for may, could, should; "none" where nothing tells. conditional: it stands after "if".
    past_modal: "could have met".
    """

    when: Literal["past", "present", "future", "possible", "none"]
    finite: bool = True
    progressive: bool = False
    negated: bool = False
    conditional: bool = False
    past_modal: bool = False


def tense_of(verb: Token) -> Tense:
    """The tense of the clause that a verb (or a predicate with a copula) heads."""
    words = _auxiliaries(verb)
    negated, conditional = has_negation(verb), _is_conditional(verb)
    vocabulary = modality_words()
    perfect = any(word in _HAVE for word in words)
    if any(word in vocabulary.future for word in words) or _going_to(verb):
        past_modal = "would" in words and perfect
        when: Literal["possible", "future"] = "possible" if past_modal else "future"
        return Tense(when, negated=negated or past_modal, conditional=conditional, past_modal=past_modal)
    if any(word in vocabulary.possible for word in words):
        return Tense("possible", negated=negated, conditional=conditional, past_modal=perfect)
    if any(_is_to(child) for child in verb.children):
        if any(word in _BE for word in words if word not in ("be", "been", "being")) or _headline(verb):
            return Tense("future", negated=negated, conditional=conditional)
        return Tense("none", finite=False, negated=negated)
    return _without_modal(verb, words, negated=negated, conditional=conditional)


def _without_modal(verb: Token, words: tuple[str, ...], *, negated: bool, conditional: bool) -> Tense:
    if any(word in _HAVE for word in words) or any(word in _PAST_BE or word == "did" for word in words):
        return Tense("past", negated=negated, conditional=conditional)
    if any(word in _BE for word in words):
        if words[-1] == "being" or verb.tag_ == "VBG":
            finite = any(word not in ("be", "being", "been") for word in words)
            return Tense("present", finite=finite, progressive=True, negated=negated, conditional=conditional)
        return Tense("present", negated=negated, conditional=conditional)
    if any(word in ("do", "does") for word in words):
        return Tense("present", negated=negated, conditional=conditional)
    if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and _has_subject(verb)):
        return Tense("past", negated=negated, conditional=conditional)
    if verb.tag_ in ("VBZ", "VBP"):
        return Tense("present", negated=negated, conditional=conditional)
    if verb.tag_ == "VB" and _has_subject(verb) and verb.dep_ == "ROOT":
        return Tense("present", negated=negated, conditional=conditional)
    if verb.tag_ == "VBN" and verb.dep_ == "ROOT":
        return Tense("past", negated=negated, conditional=conditional)
    return Tense("none", finite=False, negated=negated, conditional=conditional)


def _auxiliaries(verb: Token) -> tuple[str, ...]:
    """Auxiliaries, lower case; those of the first verb where a later one shares them: "will go and meet"."""
    tag = verb.tag_
    while True:
        own = tuple(child.lower_ for child in verb.children if child.dep_ in _AUXILIARIES)
        first = verb.head
        alone = verb.dep_ != "conj" or _has_subject(verb) or tag in ("VBD", "VBZ", "VBP") or first is verb
        if own or alone or first.pos_ not in ("VERB", "AUX") or (tag not in ("VB", first.tag_)):
            return own
        verb = first


def has_negation(verb: Token) -> bool:
    """Whether the clause is negated, by an adverb or by a subject or object with "no"."""
    words = modality_words()
    for child in verb.children:
        if child.lower_ in words.negations and child.dep_ in ("advmod", "neg", "aux", "cc:preconj", "cc"):
            if child.i + 1 < len(verb.doc) and verb.doc[child.i + 1].lower_ in ("only", "just", "merely"):
                continue  # "not only": it is so, and more
            return True
        if child.lower_ == "longer" and any(part.lower_ == "no" for part in child.children):
            return True
        if child.dep_ in _SUBJECTS and (
            child.lower_ in ("nobody", "none", "neither")
            or any(part.dep_ == "det" and part.lower_ in words.no_one for part in child.children)
        ):
            return True
    return False


def _is_conditional(verb: Token) -> bool:
    conditions = modality_words().conditions
    return any(child.dep_ in ("mark", "advmod") and child.lower_ in conditions for child in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _is_to(mark: Token) -> bool:
    """The "to" of an infinitive, also where a fixed phrase ends in it: "due to open"."""
    return mark.dep_ == "mark" and (mark.lower_ == "to" or any(part.lower_ == "to" for part in mark.children))


def _going_to(verb: Token) -> bool:
    """ "is going to visit": the infinitive under a progressive "going"."""
    return bool(verb.dep_ == "xcomp" and verb.head.lower_ == "going" and verb.tag_ == "VB")


def _headline(verb: Token) -> bool:
    """ "President to visit Rome": an infinitive without a finite verb above it, as headlines have it."""
    if verb.tag_ != "VB":
        return False
    if verb.dep_ == "ROOT":
        return bool(verb.i > verb.sent.start + 1)
    head = verb.head
    named = head.pos_ in ("NOUN", "PROPN") and head.lemma_.lower() not in modality_words().nouns
    return bool(verb.dep_ == "acl" and head.dep_ == "ROOT" and named and head.i < verb.i)
