"""Whose words stand where: the signer of a statement, the speakers of a transcript."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.annotate import Mention, Reading
from dragoman.annotate.document_forms import DocumentForm
from dragoman.annotate.transcripts import speaker_turns
from dragoman.extract.speakers import mentions_between
from dragoman.records import Actor, Span

Kind = Literal["signed", "turn", "quotation"]

_LINE = re.compile(r"[^\n]+")
_TITLE_BODY = re.compile(r"(?:The )?(?P<who>[A-Z][^:]{2,60}?)(?:’s|'s|’|')? (?:Joint )?Statement\b")
_BODY = re.compile(
    r"\b(?i:coalition|group|council|ministers|leaders|alliance|troika|quad|committee|members|governments|partners|"
    r"countries|presidents|friends|[GP]\d{1,2})\b"
)
_NOT_OWN = re.compile(r"^(?:readout|fact sheet|background|transcript|executive order)", re.I)
# a report of what others did, not a text in its author's own words
_REPORT = re.compile(
    r"\b(?:spoke|met|meets|held|hosted|convened|travell?ed|visited|participated|joined|led|attended|"
    r"is travell?ing|will (?:travel|visit|host|meet|convene|participate|welcome|join|lead|attend)|"
    r"looks forward to|departed|returned|"
    r"had an?|announced the designation|declared that)\b"
)
_I_OR_WE = re.compile(r"\b(?:I|I’m|I'm|we|We|my|My)\b")
# lines that frame a text and say nothing themselves
_FRAME = re.compile(
    r"(?:begin|end) text|for (?:more|further|additional|any|media)\b|dear\b|sincerely|to the congress|# ?#|\*|<…>|"
    r"(?:the|this) notice shall|i am enclosing|the white house\b|office of the|media contact|"
    r"the (?:text|following|below)\b|(?:may )?god (?:bless|protect)|washington, d|contact:|###",
    re.I,
)
_MARKS = ("“", '"')
_LABEL = re.compile(r"(?P<end>\)|[\w.”])\s*:(?=\s|[A-Z“\"])")
_CLOSING = re.compile(r"<…>|\* \* \*")
_LABEL_WORDS = frozenset("of the and for to in on at de la von van bin al el retranslated translated via".split())
_SHORTEST = 8  # words that a paragraph must have to say something of its own


@dataclass(frozen=True, slots=True)
class Passage:
    """Text from start to end in the words of one speaker."""

    start: int
    end: int
    speaker: Actor
    kind: Kind


def own_words(reading: Reading) -> list[Passage]:
    """The passages of a document that stand in somebody's own words, in order, a paragraph or turn each.

    Ask for it as ``reading.once(own_words)``.
    """
    turns = list(_turns(reading))
    if turns:
        return turns
    form = reading.form
    signer = _signer(reading, form)
    if signer is None:
        return []
    paragraphs = _paragraphs(reading.document.text, form.body_start, form.body_end)
    return [Passage(start, end, signer, "signed") for start, end in paragraphs]


def spokesperson(reading: Reading) -> Actor | None:
    """To whom a readout's own judgments ("We remain committed …") are attributed by name."""
    form = reading.form
    if not form.attributed or form.signer_start is None:
        return None
    return _person_of_line(reading, form.signer_start)


# --- signed texts ---------------------------------------------------------------------------------------------


def _signer(reading: Reading, form: DocumentForm) -> Actor | None:
    """Who speaks in a whole document; None for a report in the third person."""
    text, title = reading.document.text, reading.document.title or ""
    if not form.own_words or _NOT_OWN.match(title):
        return None
    if form.kind == "message" and text.startswith(_MARKS, form.body_start):
        return None  # read as a quotation
    if form.kind not in {"letter", "joint_statement"} and _is_report(text, form.body_start):
        return None
    named = _by_name(reading, form) or _by_body(title)
    if named is not None or reading.home is None:
        return named
    return reading.actor(reading.state(reading.home))


def _by_name(reading: Reading, form: DocumentForm) -> Actor | None:
    """The author whom the text or its title names."""
    if form.signer is None:
        return None
    if form.signer_start is None or form.signer_end is None:
        return _named(reading, form.signer)
    if form.signer_start >= form.body_end:
        return _by_signature(reading, form.signer)
    if form.kind == "joint_statement":
        body = _by_body(reading.document.title or "")
        return body or _first_actor(reading, form.signer_start, form.signer_end)
    return _person_of_line(reading, form.signer_start)


def _is_report(text: str, start: int) -> bool:
    """Whether the first sentence tells what others did."""
    first = re.split(r"(?<=[a-z)]{2}[.!?])\s", text[start : start + 400].strip(), maxsplit=1)[0]
    told = _REPORT.search(first)
    return told is not None and not _I_OR_WE.search(first[: told.end()])


def _by_body(title: str) -> Actor | None:
    """The body with whose name a title opens: "Contact Group Statement on …"."""
    found = _TITLE_BODY.match(title)
    if found is None or not _BODY.search(found.group("who")):
        return None
    return Actor(name=found.group("who"), kind="organization")


def _by_signature(reading: Reading, signature: str) -> Actor:
    """Whoever signs, in capitals or not."""
    name, _, _ = signature.partition(", ")
    written = " ".join(word.capitalize() for word in name.split()) if name.isupper() else name
    known = next((e for e in reading.entities if e.kind == "person" and e.name.lower() == written.lower()), None)
    if known is not None:
        return reading.actor(known)
    return Actor(name=written, kind="person", country=reading.home)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs that say something; a list belongs to the paragraph that introduces it."""
    waiting: tuple[int, int] | None = None
    for line in _LINE.finditer(text, start, end):
        words = line.group().strip()
        if not words or (_FRAME.match(words) and len(words.split()) < 40):
            continue
        first = line.start() + len(line.group()) - len(line.group().lstrip())
        last = first + len(words)
        if waiting is not None and (text[waiting[1] - 1] in ":;" or words[0].islower()):
            waiting = (waiting[0], last)
            continue
        if waiting is not None:
            yield waiting
        waiting = (first, last) if len(words.split()) >= _SHORTEST else None
    if waiting is not None:
        yield waiting


# --- transcripts ----------------------------------------------------------------------------------------------


def _turns(reading: Reading) -> Iterator[Passage]:
    """What each speaker says after his name and a colon, a paragraph each."""
    text = reading.document.text
    labels = _labels(reading)
    if not any(speaker is not None for _, _, speaker in labels):
        return
    for number, (_, start, speaker) in enumerate(labels):
        end = labels[number + 1][0] if number + 1 < len(labels) else len(text)
        closing = _CLOSING.search(text, start, end)
        end = closing.start() if closing else end
        if speaker is not None:
            for a, b in _paragraphs(text, start, end):
                yield Passage(a, b, speaker, "turn")


def _labels(reading: Reading) -> list[tuple[int, int, Actor | None]]:
    """(start of the label, start of the speech, speaker) of every "President of Russia Vladimir Putin:".

    Labels that open a line need no name ("Question:"); inside a line, where a site lost its line breaks, they do.
    """
    text = reading.document.text
    found: dict[int, tuple[int, int, Actor | None]] = {}
    known: set[int] = set()
    for turn in speaker_turns(text):
        speaker = _speaker_of_label(reading, turn.label_start, turn.label_end)
        found[turn.start] = (turn.label_start, turn.start, speaker)
        known.update(range(turn.label_start, turn.label_end + 1))
    for match in _LABEL.finditer(text):
        end = match.end("end")
        start = _label_start(text, end)
        if start is None or _FRAME.match(text[start:end]) or end in known or start in known:
            continue
        speaker = _speaker_of_label(reading, start, end)
        if speaker is not None:
            found[match.end()] = (start, match.end(), speaker)
    return sorted(found.values(), key=lambda label: label[0])


def _speaker_of_label(reading: Reading, start: int, end: int) -> Actor | None:
    return _person_in(reading, start, end) or _by_surname(reading, reading.document.text[start:end])


def _label_start(text: str, end: int) -> int | None:
    """Where the capitalised words before a colon begin, if a sentence or line begins with them."""
    line = max(text.rfind("\n", 0, end) + 1, end - 160)
    start = line
    for stop in re.finditer(r"[.!?>…\]][”\"]?\s+(?=[A-Z])", text[line:end]):
        before = text[line : line + stop.start() + 1].split()
        if before and (len(before[-1].strip(".")) > 3 or before[-1][-1] in "!?>]…"):
            start = line + stop.end()
    words = re.findall(r"[\w’'.\-]+", text[start:end])
    if not 1 <= len(words) <= 18:
        return None
    fits = all(word[0].isupper() or word.lower() in _LABEL_WORDS for word in words)
    return start if fits else None


def _by_surname(reading: Reading, label: str) -> Actor | None:
    """The person of a label such as "SECRETARY BLINKEN"."""
    words = [word.strip(".").lower() for word in label.split()]
    if not words or not label.isupper():
        return None
    for entity in reading.entities:
        if entity.kind == "person" and entity.name.split()[-1].lower() == words[-1]:
            return reading.actor(entity)
    return None


# --- names ----------------------------------------------------------------------------------------------------


def _person_in(reading: Reading, start: int, end: int) -> Actor | None:
    """The last person named between two offsets."""
    found: Mention | None = None
    for mention in mentions_between(reading, start, end):
        if mention.form == "name" and mention.entity is not None and mention.entity.kind == "person":
            found = mention
    return reading.actor(found.entity, found) if found is not None and found.entity is not None else None


def _person_of_line(reading: Reading, start: int) -> Actor | None:
    """The last person named from an offset to the end of its line: a post beside the name belongs to him."""
    end = reading.document.text.find("\n", start)
    return _person_in(reading, start, len(reading.document.text) if end < 0 else end)


def _first_actor(reading: Reading, start: int, end: int) -> Actor | None:
    """The first actor named between two offsets; the words themselves where none is known."""
    for mention in mentions_between(reading, start, end):
        if mention.entities:
            return reading.actor(mention.entities[0], mention)
    name = reading.document.text[start:end].strip(" .:")
    return Actor(name=name, kind="group") if name else None


def passage_at(passages: Sequence[Passage], starts: Sequence[int], place: int) -> Passage | None:
    """The passage that covers an offset, of passages in order with their starts; the innermost one."""
    for number in range(bisect_right(starts, place) - 1, max(bisect_right(starts, place) - 4, -1), -1):
        if place < passages[number].end:
            return passages[number]
    return None


_TITLE_END = re.compile(
    r"\s+(?:on|regarding|after|following|marking|about|in|at|to|ahead|celebrating|honoring|commemorating|"
    r"announcing|before|as|for|with)\s",
    re.I,
)


def _named(reading: Reading, words: str) -> Actor | None:
    """The person or body that the words of a title name: "NSC Spokesperson Jane Doe on …"."""
    phrase = _TITLE_END.split(words, maxsplit=1)[0].strip()
    low = phrase.lower()
    for entity in reading.entities:
        if entity.kind == "person" and entity.name.lower() in low:
            return reading.actor(entity)
    if _BODY.search(phrase):
        return Actor(name=phrase.removeprefix("the "), kind="organization")
    name = _without_post(phrase)
    if name:
        family = name.replace(",", " ").split()
        return Actor(name=name, kind="person", country=reading.home) if len(family) <= 5 else None
    if reading.home is not None and re.match(r"(?:the )?(?:vice )?president\b|first lady|white house", low):
        return replace(reading.actor(reading.state(reading.home)), sector="GOV")
    return None


_POST = re.compile(
    r"\b(?:president|spokesperson|spokesman|spokeswoman|secretary|advisor|adviser|coordinator|director|chair|"
    r"chairman|chairwoman|representative|ambassador|minister|envoy|administrator|counselor|chancellor|lady|"
    r"commissioner|governor|senator|prime minister|king|queen|officer|chief)\b",
    re.I,
)


def _without_post(phrase: str) -> str:
    """The personal name in "National Security Advisor Jane Doe" or "Jane Doe, National Security Advisor"."""
    posts = list(_POST.finditer(phrase))
    if not posts:
        return phrase if len(phrase.split()) <= 4 and not phrase.lower().startswith("the ") else ""
    after = phrase[posts[-1].end() :].strip(" ,")
    if after and after[0].isupper():
        return after
    before, comma, _ = phrase.partition(", ")
    return before if comma and not _POST.search(before) else ""


def title_person(reading: Reading) -> Actor | None:
    """The person with whose name a title opens: "President Jane Doe sent a message …"."""
    run = re.match(r"(?:[A-Z][\w.’'\-]*(?:\s+(?:of|and|the)\b)?\s*)+", reading.document.title or "")
    name = _without_post(run.group().strip()) if run else ""
    if 2 <= len(name.split()) <= 4 and _POST.search(run.group() if run else ""):
        return Actor(name=name, kind="person", country=reading.home)
    return None


def words_of(reading: Reading, start: int, end: int) -> Span:
    """The text between two offsets as evidence, white space at its ends cut."""
    text = reading.document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return reading.document.span(start, end)
