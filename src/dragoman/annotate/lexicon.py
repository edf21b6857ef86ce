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

_COURTESIES = "dragoman_courtesies"  # key in Doc.user_data


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

    @cached_property
    def _courtesies(self) -> PhraseMatcher:
        """Titles, styles and ranks of more than one word; of one word they are in ``titles`` and ``ranks``."""
        about = names_about()
        phrases = {word for word in about.titles | about.styles | about.ranks if " " in word or "." in word}
        return self._matcher(dict.fromkeys(phrases), attr="LOWER")[0]

    def courtesies(self, doc: Doc) -> frozenset[int]:
        """Tokens that are a title, a style or a rank before a name: "Mr", "His Excellency", "H E", "Lt. Gen."."""
        known = doc.user_data.get(_COURTESIES)
        if known is not None:
            return frozenset(known)
        found = {
            token.i
            for token in doc
            if (token.lower_ in self.titles or token.lower_ in self.ranks) and token.text[:1].isupper()
        }
        for _, start, end in self._courtesies(doc):
            if doc[start].text[:1].isupper() and doc[end - 1].text[:1].isupper():
                found.update(range(start, end))
        doc.user_data[_COURTESIES] = frozenset(found)
        return frozenset(found)

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

    def begins_post(self, doc: Doc, at: int) -> bool:
        """Whether the head of a post ("Prime Minister") begins at a token."""
        words = [doc[i].lower_ for i in range(at, min(at + 3, len(doc)))]
        return any(" ".join(words[:count]) in self._heads for count in (1, 2, 3))

    def posts(self, doc: Doc) -> list[Hit]:
        """Head words of posts ("minister", "head of state"); the longest wins, none overlap."""
        return self._hits(doc, *self._posts)

    def _hits(self, doc: Doc, matcher: PhraseMatcher, surfaces: dict[str, Any]) -> list[Hit]:
        spans = filter_spans(matcher(doc, as_spans=True))
        return [Hit(span.start, span.end, surfaces[span.label_]) for span in sorted(spans)]
