"""The spaCy components of our pipelines: the encoder, and the heads that read tags, parse and names off it.

The encoder leaves one vector a word in `Doc.tensor`, as spaCy's own encoders do; every head is a component of its
own and can be left out. A sentence start that is set before (after a line break, after a dateline) is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IS_SPACE, MORPH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.encode import decode
from dragoman.encode.labels import NAME_TAGS
from dragoman.encode.projective import best_projective, is_projective
from dragoman.encode.session import NETWORK, VOCABULARY, Session
from dragoman.errors import ModelError

Floats = NDArray[np.float32]
SLOPE = 0.1  # of the leaky rectifier below zero, as in Dozat and Manning (2017)
_LINE, _SPACE, _NOTHING = 2, 1, 0
_LONGEST_SENTENCE = 1_000  # words; a tree takes memory by their square, and no sentence is that long
_LONGEST_UNCROSSED = 300  # words; the best tree without crossings takes time by their cube
_WORDS_AT_ONCE = 256  # whose relations are scored together: a score for each relation and dimension takes memory


class Encoder:
    """Reads a text once and leaves a vector for each of its words in `Doc.tensor` (zeros for white space)."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The network, loaded when it is first needed."""
        if self._session is None:
            self._session = Session(self._files[NETWORK], self._files[VOCABULARY])
        return self._session

    def __getstate__(self) -> dict[str, object]:
        """What another process needs; it loads the network itself."""
        return {"_files": self._files, "_session": None}

    def __call__(self, doc: Doc) -> Doc:
        """Set `Doc.tensor`, (tokens, width)."""
        words = [token.text for token in doc if not token.is_space]
        tensor = np.zeros((len(doc), self.session.width), np.float32)
        tensor[word_places(doc)] = self.session.encode(words, word_gaps(doc))
        doc.tensor = tensor
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """One text at a time: a text's vectors must not depend on its neighbours."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the network and its vocabulary."""
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read the network and its vocabulary."""
        self._files = {name: (path / name).read_bytes() for name in (NETWORK, VOCABULARY)}
        self._session = None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """As spaCy asks, for processes that are sent a pipeline."""
        return bytes(srsly.msgpack_dumps(self._files))

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """The counterpart of to_bytes."""
        self._files = srsly.msgpack_loads(content)
        self._session = None
        return self


class Head:
    """What heads share: weights and labels, kept as arrays and lists in files of the pipeline."""

    MAIN: ClassVar[str]  # the kind of labels that the component is known for

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.weights: dict[str, Floats] = {}
        self.labels_of: dict[str, list[str]] = {}
        self._values: dict[str, NDArray[np.uint64]] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component sets, as spaCy's own have them."""
        return tuple(label for label in self.labels_of.get(self.MAIN, ()) if label)

    def values(self, kind: str) -> NDArray[np.uint64]:
        """The string-store numbers of a kind of labels."""
        if kind not in self._values:
            self._values[kind] = np.array([self.number(label, kind) for label in self.labels_of[kind]], np.uint64)
        return self._values[kind]

    def number(self, label: str, kind: str) -> int:
        """The number that spaCy keeps for a label."""
        return int(self.vocab.strings.add(label))

    def vectors(self, doc: Doc, places: NDArray[np.intp]) -> Floats:
        """The encoder's vectors of a text's words.

        Raises ModelError where the encoder has not read the text.
        """
        if len(doc.tensor) != len(doc):
            raise ModelError(
                "the text has no vectors",
                where=type(self).__name__.lower(),
                hint="the component needs the pipeline's encoder before it; do not disable or exclude that",
            )
        found: Floats = doc.tensor[places]
        return found

    def linear(self, vectors: Floats, name: str) -> Floats:
        """A layer: vectors times the named matrix, plus its bias."""
        return np.asarray(vectors @ self.weights[name] + self.weights[f"{name}_bias"], np.float32)

    def __call__(self, doc: Doc) -> Doc:
        """Set what the head finds on a text."""
        raise NotImplementedError

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """One text at a time."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write weights and labels."""
        path.mkdir(parents=True, exist_ok=True)
        np.savez(path / "weights.npz", **self.weights)  # type: ignore[arg-type]
        srsly.write_json(path / "labels.json", self.labels_of)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read weights and labels."""
        with np.load(path / "weights.npz", allow_pickle=False) as stored:
            self.weights = {name: stored[name].astype(np.float32) for name in stored.files}
        self.labels_of = srsly.read_json(path / "labels.json")
        self._values.clear()
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """As spaCy asks, for processes that are sent a pipeline."""
        return bytes(srsly.msgpack_dumps({"weights": self.weights, "labels": self.labels_of}))

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """The counterpart of to_bytes."""
        stored = srsly.msgpack_loads(content)
        self.weights = {name: np.array(array, np.float32) for name, array in stored["weights"].items()}
        self.labels_of = stored["labels"]
        self._values.clear()
        return self


class Tagger(Head):
    """Parts of speech, the treebank's own tags and morphology."""

    MAIN = "xpos"
    KINDS: ClassVar[dict[str, int]] = {"upos": POS, "xpos": TAG, "feats": MORPH}

    def number(self, label: str, kind: str) -> int:
        """Parts of speech and features have numbers of their own."""
        if kind == "upos":
            return int(IDS[label])
        if kind == "feats":
            return int(self.vocab.morphology.add(label or "_"))
        return super().number(label, kind)

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, tag and features of every token."""
        places = word_places(doc)
        array = np.empty((len(doc), 3), np.uint64)
        array[:] = [IDS["SPACE"], self.vocab.strings.add("_SP"), self.vocab.morphology.add("_")]
        if len(places):
            vectors = self.vectors(doc, places)
            for column, kind in enumerate(self.KINDS):
                array[places, column] = self.values(kind)[self.linear(vectors, kind).argmax(axis=1)]
        doc.from_array(list(self.KINDS.values()), array)
        return doc


class Names(Head):
    """Names: the best sequence of tags, none of which runs over a line break."""

    MAIN = "names"

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of a text."""
        array = np.zeros((len(doc), 2), np.uint64)
        array[:, 0] = 2  # outside
        places = word_places(doc)
        if len(places):
            starts = [number for number, gap in enumerate(word_gaps(doc)) if gap == _LINE]
            tags = decode.best_tags(self.linear(self.vectors(doc, places), "names"), starts)
            named = tags > 0
            array[places[named], 1] = self.values("names")[(tags[named] - 1) // 4]
            begins = (tags[named] - 1) % 4 % 3 == 0  # B and U; I and L go on
            array[places[named], 0] = np.where(begins, 3, 1)
            self._fill_spaces(array, places, tags)
        doc.from_array([ENT_IOB, ENT_TYPE], array)
        return doc

    @staticmethod
    def _fill_spaces(array: NDArray[np.uint64], places: NDArray[np.intp], tags: NDArray[np.intp]) -> None:
        """White space inside a name (two spaces between its words) belongs to it."""
        goes_on = np.array([tag[0] in "IL" for tag in NAME_TAGS])[tags]
        for number in np.flatnonzero(goes_on[1:] & (np.diff(places) > 1)) + 1:
            array[places[number - 1] + 1 : places[number]] = [1, array[places[number], 1]]


class Parser(Head):
    """Sentence bounds and dependencies: biaffine scores (Dozat and Manning 2017), each sentence's best tree.

    Of a sentence whose best tree has arcs that cross, the best without: English has next to none.
    """

    MAIN = "deps"

    def __call__(self, doc: Doc) -> Doc:
        """Set heads, relations and sentence starts of a text."""
        places = word_places(doc)
        array = np.zeros((len(doc), 2), np.int64)
        bounds = np.full(len(doc), -1, np.int64)
        bounds[:1] = 1
        if len(places):
            vectors = self.vectors(doc, places)
            starts = self._starts(doc, places, vectors)
            heads = self._heads(vectors, starts)
            array[places, 0] = np.where(heads < 0, 0, places[heads] - places)
            array[places, 1] = self.values("deps").astype(np.int64)[self._relations(vectors, heads)]
            bounds[places[starts[1:]]] = 1
        self._hang_spaces(array, places)
        doc.from_array([HEAD, DEP], array.astype(np.uint64))
        # spaCy reads the bounds off the heads, and gives up where many arcs cross
        doc.from_array([SENT_START], bounds.astype(np.uint64))
        return doc

    def _starts(self, doc: Doc, places: NDArray[np.intp], vectors: Floats) -> list[int]:
        """The numbers of the words that begin a sentence.

        What was set before stays; what white space was to begin, the word after it does. No other sentence begins
        in a name.
        """
        scores = self.linear(vectors, "starts")[:, 0]
        known, inside = doc.to_array([SENT_START, ENT_IOB]).astype(np.int64).T
        free = (known[places] == 0) & (inside[places] != 1)
        set_before = np.cumsum(known == 1)[places]  # starts set up to each word
        begins = (free & (scores > 0)) | (np.diff(set_before, prepend=0) > 0)
        begins[0] = True
        starts: list[int] = np.flatnonzero(begins).tolist()
        found: list[int] = []
        for start, end in pairwise([*starts, len(places)]):
            found += _shorten(start, end, scores, free)
        return found

    def _heads(self, vectors: Floats, starts: list[int]) -> NDArray[np.intp]:
        """The number of each word's head; -1 for roots."""
        dependents = self.linear(_rectify(self.linear(vectors, "arc_dependent")), "arcs")
        heads = _rectify(self.linear(vectors, "arc_head"))
        root = self.weights["root_arc"][:, None]
        found = np.empty(len(vectors), np.intp)
        for start, end in zip(starts, [*starts[1:], len(vectors)], strict=True):
            own = dependents[start:end]
            scores = np.concatenate([own @ root, own @ heads[start:end].T], axis=1)
            np.fill_diagonal(scores[:, 1:], -1e4)
            best = decode.best_heads(scores)
            if end - start <= _LONGEST_UNCROSSED and not is_projective(best):
                best = best_projective(scores)
            found[start:end] = np.where(best == 0, -1, start + best - 1)
        return found

    def _relations(self, vectors: Floats, heads: NDArray[np.intp]) -> NDArray[np.intp]:
        """The number of the relation of each word to its head."""
        dependents = _with_one(_rectify(self.linear(vectors, "label_dependent")))
        of_heads = np.concatenate(
            [_rectify(self.linear(vectors, "label_head")), self.weights["root_label"][None]]  # -1 is the last row
        )
        of_heads = _with_one(of_heads)
        width = dependents.shape[1]
        is_root = np.array([label == "ROOT" for label in self.labels_of["deps"]])
        found = np.empty(len(vectors), np.intp)
        for first in range(0, len(vectors), _WORDS_AT_ONCE):
            some = slice(first, first + _WORDS_AT_ONCE)
            folded = (dependents[some] @ self.weights["labels"]).reshape(-1, len(is_root), width)
            scores = np.matmul(folded, of_heads[heads[some]][:, :, None])[:, :, 0]
            scores[(heads[some] < 0)[:, None] != is_root] = -np.inf  # roots are called ROOT, and nothing else is
            found[some] = scores.argmax(axis=1)
        return found

    def _hang_spaces(self, array: NDArray[np.int64], places: NDArray[np.intp]) -> None:
        """White space hangs on the word before it, at the beginning of a text on the first one.

        In a text of nothing else it hangs on its first token, the root.
        """
        numbers = np.arange(len(array))
        is_word = np.zeros(len(array), bool)
        is_word[places] = True
        spaces = np.flatnonzero(~is_word)
        first = places[0] if len(places) else 0
        before = np.maximum.accumulate(np.where(is_word, numbers, first * (numbers < first)))
        array[spaces, 0] = before[spaces] - spaces
        array[spaces, 1] = int(self.vocab.strings.add("dep"))
        if not len(places):
            array[:1, 1] = int(self.vocab.strings.add("ROOT"))


def word_places(doc: Doc) -> NDArray[np.intp]:
    """The places of the tokens that are not white space."""
    return np.flatnonzero(doc.to_array(IS_SPACE) == 0)


def word_gaps(doc: Doc) -> list[int]:
    """What stands before each word that is not white space: an index into GAPS."""
    if not len(doc):
        return []
    is_space, spaced = (column.astype(bool) for column in doc.to_array([IS_SPACE, SPACY]).T)
    gaps = np.where(spaced, _SPACE, _NOTHING)  # after each token
    gaps[is_space] = _SPACE
    before = np.concatenate([[_LINE], gaps[:-1]])
    for place in np.flatnonzero(is_space):
        if before[place] == _LINE or "\n" in doc[int(place)].text:
            before[place + 1 : place + 2] = _LINE
    found: list[int] = before[~is_space].tolist()
    return found


def _shorten(start: int, end: int, scores: Floats, free: NDArray[np.bool_]) -> list[int]:
    """Where the sentences begin that the words from start to end make: one, or several where it is too long."""
    found = [start]
    while end - found[-1] > _LONGEST_SENTENCE:
        first, last = found[-1] + _LONGEST_SENTENCE // 2, found[-1] + _LONGEST_SENTENCE
        likely = np.where(free[first:last], scores[first:last], -np.inf)
        if np.isneginf(likely).all():
            break  # every word was set to go on
        found.append(first + int(likely.argmax()))
    return found


def _rectify(values: Floats) -> Floats:
    found: Floats = np.maximum(values, values * np.float32(SLOPE))
    return found


def _with_one(vectors: Floats) -> Floats:
    return np.concatenate([vectors, np.ones((len(vectors), 1), np.float32)], axis=1)


@Language.factory("dragoman_encoder", assigns=["doc.tensor"])  # type: ignore[untyped-decorator]
def make_encoder(nlp: Language, name: str) -> Encoder:
    """spaCy's way to an Encoder."""
    return Encoder()


@Language.factory("dragoman_tagger", assigns=["token.tag", "token.pos", "token.morph"])  # type: ignore[untyped-decorator]
def make_tagger(nlp: Language, name: str) -> Tagger:
    """spaCy's way to a Tagger."""
    return Tagger(nlp.vocab)


@Language.factory("dragoman_parser", assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])  # type: ignore[untyped-decorator]
def make_parser(nlp: Language, name: str) -> Parser:
    """spaCy's way to a Parser."""
    return Parser(nlp.vocab)


@Language.factory("dragoman_names", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])  # type: ignore[untyped-decorator]
def make_names(nlp: Language, name: str) -> Names:
    """spaCy's way to Names."""
    return Names(nlp.vocab)
