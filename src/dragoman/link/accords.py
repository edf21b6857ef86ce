"""Which reports tell of one accord: by its kind, its parties, the words of its title, and when it was signed.

Two instruments of one day stay two, because their titles differ; "the joint statement" of two states is the one
made in those days; "last year's treaty" is the treaty of that name or, where none is named, the nearest of those
parties.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.link import dates
from dragoman.link.accord_life import judge
from dragoman.link.by_hand import Pairs, as_decided
from dragoman.link.claims import Claim, order
from dragoman.link.policy import Policy, told
from dragoman.link.stories import Story
from dragoman.link.words import known_accord, names_several, title_words
from dragoman.records import Agreement
from dragoman.store.fold import fold

__all__ = ["group", "group_and_judge"]

_ACTS = frozenset({"signed", "adopted"})
_SAYS_ENOUGH = 3  # words of a title by which an accord is known whoever is said to be party to it
_OF_SHORTER, _OF_LONGER = 0.75, 0.5  # shares of the words of two titles of one accord


def group_and_judge(
    claims: Iterable[Claim], *, today: date, policy: Policy, together: Pairs = (), apart: Pairs = ()
) -> list[Story]:
    """The accords of which the claims tell, each with its state; records of other types are left alone.

    today: for the common signature of all kinds of story, an accord is never overdue; together, apart: pairs of
    claims that a reviewer put together or holds apart.
    """
    del today
    asked = as_decided(group(claims, policy=policy), together=together, apart=apart)
    return sorted((judge(part, policy=policy) for part in asked), key=lambda story: story.id)


def shared_keys(claim: Claim, *, policy: Policy) -> set[str] | None:
    """What a claim has in common with those that it may share an accord with: only claims with a key in common do.

    The parties; and where there are none, or where the title says enough, the words of the title. None for
    records of other types.
    """
    if not isinstance(claim.record, Agreement):
        return None
    return {key.partition(" | ")[0] for key in _keys(_tell(claim, claim.record, policy))}


@dataclass(frozen=True, slots=True)
class _Told:
    """What one claim says. about: the words of its title; plural: it speaks of several ("bilateral documents").

    act: the days in which it was or is to be signed, where the report is of that time; recalled: where it is told
    from memory; known_as: the name of an accord that the vocabulary knows, whoever is party to it.
    """

    claim: Claim
    accord: Agreement
    about: frozenset[str]
    parties: frozenset[str]
    told: date | None
    act: str | None
    recalled: str | None
    plural: bool
    known_as: str | None

    @property
    def bare(self) -> bool:
        return not self.about and self.known_as is None

    @property
    def signs(self) -> bool:
        return self.act is not None and self.accord.step in _ACTS


class _Group:
    """Claims of one accord, with what they say together."""

    def __init__(self, first: _Told) -> None:
        self.first = first
        self.claims: list[Claim] = []
        self.documents: set[str] = set()
        self.parties: set[str] = set()
        self.abouts: set[frozenset[str]] = set()
        self.acts: set[str] = set()
        self.recalled: set[str] = set()
        self.told: set[date] = set()
        self.bare = self.signed = False
        self.add(first)

    def add(self, telling: _Told) -> None:
        self.claims.append(telling.claim)
        self.documents.add(telling.claim.source.document)
        self.parties |= telling.parties
        self.abouts |= {telling.about} if telling.about else set()
        self.acts |= {telling.act} if telling.act else set()
        self.recalled |= {telling.recalled} if telling.recalled else set()
        self.told |= {telling.told} if telling.told else set()
        self.bare = self.bare or telling.bare
        self.signed = self.signed or telling.signs


def group(claims: Iterable[Claim], *, policy: Policy) -> list[list[Claim]]:
    """The claims of agreements as groups, one an accord, each in the order in which it was told."""
    tellings = [_tell(claim, claim.record, policy) for claim in claims if isinstance(claim.record, Agreement)]
    tellings.sort(key=lambda telling: (_turn(telling), order(telling.claim)))
    groups: list[_Group] = []
    by_key: dict[str, dict[int, _Group]] = defaultdict(dict)  # only accords that share a key are held together
    for telling in tellings:
        _place(telling, groups, by_key, policy)
    return [sorted(found.claims, key=order) for found in groups]


def _tell(claim: Claim, accord: Agreement, policy: Policy) -> _Told:
    day = told(claim.source)
    act = recalled = None
    if accord.step in _ACTS | {"to_be_signed"}:
        if day is None or (accord.date_basis != "published" and accord.date is not None):
            last = dates.last_day(accord.date)
            near = day is not None and last is not None and (day - last).days <= policy.spans["recall"]
            act, recalled = (accord.date, None) if near else (None, accord.date)
        else:
            act = dates.as_edtf(dates.before(day, policy.spans["readout"]), day)
    parties = frozenset(actor.country or fold(actor.name) for actor in accord.parties)
    names = {word for actor in accord.parties for word in re.findall(r"\w+", fold(actor.name))}
    about = title_words(accord.title, parties) - names
    return _Told(
        claim, accord, about, parties, day, act, recalled, names_several(accord.title), known_accord(accord.title)
    )


def _turn(telling: _Told) -> int:
    """The order of placing: named acts, named plans, what else names an accord, and then "the treaty"."""
    if telling.bare:
        return 3 if telling.act else 4
    if telling.act is None:
        return 2
    return 0 if telling.accord.step in _ACTS else 1


def _keys(telling: _Told) -> list[str]:
    """Under which an accord is looked for: its parties with each word of the title or, for "the treaty", its kind;
    the whole title, where it says enough or no party is named; the name that the vocabulary knows."""
    if telling.known_as:
        return ["known as " + telling.known_as]
    pair = "of " + "/".join(sorted(telling.parties))
    keys = []
    if telling.parties:
        keys = [f"{pair} | {word}" for word in sorted(telling.about)] + [f"{pair} | {telling.accord.kind}"]
    if len(telling.about) >= _SAYS_ENOUGH or (telling.about and not telling.parties):
        keys.append("on " + " ".join(sorted(telling.about)))
    return keys


def _place(telling: _Told, groups: list[_Group], by_key: dict[str, dict[int, _Group]], policy: Policy) -> None:
    keys = _keys(telling)
    kind = f"| {telling.accord.kind}"
    wanted = [key for key in keys if telling.bare or not key.endswith(kind)]
    near = {at: found for key in wanted for at, found in by_key[key].items()}
    fits = sorted((*rank, at) for at, found in near.items() if (rank := _fit(telling, found, policy)) is not None)
    unclear = telling.bare and len(fits) > 1 and fits[0][:2] == fits[1][:2]
    at = fits[0][2] if fits and not unclear else len(groups)
    if at == len(groups):
        groups.append(_Group(telling))
    else:
        groups[at].add(telling)
    for key in keys:
        by_key[key][at] = groups[at]


# --- does it fit? ---------------------------------------------------------------------------------------------


def _fit(telling: _Told, found: _Group, policy: Policy) -> tuple[float, int] | None:
    """How well a telling fits an accord, lower is better; None where it tells of another."""
    if telling.known_as or found.first.known_as:
        return (0.0, 0) if telling.known_as == found.first.known_as else None
    likeness = _likeness(telling, found)
    if likeness is None or not _same_kind(telling, found) or not _same_parties(telling, found):
        return None
    if likeness < 1 and telling.parties != found.parties:
        return None  # only a part of the title, and only a part of the parties
    if telling.claim.source.document in found.documents and (telling.bare or telling.about not in found.abouts):
        return None  # a text tells of an instrument once: what it tells besides is another
    distance = _distance(telling, found)
    reach = _reach(telling, found, policy)
    if distance is None:
        return None if telling.bare else (1 - likeness, 0)
    return (1 - likeness, distance) if reach is None or distance <= reach else None


def _same_kind(telling: _Told, found: _Group) -> bool:
    one, other = telling.accord.kind, found.first.accord.kind
    return one == other or (not telling.bare and "other" in (one, other))


def _same_parties(telling: _Told, found: _Group) -> bool:
    if telling.parties == found.parties:
        return bool(telling.parties) or bool(telling.about)
    if telling.bare or not found.abouts:
        return False
    return telling.parties <= found.parties or found.parties <= telling.parties


def _likeness(telling: _Told, found: _Group) -> float | None:
    """Share of the title's words that the two have in common; None where they name different things."""
    if telling.bare:
        if telling.plural != found.first.plural:
            return None
        return 1.0 if found.bare else 0.9
    if telling.about in found.abouts:
        return 1.0
    shares, least = [], 1 if telling.parties and telling.parties == found.parties else 2
    for about in found.abouts:
        small, large = sorted((len(telling.about), len(about)))
        common = len(telling.about & about)
        if common >= least and common / small >= _OF_SHORTER and common / large >= _OF_LONGER:
            shares.append(common / large)
    return max(shares) if shares else None


def _distance(telling: _Told, found: _Group) -> int | None:
    """Days between the act told and those known; for what only names the accord, days since it was made."""
    own = telling.act or telling.recalled
    if own:
        known = found.acts or found.recalled
        if known or not telling.bare:
            return min((dates.gap(own, act) for act in known), default=None)
    if telling.told is None:
        return None
    since = [abs((telling.told - start).days) for act in found.acts if (start := dates.first_day(act))]
    if not since and telling.bare:
        since = [abs((telling.told - day).days) for day in found.told]
    return min(since) if since else None


def _reach(telling: _Told, found: _Group, policy: Policy) -> int | None:
    """So many days may lie between two reports of one accord; None: any number."""
    spans, routine = policy.spans, telling.accord.kind in policy.routine
    if telling.bare:
        return spans["renewal"] if telling.recalled or (found.acts and not telling.act) else spans["bare_accord"]
    if telling.act and found.acts and telling.parties != found.parties:
        return spans["bare_accord"]
    if telling.recalled:
        return spans["redate"] if routine else spans["renewal"]
    if telling.act is None:  # what was signed waits for years to be ratified and named again
        return spans["renewal"] if telling.accord.step == "negotiating" else None
    if telling.signs and found.signed:
        return spans["bare_accord"] if routine else spans["redate"]
    return spans["bare_accord"] if routine else spans["renewal"]
