"""The life of one visit: the state after each report, and every value that any report gives.

States: ``proposed``, ``invited``, ``announced``, ``confirmed``, ``redated``, ``postponed``, ``cancelled``,
``denied``, ``begun``, ``made``, and ``overdue``: the planned days have passed and no report of the visit was
found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.link import dates
from dragoman.link.accounts import Account
from dragoman.link.policy import Given, Policy, settle
from dragoman.link.stories import Link, Reason, Step, Story, Value, anchor, story_id
from dragoman.link.tellings import Telling
from dragoman.vocabulary import states

__all__ = ["VISIT_STATES", "as_of", "judge"]

VISIT_STATES = (
    *("proposed", "invited", "announced", "confirmed", "redated", "postponed", "cancelled", "denied", "begun"),
    *("made", "overdue"),
)
_OPEN = frozenset({"announced", "confirmed", "redated"})
_BEFORE_PLAN = frozenset({"", "proposed", "invited", "denied"})
_OVER = frozenset({"begun", "made"})
_LEG = 7  # days after its beginning in which a further stop still belongs to a visit


def judge(tellings: Sequence[Telling], accounts: Sequence[Account], *, today: date, policy: Policy) -> Story:
    """The story of one visit from its claims in order of telling, as it stands today.

    accounts: what each side says of a change of plan; they are kept side by side, and none is best.
    A source without a date gives values but moves no state, unless there is no other.
    """
    host = tellings[0].visit.host
    fields = _fields(tellings, accounts, policy, host)
    history, state = _live(tellings, policy)
    fields["when"] = settle(fields, "made", "planned")
    days = _best(fields, "when")
    last = dates.last_day(days)
    if state == "begun" and last is not None and last < today:
        state = "made"
    if state in _OPEN and _is_overdue(tellings, last, today, policy):
        state = "overdue"
        fields["note"] = (_no_report(last, today),)
    first = anchor(telling.claim for telling in tellings)
    name = story_id("visit", first.id)
    links = tuple(
        Link(claim=telling.claim.id, story=name, reason=_reason(telling, tellings, fields)) for telling in tellings
    ) + tuple(
        Link(claim=account.claim.id, story=name, reason=Reason(text="says how the plan came to change", score=0.7))
        for account in accounts
    )
    fields = {field: values for field, values in fields.items() if values}
    return Story(id=name, kind="visit", state=state, fields=fields, links=links, history=tuple(history))


def as_of(story: Story, *, today: date, policy: Policy) -> Story:
    """The visit as it stands on another day than the one on which it was told: what is overdue is asked anew."""
    state = story.history[-1].state if story.history else story.state
    fields = {name: values for name, values in story.fields.items() if name != "note"}
    last = dates.last_day(story.best("when"))
    if state == "begun" and last is not None and last < today:
        state = "made"
    if state in _OPEN and last is not None and today > last + timedelta(days=policy.spans["grace"]):
        told = [dates.first_day(step.date) for step in story.history if step.state in _OPEN]
        if any(day and (day - last).days <= policy.spans["readout"] for day in told):
            state = "overdue"
            fields["note"] = (_no_report(last, today),)
    return replace(story, state=state, fields=fields)


# --- states ---------------------------------------------------------------------------------------------------


def _live(tellings: Sequence[Telling], policy: Policy) -> tuple[list[Step], str]:
    dated = [telling for telling in tellings if telling.told] or list(tellings)
    steps: list[Step] = []
    state, plan, first = "", None, None
    for telling in sorted(dated, key=_turn_order):
        if _is_leg(telling, tellings):
            continue
        if telling.phase == "made":
            after = _after_made(state, telling, _days_known(telling, dated, plan, policy))
        else:
            after = _after(state, telling, plan, first, policy)
        if _plans(telling):
            first = first or telling.told
            if telling.when:
                plan = dates.narrow((plan, telling.when)) if dates.agree(plan, telling.when) else telling.when
        if after != state:
            steps.append(
                Step(date=telling.claim.source.published, state=after, claim=telling.claim.id, words=telling.words)
            )
            state = after
    return steps, state


def _plans(telling: Telling) -> bool:
    """Whether it tells of a plan that stands."""
    return telling.phase == "ahead" and telling.visit.status not in {"proposed", "postponed"}


def _days_known(telling: Telling, dated: Sequence[Telling], plan: str | None, policy: Policy) -> str | None:
    """The days of the visit as known when it was told as made: the longest stay of those that agree with it."""
    here = telling.when if telling.firm else telling.told.isoformat() if telling.told else None
    others = [t.when for t in dated if t.phase == "made" and t.firm and t.told == telling.told]
    longest = policy.spans["longest_visit"]
    fit = [d for d in (*others, plan) if dates.contains(d, here) and dates.length(d) <= longest]
    return max([here, *fit], key=dates.length) if fit else here if telling.firm else None


def _turn_order(telling: Telling) -> tuple[date, int, str, str]:
    """By the day of the report; on one day plans come before changes, and changes before the visit itself."""
    rank = {"ahead": 0, "off": 2, "made": 3}[telling.phase]
    if telling.visit.status == "postponed":
        rank = 1
    return telling.told or date.max, rank, telling.claim.source.document, telling.claim.id


def _after(state: str, telling: Telling, plan: str | None, first: date | None, policy: Policy) -> str:
    """The state of a visit after one more report. plan: its day so far; first: when it was first announced."""
    status = telling.visit.status
    if state in _OVER:
        return state
    if status == "denied":
        return "denied" if state in _BEFORE_PLAN or state in _OPEN else state
    if status in {"postponed", "cancelled"}:
        return "cancelled" if status == "cancelled" or state == "cancelled" else "postponed"
    if status == "proposed":
        offered = (
            "invited" if policy.says("invited", " ".join(span.text for span in telling.visit.evidence)) else status
        )
        return offered if state in _BEFORE_PLAN or state == "cancelled" else state
    return _after_plan(state, telling, plan, first)


def _after_made(state: str, telling: Telling, stay: str | None) -> str:
    """Begun while the stay, or the words, go on; made after that. stay: the days of the visit, if known."""
    if state == "made" or (state == "begun" and telling.is_of_meeting):
        return state
    span = dates.days(stay)
    goes_on = span is not None and telling.told is not None and span[0] <= telling.told < span[1]
    return "begun" if goes_on or telling.visit.status == "ongoing" else "made"


def _after_plan(state: str, telling: Telling, plan: str | None, first: date | None) -> str:
    if telling.late and state not in _BEFORE_PLAN:
        return state
    if state in {"postponed", "cancelled"}:
        fresh = telling.when is not None and not dates.agree(plan, telling.when)
        return "redated" if fresh else state
    if state in _BEFORE_PLAN:
        return "announced"
    if telling.when and plan and not dates.agree(plan, telling.when):
        return "redated"
    to_the_day = telling.when is not None and dates.length(telling.when) <= 10
    later = first is not None and telling.told is not None and telling.told > first
    return "confirmed" if to_the_day and later else state


def _is_overdue(tellings: Sequence[Telling], last: date | None, today: date, policy: Policy) -> bool:
    if last is None or today <= last + timedelta(days=policy.spans["grace"]):
        return False
    return any(telling.phase == "ahead" and not telling.late and telling.told for telling in tellings)


def _no_report(last: date | None, today: date) -> Value:
    return Value(
        value=f"no report found by {today.isoformat()}",
        claims=(),
        best=True,
        why=f"the planned days ended on {last.isoformat() if last else 'an unknown day'}",
    )


# --- fields ---------------------------------------------------------------------------------------------------


def _fields(
    tellings: Sequence[Telling], accounts: Sequence[Account], policy: Policy, host: str
) -> dict[str, tuple[Value, ...]]:
    given: dict[str, list[Given]] = {}

    def give(field: str, value: object, telling: Telling, *, firm: bool = True) -> None:
        if value is not None:
            given.setdefault(field, []).append(Given(value, telling.claim, firm))

    off_since = _called_off_on(tellings)
    for telling in tellings:
        visit = telling.visit
        give("visitor", visit.visitor.name, telling)
        give("host", visit.host, telling)
        give("status", visit.status, telling)
        give("type", None if visit.kind == "unspecified" else visit.kind, telling)
        give("place", visit.place.name if visit.place else None, telling)
        if telling.phase == "made":
            give("made", telling.when, telling, firm=telling.firm)
        elif telling.phase == "off" or visit.status == "postponed":
            give("called_off_for", telling.when, telling)
        elif visit.status == "proposed":
            give("proposed", telling.when, telling)
        elif _is_leg(telling, tellings):
            give("legs", telling.when, telling)
        else:
            stale = off_since is not None and telling.told is not None and telling.told < off_since
            give("called_off_for" if stale else "planned", telling.when, telling)
    for account in accounts:
        given.setdefault("status", []).append(Given(account.says, account.claim))
        given.setdefault("accounts", []).append(Given(account.words, account.claim))
    chosen = {field: policy.choose(field, given[field], hosts=(host,)) for field in sorted(given)}
    if "accounts" in chosen:
        side = "each side's own account; none is held to be the best"
        chosen["accounts"] = tuple(replace(value, best=False, why=side) for value in chosen["accounts"])
    if "planned" in chosen and all(telling.told is None for telling in tellings if telling.phase == "made"):
        chosen["made"] = tuple(
            replace(value, best=False, why=f"passed over by dated: {policy.means['dated']}")
            for value in chosen.get("made", ())
        )
    return {field: values for field, values in chosen.items() if values}


def _called_off_on(tellings: Sequence[Telling]) -> date | None:
    """The day on which a visit was last told as put off or called off: plans told before it no longer stand."""
    days = [t.told for t in tellings if t.told and t.visit.status in {"postponed", "cancelled"}]
    return max(days) if days else None


def _is_leg(telling: Telling, tellings: Sequence[Telling]) -> bool:
    """Whether a text that tells the visit as made speaks of a further day of it: "tomorrow he goes to X"."""
    document = telling.claim.source.document
    return telling.phase == "ahead" and any(
        other.phase == "made"
        and other.claim.source.document == document
        and dates.gap(other.window, telling.when) <= _LEG
        for other in tellings
    )


def _best(fields: dict[str, tuple[Value, ...]], name: str) -> str | None:
    return next((value.value for value in fields.get(name, ()) if value.best), None)


def _reason(telling: Telling, tellings: Sequence[Telling], fields: dict[str, tuple[Value, ...]]) -> Reason:
    """Which names and dates agreed, in words."""
    visit = telling.visit
    who = f"{visit.visitor.name} to {states().by_iso3(visit.host).name if visit.host in states() else visit.host}"
    if len(tellings) == 1:
        return Reason(text=f"{who}: the only report", score=1.0)
    days = _best(fields, "when")
    if telling.when and days and dates.gap(telling.when, days) == 0:
        same = "the same days" if telling.when == days else f"{telling.when} agrees with {days}"
        return Reason(text=f"{who}, {same}", score=0.95 if dates.length(telling.when) <= 31 else 0.7)
    if telling.when:
        return Reason(text=f"{who}, {telling.when}: no other visit lies nearer; best is {days}", score=0.6)
    told = telling.claim.source.published or "at an unknown time"
    return Reason(text=f"{who}, no day given; told {told}, as this visit was spoken of", score=0.6)
