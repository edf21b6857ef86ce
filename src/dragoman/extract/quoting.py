"""Quotations inside a report, each with its speaker."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.annotate import Reading, grammar
from dragoman.extract.speakers import speaker_of
from dragoman.extract.stance import speech_verbs
from dragoman.extract.voice import Passage, title_person
from dragoman.records import Actor

_SAYING = frozenset(
    "say state note add tell declare read stress emphasize emphasise write underline continue explain ask "
    "answer reply begin conclude".split()
)
_LETTERS = frozenset({"message", "letter", "telegram", "greeting", "congratulation", "statement"})
_FEWEST_WORDS = 4
_WINDOW = 25


def quotations(reading: Reading, passages: list[Passage]) -> Iterator[Passage]:
    """What stands between quotation marks and has a speaker, outside passages that are one person's own words."""
    previous: tuple[int, Actor] | None = None
    for quotation in reading.quotations:
        start, end = quotation.content_start, quotation.content_end
        if quotation.kind != "speech" or any(passage.start <= start < passage.end for passage in passages):
            continue
        words = reading.doc.char_span(start, end, alignment_mode="contract")
        if words is None or not _is_speech(reading, words.start, words.end):
            continue
        speaker = _speaker(reading, words.start, words.end)
        if speaker is None and previous is not None and start - previous[0] < 12:
            speaker = previous[1]
        if speaker is None:
            continue
        previous = (end, speaker)
        for first, last in quotation.paragraphs:
            text = reading.document.text[first:last].rstrip(" ,")
            if len(text.split()) >= _FEWEST_WORDS:
                yield Passage(first, first + len(text), speaker, "quotation")


def _is_speech(reading: Reading, start: int, end: int) -> bool:
    """Whether words in quotation marks are a clause, and not a title, a name or a word at arm's length."""
    words = reading.doc[start:end]
    if len(words) < _FEWEST_WORDS:
        return False
    return any(token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG" for token in words)


def _speaker(reading: Reading, start: int, end: int) -> Actor | None:
    """Who says it: by the verb of saying after it, or before it."""
    doc = reading.doc
    for token in _after(reading, end):
        if _says(token):
            found = _subject_near(reading, token, start, end)
            if found is not None:
                return found
    before = _before(reading, start)
    for token in before:
        if token.lemma_.lower() in _LETTERS and any(
            word.lower_ == "to" for word in token.doc[token.i : token.i + 3]
        ):
            return _sender(reading, token)  # "his letter to the speaker of parliament says"
    for token in reversed(before):
        if _says(token):
            return _subject_near(reading, token, start, end)
    for token in reversed(doc[max(start - 12, 0) : start]):
        if token.lemma_.lower() in _LETTERS:
            return _sender(reading, token)
    return None


def _after(reading: Reading, end: int) -> list[Token]:
    """The tokens on the line behind a quotation, as far as the next sentence."""
    found: list[Token] = []
    for token in reading.doc[end : end + _WINDOW]:
        if "\n" in token.text or token.text in {"“", "«"}:
            break
        if token.text in {".", "!", "?"} and found and len(found) > 1:
            break
        found.append(token)
    return found


def _before(reading: Reading, start: int) -> list[Token]:
    """The tokens in front of a quotation, back to the end of the sentence before."""
    found: list[Token] = []
    for token in reversed(reading.doc[max(start - _WINDOW, 0) : start]):
        if token.text in {".", "!", "?", "”", "»"} and found:
            break
        if "\n" in token.text and not any(word.text == ":" for word in found) and found and len(found) > 3:
            break
        found.append(token)
    return found[::-1]


def _says(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return bool(token.pos_ == "VERB" and (lemma in _SAYING or lemma in speech_verbs()))


def _subject_near(reading: Reading, verb: Token, start: int, end: int) -> Actor | None:
    """The subject of a verb of saying; where the parse misses it, the actor that stands beside the verb."""
    subject = grammar.own_subject(verb)
    if subject is not None and subject.lemma_.lower() in _LETTERS:
        return _sender(reading, subject)
    actors = reading.actors(subject) if subject is not None and not start <= subject.i < end else ()
    if not actors:
        actors = () if subject is not None and start <= subject.i < end else speaker_of(reading, verb)
    if actors:
        return actors[0]
    for token in [*verb.doc[verb.i + 1 : verb.i + 6], *reversed(verb.doc[max(verb.i - 6, 0) : verb.i])]:
        mention = None if start <= token.i < end else reading.mention(token)
        if mention is not None and mention.entity is not None and mention.entity.kind == "person":
            return reading.actor(mention.entity, mention)
    return None


def _sender(reading: Reading, letter: Token) -> Actor | None:
    """Who sent a message: its possessor, else whoever the document is first about."""
    for owner in grammar.possessors(letter):
        actors = reading.actors(owner)
        if actors:
            return actors[0]
    for entity in reading.principals:
        if entity.kind == "person" and (entity.country == reading.home or reading.home is None):
            return reading.actor(entity)
    return title_person(reading) or next((reading.actor(e) for e in reading.principals[:1]), None)
