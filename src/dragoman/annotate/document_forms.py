"""What kind of text a document is, and whose: a signed statement, a joint one, a letter, a readout, a transcript.

In a text in its author's own words every paragraph is his; in a readout somebody else reports. Only the text and
its title are looked at, no names are needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dragoman.annotate.quotations import outside_quotations
from dragoman.annotate.transcripts import speaker_turns

__all__ = ["DocumentForm", "document_form", "first_person"]

FormKind = Literal[
    "statement", "joint_statement", "letter", "message", "readout", "fact_sheet", "transcript", "report"
]

_I = re.compile(r"\b(?:I|me|my|My|myself)\b")
_WE = re.compile(r"\b[Ww]e\b")
_SENTENCE = re.compile(r"[.!?][\s”\"’)]")
_SPOKEN = 0.35  # share of a text that its turns take, for it to be a transcript
_HEAD = 1200  # characters in which headings, bylines and attributions stand
_OFFICE_LINE = r"(?:Office of the [A-Z][^\n]{0,60}|Media Note|Press Statement|THE WHITE HOUSE[^\n]{0,40})"
_HEADING = re.compile(rf"\s*(?:{_OFFICE_LINE}\s*\n\s*)*")
_BYLINE = re.compile(r"(?P<who>[A-Z][^\n,.:;]*(?:\.[^\n,.:;]*){0,3}), (?P<post>[A-Z][^\n.:;“”]{3,90})\n")
_ATTRIBUTED = re.compile(r"[^\n]{0,60}\battributable to (?:the )?(?P<who>[^\n:]{3,120}?)\s*:?\s*\n")
_RELEASED = re.compile(
    r"[^\n]{0,80}\bfollowing\b[^\n]{0,60}\b(?:released|issued|adopted|signed|statement|communiqu[eé])\b[^\n]*?"
    r"\b(?:by|from) (?:the )?(?P<who>[^\n]{3,900}?)"
    r"(?= on the occasion| on \w+ \d| following | regarding | after |:|\.?\s*\n|\.\s*$)"
)
_BEGIN = re.compile(r"\bbegin text\b:?\s*", re.IGNORECASE)
_END = re.compile(r"\bend text\b", re.IGNORECASE)
_READS = re.compile(
    r"\b(?:message|telegram|letter|greetings?|address|appeal|statement)[^\n.:]{0,40}"
    r"\b(?:reads|read|said|says|goes)\b[^\n.:]{0,30}:\s*"
)
_SIGNATURE = re.compile(
    r"\n[^\S\n]*(?:(?P<who>[A-Z][A-Z.’' -]{4,40}?(?:,? JR\.?)?)[^\S\n]*(?=\n|$)"
    r"|[-–—] ?(?P<dashed>[A-Z][a-z]+ [A-Z][^\n]{2,80}?)\s*$)"
)
_SALUTATION = re.compile(
    r"(?:Dear [^\n]{2,120}:|TO THE [A-Z ]{4,60}:|(?:Your|Esteemed|Respected) [^\n]{2,60}[,:!])"
)
_NO_SIGNER = re.compile(r"(?:THE )?WHITE HOUSE|END|BEGIN|ENDS|###|FACT SHEET|BACKGROUND", re.IGNORECASE)
_TITLE_READOUT = re.compile(
    r"readout\b|(?:.*[’']s? )(?:virtual |phone |telephone |video )?"
    r"(?:calls?|meetings?|travel|visit|trip|participation)\b(?: (?:with|to|in|at|by)\b|$)"
    r"|(?:telephone |phone )?conversations? with\b|meeting (?:with|of)\b",
    re.IGNORECASE,
)
_TITLE_SIGNED = re.compile(
    r"(?i:statements?|remarks|messages?|address|greetings|letters?|proclamation)\s+(?i:by|from|of)\s+(?:the\s+)?"
    r"(?P<who>[A-Z].+?)"
    r"(?=\s+(?i:on|regarding|about|after|following|marking|ahead|in|at|to|for|celebrating|honoring|commemorating|"
    r"announcing|before|as|with)\b|$)"
)
_TITLE_JOINT = re.compile(
    r"(?!.*\b(?:sign|adopt|issue|approve)(?:s|ed)?\b)"  # a headline that tells of one is the title of a report
    r".*(?:joint (?:statement|declaration|communiqu)|ministers[’']? statement|leaders[’']? statement)",
    re.I,
)
_TITLE_FACTS = re.compile(r"fact ?sheet|backgrounder|background (?:press )?(?:note|briefing)", re.IGNORECASE)
_TITLE_LETTER = re.compile(
    r"(?:a )?(?:letters?|message|notice|memorandum) (?:to|on)\b|presidential message", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """The form of a document and the part that is its body.

    signer: the words that name the author, if the text or its title does, with their span where they stand in the
    text. own_words: the body is in its author's own words. attributed: a line says to whom the text is
    attributable, who in a report, too, may judge in the first person.
    """

    kind: FormKind
    body_start: int
    body_end: int
    signer: str | None = None
    signer_start: int | None = None
    signer_end: int | None = None
    own_words: bool = False
    attributed: bool = False


def first_person(text: str) -> bool:
    """Whether a text speaks in the first person outside its quotations: one I or two we in a dozen sentences."""
    plain = outside_quotations(text)
    sentences = len(_SENTENCE.findall(plain)) + 1
    spoken = 2 * len(_I.findall(plain)) + len(_WE.findall(plain))
    return spoken >= 1 and spoken / sentences >= 0.15


def document_form(text: str, *, title: str | None = None) -> DocumentForm:
    """The form of a text. Headings, bylines and framing lines are left out of the body."""
    title = (title or "").strip()
    if _TITLE_FACTS.match(title) or _TITLE_FACTS.match(text.lstrip()):
        return DocumentForm("fact_sheet", 0, len(text))
    turns = speaker_turns(text)
    if turns and sum(turn.end - turn.start for turn in turns) > _SPOKEN * len(text.strip()):
        return DocumentForm("transcript", turns[0].label_start, turns[-1].end, own_words=True)
    start = _HEADING.match(text).end()  # type: ignore[union-attr]
    return (
        _joint(text, title, start)
        or _letter(text, title, start)
        or _signed(text, title, start)
        or _message(text)
        or _unsigned(text, title, start)
    )


def _joint(text: str, title: str, start: int) -> DocumentForm | None:
    head = text[: start + _HEAD]
    released, begin = _RELEASED.search(head), _BEGIN.search(head)
    if released is None and begin is None and not _TITLE_JOINT.match(title):
        return None
    body = begin.end() if begin else _line_end(text, released.end()) if released else start
    endings = list(_END.finditer(text, body))
    end = endings[-1].start() if endings else len(text)
    if released is None:
        return DocumentForm("joint_statement", body, end, own_words=True)
    who = released.span("who")
    return DocumentForm("joint_statement", body, end, text[slice(*who)], *who, own_words=True)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _letter(text: str, title: str, start: int) -> DocumentForm | None:
    salutation = _SALUTATION.match(text, start)
    signature = _signature(text)
    if salutation is None and not (signature and (_TITLE_LETTER.match(title) or first_person(text))):
        return None
    if signature is None:
        return DocumentForm("letter", start, len(text), own_words=True)
    return DocumentForm("letter", start, signature[0], text[slice(*signature)], *signature, own_words=True)


def _signature(text: str) -> tuple[int, int] | None:
    """The name that closes a text, in capitals or after a dash."""
    tail = max(0, len(text.rstrip()) - 200)
    names = [match.span(match.lastgroup or 0) for match in _SIGNATURE.finditer(text, tail)]
    names = [span for span in names if len(text[slice(*span)].split()) > 1 and not _NO_SIGNER.match(text, span[0])]
    return names[0] if names else None


def _signed(text: str, title: str, start: int) -> DocumentForm | None:
    byline = _BYLINE.match(text, start)
    if byline is not None and byline[0].strip() == title and not first_person(text[byline.end() :]):
        byline = None  # a headline with a comma in it
    attributed = _ATTRIBUTED.match(text, byline.end() if byline else start)
    found = attributed or byline
    report = bool(_TITLE_READOUT.match(title))
    if found is not None:
        body = found.end()
        own = not report and (byline is not None or first_person(text[body:]))
        kind: FormKind = "statement" if own else "readout" if report else "report"
        who = found.span("who")
        signer = text[slice(*who)]
        return DocumentForm(kind, body, len(text), signer, *who, own_words=own, attributed=attributed is not None)
    named = _TITLE_SIGNED.search(title)
    if named is None or title.lower().startswith("readout"):
        return None
    own = first_person(text) or not re.search(
        r"[’']s?\s+(?:\w+\s+){0,2}(?:call|meeting|travel|visit|trip)s?\b", title, re.I
    )
    signature = _signature(text)
    if own and signature is not None:
        return DocumentForm("statement", start, signature[0], text[slice(*signature)], *signature, own_words=True)
    return DocumentForm("statement" if own else "readout", start, len(text), named["who"], own_words=own)


def _message(text: str) -> DocumentForm | None:
    reads = _READS.search(text)
    if reads is None or reads.end() > 0.6 * len(text):
        return None
    return DocumentForm("message", reads.end(), len(text), own_words=True)


def _unsigned(text: str, title: str, start: int) -> DocumentForm:
    if _TITLE_READOUT.match(title):
        return DocumentForm("readout", start, len(text))
    if _TITLE_LETTER.match(title):
        return DocumentForm("message", start, len(text), own_words=True)
    own = first_person(text[start:])
    return DocumentForm("statement" if own else "report", start, len(text), own_words=own)
