"""How far an accord has come, whether it has, and when."""

from __future__ import annotations

import re

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.modality import status_of
from dragoman.extract.when import When, when
from dragoman.records import Status
from dragoman.vocabulary import accord_kinds

MADE = frozenset({"signed", "adopted", "ratified", "in_force", "implementing", "terminated"})
_DONE = frozenset({"signed", "adopted", "ratified"})
_PARTICIPLES = frozenset({"acl", "acl:relcl", "relcl"})
# verbs that tell of a step only where the accord is yet to be made ("discussed a new agreement on water")
_OF_NEW = frozenset({"discuss", "work", "coordinate", "prepare", "elaborate", "agree"})
_NEW = frozenset({"a", "an", "new", "draft", "possible", "future", "proposed"})
# after these an accord is what something else happens beside ("negotiate in line with a resolution")
_BESIDE = frozenset({"in", "under", "through", "during", "since", "after", "before", "without", "as"})
_REFUSED = frozenset({"refuse", "fail", "decline", "reject"})
_LISTING = re.compile(r":|\b(?:including|in particular|among them|namely|such as|as well as)\b", re.IGNORECASE)
_ONE_OF = frozenset({"document", "documents", "agreements", "them", "one", "first", "second", "third", "last"})
_YEAR_IN_TITLE = re.compile(r"^(1[6-9]\d\d|20\d\d)\b|\((1[6-9]\d\d|20\d\d)\)$")


def step_of(noun: Token, core: SpacySpan) -> tuple[str | None, Token | None]:
    """The step and the verb that tells it: by a participle, the verb over the noun, or a phrase before it."""
    verbs = accord_kinds().verbs
    for child in noun.children:  # "agreements reached during the visit", "treaties ratified by"
        if child.dep_ in _PARTICIPLES and child.lemma_.lower() in verbs and child.lemma_.lower() not in _OF_NEW:
            if any(word.dep_ in {"mark", "aux"} and word.lower_ == "to" for word in child.lefts):
                return "to_be_signed", child
            return _ahead(child, verbs[child.lemma_.lower()]), child
    after = noun.doc[core.end : min(noun.sent.end, core.end + 5)].text
    before = _before(noun, core)
    near = accord_kinds().step(" ".join(before.split()[-3:]))
    if near == "in_force":
        return near, None
    verb = _governor(noun)
    if verb is not None:
        lemma = verb.lemma_.lower()
        if lemma in {"enter", "come"} and re.search(r"\b(?:into|in) force\b", verb.sent.text):
            return "in_force", verb
        if lemma in verbs and (lemma not in _OF_NEW or _is_new(core)):
            return _ahead(verb, verbs[lemma]), verb
    phrase = accord_kinds().step(before) or accord_kinds().step(after)
    if phrase is not None:
        return phrase, None
    return _of_list(noun), None


def _governor(noun: Token) -> Token | None:
    """The verb over the noun, through coordination, "a number of" and "including"."""
    node = noun
    for _ in range(6):
        if node.head == node:
            return None
        of = node.dep_ in {"nmod", "prep", "pobj"} and grammar.case_of(node) in {"of", "including", None}
        done_to = grammar.is_verb(node.head) and grammar.case_of(node) not in _BESIDE
        through = of or node.dep_ in {"conj", "appos", "parataxis", "obj", "dobj"} or done_to
        if not through:
            return None
        node = node.head
        if node.pos_ == "VERB" and node.lemma_.lower() != "include":
            return node
        if node.pos_ == "AUX":
            return None
    return None


def _before(noun: Token, core: SpacySpan) -> str:
    """The few words before the phrase, or before the first noun that it is coordinated with."""
    start = core.start
    if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        start = grammar.core_phrase(noun.head).start
    words = noun.doc[max(noun.sent.start, start - 5) : start].text
    # what is counted between: "Article IV of the" tells as "article of the"
    return re.sub(r"(?i)\barticles?\s+\w+\s+of\b", "article of", words)


def _is_new(core: SpacySpan) -> bool:
    return any(token.lower_ in _NEW for token in core[:3])


def _ahead(verb: Token, step: str) -> str:
    """A signing still to come is no signing."""
    if step in _DONE and any(word.lower_ == "yet" for word in verb.doc[max(0, verb.i - 3) : verb.i]):
        return "negotiating"
    status = status_of(verb.doc, verb)
    if step in {"signed", "adopted"} and status in {"planned", "proposed", "postponed"}:
        return "to_be_signed"
    if step in _DONE and grammar.is_negated(verb):
        return "negotiating"
    if step == "implementing" and (verb.head.lemma_.lower() in _REFUSED or grammar.is_negated(verb)):
        return "mentioned"
    return step


def _of_list(noun: Token) -> str | None:
    """In "signed five documents, including a protocol …", or one a line after "They signed:", the list's step."""
    before = noun.doc[noun.sent.start : noun.i]
    marks = [match.start() for match in _LISTING.finditer(before.text)]
    if marks:
        step = _step_in(noun.doc, before.start_char, before.start_char + marks[-1])
        if step is not None:
            return step
    return _of_lines(noun)


def _of_lines(noun: Token) -> str | None:
    text = noun.doc.text
    end = text.rfind("\n", 0, noun.idx)
    for _ in range(40):
        if end < 0:
            return None
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if line.endswith(":"):
            return _step_in(noun.doc, start, end)
        if len(line) > 400 or line.endswith("?"):
            return None
        end = start - 1
    return None


def _step_in(doc: object, start: int, end: int) -> str | None:
    words = doc.char_span(start, end, alignment_mode="contract")  # type: ignore[attr-defined]
    if words is None:
        return None
    verbs = accord_kinds().verbs
    for token in words:
        step = verbs.get(token.lemma_.lower()) or verbs.get(token.lower_.removesuffix("ed"))
        if step in _DONE and token.pos_ in {"VERB", "ADJ"}:
            return _ahead(token, step)
    return accord_kinds().step(words.text)


def is_one_of(noun: Token) -> bool:
    """ "Among the documents was a memorandum", "The last document was a memo": one of those just told of."""
    words = {token.lower_ for token in noun.doc[noun.sent.start : noun.i]}
    copular = any(child.dep_ == "cop" for child in noun.children) or noun.head.lemma_ == "be"
    return copular and bool(words & _ONE_OF)


def status_with(noun: Token, step: str | None, verb: Token | None) -> Status:
    """The status that goes with a step: an accord to be signed is planned, one in negotiation not yet done."""
    if step == "to_be_signed":
        return "planned"
    if step == "negotiating":
        before = noun.doc[max(noun.sent.start, noun.i - 6) : noun.i].text.lower()
        if (verb is not None and grammar.is_negated(verb)) or "proposal" in before or "call" in before:
            return "proposed"
        return "planned" if re.search(r"\b(?:a|an|new)\s(?:\S+\s){0,3}$", before + " ") else "ongoing"
    if step in MADE:
        return "done"
    return "cancelled" if status_of(noun.doc, noun) == "cancelled" else "done"


def date_of(
    reading: Reading, noun: Token, title: str, core: SpacySpan, step: str | None, verb: Token | None
) -> When:
    """When it was signed or adopted, or the year in its name; the month of publication for a readout's own act."""
    inside = _date_inside(reading, noun, core)
    if inside.date is not None:
        return inside
    year = _YEAR_IN_TITLE.search(title)
    if year is not None:
        return When(year[1] or year[2], year[1] or year[2], "text")
    begins = step == "in_force" and verb is not None and verb.lemma_.lower() in {"enter", "come", "take"}
    if step not in _DONE | {"to_be_signed"} and not begins:
        return When()
    for word in (noun, verb):
        if word is None:
            continue
        dated = when(reading, word)
        if dated.date is not None and "/" not in dated.date and (dated.date_text or "") not in core.text:
            return dated
    participle = verb is not None and verb.dep_ in _PARTICIPLES and verb.i > noun.i
    if step in {"signed", "adopted"} and not participle and reading.document.published:
        return When(reading.document.published[:7], None, "published")
    return When()


def _date_inside(reading: Reading, noun: Token, core: SpacySpan) -> When:
    """ "The statement of June 16, 2021", "the agreement …, signed in Moscow on January 16, 1998"."""
    text = reading.document.text
    end = min(core.end_char + 60, noun.sent.end_char)
    for time in reading.times:
        if time.start < noun.idx + len(noun) or time.kind != "date" or time.edtf is None or "/" in time.edtf:
            continue
        if time.start >= end:
            break
        between = text[noun.idx + len(noun) : time.start]
        if time.end <= core.end_char and not re.search(r"\b(?:on|of|dated|in)\s*$", between):
            continue
        near = (
            re.fullmatch(r"\s*(?:of|on|dated)\s*", text[core.end_char : time.start])
            if time.start > core.end_char
            else None
        )
        signed = re.search(r"\b(?:signed|adopted|concluded|passed|reached)\b[^.;]{0,40}$", between)
        if signed or near or (time.end <= core.end_char and re.search(r"\b(?:of|on|dated)\s*$", between)):
            return When(time.edtf, time.text, "relative" if time.basis == "relative" else "text")
    return When()
