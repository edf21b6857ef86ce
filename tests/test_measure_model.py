"""The check set is sound, and the figures are what one counts by hand."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.encode.labels import NAME_LABELS
from dragoman.encode.tokenizer import make_tokenizer
from dragoman.errors import DragomanError, VocabularyError
from dragoman.evaluate.check_set import load_check_set
from dragoman.evaluate.measure_model import (
    Matches,
    measure_data,
    measure_names,
    measure_sentence_bounds,
    measure_syntax,
    read_uner,
)
from dragoman.evaluate.treebank import Sentence

CHECKS = load_check_set()
RELATIONS = set(
    "ROOT acl:relcl advcl advmod amod aux aux:pass case cc ccomp compound conj cop det expl flat iobj mark nmod "
    "nmod:desc nmod:poss nmod:unmarked nsubj nsubj:pass nummod obj obl obl:agent obl:unmarked punct xcomp".split()
)
UPOS = set("ADJ ADP ADV AUX CCONJ DET NOUN NUM PART PRON PROPN PUNCT SCONJ VERB".split())


def sentence(line: str) -> Sentence:
    """WORD/UPOS/HEAD/DEPREL ..., heads from 1, 0 for the root."""
    made = Sentence()
    for number, column in enumerate(line.split()):
        word, upos, head, relation = column.split("/")
        made.words.append(word)
        made.spaces.append(True)
        made.upos.append(upos)
        made.xpos.append("")
        made.lemmas.append(word)
        made.heads.append(int(head) - 1 if int(head) else number)
        made.deps.append(relation)
    return made


@pytest.fixture
def flat() -> Language:
    """Calls every word a noun that hangs on the first as its object; names are two cities."""
    nlp = spacy.blank("en")
    nlp.add_pipe("flat_parser", name="parser")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns(
        [
            {"label": "GPE", "pattern": "Oslo"},
            {"label": "LOC", "pattern": "Asia"},
            {"label": "ORG", "pattern": "UN"},
        ]
    )
    return nlp


@Language.component("flat_parser")
def flat_parser(doc: Doc) -> Doc:
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=["NOUN"] * len(doc),
        heads=[0] * len(doc),
        deps=["ROOT" if not token.i else "obj" for token in doc],
        lemmas=[token.text for token in doc],
    )


def test_the_check_set_is_large_enough() -> None:
    assert len(CHECKS.named) >= 60
    assert len(CHECKS.parsed) >= 40
    assert {label for label in NAME_LABELS if label != "EVENT"} <= set(CHECKS.labels) <= set(NAME_LABELS)


@pytest.mark.parametrize("parsed", CHECKS.parsed, ids=lambda each: " ".join(each.words[:4]))
def test_a_sentence_of_the_check_set_is_cut_as_ours_are_and_is_one_tree(parsed: Sentence) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    text = str(Doc(nlp.vocab, words=parsed.words, spaces=parsed.spaces))
    assert [token.text for token in nlp(text)] == parsed.words
    assert set(parsed.upos) <= UPOS
    assert set(parsed.deps) <= RELATIONS
    assert [dep for place, dep in enumerate(parsed.deps) if parsed.heads[place] == place] == ["ROOT"]
    for place in range(len(parsed.words)):
        seen = set()
        while parsed.heads[place] != place:
            assert place not in seen, "a circle"
            seen.add(place)
            place = parsed.heads[place]


@pytest.mark.parametrize("parsed", CHECKS.parsed, ids=lambda each: " ".join(each.words[:4]))
def test_relations_go_with_parts_of_speech(parsed: Sentence) -> None:
    fitting = {"case": {"ADP", "PART"}, "det": {"DET"}, "cc": {"CCONJ"}, "aux": {"AUX"}, "cop": {"AUX"}}
    fitting |= {
        "punct": {"PUNCT"},
        "mark": {"SCONJ", "PART"},
        "amod": {"ADJ"},
        "nummod": {"NUM"},
        "flat": {"PROPN"},
    }
    for upos, dep in zip(parsed.upos, parsed.deps, strict=True):
        assert upos in fitting.get(dep.removesuffix(":pass"), UPOS), f"{upos} {dep}"


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        pytest.param("names: [[Bern, GPE]]", "Bern", id="a name that is not there"),
        pytest.param("names: []\n  words: |\n    1 He PRON 2 nsubj\n    2 went VERB 0 root", "went", id="a word"),
        pytest.param(
            "names: []\n  words: |\n    1 He PRON 3 nsubj\n    2 came VERB 0 root", "HEAD", id="no such head"
        ),
        pytest.param("names: []\n  words: |\n    1 He PRON nsubj", "HEAD", id="a column too few"),
    ],
)
def test_a_check_set_that_contradicts_itself(entry: str, wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "check.yaml"
    file.write_text(f"- text: He came\n  {entry}\n", "utf-8")
    with pytest.raises(VocabularyError, match=wrong):
        load_check_set(file)


def test_syntax_is_counted_by_word(flat: Language) -> None:
    figures = measure_syntax(
        flat,
        [
            sentence("Leaders/NOUN/0/ROOT meet/VERB/1/obj"),  # tag wrong, arc right
            sentence("They/PRON/2/nsubj talk/NOUN/0/ROOT"),  # a tag right, no arc
        ],
    )
    assert figures == {"UPOS": 0.5, "XPOS": 1.0, "UAS": 0.5, "LAS": 0.5, "lemma": 1.0}


def test_a_right_head_with_another_relation_counts_for_uas_alone(flat: Language) -> None:
    figures = measure_syntax(flat, [sentence("Leaders/NOUN/0/ROOT gone/NOUN/1/acl")])
    assert (figures["UAS"], figures["LAS"]) == (1.0, 0.5)


def test_names_are_exact_spans_by_the_golds_labels(flat: Language) -> None:
    examples: list[tuple[str, set[tuple[int, int, str]]]] = [
        ("Oslo and Asia", {(0, 4, "LOC"), (9, 13, "LOC")}),
        ("Oslo City by UN", {(0, 9, "LOC")}),
    ]
    found = measure_names(flat, examples, {"GPE": "LOC", "LOC": "LOC"})
    assert found == {"LOC": Matches(2, 3, 3)}
    assert found["LOC"].f1 == pytest.approx(2 / 3)
    assert "parser" in flat.pipe_names, "what was left out is back"


def test_nothing_found_and_nothing_to_find_is_no_success() -> None:
    assert Matches().f1 == 0.0


def test_sentence_bounds_leave_white_space_aside(flat: Language) -> None:
    words = ["They", "met", ".", "\n", "They", "left", "."]
    spaces = [True, False, False, False, True, False, False]
    gold = Doc(flat.vocab, words=words, spaces=spaces, sent_starts=[True, False, False, False, True, False, False])
    assert measure_sentence_bounds(flat, [gold]) == 0.0  # one found, two there
    whole = Doc(flat.vocab, words=words, spaces=spaces, sent_starts=[True] + [False] * 6)
    assert measure_sentence_bounds(flat, [whole]) == 1.0


def test_uner_becomes_character_spans(tmp_path: Path) -> None:
    file = tmp_path / "a.iob2.gz"
    rows = "# text = Ana Roy left Oslo.\n1\tAna\tB-PER\n2\tRoy\tI-PER\n3\tleft\tO\n4\tOslo\tB-LOC\n5\t.\tO\n"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(f"{rows}\n{rows}")  # the last sentence ends with the file
    assert list(read_uner(file)) == [("Ana Roy left Oslo.", {(0, 7, "PER"), (13, 17, "LOC")})] * 2


CONLLU = (
    "# newdoc id = a\n1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmeet\tmeet\tVERB\tVB\t_\t0\troot\t_\t_\n\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder in the form of the data, with one sentence a part."""
    contents: dict[str, Any] = {f"treebank/{part}.conllu.gz": CONLLU for part in ("ewt-dev", "gum-dev")}
    contents["ner/uner-ewt.iob2.gz"] = "# text = Oslo\n1\tOslo\tB-LOC\n\n"
    for name, content in contents.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        with gzip.open(file, "wt", encoding="utf-8") as out:
            out.write(content)
    return tmp_path


def test_the_figures_of_a_card(flat: Language, data: Path) -> None:
    figures = measure_data(flat, data)
    assert figures["gum-dev sentence F1"] == 100
    assert figures["ewt-dev LAS"] == 0
    assert figures["uner-ewt LOC F1"] == 100
    assert len(figures) == 2 * 6 + 3


@pytest.mark.parametrize("missing", ["treebank/gum-dev.conllu.gz", "ner/uner-ewt.iob2.gz"])
def test_data_that_is_not_there(flat: Language, data: Path, missing: str) -> None:
    (data / missing).unlink()
    with pytest.raises(DragomanError, match=missing) as caught:
        measure_data(flat, data)
    assert caught.value.hint
