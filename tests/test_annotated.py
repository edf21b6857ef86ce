"""The annotated names: offsets held against documents, printing, agreement; the real files where the data is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from training.annotated import (
    FILES,
    FOLDER,
    AnnotationError,
    Sentence,
    check,
    count_labels,
    find_flaws,
    load_documents,
    load_texts,
    measure_agreement,
    show,
)
from training.sample_sentences import sample_eval, sample_train, split_sentences

TEXT = (
    "Mr. Arne Holm met Foreign Minister Sofía Ruiz in Oslo today. They signed the Fjord Accord."
    "\nOslo-Lima talks end."
)
HOLM, POST, RUIZ, OSLO, TODAY = (
    (4, 13, "PERSON"),
    (18, 34, "POST"),
    (35, 45, "PERSON"),
    (49, 53, "GPE"),
    (54, 59, "DATE"),
)
FIRST = Sentence("one", 0, 60, (HOLM, POST, RUIZ, OSLO, TODAY))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for name in FILES:
        rows = [{"id": f"{name}-1", "text": TEXT, "published": "2021-05-01"}]
        if name == FILES[0]:
            rows.append({"id": "one", "text": TEXT, "published": "2003-02-01"})
        with gzip.open(tmp_path / "docs" / name, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def write(folder: Path, *rows: object) -> Path:
    path = folder / "names.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_names_are_loaded_checked_counted_and_shown(data: Path) -> None:
    texts, years = load_documents(data)
    path = write(data, {"doc": "one", "start": 0, "end": 60, "names": [list(name) for name in FIRST.names]})
    (sentence,) = check(path, texts)
    assert sentence == FIRST
    assert years["one"] == "2003"
    assert count_labels([sentence]) == {"PERSON": 2, "POST": 1, "GPE": 1, "DATE": 1}
    assert show(sentence, TEXT) == (
        "Mr. [PERSON Arne Holm] met [POST Foreign Minister] [PERSON Sofía Ruiz] in [GPE Oslo] [DATE today]."
    )


@pytest.mark.parametrize(
    ("names", "flaw"),
    [
        pytest.param([(4, 12, "PERSON")], "cuts a word", id="ends inside a word"),
        pytest.param([(36, 45, "PERSON")], "cuts a word", id="begins inside a word with an accent"),
        pytest.param([(3, 13, "PERSON")], "takes in a space", id="begins with a space"),
        pytest.param([(49, 54, "GPE")], "takes in a space", id="ends with a space"),
        pytest.param([(18, 34, "POST"), (26, 45, "PERSON")], "overlaps", id="overlap"),
        pytest.param([(49, 53, "GPE"), (4, 13, "PERSON")], "out of order", id="order"),
        pytest.param([(73, 85, "ACCORD")], "outside its sentence", id="next sentence"),
        pytest.param([(5, 5, "GPE")], "outside its sentence", id="empty"),
        pytest.param([(49, 53, "CITY")], "unknown label", id="label"),
    ],
)
def test_a_flaw_is_named(names: list[tuple[int, int, str]], flaw: str) -> None:
    found = find_flaws(Sentence("one", 0, 60, tuple(names)), TEXT)
    assert len(found) == 1
    assert flaw in found[0]


@pytest.mark.parametrize(
    ("start", "end", "text", "flaw"),
    [
        pytest.param(0, 60, None, "no such document", id="no document"),
        pytest.param(90, 900, TEXT, "outside its document", id="too long"),
        pytest.param(0, 61, TEXT, "begins or ends with a space", id="space"),
    ],
)
def test_a_flaw_of_the_sentence_is_named(start: int, end: int, text: str | None, flaw: str) -> None:
    assert flaw in find_flaws(Sentence("one", start, end, ()), text)[0]


def test_a_hyphen_is_a_bound() -> None:
    start = TEXT.index("Oslo-Lima")
    names = ((start, start + 4, "GPE"), (start + 5, start + 9, "GPE"))
    assert find_flaws(Sentence("one", start, len(TEXT), names), TEXT) == []


def test_errors_say_where(data: Path) -> None:
    texts, _ = load_documents(data)
    good = {"doc": "one", "start": 0, "end": 60, "names": []}
    with pytest.raises(AnnotationError, match="annotated twice"):
        check(write(data, good, good), texts)
    with pytest.raises(AnnotationError, match="line 2"):
        check(write(data, good, {"doc": "one"}), texts)
    with pytest.raises(AnnotationError, match="no such document"):
        check(write(data, good | {"doc": "none"}), texts)
    with pytest.raises(AnnotationError, match="--data"):
        load_documents(data / "nowhere")


def test_agreement_counts_equal_spans_of_sentences_in_both_passes() -> None:
    second = Sentence("one", 0, 60, ((0, 13, "PERSON"), POST, RUIZ, (49, 53, "LOC"), TODAY))
    elsewhere = Sentence("two", 0, 60, (OSLO,))
    assert measure_agreement([FIRST, elsewhere], [second]) == {
        "PERSON": (1, 2, 2),
        "POST": (1, 1, 1),
        "GPE": (0, 1, 0),
        "LOC": (0, 0, 1),
        "DATE": (1, 1, 1),
        "all": (3, 5, 5),
    }


def test_sentences_split_at_lines_and_marks_not_at_abbreviations() -> None:
    assert [TEXT[start:end] for start, end in split_sentences(TEXT)] == [
        "Mr. Arne Holm met Foreign Minister Sofía Ruiz in Oslo today.",
        "They signed the Fjord Accord.",
        "Oslo-Lima talks end.",
    ]


def test_samples_repeat_with_the_seed_and_keep_their_distance() -> None:
    plain = "The talks went well for both of them."
    documents = {
        f"{agency}-{n}": f"{TEXT}\n{plain}\nPresident Ada Moe met Minister Jan-Erik Lie in {agency.title()}-{n}."
        for agency in ("kremlin", "state", "wh")
        for n in range(6)
    }
    years = {doc: f"20{doc[-1]}0" for doc in documents}
    drawn = sample_eval(documents, years=years, number=9, seed=5)
    assert drawn == sample_eval(documents, years=years, number=9, seed=5)
    assert len({doc for doc, _, _ in drawn}) == 9
    assert {
        agency: sum(doc.startswith(agency) for doc, _, _ in drawn) for agency in ("kremlin", "state", "wh")
    } == {
        "kremlin": 3,
        "state": 3,
        "wh": 3,
    }
    avoid = {documents[doc][start:end] for doc, start, end in drawn}
    dense = sample_train(documents, number=20, seed=5, texts_to_avoid=avoid)
    assert dense == sample_train(documents, number=20, seed=5, texts_to_avoid=avoid)
    assert dense
    assert not avoid & {documents[doc][start:end] for doc, start, end in dense}
    assert plain not in {documents[doc][start:end] for doc, start, end in dense}


@pytest.mark.shared
def test_the_annotated_files_fit_the_documents_and_keep_apart(shared: Path) -> None:
    texts = load_texts(shared / "data")
    passes = {path.name: check(path, texts) for path in sorted(FOLDER.glob("names_*.jsonl"))}
    first = passes["names_eval_pass1.jsonl"]
    held_out = {sentence.doc for sentence in first}
    gold = {
        json.loads(line)["id"]
        for name in ("dev.jsonl", "train.jsonl", "seed.jsonl")
        for line in (shared / "gold" / name).read_text(encoding="utf-8").splitlines()
    }
    assert len(first) == 300
    assert not held_out & gold
    for name, sentences in passes.items():
        if name.startswith("names_train"):
            docs = {sentence.doc for sentence in sentences}
            assert not docs & held_out, "a document of the evaluation may not train"
            assert not docs & gold
            avoid = {texts[s.doc][s.start : s.end] for s in first}
            assert not avoid & {texts[s.doc][s.start : s.end] for s in sentences}
