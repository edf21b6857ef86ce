"""The vocabulary as spaCy matchers: which words of a document name a state, a body or a post."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from dragoman import vocabulary


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens start to end that the vocabulary knows; ``value`` is its entry."""

    start: int
    end: int
    value: Any


class Lexicon:
    """Matchers over the vocabulary, made once a pipeline (they share its tokenizer)."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.offices = vocabulary.offices()
        self.honorifics = vocabulary.honorifics()

    @cached_property
    def _names(self) -> tuple[PhraseMatcher, dict[str, Any]]:
        surfaces: dict[str, Any] = dict(vocabulary.organizations().surfaces())
        surfaces.update(vocabulary.states().surfaces())
        return self._matcher(surfaces, attr="ORTH")

    @cached_property
    def _posts(self) -> tuple[PhraseMatcher, dict[str, Any]]:
        return self._matcher(self.offices.surfaces(), attr="LOWER")

    def _matcher(self, surfaces: dict[str, Any], *, attr: str) -> tuple[PhraseMatcher, dict[str, Any]]:
        matcher = PhraseMatcher(self._nlp.vocab, attr=attr)
        for surface, doc in zip(surfaces, self._nlp.tokenizer.pipe(surfaces), strict=True):
            matcher.add(surface, [doc])
        return matcher, surfaces

    def names(self, doc: Doc) -> list[Hit]:
        """States, demonyms, capitals, metonyms and organizations; the longest wins, none overlap."""
        return self._hits(doc, *self._names)

    def posts(self, doc: Doc) -> list[Hit]:
        """Head words of posts ("minister", "head of state"); the longest wins, none overlap."""
        return self._hits(doc, *self._posts)

    def _hits(self, doc: Doc, matcher: PhraseMatcher, surfaces: dict[str, Any]) -> list[Hit]:
        spans = filter_spans(matcher(doc, as_spans=True))
        return [Hit(span.start, span.end, surfaces[span.label_]) for span in sorted(spans)]
