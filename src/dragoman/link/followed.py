"""What is due, what is overdue, and what was made good: plans and promises as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from dragoman.errors import DragomanError
from dragoman.link import dates
from dragoman.link.as_of import as_of
from dragoman.link.claims import Claim
from dragoman.link.entries import Entry, entry_of
from dragoman.link.keep import load_stories
from dragoman.link.load import load_claims
from dragoman.link.policy import load_policy
from dragoman.link.promised import beside, promised, readings_of
from dragoman.link.stories import Story
from dragoman.store import schema

__all__ = ["Followed", "check_linked", "follow", "stories_between"]

_PLANS: Mapping[str, frozenset[str]] = {
    "visit": frozenset({"announced", "confirmed", "redated"}),
    "encounter": frozenset({"planned"}),
    "accord": frozenset({"to_be_signed"}),
    "promise": frozenset({"open"}),
}
_DONE: Mapping[str, frozenset[str]] = {
    "visit": frozenset({"begun", "made"}),
    "encounter": frozenset({"happened", "under_way"}),
    "accord": frozenset({"signed", "adopted", "approved", "ratified", "in_force", "implementing", "extended"}),
    "promise": frozenset({"partly_kept", "kept", "kept_late"}),
}
_FULFILLED = frozenset(state for done in _DONE.values() for state in done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Plans and promises as of a day: those ahead, those of which no report was found, those made good since."""

    today: str
    since: str
    due: tuple[Entry, ...]
    overdue: tuple[Entry, ...]
    fulfilled: tuple[Entry, ...]


def check_linked(connection: Connection) -> int:
    """How many current readings are not linked yet. Raises DragomanError where nothing is."""
    if connection.execute(select(schema.link_state.c.key)).first() is None:
        raise DragomanError("the documents of this store are not linked", hint="run `dragoman link` first")
    linked = select(schema.linked.c.reading_key)
    current = select(schema.reading.c.key).where(schema.reading.c.current, schema.reading.c.key.not_in(linked))
    return len(connection.execute(current).all())


def follow(
    connection: Connection, *, countries: Sequence[str] = (), since: date | None = None, today: date
) -> Followed:
    """What is due and overdue on that day, and what was made good since another; a year before, by default.

    countries: only what concerns all of these states. Promises without a due day are never overdue.
    """
    start = since or today - timedelta(days=365)
    told_since = start - timedelta(days=load_policy().spans["promise"])
    stories, claims = stories_between(connection, countries, today=today, kinds=("visit", "encounter", "accord"))
    readings = readings_of(connection, countries, since=told_since.isoformat())
    made = promised(connection, readings, countries=countries, today=today)
    known = {**claims, **made.claims}
    every = [*stories, *beside(made.stories, stories, known)]
    return Followed(
        today=today.isoformat(),
        since=start.isoformat(),
        due=_entries((s for s in every if _is_due(s, today)), known, latest_first=False),
        overdue=_entries((s for s in every if _is_overdue(s, start)), known),
        fulfilled=_entries((s for s in every if _is_fulfilled(s, start, today)), known),
    )


def stories_between(
    connection: Connection, countries: Sequence[str], *, today: date, kinds: Sequence[str]
) -> tuple[list[Story], dict[str, Claim]]:
    """The stories that concern all these states, as they stood on a day, with their claims by id."""
    story = schema.story
    query = select(story.c.id).where(story.c.kind.in_(kinds))
    for iso3 in countries:
        query = query.where(story.c.countries.contains(iso3, autoescape=True))
    stored = load_stories(connection, connection.execute(query).scalars())
    claims = {c.id: c for c in load_claims(connection, (link.claim for item in stored for link in item.links))}
    policy = load_policy()
    found = [as_of(item, claims, today=today, policy=policy) for item in stored]
    return [item for item in found if item is not None], claims


def _entries(
    stories: Iterable[Story], claims: Mapping[str, Claim], *, latest_first: bool = True
) -> tuple[Entry, ...]:
    """In order of their days; what has no day to speak of ("in this decade") comes last."""
    found = sorted((entry_of(story, claims) for story in stories), key=lambda entry: (entry.day, entry.id))
    if latest_first:
        found.reverse()
    return tuple(sorted(found, key=lambda entry: entry.is_rough))


def _is_due(story: Story, today: date) -> bool:
    """Whether a plan lies ahead; one without a day waits for as long as the policy lets a plan wait."""
    if story.state not in _PLANS[story.kind] or not story.history:
        return False
    policy = load_policy()
    last = dates.last_day(story.best({"encounter": "date", "promise": "due"}.get(story.kind, "when")))
    if last is not None:
        return today <= last + timedelta(days=policy.spans["grace"] if story.kind in {"visit", "promise"} else 0)
    told = dates.first_day(story.history[-1].date)
    waits = policy.spans["undated_plan"] if story.kind == "visit" else 0
    return told is not None and told <= today <= told + timedelta(days=waits)


def _is_overdue(story: Story, since: date) -> bool:
    if story.state != "overdue":
        return False
    last = dates.last_day(story.best("due" if story.kind == "promise" else "when"))
    return last is not None and last >= since


def _is_fulfilled(story: Story, since: date, today: date) -> bool:
    """Whether it was told as planned in one report and as done in a later one of these days."""
    if story.state not in _DONE[story.kind]:
        return False
    plans = _PLANS[story.kind] | {"proposed", "invited", "postponed", "cancelled"}
    for before, after in zip(story.history, story.history[1:], strict=False):
        told = dates.first_day(after.date)
        if before.state in plans and after.state in _FULFILLED and told is not None:
            return since <= told <= today
    return False
