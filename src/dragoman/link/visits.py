"""Which reports tell of one visit: its plans, their changes, and the days on which it was made.

Claims of one visitor and host are gathered in the order in which they were told, so that the order in which the
documents arrived leaves no trace. Reports that it was made come first, by their days; plans that were told before
are followed from one report to the next and lead to the visit that answers them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.link import dates
from dragoman.link.accounts import accounts_by_document, accounts_of
from dragoman.link.by_hand import Pairs, as_decided
from dragoman.link.claims import Claim, order
from dragoman.link.policy import Policy
from dragoman.link.stories import Story
from dragoman.link.tellings import Telling, tell, tell_meeting
from dragoman.link.visit_life import judge
from dragoman.records import Actor, Statement, Visit
from dragoman.store.fold import fold

_FAR = 100_000  # days

__all__ = ["Identify", "group", "group_and_judge", "plain_key", "shared_keys"]

Identify = Callable[[Actor, str | None], str]


def plain_key(actor: Actor, when: str | None) -> str:
    """Who an actor is where no register of persons is at hand: kind, state and name without case and accents."""
    del when  # a register would ask who held the post then
    return f"{actor.kind}:{actor.country or ''}:{fold(actor.name)}"


def group_and_judge(
    claims: Iterable[Claim],
    *,
    today: date,
    policy: Policy,
    together: Pairs = (),
    apart: Pairs = (),
    identify: Identify = plain_key,
) -> list[Story]:
    """The visits of which the claims tell, each with its state as of today; records of other types are left alone.

    together, apart: pairs of claims that a reviewer put together or holds apart; identify: the key of an actor.
    """
    given = list(claims)
    said = accounts_by_document(given, policy)
    groups = group(given, policy=policy, identify=identify)
    by_id = {telling.claim.id: telling for same in groups for telling in same}
    asked = as_decided([[t.claim for t in same] for same in groups], together=together, apart=apart)
    found = []
    for part in asked:
        tellings = [by_id[claim.id] for claim in part]
        found.append(judge(tellings, accounts_of(tellings, said), today=today, policy=policy))
    return sorted(found, key=lambda story: story.id)


def shared_keys(claim: Claim, *, policy: Policy, identify: Identify = plain_key) -> set[str] | None:
    """What a claim has in common with those that it may share a visit with: only claims with a key in common do.

    None for records that say nothing of a visit.
    """
    document = claim.source.document
    if isinstance(claim.record, Statement):
        return {f"called off in {document}"} if accounts_by_document([claim], policy) else None
    if (met := tell_meeting(claim, policy)) is not None:
        return {" to ".join(_pair(met, identify))}
    if not isinstance(claim.record, Visit):
        return None
    visit, visitor = claim.record, claim.record.visitor
    keys = {f"{identify(visitor, tell(claim, policy).when or claim.source.published)} to {visit.host}"}
    if visitor.country and visitor.kind in {"state", "person"}:
        keys.add(f"{visitor.country} to {visit.host} in {document}")
    if visit.status in {"postponed", "cancelled"}:
        keys.add(f"called off in {document}")
    return keys


def group(claims: Iterable[Claim], *, policy: Policy, identify: Identify = plain_key) -> list[list[Telling]]:
    """The claims of visits as groups, one a visit, each in the order in which it was told."""
    given = list(claims)
    tellings = [tell(claim, policy) for claim in given if isinstance(claim.record, Visit)]
    tellings.sort(key=lambda telling: order(telling.claim))
    pairs: dict[tuple[str, str], list[Telling]] = {}
    persons, by_key = _persons(tellings), {t.visit.visitor.key: t.visit.visitor for t in tellings}
    for telling in tellings:
        visitor = telling.visit.visitor
        if visitor.kind == "state" and visitor.country:  # "China" is there where, in the text, one Chinese is
            alone = persons.get((telling.claim.source.document, telling.visit.host, visitor.country), set())
            visitor = by_key[next(iter(alone))] if len(alone) == 1 else visitor
        key = identify(visitor, telling.when or telling.claim.source.published)
        pairs.setdefault((key, telling.visit.host), []).append(telling)
    met: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for claim in given:
        answer = tell_meeting(claim, policy)
        if answer is not None:
            met[_pair(answer, identify)].append(answer)
    return [same for key in sorted(pairs) for same in _visits_of_pair(pairs[key], met.get(key, []), policy)]


def _pair(telling: Telling, identify: Identify) -> tuple[str, str]:
    when = telling.when or telling.claim.source.published
    return identify(telling.visit.visitor, when), telling.visit.host


def _persons(tellings: Iterable[Telling]) -> dict[tuple[str, str, str], set[tuple[str, str, str | None]]]:
    """Who goes where for which state, by document: keys of actors."""
    found: dict[tuple[str, str, str], set[tuple[str, str, str | None]]] = defaultdict(set)
    for telling in tellings:
        visitor = telling.visit.visitor
        if visitor.kind == "person" and visitor.country:
            found[telling.claim.source.document, telling.visit.host, visitor.country].add(visitor.key)
    return found


# --- one visitor, one host ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Trip:
    """Reports that a visit was made, and the days that they name; loose: all of them name more than a visit's."""

    tellings: list[Telling]
    start: date
    end: date
    loose: bool = False

    @property
    def days(self) -> str:
        return dates.as_edtf(self.start, self.end)


@dataclass(slots=True)
class _Plan:
    """A plan as it was told, from its first report to its last."""

    tellings: list[Telling] = field(default_factory=list)
    when: str | None = None
    off: str | None = None  # postponed or cancelled, as last told

    @property
    def last_told(self) -> date:
        return max(telling.told for telling in self.tellings if telling.told)

    def add(self, telling: Telling) -> None:
        self.tellings.append(telling)
        if telling.phase == "off":
            self.off = telling.visit.status
        elif telling.visit.status == "postponed":
            self.off = "postponed"
        elif telling.when and telling.visit.status == "planned" and not dates.agree(self.when, telling.when):
            self.off = None  # a new day: the plan is on again
        if telling.when and telling.visit.status != "postponed" and telling.phase != "off":
            both = dates.agree(self.when, telling.when)
            self.when = dates.narrow((self.when, telling.when)) if both else telling.when
        elif telling.when and self.when is None:
            self.when = telling.when


def _visits_of_pair(tellings: Sequence[Telling], met: Sequence[Telling], policy: Policy) -> list[list[Telling]]:
    told = [telling for telling in tellings if telling.told]
    trips = _trips([telling for telling in told if telling.phase == "made"], policy)
    plans = _plans([telling for telling in told if telling.phase != "made"], trips, policy)
    groups: list[list[Telling]] = [list(trip.tellings) for trip in trips]
    for plan in plans:
        answer = _answer(plan, trips, policy)
        if answer is None:
            groups.append(list(plan.tellings))
        else:
            groups[answer].extend(plan.tellings)
    _place_met(met, groups, policy)
    for telling in tellings:
        if telling.told is None:
            _place_undated(telling, groups, policy)
    return [sorted(same, key=lambda telling: order(telling.claim)) for same in groups]


def _trips(made: Sequence[Telling], policy: Policy) -> list[_Trip]:
    """Made visits, by their days: reports that name them, then reports of the day, then "in 2013"."""
    longest = policy.spans["longest_visit"]
    trips: list[_Trip] = []
    exact = [t for t in made if t.window and t.firm and dates.length(t.window) <= longest]
    of_the_day = [t for t in made if t.window and not t.firm]
    loose = [t for t in made if t.window and t.firm and dates.length(t.window) > longest]
    for telling in sorted(exact, key=_by_window):
        _add_to_trip(telling, trips, policy)
    for telling in sorted(of_the_day, key=_by_window):
        _add_to_trip(telling, trips, policy)
    for telling in sorted(loose, key=lambda t: (dates.length(t.window), _by_window(t))):
        _add_loose(telling, trips)
    trips.sort(key=lambda trip: (trip.start, trip.end, order(trip.tellings[0].claim)))
    return trips


def _by_window(telling: Telling) -> tuple[tuple[date, date], tuple[str, str, str]]:
    return dates.days(telling.window) or (date.max, date.max), order(telling.claim)


def _add_to_trip(telling: Telling, trips: list[_Trip], policy: Policy) -> None:
    near = [trip for trip in trips if dates.gap(trip.days, telling.window) <= policy.spans["same_visit"]]
    start, end = dates.days(telling.window) or (date.max, date.max)
    for trip in sorted(near, key=lambda trip: (dates.gap(trip.days, telling.window), trip.start)):
        if not telling.firm and any(known.firm for known in trip.tellings):
            trip.tellings.append(telling)  # it says "now": the days are those that others name
            return
        if (max(end, trip.end) - min(start, trip.start)).days < policy.spans["longest_visit"]:
            trip.start, trip.end = min(start, trip.start), max(end, trip.end)
            trip.tellings.append(telling)
            return
    trips.append(_Trip([telling], start, end))


def _add_loose(telling: Telling, trips: list[_Trip]) -> None:
    """ "In 2013" is the visit of that year; of several, the last before it was told."""
    inside = [trip for trip in trips if dates.contains(telling.window, trip.days)]
    if inside:
        before = [trip for trip in inside if telling.told and trip.start <= telling.told]
        max(before or inside, key=lambda trip: (trip.start, trip.end)).tellings.append(telling)
        return
    start, end = dates.days(telling.window) or (date.max, date.max)
    trips.append(_Trip([telling], start, end, loose=True))


# --- plans ----------------------------------------------------------------------------------------------------


def _plans(ahead: Sequence[Telling], trips: Sequence[_Trip], policy: Policy) -> list[_Plan]:
    """The plans of a pair: each telling joins the one that it fits best, or begins another."""
    plans: list[_Plan] = []
    for telling in ahead:
        fits = [(rank, at) for at, plan in enumerate(plans) if (rank := _fit(plan, telling, trips, policy))]
        if fits:
            plans[min(fits)[1]].add(telling)
        else:
            plans.append(_Plan())
            plans[-1].add(telling)
    return plans


def _fit(plan: _Plan, telling: Telling, trips: Sequence[_Trip], policy: Policy) -> tuple[int, int] | None:
    """How well a telling continues a plan, lower is better; None where it tells of another visit."""
    spans, told = policy.spans, telling.told
    assert told is not None
    since = (told - plan.last_told).days
    if _is_answered(plan, telling, trips, policy):
        return None
    if telling.when and plan.when:
        return _fit_dated(plan, telling, trips, policy)
    if telling.when:
        return (3, since) if since <= spans["undated_plan"] else None
    if plan.off:
        open_for = spans["still_open"] if plan.off == "cancelled" else spans["postponed"]
        return (3, since) if since <= open_for else None
    last = dates.last_day(plan.when)
    if last is None:
        return (3, since) if since <= spans["undated_plan"] else None
    return (2, abs((last - told).days)) if told <= last + timedelta(days=spans["grace"]) else None


def _fit_dated(plan: _Plan, telling: Telling, trips: Sequence[_Trip], policy: Policy) -> tuple[int, int] | None:
    distance = dates.gap(plan.when, telling.when)
    if distance == 0:
        return (0, 0)
    if any(
        known.claim.source.document == telling.claim.source.document and known.when and known.phase != "off"
        for known in plan.tellings
        if known.visit.status != "postponed"
    ):
        return None  # one text does not date one visit twice
    first = dates.first_day(telling.when)
    if plan.off == "postponed" and first is not None:
        return (1, distance) if (first - plan.last_told).days <= policy.spans["postponed"] else None
    if not plan.off and _has_passed(plan.when, telling.told):
        return None  # nobody reported it; what is planned now is another
    if plan.off or any(dates.gap(plan.when, trip.days) == 0 for trip in trips):
        return None
    return (1, distance) if distance <= policy.spans["redate"] else None


def _has_passed(when: str | None, told: date | None) -> bool:
    last = dates.last_day(when)
    return last is not None and told is not None and last < told


def _is_answered(plan: _Plan, telling: Telling, trips: Sequence[_Trip], policy: Policy) -> bool:
    """Whether the visit was made before this was told, so that this speaks of another."""
    if telling.visit.status in {"postponed", "cancelled"} and plan.off and not telling.when:
        return False  # looking back
    answer = _answer(plan, trips, policy)
    if answer is None or telling.told is None:
        return False
    trip = trips[answer]
    if telling.when:
        return trip.start <= telling.told and dates.gap(telling.when, trip.days) > policy.spans["same_visit"]
    return trip.end < telling.told - timedelta(days=policy.spans["readout"])


def _answer(plan: _Plan, trips: Sequence[_Trip], policy: Policy) -> int | None:
    """The made visit that a plan led to, by its place among the trips."""
    spans = policy.spans
    earliest = plan.last_told - timedelta(days=spans["readout"])
    fits: list[tuple[int, int, int]] = []
    for at, trip in enumerate(trips):
        distance = dates.gap(plan.when, trip.days)
        if trip.loose and distance == 0 and not plan.off:
            fits.append((1, 0, at))
        elif trip.loose:
            continue
        elif distance <= spans["same_visit"]:
            fits.append((0, distance, at))
        elif plan.off == "cancelled":
            continue
        elif plan.off == "postponed" and 0 <= (trip.start - earliest).days <= spans["postponed"]:
            fits.append((2, (trip.start - earliest).days, at))
        elif plan.when and distance <= spans["slip"]:
            fits.append((1, distance, at))
        elif plan.when is None and 0 <= (trip.start - earliest).days <= spans["undated_plan"]:
            fits.append((3, (trip.start - earliest).days, at))
    return min(fits)[2] if fits else None


def _place_undated(telling: Telling, groups: list[list[Telling]], policy: Policy) -> None:
    """A source without a date goes to the visit whose days lie nearest; its word counts least there."""
    fits = [
        (min(dates.gap(telling.when, known.when or known.window) for known in same), at)
        for at, same in enumerate(groups)
    ]
    near = [fit for fit in fits if fit[0] <= policy.spans["redate"]]
    if near:
        groups[min(near)[1]].append(telling)
    elif telling.when is None and len(groups) == 1:
        groups[0].append(telling)
    else:
        groups.append([telling])


def _place_met(met: Sequence[Telling], groups: list[list[Telling]], policy: Policy) -> None:
    """A host's report of a meeting joins the visit of those days, planned or made; it makes none of its own."""
    if not groups:
        return
    known = [[] if _is_called_off(same) else list(same) for same in groups]
    for telling in met:
        days = [min((_days_between(telling, other, policy) for other in same), default=_FAR) for same in known]
        near = min(range(len(groups)), key=lambda at: (days[at], at))
        if days[near] <= policy.spans["same_visit"]:
            groups[near].append(telling)


def _is_called_off(same: Sequence[Telling]) -> bool:
    off = any(telling.visit.status in {"postponed", "cancelled", "denied"} for telling in same)
    return off and all(telling.phase != "made" for telling in same)


def _days_between(met: Telling, known: Telling, policy: Policy) -> int:
    """Days between a meeting and what is known of a visit; a plan without a day waits for a fortnight."""
    if known.window and dates.length(known.window) <= policy.spans["longest_visit"]:
        return dates.gap(met.window, known.window)
    if known.phase == "ahead" and known.when is None and known.told and met.told:
        soon = 0 <= (met.told - known.told).days <= policy.spans["slip"]
        return policy.spans["same_visit"] if soon else _FAR
    return _FAR
