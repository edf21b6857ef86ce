"""Relations: standing ties between two states that the text asserts, anniversaries included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.named_states import states_in
from dragoman.extract.noun_phrases import own_phrase, without_lead
from dragoman.extract.stance import confidence
from dragoman.extract.tie_since import since
from dragoman.records import Relation
from dragoman.vocabulary import relation_kind, relation_kinds, relation_label, topics_of, unions

_FIRST_PERSON = frozenset({"our", "we", "us", "ours"})
_TWO = frozenset({"countries", "states", "nations", "peoples", "sides", "governments"})
_ALLIES = frozenset({"ally", "allies"})
_PARTNERS = frozenset({"partner", "partners"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PEOPLES = frozenset({"people", "company", "group", "business", "leader", "opposition", "university"})
_WITHIN = frozenset("within member members membership joined accession allies partners".split())
_MARKED = frozenset({"anniversary", "anniversaries"})
_FIRM = frozenset({"diplomatic_relations", "strategic_partnership", "trade_partner"})
_MOST = 6  # "the allies", of more states than these, is a bloc and no list of ties

_Pair = tuple[str, str]


@cache
def _heads() -> frozenset[str]:
    """The last words of all labels, singular and plural."""
    last = {words.split()[-1] for kind in relation_kinds() for words in kind.words}
    return frozenset(last | {word + "s" for word in last} | {"allies", "partnerships", "relations", "ties"})


@cache
def _ended() -> dict[str, frozenset[str]]:
    return {kind.name: frozenset(kind.ended) for kind in relation_kinds()}


def relations(reading: Reading) -> list[Relation]:
    """The standing ties of a document: one a pair and kind."""
    found: dict[tuple[_Pair, str], Relation] = {}
    for relation in (*_by_label(reading), *_by_union(reading)):
        known = found.get((relation.parties, relation.kind))
        if known is None or (known.since is None and relation.since is not None):
            found[(relation.parties, relation.kind)] = relation
    firm = {parties for parties, kind in found if kind not in {"other", "trade_partner"}}
    return [relation for (parties, kind), relation in found.items() if kind != "other" or parties not in firm]


def _by_label(reading: Reading) -> Iterator[Relation]:
    heads = _heads()
    for token in reading.doc:
        if token.lower_ not in heads or token.pos_ not in _NOUNS:
            continue
        if token.dep_ == "compound" and token.head.lower_ not in {"dialogue", "commitments", "commitment"}:
            continue
        words = own_phrase(token)
        named = _named(token, words)
        if named is None or _denied(token, named[0]):
            continue
        kind, label = named
        if kind == "other" and _is_titled(reading, token):
            continue
        for pair in _pairs(reading, token, words, kind):
            yield _relation(
                reading, pair, kind, _as_written(token, label), _evidence(token), since(reading, token)
            )


def _relation(
    reading: Reading, pair: _Pair, kind: str, label: str, evidence: SpacySpan, begun: str | None = None
) -> Relation:
    rule = f"relation.{kind}"
    return Relation(
        doc_id=reading.document.id,
        evidence=(reading.span(evidence),),
        rule=rule,
        confidence=confidence(rule),
        topics=topics_of(evidence.text),
        parties=(min(pair), max(pair)),
        kind=kind,
        label=label,
        since=begun,
    )


def _named(token: Token, words: SpacySpan) -> tuple[str, str] | None:
    """Kind and label: of the words that end in the head noun, else of the phrase up to it."""
    start = max(token.sent.start, token.i - 7)
    exact = relation_label([word.text for word in token.doc[start : token.i + 1]])
    loose = relation_kind(token.doc[words.start : token.i + 1].text)
    if exact is None or (exact[0] == "other" and loose is not None):
        return loose
    return exact


def _is_titled(reading: Reading, token: Token) -> bool:
    """ "Power Partnership": the last word of a programme's name, no tie."""
    before = token.nbor(-1) if token.i else token
    named = reading.mention(before)
    is_state = bool(states_in(reading, token.doc[before.i : before.i + 1])) or (
        named is not None and named.form in {"state", "demonym"}
    )
    return token.text.istitle() and before.text.istitle() and not is_state and before.i != token.sent.start


def _denied(token: Token, kind: str) -> bool:
    """No such tie, or none any longer."""
    if grammar.is_negated(token):
        return True
    verb = grammar.clause_verb(token)
    return verb is not None and (verb.lemma_.lower() in _ended()[kind] or grammar.is_negated(verb))


# --- between whom ---------------------------------------------------------------------------------------------


def _pairs(reading: Reading, token: Token, words: SpacySpan, kind: str) -> list[_Pair]:
    named = states_in(reading, words)
    subject = _copula_subject(token)
    if token.lower_ in _ALLIES and subject is None:
        return _allies(reading, token, words)
    if kind == "union_membership" and subject is None and len(named) != 2:
        return []  # "two member states of the Union"
    if subject is not None:
        about = _subject_states(reading, subject)
        if not named and _is_ours(words):
            return _with_home(reading, about)
        named.extend(code for code in about if code not in named)
    elif kind == "other" and token.lower_ in _PARTNERS:
        # "our Saudi partners" are whoever works with us
        return _side_by_side(reading, token)
    if not named:
        named = _beside(reading, token)
    if len(named) > 1:
        return list(combinations(named[: 3 if kind == "alliance" else 2], 2))
    if len(named) == 1:
        return _with_one(reading, token, words, named[0])
    if kind == "union_membership":
        return []
    return _unnamed(reading, token, kind, subject) or _of_sentence(reading, token, kind)


def _is_ours(words: SpacySpan) -> bool:
    return any(word.lower_ in _FIRST_PERSON for word in words)


def _with_home(reading: Reading, codes: list[str]) -> list[_Pair]:
    home = reading.home
    return [] if home is None or len(codes) > _MOST else [(home, code) for code in codes if code != home]


def _of_sentence(reading: Reading, token: Token, kind: str) -> list[_Pair]:
    """A firm tie in a sentence that names two states and no third is theirs, however the sentence is parsed."""
    if kind not in _FIRM and token.text not in {"alliance", "Treaty", "treaty"}:
        return []
    near = states_in(reading, token.doc[max(token.sent.start, token.i - 4) : token.i])
    if len(near) == 2:  # "the 1951 U.S.-Philippines Mutual Defense Treaty"
        return [(near[0], near[1])]
    codes = states_in(reading, token.sent)
    if len(codes) == 2:
        return [(codes[0], codes[1])]
    verb = grammar.clause_verb(token)
    subject = grammar.subject(verb) if verb is not None else None
    if not codes and subject is not None and any(word.lower_ in _TWO for word in subject.subtree):
        return _between_principals(reading, sure=False)
    return []


def _side_by_side(reading: Reading, token: Token) -> list[_Pair]:
    """ "Oman and Nepal have been partners", where the parse does not show the copula."""
    before = token.doc[token.sent.start : token.i]
    codes = states_in(reading, before)
    words = {word.lower_ for word in before[-4:]}
    if len(codes) == 2 and words & {"are", "were", "been", "remain", "as"}:
        return [(codes[0], codes[1])]
    return []


def _with_one(reading: Reading, token: Token, words: SpacySpan, code: str) -> list[_Pair]:
    """The phrase names one side ("our partnership with Kuwait"); the other is who acts or who publishes."""
    for noun in grammar.oblique(token, "with", "between", "of"):
        if noun.lemma_.lower() in _PEOPLES or (noun.tag_ == "NNS" and not reading.actors(noun)):
            return []
    verb = grammar.clause_verb(token)
    subject = grammar.subject(verb) if verb is not None else None
    acting = [] if _is_ours(words) or subject is None else _subject_states(reading, subject)
    if len(acting) == 2 and code in acting:
        return [(acting[0], acting[1])]
    other = acting[0] if len(acting) == 1 else reading.home
    return [(other, code)] if other is not None and other != code else []


def _unnamed(reading: Reading, token: Token, kind: str, subject: Token | None) -> list[_Pair]:
    """Neither side stands in the phrase: "our strategic partnership", "relations between the two countries"."""
    phrase = list(token.subtree)
    if token.dep_ == "conj":  # "the trade and investment ties between our countries"
        phrase = list(token.head.subtree)
    two = any(word.lower_ in _TWO for word in phrase)
    own = any(word.lower_ in _FIRST_PERSON for word in phrase) or subject is not None
    bilateral = any(word.lower_ == "bilateral" for word in phrase)
    transatlantic = any(word.lower_ == "transatlantic" for word in phrase)
    if not (two or own or bilateral or transatlantic):
        return []
    if token.lower_.endswith("ships"):
        return []
    if kind == "alliance" and not two:
        return _nato(reading) if token.text[:1].isupper() or transatlantic else []
    return _between_principals(reading, sure=not two)


def _between_principals(reading: Reading, *, sure: bool) -> list[_Pair]:
    """The two states that the document is between; ``sure``: only where it names a person of each."""
    codes = [entity.country for entity in reading.principal_states if entity.country]
    if len(codes) != 2:
        return []
    if sure and not all(_acts(reading, code) for code in codes if code != reading.home):
        return []
    return [(codes[0], codes[1])]


def _acts(reading: Reading, code: str) -> bool:
    return any(entity.kind == "person" and entity.country == code for entity in reading.entities)


def _beside(reading: Reading, token: Token) -> list[str]:
    """The states of the nouns that a label is coordinated with or depends on ("relations of alliance and …")."""
    node, found = token, list[str]()
    for _ in range(3):
        if node.head == node or node.head.pos_ not in _NOUNS or node.dep_ not in {"conj", "nmod", "pobj", "prep"}:
            break
        node = node.head
        if node.lower_ not in _heads() and node.dep_ != "conj":
            break
        found.extend(code for code in states_in(reading, grammar.core_phrase(node)) if code not in found)
    for other in grammar.conjuncts(token)[1:]:
        found.extend(code for code in states_in(reading, grammar.core_phrase(other)) if code not in found)
    return found if len(found) == 2 else []


def _subject_states(reading: Reading, subject: Token) -> list[str]:
    """Of "Italy", "the United States and Ukraine", "we"; a person stands for the state."""
    if subject.lower_ == "we":
        return []
    found = dict.fromkeys(actor.country for actor in reading.actors(subject) if actor.country)
    for head in grammar.conjuncts(subject):
        mention = reading.mention(head)
        if mention is not None and mention.form == "demonym" and head.tag_ in {"NNS", "NNPS"}:
            return []  # "Cuban Americans are partners in this" speaks of people
    mention = reading.mention(subject)
    if mention is not None and mention.form == "state":  # a conjunct may hang on part of a name
        found.update(dict.fromkeys(states_in(reading, grammar.core_phrase(subject))))
    return [code for code in found if code]


def _copula_subject(token: Token) -> Token | None:
    """The subject in "Oman and Nepal are strategic partners", also in "have grown close as strategic partners"."""
    if any(child.dep_ == "cop" for child in token.children):
        return grammar.own_subject(token)
    if token.dep_ == "attr":
        return grammar.own_subject(token.head)
    if grammar.case_of(token) == "as" and grammar.is_verb(token.head):
        return grammar.subject(token.head)
    if token.dep_ == "xcomp" and grammar.objects(token.head):  # "called Greece an ally"
        return grammar.objects(token.head)[0]
    # "Italy is one of Russia's main partners"
    if token.head.lower_ == "one" and grammar.case_of(token) == "of":
        return _copula_subject(token.head)
    return None


# --- alliances and unions -------------------------------------------------------------------------------------


def _allies(reading: Reading, token: Token, words: SpacySpan) -> list[_Pair]:
    """Allies named by their states: "our Israeli allies", "the ROK and other allies"; bare allies are nobody."""
    named = states_in(reading, words)
    first = words[0]
    if (named and first.lower_ not in _FIRST_PERSON) or first.lower_ == "other":
        before = _coordinated_before(reading, first)
        named = [*(code for code in before if code not in named), *named]
    if not named and words.text.lower().endswith("nato ally"):
        named = _last_member(reading, token)
    return _with_home(reading, named)


def _coordinated_before(reading: Reading, first: Token) -> list[str]:
    """The state just before "and": of "Republic of Korea and Japanese allies" the first."""
    found: list[str] = []
    at = first.i
    while at >= 2 and reading.doc[at - 1].lower_ in {"and", ","}:
        mention = reading.mention(reading.doc[at - 2])
        if mention is None or mention.form not in {"state", "demonym"} or mention.end != at - 1:
            break
        found = [entity.country for entity in mention.entities if entity.country] + found
        at = mention.start
    return found


def _last_member(reading: Reading, token: Token) -> list[str]:
    """The member of NATO that the text named last before this."""
    members = _members("NATO")
    # the state may stand inside a compound ("the U.S.-Turkey relationship")
    for words in (reading.doc[token.sent.start : token.i], reading.doc[: token.i]):
        codes = [code for code in states_in(reading, words) if code in members and code != reading.home]
        if codes:
            return codes[-1:]
    return []


def _members(name: str) -> frozenset[str]:
    return next(union.members for union in unions() if union.name == name)


def _nato(reading: Reading) -> list[_Pair]:
    """ "Our Alliance" of a readout binds its publisher with every member whose representative is named."""
    members, home = _members("NATO"), reading.home
    if home not in members:
        return []
    codes = dict.fromkeys(entity.country for entity in reading.entities if entity.kind == "person")
    return [(home, code) for code in codes if code and code in members and code != home][: _MOST + 2]


def _by_union(reading: Reading) -> Iterator[Relation]:
    """A union between two of whose members the document is: "cooperation within the CSTO"."""
    states = [entity.country for entity in reading.principal_states if entity.country]
    if not all(_acts(reading, code) for code in states):
        states = []
    for union in unions():
        if union.kind == "alliance":
            continue
        for words in _named_spans(reading, union.words):
            if not _as_members(words):
                continue
            codes = states_in(reading, words.sent) or states
            if len(codes) == 2 and union.members.issuperset(codes):
                yield _relation(reading, (codes[0], codes[1]), union.kind, words.text, words)


def _named_spans(reading: Reading, names: tuple[str, ...]) -> Iterator[SpacySpan]:
    for match in re.finditer(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", reading.document.text):
        words = reading.doc.char_span(match.start(), match.end())
        if words is not None:
            yield words


def _as_members(words: SpacySpan) -> bool:
    """Whether a union is spoken of as what the two belong to: "within", "members of", its anniversary."""
    near = words.doc[max(words.sent.start, words.start - 5) : words.start]
    return any(word.lower_ in _WITHIN for word in near) or any(word.lower_ in _MARKED for word in words.sent)


# --- words ----------------------------------------------------------------------------------------------------


def _evidence(token: Token) -> SpacySpan:
    """The label with what it is of, from the noun that governs it on ("the 30th anniversary of …")."""
    top = token
    while top.head != top and top.head.pos_ in _NOUNS and top.dep_ in {"nmod", "pobj", "prep"}:
        top = top.head
    return without_lead(grammar.phrase(top))


def _as_written(token: Token, label: str) -> str:
    """The label as the text writes it, where it can be found there."""
    before = token.doc[max(0, token.i - 9) : token.right_edge.i + 1].text
    position = before.lower().rfind(label.lower())
    return before[position : position + len(label)] if position >= 0 else label
