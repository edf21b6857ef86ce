"""Questions put to a parse: who is the subject, what the object, which noun follows which preposition.

The shipped pipeline speaks Universal Dependencies; spaCy's own English pipelines speak CLEAR (ClearNLP) labels,
in which prepositions govern their nouns. Everything that reads the parse asks here, so that both work.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass"})
OBJECTS = frozenset({"obj", "dobj"})
INDIRECT = frozenset({"iobj", "dative"})
CLAUSES = frozenset({"ccomp", "xcomp", "csubj"})
RELATIVES = frozenset({"acl:relcl", "relcl", "acl"})
OBLIQUES = frozenset(
    {"obl", "obl:agent", "obl:tmod", "obl:npmod", "obl:unmarked", "nmod", "nmod:unmarked", "npadvmod"}
)
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})
_AUXILIARY = frozenset({"aux", "aux:pass", "cop", "auxpass"})
_LINKING = frozenset({"remain", "stand", "stay", "keep", "become"})
# what is cut from a noun phrase to leave its name-like core
_LOOSE = frozenset({"acl:relcl", "relcl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "acl", "dep"})


def is_verb(token: Token) -> bool:
    """A verb, or an auxiliary that carries the clause."""
    return bool(token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in _AUXILIARY))


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive; a past tense without auxiliary, or with an object, does not."""
    if any(child.dep_ in {"aux:pass", "auxpass"} for child in verb.children):
        return True
    passive = any(child.dep_ in PASSIVE_SUBJECTS for child in verb.lefts)
    return passive and verb.tag_ != "VBD" and not any(child.dep_ in SUBJECTS for child in verb.rights)


def subject(verb: Token) -> Token | None:
    """The subject of a verb, also through coordination, control and relative clauses; None where there is none."""
    node = verb
    for _ in range(6):
        own = own_subject(node)
        if own is not None:
            return _antecedent(own, node)
        if node.head == node:
            return None
        if node.dep_ in RELATIVES:
            return node.head  # "the minister heading the delegation"
        if node.dep_ not in {"conj", "xcomp", "advcl", "ccomp", "parataxis"}:
            return None
        if node.dep_ == "conj" and (second := _second_subject(node.head, node)) is not None:
            return second
        node = node.head
        if node.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}:
            return None
    return None


def own_subject(verb: Token) -> Token | None:
    """The subject that depends on the verb itself, before it or after it ("…", said the minister)."""
    crossed = _subject_of_fronted(verb) or _subject_after_fronted(verb)
    if crossed is not None:
        return crossed
    for side in (verb.lefts, verb.rights):
        for child in side:
            if child.dep_ in SUBJECTS:
                return child
    link = linking_verb(verb)
    return next((word for word in link.lefts if word.dep_ in SUBJECTS), None) if link is not None else None


def _subject_of_fronted(verb: Token) -> Token | None:
    """Of "The king will visit Norway, the court said" the king, whom the parse may hang on "said"."""
    head = verb.head
    if verb.dep_ not in {"ccomp", "parataxis"} or head.i <= verb.i:
        return None
    if any(child.dep_ in SUBJECTS for child in verb.lefts):
        return None
    return next((child for child in head.lefts if child.dep_ in SUBJECTS and child.i < verb.i), None)


def _subject_after_fronted(verb: Token) -> Token | None:
    """Of "The king will visit Norway, the court said" the court, where the parse hangs the king on "said" too."""
    clause = next((child for child in verb.lefts if child.dep_ in {"ccomp", "parataxis"}), None)
    if clause is None or _subject_of_fronted(clause) is None:
        return None
    after = [*(child for child in verb.lefts if child.i > clause.i), *clause.rights]
    return next((child for child in after if child.dep_ in SUBJECTS), None)


def linking_verb(predicate: Token) -> Token | None:
    """Of "Norway remains ready" for "ready" the verb right before it, whatever the parse makes the head."""
    place = predicate.i - 1
    while place > predicate.sent.start and predicate.doc[place].pos_ == "ADV":
        place -= 1
    before = predicate.doc[place] if place >= predicate.sent.start else predicate
    links = predicate.pos_ == "ADJ" and before.lemma_ in _LINKING and before.dep_ not in _AUXILIARY
    return before if links else None


def _second_subject(head: Token, verb: Token) -> Token | None:
    """Of "The king thanked her and the leaders agreed" the leaders, where both subjects hang on "thanked"."""
    if not any(child.dep_ in SUBJECTS for child in head.lefts):
        return None
    between = [child for child in head.rights if child.dep_ in SUBJECTS and child.i < verb.i]
    joined = (child for child in between if any(word.lower_ in {"and", "but"} for word in _lead(child, head)))
    return next(joined, None)


def _lead(token: Token, head: Token) -> Span:
    """The two words before a phrase, none from before the head."""
    return token.doc[max(head.i + 1, token.left_edge.i - 2) : token.left_edge.i]


def _antecedent(found: Token, verb: Token) -> Token:
    if found.lower_ in RELATIVE_PRONOUNS and verb.dep_ in RELATIVES and verb.head != verb:
        return verb.head
    return found


def objects(verb: Token) -> list[Token]:
    """Direct objects, conjuncts not expanded; the one whom a verb tells to do something is its only object."""
    found = [child for child in verb.rights if child.dep_ in OBJECTS]
    if found:
        return found
    found = indirect_objects(verb) or _told(verb)
    if not found and any(child.dep_ in SUBJECTS for child in verb.lefts):
        # a verb has one subject, and what follows it is another's part
        found = [child for child in verb.rights if child.dep_ in SUBJECTS and child.pos_ in {"NOUN", "PROPN"}]
    return found


def _told(verb: Token) -> list[Token]:
    """Of "urged the council to act" the council, where the parse makes it the subject of the acting."""
    found = []
    for act in verb.rights:
        to = next((word for word in act.lefts if word.dep_ == "mark" and word.lower_ == "to"), None)
        if act.dep_ == "xcomp" and to is not None:
            found += [word for word in act.lefts if verb.i < word.i < to.i and word.dep_ in SUBJECTS | INDIRECT]
    return found


def indirect_objects(verb: Token) -> list[Token]:
    """Indirect objects."""
    return [child for child in verb.rights if child.dep_ in INDIRECT]


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """Each (preposition in lower case, noun) that depends on a verb or a noun."""
    for child in token.children:
        if child.dep_ in OBLIQUES:
            preposition = case_of(child)
            if preposition:
                yield preposition, child
        elif child.dep_ in {"prep", "agent"}:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield str(child.lower_), inner


def oblique(token: Token, *prepositions: str) -> list[Token]:
    """The nouns that follow one of these prepositions under the token."""
    return [noun for preposition, noun in obliques(token) if preposition in prepositions]


def case_of(noun: Token) -> str | None:
    """The preposition that marks a noun; of a fixed expression the first word ("on behalf of" gives "on").

    What stands on the title before a name ("with President X") marks the name.
    """
    for child in noun.lefts:
        fixed = child.dep_ == "advmod" and any(word.dep_ == "fixed" for word in child.rights)  # "prior to"
        if child.dep_ in {"case", "mark"} or fixed:
            return str(child.lower_)
    for title in noun.lefts:
        if title.dep_ == "nmod:desc" or (title.dep_ in {"nmod", "appos"} and noun.pos_ == "PROPN"):
            marks = [child for child in title.lefts if child.dep_ == "case"]
            if marks and marks[0].i == noun.left_edge.i:
                return str(marks[0].lower_)
    if noun.dep_ in {"pobj", "pcomp"}:
        return str(noun.head.lower_)
    return None


def agent(verb: Token) -> Token | None:
    """Who does it in a passive: "by the minister"."""
    found = oblique(verb, "by")
    return found[0] if found else None


def complements(verb: Token) -> list[Token]:
    """Heads of clausal complements."""
    return [child for child in verb.children if child.dep_ in CLAUSES]


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in order."""
    found = [token]
    for node in found:  # grows as it goes: conjuncts of conjuncts
        found.extend(child for child in node.children if child.dep_ == "conj" and child.i > node.i)
    return sorted(found, key=lambda node: int(node.i))


def possessors(noun: Token) -> list[Token]:
    """Whose it is: "China's chairman", "his visit"."""
    return [child for child in noun.lefts if child.dep_ in {"nmod:poss", "poss", "det:poss"}]


def modifiers(noun: Token) -> list[Token]:
    """Adjectives, compounds and participles before a noun."""
    return [child for child in noun.lefts if child.dep_ in {"amod", "compound", "nmod", "acl", "nn", "nmod:desc"}]


def is_negated(token: Token) -> bool:
    """Whether "not", "no" or "never" stands at the token itself."""
    return any(child.lower_ in {"not", "n't", "n’t", "no", "never", "neither"} for child in token.children)


def phrase(token: Token) -> Span:
    """The whole noun phrase or clause under a token, punctuation at its ends cut."""
    return trim(token.doc[token.left_edge.i : token.right_edge.i + 1])


def core_phrase(noun: Token) -> Span:
    """A noun phrase without its preposition, relative clauses, appositions and coordination."""
    left, right = noun.i, noun.i
    for child in noun.children:
        if child.dep_ in _LOOSE:
            continue
        if child.dep_ == "case" and child.i < noun.i:
            continue
        left = min(left, child.left_edge.i)
        right = max(right, child.right_edge.i)
    return trim(noun.doc[left : right + 1])


def trim(span: Span) -> Span:
    """The span without punctuation and white space at its ends."""
    start, end, doc = span.start, span.end, span.doc
    while end - start > 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while end - start > 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start:end]


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that holds a token; None in a verbless one."""
    node = token
    while True:
        if is_verb(node):
            return node
        if node.head == node:
            return None
        node = node.head


def sentence_root(token: Token) -> Token:
    """The head of the sentence."""
    node = token
    while node.head != node:
        node = node.head
    return node
