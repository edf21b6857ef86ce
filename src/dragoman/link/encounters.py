"""Reports of one meeting → one encounter, whichever side tells it.

In order: reports that name the same day; readouts that name none, to the nearest day or to one another; talks
whose form is told in two ways; last, rough and missing dates, where exactly one encounter fits. Each step looks at
all reports at once in a fixed order, so that the order of their arrival leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.link.claims import order
from dragoman.link.reports import Report, likeness
from dragoman.link.stories import Reason

__all__ = ["Cluster", "cluster"]

_WEEK = 7


@dataclass(slots=True)
class Cluster:
    """Reports of one meeting. reasons: why each belongs to it, by claim; day: the day that its reports name."""

    reports: list[Report]
    reasons: dict[str, Reason] = field(default_factory=dict)
    day: str | None = None

    @property
    def mode(self) -> str:
        """How they met: in person where any report says where; else as the first report has it."""
        first = min(self.reports, key=lambda report: order(report.claim))
        return "in_person" if self.placed or first.mode == "untold" else first.mode

    @property
    def placed(self) -> bool:
        """Whether any report says where they met."""
        return any(report.placed for report in self.reports)


class _Groups:
    """Disjoint sets of reports that never bring together what a reviewer keeps apart.

    Two people at least stay common to all reports of a set: a talk with a minister is not that with his president,
    though one report may tell of both. What a reviewer puts together is bound by nothing.
    """

    def __init__(self, reports: Sequence[Report], apart: Iterable[tuple[str, str]]) -> None:
        self._of = {report.claim.id: index for index, report in enumerate(reports)}
        self.members: dict[int, list[Report]] = {index: [report] for index, report in enumerate(reports)}
        self._core = {index: report.people for index, report in enumerate(reports)}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def find(self, report: Report) -> int:
        return self._of[report.claim.id]

    def may_join(self, one: int, other: int) -> bool:
        if one != other and len(self._core[one] & self._core[other]) < 2:
            return False
        return self._not_apart(one, other)

    def _not_apart(self, one: int, other: int) -> bool:
        ids = {report.claim.id for report in self.members[other]}
        return not any(self._apart.get(report.claim.id, set()) & ids for report in self.members[one])

    def join(self, one: int, other: int, *, by_hand: bool = False) -> bool:
        """Put two groups together; False where they are one already or must not be one."""
        if one == other or not (self._not_apart(one, other) if by_hand else self.may_join(one, other)):
            return False
        into, gone = min(one, other), max(one, other)
        # what is joined by hand may have nobody in common: then either core will do for what comes after
        self._core[into] = self._core[into] & self._core[gone] or self._core[into]
        moved = self.members.pop(gone)
        self.members[into] += moved
        for report in moved:
            self._of[report.claim.id] = into
        return True


def cluster(
    reports: Iterable[Report],
    *,
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[Cluster]:
    """The encounters that the reports tell of. together, apart: pairs of claims, by a reviewer."""
    given = sorted(reports, key=lambda report: order(report.claim))
    groups = _Groups(given, apart)
    reasons: dict[str, Reason] = {}
    _by_hand(groups, given, together, reasons)
    near = _by_pair(given)
    _same_day(groups, near, reasons)
    _readouts(groups, given, near, reasons)
    _two_forms(groups, given, near, reasons)
    _rough(groups, given, near, reasons)
    return [_finished(members, reasons) for _, members in sorted(groups.members.items())]


def _finished(members: list[Report], reasons: Mapping[str, Reason]) -> Cluster:
    members.sort(key=lambda report: order(report.claim))
    alone = Reason(text="the only report" if len(members) == 1 else "the first report", score=1.0)
    own = {report.claim.id: reasons.get(report.claim.id, alone) for report in members}
    return Cluster(reports=members, reasons=own, day=_day(members))


def _day(members: Iterable[Report]) -> str | None:
    """The day that most reports name, the earlier of two; else the day of the earliest readout."""
    named: dict[str, int] = defaultdict(int)
    for report in members:
        if report.precision == "day" and report.days:
            named[report.days[0]] += 1
    if named:
        return max(sorted(named), key=lambda day: named[day])
    return min((report.days[1] for report in members if report.precision == "near" and report.days), default=None)


def _by_pair(reports: Iterable[Report]) -> dict[tuple[str, str], list[Report]]:
    found: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        people = sorted(report.people)
        for position, one in enumerate(people):
            for other in people[position + 1 :]:
                found[one, other].append(report)
    return found


Near = Mapping[tuple[str, str], Sequence[Report]]


def _neighbours(report: Report, near: Near) -> Iterator[Report]:
    """The other reports that share two people with this one, each once, in the fixed order of reports."""
    people = sorted(report.people)
    seen = {report.claim.id}
    for position, one in enumerate(people):
        for other in people[position + 1 :]:
            for found in near[one, other]:
                if found.claim.id not in seen:
                    seen.add(found.claim.id)
                    yield found


def _by_hand(
    groups: _Groups, reports: Sequence[Report], together: Iterable[tuple[str, str]], reasons: dict[str, Reason]
) -> None:
    known = {report.claim.id: report for report in reports}
    for one, other in sorted(tuple(sorted(pair)) for pair in together):
        if one in known and other in known:
            groups.join(groups.find(known[one]), groups.find(known[other]), by_hand=True)
            for claim in (one, other):
                reasons[claim] = Reason(text="joined by hand", score=1.0, by="hand")


def _same_day(groups: _Groups, near: Near, reasons: dict[str, Reason]) -> None:
    edges: dict[tuple[str, str], tuple[float, Report, Report]] = {}
    for reports in near.values():
        days: dict[tuple[str, str], list[Report]] = defaultdict(list)
        for report in reports:
            if report.precision == "day" and report.days and not _denied(report):
                days[report.days[0], _talk(report)].append(report)
        for same in days.values():
            for position, one in enumerate(same):
                for other in same[position + 1 :]:
                    score = likeness(one, other)
                    if score:
                        edges[one.claim.id, other.claim.id] = (score, one, other)
    _join_all(groups, edges.values(), reasons, why="on the same day")


def _join_all(
    groups: _Groups, edges: Iterable[tuple[float, Report, Report]], reasons: dict[str, Reason], *, why: str
) -> None:
    """Join along the edges, the strongest first."""
    for score, one, other in sorted(
        edges, key=lambda edge: (-edge[0], order(edge[1].claim), order(edge[2].claim))
    ):
        if groups.join(groups.find(one), groups.find(other)):
            for report, like in ((one, other), (other, one)):
                reasons.setdefault(report.claim.id, _reason(report, like, score, why))


def _reason(report: Report, like: Report, score: float, why: str) -> Reason:
    shared = report.people & like.people
    names = [actor.name for actor in report.meeting.participants]
    # participants come in the order of the text; those of both reports are as many as they share
    who = " and ".join(names[: min(len(shared), 3)])
    days = like.days[0] if like.precision == "day" and like.days else like.claim.source.published
    return Reason(text=f"{who}, {why} ({days}) as in {like.claim.source.document}", score=round(score, 3))


def _talk(report: Report) -> str:
    """The form of a talk; one that is not told counts as a meeting until a call of that day is found."""
    return "in_person" if report.mode == "untold" else report.mode


def _denied(report: Report) -> bool:
    return report.meeting.status == "denied"


def _readouts(groups: _Groups, reports: Sequence[Report], near: Near, reasons: dict[str, Reason]) -> None:
    """Readouts without a day: to the encounter of the day that fits, else to one another."""
    left = []
    for report in (item for item in reports if item.precision == "near"):
        fitting = [
            (_gap(report.days[1], other.days[0]), -score, order(other.claim), other, score)
            for other in _neighbours(report, near)
            if report.days and other.days and other.precision == "day" and _inside(other.days, report.days)
            if _talk(other) == _talk(report) and not _denied(other) and (score := likeness(report, other))
            # a readout of the day after is of the day before only where somebody made that his subject
            if other.days[0] == report.days[1] or other.lead or other.status == "ahead"
        ]
        joined = any(
            _attach(groups, report, other, score, reasons, why="told on the day of it")
            for *_, other, score in sorted(fitting, key=lambda item: item[:3])
        )
        if not joined:
            left.append(report)
    _among_readouts(groups, left, reasons)


def _among_readouts(groups: _Groups, left: Sequence[Report], reasons: dict[str, Reason]) -> None:
    """One publisher tells of each meeting on its day; another may do so a day later."""
    edges = []
    near = _by_pair(left)
    for report in left:
        for other in _neighbours(report, near):
            if order(report.claim) >= order(other.claim) or _talk(other) != _talk(report):
                continue
            gap = _gap(report.days[1], other.days[1]) if report.days and other.days else _WEEK
            if gap == 0 or (gap == 1 and report.claim.source.publisher != other.claim.source.publisher):
                score = likeness(report, other) - 0.2 * gap
                if score > 0:
                    edges.append((gap, -score, order(report.claim), order(other.claim), report, other))
    for gap, less, _, _, report, other in sorted(edges, key=lambda edge: edge[:4]):
        one, two = groups.find(report), groups.find(other)
        if gap and _same_publisher_on_two_days(groups.members[one] + groups.members[two]):
            continue
        if groups.join(one, two):
            for item, like in ((report, other), (other, report)):
                reasons.setdefault(item.claim.id, _reason(item, like, -less, "told on the same day or the next"))


def _same_publisher_on_two_days(members: Iterable[Report]) -> bool:
    days: dict[str | None, set[str]] = defaultdict(set)
    for report in members:
        if report.precision == "near" and report.days:
            days[report.claim.source.publisher].add(report.days[1])
    return any(len(found) > 1 for found in days.values())


def _attach(
    groups: _Groups, report: Report, other: Report, score: float, reasons: dict[str, Reason], *, why: str
) -> bool:
    if groups.find(report) == groups.find(other):
        return True
    if not groups.join(groups.find(other), groups.find(report)):
        return False
    reasons.setdefault(report.claim.id, _reason(report, other, score, why))
    return True


def _two_forms(groups: _Groups, reports: Sequence[Report], near: Near, reasons: dict[str, Reason]) -> None:
    """Nobody telephones and meets on one day: a talk told without a place is the call of that day."""
    edges = []
    for report in reports:
        if _talk(report) != "in_person" or report.placed or report.precision not in ("day", "near"):
            continue
        calls = [
            (likeness(report, other), other)
            for other in _neighbours(report, near)
            if other.mode == "remote"
            and other.precision in ("day", "near")
            and not _denied(other)
            and report.days
            and other.days
            and _inside(other.days, report.days, either=True)
            and not _denied(report)
        ]
        edges += [(score * 0.9, report, other) for score, other in calls if score]
    for score, report, call in sorted(
        edges, key=lambda edge: (-edge[0], order(edge[1].claim), order(edge[2].claim))
    ):
        one, other = groups.members[groups.find(report)], groups.members[groups.find(call)]
        if not any(item.placed for item in one) and _one_day([*one, *other]) and not _one_tells_both(one, other):
            _attach(groups, report, call, score, reasons, why="a talk without a place on the day of the call")


def _one_tells_both(talks: Iterable[Report], calls: Iterable[Report]) -> bool:
    """Whether one publisher tells of a talk that took place and of a call: then there were both."""
    tellers = {_teller(report) for report in talks if report.status == "happened"}
    return any(report.status == "happened" and _teller(report) in tellers for report in calls)


def _teller(report: Report) -> tuple[str | None, str | None]:
    """Who tells of it on which day: a week later the same house may call a talk a call."""
    return report.claim.source.publisher, report.claim.source.published


def _one_day(members: Iterable[Report]) -> bool:
    return len({report.days[0] for report in members if report.precision == "day" and report.days}) <= 1


def _rough(groups: _Groups, reports: Sequence[Report], near: Near, reasons: dict[str, Reason]) -> None:
    """Rough and missing dates: to the one encounter that fits, and never where two do."""
    found: list[tuple[Report, Report, float]] = []
    for report in (item for item in reports if item.precision in ("coarse", "undated") and not _denied(item)):
        fitting: dict[int, tuple[float, Report]] = {}
        for other in _neighbours(report, near):
            if other.precision in ("day", "near") and _may_retell(report, other) and report.status != "off":
                score = likeness(report, other)
                if score and groups.may_join(groups.find(report), groups.find(other)):
                    best = fitting.setdefault(groups.find(other), (score, other))
                    if score > best[0]:
                        fitting[groups.find(other)] = (score, other)
        if len(fitting) == 1:
            score, other = next(iter(fitting.values()))
            # a document tells of each meeting once
            members = groups.members[groups.find(other)]
            if not _one_document(report, members) and (report.precision == "coarse" or _is_told(report, members)):
                found.append((report, other, 0.8 * score))
    for report, other, score in found:
        _attach(groups, report, other, score, reasons, why="the only meeting of theirs at that time")
    attached = {report.claim.id for report, *_ in found}
    _among_rough(groups, [item for item in reports if item.claim.id not in attached], near, reasons)


def _is_told(report: Report, members: Iterable[Report]) -> bool:
    """Whether words without a date name somebody, and some document is about the meeting or announces it."""
    return report.spoken_of and any(member.lead or member.status == "ahead" for member in members)


def _one_document(report: Report, members: Iterable[Report]) -> bool:
    return any(member.claim.source.document == report.claim.source.document for member in members)


def _may_retell(report: Report, other: Report) -> bool:
    """Whether a report of a rough date may speak of the meeting of which the other tells."""
    if not report.days or not other.days or not _inside(other.days, report.days, either=True):
        return False
    if "letter" in (report.mode, other.mode) and report.mode != other.mode:
        return False
    if report.precision == "undated":
        # those of one side meet too often for a meeting without a date to be told from others
        if len(report.sides) < 2 or other.status != "happened" or other.days[1] > report.days[1]:
            return False
        return report.mode in (other.mode, "untold")
    return report.mode == other.mode


def _among_rough(groups: _Groups, left: Sequence[Report], near: Near, reasons: dict[str, Reason]) -> None:
    """Two reports of one rough time are of one meeting where they name one place, or a week at most."""
    edges = []
    for report in (item for item in left if item.precision == "coarse" and not _denied(item)):
        for other in _neighbours(report, near):
            if other.precision != "coarse" or other.days != report.days or _talk(other) != _talk(report):
                continue
            if report.claim.source.document == other.claim.source.document:
                continue  # a document tells of each meeting once
            if not report.days or order(report.claim) >= order(other.claim) or _denied(other):
                continue
            if _one_place(report, other) or _gap(*report.days) < _WEEK:
                score = likeness(report, other)
                if score:
                    edges.append((0.8 * score, report, other))
    _join_all(groups, edges, reasons, why="in the same place and time")


def _one_place(one: Report, other: Report) -> bool:
    here, there = one.meeting.place, other.meeting.place
    return here is not None and there is not None and here.name == there.name


def _inside(days: tuple[str, str], span: tuple[str, str], *, either: bool = False) -> bool:
    """Whether days fall into a span; either: or touch it."""
    if either:
        return days[0] <= span[1] and span[0] <= days[1]
    return span[0] <= days[0] and days[1] <= span[1]


def _gap(first: str, last: str) -> int:
    return abs((date.fromisoformat(last) - date.fromisoformat(first)).days)
