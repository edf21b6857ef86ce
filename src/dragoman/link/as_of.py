"""A story as it stood on a day: what was told later is left out, and what is overdue is asked anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dragoman.link import accords, visits
from dragoman.link.claims import Claim
from dragoman.link.policy import Policy, told
from dragoman.link.stories import Story
from dragoman.link.visit_life import as_of as overdue_anew

__all__ = ["as_of", "is_told"]


def is_told(claim: Claim, today: date) -> bool:
    """Whether a claim was made by then; one without a date counts."""
    day = told(claim.source)
    return day is None or day <= today


def as_of(story: Story, claims: Mapping[str, Claim], *, today: date, policy: Policy) -> Story | None:
    """The story as of a day; None where nothing of it had been told. claims: its own, by id."""
    every = [claims[link.claim] for link in story.links if link.claim in claims]
    known = [claim for claim in every if is_told(claim, today)]
    if not known:
        return None
    if len(known) == len(every):
        return overdue_anew(story, today=today, policy=policy) if story.kind == "visit" else story
    if story.kind == "encounter":
        return _encounter(story, {claim.id for claim in known})
    judge = visits.group_and_judge if story.kind == "visit" else accords.group_and_judge
    together = [(known[0].id, claim.id) for claim in known[1:]]
    made = judge(known, today=today, policy=policy, together=together)
    if not made:
        return None
    best = max(made, key=lambda item: (len(item.links), item.id))
    links = tuple(replace(link, story=story.id) for link in best.links)
    return replace(best, id=story.id, links=links)


def _encounter(story: Story, known: set[str]) -> Story | None:
    history = tuple(step for step in story.history if step.claim in known)
    if not history:
        return None
    fields = {}
    for name, values in story.fields.items():
        given = [replace(v, claims=tuple(id_ for id_ in v.claims if id_ in known)) for v in values]
        given = [value for value in given if value.claims]
        if given and not any(value.best for value in given):
            given[0] = replace(given[0], best=True)
        if given:
            fields[name] = tuple(given)
    links = tuple(link for link in story.links if link.claim in known)
    return replace(story, state=history[-1].state, history=history, fields=fields, links=links)
