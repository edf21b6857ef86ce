"""What governs an event word, and whether the words of modality.yaml reach from there to the event."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.extract.modality_words import Governor, modality_words
from dragoman.records import Status

__all__ = ["OFF", "SUBJECTS", "effect_on", "governor_of", "misread_verb", "noun_status", "preposition"]

SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer", "nsubj:pass", "nsubjpass"})
OFF = frozenset({"cancelled", "postponed", "denied"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass", "csubj:pass", "xcomp", "ccomp", "dobj", "nsubjpass"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "csubj", "csubj:pass", "acl", "conj"})
_REACHING = frozenset({None, "for", "on", "to", "with", "about", "of", "in", "from"})
_NAME_TAGS = frozenset({"NN", "NNS", "NNP", "JJ", "DT", "PRP$"})


def _lemmas(token: Token) -> Iterator[str]:
    """The lemma, and what the word would be without its ending where the lemmatizer left it on."""
    word = token.lower_
    yield token.lemma_.lower()
    yield word
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            yield word[: -len(ending)]


def preposition(token: Token) -> str | None:
    """The preposition or conjunction that ties a word to its head, with fixed parts: "ahead of"."""
    for child in token.children:
        if child.dep_ in ("case", "mark") and child.lower_ != "to":
            parts = [child, *(part for part in child.children if part.dep_ == "fixed")]
            previous = token.doc[child.i - 1] if child.i else child
            if child.lower_ == "of" and previous.lower_ == "ahead":
                parts = [previous, child]
            return " ".join(part.lower_ for part in sorted(parts, key=lambda part: part.i))
    return None


def effect_on(head: Token, token: Token) -> Governor | None:
    """The entry for a governing verb or predicate adjective, if the event stands where the entry can reach it."""
    governor = governor_of(head, token)
    if governor is None or governor.particle or governor.effect in ("inherits", "mentions"):
        return governor
    if token.dep_ in SUBJECTS:
        return governor if token.dep_ not in ("nsubj", "csubj") or _is_passive(head) else None
    if token.dep_ in _OBJECTS or token.dep_ in _CLAUSES:
        return governor
    if token.dep_.startswith("obl"):
        return governor if preposition(token) in _REACHING and governor.effect not in OFF else None
    return None


def _is_passive(head: Token) -> bool:
    """Passive, or a predicate adjective, or a headline's participle that was read as a past tense."""
    if head.tag_ in ("VBN", "JJ") or head.pos_ == "ADJ":
        return True
    return head.tag_ == "VBD" and not any(
        child.dep_ in ("obj", "xcomp", "ccomp", "obl:arg") for child in head.children
    )


def governor_of(head: Token, token: Token | None) -> Governor | None:
    """The entry for a verb, whatever stands under it; ``token`` is where a particle may follow."""
    verbs = modality_words().verbs
    entries = next((verbs[form] for form in _lemmas(head) if form in verbs), ())
    return next(
        (entry for entry in entries if not entry.particle or _has_particle(head, token, entry.particle)), None
    )


def _has_particle(head: Token, token: Token | None, particle: tuple[str, ...]) -> bool:
    """Whether the words follow the verb, at once or after its object: "put off", "put the visit off"."""
    doc, count = head.doc, len(particle)
    later = [child for child in head.children if child.i > head.i]
    starts = [head.i + 1, *(child.i for child in later if child.dep_ in ("compound:prt", "advmod", "obl"))]
    starts += [child.left_edge.i for child in later if child.dep_ == "obl"]
    if token is not None and token.i > head.i:
        starts.append(token.right_edge.i + 1)
    return any(tuple(word.lower_ for word in doc[start : start + count]) == particle for start in starts)


def noun_status(noun: Token) -> Status | None:
    """The status that a noun gives the event under it: "cancellation of the visit"."""
    nouns = modality_words().nouns
    return next((nouns[form] for form in _lemmas(noun) if form in nouns), None)


def misread_verb(noun: Token) -> tuple[Governor, Token] | None:
    """ "President cancels state visit": a headline's verb before the event that the tagger took for a noun."""
    for place in range(noun.i - 1, max(noun.i - 6, noun.sent.start), -1):
        word = noun.doc[place]
        if word.tag_ not in _NAME_TAGS:
            return None
        if word.tag_ in ("NN", "NNS") and word.lower_.endswith("s"):
            entries = modality_words().verbs
            found = next(
                (entry for form in _lemmas(word) for entry in entries.get(form, ()) if not entry.particle), None
            )
            if found is not None and found.effect in OFF:
                return found, word
    return None
