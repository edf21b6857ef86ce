"""Why a record is as it is: the document read again, and what stood behind its words, actors, date and status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from dragoman.annotate import Reading
from dragoman.annotate.times import TimeExpression
from dragoman.extract.modality import Modality, modality_of
from dragoman.records import Record, Span

__all__ = ["Chain", "Explanation", "explain", "tree"]


@dataclass(frozen=True, slots=True)
class Chain:
    """An actor of the record and every mention of it in the document, in order.

    role: the field in which the record names it; here: its mention in the record, if it has one.
    """

    role: str
    name: str
    country: str | None
    office: str | None
    here: Span | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What led to a record. sentence: the parsed sentence of its first evidence; times: those that stand in it."""

    record: Record
    sentence: SpacySpan
    modality: Modality | None
    chains: tuple[Chain, ...]
    times: tuple[TimeExpression, ...]


def explain(reading: Reading, record: Record) -> Explanation:
    """What led to a record of a document.

    The document is annotated anew; with another pipeline than the one that found the record the parse may differ.
    """
    first = record.evidence[0]
    words = reading.doc.char_span(first.start, first.end, alignment_mode="expand")
    sentence = words.sent if words is not None else next(reading.doc.sents)
    modality = modality_of(reading.doc, words) if words is not None and hasattr(record, "status") else None
    return Explanation(
        record,
        sentence,
        modality,
        tuple(_chains(reading, record)),
        tuple(t for t in reading.times if t.start < sentence.end_char and t.end > sentence.start_char),
    )


def _chains(reading: Reading, record: Record) -> Iterator[Chain]:
    for role, actor in record.actors():
        entity = next((e for e in reading.entities if e.name == actor.name and e.kind == actor.kind), None)
        mentions = sorted(entity.mentions, key=lambda mention: mention.start) if entity else []
        spans = tuple(reading.span(reading.doc[mention.start : mention.end]) for mention in mentions)
        yield Chain(role, actor.name, actor.country, actor.office, actor.mention, spans)


def tree(sentence: SpacySpan) -> Iterator[tuple[int, Token]]:
    """The words of a sentence as a tree, each with its depth, in the order of the text below their heads."""
    seen: set[int] = set()

    def below(token: Token, depth: int) -> Iterator[tuple[int, Token]]:
        if token.i in seen or token.is_space:
            return
        seen.add(token.i)
        yield depth, token
        for child in token.children:
            yield from below(child, depth + 1)

    yield from below(sentence.root, 0)
