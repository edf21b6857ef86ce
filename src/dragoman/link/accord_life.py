"""The life of one accord: the state after each report, and every value that any report gives.

States, in their order: ``mentioned``, ``discussed``, ``to_be_signed``, ``signed`` (or ``adopted``), ``approved``
(by one of two houses), ``ratified``, ``in_force``, ``implementing``, ``extended``; ``terminated`` ends them,
``postponed`` and ``cancelled`` are said of a signing. A report never leads back to a state already passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.link import dates
from dragoman.link.claims import Claim
from dragoman.link.policy import Given, Policy, settle, told
from dragoman.link.stories import Link, Reason, Step, Story, Value, anchor, story_id
from dragoman.link.words import title_words
from dragoman.records import Agreement

__all__ = ["ACCORD_STATES", "judge"]

ACCORD_STATES = (
    *("mentioned", "discussed", "to_be_signed", "postponed", "cancelled", "signed", "adopted", "approved"),
    *("ratified", "in_force", "implementing", "extended", "terminated"),
)
_RANK = {
    **{"": 0, "mentioned": 1, "discussed": 2, "to_be_signed": 3, "postponed": 3, "cancelled": 3},
    **{"signed": 4, "adopted": 4, "approved": 5, "ratified": 6, "in_force": 7, "implementing": 8, "extended": 9},
    "terminated": 10,
}
_DATED = {"to_be_signed": "to_be_signed", "signed": "signed", "adopted": "signed", "approved": "approved"} | {
    name: name for name in ("ratified", "in_force", "extended", "terminated")
}


def judge(claims: Sequence[Claim], *, policy: Policy) -> Story:
    """The story of one accord from its claims in order of telling."""
    pairs = [(claim, claim.record) for claim in claims if isinstance(claim.record, Agreement)]
    parties = sorted({actor.country for _, accord in pairs for actor in accord.parties if actor.country})
    history, state = _live(pairs, policy)
    fields = _fields(pairs, policy, parties)
    name = story_id("accord", anchor(claims).id)
    links = tuple(
        Link(claim=claim.id, story=name, reason=_reason(accord, fields, len(pairs))) for claim, accord in pairs
    )
    return Story(id=name, kind="accord", state=state, fields=fields, links=links, history=tuple(history))


def stage(accord: Agreement, policy: Policy) -> str:
    """How far a claim says that the accord has come, as a state."""
    words = " ".join(span.text for span in accord.evidence)
    if accord.status in {"postponed", "cancelled"} and accord.step in {"to_be_signed", "signed", "negotiating"}:
        return accord.status
    if accord.status == "denied":
        return "mentioned"
    if accord.step == "ratified":
        if accord.status != "done":
            return "mentioned"
        one = policy.says("one_house", words) and not policy.says("whole", words)
        return "approved" if one else "ratified"
    if accord.step == "in_force":  # a treaty that is only named is taken to stand in force: no turn of the story
        return "in_force" if policy.says("in_force", words) else "mentioned"
    if accord.step == "implementing" and policy.says("extended", words):
        return "extended"
    if accord.step in {"signed", "adopted"} and accord.status in {"planned", "proposed"}:
        return "to_be_signed"
    return "discussed" if accord.step == "negotiating" else accord.step


def _live(pairs: Sequence[tuple[Claim, Agreement]], policy: Policy) -> tuple[list[Step], str]:
    dated = [pair for pair in pairs if told(pair[0].source)] or list(pairs)
    steps: list[Step] = []
    state = ""
    for claim, accord in sorted(dated, key=lambda pair: _turn_order(pair, policy)):
        after = stage(accord, policy)
        back = _RANK[after] < _RANK[state] or (_RANK[after] == _RANK[state] and state not in {"postponed", ""})
        if after == state or (back and not _calls_off(state, after)):
            continue
        steps.append(
            Step(date=claim.source.published, state=after, claim=claim.id, words=accord.evidence[-1].text)
        )
        state = after
    return steps, state


def _calls_off(state: str, after: str) -> bool:
    return state == "to_be_signed" and after in {"postponed", "cancelled"}


def _turn_order(pair: tuple[Claim, Agreement], policy: Policy) -> tuple[date, int, str, str]:
    claim, accord = pair
    return told(claim.source) or date.max, _RANK[stage(accord, policy)], claim.source.document, claim.id


def _fields(
    pairs: Sequence[tuple[Claim, Agreement]], policy: Policy, parties: Sequence[str]
) -> dict[str, tuple[Value, ...]]:
    given: dict[str, list[Given]] = {}
    named = any(title_words(accord.title) for _, accord in pairs)
    for claim, accord in pairs:
        if title_words(accord.title) or not named:  # "the treaty" is no title where another gives one
            given.setdefault("title", []).append(Given(accord.title, claim))
        given.setdefault("kind", []).append(Given(accord.kind, claim))
        names = tuple(sorted(actor.country or actor.name for actor in accord.parties))
        if names:
            given.setdefault("parties", []).append(Given(names, claim))
        field = _DATED.get(stage(accord, policy))
        if field and accord.date:
            given.setdefault(field, []).append(Given(accord.date, claim, accord.date_basis != "published"))
    fields = {field: policy.choose(field, given[field], hosts=parties) for field in sorted(given)}
    when = settle(fields, "signed", "to_be_signed")
    return {**fields, "when": when} if when else fields


def _reason(accord: Agreement, fields: dict[str, tuple[Value, ...]], count: int) -> Reason:
    if count == 1:
        return Reason(text=f"{accord.title}: the only report", score=1.0)
    title = fields["title"][0].value
    same = "the same title" if accord.title == title else f"“{accord.title}” has the words of “{title}”"
    who = " and ".join(sorted(actor.country or actor.name for actor in accord.parties)) or "no party named"
    signed = next((value.value for value in fields.get("signed", ()) if value.best), None)
    day = f", {accord.date}" if accord.date else ""
    agreed = signed is None or accord.date is None or accord.step not in {"signed", "adopted"}
    if agreed or dates.gap(accord.date, signed) <= 1:
        return Reason(text=f"{same}; {who}{day}", score=0.9)
    return Reason(text=f"{same}; {who}{day}, though it was signed {signed}", score=0.6)
