"""The kinds of story that linking makes: of which claims, by what they are found, and how they are told.

A kind is added here and nowhere else. ``shared`` is what makes linking incremental: only claims with a key in
common are ever compared, and whatever is joined by such keys is told anew together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.link import accords, visits
from dragoman.link.claims import Claim
from dragoman.link.encounter_story import tell as tell_encounter
from dragoman.link.encounters import cluster
from dragoman.link.people import People
from dragoman.link.policy import load_policy
from dragoman.link.reports import keys_of, report_of
from dragoman.link.stories import Story, StoryKind

__all__ = ["KINDS", "Kind", "Pairs"]

Pairs = Collection[tuple[str, str]]
"""Pairs of claims that a reviewer put together, or holds apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of story.

    types: of the records that may belong to it; shared: what a claim has in common with those that it may share a
    story with, None where it says nothing of this kind; tell: the stories of claims that lack none of those that
    share a key with them. tell must give for several unconnected claims what it gives for each of them alone.
    """

    name: StoryKind
    types: frozenset[str]
    shared: Callable[[Claim, People], set[str] | None]
    tell: Callable[[Sequence[Claim], People, date, Pairs, Pairs], list[Story]]


def _encounter_keys(claim: Claim, people: People) -> set[str]:
    return keys_of(report_of(claim, people))


def _encounters(
    claims: Sequence[Claim], people: People, today: date, together: Pairs, apart: Pairs
) -> list[Story]:
    del today  # a meeting is never overdue: its plan is a visit's or a promise's
    reports = [report_of(claim, people) for claim in claims]
    return [tell_encounter(found, people) for found in cluster(reports, together=together, apart=apart)]


def _visit_keys(claim: Claim, people: People) -> set[str] | None:
    return visits.shared_keys(claim, policy=load_policy(), identify=people.identify) or None


def _visits(claims: Sequence[Claim], people: People, today: date, together: Pairs, apart: Pairs) -> list[Story]:
    return visits.group_and_judge(
        claims, today=today, policy=load_policy(), together=together, apart=apart, identify=people.identify
    )


def _accord_keys(claim: Claim, people: People) -> set[str] | None:
    del people
    return accords.shared_keys(claim, policy=load_policy())


def _accords(claims: Sequence[Claim], people: People, today: date, together: Pairs, apart: Pairs) -> list[Story]:
    del people
    return accords.group_and_judge(claims, today=today, policy=load_policy(), together=together, apart=apart)


KINDS: tuple[Kind, ...] = (
    Kind(name="encounter", types=frozenset({"meeting"}), shared=_encounter_keys, tell=_encounters),
    Kind(name="visit", types=frozenset({"visit", "statement"}), shared=_visit_keys, tell=_visits),
    Kind(name="accord", types=frozenset({"agreement"}), shared=_accord_keys, tell=_accords),
)
