"""Codes and doubles: what follows from a PLOVER type, and when two events are one act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.acts import once
from dragoman.extract.code import coded, goldstein_of, quad_of
from dragoman.extract.events import distinct, is_same
from dragoman.records import Actor, Event, Meeting, Plover, Span
from dragoman.vocabulary import plover

TEXT = "Norway thanked India. India thanked Norway for the grain, and Kenya for the tea."


def actor(country: str | None, *, name: str | None = None) -> Actor:
    return Actor(name=name or str(country), kind="state" if country else "group", country=country)


def event(
    kind: str = "SUPPORT",
    *,
    source: str | None = "NOR",
    target: str | None = "IND",
    at: tuple[int, int] = (0, 20),
) -> Event:
    return Event(
        doc_id="d",
        evidence=(Span(*at, TEXT[slice(*at)]),),
        rule="test",
        source=(actor(source),),
        target=(actor(target),) if target else (),
        plover=Plover(type=kind),
    )


@pytest.mark.parametrize(
    ("kind", "quad"),
    [
        ("AGREE", "verbal_cooperation"),
        ("CONSULT", "verbal_cooperation"),
        ("AID", "material_cooperation"),
        ("ACCUSE", "verbal_conflict"),
        ("THREATEN", "verbal_conflict"),
        ("ASSAULT", "material_conflict"),
        ("SANCTION", "material_conflict"),
    ],
)
def test_quad_class(kind: str, quad: str) -> None:
    assert quad_of(kind).lower().replace("-", "_").replace(" ", "_") == quad


@pytest.mark.parametrize("kind", sorted(plover().types))
def test_goldstein_without_a_code_is_the_types(kind: str) -> None:
    assert goldstein_of(kind, None) == plover().goldstein(kind)


def test_goldstein_follows_the_code() -> None:
    assert goldstein_of("ASSAULT", "190") == -10.0
    assert goldstein_of("AGREE", "030") == 4.0
    assert goldstein_of("AID", "no such code") == plover().goldstein("AID")


def test_a_coded_event_keeps_the_records_date_place_and_evidence() -> None:
    span = Span(0, 6, "Norway")
    met = Meeting(
        doc_id="d", evidence=(span,), rule="test", date="2022-04", topics=("energy",), participants=(actor("NOR"),)
    )
    found = coded(
        met,
        source=(actor("NOR"),),
        target=(actor("IND"),),
        plover="CONSULT",
        mode=None,
        cameo="040",
        status="done",
        rule="event.from_meeting",
        confidence=0.5,
        evidence=met.evidence,
    )
    assert (found.date, found.topics, found.evidence) == ("2022-04", ("energy",), (span,))
    assert found.quad == quad_of("CONSULT")


DOUBLES = {
    "the same": (event(), True),
    "within the words": (event(at=(3, 18)), True),
    "other words": (event(at=(30, 50)), False),
    "another type": (event("ACCUSE"), False),
    "another source": (event(source="KEN"), False),
    "another target": (event(target="KEN"), False),
    "no target": (event(target=None), True),
}


@pytest.mark.parametrize("name", DOUBLES)
def test_an_act_that_a_record_tells_of_already(name: str) -> None:
    other, same = DOUBLES[name]
    assert is_same(event(), other) is same


def test_a_target_of_no_state_does_not_part_two_tellings() -> None:
    crowd = replace(event(), target=(actor(None, name="protesters"),))
    assert is_same(event(), crowd)


def test_distinct_keeps_the_first_of_each() -> None:
    events = [event(), event(at=(3, 18)), event(target="KEN"), event(at=(30, 50))]
    assert list(distinct(events)) == [events[0], events[2], events[3]]


def test_an_act_counts_once_a_document_unless_it_is_said_anew() -> None:
    first, again = event("ASSAULT"), event("ASSAULT", at=(30, 50))
    assert once([(first, False), (again, False)]) == [first]
    assert once([(first, True), (again, True)]) == [first, again]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["SUPPORT", "ACCUSE", "ASSAULT"]),
            st.sampled_from(["NOR", "IND", None]),
            st.sampled_from(["KEN", None]),
            st.integers(0, 40),
        ),
        max_size=8,
    )
)
def test_distinct_is_a_projection(made: list[tuple[str, str | None, str | None, int]]) -> None:
    events = [event(kind, source=one, target=other, at=(at, at + 5)) for kind, one, other, at in made]
    kept = list(distinct(events))
    assert list(distinct(kept)) == kept
    assert all(item in events for item in kept)
