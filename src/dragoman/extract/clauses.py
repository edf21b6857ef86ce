"""How far a clause reaches: from its subject or verb to where the next act of the sentence begins."""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span, Token

from dragoman.annotate import grammar

_LEFT = frozenset({"aux", "aux:pass", "auxpass", "cop", "advmod", "neg", "expl"})
_CUT_END = frozenset({"and", "but", "while", "also", "or", "as", "in", "to", "then", "that"})
_LONGEST = 400  # tokens of a sentence
_QUOTES = frozenset('"“”«»')


def readable_tokens(doc: Doc) -> Iterator[Token]:
    """The tokens of sentences of a length that people write; longer ones are lists, tables or nonsense."""
    for sentence in doc.sents:
        if len(sentence) <= _LONGEST:
            yield from sentence


def reach(verb: Token, acts: Container[int] = ()) -> int:
    """Index of the token after the last of a verb's clause; acts: indices of verbs with acts of their own."""
    doc, sentence = verb.doc, verb.sent
    end: int = sentence.end
    for token in doc[verb.i + 1 : sentence.end]:
        if not grammar.is_verb(token):
            continue
        if _is_next_act(token, verb, acts):
            end = _before(token, verb)
            break
    while end > verb.i + 1 and _is_loose(doc[end - 1]):
        end -= 1
    return end


def _is_next_act(token: Token, verb: Token, acts: Container[int]) -> bool:
    """Whether a verb that follows starts another act and does not belong to what this one reports."""
    if token.dep_ in {"conj", "parataxis"} and token.head == verb:
        return True
    if token.i not in acts:
        return False
    node = token
    for _ in range(6):
        if node == verb or node.head == node:
            break
        if node.dep_ in {"ccomp", "xcomp", "acl:relcl", "relcl", "acl", "csubj"} and node.head != verb:
            return False
        if node.dep_ == "ccomp" and node.head == verb:
            return False
        node = node.head
    previous = token.nbor(-1)
    return (token.tag_ == "VBG" and previous.lower_ in {",", "while", "and"}) or (
        token.tag_ in {"VBD", "VBZ", "VBP"} and _after_and(token, verb)
    )


def _after_and(token: Token, verb: Token) -> bool:
    """Whether "and", "but" or a comma stands shortly before, with nothing but a subject between."""
    left = max(verb.i + 1, token.left_edge.i - 1)
    return any(word.lower_ in {"and", "but", ","} for word in token.doc[left : token.i])


def _before(token: Token, verb: Token) -> int:
    """Index at which the clause of a following verb begins."""
    start: int = token.i
    for child in token.lefts:
        if child.dep_ in grammar.SUBJECTS or child.dep_ in _LEFT or child.dep_ in {"mark", "cc", "obl"}:
            start = min(start, child.left_edge.i)
    return max(start, int(verb.i) + 1)


def _is_loose(token: Token) -> bool:
    return bool((token.is_punct and token.text not in {")", "]", "%"} | _QUOTES) or token.is_space) or (
        token.lower_ in _CUT_END
    )


def head_start(verb: Token) -> int:
    """Index where a clause begins: at its own subject, else at the verb with what belongs to it."""
    start: int = verb.i
    for child in verb.lefts:
        if child.dep_ in grammar.SUBJECTS:
            start = min(start, child.left_edge.i)
        elif child.dep_ in _LEFT:
            start = min(start, child.i)
    doc = verb.doc
    while start < verb.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].lower_ in {"and", "but", "where"}
    ):
        start += 1
    return start


def act(verb: Token, acts: Container[int] = ()) -> Span:
    """The whole clause: who does it, the verb and what follows."""
    return grammar.trim(verb.doc[head_start(verb) : reach(verb, acts)])


def complement(verb: Token, acts: Container[int] = (), *, told: bool = False) -> Span | None:
    """What is said, where it is a clause, with "that" or without; None where there is none.

    told: the verb may name whom it is said to ("told the council that …").
    """
    doc, end = verb.doc, reach(verb, acts)
    for token in doc[verb.i + 1 : min(verb.i + 12, end)]:
        if token.lower_ == "that" and (token.dep_ in {"mark", "dep"} or (told and token.tag_ != "DT")):
            return _between(verb, token.i + 1, end)
    for child in verb.rights:
        if child.dep_ in {"ccomp", "parataxis"} and child.i < end and grammar.own_subject(child) is not None:
            return _between(verb, child.left_edge.i, end)
    return None


def _between(verb: Token, start: int, end: int) -> Span | None:
    doc = verb.doc
    while start < end and (doc[start].lower_ == "that" or doc[start].is_space or doc[start].text in {",", ":"}):
        start += 1
    return grammar.trim(doc[start:end]) if end - start >= 2 else None


def complement_before(verb: Token) -> Span | None:
    """What is said, where it stands before the verb: "The road is open, said the minister"."""
    doc, sentence = verb.doc, verb.sent
    subject = grammar.own_subject(verb)
    if subject is None or (subject.i < verb.i and _words_left(verb) > 3):
        return None
    comma = next((i for i in range(verb.i - 1, max(sentence.start, verb.i - 14), -1) if doc[i].text == ","), None)
    if comma is None or comma - sentence.start < 5:
        return None
    words = doc[sentence.start : comma]
    if not any(grammar.is_verb(token) and grammar.own_subject(token) is not None for token in words):
        return None
    return grammar.trim(words)


def _words_left(verb: Token) -> int:
    """How many words of the sentence follow a verb."""
    return sum(1 for token in verb.doc[verb.i + 1 : verb.sent.end] if not token.is_punct and not token.is_space)


def noun_phrase(noun: Token, acts: Container[int] = ()) -> Span:
    """A noun with whose it is and what it is of or to, up to the next act of the sentence."""
    start: int = noun.i
    for child in noun.lefts:
        if child.dep_ not in {"case", "cc", "punct", "mark"}:
            start = min(start, child.left_edge.i)
    edge: int = noun.right_edge.i + 1
    end = min(edge, reach(noun, acts)) if edge - noun.i > 3 else reach(noun, acts)
    return grammar.trim(noun.doc[start:end])
