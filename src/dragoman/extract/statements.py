"""Statements: what somebody said, in his own words or as reported.

Three forms, surest first: texts in somebody's own words (signed statements, transcripts), of which each paragraph
is a statement; quotations inside a report; and verbs of saying, whose clause or object is what was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract import clauses
from dragoman.extract.quoting import quotations
from dragoman.extract.speakers import each_speaker, other_side, speaker_of, with_subject
from dragoman.extract.stance import SpeechVerb, attitudes, confidence, speech_verbs, stance_of
from dragoman.extract.voice import Passage, own_words, passage_at, spokesperson, words_of
from dragoman.records import Actor, Span, Statement
from dragoman.vocabulary import topics_of

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "VB"})
_FUTURE = frozenset({"will", "would", "shall", "may", "might", "could", "can", "should", "must", "'ll", "’ll"})
_CONTACTS = frozenset("speak meet call write convene gather visit travel host phone come".split())


class Taken:
    """Text that stands in somebody's own words, and is no report."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages
        self.starts = [passage.start for passage in passages]


def statements(reading: Reading) -> list[Statement]:
    """The statements of a document, in order."""
    passages = reading.once(own_words)
    found = [_own(reading, passage) for passage in passages]
    quotes = list(quotations(reading, passages))
    found.extend(_own(reading, passage) for passage in quotes)
    taken = Taken(sorted([*passages, *quotes], key=lambda passage: passage.start))
    for statement in _reported(reading, taken):
        if not _doubles(statement, found):
            found.append(statement)
    return sorted(found, key=lambda item: item.evidence[0].start)


def _doubles(statement: Statement, found: list[Statement]) -> bool:
    """Whether the same speaker is already recorded with words that hold most of these."""
    span = statement.evidence[0]
    for other in found:
        if other.speaker.key != statement.speaker.key:
            continue
        known = other.evidence[0]
        shared = min(span.end, known.end) - max(span.start, known.start)
        if shared > 0.5 * min(span.end - span.start, known.end - known.start):
            return True
    return False


def _own(reading: Reading, passage: Passage) -> Statement:
    words = words_of(reading, passage.start, passage.end)
    return _statement(
        reading,
        passage.speaker,
        words,
        mode="quoted",
        stance=stance_of(words.text),
        rule=f"statement.{passage.kind}",
    )


def _statement(
    reading: Reading, speaker: Actor, words: Span, *, mode: Literal["quoted", "reported"], stance: str, rule: str
) -> Statement:
    return Statement(
        doc_id=reading.document.id,
        evidence=(words,),
        rule=rule,
        confidence=confidence(rule),
        speaker=speaker,
        mode=mode,
        text=words.text,
        stance=stance,
        topics=topics_of(words.text),
        target=other_side(reading, speaker, words),
    )


# --- reported speech ------------------------------------------------------------------------------------------


def _reported(reading: Reading, taken: Taken) -> Iterator[Statement]:
    tokens = list(clauses.readable_tokens(reading.doc))
    verbs = [(token, verb) for token in tokens if (verb := _speech_verb(token)) is not None]
    acts = frozenset(token.i for token, _ in verbs)
    for token, verb in verbs:
        if _inside(token, taken):
            continue
        yield from _by_verb(reading, token, verb, acts)
    yield from _according(reading, tokens, taken)
    spokes = spokesperson(reading)
    if spokes is not None:
        yield from _remarks(reading, spokes, taken)


def _speech_verb(token: Token) -> SpeechVerb | None:
    if token.pos_ not in {"VERB", "AUX"} or token.tag_ not in _FINITE:
        return None
    verb = speech_verbs().get(token.lemma_.lower())
    if verb is None or (verb.finite and token.tag_ in {"VB", "VBG"}):
        return None
    if verb.follows:
        close = token.doc[token.i + 1 : min(token.i + 6, token.sent.end)]
        if not any(word.lower_ in verb.follows for word in close):
            return None
    return verb


def _inside(token: Token, taken: Taken) -> bool:
    return passage_at(taken.passages, taken.starts, token.idx) is not None


def _by_verb(reading: Reading, token: Token, verb: SpeechVerb, acts: frozenset[int]) -> Iterator[Statement]:
    if not _is_asserted(token):
        return
    content = _content(token, verb, acts)
    if content is None:
        return
    words, stance, rule = content
    if rule != "statement.clause":
        words = with_subject(reading, token, words)
    who = speaker_of(reading, token)
    for speaker in each_speaker(who):
        yield _statement(reading, speaker, reading.span(words), mode="reported", stance=stance, rule=rule)


def _is_asserted(token: Token) -> bool:
    """Whether the saying has taken place: not denied, not ahead, not merely possible, and active."""
    if grammar.is_passive(token) or grammar.is_negated(token):
        return False
    node = token
    for _ in range(4):
        if any(child.lower_ in _FUTURE for child in node.children if child.dep_ in {"aux", "auxpass"}):
            return False
        if node.dep_ in {"conj", "xcomp", "advcl"} and node.head != node:
            node = node.head
            continue
        break
    if token.tag_ == "VBD" or grammar.own_subject(token) is not None:
        return True
    if token.tag_ == "VBN":
        return any(child.lemma_ == "have" for child in token.lefts) or token.dep_ not in {
            "acl",
            "amod",
            "acl:relcl",
        }
    if token.tag_ == "VB":
        return _is_purpose_of_contact(token)
    return token.dep_ not in {"amod", "compound", "case"}


def _is_purpose_of_contact(token: Token) -> bool:
    """Whether an infinitive tells what a contact was for: "spoke with the king to express her thanks"."""
    node = token
    while node.dep_ == "conj" and node.head != node:
        node = node.head
    return node.dep_ in {"xcomp", "advcl"} and node.head.lemma_ in _CONTACTS


def _content(token: Token, verb: SpeechVerb, acts: frozenset[int]) -> tuple[SpacySpan, str, str] | None:
    """(words, stance, rule) of what a verb reports; None where it reports nothing said."""
    noun = _object_noun(token)
    if verb.takes in {"clause", "either"}:
        words = clauses.complement(token, acts, told=verb.takes == "clause")
        if words is None and verb.takes == "clause":
            words = clauses.complement_before(token)
        if words is not None and verb.lemma == "agree" and _is_ahead(words):
            return None  # a commitment only
        if words is not None and (noun is None or noun.i > words.start or verb.takes == "clause"):
            return words, _clause_stance(verb, words), "statement.clause"
        if verb.takes == "clause":
            return None
    if noun is None and not _has_gerund(token):
        return None
    if noun is not None and verb.things and noun.ent_type_ == "PERSON":
        return None
    attitude = _attitude(noun) if noun is not None and verb.takes != "object" else None
    if attitude == "none" or (attitude is None and verb.takes == "noun"):
        return None
    words = clauses.act(token, acts)
    if words.end - token.i < 3:
        return None
    return words, _object_stance(verb, attitude, words), f"statement.{verb.takes}"


def _attitude(noun: Token) -> str | None:
    known = attitudes()
    # a noun that is mostly a plural keeps its ending as a lemma: "congratulations"
    return known.get(noun.lemma_.lower()) or known.get(noun.lower_) or known.get(noun.lower_.removesuffix("s"))


def _has_gerund(token: Token) -> bool:
    """Whether an action stands for the object: "suggested forming a commission"."""
    return any(child.tag_ == "VBG" and child.dep_ in {"xcomp", "ccomp", "obj"} for child in token.rights)


def _is_ahead(words: SpacySpan) -> bool:
    return any(token.lower_ in {"will", "would", "shall", "should"} for token in words)


def _object_noun(token: Token) -> Token | None:
    """The direct object; where the parse has none, the first noun close behind the verb."""
    objects = grammar.objects(token)
    if objects:
        return objects[0]
    for word in token.doc[token.i + 1 : min(token.i + 6, token.sent.end)]:
        if word.lower_ in attitudes():
            return word
        if word.pos_ == "VERB" or word.lower_ == "that":
            return None
        if word.pos_ == "NOUN" and word.dep_ not in {"compound", "nmod:poss", "poss"}:
            return word
    return None


def _clause_stance(verb: SpeechVerb, words: SpacySpan) -> str:
    if verb.stance in {"content", "emphasis", "support"}:
        return stance_of(words.text)
    return verb.stance


def _object_stance(verb: SpeechVerb, attitude: str | None, words: SpacySpan) -> str:
    if verb.stance == "emphasis":
        return attitude or stance_of(words.text)
    if verb.stance in {"content", "support"} or verb.takes == "noun":
        return attitude or (verb.stance if verb.stance != "content" else stance_of(words.text))
    return verb.stance


def _according(reading: Reading, tokens: list[Token], taken: Taken) -> Iterator[Statement]:
    """ "According to the minister, …", "In the opinion of the minister, …"."""
    for token in tokens:
        low = token.lower_
        if low not in {"according", "opinion", "words", "view"} or _inside(token, taken):
            continue
        who = _source(token)
        if who is None:
            continue
        words = _main_clause(token, who)
        if words is None:
            continue
        for speaker in each_speaker(tuple(a for a in reading.actors(who) if a.kind == "person")):
            yield _statement(
                reading,
                speaker,
                reading.span(words),
                mode="reported",
                stance=stance_of(words.text),
                rule="statement.according",
            )


def _source(token: Token) -> Token | None:
    """Whom the words come from."""
    doc = token.doc
    after = doc[token.i + 1 : min(token.i + 14, token.sent.end)]
    if token.lower_ == "according":
        return next((w for w in after if w.pos_ in {"PRON", "PROPN", "NOUN"} and _is_phrase_head(w, token)), None)
    before = doc[max(token.i - 4, 0) : token.i]
    if not any(word.lower_ == "in" for word in before):
        return None
    owners = grammar.possessors(token)
    if owners:
        return owners[0]
    if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of":
        return next((w for w in after if w.pos_ in {"PRON", "PROPN", "NOUN"} and _is_phrase_head(w, token)), None)
    return None


def _is_phrase_head(word: Token, token: Token) -> bool:
    return word.head.i <= token.i or word.head.i > word.i + 6 or word.head.pos_ in {"VERB", "AUX", "ADJ"}


def _main_clause(token: Token, who: Token) -> SpacySpan | None:
    """The sentence without the phrase that names the source."""
    sentence = token.sent
    comma = next((w.i for w in token.doc[who.i : min(who.i + 14, sentence.end)] if w.text == ","), None)
    if token.i - sentence.start > 6:
        words = sentence.doc[sentence.start : token.i]
    elif comma is not None:
        words = sentence.doc[comma + 1 : sentence.end]
    else:
        return None
    return grammar.trim(words) if len(words) > 4 else None


def _remarks(reading: Reading, speaker: Actor, taken: Taken) -> Iterator[Statement]:
    """What a spokesperson says in the first person in a readout that is attributed to him."""
    for sentence in reading.sentences():
        first = next((token for token in sentence if not token.is_space), None)
        if first is None or _inside(first, taken) or first.lower_ not in {"we", "i"}:
            continue
        words = grammar.trim(sentence)
        yield _statement(
            reading,
            speaker,
            reading.span(words),
            mode="quoted",
            stance=stance_of(words.text),
            rule="statement.spokesperson",
        )
