"""The policy: each rule by its own example, finer dates, copies, and a file that breaks its contract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claim import visit

from dragoman.errors import VocabularyError
from dragoman.link import dates
from dragoman.link.policy import RULES, Given, load_policy
from dragoman.vocabulary.load import load_yaml

FOLDER = Path(__file__).parents[2] / "src" / "dragoman" / "link"
EXAMPLES = [
    pytest.param(name, entry["example"], id=name)
    for name, entry in load_yaml("policy", folder=FOLDER)["rules"].items()
]


def _given(value: str, publisher: str | None, published: str | None, basis: str = "text", *, at: int = 0) -> Given:
    claim = visit(published, "planned", publisher=publisher, words=f"{value} {at}")
    return Given(value, claim, basis != "published")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_rule_prefers_what_its_example_says(rule: str, example: dict[str, Any]) -> None:
    policy = replace(load_policy(), fields={"default": (rule,)})
    given_values = [_given(*row, at=at) for at, row in enumerate(example["given"])]
    for order in (given_values, given_values[::-1]):
        best, *others = policy.choose("any", order, hosts=example.get("hosts", ()))
        assert best.value == example["best"]
        assert best.best and best.why.startswith(rule)
        assert all(not other.best and rule in other.why for other in others)


def test_every_rule_has_an_example() -> None:
    assert {param.values[0] for param in EXAMPLES} == set(RULES)


@pytest.mark.parametrize(
    ("values", "best"),
    [
        pytest.param(["2022-09", "2022-23"], "2022-09", id="autumn never overwrites September"),
        pytest.param(["2022-09", "2022-09-14"], "2022-09-14", id="a day refines the month"),
        pytest.param(["2022", "2022-23", "2022-09"], "2022-09", id="finest of three"),
        pytest.param(["2022-09-14", "2022-10"], "2022-10", id="contradiction: told later"),
    ],
)
def test_finer_date_that_agrees_wins_whatever_was_told_later(values: list[str], best: str) -> None:
    told = [_given(value, "Reuters", f"2022-0{at + 1}-01") for at, value in enumerate(values)]
    chosen = load_policy().choose("planned", told)
    assert [value.value for value in chosen if value.best] == [best]
    assert {value.value for value in chosen} == set(values)


def test_copies_of_one_text_count_once() -> None:
    one = Given("state", visit("2022-01-01", "done", kind="state", document="a"))
    copies = [
        Given(
            "official",
            visit("2022-01-01", "done", kind="official", document=name, copy_of="b" if name != "b" else None),
        )
        for name in "bcd"
    ]
    two = Given("state", visit("2022-01-01", "done", kind="state", document="e"))
    policy = replace(load_policy(), fields={"default": ("majority",)})
    assert policy.choose("type", [one, two, *copies])[0].value == "state"


def test_single_day_is_part_of_the_stay() -> None:
    told = [_given("2023-09-20", "Reuters", "2023-09-20"), _given("2023-09-20/2023-09-22", "UPI", "2023-09-20")]
    assert load_policy().choose("made", told)[0].value == "2023-09-20/2023-09-22"
    assert load_policy().choose("planned", told)[0].value == "2023-09-20"


DAYS = st.sampled_from(
    ["2022", "2022-09", "2022-23", "2022-09-14", "2022-09-14/2022-09-16", "2022-10", "2022-10-01", "2023"]
)
SOURCES = st.sampled_from([None, "Reuters", "Kremlin", "Kazinform"])
TOLD = st.sampled_from([None, "2022-06-07", "2022-09-12", "2023-01-01"])


@given(st.lists(st.tuples(DAYS, SOURCES, TOLD), min_size=1, max_size=8), st.randoms())
def test_values_are_kept_in_any_order_and_no_coarse_one_beats_a_finer(rows: list[Any], dice: Any) -> None:
    told = [_given(*row, at=at) for at, row in enumerate(rows)]
    chosen = load_policy().choose("planned", told, hosts=["KAZ"])
    dice.shuffle(told)
    assert load_policy().choose("planned", told, hosts=["KAZ"]) == chosen
    assert {value.value for value in chosen} == {row[0] for row in rows}
    assert sum(value.best for value in chosen) == 1 and all(value.why for value in chosen)
    dated = {row[0] for row in rows if row[2]}
    assert not any(dates.finer(other, chosen[0].value) for other in dated)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"fields": {"default": ["luck"]}}, "unknown rule 'luck'"),
        ({"fields": {"type": ["later"]}}, "no rules for 'default'"),
        ({"spans": {"redate": "long"}}, "span"),
        ({"words": {}}, "no words for"),
        ({"official": None}, "no part 'official'"),
    ],
    ids=["unknown rule", "no default", "span", "no words", "no official"],
)
def test_broken_policy_says_what_to_mend(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    import yaml

    raw = load_yaml("policy", folder=FOLDER)
    broken = {key: value for key, value in {**raw, **change}.items() if value is not None}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(broken), encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint) as caught:
        load_policy(tmp_path, name="mine")
    assert caught.value.hint and "mine" in str(caught.value.where)
