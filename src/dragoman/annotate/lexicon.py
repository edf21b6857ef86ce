"""The vocabulary as spaCy matchers: which words of a document name a state, a body or a post."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from dragoman.vocabulary import names_about, offices, organizations, states


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens start to end that the vocabulary knows; ``value`` is its entry."""

    start: int
    end: int
    value: Any


def _with_and_without_stop(words: frozenset[str]) -> frozenset[str]:
    """Lower case, "Dr" as well as "Dr."."""
    lower = {word.lower().rstrip(".") for word in words}
    return frozenset(lower | {word + "." for word in lower})


class Lexicon:
    """Matchers over the vocabulary, made once a pipeline (they share its tokenizer)."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._heads = offices().heads
        self.portfolios = frozenset(
            word.lower()
            for field in offices().portfolios.values()
            for words in field.words
            for word in words.split()
        )
        about = names_about()
        self.titles = _with_and_without_stop(about.titles | about.styles)
        self.ranks = _with_and_without_stop(about.ranks)

    def is_post(self, word: str) -> bool:
        """Whether a word in lower case is the head of a post by itself."""
        return word in self._heads

    @cached_property
    def _names(self) -> tuple[PhraseMatcher, dict[str, Any]]:
        surfaces: dict[str, Any] = dict(organizations().surfaces())
        surfaces.update(states().surfaces())
        curly = {name.replace("'", "’"): value for name, value in surfaces.items() if "'" in name}
        return self._matcher(surfaces | curly, attr="ORTH")

    @cached_property
    def _posts(self) -> tuple[PhraseMatcher, dict[str, Any]]:
        return self._matcher(dict(self._heads), attr="LOWER")

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
