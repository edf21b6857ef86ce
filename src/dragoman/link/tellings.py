"""What one claim says of a visit: ahead, made or off; for which day; and how much of that the text itself says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dragoman.link import dates
from dragoman.link.claims import Claim
from dragoman.link.policy import Policy, home_of, told
from dragoman.records import HAPPENED, OFF, REMOTE, Meeting, Visit

__all__ = ["Telling", "tell", "tell_meeting"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of a visit.

    told: the day of publication; when: the day of the visit, EDTF, as the text gives it; window: the days in which
    a visit told as made must lie; firm: false where those days were only taken from the day of publication;
    late: a plan told after its day had passed.
    """

    claim: Claim
    visit: Visit
    told: date | None
    phase: Literal["ahead", "made", "off"]
    when: str | None
    window: str | None
    firm: bool
    late: bool = False

    @property
    def is_of_meeting(self) -> bool:
        """Whether it tells of a meeting on the visit, and so not how long the visit lasts."""
        return isinstance(self.claim.record, Meeting)

    @property
    def words(self) -> str:
        """The words of the document."""
        return self.visit.evidence[0].text


def tell(claim: Claim, policy: Policy) -> Telling:
    """What a claim of a visit says. Raises TypeError for a record of another type."""
    visit = claim.record
    if not isinstance(visit, Visit):
        raise TypeError(f"a {visit.record} tells of no visit")
    day = told(claim.source)
    firm = visit.date is not None and visit.date_basis != "published"
    first, last = dates.first_day(visit.date), dates.last_day(visit.date)
    if visit.status in HAPPENED:
        if firm and day and first and first > day:  # told before its day: whatever the tense, it lies ahead
            return Telling(claim, visit, day, "ahead", visit.date, visit.date, True)
        recent = dates.as_edtf(dates.before(day, policy.spans["readout"]), day) if day else None
        return Telling(claim, visit, day, "made", visit.date, visit.date if firm else recent, firm)
    phase: Literal["ahead", "off"] = "off" if visit.status in OFF else "ahead"
    when = visit.date
    if (phase == "off" or visit.status == "postponed") and day and last:
        passed = (day - last).days
        if 0 <= passed <= policy.spans["recall"]:
            when = None  # the day on which it was put off, not the day of the visit
    late = bool(phase == "ahead" and day and last and (day - last).days > policy.spans["readout"])
    return Telling(claim, visit, day, phase, when, when, firm, late)


def tell_meeting(claim: Claim, policy: Policy) -> Telling | None:
    """What a host's own report of a meeting with one guest says of his visit: he was there, if he had come at all.

    Such a report makes no visit, since the two may have met elsewhere; it answers one that was planned.
    """
    meeting, home = claim.record, home_of(claim.source)
    if not isinstance(meeting, Meeting) or home is None or meeting.status not in HAPPENED:
        return None
    if meeting.format in REMOTE or (meeting.place and meeting.place.country != home):
        return None
    guests = {p.key: p for p in meeting.participants if p.kind == "person" and p.country not in {None, home}}
    if len(guests) != 1 or all(p.country != home for p in meeting.participants):
        return None
    visit = Visit(
        doc_id=meeting.doc_id,
        evidence=meeting.evidence,
        rule="link.met_by_host",
        confidence=meeting.confidence,
        date=meeting.date,
        date_text=meeting.date_text,
        date_basis=meeting.date_basis,
        visitor=next(iter(guests.values())),
        host=home,
        status=meeting.status,
    )
    told_so = tell(replace(claim, record=visit), policy)
    return replace(told_so, claim=claim) if told_so.phase == "made" and told_so.window else None
