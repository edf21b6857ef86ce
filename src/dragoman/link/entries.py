"""A story as its readers want it: one line, its state, the words that carry it, and what sources disagree on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from dragoman.link import dates
from dragoman.link.claims import Claim, order
from dragoman.link.stories import Story, StoryKind, Value
from dragoman.records import Record
from dragoman.vocabulary import states

__all__ = ["Dispute", "Entry", "Said", "entry_of", "record_entry", "sayings", "state_name"]

_DATES = ("made", "planned", "proposed", "called_off_for", "to_be_signed", "signed", "approved", "ratified")
_DISPUTED = (*_DATES, "date", "type", "format", "status", "kind", "accounts")
_OFF = frozenset({"postponed", "cancelled", "denied"})
_PEOPLE = 6  # participants in a line
_ROUGH = 366  # days: a longer span says little of when


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a document, and where they stand. copy_of: the document of which it is a copy."""

    words: str
    claim: str
    document: str
    published: str | None
    publisher: str | None
    title: str | None
    url: str | None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One value of a field on which sources differ. why: the rule of the policy that chose or passed it over."""

    field: str
    value: str
    best: bool
    why: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story, a statement or a tie in one line.

    id: of the story, or of the claim; when: EDTF, of the thing itself; note: what explains the state;
    said: the words that carry it, the latest turn last; sources: documents, copies counted once.
    """

    kind: StoryKind | Literal["statement", "relation"]
    id: str
    when: str | None
    what: str
    state: str
    note: str
    said: tuple[Said, ...]
    sources: int
    disputes: tuple[Dispute, ...] = ()

    @property
    def is_rough(self) -> bool:
        """Whether its date is none, or leaves more than a year open."""
        return dates.length(self.when) > _ROUGH

    @property
    def day(self) -> str:
        """The day under which it is sorted: its own, or that of the last report where it has none to speak of."""
        last = dates.last_day(self.when)
        if last is not None and not self.is_rough:
            return last.isoformat()
        return max((said.published or "" for said in self.said), default="")


def state_name(iso3: str) -> str:
    """The name of a state; its code where the vocabulary has none."""
    index = states()
    return index.by_iso3(iso3).name if iso3 in index else iso3


def sayings(claims: Iterable[Claim], *, words: Mapping[str, str] | None = None) -> tuple[Said, ...]:
    """The claims as words with their sources, in the order of telling. words: what to quote of a claim."""
    return tuple(
        Said(
            words=(words or {}).get(claim.id, claim.record.evidence[0].text),
            claim=claim.id,
            document=claim.source.document,
            published=claim.source.published,
            publisher=claim.source.publisher,
            title=claim.source.title,
            url=claim.source.url,
            copy_of=claim.source.copy_of,
        )
        for claim in sorted(claims, key=order)
    )


def entry_of(story: Story, claims: Mapping[str, Claim]) -> Entry:
    """The story in one line. claims: its own, by id; the words are those of the turns of the story."""
    known = [claims[link.claim] for link in story.links if link.claim in claims]
    words = {step.claim: step.words for step in story.history if step.claim in claims}
    turns = [claims[id_] for id_ in words] or sorted(known, key=order)[:1]
    return Entry(
        kind=story.kind,
        id=story.id,
        when=_when(story),
        what=_what(story),
        state=story.state,
        note=_note(story),
        said=sayings(_few(turns), words=words),
        sources=len({claim.source.origin for claim in known}),
        disputes=tuple(_disputes(story, claims)),
    )


def _few(turns: Sequence[Claim], *, most: int = 8) -> Sequence[Claim]:
    """Of an encounter that a hundred documents tell, the first and the last ones."""
    told = sorted(turns, key=order)
    return told if len(told) <= most else [*told[: most // 2], *told[-most // 2 :]]


def _when(story: Story) -> str | None:
    name = {"encounter": "date", "promise": "due"}.get(story.kind, "when")
    found = story.best(name)
    if found is None and story.kind == "visit":
        found = story.best("proposed") or story.best("called_off_for")
    return str(found) if found is not None else None


def _what(story: Story) -> str:
    if story.kind == "visit":
        kind = story.best("type")
        host = state_name(str(story.best("host")))
        return f"{story.best('visitor')} to {host}" + (f", {str(kind).replace('_', ' ')} visit" if kind else "")
    if story.kind == "accord":
        parties = story.best("parties")
        return str(story.best("title")) + (f" ({', '.join(parties)})" if parties else "")
    if story.kind == "promise":
        return f"{story.best('actor')} ({story.best('strength')}): {story.best('action')}"
    names = [str(value.value["name"]) for value in story.fields.get("participants", ())]
    more = f" and {len(names) - _PEOPLE} more" if len(names) > _PEOPLE else ""
    place = story.best("place")
    beside = [str(story.best("format") or "").replace("_", " "), str(place["name"]) if place else ""]
    return ", ".join(names[:_PEOPLE]) + more + _brackets(beside)


def _brackets(parts: Iterable[str]) -> str:
    given = [part for part in parts if part]
    return f" ({', '.join(given)})" if given else ""


def _note(story: Story) -> str:
    """What is known so far of a quantity, and that no report was found."""
    parts = [f"{value.value} so far, {value.why}" for value in story.fields.get("so_far", ())]
    parts += [f"{value.value}; {value.why}" for value in story.fields.get("note", ())]
    if story.kind == "visit" and story.state == "made" and story.best("planned"):
        before = sorted({str(value.value) for value in story.fields["planned"] if value.best})
        if before != [story.best("made")]:
            parts.append(f"planned for {', '.join(before)}")
    return "; ".join(parts)


def _disputes(story: Story, claims: Mapping[str, Claim]) -> Iterable[Dispute]:
    for name in _DISPUTED:
        for value in _at_odds(name, story.fields.get(name, ())):
            yield Dispute(
                field=name,
                value=_shown(value.value),
                best=value.best,
                why=value.why,
                said=sayings(claims[id_] for id_ in value.claims if id_ in claims),
            )


def _at_odds(name: str, values: Sequence[Value]) -> Sequence[Value]:
    """The values that contradict one another; a rougher date contradicts none that lies in it."""
    if name == "accounts":
        return values
    if name == "status":  # from plan to fact is no contradiction; put off or called off, as it is told, is one
        off = [value for value in values if value.value in _OFF]
        return off if len(off) > 1 else ()
    if name in {*_DATES, "date"}:
        finest = [
            value
            for value in values
            if not any(dates.finer(str(other.value), str(value.value)) for other in values if other is not value)
        ]
        apart = any(not dates.agree(str(one.value), str(two.value)) for one, two in pairwise(finest))
        return finest if apart else ()
    return values if len(values) > 1 else ()


def _shown(value: Any) -> str:
    text = str(value)
    return text if " " in text else text.replace("_", " ")


def record_entry(claim: Claim, *, what: str, kind: Literal["statement", "relation"], state: str = "") -> Entry:
    """A single claim in one line."""
    record: Record = claim.record
    return Entry(
        kind=kind,
        id=claim.id,
        when=record.date or claim.source.published,
        what=what,
        state=state,
        note="",
        said=sayings([claim]),
        sources=1,
    )
