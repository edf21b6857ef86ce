"""The name of an accord: from its head noun to the words that belong to its title."""

from __future__ import annotations

import re

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.named_states import states_in
from dragoman.extract.noun_phrases import own_phrase, without_lead
from dragoman.vocabulary import accord_kinds

_ARTICLES = frozenset(
    "the a an this that these those their our its his her such any new recent another several some multiple "
    "various following both two three four five six seven eight nine ten and".split()
)
_ENDS = re.compile(
    r"\s*(?:,\s+(?=[a-z])|;\s|:\s|\(also\s|—|–\s).*$|\s+(?:that|which|who|signed|adopted|reached|concluded|was|were|will|would|watched"
    r"|being|to be)\s.*$",
    re.DOTALL,
)
_INSIDE = frozenset({"of", "on", "and", "for", "in", "the", "to", "-"})
_FIXED = frozenset({"of understanding", "of intent", "of cooperation"})
_QUOTED = re.compile(r"[\"“«]([A-Z][^\"”»]{6,120})[\"”»]")
_DAY = re.compile(
    r"\s+(?:on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2} [A-Z]\w+)|today|yesterday|"
    r"(?:on|in) (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d+)*)$"
)
_LONG = 14  # words of a description that stands for a title
# "the CSTO treaty member countries" speaks of the treaty; "the Treaty Organisation" of a body
_OF_ACCORD = frozenset(
    "member signatory countries states parties negotiations talks obligations initiative".split()
)


def accord_name(noun: Token) -> SpacySpan | None:
    """The name that the pipeline found for an accord, where the noun is what it calls the accord."""
    if noun.ent_type_ != "ACCORD":
        return None
    start, end = noun.i, noun.i + 1
    while start > noun.sent.start and noun.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(noun.doc) and noun.doc[end].ent_iob_ == "I":
        end += 1
    nouns = [token for token in noun.doc[start:end] if token.lower_ in accord_kinds().words]
    before = [token for token in nouns if not any(word.pos_ == "ADP" for word in noun.doc[start : token.i])]
    return noun.doc[start:end] if noun == (before or nouns or [noun])[-1] else None


def is_named(reading: Reading, noun: Token) -> bool:
    """Whether the noun ends or heads a name written in capitals: "Prespa Agreement", "Treaty on Water"."""
    name = accord_name(noun)
    if name is not None and len(name) > 1:
        return True
    if not noun.text[:1].isupper() or noun.text.isupper():
        return False
    if noun.is_sent_start and not (noun.i + 1 < len(noun.doc) and noun.nbor(1).text.lower() in {"on", "of"}):
        return False
    if noun.dep_ in {"compound", "nmod:desc"}:
        following = noun.doc[noun.i + 1 : noun.i + 3]
        if not any(token.lower_ in _OF_ACCORD for token in following):
            return False
    if noun.lower_ in {"partnership", "partnerships"}:
        return _is_titled_partnership(reading, noun)
    return True


def _is_titled_partnership(reading: Reading, noun: Token) -> bool:
    """ "Power Partnership", "Partnership for Modernisation" are programmes; a strategic partnership is a tie."""
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ in {"for", "to", "on", "against"}:
        return bool(noun.doc[min(noun.i + 2, len(noun.doc) - 1)].text[:1].isupper())
    before = noun.nbor(-1) if noun.i else noun
    ties = {"strategic", "comprehensive", "global", "enhanced", "special", "privileged", "bilateral", "our", "the"}
    plain = bool(before.text.istitle()) and before.lower_ not in ties
    mention = reading.mention(before)
    state = mention is not None and mention.form in {"state", "demonym"}
    return plain and not state and not states_in(reading, noun.doc[before.i : before.i + 1])


def title_span(noun: Token) -> SpacySpan:
    """The words of the accord's title and of what it is about."""
    name = accord_name(noun)
    if noun.dep_ in {"compound", "nmod:desc"}:
        start, end = (name.start, name.end) if name is not None else (noun.i, noun.i + 1)
        return noun.doc[_first_capital(noun, start) : end]
    quoted = _quoted(noun)
    if quoted is not None:
        return quoted
    core = own_phrase(noun)
    start, end = core.start, core.end
    if name is not None:
        start, end = min(start, name.start), max(end, name.end)
    of = noun.doc[noun.i + 1 : noun.i + 3]
    if of.text.lower() in _FIXED:  # "memorandum of understanding", whatever the parse makes of it
        end = max(end, grammar.core_phrase(of[1]).end)
    if noun.text[:1].isupper():
        end = max(end, _last_capital(noun))
        start = min(start, _first_capital(noun, start))
        start = max([start, *(token.i for token in noun.doc[start : noun.i] if token.lower_ == "the")])
    for token in noun.doc[noun.i + 1 : end]:
        # "a truce in Yemen and efforts …", "a memorandum on fish and a protocol on …": what follows "and" is apart
        apart = token.pos_ == "NOUN" and token.head.pos_ == "PROPN"
        if token.dep_ == "conj" and (apart or token.lower_ in accord_kinds().words):
            marks = [child.i for child in token.lefts if child.dep_ == "cc"]
            end = min(end, min(marks, default=token.left_edge.i))
    return grammar.trim(noun.doc[start : _second_side(noun, max(end, noun.i + 1))])


def _last_capital(noun: Token) -> int:
    """Where the capitals after "Declaration on" end, whatever the parse hangs them on; the noun's end if none."""
    doc, end = noun.doc, int(noun.i) + 1
    if end + 1 >= noun.sent.end or doc[end].lower_ not in {"on", "of", "for"} or not _is_title_word(doc[end + 1]):
        return end
    at = end + 1
    while at < noun.sent.end and (_is_title_word(doc[at]) or (doc[at].lower_ in _INSIDE and at > end + 1)):
        at += 1
    while doc[at - 1].lower_ in _INSIDE:
        at -= 1
    return at


def _is_title_word(token: Token) -> bool:
    return bool(token.text[:1].isupper()) and token.ent_type_ not in {"DATE", "PERSON"}


def _second_side(noun: Token, end: int) -> int:
    """Where a name "between India" that the parse cuts goes on "and Oman"."""
    doc, stop = noun.doc, noun.sent.end
    sides = doc[noun.i : end].text.partition(" between ")[2]
    if not sides or " and " in sides or end + 1 >= stop or doc[end].lower_ != "and":
        return end
    after = end + 1
    while after < stop and (doc[after].text[:1].isupper() or doc[after].lower_ in {"the", "of"}):
        after += 1
    return after


def _quoted(noun: Token) -> SpacySpan | None:
    """The name in quotation marks that holds the noun (a "Joint Declaration on Water")."""
    sentence = noun.sent
    for match in _QUOTED.finditer(sentence.text):
        start, end = sentence.start_char + match.start(1), sentence.start_char + match.end(1)
        if start <= noun.idx < end:
            return noun.doc.char_span(start, end, alignment_mode="contract")
    return None


def _first_capital(noun: Token, start: int) -> int:
    """Where the capitals and years before a name begin ("the 1951 U.S.-Philippines Mutual Defense Treaty")."""
    while start > noun.sent.start:
        before = noun.doc[start - 1]
        joined = before.text in {"-", "’s", "'s", "’"} and start - 1 > noun.sent.start
        if not (before.text[:1].isupper() or before.text.isdigit() or joined) or before.lower_ in _ARTICLES:
            break
        if start - 1 == noun.sent.start and before.lower_ in {"in", "under", "on"}:
            break
        start -= 1
    return start


def title_of(noun: Token, words: SpacySpan) -> str:
    """The title as text, without article and what is told of the accord; a bare plural keeps its description."""
    title = _cut(words)
    if (
        noun.tag_ == "NNS"
        and title.lower() == noun.lower_
        and any(child.dep_ in {"acl", "acl:relcl"} for child in noun.rights)
    ):
        return _without_articles(without_lead(grammar.phrase(noun)[:_LONG]))
    return title


def _cut(words: SpacySpan) -> str:
    title = _ENDS.sub("", _without_articles(words)).rstrip(" ,;:")
    return _DAY.sub("", title)


def _without_articles(words: SpacySpan) -> str:
    tokens = [token for token in words if not token.is_space]
    while tokens and (tokens[0].lower_ in _ARTICLES or tokens[0].is_punct):
        tokens = tokens[1:]
    if not tokens:
        return ""
    return " ".join(words.doc[tokens[0].i : tokens[-1].i + 1].text.split())
