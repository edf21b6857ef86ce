"""Evaluation: the rules of RECORDS.md in small examples, and the same figures as the scorer beside the gold."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import GoldError
from dragoman.evaluate import Annotations, documents_beside, evaluate, load_annotations, load_floors
from dragoman.evaluate.agree import actors_agree, dates_compatible, shared_words
from dragoman.evaluate.floors import Floors, set_name
from dragoman.evaluate.match import field_right, match, pair

Raw = dict[str, Any]


def person(name: str, country: str | None = None) -> Raw:
    return {"name": name, "kind": "person", "country": country}


def state(name: str, country: str) -> Raw:
    return {"name": name, "kind": "state", "country": country}


def body(name: str) -> Raw:
    return {"name": name, "kind": "organization", "country": None}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(person("Anna Holm", "NOR"), person("Holm"), True, id="surname alone"),
        pytest.param(person("Minister Holm"), person("Anna Holm"), True, id="a title is no name"),
        pytest.param(person("Li Wei", "CHN"), person("Wei Li", "CHN"), True, id="either name order"),
        pytest.param(person("Zoë Brontë"), person("zoe BRONTE"), True, id="accents and case"),
        pytest.param(person("Anna Holm", "NOR"), person("Anna Holm", "SWE"), False, id="two states"),
        pytest.param(person("Anna Holm"), person("Anna Berg"), False, id="given name alone"),
        pytest.param(person("Mr President"), person("Anna Holm"), False, id="no name left"),
        pytest.param(person("Anna Holm", "NOR"), state("Norway", "NOR"), True, id="a person for her state"),
        pytest.param(person("Anna Holm", "NOR"), state("Peru", "PER"), False, id="another state"),
        pytest.param(body("United Nations"), body("the United Nations Organization"), True, id="one body"),
        pytest.param(body("African Union"), body("European Union"), False, id="another body"),
        pytest.param(None, person("Anna Holm"), False, id="nobody"),
    ],
)
def test_actors_agree(one: Raw | None, other: Raw | None, expected: bool) -> None:
    assert actors_agree(one, other) is expected
    assert actors_agree(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2022-09", "2022-09-14", True),
        ("2022", "2022-09/2022-10", True),
        ("2022-09-14/2022-09-16", "2022-09-15/2022-09-20", False),
        ("2022-23", "2022-10", True),
        ("2022-23", "2022-12", False),
        ("201X", "2014-05", True),
        ("2022?", "2022-01-01", True),
        ("2021", "2022", False),
        (None, "2022", True),
        ("2022/..", "1999", True),
    ],
)
def test_dates_compatible(one: str | None, other: str | None, expected: bool) -> None:
    assert dates_compatible(one, other) is expected
    assert dates_compatible(other, one) is expected


def meeting(*participants: Raw, status: str = "done", **more: Any) -> Raw:
    return {"record": "meeting", "participants": list(participants), "status": status, **more}


def said(words: str, speaker: Raw, at: int) -> Raw:
    return {"record": "statement", "speaker": speaker, "evidence": [{"start": at, "end": at + 10, "text": words}]}


def event(kind: str, source: list[Raw], target: list[Raw]) -> Raw:
    return {"record": "event", "plover": {"type": kind, "mode": None}, "source": source, "target": target}


NOR, PER, KEN = state("Norway", "NOR"), state("Peru", "PER"), state("Kenya", "KEN")
HOLM, DIAZ = person("Anna Holm", "NOR"), person("Luis Díaz", "PER")


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        pytest.param(meeting(HOLM, DIAZ), meeting(DIAZ, HOLM), True, id="meeting: any order"),
        pytest.param(
            meeting(HOLM, DIAZ), meeting(HOLM, DIAZ, status="planned"), False, id="meeting: only planned"
        ),
        pytest.param(meeting(HOLM, DIAZ), meeting(HOLM), False, id="meeting: one side missing"),
        pytest.param(meeting(HOLM, DIAZ, KEN), meeting(HOLM, DIAZ), True, id="meeting: two of three"),
        pytest.param(said("x", HOLM, 0), said("x", person("Holm"), 5), True, id="statement: half the span"),
        pytest.param(said("x", HOLM, 0), said("x", person("Holm"), 6), False, id="statement: less than half"),
        pytest.param(said("x", HOLM, 0), said("x", DIAZ, 0), False, id="statement: another speaker"),
        pytest.param(
            event("CONSULT", [NOR], [PER]), event("CONSULT", [PER], [NOR]), True, id="event: either order"
        ),
        pytest.param(event("ACCUSE", [NOR], [PER]), event("ACCUSE", [PER], [NOR]), False, id="event: who did it"),
        pytest.param(event("ACCUSE", [NOR], []), event("ACCUSE", [NOR], []), True, id="event: no target"),
        pytest.param(event("AID", [NOR], [PER]), event("ACCUSE", [NOR], [PER]), False, id="event: another type"),
        pytest.param(
            {"record": "visit", "visitor": HOLM, "host": "PER", "date": "2022-09"},
            {"record": "visit", "visitor": NOR, "host": "PER", "date": "2022-09-02"},
            True,
            id="visit: of her state, on a day of the month",
        ),
        pytest.param(
            {"record": "visit", "visitor": HOLM, "host": "PER", "date": "2022-09"},
            {"record": "visit", "visitor": HOLM, "host": "PER", "date": "2022-10"},
            False,
            id="visit: another month",
        ),
        pytest.param(
            {"record": "agreement", "title": "Treaty on Fish", "kind": "treaty", "parties": [NOR, PER]},
            {"record": "agreement", "title": "the fish treaty", "kind": "other", "parties": []},
            True,
            id="agreement: by its title",
        ),
        pytest.param(
            {"record": "agreement", "title": "Treaty on Fish", "kind": "treaty", "parties": [NOR, PER]},
            {"record": "agreement", "title": "a document", "kind": "treaty", "parties": [PER, NOR]},
            True,
            id="agreement: by kind and parties",
        ),
        pytest.param(
            {"record": "agreement", "title": "Treaty on Fish", "kind": "treaty", "parties": []},
            {"record": "agreement", "title": "a document", "kind": "treaty", "parties": []},
            False,
            id="agreement: the kind alone says little",
        ),
        pytest.param(
            {"record": "relation", "parties": ["NOR", "PER"], "kind": "alliance"},
            {"record": "relation", "parties": [PER, NOR], "kind": "alliance"},
            True,
            id="relation: codes or states",
        ),
        pytest.param(
            {"record": "tenure", "person": "Anna Holm", "country": "NOR", "office": "Minister of Foreign Affairs"},
            {"record": "tenure", "person": "Holm", "country": "NOR", "office": "Foreign Minister"},
            True,
            id="tenure: the office in other words",
        ),
        pytest.param(
            {"record": "tenure", "person": "Anna Holm", "country": "NOR", "office": "Foreign Minister"},
            {"record": "tenure", "person": "Holm", "country": None, "office": "Foreign Minister"},
            False,
            id="tenure: of no state",
        ),
    ],
)
def test_records_match(gold: Raw, found: Raw, expected: bool) -> None:
    assert (match(gold["record"], gold, found) > 0) is expected
    assert match(gold["record"], gold, gold) > 0 or gold.get("title") == ""


def test_pairs_are_one_to_one_and_the_best_first() -> None:
    gold = [said("x", HOLM, 0), said("x", HOLM, 5)]
    found = [said("x", HOLM, 4), said("x", HOLM, 5), said("x", HOLM, 0)]
    assert pair("statement", gold, found) == [(0, 2), (1, 1)]


@pytest.mark.parametrize(
    ("name", "gold", "found", "expected"),
    [
        ("format", {"format": "call"}, {"format": "call"}, True),
        ("format", {"format": None}, {"format": "call"}, None),
        ("date", {"date": "2022-09"}, {}, False),
        ("mode", event("CONSULT", [], []) | {"plover": {"mode": "visit"}}, event("CONSULT", [], []), False),
        ("place", {"place": {"name": "Lima", "country": "PER"}}, {"place": {"name": "lima"}}, True),
        (
            "place",
            {"place": {"name": None, "country": "PER"}},
            {"place": {"name": "Lima", "country": "PER"}},
            True,
        ),
        ("place", {"place": {"name": "Lima"}}, {"place": None}, False),
        ("place", {"place": None}, {"place": {"name": "Lima"}}, None),
    ],
)
def test_fields(name: str, gold: Raw, found: Raw, expected: bool | None) -> None:
    assert field_right(name, {"record": "meeting", **gold}, {"record": "meeting", **found}) is expected


def _annotations(*records: Raw, complete: dict[str, frozenset[str]] | None = None) -> Annotations:
    made = Annotations(complete=complete or {})
    for record in records:
        made.add({"doc_id": "d", "evidence": [{"start": 0, "end": 3, "text": "abc"}], **record})
    return made


def test_figures() -> None:
    gold = _annotations(said("a", HOLM, 0), said("b", HOLM, 20), said("c", DIAZ, 40))
    found = _annotations(
        said("a", HOLM, 0) | {"confidence": 0.95},
        said("b", HOLM, 21) | {"confidence": 0.75},
        said("z", DIAZ, 90) | {"confidence": 0.72},
        said("y", DIAZ, 95) | {"confidence": 0.1},
    )
    result = evaluate(gold, found)
    score = result.types["statement"]
    assert (score.gold, score.predicted, score.matched) == (3, 4, 2)
    assert score.precision == pytest.approx(0.5)
    assert score.recall == pytest.approx(2 / 3)
    assert score.f1 == pytest.approx(4 / 7)
    assert result.macro_f1 == pytest.approx(score.f1)
    assert [(cut.least, cut.predicted, cut.matched) for cut in result.cuts] == [
        (0.5, 3, 2),
        (0.7, 3, 2),
        (0.9, 1, 1),
    ]
    assert [(b.low, b.count, b.right) for b in result.bins] == [(0.1, 1, 0.0), (0.7, 2, 0.5), (0.9, 1, 1.0)]
    assert result.calibration_error == pytest.approx((0.1 + 2 * abs(0.735 - 0.5) + 0.05) / 4)
    assert [(m.kind, m.record["evidence"][0]["text"]) for m in result.mistakes] == [
        ("missed", "c"),
        ("invented", "z"),
        ("invented", "y"),
    ]


def test_only_documents_of_the_gold_and_types_that_are_complete_count() -> None:
    gold = _annotations(said("a", HOLM, 0), complete={"d": frozenset({"statement"})})
    found = _annotations(said("a", HOLM, 0), meeting(HOLM, DIAZ))
    found.add({"doc_id": "elsewhere", **said("a", HOLM, 0)})
    result = evaluate(gold, found)
    assert (result.overall.gold, result.overall.predicted, result.overall.matched) == (1, 1, 1)


def test_records_without_evidence_are_counted() -> None:
    gold = _annotations(meeting(HOLM, DIAZ))
    assert evaluate(gold, _annotations(meeting(HOLM, DIAZ, evidence=[]))).without_evidence == 1


@given(st.lists(st.floats(0, 1), max_size=30))
def test_every_record_is_in_one_bin(confidences: list[float]) -> None:
    gold = _annotations(*(said("a", HOLM, 0) for _ in range(max(1, len(confidences)))))
    found = _annotations(*(said("a", HOLM, 0) | {"confidence": c} for c in confidences))
    result = evaluate(gold, found)
    assert sum(each.count for each in result.bins) == len(confidences)
    assert all(each.low - 1e-9 <= each.confidence <= each.high + 1e-9 for each in result.bins)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this line is no JSON"),
        ("[]", "this line has no doc_id"),
        ('{"record": "visit"}', "this line has no doc_id"),
        ('{"record": "war", "doc_id": "d"}', "there is no record type 'war'"),
    ],
)
def test_a_broken_gold_file(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.gold.jsonl"
    path.write_text('{"doc_id": "d"}\n\n' + line + "\n")
    with pytest.raises(GoldError, match=message) as caught:
        load_annotations(path)
    assert caught.value.where == f"{path}:3"


def test_documents_stand_beside_the_gold(tmp_path: Path) -> None:
    gold, documents = tmp_path / "own.gold.jsonl", tmp_path / "own.jsonl"
    with pytest.raises(GoldError, match="no documents beside"):
        documents_beside(gold)
    documents.touch()
    assert documents_beside(gold) == documents
    with pytest.raises(GoldError):
        documents_beside(documents)
    assert set_name(gold) == "own"


FLOORS = Floors({"own": {"f1": 0.5, "types.statement": 0.6}, "other": {"matched": 3.0}})


def test_floors_are_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(FLOORS.to_toml())
    assert load_floors(path) == FLOORS


@pytest.mark.parametrize("text", ["[own]\nf2 = 1", "[own.types]\nwar = 0.5", "nonsense"])
def test_floors_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text)
    with pytest.raises(GoldError):
        load_floors(path)


def test_breaches_name_the_figure() -> None:
    result = evaluate(_annotations(said("a", HOLM, 0), meeting(HOLM, DIAZ)), _annotations(said("a", HOLM, 0)))
    assert FLOORS.breaches("own", result) == []
    [breach] = FLOORS.breaches("other", result)
    assert str(breach) == "matched is 1.000, its floor 3"
    with pytest.raises(GoldError, match="no floors for 'third'"):
        FLOORS.breaches("third", result)


def test_floors_rise_and_fall_only_when_that_is_asked_for() -> None:
    better = evaluate(_annotations(said("a", HOLM, 0)), _annotations(said("a", HOLM, 0)))
    worse = evaluate(_annotations(said("a", HOLM, 0)), _annotations())
    assert FLOORS.raised("own", better).sets["own"] == {"f1": 1.0, "types.statement": 1.0}
    assert FLOORS.raised("own", worse) == FLOORS
    assert FLOORS.raised("own", worse, allow_lower=True).sets["own"] == {"f1": 0.0, "types.statement": 0.0}


def test_shared_words_takes_the_shorter_text() -> None:
    assert shared_words("Treaty on Fish", "the Treaty on Fish and Ships of 1999") == 1.0


def _perturbed(lines: list[Raw], seed: int) -> list[Raw]:
    """The gold as a poor extractor would give it: some missing, some shifted, some with other values."""
    chance = random.Random(seed)
    out = []
    for record in lines:
        if "record" not in record or chance.random() < 0.2:
            continue
        copy = json.loads(json.dumps(record))
        copy["confidence"] = round(chance.random(), 3)
        for field in ("status", "kind", "format", "stance", "host", "country", "office", "title", "place", "step"):
            if field in copy and chance.random() < 0.1:
                copy[field] = chance.choice([None, chance.choice(lines).get(field)])
        for role in ("visitor", "speaker", "actor"):
            if role in copy and chance.random() < 0.3:
                copy[role] = {**copy[role], "name": copy[role]["name"].split()[-1], "country": None}
        for role in ("participants", "parties", "source", "target"):
            if isinstance(copy.get(role), list) and chance.random() < 0.4:
                chance.shuffle(copy[role])
                del copy[role][chance.randint(1, 3) :]
        if copy.get("date") and chance.random() < 0.3:
            copy["date"] = chance.choice([copy["date"][:4], "2020-21", "201X", "2020-01/2023", None, "/2020"])
        if "plover" in copy and chance.random() < 0.2:
            copy["plover"] = {"type": chance.choice(["AGREE", "CONSULT", "AID"]), "mode": None}
        for each in copy["evidence"]:
            each["start"] += chance.randint(0, 60)
        out += [copy] * chance.choice([1, 1, 1, 2])
    chance.shuffle(out)
    return out


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dev", "train"])
@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_scorer_beside_the_gold(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    gold = shared / "gold" / f"{name}.gold.jsonl"
    lines = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    path = tmp_path / "found.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in _perturbed(lines, seed)), "utf-8")
    command = [sys.executable, str(shared / "score" / "score.py"), str(gold), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    ours = evaluate(load_annotations(gold), load_annotations(path)).to_dict()
    for kind, figures in [*ours["types"].items(), ("all", ours["all"])]:
        wanted = theirs[kind]
        assert [figures[key] for key in ("gold", "predicted", "matched", "precision", "recall", "f1")] == [
            wanted[key] for key in ("gold", "pred", "match", "P", "R", "F1")
        ], kind
        fields = {key: f"{right}/{total}" for key, (right, total) in figures.get("fields", {}).items()}
        assert fields == wanted.get("fields", {}), kind
    assert 0.2 < ours["all"]["f1"] < 0.95, "the perturbation leaves something to compare"
    assert ours["all"]["macro_f1"] == pytest.approx(theirs["all"]["macroF1"], abs=0.001)
    assert ours["all"]["without_evidence"] == theirs["all"]["no_evidence"]
