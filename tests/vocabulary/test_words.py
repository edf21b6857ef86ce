"""Words of visits, accords and ties: each matches its own example."""

import re

import pytest

from dragoman.vocabulary import (
    accord_kinds,
    relation_kind,
    relation_kinds,
    visit_kinds,
)
from dragoman.vocabulary.kinds import ACCORD_KINDS, ACCORD_STEPS, RELATION_KINDS, VISIT_KINDS

IRREGULAR = {
    "say": "said", "tell": "told", "think": "think", "find": "found", "seek": "seek", "speak": "spoke",
    "read": "read", "write": "wrote", "make": "made", "stand": "stand", "come": "came", "draw": "drew",
    "go": "went", "pay": "paid", "fly": "flew", "leave": "left", "lead": "led", "swear": "swore", "take": "took",
}  # fmt: skip


def holds(lemma: str, sentence: str) -> bool:
    """Whether the sentence holds a form of the words, whose first word may be inflected and followed by others."""
    first, *rest = lemma.lower().split()
    forms = {first, IRREGULAR.get(first, first), first.removesuffix("y") + "ie", first.removesuffix("e")}
    forms |= {first + first[-1]}
    stems = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    pattern = rf"\b(?:{stems})(?:s|d|ed|es|ing|led)?\b" + "".join(rf".*\b{re.escape(word)}\b" for word in rest)
    return re.search(pattern, sentence.lower()) is not None


def test_visit_words_and_verbs_stand_in_their_examples() -> None:
    kinds = visit_kinds()
    assert set(kinds.examples) == set(VISIT_KINDS)
    for kind, example in kinds.examples.items():
        assert kinds.kind(example.rsplit("visit", 1)[0]) == kind, example
    for verb in kinds.verbs.values():
        assert holds(verb.lemma, verb.example), verb
        assert not verb.links or any(f" {link} " in verb.example for link in verb.links), verb


@pytest.mark.parametrize(
    ("words", "kind"),
    [("his State", "state"), ("a short working", "working"), ("first official", "official"),
     ("the", "unspecified"), ("upcoming", "unspecified"), ("", "unspecified")],
)  # fmt: skip
def test_kind_of_visit(words: str, kind: str) -> None:
    assert visit_kinds().kind(words) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Treaty of Friendship, Good Neighbourliness and Cooperation", "treaty"),
        ("framework agreement", "agreement"),
        ("framework agreement on the programme of visits", "agreement"),
        ("memorandum of understanding on tourism", "memorandum"),
        ("Joint Statement on the treaty", "joint_statement"),
        ("joint communiqué", "communique"),
        ("the JCPOA", "agreement"),
        ("human rights treaties", "treaty"),
        ("roadmap for trade", "roadmap"),
        ("the weather", None),
    ],
)
def test_kind_of_accord_is_its_head_noun(title: str, kind: str | None) -> None:
    assert accord_kinds().kind(title) == kind


@pytest.mark.parametrize(
    ("text", "step"),
    [("The pact entered into force in May", "in_force"), ("was to be signed soon", "to_be_signed"),
     ("the implementation of the deal", "implementing"), ("the pact", None)],
)  # fmt: skip
def test_step_of_accord(text: str, step: str | None) -> None:
    assert accord_kinds().step(text) == step


def test_accord_examples_hold_and_kinds_are_those_of_the_record() -> None:
    table = accord_kinds()
    assert set(table.words.values()) == set(ACCORD_KINDS)
    assert set(table.verbs.values()) | set(table.phrases.values()) == set(ACCORD_STEPS) - {"mentioned"}
    for key, example in table.examples.items():
        if key in ACCORD_KINDS:
            assert table.kind(example) == key, example
        else:
            verbs = [verb for verb, step in table.verbs.items() if step == key]
            assert table.step(example) == key or any(holds(verb, example) for verb in verbs), example
    for accord in table.named.values():
        assert table.kind(accord.example) == accord.kind


@pytest.mark.parametrize("kind", relation_kinds(), ids=lambda kind: kind.name)
def test_tie_is_named_in_its_example(kind) -> None:  # type: ignore[no-untyped-def]
    found = relation_kind(kind.example)
    assert found is not None
    assert found[0] == kind.name
    if kind.counter and kind.name != "alliance":
        assert relation_kind(kind.counter) is None


def test_kinds_of_tie_are_those_of_the_record() -> None:
    assert [kind.name for kind in relation_kinds()] == list(RELATION_KINDS)
    assert relation_kind("the sea") is None
