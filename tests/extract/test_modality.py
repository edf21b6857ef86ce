"""Status of acts: planned, done, called off. The rules on parses set right by hand, then through the pipeline."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.annotate import load_pipeline
from dragoman.annotate.pipeline import SHIPPED
from dragoman.extract.modality import modality_of, status_of
from dragoman.extract.modality_words import modality_words


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """The shipped pipeline, or the one that DRAGOMAN_MODEL names; a checkout may hold neither as yet."""
    model = os.environ.get("DRAGOMAN_MODEL")
    if model is None and not SHIPPED.exists():
        pytest.skip("no pipeline in src/dragoman/models/en: build it (see training/) or set DRAGOMAN_MODEL")
    return load_pipeline(model)


VOCAB = spacy.blank("en").vocab


class Parsed(NamedTuple):
    doc: Doc
    target: int
    status: str


def parse(block: str) -> Parsed:
    """A sentence in CoNLL-U, with the act's number and status in comments."""
    notes = dict(line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("# "))
    rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
    heads = [int(row[6]) - 1 if row[6] != "0" else place for place, row in enumerate(rows)]
    doc = Doc(
        VOCAB,
        words=[row[1] for row in rows],
        spaces=[row[9] != "SpaceAfter=No" for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
    )
    return Parsed(doc, int(notes["target"]) - 1, notes["status"])


CONLLU = Path(__file__).with_name("modality.conllu").read_text(encoding="utf-8")
PARSES = [parse(block) for block in CONLLU.strip().split("\n\n")]
EXAMPLES = modality_words().examples


@pytest.mark.parametrize("parsed", PARSES, ids=[f"{one.status}: {one.doc.text}" for one in PARSES])
def test_status_on_right_parses(parsed: Parsed) -> None:
    assert status_of(parsed.doc, parsed.doc[parsed.target]) == parsed.status


def test_every_example_has_a_parse() -> None:
    parsed = {(one.doc.text.strip(), one.doc[one.target].idx) for one in PARSES}
    wanted = {(text.replace("[", "").replace("]", ""), text.index("[")) for text, _ in EXAMPLES}
    assert parsed == wanted
    assert len(EXAMPLES) >= 100


@pytest.mark.model
@pytest.mark.parametrize(("text", "status"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_status_through_the_pipeline(text: str, status: str, pipeline: Language) -> None:
    doc = pipeline(text.replace("[", "").replace("]", ""))
    assert status_of(doc, next(token for token in doc if token.idx == text.index("["))) == status


def _first(text: str) -> Parsed:
    return next(one for one in PARSES if one.doc.text.startswith(text))


DATED = [
    ("present tense ahead of its date", "The current visit opens", 4, "2022-05-03", "2022-04-25", "planned"),
    ("past tense keeps to what it says", "The president visited", 3, "2022-04-20", "2022-04-25", "done"),
    ("a plan stays one after its date", "The visit is planned", 2, "2022-03", "2022-04-25", "planned"),
    ("called off, whatever the date", "The meeting was cancelled", 2, "2022-06", "2022-04-25", "cancelled"),
    ("no publication date", "The president visited", 3, "2022-05-20", None, "done"),
    ("an interval that has begun", "The president visited", 3, "2022-04/2022-06", "2022-04-25", "done"),
    ("the same month", "The president visited", 3, "2022-04", "2022-04-25", "done"),
    ("an act of the past under a future verb", "The upcoming talks", 3, None, "2022-04-25", "planned"),
]


@pytest.mark.parametrize(
    ("text", "target", "edtf", "published", "status"), [row[1:] for row in DATED], ids=[row[0] for row in DATED]
)
def test_the_date_decides_where_no_word_does(
    text: str, target: int, edtf: str | None, published: str | None, status: str
) -> None:
    doc = _first(text).doc
    assert status_of(doc, doc[target - 1], edtf=edtf, published=published) == status


def test_why_is_told() -> None:
    cancelled, invited, denied = (
        _first("The planned summit"),
        _first("The president invited"),
        _first("No meeting"),
    )
    found = modality_of(cancelled.doc, cancelled.doc[cancelled.target])
    assert (found.rule, found.word.text) == ("verb.cancel", "cancelled")
    found = modality_of(invited.doc, invited.doc[invited.target])
    assert (found.rule, found.hypothetical) == ("verb.invite", True)
    found = modality_of(denied.doc, denied.doc[denied.target])
    assert (found.status, found.negated) == ("denied", True)


def test_a_span_stands_for_its_head() -> None:
    parsed = _first("The planned summit")
    assert status_of(parsed.doc, parsed.doc[0:3]) == "cancelled"


def test_a_token_of_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="another document"):
        status_of(PARSES[0].doc, PARSES[1].doc[0])


def test_every_word_of_every_parse_has_a_status() -> None:
    for parsed in PARSES:
        for token in parsed.doc:
            assert modality_of(parsed.doc, token).status


def test_a_long_chain_of_governors_ends() -> None:
    count = 400
    doc = Doc(
        VOCAB,
        words=["visits"] * count,
        lemmas=["visit"] * count,
        pos=["NOUN"] * count,
        tags=["NNS"] * count,
        heads=[max(0, place - 1) for place in range(count)],
        deps=["ROOT", *["nmod"] * (count - 1)],
    )
    assert status_of(doc, doc[count - 1]) == "done"


@pytest.mark.parametrize(
    ("tag", "pos", "dep"), [("VB", "VERB", "conj"), ("VBD", "VERB", "parataxis"), ("VB", "VERB", "xcomp")]
)
def test_a_hostile_chain_of_verbs_ends(tag: str, pos: str, dep: str) -> None:
    count = 3000
    doc = Doc(
        VOCAB,
        words=["plan"] * count,
        lemmas=["plan"] * count,
        pos=[pos] * count,
        tags=[tag] * count,
        heads=[max(0, place - 1) for place in range(count)],
        deps=["ROOT", *[dep] * (count - 1)],
    )
    assert status_of(doc, doc[count - 1]) in ("planned", "done", "proposed")
    assert status_of(doc, doc[1]) in ("planned", "done", "proposed")
