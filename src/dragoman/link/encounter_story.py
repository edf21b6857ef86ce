"""An encounter from its reports: every value that any of them gives, who says so, and how it came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.link.claims import Claim, order
from dragoman.link.encounters import Cluster
from dragoman.link.people import People
from dragoman.link.reports import Report
from dragoman.link.stories import Link, Step, Story, Value, anchor, story_id
from dragoman.records import Actor
from dragoman.store.days import bounds

__all__ = ["tell"]

# the strongest that has been said counts: what took place is not undone by an older plan or by a doubt
_STATES: tuple[tuple[str, frozenset[str]], ...] = (
    ("happened", frozenset({"done"})),
    ("under_way", frozenset({"ongoing"})),
    ("cancelled", frozenset({"cancelled"})),
    ("postponed", frozenset({"postponed"})),
    ("planned", frozenset({"planned"})),
    ("proposed", frozenset({"proposed"})),
    ("denied", frozenset({"denied"})),
)


def tell(cluster: Cluster, people: People) -> Story:
    """The story of one encounter. people: who is who, for the names of the participants."""
    claims = [report.claim for report in cluster.reports]
    id_ = story_id("encounter", anchor(claims).id)
    fields: dict[str, tuple[Value, ...]] = {
        "participants": _participants(cluster.reports, people),
        "date": _chosen(_given(cluster.reports, _date), prefer=cluster.day, dated=True),
        "format": _chosen(_given(cluster.reports, lambda report: report.meeting.format)),
        "place": _chosen(_given(cluster.reports, _place)),
        "status": _chosen(_given(cluster.reports, lambda report: report.meeting.status)),
        "topics": _all(cluster.reports),
    }
    links = tuple(Link(claim=claim.id, story=id_, reason=cluster.reasons[claim.id]) for claim in claims)
    history = tuple(_history(cluster.reports))
    return Story(
        id=id_,
        kind="encounter",
        state=history[-1].state,
        fields={name: values for name, values in fields.items() if values},
        links=links,
        history=history,
    )


def _history(reports: Sequence[Report]) -> Iterable[Step]:
    said: set[str] = set()
    for report in sorted(reports, key=lambda item: order(item.claim)):
        said.add(report.meeting.status)
        yield Step(
            date=report.claim.source.published,
            state=_state(said),
            claim=report.claim.id,
            words=report.meeting.evidence[0].text,
        )


def _state(said: set[str]) -> str:
    return next(state for state, statuses in _STATES if said & statuses)


def _date(report: Report) -> str | None:
    return report.meeting.date


def _place(report: Report) -> dict[str, Any] | None:
    place = report.meeting.place
    return {"name": place.name, "country": place.country} if place else None


def _given(reports: Iterable[Report], value: Any) -> Mapping[str, tuple[Any, list[Claim]]]:
    """Values with the claims that give them, by how they are written."""
    found: dict[str, tuple[Any, list[Claim]]] = {}
    for report in reports:
        given = value(report)
        if given is not None:
            found.setdefault(repr(given), (given, []))[1].append(report.claim)
    return found


def _chosen(
    given: Mapping[str, tuple[Any, list[Claim]]], *, prefer: Any = None, dated: bool = False
) -> tuple[Value, ...]:
    """The values, the best first: the preferred one, of dates the finer, what most say, what is told first."""
    if not given:
        return ()

    def rank(item: tuple[Any, list[Claim]]) -> tuple[Any, ...]:
        value, claims = item
        origins = {claim.source.origin for claim in claims}
        return (value != prefer, _roughness(value) if dated else 0, -len(origins), order(min(claims, key=order)))

    ranked = sorted(given.values(), key=rank)
    values = []
    for position, (value, claims) in enumerate(ranked):
        origins = len({claim.source.origin for claim in claims})
        said = "1 source says so" if origins == 1 else f"{origins} sources say so"
        if value == prefer:
            said += ", by which the reports were put together"
        ids = tuple(sorted(claim.id for claim in claims))
        values.append(Value(value=value, claims=ids, best=position == 0, why=said))
    return tuple(values)


def _roughness(value: str) -> int:
    """How much a date leaves open, so that a finer one goes first: 0 a day, 1 days of a month, 2 more."""
    span = bounds(value)
    if span is None:
        return 2
    return 0 if span[0] == span[1] else 1 if span[0][:7] == span[1][:7] else 2


def _participants(reports: Sequence[Report], people: People) -> tuple[Value, ...]:
    found: dict[str, list[tuple[Actor, Claim]]] = defaultdict(list)
    for report in reports:
        for actor in report.meeting.participants:
            key = people.identify(actor, report.claim.source.published)
            found[key].append((actor, report.claim))
    values = []
    for key, named in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        first = min(named, key=lambda item: (order(item[1]), item[0].name))[0]
        who = {
            "key": key,
            "name": people.name_of(key) or first.name,
            "kind": "person" if people.name_of(key) else first.kind,
            "country": people.country_of(key) or first.country,
            "office": next((actor.office for actor, _ in named if actor.office), None),
        }
        ids = tuple(sorted({claim.id for _, claim in named}))
        why = f"named in {len(ids)} of {len(reports)} reports"
        values.append(Value(value=who, claims=ids, best=True, why=why))
    return tuple(values)


def _all(reports: Iterable[Report]) -> tuple[Value, ...]:
    topics: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for topic in report.meeting.topics:
            topics[topic].add(report.claim.id)
    return tuple(
        Value(value=topic, claims=tuple(sorted(ids)), best=True, why=f"a topic of {len(ids)} reports")
        for topic, ids in sorted(topics.items())
    )
