"""What became of what was promised: each commitment with the later reports that speak of it.

States are suggestions, each with its evidence, for a person to confirm: ``open`` (not yet reported), ``overdue``
(its day has passed, no report found), ``reported`` (later reports speak of it, for a person to rate),
``partly_kept`` (so much of the quantity), ``kept``, ``kept_late``, ``superseded`` (promised anew in other terms),
``dropped`` (called off or denied).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.link import dates
from dragoman.link.by_hand import Pairs, as_decided
from dragoman.link.claims import Claim, order
from dragoman.link.fulfilment import Deed, likeness
from dragoman.link.policy import Given, Policy, told
from dragoman.link.quantities import Quantity, quantities
from dragoman.link.stories import Link, Reason, Step, Story, Value, anchor, story_id
from dragoman.link.visits import Identify, plain_key
from dragoman.link.words import is_about, telling_words
from dragoman.records import OFF, Agreement, Commitment, Record, Visit

__all__ = ["PROMISE_STATES", "group", "group_and_judge"]

PROMISE_STATES = ("open", "overdue", "reported", "partly_kept", "kept", "kept_late", "superseded", "dropped")
_SAME, _OF_LONGER = 0.75, 0.4  # shares of the words of two texts of one promise: the shorter's, the longer's
_SHARED = 3  # words that they must share at least
_COMMON = 2000  # a word in more reports than this tells nothing apart
_SORTS: dict[type[Record], str] = {Visit: "a visit", Agreement: "an agreement"}
_MOST = 20  # reports held against one promise, the most alike first


@dataclass(frozen=True, slots=True)
class _Promise:
    claim: Claim
    record: Commitment
    words: frozenset[str]
    terms: tuple[Quantity, ...]


def group_and_judge(
    claims: Iterable[Claim],
    *,
    today: date,
    policy: Policy,
    together: Pairs = (),
    apart: Pairs = (),
    identify: Identify = plain_key,
) -> list[Story]:
    """The promises of the claims with what became of each as of today.

    together, apart: pairs of claims that a reviewer put together or holds apart; apart may name a commitment and a
    report that does not bear on it.
    """
    given = sorted(claims, key=order)
    reports = _Reports(given, policy)
    held = {frozenset(pair) for pair in apart}
    found: list[Story] = []
    for line in group(given, identify=identify, policy=policy):
        parts = sorted(as_decided(line, together=together, apart=apart), key=lambda part: order(part[0]))
        for at, part in enumerate(parts):
            follower = parts[at + 1] if at + 1 < len(parts) and _is_later(parts[at + 1], part) else None
            kept_apart = {other for pair in held for other in pair if pair & {claim.id for claim in part}}
            deeds = [deed for deed in reports.about(part) if deed.claim.id not in kept_apart]
            found.append(_judge(part, deeds, follower, today=today, policy=policy))
    return sorted(found, key=lambda story: story.id)


# --- which commitments are one --------------------------------------------------------------------------------


def group(claims: Iterable[Claim], *, identify: Identify = plain_key, policy: Policy) -> list[list[list[Claim]]]:
    """The commitments as lines of promises: a line is about one thing, each promise in it has other terms."""
    promises = [
        _Promise(c, c.record, telling_words(c.record.action), quantities(c.record.action))
        for c in sorted(claims, key=order)
        if isinstance(c.record, Commitment)
    ]
    by_actor: dict[str, list[_Promise]] = defaultdict(list)
    for promise in promises:
        by_actor[identify(promise.record.actor, promise.claim.source.published)].append(promise)
    lines = [line for actor in sorted(by_actor) for line in _lines(by_actor[actor], policy)]
    return [_by_terms(line) for line in lines]


def _lines(promises: Sequence[_Promise], policy: Policy) -> list[list[_Promise]]:
    lines: list[list[_Promise]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for promise in promises:
        seen = Counter(at for word in promise.words for at in by_word[word])
        fits = [
            (-share, at) for at, common in seen.items() if common and (share := _share(promise, lines[at], policy))
        ]
        at = min(fits)[1] if fits else len(lines)
        if not fits:
            lines.append([])
        lines[at].append(promise)
        for word in promise.words:
            if at not in by_word[word]:
                by_word[word].append(at)
    return lines


def _share(promise: _Promise, line: Sequence[_Promise], policy: Policy) -> float:
    first, last = line[0], line[-1]
    day, before = told(promise.claim.source), told(last.claim.source)
    if day and before and (day - before).days > policy.spans["promise"]:
        return 0.0
    if promise.words == first.words:
        return 1.0
    common = len(promise.words & first.words)
    short, long = sorted((len(promise.words), len(first.words)))
    return common / long if common >= _SHARED and common >= _SAME * short and common >= _OF_LONGER * long else 0.0


def _by_terms(line: Sequence[_Promise]) -> list[list[Claim]]:
    """One promise as long as its quantities and its day are repeated; another when they change."""
    parts: list[list[_Promise]] = []
    for promise in line:
        home = next((part for part in reversed(parts) if _same_terms(promise, part)), None)
        if home is None:
            parts.append([promise])
        else:
            home.append(promise)
    return [[promise.claim for promise in part] for part in parts]


def _same_terms(promise: _Promise, part: Sequence[_Promise]) -> bool:
    for known in part:
        units = {quantity.unit for quantity in promise.terms} & {quantity.unit for quantity in known.terms}
        if units and not set(promise.terms) & set(known.terms):
            return False
        due, before = promise.record.date, known.record.date
        if dates.days(due) and dates.days(before) and dates.gap(due, before) > 0:
            return False
    return True


def _is_later(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether a promise was made in a later document than the one before it."""
    first, last = told(one[0].source), told(other[-1].source)
    return first is not None and last is not None and first > last


# --- what became of them --------------------------------------------------------------------------------------


class _Reports:
    """What was done, by the states that did it and the words that tell it."""

    def __init__(self, claims: Sequence[Claim], policy: Policy) -> None:
        self._policy = policy
        self._deeds: dict[str, list[Deed]] = defaultdict(list)
        self._by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
        for claim in claims:
            for deed in Deed.of(claim, policy):
                for side in deed.sides:
                    self._add(side, deed)

    def _add(self, side: str, deed: Deed) -> None:
        self._deeds[side].append(deed)
        for word in [*deed.words, _SORTS.get(type(deed.claim.record), "a report")]:
            self._by_word[side, word].append(len(self._deeds[side]) - 1)

    def about(self, promise: Sequence[Claim]) -> list[Deed]:
        """The later reports that speak of a promise, in the order in which they were told."""
        first = promise[0]
        record = first.record
        assert isinstance(record, Commitment)
        day = told(first.source)
        side = record.actor.country or record.actor.name
        if day is None:
            return []
        until = (dates.last_day(record.date) or day) + timedelta(days=self._policy.spans["promise"])
        words = telling_words(record.action)
        fits: dict[str, tuple[float, int]] = {}  # a text counts by the best of its sentences
        for at in self._near(side, record, words):
            deed = self._deeds[side][at]
            if deed.told is None or not day <= deed.told <= until or _is_before(deed.when, day):
                continue
            if deed.claim.source.document == first.source.document:
                continue
            if score := likeness(record, words, deed):
                document = deed.claim.source.origin
                fits[document] = min((-score, at), fits.get(document, (0.0, at)))
        best = sorted(at for _, at in sorted(fits.values())[:_MOST])
        return [self._deeds[side][at] for at in best]

    def _near(self, side: str, promise: Commitment, words: frozenset[str]) -> list[int]:
        """Deeds of the side worth a closer look: two words in common, or of the sort that was promised."""
        lists = [self._by_word.get((side, word), []) for word in words]
        seen = Counter(at for places in lists if len(places) <= _COMMON for at in places)
        near = {at for at, common in seen.items() if common > 1}
        for about, sort in (("visit", "a visit"), ("sign", "an agreement")):
            if is_about(about, promise.action):
                near.update(self._by_word.get((side, sort), []))
        return sorted(near)


def _is_before(when: str | None, day: date) -> bool:
    """Whether something was done before the promise was made."""
    last = dates.last_day(when)
    return last is not None and last < day


def _judge(
    promise: Sequence[Claim],
    deeds: Sequence[Deed],
    follower: Sequence[Claim] | None,
    *,
    today: date,
    policy: Policy,
) -> Story:
    records = [claim.record for claim in promise if isinstance(claim.record, Commitment)]
    first = anchor(promise)
    name = story_id("promise", first.id)
    pledged = {q.unit: q.value for record in reversed(records) for q in quantities(record.action)}
    fields = _fields(promise, policy)
    due = next((value.value for value in fields.get("due", ()) if value.best), None)
    steps = [_step(first, "open", records[0].evidence[0].text)]
    state, so_far = "open", dict[str, float]()
    for deed in deeds:
        after = _rate(state, deed, pledged, so_far, due)
        if after != state:
            steps.append(_step(deed.claim, after, deed.text))
            state = after
    if state in {"open", "reported", "partly_kept"} and follower is not None:
        state = "superseded"
        steps.append(_step(follower[0], state, follower[0].record.evidence[0].text))
        fields["superseded_by"] = (
            _value(story_id("promise", anchor(follower).id), "promised anew in other terms"),
        )
    if state == "open" and any(record.status in OFF for record in records):
        state = "dropped"
    last = dates.last_day(due)
    day = told(first.source)
    ahead = last is not None and (day is None or last > day)  # "today we will talk of": no plan to follow up
    if state == "open" and ahead and last and today > last + timedelta(days=policy.spans["grace"]):
        state = "overdue"
        fields["note"] = (_value(f"no report found by {today.isoformat()}", f"it was due by {last.isoformat()}"),)
    fields |= _progress(deeds, pledged, so_far)
    fields["rating"] = (_value(state, "suggested from the reports linked here; a person confirms"),)
    return Story(
        id=name,
        kind="promise",
        state=state,
        fields=fields,
        links=_links(name, promise, deeds),
        history=tuple(steps),
    )


def _rate(state: str, deed: Deed, pledged: Mapping[str, float], so_far: dict[str, float], due: str | None) -> str:
    """The state after one more report.

    A visit made, an accord signed, a quantity reached rate a promise; other reports only speak of it. Quantities
    told are never added up: two reports may tell of one delivery.
    """
    known = False
    for quantity in deed.terms:
        if quantity.unit in pledged:
            known = True
            so_far[quantity.unit] = max(so_far.get(quantity.unit, 0.0), quantity.value)
    if known and any(so_far[unit] < value for unit, value in pledged.items() if unit in so_far):
        return "partly_kept"
    if not known and not deed.is_act:
        return "reported" if state == "open" else state
    done, last = dates.first_day(deed.when) or deed.told, dates.last_day(due)
    return "kept_late" if done and last and done > last else "kept"


def _fields(promise: Sequence[Claim], policy: Policy) -> dict[str, tuple[Value, ...]]:
    given: dict[str, list[Given]] = defaultdict(list)
    for claim in promise:
        record = claim.record
        assert isinstance(record, Commitment)
        given["actor"].append(Given(record.actor.name, claim))
        given["action"].append(Given(record.action, claim))
        given["strength"].append(Given(record.strength, claim))
        if record.date:
            given["due"].append(Given(record.date, claim, record.date_basis != "published"))
        for quantity in quantities(record.action):
            given["quantity"].append(Given(str(quantity), claim))
        for other in record.counterpart:
            given["counterpart"].append(Given(other.name, claim))
    fields = {field: policy.choose(field, items) for field, items in sorted(given.items())}
    if "quantity" in fields:  # "3 billion and then 10 billion": two targets of one promise do not contradict
        fields["quantity"] = tuple(
            Value(value=v.value, claims=v.claims, best=True, why="as promised") for v in fields["quantity"]
        )
    return fields


def _progress(
    deeds: Sequence[Deed], pledged: Mapping[str, float], so_far: Mapping[str, float]
) -> dict[str, tuple[Value, ...]]:
    values = []
    for unit, value in sorted(so_far.items()):
        says = tuple(d.claim.id for d in deeds if any(q.unit == unit and q.value == value for q in d.terms))
        why = f"the highest figure told, of {Quantity(pledged[unit], unit)} promised"
        values.append(Value(value=str(Quantity(value, unit)), claims=says, best=True, why=why))
    return {"so_far": tuple(values)} if values else {}


def _links(name: str, promise: Sequence[Claim], deeds: Sequence[Deed]) -> tuple[Link, ...]:
    made = [
        Link(claim=claim.id, story=name, reason=Reason(text="the same actor, action and terms", score=0.9))
        for claim in promise
    ]
    record = promise[0].record
    assert isinstance(record, Commitment)
    words = telling_words(record.action)
    for deed in deeds:
        shared = ", ".join(sorted(words & deed.words)[:6])
        reason = Reason(text=f"told later of the same side; shares {shared}", score=likeness(record, words, deed))
        made.append(Link(claim=deed.claim.id, story=name, reason=reason))
    return tuple(made)


def _step(claim: Claim, state: str, words: str) -> Step:
    return Step(date=claim.source.published, state=state, claim=claim.id, words=words)


def _value(value: str, why: str) -> Value:
    return Value(value=value, claims=(), best=True, why=why)
