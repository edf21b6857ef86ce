"""The four stories of ../shared/chains.md: the state after each document, in whatever order they arrive."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from tests.link.stories import NAMES, Step, background, claims_of, find, steps, tell_all, today

from dragoman.link import dates
from dragoman.link.claims import Claim
from dragoman.link.stories import Story
from dragoman.process import process

pytestmark = pytest.mark.model

_SAMPLE = 60  # orders of arrival tried where there are too many to try all
_ALL = 120

Claims = dict[str, list[Claim]]


@pytest.fixture(scope="module")
def read(nlp: Any) -> Callable[[str], Claims]:
    """The claims of a story's documents, by document."""
    known: dict[str, Claims] = {}

    def claims(name: str) -> Claims:
        if name not in known:
            documents = [step.document for step in steps(name)]
            known[name] = {doc.id: claims_of(doc, records) for doc, records in process(documents, nlp=nlp)}
        return known[name]

    return claims


PREFIXES = [
    pytest.param(name, count, id=steps(name)[count - 1].document.id)
    for name in NAMES
    for count in range(1, len(steps(name)) + 1)
]


@pytest.mark.parametrize(("name", "count"), PREFIXES)
def test_state_after_each_step(name: str, count: int, read: Callable[[str], Claims]) -> None:
    known = steps(name)[:count]
    stories = tell_all(_claims(read(name), known), _day_of(name, known))
    for expected in known[-1].expect:
        _check(find(stories, expected), expected)


@pytest.mark.parametrize("name", NAMES)
def test_order_of_arrival_leaves_no_trace(name: str, read: Callable[[str], Claims]) -> None:
    on = today(name)
    wanted = tell_all(_claims(read(name), steps(name)), on)
    for arrival in _orders(steps(name)):
        assert tell_all(_claims(read(name), arrival), on) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_order_of_claims_within_a_document_leaves_no_trace(name: str, read: Callable[[str], Claims]) -> None:
    on, claims = today(name), _claims(read(name), steps(name))
    wanted = tell_all(claims, on)
    for seed in range(10):
        assert tell_all(random.Random(seed).sample(claims, len(claims)), on) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_document_told_twice_changes_nothing(name: str, read: Callable[[str], Claims]) -> None:
    on, claims = today(name), _claims(read(name), steps(name))
    assert tell_all(claims, on) == tell_all(claims, on)


BACKGROUND = [pytest.param(name, item, id=str(item["date"])) for name in NAMES for item in background(name)]


@pytest.mark.parametrize(("name", "item"), BACKGROUND)
def test_background_is_another_story(name: str, item: dict[str, Any], read: Callable[[str], Claims]) -> None:
    stories = tell_all(_claims(read(name), steps(name)), today(name))
    story = find(stories, {**item, "near": item["date"]})
    assert story.best("made") == item["date"]
    assert len(story.links) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_of_a_story_has_a_reason_and_one_story_of_a_kind(
    name: str, read: Callable[[str], Claims]
) -> None:
    claims = {claim.id: claim for claim in _claims(read(name), steps(name))}
    stories = tell_all(list(claims.values()), today(name))
    for kind, record in (("visit", "visit"), ("accord", "agreement")):
        linked = [
            link.claim
            for story in stories
            if story.kind == kind
            for link in story.links
            if claims[link.claim].record.record == record
        ]
        assert sorted(linked) == sorted(claim.id for claim in claims.values() if claim.record.record == record)
    assert all(link.reason.text and 0 < link.reason.score <= 1 for story in stories for link in story.links)


def _claims(known: Claims, arrived: tuple[Step, ...] | list[Step]) -> list[Claim]:
    return [claim for step in arrived for claim in known[step.document.id]]


def _day_of(name: str, known: tuple[Step, ...]) -> date:
    """The day of the last report: what was to come then is not overdue."""
    days = [day for step in known if (day := dates.first_day(step.document.published))]
    return max(days, default=today(name))


def _orders(arrived: tuple[Step, ...]) -> Iterator[list[Step]]:
    every = itertools.permutations(arrived)
    first = list(itertools.islice(every, _ALL + 1))
    if len(first) <= _ALL:
        yield from (list(order) for order in first)
        return
    yield list(arrived)
    yield list(reversed(arrived))
    dice = random.Random(5)
    for _ in range(_SAMPLE):
        yield dice.sample(list(arrived), len(arrived))


def value_field(story: Story) -> str:
    return "ratified" if story.state == "ratified" else "when"


def _check(story: Story, expected: dict[str, Any]) -> None:
    fields = {key: [(v.value, v.best, v.why) for v in values] for key, values in story.fields.items()}
    for key, value in expected.items():
        if key == "state":
            assert story.state == value, (story.history, fields)
        elif key == "type":
            assert story.best("type") == value, fields
        elif key == "date":
            assert story.best("when" if story.kind == "visit" else value_field(story)) == value, fields
        elif key == "day_ahead":
            assert story.best("planned") is value, fields
        elif key in {"signed", "approved", "proposed"}:
            assert story.best(key) == value, fields
        elif key.startswith("loses"):
            _, _, field = key.partition("_")
            lost = [v for name in ([field] if field else ["made", "signed"]) for v in story.fields.get(name, ())]
            assert any(v.value == value and not v.best and v.why for v in lost), fields
        elif key == "status_also":
            assert any(v.value == value and v.claims for v in story.fields["status"]), fields
        elif key == "targets":
            assert {v.value for v in story.fields["quantity"] if v.best} == set(value), fields
        elif key == "accounts":
            told_by = [v.value for v in story.fields["accounts"]]
            assert all(any(words in text for text in told_by) for words in value), fields
            assert not any(v.best for v in story.fields["accounts"])
        else:
            assert key in {"kind", "who", "host", "near", "title", "action"}, f"unknown expectation {key!r}"
